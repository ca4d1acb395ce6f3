"""The bulletin (通报, notice 三.3) of a quarter's visits: who stands where, and how that changed.

Its figures are those of the quarter's own tables; due and made are defined in `domain.visits` alone.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from math import lcm

from jiemin.domain.codes import InspectResult
from jiemin.domain.indicators.facts import CadreLine
from jiemin.domain.indicators.report import QuarterReport
from jiemin.domain.indicators.tables import Table
from jiemin.domain.indicators.view import ELSEWHERE
from jiemin.domain.visits import Rate

MOST_CADRES = 25
"""So many cadres with the lowest rates are named: a page."""


@dataclass(frozen=True, slots=True)
class Standing:
    """A town's, a unit's or the county's visit rate, and last quarter's.

    `rank` is shared by equal rates, the next one then left out; None for the county. `last` is None where
    nothing was due last quarter, or nothing is on record of it.
    """

    rank: int | None
    name: str
    rate: Rate
    last: Rate | None

    @property
    def change(self) -> int | None:
        """Tenths of a percentage point, between the two rates as they are printed."""
        now, before = self.rate.permille, self.last.permille if self.last else None
        return None if now is None or before is None else now - before


@dataclass(frozen=True, slots=True)
class CadreStanding:
    """A cadre who has not visited all households he or she answers for."""

    cadre: CadreLine
    rate: Rate


@dataclass(frozen=True, slots=True)
class SpotCheck:
    """A household drawn in a spot check of the quarter; `result` is None until it was checked."""

    inspection_no: str
    household_no: str
    head_name: str
    town: str
    village: str
    cadre_name: str
    unit: str
    result: InspectResult | None


@dataclass(frozen=True, slots=True)
class SpotCheckRow:
    """What spot checks found in one town, or in all: so many drawn, checked, and of each result."""

    name: str
    drawn: int
    checked: int
    results: Mapping[InspectResult, int]


@dataclass(frozen=True, slots=True)
class FindingCount:
    """How many findings of one kind the checks of the records have."""

    code: str
    severity: str
    title: str
    count: int


@dataclass(frozen=True, slots=True)
class Bulletin:
    """Everything a quarter's bulletin says.

    - `towns` and `units` hold those with households due; the others are `idle_towns` and `idle_units`.
    - `behind` are the cadres with the lowest rates below all, at most `MOST_CADRES`; of all such cadres
      `behind_all` is the number, `none` of those who visited nobody, `leaders_none` of leaders among these.
    - `spot_checks` has a row for each town drawn from and the total last; empty when nothing was drawn.
    """

    report: QuarterReport
    county: Standing
    towns: tuple[Standing, ...]
    units: tuple[Standing, ...]
    idle_towns: tuple[str, ...]
    idle_units: tuple[str, ...]
    behind: tuple[CadreStanding, ...]
    behind_all: int
    none: int
    leaders_none: int
    spot_checks: tuple[SpotCheckRow, ...]
    doubtful: tuple[SpotCheck, ...]
    findings: tuple[FindingCount, ...]

    @property
    def figures(self) -> Mapping[str, int]:
        """Of the whole county: visits that count, deeds done, stories told."""
        keys = ("visits", "deeds", "stories")
        return {key: self.report.by_town.sum_of(key) or 0 for key in keys}


def make_bulletin(
    report: QuarterReport,
    last: QuarterReport,
    cadres: Iterable[CadreLine],
    checks: Sequence[SpotCheck],
    findings: Iterable[FindingCount],
) -> Bulletin:
    """Put a quarter's bulletin together from its report, the report of the quarter before, and what
    spot checks and checks of the records found."""
    known = _has_facts(last)
    towns, units = rates(report.by_town), rates(report.by_unit)
    behind = cadres_behind(report, cadres)
    none = [each for each in behind if not each.rate.part]
    return Bulletin(
        report=report,
        county=Standing(None, "全市", report.visits.rate, last.visits.rate if known else None),
        towns=ranking(towns, rates(last.by_town) if known else {}),
        units=ranking(units, rates(last.by_unit) if known else {}),
        idle_towns=tuple(name for name, rate in towns.items() if not rate.whole),
        idle_units=tuple(name for name, rate in units.items() if not rate.whole),
        behind=tuple(behind[:MOST_CADRES]),
        behind_all=len(behind),
        none=len(none),
        leaders_none=sum(each.cadre.leader for each in none),
        spot_checks=spot_check_rows(checks, (row.name for row in report.by_town.rows)),
        doubtful=tuple(each for each in checks if each.result not in (None, InspectResult.TRUE)),
        findings=tuple(findings),
    )


def _has_facts(last: QuarterReport) -> bool:
    """Whether the quarter before is known: somebody was due, and any contact is on record."""
    return bool(last.visits.due and (last.visits.counted or last.visits.extra or last.visits.phone))


def rates(table: Table) -> dict[str, Rate]:
    """Made of due for each row of a table of the quarter that stands for a town or a unit."""
    figures = zip(table.rows, table.figures("made"), table.figures("due"), strict=True)
    return {row.name: Rate(made or 0, due or 0) for row, made, due in figures if row.name != ELSEWHERE}


def ranking(now: Mapping[str, Rate], last: Mapping[str, Rate]) -> tuple[Standing, ...]:
    """Those with anything due by rate, the highest first; of equal rates whoever had more due."""
    rated = {name: rate for name, rate in now.items() if rate.whole}
    common = lcm(*(rate.whole for rate in rated.values()))
    height = {name: rate.part * (common // rate.whole) for name, rate in rated.items()}
    above = Counter(height.values())
    order = sorted(rated, key=lambda name: (-height[name], -rated[name].whole))
    ranks: dict[int, int] = {}
    place = 1
    for value in sorted(above, reverse=True):
        ranks[value] = place
        place += above[value]
    return tuple(Standing(ranks[height[name]], name, rated[name], _known(last.get(name))) for name in order)


def _known(rate: Rate | None) -> Rate | None:
    return rate if rate and rate.whole else None


def cadres_behind(report: QuarterReport, cadres: Iterable[CadreLine]) -> list[CadreStanding]:
    """Cadres who have not visited all they answer for: the lowest rate first, leaders before others,
    whoever left more families out before who left fewer."""
    standings = [
        CadreStanding(cadre, visits.rate)
        for cadre in cadres
        if (visits := report.visits.cadres.get(cadre.cadre_no)) and visits.rate.part < visits.rate.whole
    ]
    common = lcm(*(each.rate.whole for each in standings))
    return sorted(
        standings,
        key=lambda each: (
            each.rate.part * (common // each.rate.whole),
            not each.cadre.leader,
            -each.rate.whole,
            each.cadre.unit,
            each.cadre.cadre_no,
        ),
    )


def spot_check_rows(checks: Sequence[SpotCheck], towns: Iterable[str]) -> tuple[SpotCheckRow, ...]:
    """What was found by town, in the order of `towns`, and in all; nothing when nothing was drawn."""
    if not checks:
        return ()
    names = dict.fromkeys([*towns, *(each.town for each in checks)])
    rows = [_row(name, [each for each in checks if each.town == name]) for name in names]
    return (*(row for row in rows if row.drawn), _row("合计", checks))


def _row(name: str, checks: Sequence[SpotCheck]) -> SpotCheckRow:
    found = Counter(each.result for each in checks if each.result is not None)
    return SpotCheckRow(name, len(checks), found.total(), {result: found[result] for result in InspectResult})
