"""`jiemin pair --auto`: propose, show, ask, apply; or save as a plan for people to edit."""

from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from jiemin.cli.consent import consent, somebody_there
from jiemin.errors import ExitCode

if TYPE_CHECKING:
    from jiemin.cli.context import AppContext
    from jiemin.cli.screen import Screen
    from jiemin.domain.pairing.settings import PairingSettings
    from jiemin.storage.database import Database
    from jiemin.storage.stamp import Stamp
    from jiemin.usecases.pair_households import PairingOutcome, PairingRequest

_LISTED = 20
_MODES = {
    "多对一": "many-to-one",
    "一对一": "one-to-one",
    "限额": "quota",
    "many-to-one": "many-to-one",
    "one-to-one": "one-to-one",
    "quota": "quota",
}


@dataclass(frozen=True, slots=True)
class AutoOptions:
    """What stands on the command line after `pair --auto`."""

    mode: str
    on: date | None
    rebalance: bool
    max_changes: int | None
    out: Path | None
    yes: bool
    dry_run: bool
    json: bool


def run(context: "AppContext", options: AutoOptions) -> None:
    """Propose and apply; on a terminal a person is asked in between, unless `-y` or `--json`.

    Exits with 4 when households remain without a cadre.
    """
    from jiemin.domain.pairing.rebalance import MAX_CHANGES
    from jiemin.usecases.pair_households import PairingRequest, pair_all, propose

    settings = _settings(context, options.mode)
    most = MAX_CHANGES if options.max_changes is None else options.max_changes
    request = PairingRequest(settings, options.on, most if options.rebalance else None)
    mode = settings.rules.mode.value
    stamp = context.stamp("pair auto", mode=mode, on=options.on, max_changes=request.max_changes)
    with context.database() as database:
        if options.out is not None:
            outcome = _save_plan(context, database, request, options.out)
        elif options.dry_run:
            outcome = propose(database, context.today, request)
        elif options.yes or options.json or not somebody_there():
            outcome = pair_all(database, stamp, context.today, request)
        else:
            outcome = _ask(context, database, stamp, request)
            raise typer.Exit(_exit_code(outcome))
    if options.json:
        context.screen.json({"run": _run_shape(outcome, options.out)})
    else:
        _show(context.screen, outcome, listed=options.dry_run or _few(outcome))
        _close(context.screen, outcome, options)
    raise typer.Exit(_exit_code(outcome))


def _settings(context: "AppContext", mode: str) -> "PairingSettings":
    """The county's settings, in the mode asked for."""
    from jiemin.domain.pairing.rules import Mode

    settings = context.pairing_settings()
    if not mode:
        return settings
    if mode not in _MODES:
        raise typer.BadParameter("只能是 多对一、一对一 或 限额", param_hint="--mode")
    return replace(settings, rules=replace(settings.rules, mode=Mode(_MODES[mode])))


def _save_plan(
    context: "AppContext", database: "Database", request: "PairingRequest", out: Path
) -> "PairingOutcome":
    from jiemin.sheets.forms.pairing_plan import write_plan
    from jiemin.sheets.forms.roster_sheet import refuse_existing
    from jiemin.usecases.pair_households import propose
    from jiemin.usecases.pairing_plan import plan_of

    refuse_existing(out)
    outcome = propose(database, context.today, request)
    plan = plan_of(database, outcome)
    write_plan(plan, out, county=context.places().name, filled_on=context.today)
    return outcome


def _ask(
    context: "AppContext", database: "Database", stamp: "Stamp", request: "PairingRequest"
) -> "PairingOutcome":
    """Show, ask, apply; shown anew when the facts have changed while the person was thinking."""
    from jiemin.usecases.pair_households import apply_proposal, propose

    screen = context.screen
    outcome = propose(database, context.today, request)
    while True:
        _show(screen, outcome, listed=_few(outcome))
        if not outcome.changes_anything:
            screen.say("结对没有变化")
            return outcome
        if not consent(screen, "照这样结对", yes=False):
            more = "" if _few(outcome) else "；用 --dry-run 可以看每一对"
            screen.say(f"没有结对，什么都没有写入{more}")
            return outcome
        outcome = apply_proposal(database, stamp, context.today, request, outcome)
        if outcome.written:
            screen.say("已写入；可用 jiemin undo 撤销")
            _point_to_run(screen, outcome)
            return outcome
        screen.say("刚才名册或结对有了变动，没有写入；重新配的结果如下")


def _exit_code(outcome: "PairingOutcome") -> ExitCode:
    return ExitCode.PARTIAL if outcome.result.unpaired_households else ExitCode.DONE


