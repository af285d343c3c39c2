"""Walking the streets: the arithmetic against one that is done by hand, on networks that Hypothesis draws."""

import itertools
import math
import random

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.sparse import csgraph

from linli.circles.streets.covering import Asked, Covered, suggested
from linli.circles.streets.network import Line, Network, Tied, joined, matrix, packed, parts, paths, tie, unpacked
from linli.circles.streets.walking import around, to_nearest, within
from linli.circles.tests.walked import at

Beside = tuple[int, int, int]
Stretch = tuple[int, int, int, bool]


@st.composite
def towns(draw: st.DrawFn) -> tuple[int, list[Stretch], list[list[Beside]], int]:
    """Junctions, stretches of whole metres, points beside them (homes and two kinds, one of them idle), and a limit."""
    size = draw(st.integers(2, 7))
    ends = st.integers(0, size - 1)
    pairs = st.lists(st.tuples(ends, ends, st.integers(1, 9), st.booleans()), min_size=1, max_size=10)
    stretches = [item for item in draw(pairs) if item[0] != item[1]] or [(0, 1, 3, False)]
    beside = st.tuples(st.integers(0, len(stretches) - 1), st.integers(0, 9), st.integers(0, 2))
    groups = [draw(st.lists(beside, max_size=4)) for _group in range(3)]
    homes = draw(st.lists(beside, min_size=1, max_size=6))
    fit = [[(edge, min(along, stretches[edge][2]), gap) for edge, along, gap in group] for group in (homes, *groups)]
    return size, stretches, fit, draw(st.integers(1, 15))


def by_hand(size: int, stretches: list[Stretch]) -> list[list[float]]:
    """All distances between junctions, by Floyd and Warshall."""
    far = [[0.0 if a == b else math.inf for b in range(size)] for a in range(size)]
    for start, end, metres, oneway in stretches:
        far[start][end] = min(far[start][end], metres)
        if not oneway:
            far[end][start] = min(far[end][start], metres)
    for middle, start, end in itertools.product(range(size), repeat=3):
        far[start][end] = min(far[start][end], far[start][middle] + far[middle][end])
    return far


def ways_out(stretches: list[Stretch], point: Beside) -> list[tuple[int, int]]:
    """The junctions to which one comes first from a point, and how far they are."""
    start, end, metres, oneway = stretches[point[0]]
    return [(end, metres - point[1])] + ([(start, point[1])] if not oneway or point[1] == 0 else [])


def ways_in(stretches: list[Stretch], point: Beside) -> list[tuple[int, int]]:
    """The junctions from which one comes to a point."""
    start, end, metres, oneway = stretches[point[0]]
    return [(start, point[1])] + ([(end, metres - point[1])] if not oneway or point[1] == metres else [])


def walk(far: list[list[float]], stretches: list[Stretch], home: Beside, goal: Beside) -> float:
    """The metres from a home to a goal: along one stretch, or over junctions."""
    best = min(out + far[a][b] + into for a, out in ways_out(stretches, home) for b, into in ways_in(stretches, goal))
    if home[0] == goal[0] and (not stretches[home[0]][3] or home[1] <= goal[1]):
        best = min(best, abs(home[1] - goal[1]))
    return best + home[2] + goal[2]


def town(size: int, stretches: list[Stretch], points: list[Beside]) -> tuple[Network, Tied]:
    """The same as the application holds it."""
    starts, ends, metres, oneway = (np.array(column) for column in zip(*stretches, strict=True))
    where = np.zeros((size, 2))
    edge, along, gap = (np.array(column, dtype=float) for column in zip(*points, strict=True))
    return Network(where, starts, ends, metres.astype(float), oneway.astype(bool)), Tied(edge.astype(int), along, gap)


