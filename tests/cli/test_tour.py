"""`jiemin tour`: the whole job on invented people, away from real data."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl

Run = Callable[..., Any]


def test_the_tour_leaves_the_quarterly_workbook(run: Run, tmp_path: Path) -> None:
    done = run("tour")
    assert done.code == 0, done.err
    for command in (
        "import households.xlsx",
        "pair --auto",
        "import files.xlsx",
        "visit due",
        "household show",
        "subsidy compute",
        "report quarterly",
    ):
        assert f"$ jiemin {command}" in done.out
    assert "表内逻辑全部相符" in done.out
    assert "危房等级：C级（2014-04-28登记） → 安全" in done.out
    workbook = openpyxl.load_workbook(tmp_path / "jiemin-tour" / "stats.xlsx", read_only=True)
    assert "附件1 结对汇总表" in workbook.sheetnames
    workbook.close()
    assert not (tmp_path / "jiemin.db").exists()


def test_the_tour_starts_afresh_in_its_own_folder_only(run: Run, tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "jiemin.db").write_bytes(b"real data")
    refused = run("tour", "--dir", "mine")
    assert refused.code == 1
    assert (tmp_path / "mine" / "jiemin.db").read_bytes() == b"real data"
    practice = tmp_path / "practice"
    practice.mkdir()
    assert run("tour", "--dir", "practice").code == 0
    assert run("tour", "--dir", "practice").code == 0
