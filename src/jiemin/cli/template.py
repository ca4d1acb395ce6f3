"""`jiemin template`: empty rosters to be filled in."""

import typer

from jiemin.cli.context import current
from jiemin.cli.options import KindsArgument, NewFileOption, chosen_kinds


def template(
    ctx: typer.Context,
    out: NewFileOption,
    kinds: KindsArgument = None,
) -> None:
    """空白名册：每种一张工作表，带下拉列表、示例和填写说明，填好可直接导入。"""
    chosen = chosen_kinds(kinds)
    context = current(ctx)
    from jiemin.sheets.forms.template import write_template

    write_template(chosen, out, [town.name for town in context.places().towns])
    context.screen.say(f"已存成 {out}：{'、'.join(chosen)}")
    context.screen.say(f"填好后导入：jiemin import {out}")
