"""Settings of a formula that not every book holds, or holds for every day.

Books kept with awards may be older than a setting: they are read as they were, without it. A book that
states a setting must have it in force on the day; that is asked where an amount is computed.
"""

from jiemin.domain.policy import BookView, Known, NoValueError


def optional(view: BookView, key: str, asker: str) -> Known | None:
    """The value of a parameter, None in a book that does not state it at all.

    Raises `NoValueError` when the book states it, but not for the day.
    """
    return view.value(key, asker) if view.book.states(key) else None


def word_in_force(view: BookView, key: str) -> str | None:
    """The word of a setting, None where none is in force: for what is asked before any amount is."""
    try:
        return view.value(key, key).choice
    except NoValueError:
        return None
