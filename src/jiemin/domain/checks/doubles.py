"""Duplicates as findings (K113 to K115): the pairs are those of `jiemin duplicates`, no others."""

from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from jiemin.domain.checks.catalogue import KINDS
from jiemin.domain.checks.finding import Finding
from jiemin.domain.duplicates import Kind, Reason, Suspect

_CERTAIN = (Reason.SAME_NUMBER.value, Reason.OLD_AND_NEW.value)


class Record(NamedTuple):
    """How a record that may be one with another is named, and where it belongs."""

    ref: str
    name: str
    place: str
    towns: frozenset[str]
    units: frozenset[str]


Records = Mapping[tuple[Kind, int], Record]


def double_findings(pairs: Iterable[Suspect], records: Records) -> Iterator[Finding]:
    """Findings of the suspected pairs; those who only share an account are no duplicates (K119)."""
    for pair in pairs:
        one, other = records[pair.kind, pair.one], records[pair.kind, pair.other]
        reasons = [each for each in pair.reasons if each != Reason.ACCOUNT]
        if not reasons:
            continue
        code = "K115" if pair.kind is Kind.CADRE else "K113" if _certain(reasons) else "K114"
        where = one.place if one.place == other.place else f"{one.place}和{other.place}"
        yield Finding(
            kind=KINDS[code],
            key=(one.ref, other.ref),
            subject=f"{pair.kind.value}{one.ref} {one.name}、{other.ref} {other.name}",
            message=f"{'、'.join(reasons)}（{where}）" if where else "、".join(reasons),
            facts=(one.name, other.name, tuple(sorted(reasons))),
            names=(("one", one.ref), ("other", other.ref)),
            towns=one.towns | other.towns,
            units=one.units | other.units,
        )


def _certain(reasons: Iterable[str]) -> bool:
    return any(reason.removeprefix("户主") in _CERTAIN for reason in reasons)
