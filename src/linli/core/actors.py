"""Who acts: abilities and scope as plain values.

`accounts` builds an Actor from the posts a person holds; policies read it and nothing else.
"""

from collections.abc import Callable
from dataclasses import dataclass, field

from django.db.models import Q


@dataclass(frozen=True, slots=True)
class Scope:
    """One stretch of territory or one organisation in which abilities hold.

    `path` is the place's path prefix, `grid_path` the prefix in the network of grids (for grid posts),
    `organization_path` the prefix in the tree of organisations; empty means no such limit is granted.
    """

    abilities: frozenset[str]
    path: str = ""
    grid_path: str = ""
    organization_path: str = ""


@dataclass(frozen=True, slots=True)
class Actor:
    """A person, a visitor or the system, with what they may do and where."""

    key: str
    label: str
    user_id: int | None = None
    person_id: int | None = None
    post_ids: tuple[int, ...] = ()
    organization_ids: tuple[int, ...] = ()
    scopes: tuple[Scope, ...] = ()
    language: str = "zh-hans"
    abilities: frozenset[str] = field(default=frozenset())

    @property
    def known(self) -> bool:
        """Whether somebody stands behind the actor: an account, or the owner of an API key."""
        return self.user_id is not None or self.key.startswith("api-key:")

    def can(self, ability: str) -> bool:
        """Whether the actor holds the ability anywhere."""
        return ability in self.abilities

    def places(self, ability: str, prefix: str = "place__", grid_prefix: str = "") -> Q:
        """The filter of rows that lie where the actor holds the ability.

        `prefix` leads from the row to its place; `grid_prefix` from the row to its grid, where it has one.
        """
        condition = Q(pk__in=[])
        for scope in self.scopes:
            if ability not in scope.abilities:
                continue
            if scope.path:
                condition |= Q(**{f"{prefix}path__startswith": scope.path})
            if scope.grid_path and grid_prefix:
                condition |= Q(**{f"{grid_prefix}grid_path__startswith": scope.grid_path})
            elif scope.grid_path:
                condition |= Q(**{f"{prefix}grid_path__startswith": scope.grid_path})
        return condition

    def reaches(self, ability: str, *, path: str, grid_path: str = "") -> bool:
        """Whether the actor holds the ability at the place with this path."""
        return any(
            ability in scope.abilities
            and (
                (bool(scope.path) and path.startswith(scope.path))
                or (bool(scope.grid_path) and grid_path.startswith(scope.grid_path))
            )
            for scope in self.scopes
        )


SYSTEM = Actor(key="system", label="Linli")
VISITOR = Actor(key="visitor", label="")


_finders: list[Callable[[str], Actor | None]] = []


def find_by(finder: Callable[[str], Actor | None]) -> None:
    """Let an app say who stands behind a key: background work runs as whoever asked for it."""
    _finders.append(finder)


def actor_with(key: str) -> Actor:
    """The actor with this key as their posts stand now; one without abilities where nobody knows the key."""
    if key == SYSTEM.key:
        return SYSTEM
    return next((found for finder in _finders if (found := finder(key))), Actor(key=key, label=""))
