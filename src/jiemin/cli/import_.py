"""`jiemin import`: rosters in."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from jiemin.cli.context import current
from jiemin.cli.options import DryRunOption, JsonOption, day_option
from jiemin.errors import ExitCode

if TYPE_CHECKING:
    from jiemin.cli.screen import Screen
    from jiemin.domain.problems import Problem
    from jiemin.usecases.import_workbook import FileOutcome, ImportOutcome

_LISTED = 20


def import_(
    ctx: typer.Context,
    files: Annotated[
        list[Path],
        typer.Argument(
            metavar="文件",
            help="名册文件或文件夹，可以有几个（.xlsx .xls .et .xlsb .ods .csv）；“-”是标准输入",
        ),
    ],
    as_of: Annotated[
        Any,
        typer.Option("--as-of", parser=day_option, metavar="日期", help="名册从哪一天起算，默认本季度第一天"),
    ] = None,
    town: Annotated[
        str | None, typer.Option("--town", metavar="镇", help="名册里没有写镇（街道）时用这个")
    ] = None,
    strict: Annotated[bool, typer.Option("--strict", help="有一行不能导入就全部不写")] = False,
    full: Annotated[
        bool,
        typer.Option(
            "--full",
            help="名册是完整的：列出在册而名册里没有的户。"
            "范围是 --town 的镇，没写就是名册里各户所在的镇；一个镇的户都在一个村，就只算这个村",
        ),
    ] = False,
    end_missing: Annotated[
        Any,
        typer.Option(
            "--end-missing",
            parser=day_option,
            metavar="日期",
            help="从这一天起，--full 列出的户停保；有一行看不出是哪一户，就一户也不停",
        ),
    ] = None,
    yes: Annotated[bool, typer.Option("--yes", "-y", help="停保的户超过一个镇的三分之一也停")] = False,
    dry_run: DryRunOption = False,
    json: JsonOption = False,
) -> None:  # Long because: every option of the command stands in its signature.
    """导入名册：困难家庭、家庭成员、干部、单位、村社区、结对、走访、四清、帮扶措施、家庭状况、救助事项等，自动识别。"""
    context = current(ctx)
    if end_missing is not None and not full:
        raise typer.BadParameter("要和 --full 一起用", param_hint="--end-missing")
    if end_missing is not None and end_missing > context.today:
        raise typer.BadParameter(f"{end_missing}在今天以后", param_hint="--end-missing")
    with context.screen.progress("读取名册") as progress:
        from jiemin.usecases.import_workbook import Complete, import_files
        from jiemin.usecases.roster_files import folders_within, roster_files, with_piped

        with with_piped(files, getattr(sys.stdin, "buffer", None)) as (named, piped):
            outcome = import_files(
                roster_files(named),
                context.database_path,
                context.stamp("import", strict=strict, town=town, as_of=as_of, end_missing=end_missing),
                context.places(),
                today=context.today,
                as_of=as_of,
                town=town,
                pairing=context.pairing_settings(),
                dry_run=dry_run,
                strict=strict,
                complete=Complete(end_missing, yes) if full else None,
                progress=progress,
                piped=piped,
            )
    for folder in folders_within(files):
        context.screen.tell(f"提醒：里面的文件夹“{folder}”没有导入；要导入请写明：jiemin import {folder}")
    if json:
        told = [_file_shape(each) for each in outcome.files]
        context.screen.json({"files": told, "missing": _missing_shape(outcome)})
    else:
        _show(context.screen, outcome, dry_run)
    raise typer.Exit(_exit_code(outcome))


def _exit_code(outcome: "ImportOutcome") -> ExitCode:
    if outcome.nothing_to_enter:
        return ExitCode.DONE
    if outcome.stopped or not outcome.took_anything:
        return ExitCode.MENDABLE
    return ExitCode.PARTIAL if outcome.rejected_anything else ExitCode.DONE


def _show(screen: "Screen", outcome: "ImportOutcome", dry_run: bool) -> None:
    from jiemin.domain.spans import Outcome

    rows = []
    for file in outcome.files:
        if file.refused is not None:
            screen.tell(f"错误：{file.refused.message}")
            screen.tell(f"办法：{file.refused.hint}")
        for tally in file.tallies:
            counts = tally.outcomes
            if tally.sheet.left_blank and not (sum(counts.values()) or tally.rejected):
                continue  # a form handed out that came back as it was
            rows.append(
                [
                    file.path.name,
                    tally.sheet.name,
                    tally.sheet.kind.value,
                    *(str(counts[each]) for each in Outcome),
                    str(tally.rejected),
                    str(tally.warned),
                ]
            )
    if rows:
        columns = ["文件", "工作表", "种类", "新增", "更改", "未变", "未导入", "提醒"]
        screen.table(columns, rows)
    for file in outcome.files:
        _show_changes(screen, file, dry_run)
        _show_problems(screen, file.path.name, file.all_problems, in_workbook=file.error_workbook is not None)
        if file.error_workbook:
            way = "请在原表里改好再导入" if outcome.stopped else "改好后可直接导入"
            screen.say(f"有问题的行已另存为 {file.error_workbook}，{way}")
        elif file.error_workbook_refused:
            screen.tell(f"提醒：问题表没有写成：{file.error_workbook_refused}")
    _show_missing(screen, outcome)
    if outcome.left_blank:
        screen.say(f"{outcome.left_blank}户还没有填")
    screen.say(_verdict(outcome, dry_run))
    if outcome.settled:
        screen.say("批准过的补助可能因此有差额，先看一看：jiemin subsidy arrears -n")


def _show_missing(screen: "Screen", outcome: "ImportOutcome") -> None:
    """Households in the work that a complete roster does not list."""
    missing = outcome.missing
    if missing is None:
        return
    rows = [
        [each.household_no, each.head_name, each.place, "停保" if each.ended else ""]
        for each in missing.households
    ]
    screen.table(["户编号", "户主", "镇村", ""], rows[:_LISTED], "在册而名册里没有的户")
    if len(rows) > _LISTED:
        screen.say(f"……还有{len(rows) - _LISTED}户")
    ended = sum(each.ended for each in missing.households)
    screen.say(f"在册而名册里没有的共{len(rows)}户" + (f"，停保{ended}户" if ended else ""))
    if missing.refused:
        screen.tell(f"提醒：{missing.refused}")
    elif missing.too_many:
        screen.tell(f"错误：{missing.too_many}")
        screen.tell("办法：核对名册是不是完整的；确是完整的，就加上 -y")


def _missing_shape(outcome: "ImportOutcome") -> dict[str, Any] | None:
    missing = outcome.missing
    if missing is None:
        return None
    return {
        "households": [
            {
                "household_no": each.household_no,
                "head_name": each.head_name,
                "place": each.place,
                "ended": each.ended and not missing.too_many,
            }
            for each in missing.households
        ],
        "refused": missing.refused or missing.too_many or None,
    }


def _show_changes(screen: "Screen", file: "FileOutcome", dry_run: bool) -> None:
    """The cells that replace what was on record, old and new; of a dry run those that add to it too."""
    changes = [
        (tally.sheet.kind, change)
        for tally in file.tallies
        for change in tally.changes
        if dry_run or change.difference.old not in (None, "", ())
    ]
    if changes:
        from jiemin.sheets.columns.recognise import label_of
    for kind, change in changes[:_LISTED]:
        told = change.difference
        old, new = _shown(told.field, told.old), _shown(told.field, told.new)
        where = (file.path.name, change.sheet, change.cell, change.subject, label_of(kind, change.column))
        screen.say(f"{' '.join(part for part in where if part)}：{old} → {new}")
    if len(changes) > _LISTED:
        screen.say(f"……还有{len(changes) - _LISTED}处更改")


def _shown(field: str, value: Any) -> str:
    """A value on record in the clerk's words."""
    from jiemin.domain.money import format_yuan

    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, int) and field.endswith("_fen"):
        return format_yuan(value)
    return (
        {"month": "按月", "year": "按年"}.get(value, _masked(value))
        if isinstance(value, str)
        else _masked(value)
    )


