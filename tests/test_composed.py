"""Every query that is composed once runs what its own queryset would run, whoever asks and with whichever values."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any, Final

import pytest
from django.core.exceptions import EmptyResultSet
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from hypothesis import given, settings
from hypothesis import strategies as st

from linli.cases.queries.lists import Asked, listed
from linli.cases.queries.pages import matters
from linli.core import clock
from linli.core.actors import SYSTEM, VISITOR, Actor, Scope
from linli.core.composed import Composed, Ids
from linli.records.models import ProfileVersion
from linli.records.profiles import newest

ABILITIES: Final = st.frozensets(st.sampled_from(("cases.view", "cases.dispatch", "cases.register")))
PATHS: Final = st.lists(st.integers(1, 99), max_size=3).map(lambda steps: "".join(f"/{n}" for n in steps) + "/")
IDS: Final = st.integers(1, 2**40)
SCOPES: Final = st.builds(Scope, ABILITIES, path=PATHS, grid_path=st.just("") | PATHS)
KEYS: Final = st.sampled_from(("user:{}", "reporter:{}", "api-key:{}", "worker")).flatmap(
    lambda form: IDS.map(lambda n: form.format(n))
)
ACTORS: Final = st.sampled_from((SYSTEM, VISITOR)) | st.builds(
    Actor,
    key=KEYS,
    label=st.text(max_size=3),
    user_id=st.none() | IDS,
    person_id=st.none() | IDS,
    organization_ids=st.lists(IDS, max_size=3, unique=True).map(tuple),
    scopes=st.lists(SCOPES, max_size=3, unique_by=(lambda s: s.path, lambda s: s.grid_path)).map(tuple),
)
DAYS: Final = st.dates(date(2000, 1, 1))
MOMENTS: Final = st.datetimes(datetime(2000, 1, 1), timezones=st.just(UTC))
STEADY: Final = st.sampled_from(
    [Asked((), 51), Asked((("state", "all"), ("place", "7")), 51), Asked((("lead", "3"), ("from", "2026-01-01")), 3)]
)
FEW: Final = st.lists(IDS, max_size=4).map(Ids)
NEAR: Final = st.none() | st.tuples(FEW, FEW)
NONE: Final = (None, None)
BY_DUE: Final = Asked((("sort", "due"),), 51)
# What each query is asked with; one that is missing here fails, so that nobody composes one untried.
GIVEN: Final[dict[str, st.SearchStrategy[tuple[Any, ...]]]] = {
    "active_user": st.tuples(IDS),
    "bodies_leading": st.tuples(ACTORS, st.lists(IDS, max_size=3, unique=True).map(tuple)),
    "divisions_seen": st.tuples(ACTORS),
    "drawn": st.tuples(st.lists(IDS, max_size=3, unique=True).map(tuple)),
    "hanging_on": st.tuples(IDS),
    "history_of": st.tuples(IDS),
    "helped_by": st.tuples(ACTORS),
    "items_of": st.tuples(ACTORS, IDS),
    "listed": st.tuples(ACTORS, STEADY, st.none() | st.tuples(DAYS, IDS), NEAR, st.none() | FEW)
    | st.tuples(ACTORS, st.just(BY_DUE), st.none() | st.tuples(MOMENTS, IDS), NEAR, st.none() | FEW),
    "matters": st.tuples(ACTORS, IDS),
    "named": st.tuples(st.lists(IDS, min_size=1, max_size=4, unique=True).map(tuple)),
    "newest": st.tuples(),
    "owed_for": st.tuples(IDS),
    "places_below": st.tuples(IDS.map(lambda n: f"/{n}/")),
    "places_seen": st.tuples(ACTORS),
    "posts_held": st.tuples(st.lists(IDS, max_size=3, unique=True).map(tuple), DAYS),
    "posts_above": st.tuples(
        st.lists(IDS, max_size=4, unique=True).map(tuple),
        st.lists(st.sampled_from(("desk", "secretary", "leader")), max_size=3, unique=True).map(tuple),
        DAYS,
    ),
    "reporters_of": st.tuples(IDS),
    "saved_filters": st.tuples(ACTORS),
    "session_with": st.tuples(st.from_regex(r"[a-z0-9]{32}", fullmatch=True)),
    "topics_of": st.tuples(ACTORS, IDS),
    "unread_of": st.tuples(ACTORS),
}


@pytest.mark.parametrize("query", Composed.known, ids=lambda query: query.query.__name__)
def test_what_is_kept_is_what_the_queryset_says(query: Composed[Any, Any]) -> None:
    @settings(deadline=None)
    @given(GIVEN[query.query.__name__])
    def same(arguments: tuple[Any, ...]) -> None:
        assert query.sql(*arguments) == _own(query.query, arguments)

    same()


def _own(function: Callable[..., Any], arguments: tuple[Any, ...]) -> tuple[str, tuple[Any, ...]]:
    try:
        return tuple(function(*arguments).query.sql_with_params())
    except EmptyResultSet:
        return "", ()


def test_arguments_by_name_are_refused() -> None:
    with pytest.raises(TypeError):
        matters(viewer=SYSTEM, pk=1)


@pytest.mark.django_db
def test_rows_come_and_are_read_anew_each_time() -> None:
    first = ProfileVersion.objects.order_by("-id").first()
    before = newest.one()
    assert before == (first.pk if first else None)
    made = ProfileVersion.objects.create(content={}, digest="x", applied=clock.now())
    with CaptureQueriesContext(connection) as seen:
        assert newest() == [made.pk]
    assert len(seen) == 1
    with transaction.atomic():
        assert newest.one() == made.pk


@pytest.mark.django_db
def test_nothing_is_asked_where_nothing_can_be_found() -> None:
    with CaptureQueriesContext(connection) as seen:
        assert listed(VISITOR, Asked((), 51), None, None, None) == []
    assert len(seen) == 0


def test_few_ids_and_many_have_one_shape() -> None:
    few, many = (listed.sql(SYSTEM, Asked((), 9), None, None, Ids(range(n))) for n in (1, 400))
    assert few[0] == many[0]
    assert [0] in few[1]
    assert list(range(400)) in many[1]


def test_days_and_moments_are_told_apart() -> None:
    today, now = date(2026, 11, 28), datetime(2026, 11, 28, tzinfo=UTC)
    by_day, by_moment = listed.sql(SYSTEM, Asked((), 9), (today, 5), *NONE), listed.sql(SYSTEM, BY_DUE, (now, 5), *NONE)
    assert today in by_day[1]
    assert now in by_moment[1]
    assert now + timedelta(days=1) in listed.sql(SYSTEM, BY_DUE, (now + timedelta(days=1), 5), *NONE)[1]
