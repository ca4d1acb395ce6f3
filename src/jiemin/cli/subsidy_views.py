"""What `jiemin subsidy compute`, `list` and `explain` show, on the screen and as JSON."""

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from jiemin.cli.screen import Screen
    from jiemin.domain.entitlement import Item, Line, Period, Working
    from jiemin.domain.indicators import MissingAward
    from jiemin.domain.policy import Known
    from jiemin.usecases.compute_subsidies import ComputeOutcome, PeriodOutcome
    from jiemin.usecases.explain_arrears import ExplainedArrear
    from jiemin.usecases.explain_subsidy import Explained, Explanation
    from jiemin.usecases.list_subsidies import SubsidyList


_NOBODY = "没有一户有补助可算；先导入名册：jiemin import 名册.xlsx，或核对名册的起始日期"


def show_outcome(screen: "Screen", outcome: "ComputeOutcome", dry_run: bool) -> None:
    """What a computation gave, item by item."""
    from jiemin.usecases.subsidy_runs import period_label

    for run in outcome.approved:
        screen.say(
            f"{period_label(run)}的补助已经批准（{run.run_no}），不再重算；差额看 jiemin subsidy arrears"
        )
    for each in outcome.periods:
        if not each.computed and not each.missing and not each.removed:
            continue
        screen.say(f"{each.period.label}{each.item}（按{each.day}的家庭情况）：{_tally(each)}")
        screen.table(["困难类别", "户数", "人数", "提标前", "提标后", "增加"], _total_rows(each))
    listed = " ".join(dict.fromkeys(_option(each.period) for each in outcome.missing))
    show_missing(screen, outcome.missing, outcome.names, outcome.as_of, f"全部：jiemin subsidy list {listed}")
    if outcome.unstated:
        items = "、".join(dict.fromkeys(each.item.value for each in outcome.unstated))
        screen.say(
            f"县里没有写标准、没有计算的：{items}；要发的先补政策文件：jiemin policy template --out 本县.toml"
        )
    if outcome.nothing and not outcome.missing:
        screen.say(_NOBODY)
    elif dry_run:
        screen.say("这是试算，什么都没有写入")
    elif not outcome.written:
        screen.say("金额没有变化，没有写入")
    else:
        for period in dict.fromkeys(each.period for each in outcome.periods if each.computed):
            screen.say(f"已记成{period.label}的草稿；核对无误再批准：jiemin subsidy approve {period}")


def _option(period: str) -> str:
    """The option that names a month or year: `--month 2014-06`, `--year 2014`."""
    return f"--{'month' if '-' in period else 'year'} {period}"


def _tally(outcome: "PeriodOutcome") -> str:
    parts = [f"算出{outcome.computed}户"]
    for what, number in (("新增", outcome.new), ("变动", outcome.changed), ("撤销", outcome.removed)):
        if number:
            parts.append(f"{what}{number}户")
    if outcome.missing:
        parts.append(f"缺少资料{len(outcome.missing)}户")
    return "，".join(parts)


def _total_rows(outcome: "PeriodOutcome") -> list[list[str]]:
    """The classes and, when there are several, their sum."""
    from jiemin.domain.money import format_yuan

    labels = [each.household_class.value for each in outcome.totals]
    figures = [
        [each.households, each.persons, each.before_fen, each.after_fen, each.uplift_fen]
        for each in outcome.totals
    ]
    if len(figures) > 1:
        labels.append("合计")
        figures.append([sum(column) for column in zip(*figures, strict=True)])
    return [
        [label, *map(str, row[:2]), *map(format_yuan, row[2:])]
        for label, row in zip(labels, figures, strict=True)
    ]


