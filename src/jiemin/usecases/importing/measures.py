"""Entering the register of measures: new ones of a support plan, and what became of known ones.

A row means the measure whose number it gives, else the one of the same household, text and promised day.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from jiemin.domain.codes import squeeze
from jiemin.domain.matching import KnownHousehold
from jiemin.domain.periods import FOREVER
from jiemin.domain.roster import RosterRow, RosterSheet
from jiemin.domain.spans import Amendment, Difference, Outcome
from jiemin.storage.measures import MeasureRow, measures_until, serial
from jiemin.storage.record_tables import Measure
from jiemin.usecases.importing.file_registers import FirstSaid, Who, by_whom, day_told, past_day, settle
from jiemin.usecases.importing.members import find_household
from jiemin.usecases.importing.session import ImportSession

_WHOSE = ("household_no", "head_name", "head_id")
_AS_TOLD = ("plan", "promised_on", "due_on", "delivered_on", "dropped_on", "outcome", "amount_fen", "source")
_ENDS = ("delivered_on", "dropped_on")
_STILL_OPEN = frozenset(
    "未完成 没有完成 尚未完成 未落实 尚未落实 未开始 未启动 进行中 正在进行 正在办理 办理中 在办 落实中 "
    "正在落实 正在实施 实施中 推进中 正在推进 计划中 待落实 否".split()
)
"""Words for 完成情况 that say no more than that there is no day of completion yet."""


@dataclass(slots=True)
class _Known:
    """A measure on record, its stored fields by their names; of a delivered one what had been planned."""

    id: int
    number: str
    household_id: int
    values: dict[str, Any]
    planned: tuple[int | None, str | None] = (None, None)

    @property
    def who(self) -> tuple[int | None, str | None]:
        """The cadre who answers for it, or another person's name; neither where nobody does."""
        return self.values["cadre_id"], self.values["person"]

    @property
    def is_open(self) -> bool:
        """Whether it is neither delivered nor dropped."""
        return self.values["delivered_on"] is None and self.values["dropped_on"] is None


@dataclass(slots=True)
class _Measures:
    """The measures on record, by number and by household and text.

    The numbers are those from before this import: no file can mean a number that was not given yet.
    """

    by_no: dict[str, _Known] = field(default_factory=dict)
    by_text: dict[tuple[int, str], list[_Known]] = field(default_factory=lambda: defaultdict(list))

    def add(self, known: _Known) -> None:
        """Take in one, without its number."""
        self.by_text[known.household_id, known.values["what"]].append(known)

    def reworded(self, known: _Known, before: str) -> None:
        """Find one by its new text from now on."""
        self.by_text[known.household_id, before].remove(known)
        self.by_text[known.household_id, known.values["what"]].append(known)


