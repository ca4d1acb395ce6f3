"""`jiemin pair rule`: what is laid down for pairing, and that pairing keeps to it."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from support.imports import Take
from support.rosters import CADRE_HEADER, HOUSEHOLD_HEADER, county, household_rows, id_number, write_workbook

Run = Callable[..., Any]

HEAD = str(household_rows(1)[0][4])
"""The identity number of A001's head."""


def rules(run: Run, *options: str) -> list[dict[str, Any]]:
    listed: list[dict[str, Any]] = run("pair", "rule", "list", "--json", *options).json["rules"]
    return listed


def pairs(run: Run) -> set[tuple[str, str]]:
    return {
        (each["household_no"], each["cadre_name"]) for each in run("pair", "list", "--json").json["pairings"]
    }


def lead(run: Run, household: str) -> str:
    listed = run("pair", "list", "--household", household, "--json").json["pairings"]
    return next(str(each["cadre_name"]) for each in listed if each["role"] == "第一责任人")


def other(run: Run, household: str) -> str:
    """A cadre who does not help the household."""
    found = run("cadre", "list", "--json").json["cadres"]
    return next(str(each["name"]) for each in found if household not in each["households"])


def test_a_pair_that_must_be_is_made(paired: Run) -> None:
    cadre = other(paired, "A001")
    done = paired("pair", "rule", "pin", "A001", cadre, "--reason", "老熟人")
    assert (done.code, done.out) == (
        0,
        f"已规定：A001 沈阿大 — {cadre}（市民政局）必须结对，2014-06-30起\n",
    )
    assert done.err == "提醒：下次 jiemin pair --auto 给他们结对\n"
    assert paired("pair", "--auto", "-y").code == 0
    assert ("A001", cadre) in pairs(paired)
    (rule,) = rules(paired)
    assert rule == {
        "rule_no": "P1",
        "kind": "必须结对",
        "household_no": "A001",
        "head_name": "沈阿大",
        "cadre_no": rule["cadre_no"],
        "cadre_name": cadre,
        "unit": "市民政局",
        "town": None,
        "village": None,
        "kin_name": None,
        "relation": None,
        "id_number": None,
        "reason": "老熟人",
        "from": "2014-06-30",
        "to": None,
    }


def test_a_pair_in_force_can_be_made_to_stay(paired: Run) -> None:
    done = paired("pair", "rule", "pin", "A001", lead(paired, "A001"))
    assert (done.code, done.err) == (0, "")


def test_a_pair_that_must_not_be_ends_with_the_next_run(paired: Run) -> None:
    cadre = lead(paired, "A001")
    done = paired("pair", "rule", "bar", "A001", cadre, "--reason", "有矛盾")
    assert (done.code, "不得结对，2014-06-30起" in done.out) == (0, True)
    assert f"A001和{cadre}还在结对：下次 jiemin pair --auto 会结束它" in done.err
    assert "jiemin pair end A001 C" in done.err
    assert ("A001", cadre) in pairs(paired)
    assert paired("pair", "--auto", "-y").code == 0
    assert ("A001", cadre) not in pairs(paired)
    shown = paired("pair", "show", "A001", "--json").json["pairings"]
    assert [each["end_reason"] for each in shown if each["cadre_name"] == cadre] == [
        "按规定不得和这一户结对：有矛盾"
    ]
    refused = paired("pair", "add", "A001", cadre)
    assert (refused.code, refused.out) == (1, "")
    assert refused.err.startswith(f"错误：{cadre}和A001不能结对：按规定不得和这一户结对：有矛盾\n办法：")


def test_of_one_pair_one_thing_is_laid_down(paired: Run) -> None:
    paired("pair", "rule", "pin", "A001", "顾员1")
    for words in (("pin",), ("bar", "--reason", "有矛盾")):
        done = paired("pair", "rule", words[0], "A001", "顾员1", *words[1:])
        assert (done.code, done.out) == (1, "")
        assert "已经规定必须结对" in done.err
        assert "jiemin pair rule end P1" in done.err
    assert paired("pair", "rule", "end", "p1").out == "已取消：P1 必须结对，没有生效过\n"
    assert paired("pair", "rule", "bar", "A001", "顾员1", "--reason", "有矛盾").code == 0
    done = paired("pair", "rule", "pin", "A001", "顾员1")
    assert (done.code, "已经规定不得结对" in done.err, "end B2" in done.err) == (1, True, True)


def test_who_must_not_be_paired_cannot_be_pinned(paired: Run) -> None:
    paired("pair", "rule", "kin", "方局1", "--name", "沈阿大", "--relation", "父", "--id", HEAD)
    done = paired("pair", "rule", "pin", "A001", "方局1")
    assert (done.code, done.out) == (1, "")
    assert "方局1和A001不能结对：有近亲属（父）在这一户，应当回避" in done.err


