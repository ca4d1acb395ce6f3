"""`jiemin policy list` and `show`: the standards in force, and everything a standard holds."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from support.county_files import FAULTY, OWN, line_with, write

Run = Callable[..., Any]


@pytest.fixture
def own(tmp_path: Path) -> str:
    return write(tmp_path, OWN)


class TestList:
    def test_standards_stand_with_document_and_clause_and_those_not_stated_apart(self, run: Run) -> None:
        ran = run("policy", "list")
        assert (ran.code, ran.err) == (0, "")
        stated, unstated = ran.out.split("县里没有定的：")
        assert line_with(stated, "dibao.rural.standard") == (
            "农村低保标准 每人每月416元 2014-04-01 桐群组办发〔2014〕10号 二.2 推定 自带 dibao.rural.standard"
        )
        assert (
            line_with(unstated, "medical_aid.cap")
            == "医疗救助年度封顶线 元/人/年 不算医疗救助 medical_aid.cap"
        )
        assert line_with(unstated, "housing.grant.c").endswith(
            "危房改造补助的几项都没有，就不算 housing.grant.c"
        )
        assert "用到时算不出分类施保" in line_with(unstated, "supplement.elder")
        assert "因为缺标准，不算的补助：" in unstated
        assert "jiemin policy template --out" in unstated

    def test_an_own_file_is_named_with_what_comes_and_what_was_issued_late(self, run: Run, own: str) -> None:
        ran = run("--policy", own, "policy", "list", "农村低保标准")
        (line,) = [line for line in ran.out.splitlines() if line.endswith("dibao.rural.standard")]
        assert "每人每月430元" in line
        assert "2014-07-10才印发；2014-10-01起每人每月450元" in line
        assert "本县.toml" in line
        assert "县里没有定的" not in ran.out

    def test_another_day_has_other_values(self, run: Run, own: str) -> None:
        ran = run("--policy", own, "policy", "list", "--on", "2015-01-01", "--json")
        told = {each["key"]: each for each in ran.json["policy"]["parameters"]}
        assert told["dibao.rural.standard"]["in_force"] is None
        assert told["medical_aid.cap"]["in_force"]["value_fen"] == 800000
        shown = run("--policy", own, "policy", "list", "--on", "2015-01-01").out
        assert "这一天没有数值" in line_with(shown, "dibao.rural.standard")

    def test_how_a_standard_counts_within_a_period_is_noted(self, run: Run, own: str) -> None:
        ran = run("--policy", own, "policy", "list", "low_income.household")
        assert "年内变动的，按月折算" in line_with(ran.out, "low_income.household")

    def test_as_json(self, run: Run) -> None:
        told = run("policy", "list", "dibao", "--json").json["policy"]
        assert (told["day"], len(told["fingerprint"]), told["unstated"]) == ("2014-06-30", 64, [])
        rural = next(each for each in told["parameters"] if each["key"] == "dibao.rural.standard")
        assert rural["in_force"] | {"quote": None, "note": None} == {
            "value_fen": 41600,
            "value": None,
            "shown": "每人每月416元",
            "from": "2014-04-01",
            "to": None,
            "issued": "2014-03-18",
            "document": "桐群组办发〔2014〕10号",
            "clause": "二.2",
            "quote": None,
            "basis": "raise",
            "assumed": True,
            "note": None,
            "at_least": {"percent": "80", "of": "dibao.urban.standard"},
            "issued_later": False,
        }
        assert (rural["packaged"], rural["file"]) == (True, "tongxiang-2014.toml")
        formula = next(each for each in told["parameters"] if each["key"] == "dibao.formula")
        assert (formula["in_force"]["value"], formula["in_force"]["value_fen"]) == ("monthly", None)

    def test_what_is_not_stated_as_json(self, run: Run) -> None:
        (told,) = run("policy", "list", "medical_aid.rate", "--json").json["policy"]["unstated"]
        assert told == {
            "key": "medical_aid.rate",
            "title": "医疗救助比例",
            "unit": "%",
            "used_by": ["医疗救助"],
            "needed_by": ["医疗救助"],
            "one_for": [],
            "clauses": ["二.5"],
        }

    def test_a_beginning_that_no_key_has_is_told_with_what_may_be_meant(self, run: Run) -> None:
        ran = run("policy", "list", "dibao.rurl.standard")
        assert ran.code == 5
        assert "是不是 dibao.rural.standard" in ran.err
        assert run("policy", "list", "报纸").code == 5

    def test_a_faulty_file_is_told_before_anything_is_listed(self, run: Run, tmp_path: Path) -> None:
        ran = run("--policy", write(tmp_path, FAULTY), "policy", "list")
        assert (ran.code, ran.out) == (1, "")
        assert "政策文件有2处要改" in ran.err


class TestShow:
    def test_every_value_is_shown_with_quote_note_and_floor(self, run: Run) -> None:
        ran = run("policy", "show", "农村低保标准")
        assert ran.code == 0
        lines = ran.out.splitlines()
        assert lines[0] == "农村低保标准（dibao.rural.standard），单位：元/人/月"
        assert lines[1].startswith("用于：低保金")
        assert "中途变动的，按最后一天的算（last_day）" in lines
        assert "数值来自：程序自带的tongxiang-2014.toml" in lines
        assert "2014-01-01起：每人每月400元，原有" in lines
        assert (
            "2014-04-01起：每人每月400元，不低于城镇低保标准的80%，提标（2014-06-30用的是这一条，每人每月416元）"
        ) in lines
        assert "  出自：桐群组办发〔2014〕10号 二.2，2014-03-18印发" in lines
        assert "  原文：“将农村低保标准提高至不低于城镇标准的80%”" in lines
        assert any(line.startswith("  推定：通知只要求") for line in lines)

    def test_an_own_standard_with_an_end_a_note_and_a_late_issue(self, run: Run, own: str) -> None:
        ran = run("--policy", own, "policy", "show", "dibao.rural.standard", "--on", "2015-01-01")
        lines = ran.out.splitlines()
        assert "数值来自：本县.toml" in lines
        assert "2014-10-01至2014-12-31：每人每月450元，提标" in lines
        assert "  说明：年底前" in lines
        assert lines[-1] == "2015-01-01没有数值"
        early = run("--policy", own, "policy", "show", "dibao.rural.standard").out.splitlines()
        assert early.count("  2014-06-30还没有印发") == 2

    def test_a_standard_that_others_have_a_floor_over_says_so(self, run: Run) -> None:
        assert "这些标准不能低于它的几成：农村低保标准" in run("policy", "show", "城镇低保标准").out
        told = run("policy", "show", "城镇低保标准", "--json").json["parameter"]
        assert told["floor_of"] == ["dibao.rural.standard"]
        assert [each["value_fen"] for each in told["values"]] == [52000]

    def test_a_setting_explains_its_words(self, run: Run) -> None:
        ran = run("policy", "show", "dibao.rounding")
        assert "  yuan：四舍五入到元" in ran.out.splitlines()
        told = run("policy", "show", "dibao.rounding", "--json").json["parameter"]
        assert told["choices"]["fen"] == "四舍五入到分"
        assert (told["values"][0]["value"], told["checked"]) == ("fen", None)

    def test_what_the_county_has_not_stated(self, run: Run) -> None:
        assert run("policy", "show", "medical_aid.rate").out.splitlines()[-1] == (
            "县里没有定，没有数值；不算医疗救助"
        )
        told = run("policy", "show", "medical_aid.rate", "--json").json["parameter"]
        assert (told["in_force"], told["values"], told["needed_by"]) == (None, [], ["医疗救助"])

    def test_a_day_of_checking_is_told(self, run: Run, tmp_path: Path) -> None:
        own = write(tmp_path, "[dibao.rounding]\nchecked = 2014-06-01\n")
        ran = run("--policy", own, "policy", "show", "dibao.rounding")
        assert "2014-06-01与文件核对过" in ran.out
        assert "程序自带的tongxiang-2014.toml" in ran.out
        told = run("--policy", own, "policy", "show", "dibao.rounding", "--json").json["parameter"]
        assert told["checked"] == "2014-06-01"

    @pytest.mark.parametrize("title", ["低收入家庭救助标准（每户）", "危房改造补助：C级", "危房改造补助:C级"])
    def test_the_titles_that_are_listed_are_found(self, run: Run, title: str) -> None:
        wide = title.replace(":", "：")
        assert run("policy", "show", title).out.startswith(f"{wide}（")
        assert wide in run("policy", "list", title).out

    def test_part_of_a_name_finds_it_and_several_are_listed(self, run: Run) -> None:
        assert run("policy", "show", "封顶线").out.startswith("医疗救助年度封顶线")
        ran = run("policy", "show", "医疗救助")
        assert ran.code == 5
        assert "medical_aid.cap" in ran.err
        assert run("policy", "show", "没有的").code == 5
