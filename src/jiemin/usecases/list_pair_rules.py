"""What is laid down for pairing, each with a number by which it can be ended."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection

from jiemin.errors import JieminError, NotFoundError
from jiemin.storage import cadres, households, regions, rules
from jiemin.storage.database import Database
from jiemin.storage.journal import Door, write_door
from jiemin.storage.regions import LinkRow
from jiemin.storage.rule_tables import CadreKin, PairRule
from jiemin.storage.rules import KinRow, RuleRow
from jiemin.storage.stamp import Stamp
from jiemin.usecases.pair_rules import rule_no
from jiemin.usecases.take_village import end_taking

KIN, TAKEN = "近亲属", "包村"


@dataclass(frozen=True, slots=True)
class RuleLine:
    """One thing laid down; `end` is FOREVER while it lasts. Of a kind that does not tell it, a field is
    empty."""

    rule_no: str
    kind: str
    start: date
    end: date
    household_no: str = ""
    head_name: str = ""
    cadre_no: str = ""
    cadre_name: str = ""
    unit: str = ""
    town: str = ""
    village: str = ""
    kin_name: str = ""
    relation: str = ""
    id_number: str | None = None
    reason: str = ""


def list_rules(database: Database, day: date, *, ended: bool = False) -> list[RuleLine]:
    """What holds on `day` or will, rule by rule, kin, villages; with `ended` also what no longer does."""
    with database.reading() as connection:
        return [each for each in _lines(connection, day) if ended or each.end > day]


def end_rule(database: Database, stamp: Stamp, text: str, day: date) -> RuleLine:
    """End what has this number, from `day` on; what began that day or later is taken back.

    Raises `NotFoundError` when nothing has the number, `JieminError` when it has ended already.
    """
    with write_door(database, stamp) as door:
        wanted = text.strip().upper()
        line = next((each for each in _lines(door.connection, day) if each.rule_no == wanted), None)
        if line is None:
            raise NotFoundError(f"没有编号为“{text}”的规定", "编号用 jiemin pair rule list 查看")
        if line.end <= day:
            raise JieminError(f"{line.rule_no}自{line.end}起已经解除", "用 jiemin pair rule list 查看现有的")
        _end(door, line, day)
    return line


def _end(door: Door, line: RuleLine, day: date) -> None:
    letter, row_id = line.rule_no[0], int(line.rule_no[1:])
    if letter == "T":
        taken = next(each for each in regions.links(door.connection) if each.id == row_id)
        end_taking(door, taken, day)
        return
    table = CadreKin if letter == "K" else PairRule
    if day <= line.start:
        door.delete(table, [row_id])
    else:
        door.update(table, [{"id": row_id, "valid_to": day}])


def _lines(connection: Connection, day: date) -> Iterable[RuleLine]:
    names = _Names(connection, day)
    yield from (names.of_rule(row) for row in rules.rules(connection))
    yield from (names.of_kin(row) for row in rules.kin(connection))
    yield from (names.of_taken(row) for row in regions.links(connection) if row.takes)


class _Names:
    """Who and where is meant by what is laid down."""

    def __init__(self, connection: Connection, day: date) -> None:
        self.families = {each.id: each for each in households.households_on(connection, day)}
        self.units = {each.id: each.unit for each in cadres.cadres_on(connection, day)}
        self.places = regions.places(connection)

    def of_rule(self, row: RuleRow) -> RuleLine:
        """A pair that must be, or must not."""
        family = self.families.get(row.household_id)
        return RuleLine(
            rule_no=rule_no(row),
            kind=row.kind,
            start=row.start,
            end=row.end,
            household_no=row.household_no,
            head_name=(family.head_name if family else None) or "",
            cadre_no=row.cadre_no,
            cadre_name=row.cadre_name,
            unit=self.units.get(row.cadre_id, ""),
            reason=row.reason or "",
        )

    def of_kin(self, row: KinRow) -> RuleLine:
        """A near relation of a cadre."""
        family = self.families.get(row.household_id) if row.household_id else None
        return RuleLine(
            rule_no=f"K{row.id}",
            kind=KIN,
            start=row.start,
            end=row.end,
            household_no=family.household_no if family else "",
            head_name=(family.head_name if family else None) or "",
            cadre_no=row.cadre_no,
            cadre_name=row.cadre_name,
            unit=self.units.get(row.cadre_id, ""),
            kin_name=row.name,
            relation=row.relation or "",
            id_number=row.id_number,
        )

    def of_taken(self, row: LinkRow) -> RuleLine:
        """A village that a unit takes."""
        place = self.places[row.region_id]
        return RuleLine(
            rule_no=f"T{row.id}",
            kind=TAKEN,
            start=row.start,
            end=row.end,
            unit=row.unit,
            town=place.town,
            village=place.village,
        )
