"""Whether a step that was held was enough: its thresholds against the numbers, exactly. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

from django.utils.translation import gettext_lazy as _

from linli.core.errors import InvalidInput
from linli.deliberation.procedures import Share, Step
from linli.deliberation.thresholds import Amount


@dataclass(frozen=True, slots=True)
class Sitting:
    """One time a step was held: when, who came and how they voted, in numbers, and what was said.

    Who is represented counts as taking part. `notice_on` is the day on which papers and notice went out.
    """

    held_on: date
    summary: str = ""
    due: int | None = None
    came: int | None = None
    represented: int = 0
    votes_for: int | None = None
    votes_against: int | None = None
    abstained: int | None = None
    area_due: Decimal | None = None
    area_came: Decimal | None = None
    area_for: Decimal | None = None
    notice_on: date | None = None

    @property
    def present(self) -> int:
        """How many took part."""
        return (self.came or 0) + self.represented


def require_numbers(step: Step, sitting: Sitting) -> None:
    """Refuse numbers that are missing or contradict one another. Raises: holding.missing, holding.numbers"""
    shares = (*step.quorum, *step.passing)
    wanted: list[Any] = [sitting.due, sitting.came] if shares else []
    wanted += [sitting.votes_for, sitting.votes_against, sitting.abstained] if step.passing else []
    if any(share.by == "area" for share in shares):
        wanted += [sitting.area_due, sitting.area_came, sitting.area_for]
    if None in wanted:
        raise InvalidInput("holding.missing", _("This step asks for the numbers: due, came, for, against, abstained."))
    if not all(_sound(sitting)):
        message = _("The numbers contradict one another: more came than were due, or more voted than came.")
        raise InvalidInput("holding.numbers", message)


def _sound(sitting: Sitting) -> Iterator[bool]:
    voted = [sitting.votes_for, sitting.votes_against, sitting.abstained]
    yield sitting.due is None or sitting.due >= sitting.present
    yield None in voted or sum(item or 0 for item in voted) <= sitting.present
    # All three are told, or none.
    yield voted.count(None) in (0, 3) and (sitting.votes_for is None or sitting.came is not None)
    yield (sitting.area_due or 0) >= (sitting.area_came or 0) >= (sitting.area_for or 0) >= 0


def counted(step: Step, sitting: Sitting) -> list[dict[str, Any]]:
    """Each threshold of a step with the numbers it was held against, and whether they were enough."""
    found = []
    for name in ("quorum", "passing"):
        for share in getattr(step, name):
            part, whole = _numbers(name, share, sitting)
            met = share.threshold().met(part, whole)
            numbers = {"part": _text(part), "whole": _text(whole), "met": met}
            found.append({"of_what": name, **share.model_dump(mode="json"), **numbers})
    return found


def _numbers(name: str, share: Share, sitting: Sitting) -> tuple[Amount, Amount]:
    heads = share.by == "heads"
    due: Amount = sitting.due or 0 if heads else Fraction(sitting.area_due or 0)
    present: Amount = sitting.present if heads else Fraction(sitting.area_came or 0)
    agreed: Amount = sitting.votes_for or 0 if heads else Fraction(sitting.area_for or 0)
    part = present if name == "quorum" else agreed
    return part, due if share.of == "due" else present


def _text(amount: Amount) -> str:
    """A number of heads, or an area to the hundredth, as it was entered."""
    return str(amount) if isinstance(amount, int) else f"{float(amount):.2f}"
