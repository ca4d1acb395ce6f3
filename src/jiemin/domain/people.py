"""Names, telephones and accounts: reading them, and masking them for screens and reports."""

import re
import unicodedata

_PHONE_RUN = re.compile(
    r"\+?(?:86[- ]?)?(1[3-9]\d{9})|(0\d{2,3}[- ]?\d{7,8})(?:-\d{1,5})?|(?<!\d)([2-9]\d{6,7})(?!\d)"
)
_SHORT_NUMBER = re.compile(r"(?<!\d)[1-9]\d{2,5}(?!\d)")


def clean_name(text: str) -> str:
    """A person's name without the spaces that align it in a column; an inner · stays."""
    name = unicodedata.normalize("NFKC", text).replace("•", "·").replace("．", "·")
    name = re.sub(r"\s+", "", name) if re.search(r"[\u3400-\u9fff]", name) else " ".join(name.split())
    return name


def read_phones(value: str | int | float) -> tuple[str, ...]:
    """All telephone numbers in a cell, in order, without repeats; empty when there is none."""
    text = f"{value:.0f}" if isinstance(value, float) else str(value)
    text = unicodedata.normalize("NFKC", text)
    found = [mobile or land.replace(" ", "-") or local for mobile, land, local in _PHONE_RUN.findall(text)]
    if not found and not re.search(r"\d{7}", text):
        found = _SHORT_NUMBER.findall(text)
    return tuple(dict.fromkeys(found))


def mask_id(number: str | None) -> str | None:
    """`330483********1234`: the county and the last four characters stay."""
    if not number:
        return number
    return f"{number[:6]}********{number[14:18]}" if len(number) >= 18 else _mask_middle(number, 6, 4)


def mask_phone(number: str) -> str:
    """`138****5678`; of a landline the last four digits go."""
    if re.fullmatch(r"1\d{10}", number):
        return f"{number[:3]}****{number[7:]}"
    return f"{number[:-4]}****" if len(number) > 4 else "****"


def mask_digits(text: str) -> str:
    """Any text with the middle of every run of seven or more digits hidden."""
    return re.sub(r"\d{7,}[\dXx]?", lambda run: _mask_run(run[0]), text)


def mask_account(number: str | None) -> str | None:
    """`****0005`: only the last four digits of a bank account stay."""
    return f"****{number[-4:]}" if number else number


def mask_name(name: str) -> str:
    """`沈*芳`, `沈*`: for public notices that must not name people in full."""
    if len(name) <= 1:
        return name
    return f"{name[0]}*" if len(name) == 2 else f"{name[0]}{'*' * (len(name) - 2)}{name[-1]}"


def _mask_middle(text: str, head: int, tail: int) -> str:
    if len(text) <= tail:
        return "*" * len(text)
    head = min(head, len(text) - tail)
    return f"{text[:head]}********{text[-tail:]}"


def _mask_run(digits: str) -> str:
    if len(digits) >= 15:
        return _mask_middle(digits, 6, 4)
    return mask_phone(digits)
