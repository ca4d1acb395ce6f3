"""Policy books on the screen."""

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from jiemin.domain.policy import Basis, Book, DatedValue, MidPeriod
from jiemin.domain.policy.compare import Change
from jiemin.domain.policy.words import BASIS_WORDS, MID_PERIOD_WORDS, span_words, stated_words

if TYPE_CHECKING:
    from jiemin.cli.screen import Screen
    from jiemin.domain.entitlement import Item
    from jiemin.domain.entitlement.uses import Uses
    from jiemin.usecases.compare_policies import Comparison, FileCheck
    from jiemin.usecases.list_policy import PolicyDetail, PolicyLine, PolicyList

_SHORT = 12
"""So many characters of a fingerprint are shown."""


def show_list(screen: "Screen", listed: "PolicyList", book: Book, day: date) -> None:
    """What is in force on the day, then what the county has not stated."""
    screen.table(
        ["名称", "数值", "起", "文号", "条款", "说明", "来源", "参数"],
        [_row(each, book, day) for each in listed.stated],
    )
    if listed.unstated:
        screen.table(
            ["名称", "单位", "没有它", "参数"],
            [
                [each.parameter.title, each.parameter.unit.value, without(each.uses), each.parameter.key]
                for each in listed.unstated
            ],
            title="\n县里没有定的",
        )
    screen.say(f"{day}，政策文件指纹 {book.fingerprint[:_SHORT]}")
    _say_not_given(screen, listed.not_given)
    if listed.unstated:
        screen.say("要填的列成一个文件：jiemin policy template --out 本县.toml")


def _row(line: "PolicyLine", book: Book, day: date) -> list[str]:
    known, parameter = line.known, line.parameter
    shown = [known.shown, str(known.stated.start)] if known else ["这一天没有数值", ""]
    origin = [known.stated.document, known.stated.clause] if known else ["", ""]
    return [
        parameter.title,
        *shown,
        *origin,
        "；".join(_notes(line, book, day)),
        "自带" if line.packaged else line.file,
        parameter.key,
    ]


def _notes(line: "PolicyLine", book: Book, day: date) -> list[str]:
    notes, known, coming = [], line.known, line.coming
    if known and known.stated.assumed:
        notes.append("推定")
    if known and known.stated.issued > day:
        notes.append(f"{known.stated.issued}才印发")
    if coming:
        notes.append(f"{coming.start}起{stated_words(book, line.parameter, coming)}")
    if line.parameter.mid_period is not MidPeriod.LAST_DAY:
        notes.append(MID_PERIOD_WORDS[line.parameter.mid_period])
    return notes


def without(uses: "Uses") -> str:
    """What comes of a parameter nobody states: `不算医疗救助`."""
    if uses.needed_by:
        return f"不算{'、'.join(uses.needed_by)}"
    if uses.one_for:
        return f"{'、'.join(uses.one_for)}的几项都没有，就不算"
    return f"用到时算不出{'、'.join(uses.items)}" if uses.items else ""


def show_detail(screen: "Screen", detail: "PolicyDetail", book: Book, day: date) -> None:
    """One parameter, read aloud value by value."""
    line, parameter = detail.line, detail.line.parameter
    screen.say(f"{parameter.title}（{parameter.key}），单位：{parameter.unit.value}")
    for word, meaning in parameter.choices.items():
        screen.say(f"  {word}：{meaning}")
    screen.say(f"用于：{'、'.join(line.uses.items) or '没有补助用它'}")
    if detail.lifts:
        screen.say(f"这些标准不能低于它的几成：{'、'.join(each.title for each in detail.lifts)}")
    screen.say(f"{MID_PERIOD_WORDS[parameter.mid_period]}（{parameter.mid_period}）")
    if parameter.checked:
        screen.say(f"{parameter.checked}与文件核对过")
    if not parameter.values:
        screen.say(f"县里没有定，没有数值；{without(line.uses)}".rstrip("；"))
        return
    screen.say(f"数值来自：{'程序自带的' if line.packaged else ''}{line.file}")
    for value in parameter.values:
        _say_value(screen, detail, book, value, day)
    if line.known is None:
        screen.say(f"\n{day}没有数值")


def _say_value(screen: "Screen", detail: "PolicyDetail", book: Book, value: DatedValue, day: date) -> None:
    known = detail.line.known
    in_force = f"（{day}用的是这一条，{known.shown}）" if known and known.stated == value else ""
    words = stated_words(book, detail.line.parameter, value)
    screen.say(f"\n{span_words(value)}：{words}，{BASIS_WORDS[value.basis]}{in_force}")
    screen.say(f"  出自：{value.document} {value.clause}，{value.issued}印发")
    if value.issued > day:
        screen.say(f"  {day}还没有印发")
    if value.quote:
        screen.say(f"  原文：“{value.quote}”")
    if value.note:
        screen.say(f"  {'推定' if value.assumed else '说明'}：{value.note}")


def show_check(screen: "Screen", checked: "FileCheck") -> None:
    """The faults or, without any, what the file changes and what is still not stated."""
    if checked.faults:
        screen.say(f"{checked.file}有{len(checked.faults)}处要改：")
        for fault in checked.faults:
            screen.say(f"  {fault.place}：{fault.what}" if fault.place else f"  {fault.what}")
        screen.say("改好后再检查一遍；写法见说明书的“政策文件”一章")
        return
    if checked.changes or checked.settings:
        screen.say(f"{checked.file}没有错，与程序自带的不同的：")
    else:
        screen.say(f"{checked.file}里什么都还没有写，与程序自带的一样")
    _change_table(screen, checked.changes)
    screen.table(
        ["结对和检查的规定", "自带", "改为", "写法"],
        [
            [each.own.name, str(each.packaged.value), str(each.own.value), f"[{each.table}] {each.own.key}"]
            for each in checked.settings
        ],
    )
    for gap in checked.gaps:
        screen.say(
            f"注意：{gap.parameter.title}改成了从{gap.own_start}起才有，{gap.start}起原来的没有了，"
            "以前的月份会算不出；原来的要照抄在前面，jiemin policy template 的第四部分里有"
        )
    if checked.unstated:
        screen.say(f"县里没有定的还有{checked.unstated}项")
    _say_not_given(screen, checked.not_given)
    if checked.changes and not checked.gaps:
        screen.say(f"以后用它计算：jiemin --policy {checked.file} subsidy compute")


def show_comparison(screen: "Screen", compared: "Comparison") -> None:
    """Old and new, value by value."""
    if not compared.changes:
        screen.say(f"{compared.new.name}与{compared.old.name}没有不同")
        return
    screen.say(f"{compared.new.name}与{compared.old.name}相比：")
    _change_table(screen, compared.changes)
    titles = {change.parameter.key for change in compared.changes}
    screen.say(f"共{len(titles)}项标准不同")


def _change_table(screen: "Screen", changes: Sequence[Change]) -> None:
    screen.table(["标准", "从何时", "原来", "改为", "参数"], [_change(each) for each in changes])


def _change(change: Change) -> list[str]:
    nature = "（提标）" if change.basis is Basis.RAISE else ""
    when = f"{change.start}起{nature}" if change.start else change.what
    return [
        change.parameter.title,
        when,
        change.old or "没有",
        change.new or "没有",
        change.parameter.key,
    ]


def _say_not_given(screen: "Screen", items: "Sequence[Item]") -> None:
    if items:
        screen.say(f"因为缺标准，不算的补助：{'、'.join(items)}")
