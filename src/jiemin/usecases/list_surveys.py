"""The four surveys (四清) of the households, as they stand on a day, counted by town."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from jiemin.domain.codes import Survey
from jiemin.storage import households, regions
from jiemin.storage.database import Database
from jiemin.storage.surveys import SurveyRow, surveys_until
from jiemin.usecases.find_records import find_household
from jiemin.usecases.quarter_facts import county_towns


@dataclass(frozen=True, slots=True)
class SurveyFilter:
    """Which households to list; an empty field does not narrow."""

    town: str | None = None
    village: str = ""
    household: str = ""
    incomplete: bool = False
    """Only those of which a survey is missing or not complete; the counts are of all."""


@dataclass(frozen=True, slots=True)
class SurveyView:
    """A household with its surveys, oldest first; of each of the four the latest counts."""

    household_no: str
    head_name: str
    town: str
    village: str
    rows: tuple[SurveyRow, ...]

    @property
    def latest(self) -> dict[Survey, SurveyRow]:
        """What counts for each of the four that was ever made."""
        return {row.survey: row for row in self.rows}

    @property
    def complete(self) -> frozenset[Survey]:
        """Those of the four that are complete."""
        return frozenset(survey for survey, row in self.latest.items() if row.complete)


@dataclass(frozen=True, slots=True)
class SurveyCount:
    """How many households there are, how many have each of the four complete, and how many all of them."""

    households: int
    complete: Mapping[Survey, int]
    all_four: int


@dataclass(frozen=True, slots=True)
class SurveyList:
    """The households asked for, and the counts of their towns and of all."""

    day: date
    views: tuple[SurveyView, ...]
    towns: Mapping[str, SurveyCount]
    total: SurveyCount


def list_surveys(database: Database, day: date, wanted: SurveyFilter) -> SurveyList:
    """The surveys of the households in the work on `day`, or of the one household named, by number."""
    with database.reading() as connection:
        family = find_household(connection, wanted.household, day) if wanted.household else None
        named = family.id if family else None
        places = regions.places(connection)
        rows: dict[int, list[SurveyRow]] = {}
        for row in surveys_until(connection, day, None if named is None else [named]):
            rows.setdefault(row.household_id, []).append(row)
        views = []
        for state in [family] if family else households.households_on(connection, day):
            place = places[state.region_id]
            here = wanted.town in (None, place.town) and wanted.village in place.village
            if here and (state.active or named is not None):
                told = (state.household_no, state.head_name or "", place.town, place.village)
                views.append(SurveyView(*told, tuple(rows.get(state.id, ()))))
        used = {view.town for view in views}
        towns = [town for town in county_towns(connection, used) if town in used]
    return SurveyList(
        day,
        tuple(view for view in views if not wanted.incomplete or len(view.complete) < len(Survey)),
        {town: count_surveys(view for view in views if view.town == town) for town in towns},
        count_surveys(views),
    )


def count_surveys(views: Iterable[SurveyView]) -> SurveyCount:
    """How many of these households have their surveys complete."""
    complete: Sequence[frozenset[Survey]] = [view.complete for view in views]
    return SurveyCount(
        len(complete),
        {survey: sum(survey in each for each in complete) for survey in Survey},
        sum(len(each) == len(Survey) for each in complete),
    )
