"""The bulletin on a quarter's visits (notice 三.3), from what is on record."""

from datetime import date, timedelta

from sqlalchemy import Connection

from jiemin.domain.bulletin import Bulletin, FindingCount, SpotCheck, make_bulletin
from jiemin.domain.checks.finding import Gravity
from jiemin.domain.indicators import QuarterFacts, QuarterReport, build_quarter
from jiemin.domain.indicators.view import ELSEWHERE
from jiemin.domain.periods import Quarter
from jiemin.errors import JieminError
from jiemin.storage import inspections
from jiemin.storage.database import Database
from jiemin.usecases.check_records import CheckFilter, Yardstick, check_records
from jiemin.usecases.inspections import view_of
from jiemin.usecases.quarter_facts import QuarterRecord, default_quarter, read_quarter
from jiemin.usecases.stories import story_lines


def build_bulletin(
    database: Database, quarter: Quarter | None, today: date, yardstick: Yardstick
) -> Bulletin:
    """The bulletin of a quarter; without one, of that which the quarter's report takes.

    `yardstick` is what the records are checked by.
    Raises `PeriodError` for a quarter that has not begun, `JieminError` for one in which nobody is due.
    """
    with database.reading() as connection:
        chosen = quarter or default_quarter(connection, today)
        record = read_quarter(connection, chosen, today)
        report = _report(connection, record, today)
        if not report.visits.due:
            raise JieminError(
                f"{chosen.label}没有应走访的户，出不了通报",
                "核对季度；还没有结对的先结对：jiemin pair --auto",
            )
        before = Quarter.of(chosen.first - timedelta(days=1))
        last = _report(connection, read_quarter(connection, before, today), today)
        checks = _spot_checks(connection, record)
    findings = _findings(database, chosen, today, yardstick)
    return make_bulletin(report, last, record.cadres, checks, findings)


def _findings(database: Database, quarter: Quarter, today: date, yardstick: Yardstick) -> list[FindingCount]:
    """What the checks of the records find of the quarter and nobody has answered for, by kind.

    What is merely good to know stays out of a bulletin.
    """
    grave = frozenset(Gravity) - {Gravity.HINT}
    found = check_records(database, today, yardstick, CheckFilter(quarter=quarter, gravities=grave))
    kinds = {each.finding.kind.code: each.finding.kind for each in found.open}
    return [
        FindingCount(code, kinds[code].gravity.value, kinds[code].title, count)
        for code, count in found.counts.items()
    ]


def _report(connection: Connection, record: QuarterRecord, today: date) -> QuarterReport:
    """The quarter's report without subsidies, which no bulletin tells of."""
    return build_quarter(
        QuarterFacts(
            quarter=record.quarter,
            today=today,
            towns=record.towns,
            households=record.households,
            cadres=record.cadres,
            pairings=record.pairings,
            visits=record.visits,
            awards=(),
            stories=story_lines(connection, record.quarter),
        )
    )


def _spot_checks(connection: Connection, record: QuarterRecord) -> list[SpotCheck]:
    """The households drawn in the quarter's spot checks, by the town the quarter's report counts them in."""
    lines = {line.household_no: line for line in record.households}
    checks = []
    for inspection in inspections.inspections(connection, str(record.quarter)):
        for drawn in view_of(connection, inspection).households:
            line = lines.get(drawn.row.household_no)
            checks.append(
                SpotCheck(
                    inspection_no=inspection.inspection_no,
                    household_no=drawn.row.household_no,
                    head_name=drawn.head_name,
                    town=line.town if line else ELSEWHERE,
                    village=line.village if line else "",
                    cadre_name=drawn.row.cadre_name or "",
                    unit=drawn.cadre_unit,
                    result=drawn.row.result,
                )
            )
    return checks
