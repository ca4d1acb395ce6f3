"""Find the one household, cadre or visit a clerk means; list the candidates when there are several."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

from sqlalchemy import Connection

from jiemin.domain.people import clean_name, mask_digits, mask_id
from jiemin.errors import NotFoundError
from jiemin.storage import cadres, finding, households, persons, regions, visits
from jiemin.storage.cadres import CadreState
from jiemin.storage.households import HouseholdState
from jiemin.storage.persons import MembershipRow
from jiemin.storage.visits import VisitRow

_LISTED = 10
_SHORT_VISIT = re.compile(r"[Vv]?0*(\d{1,9})", re.ASCII)


def find_household(connection: Connection, text: str, day: date) -> HouseholdState:
    """The household known on `day` by number, identity number (whole or masked) or name.

    Where nobody belongs to it any longer the head is the last it had.
    Raises `NotFoundError` when there is none, or several, which it lists.
    """
    ids = finding.household_ids(connection, clean_name(text), day)
    found = households.households_on(connection, day, ids) if ids else []
    if len(found) == 1:
        return _with_last_head(connection, found[0], day)
    if not found:
        raise _unknown(connection, text, day)
    places = regions.places(connection)
    lines = [_household_line(each, places) for each in found[:_LISTED]]
    raise NotFoundError(_several(text, "户", len(found), lines), "请改用户编号")


def _with_last_head(connection: Connection, state: HouseholdState, day: date) -> HouseholdState:
    if state.head_name:
        return state
    rows = persons.memberships_of(connection, state.id)
    heads = [row for row in rows if row.head and row.end <= day]
    if not heads or any(row.holds(day) for row in rows):
        return state
    last = max(heads, key=lambda row: row.end)
    return replace(state, head_name=last.name, head_number=last.id_number)


def find_cadre(connection: Connection, text: str, day: date) -> CadreState:
    """The cadre in service on `day` by number, name or telephone; raises as `find_household`."""
    found = _cadres(connection, text, day)
    if not found:
        raise _unknown_cadre(connection, text, day)
    return _one_cadre(text, found)


def find_cadre_ever(connection: Connection, text: str, day: date) -> CadreState:
    """The same; where nobody meant serves on `day`, one who ever did, as in his or her last post."""
    found = _cadres(connection, text, day) or _cadres(connection, text, None)
    if not found:
        raise _unknown_cadre(connection, text, day)
    return _one_cadre(text, found)


def _cadres(connection: Connection, text: str, day: date | None) -> list[CadreState]:
    """The cadres meant, of those in service on `day`, or of all there ever were."""
    name, _, unit = text.partition("@")
    ids = set(finding.cadre_ids(connection, clean_name(name), day))
    if not ids:
        return []
    known = cadres.last_posts(connection, ids) if day is None else cadres.cadres_on(connection, day)
    return [each for each in known if each.id in ids and unit in each.unit]


def _one_cadre(text: str, found: list[CadreState]) -> CadreState:
    if len(found) == 1:
        return found[0]
    lines = [
        f"{each.cadre_no} {each.name} {each.unit} {each.post or ''}".rstrip() for each in found[:_LISTED]
    ]
    raise NotFoundError(_several(text, "名干部", len(found), lines), "请改用干部编号，或写成“姓名@单位”")


def _unknown_cadre(connection: Connection, text: str, day: date) -> NotFoundError:
    """Nobody meant serves on that day; perhaps before or later."""
    ever = _cadres(connection, text, None)
    if len(ever) != 1:
        return NotFoundError(
            f"没有找到干部“{mask_digits(text)}”", "可以用姓名、干部编号或电话；用 jiemin cadre list 查看"
        )
    posts = cadres.posts_of(connection, ever[0].id)
    began = [post for post in posts if post.start <= day]
    if not began:
        return NotFoundError(f"{ever[0].name}自{posts[0].start}起才有任职记录，{day}还没有任职", "核对日期")
    return NotFoundError(
        f"{ever[0].name}自{began[-1].end}起不再任职，{day}不在任",
        f"以前的结对用 jiemin cadre show {ever[0].cadre_no} --history 查看；"
        f"又来任职的先登记：jiemin cadre return {ever[0].cadre_no} --unit 单位",
    )


def find_visit(connection: Connection, text: str) -> VisitRow:
    """The visit of that number, voided or not; V12 and 12 are V000012. Raises `NotFoundError`."""
    number = text.strip()
    short = _SHORT_VISIT.fullmatch(number)
    found = visits.visit_numbered(connection, number)
    if found is None and short is not None:
        found = visits.visit_numbered(connection, visits.serial(int(short[1])))
    if found is None:
        raise NotFoundError(f"没有找到走访“{mask_digits(text)}”", "用 jiemin visit list 查看走访编号")
    return found


def find_member(connection: Connection, household: HouseholdState, text: str, day: date) -> MembershipRow:
    """Who of the household's members is meant, by name or identity number: one on `day`, else one who ever
    was, since rosters often begin later than what is told of people.

    Raises `NotFoundError` when there is none, or several of that name, and names the members.
    """
    name = clean_name(text)
    members = persons.memberships_of(connection, household.id)
    meant = [row for row in members if name == row.name or name.upper() == row.id_number]
    found = {row.person_id: row for row in meant if row.holds(day)} or {row.person_id: row for row in meant}
    if len(found) == 1:
        return found.popitem()[1]
    number, told = household.household_no, mask_digits(text)
    if found:
        raise NotFoundError(f"{number}有{len(found)}名成员叫“{told}”", "请改写身份证号")
    names = "、".join(dict.fromkeys(row.name for row in members)) or "没有登记成员"
    raise NotFoundError(f"{number}没有成员“{told}”", f"这一户的成员：{names}")


def long_number(text: str, letter: str, serial: Callable[[int], str]) -> str:
    """The number we gave of a short one, such as X0001 of x1 or 1; any other text as it is."""
    digits = text.strip().upper().removeprefix(letter)
    short = digits.isascii() and digits.isdigit() and len(digits) <= 9
    return serial(int(digits)) if short else text.strip()


def find_unit(connection: Connection, text: str) -> tuple[int, str]:
    """The unit's id and name by its name, or by a part that only one name has; raises as others."""
    known = regions.units(connection)
    name = "".join(text.split())
    fitting = [name] if name in known else sorted(each for each in known if name and name in each)
    if len(fitting) == 1:
        return known[fitting[0]], fitting[0]
    if not fitting:
        raise NotFoundError(f"没有找到单位“{text}”", "写成干部名册里的单位名称；没有干部的单位先导入单位名册")
    raise NotFoundError(_several(text, "个单位", len(fitting), fitting[:_LISTED]), "请写单位的全称")