class MeasureRegister:
    """The measures on record, and what the rows of one import say of them."""

    def __init__(self) -> None:
        self._said = FirstSaid()
        self._known: _Measures | None = None
        self._told_as: dict[int, str] = {}
        """Measure id → the number by which a row of this import told it."""

    def enter(self, session: ImportSession, sheet: RosterSheet) -> None:
        """Enter every measure of which it can be told whose it is, what is to be done and since when."""
        self._on_record(session)
        for row in sheet.rows:
            household = self._household(session, row)
            found = self._find(session, row, household) if household is not None else None
            if household is None or found is None:
                continue
            known = found[0] if found else None
            amendment = (
                self._change(session, row, household, known)
                if known is not None
                else self._start(session, row, household)
            )
            if amendment is not None:
                settle(session, row, household.household_no, [amendment])

    def _household(self, session: ImportSession, row: RosterRow) -> KnownHousehold | None:
        """Whose measure it is: of a row that gives its number alone, as on record. None is reported."""
        if any(name in row.values for name in _WHOSE):
            return find_household(session, row)
        number = row.values["measure_no"]
        known = self._on_record(session).by_no.get(number.upper())
        if known is None:
            session.tally.note("J445", row, "measure_no", "没有这个编号，也没有写是哪一户", number)
            return None
        return session.households.by_id[known.household_id]

    def _find(
        self, session: ImportSession, row: RosterRow, household: KnownHousehold
    ) -> Sequence[_Known] | None:
        """The measure meant, none for a new one; None when the row is rejected, which is reported."""
        what, number = row.values.get("measure_what"), row.values.get("measure_no", "").upper()
        known = self._on_record(session)
        alike = known.by_text[household.id, what] if what else []
        day = day_told(session, row, "promised_on")
        same = [each for each in alike if each.values["promised_on"] == day and self._is_free(each, number)]
        if same:
            return self._of_same(session, row, household, same)
        if number:
            numbered = known.by_no.get(number)
            fault = _contradiction(numbered, row, household)
            if fault and (numbered or not what):
                session.tally.note("J445", row, "measure_no", fault, number)
                return None
            if numbered is not None:
                return [numbered]
        if "promised_on" in row.values:
            return []
        meant = [each for each in alike if _may_mean(each, row)]
        if len(meant) > 1:
            session.tally.note("J432", row, "promised_on", f"这一户有{len(meant)}项这样的措施")
            return None
        return meant

    def _of_same(
        self, session: ImportSession, row: RosterRow, household: KnownHousehold, same: list[_Known]
    ) -> list[_Known] | None:
        """Of measures of one text and day the one numbered so, else the likest; None as `_find`.

        A number counts only where it is on record: promises that this import brought may have been given
        the numbers of others in the file.
        """
        numbered = self._on_record(session).by_no.get(row.values.get("measure_no", "").upper())
        if numbered in same:
            return [numbered]
        if len(same) == 1:
            return same
        who = by_whom(session, row, household, same[0].values["promised_on"])
        return [_likest(same, row, who)] if who is not None else None

    def _is_free(self, known: _Known, number: str) -> bool:
        """Whether no row with another number meant it: two numbers are two measures."""
        return not number or self._told_as.get(known.id, number) == number

    def _tell_as(self, measure_id: int, row: RosterRow) -> None:
        if "measure_no" in row.values:
            self._told_as[measure_id] = row.values["measure_no"].upper()

    def _start(self, session: ImportSession, row: RosterRow, household: KnownHousehold) -> Amendment | None:
        """A new measure; None (reported) without a day, or without anything to be done."""
        day = past_day(session, row, "promised_on")
        who = by_whom(session, row, household, day) if day is not None else None
        if day is None or who is None:
            return None
        if who.is_nobody:
            session.tally.note("J439", row, "cadre_names")
        nothing: dict[str, Any] = dict.fromkeys((*_AS_TOLD, "cadre_id", "person"))
        by = {"cadre_id": who.cadre_id, "person": who.person}
        values = nothing | by | _possible(session, row, nothing, {**_told(row), "promised_on": day})
        planned = _planned(values) if values["delivered_on"] else {}
        measure_id = session.batch.add(Measure, {"household_id": household.id, **values, **planned})
        number = serial(measure_id)
        session.batch.change(Measure, measure_id, {"measure_no": number})
        strange = row.values.get("measure_no", number).upper() != number
        if strange and self._on_record(session).by_no:  # else it is another county's list, taken over whole
            session.tally.note("J446", row, "measure_no", f"新编号{number}", row.values["measure_no"])
        self._on_record(session).add(_Known(measure_id, number, household.id, values))
        said = _told(row) if who.supposed else {**_told(row), "who": (who.cadre_id, who.person)}
        self._said.agreed(session, row, measure_id, said)
        self._tell_as(measure_id, row)
        return Amendment(Outcome.NEW)

    def _change(
        self, session: ImportSession, row: RosterRow, household: KnownHousehold, known: _Known
    ) -> Amendment | None:
        """What the row tells of a known measure; None when it is rejected, which is reported."""
        if "promised_on" in row.values and past_day(session, row, "promised_on") is None:
            return None
        who = by_whom(session, row, household, row.values.get("promised_on") or known.values["promised_on"])
        if who is None:
            return None
        self._tell_as(known.id, row)
        said = _told(row)
        if not who.supposed or (who.person and known.who == (None, None)):
            said["who"] = (who.cadre_id, who.person)
        agreed = self._said.agreed(session, row, known.id, said, _column)
        agreed = _beside_the_plan(known, row, agreed)
        by = agreed.pop("who", None)
        told = _possible(session, row, known.values, agreed)
        if by is not None:
            told["cadre_id"], told["person"] = by
        fresh = {name: value for name, value in told.items() if known.values[name] != value}
        if not fresh:
            return Amendment(Outcome.UNCHANGED)
        differences = tuple(_differences(session, known.values, fresh))
        planned = _planned(known.values) if known.is_open and "delivered_on" in fresh else {}
        session.batch.change(Measure, known.id, {**fresh, **planned})
        before = known.values["what"]
        known.values.update(fresh)
        known.planned = (planned["planned_fen"], planned["planned_source"]) if planned else known.planned
        if "what" in fresh:
            self._on_record(session).reworded(known, before)
        return Amendment(Outcome.CHANGED, differences=differences)

    def _on_record(self, session: ImportSession) -> _Measures:
        if self._known is None:
            self._known = _Measures()
            before = {row.id for row in measures_until(session.door.connection, FOREVER)}
            if session.batch.has_new(Measure):  # promises of visits that this import brought
                session.write_so_far()
            for row in measures_until(session.door.connection, FOREVER):
                known = _known(row)
                self._known.add(known)
                if known.id in before:
                    self._known.by_no[known.number] = known
        return self._known


