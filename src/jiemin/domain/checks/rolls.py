"""What cannot be right of families and persons on the rolls (K1xx)."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from jiemin.domain.checks.catalogue import KINDS
from jiemin.domain.checks.county import County, Home, Member, of_home
from jiemin.domain.checks.finding import Finding
from jiemin.domain.checks.incomes import IncomeSpan, Standards, income_findings
from jiemin.domain.checks.numbers import nothing_to_say, number_findings
from jiemin.domain.checks.settings import CheckSettings
from jiemin.domain.codes import DIBAO, Relation
from jiemin.domain.household_events import tells_of_death
from jiemin.domain.people import mask_account
from jiemin.domain.periods import Month

_YEAR = re.compile(r"(?<!\d)(20\d\d)(?:[01]\d(?:[0-3]\d)?)?(?!\d)")
"""A year in a file's name, alone or as the beginning of a month or day: 2014, 201404, 20140401."""
_Present = Mapping[str, Sequence[Member]]
"""Who belongs to a household today, by its number."""


@dataclass(frozen=True, slots=True)
class RosterImport:
    """A workbook of families that was imported: when, and from which day on what it brought holds.

    `first` and `last` are the days on which spans of households made by it begin. `mixed` says that it read
    several files and not rosters of families alone, so that nobody knows which of them was one.
    """

    action_id: int
    file: str
    day: date
    first: date
    last: date
    mixed: bool = False


@dataclass(frozen=True, slots=True)
class RollFacts:
    """What the rolls are judged by.

    `members` holds everybody who ever belonged to a household, by its number; `incomes` each household's
    spans with an income, oldest first; `imports` the workbooks that brought households, oldest first.
    """

    county: County
    members: Mapping[str, Sequence[Member]]
    incomes: Mapping[str, Sequence[IncomeSpan]]
    standards: Standards
    imports: Sequence[RosterImport] = ()


def roll_findings(facts: RollFacts, settings: CheckSettings) -> Iterator[Finding]:
    """Everything found on the rolls of the households in the work, but duplicates."""
    today = facts.county.today
    present = {
        number: [each for each in members if each.start <= today < each.end]
        for number, members in facts.members.items()
    }
    for number, home in facts.county.homes.items():
        if home.active:
            members = present.get(number, [])
            for member in members:
                if not nothing_to_say(member, today, settings):
                    yield from number_findings(home, member, today, settings)
            yield from _without_number(home, members)
            yield from _heads(home, members)
            yield from _counts(home, members)
            yield from income_findings(home, facts.incomes.get(number, ()), facts.standards)
    yield from _only_heads(facts.county, present)
    yield from _risen(facts, present)
    yield from _twice_at_once(facts.county, present)
    yield from _shared_accounts(facts.county.homes.values())
    yield from _stale(facts, settings)


def _without_number(home: Home, present: Sequence[Member]) -> Iterator[Finding]:
    lacking = [each for each in present if not each.number and not each.raw]
    if lacking:
        names = "、".join(each.name for each in lacking)
        yield of_home("K104", home, f"没有身份证号：{names}", *(each.ref for each in lacking))


def _heads(home: Home, present: Sequence[Member]) -> Iterator[Finding]:
    heads = [each for each in present if each.relation == Relation.HEAD]
    if not heads:
        yield of_home("K105", home, "没有登记户主", tuple(each.ref for each in present))
    elif len(heads) > 1:
        names = "、".join(each.name for each in heads)
        yield of_home("K106", home, f"户主有{len(heads)}人：{names}", *(each.ref for each in heads))


def _counts(home: Home, present: Sequence[Member]) -> Iterator[Finding]:
    size, covered = home.size, home.covered
    if size is not None and covered is not None and covered > size:
        yield of_home("K109", home, f"保障人口{covered}人，家庭人口{size}人", covered, size)
    if size is not None and size != len(present) and not _head_alone(present):
        yield of_home("K107", home, f"家庭人口{size}人，登记的成员{len(present)}人", size, len(present))
    if covered == 0 and home.household_class in DIBAO:
        yield of_home("K122", home, f"{home.household_class}户，保障人口是0，按它算的低保金是0元", covered)
    flags = [each.covered for each in present]
    if covered is None or None in flags or _head_alone(present):
        return
    flagged = sum(map(bool, flags))
    if flagged != covered:
        message = f"保障人口{covered}人，成员里享受低保的{flagged}人"
        yield of_home("K110", home, message, covered, flagged)


def _head_alone(present: Sequence[Member]) -> bool:
    """Nobody but the head is told, as when the roster of members was not imported."""
    return len(present) < 2


