"""What follows the scores: who is told, objections and their answers, no list of persons by score, two at once."""

import threading
from collections.abc import Callable, Iterator
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.urls import reverse

from linli.accountability.models import Assessed, Assessment, AssessmentPart, CriterionScore, Objection
from linli.accountability.operations import objecting, rating, scoring
from linli.accountability.operations.objecting import Answer
from linli.accountability.operations.rating import Given
from linli.accountability.queries import assessments as queries
from linli.accountability.tests.rounds import Stage, staged, survey
from linli.accountability.tests.test_rounds import code_of, now, over
from linli.accounts.neighbourhood import neighbourhood
from linli.accounts.testing import Cast
from linli.core import clock
from linli.core.actors import Actor
from linli.core.clock import Frozen
from linli.core.errors import DomainError
from linli.core.models import Entry, WorkItem
from linli.core.testing.fixtures import OwnDatabase
from linli.records.tests.test_import_pages import signed_in
from linli.records.types import record_type
from linli.web.queries import owed

__all__ = ["now"]


@pytest.fixture
def stage(now: Frozen, cast: Cast) -> Stage:
    """The schemes, and a survey in the second quarter."""
    stage = staged(cast)
    survey(cast, "community", 90)
    survey(cast, "second_community", 60)
    return stage


@pytest.fixture
def told(stage: Stage, now: Frozen) -> Assessment:
    """A round of communities whose results are known."""
    row = stage.open()
    over(now)
    stage.scored(row)
    return scoring.assessment_publish(actor=stage.officer, assessment_id=row.pk)


def objected(stage: Stage, row: Assessment, criterion: str = "street") -> Objection:
    """The community's objection."""
    pk = stage.assessed(row).pk
    return objecting.objection_raise(actor=stage.secretary, assessed_id=pk, criterion=criterion, reason="漏算两次会议")


@pytest.mark.django_db
def test_an_objection_is_answered_by_another_and_corrected_with_its_trace(stage: Stage, told: Assessment) -> None:
    objection = objected(stage, told)
    told.refresh_from_db()
    assert told.state == "objections"
    item = WorkItem.objects.get(kind="assessment.answer", ended=None)
    assert item.post_id == stage.second.post_ids[0]
    assert [group.code for group in owed(stage.second).groups] == ["decide"]
    uphold = Answer("属实,已更正", Decimal(100))

    def answer(actor: Any) -> Any:
        return objecting.objection_answer(actor=actor, objection_id=objection.pk, answer=uphold)

    assert code_of(lambda: answer(stage.officer)) == "assessment.scorer"
    assert code_of(lambda: answer(stage.secretary)) == "assessment.not_yours"
    done = answer(stage.second)
    assert done.before == {"points": "90", "total": "76", "grade": "fair"}
    assert done.after["points"] == "100"
    assessed = stage.assessed(told)
    assert (assessed.total, done.after["grade"]) == (Decimal("79"), "fair")
    assert CriterionScore.objects.get(assessed=assessed, criterion="street").exact == "100"
    assert not WorkItem.objects.filter(kind="assessment.answer", ended=None).exists()
    assert code_of(lambda: answer(stage.second)) == "objection.state"
    facts = {"objection": objection.pk, "assessed": assessed.pk, "criterion": "street"}
    assert Entry.objects.filter(operation="assessment.uphold", facts=facts).exists()


@pytest.mark.django_db
def test_a_dismissed_objection_changes_nothing(stage: Stage, told: Assessment) -> None:
    objection = objected(stage, told)
    before = stage.assessed(told).total
    answer = Answer("核对无误")
    done = objecting.objection_answer(actor=stage.county, objection_id=objection.pk, answer=answer)
    assert (done.state, done.after, stage.assessed(told).total) == ("dismissed", {}, before)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("answer", "code"),
    [
        (Answer("", Decimal(50)), "assessment.reason_missing"),
        (Answer("改", Decimal(101)), "assessment.points"),
        (Answer("改", Decimal(90)), "assessment.same_points"),
    ],
)
def test_an_answer_is_refused(stage: Stage, told: Assessment, answer: Answer, code: str) -> None:
    objection = objected(stage, told)
    refused = code_of(lambda: objecting.objection_answer(actor=stage.second, objection_id=objection.pk, answer=answer))
    assert refused == code
    objection.refresh_from_db()
    assert objection.state == "open"


@pytest.mark.django_db
def test_objecting_is_refused(stage: Stage, told: Assessment, now: Frozen) -> None:
    pk = stage.assessed(told).pk

    def objecting_as(actor: Actor, criterion: str = "street", reason: str = "不符") -> Callable[[], Objection]:
        return lambda: objecting.objection_raise(actor=actor, assessed_id=pk, criterion=criterion, reason=reason)

    assert code_of(objecting_as(stage.cast.actors["outsider"])) == "not_found"
    assert code_of(objecting_as(stage.cast.actors["resident"])) == "not_found"
    assert code_of(objecting_as(stage.second)) == "assessment.not_assessed"
    assert code_of(objecting_as(stage.secretary, "gone")) == "assessment.unknown_criterion"
    assert code_of(objecting_as(stage.secretary, reason=" ")) == "assessment.reason_missing"
    objecting_as(stage.secretary)()
    assert code_of(objecting_as(stage.secretary)) == "assessment.objection_twice"
    assert told.objections_until is not None
    now.move_to(told.objections_until + timedelta(seconds=1))
    assert code_of(objecting_as(stage.secretary, "own")) == "assessment.too_late"


