"""家庭状况: one row for a household on a day, a column for each thing measured."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any

from jiemin.domain.codes import Condition
from jiemin.domain.conditions import KINDS, Unit
from jiemin.domain.roster import SheetKind
from jiemin.sheets.columns.file_registers import HOUSEHOLD, TOLD_BY
from jiemin.sheets.columns.shared import IGNORED
from jiemin.sheets.columns.spec import Column, Finding, Holds, SheetSpec
from jiemin.sheets.values.figures import day
from jiemin.sheets.values.registers import condition

_BEFORE = ("帮扶前", "结对前", "帮扶前情况", "结对前情况", "脱贫前")
_AFTER = ("帮扶后", "结对后", "帮扶后情况", "结对后情况", "脱贫后", "目前", "现在", "现状")
"""Group headings of forms that set the two beside each other."""

_SPELLED = {
    Condition.WAGES: "工资收入 务工收入 打工收入 务工工资 工资性年收入 年工资性收入",
    Condition.FARMING: "农业收入 种养收入 种养殖收入 种植养殖收入 务农收入 农业生产经营收入 农业经营性收入",
    Condition.BUSINESS: "其它经营收入 经商收入 其他行业生产经营收入 非农经营收入 其他经营性收入",
    Condition.PROPERTY: "财产收入 租金收入 房租收入 出租收入 土地流转收入",
    Condition.PENSION: "退休养老金 养老金收入 退休金 养老保险金",
    Condition.GIFTS: "赠送收入 亲友馈赠 亲友赠送收入 赡养费",
    Condition.RELIEF: "慰问金 救济金 慰问救济金 慰问救济收入 抚恤救灾救济金",
    Condition.DIBAO: "低保金 低保收入 低保补助 低保补差 低保金年收入",
    Condition.SUBSIDIES: "其它补贴 补贴收入 农业补贴 其他转移性收入",
    Condition.COSTS: "经营支出 生产支出 生产成本 经营成本 生产经营费用",
    Condition.LAND: "承包地 承包田 土地面积 承包土地面积 承包地面积 耕地面积",
    Condition.HOUSE_AREA: "房屋面积 住房建筑面积 房屋建筑面积",
    Condition.HOUSE_BUILD: "房屋结构 住房结构类型 房屋结构类型",
    Condition.HOUSE_GRADE: "危房级别 危房鉴定等级 房屋危险等级 房屋安全等级",
    Condition.ABLE: "劳力人数 劳动力数 有劳动能力人数",
    Condition.EMPLOYED: "已就业人数 就业人口 务工人数",
    Condition.TRAINED: "培训次数 技能培训人次 参加培训人次",
    Condition.AT_SCHOOL: "在校人数 在校生人数 就学人数 在学人数 读书人数 在读学生数",
    Condition.LEFT_SCHOOL: "辍学人数 因贫辍学 辍学生人数 因贫失学人数",
    Condition.HEALTH_INSURED: "合作医疗人数 参加合作医疗人数 新农合人数 新农合参保人数 城乡合作医疗参保人数",
    Condition.ILLNESS_INSURED: "大病保险人数 参加大病保险人数",
    Condition.PENSION_INSURED: "养老保险人数 参加养老保险人数",
}
"""Other labels of whole columns; words such as 就业 may head a column of single persons."""

_HOLDS = {
    Unit.MONEY: Holds.MONEY,
    Unit.PERSONS: Holds.COUNT,
    Unit.TIMES: Holds.COUNT,
    Unit.AREA: Holds.AREA,
    Unit.LAND: Holds.AREA,
    Unit.WORD: Holds.WORDS,
}
_SAYS = {
    Unit.MONEY: "全家一年的合计（元），没有填0",
    Unit.PERSONS: "家里有几个人（人），没有填0",
    Unit.TIMES: "全家一共几人次，没有填0",
    Unit.AREA: "平方米，最多两位小数",
    Unit.LAND: "亩，最多两位小数；写“2亩5分”也行",
}
_OTHER_UNITS = {
    Unit.MONEY: "人均|每人|/人|元人|月|季",
    Unit.PERSONS: "率|%",
    Unit.TIMES: "率|%",
    Unit.AREA: "人均|每人|/人|亩|[间幢]",
    Unit.LAND: "人均|每人|/人|平方|平米|㎡|m2|公顷|块",
}
"""What in a label or unit says that the figures are not those that are asked for."""
_EXAMPLES: dict[Condition, str | int] = {
    Condition.WAGES: 18000,
    Condition.PENSION: 1440,
    Condition.HOUSE_AREA: "62.5",
    Condition.HOUSE_BUILD: "砖木",
    Condition.ABLE: 1,
    Condition.EMPLOYED: 1,
}


def _column(measured: Condition) -> Column:
    """The column of one thing measured, now or after the help."""
    unit = KINDS[measured].unit
    spelled = (measured.value, *_SPELLED[measured].split())
    return Column(
        measured.name.lower(),
        measured.value,
        condition(measured),
        _SAYS.get(unit) or "、".join(KINDS[measured].words),
        others=" ".join((*spelled[1:], *_grouped(_AFTER, spelled))),
        read_wan=condition(measured, "万") if unit is Unit.MONEY else None,
        holds=_HOLDS[unit],
        choices=KINDS[measured].words,
        unit="元/年" if unit is Unit.MONEY else unit.value,
        example=_EXAMPLES.get(measured, ""),
        other_unit=_OTHER_UNITS.get(unit, ""),
    )


def _grouped(groups: tuple[str, ...], labels: tuple[str, ...]) -> Iterator[str]:
    return (f"{group}{label}" for group in groups for label in labels)


def _before(column: Column) -> Column:
    """The same, before the help began."""
    labels = tuple(_grouped(_BEFORE, (column.label, *_SPELLED[Condition(column.label)].split())))
    return replace(
        column,
        field=f"before_{column.field}",
        label=labels[0],
        meaning=f"帮扶开始以前的{column.label}",
        others=" ".join(labels[1:]),
        example="",
    )


_MEASURED = tuple(_column(each) for each in Condition)
_DAYS = "日期 时间 调查日期 调查时间 登记日期 登记时间".split()

_COLUMNS = (
    Column(
        "condition_day",
        "调查日期",
        day(),
        "哪一天的状况；这一格不填时依次用 --as-of、标题里的日期",
        others="调查时间 状况日期 登记日期 登记时间 核实日期 核实时间 采集日期 采集时间 统计日期 统计时间 "
        "测算日期 "
        "测算时间 数据日期 时点 调查时点 统计时点 " + " ".join(_grouped(_AFTER[:4], tuple(_DAYS))),
        vague="日期 时间",
        unread="J431",
        holds=Holds.DAY,
        example=date(2014, 5, 20),
    ),
    *HOUSEHOLD,
    *_MEASURED,
)
_ELSEWHERE = (
    Column(
        "before_day",
        "帮扶前日期",
        day(),
        "“帮扶前”各栏是哪一天的状况；不填时用这一户第一次结对的那一天",
        others=" ".join(list(_grouped(_BEFORE, tuple(_DAYS)))[1:]),
        unread="J431",
        holds=Holds.DAY,
    ),
    *(_before(column) for column in _MEASURED),
)


def _check(values: dict[str, Any]) -> Iterator[Finding]:
    """Not more people at work than can work."""
    for first in ("", "before_"):
        able, employed = values.get(f"{first}able"), values.get(f"{first}employed")
        if isinstance(able, int) and isinstance(employed, int) and employed > able:
            yield f"{first}employed", "J447", f"劳动力{able}人，就业{employed}人"


SPEC = SheetSpec(
    SheetKind.CONDITIONS,
    "一户一天的状况占一行，没有查的空着。帮扶前、帮扶后各占一行，写各自的日期；两个大栏“帮扶前”“帮扶后”并排的表也行，"
    "帮扶前的日期另写一列“帮扶前日期”，没有就用第一次结对的那一天。户编号、户主姓名、户主身份证号至少一项。",
    _COLUMNS,
    needs=(("condition_day",), TOLD_BY),
    subject=(TOLD_BY,),
    telling=frozenset(column.field for column in (*_MEASURED, *_ELSEWHERE[1:])),
    ignored=IGNORED,
    check=_check,
    elsewhere=_ELSEWHERE,
)
