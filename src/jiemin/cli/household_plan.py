"""The plan of what happens to a family: shown, agreed to, carried out."""

from typing import TYPE_CHECKING, Any

import typer

from jiemin.cli.consent import consent
from jiemin.cli.context import current
from jiemin.errors import ExitCode

if TYPE_CHECKING:
    from datetime import date

    from jiemin.cli.screen import Screen
    from jiemin.usecases.household_events.helpers import Act
    from jiemin.usecases.household_events.plan import Plan


def carry(
    ctx: typer.Context, names: tuple[str, str], act: "Act", on: "date | None", how: tuple[bool, bool, bool]
) -> None:
    """Show what the event does, ask, and carry it out; `how` is yes, dry run and JSON.

    `names` are those of the command and of the event, for the question. Exit code 4 when a household is
    left without a lead.
    """
    from jiemin.usecases.household_events.helpers import happen

    (command, label), (yes, dry_run, json) = names, how
    context = current(ctx)
    day, settings = on or context.today, context.pairing_settings()
    with context.database() as database:
        stamp = context.stamp(f"household {command}")
        plan = happen(database, stamp, act, day, context.today, settings, dry_run=True)
        if not json:
            _show(context.screen, plan)
        if not dry_run:
            if not consent(context.screen, f"{label}：{'、'.join(plan.households)}", yes):
                context.screen.say("没有办理，什么都没有写入")
                return
            stamp = context.stamp(f"household {command}", household_no=plan.households[0], on=day)
            happen(database, stamp, act, day, context.today, settings, agreed=plan)
    if json:
        context.screen.json({"event": {"command": command, **_shape(plan), "dry_run": dry_run}})
    else:
        context.screen.say("这是试算，什么都没有写入" if dry_run else "已办理；可用 jiemin undo 撤销")
    raise typer.Exit(ExitCode.PARTIAL if plan.unpaired else ExitCode.DONE)


def _show(screen: "Screen", plan: "Plan") -> None:
    screen.table(
        ["户编号", "事项", "原来", f"{plan.day}起"],
        [[each.household_no, each.subject, each.ends, each.begins] for each in plan.steps],
        "变动",
    )
    screen.table(
        ["户编号", "户主", "干部", "单位", "身份", "结对自"],
        [
            [each.household_no, each.head_name, each.cadre_name, each.unit, each.role, str(each.since)]
            for each in plan.helpers
        ],
        "以后的结对",
    )
    for freed in plan.freed:
        leader = "，领导干部" if freed.leader else ""
        screen.say(f"腾出的干部：{freed.name}（{freed.unit}{leader}），还结对{freed.households}户")
    for note in plan.notes:
        screen.say(f"注意：{note}")
    for number in plan.unpaired:
        screen.say(f"没有干部可以结对：{number}；补充干部后用 jiemin pair --auto，或 jiemin pair add 指定")


def _shape(plan: "Plan") -> dict[str, Any]:
    """The event as JSON; keys as in `shapes`."""
    return {
        "date": plan.day.isoformat(),
        "households": list(plan.households),
        "steps": [
            {
                "household_no": each.household_no,
                "subject": each.subject,
                "ends": each.ends,
                "begins": each.begins,
            }
            for each in plan.steps
        ],
        "helpers": [
            {
                "household_no": each.household_no,
                "head_name": each.head_name,
                "cadre_no": each.cadre_no,
                "cadre_name": each.cadre_name,
                "unit": each.unit,
                "role": each.role,
                "from": each.since.isoformat(),
                "new": each.anew,
            }
            for each in plan.helpers
        ],
        "freed": [
            {
                "cadre_no": each.cadre_no,
                "name": each.name,
                "unit": each.unit,
                "leader": each.leader,
                "households": each.households,
            }
            for each in plan.freed
        ],
        "notes": list(plan.notes),
        "unpaired_households": list(plan.unpaired),
    }
