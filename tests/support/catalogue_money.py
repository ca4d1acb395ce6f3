"""Sheets with the faults of the register of aid cases, as `catalogue_fixtures` has the others."""

from typing import Any

from support.catalogue_fixtures import MEMBERS, Fixture, head, homes, own

AID = ("户编号", "救助项目", "成员姓名", "日期", "截止日期", "金额", "等级")


def aid(code: str, cell: str, item: str, *told: Any, day: Any = "2014-05-12") -> Fixture:
    """A case of the code's own family: member, last day, amount, grade; and where the fault lies."""
    row: list[Any] = [f"F{code}", item, *told, *[None] * (4 - len(told))]
    row.insert(3, day)
    return Fixture(cell, [AID, row], [homes(own(code))])


def known(code: str, *row: Any) -> list[tuple[Any, ...]]:
    """A sheet with a case that stands there before."""
    return [AID, (f"F{code}", *row)]


_BILL = ("医疗救助", head("J708"), "2014-05-12", None, 3000, None)

MONEY = {
    "J700": aid("J700", "B2", "丧葬补贴", None, None, 500),
    "J701": aid("J701", "D2", "临时救助", None, None, 500, day="上个月"),
    "J702": aid("J702", "C2", "医疗救助", None, None, 3000),
    "J703": aid("J703", "F2", "危房改造补助", None, None, 8000, "D级"),
    "J704": aid("J704", "E2", "困境儿童", head("J704"), "2014-05-01", None, "散居"),
    "J705": aid("J705", "C2", "医疗救助", "张三", None, 3000),
    "J706": aid("J706", "G2", "危房改造补助", None, None, None, "安全"),
    "J707": Fixture(
        "D2",
        [AID, ("FJ707", "低保分档", None, "2014-06-01", None, 220, None)],
        [homes(own("J707")), known("J707", "低保分档", None, "2014-04-01", None, 200, None)],
    ),
    "J708": Fixture(
        "D2",
        known("J708", *_BILL),
        [homes(own("J708")), known("J708", *_BILL)],
        ["aid void A000002 --reason 金额写错"],
    ),
    "J709": Fixture(
        "C2",
        [AID, ("FJ709", "困境儿童", "小七零九", "2014-05-12", None, None, "散居")],
        [homes(own("J709")), [MEMBERS, ("FJ709", "小七零九", "子", None, "男", "2004-05-06")]],
        ["household death FJ709 小七零九 --on 2014-05-01 -y"],
    ),
    "J710": aid("J710", "C2", "困境儿童", head("J710"), None, None, "散居"),
}
"""Code → its fixture."""
