"""Saving a workbook so that a reader finds the old file or the new one, never half of it."""

import errno
import io
import os
import stat
import tempfile
from collections.abc import Callable
from pathlib import Path

from openpyxl import Workbook

from jiemin.errors import JieminError


class SaveError(JieminError):
    """The workbook could not be saved; whatever stood there before is untouched."""


def save_workbook(
    workbook: Workbook, path: Path, *, private: bool = True, seal: Callable[[io.BytesIO], None] | None = None
) -> None:
    """Save as `.xlsx` in one step: written aside, flushed to disk, then moved into place.

    A private file is readable by its owner alone (mode 0600, where the system knows modes). `seal`
    may add to the file's content before any of it is on disk.
    Raises `SaveError` in words for another suffix, a missing or forbidden folder, a read-only
    target, one open in another program, and a full disk.
    """
    target = path.resolve()
    _refuse(target, path)
    try:
        content = io.BytesIO()
        workbook.save(content)
        if seal is not None:
            seal(content)
        _replace(target, content.getbuffer(), private)
    except OSError as error:
        raise _in_words(error, path) from error


def _refuse(target: Path, path: Path) -> None:
    if target.suffix.lower() != ".xlsx":
        hint = f"例如 {path.stem or 'stats'}.xlsx"
        raise SaveError(f"不能存为“{path}”：文件名应以 .xlsx 结尾", hint)
    if target.is_dir():
        raise SaveError(f"不能存为“{path}”：这是一个文件夹", "请换一个文件名")
    if not target.parent.is_dir():
        raise SaveError(f"不能存为“{path}”：文件夹不存在", "请先建好文件夹，或换一个位置")
    if target.exists() and not target.stat().st_mode & stat.S_IWUSR:
        raise SaveError(f"不能存为“{path}”：原有文件是只读的", "请去掉只读属性，或换一个文件名")


def _replace(target: Path, content: memoryview, private: bool) -> None:
    """Write beside the target and move over it; the file made aside never stays behind."""
    handle, name = tempfile.mkstemp(dir=target.parent, prefix=".jiemin-", suffix=".tmp")
    aside = Path(name)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        if not private:
            aside.chmod(0o644)
        aside.replace(target)
    except BaseException:
        aside.unlink(missing_ok=True)
        raise


_FULL = {errno.ENOSPC, errno.EDQUOT} if hasattr(errno, "EDQUOT") else {errno.ENOSPC}


def _in_words(error: OSError, path: Path) -> SaveError:
    if error.errno in _FULL:
        return SaveError(f"“{path}”没有存成：磁盘已满", "请腾出空间后再试；原有文件没有改动")
    if error.errno == errno.EROFS:
        return SaveError(f"“{path}”没有存成：所在磁盘是只读的", "请换一个位置")
    if isinstance(error, PermissionError):
        return SaveError(
            f"“{path}”没有存成：没有写入权限，或文件正在别的程序中打开",
            "请先关闭打开它的 Excel 或 WPS，或换一个位置；原有文件没有改动",
        )
    reason = error.strerror or "读写出错"
    return SaveError(f"“{path}”没有存成：{reason}", "请换一个位置再试；原有文件没有改动")
