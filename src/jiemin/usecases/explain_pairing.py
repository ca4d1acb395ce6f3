"""Why a household has the cadre it has, and why not another: judged by the day the pair was made."""

from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import Connection

from jiemin.domain.codes import Role
from jiemin.domain.pairing.alternatives import Alternatives, alternatives
from jiemin.domain.pairing.costs import CostLine, cost_lines
from jiemin.domain.pairing.lawful import may_begin
from jiemin.domain.pairing.problem import PairingProblem, PairKey
from jiemin.domain.pairing.settings import PairingSettings
from jiemin.errors import JieminError
from jiemin.storage import cadres, pairing_runs, pairings
from jiemin.storage.cadres import CadreState
from jiemin.storage.database import Database
from jiemin.storage.households import HouseholdState
from jiemin.storage.pairing_runs import RunRow
from jiemin.storage.pairings import PairingRow
from jiemin.usecases.find_records import find_cadre_ever, find_household
from jiemin.usecases.pairing_changes import rules_read
from jiemin.usecases.pairing_facts import Gathered, gather


@dataclass(frozen=True, slots=True)
class Card:
    """A cadre as a sentence speaks of one."""

    cadre_no: str
    name: str
    unit: str
    post: str


@dataclass(frozen=True, slots=True)
class Helping:
    """A pairing in force: who, since when, and by which run; None where people made it."""

    row: PairingRow
    cadre: Card
    run: RunRow | None


@dataclass(frozen=True, slots=True)
class PairExplained:
    """Why a household's 第一责任人 is who it is.

    All is judged by `day`: that of the run that made the pair, else the pair's first day. `corrected`
    tells that the facts of that day read otherwise now than the run read them. `found` is None where
    the pair has no place among the pairs the rules allow on that day; `lines` are its reasons then as
    ever. `required` pairs are made whatever they cost; `barred` says, in Chinese, why the pair must end,
    "" when it need not.
    """

    household_no: str
    head_name: str
    lead: Helping
    assistants: tuple[Helping, ...]
    day: date
    corrected: bool
    required: bool
    barred: str
    lines: tuple[CostLine, ...]
    found: Alternatives | None
    cards: dict[str, Card]


@dataclass(frozen=True, slots=True)
class NotPaired:
    """Why another cadre is not the household's 第一责任人.

    `forbidden` says which rule is in the way, in Chinese; "" where none is, and then `explained.found`
    holds that cadre alone. `names` are those of the households that would change hands.
    """

    explained: PairExplained
    cadre: Card
    forbidden: str
    names: dict[str, str]


def explain_pairing(database: Database, text: str, settings: PairingSettings, today: date) -> PairExplained:
    """Why the household has its 第一责任人, and which two cadres would have been next.

    `settings` judge pairs that no run made. Raises `NotFoundError` for an unknown household and
    `JieminError` when it has no 第一责任人.
    """
    with database.reading() as connection:
        case = _Case.of(connection, text, settings, today)
        return case.explained(alternatives(case.problem, case.pair, pairs=case.pairs))


def explain_not_paired(
    database: Database, text: str, cadre: str, settings: PairingSettings, today: date
) -> NotPaired:
    """Why the household's 第一责任人 is not that cadre; raises as `explain_pairing` does."""
    with database.reading() as connection:
        case = _Case.of(connection, text, settings, today)
        other = find_cadre_ever(connection, cadre, case.day)
        forbidden = case.forbids(other)
        found = None
        if not forbidden:
            found = alternatives(case.problem, case.pair, only=other.cadre_no, pairs=case.pairs)
            if found is not None and not found.others:
                forbidden = case.no_place(other)
        names = {each.household_no: each.head_name or "" for each in case.gathered.households}
        return NotPaired(case.explained(found), _card(other), forbidden, names)


