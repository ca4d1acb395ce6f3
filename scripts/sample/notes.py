"""暖心手记, needs and deeds as invented visitors write them, no note twice."""

import tomllib
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from random import Random
from typing import Any

from sample.families import Family
from sample.members import Member

from jiemin.domain.codes import Disability, Relation, Sex, VisitKind

_DRAGON_BOAT = (date(2014, 5, 24), date(2014, 6, 2))
_CALLED = {
    Relation.HEAD: "自己",
    Relation.SON: "儿子",
    Relation.DAUGHTER: "女儿",
    Relation.DAUGHTER_IN_LAW: "儿媳",
    Relation.MOTHER: "老母亲",
    Relation.FATHER: "老父亲",
    Relation.GRANDSON: "孙子",
    Relation.GRANDDAUGHTER: "孙女",
}


class Notebook:
    """Writes notes from the phrases of notes.toml."""

    def __init__(self, chance: Random) -> None:
        self._chance = chance
        self._phrases: Mapping[str, Any] = tomllib.loads(
            Path(__file__).with_name("notes.toml").read_text(encoding="utf-8")
        )
        self._written: set[str] = set()

    def note(self, family: Family, day: date, kind: VisitKind, *, again: bool) -> str:
        """What was seen and heard at the family's home."""
        if kind is VisitKind.PHONE:
            return self._fill(family, self._phrases["phone"]["notes"])
        section = self._section(family)
        openings = self._openings(family, day, kind, again)
        closings = list(self._phrases["closings"]["any"])
        if again:
            closings += self._phrases["closings"]["again"] * 2
        if kind is VisitKind.GIFT:
            closings += self._phrases["closings"]["gift"] * 4
        while True:
            pick = self._chance.choice
            parts = (pick(openings), pick(section["states"]), "，", pick(section["details"]), pick(closings))
            text = named(family, "".join(parts))
            if text not in self._written and text.count(called(family.head)) <= 3:
                self._written.add(text)
                return text

    def stranger_note(self, family: Family) -> str:
        """What somebody wrote who is not paired with the family."""
        return self._fill(family, self._phrases["extra"]["notes"])

    def heard(self, family: Family) -> str:
        """A need told at the visit."""
        return self._fill_any(family, self._section(family)["heard"])

    def deed(self, family: Family) -> str:
        """Something concrete done for the family."""
        return self._fill_any(family, self._section(family)["deeds"])

    def _section(self, family: Family) -> Mapping[str, Sequence[str]]:
        limb = any(one.marked and one.disability is Disability.LIMB for one in family.members)
        section: Mapping[str, Sequence[str]] = self._phrases["肢体" if limb else family.story.key]
        return section

    def _openings(self, family: Family, day: date, kind: VisitKind, again: bool) -> Sequence[str]:
        openings = self._phrases["openings"]
        if kind is VisitKind.GIFT:
            near = _DRAGON_BOAT[0] <= day <= _DRAGON_BOAT[1]
            found: Sequence[str] = openings["dragon_boat" if near else "gift"]
            return found
        month = {4: "april", 5: "may", 6: "june"}[day.month]
        season = openings[f"{month}_{'urban' if family.place.urban else 'village'}"]
        hour = openings["weekday" if day.weekday() < 5 else "weekend"]
        return [*openings["again" if again else "first"], *hour, *season]

    def _fill(self, family: Family, phrases: Sequence[str]) -> str:
        """One of the phrases that was not used yet."""
        texts = [named(family, phrase) for phrase in phrases]
        text = self._chance.choice([one for one in texts if one not in self._written])
        self._written.add(text)
        return text

    def _fill_any(self, family: Family, phrases: Sequence[str]) -> str:
        return named(family, self._chance.choice(phrases))


def called(head: Member) -> str:
    """How people of the place call the head: 沈大伯, 老沈, 沈阿姨 …"""
    surname, woman = head.name[0], head.sex is Sex.FEMALE
    if head.age >= 62:
        return f"{surname}阿婆" if woman else f"{surname}大伯"
    if head.age >= 42:
        return f"{surname}阿姨" if woman else f"老{surname}"
    return f"小{surname}"


def named(family: Family, text: str) -> str:
    """The text with the head and the member the story is about called as people would."""
    marked = next((one for one in family.members if one.marked), family.head)
    spouse = "老伴" if family.head.age >= 58 else "爱人"
    return text.format(h=called(family.head), p=_CALLED.get(marked.relation, spouse))
