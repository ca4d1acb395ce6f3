"""What an import adds that looks like a record there is already is said (J416), by the rules of
`jiemin duplicates`; it goes in all the same, since only a clerk can tell."""

from jiemin.domain.duplicates import (
    CadreFacts,
    HouseholdFacts,
    Kind,
    PersonFacts,
    suspects,
    written_number,
)
from jiemin.domain.matching import KnownCadre, KnownHousehold
from jiemin.storage.duplicates import person_ref
from jiemin.usecases.importing.session import ImportSession


def warn_of_likeness(session: ImportSession) -> None:
    """Warn in the row of each new household, person and cadre that may be one with another."""
    kinds = session.newcomers.keys()
    persons = _persons(session) if kinds & {Kind.HOUSEHOLD, Kind.PERSON} else {}
    families = session.households.by_id if persons else {}
    staff = {each.id: each for each in session.cadres.by_no.values()} if Kind.CADRE in kinds else {}
    found = suspects(
        [_household(session, each, persons) for each in families.values()],
        persons.values(),
        [_cadre(session, each) for each in staff.values()],
    )
    for kind, one, other, reasons in found:
        came = session.newcomers[kind].get(other)
        if came is None:
            continue
        if kind is Kind.HOUSEHOLD:
            like = f"{families[one].household_no}（{families[one].head_name}）"
        elif kind is Kind.CADRE:
            like = f"{staff[one].cadre_no}（{staff[one].name}）"
        else:
            like = f"{person_ref(one)}（{persons[one].name}）"
        tally, row, field_name = came
        tally.note("J416", row, field_name, f"与{like}{'，'.join(reasons)}")


def _persons(session: ImportSession) -> dict[int, PersonFacts]:
    details = session.person_details
    return {
        each.id: PersonFacts(
            each.id,
            each.name,
            each.number,
            None if each.number else _written(details[each.id]),
            each.birth,
            each.household_id,
        )
        for each in session.persons.by_id.values()
    }


def _written(details: dict[str, object]) -> str | None:
    number, raw = details["id_number"], details["id_raw"]
    return written_number(str(number) if number else None, str(raw) if raw else None)


def _household(
    session: ImportSession, known: KnownHousehold, persons: dict[int, PersonFacts]
) -> HouseholdFacts:
    spans = session.household_spans.get(known.id)
    account = spans[-1].state.get("account") if spans else None
    head = persons[known.head_id] if known.head_id is not None else None
    return HouseholdFacts(known.id, known.place, head, account)


def _cadre(session: ImportSession, known: KnownCadre) -> CadreFacts:
    number = session.cadre_details[known.id]["id_number"]
    written = None if known.number else written_number(number, None)
    return CadreFacts(known.id, known.name, known.unit, known.number, written, known.phones)
