"""The members of invented families: relation, age, health, schooling, work."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from random import Random

from sample.names import Registry
from sample.stories import CLOUDED, DISABILITIES, OF_AGE, OF_WORK, Story

from jiemin.domain.codes import Disability, Education, Health, Labour, Relation, Sex

ROSTER_DAY = date(2014, 4, 1)

_R = Relation
_SHAPES: dict[int, tuple[tuple[int, tuple[Relation, ...]], ...]] = {
    1: ((1, (_R.HEAD,)),),
    2: ((4, (_R.HEAD, _R.SPOUSE)), (2, (_R.HEAD, _R.MOTHER)), (3, (_R.HEAD, _R.SON))),
    3: (
        (7, (_R.HEAD, _R.SPOUSE, _R.SON)),
        (2, (_R.HEAD, _R.MOTHER, _R.SON)),
        (1, (_R.HEAD, _R.SPOUSE, _R.GRANDSON)),
    ),
    4: (
        (4, (_R.HEAD, _R.SPOUSE, _R.SON, _R.MOTHER)),
        (2, (_R.HEAD, _R.SPOUSE, _R.SON, _R.DAUGHTER)),
        (1, (_R.HEAD, _R.SPOUSE, _R.SON, _R.GRANDSON)),
    ),
    5: (
        (2, (_R.HEAD, _R.SPOUSE, _R.SON, _R.FATHER, _R.MOTHER)),
        (1, (_R.HEAD, _R.SPOUSE, _R.SON, _R.DAUGHTER_IN_LAW, _R.GRANDSON)),
    ),
}
"""By size, what families look like and how often; a child is as often a girl."""

_GIRLS = {_R.SON: _R.DAUGHTER, _R.GRANDSON: _R.GRANDDAUGHTER}
_FEMALE = frozenset({_R.DAUGHTER, _R.GRANDDAUGHTER, _R.MOTHER, _R.DAUGHTER_IN_LAW})
_OFFSPRING = frozenset({_R.SON, _R.DAUGHTER, _R.GRANDSON, _R.GRANDDAUGHTER})


@dataclass(frozen=True, slots=True)
class Member:
    """A person as the roster lists him or her; `marked` is the one the family's story is about."""

    name: str
    relation: Relation
    sex: Sex
    birth: date
    identity: str
    health: Health
    labour: Labour
    education: Education | None
    disability: Disability | None = None
    grade: int | None = None
    covered: bool = False
    marked: bool = False

    @property
    def age(self) -> int:
        """Full years on the day of the roster."""
        had_birthday = (self.birth.month, self.birth.day) <= (ROSTER_DAY.month, ROSTER_DAY.day)
        return ROSTER_DAY.year - self.birth.year - (not had_birthday)

    @property
    def earns(self) -> bool:
        """Whether he or she works."""
        return self.labour in {Labour.ORDINARY, Labour.SKILLED}


def make_members(chance: Random, registry: Registry, story: Story, size: int) -> tuple[Member, ...]:
    """A family of that size, the head first, with the story's mark on one of them."""
    relations = list(_relations(chance, story, size))
    ages = _ages(chance, story, relations)
    members: list[Member] = []
    for relation in relations:
        members.append(_member(chance, registry, relation, ages[relation], members))
    place = _marked_place(chance, story, members)
    if place is None:
        return tuple(members)
    members[place] = _mark(chance, story, members[place])
    return tuple(members)


def _relations(chance: Random, story: Story, size: int) -> Iterator[Relation]:
    shapes = [one for one in _SHAPES[size] if _fits(story, size, frozenset(one[1]))]
    shape = chance.choices([kin for _, kin in shapes], [weight for weight, _ in shapes])[0]
    for relation in shape:
        yield _GIRLS[relation] if relation in _GIRLS and chance.random() < 0.5 else relation


def _fits(story: Story, size: int, kin: frozenset[Relation]) -> bool:
    """Who is at school has parents, and those too old to work live alone or as a couple."""
    if story.school_age:
        return _R.SON in kin and _R.GRANDSON not in kin
    if story.key in OF_AGE and size > 1:
        return _R.SPOUSE in kin
    return not (story.key in OF_WORK and _R.GRANDSON in kin)


def _ages(chance: Random, story: Story, relations: list[Relation]) -> dict[Relation, int]:
    """Ages that fit each other; children decide how old their parents are."""
    kin = set(relations)
    grandchild = bool(kin & {_R.GRANDSON, _R.GRANDDAUGHTER})
    grown = (18, 28) if story.illness is Health.PSYCHOSIS else (6, 26)
    child = chance.randint(*(story.school_age or grown))
    if story.key in OF_AGE:
        head = chance.randint(62, 82)
    elif grandchild:
        head = chance.randint(58, 72)
        child = head - chance.randint(22, 27)
    elif kin & {_R.SON, _R.DAUGHTER}:
        head = child + chance.randint(23, 31)
    else:
        head = chance.randint(38, 56) if story.key in OF_WORK else chance.randint(42, 68)
    parents = head + chance.randint(21, 26)
    grandchild_age = max(4, child - chance.randint(22, 26))
    second = child - (chance.randint(2, 5) if _R.SON in kin else 0)
    return {
        _R.HEAD: head,
        _R.SPOUSE: head + chance.randint(-5, 2),
        _R.SON: child,
        _R.DAUGHTER: max(1, second),
        _R.DAUGHTER_IN_LAW: child - chance.randint(0, 3),
        _R.GRANDSON: grandchild_age,
        _R.GRANDDAUGHTER: grandchild_age,
        _R.MOTHER: parents,
        _R.FATHER: parents + chance.randint(0, 4),
    }


