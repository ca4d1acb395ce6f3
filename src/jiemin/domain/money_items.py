"""The subsidies the program computes and the runs that pay them, by the names people read and the database
stores."""

from enum import StrEnum

from jiemin.domain.periods import Month, Year, parse_month, parse_year


class Item(StrEnum):
    """What money is given for; the order is that of lists and forms, plan by plan (notice 二.2, 4, 5)."""

    DIBAO = "低保金"
    SUPPLEMENT = "分类施保"
    SUPPORT = "供养金"
    CHILD = "困境儿童基本生活费"
    LOW_INCOME = "低收入家庭救助"
    PENSION = "养老保险缴费补贴"
    HEALTH_INSURANCE = "合作医疗个人缴费"
    ILLNESS_INSURANCE = "大病保险个人缴费"
    MEDICAL_AID = "医疗救助"
    HOUSING = "危房改造补助"
    RELIEF = "临时救助"

    @property
    def yearly(self) -> bool:
        """Whether it is paid once for a calendar year, its awards' period a year such as `2014`; else by the
        month, such as `2014-06`."""
        return self in _YEARLY

    @property
    def to_insurer(self) -> bool:
        """Whether government pays it to the insurer in the family's place (二.5 个人缴费部分全部政府买单), so
        that no account of the family is paid; the pension's is a subsidy (个人补贴) to the family itself."""
        return self in _TO_INSURER

    @property
    def clause(self) -> str:
        """The clause of the notice 桐群组办发〔2014〕10号 that gives it: `二.2`."""
        return _CLAUSES.get(self, "二.2")


_YEARLY = frozenset({Item.LOW_INCOME, Item.PENSION, Item.HEALTH_INSURANCE, Item.ILLNESS_INSURANCE})
_TO_INSURER = frozenset({Item.HEALTH_INSURANCE, Item.ILLNESS_INSURANCE})

_CLAUSES = {
    Item.HOUSING: "二.4",
    Item.HEALTH_INSURANCE: "二.5",
    Item.ILLNESS_INSURANCE: "二.5",
    Item.MEDICAL_AID: "二.5",
    Item.RELIEF: "二.5",
}


class RunKind(StrEnum):
    """Whether a run pays a month or year for the first time, or what is owed for periods paid before."""

    REGULAR = "发放"
    ARREARS = "补发"


class RunStatus(StrEnum):
    """How far a run has come. An approved one is never computed again; a void one never counted."""

    DRAFT = "草稿"
    APPROVED = "已批准"
    VOID = "已作废"


Period = Month | Year
"""What an item is paid for."""


def read_period(text: str) -> Period:
    """The month or year a stored award is for; the reverse of `str`."""
    return parse_month(text) if "-" in text else parse_year(text)
