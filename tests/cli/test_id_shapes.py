"""Every shape of identity number that real lists hold: what it gives, and what the database keeps of it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from support.imports import Take, codes, counts, family, rows_of
from support.rosters import HOUSEHOLD_HEADER, id_number

from jiemin.domain.identity import check_character

Run = Callable[..., Any]

ID = id_number(date(1950, 3, 14), 13)
WITH_X, OTHER_X = [each for each in (id_number(date(1950, 3, 14), n) for n in range(99)) if each[17] == "X"][
    :2
]
TWO, THREE, FOUR, FIVE, SIX = (id_number(date(1950, 3, 14), serial) for serial in (113, 115, 117, 119, 121))
WRONG = ID[:-1] + ("1" if ID[-1] != "1" else "2")


def right(first17: str) -> str:
    """These digits with the check character they demand."""
    return first17 + check_character(first17)


WIDE = "".join(chr(ord(digit) + 0xFEE0) for digit in TWO)
IMPOSSIBLE = right("33048319500230123")
BEFORE_1900 = right("33048318991231123")
FUTURE = right("33048320140701123")
NO_PROVINCE = right("99048319500314123")
OLD_COUNTY = id_number(date(1950, 3, 14), 13, "330425")


@dataclass(frozen=True)
class Shape:
    """One cell, the problem it gives, and what is kept: number, whether it is a key, text as written."""

    what: str
    written: Any
    code: str = ""
    number: str | None = None
    valid: bool = False
    raw: str | None = None


SHAPES = [
    Shape("18 characters", ID, "", ID, True, ID),
    Shape("of 桐乡县 until 1993", OLD_COUNTY, "", OLD_COUNTY, True, OLD_COUNTY),
    Shape("an X", WITH_X, "", WITH_X, True, WITH_X),
    Shape("a lower-case x", OTHER_X.lower(), "", OTHER_X, True, OTHER_X.lower()),
    Shape("full-width digits", WIDE, "", TWO, True, WIDE),
    Shape("inner spaces", f"{THREE[:6]} {THREE[6:]}", "", THREE, True, f"{THREE[:6]} {THREE[6:]}"),
    Shape("a leading apostrophe", f"'{FOUR}", "", FOUR, True, f"'{FOUR}"),
    Shape(
        "15 digits, as used until 2013",
        "330425500314123",
        "J107",
        "330425500314123",
        False,
        "330425500314123",
    ),
    Shape("20: a disability certificate", f"{FIVE}42", "", FIVE, True, f"{FIVE}42"),
    Shape("22: a certificate issued again", f"{SIX}42B1", "", SIX, True, f"{SIX}42B1"),
    Shape("20 that are no certificate", f"{ID}95", "J102", None, False, f"{ID}95"),
    Shape("17 digits", ID[:17], "J102", None, False, ID[:17]),
    Shape("19 digits", f"{ID}1", "J102", None, False, f"{ID}1"),
    Shape("a wrong check digit", WRONG, "J101", WRONG, False, WRONG),
    Shape("a birth that cannot be", IMPOSSIBLE, "J104", IMPOSSIBLE, False, IMPOSSIBLE),
    Shape("born before 1900", BEFORE_1900, "J104", BEFORE_1900, False, BEFORE_1900),
    Shape("born tomorrow", FUTURE, "J104", FUTURE, False, FUTURE),
    Shape("of no province", NO_PROVINCE, "J105", NO_PROVINCE, True, NO_PROVINCE),
    Shape("a date as text", "1950-03-14", "J106", None, False, "1950-03-14"),
    Shape("a date", date(1950, 3, 14), "J106"),
    Shape("words", "身份证丢失", "J106", None, False, "身份证丢失"),
    Shape("not yet registered", "未上户口"),
    Shape("none", "无"),
    Shape("a dash", "——"),
    Shape("masked", "330483********1234"),
    Shape("18 digits as a number", int(ID[:15] + "000"), "J103"),
    Shape("18 digits as a number shown in scientific form", "3.30483E+17", "J103"),
    Shape("zero", 0),
    Shape(
        "a placeholder of zeros",
        "330483000000000000",
        "J104",
        "330483000000000000",
        False,
        "330483000000000000",
    ),
    Shape("a placeholder of ones", "1" * 18, "J104", "1" * 18, False, "1" * 18),
]


def test_a_number_of_any_shape_is_named_and_kept_and_costs_no_row(take: Take, tmp_path: Path) -> None:
    rows = [family(f"A{place}", "沈阿大", shape.written) for place, shape in enumerate(SHAPES)]
    file = take(HOUSEHOLD_HEADER, *rows)
    assert counts(file) == (len(SHAPES), 0, 0, 0)
    query = (
        "SELECT household_no, id_number, id_valid, id_raw FROM household"
        " JOIN membership ON household_id = household.id JOIN person ON person.id = person_id"
    )
    kept = {number: tuple(rest) for number, *rest in rows_of(tmp_path, query)}
    for place, shape in enumerate(SHAPES):
        told = {each["code"] for each in file["problems"] if each["cell"] == f"E{place + 2}"}
        assert (shape.code in told) if shape.code else (told == set()), (shape.what, told)
        assert kept[f"A{place}"] == (shape.number, int(shape.valid), shape.raw), shape.what


@pytest.mark.parametrize(
    "placeholder",
    ["330483000000000000", "1" * 18, "1" * 15, 0, "未上户口", "330483********1234", WRONG],
)
def test_a_number_that_many_share_never_merges_two_families(
    placeholder: Any, take: Take, run: Run, tmp_path: Path
) -> None:
    rows = [
        family(None, "沈阿大", placeholder),
        family(None, "朱水根", placeholder),
        family(None, "沈阿大", placeholder, **{"镇(街道)": "乌镇镇", "村(社区)": "塘东村"}),
    ]
    assert counts(take(HOUSEHOLD_HEADER, *rows)) == (3, 0, 0, 0)
    assert counts(take(HOUSEHOLD_HEADER, *rows)) == (0, 0, 3, 0)
    members = ("户主姓名", "镇", "村", "姓名", "与户主关系", "身份证号")
    sons = [
        ("沈阿大", "石门镇", "望湖村", "沈小", "子", placeholder),
        ("朱水根", "石门镇", "望湖村", "朱小", "子", placeholder),
    ]
    assert counts(take(members, *sons)) == (2, 0, 0, 0)
    assert rows_of(tmp_path, "SELECT count(*), count(DISTINCT name) FROM person") == [(5, 4)]
    assert rows_of(tmp_path, "SELECT count(DISTINCT household_id), count(*) FROM membership") == [(3, 5)]


def test_a_valid_number_that_two_families_give_is_refused_to_the_second(take: Take) -> None:
    file = take(HOUSEHOLD_HEADER, family(None, "沈阿大", ID), family(None, "朱水根", ID))
    assert (codes(file), counts(file)) == ({"D3": "J412"}, (1, 0, 0, 1))


def test_sex_and_birth_that_the_number_contradicts_are_kept_out_and_warned_of(
    take: Take, tmp_path: Path
) -> None:
    take(HOUSEHOLD_HEADER, family("A001", "沈阿大", id_number(date(1940, 1, 1), 1)))
    file = take(
        ("户编号", "姓名", "与户主关系", "身份证号", "性别", "出生日期"),
        ("A001", "沈小", "子", ID, "女", "1951-03-14"),
    )
    assert codes(file) == {"E2": "J108", "F2": "J109"}
    assert rows_of(tmp_path, "SELECT sex, birth FROM person WHERE name = '沈小'") == [("男", "1950-03-14")]


def test_a_certificate_fills_in_category_and_grade(take: Take, tmp_path: Path) -> None:
    take(HOUSEHOLD_HEADER, family("A001", "沈阿大", id_number(date(1940, 1, 1), 1)))
    take(("户编号", "姓名", "与户主关系", "身份证号"), ("A001", "沈小", "子", f"{ID}61"))
    kept = rows_of(
        tmp_path,
        "SELECT id_number, id_raw, disability, disability_grade FROM person"
        " JOIN person_span ON person_id = person.id",
    )
    assert kept == [(ID, f"{ID}61", "精神", 1)]
