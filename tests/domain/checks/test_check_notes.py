"""Notes copied from one visit to another, however the names and figures in them were changed."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from support.checked import SETTINGS, county, home, member, numbers, staff, visit, visit_facts

from jiemin.domain.checks.finding import Finding
from jiemin.domain.checks.notes import Names, gist, note_findings
from jiemin.domain.checks.visit_facts import VisitOnRecord, calls_of
from jiemin.domain.codes import VisitKind

NOTE = "到{who}家里坐了坐，问了身体和收入，送去慰问品，鼓励他树立信心。"
DAYS = [date(2014, 4, 10), date(2014, 5, 10), date(2014, 6, 10)]


def found(*visits: VisitOnRecord) -> list[Finding]:
    people = [
        staff(f"C{number}", name, "市民政局")
        for number, name in ((1, "方卫东"), (2, "顾小芳"), (3, "钱学明"))
    ]
    homes = [home(), home("H2", village="望湖村")]
    members = {"H1": [member(1, "沈阿大")], "H2": [member(11, "朱水根")]}
    facts = visit_facts(*visits, county=county(homes, people), members=members)
    return list(note_findings(facts, calls_of(facts), SETTINGS))


def told(number: int, household: str, cadre: str, note: str) -> VisitOnRecord:
    return visit(number, DAYS[number % 3], household, cadre, note=note)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (NOTE.format(who="沈阿大"), NOTE.format(who="朱水根")),
        (NOTE.format(who="老沈"), NOTE.format(who="老朱")),
        (NOTE.format(who="沈大伯"), NOTE.format(who="朱奶奶")),
        (
            "4月10日方卫东到塘东村，" + NOTE.format(who="他"),
            "5月2日，方卫东到望湖村。" + NOTE.format(who="他"),
        ),
        (NOTE.format(who="沈阿大"), NOTE.format(who="沈阿大").replace("，", "、").replace("。", "！")),
        (NOTE.format(who="沈阿大") + "家里3口人", NOTE.format(who="朱水根") + "家里1口人"),
    ],
)
def test_a_copied_note_is_found_through_its_changes(one: str, other: str) -> None:
    (finding,) = found(told(1, "H1", "C1", one), told(2, "H2", "C1", other))
    assert finding.number == "K206-V001"
    assert finding.subject == "C1 方卫东"
    assert "V001、V002" in finding.message


def test_notes_that_differ_in_a_word_are_two() -> None:
    other = NOTE.format(who="朱水根").replace("身体", "学习")
    assert found(told(1, "H1", "C1", NOTE.format(who="沈阿大")), told(2, "H2", "C1", other)) == []


def test_short_notes_say_nothing() -> None:
    assert found(told(1, "H1", "C1", "一切都好，没有困难"), told(2, "H2", "C1", "一切都好，没有困难")) == []
    padded = "沈阿大沈阿大沈阿大，一切都好"
    assert found(told(1, "H1", "C1", padded), told(2, "H1", "C1", padded)) == []


def test_of_several_cadres_it_takes_three() -> None:
    some = [told(number, "H1", f"C{number}", NOTE) for number in (1, 2, 3)]
    assert found(*some[:2]) == []
    (finding,) = found(*some)
    assert finding.number == "K207-V001"
    assert finding.subject == "C1 方卫东、C2 顾小芳、C3 钱学明"


def test_one_text_is_one_finding() -> None:
    some = [told(1, "H1", "C1", NOTE), told(2, "H2", "C1", NOTE), told(3, "H1", "C2", NOTE)]
    assert numbers(found(*some)) == ["K207-V001"]
    assert numbers(found(*(told(number, "H1", "C1", NOTE) for number in (1, 2, 3)))) == ["K206-V001"]
    together = [visit(number, DAYS[number], "H1", "C1", "C2", note=NOTE) for number in (0, 1)]
    (finding,) = found(*together)
    assert finding.subject == "C1 方卫东、C2 顾小芳"


def test_calls_of_nobody_are_compared_as_well() -> None:
    some = [
        VisitOnRecord(f"V{number}", DAYS[0], "H9", (), VisitKind.CALL_ON, note=NOTE) for number in (1, 2, 3)
    ]
    assert found(*some[:2]) == []
    (finding,) = found(*some)
    assert (finding.kind.code, finding.subject) == ("K207", "没有写走访人")


def test_telephone_calls_and_cadres_nobody_knows() -> None:
    calls = [visit(number, DAYS[0], note=NOTE, kind=VisitKind.PHONE) for number in (1, 2)]
    assert found(*calls) == []
    assert numbers(found(told(1, "H1", "C9", NOTE), told(2, "H2", "C9", NOTE))) == ["K206-V001"]


def test_a_short_text_is_shown_whole() -> None:
    note = "看了看这家的老房子，该修了。"
    (finding,) = found(told(1, "H1", "C1", note), told(2, "H2", "C1", note))
    assert finding.message.endswith("“看了看这家的老房子该修了”")


names = st.text("沈朱徐钱姚陆", min_size=1, max_size=1).flatmap(
    lambda surname: st.text("阿大水根金宝", min_size=1, max_size=2).map(
        lambda given_name: surname + given_name
    )
)


@given(names, names, st.text("今天去家里问身体送米油鼓励信心很好", min_size=4, max_size=30))
def test_any_note_with_the_names_changed_has_one_gist(one: str, other: str, text: str) -> None:
    left = {gist(f"{name}，{text}，{name}。", Names((name,), frozenset(name[0]))) for name in (one, other)}
    assert len(left) == 1
