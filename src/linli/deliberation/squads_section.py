"""The profile section `squads`: kinds of squads, the forces that each joins, how soon what is asked is answered."""

from typing import Final

from pydantic import Field

from linli.records import profiles
from linli.records.profiles import Labelled, Part


class SquadKind(Labelled):
    """A kind of squad. One with `forces` is formed only of all of them: a joint patrol of five, say."""

    code: str = Field(pattern=r"^[a-z][a-z0-9_]*$", max_length=60)
    forces: tuple[Labelled, ...] = ()


RESIDENTS: Final = "residents"
DEFAULTS: Final = (
    SquadKind(code=RESIDENTS, label="居民自发治理小分队", label_en="residents' own squad", also=("自发小分队",)),
)


class SquadsSection(Part):
    """`squads.yaml`. `answer_days` are the working days in which a proposal, a need or an idea is answered."""

    kinds: tuple[SquadKind, ...] = ()
    answer_days: int = Field(default=5, ge=1, le=60)


def section() -> SquadsSection:
    """What the profile in force says."""
    return profiles.current().section(SquadsSection)


def named_kinds() -> tuple[SquadKind, ...]:
    """Every kind that has a name: residents' own squads, and those of the place."""
    named = section().kinds
    return named if any(kind.code == RESIDENTS for kind in named) else (*DEFAULTS, *named)


def kinds() -> dict[str, SquadKind]:
    """The kinds in force by code."""
    return {kind.code: kind for kind in named_kinds() if not kind.retired}


def rules_of(code: str) -> SquadKind:
    """What holds for a kind; one that the place no longer names joins no forces."""
    return {kind.code: kind for kind in named_kinds()}.get(code) or SquadKind(code="other", label=code, label_en=code)
