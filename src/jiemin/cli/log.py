"""`jiemin log` and `jiemin undo`: what was done, and taking it back."""

from typing import TYPE_CHECKING, Annotated, Any

import typer

from jiemin.cli.chinese import ChineseTyper
from jiemin.cli.context import current
from jiemin.cli.groups import GROUPS
from jiemin.cli.options import DryRunOption, JsonOption
from jiemin.cli.screen import few

if TYPE_CHECKING:
    from jiemin.storage.actions import ActionRow

app = ChineseTyper(GROUPS["log"], no_args_is_help=False, invoke_without_command=True)

_COMMANDS = {
    "import": "导入",
    "pair auto": "自动配对",
    "pair add": "手工结对",
    "pair end": "结束结对",
    "pair rule pin": "规定必须结对",
    "pair rule bar": "规定不得结对",
    "pair rule kin": "近亲属备案",
    "pair rule take": "登记包村",
    "pair rule end": "解除结对规定",
    "cadre leave": "干部离任",
    "cadre retire": "干部退休",
    "cadre transfer": "干部调动",
    "cadre return": "干部重新任职",
    "cadre replace": "干部接替",
    "household exit": "家庭退出",
    "household return": "家庭恢复在册",
    "household move": "家庭迁居",
    "household change-head": "变更户主",
    "household split": "分户",
    "household merge": "并户",
    "household birth": "出生",
    "household death": "死亡",
    "household marry": "结婚",
    "household join": "成员加入",
    "household leave": "成员离开",
    "household reclass": "类别变更",
    "household file": "打印档案",
    "visit remind": "走访提醒单",
    "visit add": "登记走访",
    "visit correct": "更正走访",
    "visit void": "作废走访",
    "visit needs-met": "登记需求已解决",
    "visit list": "查看走访完整文字",
    "visit show": "查看一次走访完整文字",
    "survey add": "登记四清",
    "measure add": "登记措施",
    "measure deliver": "措施兑现",
    "measure drop": "取消措施",
    "measure change": "更改措施",
    "condition set": "登记家庭状况",
    "story add": "登记典型事迹",
    "story withdraw": "撤回典型事迹",
    "story show": "查看典型事迹完整号码",
    "inspect draw": "抽取督查户",
    "inspect record": "登记督查结果",
    "aid add": "登记救助事项",
    "aid void": "作废救助事项",
    "aid end": "终止救助事项",
    "subsidy compute": "计算补助",
    "subsidy approve": "批准补助",
    "subsidy void": "作废补助",
    "subsidy pay-list": "发放清单",
    "subsidy arrears": "找补发差额",
    "acknowledge": "确认检查出的问题",
    "duplicates merge": "合并重复",
    "duplicates keep-apart": "定为两个",
    "undo": "撤销",
    "export": "导出名册",
    "household list": "查看各户完整号码",
    "household show": "查看一户完整号码",
    "cadre list": "查看干部完整号码",
    "cadre show": "查看一名干部完整号码",
}
_TABLES = {
    "household": "困难家庭",
    "household_span": "家庭情况",
    "person": "人员",
    "person_span": "人员情况",
    "membership": "家庭成员关系",
    "cadre": "干部",
    "cadre_post": "任职",
    "unit": "单位",
    "unit_region": "联系镇村",
    "region": "镇村",
    "pairing": "结对",
    "pairing_run": "自动配对记录",
    "pair_rule": "结对规定",
    "cadre_kin": "近亲属备案",
    "visit": "走访",
    "visit_cadre": "走访人",
    "visit_correction": "走访更正以前",
    "household_survey": "四清",
    "measure": "帮扶措施",
    "household_condition": "家庭状况",
    "story": "典型事迹",
    "inspection": "督查",
    "inspected_household": "督查结果",
    "acknowledgement": "问题的确认",
    "award": "补助",
    "subsidy_run": "补助批次",
    "arrear": "补发",
    "aid_case": "救助事项",
    "policy_book": "政策文件",
    "household_alias": "并入的户",
    "person_alias": "并入的人",
    "cadre_alias": "并入的干部",
    "kept_apart": "定为两个的",
}
_ARGUMENTS = {
    "action": "撤销的编号",
    "kept": "留下",
    "merged": "并入",
    "one": "甲",
    "other": "乙",
    "household_no": "户编号",
    "cadre_no": "干部编号",
    "visit_no": "走访编号",
    "measure_no": "措施",
    "due_before": "原来的期限",
    "story_no": "事迹",
    "inspection_no": "督查",
    "run_no": "补助批次",
    "case_no": "救助事项",
    "heir_no": "接替的干部",
    "kinds": "种类",
}
_LISTED = 20


