"""What a sheet says of all its rows: by its name, its title, or a column it does not have."""

from typing import Any

import pytest
from support.grids import TODAY, faults, grid, values

from jiemin.domain.codes import VisitKind
from jiemin.domain.problems import Severity
from jiemin.domain.roster import RosterSheet
from jiemin.sheets.layout.header import find_header
from jiemin.sheets.layout.title import Named, place_named
from jiemin.sheets.sheet_reading import read_sheet

HOUSEHOLDS = ("户主姓名", "困难类别")
ROW = ("沈阿大", "五保")


def read(name: str, *rows: tuple[Any, ...]) -> RosterSheet:
    made = grid(*rows)
    made.name = name
    header = find_header(made)
    assert header is not None
    return read_sheet(made, header, "名册.xlsx", TODAY)


@pytest.mark.parametrize(
    ("name", "village"),
    [
        ("虹桥村", "虹桥村"),
        (" 新桥 社区 ", "新桥社区"),
        ("南门居委会", "南门居委会"),
        *[(name, None) for name in ("农村", "各村", "全村", "分村", "行政村", "村", "社区", "1村", "Sheet1")],
        *[(name, None) for name in ("困难家庭", "虹桥村名册", "虹桥村-塘东村", "农村社区", "各社区")],
    ],
)
def test_a_village_as_the_name_of_a_sheet(name: str, village: str | None) -> None:
    assert place_named(name, []).village == village


PLACES = [
    (["乌镇镇"], "乌镇镇", None),
    (["梧桐街道"], "梧桐街道", None),
    (["困难家庭名册", " 石门镇 "], "石门镇", None),
    (["乌镇镇困难家庭名册"], "乌镇镇", None),
    (["乌镇镇庄家村困难家庭名册"], "乌镇镇", "庄家村"),
    (["乌镇庄家村困难家庭名册"], "乌镇", "庄家村"),
    (["浙江省嘉兴市桐乡市 乌镇镇 庄家村 2014年困难家庭名册"], "乌镇镇", "庄家村"),
    (["桐乡市梧桐街道杨家门社区居委会低保名单"], "梧桐街道", "杨家门社区"),
    (["庄家村村民委员会困难家庭花名册"], None, "庄家村"),
    (["石门镇2014年第二季度走访记录"], "石门镇", None),
    (["石门镇人民政府关于困难家庭的名册"], "石门镇", None),
    (["填报单位：乌镇镇人民政府      填报时间：2014年6月30日    审核人："], "乌镇镇", None),
    (["填报单位（盖章）：", "石门镇人民政府", "填报人：张三"], "石门镇", None),
    (["单位：乌镇镇庄家村"], "乌镇镇", "庄家村"),
    (["镇（街道）：石门镇", "村（社区）：春丽桥村"], "石门镇", "春丽桥村"),
    (["镇：石门镇    村：春丽桥村    组：3"], "石门镇", "春丽桥村"),
    (["乌镇镇农村低保家庭名册"], "乌镇镇", None),
    (["乌镇镇困难村民名册"], "乌镇镇", None),
    (["乌镇镇各村困难家庭名册"], "乌镇镇", None),
    (["乌镇镇村社区困难家庭名册"], "乌镇镇", None),
    (["石门镇望湖村和塘东村困难家庭名册"], "石门镇", None),
    (["石门镇和平村困难家庭名册"], "石门镇", "和平村"),
    (["石门镇望湖村结对名单"], "石门镇", "望湖村"),
]
NO_PLACES = """
    城镇 乡镇 各镇 全镇 镇 街道 各街道 本街道 城镇低保家庭名册 农村低保家庭名册 城镇居民低保名单
    农村社区低保名单 桐乡市困难家庭名册 桐乡市城镇低保名册 桐乡市各镇街道困难家庭名册
    关于各镇困难家庭的名册 各镇困难家庭名册 全镇困难家庭名册 乌镇镇、石门镇困难家庭名册
    填报单位：乌镇镇、石门镇 填报单位：民政局 单位：户、人、元 低收入农村家庭 美丽乡村结对名单
    新农村低保名单 经济薄弱村结对名单 各村低保名单 结对村困难家庭 城乡社区困难家庭
    市镇村三级干部结对名单 镇村干部结对困难家庭名单 单位联系村困难家庭名单 机关干部进村结对名单
    低保城镇户名单 所在村困难家庭名册 镇（街道）： 困难群众名册 镇长接待日登记 村民困难情况登记
    村级困难家庭名册 街道困难家庭名册 社区困难家庭名册 示范镇结对名单 庄家村庄稼受灾名单
    沈家镇长联系名单 乌镇镇结对石门镇困难家庭名册
""".split()


