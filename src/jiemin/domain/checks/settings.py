"""The thresholds the checks go by, as `policy/check.toml` gives them; a county may set its own."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class CheckSettings:
    """What is still taken as it is. Days, months, quarters, persons, households and visits are whole."""

    look_back: int = 8
    """Quarters before the running one whose visits are looked at."""
    grace_days: int = 10
    """After a quarter's end a visit of it may still be entered for so long."""
    together_cadres: int = 20
    """Of late entries of one day that are of more cadres than this, one finding is made."""
    day_households: int = 6
    day_towns: int = 1
    same_notes: int = 2
    """So many visits of one cadre with one text are suspicious; `alike_notes` of several cadres."""
    alike_notes: int = 3
    note_length: int = 12
    """Shorter texts, after names and figures are left out, are not compared."""
    crowd_cadres: int = 4
    crowd_visits: int = 2
    quarter_calls: int = 6
    needs_days: int = 90
    oldest_age: int = 105
    roster_months: int = 12
    undated_days: int = 180
    survey_days: int = 90
