"""The sample: as many as it says, coherent, readable by its own columns, and made by its script."""

import re
import subprocess
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from openpyxl import load_workbook

from jiemin.domain.identity import read_id
from jiemin.domain.people import read_phones
from jiemin.domain.posts import is_leader

SAMPLE = Path(__file__).parents[2] / "sample_data"
WORKBOOKS = ("households.xlsx", "visits.xlsx", "files.xlsx")
ROSTER_DAY = date(2014, 4, 1)
URBAN, RURAL = 520, 400
Row = dict[str, Any]


def rows(file: str, sheet: str) -> list[Row]:
    """The rows below the header, by label."""
    workbook = load_workbook(SAMPLE / file)
    found = workbook[sheet].iter_rows(min_row=3, values_only=True)
    labels = [str(label) for label in next(found)]
    return [dict(zip(labels, row, strict=True)) for row in found]


@pytest.fixture(scope="module")
def households() -> list[Row]:
    return rows("households.xlsx", "困难家庭")


@pytest.fixture(scope="module")
def members() -> list[Row]:
    return rows("households.xlsx", "家庭成员")


@pytest.fixture(scope="module")
def cadres() -> list[Row]:
    return rows("households.xlsx", "干部")


@pytest.fixture(scope="module")
def visits() -> list[Row]:
    return rows("visits.xlsx", "走访记录")


@pytest.fixture(scope="module")
def homes(members: list[Row]) -> dict[str, list[Row]]:
    """Members by household."""
    found: dict[str, list[Row]] = defaultdict(list)
    for member in members:
        found[member["户编号"]].append(member)
    return found


@pytest.fixture(scope="module")
def files() -> dict[str, list[Row]]:
    """Of each family's file, by sheet."""
    sheets = ("四清登记", "家庭状况", "帮扶措施", "救助事项")
    return {sheet: rows("files.xlsx", sheet) for sheet in sheets}


def script(root: Path, *arguments: str) -> "subprocess.CompletedProcess[str]":
    command = [sys.executable, str(root / "scripts" / "make_sample_data.py"), *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False, timeout=120)


def test_the_script_makes_these_very_workbooks(root: Path) -> None:
    done = script(root, "--check")
    assert (done.returncode, done.stderr) == (0, "")


def test_two_runs_give_the_same_bytes_and_a_change_is_told(root: Path, tmp_path: Path) -> None:
    assert script(root, "--out", str(tmp_path / "one")).returncode == 0
    for name in WORKBOOKS:  # of which another run is known to make them as well
        assert (tmp_path / "one" / name).read_bytes() == (SAMPLE / name).read_bytes()
    (tmp_path / "one" / "visits.xlsx").write_bytes((tmp_path / "one" / "households.xlsx").read_bytes())
    done = script(root, "--check", "--out", str(tmp_path / "one"))
    assert done.returncode == 1
    assert "visits.xlsx" in done.stderr
    assert "households.xlsx" not in done.stderr


def test_nothing_tells_when_it_was_made() -> None:
    for name in WORKBOOKS:
        with ZipFile(SAMPLE / name) as parts:
            assert {entry.date_time[:3] for entry in parts.infolist()} == {(2014, 4, 1)}
            assert set(re.findall(rb">(\d{4})-\d\d-\d\dT", parts.read("docProps/core.xml"))) == {b"2014"}


def test_how_many(households: list[Row], members: list[Row], cadres: list[Row]) -> None:
    assert load_workbook(SAMPLE / "households.xlsx").sheetnames == ["困难家庭", "家庭成员", "干部"]
    assert len(households) == 420
    assert len(members) == 1260
    assert len(cadres) == 640
    assert sum(cadre["是否领导"] == "是" for cadre in cadres) == 80
    assert len({cadre["单位"] for cadre in cadres}) == 60
    assert len({row["镇(街道)"] for row in households}) == 12
    assert len({(row["镇(街道)"], row["村(社区)"]) for row in households}) == 200
    assert Counter(row["困难类别"] for row in households) == {
        "城镇低保": 60,
        "农村低保": 170,
        "低收入": 158,
        "五保": 20,
        "三无": 6,
        "其他": 6,
    }


def test_numbers_are_text_valid_and_nobodys_twice(households: list[Row], members: list[Row]) -> None:
    seen = [member["身份证号"] for member in members]
    assert len(set(seen)) == len(seen)
    old = 0
    for member in members:
        assert isinstance(member["身份证号"], str)
        reading = read_id(member["身份证号"], ROSTER_DAY)
        assert (reading.valid, reading.faults) == (True, ())
        assert reading.sex == member["性别"]
        assert reading.birth == member["出生日期"].date()
        old += member["身份证号"].startswith("330425")
        assert not (member["身份证号"].startswith("330425") and reading.birth >= date(1993, 1, 1))
    assert 0.5 * len(members) < old < 0.9 * len(members)
    for row in households:
        assert isinstance(row["银行账号"], str)
        assert re.fullmatch(r"\d{19}", row["银行账号"])
        assert row["联系电话"] is None or read_phones(row["联系电话"]) == ((row["联系电话"],), "")


