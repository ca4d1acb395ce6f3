"""Who is what to the new head, and how many there are: certain, or left blank."""

import pytest

from jiemin.domain.codes import Relation, Sex
from jiemin.domain.household_events import covered_by_members, relation_to_new_head, size_by_members

MAN, WOMAN = Sex.MALE, Sex.FEMALE


def derived(new_head: str, member: str, old: Sex | None = MAN, own: Sex | None = WOMAN) -> str | None:
    return relation_to_new_head(Relation(new_head), Relation(member), old_head_sex=old, member_sex=own)


@pytest.mark.parametrize(
    ("new_head", "old_head_sex", "old_head_becomes"),
    [
        ("配偶", MAN, "配偶"),
        ("子", MAN, "父"),
        ("女", WOMAN, "母"),
        ("父", WOMAN, "女"),
        ("母", MAN, "子"),
        ("兄弟姐妹", None, "兄弟姐妹"),
        ("孙女", MAN, "祖父"),
        ("外孙子", WOMAN, "祖母"),
        ("儿媳", MAN, "配偶父母"),
        ("女婿", WOMAN, "配偶父母"),
        ("配偶父母", MAN, "女婿"),
        ("配偶父母", WOMAN, "儿媳"),
        ("子", None, None),
        ("祖父", MAN, None),
        ("其他", MAN, None),
    ],
)
def test_the_old_head_becomes(new_head: str, old_head_sex: Sex | None, old_head_becomes: str | None) -> None:
    assert derived(new_head, "户主", old_head_sex) == old_head_becomes


@pytest.mark.parametrize(
    ("new_head", "member", "sex", "becomes"),
    [
        ("配偶", "子", MAN, "子"),
        ("配偶", "女", WOMAN, "女"),
        ("配偶", "儿媳", WOMAN, "儿媳"),
        ("配偶", "外孙女", WOMAN, "外孙女"),
        ("配偶", "母", WOMAN, "配偶父母"),
        ("配偶", "配偶父母", MAN, "父"),
        ("配偶", "配偶父母", None, None),
        ("配偶", "兄弟姐妹", MAN, None),
        ("子", "配偶", WOMAN, "母"),
        ("女", "配偶", MAN, "父"),
        ("子", "女", WOMAN, "兄弟姐妹"),
        ("子", "母", WOMAN, "祖母"),
        ("子", "儿媳", WOMAN, None),
        ("女", "孙子", MAN, None),
        ("父", "配偶", WOMAN, "儿媳"),
        ("母", "兄弟姐妹", MAN, "子"),
        ("父", "母", WOMAN, None),
        ("孙子", "配偶", WOMAN, "祖母"),
        ("孙子", "孙女", WOMAN, None),
        ("儿媳", "配偶", WOMAN, "配偶父母"),
        ("儿媳", "子", MAN, None),
        ("兄弟姐妹", "父", MAN, "父"),
        ("兄弟姐妹", "兄弟姐妹", MAN, "兄弟姐妹"),
        ("兄弟姐妹", "女", WOMAN, None),
        ("其他", "子", MAN, None),
        ("祖母", "父", MAN, None),
    ],
)
def test_a_member_becomes(new_head: str, member: str, sex: Sex | None, becomes: str | None) -> None:
    assert derived(new_head, member, own=sex) == becomes


def test_a_child_of_the_old_head_is_the_grandchild_of_its_parent_through_a_son_or_a_daughter() -> None:
    assert derived("父", "子", MAN) == "孙子"
    assert derived("母", "女", WOMAN) == "外孙女"
    assert derived("母", "女", None) is None


def test_what_was_not_known_stays_unknown() -> None:
    assert relation_to_new_head(None, Relation.SON, old_head_sex=MAN, member_sex=MAN) is None
    assert relation_to_new_head(Relation.SON, None, old_head_sex=MAN, member_sex=MAN) is None


def test_numbers_are_counted_again_only_where_members_gave_them() -> None:
    assert size_by_members(3, 3, 2) == 2
    assert size_by_members(3, 1, 2) is None
    assert size_by_members(None, 0, 2) is None
    assert covered_by_members(2, [True, True, False], [True]) == 1
    assert covered_by_members(2, [True, None, True], [True]) is None
    assert covered_by_members(3, [True, True, False], [True]) is None
    assert covered_by_members(None, [False], [False]) is None
