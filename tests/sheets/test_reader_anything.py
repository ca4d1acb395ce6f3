"""Sheets of any labels over any cells: nothing fails, and the books balance."""

from pathlib import Path
from typing import Any

from hypothesis import example, given
from hypothesis import strategies as st
from support.grids import TODAY, grid

from jiemin.domain.problems import Severity
from jiemin.domain.roster import FIELDS, RosterFile
from jiemin.errors import JieminError
from jiemin.sheets.columns.recognise import SPECS
from jiemin.sheets.file_reading import read_grids
from jiemin.sheets.layout.shape import shape_of

LABELS = sorted({word for spec in SPECS for word in (*spec.sure, *spec.vague)} | {"序号", "问题", "民族", ""})
WRITTEN = [
    "沈阿大",
    "乌镇镇",
    "农村低保",
    "低保",
    "3",
    "户主",
    "2014-05-06",
    "合计",
    "说明：",
    "#N/A",
    "无",
    "*",
    "是",
]
CELLS = st.one_of(
    st.just(""),
    st.sampled_from(WRITTEN),
    st.text(max_size=8),
    st.integers(-5, 10**18),
    st.floats(allow_nan=False, allow_infinity=False),
    st.booleans(),
    st.dates(),
)


@st.composite
def sheets(draw: st.DrawFn) -> list[list[Any]]:
    """A header of known labels, above it a title perhaps, below it rows of whatever."""
    header = draw(st.lists(st.sampled_from(LABELS), min_size=1, max_size=8))
    width = len(header)
    above = draw(st.lists(st.lists(CELLS, max_size=width), max_size=2))
    below = draw(st.lists(st.lists(CELLS, min_size=width, max_size=width), max_size=6))
    return [*above, header, *below]


def read(rows: list[list[Any]]) -> RosterFile | None:
    try:
        return read_grids([grid(*rows)], Path("名册.xlsx"), "", TODAY)
    except JieminError:
        assert all(not str(cell).strip() for row in rows for cell in row)
        return None


@given(sheets())
@example([["姓名", "单位", "姓名", "单位"], ["", "民政局", "", "民政局"], ["沈阿大", "甲", "朱水根", "乙"]])
def test_whatever_stands_on_a_sheet(rows: list[list[Any]]) -> None:
    roster = read(rows)
    side_by_side = roster is not None and bool(shape_of(grid(*rows)).blocks)
    for sheet in roster.sheets if roster else ():
        numbers = [row.number for row in sheet.rows]
        refused = {each.row for each in sheet.problems if each.severity is Severity.REJECT}
        if not side_by_side:  # else a row has several records
            assert numbers == sorted(set(numbers))
            assert refused.isdisjoint(numbers)
            assert len(refused) == sheet.rejected
        assert all(each.row is None or 1 <= each.row <= len(rows) for each in sheet.problems)
        for row in sheet.rows:
            assert row.values
            assert row.values.keys() <= FIELDS[sheet.kind].keys()
            assert None not in row.values.values()


@given(sheets())
@example([["户主证件号码", "同户主关系"], ["", "沈阿大"]])
@example([["姓名", "与户主关系", "困难类别"], ["沈阿大", "户主", "五保"], ["沈小", "子", ""]])
def test_a_sheet_reads_the_same_wherever_it_begins(rows: list[list[Any]]) -> None:
    found = read(rows)
    if found is None:
        return
    moved = read_grids([grid(*rows, top=3, left=2)], Path("名册.xlsx"), "", TODAY)
    for here, there in zip(found.sheets, moved.sheets, strict=True):
        assert [row.values for row in there.rows] == [row.values for row in here.rows]
        assert [row.number - 3 for row in there.rows] == [row.number for row in here.rows]
        assert [each.code for each in there.problems] == [each.code for each in here.problems]
