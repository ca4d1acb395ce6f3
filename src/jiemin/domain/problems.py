"""The catalogue of faults that data can have, and the form in which each is reported.

J1xx identity, J2xx layout, J3xx values, J4xx consistency, J5xx pairing, J6xx visits, J7xx money.
A row is rejected only when its subject cannot be told or its class not read; any other bad cell
is left out and warned of, and the rest of the row counts.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum


class Severity(StrEnum):
    """What happens to the row."""

    REJECT = "reject"
    WARN = "warn"

    @property
    def label(self) -> str:
        """The word people read."""
        return "未导入" if self is Severity.REJECT else "提醒"


@dataclass(frozen=True, slots=True)
class ProblemKind:
    """One entry of the catalogue: what the fault is, why it happens and the way out."""

    code: str
    severity: Severity
    title: str
    cause: str
    remedy: str


@dataclass(frozen=True, slots=True)
class Problem:
    """One fault found at one place.

    `cell` is like `C12`, or a row number alone when the whole row is meant, or empty for a whole
    sheet or file. `value` is what was written there; screens and JSON mask it.
    """

    kind: ProblemKind
    message: str
    file: str = ""
    sheet: str = ""
    cell: str = ""
    value: str = ""

    @property
    def code(self) -> str:
        """The catalogue's number."""
        return self.kind.code

    @property
    def severity(self) -> Severity:
        """Whether the row was left out or only marked."""
        return self.kind.severity

    @property
    def row(self) -> int | None:
        """The sheet's row the fault lies in, or None for a fault of a whole sheet."""
        digits = self.cell.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
        return int(digits) if digits else None


def _catalogue(*kinds: tuple[str, Severity, str, str, str]) -> dict[str, ProblemKind]:
    return {entry[0]: ProblemKind(*entry) for entry in kinds}


_R, _W = Severity.REJECT, Severity.WARN

