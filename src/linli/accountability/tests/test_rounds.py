"""A round from opening to final: states, what is frozen, who gives what, how points come about."""

from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from functools import partial
from typing import Any

import pytest

from linli.accountability.models import Assessed, Assessment, AssessmentPart, CriterionScore
from linli.accountability.operations import assessments as rounds
from linli.accountability.operations import rating, scoring
from linli.accountability.operations.assessments import Opening
from linli.accountability.operations.rating import Given
from linli.accountability.operations.references import reference_draw
from linli.accountability.queries.assessments import sheet
from linli.accountability.queries.of_terms import assessments_of_term
from linli.accountability.tests.reporting import lines_of
from linli.accountability.tests.rounds import BEGUN, FIGURES, OVER, Stage, staged, survey
from linli.accountability.workflow.assessments import ASSESSMENT
from linli.accounts.testing import Cast
from linli.core import clock
from linli.core.actors import SYSTEM, Actor
from linli.core.clock import Frozen
from linli.core.errors import DomainError
from linli.core.models import Entry, WorkItem
from linli.records.operations.profiles import content_apply
from linli.secondments.models import Secondment
from linli.web.queries import owed

pytestmark = pytest.mark.django_db


@pytest.fixture
def now() -> Iterator[Frozen]:
    """In the last month of the quarter."""
    with clock.frozen(BEGUN) as held:
        yield held


@pytest.fixture
def stage(now: Frozen, cast: Cast) -> Stage:
    """The schemes, and two surveys in the second quarter."""
    stage = staged(cast)
    survey(cast, "community", 90)
    survey(cast, "second_community", 60)
    return stage


def code_of(call: Callable[[], Any]) -> str:
    """The code with which a call is refused."""
    with pytest.raises(DomainError) as refused:
        call()
    return refused.value.code


def over(now: Frozen) -> None:
    """The quarter is over."""
    now.move_to(datetime.fromisoformat(OVER))


@pytest.mark.parametrize(
    "verbs",
    [
        ["freeze", "close", "score", "publish", "finish"],
        ["freeze", "close", "score", "publish", "object", "object", "finish"],
        ["withdraw"],
        ["freeze", "withdraw"],
        ["freeze", "close", "withdraw"],
    ],
)
def test_ways_through_a_round(verbs: list[str]) -> None:
    state = ASSESSMENT.start
    for verb in verbs:
        state = ASSESSMENT.step(state, verb)
    assert ASSESSMENT.state(state).final


@pytest.mark.parametrize(
    ("state", "verb"),
    [
        ("opened", "close"),
        ("opened", "score"),
        ("frozen", "freeze"),
        ("frozen", "score"),
        ("rated", "publish"),
        ("scored", "withdraw"),
        ("scored", "object"),
        ("published", "score"),
        ("final", "object"),
        ("withdrawn", "freeze"),
    ],
)
def test_no_step_out_of_turn(state: str, verb: str) -> None:
    assert code_of(lambda: ASSESSMENT.step(state, verb)) == "assessment.state"


def test_a_round_asks_those_who_speak_for_the_places(stage: Stage) -> None:
    row = stage.open()
    assert [(item.label, item.unit_id) for item in row.assessed.order_by("place__path")] == [
        ("春晓社区", stage.cast.places["community"].pk),
        ("秋实社区", stage.cast.places["second_community"].pk),
    ]
    assert (row.period, row.first, row.last) == ("2026-Q2", date(2026, 4, 1), date(2026, 6, 30))
    asked = {(part.assessed.label, part.criterion): part.organization for part in AssessmentPart.objects.all()}
    bodies = stage.cast.bodies
    assert asked == {
        ("春晓社区", "own"): bodies["community_office"],
        ("春晓社区", "street"): bodies["street_office"],
        ("秋实社区", "own"): None,
        ("秋实社区", "street"): bodies["street_office"],
    }
    kinds = dict(WorkItem.objects.filter(subject_type="assessment", ended=None).values_list("kind", "organization_id"))
    assert kinds["assessment.assign"] is None
    tasks = [item.title for group in owed(stage.secretary).groups for item in group.items]
    assert tasks == [str(row)]
    assert row.definition["criteria"][0]["figure"] == "surveys"
    assert Entry.objects.filter(operation="assessment.open", subject_id=row.pk, facts={"assessed": 2}).exists()


