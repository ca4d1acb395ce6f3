"""`jiemin survey`: the four surveys (四清) of each family."""

import re
from typing import TYPE_CHECKING, Annotated, Any

import typer

from jiemin.cli.chinese import ChineseTyper
from jiemin.cli.context import current
from jiemin.cli.groups import GROUPS
from jiemin.cli.options import AsOfOption, HouseholdArgument, JsonOption, day_option, written

if TYPE_CHECKING:
    from jiemin.cli.screen import Screen
    from jiemin.domain.codes import Survey
    from jiemin.usecases.list_surveys import SurveyCount, SurveyList, SurveyView
    from jiemin.usecases.record_survey import SurveysRecorded

app = ChineseTyper(GROUPS["survey"])

_LISTED = re.compile(r"[,，、;；]")
_BY_TOWN = frozenset({"town", "镇"})


@app.command("add")
def add(
    ctx: typer.Context,
    household: HouseholdArgument,
    survey: Annotated[
        list[str],
        typer.Option(
            "--survey",
            metavar="哪一清",
            help="家庭情况、致困原因、就业技能、帮扶需求，可写几次；全部 就是四项",
        ),
    ],
    on: Annotated[
        Any, typer.Option("--on", parser=day_option, metavar="日期", help="调查日期，默认今天")
    ] = None,
    by: Annotated[
        str, typer.Option("--by", metavar="干部", help="谁调查的；不写则为那一天的第一责任人")
    ] = "",
    surveyor: Annotated[
        str, typer.Option("--surveyor", metavar="文字", help="调查的不是干部名册里的人，写在这里，如 村会计")
    ] = "",
    complete: Annotated[bool, typer.Option("--complete", help="已经清楚")] = False,
    missing: Annotated[str | None, typer.Option("--missing", metavar="文字", help="还不清楚，缺什么")] = None,
    finding: Annotated[str | None, typer.Option("--finding", metavar="文字", help="查到的情况")] = None,
    json: JsonOption = False,
) -> None:
    """登记四清调查，一次可以写几项；同一户同一项同一天再登记就是更正。

    例：jiemin survey add 沈月桂 --survey 全部 --complete

    例：jiemin survey add 沈月桂 --survey 就业技能 --on 2014-05-12 --missing 儿子的文化程度
    """
    from jiemin.cli import record_shapes
    from jiemin.usecases.record_survey import SurveyTold, record_surveys

    lacking = written(missing)
    if complete == bool(lacking):
        told = "和 --missing 只能写一个" if complete else "和 --missing 要写一个：清楚了，还是还缺什么"
        raise typer.BadParameter(told, param_hint="--complete")
    if by and surveyor:
        raise typer.BadParameter("不能和 --by 一起写", param_hint="--surveyor")
    context = current(ctx)
    surveys = SurveyTold(
        household, _surveys(survey), on or context.today, by, surveyor.strip(), lacking, written(finding)
    )
    with context.database() as database:
        done = record_surveys(database, context.stamp("survey add", on=on), surveys, context.today)
    if json:
        rows = [record_shapes.survey(row) | {"entry": entry.value} for row, entry in done.rows]
        context.screen.json(
            {
                "household_no": done.household_no,
                "surveys": rows,
                "open": [each.value for each in done.open],
                "lacks": {survey.value: list(lacks) for survey, lacks in done.lacks.items()},
            }
        )
        return
    _tell(context.screen, done)


@app.command("list")
def list_(
    ctx: typer.Context,
    town: Annotated[str, typer.Option("--town", metavar="镇", help="只看这个镇（街道）")] = "",
    village: Annotated[str, typer.Option("--village", metavar="村", help="只看这个村（社区）")] = "",
    household: Annotated[
        str, typer.Option("--household", metavar="家庭", help="只看这一户，历次调查都列出")
    ] = "",
    incomplete: Annotated[bool, typer.Option("--incomplete", help="只列四项没有都清的户")] = False,
    by: Annotated[str, typer.Option("--by", metavar="按什么", help="镇：各镇有多少户已经清楚")] = "",
    as_of: AsOfOption = None,
    json: JsonOption = False,
) -> None:
    """四清到了哪一步：每户每项以最近一次为准，并合计几户已清。

    例：jiemin survey list --town 石门镇 --incomplete

    例：jiemin survey list --by 镇
    """
    from jiemin.usecases.list_surveys import SurveyFilter, list_surveys

    if by and by not in _BY_TOWN:
        raise typer.BadParameter("只能是 镇", param_hint="--by")
    context = current(ctx)
    named = context.places().town_named(town).name if town else None
    with context.database() as database:
        found = list_surveys(
            database, as_of or context.today, SurveyFilter(named, village, household, incomplete)
        )
    if json:
        context.screen.json(_shape(found, every=bool(household)))
    elif by:
        _show_towns(context.screen, found)
    elif household:
        _show_one(context.screen, found.views)
    else:
        _show(context.screen, found)


