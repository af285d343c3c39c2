"""Figures: what each kind of definition counts, what is not collected, what is wrong with a definition."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.utils import translation
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from linli.core.actors import VISITOR
from linli.core.errors import InvalidInput, NotFound
from linli.organizations.sections import kinds_in_force
from linli.records.figures import compute
from linli.records.figures.compile import Scope, bounds, rows
from linli.records.figures.definitions import Figure, check_one
from linli.records.figures.opening import figure_opened
from linli.records.tests.sampling import MATTERS, compounds, open_place, table, take_in
from linli.territory.models import Place

pytestmark = pytest.mark.django_db
AT = date(2026, 6, 30)


@pytest.fixture
def place(tmp_path: Path) -> None:
    open_place()
    take_in(
        compounds(
            tmp_path,
            [
                ["X1", "桃园", "东风街道", "春晓社区", 120, "是", "2001-01-01"],
                ["X2", "李园", "东风街道", "秋实社区", 80, "否", "2001-01-01"],
                ["X3", "杏园", "西园街道", "春晓社区", 40, "否", "2001-01-01"],
            ],
        )
    )
    matters = [
        ["S1", "2026-01-05", "2026-01-09", "热线", "停车", "a", "东风街道", "春晓社区", "", "办结"],
        ["S2", "2026-02-05", "2026-02-07", "热线", "停车", "b", "东风街道", "春晓社区", "", "办结"],
        ["S3", "2026-06-30", "", "巡查", "路灯", "c", "东风街道", "秋实社区", "", "在办"],
        ["S4", "2025-03-05", "2025-03-25", "巡查", "路灯", "d", "西园街道", "春晓社区", "", "办结"],
        ["S5", "2025-08-05", "2025-08-06", "巡查", "路灯", "e", "西园街道", "春晓社区", "", "办结"],
    ]
    take_in(table(tmp_path / "诉求.csv", MATTERS, matters))


@pytest.mark.parametrize(
    ("figure", "value"),
    [
        ("compounds", 3),
        ("compounds.guarded", 1),
        ("compounds.guarded_share", Decimal("33.3")),
        ("households", 240),
        ("matters", 3),
        ("matters.solved", 2),
        ("matters.rate", Decimal("66.7")),
        ("matters.change", 200),
        ("matters.places", 3),
        ("matters.days", 3),
        ("grids.open", 2),
        ("volunteers", None),
    ],
)
def test_each_figure_has_its_value(place: None, figure: str, value: Any) -> None:
    assert compute.compute(figure, AT).value == value


def test_a_scope_counts_only_what_lies_in_it(place: None) -> None:
    street = compute.scope_of("990901002")
    assert compute.compute("compounds", AT, street).value == 1
    assert compute.compute("matters", AT, street).value == 0
    assert compute.compute("compounds.guarded_share", AT, street).value == 0
    with pytest.raises(InvalidInput) as unknown:
        compute.scope_of("000")
    assert unknown.value.code == "scope.unknown"


def test_a_share_names_its_parts_and_a_ratio_over_nothing_is_not_collected(place: None) -> None:
    share = compute.compute("compounds.guarded_share", AT)
    assert share.numerator == 1
    assert share.denominator == 3
    assert compute.compute("matters.rate", date(2020, 1, 1)).value is None


def test_rows_behind_a_figure_are_those_the_viewer_may_open(place: None) -> None:
    found = figure_opened("matters.solved", AT, Scope(), VISITOR, compute.book())
    assert (found.visible, found.total) == (0, 2)
    worker = replace(VISITOR, key="user:1", abilities=frozenset({"territory.view"}))
    assert figure_opened("compounds", AT, Scope(), VISITOR, compute.book()).visible == 0
    assert figure_opened("compounds", AT, Scope(), worker, compute.book()).visible == 3
    with pytest.raises(NotFound):
        figure_opened("nothing", AT, Scope(), VISITOR, compute.book())


def test_groups_add_up_to_the_figure(place: None) -> None:
    figure = compute.figure_of("matters")
    for by in ("month", "street", "category"):
        groups = compute.grouped(figure, AT, Scope(), by)
        assert sum(value or 0 for _key, value in groups) == 3


def test_one_figure_is_one_query_after_looking_for_sums(
    place: None, django_assert_max_num_queries: Callable[[int], Any]
) -> None:
    figures = compute.book()
    with django_assert_max_num_queries(2):
        compute.value_of(figures["matters.solved"], AT, Scope(), figures)


@pytest.mark.parametrize(
    ("where", "count"),
    [
        ({"source": "hotline"}, 2),
        ({"source": ["hotline", "grid_patrol"]}, 5),
        ({"source": {"not": "hotline"}}, 3),
        ({"outcome": "none"}, 1),
        ({"outcome": {"not": "none"}}, 4),
        ({"lead": "none"}, 5),
        ({"lead": {"not": "none"}}, 0),
        ({"place.name": "秋实社区居民委员会"}, 1),
        ({"place.street.name": "东风街道"}, 3),
        ({"place": {"within": "990901001"}}, 3),
        ({"any": [{"source": "hotline"}, {"outcome": "none"}]}, 3),
        ({"category": {"from": "停", "to": "停车"}}, 2),
    ],
)
def test_every_form_of_condition(place: None, where: dict[str, Any], count: int) -> None:
    figure = Figure.model_validate({"id": "t", "of": "case", "where": where, "period": "cumulative"})
    check_one(figure, {})
    assert rows(figure, AT).count() == count


@pytest.mark.parametrize(
    ("has", "count"),
    [
        ({"of": "case", "on": "place", "period": "cumulative"}, 3),
        ({"of": "case", "on": "place", "period": "cumulative", "at_least": 2}, 2),
        ({"of": "case", "on": "place", "period": "cumulative", "exactly": 1}, 1),
        ({"of": "case", "on": "place", "period": "cumulative", "at_most": 1, "where": {"source": "hotline"}}, 7),
        ({"of": "case", "on": "place", "period": "cumulative", "exactly": 0}, 5),
    ],
)
def test_rows_that_have_other_rows(place: None, has: dict[str, Any], count: int) -> None:
    """Eight divisions: three hold matters, two of them two each."""
    figure = Figure.model_validate({"id": "t", "of": "division", "where": {"has": has}})
    check_one(figure, {})
    assert rows(figure, AT).count() == count


@pytest.mark.parametrize(
    ("definition", "code"),
    [
        ({"of": "nothing"}, "record_type.unknown"),
        ({"of": "case", "where": {"colour": "red"}}, "figure.unknown_dimension"),
        ({"of": "case", "where": {"place.street.county.name": "x"}}, "figure.long_path"),
        ({"of": "case", "measure": {"sum": "colour"}}, "figure.unknown_measure"),
        ({"of": "case", "by": "colour"}, "figure.unknown_date"),
        ({"of": "division", "where": {"has": {"of": "case", "where": {"has": {"of": "case"}}}}}, "figure.nested_has"),
        ({"ratio": {"of": "t", "over": "t"}}, "figure.cycle"),
        ({"ratio": {"of": "gone", "over": "t"}}, "figure.unknown_part"),
    ],
)
def test_what_is_wrong_with_a_definition_is_named(definition: dict[str, Any], code: str) -> None:
    figure = Figure.model_validate({"id": "t", **definition})
    with pytest.raises(InvalidInput) as refused:
        check_one(figure, {"t": figure})
    assert refused.value.code == code


@pytest.mark.parametrize(
    "definition", [{"of": "case", "ratio": {"of": "a", "over": "b"}}, {}, {"of": "case", "measure": "sum"}]
)
def test_a_figure_is_of_one_kind(definition: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=r"a figure has exactly one|a measure is"):
        Figure.model_validate({"id": "t", **definition})


@pytest.mark.parametrize(
    ("period", "first", "last"),
    [
        ("year_to_date", date(2026, 1, 1), AT),
        ("cumulative", None, AT),
        ("month", date(2026, 6, 1), AT),
        ("last_month", date(2026, 5, 1), date(2026, 5, 31)),
        ("quarter", date(2026, 4, 1), AT),
        ("as_of", None, AT),
    ],
)
def test_periods(period: Any, first: date | None, last: date) -> None:
    assert bounds(period, AT) == (first, last)


@pytest.mark.parametrize(
    ("word", "value", "printed"),
    [
        ("over", 94, "90余件"),
        ("over", 90, "90件"),
        ("over", 16437, "16400余件"),
        ("over", 186, "180余件"),
        ("about", 16437, "约16000件"),
        ("about", 94, "约90件"),
        ("nearly", 94, "近100件"),
        ("exact", 94, "94件"),
        ("over", 7, "7件"),
    ],
)
def test_rounding_words(word: Any, value: int, printed: str) -> None:
    figure = Figure.model_validate({"id": "t", "of": "case", "wording": word, "unit": "件"})
    assert compute.wording(figure, Decimal(value)) == printed


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.tuples(st.integers(2000, 2030), st.one_of(st.none(), st.integers(2000, 2030)), st.integers(0, 9)),
        max_size=12,
    )
)
def test_states_and_sums_agree_with_counting_by_hand(spans: list[tuple[int, int | None, int]]) -> None:
    Place.objects.filter(type="building").delete()
    kept = [(since, until, size) for since, until, size in spans if until is None or until >= since]
    for number, (since, until, size) in enumerate(kept):
        Place.objects.create(
            type="building",
            name=str(number),
            path=f"/{number}/",
            households=size,
            since=date(since, 1, 1),
            until=date(until, 1, 1) if until else None,
        )
    alive = [size for since, until, size in kept if since <= 2026 and (until is None or until > 2026)]
    count = Figure.model_validate({"id": "t", "of": "building"})
    total = Figure.model_validate({"id": "t", "of": "building", "measure": {"sum": "households"}})
    assert (compute.measured(count, AT, Scope()) or 0) == len(alive)
    assert (compute.measured(total, AT, Scope()) or 0) == sum(alive)


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_a_sentence_speaks_of_kinds_as_the_profile_words_them(language: str) -> None:
    known = kinds_in_force()
    codes = ["grid_worker", "community_member"]
    figure = Figure.model_validate({"id": "a", "label": "甲", "of": "post", "where": {"kind": codes}})
    without = figure.model_copy(update={"where": {"kind": {"not": "grid_worker"}}})
    with translation.override(language):
        sentences = [compute.sentence(item, {}) for item in (figure, without)]
        assert all(known[code].named in sentences[0] for code in codes)
        assert known["grid_worker"].named in sentences[1]
    assert not any(code in sentence for code in codes for sentence in sentences)
