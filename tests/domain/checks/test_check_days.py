"""Too much in one day: of one cadre, at one door, in one quarter."""

from datetime import date, timedelta

from support.checked import HOMES, SETTINGS, county, home, numbers, staff, visit, visit_facts

from jiemin.domain.checks.county import Spell
from jiemin.domain.checks.days import day_findings
from jiemin.domain.checks.finding import Finding
from jiemin.domain.checks.visit_facts import VisitOnRecord, calls_of
from jiemin.domain.codes import HouseholdStatus, VisitKind
from jiemin.domain.periods import FOREVER

DAY = date(2014, 5, 20)
MANY = [home(f"H{number}") for number in range(1, 10)]
CROWD = [staff(f"C{number}", f"干部{number}", "市民政局") for number in range(1, 10)]


def found(*visits: VisitOnRecord) -> list[Finding]:
    facts = visit_facts(*visits, county=county([*MANY, home("H20", town="石门镇")], CROWD))
    return list(day_findings(facts, calls_of(facts), SETTINGS))


def round_of(households: int) -> list[VisitOnRecord]:
    return [visit(number, DAY, f"H{number}") for number in range(1, households + 1)]


def test_so_many_families_in_a_day_but_no_more() -> None:
    assert found(*round_of(6)) == []
    (finding,) = found(*round_of(7))
    assert finding.number == "K204-C1-20140520"
    assert finding.message == "2014-05-20走访7户：H1、H2、H3等7户"
    other_day = visit(8, DAY + timedelta(days=1), "H7")
    assert found(*round_of(6), other_day) == []
    call = visit(8, DAY, "H7", kind=VisitKind.PHONE)
    assert found(*round_of(6), call) == []


def test_one_town_in_a_day() -> None:
    (finding,) = found(visit(1, DAY, "H1"), visit(2, DAY, "H20"))
    assert finding.number == "K205-C1-20140520"
    assert finding.message == "2014-05-20走访了乌镇镇、石门镇：H1、H20"
    assert found(visit(1, DAY, "H1"), visit(2, DAY, "H20", "C2")) == []
    assert found(visit(1, DAY, "H1"), visit(2, DAY, "H1", kind=VisitKind.GIFT)) == []


def test_where_a_family_lived_that_day_counts() -> None:
    moved = [
        Spell(date(2014, 1, 1), date(2014, 6, 1), HouseholdStatus.ACTIVE, "乌镇镇"),
        Spell(date(2014, 6, 1), FOREVER, HouseholdStatus.ACTIVE, "石门镇"),
    ]
    visits = [visit(1, DAY, "H1"), visit(2, DAY, "H2")]
    facts = visit_facts(*visits, county=county([home(), home("H2", town="石门镇")]), spells={"H2": moved})
    assert list(day_findings(facts, calls_of(facts), SETTINGS)) == []
    unknown = visit_facts(*visits, spells={"H1": [], "H2": []})
    assert list(day_findings(unknown, calls_of(unknown), SETTINGS)) == []


def test_one_family_is_not_overrun() -> None:
    four = visit(1, DAY, "H1", "C1", "C2", "C3", "C4")
    assert found(four, visit(2, DAY, "H1", "C1")) == []
    (finding,) = found(visit(1, DAY, "H1", "C1", "C2", "C3", "C4", "C5"))
    assert finding.number == "K213-H1-20140520"
    assert finding.message == "2014-05-20上门1次，干部5人：干部1、干部2、干部3等5人"
    assert numbers(found(four, visit(2, DAY, "H1", "C5"))) == ["K213-H1-20140520"]
    assert found(visit(1, DAY, "H1", "C1"), visit(2, DAY, "H1", "C2")) == []
    three = [visit(number, DAY, "H1", f"C{number}") for number in (1, 2, 3)]
    assert numbers(found(*three)) == ["K213-H1-20140520"]


def test_one_quarter_holds_so_many_calls() -> None:
    some = [visit(number, date(2014, 4, 1) + timedelta(days=9 * number)) for number in range(1, 8)]
    assert found(*some[:6], visit(9, date(2014, 3, 30)), visit(10, date(2014, 7, 2))) == []
    (finding,) = found(*some)
    assert (finding.number, finding.message) == ("K214-H1-2014Q2", "2014年第二季度上门7次")
    assert found(*some[:6], visit(9, date(2014, 6, 30), kind=VisitKind.PHONE)) == []


def test_whom_nobody_knows_is_left_out() -> None:
    many = [visit(number, DAY, "H99", "C99", f"C{90 + number}") for number in range(1, 8)]
    strange = visit(9, DAY, "H98", "C99")
    assert found(*many, strange) == []
    assert len(HOMES) == 2
