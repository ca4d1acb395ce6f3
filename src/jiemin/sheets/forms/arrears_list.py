"""补发应退表: what approved periods still owe and are owed back, apart, each with control totals."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Protocol

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from jiemin.domain.arrears import (
    ArrearGroup,
    ArrearLine,
    ArrearSums,
    ArrearTotals,
    arrear_groups,
    arrear_totals,
    payments_of,
    recoveries_of,
    totals_by_town,
)
from jiemin.domain.capitals import in_capitals
from jiemin.domain.money import yuan
from jiemin.sheets.forms.frame import (
    TITLE_ROWS,
    Heading,
    bureau_of,
    write_blank_row,
    write_foot,
    write_header,
    write_title,
)
from jiemin.sheets.forms.lists import ListColumn, ListRow, fitted, write_row
from jiemin.sheets.style import (
    LANDSCAPE_WIDTH,
    CellValue,
    Look,
    new_workbook,
    put,
    put_merged,
    set_height,
    set_page,
    set_widths,
    spread,
)
from jiemin.sheets.writer import save_workbook

PAID, OWED_BACK, TOWNS = "补发", "应退", "分镇合计"

_WHO = (
    ListColumn("序号", 5.5, Look.COUNT),
    ListColumn("户编号", 9.5, Look.CODE),
    ListColumn("镇(街道)", 10.5, Look.TEXT),
    ListColumn("村(社区)", 10.5, Look.TEXT),
    ListColumn("户主", 9.5, Look.CODE),
    ListColumn("项目", 16, Look.TEXT),
    ListColumn("时段", 17, Look.CODE),
)
_TOWN_COLUMNS = (
    ListColumn("镇(街道)", 16, Look.TEXT),
    *(
        ListColumn(f"{name}{what}", width, look)
        for name in (PAID, OWED_BACK)
        for what, width, look in (
            ("户数", 10.0, Look.COUNT),
            ("笔数", 10.0, Look.COUNT),
            ("金额", 14.0, Look.MONEY),
        )
    ),
)
_APART = "应退的钱不从补发的钱里扣，另行发函追回。"
_TOTALS = {Look.COUNT: Look.TOTAL_COUNT, Look.MONEY: Look.TOTAL_MONEY}


class Home(Protocol):
    """What a list tells of a household besides its number."""

    @property
    def head_name(self) -> str:
        """The head's name."""

    @property
    def town(self) -> str:
        """镇、街道."""

    @property
    def village(self) -> str:
        """村、社区."""


@dataclass(frozen=True, slots=True)
class _Form:
    """What the sheets share: the words above them, the households they name, and what else is to be known."""

    homes: Mapping[str, Home]
    county: str
    subtitle: str
    filled_on: date
    remarks: tuple[str, ...] = ()

    def heading(self, title: str) -> Heading:
        """The title block of a sheet."""
        return Heading("", title, self.subtitle, bureau_of(self.county), self.filled_on, "单位：户、元")


def write_arrears_list(
    lines: Sequence[ArrearLine],
    homes: Mapping[str, Home],
    path: Path,
    *,
    county: str,
    towns: Iterable[str],
    subtitle: str,
    filled_on: date,
    remarks: Iterable[str] = (),
) -> None:
    """Save the lines by household and item, with `remarks` below; raises `SaveError` when it cannot."""
    form = _Form(homes, county, subtitle, filled_on, tuple(remarks))
    workbook, totals = new_workbook(), arrear_totals(lines)
    _write_side(workbook, PAID, arrear_groups(payments_of(lines)), totals.payments, form)
    _write_side(workbook, OWED_BACK, arrear_groups(recoveries_of(lines)), totals.recoveries, form)
    town_of = {number: home.town for number, home in homes.items()}
    _write_towns(workbook, totals_by_town(lines, town_of, towns), totals, form)
    save_workbook(workbook, path)


