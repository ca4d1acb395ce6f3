"""`jiemin import --full`: households a complete roster does not list are told, and ended when asked."""

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from support.imports import family, rows_of
from support.rosters import HOUSEHOLD_HEADER, write_workbook

Run = Callable[..., Any]
Full = Callable[..., Any]

NAMES = "赵钱孙李周吴郑王"
ENDED = (
    "SELECT household_no FROM household JOIN household_span ON household.id = household_id "
    "WHERE status = '停保'"
)


def families(*numbers: int, town: str = "石门镇", village: str = "望湖村") -> list[tuple[Any, ...]]:
    place = {"镇(街道)": town, "村(社区)": village}
    return [family(f"A{number:03d}", f"{NAMES[number]}大", "", **place) for number in numbers]


@pytest.fixture
def full(run: Run, tmp_path: Path) -> Full:
    """Two towns on record; then a roster said to be complete."""
    everybody = [
        *families(1, 2, 3),
        *families(4, village="新村"),
        *families(5, 6, town="乌镇镇", village="塘东村"),
    ]
    write_workbook(tmp_path / "before.xlsx", {"户": [HOUSEHOLD_HEADER, *everybody]})
    assert run("import", "before.xlsx").code == 0

    def once(rows: Sequence[Sequence[Any]], *options: str) -> Any:
        write_workbook(tmp_path / "full.xlsx", {"户": [HOUSEHOLD_HEADER, *rows]})
        return run("import", "full.xlsx", "--full", *options)

    return once


def missing(done: Any) -> dict[str, bool]:
    return {each["household_no"]: each["ended"] for each in done.json["missing"]["households"]}


@pytest.mark.parametrize(
    ("rows", "options", "expected"),
    [
        ([*families(1, 2), *families(4, village="新村")], (), {"A003"}),
        (families(1, 2), (), {"A003"}),  # one village alone: only that village
        ([*families(1), *families(5, town="乌镇镇", village="塘东村")], (), {"A002", "A003", "A006"}),
        (families(1), ("--town", "石门镇"), {"A002", "A003"}),
        (
            families(5, town="乌镇镇", village="塘东村"),
            ("--town", "石门镇"),
            {"A001", "A002", "A003", "A004"},
        ),
    ],
)
def test_the_missing_are_listed_and_nobody_is_ended(
    full: Full, tmp_path: Path, rows: Any, options: Sequence[str], expected: set[str]
) -> None:
    done = full(rows, "--json", *options)
    assert (done.code, missing(done)) == (0, dict.fromkeys(expected, False))
    assert rows_of(tmp_path, ENDED) == []
    shown = full(rows, *options).out
    assert f"共{len(expected)}户" in shown
    assert all(number in shown for number in expected)


def test_without_full_nothing_is_told(run: Run, full: Full) -> None:
    assert run("import", "before.xlsx", "--json").json["missing"] is None


def test_the_missing_are_ended_from_a_day_and_that_can_be_undone(
    full: Full, run: Run, tmp_path: Path
) -> None:
    spans = "SELECT household_id, status, valid_from, valid_to FROM household_span ORDER BY 1, 3"
    before = rows_of(tmp_path, spans)
    rows = [*families(1, 2), *families(4, village="新村")]
    tried = full(rows, "--end-missing", "2014-06-01", "-n", "--json")
    assert (tried.code, missing(tried)) == (0, {"A003": True})
    assert rows_of(tmp_path, spans) == before
    done = full(rows, "--end-missing", "2014-06-01")
    assert done.code == 0
    assert "停保1户" in done.out
    assert [row for row in rows_of(tmp_path, spans) if row not in before] == [
        (3, "在册", "2014-04-01", "2014-06-01"),
        (3, "停保", "2014-06-01", "9999-12-31"),
    ]
    assert run("log", "--json").json["actions"][-1]["counts"]["ended"] == 1
    assert missing(full(rows, "--end-missing", "2014-06-01", "--json")) == {}
    assert run("undo").code == 0
    assert rows_of(tmp_path, spans) == before


def test_a_later_span_ends_too(full: Full, run: Run, tmp_path: Path) -> None:
    write_workbook(
        tmp_path / "later.xlsx", {"户": [HOUSEHOLD_HEADER, family("A003", "李大", "", 家庭人口=5)]}
    )
    run("import", "later.xlsx", "--as-of", "2014-06-15")
    rows = [*families(1, 2), *families(4, village="新村")]
    assert full(rows, "--end-missing", "2014-06-01").code == 0
    spans = "SELECT valid_from, status FROM household_span WHERE household_id = 3 ORDER BY valid_from"
    assert rows_of(tmp_path, spans) == [
        ("2014-04-01", "在册"),
        ("2014-06-01", "停保"),
        ("2014-06-15", "停保"),
    ]