def find_village(connection: Connection, text: str) -> regions.Place:
    """The village by its name, or by town and village in one (乌镇塘东村); raises as others."""
    name = "".join(text.split())
    fitting = [
        place
        for place in regions.places(connection).values()
        if place.village and name.endswith(place.village) and _in_town(place, name)
    ]
    longest = max((len(place.village) for place in fitting), default=0)
    fitting = [place for place in fitting if len(place.village) == longest]
    if len(fitting) == 1:
        return fitting[0]
    if not fitting:
        raise NotFoundError(
            f"没有找到村（社区）“{text}”", "写成镇名加村名，如 乌镇镇塘东村；新的村先导入村社区名册"
        )
    lines = [f"{place.town}{place.village}" for place in fitting[:_LISTED]]
    raise NotFoundError(_several(text, "个村", len(fitting), lines), "请把镇名也写上")


def _in_town(place: regions.Place, name: str) -> bool:
    """Whether what stands before the village's name is its town's, whole or without 镇."""
    return place.town.startswith(name.removesuffix(place.village))


def _unknown(connection: Connection, text: str, day: date) -> NotFoundError:
    """Nothing is known on that day; perhaps on a later one."""
    ids = finding.household_ids(connection, clean_name(text), date.max - timedelta(days=1))
    begun = [first for row_id, first in households.first_days(connection).items() if row_id in ids]
    if begun and min(begun) > day:
        return NotFoundError(
            f"“{mask_digits(text)}”在{day}还没有记录，名册从{min(begun)}起",
            "核对日期；名册应当更早的，用 --as-of 重新导入",
        )
    return NotFoundError(
        f"没有找到困难家庭“{mask_digits(text)}”",
        "可以用户编号、户主姓名或身份证号；用 jiemin household list 查看",
    )


def _household_line(household: HouseholdState, places: dict[int, regions.Place]) -> str:
    place = places[household.region_id]
    number = mask_id(household.head_number) or "无身份证号"
    return f"{household.household_no} {household.head_name or ''} {place.town}{place.village} {number}"


def _several(text: str, measure: str, number: int, lines: list[str]) -> str:
    more = f"\n  …还有{number - len(lines)}{measure}" if number > len(lines) else ""
    return f"有{number}{measure}符合“{mask_digits(text)}”：\n  " + "\n  ".join(lines) + more
