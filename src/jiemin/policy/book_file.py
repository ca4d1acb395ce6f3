"""Reading the policy book: the packaged parameters, and the county's own file laid over them.

How a county's file is laid over: field by field of a parameter. What the county writes of a
parameter (`values` as a whole, `title`, `checked`) replaces what is packaged; what it does not
write stays. It cannot change a packaged parameter's `unit` or `choices`, because the formulas
count on them. A parameter of its own it may add in full, if some `at_least` refers to it; any
other unknown key is a fault, so that a slip of the pen is never passed over in silence. The tables
`pairing` and `check` are no part of the book: `pairing_settings` and `check_settings` read them.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from importlib.resources import files
from pathlib import Path
from typing import Any

from jiemin.domain.policy import Book
from jiemin.domain.policy.soundness import faults_between
from jiemin.policy.check_settings import CHECK
from jiemin.policy.faults import Faults
from jiemin.policy.pairing_settings import PAIRING
from jiemin.policy.parameter_tables import PARAMETER_FIELDS, read_parameter
from jiemin.policy.toml_file import parse, text_of

PACKAGED = "tongxiang-2014.toml"

_KEY = re.compile(r"[A-Za-z0-9_-]+")
_FIXED = ("unit", "choices")


@dataclass(frozen=True, slots=True)
class _Stated:
    """A parameter's raw table and the file it comes from."""

    file: str
    table: dict[str, Any]


@dataclass(frozen=True, slots=True)
class LaidBook:
    """A book, and the file that gives the values of each parameter, by its key."""

    book: Book
    files: Mapping[str, str]


def load_book(overlay: Path | None = None) -> Book:
    """The packaged book, with the county's own file laid over it if one is given.

    Raises `JieminError` for a file that cannot be read, `PolicyFaultsError` naming all its faults at once.
    """
    return load_laid_book(overlay).book


def load_laid_book(overlay: Path | None = None) -> LaidBook:
    """The same book with the files it comes from."""
    faults = Faults()
    own: dict[str, _Stated] = {}
    stated = _parameters(
        parse(files(__package__).joinpath(PACKAGED).read_text("utf-8"), PACKAGED), PACKAGED, faults
    )
    if overlay is not None:
        tables = parse(text_of(overlay), overlay.name)
        for name in (PAIRING, CHECK):
            tables.pop(name, None)
        own = _parameters(tables, overlay.name, faults)
        stated = _lay_over(stated, own, faults)
    values_from = {
        key: each.file if key not in own or "values" in own[key].table else PACKAGED
        for key, each in stated.items()
    }
    return LaidBook(_book(stated, faults), values_from)


def parse_book(text: str, name: str, *, kept: bool = False) -> Book:
    """The book whose whole text this is; `name` is what faults call the text.

    One `kept` with the awards computed from it was judged when it was used: what has been refused only
    since then must not keep anybody from explaining them. Raises `PolicyFaultsError` naming all faults.
    """
    faults = Faults()
    return _book(_parameters(parse(text, name), name, faults), faults, kept=kept)


def _parameters(data: Mapping[str, Any], file: str, faults: Faults, above: str = "") -> dict[str, _Stated]:
    """Every parameter's table by its dotted key; what is neither parameter nor heading is a fault."""
    found: dict[str, _Stated] = {}
    for name, table in data.items():
        key = f"{above}{name}"
        if not _KEY.fullmatch(name):
            faults.note(file, key, "参数名只能用英文字母、数字、下划线和横线")
        elif not isinstance(table, dict):
            faults.note(file, key, f"不认识；参数里可以写的有：{'、'.join(PARAMETER_FIELDS)}")
        elif not table:
            faults.note(file, key, "是空的，没有写数值")
        elif table.keys() & set(PARAMETER_FIELDS):
            found[key] = _Stated(file, table)
        else:
            found |= _parameters(table, file, faults, f"{key}.")
    return found


def _lay_over(packaged: dict[str, _Stated], own: dict[str, _Stated], faults: Faults) -> dict[str, _Stated]:
    merged = dict(packaged)
    for key, stated in own.items():
        if key in packaged:
            under = packaged[key].table
            for name in _FIXED:
                if name in stated.table and stated.table[name] != under.get(name):
                    faults.note(stated.file, key, f"{name} 不能改，程序按原来的计算；删去这一行即可")
            kept = {name: under[name] for name in _FIXED if name in under}
            merged[key] = _Stated(stated.file, under | stated.table | kept)
        else:
            merged[key] = stated
            for other in packaged:
                if other.startswith(f"{key}.") or key.startswith(f"{other}."):
                    faults.note(stated.file, key, f"参数名与“{other}”套在一起了，换一个名字")
    used = {base for stated in merged.values() for base in _floor_bases(stated.table)}
    for key in sorted(own.keys() - packaged.keys() - used):
        near = get_close_matches(key, packaged, n=1)
        hint = f"，是不是 {near[0]}" if near else f"，有的是：{'、'.join(packaged)}"
        faults.note(own[key].file, key, f"没有这个参数{hint}")
        del merged[key]
    return merged


def _floor_bases(table: Mapping[str, Any]) -> list[str]:
    """The parameters that the floors of a raw table refer to, as far as it is well formed."""
    values = table.get("values")
    rows = [each for each in values if isinstance(each, dict)] if isinstance(values, list) else []
    floors = [each["at_least"] for each in rows if isinstance(each.get("at_least"), dict)]
    return [floor["of"] for floor in floors if isinstance(floor.get("of"), str)]


def _book(stated: Mapping[str, _Stated], faults: Faults, *, kept: bool = False) -> Book:
    tables = {
        key: read_parameter(key, each.table, each.file, faults, kept=kept) for key, each in stated.items()
    }
    read = {key: table.parameter for key, table in tables.items() if table.parameter is not None}
    days = {} if kept else {key: table.days for key, table in tables.items()}
    for key, what in faults_between(read, days):
        faults.note(stated[key].file, key, what)
    faults.raise_any("改好后再运行；写法见说明书的“政策文件”一章")
    return Book.of(read.values())
