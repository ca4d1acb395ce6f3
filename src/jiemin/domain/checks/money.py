"""What cannot be right of subsidies and of the quarter's forms (K5xx)."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from jiemin.domain.checks.catalogue import KINDS
from jiemin.domain.checks.county import County, of_home
from jiemin.domain.checks.finding import Finding
from jiemin.domain.codes import HouseholdStatus
from jiemin.domain.money import Fen, format_yuan
from jiemin.domain.periods import Quarter

_FLOOR_PERCENT = 80
"""Notice 二.2: 将农村低保标准提高至不低于城镇标准的80%."""

_SETTLE = "已经批准，差额另行补发或追回：jiemin subsidy arrears"


@dataclass(frozen=True, slots=True)
class StaleAward:
    """An award on record whose facts are not those of the day that decides.

    `now_status` and `now_class` are of that day, None where the household was not on the rolls.
    """

    household_no: str
    item: str
    period: str
    award_class: str
    facts: str
    now_status: str | None
    now_class: str | None
    now_facts: str
    approved: bool = False
    """Whether its run is approved: it is not computed again, arrears settle it."""


@dataclass(frozen=True, slots=True)
class LackingAward:
    """A household whose class has a subsidy that cannot be computed, and the names of what it lacks."""

    household_no: str
    item: str
    facts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class GoneChild:
    """A case of a child in difficulty, since `day`, that goes on though the child left the household or died;
    `left` is the first day away."""

    household_no: str
    case_no: str
    name: str
    day: date
    left: date

    @property
    def way_out(self) -> str:
        """The last day is told; a case that never held was entered wrongly."""
        if self.left <= self.day:
            return f"登记时已不在这一户，作废：jiemin aid void {self.case_no} --reason 原因"
        return f"写明截止：jiemin aid end {self.case_no} --on {self.left - timedelta(days=1)}"


@dataclass(frozen=True, slots=True)
class FailedCheck:
    """A cross-check (表内逻辑) of the quarter's report that does not hold."""

    quarter: Quarter
    table: str
    check: str


@dataclass(frozen=True, slots=True)
class MoneyFacts:
    """What subsidies are judged by; the standards are fen a person and month, None where no file says."""

    county: County
    urban_fen: Fen | None
    rural_fen: Fen | None
    stale: Sequence[StaleAward]
    lacking: Sequence[LackingAward]
    gone: Sequence[GoneChild] = ()
    failed: Sequence[FailedCheck] = ()


def money_findings(facts: MoneyFacts) -> Iterator[Finding]:
    """Everything found of subsidies."""
    urban, rural = facts.urban_fen, facts.rural_fen
    if urban is not None and rural is not None and 100 * rural < _FLOOR_PERCENT * urban:
        message = (
            f"{facts.county.today}农村{format_yuan(rural)}，城镇{format_yuan(urban)}，"
            f"80%是{format_yuan(-(-_FLOOR_PERCENT * urban // 100))}"
        )
        yield Finding(KINDS["K501"], (), "低保标准", message, (rural, urban))
    for lack in facts.lacking:
        home = facts.county.homes[lack.household_no]
        message = f"{lack.item}算不出，缺{'、'.join(lack.facts)}"
        yield of_home("K502", home, message, *lack.facts, besides=(lack.item,))
    for child in facts.gone:
        home, besides = facts.county.homes[child.household_no], (child.case_no,)
        message = f"{child.case_no} {child.name}{child.left}起已不在这一户"
        yield of_home("K507", home, message, child.left, besides=besides, end=child.way_out)
    for award in facts.stale:
        yield from _stale(facts.county, award)
    for each in facts.failed:
        yield Finding(
            kind=KINDS["K506"],
            key=(str(each.quarter), each.table, each.check),
            subject=f"{each.quarter.label}报表",
            message=f"{each.table}：{each.check}不符",
            facts=(each.table, each.check),
            names=(("quarter", str(each.quarter)),),
            day=each.quarter.last,
        )


def _stale(county: County, award: StaleAward) -> Iterator[Finding]:
    home = county.homes.get(award.household_no)
    if home is None:
        return
    if award.now_status != HouseholdStatus.ACTIVE:
        code, why = "K503", f"当时{award.now_status or '还没有列入名册'}"
    elif award.now_class != award.award_class:
        code, why = "K504", f"登记时按{award.award_class}，现在登记的是{award.now_class}"
    else:
        code, why = "K505", f"登记时{award.facts}，现在登记的是{award.now_facts}"
    option = "month" if "-" in award.period else "year"
    told = (award.award_class, award.facts, award.now_status, award.now_class, award.now_facts)
    yield of_home(
        code,
        home,
        f"{award.period} {award.item}：{why}",
        *told,
        besides=(award.item, award.period),
        compute=_SETTLE if award.approved else f"重新计算：jiemin subsidy compute --{option} {award.period}",
    )
