"""What contacts add to the tests over all routes."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final

from tests.sources import Source

if TYPE_CHECKING:
    from tests.world import World

WHERE: Final[Mapping[str, Source]] = {}
PUBLIC: Final[tuple[str, ...]] = ()
DOORS: Final[tuple[str, ...]] = ()
FOR_ALL: Final[tuple[str, ...]] = ()
IDLE: Final[Mapping[str, str]] = {}


def made(world: "World") -> None:
    """Put rows into the world, here and in the other place."""


def sent(world: "World") -> dict[str, Any]:
    """What its forms take."""
    return {}
