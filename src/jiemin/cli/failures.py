"""From exceptions to sentences and exit codes: the user's faults, Typer's, and ours."""

import os
import re
import sys
import traceback
from collections.abc import Sequence
from pathlib import Path
from unicodedata import category

import typer

from jiemin.cli.screen import ReaderGoneError, Screen
from jiemin.errors import ExitCode, JieminError

_INTERRUPTED = "已中断；没有写完的都没有写入，现在的情况可用 jiemin status 查看"


def guarded(arguments: Sequence[str] | None = None) -> int:
    """Run one command line; the exit code.

    No exception passes: what the user can mend becomes a sentence and a way out, anything else an
    apology and a log without values. Without `arguments` those of the process are taken.
    """
    screen = Screen()
    try:
        return _run(screen, arguments)
    except JieminError as fault:
        screen.tell(f"错误：{fault.message}")
        if fault.hint:
            screen.tell(f"办法：{fault.hint}")
        return fault.exit_code
    except typer.TyperException as fault:
        from jiemin.cli.chinese import usage_sentence

        screen.tell(usage_sentence(fault))
        return ExitCode.USAGE
    except (KeyboardInterrupt, typer.Abort):
        screen.tell(_INTERRUPTED)
        return ExitCode.INTERRUPTED
    except ReaderGoneError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return ExitCode.DONE
    except Exception as fault:  # noqa: BLE001 - the last door: whatever it is, no value may escape
        return _apologise(screen, fault)


def _run(screen: Screen, arguments: Sequence[str] | None) -> int:
    from jiemin.cli.app import command_tree

    words = sys.argv[1:] if arguments is None else arguments
    if any(category(sign) == "Cs" for word in words for sign in word):
        raise _BrokenLettersError("命令里有认不出的字", "终端的编码与系统不一致；请改用 UTF-8 编码的终端")
    app = command_tree(words)
    result = app(standalone_mode=False) if arguments is None else app(arguments, standalone_mode=False)
    screen.flush()
    if result == ExitCode.INTERRUPTED:  # Typer has caught it
        screen.tell(_INTERRUPTED)
    return int(result or 0)


class _BrokenLettersError(JieminError):
    """Letters that are not of the terminal's encoding arrive as halves that nothing can print."""

    exit_code = ExitCode.USAGE


def _apologise(screen: Screen, fault: Exception) -> int:
    """Say sorry and leave a log for the developers, private and without any value."""
    number = os.urandom(4).hex()
    lines = [f"{number} {type(fault).__module__}.{type(fault).__qualname__}"]
    lines += [
        f"  {Path(frame.filename).name}:{frame.lineno} {frame.name}: {_masked(frame.line or '')}"
        for frame in traceback.extract_tb(fault.__traceback__)
    ]
    place = _keep("\n".join(lines) + "\n")
    screen.tell(f"错误：程序出了意外（编号{number}），这是我们的错；没有写完的都没有写入")
    screen.tell(f"办法：再试一次；仍不行，请把{place or '这个编号'}交给技术人员（里面没有名册内容）")
    return ExitCode.BUG


def _keep(text: str) -> Path | None:
    from platformdirs import user_log_path

    try:
        folder = user_log_path("jiemin", appauthor=False)
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        path = folder / "faults.log"
        with os.fdopen(
            os.open(path, os.O_CREAT | os.O_APPEND | os.O_WRONLY, 0o600), "a", encoding="utf-8"
        ) as log:
            log.write(text)
    except OSError:
        return None
    return path


def _masked(line: str) -> str:
    return re.sub(r"\d{7,}", lambda digits: "*" * len(digits[0]), line)
