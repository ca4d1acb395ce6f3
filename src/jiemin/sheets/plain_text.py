"""Reading a text file as people save one: UTF-8, GB18030, or what Windows calls Unicode."""

from pathlib import Path

from jiemin.errors import JieminError

LARGEST_TEXT = 1024 * 1024
"""Bytes."""

_SAVE_AS = "请用记事本或 Word 另存为纯文本（.txt）"


def read_plain_text(path: Path) -> str:
    """The file's text; raises `JieminError` in words when there is none to be had."""
    content = _content(path)
    if content.startswith((b"PK", b"\xd0\xcf\x11\xe0", b"{\\rtf", b"%PDF")):
        raise JieminError(f"“{path.name}”不是纯文本文件，可能是 Word 或别的文档", _SAVE_AS)
    wide = content[:2] in {b"\xff\xfe", b"\xfe\xff"}
    for encoding in ["utf-16"] if wide else ["utf-8-sig", "gb18030"]:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" not in text:
            return text
    raise JieminError(f"“{path.name}”里不是文字，或文字编码认不出来", _SAVE_AS)


def _content(path: Path) -> bytes:
    try:
        if path.is_dir():
            raise JieminError(f"“{path}”是文件夹，不是文件", "请写出里面的文本文件")
        if not path.exists():
            raise JieminError(f"没有“{path}”这个文件", "请核对文件名和所在的文件夹")
        if not path.is_file():
            raise JieminError(f"“{path}”不是普通文件", "请换成文本文件")
        if path.stat().st_size > LARGEST_TEXT:
            raise JieminError(f"“{path.name}”超过1MB，不像一篇文章", _SAVE_AS)
        return path.read_bytes()
    except OSError:
        raise JieminError(
            f"“{path}”读不出来：没有权限，或正被别的程序占用", "请关闭打开它的程序再试"
        ) from None