def _show(screen: "Screen", outcome: "PairingOutcome", *, listed: bool) -> None:
    """The totals, each change too if `listed`, and who goes without and why."""
    result, changes = outcome.result, outcome.changes
    for sentence in outcome.remarks:
        screen.say(f"说明：{sentence}")
    gathered = outcome.gathered
    screen.say(f"应结对{len(gathered.households)}户，干部{len(gathered.cadres)}人，结对自{outcome.begin}起")
    paired = len({pair.household for pair in result.pairs})
    turned = f"，身份改变{len(changes.turned)}对" if changes.turned else ""
    screen.say(
        f"已配{paired}户，共{len(result.pairs)}对；"
        f"新增{len(changes.begun)}对，结束{len(changes.ended)}对{turned}"
    )
    if outcome.saved:
        screen.say(f"换得更合适：比不换少{outcome.saved}分（分数越少越合适）")
    rebalanced = gathered.problem.price_of_ending is not None
    within = (
        f"结束不超过{len(result.ended)}对的配法里没有更好的" if rebalanced else "在现有规则下没有更好的配法"
    )
    screen.say(f"经核验，{within}" if result.optimal else "没有证明这是最好的配法")
    if listed or rebalanced:
        _show_pairs(screen, outcome)
    _list(screen, "没有配上干部的家庭", result.unpaired_households, outcome.names)
    _list(screen, "没有结对户的领导干部", result.leaders_without, outcome.names)
    _list(screen, "没有结对户的一般干部", result.idle_cadres, outcome.names)
    for sentence in outcome.shortages:
        screen.say(f"原因：{sentence}")
    if result.unpaired_households:
        screen.say(
            "办法：补充干部名册，或提高户数上限（怎么改见 jiemin pair rule costs），再运行 jiemin pair --auto"
        )


def _close(screen: "Screen", outcome: "PairingOutcome", options: AutoOptions) -> None:
    """What became of it."""
    if options.out is not None:
        screen.say(f"方案已存成 {options.out}，结对还没有改动；改好后运行 jiemin import {options.out}")
    elif options.dry_run:
        screen.say("这是试算，什么都没有写入")
    elif not outcome.written:
        screen.say("结对没有变化")
    else:
        _point_to_run(screen, outcome)


def _few(outcome: "PairingOutcome") -> bool:
    """Whether all changes can be shown at once without being asked for."""
    return len(outcome.changes.started) + len(outcome.changes.ended) <= _LISTED


def _point_to_run(screen: "Screen", outcome: "PairingOutcome") -> None:
    """Where each change can be seen that was too many to show."""
    if not _few(outcome):
        screen.say(f"每一对：jiemin pair run show {outcome.changes.run_no} --out 配对.xlsx")


def _show_pairs(screen: "Screen", outcome: "PairingOutcome") -> None:
    """What a real run begins, ends, and gives another role; why, where something ends."""
    gathered, names = outcome.gathered, outcome.names
    places = {
        each.key: each.place.town + each.place.village.rpartition("/")[2]
        for each in gathered.problem.households
    }
    units = {each.key: each.unit for each in gathered.problem.cadres}

    def row(step: str, household: str, cadre: str, name: str, role: str, reason: str = "") -> list[str]:
        place, unit = places.get(household, ""), units.get(cadre, "")
        return [step, household, names.get(household, ""), place, name, unit, role, reason]

    rows = [
        row("改身份" if pair.kept else "新增", pair.household, pair.cadre, names[pair.cadre], pair.role.value)
        for pair in outcome.changes.started
    ]
    rows += [
        row(
            "结束",
            each.household_no,
            each.cadre_no,
            each.cadre_name,
            each.role,
            gathered.lapsed.get(each.id, ""),
        )
        for each in outcome.changes.ended
    ]
    columns = ["", "户编号", "户主", "镇村", "干部", "单位", "身份", "原因"]
    shown = len(columns) if any(cells[-1] for cells in rows) else len(columns) - 1
    screen.table(columns[:shown], [cells[:shown] for cells in rows])


def _list(screen: "Screen", title: str, numbers: tuple[str, ...], names: dict[str, str]) -> None:
    if not numbers:
        return
    listed = "、".join(f"{number} {names.get(number, '')}".strip() for number in numbers[:_LISTED])
    more = "等" if len(numbers) > _LISTED else ""
    screen.say(f"{title}（{len(numbers)}）：{listed}{more}")


def _run_shape(outcome: "PairingOutcome", out: Path | None) -> dict[str, Any]:
    result, changes = outcome.result, outcome.changes
    shape: dict[str, Any] = {
        "run_no": changes.run_no,
        "day": outcome.begin.isoformat(),
        "mode": outcome.gathered.problem.rules.mode.value,
        "solver": result.solver,
        "objective": result.objective,
        "bound": result.bound,
        "gap": result.objective - result.bound,
        "optimal": result.optimal,
        "households": len(outcome.gathered.households),
        "cadres": len(outcome.gathered.cadres),
        "pairings": len(result.pairs),
        "unpaired_households": list(result.unpaired_households),
        "leaders_without": list(result.leaders_without),
        "idle_cadres": list(result.idle_cadres),
        "shortages": list(outcome.shortages),
        "changes": len(changes.started) + len(changes.ended),
        "started": [_pair_shape(pair.household, pair.cadre, pair.role.value) for pair in changes.started],
        "role_changed": [_pair_shape(pair.household, pair.cadre, pair.role.value) for pair in changes.turned],
        "ended": [_pair_shape(row.household_no, row.cadre_no, row.role) for row in changes.ended],
        "price_of_ending": outcome.gathered.problem.price_of_ending,
        "points_saved": outcome.saved,
        "lacking": list(outcome.remarks),
        "written": outcome.written,
    }
    return shape | ({"out": str(out)} if out is not None else {})


def _pair_shape(household: str, cadre: str, role: str) -> dict[str, str]:
    return {"household_no": household, "cadre_no": cadre, "role": role}
