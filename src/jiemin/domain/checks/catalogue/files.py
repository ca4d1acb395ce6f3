"""K4xx: the household's file."""

from jiemin.domain.checks.finding import Gravity, Kind

_ANSWER = "兑现了：jiemin measure deliver {measure}；不做了：jiemin measure drop {measure} --reason 原因"

KINDS = (
    Kind(
        "K401",
        Gravity.ERROR,
        "承诺的措施逾期没有兑现",
        "措施的期限已过，没有登记兑现，也没有取消",
        _ANSWER,
    ),
    Kind(
        "K402",
        Gravity.DOUBT,
        "没有期限的措施很久没有兑现",
        "措施没有写期限，过了规定的天数仍没有兑现",
        _ANSWER,
        ("undated_days",),
    ),
    Kind(
        "K403",
        Gravity.DOUBT,
        "四清登记为已清，档案里却缺资料",
        "调查写的是“清”，名册和档案里该有的内容是空的",
        "补上资料；看缺什么：jiemin survey list --household {household}",
    ),
    Kind(
        "K404",
        Gravity.HINT,
        "四清没有做齐",
        "开始登记四清已过了规定的天数，还有户没有调查完；一个镇合成一条",
        "看是哪些户：jiemin survey list --incomplete",
        ("survey_days",),
    ),
)
