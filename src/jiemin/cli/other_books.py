"""Telling the clerk that money on record was computed with another policy file than the one in use now."""

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from jiemin.cli.context import AppContext
    from jiemin.cli.screen import Screen
    from jiemin.storage.database import Database
    from jiemin.usecases.books_of_runs import OtherBooks

_SHOWN = 6


def tell_other_books(screen: "Screen", found: "OtherBooks", *, own_file: bool) -> None:
    """Which runs, and which values are not in use any more; nothing where there are none."""
    if not found.runs:
        return
    used = "这次的政策文件" if own_file else "这次没有用 --policy 指明政策文件，程序自带的标准"
    runs = "、".join(found.runs[:3]) + (f"等{len(found.runs)}批" if len(found.runs) > 3 else "")
    screen.tell(f"提醒：{runs}是用另一份政策文件算的，{used}里没有或不同的有{len(found.values)}项：")
    for each in found.values[:_SHOWN]:
        now = f"，现在是{each.new}" if each.new else "，现在没有"
        screen.tell(f"  {each.parameter.title}：{each.start}起{each.old}{now}")
    if len(found.values) > _SHOWN:
        screen.tell(f"  还有{len(found.values) - _SHOWN}项")


def remind_of_other_books(context: "AppContext", database: "Database") -> None:
    """Where no policy file is named and runs on record used one, tell that; a file newly named is meant."""
    from jiemin.usecases.books_of_runs import other_books

    if context.policy_option is None:
        found = other_books(database, context.book(), approved=False)
        tell_other_books(context.screen, found, own_file=False)


def other_books_shape(found: "OtherBooks") -> dict[str, Any]:
    """The runs, and the values by their parameters."""
    return {
        "runs": list(found.runs),
        "values": [
            {
                "parameter": each.parameter.key,
                "from": each.start.isoformat() if each.start else None,
                "then": each.old,
                "now": each.new or None,
            }
            for each in found.values
        ],
    }
