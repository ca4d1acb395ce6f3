"""What follows from an event in a family, as far as it is certain; the rest is left blank and told.

Relations are those of GB/T 4761, in whose classes step-parents and step-children count as parents and
children, and brothers and sisters of half blood as brothers and sisters.
"""

import re
from collections.abc import Collection, Sequence
from datetime import date

from jiemin.domain.codes import STATUSES, HouseholdStatus, Relation, Sex, read_code

_BySex = tuple[Relation, Relation]
"""What a man is, and what a woman is."""

_PARENT: _BySex = (Relation.FATHER, Relation.MOTHER)
_CHILD: _BySex = (Relation.SON, Relation.DAUGHTER)
_GRANDPARENT: _BySex = (Relation.GRANDFATHER, Relation.GRANDMOTHER)
_CHILD_IN_LAW: _BySex = (Relation.SON_IN_LAW, Relation.DAUGHTER_IN_LAW)
_PARENT_IN_LAW: _BySex = (Relation.PARENT_IN_LAW, Relation.PARENT_IN_LAW)
_SIBLING: _BySex = (Relation.SIBLING, Relation.SIBLING)
_SPOUSE: _BySex = (Relation.SPOUSE, Relation.SPOUSE)


def _same(relation: Relation) -> _BySex:
    return relation, relation


_GRANDCHILDREN = {
    Relation.GRANDSON,
    Relation.GRANDDAUGHTER,
    Relation.GRANDSON_OF_DAUGHTER,
    Relation.GRANDDAUGHTER_OF_DAUGHTER,
}
_CHILDREN = {Relation.SON, Relation.DAUGHTER}
_PARENTS = {Relation.FATHER, Relation.MOTHER}

_OLD_HEAD: dict[Relation, _BySex] = {
    Relation.SPOUSE: _SPOUSE,
    Relation.SIBLING: _SIBLING,
    Relation.PARENT_IN_LAW: _CHILD_IN_LAW,
    Relation.DAUGHTER_IN_LAW: _PARENT_IN_LAW,
    Relation.SON_IN_LAW: _PARENT_IN_LAW,
    **dict.fromkeys(_CHILDREN, _PARENT),
    **dict.fromkeys(_PARENTS, _CHILD),
    **dict.fromkeys(_GRANDCHILDREN, _GRANDPARENT),
}
"""What the old head is to the new one, by what the new one was to the old."""

_THROUGH_SPOUSE: dict[Relation, _BySex] = {
    **{
        each: _same(each)
        for each in (*_CHILDREN, *_GRANDCHILDREN, Relation.DAUGHTER_IN_LAW, Relation.SON_IN_LAW)
    },
    **dict.fromkeys(_PARENTS, _PARENT_IN_LAW),
    Relation.PARENT_IN_LAW: _PARENT,
}
_THROUGH_CHILD: dict[Relation, _BySex] = {
    Relation.SPOUSE: _PARENT,
    Relation.FATHER: _same(Relation.GRANDFATHER),
    Relation.MOTHER: _same(Relation.GRANDMOTHER),
    **dict.fromkeys(_CHILDREN, _SIBLING),
}
_THROUGH_PARENT: dict[Relation, _BySex] = {Relation.SPOUSE: _CHILD_IN_LAW, Relation.SIBLING: _CHILD}
_THROUGH_GRANDCHILD: dict[Relation, _BySex] = {Relation.SPOUSE: _GRANDPARENT}
_OTHERS: dict[Relation, dict[Relation, _BySex]] = {
    Relation.SPOUSE: _THROUGH_SPOUSE,
    Relation.SIBLING: {
        Relation.SIBLING: _SIBLING,
        Relation.FATHER: _same(Relation.FATHER),
        Relation.MOTHER: _same(Relation.MOTHER),
    },
    Relation.DAUGHTER_IN_LAW: {Relation.SPOUSE: _PARENT_IN_LAW},
    Relation.SON_IN_LAW: {Relation.SPOUSE: _PARENT_IN_LAW},
    **dict.fromkeys(_CHILDREN, _THROUGH_CHILD),
    **dict.fromkeys(_PARENTS, _THROUGH_PARENT),
    **dict.fromkeys(_GRANDCHILDREN, _THROUGH_GRANDCHILD),
}
"""What a member is to the new head: by what the new head, then the member, was to the old one."""

