"""Amounts in the capitals of bank papers (中文大写), by the rules for filling in bills and vouchers
(正确填写票据和结算凭证的基本规定, annex to the People's Bank's 支付结算办法)."""

from jiemin.domain.money import Fen

_DIGITS = "零壹贰叁肆伍陆柒捌玖"
_PLACES = ("", "拾", "佰", "仟")
_GROUPS = ("", "万", "亿", "万亿")
_LARGEST = 10**18


def in_capitals(fen: Fen) -> str:
    """The amount as a bank wants it written, without 人民币: `陆仟零柒元壹角肆分`, `贰佰元整`.

    整 stands after 元 alone. A 零 that the rules leave to the writer is left out. Raises `ValueError` for
    a debt and for what no paper holds.
    """
    if not 0 <= fen < _LARGEST:
        raise ValueError("an amount on paper is neither negative nor beyond 亿 of 亿")
    yuan, part = divmod(fen, 100)
    tenths, hundredths = divmod(part, 10)
    if not part:
        return f"{_whole(yuan) or '零'}元整"
    whole = f"{_whole(yuan)}元" if yuan else ""
    gap = "零" if yuan and not tenths else ""
    tail = f"{_DIGITS[tenths]}角" if tenths else gap
    return f"{whole}{tail}{_DIGITS[hundredths]}分" if hundredths else f"{whole}{tail}"


def _whole(yuan: int) -> str:
    """The yuan; empty for none."""
    told = ""
    groups = []
    while yuan:
        yuan, group = divmod(yuan, 10_000)
        groups.append(group)
    for place in reversed(range(len(groups))):
        group = groups[place]
        if not group:
            continue
        gap = "零" if told and (group < 1000 or not groups[place + 1]) else ""
        told += f"{gap}{_group(group)}{_GROUPS[place]}"
    return told


def _group(number: int) -> str:
    """Four figures, runs of zeros between others as one 零."""
    told, gap = "", False
    for place in reversed(range(4)):
        digit = number // 10**place % 10
        if digit:
            told += ("零" if gap and told else "") + _DIGITS[digit] + _PLACES[place]
        gap = not digit
    return told
