"""A roster that is complete (`--full`): households in the work that it does not list.

The rule: the sheets of households in one command, taken together, are complete for the town named by
`--town`, else for every town that a household they list lies in; if all they list of a town lies in
one village, for that village alone. Hidden sheets and rejected rows make no place complete, but a
household counts as listed when any row means it, theirs included. Missing households are told; only
`--end-missing DATE` ends them: from that day on they are 停保, as if a roster had said so, and their
pairings go as they always do when a household leaves the work. Nobody is ended while a rejected row,
sheet or file might have meant one of them.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from jiemin.domain.codes import HouseholdStatus
from jiemin.domain.matching import KnownHousehold
from jiemin.domain.roster import RosterRow
from jiemin.domain.spans import Held, amend, at
from jiemin.storage.tables import HouseholdSpan
from jiemin.usecases.importing.session import ImportSession


@dataclass(frozen=True, slots=True)
class MissingHousehold:
    """A household in the work that a complete roster does not list, and whether it is ended."""

    household_id: int
    household_no: str
    head_name: str
    place: str
    ended: bool = False


@dataclass(frozen=True, slots=True)
class Missing:
    """The households missing from a complete roster; `refused` says why none of them may be ended."""

    households: tuple[MissingHousehold, ...]
    refused: str = ""
    too_many: str = ""
    """A place that would lose more than a third of its households, in words."""


def note_rejected(session: ImportSession, row: RosterRow) -> None:
    """A rejected row of a roster of households still lists whom its numbers name."""
    number, head = row.values.get("household_no"), row.values.get("head_id")
    known = [
        session.households.by_no.get(number.upper()) if number else None,
        session.households.by_number.get(head.number) if head and head.valid else None,
    ]
    named = {each.id for each in known if each is not None}
    session.listed |= named
    session.untold += not named


def find_missing(session: ImportSession, *, unread: bool, day: date | None) -> Missing:
    """Who is missing, and with a `day` who may be ended from it; nothing is written.

    `unread` tells that a file or sheet of the command could not be read at all.
    """
    on = day or session.options.today
    missing, sizes = [], defaultdict[int, int](int)
    gone = defaultdict[int, int](int)
    for known, scope in _in_scope(session):
        held = at(session.household_spans[known.id], on)
        active = held is not None and held.state["status"] == HouseholdStatus.ACTIVE
        later = any(_is_active(span) for span in session.household_spans[known.id] if span.start > on)
        sizes[scope] += active
        if known.id in session.listed or not (active or later):
            continue
        gone[scope] += active
        place = session.places.name(known.place) if known.place is not None else ""
        missing.append(MissingHousehold(known.id, known.household_no, known.head_name, place, active))
    missing.sort(key=lambda each: each.household_no)
    if day is None:
        return Missing(tuple(replace(each, ended=False) for each in missing))
    refused = _refusal(session, unread)
    if refused:
        return Missing(tuple(replace(each, ended=False) for each in missing), refused)
    return Missing(tuple(missing), too_many=_too_many(session, sizes, gone))


def end(session: ImportSession, missing: Missing, day: date) -> int:
    """Let those who may be ended be 停保 from `day` on; how many."""
    ended = [each.household_id for each in missing.households if each.ended]
    for household_id in ended:
        spans = session.household_spans[household_id]
        days = [day, *(span.start for span in spans if span.start > day and _is_active(span))]
        for each in days:
            amendment = amend(spans, each, {"status": HouseholdStatus.STOPPED})
            session.apply(amendment, HouseholdSpan, {"household_id": household_id}, spans)
    return len(ended)


def _is_active(span: Held) -> bool:
    return bool(span.state["status"] == HouseholdStatus.ACTIVE)


def _in_scope(session: ImportSession) -> Iterator[tuple[KnownHousehold, int]]:
    """Every household the roster is complete for, and the town or village it is counted with."""
    households = session.households.by_id
    listed = [households[each] for each in session.shown]
    towns = {each.town for each in listed} - {None}
    if session.options.town:
        towns = {session.places.town(session.options.town)}
    villages = {town: {each.place for each in listed if each.town == town} for town in towns}
    for known in households.values():
        scope = villages.get(known.town)
        if known.town is None or scope is None or known.id not in session.household_spans:
            continue
        sole = next(iter(scope)) if len(scope) == 1 else known.town
        if known.place == sole or sole in (None, known.town):
            yield known, sole or known.town


def _refusal(session: ImportSession, unread: bool) -> str:
    if unread:
        return "有文件或工作表没有读进来，名册不算完整，一户也没有停"
    if session.untold:
        return f"有{session.untold}行没有导入，看不出是哪一户，一户也没有停；改好这些行再导入"
    if not session.shown:
        return "名册里没有困难家庭，一户也没有停"
    return ""


def _too_many(session: ImportSession, sizes: dict[int, int], gone: dict[int, int]) -> str:
    """The first place that would lose more than a third: most likely the roster is not complete."""
    for scope, number in gone.items():
        if 3 * number > sizes[scope]:
            return f"{session.places.name(scope)}在册{sizes[scope]}户，要停{number}户，超过三分之一"
    return ""
