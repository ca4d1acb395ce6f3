"""`jiemin household birth`, `death`, `marry`, `join`, `leave`, `reclass`: members come and go, the class."""

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING, Annotated, Any

import typer

from jiemin.cli.consent import YesOption
from jiemin.cli.context import current
from jiemin.cli.household_changes import ReasonOption, class_told
from jiemin.cli.household_plan import carry
from jiemin.cli.options import (
    DryRunOption,
    HouseholdArgument,
    JsonOption,
    OnOption,
    day_option,
    said,
    yuan_option,
)

if TYPE_CHECKING:
    from jiemin.cli.chinese import ChineseTyper


def _told(table: str, known: str) -> Callable[[Any], Any]:
    """A parser of options that take one of a code list, by its name; `known` says which there are."""

    def read(text: Any) -> Any:
        if not isinstance(text, str):
            return text
        from jiemin.domain import codes

        code = codes.read_code(getattr(codes, table), text)
        if code is None:
            raise typer.BadParameter(f"没有“{text}”；{known}")
        return code

    return read


MemberArgument = Annotated[str, typer.Argument(metavar="成员", help="成员姓名或身份证号")]
NameOption = Annotated[str, typer.Option("--name", parser=said, metavar="姓名", help="姓名")]
SexOption = Annotated[
    Any, typer.Option("--sex", parser=_told("SEXES", "只能是 男 或 女"), metavar="男/女", help="性别")
]
RelationOption = Annotated[
    Any,
    typer.Option(
        "--relation",
        parser=_told("RELATIONS", "如 子、女、配偶、儿媳、父、母、孙子"),
        metavar="关系",
        help="与户主关系，如 子、女、孙子",
    ),
]
BirthOption = Annotated[
    date | None, typer.Option("--birth", parser=day_option, metavar="日期", help="出生日期，如 1988-05-01")
]
NumberOption = Annotated[
    str, typer.Option("--id", metavar="身份证号", help="身份证号；写错的照样存下，并提醒核对")
]
HealthOption = Annotated[
    Any,
    typer.Option(
        "--health",
        parser=_told("HEALTHS", "如 健康、长期慢性病、大病、残疾"),
        metavar="健康",
        help="健康状况，如 健康、大病",
    ),
]
NotCoveredOption = Annotated[bool, typer.Option("--not-covered", help="不是保障对象，不计入保障人口")]
ToOption = Annotated[
    str, typer.Option("--to", metavar="新户主", help="走的是户主时，由谁接任：成员姓名或身份证号")
]


def birth(
    ctx: typer.Context,
    household: HouseholdArgument,
    name: NameOption,
    relation: RelationOption,
    sex: SexOption = None,
    born: Annotated[
        date | None,
        typer.Option("--date", "--birth", parser=day_option, metavar="日期", help="出生日期，如 2014-05-01"),
    ] = None,
    number: NumberOption = "",
    health: HealthOption = None,
    not_covered: NotCoveredOption = False,
    on: Annotated[
        date | None,
        typer.Option("--on", parser=day_option, metavar="日期", help="从哪一天起算成员；不写就从出生那天起"),
    ] = None,
    yes: YesOption = False,
    dry_run: DryRunOption = False,
    json: JsonOption = False,
) -> None:
    """出生：孩子从出生那天起是这一户的成员。

    家庭人口、保障人口随之改；身份证号没有办的可以不写，以后再导入。性别和出生日期，身份证号里有的可以不写。
    例：jiemin household birth A001 --name 沈小宝 --sex 男 --relation 孙子 --date 2014-05-01
    """
    from jiemin.usecases.household_events.birth import birth as act
    from jiemin.usecases.household_events.birth import born_on
    from jiemin.usecases.household_events.newcomer import Newcomer

    who = Newcomer(name, sex, born, number, relation, health, not not_covered)
    day = on or born_on(who, current(ctx).today)
    carry(ctx, ("birth", "出生"), act(household, who), day, (yes, dry_run, json))


