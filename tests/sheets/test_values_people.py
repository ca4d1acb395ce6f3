"""Names, identity numbers and telephones as people write them."""

from datetime import date, time, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.grids import TODAY, codes_of, reading
from support.rosters import id_number

from jiemin.domain.codes import Disability, Sex
from jiemin.domain.identity import IdReading
from jiemin.sheets.values.cell import Faulty
from jiemin.sheets.values.people import identity, name, names, phones

ID = id_number(date(1950, 3, 14), 12)
CERTIFICATE = ID + "42"


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("沈阿大", "沈阿大"),
        (" 沈 月 桂 ", "沈月桂"),
        ("阿卜杜拉·买买提", "阿卜杜拉·买买提"),
        ("欧阳 小明", "欧阳小明"),
        ("沈 阿大", "沈阿大"),
        ("沈*芳", None),
        ("无", None),
    ],
)
def test_names(cell: str, value: str | None) -> None:
    assert reading(name, cell) == value


@pytest.mark.parametrize(
    "cell",
    [
        "张三、李四",
        "13812345678",
        13812345678.0,
        "张三\n李四",
        "张三 李四",
        "欧阳 小明 李四",
        "户主　沈阿大",
        "一" * 41,
    ],
)
def test_what_cannot_be_one_name_is_refused(cell: Any) -> None:
    assert codes_of(reading(name, cell)) == ["J311"]


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("方卫东", ("方卫东",)),
        ("方卫东、顾小平", ("方卫东", "顾小平")),
        ("方卫东，顾小平；方卫东", ("方卫东", "顾小平")),
        ("方卫东 顾小平", ("方卫东", "顾小平")),
        ("方 敏", ("方敏",)),
        ("欧阳 小明", ("欧阳小明",)),
        ("欧阳小明 方敏", ("欧阳小明", "方敏")),
        ("方卫东\n", ("方卫东",)),
    ],
)
def test_several_names_in_one_cell(cell: str, value: tuple[str, ...]) -> None:
    assert reading(names, cell) == value


@pytest.mark.parametrize("cell", ["方卫东、13812345678", "欧阳 小明 方敏"])
def test_what_is_no_list_of_names_is_refused(cell: str) -> None:
    assert codes_of(reading(names, cell)) == ["J311"]


def test_a_text_number_comes_through_untouched() -> None:
    found = reading(identity, ID)
    assert (found.number, found.valid, found.raw) == (ID, True, ID)


@given(st.dates(date(1900, 1, 1), TODAY), st.integers(0, 999))
def test_every_valid_number_survives_as_text_and_never_as_a_number(birth: date, serial: int) -> None:
    number = id_number(birth, serial)
    assert reading(identity, number) == IdReading(
        number, number, True, birth, Sex.MALE if serial % 2 else Sex.FEMALE
    )
    lost = reading(identity, float(number[:17] + "0"))
    assert codes_of(lost) == ["J103"]
    assert lost.kept is None


@pytest.mark.parametrize("cell", ["330483********1234", "3304**********1234", "无", "未上户口", 0])
def test_a_masked_or_missing_number_is_blank(cell: Any) -> None:
    assert reading(identity, cell) is None


def test_a_wrong_number_is_kept_as_written_and_warned_of() -> None:
    wrong = ID[:-1] + ("1" if ID[-1] != "1" else "2")
    found = reading(identity, wrong)
    assert codes_of(found) == ["J101"]
    assert (found.kept.raw, found.kept.valid) == (wrong, False)
    short = reading(identity, ID[:17])
    assert codes_of(short) == ["J102"]
    assert (short.kept.raw, short.kept.number) == (ID[:17], None)


@pytest.mark.parametrize("cell", [date(1950, 3, 14), True, timedelta(1), time(9)])
def test_what_is_no_number_at_all(cell: Any) -> None:
    assert codes_of(reading(identity, cell)) == ["J106"]


def test_a_certificate_tells_number_and_disability() -> None:
    found = reading(identity, CERTIFICATE)
    assert (found.number, found.disability, found.disability_grade) == (ID, Disability.LIMB, 2)
    assert codes_of(reading(identity, "有")) == ["J106"]


def test_a_certificate_with_a_wrong_number_still_tells_the_disability() -> None:
    wrong = ID[:-1] + ("1" if ID[-1] != "1" else "2")
    found = reading(identity, wrong + "11")
    assert codes_of(found) == ["J101"]
    assert found.kept.disability is Disability.SIGHT


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("13812345678", ("13812345678",)),
        (13812345678.0, ("13812345678",)),
        (13812345678, ("13812345678",)),
        ("13812345678、0573-88012345", ("13812345678", "0573-88012345")),
        ("138****5678", None),
        ("138****5678\n13912345678", ("13912345678",)),
        ("１３８＊＊＊＊５６７８", None),
        ("无", None),
        ("没有电话", None),
        ("13812345678\n0573-88012345转801", ("13812345678", "0573-88012345-801")),
        (0, None),
    ],
)
def test_phones(cell: Any, value: tuple[str, ...] | None) -> None:
    assert reading(phones, cell) == value


@pytest.mark.parametrize("cell", ["同上", "520元", 330483195003141234.0, True, date(2014, 1, 1), -5])
def test_what_is_no_phone(cell: Any) -> None:
    found = reading(phones, cell)
    assert codes_of(found) == ["J307"]
    assert found.kept is None


@pytest.mark.parametrize(
    ("cell", "kept", "said"),
    [
        ("13812345678、1391234567", ("13812345678",), "有一个号码是10位"),
        (1381234567, None, "有一个号码是10位"),
        (57388012345.0, None, "有一个号码是11位"),
        ("邻居13812345678", ("13812345678",), "没有取用“邻居”"),
    ],
)
def test_what_of_a_cell_of_telephones_is_left_out_is_said(cell: Any, kept: Any, said: str) -> None:
    assert reading(phones, cell) == Faulty((("J307", said),), kept)
