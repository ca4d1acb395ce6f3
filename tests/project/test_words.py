"""What the program says: Chinese, for every wrong command line too, in glyphs a GBK console has."""

import ast
import re
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
import typer.main

from jiemin.cli.app import command_tree
from jiemin.cli.failures import guarded

WRONG = [
    [],
    ["frob"],
    ["household"],
    ["household", "lst"],
    ["household", "show"],
    ["household", "show", "沈月桂", "沈月英"],
    ["household", "list", "--town"],
    ["household", "exit", "沈月桂"],
    ["household", "exit", "沈月桂", "--reason", "收入超标", "--status", "在册"],
    ["household", "return"],
    ["household", "move", "沈月桂", "--on", "昨天"],
    ["household", "change-head", "沈月桂", "--to", "沈月英", "--died", "--left"],
    ["household", "split", "沈月桂", "--members", "，", "--head", "沈月英"],
    ["household", "split", "沈月桂", "--members", "沈月英", "--head", "沈月英", "--class", "贫困"],
    ["household", "merge", "沈月桂"],
    ["household", "history"],
    ["household", "birth", "沈月桂"],
    ["household", "birth", "沈月桂", "--name", "沈小宝", "--relation", "邻居"],
    ["household", "death", "沈月桂"],
    ["household", "marry", "沈月桂", "沈月英"],
    ["household", "marry", "沈月桂", "沈月英", "--out", "--into", "朱水根"],
    ["household", "join", "沈月桂", "--name", "沈小宝"],
    ["household", "join", "沈月桂", "--name", "沈小宝", "--reason", "收养", "--health", "一般"],
    ["household", "leave", "沈月桂", "沈月英"],
    ["household", "reclass", "沈月桂", "--class", "贫困", "--reason", "复核"],
    ["household", "reclass", "沈月桂", "--class", "低收入", "--reason", "复核", "--covered", "-1"],
    ["household", "reclass", "沈月桂", "--class", "低收入", "--reason", "复核", "--income-year", "多"],
    ["household", "show", "沈月桂", "--before", "昨天"],
    ["household", "list", "--as-of", "昨天"],
    ["household", "file"],
    ["household", "file", "--out", "档案.xlsx"],
    ["household", "file", "沈月桂", "--cadre", "陈卫国", "--out", "档案.xlsx"],
    ["cadre", "show"],
    ["cadre", "leave"],
    ["cadre", "leave", "陈卫国", "--on", "昨天"],
    ["cadre", "retire", "陈卫国", "--reason"],
    ["cadre", "transfer", "陈卫国"],
    ["cadre", "transfer", "陈卫国", "--unit", "市民政局", "--leader", "也许"],
    ["cadre", "return", "陈卫国"],
    ["cadre", "replace", "陈卫国"],
    ["pair"],
    ["pair", "--dry-run"],
    ["pair", "--auto", "list"],
    ["pair", "--auto", "--mode", "三对一"],
    ["pair", "--auto=1"],
    ["pair", "status", "--by", "村"],
    ["pair", "status", "--on", "昨天"],
    ["pair", "runs", "1"],
    ["pair", "run"],
    ["pair", "run", "show"],
    ["pair", "run", "show", "一"],
    ["pair", "--auto", "--rebalance", "--max-changes", "-1"],
    ["undo", "一"],
    ["pair", "add", "沈月桂"],
    ["pair", "add", "沈月桂", "陈卫国", "--role", "帮手"],
    ["pair", "end", "沈月桂", "陈卫国"],
    ["pair", "rule"],
    ["pair", "rule", "frob"],
    ["pair", "rule", "pin", "沈月桂"],
    ["pair", "rule", "bar", "沈月桂", "陈卫国"],
    ["pair", "rule", "kin", "陈卫国"],
    ["pair", "rule", "take", "市民政局"],
    ["pair", "rule", "end"],
    ["pair", "rule", "end", "P1", "--on", "昨天"],
    ["visit", "add"],
    ["visit", "add", "沈月桂", "--date"],
    ["visit", "add", "沈月桂", "--date", "2014-02-30"],
    ["visit", "add", "沈月桂", "--kind", "开会"],
    ["visit", "add", "沈月桂", "--gift-money", "几百"],
    ["visit", "add", "沈月桂", "--promise", "找活"],
    ["visit", "add", "沈月桂", "--promise", "找活", "--promise-due", "下月"],
    ["visit", "add", "沈月桂", "--promise", "找活", "--promise-due", "2014-07-01", "--plan", "9"],
    ["visit", "correct"],
    ["visit", "correct", "V1", "--reason", "错"],
    ["visit", "correct", "V1", "--deeds", "修灯"],
    ["visit", "void", "V1"],
    ["visit", "show"],
    ["visit", "needs-met", "V1"],
    ["visit", "list", "--from", "昨天"],
    ["visit", "due", "--quarter", "二季度"],
    ["visit", "remind"],
    ["visit", "remind", "--out", "提醒", "--quarter", "二季度"],
    ["visit", "due", "--by", "村"],
    ["survey"],
    ["survey", "add", "沈月桂"],
    ["survey", "add", "沈月桂", "--survey", "需求"],
    ["survey", "add", "沈月桂", "--survey", "四清了", "--complete"],
    ["survey", "list", "--by", "村"],
    ["measure"],
    ["measure", "add", "沈月桂", "--plan", "4"],
    ["measure", "add", "沈月桂", "--plan", "8", "--what", "修屋"],
    ["measure", "add", "沈月桂", "--plan", "4", "--what", "修屋", "--amount", "很多"],
    ["measure", "add", "沈月桂", "--plan", "4", "--what", "修屋", "--source", "自筹"],
    ["measure", "drop", "M000001"],
    ["measure", "change", "M000001"],
    ["condition", "set", "沈月桂"],
    ["condition", "set", "沈月桂", "工资"],
    ["story"],
    ["story", "add", "--title", "一口新灶", "--household", "沈月桂"],
    ["story", "add", "--title", "一口新灶", "--text", "正文", "--file", "事迹.txt", "--household", "沈月桂"],
    ["story", "add", "--text", "正文", "--household", "沈月桂"],
    ["story", "show"],
    ["story", "export"],
    ["inspect"],
    ["inspect", "draw"],
    ["inspect", "draw", "--reason", "督查", "--count", "0"],
    ["inspect", "draw", "--reason", "督查", "--by", "村"],
    ["inspect", "draw", "--reason", "督查", "--only", "一半"],
    ["inspect", "draw", "--reason", "督查", "--seed", "9223372036854775808"],
    ["inspect", "record", "X0001", "沈月桂"],
    ["inspect", "record", "X0001", "沈月桂", "--result", "还行"],
    ["inspect", "show"],
    ["inspect", "report"],
    ["subsidy"],
    ["subsidy", "compute", "--month", "2014-13"],
    ["subsidy", "compute", "--year", "一四年"],
    ["subsidy", "explain"],
    ["subsidy", "uplift", "--by", "村"],
    ["subsidy", "uplift", "--year", "2014", "--month", "2014-06"],
    ["subsidy", "simulate"],
    ["subsidy", "simulate", "--set", "dibao.rural=450", "--by", "村"],
    ["subsidy", "simulate", "--set", "dibao.rural=450", "--from", "七月"],
    ["report", "quarterly"],
    ["report", "quarterly", "--out"],
    ["report", "quarterly", "--out", "表.xlsx", "--quarter", "2014Q5"],
    ["report", "pairing", "附件1.xlsx"],
    ["template"],
    ["template", "学生", "--out", "表.xlsx"],
    ["export"],
    ["export", "--out", "表.xlsx", "--as-of", "昨天"],
    ["import"],
    ["import", "名册.xlsx", "--as-of", "昨天"],
    ["import", "名册.xlsx", "--end-missing", "2014-06-01"],
    ["duplicates", "merge", "A001"],
    ["duplicates", "--settled", "merge", "A001", "A002"],
    ["duplicates", "keep-apart", "A001", "A002", "--kind", "单位"],
    ["check", "帮扶"],
    ["check", "--gravity", "严重"],
    ["check", "--quarter", "二季度"],
    ["acknowledge"],
    ["acknowledge", "K301-A001"],
    ["status", "--jsn"],
    ["status", "--colour"],
    ["--today", "昨天", "status"],
    ["--db"],
    ["tour", "--dir"],
]


