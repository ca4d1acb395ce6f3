"""`jiemin check`: what cannot be true of the records, what is doubtful, and what cannot be checked."""

from collections.abc import Sequence
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from jiemin.cli.context import current
from jiemin.cli.options import JsonOption, QuarterOption, file_named
from jiemin.errors import ExitCode

if TYPE_CHECKING:
    from jiemin.cli.screen import Screen
    from jiemin.domain.checks.finding import Group, Kind
    from jiemin.domain.periods import Quarter
    from jiemin.policy.check_settings import CheckPolicy
    from jiemin.storage.acknowledgements import Answer
    from jiemin.usecases.check_records import Checked, CheckFilter, Judged

_LINES = 10
"""So many findings of one kind are shown, unless one kind alone is asked for."""


def check(
    ctx: typer.Context,
    group: Annotated[
        str | None,
        typer.Argument(metavar="哪一组", help="名册、走访、结对、档案、补助，或 K204 这样的编号；不写则全部"),
    ] = None,
    quarter: QuarterOption = None,
    town: Annotated[str, typer.Option("--town", metavar="镇", help="只看这个镇（街道）的")] = "",
    unit: Annotated[str, typer.Option("--unit", metavar="单位", help="只看这个单位的干部和他们的户")] = "",
    gravity: Annotated[
        list[str] | None,
        typer.Option("--gravity", metavar="轻重", help="只看错误、疑点或提示，可写几次"),
    ] = None,
    everything: Annotated[bool, typer.Option("--all", help="已确认的也列出，连同原因")] = False,
    codes: Annotated[bool, typer.Option("--codes", help="不检查，只列出查哪些问题、界限是多少")] = False,
    out: Annotated[
        Path | None,
        typer.Option("--out", parser=file_named, metavar="文件", help="全部存成 .xlsx 文件；已有的会被换掉"),
    ] = None,
    json: JsonOption = False,
) -> None:
    """检查：找出不会是真的、要核实的记录，写明怎么办；也说明有哪些没有资料可查。

    每次按现在的记录重新查，改好了就不再列出；核对过没有错的，用 jiemin acknowledge 确认。

    写了季度，走访、措施和报表只看那个季度的；名册和结对总是看今天的。

    有错误或疑点时退出码是6，只有提示或都已确认时是0。
    """
    context = current(ctx)
    group_chosen, code = _chosen(group)
    if codes:
        _show_codes(context.screen, context.check_policy(), group_chosen, code, json=json)
        return
    from jiemin.usecases.check_records import CheckFilter, check_records

    wanted = CheckFilter(
        groups=frozenset({group_chosen}) if group_chosen else CheckFilter().groups,
        code=code,
        gravities=frozenset(map(_gravity, gravity or ())),
        quarter=quarter,
        town=context.places().town_named(town).name if town else "",
        unit=unit,
        forms=group_chosen is not None and code in ("", "K506"),
    )
    with context.database() as database:
        done = check_records(database, context.today, context.yardstick(), wanted)
    shown = done.findings if everything else done.open
    if out is not None:
        _write(out, done, shown, context.places().name)
    if json:
        context.screen.json(_document(done, shown, wanted))
    else:
        _show(context.screen, done, shown, most=None if code else _LINES, quarter=quarter)
        if out is not None:
            context.screen.say(f"已存成 {out}")
    if done.grave:
        raise typer.Exit(ExitCode.FINDINGS)


def _chosen(text: str | None) -> "tuple[Group | None, str]":
    """The group, and the kind if one is named; all without a word."""
    from jiemin.domain.checks.catalogue import KINDS
    from jiemin.domain.checks.finding import Group

    if text is None:
        return None, ""
    if text in list(Group):
        return Group(text), ""
    code = text.upper()
    if code in KINDS:
        return KINDS[code].group, code
    found = {kind.group for kind in KINDS.values() if code in (kind.code[:2], f"{kind.code[:2]}XX")}
    if found:
        return found.pop(), ""
    raise typer.BadParameter(
        f"没有“{text}”这一组；可以写：{'、'.join(Group)}，或 K204 这样的编号", param_hint="哪一组"
    )


def _gravity(text: str) -> Any:
    from jiemin.domain.checks.finding import Gravity

    if text not in list(Gravity):
        raise typer.BadParameter(f"没有“{text}”；可以写：{'、'.join(Gravity)}", param_hint="--gravity")
    return Gravity(text)


def _show(
    screen: "Screen",
    done: "Checked",
    shown: "Sequence[Judged]",
    most: int | None,
    quarter: "Quarter | None",
) -> None:
    screen.say(_summary(done))
    for kind, some in groupby(shown, key=lambda each: each.finding.kind):
        _show_kind(screen, kind, list(some), most)
    if done.unchecked:
        screen.say("\n没有查的：")
        for each in done.unchecked:
            screen.say(f"  {each.group} {each.what}：{each.why}")
    if done.open:
        of_quarter = f" --quarter {quarter}" if quarter else ""
        number = done.open[0].finding.number
        screen.say(f"\n核对过没有错的，写明原因：jiemin acknowledge {number}{of_quarter} --reason 原因")


def _summary(done: "Checked") -> str:
    from jiemin.domain.checks.finding import Gravity

    numbers = {
        gravity: sum(each.finding.kind.gravity is gravity for each in done.open) for gravity in Gravity
    }
    told = "，".join(f"{gravity}{number}条" for gravity, number in numbers.items() if number)
    aside = f"；已确认{len(done.set_aside)}条（--all 列出）" if done.set_aside else ""
    return f"{done.day}检查：{told or '没有发现问题'}{aside}"


