"""The real command line over a folder of odd, damaged and hostile workbooks, one file at a time.

    python benchmarks/odd_workbooks.py FOLDER

`FOLDER/INDEX.tsv`, if there is one, gives each file's category in its second column. For every file:
ended by itself within 30 s, no traceback, exit code 0, 1 or 4, under 300 MB, refusals of one line,
nothing written when nothing was taken; and what its category asks for besides.
"""

import csv
import json
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from support.watched import Watched

LONGEST, LARGEST = 30.0, 300.0
MUST_READ = frozenset({"odd-valid", "wps", "encoding"})
NOT_READ = ("损坏", "读不下去", "太大", "大得异常", "不是表格文件", "密码")


def categories(folder: Path) -> dict[str, str]:
    index = folder / "INDEX.tsv"
    if not index.exists():
        return {}
    with index.open(encoding="utf-8", newline="") as file:
        return {row["file"]: row["category"] for row in csv.DictReader(file, delimiter="\t")}


def complaints(file: Path, category: str, ran: "Watched", database: Path) -> Iterator[str]:
    """What is not as it must be."""
    if ran.code is None or ran.seconds > LONGEST:
        yield f"took {ran.seconds:.0f} s"
        return
    if ran.trace:
        yield "a traceback"
    if ran.code not in {0, 1, 4}:
        yield f"exit code {ran.code}"
    if ran.own > LARGEST:
        yield f"the command itself took {ran.own:.0f} MiB"
    refused = refusal(ran)
    if "\n" in refused:
        yield "a refusal of several lines"
    if database.exists() and ran.code == 1:
        yield "a database was left though nothing was taken"
    if category == "password" and "密码" not in refused:
        yield "the password is not named"
    if (category in MUST_READ or file.stem.endswith("xlsx_renamed")) and any(
        word in refused for word in NOT_READ
    ):
        yield f"not read: {refused}"


def refusal(ran: "Watched") -> str:
    """The sentence of a refused file; empty for a file that could be read."""
    try:
        told: dict[str, Any] = json.loads(ran.out)
    except json.JSONDecodeError:
        return ran.err.strip()
    return told["files"][0]["refused"] or ""


def outcome(ran: "Watched") -> str:
    """What became of the file, in a few words."""
    if refusal(ran):
        return refusal(ran)
    file = json.loads(ran.out)["files"][0]
    rows = sum(sheet["rows"] for sheet in file["sheets"])
    return f"{rows} rows" if file["sheets"] else "/".join(sorted({each["code"] for each in file["problems"]}))


def main() -> None:
    sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))
    from support.watched import watch

    folder = Path(sys.argv[1]).resolve()
    kinds = categories(folder)
    files = sorted(each for each in folder.iterdir() if each.suffix not in {".tsv", ".md"} and each.is_file())
    worst = {"s": 0.0, "own": 0.0, "child": 0.0}
    broken = 0
    for file in files:
        with TemporaryDirectory() as name:
            copy = Path(shutil.copy(file, name))
            ran = watch(Path(name), "import", copy.name, "--json")
            wrong = list(complaints(file, kinds.get(file.name, ""), ran, Path(name, "jiemin.db")))
        broken += bool(wrong)
        for key, value in (("s", ran.seconds), ("own", ran.own), ("child", ran.child)):
            worst[key] = max(worst[key], value)
        figures = f"{ran.code!s:>4} {ran.seconds:5.2f} s {ran.own:4.0f} {ran.child:4.0f} MiB"
        print(f"{figures}  {file.name}  {'; '.join(wrong) or outcome(ran)}", flush=True)
    print(
        f"{len(files)} files, {broken} not as they must be; slowest {worst['s']:.2f} s, "
        f"command up to {worst['own']:.0f} MiB, reading child up to {worst['child']:.0f} MiB"
    )
    sys.exit(bool(broken))


if __name__ == "__main__":
    main()
