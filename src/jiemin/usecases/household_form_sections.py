"""The sections of the form 一户一档, filled from a household's file.

Nothing is masked: the form goes back to work.
"""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import groupby

from jiemin.domain.before_after import COUNTED, Course, Line
from jiemin.domain.money import format_yuan, half_up, yuan
from jiemin.domain.periods import FOREVER
from jiemin.sheets.forms.household_form import FormColumn, FormRow, FormTable, Pair, Section
from jiemin.sheets.style import CellValue, Look
from jiemin.storage.cadres import CadreState
from jiemin.storage.measures import MeasureRow
from jiemin.storage.persons import MemberState
from jiemin.usecases.household_history import HistoryLine
from jiemin.usecases.household_record import NO_DAY, Aid, HouseholdFile, Need, state_of_measure
from jiemin.usecases.list_visits import VisitView
from jiemin.usecases.look_up import Helper

Contacts = Mapping[int, CadreState]
"""Cadre id → the post last held, with telephones."""

_NONE = "暂无"
_COURSES = {Course.BETTER: "，好转", Course.WORSE: "，变差"}


def sections_of(
    file: HouseholdFile, contacts: Contacts, history: Sequence[HistoryLine], money: Section
) -> tuple[Section, ...]:
    """All sections in the order of the form, `money` last; those without a record say so."""
    return (
        _family(file),
        _members(file),
        _clears(file),
        _causes_and_needs(file),
        _helpers(file, contacts),
        _plan(file),
        _visits(file),
        _deeds(file),
        _aid(file),
        _before_after(file),
        _history(history),
        money,
    )


def _family(file: HouseholdFile) -> Section:
    state = file.view.state
    size, covered = (f"{each}人" if each is not None else "" for each in (state.size, state.covered))
    return Section(
        "家庭基本情况",
        pairs=(
            (
                Pair("户主姓名", state.head_name or "", 3),
                Pair("身份证号", state.head_number or state.head_raw or "", 4),
                Pair("家庭人口", size, 3),
            ),
            (
                Pair("困难类别", f"{state.household_class}{state.keeping or ''}", 3),
                Pair("联系电话", "、".join(state.phones), 4),
                Pair("保障人口", covered, 3),
            ),
            (Pair("家庭收入", _income(file), 9), Pair("在册状态", state.status, 3)),
            (Pair("家庭住址", state.address or "", 6), Pair("银行账号", state.account or "", 6)),
        ),
    )


def _income(file: HouseholdFile) -> str:
    """As it was told, and for each person of the family."""
    state = file.view.state
    if state.income_fen is None:
        return ""
    monthly = state.income_period == "month"
    told = f"每{'月' if monthly else '年'}{format_yuan(state.income_fen)}"
    if not state.size:
        return told
    each = half_up(state.income_fen * (12 if monthly else 1), state.size)
    return f"{told}，{'按12个月计' if monthly else ''}人均每年{format_yuan(each)}"


def _members(file: HouseholdFile) -> Section:
    columns = (
        FormColumn("姓名", 2),
        FormColumn("与户主关系", 2),
        FormColumn("性别", 1),
        FormColumn("身份证号", 4, Look.CODE),
        FormColumn("健康状况", 2),
        FormColumn("残疾", 2),
        FormColumn("文化程度", 2),
        FormColumn("劳动\n能力", 1),
    )
    rows = tuple(FormRow(_member(each)) for each in file.members)
    return Section("家庭成员", table=FormTable(columns, rows, _gone(file) or "没有成员的记录"))


def _gone(file: HouseholdFile) -> str:
    """Who belonged to a household of which nobody is left, and until when."""
    if not file.gone:
        return ""
    left = "、".join(f"{row.name}（{_day(row.end)}，{row.end_reason or '原因未填'}）" for row in file.gone)
    return f"{'家庭成员都已去世' if file.all_died else '已没有家庭成员'}：{left}"


def _member(each: MemberState) -> tuple[str, ...]:
    grade = f"{each.disability_grade}级" if each.disability_grade else ""
    born = f"{each.birth}出生" if each.birth else ""
    return (
        each.name,
        each.relation or "",
        each.sex or "",
        each.id_number or each.id_raw or born,
        each.health or "",
        f"{each.disability or ''}{grade}",
        each.education or "",
        each.labour or "",
    )


