"""The formulas of the slow calculator, in exact fractions of a yuan, one function for an item.

Written from the notice, DOMAIN.md and ADR 0024 and not from the program.
"""

from datetime import date
from fractions import Fraction

from support.slow_family import Family, LackingError, Told
from support.slow_policy import half_up

DIBAO, LOW = ("城镇低保", "农村低保"), "低收入(低保边缘)"
ILL = ("大病", "尿毒症", "重型精神病")
WHO = "哪些成员是保障人口"


def years_of_age(birth: date, day: date) -> int:
    """Whole years; who was born on 29 February has the birthday on 1 March of a common year."""
    return day.year - birth.year - ((day.month, day.day) < (birth.month, birth.day))


# 二.2 低保金


def dibao(family: Family) -> Fraction:
    """补差 of the household, or its fixed amount under 分档."""
    if family.word("dibao.formula") == "tiers":
        held = family.lasting("低保金")
        if len(held) > 1:
            raise LackingError("分档金额（同时有两条）")
        if not held or held[0]["base"] is None:
            raise LackingError("分档金额")
        return Fraction(held[0]["base"])
    town = "urban" if family.told["class"] == "城镇低保" else "rural"
    standard, minimum = family.yuan(f"dibao.{town}.standard"), family.yuan("dibao.minimum")
    step = Fraction(1) if family.word("dibao.rounding") == "yuan" else Fraction(1, 100)
    field, name = PERSONS[family.word("dibao.persons")]
    names = [name] * (family.told[field] is None) + ["家庭收入"] * (family.told["income"] is None)
    names += ["家庭人口（登记的是0）"] * (field == "size" and family.told["size"] == 0)
    single = 0
    if family.word("dibao.severe") == "full":
        single, unsure = severely_disabled(family, field)
        names += unsure
        if family.told[field] is not None and family.told[field] < single:
            names.append(f"{name}（少于其中的重度残疾人）")
    if names:
        raise LackingError(*names)
    others = max(0, family.told[field] - single)
    monthly = family.told["income"] / (12 if family.told["per"] == "year" else 1)
    gap = standard * others - monthly
    if gap > 0:
        gap = max(gap, minimum * others)
    return half_up(standard * single + max(Fraction(), gap), step)


PERSONS = {"covered": ("covered", "保障人口"), "size": ("size", "家庭人口")}


def severely_disabled(family: Family, field: str) -> tuple[int, list[str]]:
    """How many covered members are of grade 1 or 2, and what is not known of them."""
    names: list[str] = ["家庭成员"] if family.told[field] is not None and too_few(family) else []
    number = 0
    for member in family.members:
        covered = family.covers(member)
        if covered is False:
            continue
        if len(grades(member)) > 1:
            names.append(f"{member['name']}的残疾等级")
        elif grades(member) == [2] and covered is None:
            names += [WHO] * (WHO not in names)
        number += grades(member) == [2] and covered is True
    return number, names


def too_few(family: Family) -> bool:
    """Whether somebody covered is not on the list of members, who may be disabled, old or a child."""
    may_be = [member for member in family.members if member["covered"] is not False]
    covered = family.told["covered"]
    return len(family.members) < (family.told["size"] or 1) if covered is None else len(may_be) < covered


def grades(member: Told) -> list[int]:
    """The grades that come into question: 2 stands for 重度, 4 for the others, 0 for none."""
    if member["grade"] is not None:
        return [2 if member["grade"] <= 2 else 4]
    return [2, 4] if member["health"] == "残疾" else [0]


# 二.2 分类施保


def supplement(family: Family) -> Fraction:
    """Each covered member's highest category, or all of them."""
    rule = family.word("supplement.rule")
    if rule == "none":
        return Fraction()
    paid = {
        name: family.yuan(f"supplement.{name}")
        for name in ("severe", "disabled", "elder", "minor", "illness")
    }
    limits = family.yuan("supplement.elder_age"), family.yuan("supplement.minor_age")
    total = Fraction()
    names = ["家庭成员"] if too_few(family) else []
    for member in family.members:
        # By how the facts not known may turn out: rows are ages, columns grades.
        worlds = [
            [member_supplement(member, age, grade, rule, paid) for grade in grades(member)]
            for age in ages(member, family.day, *limits)
        ]
        covered = family.covers(member)
        if covered is False or not any(map(any, worlds)):
            continue
        if covered is None:
            names += [WHO] * (WHO not in names)
        if any(len(set(column)) > 1 for column in zip(*worlds, strict=True)):
            names.append(f"{member['name']}的出生日期")
        # The working names the category, so the grade is asked for wherever disability is paid for.
        if len(grades(member)) > 1 and (paid["severe"] or paid["disabled"]):
            names.append(f"{member['name']}的残疾等级")
        total += worlds[0][0]
    if names:
        raise LackingError(*names)
    return total