def _surveys(words: list[str]) -> "tuple[Survey, ...]":
    """The surveys named, each once and in their order; 全部 is all four."""
    from jiemin.domain.codes import SURVEYS, Survey, read_code

    found = set()
    for word in [part for each in words for part in _LISTED.split(each) if part.strip()]:
        if word.strip() in {"全部", "四清"}:
            found |= set(Survey)
            continue
        survey = read_code(SURVEYS, word)
        if survey is None:
            raise typer.BadParameter(
                f"没有“{word}”这一清；可以写 家庭情况、致困原因、就业技能、帮扶需求、全部",
                param_hint="--survey",
            )
        found.add(survey)
    if not found:
        raise typer.BadParameter("要写是哪一清", param_hint="--survey")
    return tuple(each for each in Survey if each in found)


def _tell(screen: "Screen", done: "SurveysRecorded") -> None:
    from jiemin.cli.shapes import words

    for row, entry in done.rows:
        state = "已清" if row.complete else f"未清，缺{words(row.missing, reveal=False)}"
        by = words(row.by, reveal=False)
        screen.say(
            f"{entry}：{done.household_no} {done.head_name} {row.day} {row.survey} {state}（{by}调查）"
        )
    for survey, lacks in done.lacks.items():
        screen.say(f"注意：{survey}登记为清，名册里还缺{'、'.join(lacks)}")
    if done.open:
        screen.say(f"这一户还没有清的：{'、'.join(done.open)}")
    else:
        screen.say("这一户四项都清了")


def _show(screen: "Screen", found: "SurveyList") -> None:
    from jiemin.domain.codes import Survey

    screen.table(
        ["户编号", "户主", "镇村", *Survey],
        [
            [
                view.household_no,
                view.head_name,
                f"{view.town}{view.village}",
                *(_cell(view, survey) for survey in Survey),
            ]
            for view in found.views
        ],
    )
    screen.say(f"列出{len(found.views)}户")
    screen.say(_total_told(found.total))


def _cell(view: "SurveyView", survey: "Survey") -> str:
    row = view.latest.get(survey)
    if row is None:
        return "未调查"
    return f"{'清' if row.complete else '缺'} {row.day}"


def _total_told(count: "SurveyCount") -> str:
    each = "，".join(f"{survey}{number}户" for survey, number in count.complete.items())
    return f"在册{count.households}户中，{each}；四项都清{count.all_four}户"


def _show_one(screen: "Screen", views: "tuple[SurveyView, ...]") -> None:
    """Every survey of one household ever made."""
    from jiemin.cli.shapes import words

    for view in views:
        screen.say(f"{view.household_no}  户主 {view.head_name or '不详'}  {view.town}{view.village}")
        screen.table(
            ["日期", "哪一清", "调查人", "结果", "查到的情况"],
            [
                [
                    str(row.day),
                    row.survey,
                    words(row.by, reveal=False) or "",
                    "已清" if row.complete else f"缺{words(row.missing, reveal=False)}",
                    words(row.finding, reveal=False) or "",
                ]
                for row in view.rows
            ],
        )
        screen.say(f"四项中已清{len(view.complete)}项" if view.rows else "还没有调查过")


def _show_towns(screen: "Screen", found: "SurveyList") -> None:
    from jiemin.domain.codes import Survey

    lines = [*found.towns.items(), ("合计", found.total)]
    screen.table(
        ["镇(街道)", "在册户", *Survey, "四项都清"],
        [
            [
                town,
                str(count.households),
                *(str(count.complete[each]) for each in Survey),
                str(count.all_four),
            ]
            for town, count in lines
        ],
    )


def _shape(found: "SurveyList", *, every: bool) -> dict[str, Any]:
    from jiemin.cli import record_shapes

    return {
        "day": found.day.isoformat(),
        "households": [record_shapes.survey_state(view, every=every) for view in found.views],
        "totals": record_shapes.survey_count(found.total),
        "towns": [{"town": town} | record_shapes.survey_count(each) for town, each in found.towns.items()],
    }
