"""`jiemin import` of the measures of support plans: new ones, and what became of known ones."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from support.imports import Take, codes, counts
from support.registers import DAY, MEASURES, measure, measures
from support.rosters import write_workbook

Run = Callable[..., Any]


def test_measures_come_with_plan_money_and_whoever_answers(paired: Run, take: Take, tmp_path: Path) -> None:
    rows = [
        measure(帮扶计划="4", 责任人="顾员1", 完成时限="2014年9月底前", 金额=6000, 资金来源="财政补助"),
        measure(户编号="A002", 措施内容="介绍岗位", 责任人="王村长", 责任人单位="望湖村委会",
                完成日期="2014-06-20", 完成情况="已上岗"),
        measure(户编号="A003", 措施内容="送米", 责任人单位="市残联", 终止日期="2014-06-01",
                完成情况="不需要了"),
    ]  # fmt: skip
    done = take(MEASURES, *rows)
    assert (done["sheets"][0]["kind"], counts(done), done["problems"]) == ("帮扶措施", (3, 0, 0, 0), [])
    assert measures(tmp_path, "measure_no", "plan", "c.name", "person", "due_on", "amount_fen", "source") == [
        ("M000001", "危房改造", "顾员1", None, "2014-09-30", 600_000, "市财政补助"),
        ("M000002", None, None, "望湖村委会王村长", None, None, None),
        ("M000003", None, None, "市残联", None, None, None),
    ]
    assert measures(tmp_path, "delivered_on", "dropped_on", "outcome") == [
        (None, None, None),
        ("2014-06-20", None, "已上岗"),
        (None, "2014-06-01", "不需要了"),
    ]
    assert counts(take(MEASURES, *rows)) == (0, 0, 3, 0)


def test_without_a_name_the_lead_answers_and_a_blank_replaces_nobody(
    paired: Run, take: Take, tmp_path: Path
) -> None:
    take(MEASURES, measure(), measure(措施内容="送米", 责任人="王村长"))
    (lead, nobody), (none, person) = measures(tmp_path, "c.name", "person")
    assert (lead is not None, nobody, none, person) == (True, None, None, "王村长")
    again = take(MEASURES, measure(), measure(措施内容="送米"), measure(措施内容="送米", 责任人单位="市残联"))
    assert counts(again) == (0, 0, 3, 0)
    take(MEASURES, measure(措施内容="送米", 责任人="顾员2"))
    assert measures(tmp_path, "c.name", "person")[1] == ("顾员2", None)


def test_a_number_changes_a_known_measure_and_nothing_else(paired: Run, take: Take, tmp_path: Path) -> None:
    take(MEASURES, measure(), measure(措施内容="送米"))
    done = take(
        ("措施编号", "措施内容", "完成日期", "完成情况"),
        ("m000002", "送米和油", "2014-06-20", "两袋"),
        ("M000001", None, "2014-06-21", None),
    )
    assert (counts(done), done["problems"]) == ((0, 2, 0, 0), [])
    assert measures(tmp_path, "measure_no", "what", "delivered_on", "outcome") == [
        ("M000001", "翻修屋顶", "2014-06-21", None),
        ("M000002", "送米和油", "2014-06-20", "两袋"),
    ]
    moved = take(MEASURES, measure(措施编号="M000001", 承诺日期="2014-05-25"))
    assert (counts(moved), measures(tmp_path, "promised_on")[0]) == ((0, 1, 0, 0), ("2014-05-25",))


def test_a_delivery_that_a_row_tells_leaves_what_was_planned_before_it(
    paired: Run, take: Take, tmp_path: Path
) -> None:
    take(MEASURES, measure(金额=6000, 资金来源="财政补助"))
    take(MEASURES, measure(完成日期="2014-06-20", 金额=7000, 资金来源="慈善救助"))
    take(MEASURES, measure(完成日期="2014-06-20", 金额=7500))
    assert measures(tmp_path, "amount_fen", "source", "planned_fen", "planned_source") == [
        (750_000, "慈善救助", 600_000, "市财政补助")
    ]
    then = paired("measure", "show", "M000001", "--as-of", "2014-06-01", "--json").json["measure"]
    assert (then["amount_fen"], then["source"]) == (600_000, "市财政补助")
    assert paired("export", "措施", "--as-of", "2014-06-01", "--out", "那天.xlsx").code == 0
    (file,) = paired("import", "那天.xlsx", "--json").json["files"]
    assert (counts(file), file["problems"]) == ((0, 0, 1, 0), [])


@pytest.mark.parametrize(
    ("told", "words"),
    [
        ({"户编号": "A002"}, "这个编号是另一户的"),
        ({"措施内容": "送油", "承诺日期": "2014-05-01"}, "登记的是“翻修屋顶”，2014-05-20承诺"),
    ],
)
def test_a_number_that_contradicts_the_row_rejects_it(
    paired: Run, take: Take, tmp_path: Path, told: dict[str, Any], words: str
) -> None:
    take(MEASURES, measure())
    before = (tmp_path / "jiemin.db").read_bytes()
    done = take(MEASURES, measure(措施编号="M000001", **told))
    (fault,) = done["problems"]
    assert (fault["code"], fault["cell"], fault["severity"]) == ("J445", "A2", "reject")
    assert words in fault["message"]
    assert (tmp_path / "jiemin.db").read_bytes() == before


def test_another_number_is_another_measure(paired: Run, take: Take, tmp_path: Path) -> None:
    take(MEASURES, measure(措施内容="送油"))
    rows = [measure(措施编号="M000007", 金额=100), measure(措施编号="M000009", 金额=200)]
    done = take(MEASURES, *rows)
    assert (counts(done), codes(done)) == ((2, 0, 0, 0), {"A2": "J446", "A3": "J446"})
    assert measures(tmp_path, "measure_no", "amount_fen")[1:] == [("M000002", 10_000), ("M000003", 20_000)]
    again = take(MEASURES, *rows)
    assert (counts(again), again["problems"]) == ((0, 0, 2, 0), [])


def test_without_a_day_the_only_measure_of_that_text_is_meant(
    paired: Run, take: Take, tmp_path: Path
) -> None:
    header = ("户编号", "措施", "责任人", "完成日期")
    assert codes(take(header, ("A001", "翻修屋顶", "王村长", "2014-06-20"))) == {"2": "J432"}
    take(MEASURES, measure())
    for changed in (1, 0):
        done = take(header, ("A001", "翻修屋顶", "", "2014-06-20"), options=["--as-of", "2014-06-25"])
        assert counts(done) == (0, changed, 1 - changed, 0)
    assert measures(tmp_path, "promised_on", "delivered_on") == [(DAY, "2014-06-20")]
    new = take(header, ("A001", "翻修屋顶", "", "2014-06-28"), options=["--as-of", "2014-06-25"])
    assert counts(new) == (1, 0, 0, 0)  # delivered already, so it is done once more
    take(MEASURES, measure(措施内容="送米", 承诺日期="2014-05-01"), measure(措施内容="送米"))
    assert codes(take(header, ("A001", "送米", "", ""))) == {"2": "J432"}


def test_days_that_cannot_be_are_left_out_and_the_rest_is_taken(
    paired: Run, take: Take, tmp_path: Path
) -> None:
    done = take(
        MEASURES,
        measure(完成时限="2014-05-01"),
        measure(措施内容="送米", 完成日期="2014-07-01", 完成情况="已完成"),
        measure(措施内容="送油", 完成日期="2014-05-30", 终止日期="2014-06-10", 完成情况="送到"),
        measure(措施内容="送煤", 完成情况="已完成"),
        measure(措施内容="送衣", 完成情况="进行中"),
        measure(措施内容="送书", 承诺日期="2014-07-01"),
    )
    assert codes(done) == {"H2": "J441", "I3": "J440", "J4": "J444", "K5": "J443", "G7": "J430"}
    assert counts(done) == (5, 0, 0, 1)
    assert measures(tmp_path, "due_on", "delivered_on", "dropped_on", "outcome") == [
        (None, None, None, None),
        (None, None, None, None),
        (None, "2014-05-30", None, "送到"),
        (None, None, None, None),
        (None, None, None, None),
    ]
    ended = take(MEASURES, measure(措施内容="送油", 终止日期="2014-06-10"))
    assert (codes(ended), counts(ended)) == ({"J2": "J444"}, (0, 0, 1, 0))
    moved = take(MEASURES, measure(措施编号="M000003", 措施内容="送油", 承诺日期="2014-06-01"))
    assert (codes(moved), counts(moved)) == ({"G2": "J441"}, (0, 0, 1, 0))


def test_two_rows_for_one_measure_may_not_disagree(paired: Run, take: Take, tmp_path: Path) -> None:
    rows = [
        measure(完成时限="2014-08-31", 责任人="王村长"),
        measure(完成时限="2014-09-30", 责任人="李医生", 金额=5),
    ]
    done = take(MEASURES, *rows)
    assert sorted((each["code"], each["cell"]) for each in done["problems"]) == [
        ("J438", "E3"),
        ("J438", "H3"),
    ]
    assert measures(tmp_path, "due_on", "person", "amount_fen") == [("2014-08-31", "王村长", 500)]
    assert counts(take(MEASURES, *rows)) == (0, 0, 2, 0)


def test_a_promise_of_a_visit_is_the_measure_of_that_text_and_day(paired: Run, tmp_path: Path) -> None:
    visit = ("走访日期", "户编号", "走访方式", "暖心手记", "承诺事项", "承诺完成时限")
    write_workbook(
        tmp_path / "本季.xlsx",
        {
            "走访": [visit, (DAY, "A001", "走访", "好", "翻修屋顶", "2014-08-31")],
            "措施": [MEASURES, measure(帮扶计划="4", 金额=6000)],
        },
    )
    for _ in range(2):
        assert paired("import", "本季.xlsx").code == 0
    assert measures(tmp_path, "measure_no", "visit_id", "plan", "due_on", "amount_fen") == [
        ("M000001", 1, "危房改造", "2014-08-31", 600_000)
    ]


def test_promises_alike_are_told_apart_by_what_is_said_not_by_numbers_of_elsewhere(
    paired: Run, tmp_path: Path
) -> None:
    visit = ("走访日期", "户编号", "走访干部", "走访方式", "暖心手记", "承诺事项", "承诺完成时限")
    header = ("措施编号", "户编号", "措施内容", "责任人", "承诺日期", "完成时限", "金额（元）")
    write_workbook(
        tmp_path / "别处.xlsx",
        {
            "走访": [
                visit,
                (DAY, "A001", "顾员1", "走访", "好", "翻修屋顶", "2014-08-31"),
                (DAY, "A001", "顾员2", "走访", "也好", "翻修屋顶", ""),
                (DAY, "A001", "", "电话", "还好", "翻修屋顶", ""),
            ],
            "措施": [
                header,
                ("M000001", "A001", "翻修屋顶", "", DAY, "", 1),
                ("M000002", "A001", "翻修屋顶", "顾员1", DAY, "2014-08-31", 2),
                ("M000003", "A001", "翻修屋顶", "顾员2", DAY, "", 3),
            ],
        },
    )
    assert paired("import", "别处.xlsx").code == 0
    assert measures(tmp_path, "visit_id", "due_on", "amount_fen") == [
        (1, "2014-08-31", 200),
        (2, None, 300),
        (3, None, 100),
    ]


def test_whoever_cannot_be_told_rejects_the_row(paired: Run, take: Take, tmp_path: Path) -> None:
    header = ("干部编号", "姓名", "单位")
    take(header, ("K1", "方同", "市民政局"), ("K2", "方同", "市卫生局"))
    by_name = take(
        MEASURES, measure(责任人="方同"), measure(措施内容="送米", 责任人="方同", 责任人单位="市卫生局")
    )
    assert (codes(by_name), counts(by_name)) == ({"E2": "J503"}, (1, 0, 0, 1))
    numbered = ("户编号", "措施内容", "责任人", "责任人编号", "承诺日期")
    done = take(
        numbered,
        ("A001", "送油", "方同", "K1", DAY),
        ("A001", "送煤", "王五", "K1", DAY),
        ("A001", "送衣", "", "K9", DAY),
    )
    assert (codes(done), counts(done)) == ({"D3": "J508", "D4": "J502"}, (1, 0, 0, 2))


def test_a_measure_without_a_plan_is_no_promise_of_a_visit(paired: Run, take: Take) -> None:
    words = ("--date", "2014-05-12", "--promise", "送书", "--promise-due", "2014-07-31")
    assert paired("visit", "add", "A001", *words).code == 0
    take(MEASURES, measure(户编号="A001", 措施内容="送米"))
    lines = paired("measure", "list").out.splitlines()
    told = {line.split()[0]: "走访承诺" in line for line in lines if line.startswith("M")}
    assert told == {"M000001": True, "M000002": False}
