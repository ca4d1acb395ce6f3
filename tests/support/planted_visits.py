"""Faults of visits, planted: when, how many, in what words, whom they found, how often."""

from collections.abc import Iterator
from datetime import date, timedelta

from support.planted_county import JULY, JUNE, County, Family, Helper, Mark

FUTURE = "dated in a future quarter or before it was"
CLOSED = "dated in a closed quarter"
SITTING = "several quarters entered in one sitting"
FAR = "two places far apart on one day"
MANY = "too many households on one day"
TEXT = "the same text in many notes"
AWAY = "a visit while the family was away"
CROWD = "a household visited by many on one day, or too often"
CHECKED = "a visit that a spot check found untrue"
STALE = "needs heard and never answered"
NOTES = (
    "带着米和油看望{head}一家，聊了聊今年的收成和孩子的学习情况，嘱咐注意身体",
    "向{head}宣传了医疗救助的办法，一起算了算家里的开支，叮嘱按时吃药",
    "和{head}坐在院子里说话，问了房子漏不漏雨、地里种了些什么，答应常来",
)
COPIED = (
    "到{head}家走访，了解家庭生活状况，鼓励树立信心，克服困难，早日脱贫致富",
    "今天上门看望{head}，宣传党的各项惠民政策，家里人都很感动，一再说感谢",
    "{head}家中情况稳定，本人精神状态良好，表示对生活充满希望，不给政府添麻烦",
)


def plant_in_june(county: County) -> None:
    """Entered while the quarter runs."""
    _away(county)
    _too_many(county)
    _same_words(county)
    _too_often(county)
    county.import_visits("走访补充.xlsx", JUNE)
    _nobody_there(county)
    _not_yet(county)


def plant_in_july(county: County) -> None:
    """Entered when the quarter and the days of grace were over."""
    for each in county.families(3):
        county.visit(each, date(2014, 5, 7) if date(2014, 5, 7) not in each.days else date(2014, 5, 9))
        late = Mark("K202", (each.lead.number,))
        county.plant(CLOSED, f"{each.number}: a visit of May entered on 20 July", late)
    for each in county.families(3):
        county.visit(each, county.day(each, first=date(2014, 6, 2)))
        county.visit(each, date(2014, 7, 15))
        sitting, late = (Mark(code, (each.lead.number,)) for code in ("K203", "K202"))
        county.plant(SITTING, f"{each.number}: June and July entered on 20 July", sitting, follows=[late])
    county.import_visits("补登.xlsx", JULY)


def plant_inspected(county: County, drawn: list[Family], inspection: str) -> None:
    """The office went there, and it was not so."""
    for each, result, code in zip(
        drawn, ("不属实", "不属实", "部分属实"), ("K218", "K218", "K219"), strict=True
    ):
        words = ("inspect", "record", inspection, each.number, "--result", result, "--finding", "没有人来过")
        county.run(*words, on=JULY)
        county.plant(CHECKED, f"{each.number}: {result}", each.mark(code))


def _extra(*families: Family) -> list[Mark]:
    """Who visits a family that is not his or her own is told of as well."""
    return [each.mark("K215") for each in families]


def _away(county: County) -> None:
    """The family had left, or who was met had."""
    for each, status, code in zip(
        county.families(7, before=date(2014, 6, 10), leader=False),
        ("迁出", "迁出", "死亡", "死亡", "停保", "停保", "停保"),
        ("K208", "K208", "K208", "K208", "K209", "K209", "K209"),
        strict=True,
    ):
        words = ("--status", status, "--reason", status, "--on", "2014-06-10", "-y")
        county.run("household", "exit", each.number, *words)
        county.visit(each, county.day(each))
        told = f"{each.number}: {status} on 10 June, visited after that"
        county.plant(AWAY, told, each.mark(code), follows=_extra(each))
    for each in county.families(3, others=1):
        who = each.others[0].name
        county.run("household", "death", each.number, who, "--on", "2014-06-05", "-y")
        county.visit(each, county.day(each), met=who)
        found, richer = each.mark("K211"), each.mark("K112")
        county.plant(AWAY, f"{each.number}: met {who}, who had died", found, follows=[richer])
    for each in county.families(3, others=1):
        who = each.others[0].name
        county.run("household", "leave", each.number, who, "--reason", "外迁", "--on", "2014-06-05", "-y")
        county.visit(each, county.day(each), met=who)
        found, richer = each.mark("K212"), each.mark("K112")
        county.plant(AWAY, f"{each.number}: met {who}, who had left", found, follows=[richer])
    there = county.family(others=1)
    county.visit(there, county.day(there), met=there.others[0].name)
    county.innocent += [there.mark(code) for code in ("K210", "K211", "K212")]


