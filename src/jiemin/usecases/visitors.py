"""Who came to a visit, whether they were paired that day, and whether the visit is on record already."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date, timedelta

from sqlalchemy import Connection

from jiemin.domain.codes import Role, VisitKind
from jiemin.errors import JieminError
from jiemin.storage import pairings
from jiemin.storage.pairings import PairingRow
from jiemin.storage.visits import visits_within
from jiemin.usecases.find_records import find_cadre

Visitors = dict[int, tuple[str, str]]
"""Cadre id → (number, name) of those who came, in the order told."""


def paired_on(connection: Connection, household_id: int, day: date) -> dict[int, PairingRow]:
    """Cadre id → the household's pairing in force on `day`."""
    rows = pairings.pairings_of(connection, household_id)
    return {row.cadre_id: row for row in rows if row.start <= day < row.end}


def visitors_told(
    connection: Connection,
    texts: Sequence[str],
    household_no: str,
    day: date,
    paired: Mapping[int, PairingRow],
    *,
    not_paired: bool,
) -> Visitors:
    """The cadres meant; without any, the lead of that day.

    Raises `JieminError` when there is no lead, and for one who was not paired with the household that day,
    unless `not_paired` says that it is an extra visit.
    """
    if not texts:
        leads = [row for row in paired.values() if row.role == Role.LEAD]
        if not leads:
            raise JieminError(f"{day}这一户没有第一责任人，不知道是谁走访的", "用 --cadre 写明走访的干部")
        return {row.cadre_id: (row.cadre_no, row.cadre_name) for row in leads}
    visitors: Visitors = {}
    for text in texts:
        ours = [row for row in paired.values() if text in (row.cadre_name, row.cadre_no)]
        if len(ours) == 1:  # of namesakes the one who is paired is meant
            visitors[ours[0].cadre_id] = (ours[0].cadre_no, ours[0].cadre_name)
            continue
        cadre = find_cadre(connection, text, day)
        if cadre.id not in paired and not not_paired:
            raise JieminError(
                f"{cadre.name}在{day}没有与{household_no}结对",
                "核对走访人；确实去过，加 --not-paired 记为额外走访",
            )
        visitors[cadre.id] = (cadre.cadre_no, cadre.name)
    return visitors


def refuse_future(day: date, today: date) -> None:
    """Raise `JieminError` for a visit that cannot have taken place yet."""
    if day > today:
        raise JieminError(f"走访日期{day}还没有到", "走访之后再登记，或核对日期")


def refuse_twice(
    connection: Connection,
    household_id: int,
    day: date,
    kind: VisitKind,
    cadre_ids: Collection[int],
    paired: Mapping[int, PairingRow],
    *,
    besides: int | None = None,
) -> None:
    """Raise `JieminError` when the very same visit is on record, `besides` the one of that id.

    A visit that names nobody is the lead's of that day.
    """
    leads = {row.cadre_id for row in paired.values() if row.role == Role.LEAD}
    for visit in visits_within(connection, day, day + timedelta(days=1), household_id):
        same_people = ({cadre[0] for cadre in visit.cadres} or leads) == (set(cadre_ids) or leads)
        if visit.id != besides and visit.kind == kind and same_people:
            raise JieminError(
                f"这次走访已经登记过了，编号{visit.visit_no}",
                f"用 jiemin visit show {visit.visit_no} 查看；要补充内容，用 jiemin visit correct",
            )


def refuse_stray_gift(kind: VisitKind, gift_fen: int | None, goods: str | None) -> None:
    """Raise `JieminError` for a gift of no amount, and for one on a visit that is none of 慰问."""
    if gift_fen is not None and gift_fen <= 0:
        raise JieminError("慰问金应大于0", "没有慰问金就不写 --gift-money")
    if (gift_fen is not None or goods) and kind is not VisitKind.GIFT:
        raise JieminError(
            f"走访方式是{kind}，不能记慰问金、慰问品",
            '带了慰问金、慰问品的，写 --kind 慰问；更正时要清空，写 --gift-money "" --goods ""',
        )