def _clears(file: HouseholdFile) -> Section:
    columns = (
        FormColumn("四清", 3),
        FormColumn("情况", 2),
        FormColumn("调查日期", 2),
        FormColumn("调查人", 2),
        FormColumn("查到的情况和还缺的", 7, Look.TEXT),
    )
    rows = []
    for each in file.clears:
        found = each.found
        told = [found.finding or ""] if found else []
        told += [f"还缺：{'、'.join(each.missing)}"] if each.missing else []
        cells = (
            each.survey.value,
            each.mark,
            _day(found.day) if found else "",
            (found.by or "") if found else "",
        )
        rows.append(FormRow((*cells, "；".join(filter(None, told)))))
    return Section("四清调查", table=FormTable(columns, tuple(rows), _NONE))


def _causes_and_needs(file: HouseholdFile) -> Section:
    state = file.view.state
    columns = (
        FormColumn("来源", 3),
        FormColumn("帮扶需求", 7, Look.TEXT),
        FormColumn("解决情况", 6, Look.TEXT),
    )
    causes = (Pair("主要原因", state.cause or "", 6), Pair("其他原因", "、".join(state.other_causes), 6))
    rows = tuple(FormRow(_need(each)) for each in file.needs)
    return Section("致困原因和帮扶需求", pairs=(causes,), table=FormTable(columns, rows, "没有需求的记录"))


def _need(each: Need) -> tuple[str, ...]:
    source = f"{_day(each.heard_on)}\n走访了解" if each.heard_on else "名册"
    if each.met_on:
        return source, each.text, f"{_day(each.met_on)}解决" + (f"：{each.outcome}" if each.outcome else "")
    return source, each.text, "" if each.heard_on is None else "还没有解决"


def _helpers(file: HouseholdFile, contacts: Contacts) -> Section:
    columns = (
        FormColumn("姓名", 2),
        FormColumn("单位", 3),
        FormColumn("职务", 2),
        FormColumn("联系电话", 3, Look.CODE),
        FormColumn("职责", 2),
        FormColumn("结对起止", 2),
        FormColumn("变动原因", 2),
    )
    rows = tuple(FormRow(_helper(each, contacts)) for each in file.pairings)
    note = "更换干部的另起一行，原来的保留。" if len(rows) > 1 else ""
    return Section("结对帮扶干部", table=FormTable(columns, rows, "还没有结对"), note=note)


def _helper(each: Helper, contacts: Contacts) -> tuple[str, ...]:
    row, contact = each.pairing, contacts.get(each.pairing.cadre_id)
    end = "至今" if row.end == FOREVER else f"至{_day(row.end)}"
    return (
        row.cadre_name,
        each.unit,
        (contact.post or contact.rank or "") if contact else "",
        "、".join(contact.phones) if contact else "",
        row.role,
        f"{_day(row.start)}\n{end}",
        row.end_reason or "",
    )


def _plan(file: HouseholdFile) -> Section:
    columns = (
        FormColumn("计划", 2),
        FormColumn("帮扶措施", 4, Look.TEXT),
        FormColumn("责任人", 2),
        FormColumn("承诺和期限", 2),
        FormColumn("完成情况", 3),
        FormColumn("资金", 3),
    )
    rows = tuple(FormRow(_measure(row, file.day)) for row in file.measures)
    return Section("脱贫计划和承诺", table=FormTable(columns, rows, "没有计划和承诺的记录"))


def _measure(row: MeasureRow, day: date) -> tuple[str, ...]:
    state = state_of_measure(row, day)
    ended = row.delivered_on or row.dropped_on
    done = " ".join(filter(None, (state if state != NO_DAY else "还没有兑现", _day(ended) if ended else "")))
    money = format_yuan(row.amount_fen) if row.amount_fen is not None else ""
    return (
        row.plan or ("走访承诺" if row.visit_no else ""),
        row.what,
        row.responsible or "",
        f"{_day(row.promised_on)}\n" + (f"{_day(row.due_on)}前" if row.due_on else "没有定期限"),
        "\n".join(filter(None, (done, row.outcome))),
        "\n".join(filter(None, (money, row.source))),
    )


def _visits(file: HouseholdFile) -> Section:
    columns = (
        FormColumn("日期", 2),
        FormColumn("方式", 2),
        FormColumn("走访人", 4),
        FormColumn("见到谁", 4),
        FormColumn("慰问", 4),
    )
    rows = tuple(_visit(each) for each in file.visits)
    return Section("走访记录", table=FormTable(columns, rows, "还没有走访"))


