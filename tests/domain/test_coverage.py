"""Coverage by town and by unit: a county to count on the fingers, and any other by brute force."""

from collections.abc import Mapping
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from jiemin.domain.codes import Role
from jiemin.domain.coverage import (
    CadreFigures,
    Coverage,
    CoveredHousehold,
    CoveringCadre,
    HouseholdFigures,
    coverage,
    mean_in_tenths,
    tenths,
)
from jiemin.domain.periods import FOREVER
from jiemin.domain.visits import PairingSpan

LEAD, ASSIST = Role.LEAD, Role.ASSIST


def pairing(household: str, cadre: str, role: Role = LEAD) -> PairingSpan:
    return PairingSpan(household, cadre, role, date(2014, 4, 1), FOREVER)


@pytest.fixture
def county() -> Coverage:
    """Two towns and two units; H4 need not be paired but is, H9 has left the work, C5 serves no more."""
    return coverage(
        households=[
            CoveredHousehold("H1", "乌镇镇", True),
            CoveredHousehold("H2", "乌镇镇", True),
            CoveredHousehold("H3", "石门镇", True),
            CoveredHousehold("H4", "石门镇", False),
            CoveredHousehold("H5", "石门镇", False),
        ],
        cadres=[
            CoveringCadre("C1", "卫生局", True, most=2),
            CoveringCadre("C2", "卫生局", False, most=1),
            CoveringCadre("C3", "教育局", True, most=2),
            CoveringCadre("C4", "教育局", False, most=1),
            CoveringCadre("C5", "教育局", True, serving=False),
        ],
        pairings=[
            pairing("H1", "C2", ASSIST),
            pairing("H1", "C1"),
            pairing("H3", "C2", ASSIST),
            pairing("H4", "C5"),
            pairing("H9", "C3"),
        ],
    )


def test_by_town(county: Coverage) -> None:
    assert county.by_town(["石门镇", "梧桐街道"]) == {
        "石门镇": HouseholdFigures(
            to_pair=1,
            to_pair_paired=1,
            to_pair_unpaired=0,
            paired=2,
            one_to_one=2,
            many_to_one=0,
            without_lead=1,
            pairs=2,
            leads=1,
            cadres=2,
            leaders=1,
        ),
        "梧桐街道": HouseholdFigures(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0),
        "乌镇镇": HouseholdFigures(
            to_pair=2,
            to_pair_paired=1,
            to_pair_unpaired=1,
            paired=1,
            one_to_one=0,
            many_to_one=1,
            without_lead=0,
            pairs=2,
            leads=1,
            cadres=2,
            leaders=1,
        ),
    }


def test_by_unit(county: Coverage) -> None:
    assert county.by_unit() == {
        "卫生局": CadreFigures(
            staff=2,
            staff_leaders=1,
            cadres=2,
            leaders=1,
            leaders_without=0,
            idle=0,
            over_quota=1,
            households=2,
            led=1,
            assisted=2,
            load_most=2,
            load_mean=15,
        ),
        "教育局": CadreFigures(
            staff=2,
            staff_leaders=1,
            cadres=1,
            leaders=1,
            leaders_without=1,
            idle=1,
            over_quota=0,
            households=1,
            led=1,
            assisted=0,
            load_most=0,
            load_mean=0,
        ),
    }


def test_a_unit_whose_people_have_all_left_has_no_mean(county: Coverage) -> None:
    figures = county.of_cadres(["C5"])
    assert (figures.staff, figures.load_most, figures.load_mean, figures.households) == (0, 0, None, 1)


def test_the_lists(county: Coverage) -> None:
    assert [one.household_no for one in county.unpaired] == ["H2"]
    assert [one.household_no for one in county.without_lead] == ["H3"]
    assert [one.cadre_no for one in county.leaders_without] == ["C3"]
    assert [one.cadre_no for one in county.over_quota] == ["C2"]
    assert [one.cadre_no for one in county.helpers["H1"]] == ["C1", "C2"]


