"""发放清单: what the bank pays into which account, with control totals; who has to wait; what to look into.

It goes to the bank and the accountant, so all numbers are full; it is readable by its owner alone.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from jiemin.domain.capitals import in_capitals
from jiemin.domain.money import Fen, yuan
from jiemin.domain.pay_list import Payee, PayList, PayRow, PayTotals, pay_totals
from jiemin.sheets.forms.frame import (
    TITLE_ROWS,
    Heading,
    bureau_of,
    write_blank_row,
    write_foot,
    write_header,
    write_title,
)
from jiemin.sheets.forms.lists import ListColumn, ListRow, fitted, write_list, write_row
from jiemin.sheets.style import (
    LANDSCAPE_WIDTH,
    CellValue,
    Look,
    lines_needed,
    new_workbook,
    put,
    put_merged,
    set_height,
    set_page,
    set_widths,
    spread,
)
from jiemin.sheets.writer import save_workbook

PAY, WAITING, SHARED, OWED_BACK = "发放清单", "无账号", "核对", "应退"
CONTRIBUTIONS = "由政府代缴"

_NUMBER = ListColumn("序号", 5.5, Look.COUNT)
_HOUSEHOLD = ListColumn("户编号", 9.5, Look.CODE)
_TOWN = ListColumn("镇(街道)", 10.5, Look.TEXT)
_VILLAGE = ListColumn("村(社区)", 10.5, Look.TEXT)
_HEAD = ListColumn("户主", 9.5, Look.CODE)
_ID = ListColumn("身份证号", 24.5, Look.CODE)
_BANK = ListColumn("开户银行", 16, Look.TEXT)
_ACCOUNT = ListColumn("银行账号", 26.5, Look.CODE)
_PERIODS = ListColumn("补发时段", 11, Look.TEXT)
_WHO = (_NUMBER, _HOUSEHOLD, _TOWN, _VILLAGE, _HEAD, _ID)
_WIDEST_BANK = 32.0
_MEASURES = "单位：户、元"


@dataclass(frozen=True, slots=True)
class _Frame:
    """What the sheets' title blocks share."""

    county: str
    subtitle: str
    filled_on: date

    def heading(self, title: str) -> Heading:
        """The title block of a sheet."""
        return Heading("", title, self.subtitle, bureau_of(self.county), self.filled_on, _MEASURES)


def write_pay_list(
    listed: PayList, path: Path, *, county: str, subtitle: str, arrears: bool, filled_on: date
) -> None:
    """Save the list; contributions have a sheet of their own where there are any, so has what is owed back in
    a run of `arrears`.

    Raises `SaveError` when it cannot be saved.
    """
    workbook, frame = new_workbook(), _Frame(county, subtitle, filled_on)
    _write_paid(workbook, listed, frame, arrears=arrears)
    _write_waiting(workbook, listed, frame)
    _write_shared(workbook, listed, frame)
    if listed.contributions:
        _write_contributions(workbook, listed, frame, arrears=arrears)
    if arrears:
        _write_owed_back(workbook, listed, frame)
    save_workbook(workbook, path)


def _write_paid(workbook: Workbook, listed: PayList, frame: _Frame, *, arrears: bool) -> None:
    """The rows the bank pays, their sums, and the control totals of the whole run."""
    sheet: Worksheet = workbook.create_sheet(PAY)
    columns = _paid_columns(listed, arrears=arrears)
    widths = spread([column.width for column in columns], LANDSCAPE_WIDTH)
    set_widths(sheet, widths)
    write_title(sheet, frame.heading(f"困难家庭补助{'补发' if arrears else '发放'}清单"), widths)
    row = header = write_header(sheet, [(column.head,) for column in columns], widths)
    for number, each in enumerate(listed.payable, start=1):
        row += 1
        write_row(sheet, row, columns, ListRow(_paid_cells(number, each, listed.items, arrears)), widths)
    if row == header:
        row += 1
        write_blank_row(sheet, row, len(columns), "没有可以由银行发放的户")
    row = _write_sums(sheet, row + 1, listed, len(columns))
    row = _write_control(sheet, row + 1, listed, widths)
    notes = [
        "一户一行，户数就是行数；一户一个项目一个时段算一笔。",
        "没有登记户主、开户银行或银行账号的户列在“无账号”表，已计入全部合计；账号相同的户列在“核对”表，核对后再发。",
    ]
    if listed.contributions:
        notes.append(
            f"{'、'.join(listed.contribution_items)}由政府缴给经办机构，列在“{CONTRIBUTIONS}”表，不打入户里的账号；"
            "已计入全部合计，一户几张表都有的只算一户。"
        )
    notes += ["应退的钱列在“应退”表，不从应发的钱里扣。"] if arrears else []
    last = write_foot(sheet, row + 1, widths, notes=[*notes, "本表有完整身份证号和账号，用后请妥善保管。"])
    sheet.freeze_panes = f"A{header + 1}"
    set_page(sheet, last_row=last, last_column=len(columns), header=(TITLE_ROWS + 1, header))


