"""What can go wrong in a way the user can mend, and the exit code that says so."""

from enum import IntEnum


class ExitCode(IntEnum):
    """How a command ended; scripts and schedulers may rely on these numbers."""

    DONE = 0
    MENDABLE = 1
    """Nothing was done; the user can mend the cause and try again."""
    USAGE = 2
    """The command line itself was wrong."""
    BUG = 3
    """The fault is ours; a log without values was written."""
    PARTIAL = 4
    """Done in part: rows or files refused, households left unpaired, facts missing."""
    NOT_FOUND = 5
    """What was asked for does not exist, or several things fit."""
    FINDINGS = 6
    """A check ran and found problems."""
    NO_DATABASE = 10
    BUSY = 11
    NEWER_DATABASE = 13
    DAMAGED = 14
    INTERRUPTED = 130


class JieminError(Exception):
    """A fault the user can mend: one plain Chinese sentence and the way out.

    `message` says what is wrong; `hint` says what to do next and may be empty.
    Neither may hold personal data beyond what the user typed in this very command.
    """

    exit_code: ExitCode = ExitCode.MENDABLE

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint


class NotFoundError(JieminError):
    """No record, or more than one, fits what the user typed."""

    exit_code = ExitCode.NOT_FOUND


class NoDatabaseError(JieminError):
    """A reading command was given no database to read."""

    exit_code = ExitCode.NO_DATABASE


class BusyError(JieminError):
    """Another process holds the database's write lock."""

    exit_code = ExitCode.BUSY


class NewerDatabaseError(JieminError):
    """The database was written by a later version of the program; it is left untouched."""

    exit_code = ExitCode.NEWER_DATABASE


class DamagedDatabaseError(JieminError):
    """The file is not a jiemin database, or its content no longer reads."""

    exit_code = ExitCode.DAMAGED