def test_members_agree_with_their_household(households: list[Row], homes: dict[str, list[Row]]) -> None:
    assert set(homes) == {row["户编号"] for row in households}
    for row in households:
        home = homes[row["户编号"]]
        heads = [member for member in home if member["与户主关系"] == "户主"]
        assert [(head["姓名"], head["身份证号"]) for head in heads] == [
            (row["户主姓名"], row["户主身份证号"])
        ]
        assert {member["户主姓名"] for member in home} == {row["户主姓名"]}
        assert row["家庭人口"] == len(home)
        marked = sum(member["是否保障对象"] == "是" for member in home)
        assert (row["保障人口"] or 0) == marked <= len(home)
        assert marked > 0 or row["困难类别"] in {"低收入", "其他"}


def test_ages_are_those_of_families(homes: dict[str, list[Row]]) -> None:
    for home in homes.values():
        born = {member["与户主关系"]: member["出生日期"].year for member in home}
        head = born["户主"]
        assert 20 <= 2014 - head <= 95
        for relation, year in born.items():
            assert 1914 <= year <= 2013
            if relation in {"子", "女", "儿媳"}:
                assert 14 <= year - head <= 50
            if relation in {"父", "母"}:
                assert 17 <= head - year <= 50
            if relation in {"孙子", "孙女"}:
                assert year - head >= 34
            if relation == "配偶":
                assert abs(year - head) <= 8


def test_disability_and_health_agree(members: list[Row]) -> None:
    disabled = [member for member in members if member["健康状况"] == "残疾"]
    assert len(disabled) > 50
    for member in members:
        has = member["健康状况"] == "残疾"
        assert (member["残疾类别"] is not None) == (member["残疾等级"] is not None) == has


def test_incomes_fit_the_class(households: list[Row]) -> None:
    for row in households:
        standard = URBAN if row["村(社区)"].endswith("社区") else RURAL
        income, size, covered = row["家庭月收入(元)"], row["家庭人口"], row["保障人口"]
        match row["困难类别"]:
            case "城镇低保" | "农村低保":
                assert 0 <= income < standard * covered
                assert row["困难类别"].startswith("城镇") == (standard == URBAN)
            case "低收入":
                assert 1.0 * standard < income / size <= 1.5 * standard
            case "五保" | "三无":
                assert (row["供养方式"] == "集中供养") == (income is None)
    kept = Counter(row["供养方式"] for row in households if row["困难类别"] in {"五保", "三无"})
    assert kept.keys() == {"集中供养", "分散供养"}


def test_causes_and_needs_vary(households: list[Row]) -> None:
    assert len({row["主要致困原因"] for row in households}) == 11
    assert len({row["帮扶需求"] for row in households}) > 40
    assert sum(row["其他致困原因"] is not None for row in households) > 100


def test_cadres_are_told_apart_and_linked(cadres: list[Row], households: list[Row]) -> None:
    assert len({cadre["姓名"] for cadre in cadres}) == 640
    places = {(row["镇(街道)"], row["村(社区)"]) for row in households}
    towns = {town for town, _ in places}
    by_unit: dict[str, list[Row]] = defaultdict(list)
    for cadre in cadres:
        by_unit[cadre["单位"]].append(cadre)
        assert cadre["联系镇"] in towns
        assert cadre["联系村"] is None or (cadre["联系镇"], cadre["联系村"]) in places
        assert is_leader(cadre["职务"]) in {cadre["是否领导"] == "是", None}
    assert sum(is_leader(cadre["职务"]) is True for cadre in cadres) > 60
    assert all(any(cadre["是否领导"] == "是" for cadre in unit) for unit in by_unit.values())
    assert sum(any(cadre["联系村"] for cadre in unit) for unit in by_unit.values()) > 40