@pytest.mark.django_db
def test_final_waits_for_the_days_and_the_answers(stage: Stage, told: Assessment, now: Frozen) -> None:
    def finish() -> Any:
        return scoring.assessment_finish(actor=stage.officer, assessment_id=told.pk)

    assert code_of(finish) == "assessment.still_objectable"
    objection = objected(stage, told)
    assert told.objections_until is not None
    now.move_to(told.objections_until + timedelta(days=1))
    assert code_of(finish) == "assessment.objections_open"
    objecting.objection_answer(actor=stage.second, objection_id=objection.pk, answer=Answer("核对无误"))
    assert finish().state == "final"
    assert code_of(lambda: objected(stage, told, "own")) == "assessment.state"


@pytest.mark.django_db
def test_the_assessed_speak_before_and_after(stage: Stage, now: Frozen) -> None:
    row = stage.open()
    pk = stage.assessed(row).pk

    def comment() -> Any:
        return rating.assessed_comment(actor=stage.secretary, assessed_id=pk, text="同意")

    assert code_of(comment) == "assessment.not_told"
    stated = rating.assessed_state(actor=stage.secretary, assessed_id=pk, text="二季度办成三件事")
    assert stated.statement
    assert code_of(lambda: rating.assessed_state(actor=stage.officer, assessed_id=pk, text="x")) == (
        "assessment.not_assessed"
    )
    over(now)
    stage.scored(row)
    assert code_of(lambda: rating.assessed_state(actor=stage.secretary, assessed_id=pk, text="x")) == (
        "assessment.closed"
    )
    scoring.assessment_publish(actor=stage.officer, assessment_id=row.pk)
    assert comment().comment == "同意"


@pytest.mark.django_db
def test_scores_are_read_when_told_by_the_assessed_and_their_raters_alone(stage: Stage, now: Frozen) -> None:
    row = stage.open("worker_half_year")
    over(now)
    stage.scored(row)
    first, second = row.assessed.order_by("id")
    worker = stage.cast.actors["community_worker"]
    assert not queries.sheet(worker, first.pk).told
    assert queries.sheet(stage.officer, first.pk).told
    scoring.assessment_publish(actor=stage.officer, assessment_id=row.pk)
    mine = queries.sheet(worker, first.pk)
    assert (mine.told, mine.row.total) == (True, Decimal("90"))
    for actor, pk in (
        (worker, second.pk),
        (stage.secretary, first.pk),
        (stage.cast.actors["auditor"], first.pk),
        (stage.cast.actors["outsider"], first.pk),
        (stage.cast.actors["resident"], first.pk),
    ):
        with pytest.raises(DomainError) as refused:
            queries.sheet(actor, pk)
        assert refused.value.code == "not_found"


@pytest.mark.django_db
def test_no_list_figure_or_file_shows_scores_of_persons(stage: Stage, now: Frozen) -> None:
    row = stage.open("worker_half_year")
    over(now)
    stage.scored(row)
    scoring.assessment_publish(actor=stage.officer, assessment_id=row.pk)
    assert CriterionScore.objects.exists()
    assert not record_type("assessment_score").rows().exists()
    for actor in (stage.officer, stage.county):
        page = queries.page(actor, row.pk)
        assert (page.compares, [line.points for line in page.subjects]) == (False, [(), ()])
    assert not queries.published().exists()
    assert queries.documents(queries.published()) == []


@pytest.mark.django_db
def test_units_are_compared_in_the_order_of_places(stage: Stage, told: Assessment) -> None:
    page = queries.page(stage.officer, told.pk)
    assert page.compares
    assert [line.row.label for line in page.subjects] == ["春晓社区", "秋实社区"]
    # The worse one moves up by nothing: totals the other way round leave the order.
    Assessed.objects.filter(label="秋实社区").update(total=100)
    assert [line.row.label for line in queries.page(stage.officer, told.pk).subjects] == ["春晓社区", "秋实社区"]
    assert [item.label for item in queries.published_units(told)] == ["春晓社区", "秋实社区"]
    rows = record_type("assessment_score").rows_for(stage.secretary)
    assert rows.count() == 8


