"""From tables to parameters: days are judged whatever else is wrong, values held to what makes sense."""

from datetime import date

import pytest

from jiemin.errors import JieminError
from jiemin.policy.book_file import parse_book

VALUE = """
from = 2014-05-01
issued = 2014-04-20
value = 430
document = "桐民〔2014〕20号"
clause = "一"
basis = "raise"
"""
ORIGINAL = VALUE.replace('"raise"', '"existing"').replace("2014-05-01", "2014-01-01").replace("430", "400")


def faults_of(text: str) -> list[str]:
    """The lines under the first of the one error a text raises."""
    with pytest.raises(JieminError) as raised:
        parse_book(text, "本县.toml")
    return [line.strip() for line in raised.value.message.split("\n")[1:]]


def limited(key: str, unit: str, value: str) -> str:
    return f'[{key}]\ntitle = "甲"\nunit = "{unit}"\n[[{key}.values]]{ORIGINAL.replace("400", value)}'


def test_days_are_judged_whatever_else_is_wrong_with_a_value() -> None:
    line = '[a]\nunit = "元/人/月"\n'
    nameless = ORIGINAL.replace("桐民〔2014〕20号", "") + "to = 2014-02-28\n"
    later = VALUE.replace("430", '"430"').replace('"raise"', '"existing"')
    lonely = '[b]\ntitle = "乙"\nunit = "元/人/月"\n[[b.values]]' + VALUE.replace("clause", "claus")
    told = faults_of(f"{line}[[a.values]]{nameless}[[a.values]]{later}{lonely}")
    assert "本县.toml：a 第1条：document 应是有内容的文字，要加引号" in told
    assert "本县.toml：a：中间断了：2014-03-01到2014-04-30没有数值" in told
    assert told[-1].startswith("本县.toml：b：从2014-05-01起的提标没有对照")


@pytest.mark.parametrize("days", ['to = "2014-02-28"', "to = 2013-12-31"], ids=str)
def test_a_value_of_days_that_cannot_be_read_is_believed_to_fill_the_gaps(days: str) -> None:
    line = '[a]\ntitle = "甲"\nunit = "元/人/月"\n'
    (fault,) = faults_of(f"{line}[[a.values]]{ORIGINAL}{days}\n[[a.values]]{VALUE}")
    assert fault.startswith("本县.toml：a 第1条：to ")


def test_a_book_kept_with_awards_is_not_judged_again() -> None:
    ended = f"[[a.values]]{VALUE}to = 2014-05-31\n"
    later = f"[[a.values]]{VALUE.replace('2014-05-01', '2014-07-01')}"
    text = f'[a]\ntitle = "甲"\nunit = "元/人/月"\n[[a.values]]{ORIGINAL}{ended}{later}'
    assert len(faults_of(text)) == 1
    assert parse_book(limited("pension.share", "%", "150"), "数据库", kept=True)
    assert parse_book(text, "数据库", kept=True).on(date(2014, 7, 1)).value("a", "试算").amount == 43000


@pytest.mark.parametrize(
    ("key", "unit", "value", "told"),
    [
        ("pension.share", "%", "100.1", "100.1%，应在0%和100%之间"),
        ("health_insurance.share", "%", "150", "150%，应在0%和100%之间"),
        ("illness_insurance.share", "%", "1000", "1000%，应在0%和100%之间"),
        ("medical_aid.rate", "%", "101", "101%，应在0%和100%之间"),
        ("supplement.elder_age", "岁", "0", "0周岁，应在1和120周岁之间"),
        ("supplement.minor_age", "岁", "121", "121周岁，应在1和120周岁之间"),
    ],
)
def test_a_value_outside_sense_is_refused(key: str, unit: str, value: str, told: str) -> None:
    assert faults_of(limited(key, unit, value)) == [f"本县.toml：{key} 第1条：value 不能是{told}"]


@pytest.mark.parametrize(
    ("key", "unit", "value"),
    [
        ("pension.share", "%", "100"),
        ("medical_aid.raise", "%", "130"),
        ("housing.raise", "%", "200"),
        ("supplement.elder_age", "岁", "120"),
        ("supplement.minor_age", "岁", "1"),
    ],
)
def test_values_at_the_edge_and_raises_over_the_whole_are_sound(key: str, unit: str, value: str) -> None:
    assert parse_book(limited(key, unit, value), "x").states(key)
