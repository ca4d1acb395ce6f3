"""Find the one household or cadre a clerk means; list the candidates when there are several."""

from datetime import date, timedelta

from sqlalchemy import Connection

from jiemin.domain.people import clean_name, mask_digits, mask_id
from jiemin.errors import NotFoundError
from jiemin.storage import cadres, finding, households, regions
from jiemin.storage.cadres import CadreState
from jiemin.storage.households import HouseholdState

_LISTED = 10


def find_household(connection: Connection, text: str, day: date) -> HouseholdState:
    """The household known on `day` by number, identity number (whole or masked) or name.

    Raises `NotFoundError` when there is none, or several, which it lists.
    """
    ids = finding.household_ids(connection, clean_name(text), day)
    found = households.households_on(connection, day, ids) if ids else []
    if len(found) == 1:
        return found[0]
    if not found:
        raise _unknown(connection, text, day)
    places = regions.places(connection)
    lines = [_household_line(each, places) for each in found[:_LISTED]]
    raise NotFoundError(_several(text, "户", len(found), lines), "请改用户编号")


def find_cadre(connection: Connection, text: str, day: date) -> CadreState:
    """The cadre in service on `day` by number, name or telephone; raises as `find_household`."""
    name, _, unit = text.partition("@")
    ids = set(finding.cadre_ids(connection, clean_name(name), day))
    found = [each for each in cadres.cadres_on(connection, day) if each.id in ids] if ids else []
    if unit:
        found = [each for each in found if unit in each.unit]
    if len(found) == 1:
        return found[0]
    if not found:
        raise NotFoundError(
            f"没有找到干部“{mask_digits(text)}”", "可以用姓名、干部编号或电话；用 jiemin cadre list 查看"
        )
    lines = [
        f"{each.cadre_no} {each.name} {each.unit} {each.post or ''}".rstrip() for each in found[:_LISTED]
    ]
    raise NotFoundError(_several(text, "名干部", len(found), lines), "请改用干部编号，或写成“姓名@单位”")


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
