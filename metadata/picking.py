"""Options as forms offer them: those in use, each with where it stands; found by any word of it, or one it had before."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from core.picker import Choice, Found, PickField, PickSeveralField
from metadata import store
from metadata.enums import Group
from metadata.labels import shown_label
from metadata.models import Option
from metadata.rules.names import search_key
from metadata.rules.tree import Placed

_BETWEEN = " › "


@dataclass(frozen=True)
class OptionSource:
    """`without` leaves out one option, with what hangs under it if `below` says so. `known`: nothing is made on the way."""

    group: Group
    without: str = ""
    below: bool = False
    known: bool = False

    @property
    def url(self) -> str:
        asked = {"group": self.group.value} | ({"without": self.without} if self.without else {})
        asked |= {name: "1" for name in ("below", "known") if getattr(self, name)}
        return f"{reverse('pick-options')}?{urlencode(asked)}"

    def found(self, text: str, most: int) -> Found:
        options = [option for option in self._standing() if not option.archived_at]
        if words := search_key(text).split():
            options = _matching(options, words, _other_names(self.group))
        return Found([choice_of(option) for option in options[:most]], more=len(options) > most)

    def named(self, values: Sequence[str], kept: Collection[str]) -> Mapping[str, Choice]:
        standing = {option.option_id: option for option in self._standing()}
        stood = {store.resolve(value) for value in kept}
        found = {value: standing[now] for value in values if (now := store.resolve(value)) in standing}
        return {
            value: choice_of(option)
            for value, option in found.items()
            if not option.archived_at or option.option_id in stood
        }

    def _standing(self) -> Iterator[Option]:
        hidden_below: int | None = None
        for place in store.tree_of(self.group):
            if hidden_below is not None and place.depth > hidden_below:
                continue
            hidden_below = place.depth if self._hides(place) and self.below else None
            if not self._hides(place):
                yield place.option

    def _hides(self, place: Placed[Option]) -> bool:
        return bool(self.without) and place.option.option_id == self.without


class OptionField(PickField):
    """An option that was merged while the form was open is taken for the one that stands in its place."""

    def __init__(self, group: Group, **kwargs: Any) -> None:
        super().__init__(source=OptionSource(group), **kwargs)


class OptionsField(PickSeveralField):
    def __init__(self, group: Group, *, known: bool = False, **kwargs: Any) -> None:
        super().__init__(source=OptionSource(group, known=known), **kwargs)


def choice_of(option: Option) -> Choice:
    above = store.ancestors_of(option)
    hue = next((one.color for one in above if one.color), None)
    path = _BETWEEN.join(str(one.label) for one in reversed(above[1:]))
    return Choice(option.option_id, shown_label(option), path, hue or "")


def _other_names(group: Group) -> Mapping[str, list[str]]:
    """By option, what it was called before, and what was merged into it."""
    names: dict[str, list[str]] = defaultdict(list)
    for option in store.all_of(group):
        now = store.resolve(option.option_id)
        names[now] += [alias.replace("-", " ") for alias in option.aliases]
        if option.merged_into:
            names[now].append(str(option.label))
    return names


def _matching(options: Sequence[Option], words: Sequence[str], other_names: Mapping[str, list[str]]) -> list[Option]:
    """Those with all the words; first those whose own name begins with them, then those where a word of it does."""
    ranked = []
    for place, option in enumerate(options):
        label = search_key(option.label)
        above = [str(one.label) for one in store.ancestors_of(option)[1:]]
        everything = " ".join([label, *map(search_key, [*above, *other_names.get(option.option_id, ())])])
        if all(word in everything for word in words):
            ranked.append((_rank(label, words), place))
    return [options[place] for _rank_of, place in sorted(ranked)]


def _rank(label: str, words: Sequence[str]) -> int:
    typed = " ".join(words)
    if label == typed:
        return 0
    if label.startswith(typed):
        return 1
    return 2 if any(part.startswith(words[0]) for part in label.split()) else 3
