"""Columns that the registers of the household's file have in common: whose file it is, and who did it."""

from dataclasses import replace

from jiemin.sheets.columns.shared import HEAD_ID, HEAD_NAME, HOUSEHOLD_NO, ID_LABELS, TOWN, VILLAGE
from jiemin.sheets.columns.spec import Column, Holds
from jiemin.sheets.values.figures import number_given
from jiemin.sheets.values.people import names
from jiemin.sheets.values.words import text

HOUSEHOLD = (
    HOUSEHOLD_NO,
    TOWN,
    VILLAGE,
    replace(HEAD_NAME, vague="姓名 名字"),
    replace(HEAD_ID, vague=ID_LABELS),
)
TOLD_BY = ("head_name", "household_no", "head_id")
"""The columns of which one must tell the household."""

_HELPERS = "结对干部 结对干部姓名 帮扶干部 帮扶干部姓名 干部 干部姓名 帮扶人 结对人 帮扶联系人"


def by_whom(label: str, meaning: str, others: str) -> tuple[Column, Column, Column]:
    """Who surveyed or answers for something: name, number and unit."""
    return (
        Column(
            "cadre_names",
            label,
            names,
            f"{meaning}，是登记的干部就认作这名干部，别的人照样登记；几个人用顿号隔开",
            others=others,
            vague=_HELPERS,
            whose="cadre",
            example="示例丙",
        ),
        Column(
            "cadre_no",
            f"{label}编号",
            number_given,
            f"{label}是干部的，他的编号；没有同名的人不用填",
            others="干部编号 干部工号",
            holds=Holds.NUMBER,
        ),
        Column(
            "cadre_unit",
            f"{label}单位",
            text,
            f"{label}所在单位，用来分清同名的人",
            others="单位 工作单位 所在单位 干部单位 部门 责任单位 责任部门 落实单位 承办单位 结对单位 "
            "帮扶单位 "
            "帮扶干部单位 结对干部单位",
            whose="cadre",
            example="市民政局",
        ),
    )