def _visit(view: VisitView) -> FormRow:
    """The visit, and below it what was written down of it."""
    row = view.row
    gift = [format_yuan(row.gift_fen) if row.gift_fen else "", row.gift_goods or ""]
    told = (("暖心手记", row.note), ("了解需求", row.needs), ("办的实事", row.deeds))
    return FormRow(
        (
            _day(row.day),
            f"{row.kind}\n(额外)" if view.extra else row.kind,
            "、".join(name for _, _, name in row.cadres),
            row.met or "",
            "、".join(filter(None, gift)),
        ),
        tuple((label, text) for label, text in told if text),
    )


def _deeds(file: HouseholdFile) -> Section:
    columns = (FormColumn("日期", 2), FormColumn("办的实事", 10, Look.TEXT), FormColumn("办理人", 4))
    rows = tuple(FormRow((_day(each.day), each.what, each.by)) for each in file.deeds)
    return Section("办实事", table=FormTable(columns, rows, _NONE))


def _aid(file: HouseholdFile) -> Section:
    columns = (
        FormColumn("时间", 4),
        FormColumn("项目", 5, Look.TEXT),
        FormColumn("金额(元)", 3, Look.MONEY),
        FormColumn("来源", 4),
    )
    rows = [FormRow(cells) for cells in _aid_rows(file.aid)]
    if rows:
        total = sum(each.fen or 0 for each in file.aid)
        rows.append(FormRow(("合计", "", yuan(total), "")))
    return Section("得到的帮助", table=FormTable(columns, tuple(rows), _NONE))


def _aid_rows(aid: Sequence[Aid]) -> Iterator[tuple[CellValue, ...]]:
    """Awards of the same item and amount in one line with the periods they are of; the rest by day."""
    awarded = sorted((each for each in aid if each.period), key=lambda each: (each.what, each.day))
    for (what, fen), group in groupby(awarded, key=lambda each: (each.what, each.fen)):
        rows = list(group)
        when = rows[0].period if len(rows) == 1 else f"{rows[0].period}至{rows[-1].period}"
        each = f"，每期{format_yuan(fen or 0)}，共{len(rows)}期" if len(rows) > 1 else ""
        yield when, f"{what}{each}", yuan((fen or 0) * len(rows)), rows[0].source
    for one in aid:
        if not one.period:
            yield _day(one.day), one.what, None if one.fen is None else yuan(one.fen), one.source


def _before_after(file: HouseholdFile) -> Section:
    columns = (
        FormColumn("类别", 2),
        FormColumn("项目", 4),
        FormColumn("帮扶前", 3),
        FormColumn("现在", 3),
        FormColumn("变化", 4),
    )
    rows = tuple(FormRow(_compared(each)) for each in file.before_after if each.known or each.item in _ALWAYS)
    title = f"帮扶前后对比（帮扶前：{_day(file.first)}，{file.first_is}；现在：{_day(file.day)}）"
    return Section(title, table=FormTable(columns, rows, _NONE), note=COUNTED)


_ALWAYS = frozenset(
    {
        "名册年收入",
        "年纯收入",
        "低保金（每月）",
        "住房面积",
        "住房结构",
        "危房等级",
        "就业人数",
        "合作医疗参保人数",
    }
)
"""Items that the form prints although nothing is on record of them, so that somebody asks."""


def _compared(line: Line) -> tuple[str, ...]:
    sides = [
        text + (f"\n({_day(day)})" if day else "")
        for text, day in ((line.before, line.before_day), (line.after, line.after_day))
    ]
    return line.group, line.item, *sides, f"{line.change}{_COURSES.get(line.course, '')}"


def _history(lines: Sequence[HistoryLine]) -> Section:
    columns = (
        FormColumn("日期", 2),
        FormColumn("事项", 2),
        FormColumn("内容", 8, Look.TEXT),
        FormColumn("原因", 4, Look.TEXT),
    )
    first = [
        each for each in lines if each.day == lines[0].day and each.subject in _OPENING and not each.reason
    ]
    opening = "，".join(f"户主{each.what}" if each.subject == "户主" else each.what for each in first)
    rows = [FormRow((_day(first[0].day), "建档", opening, ""))] if first else []
    rows += [
        FormRow((_day(each.day), each.subject, each.what, each.reason)) for each in lines if each not in first
    ]
    return Section("变动记录", table=FormTable(columns, tuple(rows), _NONE))


_OPENING = frozenset({"状态", "类别", "住地", "户主"})
"""What of the first day the form tells in one line; a change of any of it later has a line of its own."""


def _day(day: date | None) -> str:
    return f"{day.year}.{day.month}.{day.day}" if day else ""
