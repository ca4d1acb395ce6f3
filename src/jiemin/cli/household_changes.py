"""`jiemin household exit`, `return`, `move`, `change-head`, `split`, `merge`: what happens to a family."""

import re
from typing import TYPE_CHECKING, Annotated, Any

import typer

from jiemin.cli.consent import YesOption
from jiemin.cli.context import current
from jiemin.cli.household_plan import carry
from jiemin.cli.options import DryRunOption, HouseholdArgument, JsonOption, OnOption, said

if TYPE_CHECKING:
    from jiemin.cli.chinese import ChineseTyper

ReasonOption = Annotated[str, typer.Option("--reason", metavar="原因", help="为什么，记在历史里")]

_LISTED = re.compile(r"[,，、;；]")


def _status(text: Any) -> Any:
    if not isinstance(text, str):
        return text
    from jiemin.domain.codes import STATUSES, HouseholdStatus, read_code

    status = read_code(STATUSES, text)
    if status is None or status is HouseholdStatus.ACTIVE:
        raise typer.BadParameter("只能是 停保、迁出 或 死亡")
    return status


def class_told(text: Any) -> Any:
    """A household's class, as an option's value tells it."""
    if not isinstance(text, str):
        return text
    from jiemin.domain.codes import CLASSES, read_code

    known = read_code(CLASSES, text)
    if known is None:
        raise typer.BadParameter(f"没有“{text}”这一类；如 农村低保、城镇低保、低收入")
    return known


def exit_(
    ctx: typer.Context,
    household: HouseholdArgument,
    reason: Annotated[
        str, typer.Option("--reason", parser=said, metavar="原因", help="为什么退出，记在历史和结对里")
    ],
    status: Annotated[
        Any,
        typer.Option(
            "--status",
            parser=_status,
            metavar="状态",
            help="停保、迁出 或 死亡；不写时看原因，看不出就是停保",
        ),
    ] = None,
    on: OnOption = None,
    yes: YesOption = False,
    dry_run: DryRunOption = False,
    json: JsonOption = False,
) -> None:
    """退出：从那一天起不再在册，结对同时结束。

    走访、补助和结对的历史都留着，腾出的干部会列出来；恢复用 jiemin household return。
    """
    from jiemin.domain.codes import STATUSES, HouseholdStatus, read_code
    from jiemin.usecases.household_events.leaving import leave

    told = status or read_code(STATUSES, reason)
    if told in (None, HouseholdStatus.ACTIVE):
        moved = reason.startswith(HouseholdStatus.MOVED_OUT)
        told = HouseholdStatus.MOVED_OUT if moved else HouseholdStatus.STOPPED
    carry(ctx, ("exit", "退出"), leave(household, told, reason), on, (yes, dry_run, json))


def come_back(
    ctx: typer.Context,
    household: HouseholdArgument,
    reason: ReasonOption = "",
    on: OnOption = None,
    yes: YesOption = False,
    dry_run: DryRunOption = False,
    json: JsonOption = False,
) -> None:
    """恢复在册：退出的家庭从那一天起重新在册。

    原来的第一责任人还任职、没有满额的，仍由他结对；否则另找干部。要指定别人，用 jiemin pair add。
    """
    from jiemin.usecases.household_events.leaving import come_back as act

    carry(ctx, ("return", "恢复在册"), act(household, reason), on, (yes, dry_run, json))


def move(
    ctx: typer.Context,
    household: HouseholdArgument,
    village: Annotated[
        str,
        typer.Option(
            "--village", parser=said, metavar="镇村", help="搬到哪里，如 乌镇镇塘东村；同镇的可以只写村"
        ),
    ],
    reason: ReasonOption = "",
    on: OnOption = None,
    yes: YesOption = False,
    dry_run: DryRunOption = False,
    json: JsonOption = False,
) -> None:
    """迁居：在本市内搬到别的村；结对不变，并说明干部联系的镇村还对不对得上。

    迁出本市用 jiemin household exit --status 迁出。
    """
    from jiemin.usecases.household_events.moving import move as act

    event = act(household, village, current(ctx).places(), reason)
    carry(ctx, ("move", "迁居"), event, on, (yes, dry_run, json))


