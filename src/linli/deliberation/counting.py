"""Counting a vote exactly: who took part, what each option got, which thresholds are met. By heads and by area.

Pure: no rows, no profile, no clock. Closing a poll, the printed result and `linli poll verify` count with this.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from fractions import Fraction
from typing import Any, Final

from linli.deliberation.thresholds import Threshold

FOR: Final = 0


@dataclass(frozen=True, slots=True)
class Amounts:
    """Heads, and the area that is theirs."""

    heads: int = 0
    area: Fraction = Fraction(0)

    def __add__(self, other: "Amounts") -> "Amounts":
        return Amounts(self.heads + other.heads, self.area + other.area)

    def __sub__(self, other: "Amounts") -> "Amounts":
        return Amounts(self.heads - other.heads, self.area - other.area)

    def by(self, measure: str) -> Fraction:
        """One of the two."""
        return Fraction(self.heads) if measure == "heads" else self.area

    def as_dict(self) -> dict[str, Any]:
        """As a document keeps it: area as a plain decimal."""
        return {"heads": self.heads, "area": plain(self.area)}

    @staticmethod
    def of(document: Mapping[str, Any]) -> "Amounts":
        """As `as_dict` wrote it."""
        return Amounts(int(document["heads"]), Fraction(str(document["area"])))


@dataclass(frozen=True, slots=True)
class Rule:
    """What a decision needs: a quorum of those who are due, and what an option must get."""

    quorum: tuple[Threshold, ...] = ()
    passing: tuple[Threshold, ...] = ()

    def as_dict(self) -> dict[str, Any]:
        """As a poll keeps it from its opening on."""
        return {"quorum": [_threshold(item) for item in self.quorum], "passing": [_threshold(i) for i in self.passing]}

    @staticmethod
    def of(document: Mapping[str, Any]) -> "Rule":
        """As `as_dict` wrote it."""
        return Rule(
            tuple(map(_read, document.get("quorum", ()))),
            tuple(map(_read, document.get("passing", ()))),
        )


@dataclass(frozen=True, slots=True)
class Condition:
    """One threshold with the numbers it was held against."""

    threshold: Threshold
    part: Fraction
    whole: Fraction

    @property
    def met(self) -> bool:
        """Whether it is met."""
        return self.threshold.met(self.part, self.whole)

    def as_dict(self) -> dict[str, Any]:
        """With its exact numbers."""
        return {**_threshold(self.threshold), "part": plain(self.part), "whole": plain(self.whole), "met": self.met}


@dataclass(frozen=True, slots=True)
class Tally:
    """The counted ballots of a poll: who was due, who took part, and what each option got."""

    due: Amounts
    present: Amounts
    options: tuple[Amounts, ...]

    def quorum(self, rule: Rule) -> tuple[Condition, ...]:
        """What the rule asks of how many take part."""
        return tuple(Condition(item, self.present.by(item.by), self._whole(item)) for item in rule.quorum)

    def passing(self, rule: Rule, option: int = FOR) -> tuple[Condition, ...]:
        """What the rule asks of how many are for an option."""
        got = self.options[option]
        return tuple(Condition(item, got.by(item.by), self._whole(item)) for item in rule.passing)

    def met(self, rule: Rule, option: int = FOR) -> bool:
        """Whether an option is decided: both the quorum and what the option must get, in every dimension."""
        return all(item.met for item in (*self.quorum(rule), *self.passing(rule, option)))

    def with_unreturned(self) -> "Tally":
        """As some owners' own rules have it: whoever returned no ballot took part, and sides with the most heads."""
        most = max(range(len(self.options)), key=lambda number: (self.options[number].heads, -number))
        absent = self.due - self.present
        options = [got + absent if number == most else got for number, got in enumerate(self.options)]
        return replace(self, present=self.due, options=tuple(options))

    def _whole(self, threshold: Threshold) -> Fraction:
        return (self.due if threshold.of == "due" else self.present).by(threshold.by)


def tally(due: Amounts, options: int, ballots: Iterable[tuple[Sequence[int], Fraction]]) -> Tally:
    """Count ballots, each its choices with the area that stands behind it. One without a choice takes part only."""
    present = Amounts()
    got = [Amounts()] * options
    for choices, area in ballots:
        head = Amounts(1, area)
        present += head
        for choice in set(choices):
            got[choice] += head
    return Tally(due, present, tuple(got))


def joined(first: Tally, present: int, options: Sequence[int]) -> Tally:
    """A tally with ballots added that were counted by heads without names."""
    both = zip(first.options, options, strict=True)
    return Tally(first.due, first.present + Amounts(present), tuple(got + Amounts(more) for got, more in both))


def plain(value: Fraction | Decimal | int) -> str:
    """A number as a plain decimal where it is one, else as a fraction."""
    exact = Fraction(value)
    if exact.denominator == 1:
        return str(exact.numerator)
    decimal = Decimal(exact.numerator) / Decimal(exact.denominator)
    return f"{decimal.normalize():f}" if Fraction(decimal) == exact else str(exact)


def _threshold(item: Threshold) -> dict[str, str]:
    return {"share": str(item.share), "bound": item.bound, "of": item.of, "by": item.by}


def _read(document: Mapping[str, Any]) -> Threshold:
    return Threshold(Fraction(document["share"]), document["bound"], document["of"], document["by"])
