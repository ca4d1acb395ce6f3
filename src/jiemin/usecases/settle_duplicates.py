"""Settle a pair that looks alike: merge the two, or keep them apart for good."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection

from jiemin.domain.duplicates import Kind
from jiemin.domain.people import mask_digits
from jiemin.errors import JieminError, NotFoundError
from jiemin.storage import duplicates
from jiemin.storage.alias_tables import KeptApart
from jiemin.storage.database import Database
from jiemin.storage.duplicates import Record
from jiemin.storage.journal import write_door
from jiemin.storage.stamp import Stamp
from jiemin.usecases.merging import cadres, households, persons
from jiemin.usecases.merging.merge import Merge

_MERGING: dict[Kind, tuple[Callable[[Merge, int, int], None], Callable[[Merge, int, int], None]]] = {
    Kind.HOUSEHOLD: (households.check, households.merge_households),
    Kind.PERSON: (persons.check, persons.merge_persons),
    Kind.CADRE: (cadres.check, cadres.merge_cadres),
}


@dataclass(frozen=True, slots=True)
class Merged:
    """What a merge moved: the record that stays, the one that became it, counts by table, and what was
    decided on the way, in sentences."""

    kind: Kind
    kept: str
    gone: str
    moved: dict[str, int]
    notes: tuple[str, ...]


def merge_records(
    database: Database,
    stamp: Stamp,
    one: str,
    other: str,
    day: date,
    *,
    kind: Kind | None = None,
    dry_run: bool = False,
) -> Merged:
    """Let the record `other` become `one`: all that belongs to it moves, and its number stays known.

    On days of which both speak, the facts of `one` hold, and those of `other` fill its blanks. Raises
    `NotFoundError` for a number nobody bears, `JieminError` for two kinds, one record, a pair kept
    apart, or two whose identity numbers are valid and differ.
    """
    with write_door(database, stamp, dry_run=dry_run) as door:
        kept, gone = _pair(door.connection, one, other, kind)
        _refuse_settled(door.connection, kept, gone)
        merge = Merge(door, day)
        check, run = _MERGING[kept.kind]
        check(merge, kept.id, gone.id)
        run(merge, kept.id, gone.id)
        door.note_counts(moved=merge.moved.total())
    return Merged(kept.kind, kept.ref, gone.ref, dict(+merge.moved), tuple(merge.notes))


def keep_apart(
    database: Database,
    stamp: Stamp,
    one: str,
    other: str,
    day: date,
    *,
    kind: Kind | None = None,
    reason: str = "",
) -> tuple[Record, Record]:
    """Say for good that two records are two; they are no longer listed as suspects.

    Raises as `merge_records`, and `JieminError` when they are kept apart already.
    """
    with write_door(database, stamp) as door:
        first, second = _pair(door.connection, one, other, kind)
        _refuse_settled(door.connection, first, second)
        row = {
            "kind": first.kind.value,
            "one_id": min(first.id, second.id),
            "other_id": max(first.id, second.id),
            "day": day,
            "reason": reason or None,
        }
        door.insert(KeptApart, [row])
        door.note_counts(new=1)
    return first, second


def _pair(connection: Connection, one: str, other: str, kind: Kind | None) -> tuple[Record, Record]:
    """The two records meant; they are of one kind and not one record."""
    found = [
        {each.kind: each for each in duplicates.records_named(connection, text.strip())}
        for text in (one, other)
    ]
    for text, known in zip((one, other), found, strict=True):
        if not known:
            raise NotFoundError(
                f"没有编号是“{mask_digits(text)}”的家庭、干部或人员",
                "编号见 jiemin duplicates；人员的编号是 P 开头的",
            )
    kinds = [each for each in Kind if each in found[0] and each in found[1] and kind in (None, each)]
    if not kinds:
        told = [
            mask_digits(f"{text}是{next(iter(known)).value}")
            for text, known in zip((one, other), found, strict=True)
        ]
        raise JieminError(f"{'，'.join(told)}，不能这样处理", "两个编号要是同一种：家庭、人员或干部")
    if len(kinds) > 1:
        listed = "、".join(kinds)
        raise NotFoundError(f"这两个编号{listed}都有，分不清指哪一种", f"加上 --kind，填{listed}之一")
    first, second = found[0][kinds[0]], found[1][kinds[0]]
    if first.id == second.id:
        if first.merged or second.merged:
            raise JieminError(f"{mask_digits(one)}和{mask_digits(other)}已经合并了", "用 jiemin log 查看")
        raise JieminError(f"“{mask_digits(one)}”和“{mask_digits(other)}”是同一个编号", "写两个不同的编号")
    return first, second


def _refuse_settled(connection: Connection, one: Record, other: Record) -> None:
    ids = {one.id, other.id}
    for each in duplicates.settled(connection):
        if each.kind is one.kind and {each.one, each.other} == ids:
            raise JieminError(
                f"{one.ref}和{other.ref}在{each.day}已经定为两个",
                "用 jiemin duplicates --settled 查看；定错了，用 jiemin undo 撤销那一次",
            )
