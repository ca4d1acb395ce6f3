"""What a merge of duplicates settled is not told anew by the rosters that made them."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from jiemin.domain.duplicates import Kind
from jiemin.domain.roster import RosterRow
from jiemin.usecases.importing.cell_changes import told_by
from jiemin.usecases.importing.session import ImportSession


def unsettled(
    session: ImportSession,
    row: RosterRow,
    record: tuple[Kind, int],
    told: Mapping[str, Any],
    held: Mapping[str, Any],
    *,
    day: date | None = None,
    prefix: str = "",
) -> dict[str, Any]:
    """What a row tells of a record, without what a merge settled otherwise, which is said (J420)."""
    settled = session.settled.get(record)
    if settled is None:
        return dict(told)
    on = day or session.day_of(row)
    again = {
        name for name, value in told.items() if held.get(name) != value and settled.covers(name, value, on)
    }
    stored = {"id_number" if name == "id_raw" else name for name in again}
    for field_name in sorted({told_by(session.tally.sheet, row, name, prefix) for name in stored}):
        session.tally.note("J420", row, field_name)
    return {name: value for name, value in told.items() if name not in again}