def _show_kind(screen: "Screen", kind: "Kind", some: "list[Judged]", most: int | None) -> None:
    screen.say(f"\n{kind.code} {kind.gravity} {kind.title}（{len(some)}条）")
    for each in some[:most]:
        finding = each.finding
        screen.say(f"  {finding.number}  {finding.subject}：{finding.message}{_answered(each)}")
    if most is not None and len(some) > most:
        left = len(some) - most
        screen.say(f"  …还有{left}条，用 --json 或 --out 看全部，或 jiemin check {kind.code}")
    remedy = some[0].finding.remedy if len(some) == 1 else kind.way_out
    screen.say(f"  办法：{remedy}")


def _answered(judged: "Judged") -> str:
    from jiemin.cli.shapes import words

    answer, earlier = judged.answer, judged.earlier
    if answer is not None:
        return f"（已确认 {answer.day}：{words(answer.reason, reveal=False)}）"
    if earlier is not None:
        return f"（{earlier.day}确认过：{words(earlier.reason, reveal=False)}；以后情况变了）"
    return ""


def _document(done: "Checked", shown: "Sequence[Judged]", wanted: "CheckFilter") -> dict[str, Any]:
    from jiemin.domain.checks.finding import Gravity

    return {
        "day": done.day.isoformat(),
        "quarter": str(wanted.quarter) if wanted.quarter else None,
        "findings": [_shape(each) for each in shown],
        "unchecked": [
            {"group": each.group.value, "what": each.what, "why": each.why} for each in done.unchecked
        ],
        "counts": {
            "open": len(done.open),
            "acknowledged": len(done.set_aside),
            "by_severity": {
                gravity.value: sum(each.finding.kind.gravity is gravity for each in done.open)
                for gravity in Gravity
            },
            "by_code": dict(done.counts),
        },
    }


def _shape(judged: "Judged") -> dict[str, Any]:
    finding = judged.finding
    return {
        "code": finding.kind.code,
        "id": finding.number,
        "group": finding.kind.group.value,
        "severity": finding.kind.gravity.value,
        "title": finding.kind.title,
        "subject": finding.subject,
        "message": finding.message,
        "remedy": finding.remedy,
        "day": finding.day.isoformat() if finding.day else None,
        "towns": sorted(finding.towns),
        "units": sorted(finding.units),
        "acknowledged": _answer(judged.answer),
        "acknowledged_before": _answer(judged.earlier),
    }


def _answer(answer: "Answer | None") -> dict[str, Any] | None:
    from jiemin.cli.shapes import words

    if answer is None:
        return None
    return {"day": answer.day.isoformat(), "reason": words(answer.reason, reveal=False)}


def _write(out: Path, done: "Checked", shown: "Sequence[Judged]", county: str) -> None:
    from jiemin.sheets.forms.check_list import CheckLine, write_check_list

    lines = [
        CheckLine(
            number=each.finding.number,
            gravity=each.finding.kind.gravity.value,
            title=each.finding.kind.title,
            subject=each.finding.subject,
            message=each.finding.message + _answered(each),
            remedy=each.finding.remedy,
            towns="、".join(sorted(each.finding.towns)),
            units="、".join(sorted(each.finding.units)),
        )
        for each in shown
    ]
    unchecked = [f"{each.group}：{each.what}——{each.why}" for each in done.unchecked]
    write_check_list(lines, unchecked, out, county=county, day=done.day)


def _show_codes(
    screen: "Screen", policy: "CheckPolicy", group: "Group | None", code: str, *, json: bool
) -> None:
    from jiemin.domain.checks.catalogue import KINDS

    kinds = [
        kind
        for kind in KINDS.values()
        if (group is None or kind.group is group) and (not code or kind.code == code)
    ]
    items = {item.key: item for item in policy.items}
    if json:
        screen.json(
            {
                "kinds": [
                    {
                        "code": kind.code,
                        "group": kind.group.value,
                        "severity": kind.gravity.value,
                        "title": kind.title,
                        "meaning": kind.meaning,
                        "remedy": kind.way_out,
                        "settings": {name: items[name].value for name in kind.settings},
                    }
                    for kind in kinds
                ]
            }
        )
    elif len(kinds) == 1:
        (kind,) = kinds
        screen.say(f"{kind.code} {kind.title}（{kind.group}，{kind.gravity}）")
        screen.say(f"意思：{kind.meaning}")
        screen.say(f"办法：{kind.way_out}")
        for name in kind.settings:
            item = items[name]
            source = "程序自带" if item.packaged else item.file
            screen.say(f"界限：{item.name}{item.value}{item.unit}（{name}，{source}）")
    else:
        limits = (
            "、".join(f"{items[name].name}{items[name].value}{items[name].unit}" for name in kind.settings)
            for kind in kinds
        )
        screen.table(
            ["编号", "组", "轻重", "问题", "界限"],
            [
                [kind.code, kind.group.value, kind.gravity.value, kind.title, limit]
                for kind, limit in zip(kinds, limits, strict=True)
            ],
        )
        screen.say("看意思和办法：jiemin check K204 --codes；界限在本县政策文件的 [check] 里改")
