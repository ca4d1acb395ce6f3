"""What to do about an amount that lacks something: the roster, the aid cases, the register or the policy."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from support.families import LOW, RURAL, add_families

from jiemin.storage.database import open_database

Run = Callable[..., Any]
OVERLAY = """
[support.wubao.central]
[[support.wubao.central.values]]
from = 2014-01-01
issued = 2014-01-01
value = 900
document = "市发9号"
clause = "一"
basis = "existing"

[pension.contribution]
[[pension.contribution.values]]
from = 2014-01-01
issued = 2014-01-01
value = 100
document = "市发9号"
clause = "一"
basis = "existing"

[dibao.formula]
[[dibao.formula.values]]
from = 2014-01-01
issued = 2014-01-01
value = "{formula}"
document = "市发9号"
clause = "一"
basis = "existing"
"""
ROSTER = "在名册里补填这几列，用 jiemin import 名册.xlsx --as-of {} 重新导入"
CASE = (
    "救助事项没有登记的，用 jiemin aid add 登记；没有写全、写错的，"
    "先用 jiemin aid void 作废（编号看 jiemin aid list）再登记"
)
INSURED = (
    "参保人数用 jiemin condition set 户编号 养老保险参保人数=几人 登记"
    "（户多的，jiemin template 状况 --out 状况.xlsx 填好导入）"
)
POLICY = (
    "县里没有写的标准写进本县的政策文件，用 --policy 指明（要填的：jiemin policy template --out 本县.toml）"
)
SUPPORTED = {"household_class": "五保", "size": 1, "covered": 1, "keeping": "分散供养"}


@pytest.mark.parametrize(
    ("family", "formula", "option", "told"),
    [
        ({**RURAL, "covered": None}, "monthly", "--month=2014-06", ROSTER.format("2014-06-01")),
        (RURAL, "tiers", "--month=2014-06", CASE),
        (SUPPORTED, "monthly", "--month=2014-06", POLICY),
        (LOW, "monthly", "--year=2014", INSURED),
        ({**LOW, "size": None}, "monthly", "--year=2014", f"{ROSTER.format('2014-04-01')}；{INSURED}"),
    ],
)
def test_the_way_out_is_where_the_lacking_is_supplied(
    run: Run, tmp_path: Path, family: dict[str, Any], formula: str, option: str, told: str
) -> None:
    (tmp_path / "county.toml").write_text(OVERLAY.format(formula=formula), encoding="utf-8")
    with open_database(tmp_path / "jiemin.db", create=True) as database:
        add_families(database, family)
    ran = run("--policy", "county.toml", "subsidy", "compute", option)
    assert f"\n办法：{told}，再算一次；没有填的不当作0\n" in ran.out


def test_explaining_says_the_same(run: Run, tmp_path: Path) -> None:
    (tmp_path / "county.toml").write_text(OVERLAY.format(formula="tiers"), encoding="utf-8")
    with open_database(tmp_path / "jiemin.db", create=True) as database:
        add_families(database, RURAL)
    ran = run("--policy", "county.toml", "subsidy", "explain", "H001", "--month", "2014-06")
    assert ran.code == 1
    assert "低保金算不出来，缺少分档金额" in ran.err
    assert CASE in ran.err
