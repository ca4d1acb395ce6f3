"""Make sample_data/: invented households, cadres, one quarter of visits and family files, always the same.

python scripts/make_sample_data.py            writes sample_data/
python scripts/make_sample_data.py --check    fails if sample_data/ is not what it would write
"""

import argparse
import sys
from datetime import date
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory
from xml.etree.ElementTree import canonicalize
from zipfile import ZipFile

from sample.books import save_rosters, save_visits
from sample.cadres import Cadre, make_cadres
from sample.families import Family, make_families
from sample.family_files import make_files
from sample.file_book import save_files
from sample.names import Registry
from sample.pairing import pair_sample
from sample.places import make_places, spread_households
from sample.visits import make_visits

ROOT = Path(__file__).resolve().parent.parent
ROSTERS, VISITS, FILES = "households.xlsx", "visits.xlsx", "files.xlsx"
SEED = 201410
"""Of the notice, 桐群组办发〔2014〕10号."""


def main() -> int:
    parser = argparse.ArgumentParser(description="Make the invented sample of sample_data/.")
    parser.add_argument("--out", type=Path, default=ROOT / "sample_data", help="folder to write to")
    parser.add_argument("--check", action="store_true", help="compare with what is there, write nothing")
    chosen = parser.parse_args()
    if not chosen.check:
        chosen.out.mkdir(parents=True, exist_ok=True)
        make(chosen.out)
        return 0
    with TemporaryDirectory() as folder:
        make(Path(folder))
        differing = [
            name for name in (ROSTERS, VISITS, FILES) if not same(Path(folder, name), chosen.out / name)
        ]
    for name in differing:
        print(f"{chosen.out / name} is not what scripts/make_sample_data.py makes", file=sys.stderr)
    return 1 if differing else 0


def make(out: Path) -> None:
    """Write the workbooks into a folder that exists."""
    families, cadres = people()
    save_rosters(out / ROSTERS, families, cadres)
    helpers = pair_sample(out / ROSTERS, cadres, on=date(2014, 6, 30))
    visits = make_visits(Random(SEED + 1), families, helpers, cadres)
    save_visits(out / VISITS, visits)
    save_files(out / FILES, make_files(Random(SEED + 2), families, helpers, visits))


def people() -> tuple[list[Family], list[Cadre]]:
    """The invented families and cadres."""
    chance = Random(SEED)
    registry = Registry(chance)
    places = make_places(chance)
    families = make_families(chance, registry, spread_households(chance, places))
    return families, make_cadres(chance, registry, places)


def same(made: Path, kept: Path) -> bool:
    """Whether two workbooks hold the same parts, however they were packed and serialised."""
    if not kept.exists():
        return False
    with ZipFile(made) as one, ZipFile(kept) as other:
        if one.namelist() != other.namelist():
            return False
        return all(
            canonicalize(one.read(name).decode()) == canonicalize(other.read(name).decode())
            for name in one.namelist()
        )


if __name__ == "__main__":
    sys.exit(main())
