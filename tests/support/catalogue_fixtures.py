"""For each fault of the catalogue a small sheet that has it, and the cell where it must be named.

Every sheet is about a family of its own, named after the number: 沈四零六 has fault J406. `before` are
sheets that an earlier import brought, `commands` what was done after that.
"""

# Long because: the whole catalogue is looked up in one place.

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from jiemin.domain.identity import check_character
from support.imports import MEMBER_HEADER, PAIR_HEADER, VISIT_HEADER, family
from support.rosters import CADRE_HEADER, HOUSEHOLD_HEADER, Sheet, id_number

MEMBERS = ("户编号", "姓名", "与户主关系", "身份证号", "性别", "出生日期")
CADRES = ("干部编号", "姓名", "单位", "职务", "联系镇")
UNITS = ("单位名称", "联系镇", "联系村", "包村")
KIN = ("干部姓名", "亲属姓名", "亲属身份证号", "户编号")
PLAN = ("户编号", "身份", "干部编号", "处理")
VISITS = ("走访日期", "户编号", "走访方式", "暖心手记")
LEAD, ASSIST = "第一责任人", "协助"
VILLAGES = ("镇(街道)", "村(社区)", "区划编码")


@dataclass(frozen=True)
class Fixture:
    """A sheet with a fault, where the fault lies, and what went before."""

    cell: str
    rows: Sheet
    before: Sequence[Sheet] = ()
    commands: Sequence[str] = ()
    hidden: bool = False
    merged: str = ""


def one(code: str, serial: int = 0) -> str:
    """A valid number of the code's own family; each serial is another person's."""
    return id_number(date(1940, 1, 1) + timedelta(days=int(code[1:])), 2 * serial + 11)


def head(code: str) -> str:
    """The head's name of the code's own family."""
    return "沈" + code[1:].translate(str.maketrans("0123456789", "零一二三四五六七八九"))


def own(code: str, number: str | None = "", person: Any = None, name: Any = "", **cells: Any) -> Any:
    """The row of the code's own family, with other cells where they are given."""
    number = f"F{code}" if number == "" else number
    return family(
        number, head(code) if name == "" else name, one(code) if person is None else person, **cells
    )


def wrong(number: str) -> str:
    """The number with another last character."""
    return number[:-1] + ("1" if number[-1] != "1" else "2")


def born(first17: str) -> str:
    """A number of these digits that only its check character makes right."""
    return first17 + check_character(first17)


def helper(name: str) -> Sheet:
    """A roster of one ordinary cadre."""
    return [CADRES, (None, name, "民政局", "科员", "")]


def homes(*rows: Any, more: Sequence[str] = ()) -> Sheet:
    """A roster of households; `more` are labels after the usual ones."""
    return [(*HOUSEHOLD_HEADER, *more), *rows]


def staff(code: str, count: int) -> Sheet:
    """Cadres with the numbers G5151, G5152 … after the code."""
    return [
        CADRES,
        *((f"G{code[1:]}{n}", f"顾{head(code)[1:]}{n}", "民政局", "科员", "") for n in range(1, count + 1)),
    ]


def paired(code: str) -> Sheet:
    """The first of the code's own cadres leads the code's own family."""
    return [PAIR_HEADER, (f"F{code}", f"顾{head(code)[1:]}1", "民政局", "科员", LEAD, "2014-05-01")]


def member(code: str, *cells: Any) -> tuple[Any, ...]:
    """A member's row of the code's own family."""
    return (f"F{code}", *cells)


def people(code: str, *rows: tuple[Any, ...]) -> Fixture:
    """Members of a family that is on record; the fault's place is the first cell of the last row."""
    return Fixture(str(rows[-1][0]), [MEMBERS, *(row[1:] for row in rows)], [homes(own(code))])


def visited(code: str, cell: str, *rows: Sequence[Any], more: Sequence[str] = (), **others: Any) -> Fixture:
    """Visits at the code's own family, which has a lead: day, kind, note, and cells of columns `more`."""
    title = [(others.pop("title"),)] if "title" in others else []
    told = [(day, f"F{code}", *cells) for day, *cells in rows]
    county = [homes(own(code)), staff(code, 1), paired(code), *others.pop("before", ())]
    return Fixture(cell, [*title, (*VISITS, *more), *told], county, **others)


