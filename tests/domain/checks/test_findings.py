"""Findings: numbered by kind and subject, fingerprinted by facts, with a remedy that names its subject."""

import re
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.checked import home, staff

from jiemin.domain.checks.catalogue import KINDS
from jiemin.domain.checks.county import County, of_cadre, of_home
from jiemin.domain.checks.finding import Finding, Gravity, Group, named
from jiemin.domain.checks.settings import CheckSettings


@pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)
def test_every_kind_says_what_it_is_and_what_to_do(kind: object) -> None:
    found = KINDS[kind.code]  # type: ignore[attr-defined]
    assert re.fullmatch(r"K[1-5]\d\d", found.code)
    assert list(Group)[int(found.code[1]) - 1] is found.group
    assert found.title and found.meaning and found.way_out
    assert "{" not in found.way_out
    assert set(found.settings) <= set(CheckSettings.__dataclass_fields__)


def test_kinds_stand_in_order_without_repeats() -> None:
    assert list(KINDS) == sorted(KINDS)
    assert len({kind.title for kind in KINDS.values()}) == len(KINDS)


def test_a_number_is_kind_and_subject_and_can_be_typed() -> None:
    assert of_home("K301", home("H 000012"), "没有结对").number == "K301-H000012"
    cadre = staff("C00003", "方卫东", "市民政局")
    assert of_cadre("K204", cadre, "太多", besides=("20140520",)).number == "K204-C00003-20140520"


def test_the_remedy_names_its_subject() -> None:
    assert "jiemin pair add H1 干部" in of_home("K301", home(), "没有结对").remedy
    assert "jiemin pair add 户编号 干部" in KINDS["K301"].way_out


facts = st.lists(st.one_of(st.text(max_size=5), st.integers(), st.none()), max_size=4)


@given(facts, facts)
def test_the_fingerprint_is_that_of_kind_subject_and_facts_alone(
    one: list[object], other: list[object]
) -> None:
    first = of_home("K107", home(), "一句话", *one)  # type: ignore[arg-type]
    again = of_home("K107", home(head="改了名"), "另一句话", *one)  # type: ignore[arg-type]
    second = of_home("K107", home(), "一句话", *other)  # type: ignore[arg-type]
    assert first.fingerprint == again.fingerprint
    assert (first.fingerprint == second.fingerprint) == (one == other)
    assert first.fingerprint != of_home("K110", home(), "一句话", *one).fingerprint  # type: ignore[arg-type]
    assert first.fingerprint != of_home("K107", home("H9"), "一句话", *one).fingerprint  # type: ignore[arg-type]


def test_the_worst_comes_first() -> None:
    some = [of_home(code, home(), "") for code in ("K104", "K107", "K301", "K101")]
    ordered = sorted(some, key=lambda each: each.order)
    assert [each.kind.code for each in ordered] == ["K101", "K301", "K107", "K104"]
    assert list(Gravity) == ["错误", "疑点", "提示"]


def test_many_names_are_cut_short() -> None:
    assert named(["甲", "乙", "丙"], "户") == "甲、乙、丙"
    assert named(["甲", "乙", "丙", "丁"], "户") == "甲、乙、丙等4户"


def test_names_and_units_of_cadres_nobody_knows_are_left_out() -> None:
    county = County(date(2014, 7, 1), {}, {"C1": staff("C1", "方卫东", "市民政局")})
    assert county.names(("C9", "C1")) == ["方卫东"]
    assert county.units(("C9", "C1")) == {"市民政局"}
    assert Finding(KINDS["K501"], (), "低保标准", "", ()).number == "K501"
