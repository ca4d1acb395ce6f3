"""Code lists: the labels people read and write, and the other spellings of each.

A label is what the database stores and what forms print. `read_*` functions take a spelling as a
cell holds it and return the member, or None when the spelling is not known; nothing is guessed.
"""

import re
import unicodedata
from collections.abc import Mapping
from enum import StrEnum
from typing import TypeVar


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


class HouseholdStatus(StrEnum):
    """Whether the household is in the work on a day."""

    ACTIVE = "在册"
    STOPPED = "停保"
    MOVED_OUT = "迁出"
    DECEASED = "死亡"


M = TypeVar("M", bound=StrEnum)

_NOISE = re.compile(r"[\s()\[\]{}<>《》【】〔〕·、,，。.：:;；\"'“”‘’/\\|_-]+")


def squeeze(text: str) -> str:
    """The text without what varies from list to list: width, spaces, brackets, punctuation."""
    return _NOISE.sub("", unicodedata.normalize("NFKC", text))


def read_code(table: Mapping[str, M], text: str) -> M | None:
    """The member a spelling stands for, or None when the table does not hold it."""
    return table.get(squeeze(text))


def _table(members: type[M], others: Mapping[M, str]) -> dict[str, M]:
    """Every known spelling, squeezed, with its member; a label always spells itself."""
    table = {squeeze(member.value): member for member in members}
    for member, words in others.items():
        for word in words.split():
            if table.setdefault(squeeze(word), member) is not member:
                raise ValueError(f"{word} cannot spell two members")
    return table


CLASSES = _table(
    HouseholdClass,
    {
        HouseholdClass.URBAN_DIBAO: (
            "城镇低保户 城镇低保对象 城镇低保家庭 城市低保 城市低保户 城低保 居民低保 "
            "城镇最低生活保障 城镇居民最低生活保障"
        ),
        HouseholdClass.RURAL_DIBAO: (
            "农村低保户 农村低保对象 农村低保家庭 农低保 农民低保 农村最低生活保障 农村居民最低生活保障"
        ),
        HouseholdClass.LOW_INCOME: (
            "低收入 低收入户 低收入家庭 低保边缘 低保边缘户 低保边缘家庭 低保边缘对象 城镇低收入 农村低收入 "
            "城镇低收入家庭 农村低收入家庭"
        ),
        HouseholdClass.WUBAO: "五保户 农村五保 农村五保户 五保对象 五保供养对象 5保",
        HouseholdClass.SANWU: "三无人员 三无对象 城镇三无 城镇三无对象 城镇三无人员",
        HouseholdClass.OTHER: "其它 其他困难 其他困难户 一般困难户",
    },
)
"""Not here on purpose: a bare 低保 (which of the two?) and 低收入农户 (another office's list)."""

CAUSES = _table(
    Cause,
    {
        Cause.ILLNESS: "疾病 生病 患病 因病致困 因病致贫 大病 重病",
        Cause.DISABILITY: "残疾 因残致困 因残致贫",
        Cause.SCHOOLING: "上学 子女上学 就学 因学致困 因学致贫",
        Cause.DISASTER: "灾害 因灾致困 因灾致贫 突发事故 意外事故",
        Cause.NO_LABOUR: "缺少劳力 缺劳动力 缺少劳动力 无劳动力 缺乏劳动力 年老体弱",
        Cause.NO_SKILL: "缺少技术 缺技能 无技术 无技能",
        Cause.NO_FUNDS: "缺少资金 缺钱 无资金",
        Cause.UNEMPLOYED: "失业无业 无业 下岗 下岗失业",
        Cause.LOST_LAND: "缺土地 无土地 失地农民",
        Cause.NO_DRIVE: "发展动力不足 自身动力不足 懒惰",
        Cause.OTHER: "其它 其他原因",
    },
)

SEXES = _table(Sex, {Sex.MALE: "男性 男 1", Sex.FEMALE: "女性 女 2"})

