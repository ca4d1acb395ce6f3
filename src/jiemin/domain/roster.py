"""What a roster says, row by row, once its cells are read: the language between sheets and use cases.

A row holds only the fields that were written; a blank cell is an absent field and changes
nothing. The field names of each kind, and the type each value has, are declared here.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from types import MappingProxyType
from typing import Any

from jiemin.domain.codes import Condition, Survey
from jiemin.domain.problems import Problem, problem


class SheetKind(StrEnum):
    """The kinds of sheet the program takes, by the name people know them by."""

    HOUSEHOLDS = "困难家庭名册"
    MEMBERS = "家庭成员名册"
    CADRES = "干部名册"
    UNITS = "单位名册"
    REGIONS = "村社区名册"
    PAIRINGS = "结对名单"
    VISITS = "走访记录"
    SURVEYS = "四清登记"
    MEASURES = "帮扶措施"
    CONDITIONS = "家庭状况"
    AID = "救助事项"
    KIN = "近亲属备案"
    PLAN = "结对方案"


ROSTERS = tuple(kind for kind in SheetKind if kind is not SheetKind.PLAN)
"""The kinds of which there are empty forms and exports; a plan is made by pairing alone."""
FILE_REGISTERS = frozenset({SheetKind.SURVEYS, SheetKind.MEASURES, SheetKind.CONDITIONS, SheetKind.AID})
"""The kinds that tell of the household's file alone."""


