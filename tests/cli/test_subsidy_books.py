"""Money computed with a county's policy file, and the file forgotten the next time."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from support.families import LOW, RURAL, URBAN, add_families
from support.terminals import Terminal

from jiemin.storage.database import open_database

Run = Callable[..., Any]
OWN = ("--policy", "本县.toml", "subsidy")
VALUE = """[[{key}.values]]
from = {start}
issued = 2014-01-01
value = {value}
document = "市发1号"
clause = "一"
basis = "existing"
"""


def write(folder: Path, *values: tuple[str, str, int]) -> None:
    (folder / "本县.toml").write_text(
        "".join(VALUE.format(key=key, start=start, value=value) for key, start, value in values),
        encoding="utf-8",
    )


URBAN_540, RAISE_600 = (
    ("dibao.urban.standard", "2014-01-01", 540),
    ("dibao.urban.standard", "2014-05-01", 600),
)


@pytest.fixture
def approved(run: Run, tmp_path: Path) -> Run:
    """June is approved, computed with 本县.toml, in which the urban standard is 540元."""
    with open_database(tmp_path / "jiemin.db", create=True) as database:
        add_families(database, RURAL, LOW, URBAN)
    write(tmp_path, URBAN_540)
    assert run(*OWN, "compute", "--month", "2014-06").code == 0
    assert run(*OWN, "approve", "2014-06", "-y").code == 0
    return run


def test_without_the_file_nothing_is_compared_unless_that_is_meant(approved: Run, tmp_path: Path) -> None:
    before = (tmp_path / "jiemin.db").read_bytes()
    ran = approved("subsidy", "arrears")
    assert (ran.code, ran.out) == (1, "")
    assert [line for line in ran.err.splitlines() if not line.startswith("  ")] == [
        "提醒：F000001是用另一份政策文件算的，"
        "这次没有用 --policy 指明政策文件，程序自带的标准里没有或不同的有1项：",
        "这样比较，差额里有两份文件之差，会牵涉许多户；应当用 --policy 指明原来的文件",
        "错误：仍按程序自带的标准比较：这里不能问，什么都没有写入",
        "办法：确认无误就加上 -y",
    ]
    assert "  城镇低保标准：2014-01-01起每人每月540元（市发1号 一，2014-01-01印发）" in ran.err
    assert (tmp_path / "jiemin.db").read_bytes() == before
    meant = approved("subsidy", "arrears", "-y", "--json")
    assert meant.json["arrears"]["totals"]["recoveries"]["households"] == 2
    assert meant.json["arrears"]["other_books"]["runs"] == ["F000001"]
    assert meant.json["arrears"]["other_books"]["values"][0]["parameter"] == "dibao.urban.standard"
    assert "是用另一份政策文件算的" in meant.err


def test_a_trial_tells_it_and_goes_on(approved: Run) -> None:
    ran = approved("subsidy", "arrears", "-n")
    assert (ran.code, "是用另一份政策文件算的" in ran.err) == (0, True)


@pytest.mark.parametrize(("answer", "told"), [("", "没有比较，什么都没有写入"), ("y", "应退2户")])
def test_a_person_at_the_terminal_is_asked(
    approved: Run, monkeypatch: pytest.MonkeyPatch, answer: str, told: str
) -> None:
    monkeypatch.setattr("sys.stdin", Terminal([answer]))
    ran = approved("subsidy", "arrears")
    assert (ran.code, told in ran.out) == (0, True)


def test_a_raise_in_the_same_file_is_no_other_book(approved: Run, tmp_path: Path) -> None:
    write(tmp_path, URBAN_540, RAISE_600)
    ran = approved(*OWN, "arrears")
    assert (ran.code, ran.err) == (0, "")
    assert "共补发2户、2笔、324元" in ran.out


def test_another_file_is_told_and_taken_at_its_word(approved: Run, tmp_path: Path) -> None:
    numbers = [(f"supplement.{each}", "2014-01-01", 9) for each in ("severe", "disabled", "elder")]
    write(tmp_path, ("dibao.urban.standard", "2014-01-01", 530), *numbers)
    ran = approved(*OWN, "arrears")
    assert ran.code == 0
    assert "提醒：F000001是用另一份政策文件算的，这次的政策文件里没有或不同的有1项：" in ran.err
    assert "，现在是每人每月530元" in ran.err


@pytest.mark.parametrize(
    "words", [("uplift", "--month", "2014-06"), ("simulate", "--set", "dibao.rural=450", "--from", "2014-07")]
)
def test_what_is_only_reckoned_tells_the_forgotten_file_too(approved: Run, words: tuple[str, ...]) -> None:
    ran = approved("subsidy", *words)
    assert ran.code == 0
    assert ran.err.startswith("提醒：F000001是用另一份政策文件算的，这次没有用 --policy 指明政策文件")
    assert approved(*OWN, *words).err == ""


def test_many_values_are_told_in_short(run: Run, tmp_path: Path) -> None:
    with open_database(tmp_path / "jiemin.db", create=True) as database:
        add_families(database, RURAL)
    keys = ("severe", "disabled", "elder", "minor", "illness")
    values = [(f"supplement.{each}", "2014-01-01", 9) for each in keys]
    write(tmp_path, URBAN_540, *values, ("supplement.elder_age", "2014-01-01", 70), RAISE_600)
    for month in ("2014-03", "2014-04", "2014-05", "2014-06"):
        run(*OWN, "compute", "--month", month)
    ran = run("subsidy", "compute", "--month", "2014-06")
    assert ran.code == 0
    assert "提醒：F000001、F000002、F000003是用另一份政策文件算的" in ran.err
    assert ran.err.splitlines()[-1] == "  还有1项"
    assert run("subsidy", "compute", "--month", "2014-06").err.startswith("提醒：F000001、F000002是用")
