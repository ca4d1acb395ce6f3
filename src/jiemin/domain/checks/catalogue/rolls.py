"""K1xx: families and persons on the rolls."""

from jiemin.domain.checks.finding import Gravity, Kind

_CORRECT = "核对证件，在名册里改正后再导入；看这一户：jiemin household show {household}"
_ONE_OR_TWO = (
    "是一个：jiemin duplicates merge {one} {other}；是两个：jiemin duplicates keep-apart {one} {other}"
)

KINDS = (
    Kind(
        "K101",
        Gravity.ERROR,
        "身份证号不对",
        "在册成员的身份证号，校验位不符，或出生日期不存在",
        _CORRECT,
    ),
    Kind(
        "K102",
        Gravity.ERROR,
        "身份证号写得不是号码",
        "位数不对、有别的字，或存成数字丢了后几位",
        _CORRECT,
    ),
    Kind(
        "K103",
        Gravity.ERROR,
        "身份证号和性别、出生日期对不上",
        "号码正确，但登记的性别或出生日期和号码里的不同",
        _CORRECT,
    ),
    Kind(
        "K104",
        Gravity.HINT,
        "成员没有身份证号",
        "没有号码，就认不出他在别的户、别的镇是否也有登记",
        "补上号码再导入名册；看这一户：jiemin household show {household}",
    ),
    Kind(
        "K105",
        Gravity.ERROR,
        "在册的户没有户主",
        "一户应有一名户主",
        "定下户主：jiemin household change-head {household} --to 新户主",
    ),
    Kind(
        "K106",
        Gravity.ERROR,
        "一户有两个户主",
        "同一天有两名成员登记为户主",
        "看是谁：jiemin household show {household}；在成员名册里改正后再导入",
    ),
    Kind(
        "K107",
        Gravity.DOUBT,
        "家庭人口和登记的成员数不同",
        "家庭人口是一个数，名册里的成员是另一个数；补助按家庭人口算",
        "看这一户：jiemin household show {household}；补登成员，或改正家庭人口",
    ),
    Kind(
        "K108",
        Gravity.HINT,
        "只登记了户主",
        "家庭人口不止一人，却只有户主有登记；一个镇合成一条",
        "把成员名册导进来：空表用 jiemin template 家庭成员 --out 成员.xlsx",
    ),
    Kind(
        "K109",
        Gravity.ERROR,
        "保障人口多于家庭人口",
        "保障人口是家庭成员的一部分",
        "看这一户：jiemin household show {household}；在名册里改正后再导入",
    ),
    Kind(
        "K110",
        Gravity.DOUBT,
        "保障人口和成员里享受低保的人数不同",
        "每名成员是否保障都有登记，合起来却不是那个数",
        "看这一户：jiemin household show {household}；在名册里改正后再导入",
    ),
    Kind(
        "K111",
        Gravity.DOUBT,
        "收入像是人均和全家、月和年混填",
        "前后两次登记的收入正好相差人口数那么多倍，或12倍，或数没有变、月改成了年",
        "核对上报的是全家还是人均、月还是年：jiemin household history {household}",
    ),
    Kind(
        "K112",
        Gravity.DOUBT,
        "低保户的人均收入不低于低保标准",
        "按家庭人口平均，月收入达到或超过当天的标准；也可能把年收入填成了月收入",
        "核对收入，或办理退出：jiemin household exit {household} --reason 原因",
    ),
    Kind(
        "K113",
        Gravity.ERROR,
        "同一个人登记了两次",
        "两份记录是同一个身份证号（15位旧号和18位号也算），可能在两户、两个镇",
        "合并：jiemin duplicates merge {one} {other}",
    ),
    Kind(
        "K114",
        Gravity.DOUBT,
        "疑似重复的户或人",
        "姓名、出生日期、住处相同，或号码只差一位",
        _ONE_OR_TWO,
    ),
    Kind(
        "K115",
        Gravity.DOUBT,
        "疑似重复的干部",
        "姓名和单位、姓名和电话，或身份证号相同",
        _ONE_OR_TWO,
    ),
    Kind(
        "K116",
        Gravity.DOUBT,
        "年龄大得少见",
        "可能已经去世，没有从名册上去掉，或出生日期填错",
        "上门核实；看这一户：jiemin household show {household}",
        ("oldest_age",),
    ),
    Kind(
        "K117",
        Gravity.ERROR,
        "登记为去世的人仍在名册上",
        "这个人去世的日子已有登记，之后又是某一户的成员",
        "核实后改正成员名册：jiemin household history {household}",
    ),
    Kind(
        "K118",
        Gravity.ERROR,
        "一个人同时是两户的成员",
        "同一份记录当天在两个在册户都有成员关系",
        "核实他在哪一户：jiemin household history {household}",
    ),
    Kind(
        "K119",
        Gravity.HINT,
        "几户共用一个银行账号",
        "几户在册家庭的账号相同，补助会发到一处",
        "核对账号，在名册里改正后再导入；确是代领的，写明原因后确认",
    ),
    Kind(
        "K120",
        Gravity.DOUBT,
        "困难家庭名册很久没有更新",
        "上一次导入困难家庭名册已过了规定的月数，退出、去世、迁走的户可能还在册；名册没有变化的，写明原因确认一次",
        "向民政办要最近的名册，再导入：jiemin import 名册.xlsx",
        ("roster_months",),
    ),
    Kind(
        "K121",
        Gravity.DOUBT,
        "可能导入了别的年份的名册",
        "文件名写的年份，和名册起算的年份不同",
        "核对文件；导错了就撤销：jiemin log 查编号，再 jiemin undo 编号",
    ),
    Kind(
        "K122",
        Gravity.DOUBT,
        "低保户的保障人口是0",
        "登记为城镇低保或农村低保，却没有一人享受；按保障人口算的低保金是0元",
        "看这一户：jiemin household show {household}；补上保障人口再导入名册，或办理退出",
    ),
)
