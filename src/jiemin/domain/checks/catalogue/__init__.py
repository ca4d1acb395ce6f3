"""Every kind of finding by its number; the words stand here, one file for each group."""

from jiemin.domain.checks.catalogue import files, money, pairings, rolls, visits

KINDS = {
    kind.code: kind for kind in (*rolls.KINDS, *visits.KINDS, *pairings.KINDS, *files.KINDS, *money.KINDS)
}
