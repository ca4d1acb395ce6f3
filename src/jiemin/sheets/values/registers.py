"""Cells of the household's file: one of the 四清, a plan of the notice, what was measured of a family."""

import re
import unicodedata
from datetime import date
from typing import Any

from jiemin.domain.codes import PLANS, Condition, read_code, squeeze
from jiemin.domain.conditions import KINDS, ConditionError, Unit, read_condition
from jiemin.domain.money import MoneyError, parse_yuan
from jiemin.domain.spellings import CLEAR_WORDS, UNCLEAR_WORDS
from jiemin.sheets.grid import Cell, shown
from jiemin.sheets.values.cell import (
    NO_ONE,
    NOT_ANY,
    Fields,
    Reader,
    fault,
    nearest,
    plain,
    several_figures,
)
from jiemin.sheets.values.visits import due_day
from jiemin.sheets.values.words import text

_CLEAR, _UNCLEAR = (frozenset(words.split()) for words in (CLEAR_WORDS, UNCLEAR_WORDS))
_WITH_REASON = re.compile(r"([^:,;(]+)[:,;](.+)|([^:,;(]+)\((.+)\)", re.DOTALL)
_PLAN_BY_NUMBER = re.compile(r"\(?(第?[1-7一二三四五六七]项?)(?:[、.:)]|计划)?(\D.+)")
_WITHOUT_END = frozenset("长期 常年 不限 长期有效 持续 长期坚持 无".split())
_usual_due = due_day()
_BARE_FIGURE = re.compile(r"-?[\d.,]*\d\.?")


def clear(name: str) -> Reader:
    """A reader for whether one of the 四清 is done, into the field `name`_clear; what stands behind a
    否 is what is missing. Words alone may be what was found or what is missing, and are neither."""

    def read(cell: Cell, _: date) -> Any:
        answer = _is_clear(cell)
        if answer is not None:
            return answer
        match = _WITH_REASON.fullmatch(unicodedata.normalize("NFKC", shown(cell)).strip())
        if match is not None:
            word, reason = (part.strip() for part in match.groups() if part is not None)
            if _is_clear(word) is False:
                return Fields({f"{name}_clear": False, f"{name}_missing": reason})
        return fault("J433")

    return read


def _is_clear(cell: Cell) -> bool | None:
    if isinstance(cell, bool):
        return cell
    word = squeeze(shown(cell))
    return True if word in _CLEAR else False if word in _UNCLEAR else None


def missing(cell: Cell, today: date) -> Any:
    """What is not clear yet; 无 says that nothing is."""
    return None if squeeze(shown(cell)) in NOT_ANY else text(cell, today)


def plan(cell: Cell, _: date) -> Any:
    """One of the seven plans, by name, by number, or by both when they agree: 4、危房改造."""
    written = shown(cell)
    found = read_code(PLANS, written)
    match = _PLAN_BY_NUMBER.fullmatch("".join(unicodedata.normalize("NFKC", written).split()))
    if found is None and match is not None:
        by_number = read_code(PLANS, match[1].strip("第项"))
        found = by_number if by_number is read_code(PLANS, match[2]) else None
    return found or fault("J442", nearest(PLANS, squeeze(written)))


def due(cell: Cell, today: date) -> Any:
    """The last day by which something is to be done: of a month, quarter or year its last; 长期 is none."""
    return None if plain(shown(cell)) in _WITHOUT_END else _usual_due(cell, today)


def amount(scale: str = "") -> Reader:
    """A reader for an amount in yuan, into fen; `scale` 万 is for columns headed 万元."""

    def read(cell: Cell, _: date) -> Any:
        told = _figure(cell, scale)
        if told is None:
            return fault("J305")
        if told in NO_ONE and told != "0":
            return None
        try:
            fen = parse_yuan(told)
        except MoneyError:
            return fault("J305")
        return fen if fen >= 0 else fault("J305", "金额不能是负数")

    return read


def condition(measured: Condition, scale: str = "") -> Reader:
    """A reader for what is measured of a family, into whole smallest parts or a word (`domain.conditions`);
    `scale` 万 is for columns headed 万元."""
    code = _FAULTS[KINDS[measured].unit]

    def read(cell: Cell, _: date) -> Any:
        told = _figure(cell, scale)
        if told is None:
            return fault(code)
        try:
            return read_condition(measured, told)
        except ConditionError as refusal:
            said = refusal.message.rpartition("”")[2]  # 大得不像一户的, 是按月的数
            return fault(code, "" if code == "J303" else said)
        except MoneyError:
            return fault(code)

    return read


_FAULTS = {
    Unit.MONEY: "J305",
    Unit.PERSONS: "J306",
    Unit.TIMES: "J306",
    Unit.AREA: "J449",
    Unit.LAND: "J449",
    Unit.WORD: "J303",
}


def _figure(cell: Cell, scale: str) -> str | int | float | None:
    """What a cell of a figure says, with the scale of its column; None for what can be no figure."""
    if isinstance(cell, bool) or not isinstance(cell, str | int | float):
        return None
    if isinstance(cell, str) and several_figures(cell):
        return None
    written = plain(shown(cell)) if scale or isinstance(cell, str) else ""
    if scale and _BARE_FIGURE.fullmatch(written):
        return written.removesuffix(".") + scale
    return written if isinstance(cell, str) else cell
