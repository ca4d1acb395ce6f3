"""`jiemin pair why` and `pair why-not`: reasons that can be read aloud, and figures that agree."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from support.rosters import CADRE_HEADER, HOUSEHOLD_HEADER, cadre_rows, county, household_rows, write_workbook

Run = Callable[..., Any]


def lead_of(run: Run, household: str) -> str:
    """The number of the household's 第一责任人."""
    pairs = run("pair", "list", "--household", household, "--json").json["pairings"]
    return next(str(each["cadre_no"]) for each in pairs if each["role"] == "第一责任人")


def test_the_reasons_are_told_in_sentences_with_their_points_and_the_proof(paired: Run) -> None:
    done = paired("pair", "why", "A001")
    lines = done.out.splitlines()
    assert done.code == 0
    lead = "A001 沈阿大的第一责任人是方局1（市民政局副局长）"
    assert lines[0] == f"{lead}，自2014-04-01起，由第1次自动配对定下。"
    assert "方局1，联系本村，这一户没有登记需求，职级与困难程度相称。" in lines
    assert any(line.split() == ["远近：联系本村", "0"] for line in lines)
    assert any(line.split() == ["合计", "5"] for line in lines)
    assert sum(line.startswith("若改由") for line in lines) == 2
    run_no, total = 1, paired("pair", "run", "show", "1", "--json").json["run"]["objective"]
    assert lines[-1] == (
        f"第{run_no}次自动配对（2014-06-30）已证明是当时全市最好的配法：总分{total}，证明的下限{total}。"
    )


def test_the_next_best_differ_by_their_lines_and_by_what_others_do(paired: Run) -> None:
    told = paired("pair", "why", "A001", "--json").json
    assert (told["household_no"], told["lead"]["run"], told["corrected"]) == ("A001", 1, False)
    assert told["points"] == sum(points for _, points in told["reasons"]) == 5
    assert told["above_best"]["points"] == 0
    assert len(told["alternatives"]) == 2
    assert all(each["more"]["points"] >= 0 for each in told["alternatives"])
    assert told["lead"]["cadre_no"] not in {each["cadre_no"] for each in told["alternatives"]}
    for each in told["alternatives"]:
        asked = paired("pair", "why-not", "A001", each["cadre_no"], "--json").json
        assert asked["instead"] == each


def test_everybody_else_is_either_forbidden_or_costs_no_less(paired: Run) -> None:
    """And whoever moves has what the move says, so that the list can be acted on."""
    pairs = {
        (each["household_no"], each["cadre_no"]) for each in paired("pair", "list", "--json").json["pairings"]
    }
    for cadre in paired("cadre", "list", "--json").json["cadres"]:
        told = paired("pair", "why-not", "A003", cadre["cadre_no"], "--json").json
        assert (told["forbidden"] is None) is ("A003" not in cadre["households"])
        if told["forbidden"] is None:
            assert told["instead"]["more"]["points"] >= 0
            moved = {(each["household_no"], each["from"]) for each in told["moves"] if each["from"]}
            assert moved <= pairs


def test_why_not_sets_the_two_side_by_side_and_names_who_would_move(run: Run, tmp_path: Path) -> None:
    write_workbook(
        tmp_path / "county.xlsx",
        {
            "困难家庭": [HOUSEHOLD_HEADER, *household_rows(2)],
            "干部": [
                CADRE_HEADER,
                ("甲远", "市民政局", "科员", "否", "石门镇", "望湖村"),
                ("乙近", "市卫生局", "科员", "否", "乌镇镇", "塘东村"),
            ],
        },
    )
    run("import", "county.xlsx")
    run("pair", "--auto")
    done = run("pair", "why-not", "A001", "乙近")
    assert done.code == 0
    assert done.out.splitlines()[:6] == [
        "A001 沈阿大由甲远（市民政局科员）帮扶，没有规定不许改由乙近（市卫生局科员）帮扶。",
        "理由    甲远                         乙近",
        "远近    联系本村（0分）              联系的是其他镇（40分）",
        "需求    这一户没有登记需求（0分）    这一户没有登记需求（0分）",
        "职级    职级比困难程度低2级（12分）  职级比困难程度低2级（12分）",
        "新结对  新结对（5分）                新结对（5分）",
    ]
    assert (
        "若改由乙近（市卫生局科员）帮扶（联系的是其他镇，这一户没有登记需求，职级比困难程度低2级），"
        "全市合计多80分：联系的是其他镇多40分，其他户和干部负担的变动合计多40分。"
    ) in done.out
    assert "还有1户要跟着变动：A002 朱水根由乙近改为甲远。" in done.out


