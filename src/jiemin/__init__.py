"""jiemin (结民): pairs needy households with cadres and keeps the record of the help."""

__version__ = "0.1.0"
