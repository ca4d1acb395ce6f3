"""Faults of every kind that supervisors catch, planted into the sample county: `jiemin check` finds all.

What remains on the clean county is true of the sample, and is proved here from its workbooks: two visits by
somebody who is not paired with the family, families due and not visited in the quarter, needs of April that
nothing was done about. All of it is 提示, none a doubt or an error.
"""

import json
import shutil
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from random import Random
from typing import Any

import pytest
from openpyxl import load_workbook
from support.planted_county import JULY, JUNE, SAMPLE, County, grow
from support.planted_faults import plant_everything

HOUSEHOLDS = 420
FALSE_ALARMS = 0.02
"""How many false alarms there may be, of all households."""
RURAL = """[dibao.rural.standard]
[[dibao.rural.standard.values]]
from = 2014-01-01
issued = 2014-01-01
value = 400
document = "桐民〔2014〕7号"
clause = "一"
basis = "existing"
"""
SEEDS = (0, *(pytest.param(seed, marks=pytest.mark.campaign) for seed in range(1, 9)))


@dataclass(frozen=True)
class Checked:
    """A county in which faults were planted, and what was found in it before and after."""

    county: County
    before: list[dict[str, Any]]
    found: list[dict[str, Any]]

    @property
    def new(self) -> list[dict[str, Any]]:
        known = {each["id"] for each in self.before}
        return [each for each in self.found if each["id"] not in known]


def check(county: County, *words: str, on: date = JULY) -> list[dict[str, Any]]:
    told: list[dict[str, Any]] = json.loads(county.run("check", *words, "--json", on=on, ends=(0, 6)))[
        "findings"
    ]
    return told


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Iterator[County]:
    """The sample county, in a home of its own."""
    folder = tmp_path_factory.mktemp("sample")
    with pytest.MonkeyPatch.context() as patch:
        for name in ("HOME", "USERPROFILE", "XDG_DATA_HOME", "XDG_STATE_HOME", "LOCALAPPDATA", "APPDATA"):
            patch.setenv(name, str(folder))
        for name in ("JIEMIN_DB", "JIEMIN_TODAY", "JIEMIN_POLICY"):
            patch.delenv(name, raising=False)
        yield grow(folder / "sample.db", folder)


@pytest.fixture(scope="module")
def clean(sample: County) -> list[dict[str, Any]]:
    """What is found in a copy of it, subsidies computed."""
    county = County(Path(shutil.copy(sample.path, sample.folder / "clean.db")), sample.folder, Random(0))
    county.run("subsidy", "compute", "--month", "2014-06")
    return check(county)


@pytest.fixture(scope="module", params=SEEDS)
def planted(
    request: pytest.FixtureRequest, sample: County, clean: list[dict[str, Any]], tmp_path_factory: Any
) -> Iterator[Checked]:
    folder = tmp_path_factory.mktemp("planted")
    path = Path(shutil.copy(sample.path, folder / "planted.db"))
    county = County(path, folder, Random(request.param))
    plant_everything(county)
    yield Checked(county, clean, check(county))


def test_every_planted_fault_is_found(planted: Checked) -> None:
    missing = [
        (plant.topic, plant.told, mark)
        for plant in planted.county.plants
        for mark in plant.found
        if not any(mark.fits(each) for each in planted.found)
    ]
    assert missing == []
    topics = Counter(each.topic for each in planted.county.plants if each.topic)
    assert topics.total() >= 60
    assert min(topics.values()) >= 2
    for topic, told, code, said in planted.county.told:
        assert code in said, (topic, told)


def test_what_was_not_planted_is_not_found(planted: Checked) -> None:
    marks = [mark for plant in planted.county.plants for mark in (*plant.found, *plant.follows)]
    false = [each for each in planted.new if not any(mark.fits(each) for mark in marks)]
    false += [each for each in planted.new if any(mark.fits(each) for mark in planted.county.innocent)]
    assert [(each["id"], each["subject"], each["message"]) for each in false] == []
    assert len(false) <= FALSE_ALARMS * HOUSEHOLDS


def test_what_is_found_on_the_clean_county_is_true(clean: list[dict[str, Any]]) -> None:
    assert {each["severity"] for each in clean} == {"提示"}
    assert {each["code"] for each in clean} == {"K215", "K216", "K217"}
    visits = [dict(zip(HEADER, row, strict=True)) for row in _sheet("visits.xlsx", "走访记录")]
    for each in clean:
        told = f"{each['subject']} {each['message']}"
        if each["code"] == "K215":
            assert any(v["户编号"] in told and str(v["走访干部"]) in told for v in visits)
        if each["code"] == "K217":
            about = [v for v in visits if v["户编号"] in told and v["了解的需求"]]
            assert any(str(v["走访日期"].date()) in told and not v["办实事"] for v in about)
    late = " ".join(each["message"] for each in clean if each["code"] == "K216")
    called = {v["户编号"] for v in visits if v["走访方式"] != "电话"}
    extra = {each["subject"].split()[1] for each in clean if each["code"] == "K215"}
    named = {
        word
        for word in late.replace("、", " ").replace("：", " ").replace("等", " ").split()
        if word[0] == "H"
    }
    assert named
    assert named & called <= extra


HEADER = (
    "序号",
    "走访日期",
    "户编号",
    "户主姓名",
    "走访干部",
    "走访人单位",
    "走访方式",
    "暖心手记",
    "了解的需求",
    "办实事",
)


def _sheet(book: str, name: str) -> list[tuple[Any, ...]]:
    rows = load_workbook(SAMPLE / book)[name].iter_rows(values_only=True)
    return [row for row in rows if isinstance(row[1], datetime)]


def test_a_standard_below_four_fifths_is_found(sample: County) -> None:
    assert check(sample, "K501", on=JUNE) == []
    county = sample.folder / "county.toml"
    county.write_text(RURAL, encoding="utf-8")
    (found,) = json.loads(sample.run("--policy", str(county), "check", "K501", "--json", ends=(6,)))[
        "findings"
    ]
    assert found["code"] == "K501"


def test_a_register_that_nobody_renewed_is_found(sample: County) -> None:
    assert check(sample, "K120", on=date(2015, 3, 31)) == []
    (found,) = check(sample, "K120", on=date(2027, 12, 31))
    assert found["code"] == "K120"
