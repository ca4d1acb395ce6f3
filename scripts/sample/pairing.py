"""The pairing that `jiemin import` and `jiemin pair --auto` make of the rosters."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

from sample.cadres import Cadre

from jiemin.domain.codes import Role
from jiemin.domain.pairing.settings import PairingSettings
from jiemin.policy.places_file import load_places
from jiemin.storage.database import open_database
from jiemin.storage.stamp import Stamp
from jiemin.usecases.import_workbook import import_files
from jiemin.usecases.pair_households import PairingRequest, pair_all
from jiemin.usecases.quarter_facts import judge_quarter


def pair_sample(rosters: Path, cadres: Sequence[Cadre], *, on: date) -> dict[str, list[Cadre]]:
    """By household number, who is paired with it on that day, the lead first.

    Everybody must be taken and every household paired, else the sample is at fault.
    """
    with TemporaryDirectory() as folder:
        path = Path(folder, "sample.db")
        stamp = Stamp(on.isoformat(), "sample", "make_sample_data")
        outcome = import_files([rosters], path, stamp, load_places(), today=on)
        found = [problem for file in outcome.files for problem in file.all_problems]
        if found or not outcome.written:
            raise SystemExit(f"the rosters do not go in without fault: {found[:5]}")
        with open_database(path) as database:
            paired = pair_all(database, stamp, on, PairingRequest(PairingSettings()))
            if paired.result.unpaired_households or paired.result.leaders_without:
                raise SystemExit("the sample leaves somebody unpaired")
            record, _ = judge_quarter(database, None, on)
    known = {(cadre.unit, cadre.name): cadre for cadre in cadres}
    by_number = {line.cadre_no: known[line.unit, line.name] for line in record.cadres}
    helpers: dict[str, list[Cadre]] = {}
    for one in sorted(record.pairings, key=lambda one: (one.role is not Role.LEAD, one.cadre_no)):
        helpers.setdefault(one.household_no, []).append(by_number[one.cadre_no])
    return helpers