def ages(member: Told, day: date, elder: Fraction, minor: Fraction) -> list[list[str]]:
    """The categories of age that come into question."""
    if member["birth"] is None:
        return [["elder"], ["minor"], []]
    age = years_of_age(member["birth"], day)
    return [["elder"] * (age >= elder) + ["minor"] * (age < minor)]


def member_supplement(
    member: Told, age: list[str], grade: int, rule: str, paid: dict[str, Fraction]
) -> Fraction:
    """What one covered member adds."""
    kinds = [*age, *["illness"] * (member["health"] in ILL), *{2: ["severe"], 4: ["disabled"], 0: []}[grade]]
    amounts = [paid[kind] for kind in kinds]
    return sum(amounts, Fraction()) if rule == "sum" else max(amounts, default=Fraction())


# 二.2 供养金, 困境儿童, 低收入, 养老


def support(family: Family) -> Fraction:
    """The standard of class and keeping for each person kept."""
    persons = family.told["covered"] if family.told["covered"] is not None else family.told["size"]
    names = ["供养人数"] * (persons is None)
    if family.told["keeping"] is None:
        raise LackingError("供养方式", *names)
    key = SUPPORT[family.told["class"], family.told["keeping"]]
    if not family.book.stated(key):
        names.append(f"{family.told['class']}{family.told['keeping']}标准（县里没有写）")
    if names:
        raise LackingError(*names)
    return half_up(family.yuan(key) * persons)


SUPPORT = {
    ("五保", "集中供养"): "support.wubao.central",
    ("五保", "分散供养"): "support.wubao.dispersed",
    ("三无", "集中供养"): "support.sanwu.central",
    ("三无", "分散供养"): "support.sanwu.dispersed",
}
CHILD = {"集中": "child.central", "散居": "child.dispersed"}


def children(family: Family) -> Fraction:
    """Each child's standard, less its share of the household's 低保金 where that is netted."""
    held = family.lasting("困境儿童基本生活费")
    names: list[str] = []
    seen: dict[int | None, str] = {}
    for case in held:
        names += [f"{case['case']}的儿童姓名"] * (case["person"] is None)
        names += [f"{case['case']}的养育方式"] * (case["grade"] not in CHILD)
        if case["person"] is not None and case["person"] in seen:
            names.append(f"{case['case']}的儿童（与{seen[case['person']]}是同一人）")
        seen.setdefault(case["person"], case["case"])
        if case["grade"] in CHILD and not family.book.stated(CHILD[case["grade"]]):
            names.append(f"{case['grade']}儿童的基本生活费标准（县里没有写）")
    shares = {case["case"]: Fraction() for case in held}
    if family.told["class"] in DIBAO and family.word("child.netting") == "net":
        try:
            shares = child_shares(family, held)
        except LackingError as lacking:
            names += lacking.names
    if names:
        raise LackingError(*dict.fromkeys(names))
    rest = (family.yuan(CHILD[case["grade"]]) - shares[case["case"]] for case in held)
    return sum((max(Fraction(), each) for each in rest), Fraction())


def child_shares(family: Family, held: list[Told]) -> dict[str, Fraction]:
    """Of each case the child's share: the 低保金 by the persons it is reckoned for, to the fen."""
    by_person = {each["person"]: each for each in family.members}
    covered = {
        case["case"]: family.covers(by_person[case["person"]]) if case["person"] in by_person else False
        for case in held
    }
    if None in covered.values():
        raise LackingError(WHO)
    if not any(covered.values()):
        return dict.fromkeys(covered, Fraction())
    field, _ = PERSONS[family.word("dibao.persons")]
    amount = dibao(family)
    if not family.told[field]:
        raise LackingError("享受低保的人数")
    share = half_up(amount / family.told[field])
    return {case: share if yes else Fraction() for case, yes in covered.items()}


