"""Which files an import means: files as named, and of a folder all workbooks in it."""

from collections.abc import Iterable
from pathlib import Path

from jiemin.errors import JieminError

_ENDINGS = frozenset([".xlsx", ".xlsm", ".xls", ".et", ".xlsb", ".ods", ".csv"])
_ERROR_MARK = "-问题"


def roster_files(named: Iterable[Path]) -> list[Path]:
    """The files in the order named, a folder's in the order of names, each once.

    Of a folder, lock files (`~$…`), hidden files and our own error workbooks are passed over; those
    are imported when named themselves. Raises `JieminError` for a folder without any workbook.
    """
    found: dict[Path, None] = {}
    for path in named:
        if path.is_dir():
            inside = sorted(each for each in path.iterdir() if _is_roster(each))
            if not inside:
                raise JieminError(
                    f"文件夹“{path}”里没有名册文件", "名册应为 .xlsx .xls .et .xlsb .ods .csv 文件"
                )
            found |= dict.fromkeys(inside)
        else:
            found[path] = None
    return list(found)


def _is_roster(path: Path) -> bool:
    named = path.suffix.lower() in _ENDINGS and not path.name.startswith(("~$", "."))
    ours = path.stem.rpartition(_ERROR_MARK)
    return named and path.is_file() and not (ours[1] and (not ours[2] or ours[2].isdecimal()))
