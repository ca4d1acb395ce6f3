"""救助事项: one row for each aid case, from which grants, bills and emergencies are reckoned."""

from datetime import date

from jiemin.domain.aid_cases import CASE_GRADES, CASE_ITEM_SPELLINGS, CASE_ITEMS
from jiemin.domain.entitlement import Item
from jiemin.domain.roster import SheetKind
from jiemin.sheets.columns.file_registers import HOUSEHOLD, TOLD_BY
from jiemin.sheets.columns.shared import IGNORED, NOTE
from jiemin.sheets.columns.spec import Column, Holds, SheetSpec
from jiemin.sheets.values.figures import day
from jiemin.sheets.values.people import name
from jiemin.sheets.values.registers import amount, due
from jiemin.sheets.values.words import code, text

_COLUMNS = (
    *HOUSEHOLD,
    Column(
        "aid_item",
        "救助项目",
        code(CASE_ITEM_SPELLINGS),
        "、".join(CASE_ITEMS) + "（低保金只登记分档的每月定额）",
        others="救助类别 救助类型 救助种类 救助事项 救助事项名称 救助名称",
        vague="项目",
        unread="J700",
        choices=CASE_ITEMS,
        example=Item.MEDICAL_AID,
    ),
    Column(
        "aid_person",
        "成员姓名",
        name,
        "医疗救助、困境儿童必填：是家里哪一个人",
        others="病人姓名 患者姓名 患病人员 就医人员 儿童姓名 困境儿童姓名 救助对象 救助对象姓名 受助人 "
        "受助人姓名 家庭成员姓名 病人 患者",
        vague="姓名 名字",
        example="示例甲",
    ),
    Column(
        "aid_day",
        "日期",
        day(),
        "哪一天的；困境儿童、低保分档写从哪一天起；不填时依次用 --as-of、标题里的日期",
        others="救助日期 救助时间 发生日期 发生时间 就诊日期 就医日期 出院日期 结算日期 决定日期 批准日期 "
        "验收日期 起始日期 起始时间 开始日期",
        unread="J701",
        holds=Holds.DAY,
        example=date(2014, 5, 12),
    ),
    Column(
        "aid_until",
        "截止日期",
        due,
        "困境儿童、低保分档到哪一天为止，还在发的空着；别的项目不填",
        others="截止时间 终止日期 终止时间 结束日期 结束时间 到期日期",
        unread="J704",
        holds=Holds.DAY,
    ),
    Column(
        "aid_base_fen",
        "金额",
        amount(),
        "医疗救助：报销以后个人还自付多少；临时救助：决定给多少；低保金：每月定额；别的项目不填（元）",
        others="自付金额 个人自付 个人自付金额 个人自付费用 自付费用 自付医疗费 个人负担 个人负担金额 "
        "个人负担费用 报销后自付 救助金额 救助金 每月定额 月定额 定额",
        read_wan=amount("万"),
        holds=Holds.MONEY,
        unit="元",
        example=3000,
    ),
    Column(
        "aid_grade",
        "等级",
        text,
        "危房改造补助：C级、D级；困境儿童：集中、散居；别的项目不填",
        others="危房等级 危房级别 房屋等级 房屋危险等级 鉴定等级 养育方式 供养方式 救助等级",
        choices=CASE_GRADES,
    ),
    NOTE,
)

SPEC = SheetSpec(
    SheetKind.AID,
    "一件占一行：一张医药费单子、一处危房、一次临时救助、一名困境儿童、一户的低保分档定额。"
    "户编号、户主姓名、户主身份证号至少一项，和救助项目、日期。同一行再导入不会重复登记。",
    _COLUMNS,
    needs=(TOLD_BY, ("aid_item",)),
    subject=(TOLD_BY, ("aid_item",)),
    telling=frozenset({"aid_item", "aid_person", "aid_base_fen", "aid_grade"}),
    ignored=IGNORED,
)
