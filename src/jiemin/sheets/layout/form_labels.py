"""The labelled cells of a form: each label with what is filled in to its right, below it or after a colon."""

import re
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from jiemin.domain import codes
from jiemin.domain.roster import FILE_REGISTERS
from jiemin.sheets.columns import households, members
from jiemin.sheets.columns.labels import spellings
from jiemin.sheets.columns.recognise import SPECS
from jiemin.sheets.grid import Cell, Grid, Merge

_VALUES = frozenset(
    word
    for table in (codes.RELATIONS, codes.HEALTHS, codes.LABOURS, codes.DISABILITIES, codes.CLASSES)
    for word in table
)
"""Words that are filled in, though some of them are labels elsewhere: 户主, 健康, 残疾."""
_KNOWN = frozenset(
    word
    for spec in SPECS
    if spec.kind not in FILE_REGISTERS  # of which forms tell nothing that is read: 帮扶需求 may be 资金
    for words in (spec.sure, spec.vague)
    for word in words
)
_HEADINGS = _KNOWN - _VALUES
_OTHERS = frozenset(
    "门牌 民族 籍贯 组 村民小组 小组 组别 照片 房屋 住房 土地 职业 特长 就业 就学 年龄 户籍 婚姻 婚否".split()
)
_ENDS = re.compile(
    "[^0-9]{0,8}(?:情况|状况|来源|类型|类别|性质|面积|结构|时间|日期|编号|号码|电话|地址|姓名|状态|星级|面貌|意见|签名|"
    "签字|盖章|人数|金额|职务|关系|等级|照片|信息|年龄|民族)"
)
"""How labels end that nobody knows, and hardly anything that is filled in."""
_INLINE = re.compile(
    r"(?P<label>[^\s:：;；,，]{1,16})[ \u3000]*[:：]\s*"
    r"(?P<value>[^:：;；]*?)\s*(?=[;；]|[\s,，]+[^\s:：;；,，]{1,16}[ \u3000]*[:：]|$)"
)
_HEADINGS_SHARE = 0.75
_LONGEST = 150
_SIGNED = re.compile(r"(?:填[表报写]|审核|审批|经办|负责|调查)人|.{0,8}(?:签[名字章]|盖章)")
_NOTES = re.compile("(?:填[写表报])?(?:说明|须知|要求)|注")
_OTHER_PEOPLE = re.compile(
    "干部|帮扶|结对|责任人|联系人|监护|代理|经办|审核|审批|填[表报写]人|负责人|走访|慰问"
)
_TITLE_ENDS = ("表", "档案", "卡", "册")
_LONGEST_HEADING = 10
_VAGUE = frozenset(["head_name", "head_id", "phones"])
_OF_PERSONS = frozenset("sex birth health labour education disability disability_grade certificate".split())


@dataclass(frozen=True, slots=True)
class Entry:
    """A field, its label, and the cell where it is filled in; the value is blank when it is not."""

    field: str
    label: str
    row: int
    column: int
    value: Cell
    inline: bool = False
    vague: bool = False


@dataclass(slots=True)
class FormLabels:
    """What the labels of a form tell of the household and of its head, in the order they stand in.

    `unread` are the cells of which nothing is known; above `first`, where the first label has its value
    in another cell, stands the title.
    """

    household: list[Entry] = field(default_factory=list)
    head: list[Entry] = field(default_factory=list)
    unread: list[tuple[int, int]] = field(default_factory=list)
    first: int = sys.maxsize


@lru_cache(maxsize=8192)
def is_label(cell: Cell) -> bool:
    """Whether the cell is a heading of a form rather than something filled in."""
    return (
        isinstance(cell, str)
        and not cell.isascii()
        and any(word in _HEADINGS or word in _OTHERS or _ENDS.fullmatch(word) for word in spellings(cell))
    )


def read_labels(grid: Grid, passed_over: range) -> FormLabels:
    """The labelled cells of all rows but those of the table of members."""
    return _Reading(grid, passed_over).read()


