"""The profile section `boards`: named sets of figures on one page, for the whole place or for each of its units."""

from typing import Any, Literal

from pydantic import Field

from linli.records import profiles
from linli.records.figures.definitions import FiguresSection
from linli.records.profiles import Fault, Labelled, Part

FILE = "boards.yaml"


class BoardPart(Labelled):
    """Some figures under one heading, in their order."""

    figures: tuple[str, ...] = Field(min_length=1, max_length=24)


class Board(Labelled):
    """A page of figures; `each` says which units are set side by side, and have the page for themselves."""

    code: str = Field(pattern=r"^[a-z][a-z0-9_]*$")
    note: str = ""
    each: Literal["street", "community"] = "street"
    parts: tuple[BoardPart, ...] = Field(min_length=1, max_length=12)

    @property
    def figures(self) -> tuple[str, ...]:
        """The ids of all its figures, each once."""
        return tuple(dict.fromkeys(figure for part in self.parts for figure in part.figures))


class BoardsSection(Part):
    """`boards.yaml`."""

    boards: tuple[Board, ...] = ()


def boards() -> list[Board]:
    """The boards in force."""
    return [item for item in profiles.current().section(BoardsSection).boards if not item.retired]


def faults(data: dict[str, Any]) -> list[Fault]:
    """Figures of boards are of the profile, and codes are used once."""
    with profiles.tried(data) as profile:
        held = profile.section(BoardsSection).boards
        known = {figure.id for figure in profile.section(FiguresSection).figures}
    codes = [board.code for board in held]
    twice = [
        Fault(FILE, 1, f"boards.{number}.code", f"board.twice: {code}")
        for number, code in enumerate(codes)
        if code in codes[:number]
    ]
    unknown = [
        Fault(FILE, 1, f"boards.{number}.parts.{place}.figures", f"figure.unknown: {figure}")
        for number, board in enumerate(held)
        for place, part in enumerate(board.parts)
        for figure in part.figures
        if figure not in known
    ]
    return [*twice, *unknown]
