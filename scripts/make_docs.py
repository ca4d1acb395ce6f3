"""Write the pages of docs/ that follow from the program itself; with --check, see whether they do.

python scripts/make_docs.py           write cli.md, workbooks.md, policy.md, pairing.md, checks.md and
                                      problems.md
python scripts/make_docs.py --check   exit 1 and name the pages that are not up to date
"""

import os
import re
import subprocess
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import typer.main
from checks_page import check_parts
from pairing_page import pairing_parts

from jiemin.cli.app import command_tree
from jiemin.cli.policy_views import without
from jiemin.cli.tour import DAY
from jiemin.domain.entitlement.uses import Uses, uses_of_parameters
from jiemin.domain.policy import Book, DatedValue, MidPeriod, Parameter
from jiemin.domain.policy.values import show_percent
from jiemin.domain.policy.words import BASIS_WORDS, MID_PERIOD_WORDS
from jiemin.domain.problems import CATALOGUE
from jiemin.domain.roster import SheetKind
from jiemin.policy.book_file import load_book
from jiemin.policy.check_settings import load_check
from jiemin.policy.pairing_settings import load_pairing
from jiemin.sheets.columns.recognise import SPECS
from jiemin.sheets.columns.spec import Column, SheetSpec

ROOT = Path(__file__).resolve().parents[1]
_MADE = "<!-- 本页由 scripts/make_docs.py 生成，请勿手工修改 -->"


def main(arguments: Sequence[str]) -> int:
    """Write the pages, or check them; the exit code."""
    pages = {
        "README.md": readme((ROOT / "README.md").read_text("utf-8")),
        "docs/cli.md": cli_page(),
        "docs/workbooks.md": workbooks_page(),
        "docs/policy.md": policy_page(load_book()),
        "docs/pairing.md": _page("结对的规则和计分表", *pairing_parts(load_pairing(), _table)),
        "docs/checks.md": _page("检查", *check_parts(load_check(), _table)),
        "docs/problems.md": problems_page(),
    }
    stale = [name for name, text in pages.items() if _stored(ROOT / name) != text]
    for name in stale:
        if "--check" in arguments:
            print(f"{name} is not up to date: run python scripts/make_docs.py", file=sys.stderr)
        else:
            (ROOT / name).write_text(pages[name], encoding="utf-8", newline="\n")
    return 1 if stale and "--check" in arguments else 0


def _stored(path: Path) -> str:
    return path.read_text("utf-8") if path.is_file() else ""


def _page(title: str, *paragraphs: str) -> str:
    return "\n\n".join((_MADE, f"# {title}", *paragraphs)) + "\n"


def _table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    lines = [head, ["---"] * len(head), *rows]
    cells = [[cell.replace("|", "/").replace("*", r"\*") for cell in line] for line in lines]
    return "\n".join(f"| {' | '.join(line)} |" for line in cells)


# --- README.md

_GO_ON = ("pair why H0002", "household show H0002")
_WHOLE, _SHOWN = 24, 8
"""Of a longer output the first lines are shown, and the last."""


def readme(text: str) -> str:
    """README.md with what the tour, and commands after it, print now in its two blocks."""
    with TemporaryDirectory() as folder:
        printed = _printed(Path(folder), "tour")
        practice = Path(folder, "jiemin-tour")
        options = ("--db", "jiemin.db", "--today", DAY)
        after = [
            f"$ jiemin {' '.join(options)} {command}\n{_printed(practice, *options, *command.split())}"
            for command in _GO_ON
        ]
    _, *steps = printed.rsplit("\n\n", 1)[0].split("\n\n")
    for name, outputs in (("tour", steps), ("go-on", after)):
        before, mark, rest = text.partition(f"<!-- {name} -->\n```\n")
        _, fence, after_it = rest.partition("\n```\n")
        text = before + mark + "\n\n".join(map(_excerpt, outputs)) + fence + after_it
    return text


def _printed(folder: Path, *arguments: str) -> str:
    done = subprocess.run(
        [sys.executable, "-m", "jiemin", *arguments],
        cwd=folder,
        env=os.environ | {"PYTHONUTF8": "1"},
        stdout=subprocess.PIPE,
        encoding="utf-8",
        check=True,
    )
    return done.stdout.strip()


def _excerpt(output: str) -> str:
    """The output without the time of day, and without its middle when it is long."""
    lines = re.sub(r"\d{4}-\d\d-\d\d \d\d:\d\d:\d\d", "…", output).splitlines()
    return "\n".join(lines if len(lines) <= _WHOLE else [*lines[:_SHOWN], "…", lines[-1]])


