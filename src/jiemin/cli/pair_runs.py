"""`jiemin pair runs` and `pair run show`: what automatic pairing did each time, and how fair it was."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from jiemin.cli.chinese import ChineseTyper
from jiemin.cli.context import current
from jiemin.cli.options import JsonOption, file_named
from jiemin.cli.pair_views import MODE_NAMES

if TYPE_CHECKING:
    from jiemin.cli.screen import Screen
    from jiemin.domain.pairing.fairness import Fairness, Fit, Loads, UnitLoad
    from jiemin.storage.pairing_runs import RunRow
    from jiemin.storage.pairings import PairingRow
    from jiemin.usecases.show_runs import RunView

app = ChineseTyper("自动配对的记录：一次配对的依据、证明、变动和负担。")

_LISTED = 20
_UNITS_LISTED = 3
_BAR = 20
_SOLVERS = {"simplex": "内置算法", "ortools": "OR-tools"}


def runs(ctx: typer.Context, json: JsonOption = False) -> None:
    """自动配对的历次记录。"""
    from jiemin.cli import shapes
    from jiemin.usecases.show_runs import list_runs

    context = current(ctx)
    with context.database() as database:
        rows = list_runs(database)
    if json:
        context.screen.json({"runs": [shapes.run_row(row) for row in rows]})
        return
    columns = ["次", "日期", "方式", "应结对户", "干部", "结对"]
    columns += ["新增或改身份", "结束", "未配户", "未配领导", "最优"]
    context.screen.table(columns, [_line(row) for row in rows])
    context.screen.say(f"共{len(rows)}次" if rows else "还没有自动配对过；用 jiemin pair --auto 配对")


def _line(row: "RunRow") -> list[str]:
    numbers = (row.households, row.cadres, row.pairs, row.started, row.ended)
    left = (len(row.unpaired), len(row.leaders_without))
    return [
        str(row.number),
        str(row.day),
        MODE_NAMES[row.mode],
        *("" if number is None else str(number) for number in (*numbers, *left)),
        "是" if row.optimal else "否",
    ]


@app.command("show")
def show(
    ctx: typer.Context,
    number: Annotated[int, typer.Argument(metavar="次", help="第几次，见 jiemin pair runs")],
    out: Annotated[
        Path | None,
        typer.Option("--out", parser=file_named, metavar="文件", help="另存成 .xlsx 文件；已有的会被换掉"),
    ] = None,
    json: JsonOption = False,
) -> None:
    """一次自动配对：依据、证明、变动、负担是否均匀。"""
    from jiemin.cli import shapes
    from jiemin.usecases.show_runs import show_run

    context = current(ctx)
    with context.database() as database:
        view = show_run(database, number)
    if out:
        from jiemin.sheets.forms.pairing_run import write_pairing_run

        write_pairing_run(_form(view), out, county=context.places().name, filled_on=context.today)
    if json:
        context.screen.json({"run": shapes.run(view)})
        return
    context.screen.say(_subtitle(view.row))
    for what, said in _facts(view):
        context.screen.say(f"{what}  {said}")
    _show_loads(context.screen, view.fair)
    _show_changes(context.screen, view)
    if out:
        context.screen.say(f"已存成 {out}")


def _subtitle(row: "RunRow") -> str:
    return f"第{row.number}次自动配对  {row.day}  {MODE_NAMES[row.mode]}"


def _facts(view: "RunView") -> list[tuple[str, str]]:
    """What is said of a run, each under a word of four characters."""
    row = view.row
    pairs = len(view.pairs) if row.pairs is None else row.pairs
    proof = "经核验，在当时的规则下没有更好的配法" if row.optimal else "没有证明这是最好的配法"
    facts = [
        ("配对结果", f"应结对{row.households}户，干部{row.cadres}人，配成{pairs}对"),
        ("计分证明", f"总分{row.objective}，下界{row.bound}，差距{row.objective - row.bound}：{proof}"),
        (
            "算法依据",
            f"{_SOLVERS.get(row.solver, row.solver)}；当时数据的指纹{(row.facts or '没有记录')[:12]}",
        ),
        *_rules_told(row),
        ("结对变动", f"新增{len(view.begun)}对，身份改变{len(view.turned)}对，结束{len(view.ended)}对"),
        ("未配家庭", _few([f"{each} {view.names.get(each, '')}".strip() for each in row.unpaired], "户")),
        (
            "未配领导",
            _few([f"{each} {view.names.get(each, '')}".strip() for each in row.leaders_without], "人"),
        ),
        *(("未能满足", sentence) for sentence in row.shortages),
        ("干部负担", _loads_told(view.fair.cadres)),
        ("领导负担", _loads_told(view.fair.leaders)),
        ("单位负担", _units_told(view.fair)),
        ("远近情况", "，".join(f"{near}{pairs}对" for near, pairs in view.fair.fit.near.items())),
        ("对口职级", _fit_told(view.fair.fit)),
    ]
    if not view.as_recorded:
        facts.append(("请您注意", "名册在这次配对以后有过更正，上面的负担、远近按现在的记录计算"))
    return facts


def _rules_told(row: "RunRow") -> list[tuple[str, str]]:
    """The rules and the cost table as they were; nothing where they were not kept."""
    if row.rules is None:
        return [("规则计分", f"没有记录（计分表指纹{row.costs[:12]}）")]
    from jiemin.policy.pairing_settings import load_pairing

    names = {item.key: item.name for item in load_pairing().items}
    rules, price = row.rules["rules"], row.rules.get("price_of_ending")
    if row.mode == "quota":
        ranks = [key.removeprefix("quota.") for key in names if key.startswith("quota.")]
        limits = "、".join(f"{rank}{most}户" for rank, most in zip(ranks, rules["quota"], strict=True))
        told = f"各职级最多：{limits}"
    else:
        told = f"领导干部最多{rules['leader_max']}户，一般干部1户"
    told += "；每户1名干部" if row.mode == "one-to-one" else f"；每户最多{rules['cadres_max']}名干部"
    told += "；有联系镇村的干部只新结那里的户" if rules["links_bind"] else "；联系镇村只计分"
    if price is not None:
        told += f"；重新平衡，每结束一对计{price}分"
    costs = "、".join(
        f"{names.get(f'costs.{key}', key)}{points}" for key, points in row.rules["costs"].items()
    )
    return [("所用规则", told), ("计分标准", costs)]


def _loads_told(loads: "Loads") -> str:
    from jiemin.domain.coverage import tenths

    if not loads.people:
        return "没有人"
    return f"{loads.people}人，最少{loads.least}户，中位{tenths(loads.median)}户，最多{loads.most}户"


def _units_told(fair: "Fairness") -> str:
    if not fair.units:
        return "没有干部"
    if fair.lightest == fair.heaviest:
        return f"各单位人均都是{_unit_told(fair.units)}"
    return f"人均最少{_unit_told(fair.lightest)}，最多{_unit_told(fair.heaviest)}"


def _unit_told(units: Sequence["UnitLoad"]) -> str:
    from jiemin.domain.coverage import tenths

    more = f"等{len(units)}个单位" if len(units) > _UNITS_LISTED else ""
    names = "、".join(unit.unit for unit in units[:_UNITS_LISTED])
    return f"{tenths(units[0].per_head)}户（{names}{more}）"


def _fit_told(fit: "Fit") -> str:
    needing = fit.field_right + fit.field_wrong
    ranked = fit.rank_adequate + fit.rank_short
    told = f"有需求的{needing}对中单位对口{fit.field_right}对；{ranked}对中职级相称{fit.rank_adequate}对"
    return told + (f"；另有{fit.untold}对是手工或导入的，没有理由记录" if fit.untold else "")


def _few(names: Sequence[str], measure: str) -> str:
    if not names:
        return "没有"
    more = "等" if len(names) > _LISTED else ""
    return f"{len(names)}{measure}：{'、'.join(names[:_LISTED])}{more}"


def _show_loads(screen: "Screen", fair: "Fairness") -> None:
    """How many cadres have how many households, with bars; these come last, so nothing is pushed aside."""
    people, leaders = fair.cadres.people_with, fair.leaders.people_with
    rows = [
        [f"{households}户", str(many), str(leaders[households] if households < len(leaders) else 0), bar]
        for households, (many, bar) in enumerate(zip(people, _bars(people), strict=True))
    ]
    screen.table(["结对户数", "干部", "其中领导", "干部人数"], rows, "负担分布")


def _bars(numbers: Sequence[int]) -> list[str]:
    """A bar for each number, the longest of full length; whoever is there at all gets one sign."""
    most = max(numbers, default=0)
    return ["█" * max(number * _BAR // most, 1) if number else "" for number in numbers]


def _show_changes(screen: "Screen", view: "RunView") -> None:
    changes = _changes(view)
    columns = ["变动", "户编号", "户主", "干部", "身份", "原因"]
    rows = [[*cells[:4], *cells[5:6], cells[7]] for cells in changes[:_LISTED]]
    screen.table(columns, rows, "结对变动")
    if len(changes) > _LISTED:
        rest = len(changes) - _LISTED
        screen.say(f"还有{rest}对；用 jiemin pair run show {view.row.number} --out 配对.xlsx 存成文件看全部")


def _changes(view: "RunView") -> list[tuple[Any, ...]]:
    """The changes by the headings of the workbook."""
    from jiemin.domain.people import mask_digits

    kinds: tuple[tuple[str, Sequence[PairingRow]], ...] = (
        ("新增", view.begun),
        ("身份改变", view.turned),
        ("结束", view.ended),
    )
    return [
        (
            kind,
            row.household_no,
            view.names.get(row.household_no, ""),
            row.cadre_name,
            row.cadre_no,
            row.role,
            row.end if kind == "结束" else row.start,
            mask_digits(row.end_reason or "") if kind == "结束" else "",
        )
        for kind, rows in kinds
        for row in rows
    ]


def _form(view: "RunView") -> Any:
    from jiemin.sheets.forms.pairing_run import RunForm

    return RunForm(
        subtitle=_subtitle(view.row),
        facts=_facts(view),
        fair=view.fair,
        pairs=[
            (
                (
                    pair.household_no,
                    pair.town,
                    pair.village,
                    pair.head_name,
                    pair.cadre_name,
                    pair.cadre_no,
                    pair.unit,
                    pair.role,
                    pair.origin,
                ),
                pair.reasons,
            )
            for pair in view.pairs
        ],
        changes=_changes(view),
    )
