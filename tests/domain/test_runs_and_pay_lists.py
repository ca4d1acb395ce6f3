"""What a run adds up to, and the list it is paid by."""

from dataclasses import replace
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from jiemin.domain.entitlement import Item
from jiemin.domain.pay_list import Payee, PayTotals, pay_list, pay_totals
from jiemin.domain.subsidy_runs import ItemTotal, RunLine, RunTotals, item_totals, run_totals

DIBAO, SUPPORT, LOW = Item.DIBAO.value, Item.SUPPORT.value, Item.LOW_INCOME.value


def line(household: str, fen: int, item: str = DIBAO, period: str = "2014-06") -> RunLine:
    return RunLine(household, item, period, fen)


def payee(number: str, **other: Any) -> Payee:
    account = f"62284800{number[1:]}"
    told: dict[str, Any] = {"head_name": f"户主{number}", "bank": "某支行", "account": account}
    return Payee(number, **(told | other))


def test_a_run_pays_households_and_asks_money_back() -> None:
    lines = [line("H1", 900), line("H1", 100, SUPPORT), line("H2", 0), line("H3", -50), line("H3", 20)]
    assert run_totals(lines) == RunTotals(2, 1020, 50)
    assert run_totals([]) == RunTotals(0, 0, 0)


def test_items_stand_in_their_order() -> None:
    lines = [line("H1", 100, LOW, "2014"), line("H1", 900), line("H2", -5)]
    assert item_totals(lines) == (
        ItemTotal(DIBAO, RunTotals(1, 900, 5)),
        ItemTotal(LOW, RunTotals(1, 100, 0)),
    )


def test_a_household_is_one_row_with_its_items_summed() -> None:
    lines = [
        line("H2", 500),
        line("H1", 100, SUPPORT, "2014-05"),
        line("H1", 30, DIBAO, "2014-06"),
        line("H1", 20, DIBAO, "2014-04"),
    ]
    listed = pay_list(lines, {"H1": payee("H1"), "H2": payee("H2")})
    first, second = listed.payable
    assert listed.items == (DIBAO, SUPPORT)
    assert (first.payee.household_no, first.by_item, first.fen) == ("H1", {SUPPORT: 100, DIBAO: 50}, 150)
    assert first.periods == ("2014-04", "2014-05", "2014-06")
    assert (second.payee.household_no, second.fen) == ("H2", 500)
    assert listed.totals == pay_totals(listed.payable) == PayTotals(2, 4, 650)
    assert (listed.waiting, listed.owed_back, listed.shared) == ((), (), ())


def test_households_the_bank_cannot_pay_wait_and_say_why() -> None:
    payees = {
        "H1": payee("H1"),
        "H2": payee("H2", account=""),
        "H3": payee("H3", bank="", account="", head_name=""),
        "H4": replace(payee("H4"), headless=True),
    }
    listed = pay_list([line("H1", 1), line("H2", 2), line("H3", 4), line("H4", 8)], payees)
    assert [row.payee.lacking for row in listed.payable] == [""]
    assert [row.payee.lacking for row in listed.waiting] == [
        "没有登记银行账号",
        "没有登记户主、开户银行、银行账号",
        "没有登记户主",
    ]
    assert listed.totals == PayTotals(4, 4, 15)


def test_recoveries_stand_apart_and_reduce_nothing() -> None:
    lines = [line("H1", 300), line("H1", -200, DIBAO, "2014-05"), line("H2", 0)]
    listed = pay_list(lines, {"H1": payee("H1"), "H2": payee("H2")})
    assert [row.fen for row in listed.payable] == [300]
    assert [(who.household_no, back) for who, back in listed.owed_back] == [
        ("H1", line("H1", 200, DIBAO, "2014-05"))
    ]


def test_contributions_to_the_insurer_go_to_nobodys_account() -> None:
    health, illness = Item.HEALTH_INSURANCE.value, Item.ILLNESS_INSURANCE.value
    lines = [
        line("H1", 900, LOW, "2014"),
        line("H1", 80, health, "2014"),
        line("H2", 160, health, "2014"),
        line("H2", 20, illness, "2014"),
        line("H3", 100, Item.PENSION.value, "2014"),
    ]
    listed = pay_list(lines, {"H1": payee("H1"), "H2": payee("H2", account=""), "H3": payee("H3")})
    assert [(row.payee.household_no, row.fen) for row in listed.payable] == [("H1", 900), ("H3", 100)]
    assert listed.items == (LOW, Item.PENSION)
    assert listed.waiting == ()
    assert [(row.payee.household_no, row.fen) for row in listed.contributions] == [("H1", 80), ("H2", 180)]
    assert listed.contribution_items == (health, illness)
    assert pay_totals(listed.contributions) == PayTotals(2, 3, 260)
    assert listed.totals == PayTotals(3, 5, 1260)
    assert not listed.insurers_owe_back
    back = pay_list([line("H1", -80, health, "2014")], {"H1": payee("H1")})
    assert (back.insurers_owe_back, back.contributions) == (True, ())


def test_households_of_one_account_are_told() -> None:
    payees = {
        "H1": payee("H1", account="6228"),
        "H2": payee("H2"),
        "H3": payee("H3", account="6228"),
        "H4": payee("H4", account="6228", bank=""),
    }
    listed = pay_list([line(number, 1) for number in payees], payees)
    assert [row.payee.household_no for row in listed.shared] == ["H1", "H3"]


@given(
    st.lists(
        st.builds(
            line,
            st.sampled_from(["H1", "H2", "H3"]),
            st.integers(-500, 500),
            st.sampled_from([item.value for item in Item]),
            st.sampled_from(["2014-05", "2014-06"]),
        )
    )
)
def test_the_list_pays_exactly_what_the_run_does(lines: list[RunLine]) -> None:
    payees = {"H1": payee("H1"), "H2": payee("H2", account=""), "H3": payee("H3")}
    listed, totals = pay_list(lines, payees), run_totals(lines)
    assert (listed.totals.households, listed.totals.fen) == (totals.households, totals.paid_fen)
    assert listed.totals.amounts == sum(each.fen > 0 for each in lines)
    assert sum(back.fen for _, back in listed.owed_back) == totals.owed_back_fen
