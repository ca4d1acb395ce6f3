"""Take a run of money back: its lines stay on record and count nowhere (ADR 0025)."""

from datetime import date

from jiemin.domain.money_items import RunStatus
from jiemin.errors import JieminError
from jiemin.storage.award_tables import SubsidyRun
from jiemin.storage.database import Database
from jiemin.storage.journal import write_door
from jiemin.storage.stamp import Stamp
from jiemin.storage.subsidy_runs import RunRow
from jiemin.usecases.subsidy_runs import find_run, refuse_covered


def void_run(database: Database, stamp: Stamp, text: str, reason: str, today: date) -> RunRow:
    """Void a draft or an approved run and return it as it was before.

    Raises `NotFoundError` for an unknown run; `JieminError` for one that is void, without a reason,
    and for one that approved arrears rest on.
    """
    if not reason.strip():
        raise JieminError("没有写作废的原因", "加上 --reason，如 --reason 标准录错了")
    with write_door(database, stamp) as door:
        row = find_run(door.connection, text)
        if row.status == RunStatus.VOID:
            raise JieminError(f"{row.run_no}在{row.voided_on}已经作废", "看各批的情况：jiemin subsidy runs")
        refuse_covered(door.connection, row)
        told = {"status": RunStatus.VOID, "voided_on": today, "void_reason": reason.strip()}
        door.update(SubsidyRun, [{"id": row.id, **told}])
    return row
