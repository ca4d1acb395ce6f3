"""困境儿童基本生活费 (notice 二.2): a standard a child and month, by how the child lives.

A case is a child, in difficulty from its day until its last day, if it has one. Where the county does not
let a child have both, the child's share of the household's 低保金 is taken off (ADR 0024).
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from jiemin.domain.codes import DIBAO, ChildCare, HouseholdClass
from jiemin.domain.entitlement import dibao
from jiemin.domain.entitlement.facts import CaseFacts, FamilyFacts, Reads
from jiemin.domain.entitlement.missing import unstated
from jiemin.domain.entitlement.settings import word_in_force
from jiemin.domain.entitlement.working import Line, floor_lines
from jiemin.domain.money import Fen, format_yuan, half_up
from jiemin.domain.policy import BookView, Known

STANDARDS: dict[str, str] = {
    ChildCare.CENTRAL: "child.central",
    ChildCare.DISPERSED: "child.dispersed",
}
"""How a child lives → the parameter of its standard; a county gives the allowance when it states one."""
NETTING = "child.netting"
_NET = "net"
_ASKER = "困境儿童基本生活费"


def reads(view: BookView) -> frozenset[Reads]:
    """The cases and, where 低保金 is taken off, the members and what 低保金 reads."""
    if word_in_force(view, NETTING) != _NET:
        return frozenset({Reads.CASES})
    of_dibao = dibao.reads(view)
    fixed = {Reads.DIBAO_CASES} if Reads.CASES in of_dibao else set()
    return of_dibao | fixed | {Reads.CASES, Reads.MEMBERS}


@dataclass(frozen=True, slots=True)
class _Netting:
    """What is taken off a covered member of a 低保 household.

    It is the household's 低保金 ÷ the persons that is counted for, half-up to the fen.
    """

    setting: Known
    dibao: dibao.DibaoTerms | dibao.DibaoTiers

    def of(self, case: CaseFacts, facts: FamilyFacts) -> bool | None:
        """Whether anything is taken off the child; None where that cannot be told."""
        children = [member for member in facts.members if member.person_id == case.person_id]
        return facts.covers(children[0]) if children else False

    def lacking(self, facts: FamilyFacts) -> tuple[str, ...]:
        """The facts the share cannot do without and that are not there, where some child may have one."""
        netted = [self.of(case, facts) for case in facts.cases_in_force]
        if None in netted:
            return ("哪些成员是保障人口",)
        if True not in netted:
            return ()
        missing = self.dibao.lacking(_for_dibao(facts))
        return missing if missing or self.dibao.counted(facts) else ("享受低保的人数",)

    def share(self, facts: FamilyFacts) -> Fen:
        """One person's share of the month's 低保金; nothing may be lacking."""
        return half_up(self.dibao.amount(_for_dibao(facts)), self._persons(facts))

    def lines(self, facts: FamilyFacts) -> Iterator[Line]:
        """The share with its working, that of 低保金 before it."""
        yield from self.dibao.lines(_for_dibao(facts))
        amount, persons, share = self.dibao.amount(_for_dibao(facts)), self._persons(facts), self.share(facts)
        rounded = "（四舍五入到分）" if amount % persons else ""
        told = f"{format_yuan(amount)}÷{persons}人＝{format_yuan(share)}{rounded}"
        yield Line("低保金中每人的一份", told, share, self.setting)

    def _persons(self, facts: FamilyFacts) -> int:
        persons = self.dibao.counted(facts)
        assert persons  # noqa: S101 - nothing is lacking
        return persons


@dataclass(frozen=True, slots=True)
class ChildTerms:
    """The standards and how 低保金 is netted, as in force for one month.

    Each standard is looked up for a child that needs it, so that a county may state only one; of a child
    whose standard it has not stated, that is lacking. A child gets the standard less what is taken off,
    never less than 0.
    """

    view: BookView
    netting: _Netting | None
    """None where nothing is taken off: by the setting, or because the household is not 低保."""

    @classmethod
    def of(cls, view: BookView, household_class: HouseholdClass) -> "ChildTerms":
        """The terms for a class; raises `NoValueError` naming the parameter that has no value."""
        setting = view.value(NETTING, _ASKER)
        if household_class not in DIBAO or setting.choice != _NET:
            return cls(view, None)
        return cls(view, _Netting(setting, dibao.terms_of(view, household_class)))

    def lacking(self, facts: FamilyFacts) -> tuple[str, ...]:
        """What is not known of a child, of its standard, or of 低保金 taken off; in the clerk's words."""
        missing: list[str] = []
        seen: dict[int, str] = {}
        for case in facts.cases_in_force:
            if case.person_id is None:
                missing.append(f"{case.case_no}的儿童姓名")
            elif case.person_id in seen:
                missing.append(f"{case.case_no}的儿童（与{seen[case.person_id]}是同一人）")
            else:
                seen[case.person_id] = case.case_no
            if case.grade not in STANDARDS:
                missing.append(f"{case.case_no}的养育方式")
            elif not self.view.book.states(STANDARDS[case.grade]):
                missing.append(unstated(f"{case.grade}儿童的基本生活费"))
        return (*dict.fromkeys(missing), *(self.netting.lacking(facts) if self.netting else ()))

    def amount(self, facts: FamilyFacts) -> Fen:
        """What the household gets for its children for the month; nothing may be lacking.

        Raises `NoValueError` naming the standard that has values, but none for the month.
        """
        return sum(child.due for child in self._children(facts))

    def lines(self, facts: FamilyFacts) -> Iterator[Line]:
        """The same with its working, child by child."""
        children = self._children(facts)
        if self.netting and any(child.share is not None for child in children):
            yield from self.netting.lines(facts)
        for standard in {child.case.grade: child.standard for child in children}.values():
            yield from floor_lines(standard)
        for child in children:
            yield from child.lines()
        total = self.amount(facts)
        told = "＋".join(format_yuan(child.due) for child in children) or format_yuan(0)
        told += f"＝{format_yuan(total)}" if len(children) > 1 else ""
        yield Line(f"当月{_ASKER}", told, total)

    def _children(self, facts: FamilyFacts) -> list["_Child"]:
        children = []
        for case in facts.cases_in_force:
            standard = self.view.value(STANDARDS[case.grade], f"{_ASKER}（{case.grade}）")
            netting = self.netting if self.netting and self.netting.of(case, facts) else None
            children.append(_Child(case, standard, netting.share(facts) if netting else None))
        return children


@dataclass(frozen=True, slots=True)
class _Child:
    """A child with its standard and the share of 低保金 taken off; None where nothing is."""

    case: CaseFacts
    standard: Known
    share: Fen | None

    @property
    def due(self) -> Fen:
        """What the household gets for the child."""
        return max(0, self.standard.amount - (self.share or 0))

    def lines(self) -> Iterator[Line]:
        """`JZ1 陈晨（散居）：每人每月1,000元`, `…扣除后：1,000元－316元＝684元`."""
        name, full = f"{self.case.case_no} {self.case.name}（{self.case.grade}）", self.standard.amount
        yield Line(name, self.standard.shown, full, self.standard)
        if self.share is not None:
            result = "，不足0元，按0元计" if self.share > full else f"＝{format_yuan(self.due)}"
            yield Line(f"{name}扣除后", f"{format_yuan(full)}－{format_yuan(self.share)}{result}", self.due)


def _for_dibao(facts: FamilyFacts) -> FamilyFacts:
    """The facts as 低保金 reads them: its cases in place of the children's."""
    return replace(facts, cases=facts.dibao_cases)
