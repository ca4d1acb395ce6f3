"""What passes between the reading process and the command."""

from collections.abc import Sequence

from support.grids import TODAY

from jiemin.domain.identity import read_id
from jiemin.domain.roster import RosterFile, RosterRow, RosterSheet, SheetKind
from jiemin.sheets.wire import PackedRows, pack, unpack

MANY = 2 * PackedRows._IN_A_PART + 1


def passed(rows: Sequence[RosterRow]) -> Sequence[RosterRow]:
    sheet = RosterSheet("a.xlsx", "名册", SheetKind.HOUSEHOLDS, {"note": "A"}, rows)
    there: RosterFile = unpack(pack(RosterFile("a.xlsx", "00ff", [sheet])))
    return there.sheets[0].rows


def test_more_rows_than_a_part_holds_come_through_in_order_as_often_as_asked() -> None:
    rows = [RosterRow(number, {"note": f"第{number}"}) for number in range(MANY)]
    there = passed(rows)
    assert len(there) == MANY
    assert list(there) == rows
    assert list(there) == rows
    assert there == rows
    assert there != rows[:-1]
    assert (there[0], there[-1]) == (rows[0], rows[-1])


def test_a_sheet_without_rows_stays_one() -> None:
    assert list(passed([])) == []
    assert not passed([])


def test_a_number_as_written_and_as_read_stay_apart_only_when_they_differ() -> None:
    written = [read_id(text, TODAY) for text in ("33042519500101001x", "没有", "33042519500101001X")]
    there = passed([RosterRow(number, {"head_id": each}) for number, each in enumerate(written)])
    assert [row.values["head_id"] for row in there] == written
