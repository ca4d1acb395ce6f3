"""What `jiemin household show` says of one household: one screen of it, or with `--all` everything."""

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from jiemin.cli import shapes
from jiemin.cli.shapes import words
from jiemin.domain.before_after import COUNTED, Course, Line, key_lines
from jiemin.domain.codes import VisitKind
from jiemin.domain.money import format_yuan
from jiemin.domain.money_items import Item
from jiemin.domain.people import mask_account, mask_id
from jiemin.usecases.household_record import OVERDUE, state_of_measure

if TYPE_CHECKING:
    from jiemin.cli.screen import Screen
    from jiemin.storage.awards import AwardRow
    from jiemin.storage.measures import MeasureRow
    from jiemin.storage.persons import MembershipRow
    from jiemin.storage.visits import VisitRow
    from jiemin.usecases.household_record import Clear, HouseholdFile, Need
    from jiemin.usecases.list_visits import VisitView

_VISITS, _LINES, _NOTE = 3, 4, 40

_COURSES = {Course.BETTER: "好转", Course.WORSE: "变差"}


def show_short(screen: "Screen", file: "HouseholdFile", reveal: bool, past: bool) -> None:
    """The screen: head, members, helpers now, 四清, what is open, last visits, subsidies, key changes."""
    _show_head(screen, file, reveal, past)
    _show_members(screen, file, reveal)
    helpers = [
        f"{each.pairing.cadre_name}（{each.unit}，{each.pairing.role}，{each.pairing.start}起）"
        for each in file.view.helpers
    ]
    screen.say(f"结对干部：{'、'.join(helpers) or '没有'}")
    screen.say("四清：" + "  ".join(f"{_name(each)} {each.mark}" for each in file.clears))
    for each in file.clears:
        if each.missing:
            screen.say(f"  {_name(each)}还缺：{_listed(each.missing, reveal)}")
    _show_open(screen, file, reveal)
    _show_last_visits(screen, file, reveal)
    latest = {row.item: row for row in sorted(file.awards, key=lambda row: row.period)}
    for row in (latest[item] for item in Item if item in latest):
        screen.say(f"补助：{_award(row)}")
    changes = key_lines(file.before_after, len(file.before_after))
    lines = key_lines(file.before_after, _LINES)
    screen.say(
        f"帮扶前后：{file.first}（{file.first_is}）至{file.day}" + ("" if lines else "，没有可比的变化")
    )
    for line in lines:
        screen.say(f"  {_change(line)}")
    if len(changes) > len(lines):
        screen.say(f"  另有{len(changes) - len(lines)}项变化")
    number, then = file.view.state.household_no, f" --as-of {file.day}" if past else ""
    screen.say(f"看全部：jiemin household show {number} --all{then}")
    screen.say(f"打印档案：jiemin household file {number} --out 档案.xlsx{then}")


def show_all(screen: "Screen", file: "HouseholdFile", reveal: bool, past: bool) -> None:
    """Everything on record, list by list; lists without a line are left out."""
    _show_head(screen, file, reveal, past)
    _show_members(screen, file, reveal)
    screen.table(
        ["干部", "单位", "身份", "起", "止", "结束原因"],
        [
            [
                each.pairing.cadre_name,
                each.unit,
                each.pairing.role,
                str(each.pairing.start),
                shapes.until(each.pairing.end) or "",
                words(each.pairing.end_reason, reveal) or "",
            ]
            for each in file.pairings
        ],
        "结对",
    )
    screen.table(
        ["四清", "情况", "日期", "调查人", "还缺"],
        [
            [
                each.survey,
                each.mark,
                str(each.found.day) if each.found else "",
                (words(each.found.by, reveal) or "") if each.found else "",
                _listed(each.missing, reveal),
            ]
            for each in file.clears
        ],
        "四清",
    )
    _show_needs_and_measures(screen, file, reveal)
    screen.table(
        ["日期", "办的实事", "谁办的"],
        [[str(each.day), _listed([each.what], reveal), _listed([each.by], reveal)] for each in file.deeds],
        "办实事",
    )
    _show_visits(screen, file.visits, reveal)
    _show_aid(screen, file, reveal)
    screen.table(
        ["类", "项目", "帮扶前", "登记日期", "现在", "登记日期", "变化", ""],
        [
            [
                line.group,
                line.item,
                line.before,
                shapes.day(line.before_day) or "",
                line.after,
                shapes.day(line.after_day) or "",
                line.change,
                _COURSES.get(line.course, ""),
            ]
            for line in file.before_after
            if line.known
        ],
        f"帮扶前后（{file.first} {file.first_is}，至{file.day}；没有登记过的不列）",
    )
    screen.say(COUNTED)


