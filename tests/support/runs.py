"""Runs of money for awards that a test writes by hand."""

from datetime import date
from typing import Any

NO_TOTALS = {"households": 0, "paid_fen": 0, "owed_back_fen": 0}
"""Of a run whose sums are of no matter."""


def approved_runs(*periods: str) -> list[dict[str, Any]]:
    """The same, approved on 2014-07-01."""
    told = {"status": "已批准", "approved_on": date(2014, 7, 1), **NO_TOTALS}
    return [run | told for run in draft_runs(*periods)]


def draft_runs(*periods: str) -> list[dict[str, Any]]:
    """A draft of each period, numbered from 1, by the policy book 1."""
    told = {"kind": "发放", "status": "草稿", "book_id": 1, "computed_on": date(2014, 6, 30)}
    return [
        {"id": number, "run_no": f"F{number:06d}", "period": period, **told}
        for number, period in enumerate(periods, start=1)
    ]
