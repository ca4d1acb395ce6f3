"""Look up 典型事迹: as a list, one of them, and as the quarter's report counts them."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection

from jiemin.domain.indicators import StoryLine
from jiemin.domain.periods import Quarter, parse_quarter
from jiemin.errors import JieminError, NotFoundError
from jiemin.storage import households, regions, stories
from jiemin.storage.database import Database
from jiemin.storage.stories import StoryRow
from jiemin.usecases.find_records import long_number


@dataclass(frozen=True, slots=True)
class StoryView:
    """A story, and its household's head and place on the story's day; empty where it tells of none."""

    row: StoryRow
    head_name: str = ""
    town: str = ""
    village: str = ""

    @property
    def who(self) -> str:
        """Of whom it tells: 乌镇镇塘东村 沈阿大户，市民政局 方卫国."""
        family = f"{self.town}{self.village} {self.head_name}户".strip() if self.row.household_no else ""
        helper = " ".join(word for word in (self.row.unit, self.row.cadre_name) if word)
        return "，".join(part for part in (family, helper) if part)


def list_stories(
    database: Database,
    *,
    quarter: Quarter | None = None,
    town: str = "",
    unit: str = "",
    withdrawn: bool = False,
) -> list[StoryView]:
    """The stories of a quarter, or all, by day; of a town or unit by its name or a part of it. Those
    withdrawn are among them only if asked for."""
    with database.reading() as connection:
        rows = stories.stories(connection, str(quarter) if quarter else None, withdrawn=withdrawn)
        views = _views(connection, rows)
    return [view for view in views if town in view.town and unit in (view.row.unit or "")]


def show_story(database: Database, number: str) -> StoryView:
    """The story of that number, withdrawn or not; raises `NotFoundError` when there is none."""
    with database.reading() as connection:
        return _views(connection, [find_story(connection, number)])[0]


def find_story(connection: Connection, number: str) -> StoryRow:
    """The story of that number, S1 and 1 are S0001; raises `NotFoundError` when there is none."""
    asked = long_number(number, "S", stories.serial)
    for row in stories.stories(connection, withdrawn=True):
        if row.story_no == asked:
            return row
    raise NotFoundError(f"没有编号为“{number}”的典型事迹", "编号如 S0001，用 jiemin story list 查看")


def stories_to_export(database: Database, quarter: Quarter | None) -> tuple[Quarter, list[StoryView]]:
    """The stories of a quarter; without one, of the latest that has any.

    Raises `JieminError` when there is none.
    """
    with database.reading() as connection:
        known = stories.stories(connection)
        if not known:
            raise JieminError("还没有登记过典型事迹", "先登记：jiemin story add --help")
        chosen = quarter or parse_quarter(known[-1].quarter)
        rows = [row for row in known if row.quarter == str(chosen)]
        if not rows:
            raise JieminError(f"{chosen.label}没有登记过典型事迹", "用 jiemin story list 查看各季度的")
        return chosen, _views(connection, rows)


def story_lines(connection: Connection, quarter: Quarter) -> tuple[StoryLine, ...]:
    """The quarter's stories as its report prints and counts them."""
    return lines_of(_views(connection, stories.stories(connection, str(quarter))))


def lines_of(views: Sequence[StoryView]) -> tuple[StoryLine, ...]:
    """Stories as forms print them."""
    return tuple(
        StoryLine(row.story_no, row.day, row.title, row.body, row.household_no, row.unit, view.who)
        for view in views
        for row in [view.row]
    )


def _views(connection: Connection, rows: Sequence[StoryRow]) -> list[StoryView]:
    by_day: dict[date, set[int]] = defaultdict(set)
    for row in rows:
        if row.household_id is not None:
            by_day[row.day].add(row.household_id)
    states = {
        (day, state.id): state
        for day, ids in by_day.items()
        for state in households.households_on(connection, day, sorted(ids))
    }
    places = regions.places(connection) if states else {}
    views = []
    for row in rows:
        state = states.get((row.day, row.household_id or 0))
        place = places[state.region_id] if state else None
        views.append(
            StoryView(row, state.head_name or "", place.town, place.village)
            if state and place
            else StoryView(row)
        )
    return views
