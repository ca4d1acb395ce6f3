"""Cases worked by hand, as an officer would check them: `cases/*.toml` against the packaged policy.

How a case is written stands in `tests/support/worked_cases.py`.
"""

from collections import Counter
from typing import Any

import pytest
from support.worked_cases import PEOPLE_AND_CASES, as_read, book_with, cases, facts_of, fen

from jiemin.domain.entitlement import Assessment, Entitlement, FamilyFacts, Item, MissingFact, read_period
from jiemin.policy.book_file import load_book

BOOK = load_book()
OUTCOMES = ({"before", "after", "uplift"}, {"lacking"}, {"given"})
TOLD = {"what", "period", "settings", "household", "lines", "source", *PEOPLE_AND_CASES}.union(*OUTCOMES)


@pytest.mark.parametrize(("item", "case"), cases())
def test_the_program_comes_to_the_amounts_worked_by_hand(item: Item, case: dict[str, Any]) -> None:
    period = read_period(case["period"])
    assessment = Assessment(item, period, book_with(BOOK, case.get("settings", {})))
    assert assessment.given is case.get("given", True)
    if not assessment.given:
        return
    facts = as_read(facts_of(case, period), assessment.reads)
    assert facts.household_class in assessment.rule.classes
    assert FamilyFacts.from_record(facts.record()) == facts
    due = assessment.entitlement(facts)
    if "lacking" in case:
        assert due == MissingFact(tuple(case["lacking"]))
        return
    assert isinstance(due, Entitlement)
    assert (due.before_fen, due.after_fen) == (fen(case["before"]), fen(case["after"]))
    assert due.uplift_fen == fen(case["uplift"])
    before, after = assessment.workings(facts)
    assert (before.amount_fen, after.amount_fen) == (due.before_fen, due.after_fen)
    if "lines" in case:
        assert [f"{line.label}：{line.arithmetic}" for line in after.lines] == case["lines"]


@pytest.mark.parametrize(("item", "case"), cases())
def test_every_case_tells_what_comes_out_and_the_sum_done_by_hand(item: Item, case: dict[str, Any]) -> None:
    assert case.keys() <= TOLD, f"{item}：不认识的项"
    assert case["source"]
    assert sum(outcome <= case.keys() for outcome in OUTCOMES) == 1


def test_no_two_cases_of_an_item_are_called_alike() -> None:
    names = Counter((case.values[0], case.values[1]["what"]) for case in cases())
    assert [name for name, count in names.items() if count > 1] == []
