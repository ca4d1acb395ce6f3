"""Good rosters spoilt two thousand times: no crash, no hang, and nothing read wrongly in silence."""

import sqlite3
import sys
from collections import Counter
from pathlib import Path
from random import Random

import pytest
from support.layout_generator import generate
from support.layout_traits import FACTORS, LEVELS
from support.mutants import Mutant, mutants, readings, with_shared_texts
from support.watched import watch

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="memory is limited on Linux only")

_WITHOUT_ROWS = frozenset({"J201", "J202", "J205"})
PLAIN = {factor: levels[0] for factor, levels in LEVELS.items()}
GOOD: tuple[dict[str, str], ...] = (
    {},
    {"header": "groups", "title": "two_rows", "totals": "last", "foot": "signatures"},
    {"family": "head_then_members", "labels": "newlines", "dates": "excel"},
    {"family": "merged_down", "header": "groups"},
    {"family": "members_sideways"},
    {"sheets": "several", "place": "town_option"},
    {"below": "units", "amounts": "thousands", "dates": "excel", "phantom": "formatted_to_ba"},
    {"format": "csv_gb18030", "family": "head_then_members"},
    {"format": "csv_utf8_bom", "title": "merged"},
    {"format": "csv_gb18030", "dates": "excel", "phones": "two"},
)
"""The traits in which each of the ten rosters is not the plain one."""


def spoilt(folder: Path, each: int) -> list[tuple[Path, Path, Mutant]]:
    """So many mutants of each good roster: the good file, the bad one, and what was done."""
    found = []
    for number, traits in enumerate(GOOD):
        own = folder / str(number)
        own.mkdir()
        good = generate({**PLAIN, **traits}, number, own).paths[0]
        if good.suffix == ".xlsx":
            good.write_bytes(with_shared_texts(good.read_bytes()))
        for order, mutant in enumerate(mutants(good.read_bytes(), each, Random(number))):
            bad = own / f"{order}{good.suffix}"
            bad.write_bytes(mutant.content)
            found.append((good, bad, mutant))
    return found


@pytest.mark.parametrize("each", [4, pytest.param(200, marks=pytest.mark.campaign)])
def test_read_as_before_or_refused(tmp_path: Path, each: int) -> None:
    cases = spoilt(tmp_path, each)
    goods = list(dict.fromkeys(good for good, _, _ in cases))
    before = dict(zip(goods, readings(goods, 30), strict=True))
    assert all(told.get("rows") for told in before.values())
    wrong, seen = [], Counter[str]()
    told_of = readings([bad for _, bad, _ in cases], 30)
    for (good, bad, mutant), told in zip(cases, told_of, strict=True):
        seen[next(iter(told)) if "rows" not in told else "read"] += 1
        what = _complaint(before[good], told, mutant)
        if what:
            wrong.append(f"{bad.relative_to(tmp_path)} ({mutant.how}): {what}")
    sys.stdout.write(f"{len(cases)} mutants: {dict(seen)}\n")
    assert not wrong, "\n".join(wrong)


def _complaint(before: dict[str, object], told: dict[str, object], mutant: Mutant) -> str:
    if "crash" in told or "hung" in told:
        return str(told)
    if not mutant.strict or "rows" not in told or told["rows"] == before["rows"]:
        return ""
    problems = told["problems"]
    assert isinstance(problems, list)
    return "" if any(code in _WITHOUT_ROWS for code, _ in problems) else "read differently without a word"


@pytest.mark.parametrize("step", [pytest.param(40, marks=pytest.mark.campaign), 23])
def test_the_command_leaves_the_database_alone(tmp_path: Path, step: int) -> None:
    """The whole command over a sample, with a database that holds the good roster already."""
    cases = spoilt(tmp_path, 200 if step == 40 else 10)[::step]
    for good, bad, mutant in cases:
        database = good.with_name("jiemin.db")
        if not database.exists():
            assert watch(good.parent, "import", good.name, "--town", "石门镇", database=database).code in {
                0,
                4,
            }
        before = database.read_bytes()
        ran = watch(bad.parent, "import", bad.name, "--town", "石门镇", database=database)
        assert not ran.trace, f"{mutant.how}: {ran.err}"
        assert ran.code in {0, 1, 4}
        assert ran.own < 300
        if ran.code == 1:
            assert database.read_bytes() == before
        else:
            assert sqlite3.connect(database).execute("PRAGMA integrity_check").fetchone() == ("ok",)
            database.write_bytes(before)


def test_the_good_rosters_may_be() -> None:
    for traits in GOOD:
        case = {**PLAIN, **traits}
        assert all(
            FACTORS.agree(one, other) for one in case.items() for other in case.items() if one != other
        )
