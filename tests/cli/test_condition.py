"""`jiemin condition`: what was measured of a family is entered by name and value, corrected, and listed."""

from collections.abc import Callable
from typing import Any

import pytest

from jiemin.cli.screen import width

Run = Callable[..., Any]


def dates(run: Run, *words: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = run("condition", "list", "A001", *words, "--json").json["dates"]
    return found


def values(day: dict[str, Any]) -> dict[str, Any]:
    return {each["condition"]: each["number"] or each["word"] for each in day["conditions"]}


def test_several_are_set_at_once_under_any_of_their_names(paired: Run) -> None:
    done = paired(
        "condition",
        "set",
        "A001",
        "--on",
        "2014-05-12",
        "工资=1.2万",
        "住房面积 ＝ 60.5㎡",
        "房屋结构=砖木结构",
    )
    assert done.code == 0
    assert "工资性收入 12,000元" in done.out
    found = dates(paired)
    assert [day["date"] for day in found] == ["2014-05-12"]
    assert values(found[0]) == {"工资性收入": 1_200_000, "住房面积": 6050, "住房结构": "砖木"}


def test_the_same_day_again_is_a_correction_and_undone(paired: Run) -> None:
    paired("condition", "set", "A001", "工资性收入=12000")
    again = paired("condition", "set", "A001", "工资性收入=13000", "就业人数=1")
    assert "工资性收入 13,000元（更正，原来是12,000元）" in again.out
    assert paired("log", "--json").json["actions"][-1]["counts"] == {"new": 1, "changed": 1}
    assert values(dates(paired)[0]) == {"工资性收入": 1_300_000, "就业人数": 1}
    paired("undo")
    assert values(dates(paired)[0]) == {"工资性收入": 1_200_000}
    before = paired("log", "--json").json
    assert "没有变化" in paired("condition", "set", "A001", "工资性收入=12000").out
    assert paired("log", "--json").json == before
    paired("undo", "3")
    assert dates(paired) == []
    assert "还没有登记过状况" in paired("condition", "list", "A001").out


def test_a_number_may_become_another_and_a_word_another(paired: Run) -> None:
    paired("condition", "set", "A001", "危房等级=D级")
    done = paired("condition", "set", "A001", "危房等级=安全", "--json").json
    assert done["conditions"][0]["corrected"]["word"] == "D级"
    assert (done["date"], done["doubts"]) == ("2014-06-30", [])


def test_what_was_measured_before_is_told_beside_it(paired: Run) -> None:
    paired("condition", "set", "A001", "--on", "2014-04-01", "就业人数=1")
    done = paired("condition", "set", "A001", "就业人数=2")
    assert "就业人数 2人（上一次2014-04-01：1人）" in done.out
    again = paired("condition", "set", "A001", "就业人数=3", "--json").json["conditions"][0]
    assert (again["earlier"]["date"], again["earlier"]["number"], again["corrected"]["number"]) == (
        "2014-04-01",
        1,
        2,
    )


def test_net_income_follows_from_what_was_measured_by_then(paired: Run) -> None:
    paired("condition", "set", "A001", "--on", "2014-04-01", "工资=10000", "生产支出=1000")
    paired("condition", "set", "A001", "--on", "2014-05-01", "住房面积=60")
    paired("condition", "set", "A001", "低保金=4800.5")
    assert [day["net_income"]["fen"] for day in dates(paired)] == [900_000, 900_000, 1_380_050]
    assert [day["date"] for day in dates(paired, "--as-of", "2014-05-31")] == ["2014-04-01", "2014-05-01"]
    shown = paired("condition", "list", "A001").out
    assert "年纯收入" in shown
    assert "13,800.50元" in shown
    assert "按每项最近一次的数算：工资性收入、低保金收入、生产经营支出" in shown


def test_many_days_show_the_latest_and_say_so(paired: Run) -> None:
    for day in range(1, 8):
        paired("condition", "set", "A001", "--on", f"2014-06-0{day}", f"工资={1_000_000 + day}")
    shown = paired("condition", "list", "A001").out
    assert "2014-06-02" not in shown.splitlines()[1]
    assert "2014-06-07" in shown.splitlines()[1]
    assert "更早还有2天" in shown
    assert max(map(width, (line for line in shown.splitlines() if "、" not in line))) <= 100
    assert len(dates(paired)) == 7


def test_what_can_hardly_be_is_kept_and_told(paired: Run) -> None:
    done = paired("condition", "set", "A001", "劳动力=1", "就业=2", "在读=5")
    assert done.code == 0
    assert "注意：就业人数2人，比劳动力人数1人多" in done.out
    assert "注意：在读人数5人，比家庭人口3人多" in done.out
    assert values(dates(paired)[0]) == {"劳动力人数": 1, "就业人数": 2, "在读人数": 5}
    assert "注意" not in paired("condition", "set", "A001", "工资=1").out


@pytest.mark.parametrize(
    ("words", "code", "said"),
    [
        (("工资",), 2, "要写成 项目=数值"),
        (("=5",), 2, "要写成 项目=数值"),
        (("工资=",), 1, "没有写是多少"),
        (("工资=-1",), 1, "小于0"),
        (("工资=每月500",), 1, "按月的数"),
        (("住房结构=楼房",), 1, "没有“楼房”这一种"),
        (("工资性收人=1",), 1, "是不是“工资性收入”"),
        (("收成=1",), 1, "没有“收成”这一项"),
        (("工资=1", "工资性收入=2"), 1, "写了两遍"),
        (("工资=1", "就业=很多"), 1, "看不懂"),
        (("--on", "2014-07-01", "工资=1"), 1, "还没有到"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_written(
    paired: Run, words: tuple[str, ...], code: int, said: str
) -> None:
    done = paired("condition", "set", "A001", *words)
    assert (done.code, done.out) == (code, "")
    assert said in done.err
    assert dates(paired) == []


def test_what_was_before_the_first_roster_can_be_told(paired: Run) -> None:
    assert paired("condition", "set", "A001", "--on", "2013-07-01", "工资=1").code == 0
    assert [each["date"] for each in dates(paired)] == ["2013-07-01"]


def test_an_unknown_family_is_not_found(paired: Run) -> None:
    assert paired("condition", "set", "A999", "工资=1").code == 5
    assert paired("condition", "list", "A999").code == 5
