"""The profile section `property`: what kinds of compounds meant before, and by when and how much is asked for."""

from typing import Final, Literal

from pydantic import Field

from linli.records import profiles
from linli.records.profiles import Part

Mode = Literal["professional", "bundled", "large_supports_small", "self_run", "unit_run", "unmanaged"]
UNMANAGED: Final = "unmanaged"


class PropertySection(Part):
    """`property.yaml`. `kinds` says in which mode compounds of a kind are as long as nobody said anything else.

    Those of a kind that is unmanaged were unmanaged before: `covered` percent of them should have management. Who
    manages next is asked for `warn_days` days before a contract ends. Matters of `categories` are answered by a
    company within `response_hours` working hours.
    """

    kinds: dict[str, Mode] = Field(default_factory=dict)
    covered: int = Field(default=100, ge=1, le=100)
    warn_days: int = Field(default=90, ge=1, le=365)
    response_hours: int = Field(default=16, ge=1, le=400)
    categories: tuple[str, ...] = ()

    @property
    def without(self) -> tuple[str, ...]:
        """The kinds of compounds that were unmanaged before."""
        return tuple(kind for kind, mode in self.kinds.items() if mode == UNMANAGED)


def section() -> PropertySection:
    """What the profile in force says."""
    return profiles.current().section(PropertySection)