def show_list(screen: "Screen", listed: "SubsidyList") -> None:
    """The awards, the runs they stand in, and what is not computed or lacks facts."""
    from jiemin.domain.money import format_yuan

    families = listed.families
    screen.table(
        ["户编号", "户主", "镇(街道)", "村(社区)", "项目", "时段", "提标前", "提标后", "增加"],
        [
            [
                row.household_no,
                families[row.household_no].head_name,
                families[row.household_no].town,
                families[row.household_no].village,
                row.item,
                row.period,
                *map(format_yuan, (row.before_fen, row.after_fen, row.uplift_fen)),
            ]
            for row in listed.awards
        ],
    )
    names = {number: family.head_name for number, family in families.items()}
    show_missing(screen, listed.missing, names, listed.as_of)
    if not (listed.awards or listed.missing or listed.not_computed):
        screen.say(_NOBODY)
    for item, period in listed.not_computed:
        screen.say(f"{period.label}的{item}{_why_not(listed, item, period)}")
    if listed.awards:
        uplift = sum(row.uplift_fen for row in listed.awards)
        screen.say(f"共{len(listed.awards)}笔，比提标前增加{format_yuan(uplift)}")
    for number, approved in {row.run_no: row.approved for row in listed.awards}.items():
        told = "已经批准" if approved else f"草稿，批准：jiemin subsidy approve {number}"
        screen.say(f"批次{number}：{told}")
    if listed.settled:
        paid = format_yuan(sum(row.fen for row in listed.settled if row.fen > 0))
        back = format_yuan(-sum(row.fen for row in listed.settled if row.fen < 0))
        households = len({row.household_no for row in listed.settled})
        told = f"{households}户，补发{paid}，应退{back}"
        screen.say(f"以上不含批准后的差额：{told}；看一户：jiemin subsidy explain 户编号")


def _why_not(listed: "SubsidyList", item: "Item", period: "Period") -> str:
    """Why no amount is on record, and what to do."""
    run_no = listed.approved.get(period)
    if lacking := listed.not_computable.get((item, period)):
        later = f"；{run_no}已经批准，补齐后用 jiemin subsidy arrears 补发" if run_no else ""
        return f"一户也算不出，都缺少资料：{'、'.join(lacking)}{later}"
    if run_no:
        return f"不在已批准的{run_no}里：用 jiemin subsidy arrears 补发"
    return f"还没有计算：jiemin subsidy compute {_option(str(period))}"


def list_shape(listed: "SubsidyList") -> dict[str, Any]:
    """The awards and what lacks facts."""
    from jiemin.cli import shapes

    return {
        "awards": [shapes.award(row) for row in listed.awards],
        "missing": [missing_shape(each) for each in listed.missing],
    }


def show_missing(
    screen: "Screen",
    missing: Sequence["MissingAward"],
    names: dict[str, str],
    as_of: str,
    whole: str = "",
) -> None:
    """The amounts that lack facts, and the way out: a roster that holds from `as_of`; nothing where none do.

    All of them, or the first ones with `whole`, which says where they all stand.
    """
    if not missing:
        return
    from jiemin.usecases.missing_remedies import remedy

    rows = [
        [each.household_no, names.get(each.household_no, ""), each.item, each.period, "、".join(each.facts)]
        for each in missing
    ]
    heads, title = ["户编号", "户主", "项目", "时段", "缺少"], f"缺少资料、算不出的有{len(missing)}笔"
    if whole:
        screen.first_rows(heads, rows, title, whole)
    else:
        screen.table(heads, rows, title)
    told = remedy((name for each in missing for name in each.facts), as_of)
    screen.say(f"办法：{told}，再算一次；没有填的不当作0")


def show_explained(screen: "Screen", found: "Explained") -> None:
    """Each amount, then those that could not be computed, and the way out."""
    from jiemin.usecases.missing_remedies import remedy

    for each in found.amounts:
        _show_explanation(screen, each)
    for lacking in found.missing:
        screen.say(lacking.sentence)
    if found.missing:
        screen.say(f"办法：{remedy(name for each in found.missing for name in each.facts)}")


def _show_explanation(screen: "Screen", each: "Explanation") -> None:
    """The amount in sentences, below whose and of what period it is, and what it comes to."""
    from jiemin.domain.money import format_yuan
    from jiemin.usecases.explained_text import explained_text

    more = f"，比提标前增加{format_yuan(each.due.uplift_fen)}" if each.due.uplift_fen else ""
    amount = f"{format_yuan(each.due.after_fen)}{more}"
    if each.approved_arrears:
        amount += f"；连同批准后的差额，合计{format_yuan(each.now_fen)}"
    screen.say(f"{each.household_no} {each.head_name} {each.period.label}{each.item}：{amount}")
    for sentence in explained_text(each):
        screen.say(sentence)


