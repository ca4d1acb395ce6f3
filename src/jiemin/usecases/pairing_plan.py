"""A proposal of pairing as a plan for people to edit."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import Connection

from jiemin.domain.codes import PlanStep, Role
from jiemin.domain.pairing.fairness import CadreLoad, unit_loads
from jiemin.domain.pairing.problem import Pair, PairKey
from jiemin.sheets.forms.pairing_plan import IdleCadre, PlanForm, PlanLine
from jiemin.storage import cadres, households, regions
from jiemin.storage.cadres import CadreState
from jiemin.storage.database import Database
from jiemin.storage.households import HouseholdState
from jiemin.storage.pairings import PairingRow
from jiemin.usecases.pair_households import PairingOutcome
from jiemin.usecases.pairing_changes import first_days


def plan_of(database: Database, outcome: PairingOutcome) -> PlanForm:
    """The plan: households in the order of places, each with its cadres; those without anybody last."""
    with database.reading() as connection:
        places = regions.places(connection)
        homes = _households(connection, outcome)
        maker = _Lines(outcome, _cadres(connection, outcome))
    told = [(places[each.region_id].town, places[each.region_id].village, each) for each in homes]
    told.sort(key=lambda one: (*one[:2], one[2].household_no))
    lines = [line for town, village, each in told for line in maker.lines_of(each, town, village)]
    loads = Counter(pair.cadre for pair in outcome.result.pairs)
    serving = outcome.gathered.cadres
    return PlanForm(
        day=outcome.day,
        begin=outcome.begin,
        lines=sorted(lines, key=lambda line: line.step is None),
        idle=[
            IdleCadre(each.cadre_no, each.name, each.unit, each.post or "", each.leader)
            for each in serving
            if not loads[each.cadre_no]
        ],
        loads=unit_loads(CadreLoad(each.unit, each.leader, loads[each.cadre_no]) for each in serving),
    )


def _households(connection: Connection, outcome: PairingOutcome) -> list[HouseholdState]:
    """The households to pair, and others of which a pairing ends."""
    wanted = outcome.gathered.households
    left = {row.household_id for row in outcome.changes.ended} - {each.id for each in wanted}
    return [*wanted, *households.households_on(connection, outcome.day, sorted(left))]


def _cadres(connection: Connection, outcome: PairingOutcome) -> dict[str, CadreState]:
    """The cadres by number: those who serve, and others whose pairings end."""
    serving = outcome.gathered.cadres
    left = {row.cadre_id for row in outcome.changes.ended} - {each.id for each in serving}
    return {each.cadre_no: each for each in (*serving, *cadres.last_posts(connection, sorted(left)))}


@dataclass(slots=True)
class _Lines:
    """What the lines of each household are made from."""

    outcome: PairingOutcome
    cadres: Mapping[str, CadreState]
    _pairs: dict[str, list[Pair]]
    _ended: dict[str, list[PairingRow]]
    _held: dict[str, list[PairingRow]]
    _begins: dict[PairKey, date]
    _depths: dict[str, int]

    def __init__(self, outcome: PairingOutcome, cadres: Mapping[str, CadreState]) -> None:
        self.outcome, self.cadres = outcome, cadres
        self._pairs, self._ended, self._held = defaultdict(list), defaultdict(list), defaultdict(list)
        for pair in outcome.result.pairs:
            self._pairs[pair.household].append(pair)
        for row in outcome.changes.ended:
            self._ended[row.household_no].append(row)
        for row in outcome.gathered.in_force:
            self._held[row.household_no].append(row)
        self._begins = first_days(outcome.gathered, outcome.changes, day=outcome.day, begin=outcome.begin)
        self._depths = {each.key: each.depth for each in outcome.gathered.problem.households}

    def lines_of(self, home: HouseholdState, town: str, village: str) -> Iterator[PlanLine]:
        """The lines of one household: its pairs, what ends, or that it has nobody."""
        number = home.household_no
        blank = PlanLine(
            household_no=number,
            head_name=home.head_name or "",
            town=town,
            village=village,
            household_class=home.household_class,
            depth=self._depths.get(number),
            former=tuple(row.cadre_no for row in self._held[number]),
            reasons="没有可以结对的干部",
        )
        for pair in self._pairs[number]:
            yield self._of_pair(blank, pair)
        for row in self._ended[number]:
            why = self.outcome.gathered.lapsed.get(row.id, "重新结对调整")
            yield self._with_cadre(blank, row.cadre_no, Role(row.role), PlanStep.END, None, why)
        if not self._pairs[number] and number in self._depths:
            yield blank

    def _of_pair(self, blank: PlanLine, pair: Pair) -> PlanLine:
        key = pair.household, pair.cadre
        role = self.outcome.gathered.problem.kept.get(key)
        changed = PlanStep.TURN if pair.kept else PlanStep.BEGIN
        step = PlanStep.KEEP if role is pair.role else changed
        held = (row.start for row in self._held[pair.household] if row.cadre_no == pair.cadre)
        start = self._begins[key] if key in self._begins else next(held, None)
        reasons = "；".join(f"{line.label} {line.amount}" for line in pair.lines)
        return self._with_cadre(blank, pair.cadre, pair.role, step, start, reasons)

    def _with_cadre(
        self, blank: PlanLine, cadre_no: str, role: Role, step: PlanStep, start: date | None, reasons: str
    ) -> PlanLine:
        cadre = self.cadres[cadre_no]
        return replace(
            blank,
            role=role,
            cadre_no=cadre_no,
            cadre_name=cadre.name,
            unit=cadre.unit,
            post=cadre.post or "",
            step=step,
            start=start,
            reasons=reasons,
        )
