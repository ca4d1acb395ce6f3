"""`jiemin problems`: every number explains itself."""

from collections.abc import Callable
from typing import Any

from jiemin.domain.problems import CATALOGUE

Run = Callable[..., Any]


def test_one_number_tells_cause_example_and_remedy(run: Run) -> None:
    told = run("problems", "j103")
    assert told.code == 0
    assert told.out.splitlines()[0].startswith("J103 身份证号丢了末几位")
    assert f"例如：{CATALOGUE['J103'].example}" in told.out
    assert f"办法：{CATALOGUE['J103'].remedy}" in told.out


def test_all_numbers_are_listed(run: Run) -> None:
    assert [each["code"] for each in run("problems", "--json").json["problems"]] == list(CATALOGUE)
    listed = run("problems").out
    assert all(code in listed for code in CATALOGUE)
    assert not any(kind.example in listed for kind in CATALOGUE.values())


def test_an_unknown_number(run: Run) -> None:
    done = run("problems", "J999")
    assert (done.code, done.out) == (5, "")
    assert "J999" in done.err
