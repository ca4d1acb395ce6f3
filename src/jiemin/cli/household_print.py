"""`jiemin household file`: the file of one household, a village or a cadre, as the form 一户一档."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from jiemin.cli.context import current
from jiemin.cli.options import AsOfOption, BeforeOption, JsonOption, file_named

if TYPE_CHECKING:
    from jiemin.cli.chinese import ChineseTyper


def file(
    ctx: typer.Context,
    out: Annotated[
        Path,
        typer.Option(
            "--out",
            parser=file_named,
            metavar="文件",
            help="存成哪个 .xlsx 文件，或哪个文件夹（一户一个文件）；已有的不会被换掉",
        ),
    ],
    household: Annotated[str, typer.Argument(metavar="家庭", help="户编号、户主姓名或身份证号")] = "",
    village: Annotated[str, typer.Option("--village", metavar="村", help="这个村（社区）在册的各户")] = "",
    town: Annotated[str, typer.Option("--town", metavar="镇", help="村有同名的，写明是哪个镇（街道）")] = "",
    cadre: Annotated[str, typer.Option("--cadre", metavar="干部", help="这名干部现在结对的各户")] = "",
    before: BeforeOption = None,
    as_of: AsOfOption = None,
    json: JsonOption = False,
) -> None:
    """打印档案（一户一档），A4 纸，号码完整（会记入日志）。

    例：jiemin household file 沈月桂 --out 沈月桂.xlsx

    例：jiemin household file --village 塘东村 --out 塘东村档案
    """
    if sum(map(bool, (household, village, cadre))) != 1:
        raise typer.BadParameter("写一户，或者 --village、--cadre 中的一个", param_hint="家庭")
    if town and not village:
        raise typer.BadParameter("只和 --village 一起用", param_hint="--town")
    context = current(ctx)
    places = context.places()
    from jiemin.usecases.print_household_files import WhoseFiles, household_forms

    wanted = WhoseFiles(household, village, places.town_named(town).name if town else "", cadre)
    with context.database() as database:
        printed = household_forms(
            database, wanted, as_of or context.today, before=before, past=as_of is not None
        )
        subject = {"household_no": printed.number} if household else {"cadre_no": printed.number}
        context.note_reveal(
            database, "household file", True, **({"village": printed.whose} if village else subject)
        )
    from jiemin.sheets.forms.household_files import write_household_files

    paths = write_household_files(printed.forms, out, places.name, printed.whose)
    if json:
        numbers = [form.household_no for form in printed.forms]
        context.screen.json(
            {"file": {"out": str(out), "files": [*map(str, paths)], "household_nos": numbers}}
        )
        return
    more = f"，{len(paths)}个文件" if paths != [out] else ""
    context.screen.say(f"已存成 {out}：{printed.whose}，共{len(printed.forms)}户{more}")
    context.screen.say("文件里的身份证号、电话、账号是完整的，请妥善保管")


def add_to(app: "ChineseTyper") -> None:
    """Register the command in the group of households."""
    app.command("file")(file)
