"""A register of persons tells nothing of households: it adds to what is known of people on record."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from support.imports import MEMBER_HEADER, Take, codes, counts, family, rows_of
from support.prepared import Once
from support.rosters import CADRE_HEADER, HOUSEHOLD_HEADER, id_number

HEAD, SON = id_number(date(1950, 1, 1), 801), id_number(date(1985, 5, 5), 803)
STRANGER = id_number(date(1960, 2, 2), 802)
REGISTER = ("序号", "姓名", "残疾类别", "监护人姓名", "残疾证号", "地址", "联系电话", "补贴金额", "备注")
DISABILITIES = (
    "SELECT p.name, s.disability, s.disability_grade FROM person_span s JOIN person p ON p.id = s.person_id "
    "WHERE s.disability IS NOT NULL ORDER BY p.id"
)


@pytest.fixture
def known(take: Take, once: Once) -> Take:
    """Household A001, of 沈阿大 and his son 沈小二."""

    def steps() -> None:
        take(HOUSEHOLD_HEADER, family("A001", "沈阿大", HEAD))
        take(MEMBER_HEADER, ("A001", "沈小二", "子", SON, "", "", "", ""))

    once(steps)
    return take


def entry(name: str, certificate: str, kind: str = "") -> tuple[Any, ...]:
    return (1, name, kind, "", certificate, "望湖村3组", "13800002222", 90, "")


def test_disability_certificates_find_the_people_on_record(known: Take, tmp_path: Path) -> None:
    file = known(REGISTER, entry("沈阿大", HEAD + "42"), entry("沈小二", SON + "61", "精神"))
    assert (file["kind"], counts(file)) == ("家庭成员名册", (0, 2, 0, 0))
    assert rows_of(tmp_path, DISABILITIES) == [("沈阿大", "肢体", 2), ("沈小二", "精神", 1)]
    assert counts(known(REGISTER, entry("沈阿大", HEAD + "42"))) == (0, 0, 1, 0)


def test_who_is_not_on_record_stays_out_and_is_named(known: Take, tmp_path: Path) -> None:
    file = known(REGISTER, entry("朱水根", STRANGER + "11"), entry("沈小二", SON + "61"))
    assert (codes(file)["E2"], counts(file)) == ("J417", (0, 1, 0, 1))
    assert rows_of(tmp_path, "SELECT count(*) FROM person") == [(2,)]


def test_a_copied_number_renames_nobody(known: Take, tmp_path: Path) -> None:
    file = known(REGISTER, entry("朱水根", SON + "61"))
    assert ("J414" in codes(file).values(), counts(file)) == (True, (0, 0, 0, 1))
    assert rows_of(tmp_path, "SELECT name FROM person ORDER BY id") == [("沈阿大",), ("沈小二",)]


@pytest.mark.parametrize("certificate", ["", HEAD[:-1] + "?42", HEAD[:-2] + "0042"])
def test_a_name_alone_tells_nobody(known: Take, tmp_path: Path, certificate: str) -> None:
    file = known(REGISTER, entry("沈阿大", certificate, "肢体"))
    told = [each["message"] for each in file["problems"] if each["code"] == "J301"]
    assert (len(told), counts(file)) == (1, (0, 0, 0, 1))
    assert ("不能用来认人" in told[0]) is bool(certificate)
    assert rows_of(tmp_path, DISABILITIES) == []


def test_the_same_person_twice_in_a_register_is_told(known: Take) -> None:
    file = known(REGISTER, entry("沈阿大", HEAD + "42"), entry("沈阿大", HEAD + "42"))
    assert counts(file)[3] == 1


def test_a_register_says_nothing_of_the_size_of_families(known: Take) -> None:
    known(HOUSEHOLD_HEADER, family("A001", "沈阿大", HEAD, 家庭人口=3))
    file = known(REGISTER, entry("沈阿大", HEAD + "42"))
    assert counts(file) == (0, 1, 0, 0)
    assert "J408" not in codes(file).values()


def test_a_number_in_a_column_of_its_own_serves_as_well(known: Take, tmp_path: Path) -> None:
    file = known(("姓名", "身份证号", "残疾类别", "劳动能力"), ("沈小二", SON, "肢体二级", "弱"))
    assert counts(file) == (0, 1, 0, 0)
    assert rows_of(tmp_path, "SELECT labour, disability_grade FROM person_span") == [("弱", 2)]


def test_other_lists_of_people_are_what_they_were(known: Take) -> None:
    cadres = known((*CADRE_HEADER, "残疾类别"), ("", "方卫东", "民政局", "科员", "", ""))
    assert cadres["kind"] == "干部名册"
    households = known(
        ("姓名", "性别", "身份证号", "困难类别", "残疾类别", "残疾等级", "镇"),
        ("朱水根", "男", STRANGER, "五保", "肢体", "2", "石门镇"),
    )
    assert (households["kind"], counts(households)) == ("困难家庭名册", (1, 0, 0, 0))
    assert known(("姓名", "性别", "身份证号"), ("沈小二", "男", SON))["kind"] is None