# --- cli.md


def cli_page() -> str:
    """The help text of every command, in the order the help page lists them."""
    parts = [f"## {path}\n\n```\n{text.rstrip()}\n```" for path, text in _helps("jiemin", None)]
    lead = (
        "每条命令加 `--help` 都会显示下面这些说明。退出码见[出错时怎么办](../README.zh-CN.md#出错时怎么办)。"
    )
    return _page("命令", lead, *parts)


def _helps(name: str, above: Any, command: Any = None) -> Iterator[tuple[str, str]]:
    command = command or typer.main.get_command(command_tree())
    ctx = command.make_context(name, [], parent=above, resilient_parsing=True)
    yield ctx.command_path, command.get_help(ctx)
    for each in getattr(command, "commands", {}).items():
        yield from _helps(each[0], ctx, each[1])


# --- workbooks.md

_ANY_SHEET = """\
`jiemin import` 按表头认出每张工作表是哪一种名册，一个文件里可以有几张、几种。
表头上面可以有标题和填报说明，列的次序不限，表头里的空格、括号、换行和单位不影响识别。
认不出的列会提醒，不会猜。下面列出每种名册的列、填法，以及同样能认出的其他写法；
“或”表示几列里有一列就行。

- **身份证号、银行账号、电话所在的列要设成文本格式**：数字格式会丢掉第16位以后的数字，无法找回。
- 一个村一张工作表、以村名命名（如“虹桥村”）的，不必再有村这一列；
  标题或工作表的名称正是镇名的，不必有镇这一列。
- 空着的格子表示“不变”：再次导入时不会抹掉已有的内容。
- 日期写成 2014-06-30；金额只填数字，单位为元，最多两位小数。
- 同一个文件导入几次，结果与导入一次相同。"""


def workbooks_page() -> str:
    """What each kind of sheet may hold, from the columns the reader knows."""
    kinds = list(SheetKind)
    specs = sorted(SPECS, key=lambda spec: kinds.index(spec.kind))
    return _page("名册的写法", _ANY_SHEET, *map(_sheet, specs))


def _sheet(spec: SheetSpec) -> str:
    rows = [_column(spec, column) for column in spec.columns]
    table = _table(("表头", "必需", "内容", "填什么", "也认这些写法"), rows)
    return f"## {spec.kind.value}\n\n{spec.meaning}\n\n{table}"


def _column(spec: SheetSpec, column: Column) -> list[str]:
    others = dict.fromkeys([*column.others.split(), *column.vague.split()])
    holds = f"{column.holds.value}({column.unit})" if column.unit else column.holds.value
    return [
        column.label,
        spec.needed(column),
        holds,
        column.meaning,
        "、".join(word for word in others if word != column.label),
    ]


# --- policy.md

_OWN_FILE = """\
## 政策文件

县里的标准写在自己的文件里（UTF-8 编码的 TOML 文本），用 `jiemin --policy 文件名 …` 或环境变量
`JIEMIN_POLICY` 指明。文件里只写与上面不同的参数：写了 `values` 就整个替换这一项的数值，
没有写的照旧；`unit` 和 `choices` 不能改。写错的地方会一次全部列出。例如县里定了农村标准：

```toml
[dibao.rural.standard]
[[dibao.rural.standard.values]]
from = 2014-01-01        # 从哪一天起执行；到下一条为止，也可以用 to 写明最后一天
issued = 2014-01-01      # 文件印发的日期
value = 400              # 单位见上，元最多两位小数
document = "桐民〔2013〕88号"
clause = "一"
basis = "existing"       # existing 原有标准，raise 通知带来的提标

[[dibao.rural.standard.values]]
from = 2014-07-01
issued = 2014-06-10
value = 430
document = "桐民〔2014〕45号"
clause = "二"
basis = "raise"
```

标准变了就在后面加一条，不要改旧的一条：以前月份的补助还要按旧标准解释。
`basis` 决定“提标前”和“提标后”：提标前只算 existing 的数值。

一个月、一年的中途变了，按最后一天的算。要按别的算，在参数下面写 `mid_period`：`"first_day"` 按第一天的；
`"by_month"` 按年的金额按月折算，如1–6月每户每年500元、7–12月每户每年600元，全年550元，四舍五入到分一次；
`at_least` 的最低线先按月比，再折算。

```toml
[low_income.household]
mid_period = "by_month"
```

- `jiemin policy template --out 本县.toml`：空白的政策文件：县里没有定的、可以选的都列在里面；
  通知已经写了的照抄在最后，以后提标接着写。
- `jiemin policy check 本县.toml`：错处一次全部列出；没有错的，列出改了什么。
  日期中间断了的、超过100%的比例（提高多少的除外）、1到120周岁以外的年龄，都算错。
- `jiemin policy list`、`jiemin policy show 农村低保标准`：现行的和全部的数值，出处，来自哪个文件。
- `jiemin policy diff 本县.toml`：与程序自带的比；写两个文件，或算补助时用过的指纹，两份相比。

结对的规则和计分表也写在这个文件里，见[结对的规则和计分表](pairing.md)；检查的界限也是，见[检查](checks.md)。"""


