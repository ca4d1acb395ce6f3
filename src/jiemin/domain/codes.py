"""Code lists: the labels people read and write, and the tables of their spellings.

A label is what the database stores and what forms print. `read_code` takes a spelling as a cell
holds it and returns the member, or None when the spelling is not known; nothing is guessed.
"""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import TypeVar

from jiemin.domain import spellings


class HouseholdClass(StrEnum):
    """困难类别. 低收入 is the civil-affairs class, never the farm office's 低收入农户."""

    URBAN_DIBAO = "城镇低保"
    RURAL_DIBAO = "农村低保"
    LOW_INCOME = "低收入(低保边缘)"
    WUBAO = "五保"
    SANWU = "三无"
    OTHER = "其他"


DIBAO = frozenset({HouseholdClass.URBAN_DIBAO, HouseholdClass.RURAL_DIBAO})
CLASSES_TO_PAIR = DIBAO | {HouseholdClass.LOW_INCOME}
"""Whom notice 一 names as the work's main concern: 低保户 and 低收入户."""


class Cause(StrEnum):
    """致困原因; a household has one primary and any number of others."""

    ILLNESS = "因病"
    DISABILITY = "因残"
    SCHOOLING = "因学"
    DISASTER = "因灾"
    NO_LABOUR = "缺劳力"
    NO_SKILL = "缺技术"
    NO_FUNDS = "缺资金"
    UNEMPLOYED = "失业"
    LOST_LAND = "失地"
    NO_DRIVE = "自身发展动力不足"
    OTHER = "其他"


class Sex(StrEnum):
    """性别."""

    MALE = "男"
    FEMALE = "女"


class Relation(StrEnum):
    """与户主关系 (GB/T 4761), as far as helped families need it."""

    HEAD = "户主"
    SPOUSE = "配偶"
    SON = "子"
    DAUGHTER = "女"
    DAUGHTER_IN_LAW = "儿媳"
    SON_IN_LAW = "女婿"
    FATHER = "父"
    MOTHER = "母"
    PARENT_IN_LAW = "配偶父母"
    GRANDSON = "孙子"
    GRANDDAUGHTER = "孙女"
    GRANDSON_OF_DAUGHTER = "外孙子"
    GRANDDAUGHTER_OF_DAUGHTER = "外孙女"
    GRANDFATHER = "祖父"
    GRANDMOTHER = "祖母"
    SIBLING = "兄弟姐妹"
    OTHER = "其他"


class Health(StrEnum):
    """健康状况, with the two illnesses that notice 二.5 puts first."""

    HEALTHY = "健康"
    CHRONIC = "长期慢性病"
    SERIOUS = "大病"
    DISABLED = "残疾"
    UREMIA = "尿毒症"
    PSYCHOSIS = "重型精神病"


class Labour(StrEnum):
    """劳动能力."""

    SKILLED = "技能"
    ORDINARY = "普通"
    WEAK = "弱"
    LOST = "丧失"
    NONE = "无"


class Education(StrEnum):
    """文化程度 (GB/T 4658)."""

    GRADUATE = "研究生"
    BACHELOR = "本科"
    COLLEGE = "专科"
    VOCATIONAL = "中专/职高/技校"
    HIGH_SCHOOL = "高中"
    MIDDLE_SCHOOL = "初中"
    PRIMARY = "小学"
    ILLITERATE = "文盲"


class Disability(StrEnum):
    """残疾类别, in the order of the certificate's digit 1 to 7."""

    SIGHT = "视力"
    HEARING = "听力"
    SPEECH = "言语"
    LIMB = "肢体"
    INTELLECT = "智力"
    MENTAL = "精神"
    MULTIPLE = "多重"


class Keeping(StrEnum):
    """供养方式 of 五保 and 三无: in an institution or at home (notice 二.2)."""

    CENTRAL = "集中供养"
    DISPERSED = "分散供养"


class Role(StrEnum):
    """A cadre's part in a pairing: one lead for each household, any number who assist."""

    LEAD = "第一责任人"
    ASSIST = "协助"


class VisitKind(StrEnum):
    """走访方式; a telephone call is recorded but is not a visit (notice 二.1: 走访)."""

    CALL_ON = "走访"
    GIFT = "慰问"
    PHONE = "电话"


class Plan(StrEnum):
    """The seven plans of notice 二, in its order."""

    BONDS = "结对连心"
    LIVING = "生活补助"
    WORK = "就业援助"
    HOUSING = "危房改造"
    MEDICAL = "医疗保障"
    PROJECTS = "项目扶贫"
    VOLUNTEERS = "志愿关爱"

    @property
    def number(self) -> int:
        """1 to 7, as the notice counts them."""
        return list(Plan).index(self) + 1


class FundSource(StrEnum):
    """资金来源 of a measure; the first four are those that notice 二.4 names."""

    CITY = "市财政补助"
    TOWN = "镇(街道)配套"
    CHARITY = "慈善救助"
    UNIT = "部门企业结对"
    VILLAGE_FUND = "村级慈善帮扶基金"
    CADRE = "干部个人"
    OTHER = "其他"


class Survey(StrEnum):
    """四清: the four things that must be clear of a family (notice 三.2)."""

    FAMILY = "家庭情况清"
    CAUSE = "致困原因清"
    SKILLS = "就业技能清"
    NEEDS = "帮扶需求清"