def death(
    ctx: typer.Context,
    household: HouseholdArgument,
    member: MemberArgument,
    reason: Annotated[
        str, typer.Option("--reason", metavar="原因", help="死亡原因，如 病故；不写就记 死亡")
    ] = "",
    to: ToOption = "",
    on: OnOption = None,
    yes: YesOption = False,
    dry_run: DryRunOption = False,
    json: JsonOption = False,
) -> None:
    """死亡：成员去世，从那一天起不再是成员。

    户主去世的用 --to 写新户主；其余成员里只有一名成年人的，不写就由他接任，先列出来。最后一名成员去世，这一
    户同时退出，结对结束。
    例：jiemin household death A001 沈阿大 --on 2014-06-03 --reason 病故 --to 沈小二
    """
    from jiemin.usecases.household_events.death import die

    carry(ctx, ("death", "死亡"), die(household, member, reason, to), on, (yes, dry_run, json))


def marry(
    ctx: typer.Context,
    household: HouseholdArgument,
    member: MemberArgument,
    spouse: Annotated[
        str, typer.Option("--spouse", metavar="姓名", help="配偶的姓名；和 --into 一起写时，是对方户里的成员")
    ] = "",
    into: Annotated[
        str, typer.Option("--into", metavar="家庭", help="到登记在册的另一户去：户编号、户主姓名或身份证号")
    ] = "",
    out: Annotated[bool, typer.Option("--out", help="到没有登记的家庭去")] = False,
    sex: SexOption = None,
    born: BirthOption = None,
    number: NumberOption = "",
    health: HealthOption = None,
    not_covered: NotCoveredOption = False,
    relation: RelationOption = None,
    to: ToOption = "",
    reason: ReasonOption = "",
    on: OnOption = None,
    yes: YesOption = False,
    dry_run: DryRunOption = False,
    json: JsonOption = False,
) -> None:
    """结婚：配偶加入这一户，或这名成员到另一户去，或离开在册的家庭。

    与户主关系：户主的配偶是配偶，子的是儿媳，女的是女婿；别的用 --relation 写，不写就空着，以后补填。
    例：jiemin household marry A001 沈小二 --spouse 朱梅 --birth 1990-02-03
    例：jiemin household marry A001 沈小妹 --into A002 --spouse 朱小根
    例：jiemin household marry A001 沈小妹 --out
    """
    from jiemin.usecases.household_events import marriage
    from jiemin.usecases.household_events.newcomer import Newcomer

    person = (sex, born, number, health)
    _check_marriage(
        (spouse, into, out), newcomer=any(person) or not_covered, to=to, relation=relation is not None
    )
    if out:
        event = marriage.marry_out(household, member, to, reason)
    elif into:
        event = marriage.marry_into(household, member, marriage.Into(into, relation, spouse), to, reason)
    else:
        who = Newcomer(spouse, sex, born, number, relation, health, not not_covered)
        event = marriage.marry_in(household, member, who, reason)
    carry(ctx, ("marry", "结婚"), event, on, (yes, dry_run, json))


def _check_marriage(ways: tuple[str, str, bool], *, newcomer: bool, to: str, relation: bool) -> None:
    """Raise a usage fault where the options do not go together."""
    spouse, into, out = ways
    if not (spouse or into or out):
        raise typer.BadParameter("要写一项：配偶加入写 --spouse，到另一户写 --into，离开写 --out")
    if out and (spouse or into):
        raise typer.BadParameter("不能和 --spouse、--into 一起写", param_hint="--out")
    if newcomer and (into or out):
        raise typer.BadParameter("性别、生日、身份证号等只在配偶加入这一户时写", param_hint="--into")
    if relation and out:
        raise typer.BadParameter("离开在册的家庭，没有与户主关系可写", param_hint="--relation")
    if to and not (into or out):
        raise typer.BadParameter("配偶加入这一户，户主不变", param_hint="--to")