def _write_side(
    workbook: Workbook, side: str, groups: Sequence[ArrearGroup], sums: ArrearSums, form: _Form
) -> None:
    """One sheet, payments or recoveries, with the control totals below."""
    known = {"户编号": [each.household_no for each in groups], "时段": [each.span for each in groups]}
    columns = [fitted(column, known.get(column.head, ())) for column in _WHO]
    columns += [ListColumn("笔数", 6.5, Look.COUNT)]
    columns += [ListColumn(head, 13, Look.MONEY) for head in ("应发", "已发", side)]
    rows = [_cells(number, each, form.homes) for number, each in enumerate(groups, start=1)]
    paid_and_due = (
        yuan(sum(each.due_fen for each in groups)),
        yuan(sum(each.paid_fen for each in groups)),
    )
    title = "困难家庭补助补发表" if side == PAID else "困难家庭补助多发应退表"
    total = (f"合计  {sums.households}户", sums.amounts, *paid_and_due, yuan(sums.fen))
    told = f"{sums.households}户，{sums.amounts}笔，{yuan(sums.fen):,}元"
    notes = [
        f"控制总数：{told}，人民币（大写）{in_capitals(sums.fen)}。",
        "一户一个项目一行；笔数是时段数。应发按现在的资料和政策计算，已发是各批准批次之和。",
        _APART,
        *form.remarks,
    ]
    _write_sheet(workbook, side, form.heading(title), columns, rows, total, notes)


def _cells(number: int, group: ArrearGroup, homes: Mapping[str, Home]) -> tuple[CellValue, ...]:
    home = homes[group.household_no]
    return (
        number,
        group.household_no,
        home.town or None,
        home.village or None,
        home.head_name or None,
        group.item,
        group.span,
        len(group.lines),
        *map(yuan, (group.due_fen, group.paid_fen, group.fen)),
    )


def _write_towns(
    workbook: Workbook, by_town: Mapping[str, ArrearTotals], totals: ArrearTotals, form: _Form
) -> None:
    rows = [(town, *_both(each)) for town, each in by_town.items()]
    heading = form.heading("困难家庭补助补发应退分镇合计")
    _write_sheet(workbook, TOWNS, heading, _TOWN_COLUMNS, rows, ("合计", *_both(totals)), [_APART])


def _both(totals: ArrearTotals) -> tuple[CellValue, ...]:
    return tuple(
        value
        for sums in (totals.payments, totals.recoveries)
        for value in (sums.households, sums.amounts, yuan(sums.fen))
    )


def _write_sheet(
    workbook: Workbook,
    name: str,
    heading: Heading,
    columns: Sequence[ListColumn],
    rows: Sequence[tuple[CellValue, ...]],
    total: Sequence[CellValue],
    notes: Sequence[str],
) -> None:
    """A list with its sums; those fill the last columns, their name the first."""
    sheet: Worksheet = workbook.create_sheet(name)
    widths = spread([column.width for column in columns], LANDSCAPE_WIDTH)
    set_widths(sheet, widths)
    write_title(sheet, heading, widths)
    row = header = write_header(sheet, [(column.head,) for column in columns], widths)
    for cells in rows:
        row += 1
        write_row(sheet, row, columns, ListRow(cells), widths)
    if not rows:
        row += 1
        write_blank_row(sheet, row, len(columns), "没有")
    row += 1
    first = len(columns) - len(total) + 2
    put_merged(sheet, row, 1, first - 1, total[0], Look.TOTAL_NAME)
    for column, value in enumerate(total[1:], start=first):
        put(sheet, row, column, value, _TOTALS[columns[column - 1].look])
    set_height(sheet, row, 1)
    last = write_foot(sheet, row + 1, widths, notes=notes)
    sheet.freeze_panes = f"A{header + 1}"
    set_page(sheet, last_row=last, last_column=len(columns), header=(TITLE_ROWS + 1, header))
