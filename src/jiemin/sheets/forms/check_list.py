"""问题清单: what the checks found, to be handed out and worked off."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from jiemin.sheets.forms.frame import Heading, bureau_of
from jiemin.sheets.forms.lists import ListColumn, ListRow, fitted, write_list
from jiemin.sheets.style import Look, new_workbook
from jiemin.sheets.writer import save_workbook

_COLUMNS = (
    ListColumn("序号", 5, Look.COUNT),
    ListColumn("编号", 16, Look.CODE),
    ListColumn("轻重", 6, Look.CODE),
    ListColumn("问题", 16, Look.TEXT),
    ListColumn("对象", 22, Look.TEXT),
    ListColumn("说明", 32, Look.TEXT),
    ListColumn("怎么办", 30, Look.TEXT),
    ListColumn("镇(街道)", 10, Look.TEXT),
    ListColumn("单位", 12, Look.TEXT),
    ListColumn("核对结果", 12, Look.TEXT),
)


@dataclass(frozen=True, slots=True)
class CheckLine:
    """One finding in words."""

    number: str
    gravity: str
    title: str
    subject: str
    message: str
    remedy: str
    towns: str
    units: str


def write_check_list(
    lines: Sequence[CheckLine], unchecked: Sequence[str], path: Path, *, county: str, day: date
) -> None:
    """Save the findings as a list with room for what was found out; at its foot what was not checked.

    Raises `SaveError` when it cannot be saved.
    """
    heading = Heading(
        annex="",
        title="检查问题清单",
        subtitle=f"截至{day.year}年{day.month}月{day.day}日",
        filled_by=bureau_of(county),
        filled_on=day,
        measures="单位：条",
    )
    first, number, *others = _COLUMNS
    workbook = new_workbook()
    write_list(
        workbook,
        "问题清单",
        heading,
        [first, fitted(number, (line.number for line in lines)), *others],
        [ListRow((place, *_cells(line))) for place, line in enumerate(lines, start=1)],
        empty="没有发现问题",
        notes=[f"共{len(lines)}条。", *(f"没有查的：{each}。" for each in unchecked)],
    )
    save_workbook(workbook, path)


def _cells(line: CheckLine) -> tuple[str, ...]:
    return (
        line.number,
        line.gravity,
        line.title,
        line.subject,
        line.message,
        line.remedy,
        line.towns,
        line.units,
        "",
    )