def test_somebody_would_be_left_alone(run: Run, tmp_path: Path) -> None:
    county(tmp_path, households=2, leaders=0, others=2)
    run("import", "households.xlsx")
    first, second = run("cadre", "list", "--json").json["cadres"]
    assert run("pair", "rule", "bar", "A002", first["cadre_no"], "--reason", "曾有纠纷").code == 0
    assert run("pair", "--auto").code == 0
    done = run("pair", "why-not", "A001", second["cadre_no"])
    assert "另有1户将无人可结" in done.out
    assert f"A002 朱水根减去{second['name']}" in done.out
    assert "若改由" in run("pair", "why", "A001").out


def test_a_rule_in_the_way_is_named_with_its_reason(run: Run, tmp_path: Path) -> None:
    rows = household_rows(3)
    header = (*CADRE_HEADER, "身份证号")
    numbers = ("", rows[0][4], "", "")
    staff = [(*row, number) for row, number in zip(cadre_rows(2, 2), numbers, strict=True)]
    write_workbook(tmp_path / "h.xlsx", {"困难家庭": [HOUSEHOLD_HEADER, *rows], "干部": [header, *staff]})
    run("import", "h.xlsx")
    run("pair", "rule", "bar", "A001", "顾员1", "--reason", "曾有纠纷")
    run("pair", "rule", "take", "市民政局", "塘东村")
    assert run("pair", "--auto").code == 0
    lead = lead_of(run, "A001")
    for cadre, why in (
        ("方局2", "方局2是这一户的成员，应当回避"),
        ("顾员1", "顾员1按规定不得和这一户结对：曾有纠纷"),
        (lead, "就是这一户的第一责任人"),
    ):
        done = run("pair", "why-not", "A001", cadre)
        assert done.code == 0
        assert why in done.out
        assert run("pair", "why-not", "A001", cadre, "--json").json["instead"] is None
    assert "塘东村由市民政局包村，只由其干部帮扶" in run("pair", "why-not", "A002", "顾员2").out


def test_links_that_bind_and_a_cadre_who_did_not_serve_yet(
    run: Run, tmp_path: Path, monkeypatch: Any
) -> None:
    policy = tmp_path / "hard.toml"
    policy.write_text('[pairing]\nlinks = "hard"\n', encoding="utf-8")
    monkeypatch.setenv("JIEMIN_POLICY", str(policy))
    county(tmp_path, households=3)
    run("import", "households.xlsx")
    run("pair", "--auto")
    assert (
        "按规定有联系镇村的干部只结对联系的镇村，顾员1没有联系这里"
        in run("pair", "why-not", "A001", "顾员1").out
    )
    late = [("丁迟", "市残联", "科员", "否", "石门镇", "望湖村")]
    write_workbook(tmp_path / "late.xlsx", {"干部": [CADRE_HEADER, *late]})
    run("import", "late.xlsx", "--as-of", "2014-07-10")
    monkeypatch.setenv("JIEMIN_TODAY", "2014-07-20")
    assert "丁迟在2014-06-30不任职" in run("pair", "why-not", "A001", "丁迟").out


