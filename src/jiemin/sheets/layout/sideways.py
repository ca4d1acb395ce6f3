"""Members sideways: one row for each household, its members one after another to the right."""

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, replace
from itertools import pairwise

from jiemin.domain.roster import SheetKind
from jiemin.sheets.columns import members
from jiemin.sheets.columns.labels import spellings
from jiemin.sheets.columns.recognise import Recognition, Spelled, recognise
from jiemin.sheets.columns.spec import Column
from jiemin.sheets.layout.header import Header

_DIGITS = "一二三四五六七八九"
_ORDINALS = {
    **{str(number): number for number in range(1, 21)},
    **{digit: number for number, digit in enumerate(_DIGITS, start=1)},
    **{f"十{digit}": number for number, digit in enumerate(("", *_DIGITS), start=10)},
    "二十": 20,
}
_NUMBER = r"\(?(?P<number>\d{1,2}|[一二三四五六七八九十]{1,2})\)?"
_MEMBER = "(?:共同生活的?)?(?:家庭)?(?:其他)?(?:成员|家属)"
_PATTERNS = tuple(
    re.compile(pattern)
    for pattern in (
        rf"{_MEMBER}(?:情况|信息)?{_NUMBER}的?(?P<label>.*)",
        rf"第?{_NUMBER}[位名个号]?{_MEMBER}(?P<label>.*)",
        rf"(?:{_MEMBER})?(?P<label>.*?){_NUMBER}",
    )
)
_OF_HOUSEHOLDS = frozenset([SheetKind.HOUSEHOLDS, SheetKind.PAIRINGS])
_KEYS = frozenset(["household_no", "town", "village", "head_name", "head_id", "as_of"])

Slots = Mapping[int, Mapping[int, Spelled]]
"""The member's number → column index → its label without what says which member it is."""


@dataclass(frozen=True, slots=True)
class Sideways:
    """The header without its members, and a header of each member's own columns, in the same sheet."""

    household: Header
    members: list[Header]

    @property
    def subject(self) -> frozenset[int]:
        """The columns that tell of whom a row speaks."""
        names = (each.fields["name"] for each in self.members)
        return self.household.recognition.subject.union(names)


def members_sideways(header: Header) -> Sideways | None:
    """The header taken apart; None when it has no columns for several members, or no household.

    成员一姓名 成员一关系, 成员姓名(1), 姓名1 关系1, a heading 成员1 over 姓名 and 关系, or 姓名 关系 again
    and again after the columns of the household.
    """
    slots = _numbered(header) or _repeated(header)
    if not slots:
        return None
    ours = {place for slot in slots.values() for place in slot}
    household = _household(header, ours)
    if household is None:
        return None
    return Sideways(household, [_member(header, slot) for _, slot in sorted(slots.items())])


def _numbered(header: Header) -> Slots:
    found: dict[int, dict[int, Spelled]] = defaultdict(dict)
    marked = False
    for place, label in enumerate(header.labels):
        whole = unicodedata.normalize("NFKC", "".join(label.split()))
        for pattern in _PATTERNS:
            match = pattern.fullmatch(whole)
            if match is not None and match["number"] in _ORDINALS:
                spelled = spellings(match["label"] or "姓名")
                found[_ORDINALS[match["number"]]][place] = spelled
                marked = marked or "成员" in whole or _field(spelled) == "relation"
                break
    named = {
        number: slot for number, slot in found.items() if "name" in {_field(each) for each in slot.values()}
    }
    return named if marked else {}


def _repeated(header: Header) -> Slots:
    """The groups of columns that begin with the same heading of a name and tell a relation each."""
    words = [next(iter(header.spelled(place)), "") for place in range(len(header.labels))]
    counts = Counter(words)
    names = {
        word
        for place, word in enumerate(words)
        if counts[word] > 1 and _field(header.spelled(place)) == "name"
    }
    starts = [place for place, word in enumerate(words) if word in names]
    slots = {}
    for number, (start, end) in enumerate(pairwise([*starts, len(words)]), start=1):
        slot = {place: header.spelled(place) for place in range(start, end) if words[place]}
        if "relation" in {_field(each) for each in slot.values()}:
            slots[number] = slot
    return slots if len(slots) > 1 and len(names) == 1 else {}


def _field(spelled: Spelled) -> str:
    column = _column(spelled)
    return column.field if column is not None else ""


def _column(spelled: Spelled) -> Column | None:
    """What a label means in the columns of one member."""
    for word in spelled:
        found = (members.SPEC.sure.get(word), *members.SPEC.vague.get(word, ()))
        column = next((each for each in found if each is not None and each.field not in _KEYS), None)
        if column is not None:
            return column
    return None


def _household(header: Header, ours: set[int]) -> Header | None:
    """The header without the members' columns; its 姓名 is the head's when nobody else is named."""
    spelled = [() if place in ours else header.spelled(place) for place in range(len(header.labels))]
    for told in (spelled, [("户主姓名",) if "姓名" in each else each for each in spelled]):
        recognition = recognise(told)
        if recognition.complete and recognition.spec.kind in _OF_HOUSEHOLDS:
            return replace(header, recognition=recognition)
    return None


def _member(header: Header, slot: Mapping[int, Spelled]) -> Header:
    fields: dict[str, int] = {}
    repeated: dict[int, str] = {}
    unknown = []
    for place, spelled in sorted(slot.items()):
        name = _field(spelled)
        if not name:
            unknown.append(place)
        elif fields.setdefault(name, place) != place:
            repeated[place] = name
    found = Recognition(members.SPEC, fields, repeated, unknown, len(fields), complete=True)
    return replace(header, recognition=found)
