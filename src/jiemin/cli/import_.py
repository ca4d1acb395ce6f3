"""`jiemin import`: rosters in."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from jiemin.cli.context import current
from jiemin.cli.options import DryRunOption, JsonOption, day_option
from jiemin.domain.problems import told_once
from jiemin.domain.spans import Outcome
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
        typer.Argument(metavar="文件", help="名册文件或文件夹，可以有几个（.xlsx .xls .et .xlsb .ods .csv）"),
    ],
    as_of: Annotated[
        Any,
        typer.Option("--as-of", parser=day_option, metavar="日期", help="名册从哪一天起算，默认本季度第一天"),
    ] = None,
    town: Annotated[
        str | None, typer.Option("--town", metavar="镇", help="名册里没有写镇（街道）时用这个")
    ] = None,
    strict: Annotated[bool, typer.Option("--strict", help="有一行不能导入就全部不写")] = False,
    dry_run: DryRunOption = False,
    json: JsonOption = False,
) -> None:
    """导入名册：困难家庭、家庭成员、干部、结对名单、走访记录，自动识别。"""
    context = current(ctx)
    with context.screen.progress("读取名册") as progress:
        from jiemin.usecases.import_workbook import import_files
        from jiemin.usecases.roster_files import roster_files

        outcome = import_files(
            roster_files(files),
            context.database_path,
            context.stamp("import", strict=strict, town=town, as_of=as_of),
            context.places(),
            today=context.today,
            as_of=as_of,
            town=town,
            dry_run=dry_run,
            strict=strict,
            progress=progress,
        )
    if json:
        context.screen.json({"files": [_file_shape(each) for each in outcome.files]})
    else:
        _show(context.screen, outcome, dry_run)
    raise typer.Exit(_exit_code(outcome))


def _exit_code(outcome: "ImportOutcome") -> ExitCode:
    if outcome.stopped_by_strict or not outcome.took_anything:
        return ExitCode.MENDABLE
    return ExitCode.PARTIAL if outcome.rejected_anything else ExitCode.DONE


def _show(screen: "Screen", outcome: "ImportOutcome", dry_run: bool) -> None:
    rows = []
    for file in outcome.files:
        if file.refused is not None:
            screen.tell(f"错误：{file.refused.message}")
            screen.tell(f"办法：{file.refused.hint}")
        for tally in file.tallies:
            counts = tally.outcomes
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
        _show_problems(screen, file.path.name, file.all_problems)
        if file.error_workbook:
            screen.say(f"有问题的行已另存为 {file.error_workbook}，改好后可直接导入")
        elif file.error_workbook_refused:
            screen.tell(f"提醒：问题表没有写成：{file.error_workbook_refused}")
    screen.say(_verdict(outcome, dry_run))


def _show_changes(screen: "Screen", file: "FileOutcome", dry_run: bool) -> None:
    """The cells that replace what was on record, old and new; of a dry run those that add to it too."""
    changes = [
        change
        for tally in file.tallies
        for change in tally.changes
        if dry_run or change.difference.old not in (None, "", ())
    ]
    for change in changes[:_LISTED]:
        told = change.difference
        old, new = _shown(told.field, told.old), _shown(told.field, told.new)
        screen.say(f"{change.sheet} {change.cell} {change.subject}：{old} → {new}")
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


def _show_problems(screen: "Screen", name: str, problems: list["Problem"]) -> None:
    problems = told_once(problems)
    for problem in problems[:_LISTED]:
        place = " ".join(part for part in (name, problem.sheet, problem.cell) if part)
        value = f"“{_masked(problem.value)}”" if problem.value else ""
        screen.say(
            f"{problem.severity.label} {problem.code} {place} {value}{problem.message}；{problem.kind.remedy}"
        )
    if len(problems) > _LISTED:
        screen.say(f"……还有{len(problems) - _LISTED}个问题，见问题表")


def _verdict(outcome: "ImportOutcome", dry_run: bool) -> str:
    if outcome.stopped_by_strict:
        return "有不能导入的行，按 --strict 全部没有写入"
    if not outcome.took_anything:
        return "没有可以导入的内容，什么都没有写入"
    if dry_run:
        return "这是试算，什么都没有写入"
    return "导入完成" if outcome.written else "与库里的内容相同，没有改动"


def _file_shape(file: "FileOutcome") -> dict[str, Any]:
    """The contract's shape of one file."""
    return {
        "file": str(file.path),
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
