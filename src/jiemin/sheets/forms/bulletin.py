"""通报: how the quarter's visits went, by town and unit, as the office sends it to towns and units.

It holds no identity numbers, telephones or illnesses; of a household its number and the head's masked name.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

from openpyxl import Workbook

from jiemin.domain.bulletin import Bulletin, Standing
from jiemin.domain.codes import InspectResult
from jiemin.domain.people import mask_name
from jiemin.sheets.forms.letter import Letter, LetterColumn
from jiemin.sheets.style import CellValue, Look, new_workbook
from jiemin.sheets.writer import save_workbook

BULLETIN_SHEET, UNITS_SHEET, CADRES_SHEET, CHECKS_SHEET = (
    "通报",
    "附件1 单位排名",
    "附件2 干部名单",
    "附件3 督查核实",
)
_UNITS_TITLE, _CADRES_TITLE, _CHECKS_TITLE = (
    "各部门（单位）走访率排名",
    "走访率较低的干部名单",
    "督查核实情况",
)
_NUMERALS = "一二三四五六七八九"
_NONE = "—"
_NAMED = 10
"""Names that a sentence lists; more are counted."""
_LOOKED_INTO = "经对名册、走访、结对、档案和补助的记录逐项检查"
_LOWEST = 3
"""Units with the lowest rates that the text names."""

_RANKING = (
    LetterColumn("名次", 3, Look.COUNT),
    LetterColumn("", 6, Look.NAME),
    LetterColumn("应走访\n(户)", 3, Look.COUNT),
    LetterColumn("已走访\n(户)", 3, Look.COUNT),
    LetterColumn("走访率\n(%)", 3, Look.RATE),
    LetterColumn("上季度\n(%)", 3, Look.RATE),
    LetterColumn("增减\n(百分点)", 3, Look.CODE),
)
_BEHIND = (
    LetterColumn("序号", 2, Look.COUNT),
    LetterColumn("干部", 3, Look.NAME),
    LetterColumn("单位", 6, Look.NAME),
    LetterColumn("职务", 4, Look.NAME),
    LetterColumn("应走访\n(户)", 3, Look.COUNT),
    LetterColumn("已走访\n(户)", 3, Look.COUNT),
    LetterColumn("走访率\n(%)", 3, Look.RATE),
)
_CHECKS = (
    LetterColumn("镇(街道)", 6, Look.NAME),
    LetterColumn("抽查\n(户次)", 3, Look.COUNT),
    LetterColumn("已核实\n(户次)", 3, Look.COUNT),
    *(LetterColumn(f"{result}\n(户次)", 3, Look.COUNT) for result in InspectResult),
)
_DOUBTFUL = (
    LetterColumn("序号", 2, Look.COUNT),
    LetterColumn("户编号", 4, Look.CODE),
    LetterColumn("户主", 3, Look.NAME),
    LetterColumn("镇(街道)\n村(社区)", 5, Look.NAME),
    LetterColumn("结对干部", 3, Look.NAME),
    LetterColumn("单位", 4, Look.NAME),
    LetterColumn("结果", 3, Look.NAME),
)
_FINDINGS = (
    LetterColumn("编号", 3, Look.CODE),
    LetterColumn("程度", 3, Look.NAME),
    LetterColumn("问题", 14, Look.TEXT),
    LetterColumn("数量(项)", 4, Look.COUNT),
)


def write_bulletin(bulletin: Bulletin, path: Path, *, office: str, filled_on: date) -> None:
    """Save the bulletin; `office` issues it. Raises `SaveError` when it cannot be saved."""
    save_workbook(bulletin_workbook(bulletin, office=office, filled_on=filled_on), path)


def bulletin_workbook(bulletin: Bulletin, *, office: str, filled_on: date) -> Workbook:
    """The bulletin in memory."""
    workbook = new_workbook()
    letter = Letter(workbook.create_sheet(BULLETIN_SHEET))
    letter.title(title_of(bulletin))
    letter.space()
    letter.paragraph(opening(bulletin))
    parts = (_towns, _units, _cadres, _spot_checks, _findings, _demands)
    for numeral, part in zip(_NUMERALS, parts, strict=False):
        part(letter, bulletin, numeral)
    letter.space()
    titles = [_UNITS_TITLE, _CADRES_TITLE, *([_CHECKS_TITLE] if bulletin.spot_checks else [])]
    listed = "　".join(f"{number}. {title}" for number, title in enumerate(titles, start=1))
    letter.paragraph(f"附件：{listed}")
    letter.signed(office, filled_on)
    letter.finish()
    _add_units(workbook, bulletin)
    _add_cadres(workbook, bulletin)
    if bulletin.spot_checks:
        _add_spot_checks(workbook, bulletin)
    return workbook


def title_of(bulletin: Bulletin) -> str:
    """What the bulletin is about."""
    return f"关于{bulletin.report.quarter.label}“干部结民亲”活动走访情况的通报"


def opening(bulletin: Bulletin) -> str:
    """How the whole county stands, in a paragraph."""
    report, county, figures = bulletin.report, bulletin.county, bulletin.figures
    until = f"（截至{report.day.year}年{report.day.month}月{report.day.day}日）" if report.running else ""
    return (
        f"{report.quarter.label}{until}，全市应走访结对户{county.rate.whole}户，"
        f"已走访{county.rate.part}户，走访率{county.rate.label}，{_change_in_words(county)}；"
        f"共走访{figures['visits']}次，办实事{figures['deeds']}件，上报典型事迹{figures['stories']}篇。"
        "现将有关情况通报如下。"
    )


def _until(bulletin: Bulletin) -> str:
    day = bulletin.report.day
    return f"，截至{day.year}年{day.month}月{day.day}日" if bulletin.report.running else ""


def _change_in_words(standing: Standing) -> str:
    change = standing.change
    if change is None or standing.last is None:
        return "上季度没有数据"
    if change == 0:
        return f"与上季度（{standing.last.label}）持平"
    way = "上升" if change > 0 else "下降"
    return f"比上季度（{standing.last.label}）{way}{_tenths(abs(change))}个百分点"


def _towns(letter: Letter, bulletin: Bulletin, numeral: str) -> None:
    letter.section(f"{numeral}、各镇（街道）走访情况")
    _ranking(letter, "镇(街道)", bulletin.towns)
    _idle(letter, bulletin.idle_towns, "个镇(街道)")


def _units(letter: Letter, bulletin: Bulletin, numeral: str) -> None:
    letter.section(f"{numeral}、各部门（单位）走访情况")
    units = bulletin.units
    whole = [each for each in units if each.rate.part == each.rate.whole]
    lowest = [each for each in units[-_LOWEST:] if each not in whole]
    text = f"应走访的部门（单位）{len(units)}个"
    if whole:
        text += f"，全部走访到位的{len(whole)}个：{_listed([each.name for each in whole])}"
    if lowest:
        named = "、".join(f"{each.name}（{each.rate.label}）" for each in reversed(lowest))
        text += f"。走访率最低的依次为{named}"
    letter.paragraph(f"{text}。名次见附件1。")


def _add_units(workbook: Workbook, bulletin: Bulletin) -> None:
    letter = _annex(workbook, UNITS_SHEET, "附件1", _UNITS_TITLE, bulletin)
    header = _ranking(letter, "单位", bulletin.units)
    _idle(letter, bulletin.idle_units, "个单位")
    letter.remark("按本单位干部应负责走访的户计；一户由几个单位的干部结对的，各单位分别计数。")
    letter.finish(header)


def _add_cadres(workbook: Workbook, bulletin: Bulletin) -> None:
    letter = _annex(workbook, CADRES_SHEET, "附件2", _CADRES_TITLE, bulletin)
    header = letter.table(_BEHIND, _behind_rows(bulletin))
    left = bulletin.behind_all - len(bulletin.behind)
    if not bulletin.behind:
        letter.remark("没有：应走访的干部都已走访完毕。")
    elif left:
        letter.remark(f"列出走访率最低的{len(bulletin.behind)}人，领导干部在前；另有{left}人没有列出。")
    letter.finish(header)


def _annex(workbook: Workbook, name: str, annex: str, title: str, bulletin: Bulletin) -> Letter:
    """A sheet for a table of its own, so that its header can be repeated on every page."""
    letter = Letter(workbook.create_sheet(name))
    letter.section(annex)
    letter.title(title)
    letter.caption(f"（{bulletin.report.quarter.label}{_until(bulletin)}）")
    letter.space()
    return letter


def _ranking(letter: Letter, name: str, standings: Sequence[Standing]) -> int:
    first, second, *others = _RANKING
    return letter.table([first, replace(second, head=name), *others], [_standing(each) for each in standings])


def _standing(each: Standing) -> tuple[CellValue, ...]:
    last = each.last.permille if each.last else None
    change = each.change
    signed = (
        "" if change is None else ("+" if change > 0 else "-" if change < 0 else "") + _tenths(abs(change))
    )
    return (
        each.rank,
        each.name,
        each.rate.whole,
        each.rate.part,
        _percent(each.rate.permille),
        _NONE if last is None else _percent(last),
        signed or _NONE,
    )


def _idle(letter: Letter, names: Sequence[str], measure: str) -> None:
    if names:
        letter.remark(f"另有{len(names)}{measure}本季度没有应走访的户，不参加排名：{_listed(names)}。")


def _cadres(letter: Letter, bulletin: Bulletin, numeral: str) -> None:
    letter.section(f"{numeral}、干部走访情况")
    if bulletin.behind:
        letter.paragraph(
            f"应走访而没有走访完的干部{bulletin.behind_all}人，其中一户也没有走访的{bulletin.none}人"
            f"（领导干部{bulletin.leaders_none}人）。名单见附件2。"
        )
    else:
        letter.paragraph("应走访的干部都已走访完毕。")
    without = bulletin.report.leaders_without
    if without:
        names = [f"{cadre.name}（{cadre.unit}）" for cadre in without]
        letter.paragraph(f"还没有结对户的领导干部{len(without)}人：{_listed(names)}。")


def _behind_rows(bulletin: Bulletin) -> Iterator[tuple[CellValue, ...]]:
    for number, each in enumerate(bulletin.behind, start=1):
        cadre, rate = each.cadre, each.rate
        yield number, cadre.name, cadre.unit, cadre.post, rate.whole, rate.part, _percent(rate.permille)


def _spot_checks(letter: Letter, bulletin: Bulletin, numeral: str) -> None:
    letter.section(f"{numeral}、督查核实情况")
    if not bulletin.spot_checks:
        letter.paragraph("本季度没有抽查。")
        return
    total = bulletin.spot_checks[-1]
    found = "，".join(f"{result}{count}户次" for result, count in total.results.items())
    checked = f"：{found}" if total.checked else ""
    letter.paragraph(
        f"本季度共抽查{total.drawn}户次，已核实{total.checked}户次{checked}。各镇（街道）的情况见附件3。"
    )


def _add_spot_checks(workbook: Workbook, bulletin: Bulletin) -> None:
    letter = _annex(workbook, CHECKS_SHEET, "附件3", _CHECKS_TITLE, bulletin)
    letter.table(
        _CHECKS, [(row.name, row.drawn, row.checked, *row.results.values()) for row in bulletin.spot_checks]
    )
    if bulletin.doubtful:
        letter.section("核实结果不是“属实”的户")
        letter.table(_DOUBTFUL, _doubtful_rows(bulletin))
    letter.finish()


def _doubtful_rows(bulletin: Bulletin) -> Iterator[tuple[CellValue, ...]]:
    for number, each in enumerate(bulletin.doubtful, start=1):
        yield (
            number,
            each.household_no,
            mask_name(each.head_name),
            f"{each.town}{each.village}",
            each.cadre_name,
            each.unit,
            each.result,
        )


def _findings(letter: Letter, bulletin: Bulletin, numeral: str) -> None:
    letter.section(f"{numeral}、资料检查情况")
    if not bulletin.findings:
        letter.paragraph(f"{_LOOKED_INTO}，没有发现问题。")
        return
    letter.paragraph(
        f"{_LOOKED_INTO}，发现问题{len(bulletin.findings)}类"
        f"{sum(each.count for each in bulletin.findings)}项。"
    )
    letter.table(
        _FINDINGS, [(each.code, each.severity, each.title, each.count) for each in bulletin.findings]
    )


def _demands(letter: Letter, bulletin: Bulletin, numeral: str) -> None:
    letter.section(f"{numeral}、下一步要求")
    for number, text in zip(_NUMERALS, _demanded(bulletin), strict=False):
        letter.paragraph(f"（{number}）{text}")


def _demanded(bulletin: Bulletin) -> Iterator[str]:
    """What follows from the figures, and what the notice asks of everybody."""
    left = bulletin.county.rate.whole - bulletin.county.rate.part
    if left and bulletin.report.running:
        yield f"抓紧走访。还有{left}户没有走访，各镇（街道）、各部门（单位）要在本季度内走访到位，不漏一户。"
    elif left:
        yield (
            f"查找原因。本季度有{left}户没有走访，各镇（街道）、各部门（单位）要逐户说明原因，"
            "下季度及早安排，不再遗漏。"
        )
    if bulletin.doubtful:
        yield (
            f"核实整改。督查结果不是“属实”的{len(bulletin.doubtful)}户次，"
            "由结对干部所在单位核实说明，如实更正走访记录。"
        )
    if bulletin.findings:
        yield "更正资料。对检查发现的问题逐项核对，该更正的更正，确实无误的说明理由。"
    yield "如实记录。走访后及时登记暖心手记、了解的需求和所办的实事，不得事先填写、集中补填、互相抄录。"
    yield "为民不扰民。合理安排走访时间和人数，不多头重复走访，不增加困难家庭的负担。"


def _listed(names: Sequence[str]) -> str:
    more = f"等{len(names)}个" if len(names) > _NAMED else ""
    return "、".join(names[:_NAMED]) + more


def _percent(permille: int | None) -> Decimal | None:
    return None if permille is None else Decimal(permille).scaleb(-1)


def _tenths(number: int) -> str:
    return f"{number // 10}.{number % 10}"