@app.callback(invoke_without_command=True)
def log(ctx: typer.Context, json: JsonOption = False) -> None:
    """操作记录，最近的在最下面。"""
    if ctx.invoked_subcommand is not None:
        if json:
            raise typer.BadParameter(f"后面不能再写 {ctx.invoked_subcommand}", param_hint="--json")
        return
    from jiemin.usecases.read_log import list_actions

    context = current(ctx)
    with context.database() as database:
        known = list_actions(database)
    if json:
        context.screen.json({"actions": [_shape(each) for each in known]})
        return
    context.screen.table(
        ["编号", "时间", "谁", "做了什么", "文件", "结果"],
        [
            [
                str(each.id),
                each.at.replace("T", " "),
                each.actor,
                _COMMANDS.get(each.command, each.command),
                few(each.files),
                _result(each),
            ]
            for each in known
        ],
    )
    if not known:
        context.screen.say("还没有操作记录")


@app.command("show")
def show(
    ctx: typer.Context,
    number: Annotated[int, typer.Argument(metavar="编号", help="操作的编号，见 jiemin log")],
    json: JsonOption = False,
) -> None:
    """一次操作写了什么。"""
    from jiemin.usecases.read_log import show_action

    context = current(ctx)
    with context.database() as database:
        detail = show_action(database, number)
    action, made, changed = detail.action, detail.made, detail.changed
    if json:
        rows_touched = {"new_rows": dict(made), "changed_rows": dict(changed)}
        context.screen.json({"action": _shape(action) | rows_touched})
        return
    say = context.screen.say
    what = _COMMANDS.get(action.command, action.command)
    say(f"第{action.id}号  {action.at.replace('T', ' ')}  {action.actor}  {what}  {_result(action)}")
    for name, digest in action.sources:
        say(f"文件：{name}（SHA-256 {digest[:16]}…）")
    for name, value in action.arguments.items():
        say(f"{_ARGUMENTS[name]}：{value}" if name in _ARGUMENTS else f"选项：{_option(name, value)}")
    rows = [
        [_TABLES.get(name, name), str(made[name]), str(changed[name])]
        for name in dict.fromkeys((*made, *changed))
    ]
    context.screen.table(["内容", "新增", "更改或去掉"], rows)


def _option(name: str, value: Any) -> str:
    """An option as it was typed."""
    typed = f"--{name.replace('_', '-')}"
    return typed if value is True else f"{typed} {value}"


def undo(
    ctx: typer.Context,
    number: Annotated[
        int | None, typer.Argument(metavar="编号", help="操作的编号，见 jiemin log；不写就是最近一次")
    ] = None,
    dry_run: DryRunOption = False,
    json: JsonOption = False,
) -> None:
    """撤销一次操作：它新增的去掉，它改的改回去；后来又改过或用到的留着，并说出来。"""
    from jiemin.usecases.undo_action import undo_action

    context = current(ctx)
    with context.database() as database:
        done = undo_action(database, context.stamp("undo"), number, dry_run=dry_run)
    if json:
        document = {
            "action": done.action.id,
            "removed": done.removed,
            "restored": done.restored,
            "kept": list(done.kept),
        }
        context.screen.json({"undo": document})
        return
    say = context.screen.say
    what = _COMMANDS.get(done.action.command, done.action.command)
    say(f"{'将' if dry_run else '已'}撤销第{done.action.id}号（{what}，{done.action.at.replace('T', ' ')}）")
    rows = [
        [_TABLES.get(name, name), str(done.removed.get(name, 0)), str(done.restored.get(name, 0))]
        for name in dict.fromkeys((*done.removed, *done.restored))
    ]
    context.screen.table(["内容", "去掉", "改回"], rows)
    if done.kept:
        more = f"等{len(done.kept)}个" if len(done.kept) > _LISTED else ""
        say(f"后来又改过或用到，留着没有动：{'、'.join(done.kept[:_LISTED])}{more}")
    if dry_run:
        say("这是试算，什么都没有写入")


def _result(action: "ActionRow") -> str:
    names = {
        "new": "新增",
        "changed": "更改",
        "unchanged": "未变",
        "rejected": "未导入",
        "started": "新增",
        "ended": "结束",
        "removed": "去掉",
        "restored": "改回",
        "kept": "保留",
        "moved": "归并",
        "acknowledged": "确认",
    }
    told = [f"{names.get(name, name)}{number}" for name, number in action.counts.items() if number]
    if action.command == "undo":
        told.insert(0, f"第{action.arguments['action']}号")
    if action.undone_by:
        told.append(f"已由第{action.undone_by}号撤销")
    return "，".join(told)


def _shape(action: "ActionRow") -> dict[str, Any]:
    return {
        "action": action.id,
        "at": action.at,
        "actor": action.actor,
        "command": action.command,
        "arguments": action.arguments,
        "sources": [{"file": name, "sha256": digest} for name, digest in action.sources],
        "counts": action.counts,
        "undone_by": action.undone_by,
    }
