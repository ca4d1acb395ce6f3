"""What a sheet's title and name tell of all its rows: day, year, unit of amounts, town and village."""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from jiemin.domain.periods import Month, PeriodError, Quarter, parse_day, parse_quarter
from jiemin.sheets.grid import Cell
from jiemin.sheets.values.cell import Stated

_FILLED = re.compile(r"(?:填报|填表|制表|打印|编制|上报|印发|导出)(?:时间|日期)[:：]?[^:：]*")
_DAY = re.compile(r"\d{4}年\d{1,2}月\d{1,2}日|\d{4}[-./]\d{1,2}[-./]\d{1,2}")
_QUARTER = re.compile(r"\d{4}年?第?[一二三四1-4]季度?")
_MONTH = re.compile(r"(\d{4})年(\d{1,2})月")
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d{2})(?=[年度第Qq]|[-./]\d|$)")
_YEARS = re.compile(r"\d{4}年?(?:[-—–至到~]|和|及|、)+\d{4}")
_CHINESE_YEAR = re.compile("[〇○零一二三四五六七八九]{4}(?=年)")
_DIGITS = str.maketrans("〇○零一二三四五六七八九", "000123456789")
_LONGEST = 200
"""What is longer is an instruction, and its dates are examples."""
_UNIT = re.compile(r"单位[:：].*")
_HAN = "[\u4e00-\u9fff]"
_TOWN = rf"{_HAN}{{1,5}}?(?:镇(?!镇)|街道)"
_VILLAGE = rf"{_HAN}{{1,6}}?(?:村(?![民镇级庄干务集])|社区|居委会)"
_ABOVE = rf"(?:{_HAN}{{2,6}}?(?:省|自治州|市|县|区)){{0,3}}"
_PLACE = rf"{_ABOVE}(?:(?P<town>{_TOWN})(?P<village>{_VILLAGE})?|(?P<only>{_VILLAGE}))"
_OFFICE = r"(?:人民政府|政府|街道办|办事处|党[工委]|村?村?民委员会|村?委会|居?委会|居民委员会|民政)"
_NAMED = re.compile(_PLACE)
_HEADED = re.compile(
    rf"{_PLACE}{_OFFICE}?(?:$|[(\d]|关于|[第上下一二三四]|(?:最低|低保|低收|困难|特困|贫困|五保|三无|残疾|帮扶|走访|"
    r"结[对亲](?!.*(?:镇|街道|村|社区))|"
    r"[城农]|社会|救助|家庭|[农户成人党干基民]|享受|在册|新增|优抚|名[单册]|花名册|登记|台账|统计|汇总).*)"
)
_BY = re.compile(
    rf"(?:填[报写表制]|[上申]报|报送|编制|制表|所[在属])?单位(?:名称)?(?:\([^()]*\))?:{_PLACE}"
    rf"(?:{_OFFICE}|$|[(]|(?:填|审|负责|制|联系|时间|日期|单位|年|\d))"
)
_LABELLED = re.compile(
    rf"(?:(?:乡镇|镇街|[所][在属][乡]?镇|镇|街道)(?:\([^()]*\))?:(?P<town>{_TOWN})(?![、,和及与]))"
    rf"|(?:(?:行政村|所在村|村|社区)(?:\([^()]*\))?:(?P<village>{_VILLAGE})(?![、,和及与]))"
)
_NO_NAMES = frozenset(
    "城镇 乡镇 各镇 全镇 本镇 分镇 按镇 每镇 某镇 该镇 我镇 市镇 集镇 村镇 重点镇 中心镇 建制镇 小城镇 "
    "各街道 全街道 本街道 镇街道 乡镇街道 各镇街道 "
    "农村 各村 全村 本村 分村 按村 每村 某村 该村 我村 乡村 山村 行政村 自然村 贫困村 薄弱村 重点村 示范村 "
    "各社区 全社区 本社区 村社区 各村社区 城镇社区 城市社区 农村社区".split()
)
"""Sheets are called so that list the places of a sort, not one of that name."""
_NO_NAME = re.compile(
    "(?:各|关于|所有|全[市县区省镇村]|每个|重点|建制|试点|示范|挂钩|薄弱|经济|特困|驻|空壳).*"
    "|.*(?:城乡|市镇|镇村|联系|干部|机关|单位|结对|帮扶|困难|低保|低收|贫困|家庭|人员|[进入下驻到]村).*"
    "|.+(?:村|社区)[和及与].+"
    "|.*(?:农村|乡村|城镇|乡镇|行政村|自然村|薄弱村|示范村|重点村|各村|各镇|在村|属村|城镇社区|村社区)"
)
"""What looks like a name and is none: a title says so of many places."""


