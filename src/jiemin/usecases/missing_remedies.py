"""What to do about amounts that cannot be computed: where the clerk supplies what they lack."""

from collections.abc import Collection, Iterable

from sqlalchemy import Connection

from jiemin.domain.entitlement.missing import INSURED, Source, sources_of
from jiemin.domain.indicators import MissingAward
from jiemin.domain.money_items import read_period
from jiemin.storage import households

_REMEDIES = {
    Source.CASE: "救助事项没有登记的，用 jiemin aid add 登记；没有写全、写错的，"
    "先用 jiemin aid void 作废（编号看 jiemin aid list）再登记",
    Source.CONDITION: f"参保人数用 jiemin condition set 户编号 {INSURED}=几人 登记"
    "（户多的，jiemin template 状况 --out 状况.xlsx 填好导入）",
    Source.POLICY: "县里没有写的标准写进本县的政策文件，用 --policy 指明"
    "（要填的：jiemin policy template --out 本县.toml）",
    Source.RUN: "成员已在别的户发过的，不重复发；要改发到这一户，先作废发过的那一批"
    "（jiemin subsidy void），重新计算",
}


def roster_day(connection: Connection, missing: Collection[MissingAward]) -> str:
    """From which day a roster must hold that supplies all of it, empty where nothing is missing: the first of
    the periods, or, so that it is told of no household before it was on the roster, the day on which the last
    of them came, if that is no later than any of the periods' last days."""
    if not missing:
        return ""
    since = households.first_days_by_number(connection, {each.household_no for each in missing})
    periods = [read_period(each.period) for each in missing]
    first, came = min(period.first for period in periods), max(since.values())
    if came <= min(period.last for period in periods):
        return max(first, came).isoformat()
    days = (max(read_period(each.period).first, since[each.household_no]) for each in missing)
    return min(days).isoformat()


def remedy(names: Iterable[str], as_of: str = "") -> str:
    """How to supply everything so called; roster facts as of a day, if one is named.

    One sentence without its stop, such as `在名册里补填这几列，用 … 重新导入；救助事项没有登记的，…`.
    """
    day = f" --as-of {as_of}" if as_of else ""
    roster = f"在名册里补填这几列，用 jiemin import 名册.xlsx{day} 重新导入"
    return "；".join(_REMEDIES.get(source, roster) for source in sources_of(names))