def archive(code: str, name: str) -> Sheet:
    """The file of one household, as a form."""
    return [
        ("困难家庭档案（一户一档）",),
        ("家庭基本情况", "户主姓名", name, "性别", "", "身份证号", one(code)),
        ("", "困难类别", "五保", "家庭人口", 1, "联系电话", ""),
        ("", "镇(街道)", "石门镇", "村(社区)", "望湖村", "家庭住址", "3组12号"),
        ("家庭成员", "姓名", "与户主关系", "性别", "身份证号", "文化程度", "健康状况"),
        ("", "沈小", "子", "男", "", "初中", "健康"),
    ]


FIXTURES = {
    "J101": Fixture("E2", homes(own("J101", person=wrong(one("J101"))))),
    "J102": Fixture("E2", homes(own("J102", person=one("J102")[:17]))),
    "J103": Fixture("E2", homes(own("J103", person=int(one("J103")[:15] + "000")))),
    "J104": Fixture("E2", homes(own("J104", person=born("33048319520231123")))),
    "J105": Fixture("E2", homes(own("J105", person=born("99048319520203123")))),
    "J106": Fixture("E2", homes(own("J106", person="1952年3月"))),
    "J107": Fixture("E2", homes(own("J107", person="330425520203123"))),
    "J108": people("J108", ("E2", *member("J108", "王氏", "妻子", one("J108", 1), "女", ""))),
    "J109": people("J109", ("F2", *member("J109", "沈小", "子", one("J109", 1), "男", "1990-01-01"))),
    "J110": Fixture(
        "G2",
        [MEMBER_HEADER, member("J110", "沈小", "子", one("J110", 1) + "42", "", "肢体", "三级", "")],
        [homes(own("J110"))],
    ),
    "J111": Fixture(
        "E2",
        [
            ("户编号", "姓名", "与户主关系", "身份证号", "残疾证号"),
            member("J111", "沈小", "子", one("J111", 1), one("J111", 2) + "42"),
        ],
        [homes(own("J111"))],
    ),
    "J201": Fixture("", [("序号", "物品", "数量"), (1, "大米", 30), (2, "食油", 20)]),
    "J203": Fixture("J", homes((*own("J203"), "甲"), more=("民政编码",))),
    "J204": Fixture("J", homes((*own("J204"), one("J204")), more=("身份证号码",))),
    "J205": Fixture("", homes()),
    "J206": Fixture("", homes(own("J206")), hidden=True),
    "J207": Fixture(
        "",
        [
            ("石门镇困难家庭名册", "", "", ""),
            ("户编号", "户主姓名", "身份证号", "困难类别"),
            ("FJ207", head("J207"), one("J207"), "五保"),
        ],
    ),
    "J208": Fixture("F", homes(own("J208"), ("合计", "", "", "", "", 35, "", "", ""))),
    "J209": Fixture("P", homes((*own("J209"), *[""] * 6, "老王已核对"))),
    "J211": Fixture("", [*archive("J211", head("J211")), *archive("J211", "朱二一一")]),
    "J212": Fixture(
        "",
        homes(("示例", "石门镇", "望湖村", "张三", "", 2, "五保", "", ""), own("J212")),
    ),
    "J301": Fixture("D2", homes(own("J301", name=None))),
    "J302": Fixture("G2", homes(own("J302", 困难类别="低保"))),
    "J303": Fixture("J2", homes((*own("J303"), "命苦"), more=("致困原因",))),
    "J304": people("J304", ("F2", *member("J304", "沈小", "子", "", "男", "农历三月初五"))),
    "J305": Fixture("I2", homes(own("J305", 家庭月收入="2.58亩"))),
    "J306": Fixture("F2", homes(own("J306", 家庭人口="3.5"))),
    "J307": Fixture("J2", homes((*own("J307"), "见备注"), more=("联系电话",))),
    "J308": Fixture("F2", homes(own("J308", 家庭人口="#REF!"))),
    "J309": Fixture("J2", homes((*own("J309"), 6230902775159838974), more=("银行账号",))),
    "J310": Fixture("A2", [VISIT_HEADER, ("上周三", "FJ310", "", "", "走访", "")], [homes(own("J310"))]),
    "J311": Fixture("D2", homes(own("J311", name="沈三一一、朱水根"))),
    "J312": Fixture("A2", homes((33048320140630123, *own("J312")[1:]))),
    "J313": Fixture("J2", homes((*own("J313"), "去年"), more=("起始日期",))),
    "J314": Fixture(
        "C",
        [
            MEMBERS,
            *(
                member("J314", f"沈小{'一二三四五六'[n]}", one("J314", n + 1), "子", "男", "")
                for n in range(6)
            ),
        ],
        [homes(own("J314", 家庭人口=7))],
    ),
    "J315": Fixture("J2", homes((*own("J315"), "见存折"), more=("银行账号",))),
    "J401": Fixture("B2", homes(own("J401", **{"镇(街道)": "石镇"}))),
    "J402": Fixture(
        "C2",
        homes(own("J402", **{"村(社区)": "望胡村"})),
        [homes(own("J402", number="B402", person=one("J402", 1), name="朱四零二"))],
    ),
    "J403": Fixture("A2", [MEMBERS, member("J403", "沈小", "子", "", "男", "")]),
    "J404": Fixture(
        "A2",
        [("户主姓名", "镇", "村", "姓名", "与户主关系"), (head("J404"), "石门镇", "望湖村", "沈小", "子")],
        [homes(own("J404", person=""), own("J404", number="GJ404", person="", 困难类别="五保"))],
    ),
    "J405": Fixture("A3", homes(own("J405"), own("J405"))),
    "J406": Fixture("A2", homes(own("J406", person=one("J406", 1))), [homes(own("J406"))]),
    "J407": Fixture("D2", homes(own("J407", number="GJ407")), [homes(own("J407"))]),
    "J408": Fixture(
        "A2",
        [MEMBERS, member("J408", "沈小", "子", "", "男", "")],
        [homes(own("J408", 家庭人口=5))],
    ),
    "J409": Fixture("H2", homes(own("J409", 家庭人口=2, 保障人口=3))),
    "J410": Fixture(
        "D2",
        [("户编号", "户主姓名", "姓名", "与户主关系"), ("FJ410", head("J410"), "朱水根", "户主")],
        [homes(own("J410"))],
    ),
    "J411": Fixture(
        "A2",
        [
            MEMBER_HEADER,
            member("J411", head("J411"), "户主", one("J411"), "", "", "", "是"),
            member("J411", "沈小", "子", "", "", "", "", "否"),
        ],
        [homes(own("J411", 保障人口=2))],
    ),
    "J412": Fixture("A2", homes(own("J412", name="朱水根", person="")), [homes(own("J412"))]),
    "J413": Fixture("J2", homes((*own("J413", 家庭月收入=500), 9000), more=("家庭年收入",))),
    "J414": Fixture(
        "E2",
        homes(own("J414", person=one("J414", 1))),
        [
            homes(own("J414", person="")),
            [MEMBERS, member("J414", "沈小", "子", one("J414", 1), "男", "")],
        ],
    ),
    "J415": Fixture("D2", homes(own("J415", name="沈四一武")), [homes(own("J415"))]),
    "J416": Fixture(
        "D2", homes(own("J416", number="GJ416", person=wrong(one("J416")))), [homes(own("J416"))]
    ),
    "J417": Fixture("B2", [("姓名", "身份证号", "残疾类别"), (head("J417"), one("J417"), "肢体")]),
    "J418": Fixture(
        "C3", [VILLAGES, ("石门镇", "虹桥村", "330483103201"), ("石门镇", "望河村", "330483103201")]
    ),
    "J419": Fixture("B3", [VILLAGES, ("石门镇", "塘东村", ""), ("石门镇", "塘东村", "")]),
    "J420": Fixture(
        "F2",
        homes(own("J420", number="GJ420", person=wrong(one("J420")), 家庭人口=3)),
        [homes(own("J420")), homes(own("J420", number="GJ420", person=wrong(one("J420")), 家庭人口=3))],
        ["duplicates merge FJ420 GJ420 -y"],
    ),
    "J421": Fixture(
        "B2", homes(own("J421", **{"镇(街道)": "乌镇镇", "村(社区)": "塘东村"})), [homes(own("J421"))]
    ),
    "J422": Fixture(
        "3", [("乌镇镇困难家庭名册",), ("户编号", "户主姓名"), ("FJ422", head("J422"))], [homes(own("J422"))]
    ),
    "J426": Fixture(
        "B2",
        [MEMBERS, member("J426", "沈小", "子", "", "男", "")],
        [homes(own("J426")), [MEMBERS, member("J426", "沈小", "子", "", "男", "")]],
        ["household death FJ426 沈小 -y"],
    ),
    "J427": Fixture(
        "C2",
        [
            ("镇(街道)", "村(社区)", "户主姓名", "困难类别", "起始日期"),
            ("石门镇", "望湖村", "沈小四二七", "农村低保", "2014-05-01"),
        ],
        [homes(own("J427")), [MEMBERS, member("J427", "沈小四二七", "子", "", "男", "1985-05-06")]],
        ["household split FJ427 --members 沈小四二七 --head 沈小四二七 --on 2014-06-01 --reason 分家 -y"],
    ),
    "J501": Fixture("C2", [CADRE_HEADER, ("方五零一", "民政局", "联络员甲", "", "", "")]),
    "J502": Fixture("B2", [PAIR_HEADER, ("FJ502", "方五零二", "", "", "", "")], [homes(own("J502"))]),
    "J503": Fixture(
        "B2",
        [PAIR_HEADER, ("FJ503", "方五零三", "", "", "", "")],
        [
            homes(own("J503")),
            [CADRES, (None, "方五零三", "民政局", "科员", ""), (None, "方五零三", "教育局", "科员", "")],
        ],
    ),
    "J504": Fixture(
        "E3",
        [
            PAIR_HEADER,
            ("FJ504", "方五零四", "民政局", "科员", "第一责任人", ""),
            ("FJ504", "顾五零四", "民政局", "科员", "第一责任人", ""),
        ],
        [homes(own("J504"))],
    ),
    "J505": Fixture("E2", [CADRES, (None, "方五零五", "民政局", "科员", "外市某镇")]),
    "J506": Fixture(
        "B3", [CADRES, (None, "方五零六", "民政局", "科员", ""), (None, "方五零六", "民政局", "科员", "")]
    ),
    "J507": Fixture(
        "E2",
        [PAIR_HEADER, ("FJ507", "方五零七", "民政局", "科员", "协助", "")],
        [homes(own("J507")), [PAIR_HEADER, ("FJ507", "方五零七", "民政局", "科员", "第一责任人", "")]],
    ),
    "J508": Fixture(
        "A2",
        [CADRES, ("G508", "顾五零八", "民政局", "科员", "")],
        [[CADRES, ("G508", "方五零八", "民政局", "科员", "")]],
    ),
    "J510": Fixture("D2", [UNITS, ("五一零局", "乌镇镇", None, "是")]),
    "J511": Fixture("B2", [KIN, ("方五一一", "示例丁", None, None)], [helper("方五一一")]),
    "J512": Fixture("D2", [KIN, ("方五一二", "示例丁", None, "FJ512")], [helper("方五一二")]),
    "J513": Fixture(
        "C2",
        [KIN, ("方五一三", "示例丁", wrong(one("J513", 1)), "FJ513")],
        [homes(own("J513")), helper("方五一三")],
    ),
    "J514": Fixture(
        "C2",
        [KIN, ("方五一四", "示例丁", one("J514", 1), None)],
        [[(*CADRES, "身份证号"), (None, "方五一四", "民政局", "科员", "", one("J514", 1))]],
    ),
    "J515": Fixture(
        "A7",
        [PLAN, *(("FJ515", LEAD if n == 1 else ASSIST, f"G515{n}", "新增") for n in range(1, 7))],
        [homes(own("J515")), staff("J515", 6)],
    ),
    "J516": Fixture(
        "B3",
        [PLAN, ("FJ516", LEAD, "G5161", "新增"), ("FJ516", LEAD, "G5162", "新增")],
        [homes(own("J516")), staff("J516", 2)],
    ),
    "J517": Fixture(
        "B2", [PLAN, ("FJ517", LEAD, "G5171", "结束")], [homes(own("J517")), staff("J517", 1), paired("J517")]
    ),
    "J518": Fixture(
        "C2",
        [PLAN, ("FJ518", LEAD, "G518", "新增")],
        [
            homes(own("J518")),
            [(*CADRES, "身份证号"), ("G518", "顾五一八", "民政局", "科员", "", one("J518"))],
        ],
    ),
    "J519": Fixture(
        "C3",
        [PLAN, ("FJ519", LEAD, "G5191", "新增"), ("EJ519", LEAD, "G5191", "新增")],
        [homes(own("J519"), own("J519", "EJ519", one("J519", 1), "沈五一久")), staff("J519", 1)],
    ),
    "J520": Fixture(
        "C2",
        [PLAN, ("FJ520", LEAD, "G520", "新增")],
        [
            homes(own("J520")),
            [(*CADRES, "起始日期"), ("G520", "顾五二零", "民政局", "科员", "", "2014-07-01")],
        ],
    ),
    "J521": Fixture(
        "A2",
        [PLAN, ("FJ521", LEAD, "G5211", "新增")],
        [homes(own("J521", 困难类别="其他")), staff("J521", 1)],
    ),
    "J522": Fixture(
        "E2",
        [(*PLAN, "原有干部"), ("FJ522", LEAD, "G5222", "新增", "")],
        [homes(own("J522")), staff("J522", 2), paired("J522")],
    ),
    "J523": Fixture(
        "C3",
        [PLAN, ("FJ523", LEAD, "G5231", "新增"), ("FJ523", LEAD, "G5231", "结束")],
        [homes(own("J523")), staff("J523", 1)],
    ),
    "J524": Fixture(
        "A2",
        [PLAN, ("FJ524", LEAD, "G5241", "新增"), ("FJ524", ASSIST, "G5249", "新增")],
        [homes(own("J524")), staff("J524", 1)],
    ),
    "J525": Fixture(
        "A3",
        [PLAN, ("FJ525", LEAD, "G5252", "新增"), ("FJ525", LEAD, "G5251", "结束")],
        [homes(own("J525")), staff("J525", 2), paired("J525")],
        commands=["pair rule pin FJ525 G5251 --on 2014-05-01"],
    ),
    "J601": Fixture("A2", [VISIT_HEADER, ("2014-07-02", "FJ601", "", "", "走访", "")], [homes(own("J601"))]),
    "J602": Fixture(
        "C2",
        [VISIT_HEADER, ("2014-06-02", "FJ602", "方六零二", "", "走访", "")],
        [homes(own("J602")), [CADRES, (None, "方六零二", "民政局", "科员", "")]],
    ),
    "J603": Fixture("C2", [VISIT_HEADER, ("2014-06-02", "FJ603", "", "", "走访", "")], [homes(own("J603"))]),
    "J604": Fixture("E2", [VISIT_HEADER, ("2014-06-02", "FJ604", "", "", "路过", "")], [homes(own("J604"))]),
    "J605": Fixture(
        "", [("走访日期", "户编号", "暖心手记"), ("2014-06-02", "FJ605", "好")], [homes(own("J605"))]
    ),
    "J606": visited("J606", "A2", ("4.12、5.20", "走访", "好")),
    "J607": visited("J607", "E2", ("2014-06-02", "电话", "好", 500), more=("慰问金",)),
    "J608": visited("J608", "E2", ("2014-06-02", "走访", "好", "2014-07-31"), more=("承诺完成时限",)),
    "J609": visited(
        "J609",
        "F2",
        ("2014-06-02", "走访", "好", "修屋顶", "2014-05-31"),
        more=("承诺事项", "承诺完成时限"),
    ),
    "J610": visited("J610", "A2", ("2014-03-20", "走访", "好")),
    "J611": visited(
        "J611",
        "A2",
        ("2014-06-02", "走访", "好"),
        before=[[VISITS, ("2014-06-02", "FJ611", "走访", "好")]],
        commands=["visit void V000001 --reason 没有去"],
    ),
    "J612": visited("J612", "A3", ("2014-06-02", "走访", "好"), ("2014-06-02", "走访", "不好")),
    "J613": visited("J613", "E2", ("2014-06-02", "慰问", "好", "500元"), more=("慰问品",)),
    "J614": visited("J614", "", ("6月2日", "走访", "好"), title="2014年第二季度走访记录"),
    "J615": visited(
        "J615",
        "E2",
        ("2014-06-02", "慰问", "好", 900),
        ("2014-06-03", "慰问", "好", None),
        more=("慰问金",),
        merged="E2:E3",
    ),
    "J616": visited(
        "J616",
        "A2",
        ("2014-06-02", "走访", "好"),
        before=[[VISITS, ("2014-06-02", "FJ616", "走访", "好")]],
        commands=["visit correct V000002 --date 2014-06-03 --reason 记错了"],
    ),
}
"""Code → its fixture; a code without one fails the test."""
