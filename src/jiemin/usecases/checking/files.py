"""Findings of households' files."""

from collections.abc import Iterator, Mapping, Sequence

from jiemin.domain.checks.county import Member
from jiemin.domain.checks.files import FileFacts, SurveyFact, file_findings
from jiemin.domain.checks.finding import Finding, Group, Unchecked
from jiemin.domain.checks.settings import CheckSettings
from jiemin.domain.codes import Survey
from jiemin.domain.four_clears import FamilyOnRecord, MemberFacts
from jiemin.storage import checking
from jiemin.storage.checking_visits import households_with_needs
from jiemin.usecases.checking.gathering import Gathering


def check_files(gathered: Gathering, settings: CheckSettings) -> Iterator[Finding | Unchecked]:
    """What is found of files, and what of them cannot be checked."""
    made = checking.surveys(gathered.connection, gathered.today)
    latest = {(each.household_no, each.survey): each for each in made}
    facts = FileFacts(
        county=gathered.county,
        measures=checking.open_measures(gathered.connection, gathered.today),
        surveys=list(latest.values()),
        families=_families(gathered, latest) if made else {},
        surveyed_since=min((each.day for each in made), default=None),
    )
    yield from file_findings(facts, settings)
    if not made:
        yield Unchecked(Group.FILES, "四清做没做齐", "还没有登记四清")
    yield Unchecked(Group.FILES, "就业、危房改造、项目、志愿服务有没有落实", "还没有这几项的登记")


def _families(
    gathered: Gathering, latest: Mapping[tuple[str, Survey], SurveyFact]
) -> Mapping[str, FamilyOnRecord]:
    """The households of which any survey is said to be complete, as they stand on record."""
    wanted = {number for (number, _), survey in latest.items() if survey.complete}
    told = checking.conditions(gathered.connection, gathered.today)
    heard = households_with_needs(gathered.connection)
    found = {}
    for each in gathered.families:
        number = each.household_no
        if number in wanted:
            needs = latest.get((number, Survey.NEEDS))
            members = [member for member in gathered.members.get(number, ()) if member.holds(gathered.today)]
            found[number] = FamilyOnRecord(
                size=each.size,
                members=_members(members, told),
                income_known=each.income_fen is not None,
                cause_known=bool(each.cause),
                need_stated=bool(each.needs) or number in heard or bool(needs and needs.finding),
            )
    return found


def _members(
    members: Sequence[Member], told: Mapping[int, tuple[str | None, str | None, str | None]]
) -> tuple[MemberFacts, ...]:
    return tuple(
        MemberFacts(
            each.name,
            each.relation,
            bool(each.number),
            each.birth,
            *told.get(each.person_id, (None, None, None)),
        )
        for each in members
    )