def _name(each: "Clear") -> str:
    return each.survey.removesuffix("清")


def _listed(texts: Iterable[str], reveal: bool) -> str:
    return "、".join(words(text, reveal) or "" for text in texts)


def _show_head(screen: "Screen", file: "HouseholdFile", reveal: bool, past: bool) -> None:
    state, place = file.view.state, file.view.place
    number = (state.head_number if reveal else mask_id(state.head_number)) or "没有身份证号"
    then = f"  （{file.day}的情况）" if past else ""
    screen.say(
        f"{state.household_no}  {'原' if file.gone else ''}户主 {state.head_name or '不详'}  {number}{then}"
    )
    screen.say(f"{place.town}{place.village}  {state.household_class}{state.keeping or ''}  {state.status}")
    people = [f"家庭人口{state.size}人" if state.size is not None else "家庭人口未填"]
    if state.covered is not None:
        people.append(f"保障人口{state.covered}人")
    if state.income_fen is not None:
        period = "月" if state.income_period == "month" else "年"
        people.append(f"家庭{period}收入{format_yuan(state.income_fen)}")
    causes = "、".join(filter(None, (state.cause, *state.other_causes)))
    phones = "、".join(shapes.phones(state.phones, reveal))
    account = state.account if reveal else mask_account(state.account)
    told = [
        f"{label}：{text}"
        for label, text in (("致困原因", causes), ("联系电话", phones), ("银行账号", account))
        if text
    ]
    screen.say("  ".join(["，".join(people), *told]))


def _show_members(screen: "Screen", file: "HouseholdFile", reveal: bool) -> None:
    if file.gone:
        left = "、".join(_left(row, file.all_died, reveal) for row in file.gone)
        screen.say(f"{'家庭成员都已去世' if file.all_died else '已没有家庭成员'}：{left}")
        return
    members = [shapes.person(each, reveal) for each in file.members]
    keys = ("name", "relation", "sex", "birth_date", "id_number", "disability", "status")
    columns = ["姓名", "与户主关系", "性别", "出生日期", "身份证号", "残疾", "健康状况"]
    screen.table(columns, [[str(member[key] or "") for key in keys] for member in members], "家庭成员")


def _left(row: "MembershipRow", died: bool, reveal: bool) -> str:
    """Who left the household, when, and why unless all died."""
    reason = "" if died else words(row.end_reason, reveal)
    return f"{row.name}（{'，'.join(filter(None, (str(row.end), reason)))}）"


def _show_open(screen: "Screen", file: "HouseholdFile", reveal: bool) -> None:
    """Needs nobody has met, and measures neither delivered nor dropped, those overdue first."""
    needs = [each for each in file.needs if each.met_on is None]
    if needs:
        screen.say(f"待解决的需求（{len(needs)}）：")
    for need in needs:
        screen.say(f"  {_short(words(need.text, reveal))}（{_heard(need)}）")
    promised = [row for row in file.measures if row.open]
    late = [row for row in promised if row.overdue(file.day)]
    if promised:
        screen.say(f"未兑现的措施和承诺（{len(promised)}" + (f"，逾期{len(late)}" if late else "") + "）：")
    for row in (*late, *(each for each in promised if each not in late)):
        screen.say(f"  {row.measure_no}  {_short(words(row.what, reveal))}  {_due(row, file, reveal)}")


def _heard(need: "Need") -> str:
    return f"{need.heard_on}走访 {need.visit_no}" if need.heard_on else "名册"


def _due(row: "MeasureRow", file: "HouseholdFile", reveal: bool) -> str:
    state = state_of_measure(row, file.day)
    told = [words(row.responsible, reveal) or "", f"{row.due_on}到期" if row.due_on else "没有定期限"]
    return "，".join(filter(None, [*told, state if state == OVERDUE else ""]))


