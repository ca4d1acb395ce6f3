"""An event under way: the open door, its day, the families it speaks of, and what it has done so far.

Every event ends rows and begins others; only what began on the very day is mended in place, since it never
held. An event before something that is on record already is refused: it would have to rewrite it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlmodel import SQLModel

from jiemin.domain.people import clean_name, mask_digits
from jiemin.domain.periods import FOREVER, Month, Year, parse_month, parse_year
from jiemin.domain.spans import Held, amend
from jiemin.errors import JieminError, NotFoundError
from jiemin.storage import awards, finding, measures, pairings, persons, subsidy_runs, visits
from jiemin.storage.batch import Batch
from jiemin.storage.households import HouseholdState, households_on
from jiemin.storage.journal import Door
from jiemin.storage.merging import held_rows
from jiemin.storage.pairings import PairingRow
from jiemin.storage.persons import MembershipRow
from jiemin.storage.tables import HouseholdSpan, Membership
from jiemin.usecases.find_records import find_household
from jiemin.usecases.hand_over import end_pairings, refuse_distant
from jiemin.usecases.household_events.plan import Step

_DATED = {"start": "valid_from", "end": "valid_to"}
_FEW = 3


@dataclass(frozen=True, slots=True)
class Family:
    """A household on the event's day: what holds of it, who belongs to it, who helps it."""

    state: HouseholdState
    spans: list[Held]
    members: list[MembershipRow]
    pairings: list[PairingRow]

    @property
    def id(self) -> int:
        """The row of the household."""
        return self.state.id

    @property
    def number(self) -> str:
        """The household's number."""
        return self.state.household_no

    @property
    def head(self) -> MembershipRow | None:
        """The head, if one is on record."""
        return next((each for each in self.members if each.head), None)