def join(
    ctx: typer.Context,
    household: HouseholdArgument,
    name: NameOption,
    reason: Annotated[str, typer.Option("--reason", parser=said, metavar="原因", help="如 收养、回迁、其他")],
    relation: RelationOption = None,
    sex: SexOption = None,
    born: BirthOption = None,
    number: NumberOption = "",
    health: HealthOption = None,
    not_covered: NotCoveredOption = False,
    on: OnOption = None,
    yes: YesOption = False,
    dry_run: DryRunOption = False,
    json: JsonOption = False,
) -> None:
    """加入：收养、回迁等，一个人从那一天起是这一户的成员。

    以前是成员、后来离开的，接着用原来的记录。出生用 jiemin household birth，结婚用 jiemin household marry。
    例：jiemin household join A001 --name 沈小三 --relation 子 --reason 收养 --birth 2010-08-01
    """
    from jiemin.usecases.household_events.members import come_in
    from jiemin.usecases.household_events.newcomer import Newcomer

    who = Newcomer(name, sex, born, number, relation, health, not not_covered)
    carry(ctx, ("join", "加入"), come_in(household, who, reason), on, (yes, dry_run, json))


def leave(
    ctx: typer.Context,
    household: HouseholdArgument,
    member: MemberArgument,
    reason: Annotated[str, typer.Option("--reason", parser=said, metavar="原因", help="如 外迁、入伍、离婚")],
    to: ToOption = "",
    on: OnOption = None,
    yes: YesOption = False,
    dry_run: DryRunOption = False,
    json: JsonOption = False,
) -> None:
    """离开：一名成员外迁、入伍、离婚等，从那一天起不再是成员。

    走的是户主，要用 --to 写新户主。全户离开用 jiemin household exit，去世用 jiemin household death。
    例：jiemin household leave A001 沈小二 --reason 入伍 --on 2014-09-01
    """
    from jiemin.usecases.household_events.members import go_away

    carry(ctx, ("leave", "离开"), go_away(household, member, reason, to), on, (yes, dry_run, json))


def reclass(
    ctx: typer.Context,
    household: HouseholdArgument,
    household_class: Annotated[
        Any,
        typer.Option("--class", parser=class_told, metavar="类别", help="新的困难类别，如 农村低保、低收入"),
    ],
    reason: Annotated[
        str, typer.Option("--reason", parser=said, metavar="原因", help="为什么变，记在历史里")
    ],
    covered: Annotated[
        int | None, typer.Option("--covered", min=0, metavar="人数", help="新的保障人口")
    ] = None,
    month: Annotated[
        Any, typer.Option("--income-month", parser=yuan_option, metavar="元", help="新的家庭月收入")
    ] = None,
    year: Annotated[
        Any, typer.Option("--income-year", parser=yuan_option, metavar="元", help="新的家庭年收入")
    ] = None,
    on: OnOption = None,
    yes: YesOption = False,
    dry_run: DryRunOption = False,
    json: JsonOption = False,
) -> None:
    """类别变更：从那一天起换困难类别，连同保障人口和收入。

    新成为结对对象的，由原来的第一责任人结对，没有就另找；不再是结对对象的，结对照旧。补助要重新计算的会列出来。
    例：jiemin household reclass A001 --class 低收入 --income-month 2400 --reason 收入提高 --on 2014-07-01
    """
    from jiemin.domain.entitlement import IncomePeriod
    from jiemin.usecases.household_events.reclassing import NewClass
    from jiemin.usecases.household_events.reclassing import reclass as act

    if month is not None and year is not None:
        raise typer.BadParameter("不能和 --income-month 一起写", param_hint="--income-year")
    period = IncomePeriod.MONTH if month is not None else IncomePeriod.YEAR if year is not None else None
    wanted = NewClass(household_class, covered, month if month is not None else year, period)
    carry(ctx, ("reclass", "类别变更"), act(household, wanted, reason), on, (yes, dry_run, json))


def add_to(app: "ChineseTyper") -> None:
    """Register these commands in the group of households."""
    for name, command in (
        ("birth", birth),
        ("death", death),
        ("marry", marry),
        ("join", join),
        ("leave", leave),
        ("reclass", reclass),
    ):
        app.command(name)(command)
