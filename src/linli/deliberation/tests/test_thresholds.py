"""Thresholds are exact: the vectors of the law, and any whole against counting one by one."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linli.deliberation.thresholds import (
    OWNERS_MAJOR,
    OWNERS_ORDINARY,
    OWNERS_QUORUM,
    Threshold,
    at_least,
    more_than,
)


@pytest.mark.parametrize(
    ("threshold", "whole", "fails", "passes"),
    [
        (OWNERS_QUORUM[0], 300, 199, 200),
        (OWNERS_ORDINARY[0], 200, 100, 101),
        (OWNERS_MAJOR[0], 200, 149, 150),
        (at_least("2/3", "due"), 31, 20, 21),
        (more_than("1/2", "due"), 31, 15, 16),
        (at_least("1", "due"), 7, 6, 7),
    ],
)
def test_what_includes_and_what_excludes(threshold: Threshold, whole: int, fails: int, passes: int) -> None:
    """One less is not enough, and one is."""
    assert not threshold.met(fails, whole)
    assert threshold.met(passes, whole)
    assert threshold.needed(whole) == passes


def test_area_is_exact() -> None:
    """Three quarters of an area to the hundredth of a square metre."""
    whole = Fraction("12345.68")
    assert OWNERS_MAJOR[1].met(Fraction("9259.26"), whole)
    assert not OWNERS_MAJOR[1].met(Fraction("9259.25"), whole)


def test_of_nothing_nothing_is_enough() -> None:
    """An empty electorate decides nothing."""
    assert not at_least("1/2", "due").met(0, 0)


@pytest.mark.parametrize("share", ["0", "4/3"])
def test_a_share_lies_within_the_whole(share: str) -> None:
    """What can never be met, or always is, is a fault of the program."""
    with pytest.raises(AssertionError):
        at_least(share, "due")
    with pytest.raises(AssertionError):
        more_than("1", "due")


@given(st.integers(1, 400), st.integers(1, 12), st.integers(1, 12), st.booleans())
def test_the_smallest_number_that_is_enough(whole: int, over: int, under: int, includes: bool) -> None:
    """`needed` is the first that meets, found by counting with whole numbers only."""
    over = min(over, under)
    if over == under and not includes:
        return
    threshold = Threshold(Fraction(over, under), "at_least" if includes else "more_than", "due")
    enough = [n for n in range(whole + 1) if (n * under >= over * whole if includes else n * under > over * whole)]
    assert threshold.needed(whole) == enough[0]
    assert threshold.met(enough[0], whole)
    assert not threshold.met(enough[0] - 1, whole)
