"""Small workbooks of invented people."""

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from openpyxl import Workbook

from jiemin.domain.identity import check_character

Sheet = Sequence[Sequence[Any]]


def id_number(birth: date, serial: int, county: str = "330483") -> str:
    """A valid identity number; odd serials are men's."""
    first17 = f"{county}{birth:%Y%m%d}{serial:03d}"
    return first17 + check_character(first17)


def write_workbook(path: Path, sheets: Mapping[str, Sheet]) -> Path:
    """Save sheets of rows, the first row being the header."""
    workbook = Workbook()
    workbook.remove(workbook.worksheets[0])
    for name, rows in sheets.items():
        sheet = workbook.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
    workbook.save(path)
    return path


HOUSEHOLD_HEADER = (
    "户编号",
    "镇(街道)",
    "村(社区)",
    "户主姓名",
    "身份证号",
    "家庭人口",
    "困难类别",
    "保障人口",
    "家庭月收入",
)
CADRE_HEADER = ("姓名", "单位", "职务", "是否领导", "联系镇", "联系村")
HEAD_NAMES = ("沈阿大", "朱水根", "徐金宝", "钱福林", "姚桂英", "陆凤仙")


def household_rows(count: int = 6) -> list[tuple[Any, ...]]:
    """Households of three towns and classes, all facts known; the numbers run from A001."""
    places = (("石门镇", "望湖村"), ("乌镇镇", "塘东村"), ("梧桐街道", "新桥社区"))
    classes = (("农村低保", 2, 300), ("低收入(低保边缘)", None, 2400), ("城镇低保", 1, 200))
    rows = []
    for number in range(count):
        town, village = places[number % 3]
        label, covered, income = classes[number % 3]
        number_of_head = id_number(date(1950 + number % 40, 3, 14), number % 1000)
        name = HEAD_NAMES[number % len(HEAD_NAMES)]
        rows.append((f"A{number + 1:03d}", town, village, name, number_of_head, 3, label, covered, income))
    return rows


def cadre_rows(leaders: int = 2, others: int = 6) -> list[tuple[Any, ...]]:
    """Cadres of two units, each linked with a village."""
    rows: list[tuple[Any, ...]] = []
    for number in range(leaders):
        rows.append((f"方局{number + 1}", "市民政局", "副局长", "是", "石门镇", "望湖村"))
    for number in range(others):
        rows.append((f"顾员{number + 1}", "市卫生局", "科员", "否", "乌镇镇", "塘东村"))
    return rows


def county(folder: Path, households: int = 6, leaders: int = 2, others: int = 6) -> Path:
    """`households.xlsx` with a sheet of households and one of cadres."""
    return write_workbook(
        folder / "households.xlsx",
        {
            "困难家庭": [HOUSEHOLD_HEADER, *household_rows(households)],
            "干部": [CADRE_HEADER, *cadre_rows(leaders, others)],
        },
    )
