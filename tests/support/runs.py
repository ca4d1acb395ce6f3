"""Runs of money for awards that a test writes by hand."""

from datetime import date
from typing import Any


def draft_runs(*periods: str) -> list[dict[str, Any]]:
    """A draft of each period, numbered from 1, by the policy book 1."""
    told = {"kind": "发放", "status": "草稿", "book_id": 1, "computed_on": date(2014, 6, 30)}
    return [
        {"id": number, "run_no": f"F{number:06d}", "period": period, **told}
        for number, period in enumerate(periods, start=1)
    ]
