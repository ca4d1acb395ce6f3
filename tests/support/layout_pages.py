"""Tables written on sheets as clerks do it: with titles, broad headers, totals, feet and stray cells."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from support.all_pairs import Case
from support.layout_families import Cell, Family, families
from support.layout_tables import SUMMED, Block, Column, Entry, Subject, Table, form, table

_INSTRUCTIONS = "填表说明：请各镇（街道）认真核对每一户的情况，姓名与身份证一致，收入按上年度核定，" * 13
_FILLED_BY = (
    "填报单位（盖章）：{who}" + " " * 30 + "审核人：" + " " * 20 + "填报时间：2014年6月20日" + " " * 9
)
_LAST_SHOWN = 53  # BA


@dataclass
class Page:
    """One sheet being filled: cells by row and column from 1, merges, and what the cells speak of."""

    name: str
    hidden: bool = False
    cells: dict[tuple[int, int], Cell] = field(default_factory=dict)
    merges: list[tuple[int, int, int, int]] = field(default_factory=list)
    subjects: dict[Subject, tuple[int, int]] = field(default_factory=dict)
    formatted: int = 0

    @property
    def next_row(self) -> int:
        """The row below everything written."""
        return max((row for row, _ in self.cells), default=0) + 1

    def put(self, row: int, column: int, entry: "Entry | Cell") -> None:
        """Write a cell; a blank one stays empty."""
        if isinstance(entry, Entry):
            if entry.subject is not None:
                self.subjects[entry.subject] = (row, column)
            entry = entry.written
        if entry is not None:
            self.cells[row, column] = entry

    def span(self, top: int, left: int, bottom: int, right: int) -> None:
        """Merge a block of more than one cell."""
        if (top, left) != (bottom, right):
            self.merges.append((top, left, bottom, right))


def page_of(case: Case, name: str, hidden: bool, numbered: Sequence[tuple[int, Family]]) -> Page:
    page = Page(name, hidden)
    template = not numbered
    own = table(case, numbered or [(0, families(case, 0)[0])])
    _write_title(page, case, len(own.columns))
    header = _write_header(page, case, own.columns)
    _write_below(page, case, own.columns)
    if not template:
        _write_body(page, case, own, header)
    _write_foot(page, case)
    _write_phantom(page, case)
    return page


def form_of(case: Case, number: int, family: Family) -> Page:
    page = Page("登记表")
    _write_title(page, case, 4)
    for cells in form(number, family):
        row = page.next_row
        for column, cell in enumerate(cells, 1):
            page.put(row, column, _dirty(cell, case) if isinstance(cell, str) else cell)
        if len([cell for cell in cells if cell is not None]) == 1:
            page.span(row, 1, row, 4)
    _write_foot(page, case)
    _write_phantom(page, case)
    return page


def _write_title(page: Page, case: Case, width: int) -> None:
    who = "石门镇" if case["place"] == "title" else ""
    title, left = f"{who}2014年困难家庭基本情况汇总表", 1
    lines: list[str] = [title]
    match case["title"]:
        case "none":
            lines = []
        case "from_b1":
            left = 2
        case "two_rows":
            lines = ["附件1", title]
        case "overwritten":
            lines = [f"填报单位：{who or '某镇'}民政办          填报人：沈某          审核人：朱某"]
        case "instructions":
            lines = [title, _INSTRUCTIONS]
    if case["filled_by"] == "one_cell":
        unit = "桐乡市民政局" if case["place"] == "columns" else "石门镇人民政府"
        lines.append(_FILLED_BY.format(who=unit) + "单位：户、人、元")
    for line in lines:
        row = page.next_row
        page.put(row, left, line)
        page.span(row, left, row, width)


def _write_header(page: Page, case: Case, columns: Sequence[Column]) -> tuple[int, int]:
    """The header's first and last row."""
    top = page.next_row
    match case["header"]:
        case "one_row":
            levels = [[each.label] for each in columns]
        case "broken":
            levels = [_halves(each.label) for each in columns]
        case "groups":
            levels = [[*each.groups[-1:], each.below or each.label] for each in columns]
        case "three_rows":
            levels = [[*each.groups, each.below or each.label] for each in columns]
        case _:
            levels = [["困难家庭登记", *each.groups, each.label] for each in columns]
    depth = max(map(len, levels))
    for column, labels in enumerate(levels, 1):
        for row, label in enumerate(labels[:-1], top):
            before = levels[column - 2][: row - top + 1] if column > 1 else []
            if case["header"] == "broken" or before != labels[: row - top + 1] or len(levels[column - 2]) < 2:
                page.put(row, column, label)
                if case["header"] != "broken":
                    page.span(row, column, row, column + _run(levels[column - 1 :], row - top) - 1)
        last = top + len(labels) - 1
        page.put(last, column, _dirty(labels[-1], case, columns[column - 1].unit))
        page.span(last, column, top + depth - 1, column)
    return top, top + depth - 1


