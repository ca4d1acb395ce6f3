"""A person entered twice becomes one."""

from typing import Any

from jiemin.domain.codes import Relation
from jiemin.domain.duplicates import Kind
from jiemin.domain.merging import blank, overruled
from jiemin.domain.spans import Held
from jiemin.errors import JieminError
from jiemin.storage.alias_tables import PersonAlias
from jiemin.storage.duplicates import person_ref
from jiemin.storage.merging import held_rows, last_begun, rows_where
from jiemin.storage.tables import Household, Membership, Person, PersonSpan
from jiemin.usecases.merging.aid_cases import move_cases_of_person
from jiemin.usecases.merging.merge import Merge, add, as_json

_OF_THE_NUMBER = ("id_number", "id_raw", "id_valid", "sex", "birth")
_LASTING = ("name", *_OF_THE_NUMBER)
_PLACES = frozenset({"household_id", "person_id", "id_valid"})
"""What no roster tells of a person, or tells as the place where it speaks of him or her."""


def check(merge: Merge, one: int, other: int) -> None:
    """Raise `JieminError` unless one person may become the other: two valid numbers are two persons,
    and no household may lose its head by it."""
    kept, gone = _row(merge, one), _row(merge, other)
    if kept["id_valid"] and gone["id_valid"]:
        raise JieminError(
            f"{kept['name']}和{gone['name']}的身份证号都有效而且不同，不是同一个人",
            f"确认是两个人：jiemin duplicates keep-apart {person_ref(one)} {person_ref(other)}",
        )
    own = held_rows(merge.connection, Membership, "person_id", [one])
    for span in held_rows(merge.connection, Membership, "person_id", [other]):
        if span.state["relation"] == Relation.HEAD:
            _check_head(merge, span, own, one, other)


def _check_head(merge: Merge, span: Held, own: list[Held], one: int, other: int) -> None:
    """The household that the duplicate heads must have the record for its head on the same days."""
    household = span.state["household_id"]
    for each in own:
        if each.start >= span.end or span.start >= each.end or each.state["household_id"] == household:
            continue
        number = _number(merge, household)
        if each.state["relation"] == Relation.HEAD:
            raise JieminError(
                f"两个人各是一户的户主：{_number(merge, each.state['household_id'])}、{number}",
                f"合并两户：jiemin duplicates merge {_number(merge, each.state['household_id'])} {number}",
            )
        raise JieminError(
            f"{person_ref(other)}是{number}的户主，并入后这一户就没有户主了",
            f"把先后换过来：jiemin duplicates merge {person_ref(other)} {person_ref(one)}",
        )
    if any(
        each.state["household_id"] == household and each.state["relation"] != Relation.HEAD
        for each in own
        if each.start < span.end and span.start < each.end
    ):
        raise JieminError(
            f"{person_ref(other)}是户主，{person_ref(one)}不是",
            f"把先后换过来：jiemin duplicates merge {person_ref(other)} {person_ref(one)}",
        )


def merge_persons(merge: Merge, one: int, other: int) -> None:
    """Let the person `other` become `one`."""
    kept, gone = _row(merge, one), _row(merge, other)
    home = last_begun(held_rows(merge.connection, Membership, "person_id", [other]), merge.day)
    settled = merge.lay(Membership, "person_id", one, other)
    for name, values in merge.lay(PersonSpan, "person_id", one, other).items():
        for value in values:
            add(settled, {name: value})
    merge.hand_over(PersonAlias, "person_id", one, other)
    move_cases_of_person(merge, one, other)
    merge.keep_apart_too(Kind.PERSON, one, other)
    merge.door.delete(Person, [other])
    told = _lasting(kept, gone)
    merge.door.update(Person, [{"id": one, **told}])
    add(settled, overruled({name: gone[name] for name in _LASTING}, told))
    alias = {
        "person_id": one,
        "reference": person_ref(other),
        "household_id": home.state["household_id"] if home else None,
        "name": gone["name"],
        "birth": gone["birth"],
        "day": merge.day,
        "settled": as_json({name: values for name, values in settled.items() if name not in _PLACES}),
    }
    merge.door.insert(PersonAlias, [alias])
    merge.moved["person"] += 1


def _lasting(kept: dict[str, Any], gone: dict[str, Any]) -> dict[str, Any]:
    """The record's lasting fields: a valid number goes before one that is not, with the birth and sex it
    tells; otherwise blanks alone are filled."""
    told = {name: kept[name] for name in _LASTING}
    if gone["id_valid"] and not kept["id_valid"]:
        return told | {name: gone[name] for name in _OF_THE_NUMBER}
    if blank(kept["id_number"]) and blank(kept["id_raw"]):
        told |= {name: gone[name] for name in ("id_number", "id_raw")}
    return told | {name: gone[name] for name in ("sex", "birth") if blank(kept[name])}


def _row(merge: Merge, person: int) -> dict[str, Any]:
    return rows_where(merge.connection, Person, "id", person)[0]


def _number(merge: Merge, household: int) -> str:
    return str(rows_where(merge.connection, Household, "id", household)[0]["household_no"])
