"""Findings on the rolls."""

from collections.abc import Iterator

from jiemin.domain.checks.finding import Finding, Group, Unchecked
from jiemin.domain.checks.rolls import RollFacts, roll_findings
from jiemin.domain.checks.settings import CheckSettings
from jiemin.domain.codes import HouseholdClass
from jiemin.domain.policy import Book, NoValueError
from jiemin.storage import checking
from jiemin.usecases.checking.doubles import check_doubles
from jiemin.usecases.checking.gathering import Gathering

_STANDARDS = {
    HouseholdClass.URBAN_DIBAO: "dibao.urban.standard",
    HouseholdClass.RURAL_DIBAO: "dibao.rural.standard",
}


def check_rolls(gathered: Gathering, settings: CheckSettings, book: Book) -> Iterator[Finding | Unchecked]:
    """What is found on the rolls, and what of them cannot be checked."""
    imports = checking.roster_imports(gathered.connection)
    facts = RollFacts(
        county=gathered.county,
        members=gathered.members,
        incomes=gathered.incomes,
        standards=standards(gathered, book),
        imports=imports,
    )
    yield from roll_findings(facts, settings)
    yield from check_doubles(gathered)
    if not imports:
        yield Unchecked(Group.ROLLS, "名册有没有过期", "还没有从文件导入过困难家庭名册")
    yield Unchecked(Group.ROLLS, "已经去世、迁走而没有登记的人", "没有公安、卫生部门的资料可比")


def standards(gathered: Gathering, book: Book) -> dict[str, int]:
    """The 低保 standard of each class today, fen a person and month; without those no file states."""
    found: dict[str, int] = {}
    for household_class, key in _STANDARDS.items():
        try:
            found[household_class.value] = book.on(gathered.today).value(key, "检查").amount
        except NoValueError:
            continue
    return found
