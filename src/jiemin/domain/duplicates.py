"""Records that may be one and the same: which pairs a clerk should look at, and why.

Two persons with valid, different identity numbers are two. Otherwise suspects are those with the same
name and birth, the same number however wrong, the old and the new form of one number, or the same
name and numbers that differ in one digit or in two digits swapped; families whose heads are suspects,
or bear one name in one village, or who share an account; cadres of one name in one unit, or with one
telephone. Nothing here is stored: the list follows from the records each time it is asked for.
"""

import re
from collections import defaultdict
from collections.abc import Callable, Collection, Hashable, Iterable, Iterator, Sequence
from datetime import date
from enum import StrEnum
from itertools import combinations, pairwise
from typing import NamedTuple, Protocol, TypeVar

from jiemin.domain.identity import modern_form

_FEW = 3
"""A number or account that more bear is a stand-in or a village's own: it makes nobody suspect."""
_MANY = 12
"""Of more who are alike, each is shown with the next only, not with every other."""
_LONG_NUMBER = re.compile(r"[\dX]{14,22}")


class Kind(StrEnum):
    """What two records that may be one are."""

    HOUSEHOLD = "家庭"
    PERSON = "人员"
    CADRE = "干部"


class Reason(StrEnum):
    """Why two records may be one."""

    NAME_AND_BIRTH = "姓名、出生日期相同"
    TWICE_IN_A_HOUSEHOLD = "一户里有两个同名的人"
    SAME_NUMBER = "身份证号相同"
    OLD_AND_NEW = "15位旧号和18位号是同一个号"
    NEARLY_THE_NUMBER = "姓名相同，身份证号只差一位或两位颠倒"
    HEAD_AND_PLACE = "户主姓名、镇村相同"
    ACCOUNT = "银行账号相同"
    NAME_AND_UNIT = "姓名、单位相同"
    NAME_AND_PHONE = "姓名、电话相同"


class PersonFacts(NamedTuple):
    """What of a person may give away that two are one."""

    id: int
    name: str
    number: str | None
    """The valid identity number, or None."""
    written: str | None
    """What stands in place of a valid one, see `written_number`."""
    birth: date | None
    household_id: int | None


class HouseholdFacts(NamedTuple):
    """What of a household may give away that two are one; `place` is the id of its region."""

    id: int
    place: int | None
    head: PersonFacts | None
    account: str | None


class CadreFacts(NamedTuple):
    """What of a cadre may give away that two are one; `unit` is that of the last post."""

    id: int
    name: str
    unit: str
    number: str | None
    written: str | None
    phones: tuple[str, ...]


class Suspect(NamedTuple):
    """Two records of a kind that may be one; `one` is the lower id."""

    kind: Kind
    one: int
    other: int
    reasons: tuple[str, ...]


Pair = tuple[int, int]
"""Two ids, the lower first."""


class _Numbered(Protocol):
    @property
    def id(self) -> int: ...
    @property
    def name(self) -> str: ...
    @property
    def number(self) -> str | None: ...
    @property
    def written(self) -> str | None: ...


N = TypeVar("N", bound=_Numbered)
T = TypeVar("T")


def written_number(number: str | None, raw: str | None) -> str | None:
    """What a record without a valid number has in its place: a number of the right length, or the text
    as written if it is at least a long run of digits; None for words and blanks."""
    if number or not raw:
        return number
    text = "".join(raw.split()).upper()
    return text if _LONG_NUMBER.fullmatch(text) else None


def suspects(
    households: Collection[HouseholdFacts],
    persons: Collection[PersonFacts],
    cadres: Collection[CadreFacts],
    apart: Collection[tuple[Kind, int, int]] = (),
) -> list[Suspect]:
    """All pairs that may be one, of households, persons and cadres in turn, without those kept `apart`.

    Two heads who may be one make their households suspects and are not named as persons again.
    """
    people = _persons(persons)
    families, also_heads = _households(households, people)
    found = (
        (Kind.HOUSEHOLD, families),
        (Kind.PERSON, {pair: why for pair, why in people.items() if pair not in also_heads}),
        (Kind.CADRE, _cadres(cadres)),
    )
    return [
        Suspect(kind, *pair, tuple(why))
        for kind, pairs in found
        for pair, why in sorted(pairs.items())
        if (kind, *pair) not in apart
    ]


def _persons(persons: Collection[PersonFacts]) -> dict[Pair, list[str]]:
    found: dict[Pair, list[str]] = {}
    for one, other in _alike(persons, lambda each: each.birth and (each.name, each.birth)):
        _add(found, one, other, Reason.NAME_AND_BIRTH)
    for one, other in _alike(persons, lambda each: each.household_id and (each.household_id, each.name)):
        if not _differ(one.birth, other.birth):
            _add(found, one, other, Reason.TWICE_IN_A_HOUSEHOLD)
    for one, other, reason in _by_number(persons):
        _add(found, one, other, reason)
    return found


