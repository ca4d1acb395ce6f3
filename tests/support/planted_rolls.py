"""Faults of the registers, planted: numbers, heads, counts, incomes, persons twice, the wrong year."""

from datetime import date

from support.planted_county import SINCE, County, Family, Mark
from support.planted_pairings import FILES, LEFT
from support.rosters import id_number

TWICE = "the same person in two households or two towns"
INCOME = "income of a head mixed with that of the whole household"
YEAR = "the wrong year's list"
TOTALS = "forms whose totals do not add up"
NUMBERS = "identity numbers that cannot be"
COUNTS = "household size and members that do not agree"
HEADS = "a household with no head or with two"
HOUSEHOLD_HEADER = (
    "户编号",
    "镇(街道)",
    "村(社区)",
    "户主姓名",
    "家庭人口",
    "困难类别",
    "保障人口",
    "家庭月收入",
    "银行账号",
)
MEMBER_HEADER = ("户编号", "户主姓名", "姓名", "与户主关系", "身份证号", "性别", "出生日期")
NEVER = "2099-01-01"
"""An end so far off that the program's own guards against two at once do not see it."""


def plant_rolls(county: County) -> None:
    _numbers(county)
    _old_and_dead(county)
    _twice(county)
    _register_of_june(county)
    _new_families(county)
    _other_years(county)


def _join(county: County, each: Family, name: str, *words: str, on: str = "2014-06-12") -> None:
    options = ("--name", name, "--reason", "回迁", "--relation", "其他", "--not-covered", "--on", on, "-y")
    county.run("household", "join", each.number, *options, *words)


def _numbers(county: County) -> None:
    for at, each in enumerate(county.families(2)):
        number = id_number(date(1961 + at, 2, 3), 101)
        wrong = number[:-1] + ("1" if number[-1] != "1" else "2")
        _join(county, each, f"严误{'甲乙'[at]}", "--id", wrong)
        county.plant(NUMBERS, f"{each.number}: a wrong check digit", each.mark("K101"))
    for at, each in enumerate(county.families(3)):
        number = id_number(date(1961 + at, 2, 3), 201)
        _join(county, each, f"严短{'甲乙丙'[at]}", "--id", (number[:-1], number + "9", "在办")[at])
        county.plant(NUMBERS, f"{each.number}: no number", each.mark("K102"), follows=[each.mark("K104")])
    for at, each in enumerate(county.families(2)):
        _join(county, each, f"严缺{'甲乙'[at]}", "--birth", "1970-02-03", "--sex", "男")
        county.plant(NUMBERS, f"{each.number}: a member without one", each.mark("K104"))
    for each in county.families(3):
        who = each.members[0]
        other = "女" if who.sex == "男" else "男"
        county.sql("UPDATE person SET sex = ? WHERE id = ?", other, who.person_id)
        county.plant(NUMBERS, f"{each.number}: sex other than the number says", each.mark("K103"))


def plant_heads(county: County) -> None:
    for each in county.families(2, size=2):
        query = "UPDATE membership SET relation = '其他' WHERE household_id = ? AND relation = '户主'"
        county.sql(query, each.row)
        county.plant(HEADS, f"{each.number}: nobody is the head", each.mark("K105"))
    for each in county.families(2, size=2):
        query = "UPDATE membership SET relation = '户主', valid_to = ? WHERE person_id = ?"
        county.sql(query, NEVER, next(m.person_id for m in each.members if m.relation != "户主"))
        county.plant(HEADS, f"{each.number}: two heads", each.mark("K106"))


def _old_and_dead(county: County) -> None:
    for at, each in enumerate(county.families(3)):
        _join(county, each, f"严寿{'甲乙丙'[at]}", "--id", id_number(date(1904 + at, 5, 6), 301))
        county.plant(LEFT, f"{each.number}: {110 - at} years old", each.mark("K116"))
    old = county.family()
    _join(county, old, "严耄", "--id", id_number(date(1910, 5, 6), 301))
    county.innocent.append(old.mark("K116"))
    for each in county.families(3, others=1):
        who = each.others[0]
        words = ("--on", "2014-06-03", "--reason", "病故", "-y")
        county.run("household", "death", each.number, who.name, *words)
        query = (
            "INSERT INTO membership (household_id, person_id, relation, covered, valid_from, valid_to) "
            "VALUES (?, ?, '其他', 0, '2014-06-20', '9999-12-31')"
        )
        county.sql(query, each.row, who.person_id)
        found = each.mark("K117", who.name)
        county.plant(LEFT, f"{each.number}: dead since 3 June, listed", found, follows=_counts(each))


def _counts(*families: Family) -> list[Mark]:
    """A member more or less than 家庭人口 and 保障人口 say."""
    return [each.mark(code) for each in families for code in ("K107", "K110", "K122")]


def _twice(county: County) -> None:
    for each in county.families(3):
        other = county.family(others=1, town="石门镇" if each.town != "石门镇" else "乌镇镇")
        who = other.others[0]
        _join(county, each, who.name, "--id", who.id_number[:6] + who.id_number[8:17])
        told = f"{who.name} in {each.number} and {other.number}"
        county.plant(
            TWICE, told, Mark("K113", (each.number,)), follows=[each.mark("K104"), each.mark("K102")]
        )
    for _ in range(3):
        one, two = county.families(2, others=1)
        who = one.others[0]
        query = (
            "INSERT INTO membership (household_id, person_id, relation, covered, valid_from, valid_to) "
            "VALUES (?, ?, '其他', 0, '2014-06-20', ?)"
        )
        county.sql(query, two.row, who.person_id, NEVER)
        told = f"{who.name} in {one.number} and {two.number}"
        county.plant(TWICE, told, Mark("K118", (who.name,)), follows=_counts(two))
    for each in county.families(3):
        pair = next((f for f in county.pool if f.village == each.village and f.others), None)
        other = county.family(number=pair.number) if pair else county.family(others=1)
        who = other.others[0]
        words = (
            ("--birth", who.birth.isoformat(), "--sex", who.sex) if pair else ("--id", _near(who.id_number))
        )
        _join(county, each, who.name, *words)
        told = f"{who.name} in {each.number} and {other.number}, not by one number"
        county.plant(TWICE, told, Mark("K114", (who.name,)), follows=[each.mark("K104"), each.mark("K101")])


