"""Names, telephones, accounts and ages: reading them, and masking them for screens and reports."""

import re
import unicodedata
from datetime import date

_PHONE = re.compile(
    r"(?<!\d)(?:"
    r"(?:(?:\+|00)?86[- ]?)?(?P<mobile>1[3-9]\d[- ]?\d{4}[- ]?\d{4})"
    r"|(?P<area>0(?:[12]\d|[3-9]\d\d))[-) ]*(?P<land>\d{7,8})(?:[-转#](?P<inside>\d{1,5}))?"
    r"|(?P<local>[2-9]\d{6,7})(?:[-转#](?P<extension>\d{1,5}))?"
    r")(?!\d)"
)
_ONE_MOBILE = re.compile(r"1[3-9]\d{9}", re.ASCII)
_SHORT_NUMBER = re.compile(r"(?<!\d)[2-9]\d{2,5}(?!\d)")
_SAYS_NOTHING = re.compile(
    r"手机号?码?|移动电话|联系电话|联系方式|电话号?码?|座机|固话|固定电话|办公室?|单位|家里?|宅电?|短号|小号|号码|本人"
    r"|[\s()\[\]、,，;；:/\\.。_+\-—]+"
)
"""Words that any telephone may bear, and what parts one from the next."""
_HAN = "\u3400-\u9fff"


def clean_name(text: str) -> str:
    """A person's name without the spaces that align it in a column; an inner · stays."""
    name = " ".join(unicodedata.normalize("NFKC", text).split())
    if not re.search(f"[{_HAN}]", name):
        return name
    return re.sub(f"(?<=[{_HAN}])[.•・‧](?=[{_HAN}])", "·", name.replace(" ", ""))


def read_phones(value: str | int | float) -> tuple[tuple[str, ...], str]:
    """All telephone numbers in a cell, in order, without repeats, and what else is written there.

    Mobile numbers come without blanks, landlines as 0573-88012345 or 0573-88012345-801, the local or
    short ones as they are. Other long numbers, such as an identity number in the wrong column or one
    that lost a digit, are no telephones; nor are short ones among other words, such as 520元.
    """
    text = f"{value:.0f}" if isinstance(value, float) else str(value)
    if _ONE_MOBILE.fullmatch(text):
        return (text,), ""  # as most are
    text = unicodedata.normalize("NFKC", text)
    found = [_phone(match) for match in _PHONE.finditer(text)]
    rest = _PHONE.sub(" ", text)
    short = _SHORT_NUMBER.findall(rest)
    others = _SAYS_NOTHING.sub(" ", _SHORT_NUMBER.sub(" ", rest)).strip()
    if others and short:
        return tuple(dict.fromkeys(found)), _SAYS_NOTHING.sub(" ", rest).strip()
    return tuple(dict.fromkeys([*found, *short])), others


def mask_id(number: str | None) -> str | None:
    """`330483********1234`: the county and the last four characters stay.

    Of a disability certificate these are the last four of the identity number in it. What is too
    short to be a number shows nothing.
    """
    if not number:
        return number
    if len(number) < 15:
        return "****"
    return f"{number[:6]}********{number[14:18] if len(number) >= 18 else number[-4:]}"


def mask_phone(number: str) -> str:
    """`138****5678`; of a landline the last four digits go."""
    if re.fullmatch(r"1\d{10}", number):
        return f"{number[:3]}****{number[7:]}"
    return f"{number[:-4]}****" if len(number) > 4 else "****"


def mask_name(name: str) -> str:
    """`沈*芳`, `沈*`: the first sign stays, and of three or more the last."""
    if len(name) < 3:
        return f"{name[:1]}*" if name else ""
    return f"{name[0]}{'*' * (len(name) - 2)}{name[-1]}"


def mask_digits(text: str) -> str:
    """Any text with the middle of every run of seven or more digits hidden."""
    return re.sub(r"\d{7,}[\dXx]?", lambda run: _mask_run(run[0]), text)


def mask_account(number: str | None) -> str | None:
    """`****0005`: only the last four digits of a bank account stay."""
    if not number:
        return number
    return f"****{number[-4:]}" if len(number) > 8 else "****"


def age_on(birth: date, day: date) -> int:
    """Full years of age on `day`; below 0 before the birth."""
    return day.year - birth.year - ((day.month, day.day) < (birth.month, birth.day))


def _phone(match: re.Match[str]) -> str:
    if match["area"]:
        return f"{match['area']}-{match['land']}" + (f"-{match['inside']}" if match["inside"] else "")
    if match["local"]:
        return match["local"] + (f"-{match['extension']}" if match["extension"] else "")
    return re.sub(r"\D", "", match["mobile"])


def _mask_run(run: str) -> str:
    """A long run of digits: an identity or account number, a telephone, or something cut short."""
    if len(run) >= 15:
        return f"{run[:6]}********{run[-4:]}"
    return mask_phone(run) if len(run) < 13 else f"{run[:6]}********"
