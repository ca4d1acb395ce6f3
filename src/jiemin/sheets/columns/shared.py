"""Columns that several kinds of sheet have in common."""

from jiemin.sheets.columns.spec import Column, Holds
from jiemin.sheets.values.figures import day, number_given
from jiemin.sheets.values.people import identity, name
from jiemin.sheets.values.words import text

ID_LABELS = (
    "身份证号 身份证号码 身份证 公民身份号码 公民身份证号码 身份号码 居民身份证号 居民身份证号码 "
    "证件号码 证件号 有效证件号码 二代身份证号 身份证件号码 身份证残疾证号"
)
PHONE_LABELS = "联系电话 电话 电话号码 手机 手机号 手机号码 联系方式 联系手机 移动电话 联系电话号码"
LINK_TOWN_LABELS = (
    "联系镇街道 联系乡镇 结对镇 结对镇街道 联系镇街 挂钩镇 挂钩镇街道 联系街道 结对乡镇 帮扶镇 帮扶镇街道"
)
LINK_VILLAGE_LABELS = "联系村社区 结对村 结对村社区 联系社区 挂钩村 挂钩村社区 联系行政村 帮扶村 帮扶村社区"

IGNORED = frozenset(["序号", "序", "顺序号", "行号", "问题", "结对方式", "帮扶方式"])
"""Numbers of lines, our own column of faults, and what follows from other columns."""

HOUSEHOLD_NO = Column(
    "household_no",
    "户编号",
    number_given,
    "民政部门给这一户的编号，全市不重复；没有就不填，由系统编号",
    others="家庭编号 困难家庭编号 家庭编码 户编码 档案编号 结对户编号 救助家庭编号",
    holds=Holds.NUMBER,
    example="SL001",
)
TOWN = Column(
    "town",
    "镇(街道)",
    text,
    "所在镇或街道，全称或去掉“镇”“街道”的简称；整份名册同属一镇时可不填，导入时用 --town 说明",
    others="镇 街道 乡镇 乡镇街道 镇街道 镇街 乡镇街 所属乡镇 所在乡镇 所在镇 所属镇 所属镇街道 "
    "所在镇街道 镇名 镇名称 乡镇名称 街镇 所在镇街 所属镇街 街道镇 乡镇街道名称",
    holds=Holds.TOWN,
    example="乌镇镇",
)
VILLAGE = Column(
    "village",
    "村(社区)",
    text,
    "所在村或社区",
    others="村 社区 村社区 行政村 村居 村名 村名称 所在村 所属村 所在村社区 所属村社区 村居委会 村委会 "
    "村居社区 村居名称 行政村社区 居委会 村社 所在村居 所属村居 村社区名称",
    example="示例村",
)
HEAD_NAME = Column(
    "head_name",
    "户主姓名",
    name,
    "户主的姓名；同村有同名的户主时请填户编号或身份证号",
    others="户主 户主名字 困难户户主 家庭户主 户主名 结对户主 结对户主姓名 结对户 结对户姓名 结对家庭 "
    "结对家庭户主 结对家庭户主姓名 帮扶对象 帮扶对象姓名 困难家庭户主 困难家庭户主姓名 困难家庭姓名 "
    "困难户姓名 结亲户 结亲户姓名 结亲户户主 结对对象 结对对象姓名 困难户 受助户 户主本人姓名",
    whose="household",
    example="示例甲",
)
HEAD_ID = Column(
    "head_id",
    "户主身份证号",
    identity,
    "户主的18位身份证号，单元格须为文本格式；20位残疾人证号也可；已遮盖的号码（330483********1234）当作没填",
    others="户主身份证 户主身份证号码 户主公民身份号码 户主证件号码 结对户身份证号 结对户身份证号码 "
    "困难家庭身份证号 困难家庭身份证号码 帮扶对象身份证号 帮扶对象身份证号码 户主居民身份证号",
    whose="household",
    holds=Holds.NUMBER,
    example="330483190001010016",
)
AS_OF = Column(
    "as_of",
    "起始日期",
    day(month_will_do=True),
    "这一行从哪一天起算；不填时依次用 --as-of、标题里的日期、本季度第一天",
    others="生效日期 变动日期 变更日期 起算日期 数据日期 开始日期",
    unread="J313",
    holds=Holds.DAY,
)
NOTE = Column("note", "备注", text, "其他要记的事", others="说明 备注说明 其他说明")
