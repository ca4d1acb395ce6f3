"""What is wrong with policy files: gathered, and told all at once."""

from collections.abc import Sequence
from dataclasses import dataclass

from jiemin.errors import JieminError


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault: the file, the key or line, and what is wrong there."""

    file: str
    place: str
    what: str

    def __str__(self) -> str:
        return f"{self.file}：{self.place}：{self.what}"


class PolicyFaultsError(JieminError):
    """A policy file cannot be used; `faults` are all that was found wrong with it."""

    def __init__(self, message: str, hint: str, faults: Sequence[Fault]) -> None:
        super().__init__(message, hint)
        self.faults = tuple(faults)


class Faults:
    """Everything found wrong with one file, in the order it was found."""

    def __init__(self) -> None:
        self.found: list[Fault] = []

    def note(self, file: str, place: str, what: str) -> None:
        """Remember a fault: in which file, under which key, what."""
        self.found.append(Fault(file, place, what))

    def raise_any(self, hint: str) -> None:
        """Raise `PolicyFaultsError` naming all of them, if there are any."""
        if self.found:
            listed = "\n  ".join(map(str, self.found))
            raise PolicyFaultsError(f"政策文件有{len(self.found)}处要改：\n  {listed}", hint, self.found)
