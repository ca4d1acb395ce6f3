"""Which files an import means: files as named, of a folder all workbooks in it, and what is piped in."""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from itertools import chain
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import IO

from jiemin.errors import JieminError
from jiemin.sheets.gate import LARGEST_FILE

_ENDINGS = frozenset([".xlsx", ".xlsm", ".xls", ".et", ".xlsb", ".ods", ".csv"])
_ERROR_MARK = "-问题"
_PIPED = Path("-")
_PIPED_NAME = "标准输入"
_BLOCK = 2**20
_HOW_TO_PIPE = "请把名册接到命令后面，如：jiemin import - < 名册.csv"


@contextmanager
def with_piped(named: Iterable[Path], stream: IO[bytes] | None) -> Iterator[tuple[list[Path], Path | None]]:
    """The files named, with `-` for what `stream` brings, which is kept in a private file meanwhile.

    Answers that file as well, None without a `-`. Raises `JieminError` when nothing is piped in.
    """
    paths = list(named)
    if _PIPED not in paths:
        yield paths, None
        return
    if stream is None or stream.isatty():
        raise JieminError("“-”是从管道或文件读名册，现在什么也没有接上", _HOW_TO_PIPE)
    with TemporaryDirectory(prefix="jiemin-") as folder:
        piped = Path(folder, _PIPED_NAME)
        if not _keep(stream, piped):
            raise JieminError("标准输入里什么也没有", _HOW_TO_PIPE)
        yield [piped if path == _PIPED else path for path in paths], piped


def _keep(stream: IO[bytes], path: Path) -> int:
    """Save what the stream brings, and no more of it than the reader needs to refuse it; its size."""
    size = 0
    with path.open("wb") as kept:
        while size <= LARGEST_FILE and (block := stream.read(_BLOCK)):
            size += kept.write(block)
    return size


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
                deeper = "、".join(str(each) for each in folders_within([path]))
                raise JieminError(
                    f"文件夹“{path}”里没有名册文件",
                    f"名册在里面的文件夹里，请写明：{deeper}"
                    if deeper
                    else "名册应为 .xlsx .xls .et .xlsb .ods .csv 文件",
                )
            found |= dict.fromkeys(inside)
        else:
            found[path] = None
    return list(found)


def folders_within(named: Iterable[Path]) -> list[Path]:
    """The folders with workbooks in them that lie in a folder named, and are not named themselves: nobody
    knows whether last year's are kept there, so they are not imported."""
    paths = list(named)
    inner = [each for path in paths if path.is_dir() for each in sorted(path.iterdir()) if each.is_dir()]
    return [
        each
        for each in inner
        if each not in paths
        and not each.name.startswith(".")
        and any(map(_is_roster, chain(each.glob("*"), each.glob("*/*"))))
    ]


def _is_roster(path: Path) -> bool:
    named = path.suffix.lower() in _ENDINGS and not path.name.startswith(("~$", "."))
    ours = path.stem.rpartition(_ERROR_MARK)
    return named and path.is_file() and not (ours[1] and (not ours[2] or ours[2].isdecimal()))
