"""The dirt of real files, one trait after another: what each is read as, or the number it gives.

Traits that meet in one file are another test's business; here each stands alone, so that a trait nobody
reads any more has a name.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook
from openpyxl.utils.datetime import CALENDAR_MAC_1904
from support.files import read, refusal, saved
from support.rosters import id_number

from jiemin.domain.roster import RosterFile, SheetKind

ONE, TWO = id_number(date(1950, 3, 14), 13), id_number(date(1960, 5, 6), 24)
SON, WIFE = id_number(date(1980, 1, 3), 15), id_number(date(1952, 7, 8), 26)
LABELS = ("户编号", "镇", "村", "户主姓名", "身份证号", "困难类别", "家庭人口", "家庭月收入")
SHEN = ("A1", "石门镇", "望湖村", "沈阿大", ONE, "农村低保", 2, 300)
ZHU = ("A2", "石门镇", "望湖村", "朱水根", TWO, "五保", 1, 0)
MEMBERS = ("户编号", "户主姓名", "姓名", "与户主关系", "身份证号", "性别", "出生日期")
HEAD = ("A1", "沈阿大", "沈阿大", "户主", ONE, "男", "")
CHILD = ("A1", "沈阿大", "沈小", "子", SON, "男", "")
FOUND = Sequence[tuple[str, str]]


@dataclass(frozen=True)
class Trait:
    """One sheet with one trait: the names taken from it, and (code, cell) of what is said of it."""

    what: str
    rows: Sequence[Sequence[Any]]
    names: Sequence[str] = ("沈阿大", "朱水根")
    said: FOUND = ()
    merges: Sequence[str] = ()


def changed(row: Sequence[Any], **cells: Any) -> tuple[Any, ...]:
    """The row with other cells, told by label."""
    labels = LABELS if len(row) == len(LABELS) else MEMBERS
    return tuple(cells.get(label, cell) for label, cell in zip(labels, row, strict=True))


PLAIN = (LABELS, SHEN, ZHU)
LAYOUT = [
    Trait("a merged title", [("石门镇困难家庭名册",), *PLAIN], merges=["A1:H1"]),
    Trait("a title starting in B1", [("", "困难家庭名册"), *PLAIN], merges=["B1:H1"]),
    Trait("a title over two rows", [("附件1",), ("困难家庭名册",), *PLAIN], merges=["A1:H1", "A2:H2"]),
    Trait("a title overwritten by a name", [("沈阿大",), *PLAIN]),
    Trait(
        "who filled it in, in one cell full of spaces",
        [("填报单位：石门镇        审核人：      填报人：      时间：2014年6月",), *PLAIN],
        merges=["A1:H1"],
    ),
    Trait(
        "500 signs of instructions above the header",
        [("填写说明：" + "身份证号应为18位，家庭人口填整数。" * 30,), *PLAIN],
        merges=["A1:H1"],
    ),
    Trait(
        "a header of two rows, labels under a heading",
        [
            ("户编号", "地址", "", "户主姓名", "身份证号", "困难类别", "家庭情况", ""),
            ("", "镇", "村", "", "", "", "家庭人口", "家庭月收入"),
            SHEN,
            ZHU,
        ],
        merges=["B1:C1", "G1:H1", "A1:A2", "D1:D2", "E1:E2", "F1:F2"],
    ),
    Trait(
        "a label broken over two rows",
        [
            ("户编号", "镇", "村", "户主", "身份", "困难", "家庭", "家庭"),
            ("", "", "", "姓名", "证号", "类别", "人口", "月收入"),
            SHEN,
            ZHU,
        ],
    ),
    Trait(
        "units in the label",
        [
            ("户编号", "镇", "村", "户主姓名", "身份证号", "困难类别", "家庭人口（人）", "家庭月收入(元)"),
            SHEN,
            ZHU,
        ],
    ),
    Trait("a row of units below", [LABELS, ("", "", "", "", "", "", "人", "元"), SHEN, ZHU]),
    Trait(
        "a row of allowed values below",
        [LABELS, ("", "", "", "", "18位", "城镇低保/农村低保/五保", "整数", ""), SHEN, ZHU],
    ),
    Trait(
        "spaces, newlines and wide spaces in labels",
        [
            ("户 编 号", "镇\n", "村　", "户主   姓名", "身份证\n号", "困难　类别", "家庭人口", "家庭月收入"),
            SHEN,
            ZHU,
        ],
    ),
    Trait("合计 last", [*PLAIN, ("合　计", "", "", "", "", "", 3, 300)]),
    Trait("合计 first", [LABELS, ("合计", "", "", "", "", "", 3, 300), SHEN, ZHU]),
    Trait("合计 in another column", [*PLAIN, ("", "", "", "合计", "", "", 3, 300)]),
    Trait("合计 that does not add up", [*PLAIN, ("合计", "", "", "", "", "", 5, 300)], said=[("J208", "G")]),
    Trait("lines for signatures", [*PLAIN, ("经办人：", "", "", "领款人：", "", "", "", "")]),
    Trait("notes at the bottom", [*PLAIN, ("注：1.本表一式三份；2.请于月底前上报。",)], merges=["A4:H4"]),
    Trait("a phantom area to BA", [(*LABELS, *[""] * 45), (*SHEN, *[" "] * 45), ZHU]),
    Trait("a far cell of 500 spaces", [LABELS, (*SHEN, *[""] * 90, " " * 500), ZHU]),
    Trait(
        "a far cell that says something", [LABELS, (*SHEN, *[""] * 20, "已核对"), ZHU], said=[("J209", "AC")]
    ),
    Trait("blank rows between", [LABELS, SHEN, ("",) * 8, ("",) * 8, ZHU]),
    Trait("the header repeated on each page", [LABELS, SHEN, LABELS, ZHU]),
    Trait(
        "members in rows below their head, with blank numbers",
        [("序号", *MEMBERS[:5]), (1, *HEAD[:5]), ("", *CHILD[:5])],
        ["沈阿大", "沈小"],
    ),
    Trait(
        "the head's cells merged down over the members",
        [MEMBERS, HEAD, ("", "", *CHILD[2:])],
        ["沈阿大", "沈小"],
        merges=["A2:A3", "B2:B3"],
    ),
]
CELLS = [
    Trait("a date with dots", [MEMBERS, changed(CHILD, 身份证号="", 出生日期="1980.1.3")], ["沈小"]),
    Trait("a date as a number", [MEMBERS, changed(CHILD, 身份证号="", 出生日期=19800103)], ["沈小"]),
    Trait("a date in Chinese", [MEMBERS, changed(CHILD, 身份证号="", 出生日期="1980年1月3日")], ["沈小"]),
    Trait(
        "a date of the spreadsheet",
        [MEMBERS, changed(CHILD, 身份证号="", 出生日期=date(1980, 1, 3))],
        ["沈小"],
    ),
    Trait("a lunar date", [MEMBERS, changed(CHILD, 出生日期="农历三月初五")], ["沈小"], [("J304", "G2")]),
    Trait("a serial in a plain cell", [MEMBERS, changed(CHILD, 出生日期=29223)], ["沈小"], [("J304", "G2")]),
    Trait("a month as a fraction", [MEMBERS, changed(CHILD, 出生日期=1980.1)], ["沈小"], [("J304", "G2")]),
    Trait("an amount with a blank after it", [LABELS, changed(SHEN, 家庭月收入="6308.14 "), ZHU]),
    Trait("an amount in words", [LABELS, changed(SHEN, 家庭月收入="每月520元"), ZHU]),
    Trait(
        "an amount of a year in a column of months",
        [LABELS, changed(SHEN, 家庭月收入="年收入2万"), ZHU],
        said=[("J305", "H2")],
    ),
    Trait(
        "acres in a column of money", [LABELS, changed(SHEN, 家庭月收入="2.58亩"), ZHU], said=[("J305", "H2")]
    ),
    Trait(
        "a relation in the words of a register", [MEMBERS, changed(CHILD, 与户主关系="之外孙子")], ["沈小"]
    ),
    Trait("外孙", [MEMBERS, changed(CHILD, 与户主关系="外孙")], ["沈小"]),
    Trait("党员 in another column", [MEMBERS, changed(CHILD, 与户主关系="党员")], ["沈小"], [("J303", "D2")]),
    Trait(
        "columns that slipped",
        [
            MEMBERS,
            *(
                ("A1", "沈阿大", f"沈小{sign}", "", "子", id_number(date(1980, 1, n), 1), "男")
                for n, sign in enumerate("一二三四五", 1)
            ),
        ],
        [f"沈小{sign}" for sign in "一二三四五"],
        [("J314", "E"), ("J314", "F"), ("J314", "G")],
    ),
    Trait("a blank cell", [LABELS, changed(SHEN, 家庭人口="", 家庭月收入=""), ZHU]),
    Trait("a failed formula", [LABELS, changed(SHEN, 家庭人口="#N/A"), ZHU], said=[("J308", "G2")]),
]


@pytest.mark.parametrize("trait", LAYOUT + CELLS, ids=lambda trait: trait.what)
def test_a_trait_is_read_or_named(trait: Trait, tmp_path: Path) -> None:
    found = read(workbook(tmp_path / "名册.xlsx", trait.rows, trait.merges))
    (sheet,) = found.sheets
    key = "name" if sheet.kind is SheetKind.MEMBERS else "head_name"
    assert [row.values[key] for row in sheet.rows] == list(trait.names)
    assert said(found) == sorted(trait.said)
    assert sheet.rejected == 0


@pytest.mark.parametrize("epoch_1904", [False, True])
def test_dates_of_either_epoch(epoch_1904: bool, tmp_path: Path) -> None:
    book = Workbook()
    if epoch_1904:
        book.epoch = CALENDAR_MAC_1904
    for row in [MEMBERS, changed(CHILD, 身份证号="", 出生日期=datetime(1980, 1, 3))]:
        book.worksheets[0].append(list(row))
    book.save(tmp_path / "a.xlsx")
    (sheet,) = read(tmp_path / "a.xlsx").sheets
    assert sheet.rows[0].values["birth"] == date(1980, 1, 3)


def test_telephones_of_every_sort(tmp_path: Path) -> None:
    labels = (*LABELS, "联系电话")
    cells = ["13812345678/13912345678", "0573-88012345", "88012345", "无", 13812345678, "1381234567"]
    rows = [
        (f"A{number}", "石门镇", "望湖村", f"沈{sign}", "", "五保", 1, 0, cells[number])
        for number, sign in enumerate("一二三四五六")
    ]
    found = read(workbook(tmp_path / "a.xlsx", [labels, *rows]))
    assert [row.values.get("phones") for row in found.sheets[0].rows] == [
        ("13812345678", "13912345678"),
        ("0573-88012345",),
        ("88012345",),
        None,
        ("13812345678",),
        None,
    ]
    assert said(found) == [("J307", "I7")]


def test_one_sheet_for_each_village_some_hidden_and_nine_blank_templates(tmp_path: Path) -> None:
    book = Workbook()
    book.remove(book.worksheets[0])
    short = ("户主姓名", "身份证号", "困难类别")
    for number in range(9):
        book.create_sheet(f"空表{number}").append(list(short))
    for name, row in (("石门镇望湖村", ("沈阿大", ONE, "五保")), ("石门镇虹桥村", ("朱水根", TWO, "五保"))):
        sheet = book.create_sheet(name)
        sheet.append(list(short))
        sheet.append(list(row))
    book.worksheets[-1].sheet_state = "hidden"
    book.active = 9
    book.save(tmp_path / "a.xlsx")
    found = read(tmp_path / "a.xlsx")
    taken = [
        (row.values["town"], row.values["village"], row.values["head_name"])
        for sheet in found.sheets
        for row in sheet.rows
    ]
    assert sorted(taken) == [("石门镇", "望湖村", "沈阿大"), ("石门镇", "虹桥村", "朱水根")]
    assert {code for code, _ in said(found)} == {"J205", "J206", "J207"}


@pytest.mark.parametrize("encoding", ["gb18030", "utf-8", "utf-8-sig"])
@pytest.mark.parametrize("suffix", [".csv", ".xls"])
def test_text_tables_of_every_encoding_whatever_their_name(
    encoding: str, suffix: str, tmp_path: Path
) -> None:
    text = "\n".join(",".join(map(str, row)) for row in PLAIN)
    found = read(saved(tmp_path / f"名册{suffix}", text.encode(encoding)))
    assert [row.values["head_name"] for row in found.sheets[0].rows] == ["沈阿大", "朱水根"]
    assert said(found) == []


def test_a_web_page_named_xls_is_refused_by_name(tmp_path: Path) -> None:
    page = "<html><table><tr><td>户主姓名</td></tr></table></html>"
    assert "网页" in refusal(saved(tmp_path / "名册.xls", page.encode())).message


def workbook(path: Path, rows: Sequence[Sequence[Any]], merges: Sequence[str] = ()) -> Path:
    """The rows as a workbook; texts such as #N/A are failed formulas."""
    book = Workbook()
    sheet = book.worksheets[0]
    for row in rows:
        sheet.append([None if cell == "" else cell for cell in row])
    for merge in merges:
        sheet.merge_cells(merge)
    book.save(path)
    return path


def said(found: RosterFile) -> list[tuple[str, str]]:
    """(code, cell) of all problems, sorted."""
    told = [*found.problems, *(each for sheet in found.sheets for each in sheet.problems)]
    return sorted((each.code, each.cell) for each in told)