def test_opening_is_refused(stage: Stage, cast: Cast) -> None:
    stage.open()
    assert code_of(stage.open) == "assessment.twice"
    assert code_of(lambda: stage.open(actor=stage.secretary)) == "assessment.not_yours"
    assert code_of(lambda: stage.open(place="far_street")) == "assessment.not_yours"
    assert code_of(lambda: stage.open("gone")) == "assessment.unknown_scheme"
    ahead = Opening("community_quarter", cast.places["street"].pk, date(2026, 8, 1))
    assert code_of(lambda: rounds.assessment_open(actor=stage.officer, opening=ahead)) == "assessment.not_begun"
    below = Opening("community_quarter", cast.places["grid"].pk, date(2026, 5, 1))
    assert code_of(lambda: rounds.assessment_open(actor=stage.officer, opening=below)) == "assessment.nobody"
    assert code_of(lambda: stage.open("worker_half_year", "county", stage.officer)) == "assessment.not_yours"


def test_a_scheme_whose_figure_was_redefined_opens_no_round(stage: Stage) -> None:
    redefined = [{**FIGURES[0], "of": "case"}, *FIGURES[1:]]
    content_apply(actor=SYSTEM, content=lambda held: {**held, "figures": {"figures": redefined}})
    assert code_of(stage.open) == "assessment.counts_reported"


def test_a_figure_redefined_after_opening_is_not_frozen(stage: Stage, now: Frozen) -> None:
    row = stage.open()
    over(now)
    redefined = [{**FIGURES[0], "of": "case"}, *FIGURES[1:]]
    content_apply(actor=SYSTEM, content=lambda held: {**held, "figures": {"figures": redefined}})

    def freeze() -> Any:
        return rounds.assessment_freeze(actor=stage.officer, assessment_id=row.pk)

    assert code_of(freeze) == "assessment.counts_reported"


def test_nothing_is_frozen_before_the_period_is_over(stage: Stage, now: Frozen) -> None:
    row = stage.open()
    now.move_to(datetime.fromisoformat("2026-06-30T23:50:00+08:00"))

    def freeze() -> Any:
        return rounds.assessment_freeze(actor=stage.officer, assessment_id=row.pk)

    assert code_of(freeze) == "assessment.period_running"
    now.move_to(datetime.fromisoformat("2026-07-01T00:10:00+08:00"))
    assert freeze().state == "frozen"
    assert code_of(freeze) == "assessment.state"


def test_points_come_from_what_was_frozen_for_the_period_and_place(stage: Stage, now: Frozen) -> None:
    row = stage.open()
    over(now)
    stage.scored(row)
    points = {
        (item.assessed.label, item.criterion): item.points for item in CriterionScore.objects.select_related("assessed")
    }
    assert points[("春晓社区", "surveys")] == 100
    # 90 of 120 are 75 %: half of the way from 60 to 90. 60 of 120 are below it.
    assert points[("春晓社区", "satisfaction")] == 50
    assert points[("秋实社区", "satisfaction")] == 0
    first, second = Assessed.objects.order_by("place__path")
    assert (first.total, first.grade) == (Decimal("76"), "fair")
    # 20 + 0 + 9 + 27: no grade from 56.
    assert (second.total, second.grade) == (Decimal("56"), "")
    score = CriterionScore.objects.get(assessed=first, criterion="satisfaction")
    assert score.figure is not None
    assert (score.figure.period_from, score.figure.period_to) == (date(2026, 4, 1), date(2026, 6, 30))
    assert score.figure.scope == "990901001001"


def test_a_gate_that_is_not_met_keeps_a_grade_away(stage: Stage, now: Frozen) -> None:
    row = stage.open()
    over(now)
    rounds.assessment_freeze(actor=stage.officer, assessment_id=row.pk)
    stage.all_given(row, "100")
    rounds.ratings_close(actor=stage.officer, assessment_id=row.pk)
    scoring.assessment_score(actor=stage.officer, assessment_id=row.pk)
    first, second = Assessed.objects.order_by("place__path")
    assert (first.total, first.grade, first.grade_until) == (Decimal("80"), "good", date(2027, 6, 30))
    assert (second.total, second.grade) == (Decimal("60"), "fair")


def test_what_was_not_collected_is_not_0_and_gives_no_grade(stage: Stage, cast: Cast, now: Frozen) -> None:
    row = stage.open(place="county", actor=stage.county)
    over(now)
    rounds.assessment_freeze(actor=stage.county, assessment_id=row.pk)
    stage.all_given(row)
    rounds.ratings_close(actor=stage.county, assessment_id=row.pk)
    scoring.assessment_score(actor=stage.county, assessment_id=row.pk)
    far = stage.assessed(row, "梧桐")
    assert (far.total, far.grade) == (None, "")
    score = CriterionScore.objects.get(assessed=far, criterion="satisfaction")
    assert (score.points, score.exact) == (None, "")


