"""Supervision of a large county: `visit due` and `check` over 10,000 households and 40,000 visits.

A year of visits, one a quarter for nearly every household, each with a note of its own. Run with a Python
that has jiemin installed.
"""

import random
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from measure import JIEMIN, peak_of_children, repeated, report_seconds, run
from rosters import TOWNS, home, make_households, make_members, save

HOUSEHOLDS, CADRES, QUARTERS = 10_000, 8_000, 4
FIRST, TODAY = date(2013, 7, 1), date(2014, 6, 30)
VISIT_LABELS = ("走访日期", "户编号", "走访方式", "见到何人", "暖心手记", "了解的需求", "办实事")
CADRE_LABELS = ("干部编号", "姓名", "单位", "职务", "联系镇", "联系村")
_NEEDS = ("", "", "盼望孩子能上学", "想学一门手艺", "房子漏雨要修", "")
_DEEDS = ("", "", "", "送去种苗", "联系了医院", "")


def main() -> None:
    with TemporaryDirectory() as name:
        folder = Path(name)
        begun = {"JIEMIN_DB": str(folder / "jiemin.db"), "JIEMIN_TODAY": FIRST.isoformat()}
        make_households(folder / "households.xlsx", HOUSEHOLDS)
        make_members(folder / "members.xlsx", HOUSEHOLDS, 3 * HOUSEHOLDS)
        save(folder / "cadres.xlsx", "干部", CADRE_LABELS, map(_cadre, range(CADRES)))
        save(folder / "visits.xlsx", "走访记录", VISIT_LABELS, _visits())
        rosters = ("households.xlsx", "members.xlsx", "cadres.xlsx")
        for command in (("import", *rosters), ("pair", "--auto", "-y")):
            run((*JIEMIN, *command), folder, begun)
        settings = begun | {"JIEMIN_TODAY": TODAY.isoformat()}
        run((*JIEMIN, "import", "visits.xlsx"), folder, settings)
        for words, code in ((("visit", "due"), 0), (("visit", "due", "--by", "unit"), 0), (("check",), 6)):
            times = repeated(lambda words=words, code=code: run((*JIEMIN, *words), folder, settings, code))  # type: ignore[misc]
            report_seconds(f"{' '.join(words)}, {HOUSEHOLDS:,} households", times, 3)
        print(f"largest process {peak_of_children():.0f} MiB")


def _cadre(number: int) -> tuple[Any, ...]:
    town, village = home(number)
    leader = number % 8 == 0
    unit = f"{TOWNS[number % 12]}办事处" if number % 3 else f"市第{number % 48}局"
    return f"K{number:05d}", f"干部{number}", unit, "副局长" if leader else "科员", town, village


def _visits() -> Iterator[tuple[Any, ...]]:
    chance = random.Random(20140630)
    for quarter in range(QUARTERS):
        for number in range(HOUSEHOLDS):
            day = FIRST + timedelta(days=91 * quarter + chance.randrange(88))
            note = f"第{quarter + 1}季度到户主{number}家，{_spoken(chance)}"
            yield (
                day,
                f"T{number:06d}",
                "走访" if chance.random() < 0.95 else "电话",
                f"户主{number}",
                note,
                chance.choice(_NEEDS),
                chance.choice(_DEEDS),
            )


def _spoken(chance: random.Random) -> str:
    """Words enough that no two notes are alike."""
    signs = "看望老人小孩问收成讲政策查药费量房屋算账目帮找工商量种桑养蚕修路通水电入学就医"
    return "".join(chance.choice(signs) for _ in range(24))


if __name__ == "__main__":
    main()
