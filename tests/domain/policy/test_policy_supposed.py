"""A book with values supposed, and how people type them."""

from datetime import date

import pytest
from support.policies import APRIL, dated, parameter, setting, subsidy_book

from jiemin.domain.periods import Month
from jiemin.domain.policy import Book, Unit
from jiemin.domain.policy.told import parameter_named, read_told, read_value
from jiemin.errors import JieminError, NotFoundError
from jiemin.policy.book_file import load_book

JUNE, JULY, AUGUST = (Month(2014, number) for number in (6, 7, 8))
URBAN, RURAL = "dibao.urban.standard", "dibao.rural.standard"
PACKAGED = load_book()


def amount(book: Book, key: str, day: date) -> int:
    return book.on(day).value(key, "试算").amount


def test_a_supposed_value_counts_from_its_day_without_the_floor_it_had() -> None:
    book = subsidy_book()
    supposed = book.with_values({RURAL: 39000}, JULY.first)
    assert amount(book, RURAL, JULY.first) == 41600
    assert (amount(supposed, RURAL, JUNE.last), amount(supposed, RURAL, JULY.first)) == (41600, 39000)
    assert supposed.on(JULY.first).value(RURAL, "试算").source.strip() == "测算"
    assert book == subsidy_book()


def test_floors_of_others_follow_a_supposed_value() -> None:
    supposed = subsidy_book().with_values({URBAN: 60000}, JULY.first)
    assert (amount(supposed, RURAL, JUNE.last), amount(supposed, RURAL, JULY.first)) == (41600, 48000)


def test_what_the_book_states_for_later_does_not_count_again() -> None:
    book = Book.of(
        [
            parameter("a", dated(1), dated(2, APRIL, end=AUGUST.first), dated(3, AUGUST.first)),
            parameter("b"),
        ]
    )
    supposed = book.with_values({"a": 9, "b": 7}, JULY.first)
    assert [amount(supposed, "a", month.last) for month in (JUNE, JULY, AUGUST)] == [2, 9, 9]
    assert amount(supposed, "b", JULY.first) == 7
    assert [value.value for value in book.with_values({"a": 9}, APRIL).parameters["a"].values] == [1, 9]


def test_a_book_is_steady_while_no_value_begins_or_ends() -> None:
    book = Book.of([parameter("a", dated(1, APRIL, end=date(2014, 7, 15)))])
    assert book.steady(Month(2014, 4), JUNE)
    assert not book.steady(Month(2014, 3), JUNE)
    assert not book.steady(JUNE, JULY)
    assert book.steady(AUGUST, Month(2014, 12))


@pytest.mark.parametrize(
    "text", ["dibao.rural.standard", "dibao.rural", "dibao.r", "农村低保标准", "农村低保", "rural"]
)
def test_a_parameter_is_named_by_key_title_or_an_unambiguous_part(text: str) -> None:
    book = Book({key: each for key, each in PACKAGED.parameters.items() if key != "dibao.rounding"})
    assert parameter_named(book, text).key == "dibao.rural.standard"


def test_several_and_none_are_told_with_what_may_be_meant() -> None:
    with pytest.raises(
        NotFoundError, match=r"“dibao\.r”不止一项：dibao\.rounding（低保金取整）、dibao\.rural"
    ):
        parameter_named(PACKAGED, "dibao.r")
    with pytest.raises(NotFoundError, match=r"等\d+项") as raised:
        parameter_named(PACKAGED, "准")
    assert raised.value.message.count("、") >= 7
    with pytest.raises(NotFoundError, match=r"没有“dibao\.rual”这个参数，是不是：.*dibao\.rural\.standard"):
        parameter_named(PACKAGED, "dibao.rual")
    with pytest.raises(NotFoundError, match=r"没有“zzz”这个参数$"):
        parameter_named(PACKAGED, "zzz")