def test_near_kin_are_kept_apart(paired: Run) -> None:
    cadre = lead(paired, "A001")
    paired("pair", "rule", "pin", "A001", cadre)
    done = paired("pair", "rule", "kin", cadre, "--name", " 沈 阿大", "--relation", "父", "--id", HEAD)
    assert (done.code, done.out) == (0, f"已备案：{cadre}的近亲属沈阿大（父），2014-06-30起\n")
    assert f"A001和{cadre}还在结对：下次 jiemin pair --auto 会结束它" in done.err
    assert f"A001和{cadre}已经规定必须结对，现在应当回避；解除用 jiemin pair rule end P1" in done.err
    run = paired("pair", "--auto", "-y")
    assert run.code == 0
    assert "应当回避" in run.out
    assert ("A001", cadre) not in pairs(paired)
    rule = rules(paired)[1]
    assert (rule["rule_no"], rule["kin_name"], rule["relation"]) == ("K1", "沈阿大", "父")
    assert rule["id_number"] == f"330483********{HEAD[-4:]}"
    listed = paired("pair", "rule", "list").out
    assert "沈阿大（父） 330483********" in listed
    assert HEAD not in listed


def test_a_decision_that_agrees_with_kinship_is_no_clash(paired: Run) -> None:
    cadre = other(paired, "A001")
    paired("pair", "rule", "bar", "A001", cadre, "--reason", "有矛盾")
    done = paired("pair", "rule", "kin", cadre, "--name", "沈阿大", "--id", HEAD)
    assert (done.code, done.err) == (0, "")


def test_kin_without_a_number_live_where_it_is_said(run: Run, paired: Run) -> None:
    cadre = lead(paired, "A002")
    done = run("pair", "rule", "kin", cadre, "--name", "朱阿二", "--household", "朱水根")
    assert (done.code, "还在结对" in done.err) == (0, True)
    (rule,) = rules(paired)
    assert (rule["household_no"], rule["head_name"], rule["id_number"]) == ("A002", "朱水根", None)
    unknown = id_number(date(1970, 1, 2), 7)
    done = run("pair", "rule", "kin", cadre, "--name", "某人", "--id", unknown)
    assert (done.code, done.err) == (0, "提醒：现在没有哪一户有这个人；以后有了，自动回避\n")


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ((), "没有写近亲属的身份证号或所在的户"),
        (("--id", "无"), "没有写近亲属的身份证号或所在的户"),
        (("--id", "33048319500314"), "近亲属的身份证号不对"),
        (("--id", HEAD[:-1] + ("1" if HEAD[-1] != "1" else "2")), "近亲属的身份证号不对"),
        (("--id", id_number(date(1980, 1, 2), 3)), "这是干部本人的身份证号"),
    ],
)
def test_kin_that_cannot_be_found_are_refused(
    paired: Run, tmp_path: Path, options: tuple[str, ...], words: str
) -> None:
    row = ("方局1", "市民政局", "副局长", "是", "石门镇", "望湖村", id_number(date(1980, 1, 2), 3))
    write_workbook(tmp_path / "c.xlsx", {"干部": [(*CADRE_HEADER, "身份证号"), row]})
    assert paired("import", "c.xlsx").code == 0
    done = paired("pair", "rule", "kin", "方局1", "--name", "某人", *options)
    assert (done.code, done.out) == (1, "")
    assert words in done.err
    assert "办法：" in done.err
    assert rules(paired) == []


def test_the_same_kin_are_declared_once(paired: Run) -> None:
    kin = ("pair", "rule", "kin", "方局1", "--name", "沈阿大")
    assert paired(*kin, "--household", "A001").code == 0
    done = paired(*kin, "--id", HEAD)
    assert (done.code, "已经备案，编号K1" in done.err) == (1, True)
    assert paired("pair", "rule", "kin", "方局2", "--name", "沈阿大", "--id", HEAD).code == 0
    assert paired(*kin, "--household", "A002").code == 0, "a namesake who lives elsewhere"


