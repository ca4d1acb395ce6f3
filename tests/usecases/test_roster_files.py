"""Which files an import means."""

from pathlib import Path

import pytest

from jiemin.errors import JieminError
from jiemin.usecases.roster_files import roster_files


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