HOUSEHOLD_FIELDS = {
    "household_no": "str, the number given by the bureau",
    "town": "str, as written",
    "village": "str, as written",
    "head_name": "str",
    "head_id": "IdReading",
    "household_class": "HouseholdClass",
    "keeping": "Keeping, of 五保 and 三无",
    "size": "int, persons (家庭人口)",
    "covered": "int, persons (保障人口)",
    "income_month_fen": "int, fen a month, whole household",
    "income_year_fen": "int, fen a year, whole household",
    "cause": "Cause, the primary one",
    "other_causes": "tuple[Cause, ...]",
    "needs": "str, 帮扶需求",
    "phones": "tuple[str, ...]",
    "bank": "str",
    "account": "str, bank account",
    "address": "str",
    "status": "HouseholdStatus",
    "as_of": "date from which the row holds",
    "note": "str",
}
MEMBER_FIELDS = {
    "household_no": "str",
    "town": "str",
    "village": "str",
    "head_name": "str",
    "head_id": "IdReading",
    "name": "str, the member",
    "relation": "Relation to the head",
    "person_id": "IdReading",
    "sex": "Sex",
    "birth": "date",
    "health": "Health",
    "labour": "Labour",
    "education": "Education",
    "disability": "Disability",
    "disability_grade": "int, 1 to 4",
    "certificate": "IdReading, of the disability certificate in a column of its own",
    "covered": "bool, among the 保障人口",
    "phones": "tuple[str, ...]",
    "as_of": "date from which the row holds",
    "note": "str",
}
CADRE_FIELDS = {
    "cadre_no": "str",
    "name": "str",
    "unit": "str",
    "post": "str, 职务",
    "rank": "str, 职级",
    "leader": "bool, 是否领导干部",
    "person_id": "IdReading",
    "phones": "tuple[str, ...]",
    "link_town": "str, 联系镇",
    "link_village": "str, 联系村",
    "as_of": "date from which the row holds",
    "note": "str",
}
UNIT_FIELDS = {
    "unit": "str",
    "link_town": "str, 联系镇",
    "link_village": "str, 联系村",
    "takes": "bool, 包村: the village is the unit's",
    "as_of": "date from which the link holds",
}
REGION_FIELDS = {
    "town": "str, as written",
    "village": "str, as written",
    "code": "str, of the village, else of the town",
}
PAIRING_FIELDS = HOUSEHOLD_FIELDS | {
    "cadre_no": "str",
    "cadre_name": "str",
    "cadre_unit": "str",
    "cadre_post": "str",
    "cadre_phones": "tuple[str, ...]",
    "role": "Role",
    "start": "date, 结对时间",
}
KIN_FIELDS = {
    "cadre_no": "str",
    "cadre_name": "str",
    "cadre_unit": "str",
    "kin_name": "str, the near relation",
    "kin_relation": "str, what he or she is to the cadre",
    "kin_id": "IdReading",
    "household_no": "str, where the relation lives",
    "as_of": "date from which the row holds",
    "note": "str",
}
VISIT_FIELDS = {
    "visit_day": "date",
    "household_no": "str",
    "town": "str",
    "village": "str",
    "head_name": "str",
    "head_id": "IdReading",
    "cadre_names": "tuple[str, ...], one or several cadres",
    "cadre_nos": "tuple[str, ...], the cadres' numbers",
    "cadre_unit": "str",
    "visit_kind": "VisitKind",
    "visit_met": "str, who was met",
    "visit_note": "str, 暖心手记",
    "visit_needs": "str, needs heard",
    "visit_deeds": "str, deeds done",
    "visit_gift_fen": "int, fen, 慰问金",
    "visit_gift_goods": "str, 慰问品",
    "visit_promise": "str, what was promised",
    "visit_promise_due": "date, until when",
}
_WHOSE = {
    "household_no": "str",
    "town": "str",
    "village": "str",
    "head_name": "str",
    "head_id": "IdReading",
}
_BY_WHOM = {
    "cadre_names": "tuple[str, ...], cadres or others",
    "cadre_no": "str, of the cadre",
    "cadre_unit": "str",
}
SURVEY_FIELDS = {
    "survey_day": "date",
    **_WHOSE,
    **_BY_WHOM,
    **{f"{survey.name.lower()}_clear": f"bool, {survey}" for survey in Survey},
    **{f"{survey.name.lower()}_missing": "str, what is not clear yet" for survey in Survey},
    **{f"{survey.name.lower()}_finding": "str, what was found" for survey in Survey},
    "survey": "Survey, of a row that tells of one alone",
    "survey_clear": "bool, of that one",
    "survey_missing": "str, what is not clear yet of that one",
    "survey_finding": "str, what was found of that one",
}
MEASURE_FIELDS = {
    "measure_no": "str, the number of a measure on record",
    **_WHOSE,
    "plan": "Plan",
    "measure_what": "str, what is to be done",
    **_BY_WHOM,
    "promised_on": "date",
    "due_on": "date",
    "delivered_on": "date",
    "dropped_on": "date",
    "outcome": "str, how it was delivered, or why it was dropped",
    "amount_fen": "int, fen",
    "source": "FundSource",
}
CONDITION_FIELDS = {
    "condition_day": "date",
    **_WHOSE,
    **{each.name.lower(): "int or str, a Value of domain.conditions" for each in Condition},
    "before_day": "date before the help began, of the columns 帮扶前",
    **{f"before_{each.name.lower()}": "int or str, the same before the help" for each in Condition},
}
AID_FIELDS = {
    **_WHOSE,
    "aid_item": "Item, one of domain.aid_cases.CASE_ITEMS",
    "aid_day": "date, of the case or its first",
    "aid_until": "date, its last",
    "aid_person": "str, the member whose case it is",
    "aid_base_fen": "int, fen, what it is reckoned from",
    "aid_grade": "str, as written",
    "note": "str",
}
PLAN_FIELDS = {
    "household_no": "str",
    "head_name": "str",
    "town": "str, as written",
    "village": "str, as written",
    "need_class": "str, for the eye alone",
    "need_depth": "str, for the eye alone",
    "role": "Role",
    "cadre_no": "str",
    "cadre_name": "str",
    "cadre_unit": "str",
    "cadre_post": "str, for the eye alone",
    "step": "PlanStep",
    "start": "date from which a new pair holds",
    "reasons": "str, for the eye alone",
    "former": "tuple[str, ...], the household's cadres when the plan was made, by number",
    "note": "str, for the eye alone",
}
FIELDS: Mapping[SheetKind, Mapping[str, str]] = {
    SheetKind.HOUSEHOLDS: HOUSEHOLD_FIELDS,
    SheetKind.MEMBERS: MEMBER_FIELDS,
    SheetKind.CADRES: CADRE_FIELDS,
    SheetKind.UNITS: UNIT_FIELDS,
    SheetKind.REGIONS: REGION_FIELDS,
    SheetKind.PAIRINGS: PAIRING_FIELDS,
    SheetKind.VISITS: VISIT_FIELDS,
    SheetKind.SURVEYS: SURVEY_FIELDS,
    SheetKind.MEASURES: MEASURE_FIELDS,
    SheetKind.CONDITIONS: CONDITION_FIELDS,
    SheetKind.AID: AID_FIELDS,
    SheetKind.KIN: KIN_FIELDS,
    SheetKind.PLAN: PLAN_FIELDS,
}


