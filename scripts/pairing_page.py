"""The page on what pairing goes by: aims, limits, the cost table, how to change it, an example."""

from collections.abc import Callable, Iterable, Sequence

from jiemin.domain.pairing.costs import Costs, cost_lines
from jiemin.domain.pairing.facts import CadreFacts, HouseholdFacts, PlaceRef
from jiemin.domain.pairing.fields import Field
from jiemin.policy.pairing_settings import PairingItem, PairingPolicy

Table = Callable[[Sequence[str], Iterable[Sequence[str]]], str]

_LEAD = """\
`jiemin pair --auto` 给谁配谁，由本页的规则和分数决定，此外没有别的考虑：同样的名册，不管行的先后，
总是得到同样的结对。结果附有证明：没有更好的配法。每一对的得分用 `jiemin pair show 户编号` 查看，
现行的数和它来自哪个文件用 `jiemin pair rule costs` 查看。"""

_AIMS = """\
## 先后次序

下面的目标一个比一个次要：前面的只要能好一点，后面的全都让路。

1. 没有干部的户最少；困难程度深的户先配。
2. 没有结对户的领导干部最少。
3. 因配对而结束的原有结对最少。第一责任人、手工和导入的结对不因此结束。
4. 多对一时，没有结对户的一般干部最少。
5. 已经有结对时，新结的对最少。
6. 总分最少。

用 `--rebalance` 时，第3条改为每结束一对计若干分，第5条不计。"""

_BOUND = """\
## 哪些对可以结

- 干部当天在职（已登记以后离任的，不再新结），家庭当天在册，是结对对象。
- 本人所在的户、近亲属所在的户（`jiemin pair rule kin` 或近亲属备案）、规定不得结对的
  （`jiemin pair rule bar`），一律不结；已经结了的，下次自动配对时结束。
- 规定必须结对的（`jiemin pair rule pin`）一定结，不受限额约束；与回避冲突时，回避优先，并提示。
- 有单位包村的（`jiemin pair rule take` 或单位名册的“包村”），这个村新结对只配包村单位的干部。
- `links = "hard"` 时，有联系镇村的干部只新结联系的镇村、本单位包的村里的户。
- 原有的结对，只在干部不再任职、家庭不再在册、应当回避或规定不得结对时结束，不因上面其他各条结束。"""

_HOW = """\
## 怎么改

在本县的政策文件（UTF-8 编码的 TOML 文本，与[政策标准](policy.md)是同一个文件）里写要改的几行，
用 `jiemin --policy 文件名 …` 或环境变量 `JIEMIN_POLICY` 指明；没有写的沿用上面的数。例如：

```toml
[pairing]
mode = "quota"
links = "hard"

[pairing.quota]
"一般干部" = 1
"单位副职" = 2

[pairing.costs]
need_missed = 20
```

- 分数都是整数，不能是负数；远的不能比近的分少。写错的地方会一次全部列出，什么都不会做。
- 方括号里的名称和等号左边的写法照抄，汉字的写法要加半角引号。
- 改了以后，已有的结对不变；新的结对照新的数。要照新的数调整，用 `jiemin pair --auto --rebalance`。
- 分数只比大小：全部乘以2，结果不变。一项改大，是说为了它值得让别的各项差一些。"""


def pairing_parts(policy: PairingPolicy, table: Table) -> list[str]:
    """The page's paragraphs, from the packaged values and the cost table's own reckoning."""
    limits = [each for each in policy.items if not each.key.startswith("costs.")]
    points = [each for each in policy.items if each.key.startswith("costs.")]
    return [
        _LEAD,
        _AIMS,
        _BOUND,
        "## 方式和限额",
        table(("写法", "项目", "数", "单位", "说明"), map(_row, limits)),
        "领导干部至少结对一户。手工结的五保、三无等不在自动配对之列的户，也占干部的户数。职级按职务判断：市委、市人大、市政府、市政协的领导为市领导，单位的主要领导为正职，"
        "其他领导为副职，科股站所长和非领导职务为中层，其余为一般干部。",
        "## 计分表",
        "各项相加是这一对的分；再加上干部、单位、协助干部三项，就是总分。分数越少越合适。",
        "困难程度从0到3：五保、三无3，低保2，低收入1，其他0；有大病、重残的，或低保户三人以上而人人保障的，"
        "加1，最多3。职级从0到4：一般干部0，中层1，单位副职2，单位正职3，市领导4。",
        table(("写法", "项目", "分", "单位", "说明"), map(_row, points)),
        _HOW,
        *_example(policy.settings.costs, table),
    ]


def _row(item: PairingItem) -> Sequence[str]:
    return f"`{item.key}`", item.name, str(item.value), item.unit, item.meaning


def _example(costs: Costs, table: Table) -> list[str]:
    """One household and two cadres, reckoned with the packaged points."""
    home, near = PlaceRef("乌镇镇", "乌镇镇/塘东村"), PlaceRef("石门镇", "石门镇/望湖村")
    family = HouseholdFacts("A001", home, frozenset({Field.HEALTH}), 2)
    doctor = CadreFacts("C00001", "市卫生局", Field.HEALTH, True, 2, frozenset({home}))
    clerk = CadreFacts("C00002", "市财政局", None, False, 0, frozenset({near}), frozenset({near}))
    parts = [
        "## 例子",
        "乌镇镇塘东村的一户，农村低保，因病致困：困难程度2，需求是医疗。",
    ]
    for who, cadre in (
        ("甲：市卫生局副局长，单位联系塘东村", doctor),
        ("乙：市财政局科员，单位联系石门镇望湖村，已在那里结对一户", clerk),
    ):
        lines = cost_lines(family, cadre, costs, kept=False)
        total = sum(line.amount for line in lines)
        rows = [*((line.label, str(line.amount)) for line in lines), ("合计", str(total))]
        parts += [who + f"，共{total}分。", table(("理由", "分"), rows)]
    parts.append(
        f"只看这一对，甲合适。若甲已有一户，再添这一户还要加“干部多一户”{costs.load(2)}分；"
        f"若这一户已有第一责任人，谁来做协助都先加“协助干部排队”{costs.assistant(1, family.depth)}分。"
        "最后取的是全市各户合起来总分最少的配法，所以个别的户未必得到分数最少的那名干部。"
    )
    return parts
