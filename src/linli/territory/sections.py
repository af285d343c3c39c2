"""The profile's `grids.yaml`: levels and kinds of grids by the place's names, code schemes, usual sizes.

Divisions are named in `place.yaml`, which the spine owns.
"""

from functools import lru_cache

from pydantic import Field, ValidationError, field_validator
from pydantic_core import SchemaError, SchemaValidator, core_schema

from linli.records.profiles import Labelled, Part


@lru_cache(maxsize=64)
def _pattern(text: str) -> SchemaValidator:
    """A pattern for whole codes, in the engine that came with the schemas: it never goes back, and refuses what would.

    Raises: SchemaError.
    """
    return SchemaValidator(core_schema.str_schema(pattern=rf"\A(?:{text})\z", regex_engine="rust-regex"))


def _matches(pattern: str, code: str) -> bool:
    try:
        _pattern(pattern).validate_python(code)
    except ValidationError:
        return False
    return True


class ChecklistItem(Labelled):
    """What whoever tends a grid keeps up to date (TER-07): places, facilities, bodies, matters, never persons.

    `kinds` are the kinds of grids that have it (all where empty); after `days` it is due again.
    """

    kinds: tuple[str, ...] = ()
    days: int = Field(default=90, ge=1, le=1500)


class GridKind(Labelled):
    """A kind of grid. An `overlay` lies over the others, across the borders of streets, with a tree of its own.

    Matters of the `categories` go to the body that stands at such a grid, wherever it lies (TER-09).
    """

    overlay: bool = False
    services: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()


class GridLevel(Labelled):
    """A level of the network, with the usual number of households; a grid outside that band is pointed out."""

    households_from: int = Field(default=0, ge=0)
    households_to: int = Field(default=0, ge=0)


class CodeScheme(Part):
    """How the codes of grids look: for a level and a kind, or for all where these are empty.

    `within` asks that the code begins with that of the grid above, or else of the division that holds the grid.
    """

    level: str = ""
    kind: str = ""
    pattern: str = Field(default="", max_length=200)
    length: int = Field(default=0, ge=0, le=40)
    within: bool = False
    label: str = ""

    @field_validator("pattern")
    @classmethod
    def _is_a_pattern(cls, value: str) -> str:
        try:
            # By itself first: what closes the bracket that is put around it would not be held to the whole code.
            SchemaValidator(core_schema.str_schema(pattern=value))
            _pattern(value)
        except SchemaError as error:
            reason = str(error).rpartition("rror: ")[2].strip()
            raise ValueError(f"not a pattern that is matched in one pass: {reason}") from error
        return value

    def applies(self, level: str, kind: str) -> bool:
        """Whether a grid of this level and kind has codes of this scheme."""
        return self.level in ("", level) and self.kind in ("", kind)

    def allows(self, code: str, above: str) -> bool:
        """Whether the code keeps the scheme; `above` is the code of what holds the grid."""
        return (
            (not self.pattern or _matches(self.pattern, code))
            and (not self.length or len(code) == self.length)
            and (not self.within or not above or code.startswith(above))
        )


class GridsSection(Part):
    """`grids.yaml`."""

    levels: tuple[GridLevel, ...] = ()
    kinds: tuple[GridKind, ...] = ()
    codes: tuple[CodeScheme, ...] = ()
    checklist: tuple[ChecklistItem, ...] = ()
