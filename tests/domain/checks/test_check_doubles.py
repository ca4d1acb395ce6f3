"""Duplicates as findings: certain by number, doubtful by likeness, none for an account alone."""

import pytest

from jiemin.domain.checks.doubles import Record, double_findings
from jiemin.domain.duplicates import Kind, Reason, Suspect

ONE = Record("P000001", "沈阿大", "H1", frozenset({"乌镇镇"}), frozenset({"市民政局"}))
OTHER = Record("P000002", "沈阿大", "H2", frozenset({"石门镇"}), frozenset({"市教育局"}))


@pytest.mark.parametrize(
    ("kind", "reasons", "code"),
    [
        (Kind.PERSON, (Reason.SAME_NUMBER,), "K113"),
        (Kind.PERSON, (Reason.NAME_AND_BIRTH, Reason.OLD_AND_NEW), "K113"),
        (Kind.HOUSEHOLD, (f"户主{Reason.SAME_NUMBER}",), "K113"),
        (Kind.PERSON, (Reason.NAME_AND_BIRTH,), "K114"),
        (Kind.HOUSEHOLD, (Reason.HEAD_AND_PLACE, Reason.ACCOUNT), "K114"),
        (Kind.CADRE, (Reason.SAME_NUMBER,), "K115"),
        (Kind.HOUSEHOLD, (Reason.ACCOUNT,), ""),
    ],
)
def test_the_reasons_decide(kind: Kind, reasons: tuple[str, ...], code: str) -> None:
    pair = Suspect(kind, 1, 2, tuple(map(str, reasons)))
    some = list(double_findings([pair], {(kind, 1): ONE, (kind, 2): OTHER}))
    assert [each.kind.code for each in some] == ([code] if code else [])
    assert all(each.towns == {"乌镇镇", "石门镇"} for each in some)
    assert all("（H1和H2）" in each.message for each in some)


def test_where_both_are_is_told_once() -> None:
    def told(place: str) -> str:
        records = {(Kind.PERSON, 1): ONE._replace(place=place), (Kind.PERSON, 2): OTHER._replace(place=place)}
        (finding,) = double_findings([Suspect(Kind.PERSON, 1, 2, (Reason.SAME_NUMBER,))], records)
        assert finding.number == "K113-P000001-P000002"
        assert "jiemin duplicates merge P000001 P000002" in finding.remedy
        return finding.message

    assert told("H1") == "身份证号相同（H1）"
    assert told("") == "身份证号相同"
