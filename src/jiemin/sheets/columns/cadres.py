"""干部名册: one row for each cadre."""

from jiemin.domain.roster import SheetKind
from jiemin.sheets.columns.shared import (
    AS_OF,
    ID_LABELS,
    IGNORED,
    LINK_TOWN_LABELS,
    LINK_VILLAGE_LABELS,
    NOTE,
    PHONE_LABELS,
)
from jiemin.sheets.columns.spec import YES_OR_NO, Column, Holds, SheetSpec
from jiemin.sheets.values.figures import number_given
from jiemin.sheets.values.people import identity, name, phones
from jiemin.sheets.values.words import text, yes_no

_COLUMNS = (
    Column(
        "cadre_no",
        "干部编号",
        number_given,
        "给这名干部的编号；没有就不填",
        others="工号 人员编号 干部号",
        holds=Holds.NUMBER,
    ),
    Column(
        "name",
        "姓名",
        name,
        "干部的姓名；同单位有同名的请填身份证号",
        others="干部姓名 结对干部 结对干部姓名 帮扶干部 帮扶干部姓名 干部 党员干部姓名 党员干部 "
        "责任人姓名 人员姓名",
        vague="姓名 名字",
        example="示例丙",
    ),
    Column(
        "unit",
        "单位",
        text,
        "所在部门、镇（街道）或企业",
        others="工作单位 所在单位 部门 单位名称 所属单位 部门单位 结对单位 帮扶单位 单位部门 "
        "所在部门 干部单位 "
        "部门名称 单位全称",
        example="市民政局",
    ),
    Column(
        "post",
        "职务",
        text,
        "现任职务，如“副局长”；由此判断是不是领导干部",
        others="现任职务 职位 岗位 工作职务 担任职务 职务名称 干部职务 行政职务 职务职级 单位职务 职务岗位",
        example="副局长",
    ),
    Column("rank", "职级", text, "如“副主任科员”", others="级别 行政级别 职务级别 职级级别"),
    Column(
        "leader",
        "是否领导",
        yes_no,
        "填是或否；不填时按职务判断",
        others="是否领导干部 领导干部 是否为领导 是否县处级以上 领导",
        choices=YES_OR_NO,
        example="是",
    ),
    Column(
        "person_id",
        "身份证号",
        identity,
        "干部的身份证号，只用来分清同名的人",
        others="干部身份证号 干部身份证号码",
        vague=ID_LABELS,
        holds=Holds.NUMBER,
    ),
    Column(
        "phones",
        "联系电话",
        phones,
        "干部的电话",
        others="干部电话 干部联系电话 办公电话",
        vague=PHONE_LABELS,
        holds=Holds.NUMBER,
        example="13800000001",
    ),
    Column(
        "link_town",
        "联系镇",
        text,
        "单位或本人联系的镇（街道），结对时就近安排",
        others=LINK_TOWN_LABELS,
        holds=Holds.TOWN,
        example="乌镇镇",
    ),
    Column(
        "link_village",
        "联系村",
        text,
        "单位或本人联系的村（社区）",
        others=LINK_VILLAGE_LABELS,
        example="示例村",
    ),
    AS_OF,
    NOTE,
)

SPEC = SheetSpec(
    SheetKind.CADRES,
    "一名干部一行，姓名和单位必填。",
    _COLUMNS,
    needs=(("name",), ("unit",)),
    subject=(("name",), ("unit",)),
    telling=frozenset("cadre_no name unit post rank leader link_town link_village".split()),
    ignored=IGNORED,
    single=("cadre_no", "name", "person_id"),
)