_BY_OLD_HEAD: dict[Relation, _BySex] = {
    Relation.SON: (Relation.GRANDSON, Relation.GRANDSON_OF_DAUGHTER),
    Relation.DAUGHTER: (Relation.GRANDDAUGHTER, Relation.GRANDDAUGHTER_OF_DAUGHTER),
}
"""What the old head's child is to the old head's parent: 孙 or 外孙, as the old head is a man or a woman."""


_SPOUSES = {
    Relation.HEAD: Relation.SPOUSE,
    Relation.SON: Relation.DAUGHTER_IN_LAW,
    Relation.DAUGHTER: Relation.SON_IN_LAW,
}
_GROWN_BY_NATURE = {
    Relation.SPOUSE,
    Relation.DAUGHTER_IN_LAW,
    Relation.SON_IN_LAW,
    Relation.FATHER,
    Relation.MOTHER,
    Relation.PARENT_IN_LAW,
    Relation.GRANDFATHER,
    Relation.GRANDMOTHER,
}
_FULL_AGE = 18
"""《民法通则》第十一条: of full age at eighteen."""
_MARRIAGEABLE = {Sex.MALE: 22, Sex.FEMALE: 20}
"""《婚姻法》第六条."""
_PARTED = re.compile(r"[，,、；;。：:（）()\s]+")


def relation_to_new_head(
    new_head: Relation | None,
    member: Relation | None,
    *,
    old_head_sex: Sex | None,
    member_sex: Sex | None,
) -> Relation | None:
    """What a member is to the new head, both told as what they were to the old one; None if uncertain.

    The old head is told as 户主.
    """
    if new_head is None or member is None:
        return None
    sex = member_sex
    if member is Relation.HEAD:
        found, sex = _OLD_HEAD.get(new_head), old_head_sex
    elif new_head in _PARENTS and member in _CHILDREN:
        found, sex = _BY_OLD_HEAD[member], old_head_sex
    else:
        found = _OTHERS.get(new_head, {}).get(member)
    if found is None:
        return None
    man, woman = found
    if man is woman:
        return man
    return {Sex.MALE: man, Sex.FEMALE: woman}.get(sex) if sex else None


def size_by_members(stated: int | None, before: int, after: int) -> int | None:
    """家庭人口 when members come or go: their number, if it was so before; else None, not known."""
    return after if stated == before else None


def covered_by_members(
    stated: int | None, before: Collection[bool | None], after: Collection[bool | None]
) -> int | None:
    """保障人口 by the members' marks, if they all have one and gave the number stated before; else None."""
    if None in (*before, *after) or stated != sum(map(bool, before)):
        return None
    return sum(map(bool, after))


def relation_of_spouse(member: Relation | None) -> Relation | None:
    """What somebody who marries a member is to the head; None if uncertain."""
    return _SPOUSES.get(member) if member else None


def sole_heir(remaining: Sequence[tuple[date | None, Relation | None]], day: date) -> int | None:
    """Which of the members who remain can only be the new head, each told by birth and relation.

    It is the one who is left alone, or the only one of full age; None when that is not certain. Without a
    birth a relation tells it where it can: a spouse is grown, a son may be.
    """
    if len(remaining) == 1:
        return 0
    grown = [_is_grown(birth, relation, day) for birth, relation in remaining]
    return grown.index(True) if grown.count(True) == 1 and None not in grown else None


def _is_grown(birth: date | None, relation: Relation | None, day: date) -> bool | None:
    if birth is None:
        return True if relation in _GROWN_BY_NATURE else None
    return _has_reached(_FULL_AGE, birth, day)


def is_too_young_to_marry(birth: date | None, sex: Sex | None, day: date) -> bool:
    """Whether somebody has not reached the age at which the law lets men, or women, marry; if it is known."""
    return bool(birth and sex and not _has_reached(_MARRIAGEABLE[sex], birth, day))


def _has_reached(years: int, birth: date, day: date) -> bool:
    return (birth.year + years, birth.month, birth.day) <= (day.year, day.month, day.day)


def with_reason(what: str, reason: str) -> str:
    """What happened with the reason told, once: `死亡，病故`."""
    return "，".join(dict.fromkeys(each for each in (what, reason) if each))


def tells_of_death(reason: str | None) -> bool:
    """Whether the reason for which somebody belongs to a household no longer is that he or she died."""
    words = _PARTED.split(reason or "")
    return any(read_code(STATUSES, word) is HouseholdStatus.DECEASED for word in words if word)