def test_too_few_answers_are_no_rating_by_the_public(stage: Stage, cast: Cast, now: Frozen) -> None:
    survey(cast, "far_community", 9, answered=9)
    row = stage.open(place="far_street", actor=stage.county)
    over(now)
    rounds.assessment_freeze(actor=stage.county, assessment_id=row.pk)
    stage.all_given(row)
    rounds.ratings_close(actor=stage.county, assessment_id=row.pk)
    scoring.assessment_score(actor=stage.county, assessment_id=row.pk)
    score = CriterionScore.objects.get(criterion="satisfaction")
    assert (score.points, score.figure.denominator if score.figure else 0) == (None, 9)


def test_rating_ends_the_work_of_who_has_given_all(stage: Stage) -> None:
    row = stage.open()
    part = stage.part(row, "own")
    assert WorkItem.objects.filter(post_id=None, organization_id=part.organization_id, ended=None).exists()
    stage.give(stage.secretary, part, "88.5")
    part.refresh_from_db()
    assert (part.points, part.given_by, part.version) == (Decimal("88.5"), stage.secretary.key, 2)
    assert not WorkItem.objects.filter(organization_id=part.organization_id, ended=None).exists()
    stage.give(stage.second, stage.part(row, "street"), "80")
    officers = WorkItem.objects.filter(kind="assessment.rate", subject_id=row.pk, ended=None)
    assert officers.count() == 1
    stage.give(stage.second, stage.part(row, "street", "秋实"), "70")
    assert officers.count() == 0


@pytest.mark.parametrize(
    ("role", "criterion", "points", "code"),
    [
        ("secretary", "own", "101", "assessment.points"),
        ("secretary", "own", "-1", "assessment.points"),
        ("secretary", "own", "1.234", "assessment.points"),
        ("secretary", "street", "90", "assessment.about_yourself"),
        ("street_officer", "own", "90", "assessment.not_your_part"),
        ("community_worker", "own", "90", "not_found"),
        ("outsider", "own", "90", "not_found"),
        ("department_handler", "own", "90", "not_found"),
        ("resident", "own", "90", "not_found"),
    ],
)
def test_rating_is_refused(stage: Stage, role: str, criterion: str, points: str, code: str) -> None:
    row = stage.open()
    part = stage.part(row, criterion)
    given = Given(Decimal(points))
    actor = stage.cast.actors[role]
    assert code_of(lambda: rating.part_rate(actor=actor, part_id=part.pk, version=1, given=given)) == code
    assert not AssessmentPart.objects.exclude(points=None).exists()


def test_a_stale_rating_and_a_closed_round_are_refused(stage: Stage, now: Frozen) -> None:
    row = stage.open()
    part = stage.part(row, "own")
    stage.give(stage.secretary, part, "80")

    def again() -> Any:
        return rating.part_rate(actor=stage.secretary, part_id=part.pk, version=1, given=Given(Decimal(1)))

    assert code_of(again) == "assessment.stale"
    over(now)
    stage.scored(row)
    part.refresh_from_db()
    assert code_of(lambda: stage.give(stage.secretary, part, "81")) == "assessment.closed"


def test_ratings_close_when_all_are_in_or_their_time_is_over(stage: Stage, now: Frozen) -> None:
    row = stage.open()
    over(now)
    rounds.assessment_freeze(actor=stage.officer, assessment_id=row.pk)

    def close() -> Any:
        return rounds.ratings_close(actor=stage.officer, assessment_id=row.pk)

    assert code_of(close) == "assessment.waiting"
    now.move_to(row.due + timedelta(minutes=1))
    assert close().state == "rated"
    assert not WorkItem.objects.filter(subject_type="assessment", ended=None).exists()


def test_a_body_is_named_where_none_was_found(stage: Stage, cast: Cast) -> None:
    row = stage.open()
    part = stage.part(row, "own", "秋实")
    body = cast.bodies["party"]

    def assign(actor: Any) -> Any:
        return rating.part_assign(actor=actor, part_id=part.pk, organization_id=body.pk)

    assert code_of(lambda: assign(stage.secretary)) in ("not_found", "assessment.not_yours")
    assert assign(stage.officer).organization == body
    assert not WorkItem.objects.filter(kind="assessment.assign", ended=None).exists()
    AssessmentPart.objects.filter(pk=part.pk).update(points=50)
    assert code_of(lambda: assign(stage.officer)) == "assessment.given"


