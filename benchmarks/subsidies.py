"""Money: one month of a county computed and stored, and amounts from loaded facts against OpenFisca.

Run with a Python that has jiemin installed; give as the first argument a Python that has OpenFisca's country
template (`pip install openfisca-country-template`) in an environment of its own. Without it only the county
is measured.

The county has 100,000 households of 低保 and 300,000 members; `subsidy compute --month` runs as a whole
process on a fresh copy. Amounts alone are those of 1,000,000 households, from plain columns in memory to a
column of amounts, in processor time: ours a record of facts and an entitlement before and after the raise
for each household, OpenFisca's a simulation built, its inputs set, one benefit calculated.
"""

import random
import shutil
import sqlite3
import statistics
import sys
import time
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from measure import (
    JIEMIN,
    in_turn,
    peak_of_children,
    peak_of_this,
    repeated,
    report,
    report_seconds,
    run,
    run_and_read,
)
from rosters import TOWNS

from jiemin.domain.codes import HouseholdClass
from jiemin.domain.entitlement import Assessment, Entitlement, FamilyFacts, IncomePeriod, Item
from jiemin.domain.periods import FOREVER, Month
from jiemin.policy.book_file import load_book
from jiemin.storage.database import open_database
from jiemin.storage.journal import write_door
from jiemin.storage.stamp import Stamp
from jiemin.storage.tables import Household, HouseholdSpan, Membership, Person, PersonSpan, Region

HOUSEHOLDS, PERSONS, ALONE = 100_000, 300_000, 1_000_000
RUNS = 5
COMPUTE = ("subsidy", "compute", "--month", "2014-06")
STAMP = Stamp("2014-01-02T09:00:00", "文员", "import")
MEMBERS_READ = {
    "dibao.severe": '"full"',
    "supplement.rule": '"highest"',
    "supplement.severe": 120,
    "supplement.disabled": 60,
    "supplement.elder": 80,
    "supplement.minor": 50,
    "supplement.illness": 100,
}
"""What a county may state, so that 低保金 and 分类施保 depend on every member."""
VALUE = """
[{0}]
[[{0}.values]]
from = 2014-01-01
issued = 2014-01-01
value = {1}
document = "县里的文件"
clause = "一"
basis = "existing"
"""
PEER = """
import sys, time
import numpy as np
from openfisca_core.simulation_builder import SimulationBuilder
from openfisca_country_template import CountryTaxBenefitSystem
number, each, benefit = int(sys.argv[1]), int(sys.argv[2]), sys.argv[3]
system, chance, persons = CountryTaxBenefitSystem(), np.random.default_rng(20140630), number * each
salary, age = chance.integers(0, 1500, persons), chance.integers(0, 90, persons)
keys, homes, roles = np.arange(persons), np.arange(number), (["adult", "adult", "child"][:each]) * number
begun = time.process_time()
builder = SimulationBuilder()
builder.create_entities(system)
builder.declare_person_entity("person", keys)
household = builder.declare_entity("household", homes)
builder.join_with_persons(household, np.repeat(homes, each), roles)
simulation = builder.build(system)
simulation.set_input("salary", "2017-01", salary)
simulation.set_input("age", "2017-01", age)
built = time.process_time()
amounts = simulation.calculate(benefit, "2017-01")
done = time.process_time()
assert amounts.any()
print(done - begun, done - built)
"""
BENEFITS = ("parenting_allowance", 3), ("basic_income", 3), ("basic_income", 1)
"""What OpenFisca computes, for how many persons a household. The first is most like 低保金: a household's
benefit that depends on the incomes of its members."""


def main(peer: str | None) -> None:
    with TemporaryDirectory() as name:
        folder = Path(name)
        county = folder / "county.db"
        make_county(county)
        (folder / "members.toml").write_text(
            "".join(VALUE.format(*each) for each in MEMBERS_READ.items()), "utf-8"
        )
        print(f"{HOUSEHOLDS:,} households, {PERSONS:,} persons, {county.stat().st_size >> 20} MiB")
        compute("one month", folder, county, limit=12)
        compute("one month, members read", folder, county, "--policy", "members.toml")
        if peer:
            against(peer, folder)


def compute(what: str, folder: Path, county: Path, *options: str, limit: float | None = None) -> None:
    """`subsidy compute` on a fresh copy, and again on the draft that is there by then."""
    copy = folder / "copy.db"
    words, settings = (*JIEMIN, *options, *COMPUTE), {"JIEMIN_DB": str(copy)}

    def fresh() -> float:
        shutil.copy(county, copy)
        return run(words, folder, settings)

    again = f"{what}, a second time"
    for name, once in ((what, fresh), (again, lambda: run(words, folder, settings))):
        times = repeated(once, RUNS)
        if limit:
            report_seconds(name, times, limit)
        else:
            print(f"{name}: {times.median:.2f} s")
    with sqlite3.connect(copy) as connection:
        stored = connection.execute("SELECT item, count(*) FROM award GROUP BY item").fetchall()
    print(f"  stored: {', '.join(f'{item} {number:,}' for item, number in stored)}")
    print(f"  largest process so far {peak_of_children():.0f} MiB (< 1024 MiB)")