def _show_problems(screen: "Screen", name: str, problems: list["Problem"], *, in_workbook: bool) -> None:
    from jiemin.domain.problems import told_once

    problems = told_once(problems)
    for problem in problems[:_LISTED]:
        place = " ".join(part for part in (name, problem.sheet, problem.cell) if part)
        value = f"“{_masked(problem.value)}”" if problem.value else ""
        screen.say(
            f"{problem.severity.label} {problem.code} {place} {value}{problem.message}；{problem.kind.remedy}"
        )
    if len(problems) > _LISTED:
        screen.say(f"……还有{len(problems) - _LISTED}个问题{'，见问题表' if in_workbook else ''}")


def _verdict(outcome: "ImportOutcome", dry_run: bool) -> str:
    if outcome.stopped_by_strict:
        return "有不能导入的行，按 --strict 全部没有写入"
    if outcome.stopped_by_missing:
        return "要停保的户太多，全部没有写入"
    if outcome.nothing_to_enter:
        return "没有要登记的走访，什么都没有写入"
    if not outcome.took_anything:
        return "没有可以导入的内容，什么都没有写入"
    if dry_run:
        return "这是试算，什么都没有写入"
    return "导入完成" if outcome.written else "与库里的内容相同，没有改动"


def _file_shape(file: "FileOutcome") -> dict[str, Any]:
    """The contract's shape of one file."""
    from jiemin.domain.spans import Outcome

    return {
        "file": "-" if file.piped else str(file.path),
        "kind": "、".join(dict.fromkeys(tally.sheet.kind.value for tally in file.tallies)) or None,
        "refused": file.refused.message if file.refused else None,
        "sheets": [
            {
                "sheet": tally.sheet.name,
                "kind": tally.sheet.kind.value,
                "rows": sum(tally.outcomes.values()) + tally.rejected,
                "new": tally.outcomes[Outcome.NEW],
                "changed": tally.outcomes[Outcome.CHANGED],
                "unchanged": tally.outcomes[Outcome.UNCHANGED],
                "rejected": tally.rejected,
                "warned": tally.warned,
                "left_blank": len(tally.sheet.left_blank),
            }
            for tally in file.tallies
        ],
        "problems": [
            {
                "code": problem.code,
                "severity": problem.severity.value,
                "sheet": problem.sheet,
                "cell": problem.cell,
                "value": _masked(problem.value),
                "message": problem.message,
            }
            for problem in file.all_problems
        ],
        "changes": [
            {
                "sheet": change.sheet,
                "cell": change.cell,
                "subject": change.subject,
                "field": change.difference.field,
                "old": _masked(change.difference.old),
                "new": _masked(change.difference.new),
            }
            for tally in file.tallies
            for change in tally.changes
        ],
        "error_workbook": str(file.error_workbook) if file.error_workbook else None,
    }


def _masked(value: Any) -> str:
    """A cell's value as shown: long runs of digits keep only their ends."""
    from jiemin.domain.people import mask_digits

    if value is None or value == "":
        return "空"
    if isinstance(value, tuple):
        return "、".join(_masked(each) for each in value) or "空"
    return mask_digits(str(value))
