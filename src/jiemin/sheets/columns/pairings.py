"""结对名单: one row for each pair of a household and a cadre; the nearest to annex 1."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from jiemin.domain.codes import ROLES, Role
from jiemin.domain.roster import SheetKind
from jiemin.sheets.columns import households
from jiemin.sheets.columns.shared import IGNORED, PHONE_LABELS
from jiemin.sheets.columns.spec import Column, Holds, SheetSpec
from jiemin.sheets.values.figures import day, number_given
from jiemin.sheets.values.people import name, phones
from jiemin.sheets.values.words import code, pairing_note, text

_HELPER = (
    "结对干部 帮扶干部 干部 结对人 帮扶人 帮扶责任人 结对责任人 责任人 党员干部 结对党员干部 "
    "结对帮扶干部 帮扶人员 结对人员"
)


def _of_helper(*suffixes: str) -> str:
    """Labels made of a word for the helper and what is told of him: 帮扶干部电话."""
    return " ".join(who + suffix for who in f"结对 帮扶 {_HELPER}".split() for suffix in suffixes)


def _of_household() -> Iterable[Column]:
    for column in households.COLUMNS:
        yield replace(column, read=pairing_note) if column.field == "note" else column


_COLUMNS = (
    *_of_household(),
    Column(
        "cadre_no",
        "干部编号",
        number_given,
        "给这名干部的编号；没有就不填",
        others="干部工号",
        holds=Holds.NUMBER,
    ),
    Column(
        "cadre_name",
        "结对干部",
        name,
        "干部的姓名，一行一人；还没有结对的留空",
        others=f"{_HELPER} 联系干部 包户干部 帮联干部 " + _of_helper("姓名", "名字"),
        vague="姓名 名字",
        whose="cadre",
        example="示例丙",
    ),
    Column(
        "cadre_unit",
        "单位",
        text,
        "干部所在单位；名单里的新干部必填",
        others="工作单位 所在单位 部门 单位名称 所属单位 部门单位 单位部门 "
        + _of_helper("单位", "工作单位", "所在单位", "部门"),
        whose="cadre",
        example="市民政局",
    ),
    Column(
        "cadre_post",
        "职务",
        text,
        "干部的职务",
        others="现任职务 职位 职务职级 单位职务 " + _of_helper("职务", "职位"),
        whose="cadre",
        example="副局长",
    ),
    Column(
        "cadre_phones",
        "干部电话",
        phones,
        "干部的电话",
        others=_of_helper("电话", "联系电话", "手机", "手机号", "手机号码", "联系方式", "电话号码"),
        vague=PHONE_LABELS,
        whose="cadre",
        holds=Holds.NUMBER,
        example="13800000001",
    ),
    Column(
        "role",
        "结对职责",
        code(ROLES),
        "第一责任人或协助；不填时先写的为第一责任人",
        others="职责 结对角色 帮扶角色 结对责任 责任 帮扶职责 角色",
        choices=Role,
        example=Role.LEAD,
    ),
    Column(
        "start",
        "结对时间",
        day(month_will_do=True, past=True),
        "从哪一天起结对，不晚于今天",
        others="结对日期 结对起始时间 结对起始日期 帮扶时间 帮扶起始时间 结对开始时间 结对年月 开始结对时间",
        unread="J313",
        holds=Holds.DAY,
        example=date(2014, 4, 1),
    ),
)

SPEC = SheetSpec(
    SheetKind.PAIRINGS,
    "一户一名干部占一行；一户有几名干部的写几行。户主姓名、户编号、户主身份证号至少一项；户情、干部各栏与另两种名册相同，写了就一并导入。",
    _COLUMNS,
    needs=(("head_name", "household_no", "head_id"), ("cadre_name",)),
    subject=(("head_name", "household_no", "head_id"),),
    telling=frozenset(["cadre_name", "cadre_unit", "cadre_post"]),
    ignored=IGNORED,
    check=households.check,
)