@dataclass(frozen=True, slots=True)
class _Case:
    """A household's pair and the day it is judged by, with all that counted on that day."""

    family: HouseholdState
    lead: Helping
    assistants: tuple[Helping, ...]
    day: date
    gathered: Gathered
    problem: PairingProblem
    pairs: Collection[PairKey]
    corrected: bool

    @classmethod
    def of(cls, connection: Connection, text: str, settings: PairingSettings, today: date) -> "_Case":
        family = find_household(connection, text, today)
        rows = [
            each for each in pairings.pairings_of(connection, family.id) if each.start <= today < each.end
        ]
        helping = [_helping(connection, row) for row in rows]
        lead = next((each for each in helping if each.row.role == Role.LEAD), None)
        if lead is None:
            raise _nothing_to_explain(family, bool(helping))
        assistants = tuple(each for each in helping if each is not lead)
        if lead.run is not None and lead.run.rules is not None:
            return cls._by_run(connection, family, lead, lead.run, assistants)
        day = lead.row.start
        gathered = gather(connection, day, settings)
        problem = _before(gathered.problem, _key(lead.row))
        return cls(family, lead, assistants, day, gathered, problem, gathered.problem.kept.keys(), False)

    @classmethod
    def _by_run(
        cls,
        connection: Connection,
        family: HouseholdState,
        lead: Helping,
        run: RunRow,
        assistants: tuple[Helping, ...],
    ) -> "_Case":
        settings, price = rules_read(run.rules or {})
        gathered = gather(connection, run.day, settings, before_run=run.number)
        problem = replace(gathered.problem, price_of_ending=price)
        families = {each.key for each in problem.households}
        helpers = {each.key for each in problem.cadres}
        pairs = {
            _key(held)
            for held in pairing_runs.pairings_after(connection, run)
            if held.household_no in families and held.cadre_no in helpers
        }
        corrected = problem.fingerprint() != run.facts
        return cls(family, lead, assistants, run.day, gathered, problem, pairs, corrected)

    @property
    def pair(self) -> PairKey:
        return _key(self.lead.row)

    def explained(self, found: Alternatives | None) -> PairExplained:
        named = {_card(each).cadre_no: _card(each) for each in self.gathered.cadres}
        return PairExplained(
            household_no=self.family.household_no,
            head_name=self.family.head_name or "",
            lead=self.lead,
            assistants=self.assistants,
            day=self.day,
            corrected=self.corrected,
            required=self.pair in self.gathered.problem.required,
            barred=self.gathered.bars.get(self.pair, ""),
            lines=found.lines if found else self._lines(),
            found=found,
            cards=named | {self.lead.cadre.cadre_no: self.lead.cadre},
        )

    def _lines(self) -> tuple[CostLine, ...]:
        """The reasons of a pair that has no place on that day, as far as both are known on it."""
        home = next((one for one in self.problem.households if one.key == self.pair[0]), None)
        helper = next((one for one in self.problem.cadres if one.key == self.pair[1]), None)
        return cost_lines(home, helper, self.problem.costs, kept=False) if home and helper else ()

    def forbids(self, other: CadreState) -> str:
        """The rule that keeps the cadre from the household, in Chinese; "" when none does."""
        key = (self.family.household_no, other.cadre_no)
        if other.cadre_no == self.lead.cadre.cadre_no:
            return f"{other.name}就是这一户的第一责任人"
        if any(each.cadre.cadre_no == other.cadre_no for each in self.assistants):
            return f"{other.name}已经在协助这一户"
        if key in self.gathered.bars:
            return f"{other.name}{self.gathered.bars[key]}"
        return self._kept_apart(*key, other.name)

    def _kept_apart(self, household: str, cadre: str, name: str) -> str:
        """What on that day keeps two from each other who may be paired otherwise."""
        home = next((one for one in self.problem.households if one.key == household), None)
        helper = next((one for one in self.problem.cadres if one.key == cadre), None)
        if home is None:
            return f"这一户在{self.day}不是结对对象"
        if helper is None:
            return f"{name}在{self.day}不任职"
        if may_begin(home, helper, self.problem.rules):
            return ""
        if home.taken_by:
            units = "、".join(sorted(home.taken_by))
            return f"{home.place.village.split('/')[-1]}由{units}包村，只由其干部帮扶"
        return f"按规定有联系镇村的干部只结对联系的镇村，{name}没有联系这里"

    def no_place(self, other: CadreState) -> str:
        """Why a cadre whom no rule keeps from the household has no place for it."""
        helper = next(one for one in self.problem.cadres if one.key == other.cadre_no)
        most = self.problem.rules.limit(helper)
        if not most:
            return f"按职级限额，{other.name}不结对"
        return f"{other.name}已有的结对户都要留下，按规定最多{most}户，没有空额"


def _key(row: PairingRow) -> PairKey:
    return row.household_no, row.cadre_no


def _card(state: CadreState) -> Card:
    return Card(state.cadre_no, state.name, state.unit, state.post or "")


def _nothing_to_explain(family: HouseholdState, helped: bool) -> JieminError:
    told = f"{family.household_no}{family.head_name or ''}现在{'没有第一责任人' if helped else '没有结对'}"
    if family.to_be_paired:
        return JieminError(
            told, "用 jiemin pair --auto 自动配对，配不上的会说明原因；或用 jiemin pair add 手工结对"
        )
    return JieminError(
        f"{told}，也不在应结对的范围内",
        f"看这一户的情况：jiemin household show {family.household_no}",
    )


def _helping(connection: Connection, row: PairingRow) -> Helping:
    state = cadres.last_posts(connection, [row.cadre_id])[0]
    return Helping(row, _card(state), pairing_runs.run_that_made(connection, row.id))


def _before(problem: PairingProblem, pair: PairKey) -> PairingProblem:
    """The question as it stood before the pair: it is not in force, and its village not yet held."""
    kept = {each: role for each, role in problem.kept.items() if each != pair}
    places = {home.key: home.place for home in problem.households}
    still = {places[home] for home, cadre in kept if cadre == pair[1] and home in places}
    gone = {places[pair[0]]} - still if pair[0] in places else set()
    helpers = tuple(
        replace(one, held=one.held - gone) if one.key == pair[1] else one for one in problem.cadres
    )
    return replace(problem, kept=kept, pinned=problem.pinned - {pair}, cadres=helpers)