def compute_shape(outcome: "ComputeOutcome") -> dict[str, Any]:
    """What a computation gave."""
    return {
        "periods": [
            {
                "item": each.item,
                "period": str(each.period),
                "day": each.day.isoformat(),
                "totals": [
                    {
                        "class": total.household_class.value,
                        "households": total.households,
                        "persons": total.persons,
                        "before_fen": total.before_fen,
                        "after_fen": total.after_fen,
                        "uplift_fen": total.uplift_fen,
                    }
                    for total in each.totals
                ],
                "new": each.new,
                "changed": each.changed,
                "unchanged": each.unchanged,
                "removed": each.removed,
            }
            for each in outcome.periods
        ],
        "unstated": [
            {"item": each.item, "period": str(each.period), "parameters": list(each.titles)}
            for each in outcome.unstated
        ],
        "approved": [run.run_no for run in outcome.approved],
        "missing": [missing_shape(each) for each in outcome.missing],
        "written": outcome.written,
    }


def missing_shape(each: "MissingAward") -> dict[str, Any]:
    """An amount that lacks facts."""
    return {
        "household_no": each.household_no,
        "item": each.item,
        "period": each.period,
        "facts": list(each.facts),
    }


def explained_shape(found: "Explained") -> dict[str, Any]:
    """A household's amounts with their workings, and what could not be computed."""
    return {
        "awards": [_explanation_shape(each) for each in found.amounts],
        "missing": [missing_shape(each) for each in found.missing],
    }


def _explanation_shape(each: "Explanation") -> dict[str, Any]:
    """An amount with its workings."""
    return {
        "household_no": each.household_no,
        "person": None,
        "item": each.item,
        "period": str(each.period),
        "draft": each.draft,
        "agrees": each.agrees,
        "before_fen": each.due.before_fen,
        "after_fen": each.due.after_fen,
        "uplift_fen": each.due.uplift_fen,
        "merged": [
            {"household_no": one.household_no, "before_fen": one.before_fen, "after_fen": one.after_fen}
            for one in each.merged
        ],
        "arrears": [arrear_shape(one) for one in each.arrears],
        "now_fen": each.now_fen if each.approved_arrears else each.due.after_fen,
        "facts": each.facts.record(),
        "facts_from": [
            {
                "facts": list(source.facts),
                "from": source.since.isoformat(),
                "entered_on": source.entered_on.isoformat() if source.entered_on else None,
                "files": list(source.files),
                "changed": source.changed,
            }
            for source in each.sources
        ],
        "before": _working_shape(each.before),
        "after": _working_shape(each.after),
    }


def arrear_shape(one: "ExplainedArrear") -> dict[str, Any]:
    """A line of arrears with its reasons."""
    return {
        "run_no": one.run_no,
        "approved_on": one.approved_on.isoformat() if one.approved_on else None,
        "due_fen": one.due_fen,
        "paid_fen": one.paid_fen,
        "difference_fen": one.difference_fen,
        "reasons": list(one.reasons),
        "working": _working_shape(one.working) if one.working else None,
    }


def _working_shape(working: "Working") -> list[dict[str, Any]]:
    return [_line_shape(line) for line in working.lines]


def _line_shape(line: "Line") -> dict[str, Any]:
    return {
        "label": line.label,
        "arithmetic": line.arithmetic,
        "subtotal_fen": line.subtotal_fen,
        "sentence": line.sentence,
        "rule": _rule_shape(line.known) if line.known else None,
    }


def _rule_shape(known: "Known") -> dict[str, Any]:
    """A value with its document; of one that counts by the month, of each stretch of the year."""
    told = {"parameter": known.parameter.key, "title": known.parameter.title, **_stated_shape(known)}
    if not known.parts:
        return told
    parts = [{"months": part.months, **_stated_shape(part.known)} for part in known.parts]
    return told | {"document": None, "clause": None, "quote": None, "assumed": None, "parts": parts}


def _stated_shape(known: "Known") -> dict[str, Any]:
    return {
        "value": known.shown,
        "document": known.stated.document,
        "clause": known.stated.clause,
        "quote": known.stated.quote or None,
        "assumed": known.stated.note if known.stated.assumed else None,
    }
