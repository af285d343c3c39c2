"""A frozen figure keeps its value, definition and rows; today's computation stands beside it."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction
from pytest_django import Settings

from linli.accountability.models import FrozenFigure, FrozenRows, SatisfactionSurvey
from linli.accountability.operations.freezing import figures_freeze
from linli.accountability.operations.surveys import Counted, survey_change, survey_record
from linli.accountability.queries.frozen import compared
from linli.accounts.testing import Cast
from linli.core.actors import SYSTEM
from linli.core.models import Entry
from linli.records.figures import compute
from linli.records.operations.profiles import content_apply
from linli.records.tests.sampling import AS_OF

pytestmark = pytest.mark.django_db
KIND = "satisfaction_survey"
FIGURES: list[dict[str, Any]] = [
    {"id": "surveys", "label": "测评", "of": KIND, "period": "year_to_date", "wording": "over", "unit": "次"},
    {"id": "answered", "of": KIND, "measure": {"sum": "answered"}, "period": "year_to_date"},
    {"id": "satisfied", "of": KIND, "measure": {"sum": "satisfied"}, "period": "year_to_date"},
    {"id": "rate", "ratio": {"of": "satisfied", "over": "answered", "times": 100}, "decimals": 1},
    {"id": "trend", "change": {"of": "rate", "against": "last_year", "in": "points"}, "decimals": 1},
    {"id": "far", "share": {"of": "surveys", "where": {"title": "甲"}}, "decimals": 1},
    {"id": "best", "highest": {"of": "surveys", "each": "month"}},
]


@pytest.fixture(autouse=True)
def place(cast: Cast, settings: Settings, tmp_path: Path) -> None:
    settings.DATA = tmp_path
    content_apply(actor=SYSTEM, content=lambda held: {**held, "figures": {"figures": FIGURES}})


def survey(cast: Cast, title: str, on: date, satisfied: int = 60) -> SatisfactionSurvey:
    counted = Counted(title, cast.places["community"].pk, on, 200, 120, satisfied)
    return survey_record(actor=SYSTEM, counted=counted)


def frozen(*ids: str) -> list[FrozenFigure]:
    return figures_freeze(actor=SYSTEM, values=compute.compute_many(AS_OF, ids=ids))


def said(statement: str) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(statement)


def test_all_of_a_figure_is_kept(cast: Cast) -> None:
    old, one = survey(cast, "甲", date(2025, 3, 1)), survey(cast, "甲", date(2026, 3, 1), 90)
    frozen(*(item["id"] for item in FIGURES))
    rate = FrozenFigure.objects.get(figure="rate")
    assert (str(rate.printed.value), str(rate.printed.exact)) == ("75.0", "75")
    assert rate.sentence == compute.sentence(compute.figure_of("rate"), compute.book())
    assert (compute.number(rate.numerator), compute.number(rate.denominator)) == (90, 120)
    assert (rate.as_of, rate.period_from) == (AS_OF, date(2026, 1, 1))
    assert set(rate.parts) == {"satisfied", "answered"}
    assert rate.book["rate"] == compute.book()["rate"]
    kept = {(item.figure.figure, item.part): item.ids for item in FrozenRows.objects.select_related("figure")}
    assert kept == {
        ("surveys", ""): [one.pk],
        ("answered", ""): [one.pk],
        ("satisfied", ""): [one.pk],
        ("rate", "of"): [one.pk],
        ("rate", "over"): [one.pk],
        ("trend", "of.of"): [one.pk],
        ("trend", "of.over"): [one.pk],
        ("trend", "then.of"): [old.pk],
        ("trend", "then.over"): [old.pk],
        ("far", "of"): [one.pk],
        ("far", "met"): [one.pk],
        ("best", "of"): [one.pk],
    }
    assert Entry.objects.get(operation="figures.freeze").count == len(FIGURES)


def test_not_collected_stays_so(cast: Cast) -> None:
    (item,) = frozen("rate")
    item.refresh_from_db()
    assert (item.value, item.printed.value, item.wording) == (None, None, "未采集")


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE accountability_frozenfigure SET value = 1",
        "DELETE FROM accountability_frozenfigure",
        "TRUNCATE accountability_frozenfigure CASCADE",
        "UPDATE accountability_frozenrows SET ids = '{}'",
        "DELETE FROM accountability_frozenrows",
        "TRUNCATE accountability_frozenrows",
    ],
)
def test_the_database_refuses_to_change_what_was_frozen(cast: Cast, statement: str) -> None:
    survey(cast, "甲", date(2026, 3, 1))
    frozen("surveys")
    with pytest.raises(DatabaseError, match=r"does not change|permission denied"):
        said(statement)
    assert FrozenFigure.objects.get().printed.value == 1


def test_later_corrections_stand_beside_what_was_issued(cast: Cast) -> None:
    one = survey(cast, "甲", date(2026, 3, 1))
    frozen("rate", "far", "surveys")
    late = survey(cast, "乙", date(2026, 4, 1), 120)
    told = {item.frozen.figure: item for item in compared(list(FrozenFigure.objects.order_by("id")))}
    assert {code: (str(item.then.value), str(item.now.value)) for code, item in told.items()} == {
        "surveys": ("1", "2"),
        "rate": ("50.0", "75.0"),
        "far": ("100.0", "50.0"),
    }
    assert [(move.part, move.of, move.came, move.went) for move in told["far"].moved] == [("of", KIND, (late.pk,), ())]
    assert all(item.changed and not item.redefined for item in told.values())
    # A survey that belongs to another year now went.
    counted = Counted("甲", cast.places["community"].pk, date(2025, 3, 1), 200, 120, 60)
    survey_change(actor=SYSTEM, survey_id=one.pk, version=1, counted=counted)
    (again,) = compared(list(FrozenFigure.objects.filter(figure="surveys")))
    assert (again.moved[0].came, again.moved[0].went, again.changed) == ((late.pk,), (one.pk,), False)


def test_another_definition_does_not_change_what_is_compared(cast: Cast) -> None:
    survey(cast, "甲", date(2026, 3, 1))
    frozen("surveys")
    other = [{**FIGURES[0], "where": {"title": "乙"}}, *FIGURES[1:]]
    content_apply(actor=SYSTEM, content=lambda held: {**held, "figures": {"figures": other}})
    (told,) = compared(list(FrozenFigure.objects.all()))
    assert (str(told.now.value), told.changed, told.moved, told.redefined) == ("1", False, (), True)
