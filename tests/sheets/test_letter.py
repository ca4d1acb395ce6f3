"""Running text on a sheet: nothing is lost, and rows are as high as their text, no higher than can be."""

from collections.abc import Iterator
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from jiemin.sheets.forms.letter import COLUMN, GRID, Letter, LetterColumn, pieces
from jiemin.sheets.style import Look, new_workbook

HIGHEST = 409
"""Points; a spreadsheet program makes no row higher."""
PAGE = 538.0
"""Points between the margins of A4 upright."""
TEXT = st.text(st.sampled_from("结民亲走访手记。！？；”abc 12，、"), max_size=1500)


def saved(letter: Letter, workbook: Workbook) -> Worksheet:
    letter.finish()
    stream = BytesIO()
    workbook.save(stream)
    return load_workbook(stream).worksheets[0]


def texts(sheet: Worksheet) -> Iterator[str]:
    for row in sheet.iter_rows():
        yield from (cell.value for cell in row if isinstance(cell.value, str))


@given(TEXT)
@settings(max_examples=60)
def test_pieces_make_up_the_text_and_fit_their_rows(text: str) -> None:
    assert "".join(pieces(text)) == text
    workbook = new_workbook()
    letter = Letter(workbook.create_sheet("文"))
    letter.paragraph(text)
    heights = [size.height or 0 for size in workbook.worksheets[0].row_dimensions.values()]
    assert all(height <= HIGHEST / 2 for height in heights)


def test_a_long_paragraph_is_parted_after_a_sentence() -> None:
    parts = list(pieces("老人家里的灶台裂了，烟熏得墙壁发黑。" * 60))
    assert len(parts) > 2
    assert all(part.endswith("。") for part in parts)


def test_a_sentence_without_end_is_parted_all_the_same() -> None:
    parts = list(pieces("灶" * 2000))
    assert "".join(parts) == "灶" * 2000
    assert len(parts) > 3


def test_a_paragraph_has_room_for_all_its_lines() -> None:
    """34 signs of 14 points stand in a line of 480 points, less what a cell keeps free at its sides."""
    workbook = new_workbook()
    letter = Letter(workbook.create_sheet("文"))
    letter.paragraph("结" * 250)
    assert (workbook.worksheets[0].row_dimensions[1].height or 0) >= 8 * 18.75


def test_the_grid_stands_on_the_page_unscaled_also_where_digits_are_wide() -> None:
    assert 0.85 * PAGE < GRID * (COLUMN * 5.25 + 3.75) < PAGE
    assert 0.95 * PAGE < GRID * COLUMN * 7.1 < PAGE


def test_tables_of_different_columns_stand_below_each_other() -> None:
    workbook = new_workbook()
    letter = Letter(workbook.create_sheet("文"))
    letter.title("标题")
    header = letter.table(
        [LetterColumn("名次", 4, Look.COUNT), LetterColumn("镇", 20, Look.NAME)],
        [(1, "乌镇镇"), (2, "石门镇")],
    )
    letter.table([LetterColumn("单位", 24, Look.NAME)], [("市民政局",)])
    letter.finish(header)
    sheet = workbook.worksheets[0]
    assert [sheet.cell(row, 1).value for row in range(1, 7)] == ["标题", "名次", 1, 2, "单位", "市民政局"]
    assert (sheet.cell(3, 5).value, header) == ("乌镇镇", 2)
    assert {"A2:D2", "E2:X2", "A6:X6"} <= {str(span) for span in sheet.merged_cells.ranges}
    assert (sheet.print_title_rows, sheet.page_setup.orientation) == ("$2:$2", "portrait")


def test_columns_that_do_not_share_the_grid_are_a_mistake_of_ours() -> None:
    letter = Letter(new_workbook().create_sheet("文"))
    with pytest.raises(ValueError, match="grid"):
        letter.table([LetterColumn("名次", 4, Look.COUNT)], [])


def test_a_heading_does_not_stand_alone_at_the_end_of_a_page() -> None:
    """Rows before it fill all but fifty of a page's 742 points."""
    workbook = new_workbook()
    letter = Letter(workbook.create_sheet("文"))
    letter.space(400)
    letter.space(292)
    letter.section("三、要求")
    sheet = workbook.worksheets[0]
    assert [sheet.row_dimensions[row].height for row in (1, 2, 3)] == [400, 292, 50]
    assert sheet.cell(4, 1).value == "三、要求"
    letter.space(640)
    letter.table([LetterColumn("单位", 24, Look.NAME)], [("市民政局",)])
    assert [sheet.cell(row, 1).value for row in (6, 7, 8)] == [None, "单位", "市民政局"]
    letter.section("四、其他")
    assert sheet.cell(9, 1).value == "四、其他"


def test_words_that_begin_like_a_formula_stay_words() -> None:
    workbook = new_workbook()
    letter = Letter(workbook.create_sheet("文"))
    letter.section("=1+1")
    letter.remark("")
    assert next(texts(saved(letter, workbook))) == "=1+1"
