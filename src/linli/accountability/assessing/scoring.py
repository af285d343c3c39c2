"""Scoring rules as data: how a value becomes points between 0 and 100, in exact fractions.

A rule never falls where it should rise: its bands go one way only, so that who does better never gets less.
"""

from collections.abc import Iterable, Sequence
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from typing import Any, Final

from django.utils.translation import gettext as _
from pydantic import Field, model_validator

from linli.records.profiles import Part

WHOLE: Final = Decimal(100)


class Band(Part):
    """From a value on, so many points."""

    least: Decimal = Field(alias="from")
    points: Decimal = Field(ge=0, le=100)


class Linear(Part):
    """No points at one value, all at the other, in between in proportion; where less is better, `to` is the lower."""

    start: Decimal = Field(alias="from")
    end: Decimal = Field(alias="to")

    @model_validator(mode="after")
    def _apart(self) -> "Linear":
        if self.start == self.end:
            raise ValueError("from and to are two different values")
        return self


class Met(Part):
    """All points where the value is met, none where it is not."""

    at_least: Decimal | None = None
    at_most: Decimal | None = None

    @model_validator(mode="after")
    def _one(self) -> "Met":
        if (self.at_least is None) == (self.at_most is None):
            raise ValueError("met has exactly one of: at_least, at_most")
        return self


class Rule(Part):
    """How a value becomes points: by bands, in proportion, or met or not; never more than `cap`."""

    bands: tuple[Band, ...] = ()
    linear: Linear | None = None
    met: Met | None = None
    cap: Decimal = Field(default=WHOLE, gt=0, le=100)

    @model_validator(mode="after")
    def _one_way(self) -> "Rule":
        if sum(map(bool, (self.bands, self.linear, self.met))) != 1:
            raise ValueError("a rule has exactly one of: bands, linear, met")
        values, points = [band.least for band in self.bands], [band.points for band in self.bands]
        if values != sorted(set(values)):
            raise ValueError("the values of bands rise from one to the next")
        if points not in (sorted(points), sorted(points, reverse=True)):
            raise ValueError("the points of bands go one way only")
        return self

    @property
    def rises(self) -> bool:
        """Whether more is better."""
        if self.met:
            return self.met.at_least is not None
        if self.linear:
            return self.linear.start < self.linear.end
        return self.bands[0].points <= self.bands[-1].points


def points(rule: Rule, value: Fraction) -> Fraction:
    """The points for a value, exactly."""
    if rule.met:
        got = _met(rule.met, value)
    elif rule.linear:
        got = _linear(rule.linear, value)
    else:
        got = _banded(rule.bands, value, rises=rule.rises)
    return min(got, Fraction(rule.cap))


def _met(met: Met, value: Fraction) -> Fraction:
    least, most = met.at_least, met.at_most
    holds = value >= Fraction(least) if least is not None else value <= Fraction(most or 0)
    return Fraction(100) if holds else Fraction(0)


def _linear(linear: Linear, value: Fraction) -> Fraction:
    start, end = Fraction(linear.start), Fraction(linear.end)
    return min(max(100 * (value - start) / (end - start), Fraction(0)), Fraction(100))


def _banded(bands: Sequence[Band], value: Fraction, *, rises: bool) -> Fraction:
    """The points of the last band that is reached; below the first, nothing, or all of it where less is better."""
    reached = [band for band in bands if value >= Fraction(band.least)]
    if reached:
        return Fraction(reached[-1].points)
    return Fraction(0) if rises else Fraction(bands[0].points)


def weighted(parts: Iterable[tuple[Decimal, Fraction | None]]) -> Fraction | None:
    """The total of weights (that sum to 100) and points; None while points of one are missing, which is not 0."""
    total = Fraction(0)
    for weight, got in parts:
        if got is None:
            return None
        total += Fraction(weight) * got / 100
    return total


def printed(value: Fraction, decimals: int) -> Decimal:
    """A fraction rounded half up, as it is printed."""
    step = Fraction(10) ** decimals
    whole, rest = divmod(value * step, 1)
    rounded = int(whole) + (1 if rest >= Fraction(1, 2) else 0)
    return Decimal(rounded).scaleb(-decimals)


def plain(value: Decimal) -> str:
    """A number of a rule without the zeros behind it."""
    return f"{value.normalize():f}"


def words(rule: Rule) -> str:
    """The rule as people read it."""
    told = [*_told(rule)]
    if rule.cap < WHOLE:
        told.append(_("at most %(points)s points") % {"points": plain(rule.cap)})
    return _("; ").join(told)


def _told(rule: Rule) -> Iterable[str]:
    if rule.met and rule.met.at_least is not None:
        yield _("100 points where it is at least %(value)s, else none") % {"value": plain(rule.met.at_least)}
    elif rule.met and rule.met.at_most is not None:
        yield _("100 points where it is at most %(value)s, else none") % {"value": plain(rule.met.at_most)}
    elif rule.linear:
        ends: dict[str, Any] = {"start": plain(rule.linear.start), "end": plain(rule.linear.end)}
        yield _("no points at %(start)s, 100 at %(end)s, in between in proportion") % ends
    for band in rule.bands:
        yield _("from %(value)s on %(points)s points") % {"value": plain(band.least), "points": plain(band.points)}


def half_up(value: Decimal) -> Decimal:
    """Points as they are entered: two decimals."""
    return value.quantize(Decimal("0.01"), ROUND_HALF_UP)
