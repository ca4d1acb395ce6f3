"""`pair --auto` for 5,000 households and 8,000 cadres: whole process, built-in solver, proven best."""

import random
from pathlib import Path
from shutil import copy
from tempfile import TemporaryDirectory

from measure import JIEMIN, repeated, report_seconds, run
from openpyxl import Workbook
from rosters import TOWNS, make_households

HOUSEHOLDS, CADRES, UNITS = 5_000, 8_000, 60
WORK = ("民政局", "教育局", "卫生局", "人力社保局", "住建局", "农经局", "残联", "团市委", "财政局", "公安局")


def make_cadres(path: Path) -> None:
    """Cadres of sixty units, one in eight a leader, most linked with a town or village."""
    chance = random.Random(20140318)
    book = Workbook(write_only=True)
    sheet = book.create_sheet("干部")
    sheet.append(("姓名", "单位", "职务", "是否领导", "联系镇", "联系村"))
    for number in range(CADRES):
        unit = number % UNITS
        leader = number % 8 == 0
        post = (
            chance.choice(("局长", "副局长", "书记"))
            if leader
            else chance.choice(("科员", "主任科员", "科长"))
        )
        town = TOWNS[unit % 12]
        village = f"{'东西南北'[number % 4]}{number % 17}村" if number % 3 else ""
        name = f"干部{number}"
        sheet.append((name, f"{WORK[unit % 10]}{unit // 10}", post, "是" if leader else "否", town, village))
    book.save(path)


def main() -> None:
    with TemporaryDirectory() as name:
        folder = Path(name)
        make_households(folder / "households.xlsx", HOUSEHOLDS)
        make_cadres(folder / "cadres.xlsx")
        fresh, database = folder / "fresh.db", folder / "jiemin.db"
        run((*JIEMIN, "import", "households.xlsx", "cadres.xlsx"), folder, {"JIEMIN_DB": str(fresh)})

        def pair() -> float:
            copy(fresh, database)
            return run((*JIEMIN, "pair", "--auto", "--json"), folder, {"JIEMIN_DB": str(database)})

        report_seconds(f"pair --auto, {HOUSEHOLDS} × {CADRES}", repeated(pair), 4.0)


if __name__ == "__main__":
    main()
