"""Who belongs to a team: asked of the app above that keeps the rosters. Without one, nobody does."""

from collections.abc import Callable
from typing import Final

Finder = Callable[[int, int], bool]
_finders: Final[list[Finder]] = []


def members_by(finder: Finder) -> None:
    """Let an app say whether a person (id) belongs to a team (id); called when it is ready."""
    _finders.append(finder)


def is_member(person_id: int, team_id: int) -> bool:
    """Whether somebody belongs to a team."""
    return any(finder(person_id, team_id) for finder in _finders)
