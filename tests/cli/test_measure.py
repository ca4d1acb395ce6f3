"""`jiemin measure`: the support plan is promised, changed, delivered or dropped, and each is taken back."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from support.prepared import Once
from support.rosters import county

from jiemin.cli.screen import width

Run = Callable[..., Any]


@pytest.fixture
def roof(paired: Run, once: Once) -> Run:
    """M000001 of A001: a roof, promised on 12 May, due on 20 June."""

    def steps() -> None:
        words = ("--plan", "4", "--what", "修缮屋顶", "--on", "2014-05-12", "--due", "2014-06-20")
        done = paired("measure", "add", "A001", *words, "--amount", "1.2万", "--source", "市财政")
        assert done.code == 0
        assert "已登记 M000001：A001 沈阿大 危房改造：修缮屋顶" in done.out

    once(steps)
    return paired


def shown(run: Run, *words: str) -> dict[str, Any]:
    found: dict[str, Any] = run("measure", "show", "M000001", *words, "--json").json["measure"]
    return found


def listed(run: Run, *words: str) -> list[str]:
    return [each["measure_no"] for each in run("measure", "list", *words, "--json").json["measures"]]


def test_a_measure_is_the_lead_s_unless_told(roof: Run) -> None:
    lead = next(
        each
        for each in roof("pair", "list", "--household", "A001", "--json").json["pairings"]
        if each["role"] == "第一责任人"
    )
    found = shown(roof)
    assert {
        key: found[key] for key in ("plan", "plan_number", "amount_fen", "source", "cadre_no", "visit_no")
    } == {
        "plan": "危房改造",
        "plan_number": 4,
        "amount_fen": 1_200_000,
        "source": "市财政补助",
        "cadre_no": lead["cadre_no"],
        "visit_no": None,
    }
    roof("measure", "add", "A001", "--plan", "就业援助", "--what", "介绍工作", "--person", "镇民政办")
    other = roof("measure", "show", "2", "--json").json["measure"]
    assert (other["responsible"], other["cadre_no"], other["promised_on"]) == ("镇民政办", None, "2014-06-30")


def test_overdue_until_delivered(roof: Run) -> None:
    assert shown(roof)["days_late"] == 10
    assert shown(roof, "--as-of", "2014-06-20")["days_late"] == 0
    assert listed(roof, "--overdue") == ["M000001"]
    assert "逾期10天" in roof("measure", "list").out
    done = roof("measure", "deliver", "m1", "--on", "2014-06-25", "--outcome", "已修好", "--amount", "11800")
    assert done.code == 0
    assert "已兑现 M000001" in done.out
    found = shown(roof)
    assert (found["delivered_on"], found["outcome"], found["amount_fen"], found["source"]) == (
        "2014-06-25",
        "已修好",
        1_180_000,
        "市财政补助",
    )
    assert listed(roof, "--open") == listed(roof, "--overdue") == []
    assert listed(roof, "--open", "--as-of", "2014-06-24") == ["M000001"]
    assert "已兑现1条，资金11,800元" in roof("measure", "list").out
    assert roof("log", "--json").json["actions"][-1]["arguments"]["measure_no"] == "M000001"
    assert roof("undo").code == 0
    assert (shown(roof)["delivered_on"], shown(roof)["amount_fen"]) == (None, 1_200_000)


def test_what_is_dropped_says_why(roof: Run) -> None:
    done = roof("measure", "drop", "M000001", "--reason", "户主已由女儿接走")
    assert done.code == 0
    assert "已取消 M000001" in done.out
    assert shown(roof)["dropped_on"] == "2014-06-30"
    assert "不做的原因：户主已由女儿接走" in roof("measure", "show", "1").out
    assert listed(roof, "--open") == []
    roof("undo")
    assert listed(roof, "--open") == ["M000001"]


def test_a_due_day_moved_keeps_a_trace(roof: Run) -> None:
    done = roof("measure", "change", "M000001", "--due", "2014-07-31")
    assert done.code == 0
    assert "期限由“2014-06-20”改为“2014-07-31”" in done.out
    assert "jiemin log" in done.out
    action = roof("log", "--json").json["actions"][-1]
    assert (action["arguments"]["due_before"], action["arguments"]["due"]) == ("2014-06-20", "2014-07-31")
    assert "原来的期限：2014-06-20" in roof("log", "show", str(action["action"])).out
    roof("undo")
    assert shown(roof)["due_on"] == "2014-06-20"


def test_only_what_is_told_changes(roof: Run) -> None:
    cadre = roof("cadre", "list", "--json").json["cadres"][-1]
    before = shown(roof)
    words = (
        "--what",
        "翻建两间",
        "--plan",
        "六",
        "--by",
        cadre["cadre_no"],
        "--source",
        "慈善",
        "--amount",
        "5000",
    )
    assert roof("measure", "change", "1", *words).code == 0
    after = shown(roof)
    changed = {key for key in before if before[key] != after[key]}
    assert changed <= {
        "what",
        "plan",
        "plan_number",
        "cadre_no",
        "responsible",
        "unit",
        "source",
        "amount_fen",
    }
    assert (after["what"], after["plan_number"], after["cadre_no"]) == ("翻建两间", 6, cadre["cadre_no"])
    roof("measure", "change", "1", "--person", "村会计")
    assert (shown(roof)["cadre_no"], shown(roof)["responsible"]) == (None, "村会计")
    actions = roof("log", "--json").json["actions"]
    assert "没有变化" in roof("measure", "change", "1", "--person", "村会计").out
    assert roof("log", "--json").json["actions"] == actions


def test_a_delivered_measure_is_corrected_but_not_put_off(roof: Run) -> None:
    roof("measure", "deliver", "1")
    assert (
        roof("measure", "change", "1", "--amount", "9000", "--json").json["measure"]["amount_fen"] == 900_000
    )
    refused = roof("measure", "change", "1", "--due", "2014-08-01")
    assert refused.code == 1
    assert "已经兑现，不能再改期限" in refused.err


def test_the_list_is_narrowed(roof: Run) -> None:
    roof("measure", "add", "A002", "--plan", "7", "--what", "送菜", "--by", "顾员1@市卫生局")
    unit = shown(roof)["unit"]
    name = shown(roof)["cadre_no"]
    assert "M000001" in listed(roof, "--unit", unit)
    assert listed(roof, "--cadre", name) == ["M000001"]
    assert listed(roof, "--cadre", "顾员1") == ["M000002"]
    assert listed(roof, "--household", "A002") == ["M000002"]
    assert listed(roof, "--town", "石门") == ["M000001"]
    assert listed(roof, "--plan", "志愿") == ["M000002"]
    assert "没有这样的措施" in roof("measure", "list", "--plan", "5").out


def test_texts_are_masked_and_lines_stay_within_a_hundred_columns(roof: Run) -> None:
    long = "联系13812345678介绍到镇上的纺织厂做保洁先试工三个月再签合同"
    roof("measure", "add", "A002", "--plan", "3", "--what", long)
    for words in (("measure", "list"), ("measure", "show", "2"), ("measure", "show", "2", "--json")):
        assert "13812345678" not in roof(*words).out
    assert max(map(width, roof("measure", "list").out.splitlines())) <= 100


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("add", "A001", "--plan", "8", "--what", "修屋"), 2, "没有“8”这一项计划；有1结对连心"),
        (("add", "A001", "--plan", "4", "--what", " "), 2, "不能是空的"),
        (("add", "A001", "--plan", "4", "--what", "修屋", "--amount", "-5"), 2, "不能小于0"),
        (("add", "A001", "--plan", "4", "--what", "修屋", "--amount", "很多"), 2, "不是金额"),
        (("add", "A001", "--plan", "4", "--what", "修屋", "--source", "个人"), 2, "没有“个人”这种来源"),
        (
            ("add", "A001", "--plan", "4", "--what", "修屋", "--by", "方局1", "--person", "他"),
            2,
            "不能和 --by",
        ),
        (
            ("add", "A001", "--plan", "4", "--what", "修屋", "--due", "2014-06-29"),
            1,
            "比承诺日期2014-06-30还早",
        ),
        (("add", "A001", "--plan", "4", "--what", "修屋", "--on", "2014-07-01"), 1, "还没有到"),
        (("add", "A001", "--plan", "4", "--what", "修缮屋顶", "--on", "2014-05-12"), 1, "编号M000001"),
        (("deliver", "1", "--on", "2014-07-01"), 1, "还没有到"),
        (("deliver", "1", "--on", "2014-05-11"), 1, "比承诺日期2014-05-12还早"),
        (("deliver", "M9"), 5, "没有编号是“M9”的措施"),
        (("drop", "1"), 2, "缺少“--reason”"),
        (("change", "1"), 2, "要写改什么"),
        (("change", "1", "--due", "2014-05-01"), 1, "还早"),
        (("show", "沈阿大"), 5, "没有编号"),
    ],
)
def test_what_cannot_be_is_refused_in_words(roof: Run, words: tuple[str, ...], code: int, said: str) -> None:
    before = roof("log", "--json").json
    done = roof("measure", *words)
    assert (done.code, done.out) == (code, "")
    assert said in done.err
    assert roof("log", "--json").json == before


@pytest.mark.parametrize("first", [("deliver", "1"), ("drop", "1", "--reason", "不用了")])
@pytest.mark.parametrize("again", [("deliver", "1"), ("drop", "1", "--reason", "不用了")])
def test_what_has_ended_does_not_end_again(roof: Run, first: tuple[str, ...], again: tuple[str, ...]) -> None:
    roof("measure", *first)
    done = roof("measure", *again)
    assert done.code == 1
    assert "在2014-06-30已经" in done.err


def test_without_a_lead_somebody_is_to_be_named(run: Run, tmp_path: Path) -> None:
    county(tmp_path)
    run("import", "households.xlsx")
    words = ("measure", "add", "A001", "--plan", "4", "--what", "修屋")
    assert "没有第一责任人" in run(*words).err
    assert run(*words, "--person", "村会计").code == 0
    assert run("measure", "list").code == 0


def test_a_promise_of_a_voided_visit_says_why_it_is_gone(paired: Run) -> None:
    assert (
        paired(
            "visit", "add", "A001", "--date", "2014-06-20", "--promise", "送书", "--promise-due", "2014-06-29"
        ).code
        == 0
    )
    assert paired("visit", "void", "V1", "--reason", "没有去").code == 0
    for words in (("show", "1"), ("deliver", "M000001")):
        done = paired("measure", *words)
        assert done.code == 5
        assert "M000001是走访V000001的承诺，那次走访已作废" in done.err


def test_a_measure_of_several_lines_is_told_on_one(paired: Run) -> None:
    two = "修屋顶\n介绍工作"
    assert (
        paired(
            "visit", "add", "A001", "--date", "2014-06-20", "--promise", two, "--promise-due", "2014-06-29"
        ).code
        == 0
    )
    assert "承诺 M000001：修屋顶 介绍工作" in paired("visit", "show", "V1").out.splitlines()
    assert "修屋顶 介绍工作（" in paired("measure", "deliver", "1", "--on", "2014-06-25").out


def test_a_telephone_written_behind_who_is_responsible_is_masked(roof: Run) -> None:
    phone = "13812345678"
    done = roof("measure", "add", "A001", "--plan", "5", "--what", "送药", "--person", f"村医{phone}")
    assert "村医138****5678负责" in done.out
    surveyed = ("--surveyor", f"村会计{phone}", "--finding", " ", "--complete")
    roof("survey", "add", "A001", "--survey", "家庭情况", *surveyed)
    roof("measure", "deliver", "M1", "--outcome", "  ")
    assert shown(roof)["outcome"] is None
    for words in (
        ("measure", "list"),
        ("measure", "show", "M2"),
        ("survey", "list", "--household", "A001"),
        ("household", "show", "A001"),
        ("household", "show", "A001", "--all"),
    ):
        for asked in (words, (*words, "--json")):
            said = roof(*asked)
            assert said.code == 0
            assert "138****5678" in said.out, asked
            assert phone not in said.out, asked
    assert phone in roof("household", "show", "A001", "--all", "--reveal").out
    assert (
        roof("survey", "list", "--household", "A001", "--json").json["households"][0]["surveys"][0]["finding"]
        is None
    )


def test_a_measure_promised_later_is_not_told_to_be_unknown(paired: Run) -> None:
    for day in ("2014-06-10", "2014-06-20"):
        done = paired("measure", "add", "A001", "--plan", "4", "--what", "修屋顶", "--on", day)
        assert done.code == 0, done.err
    early = paired("measure", "show", "M2", "--as-of", "2014-06-19")
    assert (early.code, early.out) == (5, "")
    assert "M000002自2014-06-20起才有记录" in early.err
    assert paired("measure", "show", "M2", "--as-of", "2014-06-20").code == 0
    assert "没有编号是“M3”的措施" in paired("measure", "show", "M3", "--as-of", "2014-06-19").err


def test_what_was_planned_stands_before_the_delivery_and_what_was_given_after(roof: Run) -> None:
    money = ("--amount", "9000", "--source", "镇配套")
    assert roof("measure", "deliver", "M000001", "--on", "2014-06-10", *money).code == 0
    before, after = shown(roof, "--as-of", "2014-06-09"), shown(roof, "--as-of", "2014-06-10")
    assert (before["amount_fen"], before["source"]) == (1_200_000, "市财政补助")
    assert (after["amount_fen"], after["source"]) == (900_000, "镇(街道)配套")
    roof("measure", "add", "A001", "--plan", "6", "--what", "送羊羔", "--on", "2014-05-12")
    roof("measure", "deliver", "2", "--on", "2014-06-10", "--amount", "300")
    (then,) = [
        each
        for each in roof("measure", "list", "--as-of", "2014-06-09", "--json").json["measures"]
        if each["measure_no"] == "M000002"
    ]
    assert (then["amount_fen"], then["source"]) == (None, None)
    roof("undo")
    assert shown(roof)["amount_fen"] == 900_000
