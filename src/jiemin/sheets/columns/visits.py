"""走访记录: one row for each visit."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from jiemin.domain.codes import VisitKind
from jiemin.domain.roster import SheetKind
from jiemin.sheets.columns.shared import HEAD_ID, HEAD_NAME, HOUSEHOLD_NO, ID_LABELS, IGNORED, TOWN, VILLAGE
from jiemin.sheets.columns.spec import Column, Finding, Holds, SheetSpec
from jiemin.sheets.grid import Cell, shown
from jiemin.sheets.values.cell import Faulty
from jiemin.sheets.values.figures import number_given
from jiemin.sheets.values.visits import (
    due_day,
    gift_money,
    goods,
    money_or_goods,
    told_kind,
    visit_day,
    visitors,
    words_said,
)
from jiemin.sheets.values.words import text

READ_ONLY = "仅供查看"
LAST_VISIT, OPEN_MATTERS, ANSWERING, REACHED_BY = (
    "上次走访",
    "未办结的需求和承诺",
    "责任干部",
    "联系电话和住址",
)
"""Columns of a reminder that are there to be read, and the heading above them; nothing written in them is
entered."""

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
        visit_day(),
        "哪一天走访的，必填；一格只写一天，一年里走访几次就写几行",
        others="走访时间 入户时间 入户日期 走访日 上门日期 上门时间 联系日期 联系时间 慰问日期 "
        "慰问时间 走访年月日 走访具体时间 走访慰问时间 走访慰问日期",
        vague="日期 时间",
        read_stated=visit_day,
        unread="J310",
        holds=Holds.DAY,
        example=date(2014, 5, 20),
    ),
    HOUSEHOLD_NO,
    TOWN,
    VILLAGE,
    replace(
        HEAD_NAME,
        others=HEAD_NAME.others + " 走访对象 走访对象姓名 走访户 走访户主 走访家庭 被走访户 被走访人 "
        "慰问对象 慰问对象姓名 走访慰问对象 被走访家庭",
        vague="姓名 名字",
    ),
    replace(HEAD_ID, vague=ID_LABELS),
    Column(
        "cadre_names",
        "走访干部",
        visitors,
        "去走访的干部，几个人用顿号隔开，同名的在括号里写单位；不填算第一责任人",
        others="走访人 走访人员 走访干部姓名 走访人姓名 入户干部 入户人员 参加人员 走访领导 走访慰问人 "
        "慰问人 走访者 参加走访人员",
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
        told_kind,
        "走访、慰问、电话；电话不算走访次数；不填的，有慰问金或慰问品的算慰问，其余算走访",
        others="方式 走访形式 走访类型 走访类别 走访性质",
        unread="J604",
        choices=VisitKind,
        example=VisitKind.CALL_ON,
    ),
    Column(
        "visit_met",
        "见到何人",
        words_said,
        "走访时见到了家里的谁",
        others="见到的人 见到谁 见面人 见面对象 接待人 接谈人 受访人 受访者 见到家庭成员",
        example="户主本人",
    ),
    Column(
        "visit_note",
        "暖心手记",
        text,
        "走访的经过和见闻",
        others="走访内容 走访情况 走访记录 手记 内容 情况 走访手记 走访纪实 民情日记 走访主要内容 主要内容 "
        "走访情况记录 走访慰问情况 谈话内容 家庭近况",
        example="看望本人，问了近况",
    ),
    Column(
        "visit_needs",
        "了解的需求",
        words_said,
        "这一家提出的需要；没有就空着，写“无”也可",
        others="需求 群众需求 反映的问题 反映问题 困难诉求 诉求 存在困难 收集的问题 帮扶需求 需要解决的问题 "
        "困难和需求 困难及需求 提出的需求 主要困难 意见建议",
    ),
    Column(
        "visit_deeds",
        "办实事",
        words_said,
        "为这一家办成的事；没有就空着，写“无”也可",
        others="办实事情况 实事 解决的问题 解决问题 帮办实事 办理情况 落实情况 为民办实事 帮扶情况 "
        "为群众办实事 办好事实事 所办实事 解决实际问题",
    ),
    Column(
        "visit_gift_fen",
        "慰问金",
        gift_money,
        "送去的现金，一共多少元",
        others="慰问金额 慰问款 慰问资金 慰问现金 慰问费 走访慰问金 送慰问金 发放慰问金",
        holds=Holds.MONEY,
        unit="元",
    ),
    Column(
        "visit_gift_goods",
        "慰问品",
        goods,
        "送去的物品，如“大米一袋”",
        others="慰问物品 慰问物资 慰问品名称 送慰问品 慰问实物 慰问品种类",
    ),
    Column(
        "visit_promise",
        "承诺事项",
        words_said,
        "答应为这一家办的事，登记后列为帮扶措施；几件事分行写1、2、3，各算一件；时限不同的另写一行",
        others="承诺 承诺内容 帮扶承诺 承诺帮扶事项 承诺办理事项 答应办理的事 承诺解决的问题 "
        "承诺实事 承诺帮扶内容",
    ),
    Column(
        "visit_promise_due",
        "承诺完成时限",
        due_day(),
        "承诺的事哪一天以前办好，写日期或“2014年9月底”；不早于走访日期",
        others="承诺时限 承诺完成时间 承诺完成日期 承诺办结时限 承诺期限 兑现时间 兑现时限 "
        "完成时限 办结时限 完成期限",
        read_stated=due_day,
        holds=Holds.DAY,
    ),
)
_MIXED = Column(
    "visit_gift",
    "慰问款物",
    money_or_goods,
    "慰问金或慰问品，写在一起的",
    others="慰问金物 慰问金品 慰问金和慰问品 慰问金慰问品 慰问金及慰问品 慰问情况 慰问金物品 "
    "慰问款物情况 慰问金额物品",
)


def _check(row: dict[str, Any]) -> Iterator[Finding]:
    """Gifts make a visit without a kind a 慰问; promises and their days go together."""
    gifts = [name for name in ("visit_gift_fen", "visit_gift_goods") if row.get(name)]
    if gifts:
        row.setdefault("visit_kind", VisitKind.GIFT)
        if row["visit_kind"] is not VisitKind.GIFT:
            yield gifts[0], "J607", ""
    due, day = row.get("visit_promise_due"), row.get("visit_day")
    if due is not None and "visit_promise" not in row:
        del row["visit_promise_due"]
        yield "visit_promise_due", "J608", ""
    elif due is not None and day is not None and due < day:
        del row["visit_promise_due"]
        yield "visit_promise_due", "J609", f"走访是{day}"


SPEC = SheetSpec(
    SheetKind.VISITS,
    "走访一次占一行。走访日期必填，户编号、户主姓名、户主身份证号至少一项。",
    _COLUMNS,
    needs=(("visit_day",), ("head_name", "household_no", "head_id")),
    subject=(("visit_day",), ("head_name", "household_no", "head_id")),
    telling=frozenset(
        "visit_day cadre_names visit_kind visit_met visit_note visit_deeds visit_gift_fen "
        "visit_gift_goods".split()
    ),
    ignored=(IGNORED - {"结对方式", "帮扶方式"})
    | frozenset("走访人数 走访人次 走访户数 走访次数 次数 第几次走访 季度 第几季度 走访季度 所属季度".split())
    | {LAST_VISIT, OPEN_MATTERS, ANSWERING, REACHED_BY},
    single=("visit_gift_fen",),
    check=_check,
    elsewhere=(_MIXED,),
    handed_out=frozenset([LAST_VISIT]),
    filled_in=frozenset(
        "visit_day visit_kind visit_met visit_note visit_needs visit_deeds visit_gift_fen visit_gift_goods "
        "visit_promise visit_promise_due".split()
    ),
)
