"""结对方案: what `pair --auto --out` proposes, as people have edited it; one row for each pair."""

import re
from datetime import date
from typing import Any

from jiemin.domain.codes import PLAN_STEPS, ROLES, PlanStep, Role
from jiemin.domain.roster import SheetKind
from jiemin.sheets.columns.shared import HEAD_NAME, HOUSEHOLD_NO, IGNORED, NOTE, TOWN, VILLAGE
from jiemin.sheets.columns.spec import Column, Holds, SheetSpec
from jiemin.sheets.grid import Cell, shown
from jiemin.sheets.values.figures import day, number_given
from jiemin.sheets.values.people import name
from jiemin.sheets.values.words import code, text

_BETWEEN = re.compile(r"[\s、,，;；]+")


def _numbers(cell: Cell, _: date) -> Any:
    """Numbers of cadres, one or several."""
    return tuple(number.upper() for number in _BETWEEN.split(shown(cell)) if number) or None


STEP = Column(
    "step",
    "处理",
    code(PLAN_STEPS),
    "沿用、新增、改身份或结束；写结束的，到方案日期为止，其余各对从方案日期起算；不填的照列出的结对",
    others="处理方式 方案处理 结对处理",
    choices=PlanStep,
    example=PlanStep.BEGIN,
)
ROLE = Column(
    "role",
    "身份",
    code(ROLES),
    "第一责任人或协助；不填时先写的为第一责任人",
    others="结对身份 结对职责 职责 结对角色 角色",
    choices=Role,
    example=Role.LEAD,
)
FORMER = Column(
    "former",
    "原有干部",
    _numbers,
    "写方案时这一户的结对干部的编号，不要改：用来看出写方案以后有没有变动",
    others="原有结对干部 原结对干部编号 原干部编号",
)

COLUMNS = (
    HOUSEHOLD_NO,
    HEAD_NAME,
    TOWN,
    VILLAGE,
    Column("need_class", "困难类别", text, "只供参考，不导入", others="类别 家庭类别"),
    Column("need_depth", "困难程度", text, "0至3，数字大的更困难；只供参考，不导入"),
    ROLE,
    Column(
        "cadre_no",
        "干部编号",
        number_given,
        "干部的编号；换人时改编号，或清空编号改写姓名",
        others="干部工号",
        holds=Holds.NUMBER,
        example="C00001",
    ),
    Column(
        "cadre_name",
        "干部",
        name,
        "干部的姓名；和编号都写了的，要是同一个人；都空着的，这一户没有干部",
        others="干部姓名 结对干部 结对干部姓名",
        whose="cadre",
        example="示例丙",
    ),
    Column(
        "cadre_unit",
        "单位",
        text,
        "干部所在单位；有同名干部而没写编号时要写对",
        others="工作单位 所在单位 部门 干部单位",
        whose="cadre",
        example="市民政局",
    ),
    Column("cadre_post", "职务", text, "只供参考，不导入", others="现任职务", whose="cadre"),
    STEP,
    Column(
        "start",
        "结对时间",
        day(),
        "新增的一对从哪一天起；不填就从方案日期起",
        others="结对日期 起始日期",
        unread="J313",
        holds=Holds.DAY,
    ),
    Column("reasons", "理由", text, "为什么这样配；数字是分数，越少越合适；只供参考，不导入"),
    FORMER,
    NOTE,
)

SPEC = SheetSpec(
    SheetKind.PLAN,
    "由 jiemin pair --auto --out 存成，改好导入。一户一名干部占一行；列出的户，从方案日期起只有列出而没写"
    "“结束”的各对，没有列出的户不动。标题里的方案日期即生效日期，也可用 --as-of 另定。",
    COLUMNS,
    needs=(("household_no",), ("cadre_no", "cadre_name"), ("step",)),
    subject=(("household_no",),),
    telling=frozenset(["step"]),
    ignored=IGNORED,
)
