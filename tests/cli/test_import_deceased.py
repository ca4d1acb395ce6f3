"""A roster that was not kept up brings nobody back to life: the dead whom it lists are named (J426)."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from support.imports import Take, codes, counts, family, rows_of
from support.prepared import Once
from support.rosters import HOUSEHOLD_HEADER, id_number

Run = Callable[..., Any]

HEAD, SON = id_number(date(1950, 3, 4), 11), id_number(date(1980, 5, 6), 13)
MEMBERS = ("户编号", "姓名", "与户主关系", "身份证号", "出生日期")
FAMILY = family("A001", "沈阿大", HEAD)


@pytest.fixture
def known(run: Run, take: Take, once: Once) -> Take:
    """A family of a head and a son, and an older man without a number."""

    def steps() -> None:
        take(HOUSEHOLD_HEADER, FAMILY)
        take(
            MEMBERS,
            ("A001", "沈小二", "子", SON, None),
            ("A001", "沈老爹", "父", None, "1925-01-02"),
        )

    once(steps)
    return take


def died(run: Run, name: str, *words: str) -> None:
    assert run("household", "death", "A001", name, "--on", "2014-06-10", *words, "-y").code == 0


def living(folder: Path) -> set[str]:
    query = "SELECT name FROM membership JOIN person ON person.id = person_id WHERE valid_to = '9999-12-31'"
    return {name for (name,) in rows_of(folder, query)}


@pytest.mark.parametrize("as_of", [(), ("--as-of", "2014-06-10"), ("--as-of", "2014-07-01")])
def test_the_dead_in_a_roster_of_members_stay_dead(
    run: Run, known: Take, tmp_path: Path, as_of: tuple[str, ...]
) -> None:
    died(run, "沈小二", "--reason", "车祸")
    died(run, "沈老爹")
    told = known(
        MEMBERS,
        ("A001", "沈小二", "子", SON, None),
        ("A001", "沈老爹", "父", None, "1925-01-02"),
        options=as_of,
    )
    assert codes(told) == {"B2": "J426", "B3": "J426"}
    assert "登记在A001户的沈小二，2014-06-10登记为死亡" in told["problems"][0]["message"]
    assert counts(told) == (0, 0, 0, 2)
    assert living(tmp_path) == {"沈阿大"}


def test_an_old_roster_tells_what_was(run: Run, known: Take, tmp_path: Path) -> None:
    died(run, "沈小二")
    died(run, "沈老爹")
    told = known(
        MEMBERS,
        ("A001", "沈小二", "子", SON, None),
        ("A001", "沈老爹", "父", None, "1925-01-02"),
        options=("--as-of", "2014-05-01"),
    )
    assert counts(told) == (0, 0, 2, 0)
    assert living(tmp_path) == {"沈阿大"}
    assert rows_of(tmp_path, "SELECT count(*) FROM person") == [(3,)]


def test_a_namesake_born_on_another_day_is_somebody_else(run: Run, known: Take, tmp_path: Path) -> None:
    died(run, "沈老爹")
    told = known(MEMBERS, ("A001", "沈老爹", "其他", None, "1960-01-02"))
    assert counts(told) == (1, 0, 0, 0)
    assert living(tmp_path) == {"沈阿大", "沈小二", "沈老爹"}


def test_a_register_of_persons_names_the_dead(run: Run, known: Take) -> None:
    died(run, "沈小二")
    told = known(("姓名", "身份证号", "残疾类别"), ("沈小二", SON, "肢体"))
    assert codes(told) == {"B2": "J426"}


@pytest.mark.parametrize(
    "row",
    [
        family(None, "沈阿大", HEAD),
        family(None, "沈阿大", ""),
        family("B009", "沈阿大", HEAD),
    ],
    ids=["by number", "by name and place", "under another number"],
)
def test_a_dead_head_does_not_head_a_new_household(
    run: Run, known: Take, tmp_path: Path, row: tuple[Any, ...]
) -> None:
    died(run, "沈阿大", "--to", "沈小二")
    told = known(HOUSEHOLD_HEADER, row)
    assert set(codes(told).values()) == {"J426"}
    assert rows_of(tmp_path, "SELECT household_no FROM household") == [("A001",)]


@pytest.mark.parametrize("row", [FAMILY, family("A001", "沈阿大", ""), family(None, "沈阿大", "")])
def test_a_household_all_of_whom_died_stays_out_of_the_work(
    run: Run, known: Take, tmp_path: Path, row: tuple[Any, ...]
) -> None:
    died(run, "沈小二")
    died(run, "沈老爹")
    died(run, "沈阿大")
    assert set(codes(known(HOUSEHOLD_HEADER, row)).values()) == {"J426"}
    assert rows_of(tmp_path, "SELECT count(*) FROM household") == [(1,)]
    old = known(HOUSEHOLD_HEADER, FAMILY, options=("--as-of", "2014-05-01"))
    assert codes(old) == {}


def test_a_namesake_in_another_village_is_another_family(run: Run, known: Take, tmp_path: Path) -> None:
    died(run, "沈阿大", "--to", "沈小二")
    other = family(None, "沈阿大", "", **{"村(社区)": "红旗村"})
    known(HOUSEHOLD_HEADER, other)
    assert rows_of(tmp_path, "SELECT count(*) FROM household") == [(2,)]


def test_who_was_taken_for_dead_by_mistake_is_restored_by_name(run: Run, known: Take, tmp_path: Path) -> None:
    died(run, "沈小二")
    words = ("--name", "沈小二", "--relation", "子", "--reason", "登记有误", "--on", "2014-06-11", "-y")
    done = run("household", "join", "A001", *words)
    assert done.code == 0
    assert "这次恢复为成员，请核对" in done.out
    assert codes(known(MEMBERS, ("A001", "沈小二", "子", SON, None))) == {}
    assert "沈小二" in living(tmp_path)
