"""The quarter's figures: facts in, tables with proven arithmetic out."""

from jiemin.domain.entitlement.items import DIBAO_ITEM, LOW_INCOME_ITEM
from jiemin.domain.indicators.facts import (
    AwardLine,
    CadreLine,
    HouseholdLine,
    MissingAward,
    QuarterFacts,
    StoryLine,
    VisitLine,
)
from jiemin.domain.indicators.pairing_list import PairedCadre, PairingLine
from jiemin.domain.indicators.report import QuarterReport, build_quarter, list_pairings
from jiemin.domain.indicators.tables import Check, Column, Measure, Row, Table
from jiemin.domain.indicators.visit_table import NotVisited

__all__ = [
    "DIBAO_ITEM",
    "LOW_INCOME_ITEM",
    "AwardLine",
    "CadreLine",
    "Check",
    "Column",
    "HouseholdLine",
    "Measure",
    "MissingAward",
    "NotVisited",
    "PairedCadre",
    "PairingLine",
    "QuarterFacts",
    "QuarterReport",
    "Row",
    "StoryLine",
    "Table",
    "VisitLine",
    "build_quarter",
    "list_pairings",
]