def low_income(family: Family) -> Fraction:
    """So much a household and so much a person of it, for the year."""
    household, person = family.yuan("low_income.household"), family.yuan("low_income.person")
    if family.told["size"] is None:
        raise LackingError("家庭人口")
    if family.told["size"] == 0:
        raise LackingError("家庭人口（登记的是0）")
    return half_up(household + person * family.told["size"])


def pension(family: Family) -> Fraction:
    """The share of each insured person's contribution."""
    rate = family.yuan("pension.contribution") * family.yuan("pension.share") / 100
    told = [number for day, number in sorted(family.history["insured"]) if day <= family.day]
    if not told:
        raise LackingError("养老保险参保人数")
    return half_up(rate * told[-1])


# 二.5 两种保险, 医疗救助, 临时救助; 二.4 危房改造


def health_insurance(family: Family) -> Fraction:
    """合作医疗."""
    return insurance(family, "health")


def illness_insurance(family: Family) -> Fraction:
    """大病保险."""
    return insurance(family, "illness")


def insurance(family: Family, kind: str) -> Fraction:
    """The government's share of the contributions, for 保障人口 of 低保 and 家庭人口 of 低收入 families."""
    rate = family.yuan(f"{kind}_insurance.contribution") * family.yuan(f"{kind}_insurance.share") / 100
    field, name = PERSONS["size" if family.told["class"] == LOW else "covered"]
    if family.told[field] is None:
        raise LackingError(name)
    if field == "size" and family.told[field] == 0:
        raise LackingError("家庭人口（登记的是0）")
    return half_up(rate * family.told[field])


def medical_aid(family: Family) -> Fraction:
    """Each bill at the rate of its month, until the person's cap of the year is used up."""
    bills = family.cases("医疗救助", date(family.day.year, 1, 1))
    for key in ("medical_aid.rate", "medical_aid.cap"):
        family.yuan(key)
    names = [
        name
        for bill in bills
        for name in (
            *[f"{bill['case']}是谁的医药费"] * (bill["person"] is None),
            *[f"{bill['case']}的个人自付金额"] * (bill["base"] is None),
        )
    ]
    if names:
        raise LackingError(*names)
    used: dict[int, Fraction] = {}
    paid = Fraction()
    for bill in bills:
        month = f"{bill['day'].year}-{bill['day'].month:02d}"
        granted = bill_aid(family, bill, month, used.get(bill["person"], Fraction()))
        used[bill["person"]] = used.get(bill["person"], Fraction()) + granted
        paid += granted if month == family.period else 0
    return paid


def bill_aid(family: Family, bill: Told, month: str, used: Fraction) -> Fraction:
    """What is given on one bill; a month before there was a rate gave nothing."""
    policy = Family(family.history, month, family.book, raised=family.raised)
    started = all(
        family.book.on(key, policy.day, raised=family.raised) is not None
        for key in ("medical_aid.rate", "medical_aid.cap")
    )
    if month != family.period and not started:
        return Fraction()
    rate, more, cap = (policy.yuan(f"medical_aid.{name}") for name in ("rate", "raise", "cap"))
    rate = rate + more if policy.word("medical_aid.method") == "points" else rate * (1 + more / 100)
    return min(half_up(bill["base"] * min(rate, Fraction(100)) / 100), max(Fraction(), cap - used))


GRANTS = {"C级": "housing.grant.c", "D级": "housing.grant.d"}


def housing(family: Family) -> Fraction:
    """The grant of each house's grade, raised."""
    houses = family.cases("危房改造补助", family.first)
    more = family.yuan("housing.raise")
    names = [f"{each['case']}的危房等级" for each in houses if each["grade"] not in GRANTS]
    grades_here = [each["grade"] for each in houses if each["grade"] in GRANTS]
    names += [f"{one}的补助标准（县里没有写）" for one in grades_here if not family.book.stated(GRANTS[one])]
    if names:
        raise LackingError(*dict.fromkeys(names))
    return sum((half_up(family.yuan(GRANTS[one]) * (1 + more / 100)) for one in grades_here), Fraction())


def relief(family: Family) -> Fraction:
    """What was decided."""
    cases = family.cases("临时救助", family.first)
    names = [f"{each['case']}的救助金额" for each in cases if each["base"] is None]
    if names:
        raise LackingError(*names)
    return sum((each["base"] for each in cases), Fraction())
