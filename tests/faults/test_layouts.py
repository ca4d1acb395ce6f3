"""Generated rosters of every pair of traits: taken as they are meant, or told of; never wrong in silence.

`support.layout_traits` lists the traits, `support.layout_generator` writes the files and knows what
they mean, `support.layout_judge` imports them and compares everything.
"""

import shutil
import subprocess
import sys
from collections import Counter
from itertools import combinations
from pathlib import Path

import pytest
from support.all_pairs import Case, Factors, pairs_of
from support.layout_generator import generate
from support.layout_judge import Verdict, judge
from support.layout_traits import EXCLUDED, FACTORS, LEVELS

CASES = FACTORS.cases()


def verdict(number: int, folder: Path, ending: str = "", seed: int = 0) -> Verdict:
    """What became of a case, if need be saved in another format first; each seed invents other families."""
    folder.mkdir()
    made = generate(CASES[number], seed, folder)
    if ending:
        made.saved_as(ending, _converted(made.paths, folder, ending))
    return judge(made, folder / "jiemin.db")


def _converted(paths: list[Path], folder: Path, ending: str) -> list[Path]:
    home = f"-env:UserInstallation=file://{folder.parent / 'office'}"
    command = ["soffice", home, "--headless", "--convert-to", ending, "--outdir", str(folder / ending)]
    subprocess.run([*command, *map(str, paths)], check=True, capture_output=True, timeout=120)
    return [folder / ending / f"{path.stem}.{ending}" for path in paths]


def told(number: int, found: Verdict) -> str:
    """A case and what is wrong with it, the plain traits left out."""
    odd = {factor: level for factor, level in CASES[number].items() if level != LEVELS[factor][0]}
    wrong = "\n    ".join([*found.silent, *found.named, *found.noise][:8])
    return f"case {number} {odd}\n    {wrong}"


@pytest.mark.parametrize("number", range(0, len(CASES), 5))
def test_a_sample_is_taken_completely(tmp_path: Path, number: int) -> None:
    found = verdict(number, tmp_path / "case")
    assert found.complete, told(number, found)


@pytest.mark.campaign
@pytest.mark.parametrize("seed", range(3))
def test_every_pair_of_traits(tmp_path: Path, seed: int) -> None:
    found = {number: verdict(number, tmp_path / str(number), seed=seed) for number in range(len(CASES))}
    _report(found)
    assert not [told(number, each) for number, each in found.items() if each.silent]
    assert sum(each.complete for each in found.values()) >= 0.95 * len(found)


@pytest.mark.campaign
@pytest.mark.skipif(shutil.which("soffice") is None, reason="needs LibreOffice to write these formats")
@pytest.mark.parametrize("ending", ["xls", "ods"])
def test_other_formats(tmp_path: Path, ending: str) -> None:
    numbers = [number for number, case in enumerate(CASES) if case["format"] == "xlsx"][::6]
    found = {number: verdict(number, tmp_path / str(number), ending) for number in numbers}
    _report(found)
    assert not [told(number, each) for number, each in found.items() if not each.complete]


def _report(found: dict[int, Verdict]) -> None:
    count = Counter(
        "complete" if each.complete else "wrong in silence" if each.silent else "told of"
        for each in found.values()
    )
    sys.stdout.write(f"{len(found)} layouts: {dict(count)}\n")
    for number, each in found.items():
        if not each.complete:
            sys.stdout.write(told(number, each) + "\n")


def test_the_cases_hold_every_pair_there_can_be() -> None:
    held = {frozenset(pair) for case in CASES for pair in pairs_of(case)}
    apart = {frozenset(pair) for pair in EXCLUDED}
    assert not held & apart
    missing = [
        {one: level, other: beside}
        for one, other in combinations(LEVELS, 2)
        for level in LEVELS[one]
        for beside in LEVELS[other]
        if frozenset({(one, level), (other, beside)}) not in held | apart
    ]
    # A text file is one sheet, so that no village can have one of its own.
    assert missing == [{"format": each, "place": "sheet_names"} for each in ("csv_gb18030", "csv_utf8_bom")]


def test_pairs_that_only_a_third_trait_forbids_are_left_out() -> None:
    levels = {"a": ("1", "2"), "b": ("1", "2"), "c": ("1", "2")}
    apart = [(("a", "2"), ("c", "1")), (("b", "2"), ("c", "2"))]
    cases: list[Case] = Factors(levels, apart).cases()
    held = {frozenset(pair) for case in cases for pair in pairs_of(case)}
    assert frozenset({("a", "2"), ("b", "2")}) not in held
    assert len(held) == 9
    with pytest.raises(ValueError, match="no such levels"):
        Factors(levels, [(("a", "1"), ("d", "1"))])
