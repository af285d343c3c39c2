"""The navigation: apps register their first pages; each actor sees those that an ability opens."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.urls import NoReverseMatch, reverse

from linli.core.actors import Actor


@dataclass(frozen=True, slots=True)
class NavItem:
    """One entry: a label, an icon of the sprite, an address by its name, and who sees it: by one ability of several."""

    code: str
    label: Any
    icon: str
    url_name: str
    ability: str
    order: int
    arguments: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry as the shell draws it."""

    label: Any
    icon: str
    url: str
    current: bool


_items: dict[str, NavItem] = {}


def register(*items: NavItem) -> None:
    """Make entries known; called when an app is ready."""
    _items.update({item.code: item for item in items})


def items_for(actor: Actor, path: str) -> Sequence[Entry]:
    """What the actor may open, in order; the one that the path lies deepest in is current."""
    found: list[tuple[NavItem, str]] = []
    for item in sorted(_items.values(), key=lambda item: item.order):
        if item.ability and not any(map(actor.can, item.ability.split())):
            continue
        try:
            found.append((item, reverse(item.url_name, args=item.arguments)))
        except NoReverseMatch:
            continue
    within = [url for _item, url in found if path == url or (url != "/" and path.startswith(url))]
    current = max(within, key=len, default="")
    return [Entry(item.label, item.icon, url, url == current) for item, url in found]
