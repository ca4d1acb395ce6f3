"""`jiemin tour`: the real commands over invented people, in a folder of their own."""

import contextlib
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer

from jiemin.cli.context import current
from jiemin.errors import ExitCode, JieminError

DAY = "2014-06-30"
COMMANDS = (
    ("把名册导入数据库", "import households.xlsx"),
    ("给每户配上干部", "pair --auto -y"),
    ("导入这一季度的走访记录", "import visits.xlsx"),
    ("导入四清、家庭状况、帮扶措施和救助事项", "import files.xlsx"),
    ("看还有谁没有走访", "visit due"),
    ("看一户的档案和帮扶前后", "household show H0252"),
    ("算六月的低保金和全年的低收入家庭救助", "subsidy compute --month 2014-06 --year 2014"),
    ("看一户的补助是怎么算的", "subsidy explain H0030"),
    ("上报以前先自己查一遍", "check"),
    ("出季度报表", "report quarterly --out stats.xlsx"),
    ("看现在的情况和下一步", "status"),
)
_MARK = "练习说明.txt"
_MARK_TEXT = "这个文件夹是 jiemin tour 建的练习，里面的人都是虚构的。再运行 jiemin tour 会重新来过。\n"


def tour(
    ctx: typer.Context,
    folder: Annotated[Path, typer.Option("--dir", metavar="文件夹", help="在哪个文件夹里练习")] = Path(
        "jiemin-tour"
    ),
) -> None:
    """用虚构的名册把全部工作走一遍，留下 stats.xlsx，不碰真实数据。"""
    screen = current(ctx).screen
    _prepare(folder)
    screen.say(f"练习文件夹：{folder}（名册里的人都是虚构的，日期当作{DAY}）")
    worst = ExitCode.DONE
    with _practising(folder):
        for what, command in COMMANDS:
            screen.say(f"\n◇ {what}\n$ jiemin {command}")
            worst = max(worst, _run(command))
    screen.say(f"\n练习完了，季度报表在 {folder / 'stats.xlsx'}；接着练可以先进入这个文件夹，再运行：")
    screen.say(f"  jiemin --db jiemin.db --today {DAY} household list")
    raise typer.Exit(worst)


def _run(command: str) -> ExitCode:
    from jiemin.cli.failures import guarded

    return ExitCode(guarded(command.split()))


def _prepare(folder: Path) -> None:
    """Lay out the sample afresh; a folder that is not our practice is left alone."""
    if folder.exists() and not (folder / _MARK).is_file() and (not folder.is_dir() or any(folder.iterdir())):
        raise JieminError(f"“{folder}”已有别的内容，不能用来练习", "换一个文件夹：jiemin tour --dir 练习")
    try:
        folder.mkdir(parents=True, exist_ok=True)
        (folder / _MARK).write_text(_MARK_TEXT, encoding="utf-8")
        (folder / "jiemin.db").unlink(missing_ok=True)
        for name in ("households.xlsx", "visits.xlsx", "files.xlsx"):
            (folder / name).write_bytes((_sample() / name).read_bytes())
    except OSError as fault:
        raise JieminError(
            f"练习文件夹“{folder}”不能写入：{fault.strerror or '读写出错'}", "换一个位置：--dir 文件夹"
        ) from None


def _sample() -> Path:
    """The sample shipped inside the package; in a checkout it stands beside `src`."""
    import jiemin

    inside = Path(jiemin.__file__).parent / "sample_data"
    return inside if inside.is_dir() else Path(jiemin.__file__).parents[2] / "sample_data"


@contextlib.contextmanager
def _practising(folder: Path) -> Iterator[None]:
    """Within the folder, with its own database and day, the county's own policy file left out."""
    before = {name: os.environ.pop(name, None) for name in ("JIEMIN_DB", "JIEMIN_TODAY", "JIEMIN_POLICY")}
    os.environ |= {"JIEMIN_DB": "jiemin.db", "JIEMIN_TODAY": DAY}
    try:
        with contextlib.chdir(folder):
            yield
    finally:
        for name, value in before.items():
            os.environ.pop(name, None)
            if value is not None:
                os.environ[name] = value
