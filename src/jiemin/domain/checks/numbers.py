"""What is wrong with a member's identity number, or with the age it tells (K101 to K103, K116)."""

from collections.abc import Iterator
from datetime import date

from jiemin.domain.checks.county import Home, Member, of_home
from jiemin.domain.checks.finding import Finding
from jiemin.domain.checks.settings import CheckSettings
from jiemin.domain.codes import Sex
from jiemin.domain.identity import IdFault, IdReading, ends_rightly, read_id
from jiemin.domain.people import mask_id

_MALE = Sex.MALE.value
_WHY = {
    IdFault.CHECK_DIGIT: "校验位不符",
    IdFault.BIRTH_DATE: "没有这个出生日期",
    IdFault.LENGTH: "位数不对",
    IdFault.LOST_DIGITS: "存成了数字，后几位已经丢失",
    IdFault.CHARACTERS: "有数字以外的字",
}


def number_findings(home: Home, member: Member, today: date, settings: CheckSettings) -> Iterator[Finding]:
    """Findings of one member on the rolls today."""
    reading = read_id(member.number or member.raw or "", today)
    birth = member.birth or reading.birth
    yield from _wrong(home, member, reading)
    if member.number and reading.valid:
        yield from _disagreeing(home, member, member.number)
    if birth is not None and birth.year + settings.oldest_age < today.year:
        age = today.year - birth.year - ((today.month, today.day) < (birth.month, birth.day))
        if age > settings.oldest_age:
            message = f"{member.name} {birth}出生，{age}岁，仍在册"
            yield of_home("K116", home, message, birth, besides=(member.ref,))


def nothing_to_say(member: Member, today: date, settings: CheckSettings) -> bool:
    """Whether number, birth and sex agree and the age is common, as with nearly all."""
    birth = member.birth
    return birth is not None and birth.year + settings.oldest_age >= today.year and _agrees(member)


def _agrees(member: Member) -> bool:
    """Whether the number is right and says the birth and sex on record."""
    number, birth, sex = member.number, member.birth, member.sex
    if number is None or birth is None or len(number) != 18 or birth.isoformat() != _written_birth(number):
        return False
    if sex is not None and (sex == _MALE) != (number[16] in "13579"):
        return False
    return number.isascii() and ends_rightly(number)


def _written_birth(number: str) -> str:
    return f"{number[6:10]}-{number[10:12]}-{number[12:14]}"


def _wrong(home: Home, member: Member, reading: IdReading) -> Iterator[Finding]:
    """Of a number of 15 digits nothing is wrong but its age; words such as 未上户口 are no number."""
    why = "、".join(_WHY[fault] for fault in reading.faults if fault in _WHY)
    if why:
        code = "K101" if reading.number else "K102"
        message = f"{member.name} {mask_id(reading.raw)}：{why}"
        yield of_home(code, home, message, reading.raw, besides=(member.ref,))


def _disagreeing(home: Home, member: Member, number: str) -> Iterator[Finding]:
    said = []
    if member.birth is not None and member.birth.isoformat() != _written_birth(number):
        said.append(f"出生日期登记为{member.birth}，号码里是{_written_birth(number)}")
    sex = Sex.MALE if int(number[16]) % 2 else Sex.FEMALE
    if member.sex and member.sex != sex:
        said.append(f"性别登记为{member.sex}，号码里是{sex}")
    if said:
        message = f"{member.name} {mask_id(number)}：{'；'.join(said)}"
        yield of_home("K103", home, message, number, member.birth, member.sex, besides=(member.ref,))
