"""Column labels as people write them, brought to the form in which they are compared."""

import re
import unicodedata

from jiemin.domain.codes import squeeze

_BRACKETED = re.compile(r"\([^()]*\)|\[[^\[\]]*\]|【[^【】]*】|〔[^〔〕]*〕|<[^<>]*>")
_WHOSE = re.compile("户主|干部|帮扶|结对|责任|人均|[/每]人|配偶|监护|代|亲|本人|成员")
"""Words in brackets that say whose or which figure it is; all others are units and hints."""
_OTHER_PERIOD = re.compile(r"年[^月(\[]*[(\[][^)\]]*[/每]月|月[^年(\[]*[(\[][^)\]]*[/每]年")
"""年收入(元/月): the unit says otherwise than the word before it."""
_MARKS = re.compile(r"[*#＊?？!！+＋]+")
_LONGEST = 40


def spellings(label: str) -> tuple[str, ...]:
    """The forms under which a label is looked up: as a whole, then without units in brackets.

    Width, spaces, line breaks and punctuation do not count. Empty for a blank or a long text, which
    is no label.
    """
    plain = _MARKS.sub("", unicodedata.normalize("NFKC", label))
    whole = squeeze(plain)
    if not whole or len(whole) > _LONGEST:
        return ()
    if _OTHER_PERIOD.search(plain):
        return (whole,)
    bare = squeeze(_BRACKETED.sub(lambda bracket: bracket[0] if _WHOSE.search(bracket[0]) else "", plain))
    return (whole, bare) if bare and bare != whole else (whole,)


def in_wan(label: str) -> bool:
    """Whether the label gives its amounts in 万元."""
    return "万元" in label