@pytest.fixture
def started_as_jiemin(monkeypatch: pytest.MonkeyPatch) -> None:
    """Usage lines name the program as it was started."""
    monkeypatch.setattr("sys.argv", ["jiemin"])
    monkeypatch.setattr(sys.modules["__main__"], "__package__", None)


@pytest.mark.parametrize("arguments", WRONG, ids=" ".join)
def test_a_wrong_command_line_is_told_in_chinese(
    arguments: list[str], started_as_jiemin: None, capfd: pytest.CaptureFixture[str]
) -> None:
    assert guarded(arguments) == 2
    told = capfd.readouterr()
    assert told.out == ""
    assert "用法：" in told.err or "错误：" in told.err
    assert english(told.err) <= english(" ".join(arguments)) | OUR_WORDS


def test_a_wrong_day_in_the_environment_is_told_in_chinese(
    started_as_jiemin: None, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("JIEMIN_TODAY", "2014-02-30")
    assert guarded(["status"]) == 2
    assert english(capfd.readouterr().err) <= OUR_WORDS


def english(text: str) -> set[str]:
    """The words of Latin letters in a text."""
    return set(re.findall(r"[A-Za-z]{2,}", text))


def _our_words() -> Iterator[str]:
    """Names of commands, options and settings, and what our own explanations say of them."""
    yield "jiemin --help Tab"
    waiting = [("jiemin", typer.main.get_command(command_tree()))]
    while waiting:
        name, command = waiting.pop()
        yield f"{name} {command.help}"
        for each in command.params:
            yield f"{' '.join([*each.opts, *each.secondary_opts])} {getattr(each, 'help', '')}"
            yield f"{getattr(each, 'envvar', '')} {getattr(each, 'default', '')}"
        waiting += getattr(command, "commands", {}).items()


OUR_WORDS = english(" ".join(_our_words())) - {"None"}

READING = {
    "compile",
    "sub",
    "search",
    "fullmatch",
    "match",
    "findall",
    "replace",
    "strip",
    "lstrip",
    "rstrip",
}
"""Calls whose literals tell what to look for in others' text, and are never shown."""

RANGE_OF_SIGNS = re.compile(r"\w-\w")
"""Part of a pattern kept in a constant, such as all Chinese characters."""


def test_every_glyph_of_ours_exists_in_gbk(package: dict[str, ast.Module]) -> None:
    strange = {
        (path, line, text)
        for path, tree in package.items()
        if path != "domain/spellings.py"  # how others write, never shown
        for line, text in shown(tree)
        if not in_gbk(text)
    }
    assert strange == set()


def test_every_glyph_of_the_data_files_exists_in_gbk(root: Path) -> None:
    files = sorted((root / "src" / "jiemin").rglob("*.toml"))
    assert files
    for file in files:
        assert in_gbk(repr(tomllib.loads(file.read_text("utf-8")))), file.name


def in_gbk(text: str) -> bool:
    """Whether a Chinese Windows console can show the text."""
    try:
        text.encode("gbk")
    except UnicodeEncodeError:
        return False
    return True


def shown(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """(line, text) of every literal that may reach a screen or a form."""
    unseen = {id(node) for call in ast.walk(tree) for sought in _sought(call) for node in ast.walk(sought)}
    unseen |= {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef)
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in unseen:
            yield node.lineno, RANGE_OF_SIGNS.sub("", node.value)


def _sought(node: ast.AST) -> list[ast.expr]:
    """The first argument of a call that looks for it in others' text."""
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr in READING:
        return node.args[:1]
    return []


def test_the_search_for_glyphs_sees_what_is_shown_and_only_that() -> None:
    source = 'say(f"已导入{n}户 ✓"); name.replace("•", "·"); re.compile("¥"); NAMES = {"甲": "①"}'
    assert [text for _, text in shown(ast.parse(source)) if not in_gbk(text)] == ["户 ✓"]
