"""Families set out as a table: its columns, and blocks of rows that belong together."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from support.all_pairs import Case
from support.layout_families import Cell, Family, Told

Subject = tuple[int, int, str]
"""Number of the family, number of the person, and field: what a cell speaks of."""


@dataclass(frozen=True)
class Entry:
    """A cell's content, what it speaks of if anything is to be on record from it, and its share of a sum."""

    written: Cell
    subject: Subject | None = None
    amount: float = 0


@dataclass(frozen=True)
class Column:
    """A column: its label, the group headings above it, the unit and the values it takes.

    `below` is its label where the last of those headings stands over it.
    """

    key: str
    label: str
    groups: tuple[str, ...] = ()
    unit: str = ""
    values: str = ""
    below: str = ""


@dataclass
class Block:
    """Rows that belong together, from column key to entry; `merged` keys are one cell over all rows."""

    village: str
    rows: list[dict[str, Entry]]
    merged: Sequence[str] = ()


@dataclass
class Table:
    """A roster before anything is written around it."""

    columns: list[Column]
    blocks: list[Block] = field(default_factory=list)

    def column(self, key: str) -> int:
        """The place of a column, counted from 0."""
        return [each.key for each in self.columns].index(key)


_SERIAL = Column("serial", "序号")
_TOWN, _VILLAGE = Column("town", "镇（街道）"), Column("village", "村（社区）")
_HEAD = Column("head", "户主姓名", ("基本情况", "户主情况"))
_HEAD_ID = Column("head_id", "身份证号码", ("基本情况", "户主情况"))
_NAME = Column("name", "姓名", ("基本情况", "成员情况"))
_MEMBER = Column("name", "成员姓名", ("基本情况", "成员情况"))
_RELATION = Column("relation", "与户主关系", ("基本情况", "成员情况"), values="户主/配偶/子女/父母")
_NUMBER = Column("number", "身份证号码", ("基本情况", "成员情况"))
_BIRTH = Column("birth", "出生日期", ("基本情况", "成员情况"), values="年-月-日")
_CLASS = Column(
    "household_class", "困难类别", ("家庭情况", "困难情况"), values="城镇低保/农村低保/低收入/五保"
)
_SIZE = Column("size", "家庭人口", ("家庭情况", "人口收入"), "人")
_COVERED = Column("covered", "保障人口", ("家庭情况", "人口收入"), "人")
_INCOME = Column("income_fen", "家庭月收入", ("家庭情况", "人口收入"), "元")
_CAUSE = Column("cause", "主要致困原因", ("家庭情况", "困难情况"), values="因病/因残/因学")
_PHONES = Column("phones", "联系电话")
_SINCE = Column("valid_from", "起始日期", values="年-月-日")
_FACTS = (_CLASS, _CAUSE, _SIZE, _COVERED, _INCOME, _PHONES, _SINCE)
SUMMED = ("size", "covered", "income_fen")


def table(case: Case, households: Sequence[tuple[int, Family]]) -> Table:
    """These families, each with its number, as the case's family layout sets them out."""
    places = [
        column
        for column, shown in (
            (_TOWN, case["place"] == "columns"),
            (_VILLAGE, case["place"] != "sheet_names"),
        )
        if shown
    ]
    return _LAYOUTS[case["family"]](places, households)


def _amount(key: str, family: Family) -> float:
    meant = family.facts[key].meant
    return (meant / 100 if key == "income_fen" else meant) if isinstance(meant, int) else 0


def _facts(number: int, family: Family) -> dict[str, Entry]:
    return {
        each.key: Entry(family.facts[each.key].written, (number, 0, each.key), _amount(each.key, family))
        for each in _FACTS
    }


def _place(family: Family) -> dict[str, Entry]:
    return {"town": Entry(family.town), "village": Entry(family.village)}


def _cell(told: Told, *subject: int | str) -> Entry:
    number, person, name = subject
    return Entry(told.written, (int(number), int(person), str(name)))


def _head(number: int, family: Family) -> dict[str, Entry]:
    head = family.persons[0]
    told = {"head": _cell(head.name, number, 0, "name"), "head_id": _cell(head.number, number, 0, "number")}
    return {"serial": Entry(number + 1), **_place(family), **told, **_facts(number, family)}