def test_a_joint_assessment_waits_for_every_body_and_takes_their_mean(stage: Stage, now: Frozen) -> None:
    row = stage.open("worker_half_year")
    assert [item.label.split(" · ")[0] for item in row.assessed.order_by("id")] == ["林晓梅", "何敏"]
    over(now)
    rounds.assessment_freeze(actor=stage.officer, assessment_id=row.pk)
    stage.give(stage.cast.actors["community_worker"], stage.part(row, "own", "林晓梅"), "100")
    stage.give(stage.cast.actors["second_worker"], stage.part(row, "own", "何敏"), "60")
    for label, street, county in (("林晓梅", "90", "85"), ("何敏", "70", "71")):
        stage.give(stage.second, stage.part(row, "bodies", label), street)
        now.move_to(row.due + timedelta(days=1))
        if label == "何敏":
            assert code_of(lambda: rounds.ratings_close(actor=stage.officer, assessment_id=row.pk)) == (
                "assessment.waiting"
            )
        stage.give(stage.county, stage.part(row, "bodies", label, 1), county)
    rounds.ratings_close(actor=stage.officer, assessment_id=row.pk)
    scoring.assessment_score(actor=stage.officer, assessment_id=row.pk)
    first = stage.assessed(row, "林晓梅")
    assert CriterionScore.objects.get(assessed=first, criterion="bodies").exact == str(Fraction(175, 2))
    assert (first.total, first.grade) == (Decimal("90"), "good")


def test_nobody_rates_or_runs_a_round_about_themselves(stage: Stage, cast: Cast) -> None:
    row = stage.open("worker_half_year")
    mine, other = stage.part(row, "own", "林晓梅"), stage.part(row, "own", "何敏")
    worker = cast.actors["community_worker"]
    assert stage.give(worker, mine, "90").points == 90
    assert code_of(lambda: stage.give(worker, other, "1")) == "not_found"
    # The street's office is asked of everybody; whoever is assessed among them is not.
    AssessmentPart.objects.filter(pk=stage.part(row, "bodies", "林晓梅").pk).update(
        organization=None, post=cast.posts["community_worker"]
    )
    body = stage.part(row, "bodies", "林晓梅")
    assert code_of(lambda: stage.give(worker, body, "100")) == "assessment.about_yourself"


def test_a_term_is_assessed_for_the_one_who_ends_it(stage: Stage, cast: Cast, now: Frozen) -> None:
    place, post = cast.places["street"].pk, cast.posts["community_worker"].pk
    opening = Opening("worker_term", place, clock.today(), post)
    row = rounds.assessment_open(actor=stage.officer, opening=opening)
    assert (row.period, row.first, row.last) == (f"term-{post}", date(2025, 1, 1), clock.today())
    assert row.assessed.get().person_id == cast.posts["community_worker"].person_id
    nobody = Opening("worker_term", place, clock.today(), cast.posts["outsider"].pk)
    assert code_of(lambda: rounds.assessment_open(actor=stage.officer, opening=nobody)) == "assessment.no_post"


