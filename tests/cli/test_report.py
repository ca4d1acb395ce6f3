"""`jiemin report`: the workbook is whole, and nothing half-written is ever left."""

import errno
import os
import stat
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from support.rosters import county

Run = Callable[..., Any]


def test_the_quarterly_workbook_holds_its_sheets(paired: Run, tmp_path: Path) -> None:
    paired("visit", "add", "A001", "--date", "2014-05-12")
    done = paired("report", "quarterly", "--out", "stats.xlsx")
    assert done.code == 0
    assert "没有指定季度，取2014Q2：最近一次走访所在的季度" in done.out
    assert "表内逻辑全部相符" in done.out
    assert "草稿" in done.out
    workbook = openpyxl.load_workbook(tmp_path / "stats.xlsx")
    assert workbook.sheetnames == [
        "附件2 帮扶情况统计表(按镇)",
        "帮扶情况统计表(按单位)",
        "附件1 结对汇总表",
        "走访情况",
        "未走访户名单",
        "补助情况",
        "典型事迹",
        "图表",
    ]
    assert len(workbook["图表"]._charts) == 2  # type: ignore[attr-defined]
    if os.name == "posix":
        assert stat.S_IMODE((tmp_path / "stats.xlsx").stat().st_mode) == 0o600


def test_the_json_totals_are_the_figures(paired: Run) -> None:
    paired("visit", "add", "A001", "--date", "2014-05-12", "--deeds", "修屋顶")
    totals = paired("report", "quarterly", "--quarter", "2014Q2", "--out", "s.xlsx", "--json").json["report"][
        "totals"
    ]
    town = totals["by_town"]
    assert (town["all_households"], town["all_persons"]) == (6, 18)
    assert (town["to_pair"], town["to_pair_paired"], town["paired"]) == (6, 6, 6)
    assert (town["due"], town["made"], town["rate"], town["visits"], town["deeds"]) == (6, 1, 167, 1, 1)
    # rural: 2 households, 2 covered persons, 300 yuan a month; 416 from April
    assert totals["money"]["rural_before"] == 2 * 3 * (2 * 40000 - 30000)
    assert totals["money"]["rural_after"] == 2 * 3 * (2 * 41600 - 30000)
    assert totals["money"]["urban_before"] == totals["money"]["urban_after"] == 2 * 3 * (52000 - 20000)
    assert totals["money"]["aid_before"] == 2 * 50000
    assert totals["money"]["aid_after"] == 2 * (50000 + 3 * 20000)


def test_a_quarter_to_come_is_refused(paired: Run, tmp_path: Path) -> None:
    done = paired("report", "quarterly", "--quarter", "2014Q3", "--out", "stats.xlsx")
    assert done.code == 1
    assert "还没有开始" in done.err
    assert not (tmp_path / "stats.xlsx").exists()


def test_annex_1_alone_reads_back_unchanged(paired: Run, tmp_path: Path) -> None:
    done = paired("report", "pairing", "--out", "annex1.xlsx")
    assert done.code == 0
    assert "共6户，已结对6户" in done.out
    pairs = paired("pair", "list", "--json").json
    back = paired("import", "annex1.xlsx", "--json")
    assert back.code == 0
    sheet = back.json["files"][0]["sheets"][0]
    assert (sheet["kind"], sheet["new"], sheet["changed"], sheet["rejected"]) == ("结对名单", 0, 0, 0)
    assert paired("pair", "list", "--json").json == pairs


@pytest.mark.parametrize(
    ("target", "words"),
    [("stats.xls", ".xlsx"), ("nowhere/stats.xlsx", "文件夹不存在"), ("folder.xlsx", "文件夹")],
)
def test_a_target_that_cannot_be_is_refused_in_words(paired: Run, target: str, words: str) -> None:
    Path("folder.xlsx").mkdir()
    done = paired("report", "quarterly", "--out", target)
    assert done.code == 1
    assert words in done.err
    assert "Traceback" not in done.err


@pytest.mark.skipif(os.name != "posix", reason="modes are claimed on POSIX only")
def test_a_read_only_target_stays_as_it_was(paired: Run, tmp_path: Path) -> None:
    target = tmp_path / "stats.xlsx"
    target.write_bytes(b"old")
    target.chmod(0o400)
    done = paired("report", "quarterly", "--out", "stats.xlsx")
    assert done.code == 1
    assert "只读" in done.err
    assert target.read_bytes() == b"old"


def test_a_full_disk_leaves_the_old_file(
    paired: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    target = tmp_path / "stats.xlsx"
    target.write_bytes(b"old")

    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, "no space")

    monkeypatch.setattr("jiemin.sheets.writer.os.fsync", full)
    done = paired("report", "quarterly", "--out", "stats.xlsx")
    assert done.code == 1
    assert "磁盘已满" in done.err
    assert target.read_bytes() == b"old"
    assert sorted(each.name for each in tmp_path.iterdir()) == ["households.xlsx", "jiemin.db", "stats.xlsx"]


def test_out_is_asked_for(run: Run, tmp_path: Path) -> None:
    county(tmp_path)
    done = run("report", "quarterly")
    assert done.code == 2
    assert "缺少“--out”" in done.err


def test_a_quarter_without_households_is_no_book_of_zeros(paired: Run, tmp_path: Path) -> None:
    done = paired("report", "quarterly", "--quarter", "2013Q4", "--out", "stats.xlsx")
    assert done.code == 1
    assert "没有在册的困难家庭" in done.err
    assert not (tmp_path / "stats.xlsx").exists()