def test_a_household_that_came_after_the_day_is_told_but_not_ended(
    full: Full, run: Run, tmp_path: Path
) -> None:
    write_workbook(tmp_path / "new.xlsx", {"户": [HOUSEHOLD_HEADER, *families(7)]})
    run("import", "new.xlsx", "--as-of", "2014-06-10")
    done = full([*families(1, 2, 3), *families(4, village="新村")], "--end-missing", "2014-06-01", "--json")
    assert missing(done) == {"A007": False}


def test_more_than_a_third_of_a_town_is_not_ended_unasked(full: Full, tmp_path: Path) -> None:
    before = (tmp_path / "jiemin.db").read_bytes()
    rows = [*families(1), *families(4, village="新村")]
    done = full(rows, "--end-missing", "2014-06-01")
    assert done.code == 1
    assert "石门镇在册4户，要停2户，超过三分之一" in done.err
    assert "全部没有写入" in done.out
    assert (tmp_path / "jiemin.db").read_bytes() == before
    assert full(rows, "--end-missing", "2014-06-01", "-y").code == 0
    assert rows_of(tmp_path, ENDED) == [("A002",), ("A003",)]


def test_a_rejected_row_still_lists_its_household(full: Full, tmp_path: Path) -> None:
    rows = [*families(1, 2), *families(4, village="新村"), family("A003", "张三", "")]
    done = full(rows, "--end-missing", "2014-06-01", "--json")
    assert (done.code, missing(done), done.json["missing"]["refused"]) == (4, {}, None)


@pytest.mark.parametrize(
    "row",
    [
        family(None, "陈五", "", 困难类别="低保"),
        family(None, "陈五", "", **{"镇(街道)": "某镇"}),
        family(None, None, "某人"),  # type: ignore[arg-type]
    ],
)
def test_nobody_is_ended_while_a_row_may_mean_one_of_them(full: Full, tmp_path: Path, row: Any) -> None:
    rows = [*families(1, 2), *families(4, village="新村"), row]
    done = full(rows, "--end-missing", "2014-06-01")
    assert done.code == 4
    assert "一户也没有停" in done.err
    assert rows_of(tmp_path, ENDED) == []


def test_nobody_is_ended_when_a_file_could_not_be_read(full: Full, run: Run, tmp_path: Path) -> None:
    full([*families(1, 2), *families(4, village="新村")])
    (tmp_path / "other.xlsx").write_bytes(b"PK\x03\x04 broken")
    done = run("import", "full.xlsx", "other.xlsx", "--full", "--end-missing", "2014-06-01")
    assert "名册不算完整" in done.err
    assert rows_of(tmp_path, ENDED) == []


@pytest.mark.parametrize(("column", "wrong"), [(2, ""), (3, "户住")])
def test_nobody_is_ended_while_a_member_row_may_be_the_head_of_one_of_them(
    run: Run, tmp_path: Path, column: int, wrong: str
) -> None:
    rows = [
        ["镇", "村", "姓名", "与户主关系", "困难类别"],
        *(["石门镇", "望湖村", f"{name}大", "户主", "农村低保"] for name in NAMES),
    ]
    write_workbook(tmp_path / "full.xlsx", {"户": rows})
    assert run("import", "full.xlsx").code == 0
    rows[3][column] = wrong
    write_workbook(tmp_path / "full.xlsx", {"户": rows})
    done = run("import", "full.xlsx", "--full", "--end-missing", "2014-06-01")
    assert "一户也没有停" in done.err
    assert rows_of(tmp_path, ENDED) == []


@pytest.mark.parametrize(
    "options", [("--end-missing", "2014-06-01"), ("--full", "--end-missing", "2014-07-01")]
)
def test_a_day_without_full_or_to_come_is_a_wrong_command_line(
    full: Full, run: Run, options: Sequence[str]
) -> None:
    assert run("import", "before.xlsx", *options).code == 2


def test_a_hidden_sheet_lists_households_but_makes_no_town_complete(
    full: Full, run: Run, tmp_path: Path
) -> None:
    full(families(1, 2, 3))
    path = tmp_path / "full.xlsx"
    hidden = [HOUSEHOLD_HEADER, *families(3), *families(5, town="乌镇镇", village="塘东村")]
    write_workbook(path, {"户": [HOUSEHOLD_HEADER, *families(1)], "旧": hidden})
    workbook = load_workbook(path)
    workbook["旧"].sheet_state = "hidden"
    workbook.save(path)
    assert missing(run("import", "full.xlsx", "--full", "--json")).keys() == {"A002"}
