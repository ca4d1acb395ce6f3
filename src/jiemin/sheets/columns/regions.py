"""村社区名册: the villages of the county, known before any roster speaks of them."""

from dataclasses import replace

from jiemin.domain.roster import SheetKind
from jiemin.sheets.columns.shared import IGNORED, TOWN, VILLAGE
from jiemin.sheets.columns.spec import Column, Holds, SheetSpec
from jiemin.sheets.values.figures import number_given

_COLUMNS = (
    TOWN,
    replace(VILLAGE, meaning="村或社区的名称；只给镇（街道）编码的行不填"),
    Column(
        "code",
        "编码",
        number_given,
        "区划编码，单元格须为文本格式；没有就不填",
        others="区划编码 区划代码 行政区划代码 行政区划编码 统计区划代码 统计用区划代码 村编码 村代码 "
        "村社区编码 村社区代码 代码 地区编码 地区代码",
        holds=Holds.NUMBER,
        example="330483100999",
    ),
)

SPEC = SheetSpec(
    SheetKind.REGIONS,
    "一个村（社区）一行。导入以后，各种名册里写了这份名单没有的村，都会提醒。"
    "有人名、户数等别的列的，多半是别的表，不认作村社区名册。",
    _COLUMNS,
    needs=(("town",), ("village",)),
    subject=(("village", "code"),),
    telling=frozenset(["village"]),
    ignored=IGNORED,
    beside=frozenset(
        "备注 说明 联系人 联系电话 电话 书记 村书记 主任 村主任 地址 邮编 城乡分类 城乡分类代码".split()
    ),
)
