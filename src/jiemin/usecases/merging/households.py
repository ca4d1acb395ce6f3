"""A household entered twice becomes one, with its people, pairings, visits, awards and file."""

from collections import Counter
from typing import Any

from jiemin.domain.codes import Relation
from jiemin.domain.duplicates import Kind, suspects
from jiemin.domain.merging import Combine, Stretch, fill, yield_to
from jiemin.domain.spans import Held, State
from jiemin.errors import JieminError
from jiemin.storage import duplicates, regions
from jiemin.storage.alias_tables import HouseholdAlias, PersonAlias
from jiemin.storage.merging import held_rows, last_begun, rows_where
from jiemin.storage.rule_tables import CadreKin, PairRule
from jiemin.storage.tables import Household, HouseholdSpan, Membership, Pairing, Person, Visit
from jiemin.usecases.merging import persons
from jiemin.usecases.merging.merge import Merge, as_json
from jiemin.usecases.merging.money import move_money
from jiemin.usecases.merging.records import move_records

_TOLD_ELSEWHERE = frozenset({"household_id"})


def check(merge: Merge, one: int, other: int) -> None:
    """Raise `JieminError` when both heads have valid, different identity numbers."""
    heads = [_head(merge, each) for each in (one, other)]
    if all(head and head["id_valid"] for head in heads):
        numbers = [_household(merge, each) for each in (one, other)]
        raise JieminError(
            f"{numbers[0]}和{numbers[1]}户主的身份证号都有效而且不同，不是同一户",
            f"确认是两户：jiemin duplicates keep-apart {numbers[0]} {numbers[1]}；号码录错了请改正名册再导入",
        )


def merge_households(merge: Merge, one: int, other: int) -> None:
    """Let the household `other` become `one`.

    Persons of both who are one by name and birth, and heads who are one, become one; the others move.
    """
    number, head = _household(merge, other), _head(merge, other)
    spans = held_rows(merge.connection, HouseholdSpan, "household_id", [other])
    place = last_begun(spans, merge.day)
    settled = merge.lay(HouseholdSpan, "household_id", one, other, _in_the_nearer_place(merge))
    same = _same_persons(merge, one, other)
    _move_members(merge, one, other)
    if head and head["id"] not in {gone for _, gone in same}:
        merge.notes.append(f"{head['name']}成为这一户的成员，与户主关系要补填")
    for kept, gone in same:
        persons.check(merge, kept, gone)
        persons.merge_persons(merge, kept, gone)
    _move_pairings(merge, one, other)
    merge.moved["visit"] += merge.hand_over(Visit, "household_id", one, other)
    move_money(merge, one, other, number)
    move_records(merge, one, other)
    for table in (HouseholdAlias, PersonAlias, PairRule, CadreKin):
        merge.hand_over(table, "household_id", one, other)
    merge.keep_apart_too(Kind.HOUSEHOLD, one, other)
    merge.door.delete(Household, [other])
    alias = {
        "household_id": one,
        "household_no": number,
        "region_id": place.state["region_id"] if place else None,
        "head_name": head["name"] if head else "",
        "head_birth": head["birth"] if head else None,
        "day": merge.day,
        "settled": as_json({name: told for name, told in settled.items() if name not in _TOLD_ELSEWHERE}),
    }
    merge.door.insert(HouseholdAlias, [alias])


def _household(merge: Merge, household: int) -> str:
    return str(rows_where(merge.connection, Household, "id", household)[0]["household_no"])


def _memberships(merge: Merge, household: int) -> list[Held]:
    return held_rows(merge.connection, Membership, "household_id", [household])


def _head(merge: Merge, household: int) -> dict[str, Any] | None:
    """The household's head: the present one, else the last there was."""
    heads = [span for span in _memberships(merge, household) if span.state["relation"] == Relation.HEAD]
    if not heads:
        return None
    last = max(heads, key=lambda span: span.end)
    return rows_where(merge.connection, Person, "id", last.state["person_id"])[0]


def _in_the_nearer_place(merge: Merge) -> Combine:
    """A village that the duplicate names goes before the record's town alone, if it lies in it."""
    parents = {
        each.id: each.parent_id for each in regions.regions(merge.connection) if each.level == regions.VILLAGE
    }

    def combine(own: State, other: State) -> State:
        filled = dict(fill(own, other))
        if parents.get(other["region_id"]) == own["region_id"]:
            filled["region_id"] = other["region_id"]
        return filled

    return combine


def _same_persons(merge: Merge, one: int, other: int) -> list[tuple[int, int]]:
    """Persons of the record and of the duplicate who are one, as `duplicates` would suspect of two in
    one household; whoever may be one of several stays apart."""
    own, theirs = _people(merge, one), _people(merge, other)
    facts = [
        each._replace(household_id=one) for each in duplicates.person_facts(merge.connection, own | theirs)
    ]
    apart = {(each.kind, each.one, each.other) for each in duplicates.settled(merge.connection)}
    pairs = [
        (low, high) if low in own else (high, low)
        for _, low, high, _ in suspects((), facts, (), apart)
        if len(own & {low, high}) == len(theirs & {low, high}) == 1
    ]
    often = Counter(person for pair in pairs for person in pair)
    return [pair for pair in pairs if often[pair[0]] == often[pair[1]] == 1]


def _people(merge: Merge, household: int) -> set[int]:
    return {span.state["person_id"] for span in _memberships(merge, household)}


def _move_members(merge: Merge, one: int, other: int) -> None:
    """All who belonged to the duplicate belong to the record; its head heads it on days without one."""
    headed = [span for span in _memberships(merge, one) if span.state["relation"] == Relation.HEAD]
    rows = _memberships(merge, other)
    wanted: dict[int, list[Stretch]] = {}
    for row in rows:
        no_head = {"relation": None} if row.state["relation"] == Relation.HEAD else {}
        moved = Held(row.id, row.start, row.end, {**row.state, "household_id": one})
        wanted.setdefault(row.state["person_id"], []).extend(yield_to(moved, headed, no_head))
    for person, stretches in wanted.items():
        merge.write(Membership, [row for row in rows if row.state["person_id"] == person], stretches)


def _move_pairings(merge: Merge, one: int, other: int) -> None:
    own = held_rows(merge.connection, Pairing, "household_id", [one])
    theirs = held_rows(merge.connection, Pairing, "household_id", [other])
    merge.lay_pairings(own, theirs, {"household_id": one})
