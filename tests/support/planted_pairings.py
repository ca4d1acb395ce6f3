"""Faults of pairings, of what was promised, and of subsidies, planted."""

import json
from datetime import date

from support.planted_county import JUNE, SINCE, County, Helper, Mark

UNPAIRED = "an unpaired household, or one without a lead"
LEADERS = "a leader with none"
QUOTA = "a cadre over quota"
KIN = "a pairing to own kin"
PAID = "a member of a household on the cadre list"
LEFT = "people dead or moved still listed"
PROMISED = "a promised measure not delivered"
FILES = "a survey said to be complete that is not"
MONEY = "a subsidy that does not fit the household"
CADRE_HEADER = ("姓名", "单位", "职务", "是否领导", "身份证号", "联系电话")


def plant_pairings(county: County) -> None:
    _without(county)
    _over(county)
    _kin(county)
    _left_open(county)
    _cadres(county)


def _without(county: County) -> None:
    for each in county.families(3, helpers=1, leader=False):
        county.run("pair", "end", each.number, each.lead.number, "--reason", "调整")
        county.plant(UNPAIRED, f"{each.number}: pairing ended", each.mark("K301"))
    for each in county.families(3, helpers=2, leader=False):
        county.run("pair", "end", each.number, each.lead.number, "--reason", "调整")
        county.plant(UNPAIRED, f"{each.number}: the lead left", each.mark("K302"))
    each = county.family(helpers=1, leader=True)
    county.run("pair", "end", each.number, each.lead.number, "--reason", "调整")
    none = Mark("K303", (each.lead.number,))
    county.plant(LEADERS, f"{each.lead.number}: the only household ended", none, each.mark("K301"))


def _over(county: County) -> None:
    for each in county.families(2, leader=False):
        _take(county, each.lead, 1)
    leader = county.family(leader=True).lead
    _take(county, leader, 5)
    busy = county.family(leader=True).lead
    for other in county.families(4):
        county.run("pair", "add", other.number, busy.number, "--role", "协助", "--on", "2014-06-01")
    county.innocent.append(Mark("K304", (busy.number,)))


def _take(county: County, who: Helper, more: int) -> None:
    for each in county.families(more):
        county.run("pair", "add", each.number, who.number, "--role", "协助", "--on", "2014-06-01")
    county.plant(QUOTA, f"{who.number}: {more} more than allowed", Mark("K304", (who.number,)))


def _kin(county: County) -> None:
    one, two, three, four = county.families(4, others=1)
    county.run(
        "pair", "rule", "kin", one.lead.number, "--name", one.others[0].name, "--household", one.number
    )
    kin = two.others[0]
    county.run("pair", "rule", "kin", two.lead.number, "--name", kin.name, "--id", kin.id_number)
    county.run("pair", "rule", "bar", three.number, three.lead.number, "--reason", "有过矛盾")
    for each in (one, two, three):
        mark = each.mark("K305", each.lead.number)
        county.plant(KIN, f"{each.number} and {each.lead.number} after a rule", mark)
    far = county.family(others=1)
    away = far.others[0]
    county.run("pair", "rule", "kin", four.lead.number, "--name", away.name, "--id", away.id_number)
    county.innocent += [far.mark("K305"), four.mark("K305")]


def _left_open(county: County) -> None:
    for each in county.families(3, helpers=1, leader=False, before=date(2014, 6, 10)):
        words = ("--status", "迁出", "--reason", "迁往外地", "--on", "2014-06-10", "-y")
        county.run("household", "exit", each.number, *words)
        county.sql("UPDATE pairing SET valid_to = '9999-12-31' WHERE household_id = ?", each.row)
        county.plant(LEFT, f"{each.number}: moved away, pairing left open", each.mark("K308"))
    for each in county.families(3, helpers=1, leader=False):
        cadre = "(SELECT id FROM cadre WHERE cadre_no = ?)"
        query = f"UPDATE cadre_post SET valid_to = '2014-06-20' WHERE cadre_id = {cadre}"
        county.sql(query, each.lead.number)
        mark = Mark("K309", (each.lead.number,))
        county.plant(LEFT, f"{each.lead.number}: left the post, pairing left open", mark)


