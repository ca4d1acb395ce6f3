"""A plan of pairing is told from a list of pairs by what it does with each pair."""

import pytest

from jiemin.domain.roster import SheetKind
from jiemin.sheets.columns.labels import spellings
from jiemin.sheets.columns.recognise import recognise

ANNEX_1 = (
    "序号 户编号 镇(街道) 村(社区) 户主姓名 身份证号 家庭人口 困难类别 主要致困原因 帮扶需求 联系电话 "
    "结对干部 单位 职务 干部电话 结对方式 结对职责 结对时间 备注"
)
PLAN = (
    "序号 户编号 户主姓名 镇(街道) 村(社区) 困难类别 困难程度 身份 干部编号 干部 单位 职务 处理 结对时间 "
    "理由 原有干部 备注"
)


@pytest.mark.parametrize(
    ("labels", "kind"),
    [
        (PLAN, SheetKind.PLAN),
        ("户编号 干部编号 处理", SheetKind.PLAN),
        ("户编号 户主 结对干部 单位 结对职责 处理", SheetKind.PLAN),
        (ANNEX_1, SheetKind.PAIRINGS),
        (f"{ANNEX_1} 处理", SheetKind.PAIRINGS),
        (PLAN.replace(" 处理", ""), SheetKind.PAIRINGS),
        ("户编号 户主姓名 困难类别 处理", SheetKind.HOUSEHOLDS),
    ],
)
def test_what_each_header_is(labels: str, kind: SheetKind) -> None:
    assert recognise([spellings(label) for label in labels.split()]).spec.kind is kind


def test_every_column_of_a_plan_is_read() -> None:
    found = recognise([spellings(label) for label in PLAN.split()])
    assert found.complete
    assert len(found.fields) == len(PLAN.split()) - 1
    assert not found.unknown
