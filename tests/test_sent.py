"""Odd values sent to every door that takes a form: each is answered, and none breaks anything."""

from collections.abc import Iterator, Mapping
from typing import Any, Final

import pytest
from tests.posting import sent
from tests.routes import ask, asked, routes
from tests.world import World

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
def doors(world: World) -> list[tuple[str, str, Mapping[str, Any]]]:
    """Every form that somebody gets through to."""
    return list(sendings(world))


@pytest.mark.parametrize("odd", ODD, ids=lambda odd: repr(odd[:12]))
def test_odd_values_in_every_form_break_nothing(
    world: World, doors: list[tuple[str, str, Mapping[str, Any]]], odd: str
) -> None:
    assert len(doors) > 60
    faults = []
    for who, address, usual in doors:
        own = {name for name, value in usual.items() if not hasattr(value, "read")}
        for changed in (own, *({name} for name in sorted(own & NUMBERS) if odd in ALONE)):
            data = {name: odd if name in changed else value for name, value in usual.items()}
            for value in data.values():
                if hasattr(value, "seek"):
                    value.seek(0)
            answer = ask(world, who, "POST", address, data)
            if answer.status >= 500:
                faults.append(f"{address} {sorted(changed)[:3]}: {answer.text[:160]}")
    assert not faults, "\n".join(faults)
