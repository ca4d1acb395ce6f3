"""Invented cadres in 60 units, each unit linked with a town, most with villages too."""

from collections.abc import Iterator
from dataclasses import dataclass
from random import Random

from sample.names import Registry
from sample.places import Place

from jiemin.domain.codes import Sex

_CADRES = 640
_TOWN_STAFF = 15

_DEPARTMENTS = (
    "市委办公室 市政府办公室 市纪委 市委组织部 市委宣传部 市文明办 市委统战部 市委政法委 市农办 市总工会 "
    "团市委 市妇联 市残联 市红十字会 市工商联 市科协 市民政局 市慈善总会 市人力社保局 市教育局 市卫生局 "
    "市住建局 市财政局 市发改局 市经信局 市科技局 市公安局 市司法局 市国土资源局 市交通运输局 市水利局 "
    "市农业经济局 市商务局 市文广新局 市环保局 市统计局 市审计局 市旅游局 市安监局 市市场监管局 市供销总社 "
    "市第一人民医院 市中医医院 市疾控中心 市高级中学 市特殊教育学校 市农村信用联社 市供电公司"
).split()
_HEADS = {
    "市委": "副主任",
    "市政府办公室": "副主任",
    "市纪委": "副书记",
    "市文明办": "主任",
    "市农办": "主任",
    "市总工会": "副主席",
    "团市委": "书记",
    "市妇联": "主席",
    "市残联": "理事长",
    "市红十字会": "会长",
    "市工商联": "主席",
    "市科协": "主席",
    "市慈善总会": "会长",
    "市供销总社": "主任",
    "医院": "院长",
    "市疾控中心": "主任",
    "中学": "校长",
    "学校": "校长",
    "市农村信用联社": "理事长",
    "市供电公司": "总经理",
}
_PARTY_OFFICES = {
    "市委组织部": "副部长",
    "市委宣传部": "副部长",
    "市委统战部": "副部长",
    "市委政法委": "副书记",
}
_STAFF_POSTS = (("科长", "主任科员"), ("副科长", "副主任科员"), ("科员", "科员"), ("科员", "办事员"))
_PROFESSIONS = {
    "医院": (("主治医师", ""), ("住院医师", ""), ("护师", "")),
    "学": (("一级教师", ""), ("高级教师", "")),
    "联社": (("客户经理", ""), ("信贷员", "")),
    "公司": (("工程师", ""), ("营业员", "")),
}
_TOWN_POSTS = (("民政助理", "副主任科员"), ("农技站站长", "科员"), ("驻村干部", "科员"), ("办事员", "办事员"))


@dataclass(frozen=True, slots=True)
class Cadre:
    """A cadre as the roster lists him or her."""

    name: str
    unit: str
    post: str
    rank: str
    leader: bool
    phone: str
    link_town: str
    link_village: str


def make_cadres(chance: Random, registry: Registry, places: list[Place]) -> list[Cadre]:
    """640 cadres, 80 of them leaders: town by town, then department by department."""
    towns = list(dict.fromkeys(place.town for place in places))
    villages = {town: [place.name for place in places if place.town == town] for town in towns}
    cadres: list[Cadre] = []
    for town in towns:
        links = [(town, "")] * 2 + [(town, villages[town][n % len(villages[town])]) for n in range(13)]
        cadres += _staff(chance, registry, _town_unit(town), _town_posts(chance, town), links)
    sizes = _sizes(chance, _CADRES - len(cadres), len(_DEPARTMENTS))
    for number, (unit, size) in enumerate(zip(_DEPARTMENTS, sizes, strict=True)):
        town = towns[number % len(towns)]
        linked = chance.sample(villages[town], k=2) if number % 3 else [""]
        links = [(town, linked[n % len(linked)]) for n in range(size)]
        posts = _department_posts(chance, unit, size, leaders=2 if number % 6 == 0 else 1)
        cadres += _staff(chance, registry, unit, posts, links)
    return cadres


def _staff(
    chance: Random,
    registry: Registry,
    unit: str,
    posts: Iterator[tuple[str, str, bool]],
    links: list[tuple[str, str]],
) -> Iterator[Cadre]:
    for (post, rank, leader), (town, village) in zip(posts, links, strict=True):
        sex = Sex.FEMALE if chance.random() < 0.38 else Sex.MALE
        born = chance.randint(1957, 1972) if leader else chance.randint(1960, 1989)
        name = registry.name(sex, born)
        yield Cadre(name, unit, post, rank, leader, registry.phone(), town, village)


def _town_unit(town: str) -> str:
    return f"{town}办事处" if town.endswith("街道") else f"{town}人民政府"


def _town_posts(chance: Random, town: str) -> Iterator[tuple[str, str, bool]]:
    first, second = ("党工委书记", "副主任") if town.endswith("街道") else ("党委书记", "副镇长")
    if chance.random() < 0.5:
        first = "办事处主任" if town.endswith("街道") else "镇长"
    yield first, "乡科级正职", True
    yield second, "乡科级副职", True
    for _ in range(_TOWN_STAFF - 2):
        yield *chance.choice(_TOWN_POSTS), False


def _department_posts(chance: Random, unit: str, size: int, leaders: int) -> Iterator[tuple[str, str, bool]]:
    head = _head(unit)
    yield head, "乡科级正职", True
    if leaders == 2:
        yield head if head.startswith("副") else f"副{head}", "乡科级副职", True
    posts = next((own for mark, own in _PROFESSIONS.items() if mark in unit), _STAFF_POSTS)
    for _ in range(size - leaders):
        yield *chance.choice(posts), False


def _head(unit: str) -> str:
    if unit in _PARTY_OFFICES:
        return _PARTY_OFFICES[unit]
    return next((post for mark, post in _HEADS.items() if mark in unit), "局长")


def _sizes(chance: Random, total: int, units: int) -> list[int]:
    """Sizes of at least five that add up to `total`."""
    sizes = [5] * units
    for _ in range(total - sum(sizes)):
        sizes[chance.randrange(units)] += 1
    return sizes
