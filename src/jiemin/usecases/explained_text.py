"""An explained amount in sentences, as the screen and the household's file tell it alike."""

from collections.abc import Iterator

from jiemin.domain.entitlement import Working
from jiemin.domain.entitlement.working import rule_sentence
from jiemin.domain.money import Fen, format_yuan
from jiemin.usecases.explain_arrears import ExplainedArrear
from jiemin.usecases.explain_subsidy import Explanation

_NOW = "现在应发"
Part = tuple[str, tuple[str, ...]]
"""A heading and the sentences below it."""


def explained_text(each: Explanation) -> Iterator[str]:
    """All sentences for the screen: steps indented below what they come to, with the number of their rule."""
    for heading, sentences in explained_parts(each):
        if heading.startswith("依据"):
            yield f"{heading}：{sentences[0]}"
            continue
        first, *others = sentences
        yield first
        yield from (f"  {sentence}" for sentence in others)


def explained_parts(each: Explanation) -> Iterator[Part]:
    """The facts and where they come from, the workings, the rules they used, and what came later."""
    if each.draft:
        yield "说明", ("还没有登记，以下为现在试算的结果",)
    yield "资料", (each.facts.sentence, *(source.sentence for source in each.sources))
    workings = [("提标前", each.before), ("提标后", each.after)]
    now = each.arrears[-1].working if each.arrears else None
    if now is not None and now != each.after:
        workings.append((_NOW, now))
    known = [line.known for _, working in workings for line in working.lines if line.known]
    rules = list(dict.fromkeys(map(rule_sentence, known)))
    for label, working in workings[:2]:
        yield label, tuple(_steps(label, working, rules))
    uplift = format_yuan(each.due.uplift_fen)
    yield "增加", (f"增加：{format_yuan(each.due.after_fen)}－{format_yuan(each.due.before_fen)}＝{uplift}",)
    for number, rule in enumerate(rules, 1):
        yield f"依据{number}", (rule,)
    for one in each.merged:
        told = format_yuan(one.after_fen)
        yield "合并", (f"另有并入这一户的{one.household_no}已批准的{told}，一并记在这一户；多发的另行追回",)
    for arrear in each.arrears:
        yield "差额", tuple(_difference(arrear))
    for label, working in workings[2:]:
        yield label, tuple(_steps(label, working, rules))
    if each.approved_arrears:
        terms = "".join(_term(one.difference_fen) for one in each.approved_arrears)
        begun = format_yuan(each.awarded_fen)
        yield "合计", (f"合计批准：{begun}{terms}＝{format_yuan(each.now_fen)}",)
    if not each.agrees:
        yield (
            "注意",
            ("注意：登记的金额与按登记的资料和政策重算的不符，请不要发放，把数据库交给技术人员核对",),
        )


def _steps(label: str, working: Working, rules: list[str]) -> Iterator[str]:
    yield f"{label}：{format_yuan(working.amount_fen)}"
    for line in working.lines:
        by = f"（依据{rules.index(rule_sentence(line.known)) + 1}）" if line.known else ""
        yield f"{line.label}：{line.arithmetic}{by}"


def _term(fen: Fen) -> str:
    return f"{'＋' if fen > 0 else '－'}{format_yuan(abs(fen))}"


def _difference(one: ExplainedArrear) -> Iterator[str]:
    """What was found in one run since the approval, and what made the difference."""
    what = "补发" if one.difference_fen > 0 else "应退"
    state = f"{one.approved_on}批准" if one.approved_on else "草稿，还没有批准"
    due, paid, fen = map(format_yuan, (one.due_fen, one.paid_fen, abs(one.difference_fen)))
    yield f"批准后的差额（{one.run_no}，{state}）：应发{due}，已发{paid}，{what}{fen}"
    yield from one.reasons
