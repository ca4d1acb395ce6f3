"""A cadre entered twice becomes one, with posts, pairings, visits and whatever he or she answers for."""

from typing import Any

from jiemin.domain.duplicates import Kind
from jiemin.domain.identity import read_id
from jiemin.domain.merging import blank, overruled
from jiemin.domain.periods import FOREVER
from jiemin.domain.spans import Held
from jiemin.errors import JieminError
from jiemin.storage.alias_tables import CadreAlias
from jiemin.storage.merging import held_rows, last_begun, rows_where
from jiemin.storage.rule_tables import CadreKin, PairRule
from jiemin.storage.tables import Cadre, CadrePost, Pairing, VisitCadre
from jiemin.usecases.merging.merge import Merge, Settled, add, as_json
from jiemin.usecases.merging.records import move_records_of_cadre

_LASTING = ("name", "id_number", "phones", "note")
_TOLD_ELSEWHERE = frozenset({"cadre_id"})


def check(merge: Merge, one: int, other: int) -> None:
    """Raise `JieminError` when both have valid, different identity numbers."""
    kept, gone = _row(merge, one), _row(merge, other)
    if _valid(kept) and _valid(gone) and kept["id_number"] != gone["id_number"]:
        raise JieminError(
            f"{kept['cadre_no']}和{gone['cadre_no']}的身份证号都有效而且不同，不是同一个人",
            f"确认是两个人：jiemin duplicates keep-apart {kept['cadre_no']} {gone['cadre_no']}",
        )


def merge_cadres(merge: Merge, one: int, other: int) -> None:
    """Let the cadre `other` become `one`."""
    kept, gone = _row(merge, one), _row(merge, other)
    post = last_begun(held_rows(merge.connection, CadrePost, "cadre_id", [other]), merge.day)
    settled = merge.lay(CadrePost, "cadre_id", one, other)
    _move_pairings(merge, one, other)
    _move_visits(merge, one, other)
    move_records_of_cadre(merge, one, other)
    for table in (CadreAlias, PairRule, CadreKin):
        merge.hand_over(table, "cadre_id", one, other)
    merge.keep_apart_too(Kind.CADRE, one, other)
    merge.door.delete(Cadre, [other])
    told = _lasting(kept, gone)
    merge.door.update(Cadre, [{"id": one, **told}])
    add(settled, overruled({name: gone[name] for name in _LASTING}, told))
    merge.door.insert(CadreAlias, [_alias(merge, one, gone, post, settled)])


def _alias(
    merge: Merge, one: int, gone: dict[str, Any], post: Held | None, settled: Settled
) -> dict[str, Any]:
    return {
        "cadre_id": one,
        "cadre_no": gone["cadre_no"],
        "unit_id": post.state["unit_id"] if post else None,
        "name": gone["name"],
        "day": merge.day,
        "settled": as_json({name: told for name, told in settled.items() if name not in _TOLD_ELSEWHERE}),
    }


def _row(merge: Merge, cadre: int) -> dict[str, Any]:
    return rows_where(merge.connection, Cadre, "id", cadre)[0]


def _valid(row: dict[str, Any]) -> bool:
    return bool(row["id_number"]) and read_id(row["id_number"], FOREVER).valid


def _lasting(kept: dict[str, Any], gone: dict[str, Any]) -> dict[str, Any]:
    """The record's fields, its blanks filled; a valid number goes before one that is not."""
    told = {name: gone[name] if blank(kept[name]) else kept[name] for name in _LASTING}
    if _valid(gone) and not _valid(kept):
        told["id_number"] = gone["id_number"]
    return told


def _move_pairings(merge: Merge, one: int, other: int) -> None:
    theirs = held_rows(merge.connection, Pairing, "cadre_id", [other])
    for household in dict.fromkeys(span.state["household_id"] for span in theirs):
        rows = held_rows(merge.connection, Pairing, "household_id", [household])
        own = [row for row in rows if row.state["cadre_id"] != other]
        ours = [row for row in rows if row.state["cadre_id"] == other]
        merge.lay_pairings(own, ours, {"cadre_id": one})


def _move_visits(merge: Merge, one: int, other: int) -> None:
    """Who was told to have come to a visit under both names came once."""
    taken = {row["visit_id"] for row in rows_where(merge.connection, VisitCadre, "cadre_id", one)}
    rows = rows_where(merge.connection, VisitCadre, "cadre_id", other)
    merge.door.delete(VisitCadre, [row["id"] for row in rows if row["visit_id"] in taken])
    moving = [{"id": row["id"], "cadre_id": one} for row in rows if row["visit_id"] not in taken]
    merge.door.update(VisitCadre, moving)
    merge.moved["visit"] += len(rows)
