"""The navigation: apps register their first pages; each actor sees those that an ability opens.

Pages of one group stand behind one entry, and beside one another on top of each of them.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import groupby
from typing import Any

from django.urls import NoReverseMatch, reverse

from linli.core.actors import Actor


@dataclass(frozen=True, slots=True)
class Group:
    """Pages that belong together: what their common entry is called, and where it stands."""

    label: Any
    icon: str
    order: int


@dataclass(frozen=True, slots=True)
class NavItem:
    """One page: a label, an icon of the sprite, an address by its name, and who sees it: by one ability of several."""

    code: str
    label: Any
    icon: str
    url_name: str
    ability: str
    order: int
    arguments: tuple[str, ...] = ()
    group: Group | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry as the shell draws it; `beside` are the pages of its group, where there are several."""

    label: Any
    icon: str
    url: str
    current: bool
    beside: Sequence["Entry"] = ()


@dataclass(frozen=True, slots=True)
class Menu:
    """What whoever has these abilities sees of the navigation at a page that lies in the current one."""

    abilities: frozenset[str]
    current: str

    @property
    def entries(self) -> Sequence[Entry]:
        """The entries in their order."""
        return _entries(self.abilities, self.current)


_items: dict[str, NavItem] = {}


def register(*items: NavItem) -> None:
    """Make entries known; called when an app is ready."""
    _items.update({item.code: item for item in items})
    _open_to.cache_clear()
    _entries.cache_clear()


def menu_for(actor: Actor, path: str) -> Menu:
    """What the actor may open; the page that the path lies deepest in is current."""
    urls = (url for _item, url in _open_to(actor.abilities))
    within = [url for url in urls if path == url or (url != "/" and path.startswith(url))]
    return Menu(actor.abilities, max(within, key=len, default=""))


# Every page asks for this, of which there are as many as kinds of posts.
@lru_cache(maxsize=256)
def _open_to(abilities: frozenset[str]) -> Sequence[tuple[NavItem, str]]:
    return [(item, url) for item in sorted(_items.values(), key=_order) if (url := _url(item, abilities))]


@lru_cache(maxsize=1024)
def _entries(abilities: frozenset[str], current: str) -> Sequence[Entry]:
    entries = [(item.group, Entry(item.label, item.icon, url, url == current)) for item, url in _open_to(abilities)]
    return [entry for group, members in groupby(entries, lambda pair: pair[0]) for entry in _drawn(group, members)]


def _order(item: NavItem) -> tuple[int, bool, int]:
    """Pages that stand alone come before those of a group in the same place, so that nothing parts a group."""
    return (item.group.order if item.group else item.order, item.group is not None, item.order)


def _url(item: NavItem, abilities: frozenset[str]) -> str:
    """Where an item leads; nothing where nobody with these abilities may go there."""
    if item.ability and abilities.isdisjoint(item.ability.split()):
        return ""
    return _address(item.url_name, item.arguments)


@cache
def _address(url_name: str, arguments: tuple[str, ...]) -> str:
    """The path of a page, worked out once; nothing where there is no such page."""
    try:
        return reverse(url_name, args=arguments)
    except NoReverseMatch:
        return ""


def _drawn(group: Group | None, members: Iterable[tuple[Group | None, Entry]]) -> list[Entry]:
    """The entries of a stretch of items: those of a group are one, unless there is only one to be seen."""
    entries = [entry for _group, entry in members]
    if group is None or len(entries) == 1:
        return entries
    return [Entry(group.label, group.icon, entries[0].url, any(item.current for item in entries), entries)]
