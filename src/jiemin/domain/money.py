"""Money in whole fen: reading what people write, printing what forms want."""

import re
import unicodedata
from decimal import Decimal
from math import isfinite

from jiemin.errors import JieminError

Fen = int
"""An amount of money in fen; one yuan is 100."""

_AMOUNT = re.compile(
    r"(?:人民币|¥|RMB)?([+-]?(?:\d{1,3}(?:,\d{3})+(?:\.\d*)?|\d+(?:\.\d*)?|\.\d+))([百千万])?元?整?"
)
_SCALE = {None: 1, "百": 100, "千": 1000, "万": 10000}
_BLANKS = re.compile(r"(?<![\d.,])\s+|\s+(?![\d.,])")
"""Those that part no two figures: 1 200 may be one amount or two."""
_LARGEST_YUAN = 10**10


class MoneyError(JieminError):
    """The text or number is no amount of money."""


def parse_yuan(value: str | int | float) -> Fen:
    """Read an amount in yuan, as a cell holds it, into fen.

    Takes text such as `6308.14`, `1,200元`, `2万` and cell numbers, of which the binary noise that
    no spreadsheet shows is forgiven. A third decimal that is not zero is an error, not rounded
    away. Raises `MoneyError`.
    """
    fen = _written(value) if isinstance(value, str) else _stored(value)
    if fen is None:
        raise MoneyError(f"“{value}”不是金额", "请只填数字，单位为元")
    if abs(fen) > _LARGEST_YUAN * 100:
        raise MoneyError(f"“{value}”大得不像一户的金额", "请核对位数和单位")
    if fen != fen.to_integral_value():
        raise MoneyError(f"“{value}”精确到了分以下", "金额最多两位小数")
    return int(fen)


def yuan(fen: Fen) -> Decimal:
    """The amount in yuan with two decimals, exact; what a workbook cell is given."""
    return Decimal(fen).scaleb(-2)


def format_yuan(fen: Fen) -> str:
    """The amount as people read it: `1,100元`, `312.50元`, `-16元`."""
    whole, part = divmod(abs(fen), 100)
    sign = "-" if fen < 0 else ""
    return f"{sign}{whole:,}.{part:02d}元" if part else f"{sign}{whole:,}元"


def half_up(numerator: int, denominator: int) -> int:
    """`numerator / denominator` to the nearest whole, halves upwards; the denominator is positive.

    The only rounding of money in the program: the 四舍五入 of the notices, whose amounts are ≥ 0.
    """
    return (2 * numerator + denominator) // (2 * denominator)


def _written(text: str) -> Decimal | None:
    """Fen as written; None for what is no amount."""
    match = _AMOUNT.fullmatch(_BLANKS.sub("", unicodedata.normalize("NFKC", text)))
    return Decimal(match[1].replace(",", "")) * _SCALE[match[2]] * 100 if match else None


def _stored(number: float) -> Decimal | None:
    """Fen of a cell number: the sum 0.1+0.2 is stored as 0.30000000000000004, and people see 0.3."""
    if isinstance(number, bool) or not isfinite(number):
        return None
    fen = Decimal(repr(number)) * 100
    near = fen.to_integral_value()
    return near if abs(fen - near) < Decimal("0.000001") else fen
