"""The pay list of an approved run, as the households and their accounts stand today."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection

from jiemin.domain.money_items import RunKind, RunStatus
from jiemin.domain.pay_list import Payee, PayList, pay_list
from jiemin.errors import JieminError
from jiemin.storage import households, regions, run_lines
from jiemin.storage.database import Database
from jiemin.storage.subsidy_runs import RunRow
from jiemin.usecases.subsidy_runs import find_run


@dataclass(frozen=True, slots=True)
class RunPayList:
    """A run and its list."""

    row: RunRow
    listed: PayList

    @property
    def arrears(self) -> bool:
        """Whether it pays what periods paid before lacked."""
        return self.row.kind == RunKind.ARREARS


def subsidy_pay_list(database: Database, text: str, today: date) -> RunPayList:
    """Raises `NotFoundError` for an unknown run and `JieminError` for one that is not approved."""
    with database.reading() as connection:
        row = find_run(connection, text)
        if row.status == RunStatus.VOID:
            raise JieminError(f"{row.run_no}已经作废，不能发放", "看各批的情况：jiemin subsidy runs")
        if not row.approved:
            raise JieminError(
                f"{row.run_no}还没有批准，不能发放", f"先批准：jiemin subsidy approve {row.run_no}"
            )
        lines = run_lines.lines_of_run(connection, row.id)
        payees = _payees(connection, row, today)
    known = {line.household_no: Payee(line.household_no) for line in lines} | payees
    return RunPayList(row, pay_list(lines, known))


def _payees(connection: Connection, row: RunRow, today: date) -> dict[str, Payee]:
    places, banks = regions.places(connection), run_lines.banks_on(connection, today)
    ids = run_lines.households_of_run(connection, row.id)
    states = households.households_on(connection, today, ids)
    headless = [state.id for state in states if not state.head_name]
    last = households.last_heads(connection, today, headless)
    payees = {}
    for state in states:
        name, number = last.get(state.id, ("", ""))
        payees[state.household_no] = Payee(
            household_no=state.household_no,
            town=places[state.region_id].town,
            village=places[state.region_id].village,
            head_name=state.head_name or name,
            id_number=state.head_number or state.head_raw or number,
            headless=state.id in headless,
            bank=banks.get(state.id, ""),
            account=state.account or "",
        )
    return payees
