"""The navigation: one entry for pages that belong together, and only what an ability opens."""

from collections.abc import Iterator

import pytest

from linli.core import navigation
from linli.core.actors import Actor
from linli.core.navigation import Group, NavItem, menu_for, register

TOGETHER = Group("together", "home", 20)


@pytest.fixture(autouse=True)
def pages(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """Two pages of a group between two that stand alone."""
    monkeypatch.setattr(navigation, "_items", {})
    register(
        NavItem("last", "last", "home", "records:imports", "", 30),
        NavItem("second", "second", "home", "accountability:new", "b", 2, group=TOGETHER),
        NavItem("first", "first", "home", "accountability:figures", "a b", 1, group=TOGETHER),
        NavItem("home", "home", "home", "home", "", 0),
    )
    yield
    # What was worked out of these pages is forgotten.
    register()


@pytest.mark.parametrize(
    ("abilities", "path", "expected"),
    [
        ("", "/", ["*home", "last"]),
        ("a", "/figures/places/", ["home", "*first", "last"]),
        ("b", "/", ["*home", "together(first second)", "last"]),
        ("b", "/figures/new/", ["home", "*together(first *second)", "last"]),
        ("b", "/figures/places/", ["home", "*together(*first second)", "last"]),
    ],
)
def test_pages_that_belong_together_are_one_entry(abilities: str, path: str, expected: list[str]) -> None:
    actor = Actor("user:1", "", abilities=frozenset(abilities.split()))
    shown = [
        ("*" if entry.current else "")
        + entry.label
        + (f"({' '.join('*' * page.current + page.label for page in entry.beside)})" if entry.beside else "")
        for entry in menu_for(actor, path).entries
    ]
    assert shown == expected
