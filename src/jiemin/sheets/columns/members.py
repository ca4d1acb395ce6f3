"""家庭成员名册: one row for each person of a household."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any

from jiemin.domain.codes import (
    EDUCATIONS,
    HEALTHS,
    LABOURS,
    RELATIONS,
    SEXES,
    Disability,
    Education,
    Health,
    Labour,
    Relation,
    Sex,
)
from jiemin.domain.roster import SheetKind
from jiemin.sheets.columns.shared import (
    AS_OF,
    HEAD_ID,
    HEAD_NAME,
    HOUSEHOLD_NO,
    ID_LABELS,
    IGNORED,
    NOTE,
    PHONE_LABELS,
    TOWN,
    VILLAGE,
)
from jiemin.sheets.columns.spec import YES_OR_NO, Column, Finding, Holds, SheetSpec
from jiemin.sheets.grid import Cell
from jiemin.sheets.values.cell import Faulty, Fields
from jiemin.sheets.values.figures import day
from jiemin.sheets.values.people import identity, name, phones
from jiemin.sheets.values.words import code, disability, grade, yes_no


def _is_head(cell: Cell, today: date) -> Any:
    answer = yes_no(cell, today)
    if isinstance(answer, Faulty):
        return answer
    return Fields(relation=Relation.HEAD) if answer else None


_COLUMNS = (
    HOUSEHOLD_NO,
    TOWN,
    VILLAGE,
    replace(HEAD_NAME, whose=""),
    replace(HEAD_ID, whose=""),
    Column(
        "name",
        "姓名",
        name,
        "成员的姓名；户主本人也占一行",
        others="成员姓名 家庭成员姓名 家庭成员 成员 家属姓名 人员姓名 残疾人姓名 搬迁人员姓名 搬迁人姓名",
        vague="姓名 名字",
        example="示例乙",
    ),
    Column(
        "relation",
        "与户主关系",
        code(RELATIONS),
        "户主、配偶、子、女、父、母等，都不是的写其他；这一栏写户主的就是户主",
        others="与户主的关系 和户主关系 户主关系 与户主之关系 关系 家庭关系 同户主关系 与申请人关系 "
        "与户主称谓 户主和与户主关系 户主及与户主关系 称谓",
        choices=Relation,
        example=Relation.SPOUSE,
    ),
    Column(
        "is_head",
        "是否户主",
        _is_head,
        "是或否，填是的就是户主",
        choices=YES_OR_NO,
    ),
    Column(
        "person_id",
        "身份证号",
        identity,
        "成员的18位身份证号，单元格须为文本格式；填20位残疾人证号的，残疾类别和等级一并取用",
        others="成员身份证号 成员身份证号码 家庭成员身份证号 家庭成员身份证号码 本人身份证号 本人身份证号码 "
        "残疾人身份证号 残疾人身份证号码 搬迁人员身份证号 搬迁人员身份证号码",
        vague=ID_LABELS,
        holds=Holds.NUMBER,
        example="330483190002020021",
    ),
    Column(
        "sex",
        "性别",
        code(SEXES),
        "男或女；与身份证号不符时提醒",
        choices=Sex,
        example=Sex.FEMALE,
    ),
    Column(
        "birth",
        "出生日期",
        day(past=True),
        "写成 1950-03-14 的样子；与身份证号不符时提醒",
        others="出生年月日 生日 出生 出生年月",
        holds=Holds.DAY,
        example=date(1900, 2, 2),
    ),
    Column(
        "health",
        "健康状况",
        code(HEALTHS),
        "健康、长期慢性病、大病、残疾、尿毒症、重型精神病",
        others="身体状况 健康情况 身体健康状况 健康",
        choices=Health,
        example=Health.CHRONIC,
    ),
    Column(
        "labour",
        "劳动能力",
        code(LABOURS),
        "技能、普通、弱、丧失、无",
        others="劳动能力状况 劳动力 劳动力状况 劳动技能 劳动能力情况 劳动力情况",
        choices=Labour,
        example=Labour.WEAK,
    ),
    Column(
        "education",
        "文化程度",
        code(EDUCATIONS, frozenset(["无", "学龄前", "学龄前儿童", "未入学"])),
        "研究生、本科、专科、中专/职高/技校、高中、初中、小学、文盲",
        others="学历 教育程度 文化水平 受教育程度",
        choices=Education,
        example=Education.PRIMARY,
    ),
    Column(
        "disability",
        "残疾类别",
        disability,
        "视力、听力、言语、肢体、智力、精神、多重；可连等级一起写，如“肢体二级”",
        others="残疾类型 残疾种类 残疾 残疾情况 残疾状况 残疾类别等级 残疾类别及等级",
        choices=Disability,
    ),
    Column(
        "disability_grade",
        "残疾等级",
        grade,
        "1到4，一级最重",
        others="残疾级别 残疾程度 残疾等次",
        holds=Holds.COUNT,
        unit="级",
        choices=("1", "2", "3", "4"),
    ),
    Column(
        "certificate",
        "残疾证号",
        identity,
        "20位残疾人证号，残疾类别和等级由此取用",
        others="残疾人证号 残疾证号码 残疾人证号码 残疾证 残疾人证 残疾证编号",
        holds=Holds.NUMBER,
    ),
    Column(
        "covered",
        "是否保障对象",
        yes_no,
        "是否计入保障人口，填是或否",
        others="保障对象 是否享受低保 是否低保 是否保障人口 是否纳入保障 是否低保对象 是否享受保障",
        choices=YES_OR_NO,
        example="是",
    ),
    Column(
        "phones",
        "联系电话",
        phones,
        "成员本人的电话",
        vague=PHONE_LABELS,
        others="本人电话 成员电话",
        holds=Holds.NUMBER,
    ),
    AS_OF,
    NOTE,
)


def _check(values: dict[str, Any]) -> Iterator[Finding]:
    """The person as written against numbers that tell of him or her; and the head's own row."""
    yield from _check_certificate(values)
    reading = values.get("person_id")
    if reading is not None:
        if reading.sex is not None and values.get("sex", reading.sex) != reading.sex:
            yield "sex", "J108", f"号码表示{reading.sex}"
        if reading.birth is not None and values.get("birth", reading.birth) != reading.birth:
            yield "birth", "J109", f"号码表示{reading.birth}"
    if values.get("relation") is Relation.HEAD and "name" in values:
        values.setdefault("head_name", values["name"])
        if reading is not None:
            values.setdefault("head_id", reading)


