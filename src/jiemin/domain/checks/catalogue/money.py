"""K5xx: subsidies and the quarter's forms."""

from jiemin.domain.checks.finding import Gravity, Kind

KINDS = (
    Kind(
        "K501",
        Gravity.ERROR,
        "农村低保标准低于城镇的80%",
        "通知二.2要求不低于80%",
        "核对县里的政策文件里的 dibao.rural.standard",
    ),
    Kind(
        "K502",
        Gravity.DOUBT,
        "缺资料，补助算不出",
        "按类别应有补助，缺人口或收入",
        "在名册里补上再导入；看缺什么：jiemin subsidy list",
    ),
    Kind(
        "K503",
        Gravity.ERROR,
        "不在册的户登记了补助",
        "这个月或这一年最后一天，这一户已不在册",
        "{compute}",
    ),
    Kind(
        "K504",
        Gravity.ERROR,
        "补助和困难类别不符",
        "登记补助时的类别，和那一天的类别不同",
        "{compute}",
    ),
    Kind(
        "K505",
        Gravity.DOUBT,
        "补助登记以后，人口或收入变了",
        "按现在的人口和收入，算出来的可能是另一个数",
        "{compute}；逐步说明：jiemin subsidy explain {household}",
    ),
    Kind(
        "K506",
        Gravity.ERROR,
        "报表的数加不拢",
        "季度报表的表内逻辑有不相符的；只在专门检查补助这一组时核对",
        "看是哪几栏：jiemin report quarterly --quarter {quarter} --out 报表.xlsx",
    ),
    Kind(
        "K507",
        Gravity.DOUBT,
        "困境儿童已不在这一户，救助事项还没有截止",
        "孩子已分出、迁走或去世；离开以后的生活费不再发给这一户",
        "{end}；在别的户的，到那一户登记：jiemin aid add",
    ),
)
