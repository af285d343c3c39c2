"""Surveys of satisfaction as numbers: by form, from a ledger, in figures, and never published where few (STA-06)."""

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import Settings

from linli.accountability.models import SatisfactionSurvey
from linli.accountability.operations.surveys import Counted, survey_change, survey_record
from linli.accountability.queries.public import public_place
from linli.accounts.testing import Cast
from linli.core import clock
from linli.core.actors import SYSTEM
from linli.core.errors import DomainError
from linli.core.models import Entry
from linli.records.figures import compute
from linli.records.models import Batch
from linli.records.operations.imports import import_take_back
from linli.records.operations.profiles import content_apply
from linli.records.tests.sampling import AS_OF, table, take_in
from linli.records.tests.test_import_pages import signed_in

pytestmark = pytest.mark.django_db
FIGURES = [
    {"id": "asked", "of": "satisfaction_survey", "measure": {"sum": "asked"}, "period": "year_to_date"},
    {"id": "answered", "of": "satisfaction_survey", "measure": {"sum": "answered"}, "period": "year_to_date"},
    {"id": "satisfied", "of": "satisfaction_survey", "measure": {"sum": "satisfied"}, "period": "year_to_date"},
    {"id": "rate", "ratio": {"of": "satisfied", "over": "answered", "times": 100}, "decimals": 1, "public": True},
    {"id": "response", "ratio": {"of": "answered", "over": "asked", "times": 100}, "decimals": 1},
]
HEADERS = ["测评名称", "测评日期", "社区", "发放数", "收回数", "满意数"]
IMPORTS = {
    "maps": [
        {
            "id": "surveys",
            "signature": {"headers": ["测评名称", "收回数"]},
            "required": HEADERS,
            "key": HEADERS[:3],
            "records": [
                {
                    "type": "satisfaction_survey",
                    "columns": {
                        "title": "测评名称",
                        "on": "测评日期",
                        "place.community": "社区",
                        "asked": "发放数",
                        "answered": "收回数",
                        "satisfied": "满意数",
                    },
                }
            ],
        }
    ]
}


@pytest.fixture(autouse=True)
def place(cast: Cast, settings: Settings, tmp_path: Path) -> None:
    settings.SECOND_FACTOR_REQUIRED, settings.DATA = False, tmp_path
    extra = {"figures": {"figures": FIGURES}, "imports": IMPORTS}
    content_apply(actor=SYSTEM, content=lambda held: {**held, **extra})


def counted(cast: Cast, **changes: Any) -> Counted:
    whole = Counted("上半年测评", cast.places["community"].pk, date(2026, 3, 1), 200, 120, 90)
    return replace(whole, **changes)


def test_a_survey_is_recorded_and_put_right_with_its_entries(cast: Cast) -> None:
    worker = cast.actors["community_worker"]
    row = survey_record(actor=worker, counted=counted(cast))
    changed = survey_change(actor=worker, survey_id=row.pk, version=1, counted=counted(cast, satisfied=95))
    assert (changed.satisfied, changed.version) == (95, 2)
    entries = Entry.objects.filter(subject_type="satisfaction_survey", subject_id=row.pk).order_by("id")
    assert [(item.operation, item.facts["satisfied"]) for item in entries] == [
        ("survey.record", 90),
        ("survey.change", 95),
    ]


@pytest.mark.parametrize(
    ("role", "changes", "code"),
    [
        ("community_worker", {"answered": 201}, "survey.parts"),
        ("community_worker", {"satisfied": 121}, "survey.parts"),
        ("community_worker", {"satisfied": -1}, "survey.parts"),
        ("community_worker", {"asked": 10**9}, "survey.parts"),
        ("community_worker", {"title": " "}, "survey.title"),
        ("community_worker", {"on": date(2999, 1, 1)}, "survey.future"),
        ("community_worker", {"place_id": 987654321}, "not_found"),
        ("grid_worker", {}, "survey.not_yours"),
        ("leader", {}, "survey.not_yours"),
        ("outsider", {}, "survey.not_yours"),
    ],
)
def test_what_makes_no_sense_or_is_not_ones_own_is_refused(
    cast: Cast, role: str, changes: dict[str, Any], code: str
) -> None:
    with pytest.raises(DomainError) as refused:
        survey_record(actor=cast.actors[role], counted=counted(cast, **changes))
    assert (refused.value.code, SatisfactionSurvey.objects.count()) == (code, 0)


def test_the_same_survey_twice_a_stale_one_and_one_elsewhere_are_refused(cast: Cast) -> None:
    worker = cast.actors["community_worker"]
    row = survey_record(actor=worker, counted=counted(cast))
    with pytest.raises(DomainError, match=r"survey\.twice"):
        survey_record(actor=worker, counted=counted(cast))
    with pytest.raises(DomainError, match=r"survey\.stale"):
        survey_change(actor=worker, survey_id=row.pk, version=2, counted=counted(cast))
    away = cast.places["far_community"].pk
    with pytest.raises(DomainError, match=r"survey\.not_yours"):
        survey_change(actor=worker, survey_id=row.pk, version=1, counted=counted(cast, place_id=away))
    with pytest.raises(DomainError, match="not_found"):
        survey_change(actor=cast.actors["outsider"], survey_id=row.pk, version=1, counted=counted(cast))
    row.refresh_from_db()
    assert (row.version, row.place_id) == (1, cast.places["community"].pk)