@settings(max_examples=120, deadline=None)
@given(towns())
def test_what_is_near_and_where_one_more_helps_most_is_what_is_found_by_hand(
    drawn: tuple[int, list[Stretch], list[list[Beside]], int],
) -> None:
    size, stretches, (homes, market, school, idle), limit = drawn
    households = np.array([2 + number * 3 for number in range(len(homes))])
    points = [*homes, *market, *school, *idle]
    network, tied = town(size, stretches, points)
    held = paths(network, tied)
    first = len(homes)
    kinds = [np.arange(first, first + len(market)), np.arange(first + len(market), len(points) - len(idle))]
    metres = to_nearest(held, np.arange(first), kinds)
    far = by_hand(size, stretches)
    wanted = [
        [min((walk(far, stretches, home, goal) for goal in kind), default=math.inf) for home in homes]
        for kind in (market, school)
    ]
    assert np.allclose(metres, wanted, atol=1e-5)
    near = within(metres, limit)
    assert near.tolist() == [[item <= limit for item in row] for row in wanted]

    # One more: at every junction and every point at which something lies, and in each place that stands idle.
    places = [np.empty((count, 2)) for count in (first, len(market) + len(school), len(idle))]
    asked = Asked(places[0], households, places[1], [kind - first for kind in kinds], places[2], limit, 9.0)
    covered = Covered(asked, tied, held, metres, near)
    divisions = np.array([number % 2 for number in range(first)])
    junctions = [(edge, along, 0) for edge, item in enumerate(stretches) for along in (0, item[2])]
    corners = [*junctions, *((edge, along, 0) for edge, along, _gap in points)]

    def node(corner: Beside) -> int:
        start, end, length, _oneway = stretches[corner[0]]
        return start if corner[1] == 0 else end if corner[1] == length else nodes[corner[:2]]

    def total(goal: Beside, lacking: list[int]) -> float:
        ways = [(walk(far, stretches, homes[n], goal), int(households[n])) for n in lacking]
        return sum(metres * living for metres, living in ways if metres <= limit)

    nodes = {point[:2]: int(at) for point, at in zip(points, held.nodes, strict=True)}
    found = {(item.division, item.kind): item for item in suggested(covered, [divisions], [0, 1])}
    for division, kind in itertools.product((0, 1), (0, 1)):
        lacking = [n for n in range(first) if divisions[n] == division and not near[kind][n]]

        def gain(goal: Beside, lacking: list[int] = lacking) -> int:
            return sum(int(households[n]) for n in lacking if walk(far, stretches, homes[n], goal) <= limit)

        item = found.get((division, kind))
        assert (item.lacking if item else 0) == sum(int(households[n]) for n in lacking)
        assert (item.site.gain if item else 0) == max(map(gain, corners), default=0)
        if item and item.site.gain:
            least = min(total(corner, lacking) for corner in corners if gain(corner) == item.site.gain)
            assert least == min(total(corner, lacking) for corner in corners if node(corner) == item.site.node)
        assert (item.idle.gain if item else 0) == max(map(gain, idle), default=0)
        if item and item.idle.gain:
            assert gain(idle[item.idle.node]) == item.idle.gain


def test_a_point_is_tied_to_the_street_nearest_to_it() -> None:
    network = joined([Line([at(0), at(10)]), Line([at(0, 0.01), at(10, 0.01)])])
    tied = tie(network, np.array([at(2.5, 0.0001), at(5, 0.0099), at(5, 0.2)]), 300)
    assert parts(network).max() == 1
    assert tied.near.tolist() == [True, True, False]
    assert [round(value) for value in tied.along[:2]] == [250, 500]
    assert [round(value) for value in tied.gap[:2]] == [8, 8]
    again = unpacked(packed(network))
    assert all(np.array_equal(getattr(again, name), getattr(network, name)) for name in ("points", "metres", "oneway"))


def test_lines_meet_where_they_share_a_point_and_the_same_stretch_counts_once() -> None:
    cross = joined(
        [Line([at(0), at(1), at(2)]), Line([at(1, 0.001), at(1)]), Line([at(2), at(1)]), Line([at(3), at(3)])]
    )
    assert (cross.size, len(cross.starts), parts(cross).max()) == (4, 3, 0)
    oneway = joined([Line([at(0), at(1)], oneway=True), Line([at(1), at(0)], oneway=True)])
    assert (len(oneway.starts), oneway.oneway.tolist()) == (2, [True, True])


def test_what_is_walked_to_together_is_what_the_whole_town_says() -> None:
    """A lattice of two kilometres with gaps, where only a part can be reached from any home."""
    dice = random.Random(3)
    spots = [[at(row, 0.0013 * column) for column in range(20)] for row in range(20)]
    across = [Line([one, two]) for row in spots for one, two in itertools.pairwise(row) if dice.random() > 0.2]
    upward = [Line(list(pair)) for one, two in itertools.pairwise(spots) for pair in zip(one, two, strict=True)]
    network = joined([*across, *upward])
    homes = np.array([at(dice.uniform(0, 19), dice.uniform(0, 0.0247)) for _home in range(60)])
    held = paths(network, tie(network, homes, 300))
    found = around(held, np.arange(60), 400)
    graph = matrix(held.starts, held.ends, held.metres, len(held.points))
    metres = csgraph.dijkstra(graph, indices=held.nodes) + held.gaps[:, None]
    assert 0 < found.counts.max() < len(held.points) / 4
    for home, (start, count) in enumerate(zip(found.starts, found.counts, strict=True)):
        assert found.nodes[start : start + count].tolist() == np.flatnonzero(metres[home] <= 400).tolist()
