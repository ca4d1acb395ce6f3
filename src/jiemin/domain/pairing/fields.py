"""Fields of work: what a household needs, and which unit's daily work serves it.

The table need → department is the usual one of such campaigns: 就业→人社, 住房→住建, 医疗→卫生,
教育→教育, 残疾→残联, 项目→农经; 民政 and 慈善 give relief, 团委 and 妇联 send volunteers
(notice 二.7 and 三.1). It is a score with a reason, never a rule that excludes anybody.
"""

from enum import StrEnum


class Field(StrEnum):
    """A kind of help, and the field of work of the units that give it."""

    JOBS = "就业"
    HOUSING = "住房"
    HEALTH = "医疗"
    SCHOOLING = "教育"
    DISABILITY = "残疾"
    PROJECTS = "项目"
    RELIEF = "救助"
    VOLUNTEERS = "志愿"


def unit_field(unit_name: str) -> Field | None:
    """Field of work told by a unit's name; None when the name tells nothing.

    The first entry of the table that occurs in the name decides, so the narrower words stand first
    (特殊教育 before 教育, 银行 before 建设); 环境卫生 sweeps streets and heals nobody.
    """
    name = unit_name.replace("人民政府", "")  # 民政 stands inside it
    return next((field for word, field in _UNIT_WORDS if word in name), None)


def work_field(unit_name: str, post: str) -> Field | None:
    """Field of a cadre's work: the unit's, else what the post tells, as of a town's 民政助理."""
    return unit_field(unit_name) or unit_field(post)


def need_field(words: str) -> frozenset[Field]:
    """Fields that serve what 致困原因 and 帮扶需求 say in free words; empty when nothing is known."""
    return frozenset(field for field, marks in _NEED_WORDS.items() if any(mark in words for mark in marks))


_UNIT_WORDS: tuple[tuple[str, Field | None], ...] = (
    ("环境卫生", None),
    ("精神文明", Field.VOLUNTEERS),
    ("文明办", Field.VOLUNTEERS),
    ("银行", Field.PROJECTS),
    ("信用社", Field.PROJECTS),
    ("信用联社", Field.PROJECTS),
    ("残联", Field.DISABILITY),
    ("残疾人", Field.DISABILITY),
    ("特殊教育", Field.DISABILITY),
    ("人力社保", Field.JOBS),
    ("人力资源", Field.JOBS),
    ("人社", Field.JOBS),
    ("劳动", Field.JOBS),
    ("就业", Field.JOBS),
    ("社会保障", Field.JOBS),
    ("总工会", Field.JOBS),
    ("住建", Field.HOUSING),
    ("住房", Field.HOUSING),
    ("建设", Field.HOUSING),
    ("房管", Field.HOUSING),
    ("城建", Field.HOUSING),
    ("卫生", Field.HEALTH),
    ("卫计", Field.HEALTH),
    ("医院", Field.HEALTH),
    ("医疗", Field.HEALTH),
    ("疾控", Field.HEALTH),
    ("疾病预防", Field.HEALTH),
    ("红十字", Field.HEALTH),
    ("妇幼保健", Field.HEALTH),
    ("教育", Field.SCHOOLING),
    ("学校", Field.SCHOOLING),
    ("中学", Field.SCHOOLING),
    ("小学", Field.SCHOOLING),
    ("幼儿园", Field.SCHOOLING),
    ("农经", Field.PROJECTS),
    ("农办", Field.PROJECTS),
    ("农业", Field.PROJECTS),
    ("扶贫", Field.PROJECTS),
    ("林业", Field.PROJECTS),
    ("水利", Field.PROJECTS),
    ("供销", Field.PROJECTS),
    ("民政", Field.RELIEF),
    ("慈善", Field.RELIEF),
    ("团市委", Field.VOLUNTEERS),
    ("团委", Field.VOLUNTEERS),
    ("妇联", Field.VOLUNTEERS),
    ("志愿", Field.VOLUNTEERS),
)

_NEED_WORDS: dict[Field, tuple[str, ...]] = {
    Field.JOBS: ("失业", "就业", "下岗", "失地", "找工作", "打工", "务工", "岗位", "技能培训"),
    Field.HOUSING: ("危房", "住房", "无房", "房屋", "建房", "修房"),
    Field.HEALTH: ("病", "医", "尿毒症", "手术", "康复"),
    Field.SCHOOLING: (
        "因学",
        "上学",
        "就学",
        "读书",
        "升学",
        "学费",
        "助学",
        "学业",
        "辍学",
        "教育",
    ),
    Field.DISABILITY: ("残",),
    Field.PROJECTS: (
        "缺技术",
        "缺资金",
        "项目",
        "种植",
        "养殖",
        "贷款",
        "信贷",
        "创业",
        "农技",
        "生产",
    ),
    Field.RELIEF: ("因灾", "受灾", "缺劳力", "缺劳动力", "救助", "救济", "生活困难", "生活补助"),
    Field.VOLUNTEERS: ("心理", "家政", "陪护", "照料", "照顾", "孤老", "独居", "志愿"),
}
