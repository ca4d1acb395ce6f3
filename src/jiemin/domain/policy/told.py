"""A parameter and a value for it, as somebody types them: `dibao.rural=450`, `农村低保标准=450元`."""

import re
import unicodedata
from collections.abc import Iterable
from difflib import get_close_matches

from jiemin.domain.money import MoneyError, parse_yuan
from jiemin.domain.people import mask_digits
from jiemin.domain.policy.book import Book
from jiemin.domain.policy.limits import beyond_limits
from jiemin.domain.policy.values import Parameter, Unit, Value
from jiemin.errors import JieminError, NotFoundError

_TOLD = re.compile(r"\s*([^=]+?)\s*=\s*(.*?)\s*", re.DOTALL)
_PERCENT = re.compile(r"(\d{1,9})(?:\.(\d+))?%?")
_AGE = re.compile(r"(\d{1,3})(?:周?岁)?")
_LARGEST_FEN = 10**10
"""A hundred million yuan, as in policy files."""
_SHOWN = 8


def read_told(book: Book, text: str) -> tuple[Parameter, Value]:
    """The parameter and its value: fen, thousandths, years of age, or the word of a setting.

    Raises `NotFoundError` for no parameter or several, `JieminError` for a value that is none of its unit.
    """
    match = _TOLD.fullmatch(plain(text))
    if match is None:
        raise JieminError(f"“{mask_digits(text)}”要写成 参数=数值", "例：dibao.rural=450")
    parameter = parameter_named(book, match[1])
    return parameter, read_value(parameter, match[2])


def parameter_named(book: Book, text: str) -> Parameter:
    """The parameter with this key or title, or the only one whose key or title begins so, or holds it.

    Raises `NotFoundError` for none or several; it names those that are meant, or near.
    """
    text = plain(text).strip()
    known = {**{plain(each.title): each for each in book.parameters.values()}, **book.parameters}
    if text in known:
        return known[text]
    begun = _fitting(known[name] for name in known if name.startswith(text))
    found = begun or _fitting(known[name] for name in known if text in name)
    if len(found) == 1:
        return found[0]
    shown = mask_digits(text)
    if found:
        raise NotFoundError(f"“{shown}”不止一项：{_listed(found)}", "写全参数名或名称")
    near = _fitting(known[name] for name in get_close_matches(text, known, n=4, cutoff=0.4))
    meant = f"，是不是：{_listed(near)}" if near else ""
    raise NotFoundError(f"没有“{shown}”这个参数{meant}", "用 jiemin policy list 查看全部参数")


def read_value(parameter: Parameter, text: str) -> Value:
    """The value in the parameter's unit; raises `JieminError` for anything else, or beyond its limits."""
    value = _read(parameter, text)
    if limits := beyond_limits(parameter.key, parameter.unit, value):
        raise _wrong(parameter, text, limits)
    return value


def _read(parameter: Parameter, text: str) -> Value:
    if parameter.unit is Unit.SETTING:
        return _word(parameter, text)
    if parameter.unit.is_money:
        return _money(parameter, text)
    if parameter.unit is Unit.AGE:
        match = _AGE.fullmatch(text)
        if match is None:
            raise _wrong(parameter, text, "写整数，单位岁，如 70")
        return int(match[1])
    match = _PERCENT.fullmatch(text)
    if match is None or len((match[2] or "").rstrip("0")) > 1:
        raise _wrong(parameter, text, "写百分数，最多一位小数，如 80 或 62.5%")
    return int(match[1]) * 10 + int((match[2] or "0")[0])


def _money(parameter: Parameter, text: str) -> int:
    try:
        fen = parse_yuan(text)
    except MoneyError as fault:
        raise _wrong(parameter, text, f"{fault.hint}，如 450 或 450.50") from None
    if not 0 <= fen <= _LARGEST_FEN:
        raise _wrong(parameter, text, "应在0和1亿之间")
    return fen


def _word(parameter: Parameter, text: str) -> str:
    """The word itself, or the beginning of what it means."""
    if text in parameter.choices:
        return text
    meant = [word for word, meaning in parameter.choices.items() if text and plain(meaning).startswith(text)]
    if len(meant) == 1:
        return meant[0]
    words = "、".join(f"{word}（{meaning}）" for word, meaning in parameter.choices.items())
    raise _wrong(parameter, text, f"可以写：{words}")


def _wrong(parameter: Parameter, text: str, hint: str) -> JieminError:
    return JieminError(f"{parameter.title}（{parameter.unit.value}）不能是“{mask_digits(text)}”", hint)


def _fitting(parameters: Iterable[Parameter]) -> list[Parameter]:
    """Each once, in the order of keys."""
    return sorted({each.key: each for each in parameters}.values(), key=lambda each: each.key)


def _listed(parameters: list[Parameter]) -> str:
    more = f"等{len(parameters)}项" if len(parameters) > _SHOWN else ""
    return "、".join(f"{each.key}（{each.title}）" for each in parameters[:_SHOWN]) + more


def plain(text: str) -> str:
    """Words of the book, or typed ones, normalised: wide brackets and colons are as good as narrow ones."""
    return unicodedata.normalize("NFKC", text)
