"""What the notice brings (提标前后对比): amounts with it and without it, added up by what somebody asks for.

Both amounts of an award come from the same facts by two books, the county's and the same without the raise.
A yearly item counts once in its year, and stands in no month.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from jiemin.domain.indicators.facts import AwardLine
from jiemin.domain.money import Fen, format_yuan
from jiemin.domain.money_groups import By, grouped, split
from jiemin.domain.periods import Month, Year


@dataclass(frozen=True, slots=True)
class UpliftSums:
    """Households, and what they get without the notice and with it, in fen.

    `draft_fen` is the part of the uplift that was computed for the occasion and is not on record, `drafts`
    the number of such amounts.
    """

    households: int
    before_fen: Fen
    after_fen: Fen
    drafts: int
    draft_fen: Fen

    @property
    def uplift_fen(self) -> Fen:
        """What the notice adds; below zero where it takes."""
        return self.after_fen - self.before_fen

    def sentence(self, label: str) -> str:
        """`2014年（1–6月）：1,203户，通知前1元，通知后3元，增加2元（其中试算1元）`."""
        drafts = f"（其中试算{format_yuan(self.draft_fen)}）" if self.drafts else ""
        before, after, uplift = map(format_yuan, (self.before_fen, self.after_fen, self.uplift_fen))
        told = f"{label}：{self.households:,}户，通知前{before}，通知后{after}"
        return f"{told}，增加{uplift}{drafts}"


def uplift_sums(lines: Sequence[AwardLine]) -> UpliftSums:
    """What the awards add up to."""
    drafts = [line for line in lines if line.draft]
    return UpliftSums(
        households=len({line.household_no for line in lines}),
        before_fen=sum(line.before_fen for line in lines),
        after_fen=sum(line.after_fen for line in lines),
        drafts=len(drafts),
        draft_fen=sum(line.uplift_fen for line in drafts),
    )


def uplift_by(
    lines: Iterable[AwardLine], by: By, town_of: Mapping[str, str], towns: Iterable[str] = ()
) -> dict[str, UpliftSums]:
    """The sums of each group that has any award, in the order of `towns`, code lists, months or numbers.

    The year's own group, for items paid by the year, stands behind its months.
    """
    ordered = sorted(lines, key=_by_period_and_number)
    groups = split(ordered, _period, ()) if by is By.MONTH else grouped(ordered, by, town_of, towns)
    return {name: uplift_sums(some) for name, some in groups.items()}


def span_label(year: Year, months: Sequence[Month]) -> str:
    """What a year's amounts are for, by the months that are in them: `2014年`, `2014年（1–9月）`."""
    if len(months) == 12 or not months:
        return year.label
    first, last = months[0].month, months[-1].month
    return f"{year.label}（{first}月）" if first == last else f"{year.label}（{first}–{last}月）"


def _period(line: AwardLine) -> str:
    return line.period if "-" in line.period else f"{line.period}年度"


def _by_period_and_number(line: AwardLine) -> tuple[bool, str, str]:
    yearly = "-" not in line.period
    return yearly, line.period, line.household_no
