"""K3xx: pairings."""

from jiemin.domain.checks.finding import Gravity, Kind

KINDS = (
    Kind(
        "K301",
        Gravity.ERROR,
        "应结对的户没有结对",
        "在册的低保户、低收入户都要有干部结对（通知二.1）",
        "自动配对：jiemin pair --auto；或手工结对：jiemin pair add {household} 干部",
    ),
    Kind(
        "K302",
        Gravity.DOUBT,
        "没有第一责任人",
        "有协助的干部，没有第一责任人，走访没有人负责",
        "补一名第一责任人：jiemin pair --auto；或 jiemin pair add {household} 干部 --role 第一责任人",
    ),
    Kind(
        "K303",
        Gravity.ERROR,
        "领导干部没有结对户",
        "领导干部至少结对一户（通知二.1）",
        "jiemin pair --auto；或 jiemin pair add 家庭 {cadre}",
    ),
    Kind(
        "K304",
        Gravity.DOUBT,
        "干部结对的户超过限额",
        "限额见结对的规则",
        "交一户给别人：jiemin cadre show {cadre}；限额用 jiemin pair rule costs 查看",
    ),
    Kind(
        "K305",
        Gravity.ERROR,
        "应当回避的仍在结对",
        "是本户成员或近亲属所在的户，或规定不得结对",
        "结束这一对：jiemin pair end {household} {cadre} --reason 回避；再 jiemin pair --auto",
    ),
    Kind(
        "K306",
        Gravity.ERROR,
        "困难家庭的成员在干部名册上",
        "成员和干部的身份证号相同：财政供养人员不应享受低保",
        "核实身份，按规定办理：jiemin household show {household}",
    ),
    Kind(
        "K307",
        Gravity.DOUBT,
        "困难家庭的成员可能在干部名册上",
        "成员和干部姓名相同，出生日期或电话也相同",
        "核实是不是同一个人：jiemin household show {household}、jiemin cadre show {cadre}",
    ),
    Kind(
        "K308",
        Gravity.ERROR,
        "不在册的户还有结对",
        "停保、迁出或去世的户，结对应当同时结束",
        "结束这一对：jiemin pair end {household} {cadre} --reason 家庭不再在册",
    ),
    Kind(
        "K309",
        Gravity.ERROR,
        "不在任的干部还有结对户",
        "干部已经离任，结对户没有交给别人",
        "交给别人：jiemin cadre replace {cadre} 接手的干部；或 jiemin pair --auto",
    ),
)
