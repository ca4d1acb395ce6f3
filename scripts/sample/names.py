"""Invented names, identity numbers and telephone numbers."""

from datetime import date
from random import Random

from jiemin.domain.codes import Sex
from jiemin.domain.identity import check_character

_SURNAMES = (
    "沈沈沈沈朱朱朱陈陈陈张张张王王王李李徐徐徐吴吴吴钱钱陆陆姚姚周周范范俞俞冯冯褚施费曹"
    "金金章蔡许郁倪顾顾钟杨胡孙庄严计屠潘戴程方凌邱傅莫郑高蒋车汤濮"
)
_BY_AGE = {
    Sex.MALE: (
        ("根福金阿宝法水荣坤连松炳", "林生泉祥荣松法毛兴观海山大根"),
        ("建国永志明伟卫小利新学云", "明华强林平荣良忠民江峰兴方"),
        ("晓俊海文斌杰超凯佳嘉一晨", "伟杰峰斌涛鹏飞波亮东磊平"),
        ("子宇浩梓俊天思嘉一书奕明", "轩涵杰豪航辰阳睿恒哲然远"),
    ),
    Sex.FEMALE: (
        ("阿宝凤玉桂金秀彩美引月惠", "珍妹英宝娥仙凤林囡金珠娟"),
        ("建美丽小惠玉秀雪月金爱红", "芳英萍珍琴华娟芬明玲妹香"),
        ("晓海丽雅文佳静燕春敏婷慧", "燕芳萍丽琴红娟霞敏芬雯洁"),
        ("欣雨思佳梦可语诗子梓一若", "怡涵妍彤雯悦琪萱瑶宁然婷"),
    ),
}
_FIRST_BIRTHS = (1954, 1974, 1994)
"""The years in which the next fashion of names begins."""

_OTHER_COUNTIES = ("330402", "330411", "330421", "330424", "330419", "330511", "330521", "341126", "522130")
_UNASSIGNED = ("160", "161", "163", "164")
"""Beginnings of telephone numbers that no operator has been given."""


class Registry:
    """Hands out names, identity numbers, telephones and accounts, none of them twice."""

    def __init__(self, chance: Random) -> None:
        self._chance = chance
        self._taken: set[str] = set()

    def surname(self) -> str:
        """A surname, the usual ones of the region more often."""
        return self._chance.choice(_SURNAMES)

    def name(self, sex: Sex, birth_year: int, surname: str = "") -> str:
        """A name in the fashion of the year, never given before."""
        first, second = _BY_AGE[sex][sum(birth_year >= year for year in _FIRST_BIRTHS)]
        while True:
            name = surname or self.surname()
            if self._chance.random() < 0.8:
                name += self._chance.choice(first)
            name += self._chance.choice(second)
            if len(set(name)) == len(name) and self._fresh(name):
                return name

    def identity(self, sex: Sex, birth: date, *, from_afar: bool = False) -> str:
        """A number with a right check character; who was born before 1993 mostly has 桐乡县's code.

        The three digits that tell apart those born on one day begin with 8 or 9, which a small
        county hardly ever reaches.
        """
        while True:
            serial = 2 * self._chance.randrange(400, 497) + (sex is Sex.MALE)
            first17 = f"{self._county(birth, from_afar)}{birth:%Y%m%d}{serial}"
            number = first17 + check_character(first17)
            if self._fresh(number):
                return number

    def phone(self) -> str:
        """A mobile number nobody can have."""
        return self._fresh_digits(self._chance.choice(_UNASSIGNED), 8)

    def account(self) -> str:
        """A bank account of 19 digits."""
        return self._fresh_digits("6200000", 12)

    def _county(self, birth: date, from_afar: bool) -> str:
        if from_afar:
            return self._chance.choice(_OTHER_COUNTIES)
        old = birth.year < 1993 and self._chance.random() < 0.88
        return "330425" if old else "330483"

    def _fresh_digits(self, start: str, count: int) -> str:
        while True:
            number = start + "".join(self._chance.choices("0123456789", k=count))
            if self._fresh(number):
                return number

    def _fresh(self, text: str) -> bool:
        if text in self._taken:
            return False
        self._taken.add(text)
        return True
