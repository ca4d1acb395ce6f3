"""分类施保 (notice 二.2 is silent; ADR 0024): an extra for covered members by their categories, by the month.

The categories are severe disability (grades 1 and 2), other disability (3 and 4), old age, minority and
grave illness. Where a county gives the extra, a member of several categories gets the highest, or their sum.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from itertools import product

from jiemin.domain.codes import Health, HouseholdClass
from jiemin.domain.entitlement.facts import FamilyFacts, MemberFacts, Reads
from jiemin.domain.entitlement.settings import word_in_force
from jiemin.domain.entitlement.working import Line, floor_lines
from jiemin.domain.money import Fen, format_yuan
from jiemin.domain.policy import BookView, Known

RULE, ELDER_AGE, MINOR_AGE = "supplement.rule", "supplement.elder_age", "supplement.minor_age"
_NONE, _HIGHEST = "none", "highest"
_SUM = "每月分类施保"
_GRAVE = frozenset({Health.SERIOUS, Health.UREMIA, Health.PSYCHOSIS})


class Category(StrEnum):
    """Why a member gets an extra, by the words of the working."""

    SEVERE = "重度残疾人"
    DISABLED = "其他残疾人"
    ELDER = "老年人"
    MINOR = "未成年人"
    ILLNESS = "重病患者"


PARAMETERS = {
    Category.SEVERE: "supplement.severe",
    Category.DISABLED: "supplement.disabled",
    Category.ELDER: "supplement.elder",
    Category.MINOR: "supplement.minor",
    Category.ILLNESS: "supplement.illness",
}

_Categories = tuple[Category, ...]


def applies(view: BookView) -> bool:
    """Whether the county gives the extra; a rule stated for other days only is asked for by the amounts."""
    return view.book.states(RULE) and word_in_force(view, RULE) != _NONE


def reads(view: BookView) -> frozenset[Reads]:
    """The members, where the extra is given."""
    return frozenset({Reads.MEMBERS} if applies(view) else ())


def terms_of(view: BookView, household_class: HouseholdClass) -> "SupplementTerms | NoSupplement":
    """The terms for a class; raises `NoValueError` naming the parameter that has no value."""
    asker = f"{household_class.value}的分类施保"
    rule = view.value(RULE, asker)
    if rule.choice == _NONE:
        return NoSupplement(rule)
    return SupplementTerms(
        rule=rule,
        amounts={category: view.value(key, asker) for category, key in PARAMETERS.items()},
        elder_age=view.value(ELDER_AGE, asker),
        minor_age=view.value(MINOR_AGE, asker),
    )


@dataclass(frozen=True, slots=True)
class NoSupplement:
    """Before a county began to give the extra it was 0, for everybody."""

    rule: Known

    def lacking(self, facts: FamilyFacts) -> tuple[str, ...]:
        """Nothing is needed."""
        del facts
        return ()

    def amount(self, facts: FamilyFacts) -> Fen:
        """0 fen."""
        del facts
        return 0

    def lines(self, facts: FamilyFacts) -> Iterator[Line]:
        """The same with its reason."""
        yield Line(_SUM, f"{self.rule.shown}，{format_yuan(0)}", self.amount(facts), self.rule)


@dataclass(frozen=True, slots=True)
class SupplementTerms:
    """The categories' amounts, the ages, and the rule for several categories, as in force for one month.

    Ages are those on the day of the facts: elder from the birthday of `elder_age`, minor until the day
    before that of `minor_age`.
    """

    rule: Known
    amounts: Mapping[Category, Known]
    elder_age: Known
    minor_age: Known

    def lacking(self, facts: FamilyFacts) -> tuple[str, ...]:
        """The facts on which an amount depends and that are not there, in the clerk's words."""
        missing = ["家庭成员"] if facts.lists_too_few else []
        unclear = False
        for member in facts.members:
            covered = facts.covers(member)
            if covered is None:
                unclear |= any(map(self._worth, self._possible(member, facts)))
            if covered is not False:
                missing += self._lacking_of(member, facts)
        return (*missing, "哪些成员是保障人口") if unclear else tuple(missing)

    def amount(self, facts: FamilyFacts) -> Fen:
        """What the household's members get for the month together; nothing may be lacking."""
        return sum(self._worth(self._held(member, facts)) for member in facts.members if facts.covers(member))

    def lines(self, facts: FamilyFacts) -> Iterator[Line]:
        """The same with its working."""
        covered = [member for member in facts.members if facts.covers(member)]
        steps = [line for member in covered for line in self._lines_of(member, facts)]
        used = {line.known.parameter.key: line.known for line in steps if line.known}
        for known in used.values():
            yield from floor_lines(known)
        yield from steps
        total = self.amount(facts)
        terms = "＋".join(format_yuan(line.subtotal_fen) for line in steps)
        told = f"{terms}＝{format_yuan(total)}" if steps else f"保障人口中没有符合的，{format_yuan(total)}"
        yield Line(_SUM, told, total, self.rule)

    def _lacking_of(self, member: MemberFacts, facts: FamilyFacts) -> Iterator[str]:
        """What is asked of a member who is covered, or may be: the date of birth where it can change the
        amount, the grade wherever disability is paid for, since the working names the category."""
        if member.birth is not None and not member.grade_unknown:
            return
        if member.grade_unknown and self._worth((Category.SEVERE, Category.DISABLED)):
            yield f"{member.name}的残疾等级"
        worths = {
            grade: {self._worth((*grade, *age, *_illness(member))) for age in self._ages(member, facts)}
            for grade in _grades(member)
        }
        if any(len(each) > 1 for each in worths.values()):
            yield f"{member.name}的出生日期"

    def _held(self, member: MemberFacts, facts: FamilyFacts) -> _Categories:
        """The member's categories; of what is not known and makes no difference, the first that may be."""
        return next(self._possible(member, facts))

    def _possible(self, member: MemberFacts, facts: FamilyFacts) -> Iterator[_Categories]:
        """What the member's categories may be: one set, unless grade or date of birth is not known."""
        for grade, age in product(_grades(member), self._ages(member, facts)):
            yield (*grade, *age, *_illness(member))

    def _ages(self, member: MemberFacts, facts: FamilyFacts) -> tuple[_Categories, ...]:
        age = member.age(facts.day)
        if age is None:
            return (), (Category.ELDER,), (Category.MINOR,)
        elder = (Category.ELDER,) if age >= self.elder_age.amount else ()
        minor = (Category.MINOR,) if age < self.minor_age.amount else ()
        return ((*elder, *minor),)

    def _worth(self, categories: _Categories) -> Fen:
        amounts = [self.amounts[category].amount for category in categories]
        return max(amounts, default=0) if self.rule.choice == _HIGHEST else sum(amounts)

    def _lines_of(self, member: MemberFacts, facts: FamilyFacts) -> Iterator[Line]:
        """A line for each category that counts: the highest, with those it outdoes, or all."""
        held = [each for each in self._held(member, facts) if self.amounts[each].amount]
        if self.rule.choice == _HIGHEST and len(held) > 1:
            best = max(held, key=lambda each: self.amounts[each].amount)
            known = self.amounts[best]
            told = "、".join(f"{each}{self.amounts[each].shown}" for each in held)
            told += f"，取最高的一类＝{format_yuan(known.amount)}"
            yield Line(f"{member.name}（{_label(best, member, facts)}）", told, known.amount, known)
            return
        for each in held:
            known = self.amounts[each]
            yield Line(f"{member.name}（{_label(each, member, facts)}）", known.shown, known.amount, known)


def _grades(member: MemberFacts) -> tuple[_Categories, ...]:
    if member.grade_unknown:
        return (Category.SEVERE,), (Category.DISABLED,)
    if member.disability_grade is None:
        return ((),)
    return ((Category.SEVERE if member.severely_disabled else Category.DISABLED,),)


def _illness(member: MemberFacts) -> _Categories:
    return (Category.ILLNESS,) if member.health in _GRAVE else ()


def _label(category: Category, member: MemberFacts, facts: FamilyFacts) -> str:
    """`老年人，72周岁`; the others by their names."""
    aged = category in (Category.ELDER, Category.MINOR)
    return f"{category}，{member.age(facts.day)}周岁" if aged else category
