"""The gate before any reader: what a file is by its first bytes, and whether it may be opened.

The extension counts for nothing. Refusals are sentences; they come in well under a second, before
anything large is unpacked.
"""

import io
import stat
import zipfile
from collections.abc import Iterator
from enum import Enum, auto
from pathlib import Path

from jiemin.errors import JieminError

LARGEST_FILE = 200 * 2**20
"""Bytes."""
_LARGEST_UNPACKED = 600 * 2**20
_LARGEST_RATIO = 100
_MOST_PARTS = 20_000
_PROLOGUE = 1024

_SAVE_AS = "请用 Excel 或 WPS 打开它，另存为 .xlsx 后再导入"
_GET_AGAIN = "请在 Excel 或 WPS 里打开看看，能打开就另存为新的 .xlsx，打不开请重新取得这个文件"


class FileFormat(Enum):
    """What a file is, as far as reading it differs."""

    OOXML = auto()
    """.xlsx, .xlsm and .xlsb."""
    ODS = auto()
    OLE = auto()
    """.xls and .et."""
    TEXT = auto()
    """CSV and its kin."""


def read_file(path: Path) -> bytes:
    """The file's content; raises `JieminError` in words when there is none to be had."""
    if path.name.startswith("~$"):
        raise JieminError(
            f"“{path.name}”是表格打开时留下的临时文件，里面没有名单", "请导入去掉 ~$ 的那个文件"
        )
    try:
        about = path.stat()
        if stat.S_ISDIR(about.st_mode):
            raise JieminError(f"“{path}”是文件夹，不是文件", "请写出里面要导入的文件")
        if not stat.S_ISREG(about.st_mode):
            raise JieminError(f"“{path}”不是普通文件", "请换成表格文件")
        if about.st_size > LARGEST_FILE:
            raise JieminError(f"“{path.name}”太大，超过200MB", "请只留下名单，去掉图片和别的工作表")
        content = path.read_bytes()
    except FileNotFoundError:
        raise JieminError(f"没有“{path}”这个文件", "请核对文件名和所在的文件夹") from None
    except PermissionError:
        raise JieminError(
            f"“{path}”不让读：没有权限，或正被别的程序独占", "请关闭打开它的程序，或改好文件的权限"
        ) from None
    except OSError:
        raise JieminError(f"“{path}”读不出来，读写出错", "请把文件复制到本机再导入") from None
    if not content:
        raise JieminError(f"“{path.name}”是空文件，一个字节也没有", "请重新保存，或重新取得这个文件")
    return content


def sniff(content: bytes, file: str) -> FileFormat:
    """What the file is; raises `JieminError` for what is no spreadsheet, is locked, or is a trap."""
    if content.startswith(b"PK"):
        return _sniff_zip(content, file)
    if content.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        return _sniff_ole(content, file)
    if content[:2] in {b"\x09\x00", b"\x09\x02", b"\x09\x04", b"\x09\x08"}:
        raise JieminError(f"“{file}”是很旧的 Excel 格式，读不了", _SAVE_AS)
    for magic, kind in _NO_SPREADSHEETS.items():
        if content.startswith(magic):
            raise JieminError(f"“{file}”不是表格文件，是{kind}", "请换成 .xlsx、.xls、.et、.ods 或 .csv 文件")
    start = content[:1024].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    if start.startswith(
        (b"<html", b"<!doctype", b"<table", b"<head", b"<meta", b"<style", b"<body", b"<div", b"mime-version")
    ):
        raise JieminError(f"“{file}”其实是网页(HTML)，不是真正的表格文件", _SAVE_AS)
    if start.startswith(b"<?xml"):
        raise JieminError(f"“{file}”其实是 XML 文件，不是真正的表格文件", _SAVE_AS)
    if b"\x00" in content and content[:2] not in {b"\xff\xfe", b"\xfe\xff"}:
        raise JieminError(f"“{file}”不是表格文件，或者已经损坏", _GET_AGAIN)
    return FileFormat.TEXT


_NO_SPREADSHEETS = {
    b"%PDF": "PDF",
    b"\x89PNG": "图片",
    b"\xff\xd8\xff": "图片",
    b"GIF8": "图片",
    b"Rar!": "压缩包，请先解压",
    b"7z\xbc\xaf": "压缩包，请先解压",
    b"\x1f\x8b": "压缩包，请先解压",
    b"{\\rtf": "Word 文档",
    b"MZ": "程序",
}


