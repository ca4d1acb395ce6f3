"""What the record lacks for each of the 四清 of a family (notice 三.2), whatever a survey says of it.

- 家庭情况清: the size of the family, as many members on record as it says, of each the relation, an
  identity number or birth, and health; the income.
- 致困原因清: the primary cause.
- 就业技能清: of each member of working age the ability to work and the schooling.
- 帮扶需求清: a need that somebody stated, in the roster, at a visit or by a survey.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from jiemin.domain.codes import Survey
from jiemin.domain.people import age_on

WORKING_AGE_FROM = 16
"""Who is younger may not be employed (劳动法 第十五条)."""
WORKING_AGE_TO = 59
"""The last year of age that counts as working age in the surveys of helped families."""

_NAMED = 3


@dataclass(frozen=True, slots=True)
class MemberFacts:
    """What is told of a member on a day; `identified` if there is an identity number, right or wrong."""

    name: str
    relation: str | None
    identified: bool
    birth: date | None
    health: str | None
    labour: str | None
    education: str | None


@dataclass(frozen=True, slots=True)
class FamilyOnRecord:
    """What is told of a family on a day; `size` is 家庭人口 in persons."""

    size: int | None
    members: tuple[MemberFacts, ...]
    income_known: bool
    cause_known: bool
    need_stated: bool


@dataclass(frozen=True, slots=True)
class Lack:
    """One thing the record lacks, and the members of whom it lacks it; nobody where it is the family's."""

    what: str
    names: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """As a sentence takes it: `健康状况（沈阿大、沈小妹）`, of more than three persons their number."""
        if not self.names:
            return self.what
        more = f"等{len(self.names)}人" if len(self.names) > _NAMED else ""
        return f"{self.what}（{'、'.join(self.names[:_NAMED])}{more}）"


def lacking(family: FamilyOnRecord, day: date) -> Mapping[Survey, tuple[Lack, ...]]:
    """What the record lacks on `day` for each of the four, in their order; empty where it has all."""
    return {
        Survey.FAMILY: tuple(_for_family(family)),
        Survey.CAUSE: () if family.cause_known else (Lack("主要致困原因"),),
        Survey.SKILLS: tuple(_for_skills(family, day)),
        Survey.NEEDS: () if family.need_stated else (Lack("帮扶需求"),),
    }


def _for_family(family: FamilyOnRecord) -> Iterator[Lack]:
    members = family.members
    if family.size is None:
        yield Lack("家庭人口")
    if not members:
        yield Lack("家庭成员")
    elif family.size is not None and family.size != len(members):
        yield Lack(f"家庭人口{family.size}人，名册里有{len(members)}人")
    yield from _of("与户主关系", (each.name for each in members if not each.relation))
    nobody = (each.name for each in members if not each.identified and each.birth is None)
    yield from _of("身份证号或出生日期", nobody)
    yield from _of("健康状况", (each.name for each in members if not each.health))
    if not family.income_known:
        yield Lack("家庭收入")


def _for_skills(family: FamilyOnRecord, day: date) -> Iterator[Lack]:
    """Of whom the age is not known, it cannot be said whether more must be asked."""
    if not family.members:
        yield Lack("家庭成员")
    yield from _of("年龄", (each.name for each in family.members if each.birth is None))
    working = [
        each
        for each in family.members
        if each.birth is not None and WORKING_AGE_FROM <= age_on(each.birth, day) <= WORKING_AGE_TO
    ]
    yield from _of("劳动能力", (each.name for each in working if not each.labour))
    yield from _of("文化程度", (each.name for each in working if not each.education))


def _of(what: str, names: Iterable[str]) -> Iterator[Lack]:
    found = tuple(names)
    if found:
        yield Lack(what, found)