def _households(
    households: Collection[HouseholdFacts], people: dict[Pair, list[str]]
) -> tuple[dict[Pair, list[str]], set[Pair]]:
    """Suspected households, and the pairs of persons who are their heads."""
    found: dict[Pair, list[str]] = {}
    with_head = [(each, each.head) for each in households if each.head is not None]
    for (one, head), (other, second) in _alike(with_head, lambda each: (each[1].name, each[0].place)):
        if not _differ(head.number, second.number) and not _differ(head.birth, second.birth):
            _note(found, one.id, other.id, Reason.HEAD_AND_PLACE)
    for one, other in _alike(households, lambda each: each.account, at_most=_FEW):
        _note(found, one.id, other.id, Reason.ACCOUNT)
    headed = {head.id: each.id for each, head in with_head}
    heads = {pair for pair in people if headed.keys() >= set(pair)}
    for pair in heads:
        for reason in people[pair]:
            _note(found, headed[pair[0]], headed[pair[1]], f"户主{reason}")
    return found, heads


def _cadres(cadres: Collection[CadreFacts]) -> dict[Pair, list[str]]:
    found: dict[Pair, list[str]] = {}
    for one, other in _alike(cadres, lambda each: (each.name, each.unit)):
        if not (one.phones and other.phones and set(one.phones).isdisjoint(other.phones)):
            _add(found, one, other, Reason.NAME_AND_UNIT)
    by_phone = [(each, phone) for each in cadres for phone in each.phones]
    for (one, _), (other, _) in _alike(by_phone, lambda each: (each[0].name, each[1])):
        _add(found, one, other, Reason.NAME_AND_PHONE)
    for one, other, reason in _by_number(cadres):
        if one.name == other.name:
            _add(found, one, other, reason)
    return found


def _add(found: dict[Pair, list[str]], one: _Numbered, other: _Numbered, reason: Reason) -> None:
    """Note a pair, unless valid numbers say that the two are two."""
    if not _differ(one.number, other.number):
        _note(found, one.id, other.id, reason)


def _note(found: dict[Pair, list[str]], one: int, other: int, reason: str) -> None:
    reasons = found.setdefault((min(one, other), max(one, other)), [])
    if reason not in reasons:
        reasons.append(reason)


def _differ(one: Hashable, other: Hashable) -> bool:
    """Whether both are known and are not the same."""
    return bool(one and other and one != other)


def _alike(records: Iterable[T], key: Callable[[T], Hashable], at_most: int = 0) -> Iterator[tuple[T, T]]:
    """Every two that share a key; one that is None shares it with nobody.

    `at_most` leaves out what more than so many share.
    """
    first: dict[Hashable, T] = {}
    groups: dict[Hashable, list[T]] = {}
    for record in records:
        shared = key(record)
        if not shared:
            continue
        before = first.setdefault(shared, record)
        if before is not record:
            groups.setdefault(shared, [before]).append(record)
    for group in groups.values():
        if not at_most or len(group) <= at_most:
            yield from _pairs(group)


def _pairs(group: Sequence[T]) -> Iterator[tuple[T, T]]:
    return iter(combinations(group, 2)) if len(group) <= _MANY else pairwise(group)


def _by_number(records: Collection[N]) -> Iterator[tuple[N, N, Reason]]:
    """Every two with one number, or with nearly one number and the same name; at least one of the
    numbers is not valid."""
    doubtful = [each for each in records if each.number is None and each.written]
    if not doubtful:
        return
    yield from _one_number(records, doubtful)
    names = {each.name for each in doubtful}
    valid = [(each, each.number) for each in records if each.number and each.name in names]
    slips = [(each, number) for each in doubtful if len(number := modern_form(each.written or "")) == 18]
    # One digit or two neighbours changed leave the first nine or the last eight as they were.
    for part in (slice(9), slice(-8, None)):
        alike: dict[tuple[str, str], list[tuple[N, str]]] = defaultdict(list)
        for each, number in slips:
            alike[each.name, number[part]].append((each, number))
        for each, number in valid:
            if (each.name, number[part]) in alike:
                alike[each.name, number[part]].append((each, number))
        for group in alike.values():
            for (one, number), (other, second) in combinations(group, 2):
                if one.number:
                    break  # the rest are valid numbers, which are not slips of each other
                if _nearly(number, second):
                    yield one, other, Reason.NEARLY_THE_NUMBER


def _one_number(records: Collection[N], doubtful: Sequence[N]) -> Iterator[tuple[N, N, Reason]]:
    bearers: dict[str, list[N]] = defaultdict(list)
    for each in doubtful:
        bearers[modern_form(each.written or "")].append(each)
    for each in records:
        if each.number in bearers:
            bearers[each.number].append(each)
    for number, group in bearers.items():
        whole = len(number) == 18 and len(group) <= _FEW
        for one, other in _pairs(group):
            if whole or one.name == other.name:
                same = (one.number or one.written) == (other.number or other.written)
                yield one, other, Reason.SAME_NUMBER if same else Reason.OLD_AND_NEW


def _nearly(one: str, other: str) -> bool:
    """Whether two numbers of one length differ in one place, or in two neighbouring ones swapped."""
    places = [place for place, (left, right) in enumerate(zip(one, other, strict=True)) if left != right]
    if len(places) == 2:
        first, second = places
        return second == first + 1 and one[first] == other[second] and one[second] == other[first]
    return len(places) == 1
