"""`jiemin household history`: what happened to a family, by day."""

from typing import TYPE_CHECKING

import typer

from jiemin.cli.context import current
from jiemin.cli.options import HouseholdArgument, JsonOption, UpToOption

if TYPE_CHECKING:
    from jiemin.cli.chinese import ChineseTyper


def history(
    ctx: typer.Context, household: HouseholdArgument, as_of: UpToOption = None, json: JsonOption = False
) -> None:
    """一户的历史：状态、类别、住地、户主、成员、结对干部、四清、措施和事迹，按日期排列。

    已定在今天以后的也列出，标明“尚未到”。
    """
    from jiemin.cli import shapes
    from jiemin.usecases.household_history import household_history

    context = current(ctx)
    with context.database() as database:
        found = household_history(database, household, as_of or context.today, past=as_of is not None)
    if json:
        lines = [
            {
                "date": shapes.day(each.day),
                "subject": each.subject,
                "what": each.what,
                "reason": each.reason,
                "to_come": each.day > context.today,
            }
            for each in found.lines
        ]
        visits = {
            "count": found.visits,
            "first": shapes.day(found.first_visit),
            "last": shapes.day(found.last_visit),
        }
        shape = {"household_no": found.household_no, "head_name": found.head_name}
        context.screen.json({"history": {**shape, "events": lines, "visits": visits}})
        return
    context.screen.say(f"{found.household_no}  户主 {found.head_name or '不详'}")
    context.screen.table(
        ["日期", "事项", "内容", "原因"],
        [
            [
                str(each.day),
                each.subject,
                each.what + ("（尚未到）" if each.day > context.today else ""),
                each.reason,
            ]
            for each in found.lines
        ],
    )
    days = dict.fromkeys(str(each) for each in (found.first_visit, found.last_visit) if each)
    context.screen.say("，".join([f"走访共{found.visits}次", *(["至".join(days)] if days else [])]))


def add_to(app: "ChineseTyper") -> None:
    """Register the command in the group of households."""
    app.command("history")(history)
