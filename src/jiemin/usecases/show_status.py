"""What is here and what to do next."""

from collections import Counter
from dataclasses import dataclass
from datetime import date

from jiemin.domain.codes import DIBAO, HouseholdClass
from jiemin.domain.money_items import RunStatus
from jiemin.domain.periods import Quarter
from jiemin.domain.visits import Rate
from jiemin.storage import actions, awards, cadres, households, pairings, persons, regions, subsidy_runs
from jiemin.storage.database import Database
from jiemin.usecases.quarter_facts import read_quarter
from jiemin.usecases.show_coverage import coverage_of


@dataclass(frozen=True, slots=True)
class Status:
    """The state of the work on one day; counts are of households, persons or cadres."""

    day: date
    quarter: Quarter
    households: int
    by_class: dict[str, int]
    persons: int
    cadres: int
    leaders: int
    to_pair: int
    unpaired: int
    without_lead: int
    """Households paired, but without a 第一责任人."""
    helper_gone: int
    """Households of which a helper serves no more, as a roster told; the next run hands them over."""
    leaders_without: int
    due: int
    made: int
    latest_award: str
    drafts: int
    """Runs of money computed and not approved."""
    missing: dict[str, int]
    """Fact → how many households lack it."""
    last_import: actions.ActionRow | None
    """(when, which files) of the last import that changed something."""

    @property
    def rate(self) -> Rate:
        """Households visited of households due."""
        return Rate(self.made, self.due)

    @property
    def next_steps(self) -> tuple[tuple[str, str], ...]:
        """(what to do, command) in the order a quarter goes."""
        steps = (
            (not self.households, "导入困难家庭名册", "jiemin import 名册.xlsx"),
            (not self.cadres, "导入干部名册", "jiemin import 干部名册.xlsx"),
            (bool(self.cadres and self.unpaired), f"给{self.unpaired}户结对", "jiemin pair --auto"),
            (bool(self.helper_gone), f"{self.helper_gone}户的干部已不再任职，换人", "jiemin pair --auto"),
            (
                bool(self.to_pair and not self.unpaired and self.leaders_without),
                f"{self.leaders_without}名领导干部没有结对户",
                "jiemin pair --auto",
            ),
            (
                bool(self.to_pair and self.due > self.made),
                f"还有{self.due - self.made}户没有走访",
                "jiemin visit due",
            ),
            (bool(self.without_lead), f"{self.without_lead}户没有第一责任人", "jiemin pair status"),
            (bool(self.missing), "看哪些户缺少资料，照写明的办法补", "jiemin subsidy list"),
            (bool(self.households and not self.latest_award), "计算补助", "jiemin subsidy compute"),
            (bool(self.households), "检查记录有没有问题", "jiemin check"),
            (bool(self.households), "出季度报表", "jiemin report quarterly --out stats.xlsx"),
        )
        return tuple((what, command) for wanted, what, command in steps if wanted)


def show_status(database: Database, today: date) -> Status:
    """Count what is on record on `today`."""
    quarter = Quarter.of(today)
    with database.reading() as connection:
        known = [each for each in households.households_on(connection, today) if each.active]
        serving = cadres.cadres_on(connection, today)
        in_force = pairings.pairings_on(connection, today)
        places = regions.places(connection)
        covered = coverage_of(connection, known, serving, in_force, places)
        record = read_quarter(connection, quarter, today)
        periods = awards.periods_with_awards(connection)
        drafts = sum(run.status == RunStatus.DRAFT for run in subsidy_runs.runs(connection))
        persons_known = persons.person_count(connection, today)
        done = [
            each
            for each in actions.actions(connection)
            if each.command == "import" and each.undone_by is None and each.changes
        ]
    judged = record.judged(today)
    serving_ids, active_ids = {each.id for each in serving}, {each.id for each in known}
    left = {row.household_id for row in in_force if row.cadre_id not in serving_ids}
    families, helpers = covered.of_households(covered.households), covered.of_cadres(covered.cadres)
    return Status(
        day=today,
        quarter=quarter,
        households=len(known),
        by_class={label.value: number for label in HouseholdClass if (number := _count(known, label))},
        persons=persons_known,
        cadres=helpers.staff,
        leaders=helpers.staff_leaders,
        to_pair=families.to_pair,
        unpaired=families.to_pair_unpaired,
        without_lead=families.without_lead,
        helper_gone=len(left & active_ids),
        leaders_without=helpers.leaders_without,
        due=len(judged.due),
        made=len(judged.made),
        latest_award=max(periods, default=""),
        drafts=drafts,
        missing=_missing(known, places),
        last_import=done[-1] if done else None,
    )


def _count(known: list[households.HouseholdState], label: HouseholdClass) -> int:
    return sum(each.household_class == label for each in known)


def _missing(known: list[households.HouseholdState], places: dict[int, regions.Place]) -> dict[str, int]:
    """Facts that subsidies or reports will ask for."""
    lacking: Counter[str] = Counter()
    for each in known:
        lacking["家庭人口"] += each.size is None
        lacking["户主身份证号"] += each.head_number is None
        lacking["村(社区)"] += not places[each.region_id].village
        if each.household_class in DIBAO:
            lacking["保障人口"] += each.covered is None
            lacking["家庭收入"] += each.income_fen is None
    return {name: number for name, number in lacking.items() if number}
