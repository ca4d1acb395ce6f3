"""The screen: widths, plain tables, terminals, streams."""

import io
import sys

import pytest

from jiemin.cli.screen import Screen, plain, width


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_columns_align_by_what_characters_take(capsys: pytest.CaptureFixture[str]) -> None:
    Screen().table(["户编号", "户主"], [["A1", "沈阿大"], ["A1234567", "朱"]])
    lines = capsys.readouterr().out.splitlines()
    assert lines == ["户编号    户主", "A1        沈阿大", "A1234567  朱"]
    assert {width(line[: line.index(mark)]) for line, mark in zip(lines, "户沈朱", strict=True)} >= {10}


def test_a_table_without_rows_says_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    Screen().table(["a"], [], "标题")
    assert capsys.readouterr().out == ""


def test_on_a_terminal_markup_in_data_is_only_text(monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = Terminal()
    monkeypatch.setattr(sys, "stdout", terminal)
    Screen().table(["备注"], [["[red]不是颜色[/red]"]], "名单")
    assert "[red]不是颜色[/red]" in terminal.getvalue()
    assert "名单" in terminal.getvalue()


def test_progress_is_silent_where_nobody_watches(capsys: pytest.CaptureFixture[str]) -> None:
    with Screen().progress("读取") as show:
        show("读取", 1, 2)
    assert capsys.readouterr().err == ""


def test_progress_on_a_terminal_goes_to_stderr(monkeypatch: pytest.MonkeyPatch) -> None:
    terminal, result = Terminal(), Terminal()
    monkeypatch.setattr(sys, "stderr", terminal)
    monkeypatch.setattr(sys, "stdout", result)
    with Screen().progress("读取") as show:
        show("核对 [b]困难家庭", 1, 2)
    assert "核对 [b]困难家庭" in terminal.getvalue()
    assert result.getvalue() == ""


@pytest.mark.parametrize(
    ("raw", "shown"), [("a\x1b[31m", "a?[31m"), ("好\u202e", "好?"), ("两\n行", "两\n行")]
)
def test_control_characters_are_replaced(raw: str, shown: str) -> None:
    assert plain(raw) == shown


def test_names_beyond_gbk_do_not_break_a_console_that_speaks_it(monkeypatch: pytest.MonkeyPatch) -> None:
    raw = io.BytesIO()
    monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(raw, encoding="gbk"))
    screen = Screen()
    screen.say("户主䶮")
    screen.json({"name": "䶮"})
    sys.stdout.flush()
    shown = raw.getvalue()
    assert shown.startswith("户主?".encode("gbk"))
    assert '"䶮"'.encode() in shown
