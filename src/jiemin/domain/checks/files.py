"""What households' files promise and do not keep (K4xx)."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from jiemin.domain.checks.catalogue import KINDS
from jiemin.domain.checks.county import County, Home, of_home
from jiemin.domain.checks.finding import Finding, named
from jiemin.domain.checks.settings import CheckSettings
from jiemin.domain.codes import Survey
from jiemin.domain.four_clears import FamilyOnRecord, lacking
from jiemin.domain.people import mask_digits

_SHOWN = 20


@dataclass(frozen=True, slots=True)
class OpenMeasure:
    """A measure neither delivered nor dropped; `responsible` is empty where nobody is told."""

    measure_no: str
    household_no: str
    what: str
    responsible: str
    promised_on: date
    due_on: date | None


@dataclass(frozen=True, slots=True)
class SurveyFact:
    """One of the 四清 of a household; `finding` says whether the surveyor wrote down what was found."""

    household_no: str
    survey: Survey
    day: date
    complete: bool
    finding: bool = False


@dataclass(frozen=True, slots=True)
class FileFacts:
    """What files are judged by.

    `surveys` holds the latest of each of the four of a household; `families` what is on record of those of
    which any is complete, by number; `surveyed_since` the day of the first survey there is, None when the
    register is not in use.
    """

    county: County
    measures: Sequence[OpenMeasure]
    surveys: Sequence[SurveyFact]
    families: Mapping[str, FamilyOnRecord]
    surveyed_since: date | None


def file_findings(facts: FileFacts, settings: CheckSettings) -> Iterator[Finding]:
    """Everything found of files on the day of the check."""
    for measure in facts.measures:
        home = facts.county.homes.get(measure.household_no)
        if home is not None:
            yield from _late(home, measure, facts.county.today, settings)
    yield from _empty_surveys(facts)
    yield from _unfinished(facts, settings)


def _late(home: Home, measure: OpenMeasure, today: date, settings: CheckSettings) -> Iterator[Finding]:
    text = mask_digits(" ".join(measure.what.split()))
    text = f"{text[:_SHOWN]}…" if len(text) > _SHOWN else text
    who = f"（{measure.responsible}）" if measure.responsible else ""
    number = measure.measure_no
    if measure.due_on is not None and measure.due_on < today:
        message = f"{text}{who}：期限{measure.due_on}"
        told = (measure.what, measure.due_on)
        yield of_home("K401", home, message, *told, besides=(number,), day=measure.due_on, measure=number)
    elif measure.due_on is None and measure.promised_on < today - timedelta(days=settings.undated_days):
        message = f"{text}{who}：{measure.promised_on}提出，没有期限"
        told = (measure.what, measure.promised_on)
        since = measure.promised_on
        yield of_home("K402", home, message, *told, besides=(number,), day=since, measure=number)


def _empty_surveys(facts: FileFacts) -> Iterator[Finding]:
    """Surveys that say “complete” though the record lacks what they should have found."""
    lacks = {number: lacking(family, facts.county.today) for number, family in facts.families.items()}
    for survey in facts.surveys:
        home = facts.county.homes.get(survey.household_no)
        if survey.complete and home is not None and home.active:
            wanted = [each.text for each in lacks[survey.household_no][survey.survey]]
            if wanted:
                message = f"{survey.survey}（{survey.day}）缺{'、'.join(wanted)}"
                yield of_home("K403", home, message, survey.day, *wanted, besides=(survey.survey,))


def _unfinished(facts: FileFacts, settings: CheckSettings) -> Iterator[Finding]:
    """Families to be paired of which not all four are clear, one finding for each town."""
    since, today = facts.surveyed_since, facts.county.today
    if since is None or since >= today - timedelta(days=settings.survey_days):
        return
    clear: dict[str, set[Survey]] = defaultdict(set)
    for survey in facts.surveys:
        if survey.complete:
            clear[survey.household_no].add(survey.survey)
    by_town: dict[str, list[Home]] = defaultdict(list)
    for number, home in facts.county.homes.items():
        if home.to_pair and len(clear[number]) < len(Survey):
            by_town[home.town].append(home)
    for town, homes in by_town.items():
        numbers = sorted(home.household_no for home in homes)
        yield Finding(
            kind=KINDS["K404"],
            key=(town,),
            subject=town,
            message=f"{since}开始登记四清，还有{len(numbers)}户没有做齐：{named(numbers, '户')}",
            facts=tuple(numbers),
            towns=frozenset({town}),
            units=frozenset[str]().union(*(home.units for home in homes)),
        )
