"""Policy books side by side, and a county's file checked before it is used."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from jiemin.domain.entitlement import Item
from jiemin.domain.entitlement.uses import not_given
from jiemin.domain.policy import Book, Parameter
from jiemin.domain.policy.compare import Change, changes_between
from jiemin.errors import NotFoundError
from jiemin.policy.book_file import load_book
from jiemin.policy.check_settings import load_check
from jiemin.policy.faults import Fault, PolicyFaultsError
from jiemin.policy.pairing_settings import load_pairing
from jiemin.policy.setting_items import SettingItem
from jiemin.policy.toml_file import parse, text_of
from jiemin.storage import awards
from jiemin.storage.database import Database
from jiemin.usecases.stored_books import StoredBooks

PACKAGED_NAME = "程序自带"
_FINGERPRINT = re.compile(r"[0-9a-fA-F]{6,64}")


@dataclass(frozen=True, slots=True)
class NamedBook:
    """A policy book and what people know it by."""

    name: str
    book: Book


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two books and everything in which the new one differs."""

    old: NamedBook
    new: NamedBook
    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class SettingChange:
    """A value of the tables `pairing` or `check` that the file gives in place of the packaged one."""

    table: str
    packaged: SettingItem
    own: SettingItem


@dataclass(frozen=True, slots=True)
class Gap:
    """A parameter with values from `start` on in the packaged book, in the file only from `own_start` on."""

    parameter: Parameter
    start: date
    own_start: date


@dataclass(frozen=True, slots=True)
class FileCheck:
    """A county's file: its faults or, when it has none, what it changes and what is still not stated.

    `gaps` are no faults, but whoever only meant to add a raise has lost the values before it.
    """

    file: str
    faults: tuple[Fault, ...] = ()
    changes: tuple[Change, ...] = ()
    settings: tuple[SettingChange, ...] = ()
    gaps: tuple[Gap, ...] = ()
    unstated: int = 0
    not_given: tuple[Item, ...] = ()


def check_policy_file(path: Path) -> FileCheck:
    """Read a county's file as every command would, and tell all its faults at once.

    Raises `JieminError` for a file that cannot be opened.
    """
    try:
        parse(text_of(path), path.name)
    except PolicyFaultsError as fault:
        return FileCheck(path.name, fault.faults)
    loaders: tuple[Callable[[Path], object], ...] = (load_book, load_pairing, load_check)
    faults = tuple(fault for load in loaders for fault in _faults(load, path))
    if faults:
        return FileCheck(path.name, faults)
    packaged, book = load_book(), load_book(path)
    return FileCheck(
        path.name,
        changes=changes_between(packaged, book),
        settings=_setting_changes(path),
        gaps=tuple(_gaps(packaged, book)),
        unstated=sum(not each.values for each in book.parameters.values()),
        not_given=not_given(book),
    )


def _gaps(packaged: Book, own: Book) -> Iterator[Gap]:
    for key, parameter in own.parameters.items():
        known = packaged.parameters.get(key)
        if known and known.values and parameter.values:
            start, own_start = known.values[0].start, parameter.values[0].start
            if start < own_start:
                yield Gap(parameter, start, own_start)


def compare_policies(first: str, second: str | None, open_database: Callable[[], Database]) -> Comparison:
    """What the second changes of the first; without a second, what the first changes of the packaged book.

    Each is a county's file, or the beginning of the fingerprint of a book kept with awards, for which
    the database is opened. Raises `JieminError` for a file that is not there or not sound, and
    `NotFoundError` for a fingerprint no book or several have.
    """
    one = named_book(first, open_database)
    if second is None:
        old, new = NamedBook(PACKAGED_NAME, load_book()), one
    else:
        old, new = one, named_book(second, open_database)
    return Comparison(old, new, changes_between(old.book, new.book))


def named_book(text: str, open_database: Callable[[], Database]) -> NamedBook:
    """The book of a file or a fingerprint; a file of that name comes first."""
    path = Path(text)
    if path.exists() or not _FINGERPRINT.fullmatch(text):
        return NamedBook(path.name, load_book(path))
    with open_database() as database, database.reading() as connection:
        stored = awards.stored_books(connection)
        found = [number for fingerprint, number in stored.items() if fingerprint.startswith(text.lower())]
        if len(found) != 1:
            known = "、".join(fingerprint[:12] for fingerprint in stored) or "还没有"
            many = "不止一个" if found else "没有"
            raise NotFoundError(
                f"库里{many}指纹以“{text}”开头的政策文件",
                f"算补助时用过的有：{known}；要比较文件，写文件名",
            )
        kept = StoredBooks(connection).book(found[0])
    return NamedBook(f"算补助时用的 {text[:12]}", kept)


def _faults(load: Callable[[Path], object], path: Path) -> tuple[Fault, ...]:
    try:
        load(path)
    except PolicyFaultsError as fault:
        return fault.faults
    return ()


def _setting_changes(path: Path) -> tuple[SettingChange, ...]:
    tables = (
        ("pairing", load_pairing().items, load_pairing(path).items),
        ("check", load_check().items, load_check(path).items),
    )
    return tuple(
        SettingChange(table, packaged, own)
        for table, packaged_items, own_items in tables
        for packaged, own in zip(packaged_items, own_items, strict=True)
        if packaged.value != own.value
    )
