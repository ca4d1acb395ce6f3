"""What made the invented families poor, and what they ask for."""

from dataclasses import dataclass

from jiemin.domain.codes import Cause, Disability, Health


@dataclass(frozen=True, slots=True)
class Story:
    """A kind of hardship: how often it comes, its primary cause, and what such families ask for.

    `illness` marks one member, `school_age` one of that age; `sizes` are the sizes such a family
    can have. `key` names the section of notes.toml that speaks of it.
    """

    key: str
    weight: int
    cause: Cause
    needs: tuple[str, ...]
    illness: Health | None = None
    school_age: tuple[int, int] | None = None
    sizes: tuple[int, ...] = (1, 2, 3, 4, 5)


STORIES = (
    Story(
        "大病",
        15,
        Cause.ILLNESS,
        ("大病医疗救助", "术后复查送医", "医疗费用临时救助", "手术费用救助"),
        Health.SERIOUS,
        sizes=(2, 3, 4, 5),
    ),
    Story(
        "尿毒症", 5, Cause.ILLNESS, ("透析费用医疗救助", "往返医院交通补助"), Health.UREMIA, sizes=(2, 3, 4)
    ),
    Story(
        "慢性病",
        14,
        Cause.ILLNESS,
        ("慢性病门诊医疗报销", "定期上门量血压和配药", "医疗康复指导"),
        Health.CHRONIC,
    ),
    Story(
        "精神病",
        4,
        Cause.ILLNESS,
        ("精神病免费服药和住院医疗", "陪护和心理疏导"),
        Health.PSYCHOSIS,
        sizes=(2, 3, 4),
    ),
    Story(
        "残疾",
        22,
        Cause.DISABILITY,
        ("残疾康复训练", "配残疾人辅具", "申请残疾人护理补贴", "残疾人无障碍改造"),
        Health.DISABLED,
    ),
    Story(
        "高中",
        6,
        Cause.SCHOOLING,
        ("高中学费减免", "孩子学业辅导", "高中住宿生活费助学"),
        school_age=(15, 17),
        sizes=(2, 3, 4, 5),
    ),
    Story(
        "大学",
        7,
        Cause.SCHOOLING,
        ("大学学费助学", "申请助学贷款"),
        school_age=(18, 21),
        sizes=(2, 3, 4, 5),
    ),
    Story(
        "缺劳力",
        12,
        Cause.NO_LABOUR,
        ("日常照料和家政服务", "农忙帮工、老人照料", "代购生活用品、心理疏导"),
        sizes=(1, 2),
    ),
    Story("失业", 6, Cause.UNEMPLOYED, ("介绍就业岗位", "技能培训后就业", "公益岗位就业"), sizes=(2, 3, 4)),
    Story("技术", 4, Cause.NO_SKILL, ("养蚕农技指导", "杭白菊种植技术", "湖羊养殖技术"), sizes=(2, 3, 4)),
    Story("资金", 3, Cause.NO_FUNDS, ("小额信贷扩大养殖", "大棚种植周转资金贷款"), sizes=(3, 4, 5)),
    Story("受灾", 5, Cause.DISASTER, ("受灾房屋修缮", "危房改造", "火灾后重建住房"), sizes=(2, 3, 4)),
    Story("失地", 3, Cause.LOST_LAND, ("就近介绍就业岗位", "保洁等公益岗位"), sizes=(2, 3)),
    Story("动力", 1, Cause.NO_DRIVE, ("推荐稳定的就业岗位",), sizes=(1, 2)),
    Story("其他", 2, Cause.OTHER, ("生活困难临时救助",), sizes=(2, 3)),
)

ALONE = Story(
    "五保",
    0,
    Cause.NO_LABOUR,
    ("日常照料", "看病陪护", "四季衣被"),
    sizes=(1,),
)
"""Of 五保 and 三无, who have nobody."""

FURTHER_CAUSES = {
    Cause.ILLNESS: (Cause.NO_LABOUR, Cause.SCHOOLING),
    Cause.DISABILITY: (Cause.ILLNESS, Cause.NO_LABOUR),
    Cause.SCHOOLING: (Cause.ILLNESS, Cause.NO_SKILL),
    Cause.NO_LABOUR: (Cause.ILLNESS,),
    Cause.UNEMPLOYED: (Cause.NO_SKILL, Cause.SCHOOLING),
}
"""What often comes with a primary cause."""

DISABILITIES = (
    Disability.LIMB,
    Disability.LIMB,
    Disability.LIMB,
    Disability.SIGHT,
    Disability.HEARING,
    Disability.INTELLECT,
    Disability.MENTAL,
    Disability.MULTIPLE,
)
OF_WORK = frozenset({"失业", "技术", "资金", "失地", "动力"})
"""Stories of people of working age."""
OF_FARMS = frozenset({"技术", "资金"})
"""Stories of villages."""
OF_AGE = frozenset({"缺劳力", "五保"})
"""Stories of old people."""

CLOUDED = frozenset({Disability.INTELLECT, Disability.MENTAL, Disability.MULTIPLE})
"""A head with one of these would not keep house for others; another member has it."""
