"""All faults planted into the sample county, drawn with a seed.

The faults are those that supervisors catch, and near neighbours of theirs; beside them stand innocents, which
look like faults and are none. They are planted by the commands and workbooks a clerk uses; only what the
program refuses to take is written into the file by another hand. What is to be found is said by the printed
catalogue of findings.
"""

from support.planted_county import County, survey
from support.planted_pairings import inspected, plant_files, plant_money, plant_pairings
from support.planted_rolls import plant_heads, plant_rolls
from support.planted_visits import plant_in_july, plant_in_june, plant_inspected


def plant_everything(county: County) -> None:
    """Plant into a county just made."""
    survey(county)
    inspection, numbers = inspected(county)
    drawn = [county.family(number=number) for number in numbers]
    plant_pairings(county)
    plant_rolls(county)
    plant_in_june(county)
    plant_files(county)
    plant_money(county)
    plant_heads(county)
    plant_inspected(county, drawn, inspection)
    plant_in_july(county)
