"""Findings on the rolls: each planted fault is found, and what only comes near it is not."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.checked import HOMES, MEMBERS, SETTINGS, TODAY, codes, county, home, member, numbers

from jiemin.domain.checks.county import Home, Member
from jiemin.domain.checks.finding import Finding, Gravity
from jiemin.domain.checks.incomes import IncomeSpan
from jiemin.domain.checks.rolls import RollFacts, RosterImport, roll_findings
from jiemin.domain.codes import HouseholdStatus
from jiemin.domain.identity import check_character
from jiemin.domain.periods import FOREVER

STANDARDS = {"农村低保": 416_00, "城镇低保": 520_00}


def found(
    *homes: Home,
    members: dict[str, list[Member]] | None = None,
    incomes: dict[str, list[IncomeSpan]] | None = None,
    imports: tuple[RosterImport, ...] = (),
    today: date = TODAY,
) -> list[Finding]:
    facts = RollFacts(
        county=county(homes or HOMES, today=today),
        members=MEMBERS if members is None else members,
        incomes=incomes or {},
        standards=STANDARDS,
        imports=imports,
    )
    return list(roll_findings(facts, SETTINGS))


def alone(**other: Any) -> list[Finding]:
    """Findings of a family of one person who is as told."""
    return found(home(size=1, covered=1), members={"H1": [member(**other)]})


def test_rolls_in_order_have_no_findings() -> None:
    assert found() == []


def test_a_number_with_a_wrong_check_digit_is_named_and_masked() -> None:
    right = member().number or ""
    wrong = right[:17] + ("1" if right[17] == "0" else "0")
    (finding,) = alone(number=wrong, raw=wrong, valid=False)
    assert finding.number == "K101-H1-P000001"
    assert "校验位不符" in finding.message
    assert right[6:14] not in finding.message
    assert codes(alone(number=wrong, raw=wrong, valid=True)) == ["K101"]


def test_a_birth_that_no_calendar_has_is_no_number() -> None:
    first17 = "33048319901332001"
    number = first17 + check_character(first17)
    (finding,) = alone(number=number, raw=number, valid=True, birth=None, sex=None)
    assert (finding.kind.code, "没有这个出生日期" in finding.message) == ("K101", True)


@pytest.mark.parametrize("raw", ["33048319510314", "3.30483E+17", "见户口本第3页"])
def test_what_is_no_number_is_told(raw: str) -> None:
    assert codes(alone(number=None, raw=raw, valid=False, birth=None)) == ["K102"]


@pytest.mark.parametrize("raw", ["未上户口", "无"])
def test_words_for_none_yet_are_no_fault(raw: str) -> None:
    assert alone(number=None, raw=raw, valid=False, birth=None) == []


def test_a_number_of_fifteen_digits_is_old_and_not_wrong() -> None:
    assert alone(number="330483510314003", raw="330483510314003", valid=False, birth=None) == []


def test_birth_and_sex_that_contradict_the_number_are_told() -> None:
    (finding,) = alone(birth=date(1951, 3, 15), sex="女")
    assert finding.kind.code == "K103"
    assert "1951-03-15" in finding.message
    assert "性别登记为女，号码里是男" in finding.message
    assert codes(alone(birth=date(1951, 3, 15))) == codes(alone(sex="女")) == ["K103"]
    assert alone(birth=None, sex=None) == []


def test_members_without_any_number_are_named_together() -> None:
    people = [
        member(),
        member(2, "沈小妹", number=None, raw=None),
        member(3, "沈志强", number=None, raw=None),
    ]
    (finding,) = found(members={"H1": people, "H2": MEMBERS["H2"]})
    assert (finding.kind.code, finding.message) == ("K104", "没有身份证号：沈小妹、沈志强")


def test_a_family_has_one_head() -> None:
    without = [replace_one(each, relation="子") for each in MEMBERS["H1"]]
    assert numbers(found(members={**MEMBERS, "H1": without})) == ["K105-H1"]
    two = [replace_one(each, relation="户主") for each in MEMBERS["H1"][:2]] + MEMBERS["H1"][2:]
    assert numbers(found(members={**MEMBERS, "H1": two})) == ["K106-H1"]
    assert codes(found(home(size=0, covered=None), members={})) == ["K105"]


def replace_one(person: Member, **other: Any) -> Member:
    return person._replace(**other)


def test_size_and_members_agree() -> None:
    assert numbers(found(home(size=4), HOMES[1])) == ["K107-H1"]
    assert found(home(size=None, covered=2), HOMES[1]) == []
    former = member(4, "沈老大", end=date(2014, 5, 1), end_reason="迁出")
    assert found(members={**MEMBERS, "H1": [*MEMBERS["H1"], former]}) == []
    later = member(4, "沈小宝", start=date(2014, 8, 1))
    assert found(members={**MEMBERS, "H1": [*MEMBERS["H1"], later]}) == []


def test_where_only_heads_are_told_one_finding_speaks_for_a_town() -> None:
    homes = [home("H1"), home("H3"), home("H4", town="石门镇"), home("H5", size=1, covered=None)]
    people = {each.household_no: [member(10 * place + 1)] for place, each in enumerate(homes)}
    some = found(*homes, members=people)
    assert numbers(some) == ["K108-乌镇镇", "K108-石门镇"]
    (wuzhen,) = (each for each in some if each.subject == "乌镇镇")
    assert wuzhen.message == "2户家庭人口不止一人，只登记了户主：H1等"
    assert wuzhen.facts == ("H1", "H3")


def test_covered_persons_are_part_of_the_family() -> None:
    assert numbers(found(home(size=3, covered=4), HOMES[1])) == ["K109-H1", "K110-H1"]
    assert numbers(found(home(covered=1), HOMES[1])) == ["K110-H1"]
    told = [replace_one(each, covered=None) for each in MEMBERS["H1"]]
    assert found(home(covered=1), HOMES[1], members={**MEMBERS, "H1": told}) == []
    assert found(home(covered=None), HOMES[1]) == []


@pytest.mark.parametrize("name", ["农村低保", "城镇低保"])
def test_of_a_family_on_dibao_somebody_is_covered(name: str) -> None:
    nobody = [replace_one(each, covered=False) for each in MEMBERS["H1"]]
    members = {**MEMBERS, "H1": nobody}
    (finding,) = found(home(covered=0, household_class=name), HOMES[1], members=members)
    assert finding.number == "K122-H1"
    assert finding.message == f"{name}户，保障人口是0，按它算的低保金是0元"
    assert finding.kind.gravity is Gravity.DOUBT
    told: dict[str, Any] = {"covered": 0, "household_class": name}
    others: list[dict[str, Any]] = [
        {"household_class": "低收入(低保边缘)"},
        {"covered": None},
        {"status": HouseholdStatus.STOPPED},
    ]
    for other in others:
        assert found(home(**(told | other)), HOMES[1], members=members) == []


def span(day: int, fen: int, period: str = "month", *persons: int) -> IncomeSpan:
    return IncomeSpan(date(2014, day, 1), fen, period, frozenset(persons or (3, 2)))


@pytest.mark.parametrize(
    ("spans", "told"),
    [
        ([span(1, 300_00), span(4, 900_00)], "正好相差3倍，等于人口数"),
        ([span(1, 600_00), span(4, 300_00)], "正好相差2倍，等于人口数"),
        ([span(1, 300_00), span(4, 3600_00)], "正好相差12倍"),
        ([span(1, 3600_00, "year"), span(4, 3600_00, "month")], "数没有变"),
        ([span(1, 300_00), span(4, 900_00), span(5, 900_00)], "正好相差3倍"),
        ([span(1, 300_00), span(4, 909_00)], ""),
        ([span(1, 770_00), span(4, 256_67)], "四舍五入后相差3倍"),
        ([span(1, 770_00), span(4, 257_00)], "四舍五入后相差3倍"),
        ([span(1, 257_00), span(4, 770_00)], "四舍五入后相差3倍"),
        ([span(1, 770_00), span(4, 256_60)], ""),
        ([span(1, 10_000_00), span(4, 833_33)], "四舍五入后相差12倍"),
        ([span(1, 10_00), span(4, 3_00)], ""),
        ([span(1, 300_00), span(4, 3600_00, "year")], ""),
        ([span(1, 300_00), span(4, 900_00), span(5, 910_00)], ""),
        ([span(1, 0), span(4, 0, "year")], ""),
        ([span(1, 300_00, "month", 1), span(4, 300_00, "month", 1), span(5, 0)], ""),
        ([span(1, 300_00)], ""),
    ],
)
def test_an_income_that_changed_by_its_measure_is_suspicious(spans: list[IncomeSpan], told: str) -> None:
    some = found(incomes={"H1": spans})
    assert codes(some) == (["K111"] if told else [])
    assert all(told in each.message for each in some)


@given(st.integers(1, 5_000_00), st.integers(2, 9), st.booleans())
def test_any_income_times_the_persons_is_found_both_ways(fen: int, persons: int, up: bool) -> None:
    pair = [fen, persons * fen] if up else [persons * fen, fen]
    spans = [
        IncomeSpan(date(2014, month, 1), each, "month", frozenset({persons}))
        for month, each in zip((1, 4), pair, strict=True)
    ]
    assert codes(found(incomes={"H1": spans})) == ["K111"]


def test_an_income_a_head_at_the_standard_leaves_nothing_to_top_up() -> None:
    assert found(home(income_fen=3 * 416_00 - 1), HOMES[1]) == []
    (finding,) = found(home(income_fen=3 * 416_00), HOMES[1])
    assert finding.message == "农村低保，3人，月收入1,248元，标准每人每月416元"
    assert codes(found(home(income_fen=36 * 416_00, income_period="year"), HOMES[1])) == ["K112"]
    assert found(home(income_fen=36 * 416_00 - 1, income_period="year"), HOMES[1]) == []
    for other in (
        {"household_class": "低收入(低保边缘)"},
        {"size": None, "covered": None},
        {"income_fen": None},
        {"household_class": "五保"},
    ):
        assert found(home(**({"income_fen": 9999_00} | other)), HOMES[1]) == []


def test_without_a_standard_no_income_is_too_high() -> None:
    facts = RollFacts(county([home(income_fen=9999_00)]), MEMBERS, {}, {})
    assert list(roll_findings(facts, SETTINGS)) == []


def test_an_age_beyond_any_likelihood() -> None:
    old = {"birth": date(1909, 7, 19), "number": None, "raw": "无", "valid": False}
    assert alone(**old) == []
    (finding,) = alone(**(old | {"birth": date(1908, 7, 20)}))
    assert (finding.kind.code, "106岁" in finding.message) == ("K116", True)
    assert alone(**(old | {"birth": date(1908, 7, 21)})) == []


def test_the_dead_are_not_on_the_rolls() -> None:
    died = member(3, "沈志强", end=date(2014, 5, 1), end_reason="死亡")
    again = member(3, "沈志强", start=date(2014, 6, 1))
    at_home = {**MEMBERS, "H1": [*MEMBERS["H1"][:2], died, again]}
    assert numbers(found(members=at_home)) == ["K117-H1-P000003"]
    elsewhere = {"H1": [*MEMBERS["H1"][:2], died], "H2": [*MEMBERS["H2"], again], "H9": [again]}
    some = found(home(size=2), home("H2", size=2, covered=None), members=elsewhere)
    assert numbers(some) == ["K117-H2-P000003"]
    moved = {**elsewhere, "H1": [*MEMBERS["H1"][:2], replace_one(died, end_reason="迁出")]}
    assert found(home(size=2), home("H2", size=2, covered=None), members=moved) == []
    stopped = home("H2", size=2, covered=None, status=HouseholdStatus.STOPPED)
    assert found(home(size=2), stopped, members=elsewhere) == []
    widowed = {**elsewhere, "H1": [*MEMBERS["H1"][:2], replace_one(died, end_reason="丈夫病故，随女儿生活")]}
    assert found(home(size=2), home("H2", size=2, covered=None), members=widowed) == []


def test_who_died_in_one_family_and_stays_in_another_is_there_still() -> None:
    died = member(3, "沈志强", end=date(2014, 5, 1), end_reason="死亡")
    people = {"H1": [*MEMBERS["H1"][:2], died], "H2": [*MEMBERS["H2"], member(3, "沈志强")]}
    (finding,) = found(home(size=2), home("H2", size=2, covered=None), members=people)
    assert finding.message == "沈志强 2014-05-01登记去世，仍是这一户的成员"


def test_one_person_belongs_to_one_family_on_a_day() -> None:
    guest = member(3, "沈志强", end=date(2014, 9, 1))
    people = {"H1": MEMBERS["H1"], "H2": [*MEMBERS["H2"], guest], "H9": [member(11, "朱水根")]}
    some = found(home(), home("H2", size=2, covered=None), members=people)
    assert numbers(some) == ["K118-H1-P000003"]
    assert "H1、H2" in some[0].message
    before = replace_one(guest, end=TODAY)
    assert found(members={**people, "H2": [*MEMBERS["H2"], before]}) == []
    left = home("H2", size=2, covered=None, status=HouseholdStatus.STOPPED)
    assert found(home(), left, members=people) == []
    twice = {**MEMBERS, "H1": [*MEMBERS["H1"], MEMBERS["H1"][2]]}
    assert "K118" not in codes(found(members=twice))


def test_an_account_of_several_families_is_told_once_and_masked() -> None:
    account = "6228480000012345"
    homes = [home("H2", account=account), home("H1", account=account), home("H3", account="6228480000099999")]
    left = home("H4", account=account, status=HouseholdStatus.MOVED_OUT)
    people = {each.household_no: MEMBERS["H1"] for each in homes}
    (finding,) = (each for each in found(*homes, left, members=people) if each.kind.code == "K119")
    assert (finding.number, finding.message) == ("K119-H1", "和H2是同一个账号****2345")


def brought(file: str, first: date, last: date | None = None, day: date = TODAY) -> RosterImport:
    return RosterImport(7, file, day, first, last or first)


def test_rosters_grow_old() -> None:
    fresh = brought("名册.xlsx", date(2013, 7, 1), day=date(2013, 7, 21))
    assert found(imports=(fresh,)) == []
    stale = replace(fresh, day=date(2013, 7, 20))
    assert numbers(found(imports=(stale,))) == ["K120"]
    assert found(imports=(stale, replace(fresh, day=date(2014, 7, 1)))) == []


def test_whoever_answered_for_an_old_roster_is_asked_again_a_year_later() -> None:
    stale = brought("名册.xlsx", date(2013, 7, 1), day=date(2013, 7, 20))
    days = (TODAY, date(2015, 7, 19), date(2015, 7, 20))
    one, same, other = (found(imports=(stale,), today=day)[0].fingerprint for day in days)
    assert one == same != other


def test_files_of_one_import_have_numbers_of_their_own() -> None:
    named = [brought(f"{year}年名册.xlsx", date(2014, 4, 1)) for year in (2012, 2014, 2013)]
    assert numbers(found(imports=tuple(named))) == ["K121-7-1", "K121-7-3"]


def test_of_files_of_several_kinds_nobody_knows_which_is_the_roster() -> None:
    some = [replace(brought(name, date(2014, 4, 1)), mixed=True) for name in ("2013年走访.xlsx", "名册.xlsx")]
    assert found(imports=tuple(some)) == []


@pytest.mark.parametrize(
    ("file", "wrong"),
    [
        ("2013年困难家庭名册.xlsx", True),
        ("困难家庭20130401.xls", True),
        ("困难家庭20140401.xls", False),
        ("2014困难家庭.xlsx", False),
        ("2013-2014年名册.xlsx", False),
        ("名册3304832013.xlsx", False),
        ("名册.xlsx", False),
    ],
)
def test_a_file_of_another_year(file: str, wrong: bool) -> None:
    some = found(imports=(brought(file, date(2014, 4, 1)),))
    assert numbers(some) == (["K121-7"] if wrong else [])


def test_households_out_of_the_work_are_left_in_peace() -> None:
    gone = home(status=HouseholdStatus.STOPPED, size=9, covered=10, income_fen=9999_00)
    assert found(gone, HOMES[1]) == []


def everybody() -> Iterator[Member]:
    for some in MEMBERS.values():
        yield from some


def test_the_persons_of_the_tests_are_in_order() -> None:
    assert all(each.valid and each.holds(TODAY) and each.end == FOREVER for each in everybody())
