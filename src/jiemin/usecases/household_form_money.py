"""The section of the form 一户一档 that tells how the household's amounts came about (notice 二.2)."""

from collections.abc import Sequence

from jiemin.domain.money import yuan
from jiemin.sheets.forms.household_form import FormColumn, FormRow, FormTable, Section
from jiemin.sheets.style import Look
from jiemin.usecases.explain_subsidy import Explanation
from jiemin.usecases.explained_text import explained_parts


def money_section(explained: Sequence[Explanation]) -> Section:
    """The latest amount of each item, and below it the same sentences as `subsidy explain` shows."""
    columns = (
        FormColumn("项目", 6),
        FormColumn("时段", 5),
        FormColumn("金额(元)", 5, Look.MONEY),
    )
    rows = tuple(
        FormRow(
            (
                each.item.value,
                f"{each.period.label}{'' if each.approved else '（草稿）'}",
                yuan(each.due.after_fen),
            ),
            tuple((heading, "\n".join(sentences)) for heading, sentences in explained_parts(each)),
        )
        for each in explained
    )
    return Section("补助的计算", table=FormTable(columns, rows, "还没有计算过补助"))