def test_visits_are_of_one_quarter_and_of_known_people(
    visits: list[Row], households: list[Row], cadres: list[Row]
) -> None:
    assert 400 <= len(visits) <= 460
    heads = {row["户编号"]: row["户主姓名"] for row in households}
    unit_of = {cadre["姓名"]: cadre["单位"] for cadre in cadres}
    for visit in visits:
        assert date(2014, 4, 5) <= visit["走访日期"].date() <= date(2014, 6, 29)
        assert heads[visit["户编号"]] == visit["户主姓名"]
        names = visit["走访干部"].split("、")
        assert 1 <= len(names) <= 2
        assert list(dict.fromkeys(unit_of[name] for name in names)) == visit["走访人单位"].split("、")
    kinds = Counter(visit["走访方式"] for visit in visits)
    assert kinds.keys() == {"走访", "慰问", "电话"}
    assert 5 <= kinds["电话"] <= 15
    assert sum("、" in visit["走访干部"] for visit in visits) > 60


def test_notes_are_each_their_own(visits: list[Row]) -> None:
    notes = [visit["暖心手记"] for visit in visits]
    assert len(set(notes)) == len(notes)
    assert all(10 <= len(note) <= 120 and note.endswith("。") for note in notes)
    assert not any("{" in text for visit in visits for text in _words(visit))
    assert sum(visit["办实事"] is not None for visit in visits) > 100
    assert sum(visit["了解的需求"] is not None for visit in visits) > 100


def test_the_readme_tells_how_much_the_files_hold(files: dict[str, list[Row]]) -> None:
    told = (SAMPLE / "README.md").read_text("utf-8")
    english = re.findall(r"^\|.*\| (四清登记|家庭状况|帮扶措施|救助事项) \| (\d+) ", told, re.MULTILINE)
    chinese = re.search(r"四清(\d+)次，家庭状况(\d+)次.*帮扶措施(\d+)项.*?救助事项(\d+)件", told, re.DOTALL)
    counts = {sheet: str(len(rows)) for sheet, rows in files.items()}
    assert dict(english) == counts
    assert chinese is not None
    assert list(chinese.groups()) == list(counts.values())


def test_files_are_of_families_that_were_visited_and_by_their_visitors_day(
    files: dict[str, list[Row]], visits: list[Row], households: list[Row]
) -> None:
    heads = {row["户编号"]: row["户主姓名"] for row in households}
    first: dict[str, Any] = {}
    for visit in visits:
        if visit["走访方式"] != "电话":
            first.setdefault(visit["户编号"], visit["走访日期"])
    days = {"四清登记": "调查日期", "家庭状况": "调查日期", "帮扶措施": "承诺日期", "救助事项": "日期"}
    for sheet, told in files.items():
        for row in told:
            assert heads[row["户编号"]] == row["户主姓名"]
            assert first[row["户编号"]] <= row[days[sheet]]
            assert row[days[sheet]].date() <= date(2014, 6, 29)


def test_conditions_fit_the_family_and_what_was_done(
    files: dict[str, list[Row]], homes: dict[str, list[Row]]
) -> None:
    first: dict[str, Row] = {}
    for row in files["家庭状况"]:
        before = first.setdefault(row["户编号"], row)
        size = len(homes[row["户编号"]])
        now = {label: before[label] if value is None else value for label, value in row.items()}
        assert now["就业人数"] <= now["劳动力人数"] <= size
        assert max(now["在读人数"], now["养老保险参保人数"], now["大病保险参保人数"]) <= size
        assert 1 <= now["合作医疗参保人数"] <= size
    mended = {row["户编号"] for row in files["帮扶措施"] if row["完成日期"] and "屋顶" in row["措施内容"]}
    safe = {
        row["户编号"] for row in files["家庭状况"] if row["工资性收入(元/年)"] is None and row["危房等级"]
    }
    assert mended == safe
    assert {first[number]["危房等级"] for number in mended} == {"C级"}


def test_some_promises_are_kept_and_none_is_overdue(files: dict[str, list[Row]]) -> None:
    promises = files["帮扶措施"]
    kept = [row for row in promises if row["完成日期"]]
    assert 0.3 < len(kept) / len(promises) < 0.7
    assert all(row["承诺日期"] <= row["完成日期"] and row["完成情况"] for row in kept)
    assert all(row["完成时限"].date() > date(2014, 6, 30) for row in promises)
    assert len({row["帮扶计划"] for row in promises}) == 7


def _words(visit: Row) -> Iterator[str]:
    yield from (visit[label] or "" for label in ("暖心手记", "了解的需求", "办实事"))


def test_sheets_print_as_lists_do() -> None:
    for name in WORKBOOKS:
        for sheet in load_workbook(SAMPLE / name).worksheets:
            assert (sheet.freeze_panes, sheet.print_title_rows) == ("A4", "$3:$3")
            assert sheet.page_setup.paperSize == 9
            assert "桐乡市" in str(sheet["A1"].value)
            fit = sheet.sheet_properties.pageSetUpPr
            assert fit is not None
            assert fit.fitToPage
