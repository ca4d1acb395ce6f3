"""A county paired by hand, in which it can be foreseen who takes over from whom.

| household | paired with, since 1 April |
|---|---|
| A001 | 方局1 leads, 顾员1 assists |
| A002 | 方局1 leads |
| A003 | 顾员2 leads, 方局1 assists |
| A004 | 何局1 leads |
| A005 | 方局2 leads |
| A006 | nobody |

方局1 and 方局2 lead in 市民政局, 何局1 in 市财政局; 顾员1 and 顾员2 are clerks of 市卫生局. Nobody is
linked with a place; A002 and A005 lie in one village, so 方局2 takes over A002 for two reasons.
"""

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import Any

from support.rosters import CADRE_HEADER, HOUSEHOLD_HEADER, household_rows, id_number, write_workbook

APRIL = date(2014, 4, 1)
CADRES = (
    ("方局1", "市民政局", "副局长", "是"),
    ("方局2", "市民政局", "副局长", "是"),
    ("何局1", "市财政局", "副局长", "是"),
    ("顾员1", "市卫生局", "科员", "否"),
    ("顾员2", "市卫生局", "科员", "否"),
)
PAIRS = (
    ("A001", "方局1", "第一责任人"),
    ("A001", "顾员1", "协助"),
    ("A002", "方局1", "第一责任人"),
    ("A003", "顾员2", "第一责任人"),
    ("A003", "方局1", "协助"),
    ("A004", "何局1", "第一责任人"),
    ("A005", "方局2", "第一责任人"),
)


def helped_county(
    run: Callable[..., Any],
    folder: Path,
    *,
    households: int = 6,
    cadres: Sequence[Sequence[str]] = CADRES,
    pairs: Sequence[Sequence[str]] = PAIRS,
) -> None:
    """Enter the county; the cadres' numbers are C00001 and on, in the order of the list."""
    rows = [
        (*cadre[:4], "", "", id_number(date(1970 + place, 5, 6), place))
        for place, cadre in enumerate(cadres, 1)
    ]
    book = {
        "困难家庭": [HOUSEHOLD_HEADER, *household_rows(households)],
        "干部": [(*CADRE_HEADER, "身份证号"), *rows],
        "结对名单": [
            ("户编号", "结对干部", "结对职责", "结对时间"),
            *((*pair, APRIL.isoformat()) for pair in pairs),
        ],
    }
    write_workbook(folder / "helped.xlsx", book)
    assert run("import", "helped.xlsx").code == 0


def helpers(run: Callable[..., Any], household: str) -> list[tuple[str, str, str, str | None, str | None]]:
    """(name, role, from, to, why it ended) of everybody who ever helped a household, oldest first."""
    shown = run("household", "show", household, "--json").json["household"]["pairings"]
    return [tuple(each[key] for key in ("name", "role", "from", "to", "end_reason")) for each in shown]
