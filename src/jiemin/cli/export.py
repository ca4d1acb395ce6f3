"""`jiemin export`: what is known, as rosters that can be mended and imported again."""

from typing import Annotated, Any

import typer

from jiemin.cli.context import current
from jiemin.cli.options import JsonOption, KindsArgument, NewFileOption, chosen_kinds, day_option


def export(
    ctx: typer.Context,
    out: NewFileOption,
    kinds: KindsArgument = None,
    as_of: Annotated[
        Any,
        typer.Option("--as-of", parser=day_option, metavar="日期", help="导出哪一天的情况，默认今天"),
    ] = None,
    json: JsonOption = False,
) -> None:
    """导出名册：与空白名册同样的列，号码完整（会记入日志），改好可直接导入。"""
    chosen = chosen_kinds(kinds)
    context = current(ctx)
    from jiemin.domain.roster import SheetKind
    from jiemin.usecases.export_rosters import export_rosters

    with context.database() as database:
        exported = export_rosters(database, chosen, as_of or context.today, context.today)
        context.note_reveal(database, "export", True, kinds="、".join(chosen))
    from jiemin.sheets.forms.roster_export import write_rosters

    write_rosters(exported.rows, out, [town.name for town in context.places().towns])
    if json:
        sheets = [
            {"kind": kind.value, "rows": len(rows), "left_out": exported.left_out.get(kind, 0)}
            for kind, rows in exported.rows.items()
        ]
        context.screen.json({"export": {"out": str(out), "sheets": sheets}})
        return
    counts = "，".join(f"{kind}{len(rows)}行" for kind, rows in exported.rows.items())
    context.screen.say(f"已存成 {out}：{counts}")
    for kind, number in exported.left_out.items():
        why = "户、成员或干部那一天还不在册，或已不在册"
        why += "；或家里有同名的成员，分不清是谁的" if kind is SheetKind.AID else ""
        context.screen.tell(f"提醒：{kind}有{number}行没有导出：{why}")
    context.screen.say("文件里的身份证号、电话、账号是完整的，请妥善保管")
