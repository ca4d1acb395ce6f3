"""The bulletin as it prints: the figures, the ranking, what follows from them, and nothing private."""

from dataclasses import replace
from datetime import date
from io import BytesIO
from pathlib import Path

from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet
from support.small_county import cadre, paired, small_county, visit

from jiemin.domain.bulletin import Bulletin, FindingCount, SpotCheck, make_bulletin
from jiemin.domain.codes import InspectResult
from jiemin.domain.indicators import QuarterReport, StoryLine, build_quarter
from jiemin.domain.periods import FOREVER, Quarter
from jiemin.domain.visits import CadreVisits
from jiemin.sheets.forms.bulletin import bulletin_workbook, write_bulletin

DAY = date(2014, 7, 10)
STORY = StoryLine("S0001", date(2014, 5, 12), "一口新灶", "正文", "A1", "市民政局", "某户")
REPORT = build_quarter(small_county(stories=[STORY]))
CHECKS = [
    SpotCheck("X0001", "A1", "沈桂芳", "梧桐街道", "某村", "干部C1", "市民政局", InspectResult.FALSE),
    SpotCheck("X0001", "A4", "朱水根", "乌镇镇", "某村", "干部C3", "市教育局", InspectResult.TRUE),
    SpotCheck("X0001", "A7", "徐金宝", "乌镇镇", "某村", "干部C4", "市教育局", None),
]
FINDINGS = [FindingCount("K201", "疑点", "一日走访过多", 3), FindingCount("K101", "错误", "已故仍在册", 1)]


def winter(**other: object) -> QuarterReport:
    """The first quarter: A1 and A2 were due, A1 was visited."""
    start = date(2014, 1, 1)
    told: dict[str, object] = {
        "quarter": Quarter(2014, 1),
        "pairings": [
            paired("A1", "C1", start),
            paired("A2", "C1", start),
            paired("A1", "C2", start, FOREVER),
        ],
        "visits": [visit("V1", date(2014, 3, 3), "A1", ["C1"])],
        "awards": [],
    }
    return build_quarter(small_county(**(told | other)))


def made(bulletin: Bulletin) -> Workbook:
    stream = BytesIO()
    bulletin_workbook(bulletin, office="桐乡市民政局", filled_on=DAY).save(stream)
    return load_workbook(stream)


def lines(sheet: Worksheet) -> list[str]:
    return [str(row[0].value).strip() for row in sheet.iter_rows() if isinstance(row[0].value, str)]


def table(sheet: Worksheet) -> list[tuple[object, ...]]:
    """The rows of the first table, each with what its cells hold."""
    rows = [tuple(cell.value for cell in row if cell.value is not None) for row in sheet.iter_rows()]
    start = next(at for at, row in enumerate(rows) if len(row) > 4)
    return [row for row in rows[start + 1 :] if len(row) > 4]


BULLETIN = make_bulletin(REPORT, winter(), small_county().cadres, CHECKS, FINDINGS)
WORKBOOK = made(BULLETIN)


def test_title_opening_parts_and_who_issues_it() -> None:
    told = lines(WORKBOOK["通报"])
    assert told[0] == "关于2014年第二季度“干部结民亲”活动走访情况的通报"
    assert told[1] == (
        "2014年第二季度，全市应走访结对户4户，已走访3户，走访率75.0%，比上季度（50.0%）上升25.0个百分点；"
        "共走访6次，办实事2件，上报典型事迹1篇。现将有关情况通报如下。"
    )
    assert [line for line in told if line[1:2] == "、"] == [
        "一、各镇（街道）走访情况",
        "二、各部门（单位）走访情况",
        "三、干部走访情况",
        "四、督查核实情况",
        "五、资料检查情况",
        "六、下一步要求",
    ]
    values = [cell.value for row in WORKBOOK["通报"].iter_rows() for cell in row if cell.value is not None]
    assert values[-2:] == ["桐乡市民政局", "2014年7月10日"]


def test_towns_are_ranked_with_last_quarters_rate_and_the_change() -> None:
    assert table(WORKBOOK["通报"])[:2] == [
        (1, "梧桐街道", 2, 2, 100, 50, "+50.0"),
        (2, "乌镇镇", 2, 1, 50, "—", "—"),
    ]
    assert any(
        "另有1个镇(街道)本季度没有应走访的户，不参加排名：石门镇。" in line
        for line in lines(WORKBOOK["通报"])
    )


