"""Which items take which parameters: found from the formulas, whatever the settings are."""

from datetime import date

from support.policies import dated, parameter, setting, subsidy_book

from jiemin.domain.codes import DIBAO, HouseholdClass
from jiemin.domain.entitlement import Item, Rule
from jiemin.domain.entitlement.low_income import LowIncomeTerms
from jiemin.domain.entitlement.rules import RULES
from jiemin.domain.entitlement.uses import Uses, floored_over, not_given, uses_of_parameters
from jiemin.domain.policy import Book, BookView, NoValueError
from jiemin.policy.book_file import load_book


class Choosy(LowIncomeTerms):
    """Terms that ask for one standard or another as a setting and a second setting say."""

    @classmethod
    def of(cls, view: BookView, household_class: HouseholdClass) -> "Choosy":
        if view.value("which", "试算").choice == "second":
            key = "b" if view.value("how", "试算").choice == "much" else "c"
        else:
            key = "a"
        known = view.value(key, "试算")
        return cls(known, known)


CHOOSY = Rule(Item.RELIEF, date.min, DIBAO, Choosy.of)
BOOK = Book.of(
    [
        *(parameter(key) for key in "abcd"),
        setting("which", "first", "second"),
        setting("how", "little", "much"),
        parameter("unused", dated(1)),
    ]
)


def test_every_packaged_parameter_is_good_for_something() -> None:
    assert {key for key, uses in uses_of_parameters(load_book()).items() if not uses.items} == set()


def test_what_an_item_is_not_given_without_is_told_apart() -> None:
    uses = uses_of_parameters(load_book())
    assert uses["medical_aid.rate"] == Uses((Item.MEDICAL_AID,), (Item.MEDICAL_AID,))
    assert uses["housing.grant.c"] == Uses((Item.HOUSING,), (), (Item.HOUSING,))
    assert uses["dibao.rounding"].needed_by == ()
    assert Item.DIBAO in uses["dibao.rounding"].items


def test_the_clauses_are_those_of_the_items() -> None:
    assert uses_of_parameters(load_book())["medical_aid.cap"].clauses == ("二.5",)
    assert Uses((Item.DIBAO, Item.CHILD, Item.HOUSING)).clauses == ("二.2", "二.4")
    assert Uses().clauses == ()


def test_every_word_of_every_setting_is_tried() -> None:
    uses = uses_of_parameters(BOOK, [CHOOSY])
    taken = {key for key, each in uses.items() if each.items == (Item.RELIEF,)}
    assert taken == {"which", "how", "a", "b", "c"}
    assert uses["unused"] == Uses()


def test_a_book_that_lacks_what_is_asked_for_is_no_error() -> None:
    book = Book.of([setting("which", "first", "second"), setting("how", "little")])
    uses = uses_of_parameters(book, [CHOOSY])
    assert uses.keys() == {"which", "how"}
    assert uses["how"].items == (Item.RELIEF,)
    assert uses_of_parameters(Book.of([]), RULES) == {}


def test_reading_facts_by_a_setting_is_asking_for_it() -> None:
    def reads(view: BookView) -> frozenset[object]:
        view.value("how", "试算")
        raise NoValueError("标准", "how", view.day, "试算")

    rule = Rule(Item.RELIEF, date.min, DIBAO, LowIncomeTerms.of, reads=reads)  # type: ignore[arg-type]
    assert uses_of_parameters(BOOK, [rule])["how"].items == (Item.RELIEF,)


def test_items_are_not_given_while_what_they_need_is_not_stated() -> None:
    assert Item.MEDICAL_AID in not_given(load_book())
    assert Item.DIBAO not in not_given(load_book())
    assert not_given(BOOK, [Rule(Item.RELIEF, date.min, DIBAO, Choosy.of, needs=("a",))]) == (Item.RELIEF,)
    assert not_given(BOOK, [Rule(Item.RELIEF, date.min, DIBAO, Choosy.of, needs=("unused",))]) == ()


def test_who_has_a_floor_over_a_parameter() -> None:
    floored = floored_over(subsidy_book(), "dibao.urban.standard")
    assert [each.key for each in floored] == ["dibao.rural.standard"]
    assert floored_over(subsidy_book(), "dibao.rural.standard") == ()
