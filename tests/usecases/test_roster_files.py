"""Which files an import means."""

from pathlib import Path

import pytest

from jiemin.errors import JieminError
from jiemin.usecases.roster_files import folders_within, roster_files


def test_a_folder_stands_for_its_workbooks(tmp_path: Path) -> None:
    for name in (
        "b.xlsx",
        "a.XLS",
        "c.csv",
        "~$b.xlsx",
        ".d.xlsx",
        "b-问题.xlsx",
        "b-问题2.xlsx",
        "说明.docx",
    ):
        (tmp_path / name).touch()
    (tmp_path / "sub.xlsx").mkdir()
    one = tmp_path / "b-问题.xlsx"
    assert [path.name for path in roster_files([tmp_path, one, tmp_path / "c.csv"])] == [
        "a.XLS",
        "b.xlsx",
        "c.csv",
        "b-问题.xlsx",
    ]


def test_a_file_that_is_not_there_is_left_to_the_reader(tmp_path: Path) -> None:
    assert roster_files([tmp_path / "none.xlsx"]) == [tmp_path / "none.xlsx"]


def test_a_folder_without_workbooks_is_refused(tmp_path: Path) -> None:
    (tmp_path / "说明.docx").touch()
    with pytest.raises(JieminError, match="没有名册文件"):
        roster_files([tmp_path])


def test_folders_within_a_folder_are_named_but_not_entered(tmp_path: Path) -> None:
    for name in ("乌镇/甲.xlsx", "石门/村/乙.csv", "照片/丙.jpg", ".旧/丁.xlsx"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).touch()
    within = [tmp_path / "乌镇", tmp_path / "石门"]
    assert folders_within([tmp_path]) == within
    assert folders_within([tmp_path, within[0]]) == within[1:]
    assert folders_within([tmp_path / "乌镇" / "甲.xlsx"]) == []
    with pytest.raises(JieminError) as refusal:
        roster_files([tmp_path])
    assert str(within[0]) in refusal.value.hint
    (tmp_path / "总.xlsx").touch()
    assert roster_files([tmp_path]) == [tmp_path / "总.xlsx"]
