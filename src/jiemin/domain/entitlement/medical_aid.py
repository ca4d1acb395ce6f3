"""医疗救助 (notice 二.5): a share of what a person still paid for treatment, up to so much a year.

A case is a bill; its amount is what the person paid after the insurances' reimbursement. The share is
the county's, raised as its setting reads the notice's 提高30%.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass

from jiemin.domain.codes import HouseholdClass
from jiemin.domain.entitlement.facts import CaseFacts, FamilyFacts
from jiemin.domain.entitlement.working import Line, floor_lines, total_line
from jiemin.domain.money import Fen, format_yuan, half_up
from jiemin.domain.periods import Month
from jiemin.domain.policy import BookView, Known, NoValueError

RATE, RAISE, METHOD, CAP = "medical_aid.rate", "medical_aid.raise", "medical_aid.method", "medical_aid.cap"
_POINTS = "points"
_WHOLE = 1_000_000
"""All of a bill, in millionths: thousandths times thousandths, so that no share is rounded."""


@dataclass(frozen=True, slots=True)
class _MonthTerms:
    """Share, raise and cap, as in force for one month."""

    rate: Known
    raised: Known
    method: Known
    cap: Known

    @classmethod
    def of(cls, view: BookView, asker: str) -> "_MonthTerms":
        """The terms; raises `NoValueError` naming the parameter that has no value."""
        return cls(*(view.value(key, asker) for key in (RATE, RAISE, METHOD, CAP)))

    def share_of(self, paid: Fen) -> Fen:
        """The share of a bill, half-up to the fen, before the cap."""
        return half_up(paid * self.share, _WHOLE)

    @property
    def share(self) -> int:
        """The raised share in millionths, at most the whole."""
        return min(_WHOLE, self._uncut)

    @property
    def share_shown(self) -> str:
        """`70%×(1＋30%)＝91%`."""
        by_points = self.method.choice == _POINTS
        rate, more = self.rate.shown, self.raised.shown
        told = f"{rate}＋{more}" if by_points else f"{rate}×(1＋{more})"
        over = "，最多100%" if self._uncut > _WHOLE else ""
        return f"{told}＝{percent(self._uncut)}{over}"

    @property
    def _uncut(self) -> int:
        rate, more = self.rate.amount, self.raised.amount
        return (rate + more) * 1000 if self.method.choice == _POINTS else rate * (1000 + more)


@dataclass(frozen=True, slots=True)
class _Granted:
    """A bill with what is granted of it by the terms of its own month; amounts in fen.

    `share` is before the cap, `used` what earlier bills of the person took of the year's cap.
    """

    bill: CaseFacts
    terms: _MonthTerms
    share: Fen
    used: Fen
    granted: Fen


@dataclass(frozen=True, slots=True)
class MedicalAidTerms:
    """Share, raise and cap of a month, and those of the year's months before it.

    Each bill is taken by itself: amount × share, half-up to the fen. The share is rate × (1 + raise)
    (`times`) or rate + raise (`points`), never above 100 %, so nobody gets more than was paid. A person
    gets at most the cap in a calendar year; bills use it up in the order of their days, each by the terms
    of its own month; months for which the county states no terms gave nothing.

    Simplification: the earlier bills use the cap up by what the book and the cases known *now* give for
    them, not by what runs paid for them then. So an amount needs no other award to be reckoned and
    explained, and the months add up to what the year gives. Bills of the person in another household of
    the same year use the cap up too.
    """

    month: Month
    terms: Mapping[Month, _MonthTerms]

    @classmethod
    def of(cls, view: BookView, household_class: HouseholdClass) -> "MedicalAidTerms":
        """The terms; raises `NoValueError` naming the parameter that has no value for the month itself."""
        asker, month = f"{household_class.value}家庭的医疗救助", Month.of(view.day)
        terms = {month: _MonthTerms.of(view, asker)}
        for number in range(1, month.month):
            earlier = Month(month.year, number)
            with suppress(NoValueError):
                terms[earlier] = _MonthTerms.of(view.book.over(earlier), asker)
        return cls(month, terms)

    def lacking(self, facts: FamilyFacts) -> tuple[str, ...]:
        """What bills do not tell: whose they are, or how much was paid; in the clerk's words."""
        missing = []
        for bill in facts.cases:
            if bill.person_id is None:
                missing.append(f"{bill.case_no}是谁的医药费")
            if bill.base_fen is None:
                missing.append(f"{bill.case_no}的个人自付金额")
        return tuple(missing)

    def amount(self, facts: FamilyFacts) -> Fen:
        """What the household gets for the month's bills; nothing may be lacking."""
        return sum(each.granted for each in self._grants(facts) if self._is_now(each))

    def lines(self, facts: FamilyFacts) -> Iterator[Line]:
        """The same with its working: the month's bills, and the earlier ones that used up their cap."""
        grants = self._grants(facts)
        ill = {each.bill.person_id for each in grants if self._is_now(each)}
        for each in grants:
            if self._is_now(each):
                yield from _bill_lines(each)
            elif each.bill.person_id in ill:
                yield _line_of_used(each)
        yield total_line("当月医疗救助", [each.granted for each in grants if self._is_now(each)])

    def _is_now(self, each: _Granted) -> bool:
        return Month.of(each.bill.day) == self.month and not each.bill.elsewhere

    def _grants(self, facts: FamilyFacts) -> Sequence[_Granted]:
        """The bills of the year until the month's end, in the order in which they use the cap up."""
        used, found = defaultdict[int, Fen](int), list[_Granted]()
        for bill in sorted(facts.cases, key=lambda each: (each.day, each.case_no)):
            terms = self.terms.get(Month.of(bill.day))
            if terms is None:
                continue
            assert bill.person_id is not None and bill.base_fen is not None  # noqa: S101 - nothing is lacking
            share, taken = terms.share_of(bill.base_fen), used[bill.person_id]
            granted = min(share, max(0, terms.cap.amount - taken))
            used[bill.person_id] += granted
            found.append(_Granted(bill, terms, share, taken, granted))
        return found


