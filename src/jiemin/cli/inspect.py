"""`jiemin inspect`: spot checks and the bulletin on the quarter's visits (督查、通报, notice 三.3)."""

from pathlib import Path
from typing import Annotated, Any

import typer

from jiemin.cli import inspect_report
from jiemin.cli.chinese import ChineseTyper
from jiemin.cli.context import current
from jiemin.cli.groups import GROUPS
from jiemin.cli.inspect_views import (
    drawn_in_words,
    household_shape,
    line_shape,
    masked,
    quarter_label,
    shape,
    show_households,
    write_list,
)
from jiemin.cli.options import (
    DryRunOption,
    HouseholdArgument,
    JsonOption,
    QuarterOption,
    day_option,
    file_named,
    said,
)

app = ChineseTyper(GROUPS["inspect"])

_MOST_SEED = 2**63 - 1
_MOST_COUNT = 100_000


def _strata(text: Any) -> Any:
    if not isinstance(text, str):
        return text
    from jiemin.domain.inspection import Strata

    known = {
        "town": Strata.TOWN,
        "镇": Strata.TOWN,
        "unit": Strata.UNIT,
        "单位": Strata.UNIT,
        "all": Strata.COUNTY,
        "全市": Strata.COUNTY,
    }
    if text not in known:
        raise typer.BadParameter("只能是 镇、单位 或 全市")
    return known[text]


def _scope(text: Any) -> Any:
    if not isinstance(text, str):
        return text
    from jiemin.domain.inspection import Scope

    known = {
        "visited": Scope.VISITED,
        "已走访": Scope.VISITED,
        "not-visited": Scope.NOT_VISITED,
        "未走访": Scope.NOT_VISITED,
        "all": Scope.ALL,
        "全部": Scope.ALL,
    }
    if text not in known:
        raise typer.BadParameter("只能是 已走访、未走访 或 全部")
    return known[text]


def _result(text: Any) -> Any:
    if not isinstance(text, str):
        return text
    from jiemin.domain.codes import INSPECT_RESULTS, read_code

    result = read_code(INSPECT_RESULTS, text)
    if result is None:
        raise typer.BadParameter("只能是 属实、部分属实、不属实 或 未见到人")
    return result


NumberArgument = Annotated[str, typer.Argument(metavar="编号", help="抽查的编号，如 X0001")]
ListOption = Annotated[
    Path | None,
    typer.Option(
        "--out", parser=file_named, metavar="文件", help="抽查表另存成 .xlsx，带去核实；已有的会被换掉"
    ),
]


@app.command("draw")
def draw(
    ctx: typer.Context,
    reason: Annotated[
        str,
        typer.Option("--reason", parser=said, metavar="原因", help="为什么抽查，如 二季度例行督查；会记下来"),
    ],
    count: Annotated[
        int, typer.Option("--count", min=1, max=_MOST_COUNT, metavar="户数", help="抽多少户")
    ] = 30,
    by: Annotated[
        Any,
        typer.Option("--by", parser=_strata, metavar="分层", help="镇、单位 或 全市"),
    ] = "镇",
    only: Annotated[
        Any,
        typer.Option(
            "--only",
            parser=_scope,
            metavar="范围",
            help="已走访、未走访 或 全部",
        ),
    ] = "全部",
    seed: Annotated[
        int | None, typer.Option("--seed", min=0, metavar="种子", help="抽取用的整数；不写就用今天的日期")
    ] = None,
    quarter: QuarterOption = None,
    out: ListOption = None,
    dry_run: DryRunOption = False,
    json: JsonOption = False,
) -> None:
    """抽取要核实的户：从这个季度应走访、现在在册的户里抽，不写季度就是当前季度。

    各镇（或单位）按户数分配名额，名额够就每处至少一户；同一处按“种子加户编号”的 SHA-256 从小到大抽。
    种子一样，谁来抽、在哪台电脑上抽，结果都一样。

    例：jiemin inspect draw --count 30 --by 镇 --reason 二季度督查 --out 抽查表.xlsx
    """
    from jiemin.usecases.draw_inspection import DrawAsked, draw_inspection

    if seed is not None and seed > _MOST_SEED:
        raise typer.BadParameter("种子太大，十八位以内的整数就够了", param_hint="--seed")
    context = current(ctx)
    asked = DrawAsked(count, by, only, reason, quarter, seed)
    stamp = context.stamp("inspect draw", count=count, by=by.value, only=only.value, seed=seed)
    with context.database() as database:
        done = draw_inspection(database, stamp, asked, context.today, dry_run=dry_run)
    if out is not None:
        write_list(context, done.view, out)
    if json:
        context.screen.json({"inspection": shape(done.view) | {"written": not dry_run}})
        return
    for line in drawn_in_words(done, asked.seed is None):
        context.screen.say(line)
    show_households(context, done.view)
    if dry_run:
        context.screen.say("这是试抽，什么都没有写入")
    if out is not None:
        context.screen.say(f"抽查表已存成 {out}，有完整住址和电话，请妥善保管")