def test_a_cadre_whose_places_are_all_taken(paired: Run) -> None:
    busy = next(
        each
        for each in paired("cadre", "list", "--json").json["cadres"]
        if not each["leader"] and "A001" not in each["households"]
    )
    mine = paired("pair", "why", busy["households"][0], "--json").json["lead"]["cadre_no"]
    paired("pair", "end", "A001", lead_of(paired, "A001"), "--reason", "调离", "--on", "2014-06-10")
    free = next(
        each
        for each in paired("cadre", "list", "--json").json["cadres"]
        if each["cadre_no"] not in {busy["cadre_no"], mine} and "A001" not in each["households"]
    )
    assert paired("pair", "add", "A001", free["cadre_no"], "--role", "第一责任人").code == 0
    told = paired("pair", "why-not", "A001", busy["cadre_no"], "--json").json
    assert told["forbidden"] is None or "没有空额" in told["forbidden"] or "协助" in told["forbidden"]


def test_what_people_paired_is_judged_by_its_first_day_and_may_not_be_the_best(
    run: Run, tmp_path: Path
) -> None:
    county(tmp_path, households=3, leaders=0, others=0)
    staff = [
        ("甲近", "市民政局", "科员", "否", "石门镇", "望湖村"),
        ("乙远", "市卫生局", "科员", "否", "乌镇镇", "塘东村"),
        ("丙远", "市教育局", "科员", "否", "梧桐街道", "新桥社区"),
    ]
    write_workbook(tmp_path / "staff.xlsx", {"干部": [CADRE_HEADER, *staff]})
    run("import", "households.xlsx")
    run("import", "staff.xlsx")
    assert run("pair", "add", "A001", "乙远", "--on", "2014-05-01").code == 0
    done = run("pair", "why", "A001")
    assert done.code == 0
    assert "自2014-05-01起，由人工指定。" in done.out
    assert "若改由甲近（市民政局科员）帮扶" in done.out
    assert "全市合计少80分" in done.out
    assert "按规则更合适" in done.out
    assert "这一对不是全市自动配对时定的" in done.out
    told = run("pair", "why", "A001", "--json").json
    assert (told["lead"]["run"], told["above_best"]["points"]) == (None, 80)


def test_what_was_corrected_since_is_told(paired: Run, tmp_path: Path) -> None:
    rows = [(*row[:5], 4, *row[6:]) for row in household_rows(1)]
    header = (*HOUSEHOLD_HEADER, "帮扶需求")
    write_workbook(tmp_path / "late.xlsx", {"困难家庭": [header, *((*row, "看病") for row in rows)]})
    assert paired("import", "late.xlsx", "--as-of", "2014-04-01").code == 0
    done = paired("pair", "why", "A001")
    assert "那天的资料或规定后来有变动，以下按现在的记录计算。" in done.out
    assert "单位业务与需求不对口" in done.out
    assert "那天的资料或规定后来有变动" in paired("pair", "why-not", "A001", "顾员1").out


def test_what_came_later_on_the_same_day_is_no_correction(paired: Run, tmp_path: Path) -> None:
    """Neither somebody added by hand, nor another run that ends and begins pairings."""
    before = paired("pair", "why", "A001", "--json").json
    assert paired("pair", "add", "A002", "方局1").code == 0
    assert paired("pair", "end", "A003", lead_of(paired, "A003"), "--reason", "调离").code == 0
    assert paired("pair", "--auto").code in (0, 4)
    told = paired("pair", "why", "A001", "--json").json
    assert (told["corrected"], told["reasons"], told["alternatives"]) == (
        False,
        before["reasons"],
        before["alternatives"],
    )
    newcomer = ("新人", "市民政局", "科员", "否", None, None)
    write_workbook(tmp_path / "new.xlsx", {"干部": [CADRE_HEADER, newcomer]})
    assert paired("import", "new.xlsx", "--as-of", "2014-04-01").code == 0
    assert paired("pair", "why", "A001", "--json").json["corrected"] is True


