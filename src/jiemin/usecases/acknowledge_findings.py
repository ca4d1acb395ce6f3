"""Answer for findings: each is set aside with a reason while its facts stay what they are (ADR 0023)."""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from jiemin.domain.checks.finding import Finding, Group
from jiemin.domain.periods import Quarter
from jiemin.errors import JieminError, NotFoundError
from jiemin.storage.database import Database
from jiemin.storage.journal import write_door
from jiemin.storage.stamp import Stamp
from jiemin.storage.supervision_tables import Acknowledgement
from jiemin.usecases.check_records import Checked, CheckFilter, Judged, Yardstick, check_records


@dataclass(frozen=True, slots=True)
class Acknowledged:
    """Findings now set aside, and those that somebody had answered for with the same words already."""

    findings: tuple[Finding, ...]
    before: tuple[Finding, ...]


def acknowledge(
    database: Database,
    stamp: Stamp,
    numbers: Sequence[str],
    reason: str,
    today: date,
    yardstick: Yardstick,
    quarter: Quarter | None = None,
) -> Acknowledged:
    """Set the findings of these numbers aside as they stand on `today`; all of them, or none.

    They are those of a check of that `quarter`, without one of a check that names none.

    Raises `NotFoundError` when one is not, or no longer, found; `JieminError` without a reason.
    """
    if not reason.strip():
        raise JieminError("没有写原因", "为什么没有错，或怎样处理的，写在 --reason 后面")
    judged = _found(_checked(database, numbers, today, yardstick, quarter), numbers)
    reason = reason.strip()
    told = [each for each in judged if each.answer is None or each.answer.reason != reason]
    with write_door(database, stamp) as door:
        door.insert(
            Acknowledgement,
            [
                {
                    "finding": each.finding.number,
                    "facts": each.finding.fingerprint,
                    "reason": reason,
                    "day": today,
                }
                for each in told
            ],
        )
        door.note_counts(acknowledged=len(told))
    return Acknowledged(
        tuple(each.finding for each in told), tuple(each.finding for each in judged if each not in told)
    )


def _checked(
    database: Database, numbers: Sequence[str], today: date, yardstick: Yardstick, quarter: Quarter | None
) -> Checked:
    """What is found in the groups that the numbers name."""
    digits = {plain[1:2] for number in numbers if (plain := _plain(number)).startswith("K")}
    groups = frozenset(group for place, group in enumerate(Group, start=1) if str(place) in digits)
    return check_records(database, today, yardstick, CheckFilter(groups=groups, quarter=quarter, forms=True))


def _found(checked: Checked, numbers: Sequence[str]) -> list[Judged]:
    known = {_plain(each.finding.number): each for each in checked.findings}
    unknown = [number for number in numbers if _plain(number) not in known]
    if unknown:
        raise NotFoundError(
            f"现在没有编号为{'、'.join(f'“{number}”' for number in unknown)}的问题",
            "已经改好的不用确认；编号用 jiemin check 查看，检查时写了 --quarter 的，确认时也写上",
        )
    return [known[plain] for plain in dict.fromkeys(map(_plain, numbers))]


def _plain(number: str) -> str:
    return "".join(unicodedata.normalize("NFKC", number).split()).upper()
