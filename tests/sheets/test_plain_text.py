"""Text files in whatever encoding people save them, and what is none."""

import os
from pathlib import Path

import pytest

from jiemin.errors import JieminError
from jiemin.sheets.plain_text import LARGEST_TEXT, read_plain_text

TEXT = "第一段，䶮字也在。\r\n第二段。"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_every_usual_encoding_is_read(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "事迹.txt"
    path.write_bytes(TEXT.encode(encoding))
    assert read_plain_text(path) == TEXT


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"PK\x03\x04 word", "不是纯文本"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "不是纯文本"),
        (b"%PDF-1.4", "不是纯文本"),
        (b"\xff\xff\xff\x81", "不是文字"),
        (b"a\x00b", "不是文字"),
        (b"x" * (LARGEST_TEXT + 1), "超过1MB"),
    ],
)
def test_what_is_no_text_is_refused_in_words(tmp_path: Path, content: bytes, words: str) -> None:
    path = tmp_path / "story.doc"
    path.write_bytes(content)
    with pytest.raises(JieminError, match=words):
        read_plain_text(path)


def test_no_file_a_folder_and_what_is_neither_are_told_apart(tmp_path: Path) -> None:
    with pytest.raises(JieminError, match="没有“"):
        read_plain_text(tmp_path / "nowhere.txt")
    with pytest.raises(JieminError, match="文件夹"):
        read_plain_text(tmp_path)
    if hasattr(os, "mkfifo"):
        os.mkfifo(tmp_path / "pipe")
        with pytest.raises(JieminError, match="不是普通文件"):
            read_plain_text(tmp_path / "pipe")


def test_a_file_that_may_not_be_read_is_told_of(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "a.txt"
    path.write_text("正文", "utf-8")

    def refused(_: Path) -> bytes:
        raise PermissionError

    monkeypatch.setattr(Path, "read_bytes", refused)
    with pytest.raises(JieminError, match="读不出来"):
        read_plain_text(path)