def test_without_a_limit_nobody_is_above_it() -> None:
    cadre = CoveringCadre("C1", "卫生局", False)
    families = [CoveredHousehold(f"H{n}", "乌镇镇", True) for n in range(9)]
    found = coverage(families, [cadre], [pairing(one.household_no, "C1") for one in families])
    assert (found.load(cadre), found.above(cadre), found.over_quota) == (9, False, ())


@pytest.mark.parametrize(
    ("total", "number", "expected"), [(3, 2, 15), (1, 3, 3), (1, 4, 3), (5, 20, 3), (0, 7, 0), (2, 0, None)]
)
def test_means_are_rounded_half_up(total: int, number: int, expected: int | None) -> None:
    assert mean_in_tenths(total, number) == expected


def test_tenths_as_people_read_them() -> None:
    assert [tenths(figure) for figure in (0, 5, 10, 15, 123)] == ["0.0", "0.5", "1.0", "1.5", "12.3"]


NUMBERS = st.integers(0, 7)
HOUSEHOLDS = st.dictionaries(NUMBERS.map("H{}".format), st.tuples(st.sampled_from("甲乙丙"), st.booleans()))
CADRES = st.lists(
    st.tuples(st.sampled_from("子丑"), st.booleans(), st.booleans(), st.none() | st.integers(0, 3)),
    min_size=8,
    max_size=8,
)
PAIRS = st.dictionaries(
    st.tuples(NUMBERS.map("H{}".format), NUMBERS.map("C{}".format)), st.sampled_from(Role), max_size=30
)


@given(HOUSEHOLDS, CADRES, PAIRS)
def test_totals_are_what_counting_one_by_one_gives(
    households: Mapping[str, tuple[str, bool]],
    cadres: list[tuple[str, bool, bool, int | None]],
    pairs: Mapping[tuple[str, str], Role],
) -> None:
    found = coverage(
        [CoveredHousehold(number, *told) for number, told in households.items()],
        [CoveringCadre(f"C{number}", *told) for number, told in enumerate(cadres)],
        [pairing(*pair, role) for pair, role in pairs.items()],
    )
    held = {(h, c): role for (h, c), role in pairs.items() if h in households}
    families, helpers = found.of_households(found.households), found.of_cadres(found.cadres)
    towns, units = found.by_town([]).values(), found.by_unit().values()
    assert families.to_pair == sum(wanted for _, wanted in households.values())
    assert families.pairs == len(held) == sum(one.pairs for one in towns)
    assert families.paired == len({h for h, _ in held}) == sum(one.paired for one in towns)
    assert families.paired == families.one_to_one + families.many_to_one
    assert families.to_pair_unpaired == len(found.unpaired) == sum(one.to_pair_unpaired for one in towns)
    assert families.leads == sum(role is LEAD for role in held.values())
    led = {h for (h, _), role in held.items() if role is LEAD}
    assert families.without_lead == len({h for h, _ in held} - led) == len(found.without_lead)
    loads = {f"C{n}": sum(c == f"C{n}" for _, c in held) for n in range(len(cadres))}
    staff = [(f"C{n}", *told) for n, told in enumerate(cadres) if told[2]]
    assert (helpers.staff, families.cadres) == (len(staff), helpers.cadres)
    assert helpers.households == families.paired
    assert helpers.load_most == max((loads[one[0]] for one in staff), default=0)
    assert sum(one.leaders_without for one in units) == sum(one[2] and not loads[one[0]] for one in staff)
    assert sum(one.idle for one in units) == sum(not one[2] and not loads[one[0]] for one in staff)
    without = [one[0] for one in staff if one[2] and not loads[one[0]]]
    assert [one.cadre_no for one in found.leaders_without] == without
    above = [one[0] for one in staff if one[4] is not None and loads[one[0]] > one[4]]
    assert [one.cadre_no for one in found.over_quota] == above
    assert sum(one.over_quota for one in units) == helpers.over_quota == len(above)
