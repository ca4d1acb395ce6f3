"""Pair households with cadres, all of them at once, and keep what is in force."""

from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import Connection

from jiemin.domain.pairing.lacking import lacking
from jiemin.domain.pairing.problem import PairingProblem, PairingResult
from jiemin.domain.pairing.rebalance import rebalance
from jiemin.domain.pairing.settings import PairingSettings
from jiemin.domain.pairing.shortage import shortages
from jiemin.domain.pairing.solve import best_attempt
from jiemin.domain.periods import Quarter
from jiemin.errors import JieminError
from jiemin.storage import cadres, households, pairings
from jiemin.storage.database import Database
from jiemin.storage.journal import write_door
from jiemin.storage.stamp import Stamp
from jiemin.usecases.pairing_changes import Changes, carry_out, foreseen
from jiemin.usecases.pairing_facts import Gathered, gather


@dataclass(frozen=True, slots=True)
class PairingRequest:
    """What is asked of a run.

    `on` is the day from which new pairings hold. With `max_changes` so many pairings in force may end
    for the sake of better ones; without, only where somebody would be left without.
    """

    settings: PairingSettings
    on: date | None = None
    max_changes: int | None = None


@dataclass(frozen=True, slots=True)
class PairingOutcome:
    """What an automatic run found on `day`, and did if it is `written`.

    `begin` is the first day of its new pairings. `saved` are the points that a rebalance saves; None
    when it was none, or serves more people.
    """

    day: date
    begin: date
    gathered: Gathered
    result: PairingResult
    changes: Changes
    saved: int | None
    shortages: tuple[str, ...]
    written: bool = False

    @property
    def names(self) -> dict[str, str]:
        """Household and cadre numbers → names, for the screen."""
        helpers = {each.cadre_no: each.name for each in self.gathered.cadres}
        return {each.household_no: each.head_name or "" for each in self.gathered.households} | helpers

    @property
    def remarks(self) -> tuple[str, ...]:
        """What the lists did not say, and which decisions could not be followed, in sentences."""
        return *lacking(self.gathered.problem), *self.gathered.clashes

    @property
    def changes_anything(self) -> bool:
        """Whether a pairing begins, ends or takes another role."""
        return bool(self.changes.started or self.changes.ended)


def pair_all(database: Database, stamp: Stamp, today: date, request: PairingRequest) -> PairingOutcome:
    """Pair every household of the classes to pair, keeping what is in force.

    Pairings begin on the day asked for; else the first run begins them on the first day of the running
    quarter, and later runs today; but none before household and cadre are on record, nor among
    pairings the household had already. Raises `JieminError` when there is nothing to pair, naming the
    list that is missing.
    """
    with write_door(database, stamp) as door:
        found = _found(door.connection, today, request)
        changes = carry_out(
            door, found.gathered, found.result, day=found.day, begin=found.begin, shortages=found.shortages
        )
        return replace(found, changes=changes, written=door.changed)


def propose(database: Database, today: date, request: PairingRequest) -> PairingOutcome:
    """What `pair_all` would do; nothing is written. Raises as it does."""
    with database.reading() as connection:
        return _found(connection, today, request)


def apply_proposal(
    database: Database, stamp: Stamp, today: date, request: PairingRequest, proposal: PairingOutcome
) -> PairingOutcome:
    """Write a proposal that somebody has looked at.

    Nobody's thinking holds the door open, so the facts are gathered again: when anything of them has
    changed meanwhile nothing is written, and a new proposal is returned.
    """
    with write_door(database, stamp) as door:
        gathered, day, begin = _facts(door.connection, today, request)
        asked = replace(gathered, problem=_priced_as(gathered.problem, proposal))
        same = asked.problem.fingerprint() == proposal.gathered.problem.fingerprint()
        if not same or foreseen(asked, proposal.result) != proposal.changes:
            return _solved(gathered, day, begin, request)
        changes = carry_out(door, asked, proposal.result, day=day, begin=begin, shortages=proposal.shortages)
        return replace(proposal, changes=changes, written=door.changed)


def _found(connection: Connection, today: date, request: PairingRequest) -> PairingOutcome:
    gathered, day, begin = _facts(connection, today, request)
    return _solved(gathered, day, begin, request)


def _facts(connection: Connection, today: date, request: PairingRequest) -> tuple[Gathered, date, date]:
    """What is known, the day it is decided on, and the first day of new pairings."""
    day = request.on or today
    later = request.on or pairings.paired_before(connection)
    gathered = gather(connection, day, request.settings)
    _refuse_backdating(gathered, day)
    _demand_lists(connection, gathered, day)
    return gathered, day, day if later else Quarter.of(today).first


def _solved(gathered: Gathered, day: date, begin: date, request: PairingRequest) -> PairingOutcome:
    if request.max_changes is None:
        attempt, saved = best_attempt(gathered.problem), None
    else:
        better = rebalance(gathered.problem, request.max_changes)
        attempt, saved = better.attempt, better.saved
        gathered = replace(gathered, problem=better.problem)
    served = not attempt.result.unpaired_households and not attempt.result.leaders_without
    short = () if served else shortages(gathered.problem, attempt.built, attempt.flow)
    return PairingOutcome(
        day=day,
        begin=begin,
        gathered=gathered,
        result=attempt.result,
        changes=foreseen(gathered, attempt.result),
        saved=saved,
        shortages=tuple(dict.fromkeys(each.sentence for each in short)),
    )


def _priced_as(problem: PairingProblem, proposal: PairingOutcome) -> PairingProblem:
    """The problem at the price at which the proposal is the best."""
    return replace(problem, price_of_ending=proposal.gathered.problem.price_of_ending)


def _refuse_backdating(gathered: Gathered, day: date) -> None:
    """A run decides for all days to come; it cannot begin before changes it does not see."""
    latest = max(gathered.turns.values(), default=day)
    if day < latest:
        raise JieminError(
            f"结对在{latest}还有变动，不能再从更早的{day}起自动配对", f"用 --on {latest} 或更晚的日期"
        )


def _demand_lists(connection: Connection, gathered: Gathered, day: date) -> None:
    if not gathered.households and not households.household_count(connection):
        raise JieminError("没有困难家庭名册，不能结对", "先导入：jiemin import 困难家庭名册.xlsx")
    if not gathered.households:
        raise JieminError(f"{day}没有需要结对的困难家庭", "结对对象为在册的城镇低保、农村低保和低收入家庭")
    if not gathered.cadres and not cadres.cadre_count(connection):
        raise JieminError(
            "没有干部名册，不能结对", "先导入：jiemin import 干部名册.xlsx（至少有姓名、单位、职务）"
        )
    if not gathered.cadres:
        raise JieminError(f"{day}没有在职的干部，不能结对", "核对干部名册的起始日期，或改 --on 的日期")
