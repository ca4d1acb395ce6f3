"""`pair --auto` over a whole county: whole process with its database, every kind of rule in force.

With jiemin's `ortools` extra both solvers are measured and must agree on the points; without it the
built-in one alone.
"""

import json
import random
import sys
from dataclasses import dataclass, field
from importlib.util import find_spec
from pathlib import Path
from shutil import copy
from tempfile import TemporaryDirectory

from measure import JIEMIN, Times, report_seconds, run, run_and_read
from rosters import home, id_number, make_households, save

UNITS = 60
WORK = ("民政局", "教育局", "卫生局", "人力社保局", "住建局", "农经局", "残联", "团市委", "财政局", "公安局")
SIZES = (
    (5_000, 8_000, {"simplex": 3.0, "ortools": 1.5}),
    (20_000, 20_000, {"simplex": 15.0, "ortools": 4.0}),
)
"""Households, cadres, and the promised seconds by solver."""
MODES = ("many-to-one", "quota")
WITHOUT_ORTOOLS = "import sys; sys.modules['ortools'] = None; from jiemin.__main__ import run; run()"
RUNS = 6
"""The first warms up."""
COMMANDS = {"simplex": (sys.executable, "-c", WITHOUT_ORTOOLS), "ortools": JIEMIN}


def unit_of(number: int) -> str:
    return f"{WORK[number % UNITS % 10]}{number % UNITS // 10}"


def make_cadres(path: Path, cadres: int) -> None:
    """Cadres of sixty units, one in eight a leader, most linked with a town or village.

    One in two hundred belongs to a household of the roster and must not be paired with it.
    """
    chance = random.Random(20140318)
    rows = []
    for number in range(cadres):
        leader = number % 8 == 0
        posts = ("局长", "副局长", "书记") if leader else ("科员", "主任科员", "科长")
        town, village = home(number)
        own = id_number(0, number) if number % 200 == 7 else ""
        rows.append(
            (
                f"干部{number}",
                unit_of(number),
                chance.choice(posts),
                "是" if leader else "否",
                town,
                village if number % 3 else "",
                own,
            )
        )
    save(path, "干部", ("姓名", "单位", "职务", "是否领导", "联系镇", "联系村", "身份证号"), rows)


def make_rules(folder: Path, cadres: int) -> None:
    """Units linked with towns, every fifth takes a village; a near relation of every hundredth cadre."""
    links = [(unit_of(unit), *home(unit + 12), "否" if unit % 5 else "是") for unit in range(UNITS)]
    save(folder / "units.xlsx", "单位名册", ("单位名称", "联系镇", "联系村", "包村"), links)
    kin = [
        (f"干部{number}", unit_of(number), f"户主{number + 12}", "父", id_number(0, number + 12))
        for number in range(0, cadres // 2, 100)
    ]
    labels = ("干部姓名", "干部单位", "亲属姓名", "与干部关系", "亲属身份证号")
    save(folder / "kin.xlsx", "近亲属备案", labels, kin)


def make_database(folder: Path, households: int, cadres: int) -> Path:
    """A county with its rules, nobody paired yet."""
    make_households(folder / "households.xlsx", households)
    make_cadres(folder / "cadres.xlsx", cadres)
    make_rules(folder, cadres)
    database = folder / "fresh.db"
    settings = {"JIEMIN_DB": str(database)}
    run((*JIEMIN, "import", "households.xlsx", "cadres.xlsx"), folder, settings)
    run((*JIEMIN, "import", "units.xlsx", "kin.xlsx"), folder, settings)
    for rule, number in (("pin", 3), ("pin", 40), ("bar", 5), ("bar", 88)):
        pair = (f"T{number:06d}", f"干部{number + 1200}")
        run((*JIEMIN, "pair", "rule", rule, *pair, "--reason", "会议决定"), folder, settings)
    return database


@dataclass
class Row:
    """The runs with one solver in one mode."""

    seconds: list[float] = field(default_factory=list)
    objectives: set[int] = field(default_factory=set)


def main() -> None:
    solvers = [name for name in COMMANDS if name == "simplex" or find_spec(name)]
    for households, cadres, limits in SIZES:
        with TemporaryDirectory() as name:
            folder = Path(name)
            fresh = make_database(folder, households, cadres)
            for mode in MODES:
                rows = {solver: Row() for solver in solvers}
                for _ in range(RUNS):
                    for solver, row in rows.items():
                        _pair(solver, mode, folder, fresh, row)
                for solver, row in rows.items():
                    what = f"pair --auto --mode {mode}, {households} × {cadres}, {solver}"
                    report_seconds(what, Times(tuple(row.seconds[1:])), limits[solver])
                if len(set().union(*(row.objectives for row in rows.values()))) > 1:
                    sys.exit(f"the solvers disagree: {rows}")


def _pair(solver: str, mode: str, folder: Path, fresh: Path, row: Row) -> None:
    database = folder / "jiemin.db"
    copy(fresh, database)
    command = (*COMMANDS[solver], "pair", "--auto", "--mode", mode, "--json")
    seconds, text = run_and_read(command, folder, {"JIEMIN_DB": str(database)})
    told = json.loads(text)["run"]
    if told["solver"] != solver or not told["optimal"]:
        sys.exit(f"asked for {solver}, got {told['solver']}, optimal: {told['optimal']}")
    row.seconds.append(seconds)
    row.objectives.add(told["objective"])


if __name__ == "__main__":
    main()
