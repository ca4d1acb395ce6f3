"""The aid cases of a household or person entered twice become those of the record.

A case that both had is one case: the later one is made void, or it would be paid twice. Lasting cases
of one kind that overlap without being the same are told to the clerk, who knows which holds.
"""

from itertools import combinations

from jiemin.domain.aid_cases import clash
from jiemin.storage.aid_cases import aid_cases
from jiemin.storage.award_tables import AidCase
from jiemin.storage.merging import rows_where
from jiemin.usecases.merging.merge import Merge


def move_cases(merge: Merge, one: int, other: int) -> None:
    """Let the cases of the household `other` be those of `one`."""
    moved = merge.hand_over(AidCase, "household_id", one, other)
    merge.moved["aid_case"] += moved
    if moved:
        _settle(merge, one)


def move_cases_of_person(merge: Merge, one: int, other: int) -> None:
    """Let the cases of the person `other` be those of `one`."""
    merge.hand_over(AidCase, "person_id", one, other)
    for household in dict.fromkeys(
        row["household_id"] for row in rows_where(merge.connection, AidCase, "person_id", one)
    ):
        _settle(merge, household)


def _settle(merge: Merge, household: int) -> None:
    """Void what the household has twice by now, and tell what overlaps."""
    rows = sorted(aid_cases(merge.connection, household_ids=[household]), key=lambda row: row.id)
    void: set[int] = set()
    for own, row in combinations(rows, 2):
        if void & {own.id, row.id} or (own.item, own.person_id) != (row.item, row.person_id):
            continue
        if own.told.same_as(row.told):
            void.add(row.id)
            merge.notes.append(f"{row.case_no}与{own.case_no}是同一件救助事项，{row.case_no}作废")
            reason = f"与{own.case_no}是同一件，合并时作废"
            merge.door.update(AidCase, [{"id": row.id, "voided_on": merge.day, "void_reason": reason}])
        elif clash(own.told, row.told):
            merge.notes.append(
                f"{own.case_no}和{row.case_no}的日期重叠，核对后用 jiemin aid void 或 jiemin aid end 只留一件"
            )
