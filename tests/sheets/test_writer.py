"""A saved workbook is the old file or the new one, and every refusal is one sentence in words."""

import errno
import os
import stat
from pathlib import Path
from typing import NoReturn

import pytest
from openpyxl import Workbook, load_workbook

from jiemin.sheets.style import Look, new_workbook, put
from jiemin.sheets.writer import SaveError, save_workbook


@pytest.fixture
def workbook() -> Workbook:
    made = new_workbook()
    put(made.create_sheet("表"), 1, 1, "新", Look.TEXT)
    return made


@pytest.fixture
def target(tmp_path: Path) -> Path:
    """A file that stands there already."""
    path = tmp_path / "stats.xlsx"
    path.write_bytes(b"old")
    return path


def _failing(fault: BaseException) -> object:
    def fail(*args: object, **kwargs: object) -> NoReturn:
        raise fault

    return fail


def _assert_untouched(target: Path) -> None:
    assert target.read_bytes() == b"old"
    assert [path.name for path in target.parent.iterdir()] == [target.name]


def test_replaces_the_old_file_with_a_readable_workbook(workbook: Workbook, target: Path) -> None:
    save_workbook(workbook, target)
    assert load_workbook(target)["表"]["A1"].value == "新"
    assert [path.name for path in target.parent.iterdir()] == ["stats.xlsx"]


@pytest.mark.skipif(os.name != "posix", reason="modes are claimed on POSIX only")
@pytest.mark.parametrize(("private", "mode"), [(True, 0o600), (False, 0o644)])
def test_mode(workbook: Workbook, tmp_path: Path, private: bool, mode: int) -> None:
    path = tmp_path / "a.xlsx"
    save_workbook(workbook, path, private=private)
    assert stat.S_IMODE(path.stat().st_mode) == mode


@pytest.mark.skipif(os.name != "posix", reason="modes are claimed on POSIX only")
def test_private_from_the_first_byte(
    workbook: Workbook, target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[int] = []
    flush = os.fsync

    def watch(handle: int) -> None:
        seen.append(stat.S_IMODE(os.fstat(handle).st_mode))
        flush(handle)

    monkeypatch.setattr(os, "fsync", watch)
    save_workbook(workbook, target)
    assert seen == [0o600]


def test_saves_through_a_link(workbook: Workbook, target: Path, tmp_path: Path) -> None:
    link = tmp_path / "link.xlsx"
    link.symlink_to(target)
    save_workbook(workbook, link)
    assert link.is_symlink()
    assert load_workbook(target).sheetnames == ["表"]


@pytest.mark.parametrize(
    ("fault", "words"),
    [
        (OSError(errno.ENOSPC, "No space left on device"), "磁盘已满"),
        (OSError(errno.EDQUOT, "Quota exceeded"), "磁盘已满"),
        (OSError(errno.EROFS, "Read-only file system"), "只读"),
        (OSError(errno.EIO, "Input/output error"), "没有存成"),
    ],
)
def test_fault_while_flushing_leaves_the_old_file(
    workbook: Workbook, target: Path, monkeypatch: pytest.MonkeyPatch, fault: OSError, words: str
) -> None:
    monkeypatch.setattr(os, "fsync", _failing(fault))
    with pytest.raises(SaveError, match=words) as refusal:
        save_workbook(workbook, target)
    assert str(target) in refusal.value.message
    assert refusal.value.hint
    _assert_untouched(target)


def test_file_open_in_another_program(
    workbook: Workbook, target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    denied = PermissionError(errno.EACCES, "Permission denied")
    monkeypatch.setattr(Path, "replace", _failing(denied))
    with pytest.raises(SaveError, match="正在别的程序中打开"):
        save_workbook(workbook, target)
    _assert_untouched(target)


def test_full_disk_before_anything_is_written(
    workbook: Workbook, target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.mkstemp", _failing(OSError(errno.ENOSPC, "No space left")))
    with pytest.raises(SaveError, match="磁盘已满"):
        save_workbook(workbook, target)
    _assert_untouched(target)


@pytest.mark.parametrize("place", ["fsync", "replace"])
def test_interruption_leaves_the_old_file_and_nothing_else(
    workbook: Workbook, target: Path, monkeypatch: pytest.MonkeyPatch, place: str
) -> None:
    owner: object = os if place == "fsync" else Path
    monkeypatch.setattr(owner, place, _failing(KeyboardInterrupt()))
    with pytest.raises(KeyboardInterrupt):
        save_workbook(workbook, target)
    _assert_untouched(target)


def test_read_only_target(workbook: Workbook, target: Path) -> None:
    target.chmod(0o444)
    with pytest.raises(SaveError, match="只读"):
        save_workbook(workbook, target)
    _assert_untouched(target)


@pytest.mark.parametrize("name", ["stats.xls", "stats", "stats.csv", "stats.xlsx.bak"])
def test_wrong_suffix(workbook: Workbook, tmp_path: Path, name: str) -> None:
    with pytest.raises(SaveError, match=r"以 \.xlsx 结尾") as refusal:
        save_workbook(workbook, tmp_path / name)
    assert refusal.value.hint.endswith(".xlsx")
    assert not any(tmp_path.iterdir())


def test_missing_folder(workbook: Workbook, tmp_path: Path) -> None:
    with pytest.raises(SaveError, match="文件夹不存在"):
        save_workbook(workbook, tmp_path / "没有" / "stats.xlsx")


def test_folder_in_the_way(workbook: Workbook, tmp_path: Path) -> None:
    (tmp_path / "stats.xlsx").mkdir()
    with pytest.raises(SaveError, match="这是一个文件夹"):
        save_workbook(workbook, tmp_path / "stats.xlsx")
