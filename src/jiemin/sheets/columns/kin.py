"""近亲属备案: one row for each near relation of a cadre."""

from dataclasses import replace

from jiemin.domain.roster import SheetKind
from jiemin.sheets.columns.shared import AS_OF, HOUSEHOLD_NO, ID_LABELS, IGNORED, NOTE
from jiemin.sheets.columns.spec import Column, Holds, SheetSpec
from jiemin.sheets.values.figures import number_given
from jiemin.sheets.values.people import identity, name
from jiemin.sheets.values.words import text

_COLUMNS = (
    Column(
        "cadre_no",
        "干部编号",
        number_given,
        "干部的编号；没有就不填",
        others="工号 人员编号 干部号",
        holds=Holds.NUMBER,
    ),
    Column(
        "cadre_name",
        "干部姓名",
        name,
        "谁的近亲属；干部要先在干部名册里",
        others="干部 结对干部 结对干部姓名 帮扶干部 帮扶干部姓名 申报人 申报人姓名 备案人 备案人姓名",
        vague="姓名 名字",
        example="示例丙",
    ),
    Column(
        "cadre_unit",
        "干部单位",
        text,
        "干部所在单位，用来分清同名的人",
        others="单位 工作单位 所在单位 部门 单位名称",
        example="市民政局",
    ),
    Column(
        "kin_name",
        "亲属姓名",
        name,
        "近亲属的姓名：配偶、父母、子女、兄弟姐妹、祖父母、外祖父母、孙子女、外孙子女",
        others="近亲属姓名 近亲属 亲属 家属姓名 家属 亲属名字",
        example="示例丁",
    ),
    Column(
        "kin_relation",
        "与干部关系",
        text,
        "近亲属是干部的什么人，如“妻”“父”“弟”",
        others="与本人关系 与申报人关系 与备案人关系 亲属关系 近亲属关系 称谓 关系",
        example="妻",
    ),
    Column(
        "kin_id",
        "亲属身份证号",
        identity,
        "近亲属的身份证号：他在哪一户，干部就回避哪一户；没有的填户编号",
        others="近亲属身份证号 亲属身份证号码 近亲属身份证号码 家属身份证号 家属身份证号码",
        vague=ID_LABELS,
        holds=Holds.NUMBER,
        example="330483190001010016",
    ),
    replace(
        HOUSEHOLD_NO,
        meaning="近亲属所在的户；身份证号和户编号至少填一项",
        others=HOUSEHOLD_NO.others + " 亲属户编号 近亲属户编号 亲属所在户",
        example="",
    ),
    AS_OF,
    NOTE,
)

SPEC = SheetSpec(
    SheetKind.KIN,
    "干部的一名近亲属占一行，干部姓名、亲属姓名必填，亲属身份证号、户编号至少填一项。干部不和近亲属所在的户结对。",
    _COLUMNS,
    needs=(("cadre_name",), ("kin_name",), ("kin_id", "household_no")),
    subject=(("cadre_name",), ("kin_name",)),
    telling=frozenset(["kin_name", "kin_relation", "kin_id"]),
    ignored=IGNORED,
    single=("kin_name", "kin_id"),
)