_NO_CELLS: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class RosterRow:
    """One record's written fields; `number` counts the sheet's rows from 1, as the program shows.

    `cells` are the addresses, like `D7`, of fields that do not stand in the sheet's common columns: a
    row may hold several records, and a form has one record spread over many rows.
    """

    number: int
    values: Mapping[str, Any]
    cells: Mapping[str, str] = field(default_factory=lambda: _NO_CELLS)


@dataclass(slots=True)
class RosterSheet:
    """One recognised sheet: where its fields stand, its rows, and what was wrong with its cells.

    Rows whose subject or class could not be read are not in `rows`; their problems are.
    `rejected` counts them. `as_of` is a date found in the title, or None. What a `hidden` sheet lists
    is not what its sender thought of. Of a form handed out, `left_blank` are the households of which it tells
    nothing yet, `filled_in` the others.
    """

    file: str
    name: str
    kind: SheetKind
    columns: Mapping[str, str]
    """Field name → column letters."""
    rows: Sequence[RosterRow] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    as_of: date | None = None
    rejected: int = 0
    hidden: bool = False
    left_blank: frozenset[str] = frozenset()
    filled_in: frozenset[str] = frozenset()

    def cell(self, row: RosterRow, field_name: str = "") -> str:
        """Where the row tells the field: `F12`, or the row's number alone when no cell does."""
        return row.cells.get(field_name) or f"{self.columns.get(field_name, '')}{row.number}"

    def tells(self, row: RosterRow, field_name: str) -> bool:
        """Whether a cell of the row's own tells the field, not the sheet's name or title for all rows."""
        return field_name in row.values and (field_name in self.columns or field_name in row.cells)

    def problem(
        self, code: str, row: RosterRow, field_name: str = "", detail: str = "", value: str = ""
    ) -> Problem:
        """A fault of the catalogue at this row's cell (or the whole row when the field has none)."""
        cell = self.cell(row, field_name)
        return problem(code, detail, file=self.file, sheet=self.name, cell=cell, value=value)


@dataclass(slots=True)
class RosterFile:
    """One file as read: its recognised sheets, and problems of sheets that are no roster."""

    path: str
    sha256: str
    sheets: list[RosterSheet] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    spoken_for: frozenset[str] = frozenset()
    """The numbers it gives that look like serials of ours: nobody else may get them from us."""


_LIKE_OURS = re.compile(r"[HC]\d{5,}A*", re.ASCII)


def numbers_like_ours(sheets: Iterable[RosterSheet]) -> Iterator[str]:
    """The numbers of households and cadres, as given, that might be serials of ours, in capitals."""
    for row in (row for sheet in sheets for row in sheet.rows):
        for name in ("household_no", "cadre_no"):
            number = row.values.get(name)
            if number and _LIKE_OURS.fullmatch(number.upper()):
                yield number.upper()