def test_a_ledger_comes_in_once_and_senseless_rows_are_named(cast: Cast, tmp_path: Path) -> None:
    rows = [
        ["上半年测评", "2026-03-01", "春晓社区", 200, 120, 90],
        ["上半年测评", "2026-03-01", "秋实社区", 100, 50, 50],
        ["物业测评", "2026-04-01", "春晓社区", 10, 20, 5],
    ]
    (report,) = take_in(table(tmp_path / "测评.csv", HEADERS, rows))
    assert (report.created, [(item.row, item.code) for item in report.rejected]) == (2, [(4, "survey.parts")])
    (again,) = take_in(table(tmp_path / "测评.csv", HEADERS, rows))
    assert (again.created, again.updated, again.unchanged) == (0, 0, 2)
    rows[0][5] = 100
    (later,) = take_in(table(tmp_path / "测评.csv", HEADERS, rows[:2]))
    assert (later.created, later.updated, SatisfactionSurvey.objects.count()) == (0, 1, 2)
    survey = SatisfactionSurvey.objects.get(place=cast.places["community"])
    assert (survey.satisfied, survey.version) == (100, 2)


def test_a_ledger_and_a_form_mean_the_same_survey(cast: Cast, tmp_path: Path) -> None:
    before = survey_record(actor=cast.actors["community_worker"], counted=counted(cast))
    take_in(table(tmp_path / "测评.csv", HEADERS, [["上半年测评", "2026-03-01", "春晓社区", 200, 130, 99]]))
    survey = SatisfactionSurvey.objects.get()
    assert (survey.answered, survey.satisfied) == (130, 99)
    import_take_back(actor=SYSTEM, batch_id=Batch.objects.latest("pk").pk)
    back = SatisfactionSurvey.objects.get()
    assert (back.pk, back.answered, back.satisfied) == (before.pk, before.answered, before.satisfied)


def test_figures_are_of_all_answers_with_their_number(cast: Cast) -> None:
    assert compute.compute("rate", AS_OF).value is None, "not collected is not 0"
    survey_record(actor=SYSTEM, counted=counted(cast))
    elsewhere = counted(cast, place_id=cast.places["second_community"].pk, asked=100, answered=80, satisfied=80)
    survey_record(actor=SYSTEM, counted=elsewhere)
    value = compute.compute("rate", AS_OF)
    # Of all answers, not the mean of two rates (87.5).
    assert str(value.value) == "85.0"
    assert [compute.number(value.numerator), compute.number(value.denominator)] == [170, 200]
    assert str(compute.compute("response", AS_OF).value) == "66.7"


@pytest.mark.parametrize(
    ("answered", "satisfied", "withheld"),
    [(4, 4, "small"), (20, 18, "small"), (20, 3, "small"), (20, 15, "")],
)
def test_few_answers_are_not_published_nor_few_who_are_not_satisfied(
    cast: Cast, answered: int, satisfied: int, withheld: str
) -> None:
    with clock.frozen(clock.day_start(date(2026, 6, 15))):
        survey_record(actor=SYSTEM, counted=counted(cast, answered=answered, satisfied=satisfied))
        (rate,) = public_place().figures
        document = rate.as_dict()
    assert rate.withheld.value == withheld
    assert (document["value"] is None, document["denominator"] is None) == (bool(withheld),) * 2


def test_pages_list_record_and_correct(cast: Cast, client: Client) -> None:
    signed_in(cast, client, "community_worker")
    new, pages = reverse("accountability:survey_new"), reverse("accountability:surveys")
    sent = {
        "title": "物业测评",
        "place": str(cast.places["community"].pk),
        "on": "2026-03-02",
        "asked": "50",
        "answered": "40",
        "satisfied": "30",
    }
    assert client.get(new).status_code == 200
    assert client.post(new, sent | {"satisfied": "41"}).status_code == 400
    assert client.post(new, sent | {"place": str(cast.places["far_community"].pk)}).status_code == 400
    assert client.post(new, sent).status_code == 302
    assert client.post(new, sent).status_code == 409
    row = SatisfactionSurvey.objects.get()
    address = reverse("accountability:survey", args=[row.pk])
    assert address in client.get(pages).content.decode()
    assert client.post(address, sent | {"satisfied": "35", "version": "1"}).status_code == 302
    assert client.post(address, sent | {"version": "1"}).status_code == 409
    row.refresh_from_db()
    assert row.satisfied == 35
    exported = client.get(reverse("records:export", args=["satisfaction_survey", "csv"])).getvalue().decode()
    assert "物业测评" in exported


def test_who_reads_and_who_does_not(cast: Cast, client: Client) -> None:
    row = survey_record(actor=SYSTEM, counted=counted(cast))
    address, new = reverse("accountability:survey", args=[row.pk]), reverse("accountability:survey_new")
    for role, seen, may in (("leader", 200, 404), ("outsider", 404, 200), ("grid_worker", 404, 404)):
        signed_in(cast, client, role)
        assert (client.get(address).status_code, client.get(new).status_code) == (seen, may)
    signed_in(cast, client, "leader")
    assert "form" not in client.get(address).context
    assert client.post(address, {"satisfied": "1"}).status_code == 403


def test_the_list_asks_few_questions(cast: Cast, client: Client, django_assert_max_num_queries: Any) -> None:
    for day in range(1, 21):
        survey_record(actor=SYSTEM, counted=counted(cast, on=date(2026, 3, day)))
    signed_in(cast, client, "leader")
    client.get(reverse("accountability:surveys"))
    with django_assert_max_num_queries(12):
        client.get(reverse("accountability:surveys"))