def _paid_columns(listed: PayList, *, arrears: bool) -> list[ListColumn]:
    rows = listed.payable
    who = [
        _NUMBER,
        fitted(_HOUSEHOLD, (row.payee.household_no for row in rows)),
        _TOWN,
        _VILLAGE,
        _HEAD,
        fitted(_ID, (row.payee.id_number for row in rows)),
        _bank(row.payee for row in rows),
        fitted(_ACCOUNT, (row.payee.account for row in rows)),
    ]
    items = [ListColumn(item, 12.5, Look.MONEY) for item in listed.items]
    periods = [_PERIODS] if arrears else []
    return [*who, *periods, *items, ListColumn("合计", 14, Look.MONEY)]


def _bank(payees: Iterable[Payee]) -> ListColumn:
    """The bank's names in one line each, if they are not very long."""
    column = fitted(_BANK, (payee.bank for payee in payees))
    return replace(column, width=min(column.width, _WIDEST_BANK))


def _paid_cells(number: int, row: PayRow, items: Sequence[str], arrears: bool) -> tuple[CellValue, ...]:
    return (
        *_who(number, row.payee),
        row.payee.bank,
        row.payee.account,
        *([_periods(row.periods)] if arrears else []),
        *_amounts(row, items),
    )


def _amounts(row: PayRow, items: Sequence[str]) -> tuple[CellValue, ...]:
    """What it gets of each item, and the whole."""
    amounts = (row.by_item.get(item) for item in items)
    return (*(None if fen is None else yuan(fen) for fen in amounts), yuan(row.fen))


def _periods(periods: Sequence[str]) -> str:
    """The periods, or the first and the last of more than two."""
    return "\n".join(periods) if len(periods) < 3 else f"{periods[0]}至\n{periods[-1]}"


def _who(number: int, payee: Payee) -> tuple[CellValue, ...]:
    told = (payee.household_no, payee.town, payee.village, payee.head_name, payee.id_number)
    return (number, *(text or None for text in told))


def _write_sums(sheet: Worksheet, row: int, listed: PayList, last: int) -> int:
    """The sums of the columns of money."""
    rows = listed.payable
    first = last - len(listed.items)
    put_merged(sheet, row, 1, first - 1, "本表合计", Look.TOTAL_NAME)
    sums = [sum(each.by_item.get(item, 0) for each in rows) for item in listed.items]
    for column, fen in enumerate([*sums, pay_totals(rows).fen], start=first):
        put(sheet, row, column, yuan(fen), Look.TOTAL_MONEY)
    set_height(sheet, row, 1)
    return row


def _write_control(sheet: Worksheet, row: int, listed: PayList, widths: Sequence[float]) -> int:
    """The control totals: the bank's rows, those without account, contributions, and the whole run."""
    spans = ((1, 2), (3, 3), (4, 4), (5, 6), (7, len(widths)))
    heads = ("控制总数", "户数", "笔数", "金额", "人民币（大写）")
    for (first, last), head in zip(spans, heads, strict=True):
        put_merged(sheet, row, first, last, head, Look.HEAD)
    set_height(sheet, row, 1)
    looks = (Look.NAME, Look.TOTAL_COUNT, Look.TOTAL_COUNT, Look.TOTAL_MONEY, Look.TEXT)
    contributed = [(CONTRIBUTIONS, pay_totals(listed.contributions))] if listed.contributions else []
    named: list[tuple[str, PayTotals]] = [
        ("本表", pay_totals(listed.payable)),
        ("无账号", pay_totals(listed.waiting)),
        *contributed,
        ("全部合计", listed.totals),
    ]
    for name, told in named:
        row += 1
        capitals = in_capitals(told.fen)
        cells: tuple[CellValue, ...] = (name, told.households, told.amounts, yuan(told.fen), capitals)
        for (first, last), value, look in zip(spans, cells, looks, strict=True):
            put_merged(sheet, row, first, last, value, look)
        set_height(sheet, row, lines_needed(capitals, sum(widths[6:])))
    return row


