"""`jiemin policy check`, `diff` and `template`: a county's own file, and what comes of it."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from support.county_files import FAULTY, OWN, line_with, write
from support.families import LOW, RURAL, add_families

from jiemin.storage.database import open_database

Run = Callable[..., Any]


@pytest.fixture
def own(tmp_path: Path) -> str:
    return write(tmp_path, OWN)


RAISE_ALONE = """
[[dibao.rural.standard.values]]
from = 2014-07-01
issued = 2014-08-01
value = 450
document = "市发2号"
clause = "一"
basis = "existing"
"""


class TestCheck:
    def test_all_faults_of_all_tables_at_once(self, run: Run, tmp_path: Path) -> None:
        ran = run("policy", "check", write(tmp_path, FAULTY))
        assert (ran.code, ran.err) == (6, "")
        first, *faults = ran.out.splitlines()
        assert first == "本县.toml有4处要改："
        assert faults[:4] == [
            "  dibao.rurl.standard：没有这个参数，是不是 dibao.rural.standard",
            "  medical_aid.rate 第1条：缺少 document",
            "  pairing.leader_max：应是1到100的整数，不加引号",
            "  check.day_households：应是0到1000的整数，不加引号",
        ]
        told = run("policy", "check", "本县.toml", "--json")
        assert told.code == 6
        assert told.json["faults"][1] == {"key": "medical_aid.rate 第1条", "message": "缺少 document"}
        assert told.json["changes"] == []

    def test_days_between_two_raises_are_a_fault_before_a_month_cannot_be_computed(
        self, run: Run, tmp_path: Path
    ) -> None:
        first = OWN.replace("issued = 2014-07-10", "issued = 2014-07-10\nto = 2014-08-31")
        ran = run("policy", "check", write(tmp_path, first))
        assert ran.code == 6
        assert line_with(ran.out, "中间断了").startswith(
            "dibao.rural.standard：中间断了：2014-09-01到2014-09-30没有数值"
        )

    def test_what_is_no_toml_is_a_fault_with_its_line(self, run: Run, tmp_path: Path) -> None:
        ran = run("policy", "check", write(tmp_path, "[a]\nvalue =\n"))
        assert ran.code == 6
        assert "  第2行：不合 TOML 的写法，等号后面不能空着" in ran.out
        cut_short = run("policy", "check", write(tmp_path, "[a"))
        assert cut_short.code == 6
        assert "  不合 TOML 的写法" in cut_short.out

    def test_a_file_that_is_not_there(self, run: Run) -> None:
        ran = run("policy", "check", "没有.toml")
        assert ran.code == 1
        assert "没有这个文件" in ran.err

    def test_a_sound_file_tells_what_it_changes(self, run: Run, own: str) -> None:
        ran = run("policy", "check", own)
        assert (ran.code, ran.err) == (0, "")
        assert ran.out.startswith("本县.toml没有错，与程序自带的不同的：\n")
        assert line_with(ran.out, "2014-05-01起") == (
            "农村低保标准 2014-05-01起（提标） 没有 "
            "每人每月430元（桐民〔2014〕45号 二，2014-07-10印发） dibao.rural.standard"
        )
        assert line_with(ran.out, "2014-04-01起").endswith("没有 dibao.rural.standard")
        assert line_with(ran.out, "中途变动 ").startswith("低收入家庭救助标准（每户） 中途变动")
        assert "8 [check] day_households" in line_with(ran.out, "day_households")
        assert "5 3 [pairing] leader_max" in line_with(ran.out, "leader_max")
        assert re.search(r"县里没有定的还有\d+项", ran.out)
        assert "注意" not in ran.out
        assert ran.out.splitlines()[-1] == "以后用它计算：jiemin --policy 本县.toml subsidy compute"

    def test_a_raise_that_drops_what_was_before_is_noted(self, run: Run, tmp_path: Path) -> None:
        write(tmp_path, RAISE_ALONE)
        ran = run("policy", "check", "本县.toml")
        assert ran.code == 0
        assert "注意：农村低保标准改成了从2014-07-01起才有，2014-01-01起原来的没有了" in ran.out
        assert "以后用它计算" not in ran.out
        told = run("policy", "check", "本县.toml", "--json").json["gaps"]
        assert told == [{"parameter": "dibao.rural.standard", "from": "2014-01-01", "own_from": "2014-07-01"}]

    def test_a_sound_file_as_json(self, run: Run, own: str) -> None:
        told = run("policy", "check", own, "--json").json
        assert told["faults"] == []
        assert {
            "table": "pairing",
            "key": "leader_max",
            "name": "领导干部最多结对几户",
            "old": 5,
            "new": 3,
        } in told["settings"]
        assert {
            "key": "medical_aid.cap",
            "title": "医疗救助年度封顶线",
            "what": "数值",
            "from": "2015-01-01",
            "basis": "existing",
            "old": None,
            "new": "每人每年8,000元（桐民〔2014〕50号 三，2014-06-01印发）",
        } in told["changes"]
        assert told["unstated"] > 0
        assert "医疗救助" in told["not_given"]


class TestDiff:
    def test_a_file_against_the_packaged_book(self, run: Run, own: str) -> None:
        ran = run("policy", "diff", own)
        assert (ran.code, ran.err) == (0, "")
        assert ran.out.startswith("本县.toml与程序自带相比：\n")
        assert ran.out.splitlines()[-1] == "共3项标准不同"

    def test_no_difference_is_said(self, run: Run, own: str) -> None:
        assert run("policy", "diff", own, own).out == "本县.toml与本县.toml没有不同\n"

    def test_from_one_file_to_another(self, run: Run, own: str, tmp_path: Path) -> None:
        later = write(tmp_path, OWN.replace("value = 430", "value = 440"), "新的.toml")
        told = run("policy", "diff", own, later, "--json").json
        assert (told["old"]["name"], told["new"]["name"]) == ("本县.toml", "新的.toml")
        assert told["old"]["fingerprint"] != told["new"]["fingerprint"]
        (change,) = told["changes"]
        assert change["old"].startswith("每人每月430元（")
        assert change["new"].startswith("每人每月440元（")

    def test_a_book_kept_with_awards_is_named_by_its_fingerprint(
        self, run: Run, own: str, tmp_path: Path
    ) -> None:
        with open_database(tmp_path / "jiemin.db", create=True) as database:
            add_families(database, RURAL, LOW)
        assert "还没有" in run("policy", "diff", "abcdef").err
        assert run("--policy", own, "subsidy", "compute", "--month", "2014-06").code == 0
        fingerprint = run("--policy", own, "policy", "list", "--json").json["policy"]["fingerprint"]
        kept = run("policy", "diff", own, fingerprint[:8])
        assert kept.out == f"算补助时用的 {fingerprint[:8]}与本县.toml没有不同\n"
        unknown = run("policy", "diff", "0" * 64)
        assert unknown.code == 5
        assert fingerprint[:12] in unknown.err

    def test_without_a_database_a_fingerprint_says_so(self, run: Run) -> None:
        assert run("policy", "diff", "abcdef").code == 10

    def test_a_file_that_is_not_there(self, run: Run) -> None:
        assert run("policy", "diff", "没有.toml").code == 1


class TestTemplate:
    def test_it_is_written_once_and_states_nothing_yet(self, run: Run, tmp_path: Path) -> None:
        ran = run("policy", "template", "--out", "本县.toml")
        assert (ran.code, ran.err) == (0, "")
        assert "jiemin policy check 本县.toml" in ran.out
        checked = run("policy", "check", "本县.toml")
        assert checked.code == 0
        assert checked.out.startswith("本县.toml里什么都还没有写，与程序自带的一样\n")
        before = (tmp_path / "本县.toml").read_bytes()
        again = run("policy", "template", "--out", "本县.toml")
        assert (again.code, (tmp_path / "本县.toml").read_bytes()) == (1, before)
        assert "已经有了" in again.err
        assert run("policy", "template", "--out", "没有的文件夹/本县.toml").code == 1

    def test_filled_in_it_works_and_asks_for_less(self, run: Run, tmp_path: Path) -> None:
        run("policy", "template", "--out", "本县.toml")
        text = (tmp_path / "本县.toml").read_text("utf-8")
        start = text.index("#[health_insurance.contribution]")
        end = text.index("\n\n", start)
        block = re.sub("^#", "", text[start:end], flags=re.MULTILINE)
        for name, value in {"from": "2014-01-01", "issued": "2013-12-20", "value": "80"}.items():
            block = re.sub(rf"^{name} =$", f"{name} = {value}", block, flags=re.MULTILINE)
        block = block.replace('document = ""', 'document = "市发1号"').replace('clause = ""', 'clause = "一"')
        write(tmp_path, text[:start] + block + text[end:])
        checked = run("policy", "check", "本县.toml")
        assert checked.code == 0
        assert "每人每年80元" in line_with(checked.out, "health_insurance.contribution")
        listed = run("--policy", "本县.toml", "policy", "list", "合作医疗个人缴费", "--json").json["policy"]
        assert listed["unstated"] == []
        assert "合作医疗个人缴费" not in listed["not_given"]
        run("--policy", "本县.toml", "policy", "template", "--out", "还缺.toml")
        assert "#[health_insurance.contribution]" not in (tmp_path / "还缺.toml").read_text("utf-8")


BY_MONTH = """
[low_income.household]
mid_period = "by_month"

