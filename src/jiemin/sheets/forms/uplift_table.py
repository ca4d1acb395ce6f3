"""提标前后对比表: what a month's or year's subsidies are without the notice and with it."""

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

from jiemin.domain.indicators import Check
from jiemin.domain.money import yuan
from jiemin.domain.uplift import UpliftSums
from jiemin.sheets.forms.frame import Heading, bureau_of
from jiemin.sheets.forms.lists import ListColumn, fitted
from jiemin.sheets.forms.sums import write_sums
from jiemin.sheets.style import CellValue, Look, new_workbook
from jiemin.sheets.writer import save_workbook

SHEET = "提标前后对比"

_NAME = 14.0
_FIGURES = (
    ListColumn("户数", 9, Look.COUNT),
    *(ListColumn(head, 16, Look.MONEY) for head in ("通知前", "通知后", "增加", "其中试算")),
)


def write_uplift(
    groups: Mapping[tuple[str, ...], UpliftSums],
    total: UpliftSums,
    path: Path,
    *,
    heads: Sequence[str],
    label: str,
    county: str,
    notes: Sequence[str],
    filled_on: date,
) -> None:
    """Save the sums of each group, which is told by as many words as there are `heads`.

    Raises `SaveError` when they cannot be saved.
    """
    workbook = new_workbook()
    heading = Heading("", "困难家庭补助提标前后对比表", label, bureau_of(county), filled_on, "单位：户、元")
    names = [
        fitted(ListColumn(head, _NAME, Look.NAME), (words[place] for words in groups))
        for place, head in enumerate(heads)
    ]
    write_sums(
        workbook,
        SHEET,
        heading,
        [*names, *_FIGURES],
        [(*words, *_cells(sums)) for words, sums in groups.items()],
        _cells(total),
        checks=_checks(groups, total),
        notes=[
            f"{total.sentence(label)}。",
            "通知前、通知后用同一份家庭情况，只差通知提高的标准；已登记的按登记的金额，试算是现在计算、还没有登记的。",
            *notes,
        ],
    )
    save_workbook(workbook, path)


def _cells(sums: UpliftSums) -> tuple[CellValue, ...]:
    money = map(yuan, (sums.before_fen, sums.after_fen, sums.uplift_fen))
    return (sums.households, *money, yuan(sums.draft_fen) if sums.drafts else None)


def _checks(groups: Mapping[tuple[str, ...], UpliftSums], total: UpliftSums) -> list[Check]:
    """What the table proves of itself; a household may stand in several groups, so 户数 need not add up."""
    rows = groups.values()
    before, after = (sum(each.before_fen for each in rows), sum(each.after_fen for each in rows))
    uplift = sum(each.uplift_fen for each in rows)
    return [
        Check("增加=通知后-通知前", total.uplift_fen == total.after_fen - total.before_fen == uplift),
        Check("各行相加=合计", (before, after) == (total.before_fen, total.after_fen)),
    ]
