"""Several files in one command, and what is asked of the command itself."""

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
from support.imports import rows_of
from support.rosters import HOUSEHOLD_HEADER, household_rows, write_workbook

Run = Callable[..., Any]


def bad_rows(count: int) -> list[tuple[Any, ...]]:
    """Rows with a number of persons that is none."""
    return [(*row[:5], "很多", *row[6:]) for row in household_rows(count)]


def faulty_numbers(path: Path) -> list[str]:
    header, *rows = openpyxl.load_workbook(path).worksheets[0].iter_rows(values_only=True)
    return [str(row[header.index("户编号")]) for row in rows]


def test_files_of_one_name_get_error_workbooks_of_their_own(run: Run, tmp_path: Path) -> None:
    write_workbook(tmp_path / "n.xlsx", {"名册": [HOUSEHOLD_HEADER, bad_rows(1)[0]]})
    lines = [",".join(map(str, row)) for row in (HOUSEHOLD_HEADER, bad_rows(2)[1])]
    (tmp_path / "n.csv").write_text("\n".join(lines).replace("None", ""), "utf-8")
    done = run("import", "n.xlsx", "n.csv", "--json")
    assert [each["error_workbook"] for each in done.json["files"]] == ["n-问题.xlsx", "n-问题2.xlsx"]
    assert faulty_numbers(tmp_path / "n-问题.xlsx") == ["A001"]
    assert faulty_numbers(tmp_path / "n-问题2.xlsx") == ["A002"]


def test_a_file_of_the_same_command_is_not_written_over(run: Run, tmp_path: Path) -> None:
    for name, row in zip(("n.xlsx", "n-问题.xlsx"), bad_rows(2), strict=True):
        write_workbook(tmp_path / name, {"名册": [HOUSEHOLD_HEADER, row]})
    before = (tmp_path / "n-问题.xlsx").read_bytes()
    done = run("import", "n.xlsx", "n-问题.xlsx", "--json")
    assert [each["error_workbook"] for each in done.json["files"]] == ["n-问题2.xlsx", "n-问题3.xlsx"]
    assert (tmp_path / "n-问题.xlsx").read_bytes() == before


def test_every_file_read_is_on_record_whatever_its_name(run: Run, tmp_path: Path) -> None:
    (tmp_path / "b").mkdir()
    for folder, row in zip((tmp_path, tmp_path / "b"), household_rows(2), strict=True):
        write_workbook(folder / "名册.xlsx", {"名册": [HOUSEHOLD_HEADER, row]})
    assert run("import", "名册.xlsx", "b/名册.xlsx").code == 0
    ((sources,),) = rows_of(tmp_path, "SELECT sources FROM action")
    names, digests = zip(*json.loads(sources), strict=True)
    assert names == ("名册.xlsx", "名册.xlsx")
    assert len(set(digests)) == 2
    assert run("status", "--json").json["last_import"]["files"] == "名册.xlsx、名册.xlsx"


def test_a_town_the_county_does_not_have_is_refused_at_once(run: Run, tmp_path: Path) -> None:
    write_workbook(tmp_path / "n.xlsx", {"名册": [HOUSEHOLD_HEADER, *household_rows(1)]})
    refused = run("import", "n.xlsx", "--town", "火星镇")
    assert (refused.code, refused.out) == (1, "")
    assert "火星镇" in refused.err
    assert "石门镇" in refused.err
    near = run("import", "n.xlsx", "--town", "石门街")
    assert "是不是“石门镇”" in near.err
    assert not (tmp_path / "jiemin.db").exists()
