"""The file a county fills in: asks for what is missing, states nothing by itself, works when filled."""

import re
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from support.policies import dated, parameter, setting

from jiemin.domain.entitlement.uses import not_given
from jiemin.domain.periods import Year
from jiemin.domain.policy import Basis, Book, MidPeriod, Unit
from jiemin.errors import JieminError
from jiemin.policy.book_file import load_book
from jiemin.policy.county_template import county_template

DAY = date(2014, 6, 30)
TO_FILL = re.compile(r"^#(?=\S)", re.MULTILINE)


def blocks(text: str) -> dict[str, str]:
    """The blocks of a template by their keys."""
    found = {}
    for block in text.split("\n\n"):
        if named := re.search(r"^#\[\[(.+)\.values\]\]$", block, re.MULTILINE):
            found[named[1]] = block
    return found


def filled(block: str, value: str) -> str:
    """A block as a clerk fills it in."""
    given = {"from": "2014-01-01", "issued": "2013-12-20", "document": '"市发1号"', "clause": '"一"'}
    text = TO_FILL.sub("", block)
    for name, told in {**given, "value": value}.items():
        text = re.sub(rf"^{name} =.*$", f"{name} = {told}", text, flags=re.MULTILINE)
    return text


@pytest.fixture
def stored(tmp_path: Path) -> Callable[[str], Path]:
    def store(text: str) -> Path:
        path = tmp_path / "本县.toml"
        path.write_text(text, encoding="utf-8")
        return path

    return store


def test_as_it_is_written_it_states_nothing(stored: Callable[[str], Path]) -> None:
    book = load_book()
    assert load_book(stored(county_template(book, DAY))) == book


def test_it_asks_for_every_missing_value_then_offers_every_choice() -> None:
    book = load_book()
    asked = list(blocks(county_template(book, DAY)))
    missing = [key for key, each in book.parameters.items() if not each.values]
    settings = [key for key, each in book.parameters.items() if each.unit is Unit.SETTING]
    assert asked[: len(missing)] == missing
    assert asked[len(missing) : len(missing) + len(settings)] == settings
    silent = ["dibao.minimum", "supplement.elder_age", "supplement.minor_age"]
    assert asked[len(missing) + len(settings) :][: len(silent)] == silent
    assert set(asked) == set(book.parameters)


def test_a_raise_is_added_to_what_the_notice_says(stored: Callable[[str], Path]) -> None:
    book = load_book()
    block = TO_FILL.sub("", blocks(county_template(book, DAY))["dibao.rural.standard"])
    kept, new = block.split("# 新的一条：\n")
    for name, told in {
        "from": "2014-07-01",
        "issued": "2014-08-01",
        "value": "450",
        "document": '"市发2号"',
        "clause": '"一"',
    }.items():
        new = re.sub(rf"^{name} =.*$", f"{name} = {told}", new, flags=re.MULTILINE)
    own = load_book(stored(kept + new)).parameters["dibao.rural.standard"]
    assert own.values[:-1] == book.parameters["dibao.rural.standard"].values
    assert (own.values[-1].value, own.values[-1].basis) == (45000, Basis.RAISE)


def test_each_value_is_asked_for_with_unit_purpose_and_clause() -> None:
    told = blocks(county_template(load_book(), DAY))
    assert told["medical_aid.cap"].splitlines() == [
        "# 医疗救助年度封顶线，单位：元/人/年",
        "#   用来算：医疗救助；不写，就不算医疗救助。通知的条款：二.5",
        "#[medical_aid.cap]",
        '#mid_period = "last_day"',
        "#[[medical_aid.cap.values]]",
        "#from =",
        "#issued =",
        "#value =",
        '#document = ""',
        '#clause = ""',
        '#basis = "existing"',
    ]
    assert "危房改造补助的几项里至少写一项才算" in told["housing.grant.c"]
    assert "mid_period" not in told["housing.grant.c"]


def test_a_choice_shows_its_words_and_what_holds_now() -> None:
    told = blocks(county_template(load_book(), DAY))["medical_aid.method"]
    assert "#   times  原比例乘以1.3，最高100%（现在的）" in told
    assert "#   points  原比例加30个百分点，最高100%\n" in told
    assert '#value = "times"' in told
    assert "#from = 2014-01-01" in told


def test_a_number_shows_what_holds_now() -> None:
    told = blocks(county_template(load_book(), DAY))["supplement.elder_age"]
    assert "#   现在：70周岁" in told
    assert "#value = 70" in told


def test_what_holds_now_is_that_of_the_day_or_the_first_to_come() -> None:
    mode = setting("mode", "x", "y")
    book = Book.of([parameter("mode", dated("x"), dated("y", date(2015, 1, 1)), unit=Unit.SETTING,
                              choices=mode.choices)])  # fmt: skip
    assert '#value = "x"' in county_template(book, DAY)
    assert '#value = "y"' in county_template(book, date(2015, 1, 1))
    assert '#value = "x"' in county_template(book, date(2013, 1, 1))


def test_where_nothing_is_missing_it_says_so() -> None:
    assert "县里要定的：都已经写了" in county_template(Book.of([setting("mode", "x", "y")]), DAY)


def test_filled_in_everything_is_given(stored: Callable[[str], Path]) -> None:
    book = load_book()
    told = blocks(county_template(book, DAY))
    parts = [filled(told[key], "12.5") for key, each in book.parameters.items() if not each.values]
    own = load_book(stored("\n".join(parts)))
    assert not_given(own) == ()
    assert all(each.values for each in own.parameters.values())
    again = county_template(own, DAY)
    assert "县里要定的：都已经写了" in again
    assert "medical_aid.cap" not in again


def test_a_value_by_the_month_may_be_said_in_the_same_block(stored: Callable[[str], Path]) -> None:
    block = blocks(county_template(load_book(), DAY))["pension.contribution"]
    text = filled(block, "100").replace("last_day", "by_month")
    own = load_book(stored(text))
    assert own.parameters["pension.contribution"].mid_period is MidPeriod.BY_MONTH
    assert own.over(Year(2014)).value("pension.contribution", "试算").amount == 10000


def test_a_line_left_empty_is_told_by_its_number(stored: Callable[[str], Path]) -> None:
    block = TO_FILL.sub("", blocks(county_template(load_book(), DAY))["medical_aid.rate"])
    number = next(n for n, line in enumerate(block.splitlines(), 1) if line.startswith("from"))
    with pytest.raises(JieminError, match=f"本县.toml第{number}行") as raised:
        load_book(stored(block))
    assert "等号后面不能空着" in raised.value.hint