CATALOGUE = _catalogue(
    ("J101", _W, "身份证号校验位不符", "多半是抄错了一位", "核对证件后改正；号码原样保留，不作为认人的依据"),
    ("J102", _W, "身份证号位数不对", "少抄或多抄了数字", "核对证件后补全；应为18位，残疾人证为20位"),
    (
        "J103",
        _W,
        "身份证号丢了末几位",
        "单元格是数字格式，第16位起已经变成0，无法找回",
        "把该列设为文本格式，重新录入号码",
    ),
    ("J104", _W, "身份证号里的出生日期不对", "没有这一天，或早于1900年，或晚于今天", "核对证件后改正"),
    ("J105", _W, "身份证号前两位不是省份代码", "多半是抄错了", "核对证件；确实如此可不改"),
    ("J106", _W, "身份证号含有别的字", "填了说明文字或日期", "只填号码；没有号码就留空，说明写在备注"),
    ("J107", _W, "身份证号是15位旧号", "2013年起旧号停用", "有新证的请改填18位新号"),
    ("J108", _W, "性别与身份证号不符", "性别或号码有一个填错", "核对证件后改正其中一个"),
    ("J109", _W, "出生日期与身份证号不符", "日期或号码有一个填错", "核对证件后改正其中一个"),
    (
        "J201",
        _R,
        "工作表看不出是哪一种名册",
        "没有找到能识别的表头",
        "对照提示的表头修改，或删去不是名册的工作表",
    ),
    ("J202", _R, "缺少必需的列", "表头里没有这一列，或名称认不出", "补上这一列，或把表头改成提示的名称"),
    ("J203", _W, "有认不出的列", "表头名称不在已知的写法里", "需要导入就改成已知的表头，不需要可不管"),
    ("J204", _W, "有两列是同一个意思", "两个表头指同一项", "删去多余的一列"),
    ("J205", _W, "表头下面没有数据", "只有表头，没有一行名单", "填好名单再导入；空表可以删去"),
    (
        "J206",
        _W,
        "工作表是隐藏的，没有导入",
        "隐藏的工作表多是旧表或底稿",
        "需要导入就取消隐藏再导入，不需要可不管",
    ),
    (
        "J207",
        _W,
        "镇（街道）、村（社区）取自工作表的名称或标题",
        "名册里没有这一列，工作表的名称或标题正是一个镇或村的名字",
        "不对就加上“镇(街道)”“村(社区)”两列，填好再导入",
    ),
    ("J301", _R, "必填的格子是空的", "少了认定这一行的内容", "补填后再导入"),
    (
        "J302",
        _R,
        "困难类别认不出",
        "写法不在类别表里，或只写了“低保”没有写明城镇还是农村",
        "改为：城镇低保、农村低保、低收入(低保边缘)、五保、三无、其他；没有这一列的加一列",
    ),
    ("J303", _W, "写法认不出", "不在这一栏可填的几种写法里", "改成提示的写法"),
    ("J304", _W, "日期不对", "看不懂，或没有这一天", "写成 2014-06-30 的样子"),
    ("J305", _W, "金额不对", "不是数字，或多于两位小数", "只填数字，单位为元"),
    ("J306", _W, "人数不对", "不是0到50的整数", "只填整数"),
    ("J307", _W, "电话认不出", "没有找到号码", "填11位手机号或带区号的座机"),
    ("J308", _W, "单元格是错误值", "公式算不出来", "在表格里改好公式再导入"),
    (
        "J309",
        _W,
        "银行账号丢了末几位",
        "单元格是数字格式，第16位起已经变成0，无法找回",
        "把该列设为文本格式，重新录入账号",
    ),
    ("J310", _R, "走访日期不对", "看不懂，或没有这一天", "写成 2014-06-30 的样子"),
    ("J311", _R, "姓名不像姓名", "填了号码或说明，或一格里写了几个人", "一格只写一个人的姓名"),
    (
        "J312",
        _W,
        "编号丢了末几位",
        "单元格是数字格式，第16位起已经变成0，无法找回",
        "把该列设为文本格式，重新录入编号",
    ),
    (
        "J313",
        _R,
        "起始日期或结对时间不对",
        "看不懂，没有这一天，或结对时间在今天以后；换成别的日子会改错历史",
        "写成 2014-06-30 或 2014年6月 的样子；不知道就空着",
    ),
    (
        "J401",
        _R,
        "镇（街道）认不出",
        "不在本市镇（街道）名单里，也没有用 --town 说明",
        "写全称；没有这一列的，加一列或用 --town 指明",
    ),
    ("J402", _W, "村（社区）是新的", "库里和名单里都没有这个村", "核对名称；写错了请改正后重新导入"),
    ("J403", _R, "找不到这一户", "库里和本次名册里都没有", "先导入困难家庭名册，或核对户编号、户主姓名"),
    ("J404", _R, "有几户都符合，分不清是哪一户", "同村有同名的户主", "补填户编号或户主身份证号"),
    ("J405", _R, "同一户在名册里出现了两次", "户编号或户主身份证号重复", "留下正确的一行，删去另一行"),
    ("J406", _R, "户编号已经是另一户的", "同一编号下户主身份证号不同", "核对编号；一个编号只能给一户"),
    ("J407", _R, "同一人在两户里出现", "身份证号相同", "核对后从其中一户删去"),
    ("J408", _W, "家庭人口与成员行数不符", "成员名单不全，或家庭人口没有更新", "核对家庭人口和家庭成员表"),
    ("J409", _W, "保障人口多于家庭人口", "两个数填反了或填错", "核对后改正"),
    ("J410", _R, "户主不止一人", "同一户有两行写着户主", "只留一人为户主"),
    ("J411", _W, "保障人口与成员表标记的人数不符", "成员表的“是否保障对象”没有更新", "核对后改正"),
    (
        "J412",
        _R,
        "户主姓名与这一户登记的不同",
        "编号填错，或换了户主",
        "核对户编号和户主姓名，改正填错的一项",
    ),
    (
        "J413",
        _W,
        "家庭月收入和家庭年收入对不上",
        "有一项填错，或一项已经过时",
        "改正其中一项，或只留一项",
    ),
    (
        "J414",
        _R,
        "身份证号是这一户另一个人的",
        "号码与登记的另一人相同，姓名、与户主关系都对不上",
        "核对号码，改正填错的一项",
    ),
    (
        "J415",
        _W,
        "身份证号相同而姓名不同，已按名册改了姓名",
        "原来的姓名或名册里的姓名写错了字",
        "核对姓名；名册写错了请改正后重新导入",
    ),
    ("J501", _W, "看不出是不是领导干部", "职务不在职务表里，按一般干部处理", "加一列“是否领导”，填是或否"),
    ("J502", _R, "找不到这名干部", "库里和本次名册里都没有这个人", "先导入干部名册，或补填单位"),
    ("J503", _R, "有几名干部都符合，分不清是谁", "不止一人叫这个名字", "补填单位或电话"),
    ("J504", _R, "这一户当天已有第一责任人", "一户只能有一名第一责任人", "先结束原来的结对，或改为协助"),
    ("J505", _W, "联系镇（村）认不出", "不在本市镇（街道）名单里", "改成全称"),
    (
        "J506",
        _R,
        "同一名干部在名册里出现了两次",
        "姓名和单位都相同",
        "删去多余的一行；确是两个人请补填身份证号",
    ),
    (
        "J507",
        _W,
        "这一对早有登记，名单没有改动它",
        "名单的结对职责、结对时间与登记的不同，或登记的已经结束",
        "核对；要改就先用 jiemin pair end 结束，再用 jiemin pair add 登记",
    ),
    (
        "J508",
        _R,
        "干部编号与登记的不符",
        "编号是另一名干部的，或这名干部登记的是别的编号",
        "核对干部编号、姓名和身份证号；一个编号只能给一个人",
    ),
    ("J601", _R, "走访日期在今天以后", "日期填错，或提前填写", "走访之后再登记"),
    (
        "J602",
        _W,
        "走访人当天没有与这一户结对",
        "结对名单没有更新，或走访人填错",
        "核对走访人；记录已保留，不计入应访",
    ),
    ("J603", _W, "走访没有写走访人，当天也没有第一责任人", "结对名单没有更新", "补填走访干部"),
    ("J604", _W, "没有写走访方式，按“走访”登记", "走访方式是空的或认不出", "填：走访、慰问、电话"),
    (
        "J605",
        _W,
        "工作表没有走访方式这一列，全部按“走访”登记",
        "表头里没有这一列，或名称认不出",
        "其中有慰问或电话的，加一列“走访方式”再导入",
    ),
)


