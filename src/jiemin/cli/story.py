"""`jiemin story`: 典型事迹, reported with each quarter's figures (notice 三.2)."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from jiemin.cli.chinese import ChineseTyper
from jiemin.cli.context import current
from jiemin.cli.groups import GROUPS
from jiemin.cli.options import JsonOption, QuarterOption, RevealOption, day_option, file_named, said

if TYPE_CHECKING:
    from jiemin.storage.stories import StoryRow
    from jiemin.usecases.record_story import StoryRecorded
    from jiemin.usecases.stories import StoryView

app = ChineseTyper(GROUPS["story"])


@app.command("add")
def add(
    ctx: typer.Context,
    title: Annotated[str, typer.Option("--title", parser=said, metavar="标题", help="标题，60字以内")],
    text: Annotated[str | None, typer.Option("--text", metavar="文字", help="正文")] = None,
    file: Annotated[
        Path | None,
        typer.Option("--file", metavar="文件", help="正文所在的文本文件（.txt，UTF-8 或 GBK 编码都可以）"),
    ] = None,
    household: Annotated[
        str, typer.Option("--household", metavar="家庭", help="写的哪一户：户编号、户主姓名或身份证号")
    ] = "",
    cadre: Annotated[str, typer.Option("--cadre", metavar="干部", help="写的哪名干部")] = "",
    unit: Annotated[
        str,
        typer.Option(
            "--unit", metavar="单位", help="算哪个单位的；不写就是干部的单位，或这一户第一责任人的单位"
        ),
    ] = "",
    quarter: QuarterOption = None,
    on: Annotated[
        Any, typer.Option("--on", parser=day_option, metavar="日期", help="事迹的日期，默认今天")
    ] = None,
    json: JsonOption = False,
) -> None:
    """登记一篇典型事迹；家庭、干部、单位至少写一个，不写季度就是日期所在的季度。

    例：jiemin story add --title 一口新灶 --file 事迹.txt --household A001 --quarter 2014Q2
    """
    from jiemin.usecases.record_story import StoryTold, record_story

    if (text is None) == (file is None):
        raise typer.BadParameter("正文用 --text 或 --file 写，要有一个，只能有一个", param_hint="--text")
    context = current(ctx)
    body = text or ""
    if file is not None:
        from jiemin.sheets.plain_text import read_plain_text

        body = read_plain_text(file)
    told = StoryTold(title, body, on or context.today, quarter, household, cadre, unit)
    with context.database() as database:
        done = record_story(database, context.stamp("story add"), told, context.today)
    if json:
        context.screen.json({"story": _recorded(done)})
        return
    family = f"{done.household_no} {done.head_name or ''}".strip() if done.household_no else ""
    helper = " ".join(word for word in (done.unit, done.cadre_name) if word)
    who = "，".join(part for part in (family, helper) if part)
    title = _masked(done.title)
    context.screen.say(f"已登记 {done.story_no}：{title}（{done.quarter.label}，{who}，{done.characters}字）")


@app.command("list")
def list_(
    ctx: typer.Context,
    quarter: QuarterOption = None,
    town: Annotated[str, typer.Option("--town", metavar="镇", help="只看这个镇（街道）的家庭")] = "",
    unit: Annotated[str, typer.Option("--unit", metavar="单位", help="只看这个单位")] = "",
    withdrawn: Annotated[bool, typer.Option("--withdrawn", help="撤回的也列出，连同原因")] = False,
    json: JsonOption = False,
) -> None:
    """典型事迹的目录。

    例：jiemin story list --quarter 2014Q2 --town 乌镇
    """
    from jiemin.usecases.stories import list_stories

    context = current(ctx)
    with context.database() as database:
        views = list_stories(database, quarter=quarter, town=town, unit=unit, withdrawn=withdrawn)
    if json:
        context.screen.json({"stories": [_shape(view) for view in views]})
        return
    context.screen.table(
        [
            "编号",
            "季度",
            "日期",
            "标题",
            "户主",
            "镇(街道)",
            "干部",
            "单位",
            "字数",
            *(["撤回"] if withdrawn else []),
        ],
        [
            [
                row.story_no,
                row.quarter,
                str(row.day),
                _masked(row.title),
                view.head_name,
                view.town,
                row.cadre_name or "",
                row.unit or "",
                str(len(row.body)),
                *([_withdrawn(row)] if withdrawn else []),
            ]
            for view in views
            for row in [view.row]
        ],
    )
    context.screen.say(f"共{len(views)}篇")


@app.command("show")
def show(
    ctx: typer.Context,
    number: Annotated[str, typer.Argument(metavar="编号", help="事迹的编号，如 S0001")],
    reveal: RevealOption = False,
    json: JsonOption = False,
) -> None:
    """看一篇典型事迹的全文。

    例：jiemin story show S0001
    """
    from jiemin.usecases.stories import show_story

    context = current(ctx)
    with context.database() as database:
        view = show_story(database, number)
        context.note_reveal(database, "story show", reveal, story_no=view.row.story_no)
    if json:
        title, body = (text if reveal else _masked(text) for text in (view.row.title, view.row.body))
        context.screen.json({"story": {**_shape(view), "title": title, "text": body}})
        return
    context.screen.say(f"{view.row.story_no}  {view.row.title if reveal else _masked(view.row.title)}")
    context.screen.say(f"{view.row.quarter}  {view.row.day}  {view.who}")
    if view.row.withdrawn_on:
        context.screen.say(f"已撤回：{_withdrawn(view.row)}")
    for line in view.row.body.split("\n"):
        context.screen.say(line if reveal else _masked(line))


@app.command("withdraw")
def withdraw(
    ctx: typer.Context,
    number: Annotated[str, typer.Argument(metavar="编号", help="事迹的编号，如 S0001")],
    reason: Annotated[
        str, typer.Option("--reason", parser=said, metavar="原因", help="为什么撤回，如 写错了户；会记下来")
    ],
    json: JsonOption = False,
) -> None:
    """撤回一篇典型事迹：记录和原因留着，不再计数、不再打印。写错了的，撤回后重新登记。

    例：jiemin story withdraw S0001 --reason 写错了户
    """
    from jiemin.usecases.withdraw_story import withdraw_story

    context = current(ctx)
    with context.database() as database:
        stamp = context.stamp("story withdraw", story_no=number)
        row = withdraw_story(database, stamp, number, reason, context.today)
    if json:
        context.screen.json({"withdrawn": {"story_no": row.story_no, "quarter": row.quarter}})
        return
    context.screen.say(f"已撤回 {row.story_no}：{_masked(row.title)}（{row.quarter}），不再计入报表")
    context.screen.say("记录留着，用 jiemin story list --withdrawn 查看；撤回错了用 jiemin undo 撤销")


@app.command("export")
def export(
    ctx: typer.Context,
    out: Annotated[
        Path,
        typer.Option("--out", parser=file_named, metavar="文件", help="存成哪个 .xlsx 文件；已有的会被换掉"),
    ],
    quarter: QuarterOption = None,
    json: JsonOption = False,
) -> None:
    """把一个季度的典型事迹存成可打印的工作簿，一篇接一篇；不写季度就是最近有事迹的季度。

    例：jiemin story export --quarter 2014Q2 --out 典型事迹.xlsx
    """
    from jiemin.usecases.stories import lines_of, stories_to_export

    context = current(ctx)
    with context.database() as database:
        chosen, views = stories_to_export(database, quarter)
    from jiemin.sheets.forms.stories import write_stories

    write_stories(
        lines_of(views),
        out,
        county=context.places().name,
        subtitle=f"（{chosen.label}）",
        filled_on=context.today,
    )
    if json:
        context.screen.json({"export": {"quarter": str(chosen), "stories": len(views), "out": str(out)}})
        return
    context.screen.say(f"已存成 {out}：{chosen.label}典型事迹{len(views)}篇")


def _withdrawn(row: "StoryRow") -> str:
    """When and why a story was withdrawn; nothing while it stands."""
    return f"{row.withdrawn_on} {_masked(row.withdrawn_reason or '')}" if row.withdrawn_on else ""


def _masked(text: str) -> str:
    from jiemin.cli import shapes

    return shapes.words(text, reveal=False) or ""


def _recorded(done: "StoryRecorded") -> dict[str, Any]:
    return {
        "story_no": done.story_no,
        "quarter": str(done.quarter),
        "date": done.day.isoformat(),
        "title": _masked(done.title),
        "household_no": done.household_no,
        "head_name": done.head_name,
        "cadre_no": done.cadre_no,
        "cadre_name": done.cadre_name,
        "unit": done.unit,
        "characters": done.characters,
    }


def _shape(view: "StoryView") -> dict[str, Any]:
    row = view.row
    return {
        "story_no": row.story_no,
        "quarter": row.quarter,
        "date": row.day.isoformat(),
        "title": _masked(row.title),
        "household_no": row.household_no,
        "head_name": view.head_name or None,
        "town": view.town or None,
        "village": view.village or None,
        "cadre_no": row.cadre_no,
        "cadre_name": row.cadre_name,
        "unit": row.unit,
        "characters": len(row.body),
        "withdrawn_on": row.withdrawn_on.isoformat() if row.withdrawn_on else None,
        "withdrawn_reason": _masked(row.withdrawn_reason or "") or None,
    }