def _check_certificate(values: dict[str, Any]) -> Iterator[Finding]:
    """A disability certificate fills what other columns leave open; it must be the person's own, and
    agree with the disability as written, which stands."""
    paper = values.get("certificate")
    if paper is not None and paper.number is not None:
        values.setdefault("person_id", paper)
    reading = values.get("person_id")
    numbers = {each.number for each in (paper, reading) if each is not None and each.number is not None}
    if len(numbers) > 1:
        yield "certificate", "J111", ""
        return
    told = paper or reading
    if told is None or told.disability is None:
        return
    says = {"disability": told.disability, "disability_grade": told.disability_grade}
    differing = [name for name, value in says.items() if values.get(name, value) != value]
    for field in differing:
        yield field, "J110", f"残疾证号表示{told.disability}{told.disability_grade}级"
    if not differing:
        values.update(says)


SPEC = SheetSpec(
    SheetKind.MEMBERS,
    "一人一行，户主本人也占一行。除姓名外，还要能看出是哪一户：户编号、户主姓名、户主身份证号至少一项；"
    "一项都没有的，按“与户主关系”里的户主分户，从户主那一行起到下一名户主为止是一户。"
    "户主的行里还有困难类别的，这一户也一并导入，家庭人口、收入等栏与困难家庭名册相同。"
    "残疾人的名单看不出是哪一户的，按身份证号或残疾证号认出已登记的人，不增加人。",
    _COLUMNS,
    needs=(("name",), ("household_no", "head_name", "head_id", "relation", "is_head")),
    subject=(("name",), ("household_no", "head_name", "head_id")),
    telling=frozenset(
        "name head_name relation is_head sex birth health labour education disability "
        "certificate covered".split()
    ),
    ignored=IGNORED,
    check=_check,
)

REGISTER = replace(
    SPEC,
    needs=(("name",), ("certificate", "person_id"), ("disability", "certificate")),
    subject=(("name",), ("person_id", "certificate")),
)
"""A list of disabled persons that says nothing of households: it speaks of people on record, each told by
a number."""
