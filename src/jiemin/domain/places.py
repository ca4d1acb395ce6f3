"""The county and its towns and streets, under all the names that people write for them."""

import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches

from jiemin.errors import JieminError

_SUFFIXES = ("镇", "街道", "乡")


@dataclass(frozen=True, slots=True)
class Town:
    """A town or street; `code` is that of the statistical divisions, None for zones without one."""

    name: str
    code: str | None = None
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CountyPlaces:
    """The county with its towns in the official order."""

    name: str
    code: str
    towns: tuple[Town, ...]
    _by_spelling: Mapping[str, Town] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        spellings = [(spelling, town) for town in self.towns for spelling in _spellings(town)]
        times = Counter(spelling for spelling, _ in spellings)
        found = {spelling: town for spelling, town in spellings if times[spelling] == 1}
        found |= {town.name: town for town in self.towns}
        object.__setattr__(self, "_by_spelling", found)

    def find_town(self, text: str) -> Town | None:
        """The town a text names, in full, by an alias, or without its last 镇 or 街道.

        The county's name before it is passed over. None when no town, or more than one, is meant.
        """
        return self._by_spelling.get(self._plain(text))

    def town_named(self, text: str) -> Town:
        """The town a clerk names; raises `JieminError` with the likeliest, or all, for an unknown name."""
        town = self.find_town(text)
        if town is None:
            near = self.suggest_town(text)
            hint = f"是不是“{near.name}”" if near else "、".join(each.name for each in self.towns)
            raise JieminError(f"“{text}”不在{self.name}的镇（街道）名单里", hint)
        return town

    def suggest_town(self, text: str) -> Town | None:
        """A town whose name looks like the text, for a message; never to be taken for meant."""
        near = get_close_matches(self._plain(text), list(self._by_spelling), n=1, cutoff=0.5)
        return self._by_spelling[near[0]] if near else None

    def _plain(self, text: str) -> str:
        plain = "".join(unicodedata.normalize("NFKC", text).split())
        for prefix in ("浙江省", "嘉兴市", self.name):
            if plain != prefix:
                plain = plain.removeprefix(prefix)
        return plain


def _spellings(town: Town) -> Iterator[str]:
    """Distinct spellings of one town: its name, its aliases, and these without their last suffix."""
    seen = dict.fromkeys((town.name, *town.aliases))
    for name in (town.name, *town.aliases):
        for suffix in _SUFFIXES:
            if name.endswith(suffix) and len(name) > len(suffix) + 1:
                seen[name.removesuffix(suffix)] = None
    yield from seen
