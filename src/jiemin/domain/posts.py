"""Which posts make a cadre a leader (领导干部), for rosters that do not say so in a column.

A county-level city's leaders hold posts of 乡科级副职 and above (GB/T 12407, 131, 132, 141,
142). Ranks of the same level that lead nothing, such as 主任科员, never do.
"""

import re

from jiemin.domain.codes import squeeze

_RANKS_WITHOUT_OFFICE = re.compile(r"(?:副?主任科员|副?调研员|助理调研员|科员|办事员|一般干部|工作人员|职员)")
_LEADING = re.compile(
    r"(?:书记|市长|镇长|乡长|局长|部长|主席|行长|院长|校长|总经理|董事长|会长|理事长"
    r"|(?:办公室|街道|管委会|办事处|委员会|中心|人大|政协|委|办)?主任|秘书长|党(?:工|组|委)?委?委员|常委|纪检组长|政委|队长|所长)$"
)
_BELOW_LEADING = re.compile(
    r"(?:科长|股长|站长|组长|科室主任|办公室主任|办公室副主任|村|社区|支部书记|支书|秘书|干事|助理)"
)
_TOP = re.compile(r"^(?:市委|市政府|市人大|市政协)?(?:书记|市长|主席|局长|部长|镇长|主任|院长|校长)$")


def is_leader(post: str) -> bool | None:
    """Whether the post leads; None when the table does not know the post.

    The answer for an unknown post is "ordinary, and say so": nobody is made to take a leader's
    duty by a guess.
    """
    text = squeeze(post)
    if not text:
        return None
    if _RANKS_WITHOUT_OFFICE.search(text) or _BELOW_LEADING.search(text):
        return False
    return True if _LEADING.search(text) else None


def rank_of(post: str, leader: bool) -> int:
    """Depth of office for pairing: 3 the head of a unit, 2 another leader, 1 a rank, 0 ordinary."""
    text = squeeze(post)
    if leader:
        return 3 if _TOP.match(text) else 2
    return 1 if re.search(r"主任科员|调研员|科长|股长|站长", text) else 0
