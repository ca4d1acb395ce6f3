"""What a check says: a finding of a kind, its number, and the fingerprint of its facts (ADR 0023)."""

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

Fact = str | int | bool | date | None | tuple["Fact", ...]
"""What a fingerprint is taken of."""


class Gravity(StrEnum):
    """How bad a finding is: certainly wrong, to be looked into, or merely good to know."""

    ERROR = "错误"
    DOUBT = "疑点"
    HINT = "提示"


class Group(StrEnum):
    """What the checks of one group look at; the first digit of their numbers in this order."""

    ROLLS = "名册"
    VISITS = "走访"
    PAIRINGS = "结对"
    FILES = "档案"
    MONEY = "补助"


@dataclass(frozen=True, slots=True)
class Kind:
    """One entry of the catalogue: what is found, why it matters, and the way out.

    `remedy` holds `{household}`, `{cadre}`, `{visit}` … where a finding names its own; `settings` are the
    names of the thresholds it goes by.
    """

    code: str
    gravity: Gravity
    title: str
    meaning: str
    remedy: str
    settings: tuple[str, ...] = ()

    @property
    def group(self) -> Group:
        """The group its number belongs to."""
        return list(Group)[int(self.code[1]) - 1]

    @property
    def way_out(self) -> str:
        """The remedy of any finding of this kind."""
        return self.remedy.format(**PLACEHOLDERS)


PLACEHOLDERS = {
    "household": "户编号",
    "cadre": "干部编号",
    "visit": "走访编号",
    "measure": "措施编号",
    "end": "写明截止：jiemin aid end 救助事项编号 --on 最后一天",
    "quarter": "季度",
    "compute": "重新计算：jiemin subsidy compute --month 月份；已经批准的：jiemin subsidy arrears",
    "one": "编号",
    "other": "另一编号",
    "day": "日期",
}
"""What a remedy names, in words."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One fault of the records. Names may be told, numbers of persons are masked before they come here.

    `key` says of whom it is and makes the number; `facts` are what it follows from, so that whoever
    answered for it is asked again when they change. `towns` and `units` are where it belongs, `day` the day
    it is about, None when it is about today.
    """

    kind: Kind
    key: tuple[str, ...]
    subject: str
    message: str
    facts: tuple[Fact, ...]
    names: tuple[tuple[str, str], ...] = ()
    """What its remedy names, by placeholder."""
    towns: frozenset[str] = frozenset()
    units: frozenset[str] = frozenset()
    day: date | None = None

    @property
    def number(self) -> str:
        """Like `K301-H000012`: the same fault has the same number each time."""
        return "-".join((self.kind.code, *("".join(part.split()) for part in self.key)))

    @property
    def remedy(self) -> str:
        """What to do, with the command."""
        return self.kind.remedy.format(**PLACEHOLDERS | dict(self.names))

    @property
    def fingerprint(self) -> str:
        """SHA-256 of its facts, in hexadecimal."""
        text = json.dumps([self.kind.code, self.key, self.facts], ensure_ascii=False, default=str)
        return hashlib.sha256(text.encode()).hexdigest()

    @property
    def order(self) -> tuple[int, str, tuple[str, ...]]:
        """The worst first, then by number."""
        return list(Gravity).index(self.kind.gravity), self.kind.code, self.key


@dataclass(frozen=True, slots=True)
class Unchecked:
    """What cannot be checked for want of facts, and what would be needed."""

    group: Group
    what: str
    why: str


def compact(day: date) -> str:
    """A day as numbers of findings hold it: 20140520."""
    return f"{day:%Y%m%d}"


_NAMED = 3


def named(words: Iterable[str], measure: str) -> str:
    """The first of some names, and of more than three how many: `甲、乙、丙等5户`."""
    listed = list(words)
    more = f"等{len(listed)}{measure}" if len(listed) > _NAMED else ""
    return "、".join(listed[:_NAMED]) + more
