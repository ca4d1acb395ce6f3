"""Pairs that must not be: the nearest reason is told; kin are found by number before the home named."""

from collections.abc import Sequence

from jiemin.domain.recusals import Relative, barred

LIVES = {"one": ["H1"], "two": ["H2", "H3"]}


def homes(number: str | None) -> Sequence[str]:
    return LIVES.get(number or "", ())


def test_a_decision_bars_with_its_reason() -> None:
    told = barred([("H1", "C1", "有纠纷"), ("H2", "C1", None)], [], [], homes)
    assert told == {
        ("H1", "C1"): "按规定不得和这一户结对：有纠纷",
        ("H2", "C1"): "按规定不得和这一户结对：没有写原因",
    }


def test_kin_are_found_by_number_else_in_the_household_named() -> None:
    kin = [
        Relative("C1", "妻", "two", "H9"),
        Relative("C2", None, "nobody", "H9"),
        Relative("C3", "父", None, "H9"),
        Relative("C4", "父", "nobody", None),
    ]
    assert barred([], kin, [], homes) == {
        ("H2", "C1"): "有近亲属（妻）在这一户，应当回避",
        ("H3", "C1"): "有近亲属（妻）在这一户，应当回避",
        ("H9", "C2"): "有近亲属在这一户，应当回避",
        ("H9", "C3"): "有近亲属（父）在这一户，应当回避",
    }


def test_the_nearest_reason_is_told() -> None:
    told = barred([("H1", "C1", "有纠纷")], [Relative("C1", "妻", "one", None)], [], homes)
    assert told == {("H1", "C1"): "有近亲属（妻）在这一户，应当回避"}
    told = barred([], [Relative("C1", "妻", "one", None)], [("C1", "one"), ("C2", None)], homes)
    assert told == {("H1", "C1"): "是这一户的成员，应当回避"}
