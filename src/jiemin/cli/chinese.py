"""Typer's own words in Chinese: help pages, and sentences for a command line that is wrong.

Typer writes them as English constants. This file alone knows them; a test runs every kind of
usage fault and looks for English left over.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from textwrap import indent
from typing import Any, TypeVar

import typer
from typer.core import TyperCommand, TyperGroup

from jiemin.cli.screen import width

F = TypeVar("F", bound=Callable[..., Any])

_INDENT = "  "
_TYPE = re.compile(r" <[^<>]+>(?:\.\.\.)?$")
_WORDS = (
    (re.compile(r"\[required\]"), "[必填]"),
    (re.compile(r"; required\]"), "；必填]"),
    (re.compile(r"\[default: (.*?)\]"), r"[默认 \1]"),
    (re.compile(r"\[env var: (.*?)\]"), r"[环境变量 \1]"),
    (re.compile(r"^Show this message and exit\.$"), "显示本说明"),
    (re.compile(r"^Install completion for the current shell\.$"), "给当前命令行安装按 Tab 补全"),
    (
        re.compile(r"^Show completion for the current shell, to copy it or customize the installation\.$"),
        "显示补全脚本，供手工安装",
    ),
)
_SENTENCES = (
    (
        re.compile(r"No such option: (?P<what>\S+)(?: \(Possible options: (?P<near>.*)\))?"),
        "没有选项“{what}”{near}",
    ),
    (
        re.compile(r"No such command '(?P<what>.*?)'\.?(?: Did you mean (?P<near>.*)\?)?"),
        "没有命令“{what}”{near}",
    ),
    (re.compile(r"Missing command\.?"), "没有写要做什么"),
    (re.compile(r"Got unexpected extra argument\(s\) \((?P<what>.*)\)"), "多写了“{what}”"),
    (re.compile(r"Option '(?P<what>.*?)' requires .*"), "选项“{what}”后面没有写值"),
    (re.compile(r"Option '(?P<what>.*?)' does not take a value\."), "选项“{what}”后面不能写值"),
    (
        re.compile(r"Missing (?:argument|option|parameter) '?(?P<what>.*?)'?\.(?: .*)?", re.DOTALL),
        "缺少“{what}”",
    ),
    (
        re.compile(r"Invalid value for '?(?P<what>.*?)'?: Input should be a valid integer.*", re.DOTALL),
        "{what}应是一个整数",
    ),
    (
        re.compile(
            r"Invalid value for '?(?P<what>.*?)'?: Input should be greater than or equal to (?P<why>.*)"
        ),
        "{what}不能小于{why}",
    ),
    (
        re.compile(
            r"Invalid value(?: for '?(?P<what>.*?)'?(?: \(env var: '.*?'\))?)?: (?P<why>.*)", re.DOTALL
        ),
        "{what}写得不对：{why}",
    ),
)


class _Page:
    """A help page in Chinese, its columns aligned by the width of the characters."""

    def format_help(self, ctx: Any, formatter: Any) -> None:
        """Write the page; in place of Typer's own."""
        formatter.write(_page(self, ctx))

    def format_usage(self, ctx: Any, formatter: Any) -> None:
        """Write the usage line alone; in place of Typer's own."""
        formatter.write(_usage(self, ctx) + "\n")


class ChineseCommand(_Page, TyperCommand):
    """A command that explains itself in Chinese."""


class ChineseGroup(_Page, TyperGroup):
    """A group of commands that explains itself in Chinese."""


class ChineseTyper(typer.Typer):
    """A group of commands; run bare it shows its help page."""

    def __init__(self, explanation: str, **settings: Any) -> None:
        settings = {"no_args_is_help": True, "pretty_exceptions_enable": False} | settings
        super().__init__(cls=ChineseGroup, help=explanation, rich_markup_mode=None, **settings)

    def command(self, name: str | None = None, **settings: Any) -> Callable[[F], F]:
        """Register a command of that name."""
        return super().command(name, cls=ChineseCommand, **settings)


def usage_sentence(fault: typer.TyperException) -> str:
    """What is wrong with the command line, and how to see its usage.

    A bare group is no fault of words: its help page is the answer.
    """
    if type(fault).__name__ == "NoArgsIsHelpError":
        return fault.format_message()
    sentence = _sentence(fault.format_message())
    ctx = getattr(fault, "ctx", None)
    if ctx is None:
        return f"错误：{sentence}"
    usage = _usage(ctx.command, ctx)
    return f"错误：{sentence}\n{usage}\n办法：看说明：{ctx.command_path} --help"


def _sentence(message: str) -> str:
    for pattern, sentence in _SENTENCES:
        match = pattern.fullmatch(message)
        if match:
            told = match.groupdict(default="")
            near = re.sub(r"[' ]", "", told.get("near", "")).replace(",", "、")
            return sentence.format(
                what=told.get("what", ""), why=told.get("why", ""), near=f"，是不是 {near}" if near else ""
            )
    return message


def _page(command: Any, ctx: Any) -> str:
    parts = [_usage(command, ctx)]
    if command.help:
        parts.append(indent(command.help.strip(), _INDENT))
    records = [(each.param_type_name, each.get_help_record(ctx)) for each in command.get_params(ctx)]
    shown = [
        (kind, (_TYPE.sub("", name), _chinese(text)))
        for kind, record in records
        if record
        for name, text in [record]
    ]
    parts += _section("参数", [row for kind, row in shown if kind == "argument"])
    parts += _section("选项", [row for kind, row in shown if kind == "option"])
    parts += _section("命令", _commands(command, ctx))
    return "\n\n".join(parts) + "\n"


def _commands(command: Any, ctx: Any) -> list[tuple[str, str]]:
    if not isinstance(command, TyperGroup):
        return []
    named = [(name, command.get_command(ctx, name)) for name in command.list_commands(ctx)]
    return [
        (name, (each.help or "").strip().split("\n")[0]) for name, each in named if each and not each.hidden
    ]


def _usage(command: Any, ctx: Any) -> str:
    pieces = " ".join(command.collect_usage_pieces(ctx))
    pieces = pieces.replace("[OPTIONS]", "[选项]").replace("COMMAND [ARGS]...", "命令 [参数]...")
    return f"用法：{ctx.command_path} {re.sub('[{}]', '', pieces)}"


def _section(title: str, rows: Sequence[tuple[str, str]]) -> list[str]:
    if not rows:
        return []
    room = max(width(name) for name, _ in rows) + 2
    return ["\n".join([f"{title}：", *_lines(rows, room)])]


def _lines(rows: Iterable[tuple[str, str]], room: int) -> Iterable[str]:
    for name, text in rows:
        yield f"{_INDENT}{name}{' ' * (room - width(name))}{text}".rstrip()


def _chinese(text: str) -> str:
    for pattern, words in _WORDS:
        text = pattern.sub(words, text)
    return text
