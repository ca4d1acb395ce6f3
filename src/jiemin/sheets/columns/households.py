"""困难家庭名册: one row for each family."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from jiemin.domain.codes import KEEPINGS, STATUSES, Cause, HouseholdClass, HouseholdStatus, Keeping
from jiemin.domain.money import format_yuan, half_up
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
from jiemin.sheets.columns.spec import Column, Finding, Holds, SheetSpec
from jiemin.sheets.values.cell import NOT_ANY
from jiemin.sheets.values.figures import account, income, persons
from jiemin.sheets.values.people import phones
from jiemin.sheets.values.words import causes, code, household_class, other_causes, text

COLUMNS = (
    HOUSEHOLD_NO,
    TOWN,
    VILLAGE,
    replace(HEAD_NAME, vague="姓名 名字 申请人 申请人姓名"),
    replace(HEAD_ID, vague=ID_LABELS),
    Column(
        "household_class",
        "困难类别",
        household_class,
        "城镇低保、农村低保、低收入(低保边缘)、五保、三无、其他；新的一户必须填，只写“低保”的不能导入",
        others="困难类型 困难家庭类别 困难家庭类型 家庭类别 家庭类型 救助类别 救助类型 户类型 户类别 "
        "保障类别 保障类型 低保类别 低保类型 对象类别 对象类型 困难户类别 困难户类型 家庭困难类别 "
        "结对户类别 结对户类型 户别",
        vague="类别 类型",
        choices=HouseholdClass,
        example=HouseholdClass.RURAL_DIBAO,
    ),
    Column(
        "keeping",
        "供养方式",
        code(KEEPINGS, NOT_ANY),
        "集中供养或分散供养；只有五保、三无填",
        others="供养类型 供养形式 五保供养方式",
        choices=Keeping,
    ),
    Column(
        "size",
        "家庭人口",
        persons,
        "家庭全部人口（人）",
        others="家庭人口数 家庭人数 家庭成员数 家庭总人口 家庭成员人数 户人口 户人口数 人口数 人口 "
        "家庭人员数 "
        "家庭人口总数 在册人口 困难家庭人口",
        vague="人数",
        holds=Holds.COUNT,
        unit="人",
        example=3,
    ),
    Column(
        "covered",
        "保障人口",
        persons,
        "其中享受低保的人口（人）；低收入家庭不填",
        others="保障人数 保障人口数 享受人数 享受人口 低保人数 低保人口 享受低保人数 享受低保人口 "
        "享受保障人数 "
        "救助人口 救助人数 纳保人数 纳保人口",
        holds=Holds.COUNT,
        unit="人",
        example=2,
    ),
    Column(
        "income_month_fen",
        "家庭月收入",
        income("月"),
        "全家一个月的总收入（元），不是人均",
        others="月收入 家庭月总收入 月总收入 家庭总月收入 全家月收入 户月收入 家庭月收入合计",
        read_wan=income("月", "万"),
        holds=Holds.MONEY,
        unit="元",
        example=620,
    ),
    Column(
        "income_year_fen",
        "家庭年收入",
        income("年"),
        "全家一年的总收入（元），不是人均；与月收入填一项即可",
        others="年收入 家庭年总收入 年总收入 家庭总年收入 全家年收入 户年收入 家庭年收入合计",
        read_wan=income("年", "万"),
        holds=Holds.MONEY,
        unit="元",
    ),
    Column(
        "cause",
        "主要致困原因",
        causes,
        "因病、因残、因学、因灾、缺劳力、缺技术、缺资金、失业、失地、自身发展动力不足、其他；几项并写时第一项为主",
        others="致困原因 致贫原因 主要致贫原因 困难原因 主要困难原因 致困主要原因 贫困原因 "
        "主要贫困原因 家庭困难原因 困难主要原因",
        choices=Cause,
        example=Cause.ILLNESS,
    ),
    Column(
        "other_causes",
        "其他致困原因",
        other_causes,
        "因病、因残、因学等，写法与主要致困原因相同；几项用顿号隔开",
        others="次要致困原因 其它致困原因 其他原因 其他致贫原因 次要致贫原因",
        choices=Cause,
    ),
    Column(
        "needs",
        "帮扶需求",
        text,
        "这一家最需要的帮助",
        others="需求 主要需求 家庭需求 帮扶需求清 困难需求 需要解决的问题 结对需求 需帮扶事项 "
        "帮扶诉求 需求情况",
        example="看病费用高",
    ),
    Column(
        "phones",
        "联系电话",
        phones,
        "手机或带区号的座机，几个号码用顿号隔开；已遮盖的（138****5678）当作没填",
        others="户主电话 户主联系电话 户主手机 户主手机号 户主手机号码 户主联系方式 结对户电话 "
        "结对户联系电话 "
        "困难家庭联系电话 困难家庭电话 家庭电话 家庭联系电话 帮扶对象联系电话 帮扶对象电话",
        vague=PHONE_LABELS,
        whose="household",
        holds=Holds.NUMBER,
        example="13800000000",
    ),
    Column("bank", "开户银行", text, "发放补助的银行", others="开户行 银行 银行名称 开户银行名称 开户机构"),
    Column(
        "account",
        "银行账号",
        account,
        "银行账号，单元格须为文本格式",
        others="账号 银行帐号 帐号 银行卡号 卡号 一卡通号 一卡通账号 银行账户 开户账号 存折账号 存折号",
        holds=Holds.NUMBER,
    ),
    Column(
        "address",
        "家庭住址",
        text,
        "门牌地址",
        others="住址 地址 家庭地址 详细地址 居住地址 现住址 现居住地 家庭详细地址 门牌号",
        example="3组12号",
    ),
    Column(
        "status",
        "户状态",
        code(STATUSES),
        "在册、停保、迁出、死亡；不填为在册",
        others="在册状态 状态 保障状态 家庭状态 在保状态",
        choices=HouseholdStatus,
        example=HouseholdStatus.ACTIVE,
    ),
    AS_OF,
    NOTE,
)


def check(values: dict[str, Any]) -> Iterator[Finding]:
    """The year's income against the month's, which alone is taken over; what rounding does is borne."""
    month, year = values.get("income_month_fen"), values.get("income_year_fen")
    if month is not None and year is not None and half_up(year, 12) != month:
        told = f"一月{format_yuan(month)}，一年{format_yuan(year)}，12个月应为{format_yuan(12 * month)}"
        yield "income_year_fen", "J413", f"{told}；以月收入为准"


SPEC = SheetSpec(
    SheetKind.HOUSEHOLDS,
    "一户一行。户编号、户主姓名、户主身份证号至少要有一项。",
    COLUMNS,
    needs=(("head_name", "household_no", "head_id"),),
    subject=(("head_name", "household_no", "head_id"),),
    telling=frozenset(
        "household_no head_name head_id household_class keeping size covered income_month_fen "
        "income_year_fen cause needs account".split()
    ),
    ignored=IGNORED,
    single=("household_no", "head_name", "head_id"),
    check=check,
)
