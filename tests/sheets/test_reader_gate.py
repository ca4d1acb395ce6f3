"""What is refused at the gate, and in which words."""

import os
import struct
import time
from pathlib import Path

import pytest
from support.files import archive, patched, read, refusal, saved, workbook_bytes

from jiemin.errors import JieminError
from jiemin.sheets import child, gate
from jiemin.sheets.cells import read_cells
from jiemin.sheets.gate import FileFormat


def torn(content: bytes) -> bytes:
    """The archive with a compressed part overwritten."""
    place = content.index(b"PK\x03\x04") + 60
    return content[:place] + b"\xff" * 40 + content[place + 40 :]


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("none.xlsx", None, "没有"),
        ("empty.xlsx", b"", "空文件"),
        ("~$list.xlsx", b"PK", "临时文件"),
        ("page.xls", b"\xef\xbb\xbf\r\n<HTML><body><table><tr><td>1</td></tr></table>", "网页"),
        ("archive.xls", b"MIME-Version: 1.0\r\n", "网页"),
        ("torn.xlsx", torn(workbook_bytes()), "损坏"),
        ("office.xls", b'<?xml version="1.0"?><Workbook/>', "XML"),
        ("cut.xlsx", workbook_bytes()[:-200], "损坏"),
        ("half.xlsx", workbook_bytes()[: len(workbook_bytes()) // 2], "损坏"),
        ("picture.xlsx", b"\x89PNG\r\n\x1a\n" + b"\x00" * 40, "图片"),
        ("letter.xlsx", b"%PDF-1.4", "PDF"),
        ("bits.xlsx", bytes(range(256)), "不是表格文件"),
        ("old.xls", b"\x09\x04\x06\x00\x00\x00\x10\x00", "很旧"),
        ("strange.csv", b"\xff\x00\xff", "不是表格文件"),
        ("bytes.csv", b"\x81\xff\x81\xff,1", "编码"),
        ("blank.csv", b"\r\n,,\r\n", "空"),
        ("letter.csv", "各镇、街道：\n请于月底前报送名册。\n".encode("gb18030"), "不是表格文件"),
        ("read.py", Path(__file__).read_bytes(), "不是表格文件"),
        ("page.md", "# 名册\n\n- 沈阿大, 五保\n- 朱水根\n- 徐金宝\n".encode(), "不是表格文件"),
        ("data.json", b'{"households": [\n  {"head": "A",\n   "class": "B"}\n]}', "不是表格文件"),
        ("lines.csv", "姓名\n沈阿大\n朱水根\n".encode(), "不是表格文件"),
        ("notes.txt", "一、名册，\n二、报表，\n".encode(), "不是表格文件"),
        ("blank.xlsx", workbook_bytes(lambda workbook: workbook.worksheets[0].delete_rows(1, 9)), "空"),
    ],
)
def test_refused_in_words(tmp_path: Path, name: str, content: bytes | None, words: str) -> None:
    path = tmp_path / name
    if content is not None:
        path.write_bytes(content)
    assert words in refusal(path).message


@pytest.mark.parametrize(
    "written",
    [
        "困难家庭名册,,\n填报单位：民政局,,\n姓名,单位,职务\n方卫东,民政局,局长\n",
        "姓名,单位\n",
        "名册\n姓名;单位\n方卫东;民政局\n",
        "姓名,单位,职务\n方卫东,民政局\n顾小平,教育局,科员,兼\n陈卫国\n",
        "户主姓名\n沈阿大\n",
        '走访日期,户主姓名,走访内容\n2014-05-06,沈阿大,"一\n二\n三\n四\n五\n六\n七"\n',
    ],
)
def test_a_small_table_of_text_is_one(tmp_path: Path, written: str) -> None:
    assert len(read(saved(tmp_path / "a.csv", written.encode())).sheets) == 1


def test_folders_and_pipes_are_no_files(tmp_path: Path) -> None:
    assert "文件夹" in refusal(tmp_path).message
    if hasattr(os, "mkfifo"):
        os.mkfifo(tmp_path / "pipe.xlsx")
        assert "普通文件" in refusal(tmp_path / "pipe.xlsx").message


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="nothing is forbidden to root")
def test_a_forbidden_file(tmp_path: Path) -> None:
    path = saved(tmp_path / "a.xlsx", workbook_bytes())
    path.chmod(0)
    assert "没有权限" in refusal(path).message