RELATIONS = _table(
    Relation,
    {
        Relation.HEAD: "本人 户主本人 本人或户主 户 之户主",
        Relation.SPOUSE: "妻子 妻 丈夫 夫 老婆 老公 爱人 夫妻 之妻 之夫 配偶关系",
        Relation.SON: (
            "儿子 长子 次子 三子 四子 五子 二子 大儿子 二儿子 小儿子 独生子 之子 养子 继子 养子或继子 儿"
        ),
        Relation.DAUGHTER: (
            "女儿 长女 次女 三女 四女 五女 二女 大女儿 二女儿 小女儿 独生女 之女 养女 继女 养女或继女"
        ),
        Relation.DAUGHTER_IN_LAW: "媳妇 媳 儿媳妇 之儿媳 长媳 次媳",
        Relation.SON_IN_LAW: "婿 之女婿",
        Relation.FATHER: "父亲 之父 爸爸 养父 继父 生父",
        Relation.MOTHER: "母亲 之母 妈妈 养母 继母 生母",
        Relation.PARENT_IN_LAW: "岳父 岳母 公公 婆婆 公婆 岳父母 配偶父 配偶母 公公婆婆",
        Relation.GRANDSON: "孙 之孙 之孙子 长孙 次孙 孙儿",
        Relation.GRANDDAUGHTER: "之孙女 长孙女 次孙女",
        Relation.GRANDSON_OF_DAUGHTER: "外孙 之外孙 之外孙子",
        Relation.GRANDDAUGHTER_OF_DAUGHTER: "之外孙女",
        Relation.GRANDFATHER: "爷爷 祖父 外祖父 外公 之祖父",
        Relation.GRANDMOTHER: "奶奶 外祖母 外婆 之祖母",
        Relation.SIBLING: "兄 弟 姐 妹 哥哥 弟弟 姐姐 妹妹 兄弟 姐妹 之兄 之弟 之姐 之妹 兄长",
        Relation.OTHER: (
            "其它 其他亲属 非亲属 侄子 侄女 侄儿 外甥 外甥女 外甥孙 曾孙子 曾孙女 曾孙 叔叔 伯父 姑姑"
        ),
    },
)

HEALTHS = _table(
    Health,
    {
        Health.HEALTHY: "良好 健康或良好 正常 一般",
        Health.CHRONIC: "慢性病 患有慢性病 长期慢病 患慢性病 体弱多病",
        Health.SERIOUS: "患有大病 重病 患大病 重大疾病 患重病",
        Health.DISABLED: "残疾人 有残疾",
        Health.UREMIA: "尿毒症患者",
        Health.PSYCHOSIS: "重型精神病患者 重性精神病 重症精神病",
    },
)

LABOURS = _table(
    Labour,
    {
        Labour.SKILLED: "技能劳动力 技能劳动 有技能",
        Labour.ORDINARY: "普通劳动力 普通劳动 有劳动能力 有 正常",
        Labour.WEAK: "弱劳动力 部分 部分丧失 部分丧失劳动能力 弱部分 半劳动力",
        Labour.LOST: "丧失劳动力 丧失劳动能力 完全丧失",
        Labour.NONE: "无劳动力 无劳动能力 没有",
    },
)

EDUCATIONS = _table(
    Education,
    {
        Education.GRADUATE: "硕士 博士 研究生及以上",
        Education.BACHELOR: "大学 大学本科 本科及以上",
        Education.COLLEGE: "大专 大学专科",
        Education.VOCATIONAL: "中专 职高 技校 中等职业 中职",
        Education.HIGH_SCHOOL: "普高 高中文化",
        Education.MIDDLE_SCHOOL: "初级中学 初中文化",
        Education.PRIMARY: "小学文化 小学肄业",
        Education.ILLITERATE: "文盲半文盲 文盲或半文盲 半文盲 不识字",
    },
)

DISABILITIES = _table(
    Disability,
    {
        Disability.SIGHT: "视力残疾 盲",
        Disability.HEARING: "听力残疾 聋",
        Disability.SPEECH: "言语残疾 语言 语言残疾 哑",
        Disability.LIMB: "肢体残疾 肢残",
        Disability.INTELLECT: "智力残疾 弱智",
        Disability.MENTAL: "精神残疾 精神病",
        Disability.MULTIPLE: "多重残疾",
    },
)

KEEPINGS = _table(Keeping, {Keeping.CENTRAL: "集中", Keeping.DISPERSED: "分散"})

ROLES = _table(
    Role,
    {
        Role.LEAD: "主要责任人 第一责任 主帮 牵头 牵头人 结对责任人",
        Role.ASSIST: "协助人 协助帮扶 第二责任人 参与 协帮",
    },
)

VISIT_KINDS = _table(
    VisitKind,
    {
        VisitKind.CALL_ON: "上门 入户 入户走访 上门走访 实地走访",
        VisitKind.GIFT: "慰问走访 走访慰问 节日慰问",
        VisitKind.PHONE: "电话联系 电访 电话走访 打电话",
    },
)

STATUSES = _table(
    HouseholdStatus,
    {
        HouseholdStatus.ACTIVE: "正常 在保 新增 在",
        HouseholdStatus.STOPPED: "退出 停发 已停保 取消",
        HouseholdStatus.MOVED_OUT: "已迁出 外迁",
        HouseholdStatus.DECEASED: "已死亡 去世 户内人员全部死亡",
    },
)

YES_NO = dict.fromkeys("是 有 对 √ Y y YES yes 1".split(), True) | dict.fromkeys(
    "否 无 不是 没有 × N n NO no 0".split(), False
)
"""Answers in a yes-or-no column."""
