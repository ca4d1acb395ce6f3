"""Sheets with the faults of the registers of the household's file, as `catalogue_fixtures` has the others."""

from dataclasses import replace
from typing import Any

from support.catalogue_fixtures import Fixture, homes, own

SURVEYS = ("户编号", "调查日期", "调查人", "家庭情况清", "家庭情况不清的内容", "家庭情况查明情况")
MEASURES = ("户编号", "措施内容", "责任人", "承诺日期", "完成时限", "完成日期", "终止日期", "完成情况")
CONDITIONS = ("户编号", "调查日期", "住房面积", "劳动力人数", "就业人数")


def survey(code: str, *told: Any, day: Any = "2014-05-20", by: str = "王村长") -> Fixture:
    """A survey of the code's own family; the fault lies in the last cell told."""
    cell = "CDEF"[len(told)] + "2"
    return Fixture(cell, [SURVEYS, (f"F{code}", day, by, *told)], [homes(own(code))])


def measure(code: str, cell: str, *told: Any, by: str = "王村长", number: str | None = None) -> Fixture:
    """A measure of the code's own family, with its days and outcome."""
    header = MEASURES if number is None else (*MEASURES, "措施编号")
    row = (f"F{code}", "翻修屋顶", by, *told, *[None] * (5 - len(told)))
    known = [MEASURES, (f"F{code}", "送米", "王村长", "2014-05-01", *[None] * 4)]
    return Fixture(cell, [header, row if number is None else (*row, number)], [homes(own(code)), known])


REGISTERS = {
    "J430": replace(survey("J430", "是", day="2014-07-02"), cell="B2"),
    "J431": replace(survey("J431", "是", day="上个月"), cell="B2"),
    "J432": replace(survey("J432", "是", day=None), cell="B2"),
    "J433": survey("J433", "3口人"),
    "J434": survey("J434", None, None, "三口人"),
    "J435": survey("J435", "是", "收入没有核实"),
    "J436": survey("J436", "否"),
    "J437": Fixture(
        "C2",
        [("户编号", "调查日期", "四清内容", "是否已清"), ("FJ437", "2014-05-20", "住房清", "是")],
        [homes(own("J437"))],
    ),
    "J438": Fixture(
        "C3",
        [CONDITIONS, ("FJ438", "2014-05-20", 62.5), ("FJ438", "2014-05-20", 60)],
        [homes(own("J438"))],
    ),
    "J439": replace(survey("J439", "是", by=""), cell="C2"),
    "J440": measure("J440", "F2", "2014-05-20", None, "2014-09-30"),
    "J441": measure("J441", "E2", "2014-05-20", "2014-04-30"),
    "J442": Fixture(
        "D2",
        [
            ("户编号", "措施内容", "责任人", "帮扶计划", "承诺日期"),
            ("FJ442", "送米", "王村长", "其他", "2014-05-20"),
        ],
        [homes(own("J442"))],
    ),
    "J443": measure("J443", "H2", "2014-05-20", None, None, None, "已完成"),
    "J444": measure("J444", "G2", "2014-05-20", None, "2014-05-30", "2014-06-10"),
    "J445": Fixture(
        "A2", [("措施编号", "措施内容", "完成日期"), ("M009998", None, "2014-06-10")], [homes(own("J445"))]
    ),
    "J446": measure("J446", "I2", "2014-05-20", number="M009999"),
    "J447": Fixture("E2", [CONDITIONS, ("FJ447", "2014-05-20", None, 1, 2)], [homes(own("J447"))]),
    "J448": Fixture(
        "2",
        [
            ("户编号", "调查日期", "帮扶前住房面积", "帮扶后住房面积"),
            ("FJ448", "2014-05-20", 40, 62.5),
        ],
        [homes(own("J448"))],
    ),
    "J449": Fixture("C2", [CONDITIONS, ("FJ449", "2014-05-20", "三间")], [homes(own("J449"))]),
}
"""Code → its fixture."""