def test_a_unit_takes_a_village(run: Run, paired: Run) -> None:
    done = run("pair", "rule", "take", "卫生局", "石门望湖村")
    assert (done.code, done.err) == (0, "")
    assert done.out == "已登记：市卫生局包石门镇望湖村，2014-06-30起\n"
    again = run("pair", "rule", "take", "市卫生局", "望湖村")
    assert (again.code, "市卫生局已经包石门镇望湖村" in again.err) == (1, True)
    second = run("pair", "rule", "take", "市民政局", "石门镇望湖村")
    assert (second.code, "市卫生局也包这个村" in second.err) == (0, True)
    found = rules(paired)
    assert [(each["kind"], each["unit"], each["town"], each["village"]) for each in found] == [
        ("包村", "市卫生局", "石门镇", "望湖村"),
        ("包村", "市民政局", "石门镇", "望湖村"),
    ]
    assert run("pair", "rule", "end", found[1]["rule_no"]).code == 0
    assert [each["unit"] for each in rules(paired)] == ["市卫生局"]
    spare = next(
        each["name"]
        for each in run("cadre", "list", "--json").json["cadres"]
        if each["unit"] == "市民政局" and "A001" not in each["households"]
    )
    by_hand = run("pair", "add", "A001", spare)
    assert (by_hand.code, "这个村由市卫生局包村" in by_hand.err) == (0, True)


def test_what_a_unit_takes_later_it_may_take_today(paired: Run) -> None:
    paired("pair", "rule", "take", "市卫生局", "望湖村", "--on", "2014-08-01")
    done = paired("pair", "rule", "take", "市卫生局", "望湖村")
    assert (done.code, done.err) == (0, "")


def test_a_pair_within_all_limits_is_made_without_a_word(run: Run, tmp_path: Path) -> None:
    county(tmp_path)
    run("import", "households.xlsx")
    run("pair", "rule", "take", "市卫生局", "望湖村")
    done = run("pair", "add", "A001", "顾员1")
    assert (done.code, done.err) == (0, "")


def test_only_the_unit_that_takes_a_village_is_newly_paired_there(run: Run, tmp_path: Path) -> None:
    county(tmp_path)
    run("import", "households.xlsx")
    run("pair", "rule", "take", "市卫生局", "望湖村")
    run("pair", "rule", "take", "市民政局", "塘东村")
    assert run("pair", "--auto", "-y").code == 0
    listed = run("pair", "list", "--json").json["pairings"]
    assert {each["unit"] for each in listed if each["household_no"] in {"A001", "A004"}} == {"市卫生局"}
    assert {each["unit"] for each in listed if each["household_no"] in {"A002", "A005"}} == {"市民政局"}


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("take", "市气象局", "望湖村"), "没有找到单位“市气象局”"),
        (("take", "市", "望湖村"), "有2个单位符合“市”"),
        (("take", "市卫生局", "望月村"), "没有找到村（社区）“望月村”"),
        (("take", "市卫生局", "乌镇望湖村"), "没有找到村（社区）“乌镇望湖村”"),
        (("pin", "A099", "方局1"), "没有找到困难家庭"),
        (("bar", "A001", "某人", "--reason", "x"), "没有找到干部"),
        (("kin", "方局1", "--name", "某人", "--household", "A099"), "没有找到困难家庭"),
        (("end", "P9"), "没有编号为“P9”的规定"),
        (("end", "九"), "没有编号为“九”的规定"),
    ],
)
def test_what_is_not_there_is_told(paired: Run, words: tuple[str, ...], told: str) -> None:
    done = paired("pair", "rule", *words)
    assert (done.code, done.out) == (5, "")
    assert told in done.err
    assert "办法：" in done.err


def test_a_village_of_two_towns_needs_its_town(paired: Run, tmp_path: Path) -> None:
    villages = [("镇(街道)", "村(社区)"), ("乌镇镇", "望湖村")]
    write_workbook(tmp_path / "v.xlsx", {"村": villages})
    assert paired("import", "v.xlsx").code == 0
    done = paired("pair", "rule", "take", "市卫生局", "望湖村")
    assert (done.code, "有2个村符合“望湖村”" in done.err) == (5, True)
    assert paired("pair", "rule", "take", "市卫生局", "乌镇镇望湖村").code == 0


def test_a_villages_whole_name_goes_before_a_part_of_it(paired: Run, tmp_path: Path) -> None:
    villages = [("镇(街道)", "村(社区)"), ("大麻镇", "庄村"), ("乌镇镇", "大庄村")]
    write_workbook(tmp_path / "v.xlsx", {"村": villages})
    assert paired("import", "v.xlsx").code == 0
    assert "包乌镇镇大庄村" in paired("pair", "rule", "take", "市卫生局", "大庄村").out
    assert "包大麻镇庄村" in paired("pair", "rule", "take", "市卫生局", "大麻庄村").out