@app.command("list")
def list_(ctx: typer.Context, json: JsonOption = False) -> None:
    """历次抽查，各抽了多少户，核实了多少。

    例：jiemin inspect list
    """
    from jiemin.usecases.inspections import list_inspections

    context = current(ctx)
    with context.database() as database:
        lines = list_inspections(database)
    if json:
        context.screen.json(
            {"inspections": [line_shape(each.row, each.drawn, each.results) for each in lines]}
        )
        return
    context.screen.table(
        [
            "编号",
            "抽取日期",
            "季度",
            "分层",
            "范围",
            "抽到",
            "已核实",
            "属实",
            "部分属实",
            "不属实",
            "未见到人",
            "原因",
        ],
        [
            [
                each.row.inspection_no,
                str(each.row.day),
                each.row.quarter,
                each.row.strata.value,
                each.row.scope.value,
                str(each.drawn),
                str(each.checked),
                *(str(number) for number in each.results.values()),
                masked(each.row.reason),
            ]
            for each in lines
        ],
    )
    context.screen.say(
        f"共{len(lines)}次" if lines else "还没有抽查过；用 jiemin inspect draw --help 看怎么抽"
    )


@app.command("show")
def show(
    ctx: typer.Context, number: NumberArgument, out: ListOption = None, json: JsonOption = False
) -> None:
    """一次抽查：抽到的户、各户本季度的走访记录、核实结果。

    例：jiemin inspect show X0001 --out 抽查表.xlsx
    """
    from jiemin.usecases.inspections import show_inspection

    context = current(ctx)
    with context.database() as database:
        view = show_inspection(database, number)
    if out is not None:
        write_list(context, view, out)
    if json:
        context.screen.json({"inspection": shape(view)})
        return
    row = view.row
    context.screen.say(
        f"{row.inspection_no}  {row.day}抽取  {quarter_label(row)}  "
        f"按{row.strata}  范围{row.scope}  种子{row.seed}"
    )
    context.screen.say(f"原因：{masked(row.reason)}")
    show_households(context, view)
    found = "，".join(f"{result}{count}户" for result, count in view.results.items())
    context.screen.say(f"抽到{len(view.households)}户，已核实{sum(view.results.values())}户：{found}")
    if out is not None:
        context.screen.say(f"抽查表已存成 {out}，有完整住址和电话，请妥善保管")


@app.command("record")
def record(
    ctx: typer.Context,
    number: NumberArgument,
    household: HouseholdArgument,
    result: Annotated[
        Any,
        typer.Option("--result", parser=_result, metavar="结果", help="属实、部分属实、不属实 或 未见到人"),
    ],
    on: Annotated[
        Any, typer.Option("--on", parser=day_option, metavar="日期", help="核实的日期，默认今天")
    ] = None,
    finding: Annotated[
        str | None, typer.Option("--finding", metavar="文字", help="核实的情况，如 户主说四月以来没有人来过")
    ] = None,
    by: Annotated[str | None, typer.Option("--by", metavar="督查人", help="谁去核实的")] = None,
    json: JsonOption = False,
) -> None:
    """登记一户的核实结果；再登记一次就是更正，没有写的项目不变，原来的记在日志里。

    例：jiemin inspect record X0001 A001 --result 部分属实 --finding 只来过一次 --by 沈明
    """
    from jiemin.usecases.record_inspection import ResultTold, record_result

    context = current(ctx)
    told = ResultTold(result, on, finding, by)
    stamp = context.stamp("inspect record", inspection_no=number)
    with context.database() as database:
        done = record_result(database, stamp, number, household, told, context.today)
    row = done.household.row
    if json:
        context.screen.json(
            {
                "inspection_no": done.inspection_no,
                "household": household_shape(done.household),
                "before": done.before.value if done.before else None,
                "unchecked": done.unchecked,
            }
        )
        return
    changed = f"，原来是{done.before}" if done.before and done.before is not result else ""
    verb = "已更正" if done.before else "已登记"
    context.screen.say(
        f"{verb} {done.inspection_no} {row.household_no} {done.household.head_name}："
        f"{result}{changed}（{row.checked_on}）"
    )
    if row.finding is None and result in {"部分属实", "不属实"}:
        context.screen.tell("提醒：没有写核实的情况，再登记一次加上 --finding")
    context.screen.say(f"还有{done.unchecked}户没有核实" if done.unchecked else "抽到的户全部核实了")


inspect_report.add_to(app)
