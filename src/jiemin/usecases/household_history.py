"""A household's history: one line of time of its status, class, place, head, members, helpers, surveys,
measures, aid cases and stories."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import groupby

from sqlalchemy import Connection

from jiemin.domain.aid_cases import LASTING_CASES
from jiemin.domain.codes import HouseholdClass, HouseholdStatus, VisitKind
from jiemin.domain.money import format_yuan
from jiemin.domain.people import mask_digits
from jiemin.domain.periods import FOREVER
from jiemin.domain.spans import Held
from jiemin.storage import aid_cases, cadres, measures, pairings, persons, regions, stories, surveys, visits
from jiemin.storage.aid_cases import AidCaseRow
from jiemin.storage.database import Database
from jiemin.storage.measures import MeasureRow
from jiemin.storage.merging import held_rows
from jiemin.storage.pairings import PairingRow
from jiemin.storage.persons import MembershipRow
from jiemin.storage.surveys import SurveyRow
from jiemin.storage.tables import HouseholdSpan
from jiemin.usecases.find_records import find_household

_SUBJECTS = ("状态", "类别", "住地", "户主", "成员", "结对", "四清", "措施", "救助", "事迹")


@dataclass(frozen=True, slots=True)
class HistoryLine:
    """What began or ended on a day; `reason` is empty where none is on record."""

    day: date
    subject: str
    what: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class History:
    """All that happened to a household, oldest first; of visits, telephone calls left aside, only how
    many, and the first and last.

    Long numbers in what people wrote are masked.
    """

    household_no: str
    head_name: str
    lines: tuple[HistoryLine, ...]
    visits: int
    first_visit: date | None
    last_visit: date | None


def household_history(database: Database, text: str, day: date, *, past: bool = False) -> History:
    """The history of the household meant, what is set for later days included unless `past`.

    Raises `NotFoundError` as `find_household`.
    """
    until = day if past else FOREVER
    with database.reading() as connection:
        state = find_household(connection, text, day)
        called = visits.visits_of_households(connection, [state.id], until)
        made = [row.day for row in called if row.kind != VisitKind.PHONE]
        lines = histories(connection, [state.id], until)[state.id]
    return History(
        state.household_no,
        state.head_name or "",
        tuple(replace(each, what=mask_digits(each.what), reason=mask_digits(each.reason)) for each in lines),
        len(made),
        min(made, default=None),
        max(made, default=None),
    )


def histories(connection: Connection, ids: Sequence[int], until: date) -> Mapping[int, list[HistoryLine]]:
    """The lines of these households up to `until`, by household id, each table read once for all."""
    found: dict[int, list[HistoryLine]] = defaultdict(list)
    places = regions.places(connection)
    changed: dict[int, dict[date, str]] = {}
    for household_id, spans in _of(held_rows(connection, HouseholdSpan, "household_id", ids)):
        found[household_id] += _states(spans, places)
        changed[household_id] = {span.start: span.state["reason"] or "" for span in spans[1:]}
    for household_id, members in _grouped(persons.memberships_of_households(connection, ids)):
        found[household_id] += [*_heads(members), *_members(members, changed.get(household_id, {}))]
    rows = pairings.pairings_of_households(connection, ids)
    units = _UnitsThen(connection, {row.cadre_id for row in rows})
    for row in rows:
        found[row.household_id] += _helper(row, units.on(row.cadre_id, row.start))
    for each in surveys.surveys_until(connection, until, ids):
        found[each.household_id].append(_survey(each))
    for measure in measures.measures_until(connection, until, ids):
        found[measure.household_id] += _measure(measure)
    for case in aid_cases.aid_cases(connection, until=until, household_ids=ids):
        found[case.household_id] += _aid_case(case)
    for story in stories.stories(connection):
        if story.household_id in set(ids):
            found[story.household_id].append(HistoryLine(story.day, "事迹", f"《{story.title}》"))
    for household_id, lines in found.items():
        lines.sort(key=lambda line: (line.day, _SUBJECTS.index(line.subject)))
        found[household_id] = [line for line in lines if line.day <= until]
    return found


def _states(spans: Sequence[Held], places: dict[int, regions.Place]) -> Iterator[HistoryLine]:
    """Status, class and place, each where it is told first and whenever it changes."""
    before: dict[str, str] = {}
    for span in spans:
        place = places[span.state["region_id"]]
        keeping = span.state["keeping"] or ""
        now = {
            "状态": str(HouseholdStatus(span.state["status"])),
            "类别": f"{HouseholdClass(span.state['household_class'])}{keeping}",
            "住地": f"{place.town}{place.village}",
        }
        for subject, told in now.items():
            if before.get(subject) != told:
                reason = (span.state["reason"] or "") if before or subject == "状态" else ""
                yield HistoryLine(span.start, subject, told, "" if reason == told else reason)
        before = now


def _heads(rows: Sequence[MembershipRow]) -> Iterator[HistoryLine]:
    """Each head, from the day on which he or she began to be it, and why the one before ceased to be."""
    heads = [row for row in rows if row.head]
    for row in heads:
        before = next((each for each in heads if each.end == row.start), None)
        if before is None or before.person_id != row.person_id:
            yield HistoryLine(row.start, "户主", row.name, (before.end_reason or "") if before else "")


def _members(rows: Sequence[MembershipRow], changed: Mapping[date, str]) -> Iterator[HistoryLine]:
    """Who came and who left, all of one day and reason in one line; `changed` says why the household
    changed on a day, which is why they came."""
    came = [row for row in rows if not _joined(rows, row.person_id, end=row.start)]
    left = [row for row in rows if row.end != FOREVER and not _joined(rows, row.person_id, start=row.end)]
    for day, group in groupby(came, key=lambda row: row.start):
        names = "、".join(f"{row.name}（{row.relation or '关系未填'}）" for row in group)
        yield HistoryLine(day, "成员", f"加入：{names}", changed.get(day, ""))
    left.sort(key=lambda row: (row.end, row.end_reason or ""))
    for (end, reason), gone in groupby(left, key=lambda row: (row.end, row.end_reason or "")):
        yield HistoryLine(end, "成员", f"离开：{'、'.join(row.name for row in gone)}", reason)


def _joined(
    rows: Sequence[MembershipRow], person_id: int, *, start: date | None = None, end: date | None = None
) -> bool:
    """Whether another row of the person begins, or ends, on that day: the person only went on."""
    return any(
        row.person_id == person_id and (row.start == start if start else row.end == end) for row in rows
    )


def _helper(row: PairingRow, unit: str) -> Iterator[HistoryLine]:
    """When the pairing began, and when and why it ended."""
    yield HistoryLine(row.start, "结对", f"{row.cadre_name}（{unit}）开始，{row.role}", f"{row.origin}结对")
    if row.end != FOREVER:
        days = (row.end - row.start) // timedelta(days=1)
        told = f"{row.cadre_name}（{unit}）结束，{row.role}，共{days}天"
        yield HistoryLine(row.end, "结对", told, row.end_reason or "")


class _UnitsThen:
    """In which unit each of these cadres served on any day."""

    def __init__(self, connection: Connection, ids: Iterable[int]) -> None:
        self._posts = cadres.held_posts(connection, ids)
        self._names = {unit_id: name for name, unit_id in regions.units(connection).items()}

    def on(self, cadre_id: int, day: date) -> str:
        """The unit that day; of who did not serve then the one before, else the first."""
        posts = self._posts.get(cadre_id, [])
        begun = [each for each in posts if each.start <= day] or posts[:1]
        return self._names[begun[-1].state["unit_id"]] if begun else ""


def _survey(row: SurveyRow) -> HistoryLine:
    found = "完整" if row.complete else f"还缺{row.missing}"
    return HistoryLine(row.day, "四清", f"{row.survey}调查：{found}" + (f"（{row.by}）" if row.by else ""))


def _measure(row: MeasureRow) -> Iterator[HistoryLine]:
    """When it was promised, and when it was delivered or dropped."""
    plan = f"{row.plan}，" if row.plan else ""
    told = [f"{plan}{row.responsible or '责任人未填'}", f"{row.due_on}前" if row.due_on else ""]
    yield HistoryLine(row.promised_on, "措施", f"承诺：{row.what}（{'，'.join(filter(None, told))}）")
    if row.delivered_on is not None:
        money = f"，{format_yuan(row.amount_fen)}" if row.amount_fen else ""
        yield HistoryLine(row.delivered_on, "措施", f"兑现：{row.what}{money}", row.outcome or "")
    if row.dropped_on is not None:
        yield HistoryLine(row.dropped_on, "措施", f"取消：{row.what}", row.outcome or "")


def _aid_case(row: AidCaseRow) -> Iterator[HistoryLine]:
    """What happened on its day; of a case that lasts when it began, and the day after its last."""
    amount = "" if row.base_fen is None else format_yuan(row.base_fen)
    told = "，".join(filter(None, (row.person_name, row.grade, amount)))
    lasts = row.item in LASTING_CASES
    yield HistoryLine(row.day, "救助", f"{row.item}{'开始' if lasts else ''}：{told}", row.note or "")
    if lasts and row.until is not None:
        yield HistoryLine(row.until + timedelta(days=1), "救助", f"{row.item}结束：{told}")


def _of(spans: Iterable[Held]) -> Iterable[tuple[int, list[Held]]]:
    found: dict[int, list[Held]] = defaultdict(list)
    for span in spans:
        found[span.state["household_id"]].append(span)
    return found.items()


def _grouped(rows: Iterable[MembershipRow]) -> Iterable[tuple[int, list[MembershipRow]]]:
    found: dict[int, list[MembershipRow]] = defaultdict(list)
    for row in rows:
        found[row.household_id].append(row)
    return found.items()
