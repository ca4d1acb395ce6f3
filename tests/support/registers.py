"""Rows of the registers of the household's file, and what of them stands in the database."""

from pathlib import Path
from typing import Any

from support.imports import rows_of

SURVEYS = (
    "户编号",
    "调查日期",
    "调查人",
    "家庭情况清",
    "家庭情况不清的内容",
    "帮扶需求清",
    "帮扶需求查明情况",
)
MEASURES = (
    "措施编号", "户编号", "措施内容", "帮扶计划", "责任人", "责任人单位", "承诺日期", "完成时限", "完成日期",
    "终止日期", "完成情况", "金额", "资金来源",
)  # fmt: skip
CONDITIONS = ("户编号", "调查日期", "工资性收入", "住房面积", "住房结构", "劳动力人数", "就业人数")
DAY = "2014-05-20"


def surveys(folder: Path) -> list[tuple[Any, ...]]:
    return list(
        rows_of(
            folder,
            "SELECT h.household_no, survey, day, c.name, surveyor, complete, missing, finding "
            "FROM household_survey s JOIN household h ON h.id = s.household_id "
            "LEFT JOIN cadre c ON c.id = s.cadre_id ORDER BY h.household_no, day, s.id",
        )
    )


def measures(folder: Path, *columns: str) -> list[tuple[Any, ...]]:
    return list(
        rows_of(
            folder,
            f"SELECT {', '.join(columns)} FROM measure m JOIN household h ON h.id = m.household_id "
            "LEFT JOIN cadre c ON c.id = m.cadre_id ORDER BY m.id",
        )
    )


def conditions(folder: Path) -> list[tuple[Any, ...]]:
    return list(
        rows_of(
            folder,
            "SELECT h.household_no, condition, day, number, word FROM household_condition m "
            "JOIN household h ON h.id = m.household_id ORDER BY h.household_no, day, m.id",
        )
    )


def measure(**told: Any) -> tuple[Any, ...]:
    """A row of measures by their labels; of A001, 翻修屋顶, promised on the day, unless told."""
    row = {"户编号": "A001", "措施内容": "翻修屋顶", "承诺日期": DAY} | told
    return tuple(row.get(label) for label in MEASURES)
