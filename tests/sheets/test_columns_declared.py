"""What columns declare for forms and documents is what their readers take."""

from datetime import date

import pytest
from support.grids import reading

from jiemin.domain.identity import IdReading
from jiemin.sheets.columns.recognise import KEPT_AS_TEXT, SPECS
from jiemin.sheets.columns.spec import Column, Holds, SheetSpec
from jiemin.sheets.values.cell import Faulty

COLUMNS = [(spec, column) for spec in SPECS for column in spec.all_columns]
NAMED = pytest.mark.parametrize(
    ("spec", "column"), COLUMNS, ids=[f"{spec.kind.name}.{column.field}" for spec, column in COLUMNS]
)


@NAMED
def test_every_word_offered_and_every_example_is_read_without_a_fault(
    spec: SheetSpec, column: Column
) -> None:
    for written in [*map(str, column.choices), column.example]:
        if written != "":
            found = reading(column.read, written)
            nothing = (column.field, written) == ("is_head", "否")  # says no more than a blank
            assert (found is None) is nothing, written
            assert not isinstance(found, Faulty), written


@NAMED
def test_a_column_holds_what_its_reader_answers(spec: SheetSpec, column: Column) -> None:
    assert (column.holds is Holds.DAY) == isinstance(reading(column.read, date(1950, 3, 14)), date)
    is_id = isinstance(reading(column.read, "330483190001010016"), IdReading)
    assert column.holds is Holds.NUMBER or not is_id
    assert bool(column.unit) == (column.holds in {Holds.COUNT, Holds.MONEY, Holds.AREA})
    assert (column.field in {"town", "link_town"}) == (column.holds is Holds.TOWN)


def test_numbers_that_a_cell_number_would_cut_short_are_kept_as_text() -> None:
    assert {
        "head_id",
        "kin_id",
        "person_id",
        "certificate",
        "account",
        "household_no",
        "measure_no",
        "cadre_no",
        "cadre_nos",
        "phones",
        "cadre_phones",
        "code",
    } == KEPT_AS_TEXT


def test_what_each_row_must_tell_is_said_of_the_column() -> None:
    by_kind = {spec.kind.name: spec for spec in SPECS}
    cadres, pairings = by_kind["CADRES"], by_kind["PAIRINGS"]
    assert cadres.needed(cadres.by_field["unit"]) == "必需"
    assert cadres.needed(cadres.by_field["post"]) == ""
    assert pairings.needed(pairings.by_field["head_id"]) == "或"
