"""`jiemin policy`: the standards in force, a county's own file checked and compared, and one to fill in."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from jiemin.cli.chinese import ChineseTyper
from jiemin.cli.context import current
from jiemin.cli.groups import GROUPS
from jiemin.cli.options import JsonOption, day_option, file_named
from jiemin.errors import ExitCode, JieminError

if TYPE_CHECKING:
    from jiemin.cli.context import AppContext
    from jiemin.policy.book_file import LaidBook

app = ChineseTyper(GROUPS["policy"])

DayOption = Annotated[
    date | None,
    typer.Option("--on", parser=day_option, metavar="日期", help="看哪一天的，默认今天；可以是以后"),
]


@app.command("list")
def list_(
    ctx: typer.Context,
    prefix: Annotated[
        str, typer.Argument(metavar="参数", help="只看名称或参数名这样开头的，如 低保、dibao.rural")
    ] = "",
    on: DayOption = None,
    json: JsonOption = False,
) -> None:
    """现行的标准：数值、起始日期、文号和条款，来自哪个文件；县里没有定的另列。"""
    from jiemin.cli import policy_shapes, policy_views
    from jiemin.usecases.list_policy import list_policy

    context = current(ctx)
    day, laid = on or context.today, _laid(context)
    listed = list_policy(laid, day, prefix)
    if json:
        context.screen.json(policy_shapes.policy_list(listed, laid.book, day))
    else:
        policy_views.show_list(context.screen, listed, laid.book, day)


@app.command("show")
def show(
    ctx: typer.Context,
    key: Annotated[str, typer.Argument(metavar="参数", help="参数名或名称，如 dibao.rural.standard")],
    on: DayOption = None,
    json: JsonOption = False,
) -> None:
    """一项标准的全部数值：起止、文号、条款、原文，推定了什么，哪些补助用它。"""
    from jiemin.cli import policy_shapes, policy_views
    from jiemin.usecases.list_policy import show_policy

    context = current(ctx)
    day, laid = on or context.today, _laid(context)
    detail = show_policy(laid, key, day)
    if json:
        context.screen.json(policy_shapes.policy_detail(detail, laid.book, day))
    else:
        policy_views.show_detail(context.screen, detail, laid.book, day)


@app.command("check")
def check(
    ctx: typer.Context,
    file: Annotated[Path, typer.Argument(metavar="文件", help="本县的政策文件")],
    json: JsonOption = False,
) -> None:
    """检查本县的政策文件：错处一次全部列出；没有错的，列出改了哪些标准。

    有错时退出码是6。
    """
    from jiemin.cli import policy_shapes, policy_views
    from jiemin.usecases.compare_policies import check_policy_file

    context = current(ctx)
    checked = check_policy_file(file)
    if json:
        context.screen.json(policy_shapes.file_check(checked))
    else:
        policy_views.show_check(context.screen, checked)
    if checked.faults:
        raise typer.Exit(ExitCode.FINDINGS)


@app.command("diff")
def diff(
    ctx: typer.Context,
    first: Annotated[
        str,
        typer.Argument(metavar="文件", help="本县的政策文件，或算补助时用过的政策文件的指纹（前6位起）"),
    ],
    second: Annotated[
        str | None, typer.Argument(metavar="另一个", help="与哪个比；不写就与程序自带的比")
    ] = None,
    json: JsonOption = False,
) -> None:
    """比较两份政策文件：每一项原来的数值、改成的数值，和日期、文号。"""
    from jiemin.cli import policy_shapes, policy_views
    from jiemin.usecases.compare_policies import compare_policies

    context = current(ctx)
    compared = compare_policies(first, second, context.database)
    if json:
        context.screen.json(policy_shapes.comparison(compared))
    else:
        policy_views.show_comparison(context.screen, compared)


@app.command("template")
def template(
    ctx: typer.Context,
    out: Annotated[
        Path,
        typer.Option(
            "--out", parser=file_named, metavar="文件", help="存成哪个 .toml 文件；已有的不会被换掉"
        ),
    ],
) -> None:
    """空白的政策文件：列出县里还没有定的数值和可以选的做法，填好用 --policy 指明。"""
    from jiemin.policy.county_template import county_template

    context = current(ctx)
    book = _laid(context).book
    try:
        with out.open("x", encoding="utf-8", newline="\n") as file:
            file.write(county_template(book, context.today))
    except FileExistsError:
        raise JieminError(f"{out} 已经有了，没有换掉它", "--out 换一个文件名") from None
    except OSError as fault:
        raise JieminError(f"{out} 存不了：{fault.strerror}", "检查文件夹和权限，或换一个文件名") from None
    missing = sum(not each.values for each in book.parameters.values())
    context.screen.say(f"已存成 {out}：县里还没有定的{missing}项，还有可以选的，都等着填")
    context.screen.say(f"填好后检查：jiemin policy check {out}")


def _laid(context: "AppContext") -> "LaidBook":
    from jiemin.policy.book_file import load_laid_book

    return load_laid_book(context.policy_option)
