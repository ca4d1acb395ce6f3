"""The reminder as a form: how it prints, what it offers, and the names of its sheets and files."""

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import Workbook, load_workbook

from jiemin.domain.periods import Quarter
from jiemin.sheets.forms.file_names import file_stem, sheet_name
from jiemin.sheets.forms.visit_reminder import Matter, Reminder, ReminderLine, write_reminders
from jiemin.sheets.style import LANDSCAPE_WIDTH
from jiemin.sheets.writer import SaveError

QUARTER = Quarter(2014, 2)


def line(number: int, *visitors: str) -> ReminderLine:
    return ReminderLine(
        household_no=f"A{number:03d}",
        town="石门镇",
        village="望湖村",
        head_name="沈阿大",
        phones=("13800000001",),
        address="3组12号",
        visitors=visitors or ("孙一",),
        answering=("孙一(第一责任人)",),
        last_visit=date(2014, 3, 5),
        matters=(Matter("承诺", "修屋顶", date(2014, 3, 5), date(2014, 6, 1)),),
        makeup=number == 1,
    )


def written(folder: Path, *reminders: Reminder) -> Workbook:
    write_reminders(reminders, folder / "提醒.xlsx", county="桐乡市", filled_on=date(2014, 6, 3))
    return load_workbook(folder / "提醒.xlsx")


def test_it_prints_on_a4_landscape_with_its_header_on_every_page(tmp_path: Path) -> None:
    lines = tuple(line(number) for number in range(1, 60))
    (sheet,) = written(tmp_path, Reminder("市民政局", QUARTER, False, lines)).worksheets
    text = {name: str(sheet[name].value) for name in ("A1", "A2", "G6", "I6", "A65")}
    assert (sheet.page_setup.orientation, sheet.page_setup.paperSize) == ("landscape", 9)
    assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (1, 0)
    assert sheet.print_title_rows == "$4:$5"
    assert text["A1"] == "市民政局 2014年第二季度走访提醒单"
    assert "共59户" in text["A2"]
    assert "桐乡市民政局" in text["A2"]
    assert sheet.freeze_panes == "F6"
    widths = sum(each.width for each in sheet.column_dimensions.values())
    assert LANDSCAPE_WIDTH / widths > 0.7, "printed smaller it could not be filled in by hand"
    assert text["G6"].endswith("（补访）")
    assert text["I6"] == "承诺（2014-03-05，应于2014-06-01前办好）：修屋顶"
    assert text["A65"].startswith("填表人：")


def test_it_offers_the_kinds_and_of_several_cadres_those_who_went(tmp_path: Path) -> None:
    lines = (line(1), line(2, "孙一", "周三"), line(3, "孙一", "周三"))
    (sheet,) = written(tmp_path, Reminder("市民政局", QUARTER, False, lines)).worksheets
    offered = {str(each.sqref): each.formula1 for each in sheet.data_validations.dataValidation}
    assert offered == {"M6:M308": '"走访,慰问,电话"', "J7 J8": '"孙一、周三,孙一,周三"'}


def test_units_of_like_names_get_sheets_of_their_own(tmp_path: Path) -> None:
    long = "桐乡市某某街道办事处社会事务管理与民政综合服务中心办公室第一科"
    units = [long, long[:-2] + "二科", "一/二局", "一:二局"]
    book = written(tmp_path, *(Reminder(unit, QUARTER, False, (line(1),)) for unit in units))
    assert len(set(book.sheetnames)) == 4
    assert all(len(name) <= 31 for name in book.sheetnames)
    assert book.sheetnames[2:] == ["一_二局", "一_二局(2)"]


def test_a_folder_is_looked_through_before_anything_is_written(tmp_path: Path) -> None:
    folder = tmp_path / "提醒"
    folder.mkdir()
    (folder / "乙局走访提醒单.xlsx").write_text("填了一半")
    two = [Reminder(unit, QUARTER, False, (line(1),)) for unit in ("甲局", "乙局")]
    with pytest.raises(SaveError, match="已经有了"):
        write_reminders(two, folder, county="桐乡市", filled_on=date(2014, 6, 3))
    assert [path.name for path in folder.iterdir()] == ["乙局走访提醒单.xlsx"]


NAMES = st.lists(st.text(max_size=90) | st.sampled_from(["CON", "nul.x", "a/b", "A:B", "a:b", " . ", "'甲'"]))


@given(NAMES)
def test_names_of_files_and_sheets_are_legal_and_all_different(texts: list[str]) -> None:
    files: set[str] = set()
    sheets: set[str] = set()
    for text in texts:
        file, sheet = file_stem(text, files), sheet_name(text, sheets)
        assert file.casefold() not in files
        assert sheet.casefold() not in sheets
        assert not set('<>:"/\\|?*\n').intersection(file)
        assert not set("[]:*?/\\\n").intersection(sheet)
        assert file.strip(" .") == file != ""
        assert 0 < len(sheet) <= 31
        assert file.split(".")[0].casefold() not in {"con", "nul"}
        files.add(file.casefold())
        sheets.add(sheet.casefold())
