"""Promises written into one cell: numbered lines are one each, anything else is one."""

import pytest

from jiemin.domain.promises import each_promise


@pytest.mark.parametrize(
    "text",
    [
        "1.修屋顶\n2.送药上门",
        "1、修屋顶\n\n 2、送药上门 ",
        "（1）修屋顶\n（2）送药上门",
        "一、修屋顶\n二、送药上门",
        "①修屋顶\n② 送药上门",
        "１．修屋顶\n２．送药上门",
    ],
)
def test_numbered_lines_are_a_promise_each(text: str) -> None:
    assert each_promise(text) == ("修屋顶", "送药上门")


@pytest.mark.parametrize(
    "text",
    [
        "修屋顶",
        "1.修屋顶",
        "修屋顶\n送药上门",
        "2.修屋顶\n3.送药上门",
        "1.修屋顶\n材料由村里出\n2.送药上门",
        "1.5吨煤\n2.5吨米",
        "答应两件事：\n1.修屋顶\n2.送药上门",
        "",
    ],
)
def test_any_other_text_is_one_promise(text: str) -> None:
    assert each_promise(text) == (text,)
