"""What a county lays down for pairing: read exactly, laid over the packaged values, faults told at once."""

import re
from importlib.resources import files
from pathlib import Path

import pytest

from jiemin.domain.pairing.costs import Costs
from jiemin.domain.pairing.rules import Mode, Rules
from jiemin.domain.pairing.settings import PairingSettings
from jiemin.errors import ExitCode, JieminError
from jiemin.policy.book_file import load_book
from jiemin.policy.pairing_settings import PACKAGED_PAIRING, load_pairing


def own(folder: Path, text: str) -> Path:
    path = folder / "本县.toml"
    path.write_text(text, encoding="utf-8")
    return path


def faults(folder: Path, text: str) -> list[str]:
    """The lines under the first of the one error a file raises."""
    with pytest.raises(JieminError) as raised:
        load_pairing(own(folder, text))
    assert raised.value.exit_code is ExitCode.MENDABLE
    head, *lines = raised.value.message.split("\n")
    assert head == f"政策文件有{len(lines)}处要改："
    return [line.strip().removeprefix("本县.toml：pairing") for line in lines]


def test_the_packaged_values_are_the_defaults_of_the_domain() -> None:
    assert load_pairing().settings == PairingSettings()


def test_every_packaged_value_says_what_it_is() -> None:
    text = files("jiemin.policy").joinpath(PACKAGED_PAIRING).read_text("utf-8")
    written = [line for line in text.splitlines() if re.match(r"[^#\[\s].* = ", line)]
    items = load_pairing().items
    assert len(items) == len(written) == 4 + 5 + len(Costs.__dataclass_fields__)
    assert all(item.name and item.unit and item.meaning and item.packaged for item in items)
    assert {item.unit for item in items if item.key.startswith("costs.")} == {"分"}


def test_a_county_replaces_single_values(tmp_path: Path) -> None:
    text = """
        [pairing]
        mode = "quota"
        leader_max = 3
        cadres_max = 2
        links = "hard"
        [pairing.quota]
        "市领导" = 9
        "一般干部" = 0
        [pairing.costs]
        elsewhere = 50
        unit_step = 0
    """
    policy = load_pairing(own(tmp_path, text))
    assert policy.settings.rules == Rules(Mode.QUOTA, 3, 2, (0, 2, 3, 4, 9), links_bind=True)
    assert policy.settings.costs == Costs(elsewhere=50, unit_step=0)
    assert {item.key: item.file for item in policy.items if not item.packaged} == dict.fromkeys(
        (
            "mode",
            "leader_max",
            "cadres_max",
            "links",
            "quota.一般干部",
            "quota.市领导",
            "costs.elsewhere",
            "costs.unit_step",
        ),
        "本县.toml",
    )


@pytest.mark.parametrize("text", ["", "[dibao.rural.standard]\ntitle = '标准'\n", "[pairing]\n"])
def test_a_file_that_says_nothing_of_pairing_changes_nothing(tmp_path: Path, text: str) -> None:
    assert load_pairing(own(tmp_path, text)) == load_pairing()


def test_all_faults_are_told_at_once(tmp_path: Path) -> None:
    text = """
        [pairing]
        mode = "三对一"
        leader_max = 0
        cadres_max = 2.5
        links = true
        leader_mx = 3
        [pairing.quota]
        "市领导" = -1
        "科员" = 1
        [pairing.costs]
        town_linked = 30
        need_missed = "10"
        load_step = 0
        rank_step = true
        assistant_step = 10001
        village_apart = 9
    """
    found = faults(tmp_path, text)
    assert [line.partition("：")[0] for line in found] == [
        ".mode",
        ".leader_max",
        ".cadres_max",
        ".links",
        ".leader_mx",
        ".quota.市领导",
        ".quota.科员",
        ".costs.need_missed",
        ".costs.load_step",
        ".costs.rank_step",
        ".costs.assistant_step",
        ".costs.town_shared",
        ".costs.town_apart",
    ]
    told = dict(line.split("：", 1) for line in found)
    assert told[".mode"] == "只能是：one-to-one 一对一，many-to-one 多对一，quota 限额；写英文，加引号"
    assert told[".leader_max"] == "应是1到100的整数，不加引号"
    assert told[".leader_mx"] == "没有这一项，是不是 leader_max"
    assert told[".quota.科员"].startswith("没有这一项，有的是：quota.一般干部、quota.中层干部")
    assert told[".quota.市领导"] == "应是0到100的整数，不加引号"
    assert told[".costs.load_step"] == "应是1到10000的整数，不加引号"
    assert told[".costs.town_shared"] == "“联系同镇的其他村”15分，不能比“联系本镇”30分少"
    assert told[".costs.town_apart"] == "“不同镇”8分，不能比“同镇不同村”9分少"


@pytest.mark.parametrize("text", ["pairing = 3", "[[pairing]]\nmode = 'quota'"])
def test_pairing_is_one_table(tmp_path: Path, text: str) -> None:
    assert faults(tmp_path, text) == ["：应写成一段 [pairing]"]


def test_a_table_in_the_place_of_a_value_is_no_value(tmp_path: Path) -> None:
    assert faults(tmp_path, "[[pairing.costs]]\nneed_missed = 3") == [
        ".costs：没有这一项，有的是：mode、leader_max、cadres_max、links"
    ]
    assert faults(tmp_path, "[pairing.mode]\nquota = 1")[0].startswith(".mode.quota：没有这一项")


def test_a_file_that_is_no_toml_is_told_with_its_line(tmp_path: Path) -> None:
    with pytest.raises(JieminError, match=r"本县\.toml第2行不合 TOML 的写法"):
        load_pairing(own(tmp_path, "[pairing]\nmode = quota\n"))


def test_the_policy_book_knows_nothing_of_pairing(tmp_path: Path) -> None:
    text = "[pairing]\nmode = 'quota'\nnonsense = 1\n"
    assert load_book(own(tmp_path, text)).fingerprint == load_book().fingerprint


def test_the_page_of_the_document_can_be_copied(tmp_path: Path, request: pytest.FixtureRequest) -> None:
    page = (request.config.rootpath / "scripts" / "pairing_page.py").read_text("utf-8")
    example = re.search(r"```toml\n(.*?)```", page, re.DOTALL)
    assert example is not None
    settings = load_pairing(own(tmp_path, example[1])).settings
    assert (settings.rules.mode, settings.rules.links_bind, settings.costs.need_missed) == (
        Mode.QUOTA,
        True,
        20,
    )


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("[pairng]\nmode = 'quota'", "pairng：没有这一段，是不是 [pairing]"),
        ("[costs]\nneed_missed = 3", "costs：没有这一段，是不是 [pairing.costs]"),
        ("need_missed = 3", "need_missed：要写在 [pairing.costs] 下面"),
        ("links = 'hard'\n[pairing]", "links：要写在 [pairing] 下面"),
    ],
)
def test_what_stands_outside_its_table_is_not_passed_over(tmp_path: Path, text: str, told: str) -> None:
    with pytest.raises(JieminError) as raised:
        load_pairing(own(tmp_path, text))
    assert raised.value.message == f"政策文件有1处要改：\n  本县.toml：{told}"


def test_what_is_laid_down_of_subsidies_is_not_taken_for_pairing(tmp_path: Path) -> None:
    packaged = files("jiemin.policy").joinpath("tongxiang-2014.toml").read_text("utf-8")
    assert load_pairing(own(tmp_path, packaged)).settings == PairingSettings()
