"""Opening a policy file as TOML, with faults that a clerk can mend."""

import re
import tomllib
from decimal import Decimal
from pathlib import Path
from typing import Any

from jiemin.errors import JieminError


def text_of(path: Path) -> str:
    """A policy file's text; raises `JieminError` when it cannot be read."""
    try:
        return path.read_text("utf-8-sig")
    except OSError as fault:
        reason = "没有这个文件" if isinstance(fault, FileNotFoundError) else "不能读取"
        raise JieminError(
            f"政策文件打不开：{path}，{reason}", "核对 --policy 或环境变量 JIEMIN_POLICY 指的文件"
        ) from None
    except UnicodeDecodeError:
        raise JieminError(f"政策文件不是 UTF-8 编码：{path}", "用记事本打开，另存为时编码选 UTF-8") from None


def parse(text: str, name: str) -> dict[str, Any]:
    """The tables of a text, fractions as `Decimal`; `name` is what a fault calls it."""
    try:
        return tomllib.loads(text, parse_float=Decimal)
    except (ValueError, RecursionError) as fault:  # a number of thousands of digits is a ValueError too
        place = re.search(r"line (\d+)", str(fault))
        where = f"第{place[1]}行" if place else ""
        raise JieminError(
            f"政策文件{name}{where}不合 TOML 的写法",
            "文字和文号要加半角引号，日期和数字不加；同一项不能写两遍",
        ) from None