def _member(chance: Random, registry: Registry, relation: Relation, age: int, before: list[Member]) -> Member:
    sex = _sex(chance, relation, before)
    birth = ROSTER_DAY - timedelta(days=365 * age + age // 4 + chance.randrange(3, 362))
    surname = _inherited(relation, before)
    married_in = relation in {_R.SPOUSE, _R.DAUGHTER_IN_LAW}
    return Member(
        name=registry.name(sex, birth.year, surname),
        relation=relation,
        sex=sex,
        birth=birth,
        identity=registry.identity(sex, birth, from_afar=married_in and chance.random() < 0.15),
        health=Health.CHRONIC if age >= 60 and chance.random() < 0.4 else Health.HEALTHY,
        labour=_labour(chance, age),
        education=_education(chance, age),
    )


def _inherited(relation: Relation, before: list[Member]) -> str:
    """The surname that comes from the father; "" where another is taken by chance."""
    if relation is Relation.FATHER:
        return before[0].name[0]
    if relation not in _OFFSPRING:
        return ""
    couple = [one for one in before if one.relation in {Relation.HEAD, Relation.SPOUSE}]
    return next((one.name[0] for one in couple if one.sex is Sex.MALE), "")


def _sex(chance: Random, relation: Relation, before: list[Member]) -> Sex:
    if relation is Relation.HEAD:
        return Sex.MALE if chance.random() < 0.8 else Sex.FEMALE
    if relation is Relation.SPOUSE:
        return Sex.FEMALE if before[0].sex is Sex.MALE else Sex.MALE
    return Sex.FEMALE if relation in _FEMALE else Sex.MALE


def _labour(chance: Random, age: int) -> Labour:
    if age < 18:
        return Labour.NONE
    if age < 60:
        return chance.choices([Labour.ORDINARY, Labour.SKILLED, Labour.WEAK], [6, 1, 3])[0]
    return Labour.WEAK if age < 70 else Labour.LOST


def _education(chance: Random, age: int) -> Education | None:
    """What people of that age went to, or go to; None before school."""
    if age < 7:
        return None
    e = Education
    steps: tuple[tuple[int, tuple[Education, ...]], ...] = (
        (12, (e.PRIMARY,)),
        (15, (e.MIDDLE_SCHOOL,)),
        (18, (e.HIGH_SCHOOL, e.HIGH_SCHOOL, e.VOCATIONAL)),
        (23, (e.BACHELOR, e.COLLEGE, e.VOCATIONAL)),
        (35, (e.MIDDLE_SCHOOL, e.HIGH_SCHOOL, e.VOCATIONAL, e.COLLEGE)),
        (52, (e.MIDDLE_SCHOOL, e.MIDDLE_SCHOOL, e.PRIMARY, e.HIGH_SCHOOL)),
        (66, (e.PRIMARY, e.PRIMARY, e.MIDDLE_SCHOOL, e.ILLITERATE)),
        (120, (e.ILLITERATE, e.PRIMARY)),
    )
    return chance.choice(next(schools for limit, schools in steps if age <= limit))


def _marked_place(chance: Random, story: Story, members: list[Member]) -> int | None:
    """Whom the story is about: the one at school, or a grown-up who is ill or disabled."""
    if story.school_age:
        return next(n for n, one in enumerate(members) if one.relation in {Relation.SON, Relation.DAUGHTER})
    if story.illness is None:
        return None
    grown = [place for place, member in enumerate(members) if member.age >= 18]
    if story.illness is Health.PSYCHOSIS:
        grown = [place for place in grown if place]
    return chance.choice(grown)


def _mark(chance: Random, story: Story, member: Member) -> Member:
    if story.school_age:
        university = story.key == "大学"
        schools = (
            (Education.BACHELOR, Education.COLLEGE)
            if university
            else (Education.HIGH_SCHOOL, Education.VOCATIONAL)
        )
        return replace(
            member,
            health=Health.HEALTHY,
            labour=Labour.NONE,
            education=chance.choice(schools),
            marked=True,
        )
    if story.illness is Health.DISABLED:
        return _disable(chance, member)
    labour = Labour.WEAK if story.illness is Health.CHRONIC else Labour.LOST
    return replace(member, health=story.illness or member.health, labour=labour, marked=True)


def _disable(chance: Random, member: Member) -> Member:
    kinds = [kind for kind in DISABILITIES if member.relation is not Relation.HEAD or kind not in CLOUDED]
    grade = chance.choices([1, 2, 3, 4], [2, 4, 3, 2])[0]
    return replace(
        member,
        health=Health.DISABLED,
        labour=Labour.LOST if grade <= 2 else Labour.WEAK,
        disability=chance.choice(kinds),
        grade=grade,
        marked=True,
    )
