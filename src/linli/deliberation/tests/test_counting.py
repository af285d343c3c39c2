"""Counting is exact: against an independent count of whole numbers, and by the vectors that the law gives."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linli.deliberation import thresholds
from linli.deliberation.counting import Amounts, Rule, tally
from linli.deliberation.thresholds import Bound, Threshold

ORDINARY = Rule(thresholds.OWNERS_QUORUM, thresholds.OWNERS_ORDINARY)
MAJOR = Rule(thresholds.OWNERS_QUORUM, thresholds.OWNERS_MAJOR)
SHARES = st.tuples(st.integers(1, 12), st.integers(1, 12)).filter(lambda pair: pair[0] <= pair[1])


@pytest.mark.parametrize(
    ("rule", "agree", "against", "met"),
    [
        (ORDINARY, 199, 0, False),
        (ORDINARY, 200, 0, True),
        (ORDINARY, 101, 99, True),
        (ORDINARY, 100, 100, False),
        (MAJOR, 150, 50, True),
        (MAJOR, 149, 51, False),
        (MAJOR, 199, 0, False),
    ],
)
def test_three_hundred_owners_decide_as_the_law_says(rule: Rule, agree: int, against: int, met: bool) -> None:
    ballots = [([0], Fraction(100))] * agree + [([1], Fraction(100))] * against
    assert tally(Amounts(300, Fraction(30_000)), 3, ballots).met(rule) is met


@pytest.mark.parametrize(("large", "met"), [("19899", True), ("19900", False)])
def test_both_heads_and_area_must_pass(large: str, met: bool) -> None:
    ballots = [([0], Fraction(100))] * 199 + [([1], Fraction(large))]
    due = Amounts(200, 199 * Fraction(100) + Fraction(large))
    counted = tally(due, 3, ballots)
    assert counted.met(ORDINARY) is met
    # A third of a hair below the quorum of area is below it.
    assert not tally(Amounts(300, Fraction(30_000)), 3, [([0], Fraction("99.9999"))] * 200).met(ORDINARY)


@given(
    electors=st.lists(st.tuples(st.integers(1, 20_000), st.sampled_from([None, 0, 1, 2])), min_size=1, max_size=60),
    quorum=SHARES,
    passing=SHARES,
    strict=st.booleans(),
)
def test_it_agrees_with_an_independent_count(
    electors: list[tuple[int, int | None]], quorum: tuple[int, int], passing: tuple[int, int], strict: bool
) -> None:
    strict = strict and passing[0] < passing[1]
    bound: Bound = "more_than" if strict else "at_least"
    rule = Rule(
        tuple(Threshold(Fraction(*quorum), "at_least", "due", by) for by in ("heads", "area")),
        tuple(Threshold(Fraction(*passing), bound, "present", by) for by in ("heads", "area")),
    )
    due = Amounts(len(electors), Fraction(sum(area for area, _choice in electors), 100))
    ballots = [([choice], Fraction(area, 100)) for area, choice in electors if choice is not None]
    counted = tally(due, 3, ballots)

    # In whole hundredths and cross-multiplied, with nothing of the code under test.
    came = [(area, choice) for area, choice in electors if choice is not None]
    agreed = [area for area, choice in came if choice == 0]
    pairs = [
        (len(came), len(electors), len(agreed), len(came)),
        (sum(a for a, _c in came), sum(a for a, _c in electors), sum(agreed), sum(a for a, _c in came)),
    ]
    enough = [there * quorum[1] >= quorum[0] * whole and there > 0 for there, whole, _got, _of in pairs]
    passed = [
        whole > 0 and (got * passing[1] > passing[0] * whole or (not strict and got * passing[1] == passing[0] * whole))
        for _there, _whole, got, whole in pairs
    ]
    assert counted.met(rule) is (all(enough) and all(passed))
    assert sum(option.heads for option in counted.options) == counted.present.heads == len(came)


def test_unreturned_ballots_take_part_only_where_the_own_rule_says_so() -> None:
    counted = tally(Amounts(300, Fraction(300)), 3, [([0], Fraction(1))] * 120 + [([1], Fraction(1))] * 30)
    assert not counted.met(ORDINARY)
    other = counted.with_unreturned()
    assert (other.present, other.options[0].heads, other.options[1].heads) == (counted.due, 270, 30)
    assert other.met(ORDINARY)