@pytest.mark.django_db
def test_pages_say_only_what_one_may_know(stage: Stage, told: Assessment, cast: Cast, client: Client) -> None:
    pk = stage.assessed(told).pk
    seen = signed_in(cast, client, "secretary")
    body = seen.get(reverse("assessments:sheet", args=[pk])).content.decode()
    assert "90 / 120" in body
    assert seen.get(reverse("assessments:assessment", args=[told.pk])).status_code == 200
    other = stage.assessed(told, "秋实").pk
    assert seen.get(reverse("assessments:sheet", args=[other])).status_code == 404
    score = CriterionScore.objects.get(assessed_id=pk, criterion="satisfaction")
    rows = seen.get(reverse("assessments:rows", args=[score.pk]), {"part": "of"})
    assert (rows.context["opened"].visible, rows.context["opened"].total) == (1, 1)
    assert seen.get(reverse("assessments:rows", args=[score.pk]), {"part": "nowhere"}).status_code == 404
    public = Client().get(reverse("public_assessments:round", args=[told.pk])).content.decode()
    assert "76" in public
    assert Client().get(reverse("assessments:sheet", args=[pk])).status_code in (302, 404)


@pytest.mark.django_db
def test_a_round_by_clicking(stage: Stage, cast: Cast, client: Client, now: Frozen) -> None:
    officer = signed_in(cast, client, "street_officer")
    place = cast.places["street"].pk
    form = {"scheme": "community_quarter", "place": place, "day": "2026-05-20"}
    assert officer.get(reverse("assessments:new")).status_code == 200
    opened = officer.post(reverse("assessments:new"), form)
    row = Assessment.objects.get()
    assert opened.headers["Location"] == reverse("assessments:assessment", args=[row.pk])
    assert officer.post(reverse("assessments:new"), form).status_code == 409

    def do(verb: Any, by: Any = officer) -> Any:
        return by.post(reverse("assessments:do", args=[row.pk, verb]))

    assert do("freeze").status_code == 409
    assert do("dance").status_code == 404
    over(now)
    assert do("freeze", signed_in(cast, Client(), "street_officer")).status_code == 302
    part = stage.part(row, "own")
    secretary = signed_in(cast, Client(), "secretary")
    sheet = secretary.get(reverse("assessments:sheet", args=[part.assessed_id]))
    assert reverse("assessments:give", args=[part.pk]) in sheet.content.decode()
    given = {"version": part.version, "points": "88", "words": "有记录"}
    assert secretary.post(reverse("assessments:give", args=[part.pk]), given).status_code == 302
    assert secretary.post(reverse("assessments:give", args=[part.pk]), {"points": ""}).status_code == 400
    part.refresh_from_db()
    assert (part.points, part.words) == (Decimal(88), "有记录")


@pytest.mark.django_db
def test_the_list_of_rounds_asks_as_often_for_one_as_for_many(
    stage: Stage, cast: Cast, client: Client, django_assert_max_num_queries: Any
) -> None:
    officer = signed_in(cast, client, "street_officer")
    for scheme in ("community_quarter", "worker_half_year"):
        stage.open(scheme)
    with django_assert_max_num_queries(20):
        assert officer.get(reverse("assessments:list")).status_code == 200
    row = Assessment.objects.filter(of="place").get()
    with django_assert_max_num_queries(24):
        assert officer.get(reverse("assessments:assessment", args=[row.pk])).status_code == 200


@pytest.fixture
def committed(own_database: OwnDatabase) -> Iterator[Stage]:
    """The stage in a database into which threads commit."""
    with clock.frozen("2026-06-02T09:00"):
        cast = neighbourhood()
        stage = staged(cast)
        survey(cast, "community", 90)
        survey(cast, "second_community", 60)
        yield stage


def at_once(*calls: Callable[[], Any]) -> list[str]:
    """What came of calls that begin together: their codes, or nothing."""
    barrier, found = threading.Barrier(len(calls)), list[str]()

    def run(call: Callable[[], Any]) -> None:
        try:
            barrier.wait()
            call()
            found.append("")
        except DomainError as error:
            found.append(error.code)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(call,)) for call in calls]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(found)


def test_two_assessors_at_once_are_told_that_one_was_first(committed: Stage) -> None:
    row = committed.open()
    part = committed.part(row, "street")

    def give(actor: Actor, points: int) -> Callable[[], AssessmentPart]:
        given = Given(Decimal(points))
        return lambda: rating.part_rate(actor=actor, part_id=part.pk, version=1, given=given)

    assert at_once(give(committed.officer, 70), give(committed.second, 90)) == ["", "assessment.stale"]
    part.refresh_from_db()
    assert part.version == 2


def test_an_objection_and_the_end_of_a_round_wait_for_each_other(committed: Stage) -> None:
    row = committed.open()
    with clock.frozen("2026-07-02T09:00"):
        committed.scored(row)
        row = scoring.assessment_publish(actor=committed.officer, assessment_id=row.pk)
    assert row.objections_until is not None
    # At the very end of the days both may be tried; whoever comes first decides.
    with clock.frozen(row.objections_until):
        came = at_once(
            lambda: objected(committed, row),
            lambda: scoring.assessment_finish(actor=committed.officer, assessment_id=row.pk),
        )
    assert came in (["", "assessment.objections_open"], ["", "assessment.state"])
    row.refresh_from_db()
    assert (row.state == "final") == (not Objection.objects.exists())


def test_one_round_is_opened_once(committed: Stage) -> None:
    assert at_once(committed.open, lambda: committed.open(actor=committed.second)) == ["", "assessment.twice"]
    assert Assessment.objects.count() == 1
