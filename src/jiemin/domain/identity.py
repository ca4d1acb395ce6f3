"""Citizens' identity numbers (GB 11643) and disability certificates, as rosters really hold them.

Nothing here refuses a person: a number that cannot be right is kept as written and named as a
problem. A number is never refused for its county code, since codes change and the old remain.
"""

import re
import unicodedata
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from itertools import starmap
from operator import mul

from jiemin.domain.codes import Disability, Sex

_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECK_CHARACTERS = "10X98765432"
_ZEROS = ord("0") * sum(_WEIGHTS)
_PROVINCES = frozenset(
    f"{code}"
    for code in (
        *range(11, 16),
        *range(21, 24),
        *range(31, 38),
        *range(41, 47),
        *range(50, 55),
        *range(61, 66),
        71,
        81,
        82,
        83,
        91,
    )
)
_SHAPE = re.compile(
    r"(?P<id18>\d{17}[\dX])(?P<category>[1-7])(?P<grade>[1-4])(?:B\d)?|(?P<plain>\d{17}[\dX]|\d{15})",
    re.ASCII,
)
_STRAY = re.compile(r"[\s'’‘`\u200b-\u200f\ufeff]+")
"""Blanks, apostrophes that force text, and marks that copying from a web page leaves behind."""
_SCIENTIFIC = re.compile(r"\d(?:\.\d+)?E\+?1[4-9]", re.ASCII)
_MASKED = re.compile(r"\d{4,6}\*{4,}\d{0,4}[\dX]?")
_NOT_YET = re.compile(r"未上户口?|未落户|未办|无|没有|暂无|不详|/|[-—]+|0+")


class IdFault(StrEnum):
    """What is wrong with a number; the value is the problem's code in the catalogue."""

    CHECK_DIGIT = "J101"
    LENGTH = "J102"
    LOST_DIGITS = "J103"
    BIRTH_DATE = "J104"
    PROVINCE = "J105"
    CHARACTERS = "J106"
    OLD_STYLE = "J107"


@dataclass(frozen=True, slots=True)
class IdReading:
    """What a cell that should hold an identity number says.

    `number` is the normalised 18- or 15-character number, or None when there is none that could
    be one; `valid` says that it can serve as a key (18 characters, check digit and birth date
    right). `raw` is the text as written.
    """

    raw: str
    number: str | None = None
    valid: bool = False
    birth: date | None = None
    sex: Sex | None = None
    disability: Disability | None = None
    disability_grade: int | None = None
    faults: tuple[IdFault, ...] = ()

    @property
    def blank(self) -> bool:
        """Nothing was written, or words that say there is no number yet."""
        return self.number is None and not self.faults


def read_id(value: str | int | float, today: date) -> IdReading:
    """Read a cell as an identity number or disability certificate; never raises.

    `today` bounds births. A cell that holds a *number* of 16 digits or more has lost digits for
    ever, whichever program reads it: the reading names that fault and has no number.
    """
    if not isinstance(value, str):
        return _from_number(value, today)
    text = _STRAY.sub("", unicodedata.normalize("NFKC", value)).upper()
    if not text or _MASKED.fullmatch(text) or _NOT_YET.fullmatch(text):
        return IdReading(raw=value)
    match = _SHAPE.fullmatch(text)
    if match is None:
        return IdReading(raw=value, faults=(_misshapen(text),))
    if match["plain"]:
        return _from_plain(value, match["plain"], today)
    return replace(
        _from_plain(value, match["id18"], today),
        disability=list(Disability)[int(match["category"]) - 1],
        disability_grade=int(match["grade"]),
    )


def check_character(first17: str) -> str:
    """The 18th character that GB 11643 demands after the first 17 digits."""
    total = sum(starmap(mul, zip(_WEIGHTS, map(int, first17), strict=True)))
    return _CHECK_CHARACTERS[total % 11]


def ends_rightly(number: str) -> bool:
    """Whether 17 digits and a last character end as GB 11643 demands; quick, for many numbers."""
    return _CHECK_CHARACTERS[(sum(map(mul, _WEIGHTS, number.encode())) - _ZEROS) % 11] == number[17:]


def modern_form(number: str) -> str:
    """The 18-digit form of a 15-digit number; anything else as it is."""
    if len(number) != 15 or not number.isdigit():
        return number
    first17 = f"{number[:6]}19{number[6:]}"
    return first17 + check_character(first17)


def _misshapen(text: str) -> IdFault:
    """What is wrong with a text that has not the shape of a number."""
    if _SCIENTIFIC.fullmatch(text):
        return IdFault.LOST_DIGITS
    return IdFault.LENGTH if text.rstrip("X").isdigit() else IdFault.CHARACTERS


def _from_number(value: int | float, today: date) -> IdReading:
    raw = f"{value:.0f}" if isinstance(value, float) else str(value)
    if value == 0:
        return IdReading(raw="")
    if len(raw) == 15 and raw.isdigit() and value == int(raw):
        return _from_plain(raw, raw, today)
    fault = IdFault.LOST_DIGITS if len(raw) > 15 else IdFault.LENGTH
    return IdReading(raw=raw, faults=(fault,))


def _from_plain(raw: str, number: str, today: date) -> IdReading:
    faults = [] if number[:2] in _PROVINCES else [IdFault.PROVINCE]
    modern = len(number) == 18
    birth = _birth(number[6:14] if modern else "19" + number[6:12], today)
    if birth is None:
        faults.append(IdFault.BIRTH_DATE)
    right = modern and check_character(number[:17]) == number[17]
    if modern and not right:
        faults.append(IdFault.CHECK_DIGIT)
    if not modern:
        faults.append(IdFault.OLD_STYLE)
    sex = Sex.MALE if int(number[16] if modern else number[14]) % 2 else Sex.FEMALE
    trusted = birth is not None and (right or not modern)
    return IdReading(
        raw=raw,
        number=number,
        valid=right and birth is not None,
        birth=birth if trusted else None,
        sex=sex if trusted else None,
        faults=tuple(faults),
    )


def _birth(digits: str, today: date) -> date | None:
    try:
        birth = date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        return None
    return birth if date(1900, 1, 1) <= birth <= today else None