def policy_page(book: Book) -> str:
    """The packaged parameters with their values and where each comes from."""
    lead = (
        "随程序带的标准只有通知〔2014〕10号写明的内容，以及由它推定的日期；推定的都有标明。"
        "补助的每一步引用哪一条，可用 `jiemin subsidy explain 户编号` 查看。"
    )
    uses = uses_of_parameters(book)
    stated = [each for each in book.parameters.values() if each.values]
    parts = [_parameter(book, each, uses[each.key]) for each in stated]
    return _page("政策标准", lead, *parts, _unstated(book, uses), _OWN_FILE)


def _parameter(book: Book, parameter: Parameter, uses: Uses) -> str:
    told = [f"`{parameter.key}`", f"单位：{parameter.unit.value}"]
    if uses.items:
        told.append(f"用于：{'、'.join(uses.items)}")
    if parameter.mid_period is not MidPeriod.LAST_DAY:
        told.append(MID_PERIOD_WORDS[parameter.mid_period])
    parts = [f"## {parameter.title}", "，".join(told)]
    if parameter.choices:
        parts.append("\n".join(f"- `{word}`：{meaning}" for word, meaning in parameter.choices.items()))
    head = ("执行日期", "数值", "性质", "依据", "印发日期", "说明")
    parts.append(_table(head, [_value(book, parameter, value) for value in parameter.values]))
    return "\n\n".join(parts)


def _unstated(book: Book, uses: Mapping[str, Uses]) -> str:
    rows = [
        (each.title, each.unit.value, without(uses[each.key]), f"`{each.key}`")
        for each in book.parameters.values()
        if not each.values
    ]
    lead = (
        "通知没有写明、县里未定的。没有写的，程序不会替县里编造，用到它的补助不算，计算时会说明。"
        "`jiemin policy template --out 本县.toml` 把它们列成一个文件，照着填即可。"
    )
    return f"## 县里未定的\n\n{lead}\n\n" + _table(("名称", "单位", "没有它", "参数"), rows)


def _value(book: Book, parameter: Parameter, value: DatedValue) -> list[str]:
    shown = parameter.show(value.value)
    if value.at_least is not None:
        base = book.parameters[value.at_least.of].title
        counting = book.on(value.start).value(parameter.key, parameter.title).shown
        shown = f"不低于{base}的{show_percent(value.at_least.permille)}%，当时为{counting}"
    source = f"{value.document} {value.clause}" + (f"：“{value.quote}”" if value.quote else "")
    note = f"推定：{value.note}" if value.assumed else value.note
    nature = BASIS_WORDS[value.basis]
    return [value.start.isoformat(), shown, nature, source, value.issued.isoformat(), note]


# --- problems.md

_GROUPS = {
    "J1": "身份证号",
    "J2": "工作表和表头",
    "J3": "格子里的内容",
    "J4": "前后一致",
    "J5": "干部和结对",
    "J6": "走访",
    "J7": "补助",
}


def problems_page() -> str:
    """The catalogue of faults."""
    lead = (
        "导入时发现的每个问题都有编号，写明在哪个文件、哪张表、哪一格。"
        "“未导入”的行整行没有进库；“提醒”的行已经进库，只是那一格没有采用或需要核对。"
        "有问题的行另存在原文件旁边的“…-问题.xlsx”里，改好可以直接导入。"
    )
    kinds = sorted(CATALOGUE.values(), key=lambda kind: kind.code)
    parts = [
        f"## {group}xx {_GROUPS[group]}\n\n"
        + _table(
            ("编号", "处理", "问题", "原因", "例如", "怎么办"),
            [
                (each.code, each.severity.label, each.title, each.cause, each.example, each.remedy)
                for each in some
            ],
        )
        for group, some in groupby(kinds, key=lambda kind: kind.code[:2])
    ]
    return _page("问题编号", lead, *parts)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