def _write_waiting(workbook: Workbook, listed: PayList, frame: _Frame) -> None:
    columns = [*_fit(_WHO, (row.payee for row in listed.waiting)), _BANK, _ACCOUNT]
    rows = (
        ListRow(
            (
                *_who(number, row.payee),
                row.payee.bank or None,
                row.payee.account or None,
                yuan(row.fen),
                row.payee.lacking,
            )
        )
        for number, row in enumerate(listed.waiting, start=1)
    )
    write_list(
        workbook,
        WAITING,
        frame.heading("没有账号、暂不能由银行发放的户"),
        [*columns, ListColumn("应发金额", 13, Look.MONEY), ListColumn("原因", 20, Look.TEXT)],
        rows,
        empty="没有",
        notes=[
            f"合计：{_in_words(pay_totals(listed.waiting))}。",
            "补好名册里的户主、开户银行、银行账号，重新导入，再出一次清单。",
        ],
    )


def _write_shared(workbook: Workbook, listed: PayList, frame: _Frame) -> None:
    columns = [ListColumn("账号", 26.5, Look.CODE), *_fit(_WHO[1:], (row.payee for row in listed.shared))]
    rows = (
        ListRow((number, row.payee.account, *_who(number, row.payee)[1:], row.payee.bank, yuan(row.fen)))
        for number, row in enumerate(listed.shared, start=1)
    )
    write_list(
        workbook,
        SHARED,
        frame.heading("账号相同、发放前要核对的户"),
        [_NUMBER, *columns, _BANK, ListColumn("应发金额", 13, Look.MONEY)],
        rows,
        empty="没有账号相同的户",
        notes=["这些户已列在“发放清单”表。核对是不是填错了账号，或同一户登记了两次：jiemin duplicates。"],
    )


def _write_contributions(workbook: Workbook, listed: PayList, frame: _Frame, *, arrears: bool) -> None:
    """What goes to the insurer, whose clerk needs to know for whom."""
    columns = [
        *_fit(_WHO, (row.payee for row in listed.contributions)),
        *([_PERIODS] if arrears else []),
        *(ListColumn(item, 14, Look.MONEY) for item in listed.contribution_items),
        ListColumn("合计", 13, Look.MONEY),
    ]
    rows = (
        ListRow(
            (
                *_who(number, row.payee),
                *([_periods(row.periods)] if arrears else []),
                *_amounts(row, listed.contribution_items),
            )
        )
        for number, row in enumerate(listed.contributions, start=1)
    )
    items = [
        f"{item}{yuan(sum(row.by_item.get(item, 0) for row in listed.contributions)):,}元"
        for item in listed.contribution_items
    ]
    write_list(
        workbook,
        CONTRIBUTIONS,
        frame.heading("由政府代缴的个人缴费"),
        columns,
        rows,
        empty="没有",
        notes=[
            f"合计：{_in_words(pay_totals(listed.contributions))}；其中{'，'.join(items)}。",
            "由政府缴给经办机构，不打入户里的账号。",
        ],
    )


def _write_owed_back(workbook: Workbook, listed: PayList, frame: _Frame) -> None:
    columns = _fit(_WHO, (payee for payee, _ in listed.owed_back))
    more = (
        ListColumn("项目", 16, Look.TEXT),
        ListColumn("时段", 10, Look.CODE),
        ListColumn("应退金额", 13, Look.MONEY),
    )
    rows = (
        ListRow((*_who(number, payee), line.item, line.period, yuan(line.fen)))
        for number, (payee, line) in enumerate(listed.owed_back, start=1)
    )
    households = {payee.household_no for payee, _ in listed.owed_back}
    insurers = ["由政府代缴的个人缴费向经办机构办理退费，不向户里追回。"] if listed.insurers_owe_back else []
    totals = PayTotals(len(households), len(listed.owed_back), sum(line.fen for _, line in listed.owed_back))
    write_list(
        workbook,
        OWED_BACK,
        frame.heading("多发、应当退回的补助"),
        [*columns, *more],
        rows,
        empty="没有应退的",
        notes=[f"合计：{_in_words(totals)}。", "应退的钱不从应发的钱里扣，另行发函追回。", *insurers],
    )


def _fit(columns: Sequence[ListColumn], payees: Iterable[Payee]) -> list[ListColumn]:
    """The columns, household numbers and identity numbers in one line each."""
    known = list(payees)
    wide = {
        _HOUSEHOLD.head: [payee.household_no for payee in known],
        _ID.head: [payee.id_number for payee in known],
    }
    return [fitted(column, wide.get(column.head, ())) for column in columns]


def _in_words(totals: PayTotals) -> str:
    fen: Fen = totals.fen
    figures = f"{totals.households}户，{totals.amounts}笔，{yuan(fen):,}元"
    return f"{figures}，人民币（大写）{in_capitals(fen)}"