def _run(levels: Sequence[Sequence[str]], level: int) -> int:
    """How many columns from the first on share its headings down to this level."""
    own = levels[0][: level + 1]
    count = 0
    for labels in levels:
        if len(labels) <= level + 1 or labels[: level + 1] != own:
            break
        count += 1
    return count


def _halves(label: str) -> list[str]:
    middle = {"与户主关系": 3, "主要致困原因": 2, "家庭月收入": 2, "身份证号码": 3}.get(
        label, len(label) // 2
    )
    return [label[:middle], label[middle:]] if len(label) > 3 and "（" not in label else [label]


def _dirty(label: str, case: Case, unit: str = "") -> str:
    match case["labels"]:
        case "spaces":
            return "   ".join(label) if len(label) < 3 else f"{label[:2]}  {label[2:]} "
        case "newlines":
            return f"{label[:2]}\n{label[2:]}" if len(label) > 3 else label
        case "ideographic":
            return "\u3000".join((label[:2], label[2:])) if len(label) > 2 else "\u3000".join(label)
        case "units":
            return f"{label}（{unit}）" if unit else label
        case _:
            return label


def _write_below(page: Page, case: Case, columns: Sequence[Column]) -> None:
    if case["below"] == "nothing":
        return
    row = page.next_row
    for number, column in enumerate(columns, 1):
        told: dict[str, Cell] = {"units": column.unit, "allowed_values": column.values, "numbers": number}
        page.put(row, number, told[case["below"]] or None)


def _write_body(page: Page, case: Case, own: Table, header: tuple[int, int]) -> None:
    name = next(key for key in ("head", "name") if key in {each.key for each in own.columns})
    where = own.column(name if case["totals"] == "in_name_column" else "serial") + 1
    if case["totals"] == "first":
        _write_sum(page, own, "合计", where, own.blocks)
    for order, block in enumerate(own.blocks):
        if order and case["rows"] == "blank_between" and order % 2 == 0:
            page.put(page.next_row, 1, "")
        if order and case["rows"] == "repeated_header" and order % 4 == 0:
            _repeat_header(page, header)
        top = page.next_row
        for row, cells in enumerate(block.rows, top):
            page.put(row, 1, "")  # a row counts, even if its first cell is blank
            for column, each in enumerate(own.columns, 1):
                if each.key in cells:
                    page.put(row, column, cells[each.key])
        for key in block.merged if len(block.rows) > 1 else ():
            if key in {each.key for each in own.columns}:
                column = own.column(key) + 1
                page.span(top, column, top + len(block.rows) - 1, column)
        last = order + 1 == len(own.blocks) or own.blocks[order + 1].village != block.village
        if last and case["totals"] == "subtotals":
            _write_sum(
                page, own, "小计", where, [each for each in own.blocks if each.village == block.village]
            )
    if case["totals"] in {"last", "in_name_column", "subtotals"}:
        _write_sum(page, own, "合　计" if case["totals"] == "last" else "合计", where, own.blocks)


def _write_sum(page: Page, own: Table, label: str, where: int, blocks: Sequence[Block]) -> None:
    row = page.next_row
    page.put(row, where, label)
    for number, column in enumerate(own.columns, 1):
        if column.key.rstrip("+") in SUMMED:
            cells = [row[column.key] for block in blocks for row in block.rows if column.key in row]
            page.put(row, number, round(sum(each.amount for each in cells), 2))


def _write_foot(page: Page, case: Case) -> None:
    lines: dict[str, list[list[str]]] = {
        "none": [],
        "signatures": [["单位负责人：沈某", "", "审核人：朱某", "", "填报人：徐某", "联系电话：88011234"]],
        "notes": [["说明：1.本表由各镇（街道）填报，一式两份。"], ["2.家庭人口为全部共同生活的人。"]],
        "receivers": [["经办人：" + " " * 20 + "领款人：" + " " * 20 + "2014年6月25日"]],
    }
    for line in lines[case["foot"]]:
        row = page.next_row
        for column, cell in enumerate(line, 1):
            page.put(row, column, cell or None)


def _write_phantom(page: Page, case: Case) -> None:
    if case["phantom"] == "formatted_to_ba":
        page.formatted = _LAST_SHOWN
    if case["phantom"] == "far_cell":
        page.put(page.next_row - 1, 40, " " * 500)


def _repeat_header(page: Page, header: tuple[int, int]) -> None:
    offset = page.next_row - header[0]
    rows = range(header[0], header[1] + 1)
    for (row, column), cell in list(page.cells.items()):
        if row in rows:
            page.put(row + offset, column, cell)
    for top, left, bottom, right in list(page.merges):
        if top in rows:
            page.span(top + offset, left, bottom + offset, right)
