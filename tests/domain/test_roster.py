"""Roster rows: the words that sheets and use cases share."""

import re

import pytest

from jiemin.domain import codes
from jiemin.domain.roster import (
    FIELDS,
    RosterFile,
    RosterRow,
    RosterSheet,
    SheetKind,
    numbers_like_ours,
)

SHEET = RosterSheet("名册.xlsx", "困难家庭", SheetKind.HOUSEHOLDS, columns={"size": "F"})
ROW = RosterRow(12, {"size": 3})


def test_every_kind_of_sheet_declares_its_fields_and_their_types() -> None:
    assert set(FIELDS) == set(SheetKind)
    plain = {"str", "int", "bool", "date", "tuple", "IdReading", "Item"}
    for fields in FIELDS.values():
        types = {re.split(r"\W", said)[0] for said in fields.values()}
        assert {name for name in types - plain if not hasattr(codes, name)} == set()


@pytest.mark.parametrize(("field", "cell"), [("size", "F12"), ("covered", "12"), ("", "12")])
def test_a_fault_is_placed_at_its_cell_or_at_the_whole_row(field: str, cell: str) -> None:
    fault = SHEET.problem("J306", ROW, field, "“三人”", "三人")
    assert (fault.file, fault.sheet, fault.cell, fault.value) == ("名册.xlsx", "困难家庭", cell, "三人")
    assert fault.message == "人数不对：“三人”"


def test_a_record_that_shares_its_row_has_cells_of_its_own() -> None:
    beside = RosterRow(12, {"size": 3, "head_name": "沈阿大"}, {"head_name": "K12"})
    assert [SHEET.cell(beside, name) for name in ("head_name", "size", "covered", "")] == [
        "K12",
        "F12",
        "12",
        "12",
    ]
    assert SHEET.problem("J301", beside, "head_name").cell == "K12"
    assert RosterRow(12, {}).cells == {}
    told = RosterRow(12, {"size": 3, "head_name": "沈阿大", "town": "石门镇"}, {"head_name": "K12"})
    assert [SHEET.tells(told, name) for name in ("size", "head_name", "town", "covered")] == [
        True,
        True,
        False,
        False,
    ]


def test_lists_of_two_sheets_or_files_are_not_shared() -> None:
    one, other = (RosterSheet("a", "b", SheetKind.VISITS, {}) for _ in range(2))
    one.rows = [ROW]
    one.problems.append(SHEET.problem("J306", ROW))
    assert (other.rows, other.problems) == ([], [])
    assert RosterFile("a", "0").sheets is not RosterFile("a", "0").sheets


def test_numbers_that_look_like_serials_of_ours_are_found_in_capitals() -> None:
    given = [{"household_no": "h000001a"}, {"cadre_no": "C00017"}, {"household_no": "A001"}, {}]
    sheet = RosterSheet("名册.xlsx", "表", SheetKind.PAIRINGS, {}, [RosterRow(2, each) for each in given])
    assert list(numbers_like_ours([sheet])) == ["H000001A", "C00017"]