@pytest.mark.parametrize(
    ("text", "key", "value"),
    [
        ("dibao.rural=450", "dibao.rural.standard", 45000),
        (" 农村低保 ＝ 450.50元 ", "dibao.rural.standard", 45050),
        ("housing.grant.d=2万", "housing.grant.d", 2_000_000),
        ("medical_aid.rate=62.5%", "medical_aid.rate", 625),
        ("medical_aid.rate=70.0", "medical_aid.rate", 700),
        ("医疗救助比例=70％", "medical_aid.rate", 700),
        ("supplement.elder_age=65周岁", "supplement.elder_age", 65),
        ("medical_aid.raise=130", "medical_aid.raise", 1300),
        ("housing.raise=200%", "housing.raise", 2000),
        ("pension.share=100", "pension.share", 1000),
        ("dibao.rounding=yuan", "dibao.rounding", "yuan"),
        ("dibao.rounding=四舍五入到元", "dibao.rounding", "yuan"),
        ("dibao.formula=按年计算再除以12:年标准", "dibao.formula", "yearly"),
        ("困境儿童基本生活费（散居）=1,000", "child.dispersed", 100000),
    ],
)
def test_a_value_is_read_in_its_unit(text: str, key: str, value: int | str) -> None:
    parameter, read = read_told(PACKAGED, text)
    assert (parameter.key, read) == (key, value)


@pytest.mark.parametrize(
    ("text", "message", "hint"),
    [
        ("dibao.rural", "“dibao.rural”要写成 参数=数值", "例"),
        ("=450", "要写成 参数=数值", "例"),
        ("dibao.rural=4.505", "农村低保标准（元/人/月）不能是“4.505”", "最多两位小数"),
        ("dibao.rural=很高", "不能是“很高”", "请只填数字"),
        ("dibao.rural=", "不能是“”", "请只填数字"),
        ("dibao.rural=-1", "不能是“-1”", "应在0和1亿之间"),
        ("dibao.rural=2亿", "不能是“2亿”", "请只填数字"),
        ("medical_aid.rate=62.55", "医疗救助比例（%）不能是“62.55”", "最多一位小数"),
        ("medical_aid.rate=七成", "不能是“七成”", "写百分数"),
        ("supplement.elder_age=65.5", "（岁）不能是“65.5”", "写整数"),
        ("dibao.rounding=jiao", "低保金取整（选项）不能是“jiao”", "yuan（四舍五入到元）"),
        ("dibao.rounding=四舍五入", "不能是“四舍五入”", "fen（四舍五入到分）"),
        ("dibao.rounding=", "不能是“”", "可以写"),
        ("medical_aid.rate=101", "医疗救助比例（%）不能是“101”", "应在0%和100%之间"),
        ("pension.share=100.1%", "不能是“100.1%”", "应在0%和100%之间"),
        ("supplement.elder_age=0", "（岁）不能是“0”", "应在1和120周岁之间"),
        ("supplement.minor_age=300岁", "（岁）不能是“300岁”", "应在1和120周岁之间"),
        ("330483199901010019=5", "没有“330483********0019”这个参数", "policy list"),
        ("330483199901010019", "“330483********0019”要写成", "例"),
        ("dibao.rural=330483199901010019", "不能是“330483********0019”", ""),
    ],
)
def test_a_value_that_is_none_of_its_unit_is_told_with_the_way_out(
    text: str, message: str, hint: str
) -> None:
    with pytest.raises(JieminError) as raised:
        read_told(PACKAGED, text)
    assert message in raised.value.message
    assert hint in raised.value.hint


def test_a_title_names_its_parameter_however_wide_its_brackets_and_colons_are() -> None:
    for each in PACKAGED.parameters.values():
        assert parameter_named(PACKAGED, each.title) is each
    assert parameter_named(PACKAGED, " 危房改造补助:C级 ").key == "housing.grant.c"


def test_meanings_are_read_as_they_stand() -> None:
    how = setting("how", "little", "much")
    assert read_value(how, "选much") == "much"
    assert read_value(parameter("a", unit=Unit.PERCENT), "0") == 0
