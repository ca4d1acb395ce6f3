"""What a reader takes, it takes whole: a cell that says more than its value is named, never trimmed."""

import re
import unicodedata
from datetime import date, datetime
from decimal import Decimal
from itertools import product
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.grids import reading
from support.rosters import id_number

from jiemin.domain import codes
from jiemin.domain.codes import Condition
from jiemin.sheets.columns.recognise import SPECS
from jiemin.sheets.values.cell import Faulty, Fields
from jiemin.sheets.values.figures import account, day, income, number_given, persons
from jiemin.sheets.values.people import identity, name, names, phones
from jiemin.sheets.values.registers import amount, clear, condition, due, missing, plan
from jiemin.sheets.values.visits import (
    due_day,
    gift_money,
    goods,
    money_or_goods,
    told_kind,
    visit_day,
    visitors,
    words_said,
)
from jiemin.sheets.values.words import (
    causes,
    code,
    disability,
    grade,
    household_class,
    other_causes,
    pairing_note,
    text,
    yes_no,
)

ID = id_number(date(1950, 3, 14), 13)
VERBATIM = frozenset([text, pairing_note, name, names, number_given])
"""Readers that keep what is written as it is written; they have nothing to trim."""
SAMPLES: list[tuple[Any, str]] = [
    (household_class, "农村低保"),
    (causes, "因病"),
    (other_causes, "因残"),
    (disability, "肢体二级"),
    (grade, "二级"),
    (yes_no, "是"),
    (identity, ID),
    (phones, "13812345678"),
    (persons, "3"),
    (income("月"), "520元"),
    (income("年"), "2万"),
    (income("年", "万"), "2.4"),
    (day(), "2014-06-30"),
    (day(month_will_do=True), "2014年6月"),
    (account, "6230902775159838974"),
    (visit_day(), "2014-05-20"),
    (due_day(), "2014年9月底"),
    (told_kind, "慰问"),
    (gift_money, "500元"),
    (goods, "大米一袋"),
    (money_or_goods, "500元"),
    (words_said, "想看病"),
    (visitors, "孙一"),
    (clear("family"), "已清"),
    (missing, "学历没有核实"),
    (plan, "4、危房改造"),
    (due, "2014年9月底"),
    (amount(), "6000元"),
    (amount("万"), "0.6"),
    (condition(Condition.WAGES), "12000元"),
    (condition(Condition.WAGES, "万"), "1.2"),
    (condition(Condition.ABLE), "3人"),
    (condition(Condition.LAND), "2亩5分"),
    (condition(Condition.HOUSE_AREA), "62.5平方米"),
    (condition(Condition.HOUSE_BUILD), "砖木"),
    *(
        (code(getattr(codes, each)), next(iter(getattr(codes, each))))
        for each in sorted(vars(codes))
        if each.isupper() and isinstance(getattr(codes, each), dict) and each != "YES_NO"
    ),
]
MORE = (
    "左右",
    "约",
    "以上",
    "多",
    "亩",
    "不",
    "非",
    "疑似",
    "原",
    "已故",
    "？",
    "?",
    "~",
    "（待查）",
    "或其他",
    "等",
    "%",
    "#",
)


def unread(found: Any, whole: Any) -> bool:
    """Whether a cell was named as faulty, or says something else than the value alone."""
    return isinstance(found, Faulty) or found != whole


@pytest.mark.parametrize(("reader", "cell"), SAMPLES)
def test_a_word_more_is_never_dropped_in_silence(reader: Any, cell: str) -> None:
    whole = reading(reader, cell)
    assert not isinstance(whole, Faulty)
    assert whole is not None
    trimmed = [
        f"{before}{cell}{after}"
        for before, after in product(("", *MORE), repeat=2)
        if (before or after) and not unread(reading(reader, f"{before}{cell}{after}"), whole)
    ]
    assert trimmed == []


def test_every_reader_of_every_column_is_tried_here() -> None:
    tried = {getattr(reader, "__qualname__", "") for reader, _ in SAMPLES}
    used = {column.read for spec in SPECS for column in spec.all_columns} - VERBATIM
    assert {getattr(reader, "__qualname__", "") for reader in used} - tried <= {"_is_head", "_numbers"}


figures = st.text("0123456789.,，元万千百年月每人口约 ~/-+无￥", max_size=12)
FIGURE = re.compile(r"\d[\d,]*\.?\d*|\.\d+")


@given(figures)
def test_an_income_is_the_one_figure_written(written: str) -> None:
    found = reading(income("月"), written)
    if isinstance(found, int):
        plain = unicodedata.normalize("NFKC", written)
        (figure,) = FIGURE.findall(plain)
        scale = next((size for sign, size in (("万", 10000), ("千", 1000), ("百", 100)) if sign in plain), 1)
        assert found == Decimal(figure.replace(",", "")) * scale * 100
        assert not re.search("[约~年人口无]", plain)


@given(st.text("0123456789.一二三四十两 人口个几余+-", max_size=6))
def test_a_number_of_persons_is_the_one_written(written: str) -> None:
    found = reading(persons, written)
    if isinstance(found, int):
        said = re.findall(r"\d+(?:\.0+)?|[一二两三四十]", written)
        assert len(said) == 1
        assert found == (
            "十一二三四".find(said[0].replace("两", "二")) or 10
            if said[0] in "一二三四十两"
            else float(said[0])
        )


@given(st.text("0123456789-./年月日号 T:上下午农历初闰约", max_size=22))
def test_a_day_is_the_one_written(written: str) -> None:
    found = reading(day(), written)
    if isinstance(found, date):
        digits = [int(each) for each in re.findall(r"\d+", written)]
        if len(digits) == 1:
            digits = [digits[0] // 10000, digits[0] // 100 % 100, digits[0] % 100]
        assert digits[:3] == [found.year, found.month, found.day]
        assert not re.search("[农历初闰约]", written)


@given(st.dates(date(1900, 1, 1), date(2014, 6, 30)), st.sampled_from(["{0}", "{0} 0:00:00", "{0}T08:00"]))
def test_every_day_is_read_in_every_form(found: date, form: str) -> None:
    written = [
        form.format(f"{found:%Y-%m-%d}"),
        f"{found.year}.{found.month}.{found.day}",
        f"{found.year}/{found.month}/{found.day}",
        f"{found.year}年{found.month}月{found.day}日",
        f"{found:%Y%m%d}",
    ]
    cells: list[Any] = [
        *written,
        int(f"{found:%Y%m%d}"),
        float(f"{found:%Y%m%d}"),
        found,
        datetime(found.year, found.month, found.day, 9),
    ]
    assert {reading(day(), cell) for cell in cells} == {found}


@given(st.text("0123456789Xx '　B-?证", max_size=26))
def test_a_number_taken_without_a_word_is_the_one_written(written: str) -> None:
    found = reading(identity, written)
    if found is not None and not isinstance(found, Faulty):
        signs = re.sub(r"[\s']", "", unicodedata.normalize("NFKC", written)).upper()
        assert signs.startswith(found.number)
        assert found.raw == written.strip()


@given(st.sampled_from([each for each, _ in SAMPLES]), st.text(max_size=20))
def test_no_text_whatever_makes_a_reader_fail(reader: Any, written: str) -> None:
    found = reading(reader, written)
    assert (
        found is None
        or isinstance(found, Faulty | Fields | str | int | tuple | date)
        or hasattr(found, "raw")
    )