[[low_income.household.values]]
from = 2014-01-01
issued = 2013-12-20
value = 500
document = "桐民〔2013〕88号"
clause = "一"
basis = "existing"

[[low_income.household.values]]
from = 2014-07-01
issued = 2014-06-10
value = 600
document = "桐民〔2014〕45号"
clause = "二"
basis = "raise"
"""


def test_a_standard_that_counts_by_the_month_is_explained_so(run: Run, tmp_path: Path) -> None:
    with open_database(tmp_path / "jiemin.db", create=True) as database:
        add_families(database, LOW)
    ran = run("--policy", write(tmp_path, BY_MONTH), "subsidy", "explain", "H001", "--year", "2014")
    assert (
        "1–6月每户每年500元、7–12月每户每年600元，按月折算550元，出自桐民〔2013〕88号 一；桐民〔2014〕45号 二"
    ) in ran.out
    assert "1,150元" in ran.out
    ran = run("--policy", "本县.toml", "subsidy", "explain", "H001", "--year", "2014", "--json")
    rule = ran.json["awards"][0]["after"][0]["rule"]
    assert (rule["value"], rule["document"]) == ("每户每年550元", None)
    parts = [(each["months"], each["value"], each["document"], each["clause"]) for each in rule["parts"]]
    assert parts == [
        ("1–6月", "每户每年500元", "桐民〔2013〕88号", "一"),
        ("7–12月", "每户每年600元", "桐民〔2014〕45号", "二"),
    ]