def _near(number: str) -> str:
    """The number with one digit of the serial written wrongly."""
    return number[:15] + str((int(number[15]) + 3) % 10) + number[16:]


def _register_of_june(county: County) -> None:
    """A new register: incomes of a head, of a year, of a rich family; counts that cannot be; one account."""
    rows = []
    for times, each in zip(
        (None, None, 12), county.families(3, classes=("农村低保",), size=2, even=True), strict=True
    ):
        income = each.income_fen * times if times else each.income_fen // each.size
        rows.append(_row(each, income=income / 100))
        told = f"{each.number}: {each.income_fen} became {income} fen"
        county.plant(INCOME, told, each.mark("K111"), follows=[each.mark("K112")])
    for each in county.families(3, classes=("农村低保",)):
        rows.append(_row(each, income=430 * each.size + 7))
        county.plant(INCOME, f"{each.number}: richer than the standard", each.mark("K112"))
    for each in county.families(3, size=2):
        rows.append(_row(each, size=each.size + 1))
        county.plant(COUNTS, f"{each.number}: one more than there are", each.mark("K107"))
    for each in county.families(2, classes=("农村低保", "城镇低保")):
        rows.append(_row(each, covered=each.size + 1))
        follows = [each.mark("K110")]
        county.plant(
            COUNTS, f"{each.number}: more covered than there are", each.mark("K109"), follows=follows
        )
    for each in county.families(2, classes=("农村低保",), size=3):
        rows.append(_row(each, covered=1 if each.covered != 1 else 2))
        county.plant(COUNTS, f"{each.number}: covered other than marked", each.mark("K110"))
    for each in county.families(2, classes=("农村低保", "城镇低保")):
        rows.append(_row(each, covered=0))
        told = f"{each.number}: on 低保 and nobody covered"
        county.plant(COUNTS, told, each.mark("K122"), follows=[each.mark("K110")])
    for at in range(2):
        one, two = county.families(2)
        rows += [_row(each, account=f"62000099990000000{at}") for each in (one, two)]
        mark = Mark("K119", (one.number, two.number))
        county.plant("one account of several households", f"{one.number} and {two.number}", mark)
    steady = county.family(classes=("农村低保",), size=2)
    rows.append(_row(steady, income=round(steady.income_fen / 100 * 1.1)))
    county.innocent.append(steady.mark("K111"))
    county.book("六月名册.xlsx", (*HOUSEHOLD_HEADER, "起始日期"), *rows, ends=(0, 4))


def _row(
    each: Family, *, size: int | None = None, covered: int | None = None, **told: object
) -> tuple[object, ...]:
    place = (each.number, each.town, each.village, each.head)
    counts = (size or each.size, each.household_class, each.covered if covered is None else covered)
    return (*place, *counts, told.get("income"), told.get("account"), "2014-06-15")


def _new_families(county: County) -> None:
    """Of whom nothing but the head is known, surveyed as complete; their form does not add up."""
    rows = []
    for at in range(3):
        number = f"N{at:04d}"
        rows.append((number, "石门镇", "新立村", f"严贫{'甲乙丙'[at]}", 1, "农村低保", 1, None, None))
        facts = Mark("K502", (number,))
        county.plant(
            "a subsidy that cannot be computed", f"{number}: no income", facts, Mark("K301", (number,))
        )
    numbers = [id_number(date(1950 + at, 3, 4), 501) for at in range(3)]
    full = [(*row, number) for row, number in zip(rows, numbers, strict=True)]
    total = ("合计", None, None, None, 7, None, 5, None, None, None)
    said = county.book("新增户.xlsx", (*HOUSEHOLD_HEADER, "户主身份证号"), *full, total, ends=(0, 4))
    county.told.append((TOTALS, "新增户.xlsx: 7 persons of 3", "J208", said))
    for row in rows:
        words = ("--survey", "全部", "--complete", "--surveyor", "村会计", "--on", SINCE.isoformat())
        county.run("survey", "add", row[0], *words)
        follows = [Mark("K404", ("镇",)), Mark("K404", ("街道",))]
        county.plant(FILES, f"{row[0]}: all four clear", Mark("K403", (row[0],)), follows=follows)


def _other_years(county: County) -> None:
    for at, year in enumerate((2012, 2013, 2015)):
        name = f"{year}年困难家庭名册{at}.xlsx"
        each = county.family()
        county.book(name, HOUSEHOLD_HEADER, _row(each, account=f"62000099991111000{at}")[:9], ends=(0, 4))
        county.plant(YEAR, name, Mark("K121", (str(year),)))
    county.book(
        "2014年困难家庭名册.xlsx",
        HOUSEHOLD_HEADER,
        _row(county.family(), account="6200009999111100009")[:9],
        ends=(0, 4),
    )
    county.innocent.append(Mark("K121", ("2014年困难家庭名册",)))
