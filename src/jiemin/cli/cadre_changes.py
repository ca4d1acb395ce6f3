"""`jiemin cadre leave`, `retire`, `transfer`, `return`, `replace`: a cadre changes, others help."""

from datetime import date
from functools import partial
from typing import TYPE_CHECKING, Annotated, Any

import typer

from jiemin.cli.consent import YesOption, consent
from jiemin.cli.context import AppContext, current
from jiemin.cli.options import CadreArgument, DryRunOption, JsonOption, OnOption, said
from jiemin.errors import ExitCode

if TYPE_CHECKING:
    from jiemin.storage.database import Database
    from jiemin.usecases.cadre_changes import CadreChange


def _yes_no(text: Any) -> Any:
    if not isinstance(text, str):
        return text
    from jiemin.domain.codes import YES_NO, squeeze

    answer = YES_NO.get(squeeze(text))
    if answer is None:
        raise typer.BadParameter("只能是 是 或 否")
    return answer


ReasonOption = Annotated[
    str, typer.Option("--reason", parser=said, metavar="原因", help="记在结对的结束原因里")
]
UnitOption = Annotated[
    str, typer.Option("--unit", parser=said, metavar="单位", help="新单位；名册里没有的随之登记")
]
PostOption = Annotated[str | None, typer.Option("--post", metavar="职务", help="新职务；不写则职务照旧")]
LeaderOption = Annotated[
    Any,
    typer.Option(
        "--leader", parser=_yes_no, metavar="是/否", help="是不是领导干部；不写则按职务判断，判断不了的照旧"
    ),
]
LinkOption = Annotated[
    str | None,
    typer.Option("--link", metavar="镇村", help="本人联系的镇或村，如 石门镇望湖村；不写则随新单位"),
]


def leave(
    ctx: typer.Context,
    cadre: CadreArgument,
    on: OnOption = None,
    reason: ReasonOption = "调离",
    yes: YesOption = False,
    dry_run: DryRunOption = False,
    json: JsonOption = False,
) -> None:
    """离任：从那一天起不再任职，结对户交给别人。

    他的结对在那一天结束。还有协助干部的，由其中一人改任第一责任人；一个干部也没有的，另配一名，优先同一
    单位；别的家庭不动。先列出安排，确认后才写入。
    """
    _end_service(ctx, "cadre leave", "离任", cadre, on, reason, (yes, dry_run, json))


def retire(
    ctx: typer.Context,
    cadre: CadreArgument,
    on: OnOption = None,
    reason: ReasonOption = "退休",
    yes: YesOption = False,
    dry_run: DryRunOption = False,
    json: JsonOption = False,
) -> None:
    """退休：同离任，结束原因记为退休。"""
    _end_service(ctx, "cadre retire", "退休", cadre, on, reason, (yes, dry_run, json))


def transfer(
    ctx: typer.Context,
    cadre: CadreArgument,
    unit: UnitOption,
    post: PostOption = None,
    leader: LeaderOption = None,
    link: LinkOption = None,
    hand_over: Annotated[
        bool,
        typer.Option(
            "--hand-over/--keep", show_default=False, help="把结对户交给别人；默认 --keep，结对不变"
        ),
    ] = False,
    on: OnOption = None,
    yes: YesOption = False,
    dry_run: DryRunOption = False,
    json: JsonOption = False,
) -> None:
    """调动：从那一天起换单位或职务。

    常年结对，干部调动不换人：结对照旧。要交给别人的加 --hand-over，办法同离任，结束原因记为调动。
    """
    from jiemin.usecases.cadre_changes import transfer as act
    from jiemin.usecases.take_post import PostTold

    context = current(ctx)
    plan = partial(
        act,
        cadre=cadre,
        told=PostTold(unit, post, leader, link),
        day=on or context.today,
        today=context.today,
        settings=context.pairing_settings(),
        handing_over=hand_over,
    )
    _act(context, "cadre transfer", "调动", plan, (yes, dry_run, json), {"on": on, "hand_over": hand_over})


