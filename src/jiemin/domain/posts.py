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


def rank_of(post: str, leader: bool) -> int:
    """Depth of office for pairing: 3 the head of a unit, 2 another leader, 1 a rank, 0 ordinary."""
    posts = list(_posts(post))
    if leader:
        return 3 if any(_HEAD.search(one) and not _UNDER_A_HEAD.search(one) for one in posts) else 2
    return 1 if any(re.search(r"主任科员|调研员|[科股站所]长$", one) for one in posts) else 0


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
