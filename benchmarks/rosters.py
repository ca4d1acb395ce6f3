"""Rosters of invented families, as large as a benchmark asks; every identity number is valid and unique."""

from collections.abc import Iterable
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from openpyxl import Workbook

from jiemin.domain.identity import check_character

HOUSEHOLD_LABELS = (
    "序号",
    "户编号",
    "镇(街道)",
    "村(社区)",
    "户主姓名",
    "身份证号",
    "家庭人口",
    "困难类别",
    "保障人口",
    "家庭月收入",
    "主要致困原因",
    "其他致困原因",
    "帮扶需求",
    "联系电话",
    "家庭住址",
    "开户银行",
    "银行账号",
    "供养方式",
    "状态",
    "备注",
)
MEMBER_LABELS = (
    "序号",
    "户编号",
    "户主姓名",
    "姓名",
    "与户主关系",
    "身份证号",
    "健康状况",
    "劳动能力",
    "文化程度",
    "是否保障对象",
)
TOWNS = (
    "梧桐街道",
    "龙翔街道",
    "凤鸣街道",
    "乌镇镇",
    "濮院镇",
    "屠甸镇",
    "石门镇",
    "河山镇",
    "洲泉镇",
    "大麻镇",
    "崇福镇",
    "高桥镇",
)
CLASSES = ("农村低保", "城镇低保", "低收入(低保边缘)", "农村低保户", "低收入家庭")
NEEDS = (
    ("因病", "因残、缺劳力", "就医困难，需要护理"),
    ("因残", "", "康复训练"),
    ("因学", "", "学费、助学"),
    ("失业", "缺技术", "技能培训，岗位"),
    ("缺资金", "", "小额贷款养殖"),
    ("因病", "", "大病，住房失修"),
    ("其他", "", ""),
)
"""Cause, other causes, needs."""
RELATIONS = ("户主", "配偶", "儿子", "女儿", "母亲")
_BIRTHDAYS = 25_000


def make_households(path: Path, rows: int) -> None:
    """So many households, a row of twenty columns each."""
    save(path, "困难家庭", HOUSEHOLD_LABELS, map(_household, range(rows)))


def make_members(path: Path, households: int, persons: int) -> None:
    """So many persons of those households, the head of each among them, in the order of households."""
    each = persons // households
    rows = (_member(number, place) for number in range(households) for place in range(each))
    save(path, "家庭成员", MEMBER_LABELS, rows)


def save(path: Path, name: str, labels: Iterable[str], rows: Iterable[tuple[Any, ...]]) -> None:
    """A workbook of one sheet."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet(name)
    sheet.append(labels)
    for row in rows:
        sheet.append(row)
    book.save(path)


def home(number: int) -> tuple[str, str]:
    """Town and village of that household; there are 204 villages."""
    return TOWNS[number % 12], f"{'东西南北'[number % 4]}{number % 17}村"


def _household(number: int) -> tuple[Any, ...]:
    return (
        number + 1,
        f"T{number:06d}",
        *home(number),
        f"户主{number}",
        id_number(0, number),
        3,
        CLASSES[number % 5],
        1,
        100 + number % 300,
        *NEEDS[number // 7 % len(NEEDS)],
        f"138{number:08d}",
        f"{number % 20}组{number}号",
        "农村合作银行",
        f"62284803{number:011d}",
        "",
        "在册",
        "",
    )


def _member(number: int, place: int) -> tuple[Any, ...]:
    return (
        number + 1,
        f"T{number:06d}",
        f"户主{number}",
        f"家人{number}之{place}" if place else f"户主{number}",
        RELATIONS[place],
        id_number(place, number),
        ("健康", "残疾", "长期慢性病")[number % 3],
        ("有", "无", "部分丧失")[number % 3],
        ("小学", "初中", "文盲")[number % 3],
        "否" if place else "是",
    )


def id_number(place: int, number: int) -> str:
    """The number of a household's n-th person, counted from its head as 0."""
    born = date(1930, 1, 1) + timedelta(days=number * 3 % _BIRTHDAYS)
    first17 = f"330425{born:%Y%m%d}{place:01d}{number // _BIRTHDAYS:02d}"
    return first17 + check_character(first17)
