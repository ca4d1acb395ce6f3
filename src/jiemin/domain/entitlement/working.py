"""How an amount came about, line by line, in sentences a clerk can read aloud."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

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
    colon = "" if known.parameter.unit.is_money else "："
    if known.parts:
        shown = "、".join(f"{part.months}{part.known.shown}" for part in known.parts)
        shown += f"，按月折算{format_yuan(known.amount)}"
        sources = "；".join(dict.fromkeys(_source(part.known) for part in known.parts))
    else:
        shown, sources = known.shown, _source(known)
    first = f"（按期初{known.first_day}的数）" if known.first_day else ""
    return f"{known.parameter.title}{colon}{shown}{first}，出自{sources}"


def _source(known: Known) -> str:
    stated = known.stated
    quote = f"“{stated.quote}”" if stated.quote else ""
    return f"{known.source}{quote}" + (f"（推定：{stated.note}）" if stated.assumed else "")


def total_line(label: str, amounts: Sequence[Fen]) -> Line:
    """The last step of what is paid case by case: `780元＋220元＝1,000元`, or the only amount by itself."""
    total = sum(amounts)
    terms = "＋".join(map(format_yuan, amounts))
    return Line(label, terms if len(amounts) == 1 else f"{terms}＝{format_yuan(total)}", total)


def floor_lines(known: Known) -> Iterator[Line]:
    """How the floor made the value, when it did (notice 二.2: 不低于城镇标准的80%); in a value that counts
    by the month, of each stretch of months it decided."""
    for part in known.parts:
        for line in floor_lines(part.known):
            yield replace(line, label=f"{part.months}{line.label}")
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
