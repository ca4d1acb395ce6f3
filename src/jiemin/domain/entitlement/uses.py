"""Which items take which parameters of the policy book, found by asking the formulas themselves.

Every rule's terms are made from supposed values, with every word its settings may have, and what they
ask for is noted. So the answer cannot differ from what the formulas do.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from jiemin.domain.codes import HouseholdClass
from jiemin.domain.entitlement.rules import RULES, Rule
from jiemin.domain.money_items import Item
from jiemin.domain.policy import Basis, Book, BookView, DatedValue, Known, NoValueError, Parameter

_SUPPOSED_DAY = date(2014, 1, 1)
_SUPPOSED_NUMBER = 1


@dataclass(frozen=True, slots=True)
class Uses:
    """The items that take a parameter, in their order; of them those not given without it, and those for
    which it is one of several of which they need one."""

    items: tuple[Item, ...] = ()
    needed_by: tuple[Item, ...] = ()
    one_for: tuple[Item, ...] = ()

    @property
    def clauses(self) -> tuple[str, ...]:
        """The notice's clauses on these items, each once."""
        return tuple(dict.fromkeys(item.clause for item in self.items))


def uses_of_parameters(book: Book, rules: Sequence[Rule] = RULES) -> dict[str, Uses]:
    """Who takes each of the book's parameters, by its key."""
    asked, needed, one_of = (defaultdict[str, set[Item]](set) for _ in range(3))
    for rule in rules:
        for keys, takers in ((rule.needs, needed), (rule.any_of, one_of), (_asked_for(rule, book), asked)):
            for key in keys:
                takers[key].add(rule.item)
    return {
        key: Uses(
            _in_order(asked[key] | needed[key] | one_of[key]), _in_order(needed[key]), _in_order(one_of[key])
        )
        for key in book.parameters
    }


def not_given(book: Book, rules: Sequence[Rule] = RULES) -> tuple[Item, ...]:
    """The items that this county does not give, because the book lacks what they need."""
    given = {rule.item for rule in rules if not rule.unstated(book)}
    return _in_order({rule.item for rule in rules} - given)


def takers(
    books: Iterable[Book], keys: Collection[str], day: date, rules: Sequence[Rule] = RULES
) -> frozenset[tuple[Item, HouseholdClass]]:
    """The items, with the classes, whose amounts may depend on these parameters under the books' settings."""
    return frozenset(
        (rule.item, household_class)
        for book in books
        for rule in rules
        for household_class in rule.classes
        if not {*_asked(rule, household_class, book, day), *rule.needs, *rule.any_of}.isdisjoint(keys)
    )


def floored_over(book: Book, key: str) -> tuple[Parameter, ...]:
    """The parameters of which some value may not be below a share of this one."""
    return tuple(
        each
        for each in book.parameters.values()
        if any(value.at_least and value.at_least.of == key for value in each.values)
    )


def _in_order(items: set[Item]) -> tuple[Item, ...]:
    return tuple(item for item in Item if item in items)


def _asked_for(rule: Rule, book: Book) -> set[str]:
    """What the rule asks for, of any class and under any words of the settings it asks for."""
    found: set[str] = set()
    waiting: list[tuple[HouseholdClass, dict[str, str]]] = [(each, {}) for each in rule.classes]
    while waiting:
        household_class, words = waiting.pop()
        asked = _asked(rule, household_class, _supposing(book, words))
        found |= asked
        waiting += ((household_class, each) for each in _next(book, words, asked))
    return found


def _next(book: Book, words: dict[str, str], asked: set[str]) -> Iterator[dict[str, str]]:
    """The words so far, with each word of the first setting asked for that has none yet."""
    open_ = sorted(key for key in asked - words.keys() if key in book.parameters and _choices(book, key))
    for key in open_[:1]:
        for word in _choices(book, key):
            yield words | {key: word}


def _choices(book: Book, key: str) -> Sequence[str]:
    return sorted(book.parameters[key].choices)


def _asked(rule: Rule, household_class: HouseholdClass, book: Book, day: date = _SUPPOSED_DAY) -> set[str]:
    view = _Noting(book, day)
    for ask in (rule.reads, lambda noting: rule.terms(noting, household_class)):
        try:
            ask(view)
        except NoValueError:  # a book that lacks the parameter: that it was asked for is noted
            continue
    return view.asked


@dataclass(frozen=True, slots=True)
class _Noting(BookView):
    """A view that notes what it is asked for."""

    asked: set[str] = field(default_factory=set)

    def value(self, key: str, asker: str) -> Known:
        """The value as ever; the key is noted."""
        self.asked.add(key)
        return BookView.value(self, key, asker)


def _supposing(book: Book, words: dict[str, str]) -> Book:
    """The book with one value of every parameter: a number, or the word supposed, or its first."""
    return Book(
        {
            key: replace(each, values=(_supposed(words.get(key, next(iter(_choices(book, key)), ""))),))
            for key, each in book.parameters.items()
        }
    )


def _supposed(word: str) -> DatedValue:
    return DatedValue(
        start=_SUPPOSED_DAY,
        issued=_SUPPOSED_DAY,
        value=word or _SUPPOSED_NUMBER,
        document="",
        clause="",
        basis=Basis.EXISTING,
    )
