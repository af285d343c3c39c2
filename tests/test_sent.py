"""Odd values sent to every door that takes a form: each is answered, and none breaks anything."""

import copy
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

import pytest
from django.http import QueryDict
from tests.posting import sent
from tests.reading import reading
from tests.routes import Answer, ask, asked, routes
from tests.world import World

from linli.core import middleware

pytestmark = pytest.mark.slow
# Numbers that no row has and no column holds, what only looks like one, days that never come, a sign that no text
# has, and what is rare but right.
ODD: Final = ("9" * 5000, "9" * 25, "²", "NaN", "2026-02-31", "a\0b", "𠮷㐂🏠" * 40)
# These are tried in each of the fields that hold numbers alone too, beside what would be taken.
ALONE: Final = ODD[:2]
NUMBERS: Final = frozenset(
    {
        "place",
        "organization",
        "lead",
        "version",
        "days",
        "post",
        "member",
        "person",
        "parent",
        "pick",
        "offer",
        "served",
    }
)
WHO: Final = ("community_worker", "secretary", "system_administrator", "security_administrator", "resident")
FOREIGN: Final = ("accounts/", "i18n/", "api/")
READINGS: Final[Mapping[tuple[str, ...], tuple[Callable[[QueryDict], Any], ...]]] = {
    ("lead",): (
        lambda form: form["lead"],
        lambda form: form.get("lead"),
        lambda form: form.getlist("lead"),
        lambda form: "lead" in form,
    ),
    ("place", "lead"): (
        list,
        dict,
        lambda form: {**form},
        lambda form: list(form.items()),
        lambda form: list(form.values()),
        lambda form: form.dict(),
        lambda form: form.copy(),
        lambda form: form.urlencode(),
        copy.copy,
    ),
}


@dataclass(frozen=True, slots=True)
class Door:
    """An address that takes a form, the first who gets through to it, what it usually takes, what of it is read."""

    who: str
    address: str
    usual: Mapping[str, Any]
    read: frozenset[str]

    def sent(self, world: World, odd: str = "", changed: frozenset[str] = frozenset()) -> Answer:
        """The answer to what it usually takes, with an odd value in the fields that are changed."""
        data = {name: odd if name in changed else value for name, value in self.usual.items()}
        for value in data.values():
            if hasattr(value, "seek"):
                value.seek(0)
        return ask(world, self.who, "POST", self.address, data)


def sendings(world: World) -> Iterator[tuple[str, str, Mapping[str, Any]]]:
    """Each address that takes a form, the first who gets through to it, and what it usually takes."""
    for route in routes():
        items = [] if route.address.startswith(FOREIGN) else asked(route, world)
        here = [item.address for item in items if not item.sources or item.is_here(world)] or [
            item.address for item in items
        ]
        for who in WHO if here else ():
            answer = ask(world, who, "POST", here[0], {})
            if answer.status == 405:
                break
            if not answer.refused:
                yield who, here[0], sent(world, route.address)
                break


@pytest.fixture(scope="module")
def doors(world: World) -> list[Door]:
    """Every form that somebody gets through to."""
    found = []
    for who, address, usual in sendings(world):
        with pytest.MonkeyPatch.context() as patch:
            read = reading(patch)
            # Before any view, every form is read in and searched for the sign that no text has, whatever its names.
            patch.setattr(middleware, "_unreadable", lambda request, read=read: (request.POST, read.clear())[1])
            Door(who, address, usual, frozenset()).sent(world)
        found.append(Door(who, address, usual, frozenset(read & usual.keys())))
    return found


@pytest.mark.parametrize("odd", ODD, ids=lambda odd: repr(odd[:12]))
def test_odd_values_in_every_form_break_nothing(world: World, doors: list[Door], odd: str) -> None:
    assert len(doors) > 60
    faults = []
    for door in doors:
        own = frozenset(name for name, value in door.usual.items() if not hasattr(value, "read"))
        # What is not read beside what would be taken changes nothing there, whatever it is.
        alone = sorted(door.read & own & NUMBERS) if odd in ALONE else []
        for changed in (own, *(frozenset((name,)) for name in alone)):
            answer = door.sent(world, odd, changed)
            if answer.status >= 500:
                faults.append(f"{door.address} {sorted(changed)[:3]}: {answer.text[:160]}")
    assert not faults, "\n".join(faults)


def test_what_a_form_is_read_by_is_seen() -> None:
    """Otherwise fewer fields would be tried alone than are read."""
    form = QueryDict("place=1&lead=2")
    for names, ways in READINGS.items():
        for way in ways:
            with pytest.MonkeyPatch.context() as patch:
                seen = reading(patch)
                way(form)
            assert seen == set(names), way
