"""`jiemin subsidy simulate`: what other standards would cost, whom they would reach; nothing written."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from jiemin.cli.chinese import ChineseTyper
from jiemin.cli.context import current
from jiemin.cli.money_by import by_option
from jiemin.cli.options import JsonOption, file_named, month_option
from jiemin.domain.periods import Month
from jiemin.errors import ExitCode, JieminError

if TYPE_CHECKING:
    from jiemin.cli.context import AppContext
    from jiemin.domain.entitlement.scenario import Effect, Scenario
    from jiemin.domain.money import Fen
    from jiemin.domain.money_groups import By
    from jiemin.domain.policy import Book
    from jiemin.usecases.simulate_subsidies import Simulated, Simulation

_by = by_option("TOWN", "CLASS", "ITEM")
_UNNAMED = "测算方案"
"""What the scenario of `--set` is called on sheets."""

SetOption = Annotated[
    list[str] | None,
    typer.Option("--set", metavar="参数=数值", help="改哪项标准，如 dibao.rural=450，可写几次，合成一个方案"),
]
ScenarioOption = Annotated[
    list[str] | None,
    typer.Option(
        "--scenario",
        metavar="方案",
        help="再比一个方案，写成“名称: 参数=数值, 参数=数值”，可写几次",
    ),
]
FromOption = Annotated[
    Month | None,
    typer.Option("--from", parser=month_option, metavar="月份", help="从哪个月起，如 2014-07，默认下个月"),
]
OutOption = Annotated[
    Path | None,
    typer.Option(
        "--out",
        parser=file_named,
        metavar="文件",
        help="再存成这个 .xlsx 文件，各方案并排，有图；已有的不会被换掉",
    ),
]


def simulate(
    ctx: typer.Context,
    settings: SetOption = None,
    scenarios: ScenarioOption = None,
    first: FromOption = None,
    by: Annotated[Any, typer.Option("--by", parser=_by, metavar="按什么", help="镇、类别 或 项目")] = "镇",
    out: OutOption = None,
    json: JsonOption = False,
) -> None:
    """测算：标准改了，多少户多领、每月和全年多花多少钱；几个方案可以一起比，什么都不写入。

    参数写参数名（可以只写开头）或名称，如 dibao.rural 或 农村低保标准；都有哪些：jiemin policy list。

    例：jiemin subsidy simulate --set dibao.rural=450 --from 2014-07

    例：jiemin subsidy simulate --scenario "一: 农村低保=450" --scenario "二: 农村低保=480" --out 测算.xlsx
    """
    from jiemin.cli.other_books import remind_of_other_books
    from jiemin.sheets.forms.roster_sheet import refuse_existing
    from jiemin.usecases.simulate_subsidies import simulate_subsidies

    context = current(ctx)
    book = context.book()
    told = [scenario_of(book, "", settings)] if settings else []
    told += [named_scenario(book, text) for text in scenarios or ()]
    _refuse_namesakes(told)
    if not told:
        raise typer.BadParameter("要写改什么，如 dibao.rural=450；几个方案用 --scenario", param_hint="--set")
    if out is not None:
        refuse_existing(out)
    with context.database() as database:
        remind_of_other_books(context, database)
        done = simulate_subsidies(database, book, context.today, told, first)
    if out is not None:
        _save(context, done, by, out)
    if json:
        context.screen.json({"simulation": _shape(context, done, by)})
    else:
        _show(context, done, by)
        if out is not None:
            context.screen.say(f"已存成 {out}")
    raise typer.Exit(ExitCode.PARTIAL if any(each.missing for each in done.scenarios) else ExitCode.DONE)


def scenario_of(book: "Book", name: str, texts: list[str]) -> "Scenario":
    """The scenario of these changes; raises `JieminError` for one that cannot be read or stands twice."""
    from jiemin.domain.entitlement.scenario import Scenario
    from jiemin.domain.policy.told import read_told

    values = {}
    for text in texts:
        parameter, value = read_told(book, text)
        if parameter.key in values:
            raise JieminError(f"{parameter.title}（{parameter.key}）写了两次", "一个方案里一项只写一次")
        values[parameter.key] = value
    return Scenario(name, values)


def _refuse_namesakes(scenarios: "list[Scenario]") -> None:
    """Raises `JieminError` where two have one name: nobody could tell their columns apart."""
    from jiemin.domain.people import mask_digits

    names = [each.name or _UNNAMED for each in scenarios]
    twice = next((name for name in names if names.count(name) > 1), "")
    if twice:
        raise JieminError(f"有两个方案都叫“{mask_digits(twice)}”", "每个方案各取一个名称")


def named_scenario(book: "Book", text: str) -> "Scenario":
    """`名称: 参数=数值, 参数=数值`; a comma within a number parts nothing."""
    import re

    from jiemin.domain.people import mask_digits

    name, colon, changes = text.replace("：", ":").partition(":")
    if not colon or not name.strip() or not changes.strip():
        raise JieminError(
            f"方案“{mask_digits(text)}”要写成 名称: 参数=数值, 参数=数值",
            "例：--scenario '一: dibao.rural=450'",
        )
    parts = re.split(r"[,，;；、](?=[^,，;；、]*[=＝])", changes)
    return scenario_of(book, name.strip(), [part for part in parts if part.strip()])


def _towns(context: "AppContext") -> list[str]:
    return [town.name for town in context.places().towns]


def _save(context: "AppContext", done: "Simulation", by: "By", out: Path) -> None:
    from jiemin.sheets.forms.simulation import Scenery, Setting, write_simulation

    scenes = [
        Scenery(
            each.scenario.name or _UNNAMED,
            each.described,
            each.sentence,
            each.effect,
            _groups(context, done, each, by),
            _remarks(each),
        )
        for each in done.scenarios
    ]
    setting = Setting(done.first, done.month, context.places().name, context.today)
    write_simulation(scenes, out, setting, by=by.value)


def _groups(context: "AppContext", done: "Simulation", each: "Simulated", by: "By") -> "dict[str, Effect]":
    """What the scenario changes, by group."""
    from jiemin.domain.entitlement.scenario import effect_of
    from jiemin.domain.money_groups import grouped

    groups = grouped(each.lines, by, done.towns, _towns(context))
    return {name: effect_of(some) for name, some in groups.items()}


def _remarks(each: "Simulated") -> list[str]:
    """Who may become entitled, and whom nothing could be computed for."""
    told = []
    for low in each.low_income:
        unknown = f"；另有{low.unknown:,}户收入或人口没有登记，无法比较" if low.unknown else ""
        told.append(
            f"可能新符合低保条件：人均收入低于测算的{low.standard}的低收入家庭{low.households:,}户"
            f"（要经审批，没有计入）{unknown}"
        )
    if each.missing:
        told.append(f"另有{each.missing:,}户缺少资料、算不出，没有计入")
    return told


def _show(context: "AppContext", done: "Simulation", by: "By") -> None:
    """One scenario by its groups, several side by side; last the sentences to read out."""
    screen = context.screen
    if len(done.scenarios) == 1:
        _show_groups(context, done, by)
    else:
        _show_side_by_side(context, done, by)
    for each in done.scenarios:
        screen.say(f"{each.sentence}。")
        for remark in _remarks(each):
            screen.say(f"{remark}。")
    screen.say("这是测算，什么都没有写入")


_HEADS = (
    "现在领取",
    "测算领取",
    "新增",
    "多领",
    "少领",
    "现在每月",
    "测算每月",
    "每月增加",
    "到年底增加",
    "全年增加",
)


def _show_groups(context: "AppContext", done: "Simulation", by: "By") -> None:
    (each,) = done.scenarios
    rows = [[name, *_figures(effect)] for name, effect in _groups(context, done, each, by).items()]
    if len(rows) > 1:
        rows.append(["合计", *_figures(each.effect)])
    context.screen.table([by.value, *_HEADS], rows)


def _show_side_by_side(context: "AppContext", done: "Simulation", by: "By") -> None:
    """The scenarios with their figures, then what each costs more a year in every group."""
    screen = context.screen
    screen.table(["方案", *_HEADS], [[each.name, *_figures(each.effect)] for each in done.scenarios])
    groups = [_groups(context, done, each, by) for each in done.scenarios]
    names = dict.fromkeys(name for found in groups for name in found)
    order = [name for name in [*_towns(context), *names] if name in names]
    rows = [
        [name, *(_yuan(found[name].difference.year) if name in found else "" for found in groups)]
        for name in dict.fromkeys(order)
    ]
    screen.table([by.value, *(each.name for each in done.scenarios)], rows, "全年增加")


def _figures(effect: "Effect") -> list[str]:
    counts = (effect.receiving, effect.then_receiving, effect.gained, effect.more, effect.fewer)
    more = effect.difference
    return [*map(str, counts), *map(_yuan, (effect.now.month, effect.then.month, *more))]


def _yuan(fen: "Fen") -> str:
    from jiemin.domain.money import format_yuan

    return format_yuan(fen)


def _shape(context: "AppContext", done: "Simulation", by: "By") -> dict[str, Any]:
    """Figures in fen; `month` is the month the monthly figures are of."""
    from dataclasses import asdict

    return {
        "from": str(done.first),
        "month": str(done.month),
        "by": by.name.lower(),
        "scenarios": [
            {
                "name": each.name,
                "values": dict(each.scenario.values),
                "described": each.described,
                "sentence": each.sentence,
                "total": _effect_shape(each.effect),
                "groups": [
                    {"name": name, **_effect_shape(effect)}
                    for name, effect in _groups(context, done, each, by).items()
                ],
                "low_income": [asdict(low) for low in each.low_income],
                "missing": each.missing,
            }
            for each in done.scenarios
        ],
        "written": False,
    }


def _effect_shape(effect: "Effect") -> dict[str, int]:
    costs = (("now", effect.now), ("then", effect.then), ("difference", effect.difference))
    money = {f"{when}_{span}_fen": fen for when, cost in costs for span, fen in cost._asdict().items()}
    return {
        "receiving": effect.receiving,
        "then_receiving": effect.then_receiving,
        "gained": effect.gained,
        "more": effect.more,
        "fewer": effect.fewer,
    } | money


def add_to(app: ChineseTyper) -> None:
    """Register the command in the group of subsidies."""
    app.command("simulate")(simulate)
