"""Applying a plan of pairing as people have edited it.

Of each household that is listed, the plan says who helps it from its day on. A household is judged
whole: when one of its rows cannot stand, all of them are rejected and the household stays as it is,
since half of a plan would leave it without the helper that the other half brings.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from jiemin.domain.codes import PlanStep, Role
from jiemin.domain.matching import KnownCadre, KnownHousehold
from jiemin.domain.pairing.costs import cost_lines
from jiemin.domain.pairing.facts import CadreFacts, HouseholdFacts
from jiemin.domain.periods import FOREVER
from jiemin.domain.roster import RosterRow, RosterSheet
from jiemin.domain.spans import Outcome
from jiemin.storage import pairings
from jiemin.storage.pairings import PairingRow
from jiemin.storage.tables import Pairing
from jiemin.usecases.importing.members import find_household
from jiemin.usecases.importing.session import ImportSession
from jiemin.usecases.pairing_changes import reasons_told
from jiemin.usecases.pairing_facts import Gathered, gather

_REASON = "按结对方案调整"
_TURNED = "结对方式改变"
_IN_FORCE = frozenset([PlanStep.KEEP, PlanStep.TURN, PlanStep.END])
"""Steps of pairs that were in force when the plan was made."""


@dataclass(slots=True)
class _Line:
    """A row that names a cadre; `role` is settled when all rows of the household are known."""

    row: RosterRow
    cadre: KnownCadre
    role: Role = Role.ASSIST
    outcome: Outcome = Outcome.UNCHANGED

    @property
    def step(self) -> PlanStep | None:
        """What is to become of the pair."""
        return self.row.values.get("step")

    @property
    def holds(self) -> bool:
        """Whether the pair is to be in force."""
        return self.step is not PlanStep.END


@dataclass(slots=True)
class _Home:
    """A listed household: all its rows, those that name a cadre, and whether none was rejected."""

    known: KnownHousehold
    rows: list[RosterRow] = field(default_factory=list)
    lines: list[_Line] = field(default_factory=list)
    sound: bool = True


def enter(session: ImportSession, sheet: RosterSheet) -> None:
    """Apply the plan to every household whose rows can all stand."""
    session.write_so_far()
    plan = _Plan(session, sheet)
    homes = plan.settle()
    for home in homes:
        plan.judge(home)
    for home in homes:
        if home.sound:
            plan.carry_out(home)
        else:
            plan.leave(home)
    plan.warn_of_loads()


class _Plan:
    """One plan against what is on record on its day, or today if that day is past.

    Whoever left since the plan was made is no helper to begin with.
    """

    def __init__(self, session: ImportSession, sheet: RosterSheet) -> None:
        self.session, self.sheet = session, sheet
        self.day: date = session.options.as_of or sheet.as_of or session.options.today
        connection = session.door.connection
        decided = max(self.day, session.options.today)
        self.gathered: Gathered = gather(connection, decided, session.options.pairing)
        self.open: dict[int, list[PairingRow]] = defaultdict(list)
        """Pairings without an end, by household id."""
        for row in pairings.pairings_within(connection, self.day, FOREVER):
            if row.end == FOREVER:
                self.open[row.household_id].append(row)
        problem = self.gathered.problem
        self._families: Mapping[str, HouseholdFacts] = {each.key: each for each in problem.households}
        self._helpers: Mapping[str, CadreFacts] = {each.key: each for each in problem.cadres}
        self._loads = Counter(row.cadre_id for rows in self.open.values() for row in rows)
        self._begun: list[_Line] = []
        self._astray: set[str] = set()
        """Numbers and names of cadres in rows of which the household cannot be told."""

    def settle(self) -> list[_Home]:
        """The households listed, in the sheet's order, with the rows that could be told."""
        homes: dict[int, _Home] = {}
        spoiled: set[int] = set()
        for row in self.sheet.rows:
            household = find_household(self.session, row)
            if household is None:
                meant = self.session.households.by_no.get(row.values["household_no"].upper())
                spoiled |= {meant.id} if meant is not None else set()
                self._astray |= _names(row.values.get("cadre_no"), row.values.get("cadre_name"))
                continue
            home = homes.setdefault(household.id, _Home(household))
            home.rows.append(row)
            cadre = self._cadre(home, row)
            if cadre is not None:
                home.lines.append(_Line(row, cadre))
        for home in homes.values():
            home.sound &= home.known.id not in spoiled and not self._may_lack_a_row(home)
        return list(homes.values())

    def _may_lack_a_row(self, home: _Home) -> bool:
        """Whether a helper is struck out who stands in a row of which the household cannot be told."""
        listed = {line.cadre.id for line in home.lines}
        struck = (row for row in self.open[home.known.id] if row.cadre_id not in listed)
        return any(_names(row.cadre_no, row.cadre_name) & self._astray for row in struck)

    def _cadre(self, home: _Home, row: RosterRow) -> KnownCadre | None:
        """The cadre a row names; None for none, or reported when he or she cannot be told."""
        number, name = row.values.get("cadre_no"), row.values.get("cadre_name")
        index = self.session.cadres
        if number:
            known = index.by_no.get(number.upper())
            if known is not None and (name in (None, known.name) or known in index.named(name)):
                return known
            told = f"{number}登记的是{known.name}" if known is not None else number
            self._reject(home, row, "J508" if known is not None else "J502", "cadre_no", told)
            return None
        if not name:
            return None
        fitting = index.named(name, row.values.get("cadre_unit")) or index.named(name)
        paired = {each.cadre_id for each in self.open[home.known.id]}
        fitting = [each for each in fitting if each.id in paired] or fitting
        if len(fitting) == 1:
            return fitting[0]
        self._reject(home, row, "J503" if fitting else "J502", "cadre_name", name)
        return None

    def judge(self, home: _Home) -> None:
        """Report what cannot stand, and give the rows without a role theirs."""
        seen: set[int] = set()
        for line in home.lines:
            if line.cadre.id in seen:
                self._reject(home, line.row, "J523", "cadre_no", line.cadre.cadre_no)
            elif line.holds:
                self._judge_pair(home, line)
            seen.add(line.cadre.id)
        holding = [line for line in home.lines if line.holds]
        leads = [line for line in holding if line.row.values.get("role") is Role.LEAD]
        for line in leads[1:]:
            self._reject(home, line.row, "J516", "role")
        untold = [line for line in holding if "role" not in line.row.values]
        for line in leads[:1] or untold[:1]:
            line.role = Role.LEAD

    def _judge_pair(self, home: _Home, line: _Line) -> None:
        cadre = line.cadre
        bar = self.gathered.bars.get((home.known.household_no, cadre.cadre_no))
        start = line.row.values.get("start")
        if home.known.household_no not in self._families:
            self._reject(home, line.row, "J521", "household_no", home.known.household_no)
        elif cadre.cadre_no not in self._helpers:
            self._reject(home, line.row, "J520", "cadre_no", cadre.name)
        elif bar is not None:
            self._reject(home, line.row, "J518", "cadre_no", f"{cadre.name}{bar}")
        elif start is not None and start > max(self.day, self.session.options.today):
            self._reject(home, line.row, "J313", "start", f"{start}在今天以后")

    def _reject(self, home: _Home, row: RosterRow, code: str, field_name: str, detail: str = "") -> None:
        home.sound = False
        self._note(code, row, field_name, detail)

    def _note(self, code: str, row: RosterRow, field_name: str, detail: str = "") -> None:
        """Report a fault; of a cadre at the cell that names him or her."""
        if field_name == "cadre_no" and "cadre_no" not in row.values:
            field_name = "cadre_name"
        self.session.tally.note(code, row, field_name, detail)

    def leave(self, home: _Home) -> None:
        """Reject the rows of an unsound household that are in order themselves."""
        tally = self.session.tally
        rejected = {number for number, _ in tally.rejected_rows}
        for row in home.rows:
            if row.number not in rejected:
                tally.note("J524", row, "household_no", home.known.household_no)

    def carry_out(self, home: _Home) -> None:
        """End, turn and begin the household's pairings as the plan says, and count its rows.

        A household of which no row names a cadre stays as it is.
        """
        wanted = {line.cadre.id: line for line in home.lines if line.holds}
        held = {row.cadre_id: row for row in self.open[home.known.id]}
        ended = [row for row in held.values() if home.lines and row.cadre_id not in wanted]
        turned = [
            row for row in held.values() if row.cadre_id in wanted and row.role != wanted[row.cadre_id].role
        ]
        begun = [line for cadre_id, line in wanted.items() if cadre_id not in held]
        if ended or turned or begun:
            self._warn(home, wanted, held, begun)
            self._warn_of_required(home, ended)
            day = max(self.day, self.gathered.turns.get(home.known.id, self.day))
            for row in ended:
                self._end(row, day, self.gathered.lapsed.get(row.id, _REASON))
            for row in turned:
                self._end(row, day, _TURNED)
                wanted[row.cadre_id].outcome = Outcome.CHANGED
                self._start(home, wanted[row.cadre_id], day, row.reasons)
            for line in begun:
                line.outcome = Outcome.NEW
                self._begin(home, line, day, handover=bool(ended or turned))
            self._count_endings(home, ended)
            self._loads.subtract(row.cadre_id for row in ended)
        outcomes = self.session.tally.outcomes
        outcomes.update(line.outcome for line in home.lines)
        outcomes[Outcome.UNCHANGED] += len(home.rows) - len(home.lines)

    def _end(self, row: PairingRow, day: date, reason: str) -> None:
        """End a pairing; one that began on the day itself never held, and is taken back."""
        if row.start >= day:
            self.session.batch.remove(Pairing, row.id)
        else:
            self.session.batch.change(Pairing, row.id, {"valid_to": day, "end_reason": reason})

    def _begin(self, home: _Home, line: _Line, day: date, *, handover: bool) -> None:
        """Begin a new pair: when another ends, else on the day told, but not before both are on record."""
        gathered, home_id = self.gathered, home.known.id
        since: date = line.row.values.get("start") or self.day
        since = max(since, gathered.household_days[home_id], gathered.turns.get(home_id, since))
        since = max(day if handover else since, gathered.cadre_days[line.cadre.id])
        family = self._families[home.known.household_no]
        helper = self._helpers[line.cadre.cadre_no]
        lines = cost_lines(family, helper, gathered.problem.costs, kept=False)
        self._start(home, line, since, reasons_told(lines))
        self._loads[line.cadre.id] += 1
        self._begun.append(line)

    def _start(self, home: _Home, line: _Line, start: date, reasons: str | None) -> None:
        self.session.batch.add(
            Pairing,
            {
                "household_id": home.known.id,
                "cadre_id": line.cadre.id,
                "role": line.role.value,
                "origin": "导入",
                "reasons": reasons,
                "valid_from": start,
                "valid_to": FOREVER,
            },
        )

    def _count_endings(self, home: _Home, ended: Iterable[PairingRow]) -> None:
        """Each ending changes the row that tells it; of one that no row tells, the household's first."""
        for row in ended:
            line = next((each for each in home.lines if each.cadre.id == row.cadre_id), None)
            line = line or home.lines[0]
            if line.outcome is Outcome.UNCHANGED:
                line.outcome = Outcome.CHANGED

    def _warn(
        self,
        home: _Home,
        wanted: Mapping[int, _Line],
        held: Mapping[int, PairingRow],
        begun: Sequence[_Line],
    ) -> None:
        """Say what a clerk should look at in a household that changes."""
        note, rules = self._note, self.gathered.problem.rules
        if self._known_then(home) != held.keys():
            now = "、".join(row.cadre_name for row in held.values()) or "没有干部"
            note("J522", home.lines[0].row, "former", f"现在结对的是{now}")
        paired = home.known.household_no in self._families
        if paired and not any(line.role is Role.LEAD for line in wanted.values()):
            place = next(iter(wanted.values()), home.lines[0])
            note("J517", place.row, "role" if place.row.values.get("role") else "household_no")
        if begun and len(wanted) > rules.cadres_per_household:
            detail = f"{len(wanted)}人，最多{rules.cadres_per_household}人"
            note("J515", begun[-1].row, "household_no", detail)

    def _warn_of_required(self, home: _Home, ended: Iterable[PairingRow]) -> None:
        """Say which of the pairs that end must be: the next run makes them again."""
        for row in ended:
            if (row.household_no, row.cadre_no) in self.gathered.problem.required:
                told = (line for line in home.lines if line.cadre.id == row.cadre_id)
                self._note("J525", next(told, home.lines[0]).row, "household_no", row.cadre_name)

    def _known_then(self, home: _Home) -> set[int]:
        """The cadres that the household had when the plan was made."""
        if "former" not in self.sheet.columns:
            return {line.cadre.id for line in home.lines if line.step in _IN_FORCE}
        numbers = {number for row in home.rows for number in row.values.get("former", ())}
        known = (self.session.cadres.by_no.get(number) for number in numbers)
        return {cadre.id for cadre in known if cadre is not None}

    def warn_of_loads(self) -> None:
        """Name the cadres whom new pairs bring beyond their limit, once each."""
        rules = self.gathered.problem.rules
        told: set[int] = set()
        for line in reversed(self._begun):
            most = rules.limit(self._helpers[line.cadre.cadre_no])
            number = self._loads[line.cadre.id]
            if number > most and line.cadre.id not in told:
                told.add(line.cadre.id)
                detail = f"{line.cadre.name}{number}户，最多{most}户"
                self._note("J519", line.row, "cadre_no", detail)


def _names(*told: str | None) -> set[str]:
    """By what a row and a pairing may name the same cadre."""
    return {each.upper() for each in told if each}