@pytest.mark.parametrize(("titles", "town", "village"), PLACES)
def test_the_place_in_titles_and_lines_above_the_table(
    titles: list[Any], town: str | None, village: str | None
) -> None:
    named = place_named("Sheet1", [2014, "附件1", *titles, "说明" * 200 + "镇"])
    assert (named.town, named.village, named.besides) == (town, village, ())


@pytest.mark.parametrize("title", NO_PLACES)
def test_what_only_looks_like_a_place(title: str) -> None:
    assert place_named(title, [title]) == Named()


def test_the_name_goes_before_the_title_and_the_other_place_is_told() -> None:
    sheet = read("虹桥村", ("乌镇镇塘东村困难家庭名册",), HOUSEHOLDS, ROW)
    assert [(row["town"], row["village"]) for row in values(sheet)] == [("乌镇镇", "虹桥村")]
    assert sheet.problems[0].message.endswith("镇(街道)为“乌镇镇”、村(社区)为“虹桥村”；表里还写着“塘东村”")


def test_a_sheet_for_each_village_of_a_town() -> None:
    sheet = read("虹桥村", ("乌镇镇",), HOUSEHOLDS, ROW)
    assert [(row["town"], row["village"]) for row in values(sheet)] == [("乌镇镇", "虹桥村")]
    assert [(each.code, each.cell, each.severity) for each in sheet.problems] == [("J207", "", Severity.WARN)]
    assert "镇(街道)为“乌镇镇”、村(社区)为“虹桥村”" in sheet.problems[0].message


def test_a_sheet_for_each_town() -> None:
    sheet = read("石门镇", (*HOUSEHOLDS, "村"), (*ROW, "望湖村"), ("朱水根", "五保", ""))
    assert [(row["town"], row.get("village")) for row in values(sheet)] == [
        ("石门镇", "望湖村"),
        ("石门镇", None),
    ]


def test_columns_of_the_sheet_go_before_its_name_even_where_they_are_blank() -> None:
    sheet = read(
        "虹桥村",
        ("石门镇",),
        ("镇", "村", *HOUSEHOLDS),
        ("乌镇镇", "", *ROW),
        ("", "塘东村", "朱水根", "五保"),
    )
    assert [(row.get("town"), row.get("village")) for row in values(sheet)] == [
        ("乌镇镇", None),
        (None, "塘东村"),
    ]
    assert faults(sheet) == []


@pytest.mark.parametrize("labels", [("姓名", "单位", "职务"), HOUSEHOLDS])
def test_a_list_of_cadres_and_a_blank_one_take_no_place(labels: tuple[str, ...]) -> None:
    rows = [("方卫东", "民政局", "局长")] if "单位" in labels else []
    sheet = read("虹桥村", ("乌镇镇",), labels, *rows)
    assert all("village" not in row and "town" not in row for row in values(sheet))
    assert "J207" not in [code for code, _ in faults(sheet)]


VISITS = ("走访日期", "户主姓名", "走访干部")


def test_visits_without_a_column_for_their_kind_are_told_once() -> None:
    sheet = read("走访", VISITS, *[(f"2014-05-0{day}", "沈阿大", "方卫东") for day in (5, 6, 7)])
    assert [row["visit_kind"] for row in values(sheet)] == [VisitKind.CALL_ON] * 3
    assert [(each.code, each.cell, each.severity) for each in sheet.problems] == [("J605", "", Severity.WARN)]


def test_a_blank_kind_in_its_column_stays_blank() -> None:
    sheet = read("走访", (*VISITS, "走访方式"), ("2014-05-06", "沈阿大", "方卫东", ""))
    assert "visit_kind" not in values(sheet)[0]
    assert faults(sheet) == []
