"""The county's policy as dated parameters: what was in force on a day, by which document."""

from jiemin.domain.policy.book import Book, BookView, Known, NoValueError, Part
from jiemin.domain.policy.values import Basis, DatedValue, Floor, MidPeriod, Parameter, Unit

__all__ = [
    "Basis",
    "Book",
    "BookView",
    "DatedValue",
    "Floor",
    "Known",
    "MidPeriod",
    "NoValueError",
    "Parameter",
    "Part",
    "Unit",
]
