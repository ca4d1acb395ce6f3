"""How deep a household's need is, as the one small number that pairing weighs.

No document sets such a scale; it is this project's choice, kept to plain facts of a roster so that
anybody can work it out by hand.
"""

DEEPEST = 3


def depth_of_need(
    household_class: str, covered: int | None = None, size: int | None = None, words: str = ""
) -> int:
    """Depth of need, 0 (lightest) to 3 (deepest).

    The class counts first: 五保 and 三无 3, 低保 2, 低收入 (低保边缘) 1, anything else 0. One step is
    added, up to 3, when `words` (causes, health, remarks) tell of a grave illness or severe
    disability, or when a 低保 household draws the allowance for every one of at least three
    members, so that hardly anybody in it earns. `covered` is 保障人口 and `size` 家庭人口, in
    persons; None where they are not known.
    """
    depth = _depth_of_class(household_class)
    grave = any(mark in words for mark in _GRAVE)
    nobody_earns = depth == 2 and covered is not None and size is not None and covered >= size >= 3
    return min(DEEPEST, depth + (1 if grave or nobody_earns else 0))


def _depth_of_class(household_class: str) -> int:
    if "五保" in household_class or "三无" in household_class:
        return 3
    if "低收入" in household_class or "边缘" in household_class:
        return 1
    return 2 if "低保" in household_class else 0


_GRAVE = ("大病", "重病", "重残", "重度残疾", "尿毒症", "重型精神病", "重度精神", "癌", "白血病")
