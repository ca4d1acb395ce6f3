"""What an import told of one sheet, and rows to import."""

import sqlite3
from collections.abc import Callable, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

from support.rosters import HOUSEHOLD_HEADER

Take = Callable[..., dict[str, Any]]
"""Import one sheet of rows, header first; what was told of its file."""

VISIT_HEADER = ("走访日期", "户编号", "走访干部", "走访人单位", "走访方式", "暖心手记")
MEMBER_HEADER = (
    "户编号",
    "姓名",
    "与户主关系",
    "身份证号",
    "健康状况",
    "残疾类别",
    "残疾等级",
    "是否保障对象",
)
PAIR_HEADER = ("户编号", "结对干部", "单位", "职务", "结对职责", "结对时间")


def codes(file: dict[str, Any]) -> dict[str, str]:
    """Cell → code of the problem found there."""
    return {each["cell"]: each["code"] for each in file["problems"]}


def counts(file: dict[str, Any]) -> tuple[int, int, int, int]:
    """Rows new, changed, unchanged and rejected."""
    sheet = file["sheets"][0]
    return sheet["new"], sheet["changed"], sheet["unchanged"], sheet["rejected"]


def family(number: str | None, name: str, person: str, **others: Any) -> tuple[Any, ...]:
    """A household row; `others` by the labels of the header."""
    row = [number, "石门镇", "望湖村", name, person, 2, "农村低保", 1, 300]
    for column, value in others.items():
        row[HOUSEHOLD_HEADER.index(column)] = value
    return tuple(row)


def rows_of(folder: Path, query: str, *values: Any) -> Sequence[tuple[Any, ...]]:
    """What stands in the database of a test's folder."""
    with closing(sqlite3.connect(folder / "jiemin.db")) as connection:
        return connection.execute(query, values).fetchall()
