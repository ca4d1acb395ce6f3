"""`jiemin inspect report`: the bulletin (通报) on the quarter's visits."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from jiemin.cli.chinese import ChineseTyper
from jiemin.cli.context import current
from jiemin.cli.options import JsonOption, QuarterOption, file_named

if TYPE_CHECKING:
    from jiemin.domain.bulletin import Bulletin, Standing


def report(
    ctx: typer.Context,
    out: Annotated[
        Path,
        typer.Option("--out", parser=file_named, metavar="文件", help="存成哪个 .xlsx 文件；已有的会被换掉"),
    ],
    quarter: QuarterOption = None,
    office: Annotated[str, typer.Option("--office", metavar="单位", help="发文单位；不写就是市民政局")] = "",
    json: JsonOption = False,
) -> None:
    """走访情况通报：各镇、各单位走访率排名和增减，干部、督查、检查的情况，可打印。

    数字和季度报表、visit due 一致；不写季度就和季度报表一样，取最近有走访的季度。

    例：jiemin inspect report --quarter 2014Q2 --out 通报.xlsx
    """
    from jiemin.sheets.forms.bulletin import opening, write_bulletin
    from jiemin.sheets.forms.frame import bureau_of
    from jiemin.usecases.inspection_bulletin import build_bulletin

    context = current(ctx)
    with context.database() as database:
        bulletin = build_bulletin(database, quarter, context.today, context.yardstick())
    issued_by = office.strip() or bureau_of(context.places().name)
    write_bulletin(bulletin, out, office=issued_by, filled_on=context.today)
    if json:
        context.screen.json({"bulletin": _shape(bulletin, out)})
        return
    if quarter is None:
        context.screen.say(f"没有指定季度，取{bulletin.report.quarter}（可用 --quarter 指定）")
    context.screen.say(opening(bulletin).removesuffix("现将有关情况通报如下。"))
    for line in _lines(bulletin):
        context.screen.say(line)
    context.screen.say(f"已存成 {out}")


def _lines(bulletin: "Bulletin") -> list[str]:
    lines = []
    for standings, noun in ((bulletin.towns, "镇(街道)"), (bulletin.units, "单位")):
        if len(standings) > 1 and standings[-1].rank != 1:
            lines.append(f"{noun}：{_told(standings[0])}最高，{_told(standings[-1])}最低")
    if bulletin.behind_all:
        lines.append(
            f"没有走访完的干部{bulletin.behind_all}人，一户未走访的{bulletin.none}人，其中领导{bulletin.leaders_none}人"
        )
    if bulletin.spot_checks:
        total = bulletin.spot_checks[-1]
        lines.append(
            f"督查抽到{total.drawn}户次，已核实{total.checked}户次，不全属实{len(bulletin.doubtful)}户次"
        )
    if bulletin.findings:
        found = sum(each.count for each in bulletin.findings)
        quarter = bulletin.report.quarter
        lines.append(f"检查发现问题{found}项，用 jiemin check --quarter {quarter} 查看")
    return lines


def _told(standing: "Standing") -> str:
    return f"{standing.name} {standing.rate.label}"


def _shape(bulletin: "Bulletin", out: Path) -> dict[str, Any]:
    report = bulletin.report
    return {
        "quarter": str(report.quarter),
        "day": report.day.isoformat(),
        "out": str(out),
        "county": _standing(bulletin.county),
        "towns": [_standing(each) for each in bulletin.towns],
        "units": [_standing(each) for each in bulletin.units],
        "cadres_behind": [
            {
                "cadre_no": each.cadre.cadre_no,
                "name": each.cadre.name,
                "unit": each.cadre.unit,
                "leader": each.cadre.leader,
                "due": each.rate.whole,
                "made": each.rate.part,
            }
            for each in bulletin.behind
        ],
        "cadres_behind_count": bulletin.behind_all,
        "cadres_none_count": bulletin.none,
        "leaders_without": [each.cadre_no for each in report.leaders_without],
        "spot_checks": [
            {
                "town": row.name,
                "drawn": row.drawn,
                "checked": row.checked,
                "results": {result.value: count for result, count in row.results.items()},
            }
            for row in bulletin.spot_checks
        ],
        "doubtful": [
            {
                "inspection_no": each.inspection_no,
                "household_no": each.household_no,
                "result": each.result.value if each.result else None,
            }
            for each in bulletin.doubtful
        ],
        "findings": [
            {"code": each.code, "severity": each.severity, "title": each.title, "count": each.count}
            for each in bulletin.findings
        ],
    }


def _standing(each: "Standing") -> dict[str, Any]:
    """Rates in percent with one decimal, as they are printed; the change in percentage points."""
    now, last = each.rate.permille, each.last.permille if each.last else None
    return {
        "rank": each.rank,
        "name": each.name,
        "due": each.rate.whole,
        "made": each.rate.part,
        "rate": None if now is None else now / 10,
        "last_rate": None if last is None else last / 10,
        "change": None if each.change is None else each.change / 10,
    }


def add_to(app: ChineseTyper) -> None:
    """Register the command in the group of spot checks."""
    app.command("report")(report)