class _Reading:
    """One pass over a form, row by row."""

    def __init__(self, grid: Grid, passed_over: range) -> None:
        self._grid = grid
        self._passed_over = passed_over
        self._merges: Mapping[tuple[int, int], Merge] = {(each.top, each.left): each for each in grid.merges}
        self._taken: set[tuple[int, int]] = set()
        self._others = False
        self._found = FormLabels()

    def read(self) -> FormLabels:
        for row, cells in enumerate(self._grid.rows):
            if row in self._passed_over:
                continue
            for column, cell in enumerate(cells):
                if cell != "" and (row, column) not in self._taken:
                    self._read_cell(row, column, cell)
        self._settle_vague()
        return self._found

    def _read_cell(self, row: int, column: int, cell: Cell) -> None:
        inline = list(inline_labels(cell)) if isinstance(cell, str) else []
        if inline:
            told = [
                self._note(label, row, column, value, inline=True, beside=True) for label, value in inline
            ]
            if any(told):
                lost = (value for (_, value), known in zip(inline, told, strict=True) if not known)
                self._found.unread += [(row, column)] if any(lost) else []
                return
        words = spellings(cell) if isinstance(cell, str) else ()
        if not words or not (is_label(cell) or any(word in _KNOWN for word in words)):
            self._look_for_others(cell)
            if not (isinstance(cell, str) and _is_foot(cell)):
                self._found.unread.append((row, column))
            return
        place = self._filled_in(row, column)
        if place is None:
            self._look_for_others(cell)
            self._others = self._others and not _of_head(words)
            return
        at_row, at_column = place
        value = self._cell(at_row, at_column)
        if self._note(str(cell), at_row, at_column, value, beside=at_row == row):
            self._found.first = min(self._found.first, row)
            self._taken.add((at_row, at_column))
        else:
            self._look_for_others(cell)
            if value != "" and not is_label(value):
                self._taken.add((at_row, at_column))
                self._found.unread.append((row, column))

    def _note(
        self, label: str, row: int, column: int, value: Cell, *, beside: bool, inline: bool = False
    ) -> bool:
        """Keep what the label tells; whether it is known. 姓名 over a column may be over a whole list."""
        words, sure = spellings(label), households.SPEC.sure
        name = next((sure[word].field for word in words if word in sure), "")
        guessed = self._guess(words) if beside and not name and not self._others else ""
        if name == "note" and "备注" not in words:
            return False
        if name or guessed:
            entry = Entry(name or guessed, label, row, column, value, inline, vague=not name)
            self._found.household.append(entry)
            return True
        person = next((members.SPEC.sure[word].field for word in words if word in members.SPEC.sure), "")
        if person in _OF_PERSONS and not self._others:
            self._found.head.append(Entry(person, label, row, column, value, inline))
            return True
        return False

    def _guess(self, words: Sequence[str]) -> str:
        """What a label like 姓名 means of the household, where nothing has told that yet."""
        guesses = {each.field for word in words for each in households.SPEC.vague.get(word, ())} & _VAGUE
        return next(iter(guesses - {each.field for each in self._found.household}), "")

    def _settle_vague(self) -> None:
        """Where 姓名 turns out to be somebody else's than the head's, so is what stands with it."""
        entries = self._found.household
        named = [each for each in entries if each.field == "head_name"]
        if any(each.vague for each in named) and not all(each.vague for each in named):
            dropped = [each for each in entries if each.vague] + self._found.head
            self._found.household = [each for each in entries if not each.vague]
            self._found.head = []
            self._found.unread += [(each.row, each.column) for each in dropped if each.value != ""]

    def _look_for_others(self, cell: Cell) -> None:
        """From the first heading on that names a cadre or whoever signs, 姓名 and 电话 are theirs."""
        if isinstance(cell, str):
            word = "".join(cell.split())
            short = len(word) <= _LONGEST_HEADING and not word.endswith(_TITLE_ENDS)
            self._others = self._others or (short and _OTHER_PEOPLE.search(word) is not None)

    def _filled_in(self, row: int, column: int) -> tuple[int, int] | None:
        """Where the label's value belongs: to its right, or below in a row of headings.

        None for the heading of a part of the form, which has another label beside it.
        """
        merge = self._merge_at(row, column)
        right, below = (row, merge.right + 1), (merge.bottom + 1, column)
        beside = self._cell(*right)
        if self._is_heading_row(row):
            free = below[0] < len(self._grid.rows) and not is_label(self._cell(*below))
            return below if free and below[0] not in self._passed_over else None
        if is_label(beside):
            return None
        if beside == "" and not self._merges:
            cells = self._grid.rows[row]
            place = next((each for each in range(column + 1, len(cells)) if cells[each] != ""), None)
            if place is not None and not is_label(cells[place]):
                return row, place
        return right

    def _is_heading_row(self, row: int) -> bool:
        """Whether nearly all of its cells are labels, most of them side by side, with other things below."""
        cells = [
            (column, merge.right + 1)
            for column, cell in enumerate(self._grid.rows[row])
            if cell != "" and (merge := self._merge_at(row, column)).bottom == row
        ]
        labels = [each for each in cells if is_label(self._cell(row, each[0]))]
        known = any(not _KNOWN.isdisjoint(spellings(str(self._cell(row, each)))) for each, _ in labels)
        pairs = sum(
            is_label(self._cell(row, right))
            and not any(is_label(self._cell(row + 1, each)) for each in (column, right))
            for column, right in labels
        )
        most = len(labels) >= _HEADINGS_SHARE * len(cells)
        return known and most and pairs >= max(1, min(2, len(labels) - 1))

    def _merge_at(self, row: int, column: int) -> Merge:
        return self._merges.get((row, column), Merge(row, column, row, column))

    def _cell(self, row: int, column: int) -> Cell:
        rows = self._grid.rows
        return rows[row][column] if row < len(rows) and column < len(rows[row]) else ""


def inline_labels(cell: str) -> Iterator[tuple[str, str]]:
    """The labels with values of a cell like 镇：石门镇 村：望湖村; a label that ends with a colon is none."""
    text = cell.strip()
    if len(text) > _LONGEST or _is_foot(text) or text.endswith((":", "：")):
        return
    for match in _INLINE.finditer(text):
        yield match["label"], match["value"].strip("_ \u3000")


def _of_head(words: Sequence[str]) -> bool:
    """Whether a heading says that what follows is the head's: 帮扶对象, 申请人."""
    spec = households.SPEC
    told = [each for word in words for each in (spec.sure.get(word), *spec.vague.get(word, ()))]
    return any(each is not None and each.field == "head_name" for each in told)


def _is_foot(cell: str) -> bool:
    """Whether it is a note on how the form is filled in, or a line of those who sign it."""
    text = "".join(cell.split())
    return _NOTES.match(text) is not None or _SIGNED.match(text) is not None
