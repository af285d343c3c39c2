"""What a body needs to meet or to decide, as exact fractions: “以上” includes the share, “过半” and “超过” do not.

Pure: no rows, no profile, no clock. Procedures and polls count with the same class, by heads and by area.
"""

from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Final, Literal

from django.utils.translation import gettext_lazy as _

Bound = Literal["at_least", "more_than"]
Base = Literal["due", "present"]
Measure = Literal["heads", "area"]
# A share may be written as area is: "1234.56".
Amount = int | Fraction

_OF: Final[dict[tuple[str, str], Any]] = {
    ("due", "heads"): _("all who are entitled"),
    ("present", "heads"): _("those who take part"),
    ("due", "area"): _("all area"),
    ("present", "area"): _("the area that takes part"),
}
_SAID: Final[dict[str, Any]] = {
    "at_least": _("at least %(share)s of %(whole)s"),
    "more_than": _("more than %(share)s of %(whole)s"),
}


@dataclass(frozen=True, slots=True)
class Threshold:
    """A share of something that has to be reached (`at_least`) or passed (`more_than`).

    `of` says of what: of all who are due, or of those who take part; `by` whether heads or area are counted.
    """

    share: Fraction
    bound: Bound
    of: Base
    by: Measure = "heads"

    def __post_init__(self) -> None:
        """A share lies above nothing and not above all; more than all can never be reached."""
        assert 0 < self.share <= 1, f"no share: {self.share}"
        assert self.share < 1 or self.bound == "at_least", "more than all is never reached"

    def met(self, part: Amount, whole: Amount) -> bool:
        """Whether a part of a whole is enough; of nothing, nothing is enough."""
        if whole <= 0:
            return False
        wanted = self.share * whole
        return part >= wanted if self.bound == "at_least" else part > wanted

    def needed(self, whole: int) -> int:
        """The smallest number of heads that is enough."""
        wanted = self.share * whole
        least = -(-wanted.numerator // wanted.denominator)
        return least + 1 if self.bound == "more_than" and least == wanted else max(1, least)

    def __str__(self) -> str:
        """In words, as notices print it."""
        return str(_SAID[self.bound]) % {"share": self.share, "whole": _OF[self.of, self.by]}


def at_least(share: str, of: Base, by: Measure = "heads") -> Threshold:
    """A share that is included (以上)."""
    return Threshold(Fraction(share), "at_least", of, by)


def more_than(share: str, of: Base, by: Measure = "heads") -> Threshold:
    """A share that is excluded (过半, 超过)."""
    return Threshold(Fraction(share), "more_than", of, by)


# Joint decisions of owners (民法典 278): both by heads and by area.
OWNERS_QUORUM: Final = (at_least("2/3", "due"), at_least("2/3", "due", "area"))
OWNERS_ORDINARY: Final = (more_than("1/2", "present"), more_than("1/2", "present", "area"))
OWNERS_MAJOR: Final = (at_least("3/4", "present"), at_least("3/4", "present", "area"))
