"""Policy files of counties, as a clerk might write them, and telling what a command says of them."""

from pathlib import Path

OWN = """
[[dibao.rural.standard.values]]
from = 2014-01-01
issued = 2013-12-20
value = 400
document = "桐民〔2013〕88号"
clause = "一"
basis = "existing"

[[dibao.rural.standard.values]]
from = 2014-05-01
issued = 2014-07-10
value = 430
document = "桐民〔2014〕45号"
clause = "二"
basis = "raise"
quote = "提高到430元"

[[dibao.rural.standard.values]]
from = 2014-10-01
issued = 2014-09-10
to = 2014-12-31
value = 450
document = "桐民〔2014〕60号"
clause = "一"
basis = "raise"
note = "年底前"

[[medical_aid.cap.values]]
from = 2015-01-01
issued = 2014-06-01
value = 8000
document = "桐民〔2014〕50号"
clause = "三"
basis = "existing"

[low_income.household]
mid_period = "by_month"

[check]
day_households = 8

[pairing]
leader_max = 3
"""
FAULTY = """
[[dibao.rurl.standard.values]]
from = 2014-01-01

[[medical_aid.rate.values]]
from = 2014-01-01
issued = 2014-01-01
value = 70
clause = "一"
basis = "existing"

[pairing]
leader_max = 0

[check]
day_households = 1.5
"""


def write(folder: Path, text: str, name: str = "本县.toml") -> str:
    """Store a policy file in the folder; its name."""
    (folder / name).write_text(text, encoding="utf-8")
    return name


def line_with(out: str, text: str) -> str:
    """The only line that holds the text, its blanks made single."""
    (found,) = [line for line in out.splitlines() if text in line]
    return " ".join(found.split())
