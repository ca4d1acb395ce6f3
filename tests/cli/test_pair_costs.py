"""`jiemin pair rule costs` and the county's own limits and points."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from support.rosters import county

Run = Callable[..., Any]


def test_the_cost_table_and_where_each_value_comes_from(run: Run, tmp_path: Path) -> None:
    shown = run("pair", "rule", "costs")
    assert (shown.code, shown.err) == (0, "")
    assert any(
        line.split()[:5] == ["联系本镇", "10", "分", "costs.town_linked", "自带"]
        for line in shown.out.splitlines()
    )
    plain = run("pair", "rule", "costs", "--json").json["costs"]
    (tmp_path / "本县.toml").write_text("[pairing.costs]\ntown_linked = 12\n", "utf-8")
    own = run("--policy", "本县.toml", "pair", "rule", "costs", "--json").json["costs"]
    assert own["fingerprint"] != plain["fingerprint"]
    item = next(each for each in own["items"] if each["key"] == "costs.town_linked")
    assert item == {
        "key": "costs.town_linked",
        "name": "联系本镇",
        "value": 12,
        "unit": "分",
        "meaning": item["meaning"],
        "file": "本县.toml",
        "packaged": False,
    }
    assert sum(not each["packaged"] for each in own["items"]) == 1
    assert "本县.toml" in run("--policy", "本县.toml", "pair", "rule", "costs").out


def test_a_faulty_table_stops_pairing_before_it_begins(paired: Run, tmp_path: Path) -> None:
    (tmp_path / "本县.toml").write_text('[pairing]\nmode = "三对一"\nleader_max = 0\n', "utf-8")
    for words in (("pair", "--auto", "-y"), ("pair", "rule", "costs")):
        done = paired("--policy", "本县.toml", *words)
        assert (done.code, done.out) == (1, "")
        assert "政策文件有2处要改" in done.err


def test_the_countys_limits_hold(run: Run, tmp_path: Path) -> None:
    county(tmp_path, households=6, leaders=2, others=0)
    run("import", "households.xlsx")
    (tmp_path / "本县.toml").write_text("[pairing]\nleader_max = 2\n", "utf-8")
    done = run("--policy", "本县.toml", "pair", "--auto", "-y", "--json")
    assert done.code == 4
    assert len(done.json["run"]["unpaired_households"]) == 2