def _only_heads(county: County, present: _Present) -> Iterator[Finding]:
    """Households of several persons of which only the head is told, one finding for each town."""
    by_town: dict[str, list[Home]] = defaultdict(list)
    for number, home in county.homes.items():
        if home.active and home.size is not None and home.size > 1 and len(present.get(number, ())) == 1:
            by_town[home.town].append(home)
    for town, homes in by_town.items():
        numbers = tuple(sorted(each.household_no for each in homes))
        units = frozenset[str]().union(*(each.units for each in homes))
        message = f"{len(homes)}户家庭人口不止一人，只登记了户主：{numbers[0]}"
        message += "等" if len(homes) > 1 else ""
        yield Finding(KINDS["K108"], (town,), town, message, numbers, towns=frozenset({town}), units=units)


def _risen(facts: RollFacts, present: _Present) -> Iterator[Finding]:
    """Persons who died by what is on record and belong to a household today."""
    today = facts.county.today
    died: dict[int, date] = {}
    for members in facts.members.values():
        for each in members:
            if each.end_reason and each.end <= today and tells_of_death(each.end_reason):
                died[each.person_id] = min(each.end, died.get(each.person_id, each.end))
    for number, members in present.items() if died else ():
        home = facts.county.homes.get(number)
        for each in members:
            if home is not None and home.active and each.person_id in died:
                day = died[each.person_id]
                since = "仍是" if each.start < day else f"{each.start}起又是"
                message = f"{each.name} {day}登记去世，{since}这一户的成员"
                yield of_home("K117", home, message, day, each.start, besides=(each.ref,))


def _twice_at_once(county: County, present: _Present) -> Iterator[Finding]:
    """Members of two households in the work; the list of one that is out of it nobody keeps up."""
    times = Counter(each.person_id for members in present.values() for each in members)
    if len(times) == times.total():
        return
    of_person: dict[int, list[str]] = defaultdict(list)
    persons: dict[int, Member] = {}
    for number, members in present.items():
        for each in members:
            home = county.homes.get(number)
            if times[each.person_id] > 1 and home is not None and home.active:
                of_person[each.person_id].append(number)
                persons[each.person_id] = each
    for person_id, found in of_person.items():
        numbers = sorted(set(found))
        if len(numbers) > 1:
            person = persons[person_id]
            message = f"{person.name}同时登记在{'、'.join(numbers)}"
            yield of_home("K118", county.homes[numbers[0]], message, *numbers, besides=(person.ref,))


def _shared_accounts(homes: Iterable[Home]) -> Iterator[Finding]:
    sharing: dict[str, list[Home]] = defaultdict(list)
    for home in homes:
        if home.active and home.account:
            sharing[home.account].append(home)
    for account, some in sharing.items():
        if len(some) > 1:
            first, *others = sorted(some, key=lambda each: each.household_no)
            numbers = "、".join(each.household_no for each in others)
            message = f"和{numbers}是同一个账号{mask_account(account)}"
            yield of_home("K119", first, message, account, *(each.household_no for each in others))


def _stale(facts: RollFacts, settings: CheckSettings) -> Iterator[Finding]:
    """Rosters of another year, and the last of them long ago."""
    if not facts.imports:
        return
    last = max(each.day for each in facts.imports)
    months = _months_between(last, facts.county.today)
    if months >= settings.roster_months:
        message = f"上一次导入是{last}，已过{months}个月"
        yield Finding(KINDS["K120"], (), "困难家庭名册", message, (last, months // settings.roster_months))
    yield from _other_years(facts.imports)


def _other_years(imports: Sequence[RosterImport]) -> Iterator[Finding]:
    """Files named after another year than they hold from; several of one import are told apart by place."""
    files = Counter(each.action_id for each in imports)
    places: Counter[int] = Counter()
    for each in imports:
        places[each.action_id] += 1
        years = {int(year) for year in _YEAR.findall(each.file)}
        if not years or each.mixed:
            continue
        if not years & set(range(each.first.year, each.last.year + 1)):
            message = f"文件名写的是{max(years)}年，名册却从{each.first}起算"
            place = (f"{places[each.action_id]}",) if files[each.action_id] > 1 else ()
            key = (f"{each.action_id}", *place)
            yield Finding(KINDS["K121"], key, each.file, message, (each.file, each.first, each.last))


def _months_between(day: date, today: date) -> int:
    """Whole months from `day` to `today`."""
    one, other = Month.of(day), Month.of(today)
    months = 12 * (other.year - one.year) + other.month - one.month
    return months - (today.day < day.day)