class Event:
    """What one event may do inside the open door."""

    def __init__(self, door: Door, day: date, today: date) -> None:
        self.door, self.day, self.today = door, day, today
        self.connection = door.connection
        self.batch = Batch(door)
        self.steps: list[Step] = []
        self.notes: list[str] = []
        self.touched: dict[int, str] = {}
        """Id → number of each household the event is about, in that order."""
        self.to_lead: dict[int, int | None] = {}
        """Household that must have a lead afterwards → the cadre who has the first claim, if any."""
        self.released: set[int] = set()
        """Cadres whose pairing the event ends."""

    def family(self, text: str) -> Family:
        """The household meant, as it stands on the day.

        Raises `NotFoundError`, or `JieminError` for a day more than a year ahead, or before the last day
        on which anything of the household changed.
        """
        refuse_distant(self.day, self.today)
        known = find_household(self.connection, text, max(self.day, self.today))
        spans = held_rows(self.connection, HouseholdSpan, "household_id", [known.id])
        rows = persons.memberships_of(self.connection, known.id)
        helped = pairings.pairings_of(self.connection, known.id)
        self._refuse_early(known.household_no, [*spans, *rows, *helped])
        state = households_on(self.connection, self.day, [known.id])[0]
        self.touched[state.id] = state.household_no
        return Family(
            state,
            spans,
            [each for each in rows if each.holds(self.day)],
            [each for each in helped if each.end > self.day],
        )

    def active_family(self, text: str) -> Family:
        """As `family`; raises `JieminError` when the household is not in the work on the day."""
        family = self.family(text)
        if not family.state.active:
            raise JieminError(
                f"{family.number}在{self.day}已不在册（{family.state.status}）",
                f"要恢复在册：jiemin household return {family.number}",
            )
        return family

    def member(self, family: Family, text: str) -> MembershipRow:
        """The member meant, by name or identity number; raises `NotFoundError` or `JieminError`."""
        name = clean_name(text)
        found = [each for each in family.members if _is(each, name)]
        if len(found) == 1:
            return found[0]
        told = mask_digits(text)
        if found:
            raise NotFoundError(f"{family.number}有{len(found)}名成员叫“{told}”", "请改写身份证号")
        homes = finding.household_ids(self.connection, name, self.day)
        others = [
            each.household_no
            for each in households_on(self.connection, self.day, homes)
            if any(_is(one, name) for one in self._members(each.id))
        ]
        names = "、".join(each.name for each in family.members) or "没有登记成员"
        if others:
            raise JieminError(
                f"“{told}”是{'、'.join(others)}的成员，不是{family.number}的",
                f"{family.number}的成员：{names}",
            )
        self._refuse_former(family, name, names)
        raise NotFoundError(f"{family.number}没有成员“{told}”", f"这一户的成员：{names}")

    def refuse_death_to_come(self, who: str) -> None:
        """Raise `JieminError` where somebody would die on a day to come.

        Who dies today may be a member until tomorrow.
        """
        if self.day > self.today + timedelta(days=1):
            raise JieminError(f"{self.day}还没有到，不能登记{who}去世", "核对 --on")

    def number_of(self, household_id: int) -> str:
        """The number of a household, such as one that a person belongs to."""
        return households_on(self.connection, max(self.day, self.today), [household_id])[0].household_no

    def turn(self, family: Family, told: Mapping[str, Any], reason: str) -> None:
        """Let something else hold of the household from the day on, and say why, after that day's reasons."""
        earlier = [span.state["reason"] for span in family.spans if span.start == self.day]
        reasons = "；".join(each for each in (*earlier, reason) if each)
        amendment = amend(family.spans, self.day, {**told, "reason": reasons})
        for span_id, fields in amendment.rewrites:
            self.rewrite(HouseholdSpan, span_id, fields)
        for start, end, state in amendment.starts:
            self.batch.add(HouseholdSpan, {**state, "valid_from": start, "valid_to": end})

    def rewrite(self, table: type[SQLModel], span_id: int, fields: Mapping[str, Any]) -> None:
        """Set fields of a span as an amendment tells them, `start` and `end` among them."""
        self.batch.change(table, span_id, {_DATED.get(name, name): fields[name] for name in fields})

    def relate(self, row: MembershipRow, told: Mapping[str, Any], reason: str) -> None:
        """Let a member be in another relation, or in another household, from the day on."""
        if row.start == self.day:
            self.batch.change(Membership, row.id, dict(told))
            if "household_id" in told:
                self._bear(row, reason)
            return
        self.batch.change(Membership, row.id, {"valid_to": self.day, "end_reason": reason})
        kept = {
            "household_id": row.household_id,
            "person_id": row.person_id,
            "relation": row.relation,
            "covered": row.covered,
        }
        self.batch.add(Membership, {**kept, **told, "valid_from": self.day, "valid_to": row.end})

    def leave(self, row: MembershipRow, reason: str) -> None:
        """Let a member belong to the household no longer; who came that very day never did."""
        if row.start == self.day:
            self.batch.remove(Membership, row.id)
            self._bear(row, reason)
        else:
            self.batch.change(Membership, row.id, {"valid_to": self.day, "end_reason": reason})

    def end_pairings(self, family: Family, reason: str) -> None:
        """End all pairings of a household; one that began on the day never held and is taken back."""
        end_pairings(self.door, family.pairings, self.day, reason)
        for row in family.pairings:
            self.released.add(row.cadre_id)
            self.step(family.number, "结对", f"{row.cadre_name}（{row.role}）", "")

    def step(self, number: str, subject: str, ends: str, begins: str) -> None:
        """Tell one thing that ends or begins."""
        self.steps.append(Step(number, subject, mask_digits(ends), mask_digits(begins)))

    def note_visits(self) -> None:
        """Tell of the visits made since at the households the event is about; they stay where they are."""
        for household_id, number in self.touched.items():
            later = visits.visits_within(self.connection, self.day, FOREVER, household_id)
            if later:
                self.notes.append(f"{self.day}起还登记了{len(later)}次走访，仍记在{number}")

    def note_end(self, family: Family) -> None:
        """Tell what stays open of a household that is no longer in the work: subsidies, promises."""
        self.note_awards(family)
        on = max(self.day, self.today)
        waiting = [each for each in measures.measures_until(self.connection, on, [family.id]) if each.open]
        if waiting:
            told = "、".join(f"{each.measure_no}{each.what}" for each in waiting[:_FEW])
            more = "等" if len(waiting) > _FEW else ""
            count = f"{family.number}还有{len(waiting)}项帮扶措施没有兑现，仍记在这一户"
            ways = "办了用 jiemin measure deliver，不办了用 jiemin measure drop"
            self.notes.append(mask_digits(f"{count}：{told}{more}；{ways}"))

    def note_awards(self, family: Family) -> None:
        """Tell that subsidies were computed, or approved, by what no longer holds; the last day of a period
        decides, or the day of an approval before it."""
        runs = subsidy_runs.runs(self.connection)
        decided = {run.id: run.approved_on for run in runs if run.approved and run.approved_on}
        paid = [
            row
            for row in awards.awards_of_household(self.connection, family.id)
            if min(_last_day(row.period), decided.get(row.run_id, FOREVER)) >= self.day
        ]
        approved = sum(row.approved for row in paid)
        told = f"{family.number}涉及{self.day}以后的补助已"
        if len(paid) > approved:
            count = f"{told}算了{len(paid) - approved}笔"
            self.notes.append(f"{count}，请用 jiemin subsidy compute 重新计算")
        if approved:
            self.notes.append(f"{told}批准{approved}笔，差额请用 jiemin subsidy arrears 补发或追回")

    def _bear(self, row: MembershipRow, reason: str) -> None:
        """A row that began on the day ends at once: the one it went on from bears the reason."""
        for each in persons.memberships_of(self.connection, row.household_id):
            if each.person_id == row.person_id and each.end == self.day:
                self.batch.change(Membership, each.id, {"end_reason": reason})

    def _refuse_former(self, family: Family, name: str, names: str) -> None:
        """Raise `JieminError` when somebody of that name was a member, and is none on the day."""
        rows = [each for each in persons.memberships_of(self.connection, family.id) if _is(each, name)]
        if rows and rows[-1].end <= self.day:
            gone = rows[-1]
            why = f"（{mask_digits(gone.end_reason)}）" if gone.end_reason else ""
            raise JieminError(
                f"{gone.name}从{gone.end}起不是{family.number}的成员{why}", f"现在的成员：{names}"
            )

    def _members(self, household_id: int) -> list[MembershipRow]:
        rows = persons.memberships_of(self.connection, household_id)
        return [each for each in rows if each.holds(self.day)]

    def _refuse_early(self, number: str, rows: Iterable[Held | MembershipRow | PairingRow]) -> None:
        known = list(rows)
        first = min(each.start for each in known)
        if self.day < first:
            raise JieminError(f"{number}从{first}起才有记录", f"用 --on {first} 或更晚的日期")
        latest = max(each.start if each.end == FOREVER else each.end for each in known)
        if self.day < latest:
            raise JieminError(
                f"{number}在{latest}还有变动，不能再从更早的{self.day}起办理",
                f"用 --on {latest} 或更晚的日期；那次变动登记错了，先用 jiemin undo 撤销",
            )


def _last_day(period: str) -> date:
    """The last day of the month or year that an award is for."""
    parsed: Month | Year = parse_month(period) if len(period) > 4 else parse_year(period)
    return parsed.last


def named(row: MembershipRow) -> str:
    """A member with his or her relation, as the plan tells it."""
    return f"{row.name}（{row.relation or '关系未填'}）"


def _is(row: MembershipRow, name: str) -> bool:
    return name == row.name or name.upper() == row.id_number
