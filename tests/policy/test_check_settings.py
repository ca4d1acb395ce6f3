"""The thresholds of the checks: read exactly, laid over the packaged values, faults told at once."""

import re
from importlib.resources import files
from pathlib import Path

import pytest

from jiemin.domain.checks.catalogue import KINDS
from jiemin.domain.checks.settings import CheckSettings
from jiemin.errors import JieminError
from jiemin.policy.book_file import load_book
from jiemin.policy.check_settings import PACKAGED_CHECK, load_check
from jiemin.policy.pairing_settings import load_pairing


def own(folder: Path, text: str) -> Path:
    path = folder / "本县.toml"
    path.write_text(text, encoding="utf-8")
    return path


def faults(folder: Path, text: str) -> list[str]:
    with pytest.raises(JieminError) as raised:
        load_check(own(folder, text))
    head, *lines = raised.value.message.split("\n")
    assert head == f"政策文件有{len(lines)}处要改："
    return [line.strip().removeprefix("本县.toml：") for line in lines]


def test_the_packaged_values_are_the_defaults_of_the_domain() -> None:
    assert load_check().settings == CheckSettings()


def test_every_packaged_value_says_what_it_is() -> None:
    text = files("jiemin.policy").joinpath(PACKAGED_CHECK).read_text("utf-8")
    written = re.findall(r"(?m)^(\w+) = ", text)
    items = load_check().items
    assert [item.key for item in items] == written == list(CheckSettings.__dataclass_fields__)
    assert all(item.name and item.unit and item.meaning and item.packaged for item in items)


def test_every_threshold_is_that_of_a_kind() -> None:
    used = {name for kind in KINDS.values() for name in kind.settings}
    assert used | {"look_back"} == set(CheckSettings.__dataclass_fields__)


def test_a_county_replaces_single_values(tmp_path: Path) -> None:
    file = own(tmp_path, "[check]\nday_households = 9\nneeds_days = 0\n")
    policy = load_check(file)
    assert policy.settings == CheckSettings(day_households=9, needs_days=0)
    assert [item.key for item in policy.items if not item.packaged] == ["day_households", "needs_days"]
    assert load_pairing(file) == load_pairing()
    assert load_book(file).fingerprint == load_book().fingerprint


@pytest.mark.parametrize("text", ["", "[pairing]\nleader_max = 3\n", "[check]\n"])
def test_a_file_that_says_nothing_of_checks_changes_nothing(tmp_path: Path, text: str) -> None:
    assert load_check(own(tmp_path, text)) == load_check()


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("check = 3\n", ["check：应写成一段 [check]"]),
        ("[check]\nday_household = 9\n", ["check.day_household：没有这一项，是不是 day_households"]),
        ("[check]\nday_households = '9'\n", ["check.day_households：应是0到1000的整数，不加引号"]),
        ("[check]\nday_households = true\n", ["check.day_households：应是0到1000的整数，不加引号"]),
        ("[check]\nsame_notes = 1\n", ["check.same_notes：应是2到1000的整数，不加引号"]),
        ("[checks]\nday_households = 9\n", ["checks：没有这一段，是不是 [check]"]),
        ("needs_days = 9\n", ["needs_days：要写在 [check] 下面"]),
        (
            "[check]\nsame_notes = 1\ncrowd_visits = -1\n",
            [
                "check.same_notes：应是2到1000的整数，不加引号",
                "check.crowd_visits：应是0到1000的整数，不加引号",
            ],
        ),
    ],
)
def test_faults_are_told_all_at_once(tmp_path: Path, text: str, told: list[str]) -> None:
    assert faults(tmp_path, text) == told


def test_the_quoted_values_of_pairing_still_tell_a_misplaced_table(tmp_path: Path) -> None:
    with pytest.raises(JieminError, match=r"没有这一段，是不是 \[pairing\]"):
        load_pairing(own(tmp_path, "[pairings]\nleader_max = 3\n[check]\nneeds_days = 9\n"))
