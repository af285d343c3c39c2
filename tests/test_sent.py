"""Odd values sent to every door that takes a form: each is answered, and none breaks anything."""

import copy
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import cycle
from typing import Any, Final

import pytest
from django.http import QueryDict
from tests.posting import sent
from tests.reading import reading
from tests.routes import Answer, ask, asked, routes
from tests.world import World

from linli.core import middleware

pytestmark = pytest.mark.slow
# Numbers that no row has and no column holds; what only looks like a number or a day, to the fields by turns; a sign
# that no text has; and what is rare but right.
ODD: Final[Mapping[str, tuple[str, ...]]] = {
    "long": ("9" * 5000,),
    "wide": ("9" * 25,),
    "alike": ("²", "NaN", "2026-02-31"),
    "nul": ("a\0b",),
    "rare": ("𠮷㐂🏠" * 40,),
}
# By turns these are tried in each of the fields that hold numbers alone too, beside what would be taken.
ALONE: Final = ("long", "wide")
# Before any view, every form is searched for the sign that no text has: of these doors every so many will do.
APART: Final[Mapping[str, int]] = {"nul": 16}
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

    def sent(self, world: World, odd: tuple[str, ...] = (), changed: Sequence[str] = ()) -> Answer:
        """The answer to what it usually takes, with odd values by turns in the fields that are changed."""
        data = {**self.usual, **dict(zip(changed, cycle(odd), strict=False))}
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


@pytest.mark.parametrize("odd", ODD)
def test_odd_values_in_every_form_break_nothing(world: World, doors: list[Door], odd: str) -> None:
    assert len(doors) > 60
    faults = []
    for number, door in enumerate(doors[:: APART.get(odd, 1)]):
        own = sorted(name for name, value in door.usual.items() if not hasattr(value, "read"))
        # The turn differs from door to door; what is not read beside what would be taken changes nothing there.
        turned = own[number % 3 :] + own[: number % 3]
        alone = sorted(door.read & NUMBERS & set(own)) if odd in ALONE else []
        turns = [name for place, name in enumerate(alone, number) if ALONE[place % 2] == odd]
        for changed in (turned, *([name] for name in turns)):
            answer = door.sent(world, ODD[odd], changed)
            if answer.status >= 500:
                faults.append(f"{door.address} {changed[:3]}: {answer.text[:160]}")
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
