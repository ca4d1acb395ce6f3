"""What visits say of whom they met (K210 to K212)."""

import re
from collections.abc import Iterator, Sequence
from datetime import date

from jiemin.domain.checks.county import Member
from jiemin.domain.checks.finding import Finding
from jiemin.domain.checks.of_visit import of_visit
from jiemin.domain.checks.visit_facts import Call, VisitFacts
from jiemin.domain.codes import squeeze
from jiemin.domain.household_events import tells_of_death
from jiemin.domain.people import mask_digits

_WHO = "(?:户主|本人|家人|全家|一家人?|家中|家里|大门|门)?(?:都|均|全|暂时?|当时)?"
_NOBODY = re.compile(
    f"{_WHO}(?:没有?见到人?|未见到?人?|未遇到?人?|没遇到人?|没有人|没人|无人|不在家?|外出(?:打工|务工|就医|看病)?|锁着?|上锁)(?:在家)?了?"
)
_DENIALS = "没未无不外锁"
"""The signs of which one stands in all of these."""


def met_findings(facts: VisitFacts, calls: Sequence[Call]) -> Iterator[Finding]:
    """Findings of calls that tell whom the visitor saw."""
    for call in calls:
        if call.visit.met:
            if nobody_met(call.visit.met):
                said = f"，见到谁写的是“{mask_digits(call.visit.met)}”"
                yield from of_visit(facts.county, call, "K210", said, call.visit.day, call.visit.met)
            else:
                yield from _not_there(facts, call)


def nobody_met(text: str) -> bool:
    """Whether the words say that nobody was seen, and nothing else."""
    if not any(sign in text for sign in _DENIALS):
        return False
    plain = squeeze(text)
    return bool(plain) and _NOBODY.sub("", plain) == ""


def _not_there(facts: VisitFacts, call: Call) -> Iterator[Finding]:
    """Persons met who by the record did not belong to the family that day, the dead above all."""
    visit = call.visit
    members = facts.members.get(visit.household_no, ())
    present = {each.name for each in members if each.holds(visit.day)}
    gone: dict[str, Member] = {
        each.name: each for each in members if each.name in visit.met and each.name not in present
    }
    dead: list[Member] = []
    others: list[Member] = []
    for name, member in gone.items():
        if not any(name != other and name in other for other in present):
            died = member.end <= visit.day and tells_of_death(member.end_reason)
            (dead if died else others).append(member)
    if dead:
        said = "；".join(f"{each.name}{each.end}已登记去世" for each in dead)
        told = [fact for each in dead for fact in (each.name, each.end)]
        yield from of_visit(facts.county, call, "K211", f"{_seen(dead)}，{said}", visit.day, *told)
    if others:
        said = "；".join(f"{each.name}{_since(each, visit.day)}这一户的成员" for each in others)
        told = [fact for each in others for fact in (each.name, each.start, each.end)]
        yield from of_visit(facts.county, call, "K212", f"{_seen(others)}，{said}", visit.day, *told)


def _seen(members: Sequence[Member]) -> str:
    return f"见到{'、'.join(each.name for each in members)}"


def _since(member: Member, day: date) -> str:
    return f"{member.end}已不是" if member.end <= day else f"{member.start}才是"