def test_a_file_in_use_elsewhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = saved(tmp_path / "a.xlsx", workbook_bytes())

    def forbid(_: Path) -> bytes:
        raise PermissionError

    monkeypatch.setattr(Path, "read_bytes", forbid)
    assert "没有权限" in refusal(path).message


def test_a_disk_that_fails(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = saved(tmp_path / "a.xlsx", workbook_bytes())

    def fail(_: Path) -> bytes:
        raise OSError(5, "Input/output error")

    monkeypatch.setattr(Path, "read_bytes", fail)
    assert "读不出来" in refusal(path).message


def test_a_file_of_films(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gate, "LARGEST_FILE", 100)
    assert "太大" in refusal(saved(tmp_path / "a.xlsx", workbook_bytes())).message


def ole(*streams: str) -> bytes:
    """A compound file's header and a directory with these streams."""
    entries = b"".join(name.encode("utf-16-le").ljust(128, b"\x00") for name in ("Root Entry", *streams))
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1".ljust(512, b"\x00") + entries.ljust(1024, b"\x00")


def biff(*records: tuple[int, bytes]) -> bytes:
    """The beginning of a workbook stream."""
    return b"".join(struct.pack("<HH", code, len(body)) + body for code, body in records)


BOF = (0x809, b"\x00\x06\x05\x00".ljust(16, b"\x00"))


@pytest.mark.parametrize(
    "content",
    [
        ole("EncryptionInfo", "EncryptedPackage"),
        ole("Workbook") + biff(BOF, (0xE1, b"\xb0\x04"), (0x2F, b"\x01\x00")),
    ],
)
def test_a_password_is_named_with_the_way_out(tmp_path: Path, content: bytes) -> None:
    error = refusal(saved(tmp_path / "locked.xlsx", content))
    assert "密码" in error.message
    assert "去掉密码" in error.hint


def test_a_locked_archive_is_named_too(tmp_path: Path) -> None:
    content = bytearray(workbook_bytes())
    directory = content.rfind(b"PK\x01\x02")
    content[directory + 8] |= 1
    assert "密码" in refusal(saved(tmp_path / "a.xlsx", bytes(content))).message


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (ole("Workbook") + biff(BOF, (0x0A, b"")), "损坏"),
        (ole("WordDocument"), "Word"),
        (ole("其他"), "损坏"),
    ],
)
def test_other_compound_files(tmp_path: Path, content: bytes, words: str) -> None:
    assert words in refusal(saved(tmp_path / "a.xls", content)).message


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (archive(**{"a.txt": b"1"}), "压缩包"),
        (archive(**{"[Content_Types].xml": b"<a/>", "word/document.xml": b"<a/>"}), "Word"),
        (archive(**{"[Content_Types].xml": b"<a/>", "xl/../../x": b"1"}), "指向别处"),
        (archive(**{"xl/workbook.xml": b"<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>"}), "DOCTYPE"),
        (archive(**{"xl/workbook.xml": b"0" * 2**25}), "大得异常"),
    ],
)
def test_archives_that_are_no_workbook_or_a_trap(tmp_path: Path, content: bytes, words: str) -> None:
    started = time.monotonic()
    assert words in refusal(saved(tmp_path / "a.xlsx", content)).message
    assert time.monotonic() - started < 2


def test_what_neither_can_read_is_refused(tmp_path: Path) -> None:
    content = patched(workbook_bytes(), "xl/workbook.xml", b'"rId1"', b'"rId9"')
    assert "损坏" in refusal(saved(tmp_path / "a.xlsx", content)).message


def test_too_large_a_sheet_is_refused_with_its_size() -> None:
    rows = "姓名,单位\n" + "方,民\n" * 500_001
    with pytest.raises(JieminError, match="500002行2列"):
        read_cells(rows.encode(), FileFormat.TEXT, "long.csv")


def test_no_memory_left_is_told_in_words(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def exhausted(*_: object) -> None:
        raise MemoryError

    monkeypatch.setattr(child, "read_cells", exhausted)
    assert "大得异常" in refusal(saved(tmp_path / "a.xlsx", workbook_bytes())).message
