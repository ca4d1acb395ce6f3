"""K2xx: visits."""

from jiemin.domain.checks.finding import Gravity, Kind

_CORRECT = (
    "填错了就更正：jiemin visit correct {visit} --reason 原因；"
    "没有去就作废：jiemin visit void {visit} --reason 原因"
)
_ASK = "对照干部手册，问干部和这几家；有出入的改正或作废：jiemin visit list --cadre {cadre}"

KINDS = (
    Kind(
        "K201",
        Gravity.ERROR,
        "走访日期在今天以后，或在登记以后",
        "还没有到的日子，不会有走访；手记不能先填好",
        _CORRECT,
    ),
    Kind(
        "K202",
        Gravity.DOUBT,
        "季度过了才登记的走访",
        "季度结束、宽限几天之后才补登的走访；一名干部一个季度合成一条，整批补登的合成一条；列在K203里的也列出",
        _ASK,
        ("grace_days", "together_cadres"),
    ),
    Kind(
        "K203",
        Gravity.DOUBT,
        "一天登记了几个季度的走访",
        "同一名干部几个季度的走访在同一天登记，像是集中补填；季度之交宽限期内的不算",
        _ASK,
        ("grace_days", "together_cadres"),
    ),
    Kind(
        "K204",
        Gravity.DOUBT,
        "一人一天走访的户太多",
        "一天跑不了这么多家，坐不下来谈",
        _ASK,
        ("day_households",),
    ),
    Kind(
        "K205",
        Gravity.DOUBT,
        "一人一天走访了几个镇",
        "几处相距远，一天里都到过，要核实",
        _ASK,
        ("day_towns",),
    ),
    Kind(
        "K206",
        Gravity.DOUBT,
        "一名干部的几次手记相同",
        "去掉姓名、地名、数字和标点之后一字不差，像是照抄",
        _ASK,
        ("same_notes", "note_length"),
    ),
    Kind(
        "K207",
        Gravity.DOUBT,
        "几名干部的手记相同",
        "去掉姓名、地名、数字和标点之后一字不差，像是同一份底稿",
        "对照干部手册，问走访过的干部：jiemin visit list",
        ("alike_notes", "note_length"),
    ),
    Kind(
        "K208",
        Gravity.ERROR,
        "迁出、去世之后的走访",
        "走访那天这一户已登记为迁出，或全家去世",
        _CORRECT,
    ),
    Kind(
        "K209",
        Gravity.HINT,
        "不在册时的走访",
        "走访那天这一户还没有列入名册，或已经停保",
        "核对日期和户：jiemin household history {household}",
    ),
    Kind(
        "K210",
        Gravity.DOUBT,
        "没有见到人，登记成走访",
        "“见到谁”写的是无人、不在、外出一类",
        "没有见到人的不算走访，作废：jiemin visit void {visit} --reason 没有见到人",
    ),
    Kind(
        "K211",
        Gravity.ERROR,
        "见到的人那天已经去世",
        "“见到谁”写的成员，走访那天已登记去世",
        _CORRECT,
    ),
    Kind(
        "K212",
        Gravity.DOUBT,
        "见到的人那天不是这一户的成员",
        "“见到谁”写的成员，走访那天已经离开，或还没有来",
        _CORRECT,
    ),
    Kind(
        "K213",
        Gravity.DOUBT,
        "一户一天去了太多人",
        "为民不扰民：一天上门的干部或次数太多",
        "错开日子，或几人一起登记一次：jiemin visit list --household {household}",
        ("crowd_cadres", "crowd_visits"),
    ),
    Kind(
        "K214",
        Gravity.DOUBT,
        "一户一季度走访太勤",
        "为民不扰民：一个季度里上门的次数太多",
        "看是哪几次：jiemin visit list --household {household}",
        ("quarter_calls",),
    ),
    Kind(
        "K215",
        Gravity.HINT,
        "走访人当天没有与这一户结对",
        "额外走访，不计入应访；也可能是走访人填错，或结对没有登记",
        _CORRECT,
    ),
    Kind(
        "K216",
        Gravity.HINT,
        "上季度逾期没有走访",
        "应访而没有走访的户；一个单位合成一条",
        "看是哪些户：jiemin visit due --quarter {quarter}",
    ),
    Kind(
        "K217",
        Gravity.HINT,
        "需求很久没有回应",
        "走访时了解到的需求，过了规定的天数，没有措施、没有办实事，也没有写明已经解决",
        "解决了就登记：jiemin visit needs-met {visit}；要办的列成措施：jiemin measure add {household}",
        ("needs_days",),
    ),
    Kind(
        "K218",
        Gravity.ERROR,
        "督查不属实",
        "督查上门，登记的走访或情况不属实",
        "查明后改正或作废走访：jiemin visit list --household {household}；处理完写明结果后确认",
    ),
    Kind(
        "K219",
        Gravity.DOUBT,
        "督查部分属实",
        "督查上门，登记的走访或情况部分属实",
        "查明后改正：jiemin visit list --household {household}；处理完写明结果后确认",
    ),
    Kind(
        "K220",
        Gravity.DOUBT,
        "季度过了才更正成算数的走访",
        "季度结束、宽限几天之后改了日期、方式或走访人，原来不计入那个季度，改了才计入；只改文字的不算",
        "看原来怎么写的，对照干部手册：jiemin visit show {visit}；"
        "不实的作废：jiemin visit void {visit} --reason 原因",
        ("grace_days",),
    ),
)
