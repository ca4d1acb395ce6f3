"""The quarter's figures: facts in, tables with proven arithmetic out."""

from jiemin.domain.indicators.facts import (
    AwardLine,
    CadreLine,
    HouseholdLine,
    MissingAward,
    QuarterFacts,
    SettledArrear,
    StoryLine,
    VisitLine,
)
from jiemin.domain.indicators.pairing_list import PairedCadre, PairingLine
from jiemin.domain.indicators.report import QuarterReport, build_quarter, list_pairings
from jiemin.domain.indicators.tables import Check, Column, Measure, Row, Table
from jiemin.domain.indicators.visit_table import NotVisited
from jiemin.domain.money_items import Item

__all__ = [
    "AwardLine",
    "CadreLine",
    "Check",
    "Column",
    "HouseholdLine",
    "Item",
    "Measure",
    "MissingAward",
    "NotVisited",
    "PairedCadre",
    "PairingLine",
    "QuarterFacts",
    "QuarterReport",
    "Row",
    "SettledArrear",
    "StoryLine",
    "Table",
    "VisitLine",
    "build_quarter",
    "list_pairings",
]
