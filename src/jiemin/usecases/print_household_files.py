"""The files of a household, a village's households or a cadre's, as the form 一户一档 prints them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Connection

from jiemin.domain.codes import Role
from jiemin.errors import JieminError
from jiemin.sheets.forms.household_form import HouseholdForm, Section
from jiemin.storage import cadres, households, pairings
from jiemin.storage.database import Database
from jiemin.storage.households import HouseholdState
from jiemin.usecases.explain_subsidy import latest_explained
from jiemin.usecases.find_records import find_cadre, find_household, find_village
from jiemin.usecases.household_file import read_files
from jiemin.usecases.household_form_money import money_section
from jiemin.usecases.household_form_sections import Contacts, sections_of
from jiemin.usecases.household_history import HistoryLine, histories
from jiemin.usecases.household_record import HouseholdFile
from jiemin.usecases.stored_books import StoredBooks


@dataclass(frozen=True, slots=True)
class WhoseFiles:
    """Whose files to print: of one household, a village (in its town, if there are several) or a cadre."""

    household: str = ""
    village: str = ""
    town: str = ""
    cadre: str = ""


@dataclass(frozen=True, slots=True)
class PrintedFiles:
    """The forms by household number; `whose` names them in words, `number` is of the household or cadre."""

    forms: tuple[HouseholdForm, ...]
    whose: str
    number: str


def household_forms(
    database: Database, wanted: WhoseFiles, day: date, *, before: date | None = None, past: bool = False
) -> PrintedFiles:
    """The forms as of `day`: of the household meant, or of those in the work of a village or with a cadre.

    Raises `NotFoundError`, and `JieminError` when there is no such household.
    """
    with database.reading() as connection:
        states, whose, number = _chosen(connection, wanted, day)
        if not states:
            raise JieminError(f"{whose}在{day}没有在册的困难家庭", "用 jiemin household list 查看")
        ids = [each.id for each in states]
        files = read_files(connection, states, day, before=before, past=past)
        helped = {row.pairing.cadre_id for file in files for row in file.pairings}
        contacts = cadres.posts_by(connection, helped, day)
        past_lines = histories(connection, ids, day)
        books = StoredBooks(connection)
        money = [money_section(latest_explained(books, each.view.state, day)) for each in files]
    forms = tuple(
        _form(file, contacts, past_lines[file.view.state.id], section)
        for file, section in zip(files, money, strict=True)
    )
    return PrintedFiles(forms, whose, number)


def _chosen(
    connection: Connection, wanted: WhoseFiles, day: date
) -> tuple[Sequence[HouseholdState], str, str]:
    """The households, in whose name, and the number of the one household or cadre."""
    if wanted.household:
        state = find_household(connection, wanted.household, day)
        return [state], f"{state.household_no} {state.head_name or ''}", state.household_no
    known = [each for each in households.households_on(connection, day) if each.active]
    if wanted.village:
        place = find_village(connection, f"{wanted.town}{wanted.village}")
        here = [each for each in known if each.region_id == place.id]
        return here, f"{place.town}{place.village}", ""
    cadre = find_cadre(connection, wanted.cadre, day)
    rows = pairings.pairings_of_cadre(connection, cadre.id)
    helped = {row.household_id for row in rows if row.start <= day < row.end}
    return (
        [each for each in known if each.id in helped],
        f"{cadre.name}（{cadre.unit}）的结对户",
        cadre.cadre_no,
    )


def _form(
    file: HouseholdFile, contacts: Contacts, history: Sequence[HistoryLine], money: Section
) -> HouseholdForm:
    state, place = file.view.state, file.view.place
    leads = [each.pairing.cadre_name for each in file.view.helpers if each.pairing.role == Role.LEAD]
    return HouseholdForm(
        household_no=state.household_no,
        head_name=state.head_name or "",
        town=place.town,
        village=place.village,
        household_class=f"{state.household_class}{state.keeping or ''}",
        persons=state.size,
        lead="、".join(leads),
        begun=file.known_since,
        day=file.day,
        sections=sections_of(file, contacts, history, money),
    )
