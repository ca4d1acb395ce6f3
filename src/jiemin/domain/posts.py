"""Which posts make a cadre a leader (领导干部), for rosters that do not say so in a column.

A county-level city's leaders hold posts of 乡科级副职 and above (GB/T 12407, 131, 132, 141,
142). Ranks of the same level that lead nothing, such as 主任科员, never do. A section of a bureau
(科, 股, 站, 所) is below that level, and a village is no organ of the city.
"""

import re
import unicodedata
from collections.abc import Iterator

_BRACKETED = re.compile(r"\(.*?\)|\[.*?\]|【.*?】|〔.*?〕")
_BETWEEN_POSTS = re.compile(r"[、,;/\n兼]+")
_LEVEL = re.compile(r"(?:乡科|县处)级[正副]职|[正副](?:股|乡科|科|县处|处)(?:级|$)")
"""乡科级正职, 正科级 and the like say how high, not what office."""
_RANK = re.compile(r"(?:[一二三四]级)?(?:副?主任科员|(?:助理|副)?调研员|副?巡视员|科员|办事员)")
_VILLAGE = re.compile(r"(?<!农)村|社区|居委|支部|支书")

_LEADING = re.compile(
    r"(?:[市镇乡]长|检察长|政委|常委|党组成员|纪检组组?长|党工?委.{0,6}委员"
    r"|(?<!分)(?<!分局)(?<!分局副)局长"
    r"|(?<!武装部副)(?<!人武部副)部长"
    r"|(?:^|(?<!机关)党委|党工委|党组|纪工?委|政法委|市委|工委|镇|街道|团市委)(?:常务|专职)?副?书记"
    r"|(?:^|人大|政协|总工会|文联|科协|工商联|侨联|市妇联)(?:常务|专职)?副?主席"
    r"|(?:^|街道办?|办事处|管委会|(?:人大|政协).{0,8}委(?:员?会)?|(?:发改|经信|计生|卫计|国资)委"
    r"|(?:市委|人大|政协|政府|市府)办(?:公室)?|农办)(?:常务|专职)?副?主任"
    r"|法院副?院长|残联副?理事长|政协副?秘书长)$"
)
_ORDINARY = re.compile(
    r"(?:[科股站班]长|(?<!派出)(?<!派出所)所长|(?<!大)队长|组长"
    r"|(?:^|党政|综合|党群|行政)办(?:公室)?副?主任|(?:科室|班|车间|教导|教务|政教|总务|德育|教研).{0,2}主任"
    r"|秘书|干事|文书|助理|[教医药护技]师|老师|医生|护士长?|(?<!总)(?:工程师|会计师?|经济师|农艺师)|出纳"
    r"|(?<![委成])员|司机|民警|辅警|工人|工勤|[职员]工|(?<!领导)干部)$"
)
_HEAD = re.compile(
    r"(?<!副)(?:书记|[市镇乡局部]长|主席|主任|院长|校长|行长|检察长|理事长|会长|董事长|总经理)$"
)
_MIDDLE = re.compile(r"主任科员|调研员|[科股站所]长$")
_SHORT = (
    ("中国共产党", "中共"),
    ("人民代表大会", "人大"),
    ("人民政府", "政府"),
    ("中国人民政治协商会议", "政协"),
    ("常务委员会", "常委会"),
)
_OF_THE_CITY = re.compile(
    r"(?:(?:^|中共)(?:..)?市委(?:常委|(?:常务|专职)?副?书记)"
    r"|^(?:(?:..)?市)?(?:政府)?(?:常务)?副?市长"
    r"|^(?:(?:..)?市人大(?:常委会)?|人大常委会)(?:常务|专职)?副?主任"
    r"|^(?:(?:..)?市)?政协(?:..市)?(?:委员会)?副?主席)$"
)
"""Posts that a county-level city has but once, or that name the city's organ."""
_CITY_ORGANS = (
    (re.compile(r"^(?:中共)?(?:..)?市委(?:员会)?$"), re.compile(r"(?:常务|专职)?副?书记")),
    (re.compile(r"^(?:中共)?(?:..)?市委"), re.compile("常委")),
    (re.compile(r"^(?:..)?市人大(?:常委会)?$"), re.compile(r"(?:常务|专职)?副?主任")),
    (re.compile(r"^(?:(?:..)?市政协|政协..市委员会)$"), re.compile("副?主席")),
)
"""The city's organs, and which of their posts lead the city; their offices and committees do not."""
_CITY_LEADERS = ("市领导", "市四套班子")
_UNDER_A_HEAD = re.compile(r"纪工?委|武装部|人武部|支部|机关|(?<!总)工会|^办公室")


def is_leader(post: str) -> bool | None:
    """Whether the post leads; None when the table does not know the post.

    Of several posts one that leads is enough. The answer for an unknown post is "ordinary, and say
    so": nobody is made to take a leader's duty by a guess, so a post that leads in one unit and not
    in another (校长, 院长, 工会主席) is unknown.
    """
    verdicts = {_leads(one) for one in _posts(post)}
    if True in verdicts:
        return True
    return False if verdicts == {False} else None


def rank_of(post: str, leader: bool, unit: str = "") -> int:
    """Height of office for pairing: 4 a leader of the city, 3 the head of a unit, 2 another leader,
    1 a rank or the middle of a unit, 0 ordinary.

    The unit decides where a post alone does not tell whose it is: 主席 of the 市政协 leads the city,
    人大主席 of a town does not. In doubt nobody leads the city.
    """
    offices = [_RANK.sub("", one) for one in _posts(post)]
    if not leader:
        return 1 if any(_MIDDLE.search(one) for one in _posts(post)) else 0
    organ = _plain_unit(unit)
    if organ in _CITY_LEADERS or any(_leads_the_city(office, organ) for office in offices):
        return 4
    return 3 if any(_HEAD.search(one) and not _UNDER_A_HEAD.search(one) for one in offices) else 2


def _leads_the_city(office: str, unit: str) -> bool:
    if _OF_THE_CITY.search(_plain_unit(office)):
        return True
    return any(organ.search(unit) and posts.fullmatch(office) for organ, posts in _CITY_ORGANS)


def _plain_unit(name: str) -> str:
    """A name of an organ with its long words shortened."""
    plain = "".join(unicodedata.normalize("NFKC", name).split())
    for long, short in _SHORT:
        plain = plain.replace(long, short)
    return plain


def _posts(text: str) -> Iterator[str]:
    """The posts a cell names, without blanks, remarks in brackets and levels."""
    plain = _BRACKETED.sub("", unicodedata.normalize("NFKC", text))
    for one in _BETWEEN_POSTS.split(plain):
        if post := _LEVEL.sub("", "".join(one.split())):
            yield post


def _leads(post: str) -> bool | None:
    """The verdict on one post; a rank beside an office says nothing against the office."""
    office = _RANK.sub("", post)
    if _VILLAGE.search(office):
        return False
    if _LEADING.search(office):
        return True
    return False if office != post or _ORDINARY.search(office) else None
