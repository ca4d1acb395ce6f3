"""四清登记: one row for the four surveys of a household on a day, or one for each of them."""

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import chain

from jiemin.domain.codes import SURVEYS, Survey
from jiemin.domain.roster import SheetKind
from jiemin.sheets.columns.file_registers import HOUSEHOLD, TOLD_BY, by_whom
from jiemin.sheets.columns.shared import IGNORED
from jiemin.sheets.columns.spec import YES_OR_NO, Column, Holds, SheetSpec
from jiemin.sheets.values.figures import day
from jiemin.sheets.values.registers import clear, missing
from jiemin.sheets.values.words import code, text

_GROUPS = ("四清", "四清情况", "四清内容", "四清完成情况", "四清工作")
"""Headings under which the four stand without the word 清."""
_EXAMPLES = {
    Survey.FAMILY: ("是", ""),
    Survey.CAUSE: ("是", ""),
    Survey.SKILLS: ("否", "儿子的学历没有核实"),
    Survey.NEEDS: ("是", ""),
}


def _labels(firsts: Iterable[str], lasts: str) -> str:
    return " ".join(f"{first}{last}" for first in firsts for last in lasts.split())


def _columns_of(survey: Survey) -> Iterator[Column]:
    """Whether one of the four is done, what is not clear yet, and what was found."""
    label, name = survey.value, survey.name.lower()
    stem = label.removesuffix("清")
    firsts = (stem, label)
    answer, lacking = _EXAMPLES[survey]
    yield Column(
        f"{name}_clear",
        label,
        clear(name),
        "查清了填是，还没有填否，打√、×或写“已清”“未清”也行",
        others=_labels(firsts, "是否清 是否清楚 是否已清 是否查清 是否完成 清否 清楚 已清 清不清")
        + f" {label}楚 "
        + " ".join(f"{group}{stem}" for group in _GROUPS),
        choices=YES_OR_NO,
        example=answer,
    )
    yield Column(
        f"{name}_missing",
        f"{stem}不清的内容",
        missing,
        "填否的，还有什么没有查清",
        others=_labels(firsts, "不清内容 未清内容 未清的内容 不清楚的内容 缺什么 缺少内容 未清原因 存在问题")
        + f" {label}不清的内容",
        example=lacking,
    )
    yield Column(
        f"{name}_finding",
        f"{stem}查明情况",
        text,
        "查到了什么，一两句话",
        others=_labels(firsts, "查明的情况 调查情况 调查内容 调查结果 摸底情况 具体情况 具体内容 内容 说明")
        + f" {label}查明情况",
        vague=f"{stem} 主要{stem}",
    )


_ONE_ALONE = (
    Column(
        "survey",
        "四清内容",
        code(SURVEYS),
        "这一行说的是四清的哪一项：家庭情况清、致困原因清、就业技能清、帮扶需求清",
        others="四清项目 四清类别 四清名称 四清事项 四清",
        unread="J437",
        choices=Survey,
    ),
    Column(
        "survey_clear",
        "是否已清",
        clear("survey"),
        "查清了填是，还没有填否",
        others="是否清 是否清楚 是否查清 清否 清不清 四清结果 是否完成 完成情况 调查结果",
        choices=YES_OR_NO,
    ),
    Column(
        "survey_missing",
        "不清的内容",
        missing,
        "填否的，还有什么没有查清",
        others="不清内容 未清内容 未清的内容 不清楚的内容 缺什么 缺少内容 未清原因 存在问题",
    ),
    Column(
        "survey_finding",
        "查明情况",
        text,
        "查到了什么，一两句话",
        others="查明的情况 调查情况 调查内容 摸底情况 具体情况 具体内容",
    ),
)
"""Of lists with a row for each survey."""

_COLUMNS = (
    Column(
        "survey_day",
        "调查日期",
        day(),
        "哪一天调查的；不填时依次用 --as-of、标题里的日期",
        others="调查时间 四清日期 四清时间 摸底日期 摸底时间 入户日期 入户时间 入户调查日期 入户调查时间 "
        "登记日期 "
        "登记时间 核实日期 核实时间 填写日期",
        vague="日期 时间",
        unread="J431",
        holds=Holds.DAY,
        example=date(2014, 5, 20),
    ),
    *HOUSEHOLD,
    *by_whom(
        "调查人",
        "入户调查的人",
        "调查人员 调查干部 调查人姓名 调查员 摸底人 摸底人员 入户干部 入户人员 入户人 登记人 核实人 责任人 "
        "填表人姓名",
    ),
    *chain.from_iterable(_columns_of(survey) for survey in Survey),
)

SPEC = SheetSpec(
    SheetKind.SURVEYS,
    "一户一天调查一次占一行，四清各有“清不清”“不清的内容”“查明情况”三栏，不用的可删去。户编号、户主姓名、"
    "户主身份证号至少一项。每清各占一行的表也行，列是：四清内容、是否已清、不清的内容、查明情况。",
    _COLUMNS,
    needs=(TOLD_BY,),
    subject=(TOLD_BY,),
    telling=frozenset(f"{survey.name.lower()}_clear" for survey in Survey) | {"survey"},
    ignored=IGNORED,
    elsewhere=_ONE_ALONE,
)