def _nobody_there(county: County) -> None:
    for each, met in zip(county.families(3), ("无人在家", "都不在", "外出打工"), strict=True):
        day = county.day(each).isoformat()
        county.run("visit", "add", each.number, "--date", day, "--met", met, "--note", "门锁着")
        county.plant(AWAY, f"{each.number}: nobody was met", each.mark("K210"))


def _too_many(county: County) -> None:
    for town in ("崇福镇", "洲泉镇", "乌镇镇"):
        met = county.families(7, town)
        day, who = county.day(*met), met[0].lead
        for each in met:
            county.visit(each, day, who)
        mark = Mark("K204", (who.number,))
        county.plant(MANY, f"{who.number}: seven households on {day}", mark, follows=_extra(*met))
    six = county.families(6, "濮院镇")
    day = county.day(*six)
    for each in six:
        county.visit(each, day, six[0].lead)
    county.innocent.append(Mark("K204", (six[0].lead.number,)))
    county.plant("", "six households on one day are within bounds", follows=_extra(*six))
    for town, other in (("崇福镇", "石门镇"), ("洲泉镇", "濮院镇"), ("屠甸镇", "乌镇镇")):
        one, two = county.family(town), county.family(other)
        day, who = county.day(one, two), one.lead
        county.visit(one, day, who)
        county.visit(two, day, who)
        mark = Mark("K205", (who.number,))
        county.plant(FAR, f"{who.number}: {town} and {other} on {day}", mark, follows=_extra(two))


def _days(each: Family) -> Iterator[date]:
    """Days of the quarter on which the family was not visited."""
    days = (date(2014, 4, 10) + timedelta(days=at) for at in range(80))
    return (day for day in days if day not in each.days)


def _same_words(county: County) -> None:
    for each, text in zip(county.families(3), COPIED, strict=True):
        days = _days(each)
        for day in (next(days), next(days)):
            county.visit(each, day, note=text.format(head=each.head))
        mark = Mark("K206", (each.lead.name,))
        county.plant(TEXT, f"{each.lead.name}: one note twice", mark)
    for text in NOTES:
        three = county.families(3)
        names = tuple(each.lead.name for each in three)
        for each in three:
            county.visit(each, next(_days(each)), note=text.format(head=each.head))
        county.plant(TEXT, f"{[each.number for each in three]}: one note", Mark("K207", names))
    short = county.family()
    days = _days(short)
    for day in (next(days), next(days)):
        county.visit(short, day, note="家里都好")
    county.innocent.append(Mark("K206", (short.lead.name,)))


def _too_often(county: County) -> None:
    for each in county.families(3):
        others = county.families(5 - len(each.helpers))
        day = county.day(each, *others)
        county.visit(each, day, *each.helpers, *(other.lead for other in others))
        county.plant(CROWD, f"{each.number}: five cadres on {day}", each.mark("K213"), follows=_extra(each))
    for each in county.families(3):
        others = county.families(2)
        day = county.day(each, *others)
        for who in (each, *others):
            county.visit(each, day, who.lead)
        county.plant(CROWD, f"{each.number}: three calls on {day}", each.mark("K213"), follows=_extra(each))
    for each in county.families(3):
        days = _days(each)
        for _ in range(7):
            county.visit(each, next(days))
        county.plant(CROWD, f"{each.number}: seven calls in a quarter", each.mark("K214"))
    together, other = county.families(2)
    county.visit(together, county.day(together, other), together.lead, other.lead)
    county.innocent.append(together.mark("K213"))
    county.plant("", "two cadres together are no crowd", follows=_extra(together))
    for each in county.families(3, idle=True):
        county.visit(each, next(_days(each)), needs="屋顶漏雨，想修一修")
        county.plant(STALE, f"{each.number}: a need of April", each.mark("K217"))


def _not_yet(county: County) -> None:
    """What the program takes from nobody, put into the file by another hand."""
    for at, each in enumerate(county.families(6)):
        day = date(2014, 8, 1) if at < 3 else date(2014, 7, 10)
        county.run("visit", "add", each.number, "--date", day.isoformat(), ends=(1,))
        _written(county, each, each.lead, day, at)
        told = f"{each.number}: entered on 30 June, dated {day}"
        county.plant(FUTURE, told, each.mark("K201"))


def _written(county: County, family: Family, who: Helper, day: date, at: int) -> None:
    query = "INSERT INTO visit (visit_no, household_id, day, kind, entered_on) VALUES (?, ?, ?, '走访', ?)"
    visit = county.sql(query, f"V9{at:05d}", family.row, day, JUNE)
    query = "INSERT INTO visit_cadre (visit_id, cadre_id) SELECT ?, id FROM cadre WHERE cadre_no = ?"
    county.sql(query, visit, who.number)
