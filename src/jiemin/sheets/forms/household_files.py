"""Saving household files: one workbook with a sheet for each, or a folder with a workbook for each."""

import re
from collections.abc import Sequence
from pathlib import Path

from openpyxl import Workbook
from openpyxl.styles import Font

from jiemin.errors import JieminError
from jiemin.sheets.forms.frame import Heading, bureau_of
from jiemin.sheets.forms.household_file import add_household_form
from jiemin.sheets.forms.household_form import HouseholdForm
from jiemin.sheets.forms.lists import ListColumn, ListRow, fitted, write_list
from jiemin.sheets.forms.roster_sheet import refuse_existing
from jiemin.sheets.style import Look, new_workbook
from jiemin.sheets.writer import SaveError, save_workbook

INDEX_NAME = "目录"

_NOT_IN_FILES = re.compile(r'[<>:"/\\|?*\x00-\x1f]')
_NOT_IN_SHEETS = re.compile(r"[\[\]:*?/\\'\x00-\x1f]")
_LONGEST_FILE, _LONGEST_SHEET = 80, 31

_INDEX = (
    ListColumn("序号", 6, Look.COUNT),
    ListColumn("户编号", 12, Look.CODE),
    ListColumn("户主姓名", 12, Look.CODE),
    ListColumn("镇(街道)", 16, Look.CODE),
    ListColumn("村(社区)", 18, Look.CODE),
    ListColumn("困难类别", 20, Look.CODE),
    ListColumn("家庭人口", 9, Look.COUNT),
    ListColumn("第一责任人", 14, Look.CODE),
    ListColumn("建档日期", 13, Look.DATE),
)


def write_household_files(forms: Sequence[HouseholdForm], out: Path, county: str, whose: str) -> list[Path]:
    """Save the files, private, and return their paths: all in `out` if that is an .xlsx, else in that folder.

    Of several in one workbook an index comes first; `whose` says of whom they are. Raises `SaveError` or
    `JieminError` before anything is written when there is such a file already.
    """
    if out.suffix.lower() == ".xlsx":
        _write_one(forms, out, county, whose)
        return [out]
    if out.suffix and not out.is_dir():
        raise SaveError(f"不能存为“{out}”：文件名应以 .xlsx 结尾", f"例如 {out.stem}.xlsx；或者写一个文件夹")
    paths = [out / f"{file_name(form)}.xlsx" for form in forms]
    for path in paths:
        refuse_existing(path)
    try:
        out.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as fault:
        raise JieminError(f"文件夹“{out}”建不了：{fault.strerror or '读写出错'}", "换一个位置再试") from None
    for form, path in zip(forms, paths, strict=True):
        _write_one([form], path, county, whose)
    return paths


def file_name(form: HouseholdForm) -> str:
    """户编号_户主, without what Windows does not take in a name."""
    name = _NOT_IN_FILES.sub("-", f"{form.household_no}_{form.head_name or '户主不详'}")
    return name[:_LONGEST_FILE].rstrip(". ")


def _write_one(forms: Sequence[HouseholdForm], path: Path, county: str, whose: str) -> None:
    refuse_existing(path)
    workbook = new_workbook()
    # Widths are told in digits of this typeface, which every office program has or has the like of.
    workbook._named_styles["Normal"].font = Font(name="Arial", size=10)  # type: ignore[attr-defined]
    if len(forms) > 1:
        _add_index(workbook, forms, county, whose)
    taken: set[str] = {INDEX_NAME}
    for form in forms:
        add_household_form(workbook, _sheet_name(form, taken), form)
    save_workbook(workbook, path)


def _add_index(workbook: Workbook, forms: Sequence[HouseholdForm], county: str, whose: str) -> None:
    number, *others = _INDEX[1:]
    write_list(
        workbook,
        INDEX_NAME,
        Heading("", "困难家庭结对帮扶档案目录", whose, bureau_of(county), forms[0].day, "单位：户、人"),
        [_INDEX[0], fitted(number, (form.household_no for form in forms)), *others],
        [
            ListRow(
                (
                    place,
                    form.household_no,
                    form.head_name,
                    form.town,
                    form.village,
                    form.household_class,
                    form.persons,
                    form.lead,
                    form.begun,
                )
            )
            for place, form in enumerate(forms, start=1)
        ],
        empty="没有档案",
        notes=[f"共{len(forms)}户，每户一张表，表名为户编号和户主姓名。"],
    )


def _sheet_name(form: HouseholdForm, taken: set[str]) -> str:
    """户编号_户主, as far as a sheet's name may be; numbers tell apart those that are cut to the same."""
    plain = _NOT_IN_SHEETS.sub("-", f"{form.household_no}_{form.head_name}")[:_LONGEST_SHEET].rstrip("_")
    name, number = plain, 1
    while name.lower() in taken:
        number += 1
        name = f"{plain[: _LONGEST_SHEET - 4]}~{number}"
    taken.add(name.lower())
    return name