def return_(
    ctx: typer.Context,
    cadre: CadreArgument,
    unit: UnitOption,
    post: PostOption = None,
    leader: LeaderOption = None,
    link: LinkOption = None,
    on: OnOption = None,
    yes: YesOption = False,
    dry_run: DryRunOption = False,
    json: JsonOption = False,
) -> None:
    """重新任职：离任的干部从那一天起又来任职；以前的记录不变，结对要另结。"""
    from jiemin.usecases.cadre_changes import come_back
    from jiemin.usecases.take_post import PostTold

    context = current(ctx)
    plan = partial(
        come_back,
        cadre=cadre,
        told=PostTold(unit, post, leader, link),
        day=on or context.today,
        today=context.today,
    )
    _act(context, "cadre return", "重新任职", plan, (yes, dry_run, json), {"on": on})


def replace(
    ctx: typer.Context,
    cadre: CadreArgument,
    heir: Annotated[str, typer.Argument(metavar="接替的干部", help="接下全部结对户的干部")],
    on: OnOption = None,
    reason: Annotated[
        str, typer.Option("--reason", metavar="原因", help="记在结对的结束原因里；不写则为 由某某接替")
    ] = "",
    yes: YesOption = False,
    dry_run: DryRunOption = False,
    json: JsonOption = False,
) -> None:
    """接替：后一名干部接下前一名的全部结对户，身份不变。

    那一天以前的走访仍算前一名干部的。任职不变；前一名已经离任的，再用 jiemin cadre leave 登记。
    """
    from jiemin.usecases.replace_cadre import replace_cadre

    context = current(ctx)
    plan = partial(
        replace_cadre,
        cadre=cadre,
        heir=heir,
        day=on or context.today,
        today=context.today,
        reason=reason.strip(),
        settings=context.pairing_settings(),
    )
    _act(context, "cadre replace", "接替", plan, (yes, dry_run, json), {"on": on})


def _end_service(
    ctx: typer.Context,
    command: str,
    verb: str,
    cadre: str,
    on: date | None,
    reason: str,
    manner: tuple[bool, bool, bool],
) -> None:
    from jiemin.usecases.cadre_changes import leave as act

    context = current(ctx)
    plan = partial(
        act,
        cadre=cadre,
        day=on or context.today,
        today=context.today,
        reason=reason.strip() or verb,
        settings=context.pairing_settings(),
    )
    _act(context, command, verb, plan, manner, {"on": on})


def _act(
    context: AppContext,
    command: str,
    verb: str,
    plan: "partial[CadreChange]",
    manner: tuple[bool, bool, bool],
    arguments: dict[str, Any],
) -> None:
    """Show the plan, ask, carry it out; `manner` is -y, -n and --json."""
    from jiemin.cli.cadre_plan import question, shape, show

    yes, dry_run, json = manner
    with context.database() as database:
        stamp = context.stamp(command, **_numbers(database, plan.keywords), **arguments)
        change = plan(database, stamp, dry_run=dry_run or not yes)
        if not json:
            show(context.screen, change, verb)
        if not dry_run and not yes:
            if not consent(context.screen, question(change, verb), yes):
                context.screen.say("没有办理，什么都没有写入")
                return
            change = plan(database, stamp, agreed=change)
    if json:
        context.screen.json({"change": shape(change, command, written=not dry_run)})
    else:
        context.screen.say("这是试算，什么都没有写入" if dry_run else "已办好；可用 jiemin undo 撤销")
    raise typer.Exit(ExitCode.PARTIAL if change.alone else ExitCode.DONE)


def _numbers(database: "Database", told: dict[str, Any]) -> dict[str, str]:
    """The cadres' numbers, for the journal: names have no place in it."""
    from jiemin.usecases.cadre_changes import number_of

    return {
        f"{role}_no": number_of(database, told[role], told["day"])
        for role in ("cadre", "heir")
        if role in told
    }
