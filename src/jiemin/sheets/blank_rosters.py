"""Rosters with a header and nothing below it: forms handed out that nobody has filled in."""

from collections.abc import Sequence

from jiemin.domain.problems import Severity
from jiemin.domain.roster import RosterSheet

_BLANK = "J205"


def leave_at_blank(sheets: Sequence[RosterSheet]) -> None:
    """Where others are filled in, say of a blank sheet that it is blank, and nothing of its header."""
    if all(map(_is_blank, sheets)):
        return
    for sheet in filter(_is_blank, sheets):
        sheet.problems = [each for each in sheet.problems if each.code == _BLANK]


def _is_blank(sheet: RosterSheet) -> bool:
    refused = any(each.severity is Severity.REJECT for each in sheet.problems)
    return not (sheet.rows or sheet.rejected or refused)
