"""Annex 1: one row for each helper, the household's cells repeated, nothing personal in full."""

from datetime import date
from pathlib import Path

import pytest
from openpyxl import load_workbook
from openpyxl.worksheet.worksheet import Worksheet
from support.quarters import cadre, household, quarter_facts

from jiemin.domain.indicators import build_quarter
from jiemin.domain.indicators.report import list_pairings
from jiemin.sheets.forms.pairing_list import SHEET_NAME, write_pairing_list

DAY = date(2014, 5, 31)
HEADINGS = (
    "序号 户编号 镇(街道) 村(社区) 户主姓名 身份证号 家庭人口 困难类别 主要致困原因 帮扶需求 联系电话 "
    "结对干部 单位 职务 干部电话 结对方式 结对职责 结对时间 备注"
).split()


def written(tmp_path: Path, **facts: object) -> Worksheet:
    path = tmp_path / "annex1.xlsx"
    lines = list_pairings(quarter_facts(**facts))
    write_pairing_list(lines, path, county="桐乡市", day=DAY, filled_on=DAY)
    return load_workbook(path)[SHEET_NAME]


@pytest.fixture
def sheet(tmp_path: Path) -> Worksheet:
    return written(tmp_path)


def rows(sheet: Worksheet) -> list[dict[str, object]]:
    """The lines below the header by heading."""
    found = sheet.iter_rows(min_row=6, values_only=True)
    return [dict(zip(HEADINGS, row, strict=True)) for row in found if isinstance(row[0], int)]


def test_headings_of_the_usual_form(sheet: Worksheet) -> None:
    assert [str(cell.value).replace("\n", "") for cell in sheet[5]] == HEADINGS
    assert sheet["A3"].value == "（截至2014年5月31日）"


def test_every_helper_has_a_row_of_his_own(sheet: Worksheet) -> None:
    lines = build_quarter(quarter_facts()).pairings
    expected = [
        (
            number,
            line.household.household_no,
            line.household.town,
            line.household.size,
            helper.cadre.name,
            helper.cadre.unit,
            helper.cadre.post,
            "一对一" if len(line.helpers) == 1 else "多对一",
            helper.role.value,
            helper.start,
        )
        for number, line in enumerate(lines, start=1)
        for helper in line.helpers
    ]
    keys = "序号 户编号 镇(街道) 家庭人口 结对干部 单位 职务 结对方式 结对职责".split()
    shown = [(*(row[key] for key in keys), row["结对时间"].date()) for row in rows(sheet)]  # type: ignore[attr-defined]
    assert shown == expected
    assert {row["结对方式"] for row in rows(sheet)} == {"一对一", "多对一"}


def test_what_is_said_again_is_grey(sheet: Worksheet) -> None:
    shown = rows(sheet)
    again = [place for place in range(1, len(shown)) if shown[place]["户编号"] == shown[place - 1]["户编号"]]
    assert again
    for place in range(len(shown)):
        cells = sheet[6 + place]
        grey = [cell.font.color is not None and cell.font.color.rgb == "FF808080" for cell in cells]
        assert grey == [place in again] * 11 + [False] * 8


def test_numbers_are_masked_text(sheet: Worksheet) -> None:
    for row in sheet.iter_rows(min_row=6, max_row=6 + len(rows(sheet)) - 1):
        number, own, phone = row[5], row[10], row[14]
        assert (number.data_type, number.number_format) == ("s", "@")
        assert str(number.value)[:14] == "330483********"
        assert (own.value, phone.value) == ("160****5678", "161****4321")


def test_no_full_number_anywhere_in_the_file(tmp_path: Path, sheet: Worksheet) -> None:
    texts = " ".join(str(cell.value) for row in sheet.iter_rows() for cell in row)
    for line in quarter_facts().households:
        assert line.head_id is not None
        assert line.head_id not in texts
    assert "16012345678" not in texts


def test_the_bureau_reports(sheet: Worksheet) -> None:
    assert sheet["A4"].value == "填报单位（盖章）：桐乡市民政局"


@pytest.mark.parametrize("number", ["A1", "H000001", "330483100200012"])
def test_every_household_number_fits_in_one_line(tmp_path: Path, number: str) -> None:
    sheet = written(
        tmp_path, households=[household(0, household_no=number)], pairings=[], visits=[], awards=[]
    )
    assert sheet["B6"].value == number
    # A digit takes up to 1.35 of the width's unit where the form's own typeface is not at hand.
    assert sheet.column_dimensions["B"].width >= max(9.2, 1.35 * len(number) + 1)


def test_a_name_like_a_formula_stays_a_name(tmp_path: Path) -> None:
    sheet = written(tmp_path, households=[household(0, head_name="=1+1", needs="-2+3", phones=())])
    cells = dict(zip(HEADINGS, sheet[6], strict=True))
    assert (cells["户主姓名"].value, cells["户主姓名"].data_type) == ("=1+1", "s")
    assert (cells["帮扶需求"].value, cells["帮扶需求"].data_type) == ("-2+3", "s")
    assert not cells["联系电话"].value


def test_two_telephones_stand_one_below_the_other(tmp_path: Path) -> None:
    phones = ("16012345678", "16111112222")
    sheet = written(tmp_path, cadres=[cadre(number, phones=phones) for number in range(10)])
    assert sheet["O6"].value == "160****5678\n161****2222"
    assert sheet.row_dimensions[6].height >= 2 * 15


def test_unpaired_households_are_listed_as_such(tmp_path: Path) -> None:
    sheet = written(tmp_path, pairings=[])
    shown = rows(sheet)
    assert shown
    assert {(row["结对干部"], row["结对方式"], row["备注"]) for row in shown} == {(None, None, "未结对")}
    notes = " ".join(str(cell.value) for row in sheet.iter_rows() for cell in row)
    assert f"共{len(shown)}户，其中已结对0户、未结对{len(shown)}户；结对干部0人" in notes
