"""Rosters with a header and nothing below it: forms handed out that nobody has filled in."""

from collections.abc import Sequence

from jiemin.domain.problems import Problem, Severity, problem
from jiemin.domain.roster import RosterSheet

_NAMED = 12


def tell_blank_once(sheets: Sequence[RosterSheet], file: str) -> list[Problem]:
    """One word about the blank sheets of a file, in place of their own, when others are filled in.

    What could be said of the header of a blank sheet then interests nobody.
    """
    blank = [sheet for sheet in sheets if not (sheet.rows or sheet.rejected or _refused(sheet))]
    names = list(dict.fromkeys(sheet.name for sheet in blank))
    if len(names) < 2 or len(blank) == len(sheets):
        return []
    for sheet in blank:
        sheet.problems = []
    told = "、".join(names[:_NAMED]) + (f"等{len(names)}张" if len(names) > _NAMED else "")
    return [problem("J205", told, file=file)]


def _refused(sheet: RosterSheet) -> bool:
    return any(each.severity is Severity.REJECT for each in sheet.problems)