def _cadres(county: County) -> None:
    """A list of cadres, in which not everybody should be."""
    rows: list[tuple[str | None, ...]] = []
    for at in range(3):
        rows.append((f"严新任{'甲乙丙'[at]}", "市文广新局", "副局长", "是", None, f"1999000110{at}"))
        county.plant(LEADERS, f"{rows[-1][0]}: a new leader", Mark("K303", (str(rows[-1][0]),)))
    for each in county.families(3, others=1):
        who = each.others[0]
        rows.append((who.name, "市水利局", "科员", "否", who.id_number, None))
        county.plant(PAID, f"{who.name} of {each.number}, by number", each.mark("K306"))
    for each in county.families(3, phone=True):
        rows.append((each.head, "市水利局", "科员", "否", None, each.phone))
        county.plant(PAID, f"{each.head} of {each.number}, by telephone", each.mark("K307"))
    for each in county.families(2):
        same = each.lead
        (phone,) = county.rows("SELECT phones FROM cadre WHERE cadre_no = ?", same.number)[0]
        rows.append((same.name, "市档案局", "科员", "否", None, phone.strip('[]"').split('"')[0]))
        mark = Mark("K115", (same.number,))
        county.plant("the same person twice", f"{same.number}: in two units with one telephone", mark)
    county.book("新干部.xlsx", CADRE_HEADER, *rows, ends=(0, 4))


def plant_files(county: County) -> None:
    for at, each in enumerate(county.families(5)):
        day = county.day(each).isoformat()
        due = "2014-07-10"
        if at < 3:
            words = ("--plan", "4", "--what", "修缮屋顶", "--on", day, "--due", due)
            county.run("measure", "add", each.number, *words)
        else:
            promise = ("--promise", "联系一份公益岗位", "--promise-due", due)
            county.run("visit", "add", each.number, "--date", day, *promise)
        county.plant(PROMISED, f"{each.number}: due on 10 July", each.mark("K401"))
    kept = county.family()
    county.run("measure", "add", kept.number, "--plan", "4", "--what", "修缮屋顶", "--due", "2014-07-20")
    open_ = county.family()
    county.run("measure", "add", open_.number, "--plan", "4", "--what", "修缮屋顶", "--on", SINCE.isoformat())
    county.innocent += [kept.mark("K401"), open_.mark("K402")]
    # before the household was on record no promise is taken; the file comes from an older programme
    for each in county.families(3):
        lambs = ("--plan", "6", "--what", "送羊羔两只", "--on", SINCE.isoformat())
        county.run("measure", "add", each.number, *lambs)
        query = "UPDATE measure SET promised_on = '2014-01-10' WHERE household_id = ?"
        county.sql(query, each.row)
        county.plant(PROMISED, f"{each.number}: since 10 January, no term set", each.mark("K402"))


def plant_money(county: County) -> None:
    """After the money of June was computed the household left, changed class, grew."""
    gone, changed, grown = (
        county.families(3, classes=("农村低保", "城镇低保"), leader=False, before=date(2014, 6, 10))
        for _ in range(3)
    )
    county.run("subsidy", "compute", "--month", "2014-06", ends=(0, 4))
    for each in gone:
        words = ("--status", "停保", "--reason", "收入超过标准", "--on", "2014-06-15", "-y")
        county.run("household", "exit", each.number, *words)
        county.plant(MONEY, f"{each.number}: stopped on 15 June, paid for June", each.mark("K503"))
    for each in changed:
        richer = ("--class", "低收入", "--reason", "复核", "--on", "2014-06-15", "-y")
        county.run("household", "reclass", each.number, *richer)
        follows = [each.mark("K505")]
        county.plant(MONEY, f"{each.number}: no 低保 since 15 June", each.mark("K504"), follows=follows)
    for each, name in zip(grown, "秀菊梅", strict=True):
        child = ("--name", f"{each.head[0]}小{name}", "--relation", "孙女", "--birth", "2014-06-12")
        county.run("household", "birth", each.number, *child, "--sex", "女", "-y")
        follows = [each.mark("K104")]
        county.plant(MONEY, f"{each.number}: a child more", each.mark("K505"), follows=follows)


def inspected(county: County) -> tuple[str, list[str]]:
    """The number of a spot check, and three of those drawn."""
    words = ("--count", "30", "--seed", "7", "--reason", "二季度督查", "--only", "visited", "--json")
    drawn = json.loads(county.run("inspect", "draw", *words, on=JUNE))["inspection"]
    free = {each.number for each in county.pool}
    numbers = [each["household_no"] for each in drawn["households"] if each["household_no"] in free]
    return drawn["inspection_no"], numbers[:3]
