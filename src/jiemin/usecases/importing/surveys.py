"""Entering the register of the four surveys (四清): which was complete on a day, or what was missing."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeAlias

from jiemin.domain.codes import Survey
from jiemin.domain.matching import KnownHousehold
from jiemin.domain.periods import FOREVER
from jiemin.domain.roster import RosterRow, RosterSheet
from jiemin.domain.spans import Amendment, Difference, Outcome
from jiemin.storage.record_tables import HouseholdSurvey
from jiemin.storage.surveys import surveys_until
from jiemin.usecases.importing.file_registers import FirstSaid, Who, by_whom, past_day, settle
from jiemin.usecases.importing.members import find_household
from jiemin.usecases.importing.session import ImportSession

NOT_TOLD = "未写明"
"""What is missing of a survey of which the list only says that it is not complete."""

_Key: TypeAlias = tuple[int, Survey, date]


@dataclass(slots=True)
class _Known:
    """A survey on record."""

    id: int
    values: dict[str, Any]


@dataclass(frozen=True, slots=True)
class _Told:
    """What a row tells of one survey; its columns begin with `column`."""

    survey: Survey
    column: str
    clear: bool | None
    missing: str | None
    finding: str | None


@dataclass(frozen=True, slots=True)
class _Settled:
    """A row whose household, day and surveyor can be told."""

    row: RosterRow
    household: KnownHousehold
    day: date
    who: Who


class SurveyRegister:
    """The surveys on record, and what the rows of one import say of them."""

    def __init__(self) -> None:
        self._said = FirstSaid()
        self._known: dict[_Key, _Known] | None = None

    def enter(self, session: ImportSession, sheet: RosterSheet) -> None:
        """Enter every survey whose household and day can be told; one that tells none changes nothing."""
        for row in sheet.rows:
            told = _surveys(row)
            if told is None:
                session.tally.note("J437", row, "survey")
                continue
            settled = _settle(session, row, blank=not told)
            if settled is not None:
                amendments = [self._enter(session, settled, each) for each in told]
                done = [each for each in amendments if each is not None]
                settle(session, row, settled.household.household_no, done)

    def _enter(self, session: ImportSession, settled: _Settled, told: _Told) -> Amendment | None:
        """Enter one survey; None (reported) where it says nothing that could be kept."""
        key = settled.household.id, told.survey, settled.day
        known = self._on_record(session).get(key)
        values = self._agreed(session, settled, told, known)
        if values is None:
            return None
        if known is None:
            self._start(session, settled, key, values)
            return Amendment(Outcome.NEW, differences=tuple(_differences(session, told, {}, values)))
        fresh = {name: value for name, value in values.items() if known.values[name] != value}
        if not fresh:
            return Amendment(Outcome.UNCHANGED)
        differences = tuple(_differences(session, told, known.values, fresh))
        session.batch.change(HouseholdSurvey, known.id, dict(fresh))
        known.values.update(fresh)
        return Amendment(Outcome.CHANGED, differences=differences)

    def _agreed(
        self, session: ImportSession, settled: _Settled, told: _Told, known: _Known | None
    ) -> dict[str, Any] | None:
        """The stored fields the row tells and no earlier row told otherwise; None (reported) when they say
        both or nothing of whether the survey is complete."""
        row, clear = settled.row, told.clear
        if clear is None and told.missing is not None:
            clear = False
        if clear and told.missing is not None:
            session.tally.note("J435", row, f"{told.column}_missing")
            return None
        if clear is None and known is None:
            session.tally.note("J434", row, f"{told.column}_finding")
            return None
        said: dict[str, Any] = {"clear": clear, "missing": told.missing, "finding": told.finding}
        if not settled.who.supposed:
            said["who"] = (settled.who.cadre_id, settled.who.person)
        said = {name: value for name, value in said.items() if value is not None}
        key = settled.household.id, told.survey, settled.day
        agreed = self._said.agreed(session, row, key, said, lambda name: _column(told, name))
        if ("clear" in said) is not ("clear" in agreed):
            return {}
        values = {"finding": agreed["finding"]} if "finding" in agreed else {}
        if "clear" in agreed:
            values["complete"] = clear
            values["missing"] = None if clear else _missing(session, row, told, known, agreed.get("missing"))
        if "who" in agreed:
            values["cadre_id"], values["surveyor"] = agreed["who"]
        return values

    def _start(self, session: ImportSession, settled: _Settled, key: _Key, values: dict[str, Any]) -> None:
        """A survey new on record; where no surveyor is named the lead of that day is meant."""
        if settled.who.is_nobody:
            session.tally.note("J439", settled.row, "cadre_names")
        owner = {"household_id": key[0], "survey": key[1].value, "day": key[2]}
        by = {"cadre_id": settled.who.cadre_id, "surveyor": settled.who.person}
        fields = {"finding": None, **values, **by}
        self._on_record(session)[key] = _Known(
            session.batch.add(HouseholdSurvey, {**owner, **fields}), fields
        )

    def _on_record(self, session: ImportSession) -> dict[_Key, _Known]:
        if self._known is None:
            self._known = {}
            for row in surveys_until(session.door.connection, FOREVER):
                values = {name: getattr(row, name) for name in ("complete", "missing", "finding")}
                by = {"cadre_id": row.cadre_id, "surveyor": None if row.cadre_id else row.by}
                self._known[row.household_id, row.survey, row.day] = _Known(row.id, values | by)
        return self._known


def _surveys(row: RosterRow) -> list[_Told] | None:
    """What the row tells of each survey; None when it tells of one and does not say of which."""
    alone: Survey | None = row.values.get("survey")
    found = [_told(row, survey, survey.name.lower()) for survey in Survey]
    if alone is not None:
        found.append(_told(row, alone, "survey"))
    elif any(name in row.values for name in ("survey_clear", "survey_missing", "survey_finding")):
        return None
    return [each for each in found if (each.clear, each.missing, each.finding) != (None, None, None)]


def _told(row: RosterRow, survey: Survey, column: str) -> _Told:
    clear, missing, finding = (row.values.get(f"{column}_{name}") for name in ("clear", "missing", "finding"))
    return _Told(survey, column, clear, missing, finding)


def _settle(session: ImportSession, row: RosterRow, *, blank: bool) -> _Settled | None:
    """Whose survey it is, of which day and by whom; None when the row is rejected, which is reported, or
    when it is `blank` besides its household."""
    household = find_household(session, row)
    if household is None:
        return None
    if blank:
        session.count([], new=False)
        return None
    day = past_day(session, row, "survey_day")
    who = by_whom(session, row, household, day) if day is not None else None
    return _Settled(row, household, day, who) if day is not None and who is not None else None


def _missing(
    session: ImportSession, row: RosterRow, told: _Told, known: _Known | None, missing: str | None
) -> str:
    """What is missing of an incomplete survey: as told, as known, else that it was not told.

    A row that says so itself, as an export does, is not asked again.
    """
    if missing is not None:
        return missing
    kept: str | None = known.values["missing"] if known is not None else None
    if kept in (None, NOT_TOLD):
        session.tally.note("J436", row, f"{told.column}_clear")
    return kept or NOT_TOLD


def _column(told: _Told, name: str) -> str:
    return "cadre_names" if name == "who" else f"{told.column}_{name}"


def _differences(
    session: ImportSession, told: _Told, old: dict[str, Any], new: dict[str, Any]
) -> Iterator[Difference]:
    """What is replaced, under the names of the columns."""
    for name, column in (("complete", "clear"), ("missing", "missing"), ("finding", "finding")):
        if name in new and new[name] != old.get(name):
            yield Difference(f"{told.column}_{column}", old.get(name), new[name])
    if "cadre_id" in new or "surveyor" in new:
        names = [Who(each.get("cadre_id"), each.get("surveyor")).name(session) for each in (old, old | new)]
        yield Difference("cadre_names", *names)
