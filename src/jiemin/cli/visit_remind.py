"""`jiemin visit remind`: who is still to be visited, as sheets to send out and take back filled in."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from jiemin.cli.context import current
from jiemin.cli.options import JsonOption, QuarterOption, file_named

if TYPE_CHECKING:
    from jiemin.cli.chinese import ChineseTyper
    from jiemin.cli.screen import Screen
    from jiemin.sheets.forms.visit_reminder import Written
    from jiemin.usecases.remind_visits import VisitsToRemind


def add_to(app: "ChineseTyper") -> None:
    """Enter the command."""
    app.command("remind")(remind)


def remind(
    ctx: typer.Context,
    out: Annotated[
        Path,
        typer.Option(
            "--out",
            parser=file_named,
            metavar="文件或文件夹",
            help="写 .xlsx 文件，一个单位一张工作表；写文件夹，一个单位一个文件，便于分发；已有的不会被换掉",
        ),
    ],
    quarter: QuarterOption = None,
    unit: Annotated[str, typer.Option("--unit", metavar="单位", help="只要这个单位的")] = "",
    town: Annotated[str, typer.Option("--town", metavar="镇", help="只要这个镇(街道)的户")] = "",
    everything: Annotated[bool, typer.Option("--all", help="已走访的户也列出")] = False,
    json: JsonOption = False,
) -> None:
    """走访提醒单：各单位还有哪些户没有走访，附空白的走访栏，发下去填好，收回来直接导入。

    几个单位的干部都负责的户，各单位都列，写明谁是第一责任人。哪些户应走访、由谁负责，同 jiemin visit due。
    没有去的行空着，导入时跳过；填了的行登记为走访。联系电话是完整的（会记入日志）。
    """
    from jiemin.usecases.remind_visits import remind_visits

    context = current(ctx)
    place = context.places().town_named(town).name if town else None
    with context.database() as database:
        found = remind_visits(database, quarter, context.today, unit=unit, town=place, everything=everything)
        written = _write(found, out, context.places().name, context.today) if found.sheets else []
        context.note_reveal(database, "visit remind", bool(written), quarter=str(found.due.judged.quarter))
    if json:
        context.screen.json({"remind": _shape(found, written)})
    else:
        _show(context.screen, found, written, out)


def _write(found: "VisitsToRemind", out: Path, county: str, today: Any) -> "list[Written]":
    from jiemin.sheets.forms.visit_reminder import write_reminders

    return write_reminders(found.sheets, out, county=county, filled_on=today)


def _show(screen: "Screen", found: "VisitsToRemind", written: "list[Written]", out: Path) -> None:
    judged = found.due.judged
    if not written:
        none = "没有遗漏" if found.due.whole.due else "没有应走访的户"
        screen.say(f"{judged.quarter.label}（截至{judged.day}）：{none}，没有写文件")
        return
    files = len({each.path for each in written}) > 1 or out.is_dir()
    screen.table(
        ["单位", "户", "文件" if files else "工作表"],
        [
            [each.unit, str(len(sheet.lines)), each.path.name if files else each.sheet]
            for each, sheet in zip(written, found.sheets, strict=True)
        ],
    )
    listed = "应走访" if found.households > len(found.due.whole.left) else "没有走访"
    screen.say(
        f"{judged.quarter.label}（截至{judged.day}）：{found.households}户{listed}，{len(written)}个单位"
    )
    screen.say(f"已存成 {out}，里面的电话是完整的，请妥善保管")
    screen.say("填好收回后：jiemin import 文件或文件夹；没有填的行会跳过")


def _shape(found: "VisitsToRemind", written: "list[Written]") -> dict[str, Any]:
    judged = found.due.judged
    return {
        "quarter": str(judged.quarter),
        "day": judged.day.isoformat(),
        "over": judged.over,
        "households": found.households,
        "units": [
            {
                "unit": each.unit,
                "households": [line.household_no for line in sheet.lines],
                "file": str(each.path),
                "sheet": each.sheet,
            }
            for each, sheet in zip(written, found.sheets, strict=True)
        ],
    }
