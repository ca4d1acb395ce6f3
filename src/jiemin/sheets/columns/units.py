"""单位名册: one row for each unit and place it is linked with."""

from jiemin.domain.roster import SheetKind
from jiemin.sheets.columns.shared import AS_OF, IGNORED, LINK_TOWN_LABELS, LINK_VILLAGE_LABELS
from jiemin.sheets.columns.spec import YES_OR_NO, Column, Holds, SheetSpec
from jiemin.sheets.values.words import text, yes_no

_COLUMNS = (
    Column(
        "unit",
        "单位名称",
        text,
        "部门、镇（街道）或企业，与干部名册里的写法相同",
        others="单位 单位全称 部门 部门名称 部门单位 单位部门 联系单位 结对单位 帮扶单位 挂钩单位",
        example="市民政局",
    ),
    Column(
        "link_town",
        "联系镇",
        text,
        "单位联系的镇（街道），结对时就近安排",
        others=LINK_TOWN_LABELS,
        holds=Holds.TOWN,
        example="乌镇镇",
    ),
    Column(
        "link_village",
        "联系村",
        text,
        "单位联系的村（社区）；联系几个村的，一个村一行",
        others=LINK_VILLAGE_LABELS,
        example="示例村",
    ),
    Column(
        "takes",
        "包村",
        yes_no,
        "填是，表示这个单位包这个村：村里的户新结对时只配这个单位的干部；填否，表示只联系、不包",
        others="是否包村 是否包干 包村包户",
        choices=YES_OR_NO,
    ),
    AS_OF,
)

SPEC = SheetSpec(
    SheetKind.UNITS,
    "一个单位一行，单位名称必填；联系几个村的写几行。联系镇、联系村至少要有一列；有这些以外的列的，多半是别的表，不认作单位名册。",
    _COLUMNS,
    needs=(("unit",), ("link_town", "link_village")),
    subject=(("unit",),),
    telling=frozenset(["link_town", "link_village"]),
    ignored=IGNORED,
    beside=frozenset(
        "备注 说明 联系人 联系电话 电话 办公电话 负责人 分管领导 地址 单位地址 单位性质 性质 单位编码 "
        "单位代码 组织机构代码".split()
    ),
)