def percent(millionths: int) -> str:
    """`91%`, `81.25%`."""
    whole, part = divmod(millionths, 10_000)
    return f"{whole}.{part:04d}".rstrip("0").rstrip(".") + "%"


def _bill_lines(each: _Granted) -> Iterator[Line]:
    bill, terms = each.bill, each.terms
    assert bill.base_fen is not None  # noqa: S101 - nothing is lacking
    paid, plain = format_yuan(bill.base_fen), half_up(bill.base_fen * terms.rate.amount, 1000)
    yield Line(_name(bill), f"个人自付{paid}×{terms.rate.shown}＝{format_yuan(plain)}", plain, terms.rate)
    if terms.raised.amount:
        yield Line("提高后的比例", terms.share_shown, each.share, terms.method)
        arithmetic = f"{paid}×{percent(terms.share)}＝{format_yuan(each.share)}"
        yield Line("提高后的救助金", arithmetic, each.share, terms.raised)
    if each.granted < each.share:
        yield from floor_lines(terms.cap)
        told = f"全年最多{format_yuan(terms.cap.amount)}，此前已用{format_yuan(each.used)}"
        yield Line("年度封顶", f"{told}，这一笔给{format_yuan(each.granted)}", each.granted, terms.cap)


def _line_of_used(each: _Granted) -> Line:
    """A bill of an earlier month or another household, which used some of the cap up."""
    assert each.bill.base_fen is not None  # noqa: S101 - nothing is lacking
    share = f"个人自付{format_yuan(each.bill.base_fen)}×{percent(each.terms.share)}"
    taken = f"用去封顶线{format_yuan(each.granted)}"
    where = f"在{each.bill.elsewhere}" if each.bill.elsewhere else "前几个月"
    return Line(f"{_name(each.bill)}（{where}）", f"{share}，{taken}", each.granted, each.terms.cap)


def _name(bill: CaseFacts) -> str:
    """`A000003 沈月桂2014-05-12的医药费`."""
    return f"{bill.case_no} {bill.name}{bill.day.isoformat()}的医药费"
