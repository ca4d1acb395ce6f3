"""Opening a policy file as TOML, with faults that a clerk can mend."""

import re
import tomllib
from decimal import Decimal
from pathlib import Path
from typing import Any

from jiemin.errors import JieminError
from jiemin.policy.faults import Fault, PolicyFaultsError


def text_of(path: Path) -> str:
    """A policy file's text; raises `JieminError` when it cannot be read."""
    try:
        return path.read_text("utf-8-sig")
    except OSError as fault:
        reason = "没有这个文件" if isinstance(fault, FileNotFoundError) else "不能读取"
        raise JieminError(
            f"政策文件打不开：{path}，{reason}",
            "核对文件名；没有写文件名的，核对 --policy 和环境变量 JIEMIN_POLICY",
        ) from None
    except UnicodeDecodeError:
        raise JieminError(f"政策文件不是 UTF-8 编码：{path}", "用记事本打开，另存为时编码选 UTF-8") from None


def parse(text: str, name: str) -> dict[str, Any]:
    """The tables of a text, fractions as `Decimal`; `name` is what a fault calls it.

    Raises `PolicyFaultsError` with the line when the text is no TOML.
    """
    try:
        return tomllib.loads(text, parse_float=Decimal)
    except (ValueError, RecursionError) as fault:  # a number of thousands of digits is a ValueError too
        place = re.search(r"line (\d+)", str(fault))
        where = f"第{place[1]}行" if place else ""
        what, hint = (
            "不合 TOML 的写法",
            "等号后面不能空着，文字和文号加半角引号，日期和数字不加；同一项不能写两遍",
        )
        raise PolicyFaultsError(
            f"政策文件{name}{where}{what}", hint, [Fault(name, where, f"{what}，{hint}")]
        ) from None