def _person(number: int, place: int, family: Family) -> dict[str, Entry]:
    person = family.persons[place]
    told = {name: getattr(person, name) for name in ("name", "relation", "number", "birth")}
    return {name: _cell(each, number, place, name) for name, each in told.items()}


def _one_row(places: list[Column], households: Sequence[tuple[int, Family]]) -> Table:
    blocks = [Block(family.village, [_head(number, family)]) for number, family in households]
    return Table([_SERIAL, *places, _HEAD, _HEAD_ID, *_FACTS], blocks)


def _head_then_members(places: list[Column], households: Sequence[tuple[int, Family]]) -> Table:
    made = Table([_SERIAL, *places, _NAME, _RELATION, _NUMBER, _BIRTH, *_FACTS])
    for number, family in households:
        rows = [_person(number, place, family) for place in range(len(family.persons))]
        rows[0] |= {"serial": Entry(number + 1), **_place(family), **_facts(number, family)}
        made.blocks.append(Block(family.village, rows))
    return made


def _merged_down(places: list[Column], households: Sequence[tuple[int, Family]]) -> Table:
    made = Table([_SERIAL, *places, _HEAD, _MEMBER, _RELATION, _NUMBER, _BIRTH, *_FACTS])
    merged = ("serial", "town", "village", "head", *(each.key for each in _FACTS))
    for number, family in households:
        rows = [_person(number, place, family) for place in range(len(family.persons))]
        rows[0] |= {name: each for name, each in _head(number, family).items() if name != "head_id"}
        made.blocks.append(Block(family.village, rows, merged))
    return made


def _members_sideways(places: list[Column], households: Sequence[tuple[int, Family]]) -> Table:
    most = max(len(family.persons) for _, family in households)
    made = Table([_SERIAL, *places, _HEAD, _HEAD_ID, *_FACTS])
    for place in range(1, most):
        who = f"成员{'一二三四'[place - 1]}"
        labels = {"name": "姓名", "relation": "与户主关系", "number": "身份证号码"}
        made.columns += [
            Column(f"{key}{place}", f"{who}{label}", ("成员情况", who), below=label)
            for key, label in labels.items()
        ]
    for number, family in households:
        row = _head(number, family)
        for place in range(1, len(family.persons)):
            told = _person(number, place, family)
            row |= {f"{key}{place}": entry for key, entry in told.items() if key != "birth"}
        made.blocks.append(Block(family.village, [row]))
    return made


def _side_by_side(places: list[Column], households: Sequence[tuple[int, Family]]) -> Table:
    own = [_SERIAL, *places, _HEAD, _HEAD_ID, _CLASS, _SIZE, _INCOME, _PHONES]
    made = Table([*own, *(replace(each, key=f"{each.key}+") for each in own)])
    half = (len(households) + 1) // 2
    for left, right in zip(households[:half], [*households[half:], None], strict=False):
        row = _head(*left)
        if right is not None:
            row |= {f"{key}+": entry for key, entry in _head(*right).items()}
        made.blocks.append(Block(left[1].village, [row]))
    return made


_LAYOUTS: dict[str, Callable[[list[Column], Sequence[tuple[int, Family]]], Table]] = {
    "one_row": _one_row,
    "head_then_members": _head_then_members,
    "merged_down": _merged_down,
    "members_sideways": _members_sideways,
    "side_by_side": _side_by_side,
}


def form(number: int, family: Family) -> Iterator[list[Entry | str | None]]:
    """The rows of a form for one household: facts with their labels beside them, then the members."""
    head, facts = family.persons[0], _facts(number, family)
    yield [
        "户主姓名",
        _cell(head.name, number, 0, "name"),
        "身份证号码",
        _cell(head.number, number, 0, "number"),
    ]
    yield ["镇（街道）", Entry(family.town), "村（社区）", Entry(family.village)]
    for one, other in ((_CLASS, _CAUSE), (_SIZE, _COVERED), (_INCOME, _PHONES)):
        yield [one.label, facts[one.key], other.label, facts[other.key]]
    yield [_SINCE.label, facts[_SINCE.key], None, None]
    yield ["家庭成员", None, None, None]
    yield ["姓名", "与户主关系", "身份证号码", "出生日期"]
    for place in range(1, len(family.persons)):
        told = _person(number, place, family)
        yield [told["name"], told["relation"], told["number"], told["birth"]]
