"""The words of the catalogue of faults: one file for each group of numbers."""

from jiemin.domain.catalogue import consistency, identity, layout, money, pairing, records, values, visits

ENTRIES = (
    *identity.ENTRIES,
    *layout.ENTRIES,
    *values.ENTRIES,
    *consistency.ENTRIES,
    *records.ENTRIES,
    *pairing.ENTRIES,
    *visits.ENTRIES,
    *money.ENTRIES,
)
