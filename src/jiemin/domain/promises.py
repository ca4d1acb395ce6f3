"""Promises as people write several into one cell: numbered, a line for each."""

import re
import unicodedata

_NUMBERED = re.compile(
    r"(?:[(（]?(\d{1,2}|[一二三四五六七八九十])(?:[)）、:：,，]|[.．](?!\d))|([①-⑩]))\s*(\S.*)"
)


def each_promise(text: str) -> tuple[str, ...]:
    """The promises that a text tells: where its lines are numbered 1, 2, 3 throughout one each, without
    the numbers; any other text is one promise, however many lines it has."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    found = [_NUMBERED.fullmatch(line) for line in lines]
    told = [(_number(line[1] or line[2]), line[3]) for line in found if line]
    if len(lines) > 1 and [number for number, _ in told] == list(range(1, len(lines) + 1)):
        return tuple(what for _, what in told)
    return (text,)


def _number(sign: str) -> int:
    """What 2, 二 or ② stands for."""
    return int(unicodedata.numeric(sign)) if len(sign) == 1 else int(sign)