def test_what_a_round_came_to_is_kept_with_the_term(stage: Stage, cast: Cast, now: Frozen) -> None:
    post = cast.posts["community_worker"]
    assert post.person_id
    term = Secondment.objects.create(
        person_id=post.person_id, post=post, role="seconded_official", place=post.place, since=date(2025, 9, 1)
    )
    row = stage.open("worker_half_year")
    over(now)
    stage.scored(row)
    scoring.assessment_publish(actor=stage.officer, assessment_id=row.pk)
    assert not term.reviews.exists()
    now.move_to(datetime.fromisoformat("2026-08-03T09:00"))
    scoring.assessment_finish(actor=stage.officer, assessment_id=row.pk)
    (review,) = term.reviews.all()
    assert (review.period, review.source, review.grade) == ("2026-H1", "round", "good")
    assert (review.own, review.residents, review.bodies) == (Decimal(90), None, Decimal(90))
    # What came of it is drawn up as a reference, for those who read the scores and once it is final.
    told = sheet(stage.officer, row.assessed.get(post=post).pk)
    (found,) = assessments_of_term(stage.officer, term)[1:]
    assert (told.refers, found.url) == (True, f"/assessments/assessed/{told.row.pk}/")
    parts = row.assessed.get(post=post).parts.filter(criterion="bodies")
    parts.update(words="{{ 事项 }}\n一、扎实", given=clock.now())
    drawn = reference_draw(actor=stage.officer, assessed_id=told.row.pk)
    assert "{{ 事项 }} 一、扎实" in drawn.text
    assert drawn.text.splitlines()[-1] == "2026年8月3日"
    assert [line for line in lines_of(drawn.content) if line.strip()] == drawn.text.splitlines()
    assert Entry.objects.filter(operation="assessment.reference", subject_id=row.pk).count() == 1
    other = partial(reference_draw, assessed_id=told.row.pk)
    assert code_of(lambda: other(actor=cast.outsider)) == "not_found"
    Assessment.objects.filter(pk=row.pk).update(state="published")
    assert code_of(lambda: other(actor=stage.officer)) == "assessment.not_final"
    assert code_of(lambda: other(actor=SYSTEM, assessed_id=0)) == "not_found"
    assert scoring.mean([(Decimal(20), Decimal(90)), (Decimal(40), Decimal(60))]) == Decimal(70)


def test_a_withdrawn_round_can_be_opened_anew(stage: Stage) -> None:
    row = stage.open()

    def withdraw(reason: Any) -> Any:
        return rounds.assessment_withdraw(actor=stage.officer, assessment_id=row.pk, reason=reason)

    assert code_of(lambda: withdraw("  ")) == "assessment.reason_missing"
    assert withdraw("口径有误").state == "withdrawn"
    assert not WorkItem.objects.filter(subject_type="assessment", ended=None).exists()
    assert code_of(lambda: withdraw("再次")) == "assessment.state"
    assert stage.open().pk != row.pk


@pytest.mark.parametrize("role", ["secretary", "community_worker", "outsider", "department_handler", "auditor"])
def test_only_who_runs_it_moves_a_round(stage: Stage, role: str, now: Frozen) -> None:
    row = stage.open()
    over(now)
    actor: Actor = stage.cast.actors[role]
    for call in (rounds.assessment_freeze, rounds.ratings_close, scoring.assessment_score, scoring.assessment_publish):
        assert code_of(lambda call=call: call(actor=actor, assessment_id=row.pk)) in (  # type: ignore[misc]
            "not_found",
            "assessment.not_yours",
        )
    assert Assessment.objects.get(pk=row.pk).state == "opened"


def test_every_score_explains_itself_down_to_rows(stage: Stage, now: Frozen) -> None:
    row = stage.open()
    over(now)
    stage.scored(row)
    found = sheet(stage.officer, stage.assessed(row).pk)
    lines = {line.criterion.code: line for line in found.lines}
    public = lines["satisfaction"]
    assert public.frozen is not None
    assert (public.frozen.printed.numerator, public.frozen.printed.denominator) == (Decimal(90), Decimal(120))
    assert public.rule
    assert (public.points, public.share) == (Decimal(50), Decimal("20.00"))
    assert [(item.part, item.visible, item.total) for item in public.behind] == [("of", 1, 1), ("over", 1, 1)]
    assert sum((line.share for line in found.lines if line.share is not None), Decimal(0)) == found.row.total


def test_a_branch_says_first_and_the_body_above_awards_the_star(stage: Stage, cast: Cast) -> None:
    above, branch = cast.bodies["street_office"], cast.bodies["party"]
    type(branch).objects.filter(pk=branch.pk).update(parent=above)
    row = stage.open("stars")
    said, awarded = AssessmentPart.objects.order_by("role", "id")[::-1]
    assert (said.role, said.organization, awarded.role, awarded.organization) == ("self", branch, "body", above)
    # The secretary speaks for the branch at the own place; the street awards.
    stage.give(stage.secretary, said, "100")
    assert code_of(lambda: stage.give(stage.secretary, awarded, "100")) == "assessment.about_yourself"
    assert code_of(lambda: stage.give(stage.second, awarded, "60")) == "assessment.met_or_not"
    stage.give(stage.second, awarded, "0")
    with clock.frozen("2027-01-05T09:00"):
        rounds.assessment_freeze(actor=stage.officer, assessment_id=row.pk)
        rounds.ratings_close(actor=stage.officer, assessment_id=row.pk)
        scoring.assessment_score(actor=stage.officer, assessment_id=row.pk)
    assert Assessed.objects.get().total == 0