def test_a_required_pair_says_so(run: Run, tmp_path: Path) -> None:
    county(tmp_path)
    run("import", "households.xlsx")
    assert run("pair", "rule", "pin", "A001", "顾员3").code == 0
    run("pair", "--auto")
    told = run("pair", "why", "A001", "--json").json
    assert ("这一对是规定必须结的。" in run("pair", "why", "A001").out) is told["required"]
    assert told["required"] is (told["lead"]["name"] == "顾员3")
    assert "顾员3" in {told["lead"]["name"], *(each["name"] for each in told["assistants"])}


def test_who_is_just_as_good_is_told_so(run: Run, tmp_path: Path) -> None:
    """And a neighbour among the cadre's households is called so, whoever reads it aloud."""
    county(tmp_path)
    run("import", "households.xlsx")
    run("pair", "--auto")
    same = [line for line in run("pair", "why", "A001").out.splitlines() if "全市合计分数一样" in line]
    assert same
    assert all(line.endswith("；一样合适，程序按固定次序取其一。") for line in same)
    assert run("pair", "end", "A003", lead_of(run, "A003"), "--reason", "调离").code == 0
    assert run("pair", "add", "A003", "方局1").code == 0
    told = run("pair", "why", "A003").out
    assert "由人工指定" in told
    assert "取其一" not in told
    assert "方局1，" in told
    assert "，和原有的结对户" in told


def test_a_pair_that_must_end_says_which_rule_ends_it(run: Run, tmp_path: Path) -> None:
    county(tmp_path)
    run("import", "households.xlsx")
    run("pair", "--auto")
    lead = lead_of(run, "A002")
    assert run("pair", "rule", "bar", "A002", lead, "--reason", "有纠纷").code == 0
    told = run("pair", "why", "A002")
    assert "按规定不得和这一户结对：有纠纷；下次 jiemin pair --auto 会结束这一对。" in told.out
    assert "不和别人比较" not in told.out
    assert run("pair", "why", "A002", "--json").json["barred"] == "按规定不得和这一户结对：有纠纷"
    assert run("pair", "why", "A001", "--json").json["barred"] is None


def test_where_nothing_is_compared_nothing_is_said_of_comparing(paired: Run) -> None:
    first, second = lead_of(paired, "A002"), lead_of(paired, "A003")
    assert paired("cadre", "replace", first, second, "-y").code == 0
    told = paired("pair", "why", "A002").out
    assert "照2014-06-30的规定和户数上限，自动配对不会选这一对，所以不和别人比较。" in told
    assert told.splitlines()[-1] == "这一对不是全市自动配对时定的。"


def test_nobody_is_sent_to_pair_a_household_that_is_not_to_be_paired(paired: Run) -> None:
    assert paired("household", "exit", "A001", "--reason", "收入超标", "-y").code == 0
    done = paired("pair", "why", "A001")
    assert done.code == 1
    assert "A001沈阿大现在没有结对，也不在应结对的范围内" in done.err
    assert "--auto" not in done.err


@pytest.mark.parametrize(
    ("words", "code", "told"), [(("无此户",), 5, "没有找到"), (("A001",), 1, "现在没有结对")]
)
def test_without_a_pair_there_is_nothing_to_explain(
    run: Run, tmp_path: Path, words: tuple[str, ...], code: int, told: str
) -> None:
    county(tmp_path)
    run("import", "households.xlsx")
    for done in (run("pair", "why", *words), run("pair", "why-not", *words, "顾员1")):
        assert (done.code, done.out) == (code, "")
        assert told in done.err


def test_a_household_with_assistants_alone_has_no_lead(paired: Run) -> None:
    pairs = paired("pair", "list", "--json").json["pairings"]
    number = next(each["household_no"] for each in pairs if each["role"] == "协助")
    told = paired("pair", "why", number, "--json").json
    assert {each["role"] for each in told["assistants"]} == {"协助"}
    assert "协助：" in paired("pair", "why", number).out
    paired("pair", "end", number, lead_of(paired, number), "--reason", "调离")
    done = paired("pair", "why", number)
    assert (done.code, "没有第一责任人" in done.err) == (1, True)
