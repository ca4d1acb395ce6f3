"""走访记录: one row for each visit."""

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from jiemin.domain.codes import VISIT_KINDS, VisitKind
from jiemin.domain.roster import SheetKind
from jiemin.sheets.columns.shared import HEAD_ID, HEAD_NAME, HOUSEHOLD_NO, ID_LABELS, IGNORED, TOWN, VILLAGE
from jiemin.sheets.columns.spec import Column, Holds, SheetSpec
from jiemin.sheets.grid import Cell, shown
from jiemin.sheets.values.cell import Faulty
from jiemin.sheets.values.figures import day, number_given
from jiemin.sheets.values.people import names
from jiemin.sheets.values.words import code, text

_BETWEEN_NUMBERS = re.compile(r"[、,，;；\n]+")


def _numbers(cell: Cell, today: date) -> Any:
    """Several cadres' numbers in one cell."""
    parts: Sequence[Cell] = _BETWEEN_NUMBERS.split(shown(cell)) if isinstance(cell, str) else (cell,)
    read = [number_given(part, today) for part in parts]
    faulty = next((each for each in read if isinstance(each, Faulty)), None)
    return faulty or tuple(dict.fromkeys(each for each in read if each)) or None


_COLUMNS = (
    Column(
        "visit_day",
        "走访日期",
        day(),
        "哪一天走访的，必填",
        others="走访时间 入户时间 入户日期 走访日 上门日期 上门时间 联系日期 联系时间 慰问日期 "
        "慰问时间 走访年月日",
        vague="日期 时间",
        unread="J310",
        holds=Holds.DAY,
        example=date(2014, 5, 20),
    ),
    HOUSEHOLD_NO,
    TOWN,
    VILLAGE,
    replace(
        HEAD_NAME,
        others=HEAD_NAME.others + " 走访对象 走访对象姓名 走访户 走访户主 走访家庭 被走访户 被走访人",
        vague="姓名 名字",
    ),
    replace(HEAD_ID, vague=ID_LABELS),
    Column(
        "cadre_names",
        "走访干部",
        names,
        "去走访的干部，几个人用顿号隔开；不填算第一责任人",
        others="走访人 走访人员 走访干部姓名 走访人姓名 入户干部 入户人员 参加人员 走访领导",
        vague="结对干部 结对干部姓名 帮扶干部 帮扶干部姓名 干部 干部姓名 帮扶人 结对人 帮扶责任人 责任人",
        whose="cadre",
        example="示例丙",
    ),
    Column(
        "cadre_nos",
        "走访干部编号",
        _numbers,
        "走访干部的编号，次序与走访干部相同；没有同名的人不用填",
        others="干部编号 走访人编号 干部工号",
        holds=Holds.NUMBER,
    ),
    Column(
        "cadre_unit",
        "走访人单位",
        text,
        "走访干部所在单位，用来分清同名的人",
        others="单位 工作单位 干部单位 走访单位 结对单位 帮扶单位 部门 走访干部单位 所在单位",
        whose="cadre",
        example="市民政局",
    ),
    Column(
        "visit_kind",
        "走访方式",
        code(VISIT_KINDS),
        "走访、慰问、电话；电话不算走访次数",
        others="方式 走访形式 走访类型 走访类别",
        choices=VisitKind,
        example=VisitKind.CALL_ON,
    ),
    Column(
        "visit_note",
        "暖心手记",
        text,
        "走访的经过和见闻",
        others="走访内容 走访情况 走访记录 手记 内容 情况 走访手记 走访纪实 民情日记 走访主要内容",
        example="看望本人，问了近况",
    ),
    Column(
        "visit_needs",
        "了解的需求",
        text,
        "这一家提出的需要",
        others="需求 群众需求 反映的问题 反映问题 困难诉求 诉求 存在困难 收集的问题 帮扶需求 需要解决的问题",
    ),
    Column(
        "visit_deeds",
        "办实事",
        text,
        "为这一家办成的事",
        others="办实事情况 实事 解决的问题 解决问题 帮办实事 办理情况 落实情况 为民办实事 帮扶情况",
    ),
)

SPEC = SheetSpec(
    SheetKind.VISITS,
    "走访一次占一行。走访日期必填，户编号、户主姓名、户主身份证号至少一项。",
    _COLUMNS,
    needs=(("visit_day",), ("head_name", "household_no", "head_id")),
    subject=(("visit_day",), ("head_name", "household_no", "head_id")),
    telling=frozenset("visit_day cadre_names visit_kind visit_note visit_deeds".split()),
    ignored=IGNORED - {"结对方式", "帮扶方式"},
)
