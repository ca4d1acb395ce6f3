"""What every command needs to know: the day, the database, the policy, and the screen.

The only place that reads the clock. `--today` or `JIEMIN_TODAY` sets the day, so that practice,
demonstrations and tests give the same result whenever they are run.
"""

import getpass
import os
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from jiemin.cli.screen import Screen
from jiemin.errors import JieminError

if TYPE_CHECKING:
    from jiemin.domain.pairing.settings import PairingSettings
    from jiemin.domain.places import CountyPlaces
    from jiemin.domain.policy import Book
    from jiemin.policy.check_settings import CheckPolicy
    from jiemin.policy.pairing_settings import PairingPolicy
    from jiemin.storage.database import Database
    from jiemin.storage.stamp import Stamp
    from jiemin.usecases.check_records import Yardstick


@dataclass
class AppContext:
    """The root options, and what follows from them."""

    database_option: Path | None = None
    today_option: date | None = None
    policy_option: Path | None = None
    screen: Screen = field(default_factory=Screen)

    @cached_property
    def today(self) -> date:
        """The day all commands go by."""
        return self.today_option or date.today()  # noqa: DTZ011, TID251 - the clock is read here

    @cached_property
    def database_path(self) -> Path:
        """`--db`, else `JIEMIN_DB`, else the user's data folder."""
        if self.database_option is not None:
            return self.database_option
        from platformdirs import user_data_path

        return user_data_path("jiemin", appauthor=False) / "jiemin.db"

    def database(self) -> "Database":
        """The database, opened for `with`; raises `NoDatabaseError` when there is none yet."""
        from jiemin.storage.database import open_database

        return open_database(self.database_path)

    def places(self) -> "CountyPlaces":
        """The county's towns."""
        from jiemin.policy.places_file import load_places

        return load_places()

    def book(self) -> "Book":
        """The policy book, with the county's own file laid over it if one is named."""
        from jiemin.policy.book_file import load_book

        return load_book(self.policy_option)

    def pairing_policy(self) -> "PairingPolicy":
        """Every value that pairing goes by, and which file gives it."""
        from jiemin.policy.pairing_settings import load_pairing

        return load_pairing(self.policy_option)

    def pairing_settings(self) -> "PairingSettings":
        """The rules and the cost table of pairing, as the county's own file sets them."""
        return self.pairing_policy().settings

    def check_policy(self) -> "CheckPolicy":
        """Every threshold of the checks, and which file gives it."""
        from jiemin.policy.check_settings import load_check

        return load_check(self.policy_option)

    def yardstick(self) -> "Yardstick":
        """What the county lays down for the checks: thresholds, rules of pairing, standards."""
        from jiemin.usecases.check_records import Yardstick

        return Yardstick(self.check_policy().settings, self.pairing_settings().rules, self.book())

    def stamp(self, command: str, **arguments: Any) -> "Stamp":
        """What the journal records of the running command; nothing personal may be among it."""
        from jiemin.storage.stamp import Stamp

        at = datetime.now().isoformat(timespec="seconds")  # noqa: DTZ005, TID251 - the clock is read here
        told = {
            name: value.isoformat() if isinstance(value, date) else value
            for name, value in arguments.items()
            if value not in (None, False, "")
        }
        return Stamp(at, _actor(), command, told)

    def note_reveal(self, database: "Database", command: str, reveal: bool, **subject: str) -> None:
        """Record that full numbers were shown, and whose."""
        if reveal:
            from jiemin.storage.journal import note_action

            note_action(database, self.stamp(command, reveal=True, **subject))


def current(ctx: typer.Context) -> AppContext:
    """The running command's context."""
    found = ctx.find_object(AppContext)
    if found is None:
        raise JieminError("命令没有经过 jiemin 启动", "请用 jiemin 加命令名运行")
    return found


def _actor() -> str:
    """The login name; a system without one still has a user number."""
    try:
        return getpass.getuser()
    except (KeyError, OSError, ImportError):
        return str(os.getuid()) if hasattr(os, "getuid") else "?"