def _show_last_visits(screen: "Screen", file: "HouseholdFile", reveal: bool) -> None:
    if not file.visits:
        screen.say("走访：还没有")
        return
    last = file.visits[-_VISITS:]
    number = file.view.state.household_no
    phone = sum(view.row.kind == VisitKind.PHONE for view in file.visits)
    every = f"共{len(file.visits)}次" + (f"，其中电话{phone}次" if phone else "")
    more = f"最近{len(last)}次；{every}，用 jiemin visit list --household {number} 看全部"
    screen.say(f"走访（{more}）：" if len(last) < len(file.visits) else f"走访（{every}）：")
    for view in reversed(last):
        screen.say(f"  {_visit(view, reveal)}")
        told = [
            f"{label}：{_short(words(text, reveal))}"
            for label, text in (
                ("暖心手记", view.row.note),
                ("办实事", view.row.deeds),
                ("慰问", _gift(view.row)),
            )
            if text
        ]
        if told:
            screen.say(f"    {'  '.join(told)}")


def _visit(view: "VisitView", reveal: bool) -> str:
    row = view.row
    met = f"见到{words(row.met, reveal)}" if row.met else ""
    visitors = "、".join(name for _, _, name in row.cadres)
    return "  ".join(filter(None, (str(row.day), row.kind, visitors, met, "额外走访" if view.extra else "")))


def _gift(row: "VisitRow") -> str:
    """Money and goods that a visit brought."""
    return "，".join(filter(None, (format_yuan(row.gift_fen) if row.gift_fen else "", row.gift_goods)))


def _award(row: "AwardRow") -> str:
    more = f"，比提标前增加{format_yuan(row.uplift_fen)}" if row.uplift_fen else ""
    approved = "，已批准" if row.approved else "，草稿"
    return f"{row.item} {row.period} {format_yuan(row.after_fen)}{more}{approved}"


def _change(line: Line) -> str:
    days = [f"（{day}登记）" if day else "" for day in (line.before_day, line.after_day)]
    course = f"，{_COURSES[line.course]}" if line.course in _COURSES else ""
    return f"{line.item}：{line.before}{days[0]} → {line.after}{days[1]}，{line.change}{course}"


def _short(text: str | None) -> str:
    if not text:
        return ""
    text = " ".join(text.split())
    return text if len(text) <= _NOTE else text[: _NOTE - 1] + "…"


def _show_needs_and_measures(screen: "Screen", file: "HouseholdFile", reveal: bool) -> None:
    screen.table(
        ["来源", "需求", "解决日期", "怎样解决"],
        [
            [
                _heard(each),
                words(each.text, reveal) or "",
                str(each.met_on or ""),
                words(each.outcome, reveal) or "",
            ]
            for each in file.needs
        ],
        "帮扶需求",
    )
    screen.table(
        ["编号", "计划", "措施", "责任人", "承诺", "到期", "情况", "完成日期", "结果", "金额", "资金来源"],
        [
            [
                row.measure_no,
                row.plan or "",
                words(row.what, reveal) or "",
                words(row.responsible, reveal) or "",
                str(row.promised_on),
                str(row.due_on or ""),
                state_of_measure(row, file.day),
                str(row.delivered_on or row.dropped_on or ""),
                words(row.outcome, reveal) or "",
                format_yuan(row.amount_fen) if row.amount_fen is not None else "",
                row.source or "",
            ]
            for row in file.measures
        ],
        "脱贫计划和承诺",
    )


def _show_visits(screen: "Screen", visits: "Sequence[VisitView]", reveal: bool) -> None:
    """Each visit with its notes below it; they are too long for a table."""
    if visits:
        screen.say("走访：")
    for view in visits:
        row = view.row
        screen.say(_visit(view, reveal))
        for label, text in (
            ("暖心手记", row.note),
            ("了解的需求", row.needs),
            ("办实事", row.deeds),
            ("慰问", _gift(row)),
        ):
            if text:
                screen.say(f"  {label}：{words(text, reveal)}")


def _show_aid(screen: "Screen", file: "HouseholdFile", reveal: bool) -> None:
    screen.table(
        ["时段", "项目", "提标前", "提标后", "增加", "状态"],
        [
            [
                row.period,
                row.item,
                *(format_yuan(fen) for fen in (row.before_fen, row.after_fen, row.uplift_fen)),
                "已批准" if row.approved else "草稿",
            ]
            for row in file.awards
        ],
        "补助",
    )
    screen.table(
        ["日期", "项目", "金额", "来源"],
        [
            [
                str(each.day),
                words(each.what, reveal) or "",
                "" if each.fen is None else format_yuan(each.fen),
                each.source,
            ]
            for each in file.aid
            if not each.period
        ],
        "补发、慰问和其他帮扶资金",
    )