def _known(row: MeasureRow) -> _Known:
    who = {"cadre_id": row.cadre_id, "person": None if row.cadre_id else row.responsible}
    values = {name: getattr(row, name) for name in ("what", *_AS_TOLD)}
    return _Known(row.id, row.measure_no, row.household_id, values | who, row.planned)


def _told(row: RosterRow) -> dict[str, Any]:
    """The stored fields that the row tells, but for who answers."""
    told = {name: row.values[name] for name in _AS_TOLD if name in row.values}
    return {"what": row.values["measure_what"], **told} if "measure_what" in row.values else told


def _beside_the_plan(known: _Known, row: RosterRow, told: dict[str, Any]) -> dict[str, Any]:
    """Without the money that had been planned, where a list of before the delivery tells that again."""
    if known.values["delivered_on"] is None or "delivered_on" in row.values:
        return told
    plan = dict(zip(("amount_fen", "source"), known.planned, strict=True))
    return {name: value for name, value in told.items() if name not in plan or plan[name] != value}


def _planned(values: Mapping[str, Any]) -> dict[str, Any]:
    """The money of a measure that is delivered now, as it stood before."""
    return {"planned_fen": values["amount_fen"], "planned_source": values["source"]}


def _column(stored: str) -> str:
    return {"what": "measure_what", "who": "cadre_names"}.get(stored, stored)


def _likest(same: Sequence[_Known], row: RosterRow, who: Who) -> _Known:
    """Of measures of one text and day the one that says what the row tells, and least beyond it."""
    told = _told(row)

    def unlike(known: _Known) -> tuple[int, int]:
        answers = known.who == (who.cadre_id, who.person) or (who.supposed and known.who == (None, None))
        contradicted = sum(known.values[name] != value for name, value in told.items())
        beyond = sum(known.values[name] is not None and name not in told for name in _AS_TOLD)
        return contradicted + (not answers), beyond

    return min(same, key=unlike)


def _may_mean(known: _Known, row: RosterRow) -> bool:
    """Whether a row of the same text without a day of its own may mean it: it is open, or ended as told."""
    return known.is_open or any(
        name in row.values and row.values[name] == known.values[name] for name in _ENDS
    )


def _contradiction(numbered: _Known | None, row: RosterRow, household: KnownHousehold) -> str:
    """Why the row cannot mean the measure of its number: it is another household's, or has neither the
    text nor the day of the row."""
    if numbered is None:
        return "没有这个编号"
    if numbered.household_id != household.id:
        return "这个编号是另一户的"
    what, day = numbered.values["what"], numbered.values["promised_on"]
    if row.values.get("measure_what", what) != what and row.values.get("promised_on", day) != day:
        return f"登记的是“{what}”，{day}承诺"
    return ""


def _possible(
    session: ImportSession, row: RosterRow, old: Mapping[str, Any], told: Mapping[str, Any]
) -> dict[str, Any]:
    """What of it can be, seen together with what is on record; the rest is reported and left out."""
    kept = dict(told)
    for name in _ENDS:
        if name in kept and kept[name] > session.options.today:
            session.tally.note("J440", row, name, value=kept.pop(name).isoformat())
    for name in ("due_on", *_ENDS):
        day, promised = ({**old, **kept}.get(each) for each in (name, "promised_on"))
        if day is not None and day < promised:
            wrong = name if name in kept else "promised_on"
            session.tally.note("J441", row, wrong, f"承诺日期是{promised}", kept.pop(wrong).isoformat())
    if all({**old, **kept}.get(name) for name in _ENDS):
        wrong = next(name for name in reversed(_ENDS) if name in kept and kept[name] != old[name])
        session.tally.note("J444", row, wrong, value=kept.pop(wrong).isoformat())
    if "outcome" in kept and not any({**old, **kept}.get(name) for name in _ENDS):
        outcome = kept.pop("outcome")
        if squeeze(outcome) not in _STILL_OPEN and not any(name in told for name in _ENDS):
            session.tally.note("J443", row, "outcome", value=outcome)
    return kept


def _differences(
    session: ImportSession, old: Mapping[str, Any], new: Mapping[str, Any]
) -> Iterator[Difference]:
    """What is replaced, under the names of the columns."""
    for name in ("what", *_AS_TOLD):
        if name in new:
            yield Difference(_column(name), old[name], new[name])
    if "cadre_id" in new or "person" in new:
        both = ({**old, **told} for told in ({}, new))
        yield Difference(
            "cadre_names", *(Who(each["cadre_id"], each["person"]).name(session) for each in both)
        )
