"""What holds for every sort of value a cell can have."""

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from support.grids import TODAY, codes_of, reading

from jiemin.domain import codes
from jiemin.domain.entitlement import Item
from jiemin.domain.identity import IdReading
from jiemin.domain.roster import FIELDS, SheetKind
from jiemin.sheets.columns.recognise import SPECS
from jiemin.sheets.values.cell import Faulty, Fields, Reader, read_cell
from jiemin.sheets.values.figures import day, income, persons
from jiemin.sheets.values.people import identity, name, phones
from jiemin.sheets.values.words import household_class, text, yes_no

ANY_CELL = st.one_of(
    st.text(max_size=30),
    st.integers(-(10**19), 10**19),
    st.floats(allow_nan=False, allow_infinity=False),
    st.booleans(),
    st.dates(),
    st.datetimes(),
    st.times(),
    st.timedeltas(max_value=timedelta(days=999)),
)


DECLARED: dict[str, Any] = {
    "str": str,
    "int": int,
    "bool": bool,
    "date": date,
    "tuple[str": tuple,
    "tuple[Cause": tuple,
    "IdReading": IdReading,
    "Item": Item,
} | {name: getattr(codes, name) for name in vars(codes) if isinstance(getattr(codes, name), type)}
"""The first word of a field's declaration → its type."""


@pytest.mark.parametrize("blank", ["", " ", "\u3000", "/", "-", "——", "／", "\u200b", "\n"])
@pytest.mark.parametrize("reader", [text, name, identity, phones, persons, income("月"), day(), yes_no])
def test_dashes_and_blanks_say_nothing(reader: Reader, blank: str) -> None:
    assert reading(reader, blank) is None


@pytest.mark.parametrize("reader", [text, name, identity, persons, household_class, day()])
def test_a_failed_formula_is_named_as_such(reader: Reader) -> None:
    assert codes_of(reading(reader, "#N/A")) == ["J308"]
    assert codes_of(reading(reader, "#REF!")) == ["J308"]


def declared(kind: SheetKind, field: str) -> tuple[type, ...]:
    """The types a field may hold: of `int or str, a Value` both, of others the first word."""
    told = FIELDS[kind][field].split(",")[0].split(" or ")
    return tuple(DECLARED[each.split(" ")[0]] for each in told)


@given(ANY_CELL)
@example("A")  # the grade of a safe house, among figures
def test_no_reader_fails_and_each_gives_what_its_field_is_declared_to_be(cell: Any) -> None:
    for spec in SPECS:
        for column in spec.columns:
            for reader in filter(None, (column.read, column.read_wan)):
                found = read_cell(reader, cell, TODAY)
                kept = found.kept if isinstance(found, Faulty) else found
                told = kept if isinstance(kept, Fields) else {column.field: kept}
                for field, value in told.items():
                    assert value is None or isinstance(value, declared(spec.kind, field)), field
