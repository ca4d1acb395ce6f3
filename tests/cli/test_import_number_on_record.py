"""What a number on record tells stands against what a wrong one, or another spelling, would tell."""

from datetime import date
from pathlib import Path

from support.imports import MEMBER_HEADER, Take, counts, family, rows_of
from support.rosters import HOUSEHOLD_HEADER, id_number

HEAD = id_number(date(1950, 3, 14), 801)
"""A man's."""
PERSON = "SELECT id_number, id_raw, sex, birth FROM person"


def test_a_number_that_cannot_be_right_brings_no_sex_and_birth_of_its_own(take: Take, tmp_path: Path) -> None:
    take(HOUSEHOLD_HEADER, family("A001", "沈阿大", HEAD))
    file = take(HOUSEHOLD_HEADER, family("A001", "沈阿大", "330483600101122"))  # an old one, a woman's
    assert counts(file) == (0, 0, 1, 0)
    assert rows_of(tmp_path, PERSON) == [(HEAD, HEAD, "男", "1950-03-14")]


def test_a_number_stays_as_it_was_first_written(take: Take, tmp_path: Path) -> None:
    take(HOUSEHOLD_HEADER, family("A001", "沈阿大", HEAD + "44"))
    before = (tmp_path / "jiemin.db").read_bytes()
    assert counts(take(HOUSEHOLD_HEADER, family("A001", "沈阿大", HEAD))) == (0, 0, 1, 0)
    assert rows_of(tmp_path, PERSON) == [(HEAD, HEAD + "44", "男", "1950-03-14")]
    assert (tmp_path / "jiemin.db").read_bytes() == before
    member = ("A001", "沈阿大", "户主", HEAD, None, None, None, None)
    assert counts(take(MEMBER_HEADER, member)) == (0, 0, 1, 0)


def test_a_serial_of_ours_is_nobodys_whom_the_same_roster_numbers_so(take: Take, tmp_path: Path) -> None:
    first, second = family(None, "沈阿大", ""), family("H000001", "朱水根", "")
    assert counts(take(HOUSEHOLD_HEADER, first, second)) == (2, 0, 0, 0)
    assert rows_of(tmp_path, "SELECT household_no FROM household ORDER BY id") == [
        ("H000001A",),
        ("H000001",),
    ]
    assert counts(take(HOUSEHOLD_HEADER, first, second)) == (0, 0, 2, 0)
