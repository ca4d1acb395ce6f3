"""A policy file for the county to fill in: asks for what nobody has stated, offers what may be chosen.

The standards of the notice stand at the end as they are, so that a raise can be added to them: what a
county's file says of a parameter takes the place of all its values.

Every line to be filled in begins with `#` and no blank, what is only to be read with `# `; so the file
as it is written states nothing.
"""

from collections.abc import Iterator
from datetime import date

from jiemin.domain.entitlement.uses import Uses, uses_of_parameters
from jiemin.domain.policy import Basis, Book, DatedValue, Parameter, Unit
from jiemin.domain.policy.text import value_lines, written

_HEAD = """\
# 本县的政策文件：上级通知没有定、要县里定的数值。现在什么都还没有写。
#
# 怎么填：要写哪一项，就把那一段里紧跟文字的 # 去掉（“# ”开头的是说明，不用动），填上等号后面的内容。
#   from      从哪一天起执行，如 2014-01-01，不加引号；用到下一条为止，也可以加一行 to 写最后一天
#   issued    文件印发的日期，如 2014-01-01
#   value     数值，单位写在上面；元最多两位小数，不加引号；选项是英文，加引号
#   document  文号，加半角引号；clause 条款，加半角引号
#   basis     "existing" 原有的，"raise" 通知带来的提标；有提标的，先写原有的一段，再加提标的一段
# 以后又变了，在后面再加一段，不要改旧的：以前月份的补助还要按旧的解释。
#
# 一个月、一年的中途变了，按最后一天的算（mid_period = "last_day"）；也可以写 "first_day" 按第一天，
# 按年的金额还可以写 "by_month" 按月折算。
#
# 填好后检查：jiemin policy check 这个文件；以后运行：jiemin --policy 这个文件 …
"""
_MISSING = "# ==== 一、县里要定的：没有写的，用到它的补助就不算 ====\n"
_NOTHING_MISSING = "# ==== 一、县里要定的：都已经写了 ====\n"
_CHOICES = "# ==== 二、可以选的：不写就按现在的 ====\n"
_ASSUMED = "# ==== 三、通知没有写、现在推定的：不写就按现在的 ====\n"
_STATED = """\
# ==== 四、通知已经写了的：以后又调整的，写在这里 ====
#
# 把那一段的 # 全部去掉，只填最后的一条；原来的几条要留着，不然以前的月份就没有标准，算不出了。
"""


def county_template(book: Book, day: date) -> str:
    """The file's text: of this book the parameters without values, then its settings, then the numbers of
    which the notice says nothing, each with the value of `day`, last the notice's own with all values."""
    uses = uses_of_parameters(book)
    parameters = tuple(book.parameters.values())
    missing = [each for each in parameters if not each.values]
    settings = [each for each in parameters if each.values and each.unit is Unit.SETTING]
    silent = [
        each
        for each in parameters
        if each.values and each not in settings and all(v.assumed and not v.quote for v in each.values)
    ]
    quoted = [
        each
        for each in parameters
        if each not in settings and each not in silent and any(value.quote for value in each.values)
    ]
    parts = [
        _HEAD,
        _MISSING if missing else _NOTHING_MISSING,
        *(_block(each, uses[each.key], None) for each in missing),
        _CHOICES,
        *(_block(each, uses[each.key], _in_force(each, day)) for each in settings),
        _ASSUMED,
        *(_block(each, uses[each.key], _in_force(each, day)) for each in silent),
        *([_STATED] if quoted else []),
        *(_kept_block(each, uses[each.key]) for each in quoted),
    ]
    return "\n".join(parts)


def _in_force(parameter: Parameter, day: date) -> DatedValue:
    """The value last begun by the day, else the first to come."""
    begun = [value for value in parameter.values if value.start <= day]
    return begun[-1] if begun else parameter.values[0]


def _block(parameter: Parameter, uses: Uses, now: DatedValue | None) -> str:
    return "".join(f"{line}\n" for line in (*_told(parameter, uses, now), *_asked(parameter, now)))


def _kept_block(parameter: Parameter, uses: Uses) -> str:
    """The values as they are, and one more to be filled in."""
    lines = [*_told(parameter, uses, None), *_form(parameter)]
    for value in parameter.values:
        lines += (
            f"#[[{parameter.key}.values]]",
            *(f"#{line}" for line in value_lines(parameter.unit, value)),
        )
    lines += ("# 新的一条：", *_empty(parameter, Basis.RAISE))
    return "".join(f"{line}\n" for line in lines)


def _told(parameter: Parameter, uses: Uses, now: DatedValue | None) -> Iterator[str]:
    """What it is, what for, and what holds now."""
    yield f"# {parameter.title}，单位：{parameter.unit.value}"
    for word, meaning in parameter.choices.items():
        present = "（现在的）" if now and word == now.value else ""
        yield f"#   {word}  {meaning}{present}"
    if now and not parameter.choices:
        yield f"#   现在：{parameter.show(now.value)}"
    if uses.items:
        purpose = "、".join(uses.items)
        yield f"#   用来算：{purpose}{_without(uses)}。通知的条款：{'、'.join(uses.clauses)}"


def _without(uses: Uses) -> str:
    if uses.needed_by:
        return f"；不写，就不算{'、'.join(uses.needed_by)}"
    if uses.one_for:
        return f"；{'、'.join(uses.one_for)}的几项里至少写一项才算"
    return ""


def _asked(parameter: Parameter, now: DatedValue | None) -> Iterator[str]:
    """The lines to be filled in; of what has a value they hold it, and the day it begins."""
    yield from _form(parameter)
    yield from _empty(parameter, Basis.EXISTING, now)


def _form(parameter: Parameter) -> Iterator[str]:
    if parameter.unit.is_yearly_money:
        yield f"#[{parameter.key}]"
        yield f'#mid_period = "{parameter.mid_period}"'


def _empty(parameter: Parameter, basis: Basis, now: DatedValue | None = None) -> Iterator[str]:
    yield f"#[[{parameter.key}.values]]"
    yield f"#from = {now.start.isoformat()}" if now else "#from ="
    yield "#issued ="
    yield f"#value = {written(parameter.unit, now.value)}" if now else "#value ="
    yield '#document = ""'
    yield '#clause = ""'
    yield f'#basis = "{basis}"'
