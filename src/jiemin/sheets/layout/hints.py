"""Rows directly below the labels that are no data: units, what to fill in, column numbers, examples.

Such a row is passed over only when every cell of it is a hint, or when it says itself what it is.
A row that tells of anybody, and is not marked as an example, is always data.
"""

import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from math import isfinite

from jiemin.sheets.grid import Cell, Grid

_MOST = 6
_LONGEST = 200
_MARK = "(?:填[写报表])?(?:例|示例|样例|范例|举例|例子|示范|样板|示例行|示例数据)"
_OFTEN_SAID = frozenset(["例", "示范", "样板"])
"""Words that mark an example only where the row begins or names somebody: a family may be a model one."""
_IS_EXAMPLE = re.compile(rf"[(\[【<]?{_MARK}\d*[)\]】>:]?")
_EXAMPLE = re.compile(rf"(?:{_MARK}|例如|如):.+|示例\w{{1,3}}|.+[(\[【]{_MARK}[)\]】]")
_KIND = re.compile(
    "(?:计量)?单位|栏次|列[号次]|栏目?号|代码?格式|(?:数据|填[写报表])?格式|字段说明|可选[值项]|选项|取值范围|是否必填|"
    "(?:填[写报表]|录入)(?:说明|要求|方法|规则|提示|须知)|说明|要求"
)
_UNIT = re.compile(
    r"(?:单位:?)?[(\[【]?(?P<unit>(?P<one>[百千万亿]?元|角|人次?|口|户次?|名|位|次|周?岁|年|月|日|天|个|件|项|份|亩|"
    r"平方米|平米|m2|米|公里|间|套|%|百分比)(?:[/、,·.每](?P=one)|[/、,·.每](?:[百千万亿]?元|人次?|户次?|月|年|次|天|日))*)[)\]】]?"
)
_CHOICE = re.compile(
    "|".join(f"{a}[/|、,;或]?{b}" for a, b in ("男女", "女男", "是否", "否是", "有无", "无有"))
    + r"|(?:城镇|农村|农业|非农业|城市)(?:[/|、,;或](?:城镇|农村|农业|非农业|城市))+"
    r"|[^\d/|]{1,12}(?:[/|][^\d/|]{1,12}){2,}"
    r"|(?:\(?[1-9a-dA-D]\d?[).、:]?[^\d\s]{1,15}){2,}"
)
_MANNER = re.compile(
    "^填|填[写报入列]|请填|不填|[必选不可]填|录入|输入|格式|选择|下拉|[单多]选|自动(?:生成|计算)|全称|精确到|保留.位|以内|不超过|"
    r"不得|一致|文本|^(?:整数|数字|数值|日期|小数)$|\d{1,2}位|[例如]:|例如|必须|^yyyy|^YYYY|^年[-/.]?月"
)
_PLACEHOLDER = re.compile(r"[$#]?\{.*")
"""What another system fills in when it prints the form: {.idCard}, ${name}."""
_STEMS = "甲乙丙丁戊己庚辛壬癸"
_NUMBER = re.compile(r"[(\[]?(\d{1,3})[)\]]?(?:栏|列)?(?:[=≥≤<>].*)?")
_NOTHING = frozenset(["/", "-", "--", "—", "——", "无", "*", "…", "……"])


def hint_rows(
    grid: Grid, bottom: int, names: Collection[int], notes: int | None = None
) -> tuple[int, dict[int, str]]:
    """How many rows from `bottom` on are hints, and the units they give, by column.

    `names` are the columns with the names of those of whom the rows speak, `notes` is that of 备注, in
    which the word 说明 says nothing of the row.
    """
    units: dict[int, str] = {}
    last = bottom
    for index in range(bottom, min(bottom + _MOST, len(grid.rows))):
        cells = _written(grid.rows[index])
        if not cells:
            continue
        if not _is_example(cells, names) and not _is_hint(cells, names, notes):
            break
        units |= {place: unit for place, unit in _units(cells) if place not in units}
        last = index + 1
    return last - bottom, units


def named_examples(grid: Grid, rows: Iterable[int], names: Collection[int]) -> list[int]:
    """Those of the rows that are marked as examples beside a name without such a mark: somebody may
    have written a real family over the example."""
    found = []
    for index in rows:
        cells = _written(grid.rows[index])
        told = [str(cells[place]) for place in names if place in cells]
        if _is_example(cells, names) and any(not _marked(name) for name in told):
            found.append(index)
    return found


def _is_example(cells: Mapping[int, Cell], names: Collection[int]) -> bool:
    """Whether the row says that it is an example, in a cell of its own or before or after the name."""
    first = next(iter(cells), 0)
    return any(
        _marked(cell) if place in names or place == first else cell not in _OFTEN_SAID and _is_mark(cell)
        for place, cell in cells.items()
        if isinstance(cell, str)
    )


def _is_mark(cell: str) -> bool:
    return _IS_EXAMPLE.fullmatch(cell) is not None


def _marked(cell: str) -> bool:
    return _is_mark(cell) or _EXAMPLE.fullmatch(cell) is not None


def _written(row: Sequence[Cell]) -> dict[int, Cell]:
    """The cells that hold something, texts without blanks and in their usual width."""
    if len(row) - row.count("") > _LONGEST:
        return {place: cell for place, cell in enumerate(row) if cell != ""}
    plain = {place: _plain(cell) for place, cell in enumerate(row) if cell != ""}
    return {place: cell for place, cell in plain.items() if cell != ""}


def _plain(cell: Cell) -> Cell:
    if not isinstance(cell, str):
        return cell
    return "".join(unicodedata.normalize("NFKC", cell[: _LONGEST + 1]).split())


def _is_hint(cells: Mapping[int, Cell], names: Collection[int], notes: int | None) -> bool:
    first, told = next(iter(cells.items()))
    if first not in {*names, notes} and isinstance(told, str) and _KIND.fullmatch(told.rstrip(":")):
        return True
    if _are_numbers(list(cells.values()), named=any(place in names for place in cells)):
        return True
    telling = [cell for cell in cells.values() if cell not in _NOTHING]
    return bool(telling) and all(isinstance(cell, str) and _tells_how(cell) for cell in telling)


def _tells_how(cell: str) -> bool:
    whole = (_UNIT, _CHOICE, _KIND, _PLACEHOLDER)
    return len(cell) <= _LONGEST and bool(_MANNER.search(cell) or any(each.fullmatch(cell) for each in whole))


def _are_numbers(cells: Sequence[Cell], *, named: bool) -> bool:
    """Whether the cells are columns numbered one after the other: 甲 乙 1 2 3, or 1 2 3 4=2+3."""
    stems = 0
    while stems < min(len(cells), len(_STEMS)) and cells[stems] == _STEMS[stems]:
        stems += 1
    numbers = [_number(cell) for cell in cells[stems:]]
    first = numbers[0] if numbers else 1
    inorder = first in {1, stems + 1} and numbers == list(range(first, first + len(numbers)))
    return inorder and len(cells) >= (3 if named else 5)


def _number(cell: Cell) -> int | None:
    if isinstance(cell, str):
        match = _NUMBER.fullmatch(cell)
        return int(match[1]) if match else None
    return int(cell) if isinstance(cell, int | float) and isfinite(cell) and cell == int(cell) else None


def _units(cells: Mapping[int, Cell]) -> Iterator[tuple[int, str]]:
    for place, cell in cells.items():
        match = _UNIT.fullmatch(cell) if isinstance(cell, str) else None
        if match is not None:
            yield place, match["unit"]
