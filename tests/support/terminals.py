"""A keyboard that a test types at."""

from collections.abc import Callable, Iterable


class Terminal:
    """Standard input as a person's terminal; `meanwhile` happens before the first line is typed."""

    def __init__(self, lines: Iterable[str] = (), meanwhile: Callable[[], object] | None = None) -> None:
        self._lines = [f"{line}\n" for line in lines]
        self._meanwhile = meanwhile

    def isatty(self) -> bool:
        """Somebody sits there."""
        return True

    def readline(self) -> str:
        """The next line typed, nothing when no more comes."""
        happening, self._meanwhile = self._meanwhile, None
        if happening is not None:
            happening()
        return self._lines.pop(0) if self._lines else ""