def problem(
    code: str, detail: str = "", *, file: str = "", sheet: str = "", cell: str = "", value: str = ""
) -> Problem:
    """A fault of the catalogue at a place; `detail` adds what the title cannot know."""
    kind = CATALOGUE[code]
    message = f"{kind.title}：{detail}" if detail else kind.title
    return Problem(kind, message, file, sheet, cell, value)


_FEW = 3


def told_once(problems: Iterable[Problem]) -> list[Problem]:
    """The faults as a screen lists them: what many rows of a sheet lack alike stands once.

    Its cell is then the column, or empty when the sheet has none for it, and its message says how
    many rows it speaks of. Faults of what was written are told one by one.
    """
    listed = list(problems)
    alike: dict[tuple[str, ...], list[Problem]] = {}
    for each in listed:
        alike.setdefault(_likeness(each), []).append(each)
    told = []
    for each in listed:
        same = alike[_likeness(each)]
        if each.value or len(same) <= _FEW:
            told.append(each)
        elif each is same[0]:
            message = f"{each.message}（第{each.row}行起共{len(same)}行）"
            told.append(replace(each, cell=_column(each), message=message))
    return told


def _likeness(fault: Problem) -> tuple[str, ...]:
    return fault.file, fault.sheet, _column(fault), fault.code, fault.message


def _column(fault: Problem) -> str:
    return fault.cell.rstrip("0123456789")