def against(peer: str, folder: Path) -> None:
    """Amounts alone, ours and the peer's in turn; from plain columns, and the peer's bare calculation."""
    for benefit, persons in BENEFITS:
        told: list[tuple[float, float]] = []
        words = (peer, "-c", PEER, str(ALONE), str(persons), benefit)

        def theirs(words: tuple[str, ...] = words, told: list[tuple[float, float]] = told) -> float:
            all_of_it, bare = map(float, run_and_read(words, folder)[1].split())
            told.append((all_of_it, bare))
            return all_of_it

        ours, other, ratio = in_turn(amounts_alone, theirs, RUNS)
        report(f"{ALONE:,} households, {benefit} of {persons} persons each", ours, other, ratio, 3)
        bare = statistics.median(one for _, one in told)
        print(f"  its calculate() alone: {1000 * bare:.1f} ms; ours is {ours.median / bare:,.0f} times that")
    print(f"  this process {peak_of_this():.0f} MiB")


def amounts_alone() -> float:
    """Processor seconds from plain columns to columns of amounts before and after the raise."""
    chance = random.Random(20140630)
    classes = chance.choices((HouseholdClass.RURAL_DIBAO, HouseholdClass.URBAN_DIBAO), (6, 4), k=ALONE)
    sizes = chance.choices(range(1, 7), k=ALONE)
    incomes = chance.choices(range(0, 300_000, 50), k=ALONE)
    periods = chance.choices(tuple(IncomePeriod), (4, 1), k=ALONE)
    month, book = Month(2014, 6), load_book()
    begun = time.process_time()
    due, day = Assessment(Item.DIBAO, month, book).entitlement, month.last
    before, after = [], []
    for household_class, size, income, period in zip(classes, sizes, incomes, periods, strict=True):
        found = due(FamilyFacts(household_class, day, size, size, income, period))
        assert isinstance(found, Entitlement)
        before.append(found.before_fen)
        after.append(found.after_fen)
    took = time.process_time() - begun
    assert 0 < sum(before) < sum(after)
    return took


def make_county(path: Path) -> None:
    """Households of 低保, two thirds of them rural, of three members each, table by table."""
    chance, held = random.Random(20140630), {"valid_from": date(2014, 1, 1), "valid_to": FOREVER}
    homes, people = range(1, HOUSEHOLDS + 1), range(1, PERSONS + 1)
    each = PERSONS // HOUSEHOLDS
    with open_database(path, create=True) as database, write_door(database, STAMP) as door:
        door.insert(Region, [{"id": 1 + at, "level": "镇", "name": name} for at, name in enumerate(TOWNS)])
        door.insert_columns(Household, {"id": homes, "household_no": [f"T{at:06d}" for at in homes]})
        span = {
            "id": homes,
            "household_id": homes,
            "region_id": [1 + at % len(TOWNS) for at in homes],
            "household_class": ["城镇低保" if at % 3 == 0 else "农村低保" for at in homes],
            "size": [each] * HOUSEHOLDS,
            "covered": [each] * HOUSEHOLDS,
            "income_fen": [100 * chance.randrange(1500) for _ in homes],
        }
        same = {"status": "在册", "income_period": "month", **held}
        door.insert_columns(
            HouseholdSpan, span | {name: [value] * HOUSEHOLDS for name, value in same.items()}
        )
        births = [date(chance.randrange(1930, 2014), 1 + at % 12, 1 + at % 28) for at in people]
        person = {"id": people, "name": [f"成员{at}" for at in people], "birth": births}
        door.insert_columns(Person, person | {"id_valid": [False] * PERSONS})
        member = {
            "id": people,
            "person_id": people,
            "household_id": [1 + (at - 1) // each for at in people],
            "relation": ["户主" if at % each == 1 else "其他" for at in people],
            "covered": [True] * PERSONS,
        }
        door.insert_columns(Membership, member | {name: [value] * PERSONS for name, value in held.items()})
        state = {
            "id": people,
            "person_id": people,
            "health": ["大病" if at % 11 == 0 else "健康" for at in people],
            "disability_grade": [1 + at % 4 if at % 9 == 0 else None for at in people],
        }
        door.insert_columns(PersonSpan, state | {name: [value] * PERSONS for name, value in held.items()})


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else None)