class Condition(StrEnum):
    """What is measured of a family at dates, for before and after (notice 三.2); units in `conditions`."""

    WAGES = "工资性收入"
    FARMING = "农业经营收入"
    BUSINESS = "其他经营收入"
    PROPERTY = "财产性收入"
    PENSION = "养老金"
    GIFTS = "亲友赠送"
    RELIEF = "慰问救济"
    DIBAO = "低保金收入"
    SUBSIDIES = "其他补贴"
    COSTS = "生产经营支出"
    LAND = "承包土地"
    HOUSE_AREA = "住房面积"
    HOUSE_BUILD = "住房结构"
    HOUSE_GRADE = "危房等级"
    ABLE = "劳动力人数"
    EMPLOYED = "就业人数"
    TRAINED = "培训人次"
    AT_SCHOOL = "在读人数"
    LEFT_SCHOOL = "因贫辍学人数"
    HEALTH_INSURED = "合作医疗参保人数"
    ILLNESS_INSURED = "大病保险参保人数"
    PENSION_INSURED = "养老保险参保人数"


class HouseBuild(StrEnum):
    """住房结构."""

    CONCRETE = "钢筋混凝土"
    BRICK_CONCRETE = "砖混"
    BRICK_TIMBER = "砖木"
    EARTH = "土坯"
    OTHER = "其他"


class HouseGrade(StrEnum):
    """危房等级: C is to be repaired, D to be rebuilt."""

    SAFE = "安全"
    C = "C级"
    D = "D级"


class ChildCare(StrEnum):
    """How a child in difficulty (困境儿童) lives: in an institution, or with somebody (notice 二.2)."""

    CENTRAL = "集中"
    DISPERSED = "散居"


class InspectResult(StrEnum):
    """What a spot check (督查) found of what is on record."""

    TRUE = "属实"
    PARTLY = "部分属实"
    FALSE = "不属实"
    NOT_MET = "未见到人"


class HouseholdStatus(StrEnum):
    """Whether the household is in the work on a day."""

    ACTIVE = "在册"
    STOPPED = "停保"
    MOVED_OUT = "迁出"
    DECEASED = "死亡"


class PairRuleKind(StrEnum):
    """What the bureau decided of one household and one cadre."""

    MUST = "必须结对"
    NEVER = "不得结对"


class PlanStep(StrEnum):
    """What a plan of pairing does with a pair."""

    KEEP = "沿用"
    BEGIN = "新增"
    TURN = "改身份"
    END = "结束"


M = TypeVar("M", bound=StrEnum)

_NOISE = re.compile(r"[\s()\[\]{}<>《》【】〔〕·、,，。.：:;；\"'“”‘’/\\|_-]+")
_LISTED = re.compile(r"[、,;/\\|+]")


def squeeze(text: str) -> str:
    """The text without what varies from list to list: width, spaces, brackets, punctuation."""
    return _NOISE.sub("", unicodedata.normalize("NFKC", text))


def read_code(table: Mapping[str, M], text: str) -> M | None:
    """The member a spelling stands for, or None when the table does not hold it.

    Of several words listed, each must mean the same: 低收入/低保边缘 is one class, but 妻/子 is not a wife.
    """
    words = [word for word in map(squeeze, _LISTED.split(unicodedata.normalize("NFKC", text))) if word]
    if len(words) < 2:
        return table.get(squeeze(text))
    found = {table.get(word) for word in words}
    return found.pop() if len(found) == 1 else None


def _table(members: type[M], others: Mapping[str, str], before: Sequence[str] = ("",)) -> dict[str, M]:
    """Every known spelling, squeezed, with its member; a label always spells itself.

    Each of `before` may stand before a spelling.
    """
    table = {squeeze(member.value): member for member in members}
    for label, words in others.items():
        for word in (f"{first}{word}" for word in (label, *words.split()) for first in before):
            if table.setdefault(squeeze(word), members(label)) is not members(label):
                raise ValueError(f"{word} cannot spell two members")
    return table


CLASSES = _table(HouseholdClass, spellings.CLASS_WORDS)
CAUSES = _table(Cause, spellings.CAUSE_WORDS)
SEXES = _table(Sex, spellings.SEX_WORDS)
RELATIONS = _table(Relation, spellings.RELATION_WORDS, spellings.BEFORE_RELATIONS)
HEALTHS = _table(Health, spellings.HEALTH_WORDS)
LABOURS = _table(Labour, spellings.LABOUR_WORDS)
EDUCATIONS = _table(Education, spellings.EDUCATION_WORDS)
DISABILITIES = _table(Disability, spellings.DISABILITY_WORDS)
KEEPINGS = _table(Keeping, spellings.KEEPING_WORDS)
ROLES = _table(Role, spellings.ROLE_WORDS)
PLAN_STEPS = _table(PlanStep, spellings.PLAN_STEP_WORDS)
VISIT_KINDS = _table(VisitKind, spellings.VISIT_KIND_WORDS)
STATUSES = _table(HouseholdStatus, spellings.STATUS_WORDS)
PLANS = _table(Plan, spellings.PLAN_WORDS)
FUND_SOURCES = _table(FundSource, spellings.FUND_SOURCE_WORDS)
SURVEYS = _table(Survey, spellings.SURVEY_WORDS)
CONDITIONS = _table(Condition, spellings.CONDITION_WORDS)
HOUSE_BUILDS = _table(HouseBuild, spellings.HOUSE_BUILD_WORDS)
HOUSE_GRADES = _table(HouseGrade, spellings.HOUSE_GRADE_WORDS)
CHILD_CARES = _table(ChildCare, spellings.CHILD_CARE_WORDS)
INSPECT_RESULTS = _table(InspectResult, spellings.INSPECT_RESULT_WORDS)

YES_NO = dict.fromkeys(spellings.YES_WORDS.split(), True) | dict.fromkeys(spellings.NO_WORDS.split(), False)
"""Answers in a yes-or-no column."""
