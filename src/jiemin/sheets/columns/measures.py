"""帮扶措施: one row for each measure of a household's support plan."""

from datetime import date

from jiemin.domain.codes import FUND_SOURCES, FundSource, Plan
from jiemin.domain.roster import SheetKind
from jiemin.sheets.columns.file_registers import HOUSEHOLD, TOLD_BY, by_whom
from jiemin.sheets.columns.shared import IGNORED
from jiemin.sheets.columns.spec import Column, Holds, SheetSpec
from jiemin.sheets.values.cell import NOT_ANY
from jiemin.sheets.values.figures import day, number_given
from jiemin.sheets.values.registers import amount, due, plan
from jiemin.sheets.values.words import code, text

_COLUMNS = (
    Column(
        "measure_no",
        "措施编号",
        number_given,
        "导出的表里才有，用来更改那一项措施；新的措施不填",
        others="帮扶措施编号 措施号",
        holds=Holds.NUMBER,
    ),
    *HOUSEHOLD,
    Column(
        "plan",
        "帮扶计划",
        plan,
        "属于通知的哪一项计划，写名称或1到7：" + "、".join(Plan),
        others="计划 所属计划 七项计划 计划类别 计划名称 计划项目 帮扶计划类别 帮扶类别 帮扶类型 措施类别 "
        "措施类型",
        choices=Plan,
        example=Plan.HOUSING,
    ),
    Column(
        "measure_what",
        "措施内容",
        text,
        "做什么；写了措施编号的可以不写",
        others="帮扶措施 措施 帮扶内容 具体措施 具体帮扶措施 帮扶具体措施 帮扶措施内容 措施名称 帮扶项目 "
        "帮扶事项 "
        "脱贫措施 工作措施 计划内容 承诺 承诺内容 承诺事项",
        example="翻修屋顶",
    ),
    *by_whom(
        "责任人",
        "谁负责落实",
        "责任人姓名 帮扶责任人 帮扶责任人姓名 措施责任人 落实人 落实责任人 承办人 承诺人",
    ),
    Column(
        "promised_on",
        "承诺日期",
        day(),
        "哪一天定下的，不晚于今天；不填时依次用 --as-of、标题里的日期",
        others="承诺时间 制定日期 制定时间 计划日期 计划时间 提出日期 提出时间 立项日期 立项时间 登记日期 "
        "登记时间",
        unread="J431",
        holds=Holds.DAY,
        example=date(2014, 5, 20),
    ),
    Column(
        "due_on",
        "完成时限",
        due,
        "最晚哪一天完成；写“2014年9月底前”也行，没有时限就空着",
        others="完成时间 时限 期限 完成期限 限期 计划完成时间 计划完成日期 预计完成时间 预计完成日期 "
        "拟完成时间 "
        "拟完成日期 "
        "要求完成时间 要求完成日期 应完成时间 应完成日期 承诺完成时间 承诺完成日期 到期日期",
        holds=Holds.DAY,
        example=date(2014, 9, 30),
    ),
    Column(
        "delivered_on",
        "完成日期",
        day(),
        "真正完成的那一天，不晚于今天；还没有完成就空着",
        others="实际完成日期 实际完成时间 落实日期 落实时间 兑现日期 兑现时间 办结日期 办结时间",
        vague="完成时间",
        holds=Holds.DAY,
    ),
    Column(
        "dropped_on",
        "终止日期",
        day(),
        "不再做了的，哪一天定下不做",
        others="终止时间 取消日期 取消时间 中止日期 中止时间 撤销日期 撤销时间",
        holds=Holds.DAY,
    ),
    Column(
        "outcome",
        "完成情况",
        text,
        "完成得怎样，或为什么不做了；还没有完成的不用填",
        others="落实情况 落实结果 进展情况 进度 实施情况 完成结果 完成状态 是否完成 办理情况 办理结果 "
        "兑现情况 成效 "
        "帮扶成效 终止原因 取消原因",
    ),
    Column(
        "amount_fen",
        "金额",
        amount(),
        "投入的钱（元）",
        others="投入金额 投入资金 资金 资金金额 资金数额 帮扶资金 所需资金 补助金额 资助金额 投入",
        read_wan=amount("万"),
        holds=Holds.MONEY,
        unit="元",
        example=6000,
    ),
    Column(
        "source",
        "资金来源",
        code(FUND_SOURCES, NOT_ANY),
        "、".join(FundSource),
        others="来源 经费来源 资金渠道 资金出处",
        choices=FundSource,
        example=FundSource.CITY,
    ),
)

SPEC = SheetSpec(
    SheetKind.MEASURES,
    "一户一项措施占一行。新的措施要写户编号、户主姓名、户主身份证号至少一项，和措施内容、承诺日期；"
    "更改已登记的，写措施编号，或照原样写户、措施内容、承诺日期。",
    _COLUMNS,
    needs=((*TOLD_BY, "measure_no"), ("measure_what",)),
    subject=((*TOLD_BY, "measure_no"), ("measure_what", "measure_no")),
    telling=frozenset("measure_no plan promised_on due_on delivered_on dropped_on outcome".split()),
    ignored=IGNORED,
)