def test_what_has_ended_stays_in_history(paired: Run) -> None:
    paired("pair", "rule", "pin", "A001", "顾员1", "--on", "2014-05-01")
    paired("pair", "rule", "kin", "方局1", "--name", "沈阿大", "--id", HEAD, "--on", "2014-05-01")
    paired("pair", "rule", "take", "市卫生局", "望湖村", "--on", "2014-05-01")
    numbers = [each["rule_no"] for each in rules(paired)]
    for number in numbers:
        assert paired("pair", "rule", "end", number).out.endswith("自2014-06-30起不再适用\n")
        again = paired("pair", "rule", "end", number)
        assert (again.code, f"{number}自2014-06-30起已经解除" in again.err) == (1, True)
    assert rules(paired) == []
    assert paired("pair", "rule", "list").out == "没有规定、近亲属备案和包村\n"
    assert [(each["rule_no"], each["from"], each["to"]) for each in rules(paired, "--history")] == [
        (number, "2014-05-01", "2014-06-30") for number in numbers
    ]


def test_every_decision_can_be_undone_and_is_in_the_log(paired: Run) -> None:
    done = [
        ("pin", "A001", "顾员1"),
        ("bar", "A002", "顾员1", "--reason", "有矛盾"),
        ("kin", "方局1", "--name", "沈阿大", "--id", HEAD),
        ("take", "市卫生局", "望湖村"),
    ]
    for words in done:
        assert paired("pair", "rule", *words).code == 0
    log = paired("log").out
    assert all(word in log for word in ("规定必须结对", "规定不得结对", "近亲属备案", "登记包村"))
    assert "沈阿大" not in log
    assert HEAD not in paired("log", "--json").out
    for left in (3, 2, 1, 0):
        assert paired("undo").code == 0
        assert len(rules(paired, "--history")) == left


def test_what_is_laid_down_of_a_duplicate_holds_of_the_record(paired: Run, take: Take) -> None:
    take(HOUSEHOLD_HEADER, ("A009", "石门镇", "望湖村", "沈大阿", "", 3, "农村低保", 2, 300))
    paired("pair", "rule", "bar", "A009", "顾员2", "--reason", "有矛盾")
    paired("pair", "rule", "kin", "顾员2", "--name", "某人", "--household", "A009")
    first, second = (
        each["cadre_no"]
        for each in paired("cadre", "list", "--json").json["cadres"]
        if each["name"] in {"顾员1", "顾员2"}
    )
    assert paired("duplicates", "merge", first, second, "-y").code == 0
    assert paired("duplicates", "merge", "A001", "A009", "-y").code == 0
    assert {(each["rule_no"], each["household_no"], each["cadre_name"]) for each in rules(paired)} == {
        ("B1", "A001", "顾员1"),
        ("K1", "A001", "顾员1"),
    }
    assert (paired("undo").code, paired("undo").code) == (0, 0)
    assert {(each["household_no"], each["cadre_name"]) for each in rules(paired)} == {("A009", "顾员2")}


def test_limits_by_hand_only_warn(paired: Run) -> None:
    cadre = next(
        each for each in paired("cadre", "list", "--json").json["cadres"] if each["unit"] == "市卫生局"
    )
    number = next(f"A00{n}" for n in range(1, 7) if f"A00{n}" not in cadre["households"])
    done = paired("pair", "add", number, cadre["cadre_no"])
    load = len(cadre["households"]) + 1
    assert (done.code, f"{cadre['name']}有{load}户了，按规定最多1户" in done.err) == (0, True)


def test_a_household_with_more_cadres_than_the_county_allows_is_told(paired: Run, tmp_path: Path) -> None:
    (tmp_path / "本县.toml").write_text("[pairing]\ncadres_max = 1\nleader_max = 9\n", "utf-8")
    spare = next(
        each["cadre_no"]
        for each in paired("cadre", "list", "--json").json["cadres"]
        if "A001" not in each["households"]
    )
    done = paired("--policy", "本县.toml", "pair", "add", "A001", spare)
    assert (done.code, "按规定最多1名" in done.err) == (0, True)


def test_ending_a_pair_that_must_be_is_told(paired: Run) -> None:
    name = lead(paired, "A001")
    assert paired("pair", "rule", "pin", "A001", name).code == 0
    done = paired("pair", "end", "A001", name, "--reason", "调离")
    assert done.code == 0
    assert "规定A001必须由" in done.err
    assert "jiemin pair rule end P1" in done.err


def test_nobody_is_kin_of_oneself_by_the_old_number_either(paired: Run, tmp_path: Path) -> None:
    number = id_number(date(1980, 1, 2), 3)
    row = ("方局1", "市民政局", "副局长", "是", "石门镇", "望湖村", number)
    write_workbook(tmp_path / "c.xlsx", {"干部": [(*CADRE_HEADER, "身份证号"), row]})
    assert paired("import", "c.xlsx").code == 0
    old = number[:6] + number[8:17]
    done = paired("pair", "rule", "kin", "方局1", "--name", "某人", "--id", old)
    assert (done.code, "这是干部本人的身份证号" in done.err) == (1, True)