@dataclass(frozen=True, slots=True)
class Named:
    """The place that a sheet says its rows belong to, and other places it names as well."""

    town: str | None = None
    village: str | None = None
    besides: tuple[str, ...] = ()


def date_in(texts: Sequence[Cell]) -> date | None:
    """The day, or the first day of the quarter or month, that the title names; None without one.

    A day, month or quarter alone on which the form was filled in or printed does not count, nor
    does a year alone.
    """
    for cell in texts:
        if isinstance(cell, str) and len(cell) <= _LONGEST:
            plain = _FILLED.sub("", _plain(cell))
            plain = _CHINESE_YEAR.sub(lambda year: year[0].translate(_DIGITS), plain)
            found = _day(plain)
            if found is not None:
                return found
    return None


def _day(plain: str) -> date | None:
    try:
        if day := _DAY.search(plain):
            return parse_day(day[0])
        if quarter := _QUARTER.search(plain):
            return parse_quarter(quarter[0]).first
        if month := _MONTH.search(plain):
            return Month(int(month[1]), int(month[2])).first
    except (PeriodError, ValueError):
        return None
    return None


def stated_in(texts: Iterable[Cell]) -> Stated | None:
    """The one year that titles, name and heading name, with the one quarter; None where they name none or
    several. The day on which a form was filled in or printed says nothing of what it lists."""
    years: set[int] = set()
    quarters: set[Quarter] = set()
    for cell in texts:
        if isinstance(cell, str) and len(cell) <= _LONGEST:
            plain = _FILLED.sub("", _plain(cell))
            plain = _CHINESE_YEAR.sub(lambda year: year[0].translate(_DIGITS), plain)
            if _YEARS.search(plain):
                return None
            years |= {int(year) for year in _YEAR.findall(plain)}
            quarters |= {parse_quarter(quarter) for quarter in _QUARTER.findall(plain)}
    if len(years) != 1:
        return None
    return Stated(years.pop(), quarters.pop() if len(quarters) == 1 else None)


def speaks_of_wan(texts: Sequence[Cell]) -> bool:
    """Whether the line 单位：户、人、万元 gives all amounts in 万元."""
    units = (_UNIT.search(cell) for cell in texts if isinstance(cell, str) and len(cell) <= _LONGEST)
    return any(unit and "万元" in unit[0] and not re.search("(?<!万)元", unit[0]) for unit in units)


def place_named(name: str, texts: Sequence[Cell]) -> Named:
    """The town and village of which a sheet of this name and these titles is the list.

    Told by a name or title that is a place and nothing else, by a line 填报单位：乌镇镇人民政府 or
    镇：乌镇镇, and by a title that begins with the place: 乌镇镇虹桥村困难家庭名册. The name goes before
    the titles. Whatever names places of a sort (城镇, 各村) or several of them tells nothing.
    """
    found = [_whole(_plain(name))]
    lines = [_plain(cell) for cell in texts if isinstance(cell, str) and len(cell) <= _LONGEST]
    for line, following in zip(lines, [*lines[1:], ""], strict=False):
        found += [_whole(line), *_told_in(line + following if line.endswith(":") else line)]
    towns = dict.fromkeys(town for town, _ in found if town)
    villages = dict.fromkeys(village for _, village in found if village)
    besides = (*list(towns)[1:], *list(villages)[1:])
    return Named(next(iter(towns), None), next(iter(villages), None), besides)


_Told = tuple[str | None, str | None]


def _whole(text: str) -> _Told:
    return _of(_NAMED.fullmatch(text))


def _told_in(line: str) -> Iterator[_Told]:
    yield _of(_HEADED.match(line))
    yield _of(_BY.search(line))
    for match in _LABELLED.finditer(line):
        yield _name(match["town"]), _name(match["village"])


def _of(match: re.Match[str] | None) -> _Told:
    """Town and village of a match; neither where one of them is no name, which makes the other doubtful
    unless it stands before it."""
    if match is None:
        return None, None
    town = _name(match["town"])
    if match["town"] and town is None:
        return None, None
    return town, _name(match["village"] or match["only"])


def _name(text: str | None) -> str | None:
    return None if text is None or text in _NO_NAMES or _NO_NAME.fullmatch(text) else text


def _plain(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split())