def unpacked_size(content: bytes, found: FileFormat) -> int:
    """How many bytes a file that passed the gate holds once it is unpacked."""
    if found not in {FileFormat.OOXML, FileFormat.ODS}:
        return len(content)
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return sum(part.file_size for part in archive.infolist())


def locked(file: str) -> JieminError:
    """The refusal of a workbook with a password."""
    return JieminError(f"“{file}”加了打开密码，读不了", "请用 Excel 或 WPS 打开，去掉密码，另存后再导入")


def damaged(file: str) -> JieminError:
    """The refusal of a workbook that no reader can make out."""
    return JieminError(f"“{file}”已经损坏或不完整，读不了", _GET_AGAIN)


def _sniff_zip(content: bytes, file: str) -> FileFormat:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = archive.infolist()
            _check_parts(parts, file)
            names = {part.filename.replace("\\", "/").lower() for part in parts}
            found = _kind_of_zip(names, file)
            if any(_has_doctype(start) for start in _prologues(archive, parts)):
                raise JieminError(f"“{file}”里夹带了表格不该有的内容(DOCTYPE)，不予打开", _SAVE_AS)
            return found
    except (JieminError, MemoryError):
        raise
    except Exception:  # noqa: BLE001 - broken archives fail in a dozen ways
        raise damaged(file) from None


def _check_parts(parts: list[zipfile.ZipInfo], file: str) -> None:
    """Judge by the directory alone; nothing is unpacked yet."""
    if any(part.flag_bits & 1 for part in parts):
        raise locked(file)
    if any(".." in part.filename.replace("\\", "/").split("/") for part in parts):
        raise JieminError(f"“{file}”里有指向别处的文件名，不予打开", _SAVE_AS)
    names = [part.filename.replace("\\", "/").lower() for part in parts]
    if len(set(names)) < len(names):
        raise JieminError(f"“{file}”里有两个部分同名，不知道该读哪一个", _SAVE_AS)
    bomb = sum(part.file_size for part in parts) > _LARGEST_UNPACKED or any(
        part.file_size > 2**24 and part.file_size > _LARGEST_RATIO * max(part.compress_size, 1)
        for part in parts
    )
    if bomb or len(parts) > _MOST_PARTS:
        raise JieminError(
            f"“{file}”解开后大得异常，不予打开", "请新建一个工作簿，只把名单复制过去，存好后再导入"
        )


def _kind_of_zip(names: set[str], file: str) -> FileFormat:
    if any(name.startswith("xl/") for name in names) or "[content_types].xml" in names - {
        "word/document.xml"
    }:
        if any(name.startswith(("word/", "ppt/")) for name in names):
            raise JieminError(f"“{file}”不是表格文件，是 Word 或 PPT 文档", "请把名单复制到表格里再导入")
        return FileFormat.OOXML
    if "content.xml" in names:
        return FileFormat.ODS
    raise JieminError(f"“{file}”不是表格文件，是压缩包", "请先解压，再导入里面的表格")


def _prologues(archive: zipfile.ZipFile, parts: list[zipfile.ZipInfo]) -> Iterator[bytes]:
    for part in parts:
        if part.filename.lower().endswith((".xml", ".rels")):
            with archive.open(part) as stream:
                yield stream.read(_PROLOGUE)


def _has_doctype(start: bytes) -> bool:
    return b"<!DOCTYPE" in start.replace(b"\x00", b"")


def _sniff_ole(content: bytes, file: str) -> FileFormat:
    def holds(stream: str) -> bool:
        return stream.encode("utf-16-le") in content

    if holds("EncryptedPackage") or _has_file_password(content):
        raise locked(file)
    if not holds("Workbook") and not holds("Book"):
        if holds("WordDocument") or holds("PowerPoint Document"):
            raise JieminError(f"“{file}”不是表格文件，是 Word 或 PPT 文档", "请把名单复制到表格里再导入")
        raise damaged(file)
    return FileFormat.OLE


def _has_file_password(content: bytes) -> bool:
    """Whether the workbook stream (BIFF8) has a FILEPASS record (0x2F) before its sheets."""
    place = content.find(b"\x09\x08\x10\x00\x00\x06\x05\x00")
    while 0 <= place < len(content) - 4:
        record = int.from_bytes(content[place : place + 2], "little")
        if record in {0x2F, 0x0A, 0x85}:  # FILEPASS; or the globals end, the sheets begin
            return record == 0x2F
        place += 4 + int.from_bytes(content[place + 2 : place + 4], "little")
    return False