def test_units_and_cadres_have_annexes_whose_headers_repeat() -> None:
    units = WORKBOOK["附件1 单位排名"]
    assert [(row[0], row[1]) for row in table(units)] == [(each.rank, each.name) for each in BULLETIN.units]
    cadres = WORKBOOK["附件2 干部名单"]
    assert [(row[1], row[-3], row[-2]) for row in table(cadres)] == [
        (each.cadre.name, each.rate.whole, each.rate.part) for each in BULLETIN.behind
    ]
    assert BULLETIN.behind
    for sheet in (units, cadres):
        assert sheet.print_title_rows


def test_spot_checks_by_town_and_the_doubtful_by_masked_name() -> None:
    sheet = WORKBOOK["附件3 督查核实"]
    assert table(sheet)[:3] == [
        ("梧桐街道", 1, 1, 0, 0, 1, 0),
        ("乌镇镇", 2, 1, 1, 0, 0, 0),
        ("合计", 3, 2, 1, 0, 1, 0),
    ]
    assert table(sheet)[-1] == (1, "A1", "沈*芳", "梧桐街道某村", "干部C1", "市民政局", "不属实")
    assert "本季度共抽查3户次，已核实2户次：属实1户次" in "".join(lines(WORKBOOK["通报"]))


def test_findings_are_counted_by_kind() -> None:
    text = "".join(lines(WORKBOOK["通报"]))
    assert "发现问题2类4项" in text
    rows = [row for row in WORKBOOK["通报"].iter_rows(values_only=True) if row[0] in ("K201", "K101")]
    assert [[value for value in row if value is not None] for row in rows] == [
        ["K201", "疑点", "一日走访过多", 3],
        ["K101", "错误", "已故仍在册", 1],
    ]


def test_what_is_asked_follows_from_the_figures() -> None:
    text = "".join(lines(WORKBOOK["通报"]))
    assert "本季度有1户没有走访" in text
    assert "督查结果不是“属实”的1户次" in text
    assert "更正资料" in text
    assert "为民不扰民" in text
    running = build_quarter(small_county(today=date(2014, 6, 12)))
    now = "".join(lines(made(make_bulletin(running, winter(), small_county().cadres, [], []))["通报"]))
    assert "（截至2014年6月12日）" in now
    assert "要在本季度内走访到位" in now
    assert "本季度没有抽查。" in now
    assert "没有发现问题。" in now


def test_a_quarter_in_which_all_is_well_says_so() -> None:
    """One household, visited; the same rate as the quarter before."""
    facts = small_county(
        pairings=[paired("A1", "C1", date(2014, 1, 1))], cadres=[cadre("C1", "市民政局", "局长")]
    )
    report = build_quarter(facts)
    last = winter(pairings=facts.pairings)
    workbook = made(make_bulletin(report, last, facts.cadres, [], []))
    told = "".join(lines(workbook["通报"]))
    assert "与上季度（100.0%）持平" in told
    assert "应走访的干部都已走访完毕。" in told
    assert "没有走访" not in told
    assert "没有：应走访的干部都已走访完毕。" in lines(workbook["附件2 干部名单"])
    assert "附件3 督查核实" not in workbook.sheetnames


def test_without_last_quarter_and_with_a_fall() -> None:
    people = small_county().cadres
    nothing = winter(visits=[])
    assert "上季度没有数据" in "".join(lines(made(make_bulletin(REPORT, nothing, people, [], []))["通报"]))
    fell = make_bulletin(winter(), REPORT, people, [], [])
    assert "比上季度（75.0%）下降25.0个百分点" in lines(made(fell)["通报"])[1]
    assert table(made(fell)["通报"])[0][-1] == "-50.0"


def test_many_names_are_counted() -> None:
    many = [cadre(f"C{number}", f"单位{number:02d}", "局长") for number in range(50)]
    visits = {each.cadre_no: CadreVisits(("A1",), (), ()) for each in many}
    report = replace(REPORT, visits=replace(REPORT.visits, cadres=visits), leaders_without=tuple(many))
    workbook = made(make_bulletin(report, winter(), many, [], []))
    assert "列出走访率最低的25人，领导干部在前；另有25人没有列出。" in lines(workbook["附件2 干部名单"])
    assert any("还没有结对户的领导干部50人" in line and "等50个" in line for line in lines(workbook["通报"]))


def test_every_sheet_prints_on_a4_upright_one_page_wide(tmp_path: Path) -> None:
    path = tmp_path / "通报.xlsx"
    write_bulletin(BULLETIN, path, office="桐乡市民政局", filled_on=DAY)
    for sheet in load_workbook(path).worksheets:
        assert (sheet.page_setup.paperSize, sheet.page_setup.orientation) == (9, "portrait")
        assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (1, 0)
        assert all((size.height or 0) < 409 for size in sheet.row_dimensions.values())
