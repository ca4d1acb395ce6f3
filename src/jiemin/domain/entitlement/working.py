"""How an amount came about, line by line, in sentences a clerk can read aloud."""

from collections.abc import Iterator
from dataclasses import dataclass

from jiemin.domain.money import Fen, format_yuan
from jiemin.domain.policy import Known
from jiemin.domain.policy.values import show_percent


@dataclass(frozen=True, slots=True)
class Line:
    """One step: what is reckoned, the arithmetic, what it comes to in fen, and by what rule."""

    label: str
    arithmetic: str
    subtotal_fen: Fen
    known: Known | None = None
    """The parameter used; None for a step that needs none."""

    @property
    def sentence(self) -> str:
        """The step read aloud: `保障金额：每人每月416元×3人＝1,248元。农村低保标准每人每月416元，出自…`."""
        rule = f"{rule_sentence(self.known)}。" if self.known else ""
        return f"{self.label}：{self.arithmetic}。{rule}"


@dataclass(frozen=True, slots=True)
class Working:
    """All steps of one amount, the last of which is the amount."""

    lines: tuple[Line, ...]

    @property
    def amount_fen(self) -> Fen:
        """What the steps come to."""
        return self.lines[-1].subtotal_fen


def rule_sentence(known: Known) -> str:
    """A value with its document, clause and the clause's words; what was assumed is said."""
    stated = known.stated
    colon = "" if known.parameter.unit.is_money else "："
    quote = f"“{stated.quote}”" if stated.quote else ""
    told = f"{known.parameter.title}{colon}{known.shown}，出自{known.source}{quote}"
    return f"{told}（推定：{stated.note}）" if stated.assumed else told


def floor_lines(known: Known) -> Iterator[Line]:
    """How the floor made the value, when it did (notice 二.2: 不低于城镇标准的80%)."""
    base, floor = known.base, known.stated.at_least
    if base is None or floor is None:
        return
    yield from floor_lines(base)
    exact = base.amount * floor.permille % 1000 == 0
    yield Line(
        f"{known.parameter.title}的最低线",
        f"{base.shown}×{show_percent(floor.permille)}%"
        f"＝{format_yuan(known.amount)}{'' if exact else '（不足1分的按1分计）'}",
        known.amount,
        base,
    )