def change_head(
    ctx: typer.Context,
    household: HouseholdArgument,
    to: Annotated[str, typer.Option("--to", parser=said, metavar="成员", help="新户主：成员姓名或身份证号")],
    reason: Annotated[str, typer.Option("--reason", metavar="原因", help="为什么变更，如 年老")] = "",
    died: Annotated[bool, typer.Option("--died", help="原户主去世，不再是成员")] = False,
    left: Annotated[bool, typer.Option("--left", help="原户主离开这一户，不再是成员")] = False,
    on: OnOption = None,
    yes: YesOption = False,
    dry_run: DryRunOption = False,
    json: JsonOption = False,
) -> None:
    """变更户主：户编号、历史和结对都不变。

    其他成员与新户主的关系，推得出来的改好，推不出来的空着并列出来，不猜；填在家庭成员名册里再导入就补上了。
    原因写死亡的，等于加 --died。
    """
    from jiemin.domain.codes import STATUSES, HouseholdStatus, read_code
    from jiemin.usecases.household_events.heading import OldHead
    from jiemin.usecases.household_events.heading import change_head as act

    if died and left:
        raise typer.BadParameter("不能和 --died 一起写", param_hint="--left")
    died = died or (not left and read_code(STATUSES, reason) is HouseholdStatus.DECEASED)
    leaves = HouseholdStatus.DECEASED if died else HouseholdStatus.MOVED_OUT if left else None
    event = act(household, to, OldHead(reason, leaves))
    carry(ctx, ("change-head", "变更户主"), event, on, (yes, dry_run, json))


def split(
    ctx: typer.Context,
    household: HouseholdArgument,
    members: Annotated[
        str,
        typer.Option("--members", parser=said, metavar="成员", help="分出的成员，用逗号隔开：姓名或身份证号"),
    ],
    head: Annotated[str, typer.Option("--head", parser=said, metavar="新户主", help="分出的成员里谁是户主")],
    village: Annotated[
        str, typer.Option("--village", metavar="镇村", help="新户住在哪里；不写则和原户一样")
    ] = "",
    household_class: Annotated[
        Any,
        typer.Option("--class", parser=class_told, metavar="类别", help="新户的困难类别；不写则和原户一样"),
    ] = None,
    reason: ReasonOption = "",
    on: OnOption = None,
    yes: YesOption = False,
    dry_run: DryRunOption = False,
    json: JsonOption = False,
) -> None:
    """分户：几名成员另立一户，编一个新的户编号。

    新户由原户的第一责任人结对；他满额了，就另找干部，优先同一单位。收入等情况留在原户，新户要补填。
    """
    from jiemin.usecases.household_events.splitting import SplitOff
    from jiemin.usecases.household_events.splitting import split as act

    names = tuple(each.strip() for each in _LISTED.split(members) if each.strip())
    if not names:
        raise typer.BadParameter("要写分出的成员", param_hint="--members")
    wanted = SplitOff(names, head, village, household_class, reason)
    event = act(household, wanted, current(ctx).places())
    carry(ctx, ("split", "分户"), event, on, (yes, dry_run, json))


def merge(
    ctx: typer.Context,
    household: HouseholdArgument,
    into: Annotated[str, typer.Argument(metavar="到户", help="并到哪一户：户编号、户主姓名或身份证号")],
    reason: ReasonOption = "",
    on: OnOption = None,
    yes: YesOption = False,
    dry_run: DryRunOption = False,
    json: JsonOption = False,
) -> None:
    """并户：两家人从那一天起成为一户，前一户的成员都归后一户，前一户退出。

    后一户的户主、户编号和结对不变；并入的人与户主的关系，填在家庭成员名册里再导入。
    一户人录了两遍，不是并户，用 jiemin duplicates merge。
    """
    from jiemin.usecases.household_events.joining import join

    carry(ctx, ("merge", "并户"), join(household, into, reason), on, (yes, dry_run, json))


def add_to(app: "ChineseTyper") -> None:
    """Register these commands in the group of households."""
    for name, command in (
        ("exit", exit_),
        ("return", come_back),
        ("move", move),
        ("change-head", change_head),
        ("split", split),
        ("merge", merge),
    ):
        app.command(name)(command)
