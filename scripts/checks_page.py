"""The page on the checks: every kind of finding, the thresholds, how to change them, how to answer."""

from collections.abc import Callable, Iterable, Sequence

from jiemin.domain.checks.catalogue import KINDS
from jiemin.domain.checks.finding import Group, Kind
from jiemin.policy.check_settings import CheckPolicy

Table = Callable[[Sequence[str], Iterable[Sequence[str]]], str]

_LEAD = """\
`jiemin check` 按现在的记录查一遍：不会是真的（错误），要核实的（疑点），知道就好的（提示）。每次重新查，
改好了就不再列出；有错误或疑点时退出码是6，只有提示时是0。

- 只查一组、一种、一个镇、一个单位、一个季度：`jiemin check 走访`、`jiemin check K204`、`--town`、`--unit`、
  `--quarter`。写了季度，走访、措施和报表只看那个季度的；名册和结对总是看今天的。
- 全部存成清单，分给各镇、各单位核对：`jiemin check --town 乌镇 --out 问题.xlsx`。
- 同一个问题，编号总是相同，如 `K301-H000012`：种类，加上是谁的、哪一天的。
- 核对过没有错的，或已经处理的，写明原因确认：`jiemin acknowledge K301-H000012 --reason 已上门核实`，可以写
  几个编号。确认的不再列出，`jiemin check --all` 连同原因列出；情况变了，会重新列出。
- 没有资料可查的，列在最后，写明缺什么。"""

_HOW = """\
在本县的政策文件（与[政策标准](policy.md)是同一个文件）里写要改的几行，没有写的沿用上面的数：

```toml
[check]
day_households = 8
needs_days = 60
```

都是整数，不加引号。现行的数用 `jiemin check --codes` 查看。"""


def check_parts(policy: CheckPolicy, table: Table) -> list[str]:
    """The page's paragraphs, from the catalogue and the packaged thresholds."""
    names = {item.key: item.name for item in policy.items}
    groups = [
        f"## K{place}xx {group}\n\n"
        + table(
            ("编号", "轻重", "问题", "意思", "界限", "怎么办"),
            [_row(kind, names) for kind in KINDS.values() if kind.group is group],
        )
        for place, group in enumerate(Group, start=1)
    ]
    rows = [(f"`{item.key}`", item.name, str(item.value), item.unit, item.meaning) for item in policy.items]
    return [_LEAD, *groups, "## 界限", table(("写法", "项目", "数", "单位", "说明"), rows), _HOW]


def _row(kind: Kind, names: dict[str, str]) -> Sequence[str]:
    limits = "、".join(names[key] for key in kind.settings)
    return kind.code, kind.gravity.value, kind.title, kind.meaning, limits, kind.way_out
