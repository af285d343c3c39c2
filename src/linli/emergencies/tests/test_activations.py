"""Emergencies: who starts one, for where and until when; who is called, what is owed; its end and its review."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from linli.accounts.testing import Cast
from linli.core import clock
from linli.core.actors import SYSTEM
from linli.core.errors import DomainError
from linli.core.models import WorkItem
from linli.emergencies.models import Activation, EmergencyPlan
from linli.emergencies.operations import activations, plans
from linli.emergencies.queries import banner, notices
from linli.emergencies.tests.alarmed import active, planned, start
from linli.emergencies.workflow import CHECK_OWED, REVIEW_OWED, STEP_OWED
from linli.messaging.models import Message

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


def code(call: Callable[..., Any], **values: Any) -> str:
    """The code of what is refused."""
    with pytest.raises(DomainError) as refused:
        call(**values)
    return refused.value.code


def open_work(kind: str) -> int:
    """How many items of a kind are owed."""
    return WorkItem.objects.filter(kind=kind, ended=None).count()


@pytest.mark.parametrize(
    ("more", "refusal"),
    [
        ({"title": " "}, "emergency_plan.title"),
        ({"kind": "war"}, "emergency_plan.kind"),
        ({"calls": ("hero",)}, "emergency_plan.calls"),
        ({"team_ids": (987654321,)}, "emergency_plan.calls"),
        ({"shelter_ids": (987654321,)}, "emergency_plan.calls"),
        ({"advice": "长" * 1001}, "emergency_plan.words"),
    ],
)
def test_what_is_no_plan_is_refused(cast: Cast, more: dict[str, Any], refusal: str) -> None:
    assert code(planned, cast=cast, **more) == refusal


def test_a_plan_is_kept_by_whoever_keeps_its_place(cast: Cast) -> None:
    desk = cast.actors["community_worker"]
    plan = planned(cast, actor=desk)
    assert code(planned, cast=cast, actor=desk) == "emergency_plan.title_taken"
    for role in ("outsider", "resident", "grid_worker", "department_handler", "system_administrator"):
        assert code(plans.plan_check, actor=cast.actors[role], plan_id=plan.pk) == "not_found"
        assert code(planned, cast=cast, actor=cast.actors[role], title="再来") == "not_found"
    assert code(plans.plan_check, actor=cast.actors["leader"], plan_id=plan.pk) == "emergency_plan.not_yours"
    sketch = plans.Sketch("防汛预案二", "flood")
    plan.refresh_from_db()
    changed = plans.plan_change(actor=desk, plan_id=plan.pk, version=plan.version, sketch=sketch)
    assert (changed.title, changed.calls, changed.teams.count()) == ("防汛预案二", [], 0)
    stale: dict[str, Any] = {"actor": desk, "plan_id": plan.pk, "version": plan.version, "sketch": sketch}
    assert code(plans.plan_change, **stale) == "emergency_plan.stale"
    for more, refusal in (
        ({"text": ""}, "plan_step.text"),
        ({"minutes": 0}, "plan_step.minutes"),
        ({"post_kind": "hero"}, "plan_step.doer"),
        ({"post_kind": "", "organization_id": cast.bodies["far_office"].pk}, "plan_step.doer"),
    ):
        step: dict[str, Any] = {"text": "转移", "minutes": 5, "post_kind": "grid_worker", **more}
        assert code(plans.step_add, actor=desk, plan_id=plan.pk, **step) == refusal
    plans.step_drop(actor=desk, plan_id=plan.pk, step_id=plan.steps.values_list("pk", flat=True)[0])
    plans.plan_end(actor=desk, plan_id=plan.pk)
    assert code(plans.plan_check, actor=desk, plan_id=plan.pk) == "emergency_plan.state"


def test_a_plan_is_looked_through_at_intervals(cast: Cast, today: clock.Frozen) -> None:
    plan = planned(cast)
    assert plans.plans_check() == 0
    today.move(timedelta(days=340))
    assert (plans.plans_check(), plans.plans_check(), open_work(CHECK_OWED)) == (1, 1, 1)
    plans.plan_check(actor=cast.actors["community_worker"], plan_id=plan.pk)
    assert (plans.plans_check(), open_work(CHECK_OWED)) == (0, 0)


@pytest.mark.parametrize(
    ("more", "refusal"),
    [
        ({"level": "9"}, "activation.level"),
        ({"reason": " "}, "activation.reason"),
        ({"hours": 0}, "activation.ends"),
        ({"hours": 24 * 14 + 1}, "activation.ends"),
        ({"area_ids": ()}, "activation.area"),
        ({"area_ids": (987654321,)}, "activation.area"),
    ],
)
def test_an_emergency_has_a_level_a_reason_an_end_and_places(cast: Cast, more: dict[str, Any], refusal: str) -> None:
    assert code(active, cast=cast, **more) == refusal
    assert not Activation.objects.exists()


def test_an_officer_starts_a_plan_and_nobody_else(cast: Cast) -> None:
    plan = planned(cast)
    begin: dict[str, Any] = {"plan_id": plan.pk, "start": start(plan)}
    for role, refusal in (
        ("community_worker", "activation.not_yours"),
        ("outsider", "not_found"),
        ("grid_worker", "not_found"),
        ("system_administrator", "not_found"),
    ):
        assert code(activations.activation_start, actor=cast.actors[role], **begin) == refusal
    far = start(plan, area_ids=(cast.places["far_community"].pk,))
    secretary = cast.actors["secretary"]
    assert code(activations.activation_start, actor=secretary, plan_id=plan.pk, start=far) == "activation.area"
    activations.activation_start(actor=secretary, **begin)
    assert code(activations.activation_start, actor=secretary, **begin) == "activation.already"
    assert code(plans.plan_end, actor=secretary, plan_id=plan.pk) == "emergency_plan.active"
    bare = plans.plan_add(actor=secretary, place_id=plan.place_id, sketch=plans.Sketch("空预案", "fire"))
    assert (
        code(activations.activation_start, actor=secretary, plan_id=bare.pk, start=start(bare)) == "activation.no_steps"
    )


def test_posts_are_called_answer_and_do_their_steps(cast: Cast) -> None:
    row = active(cast, actor=cast.actors["street_officer"])
    called = {(call.post_id, call.organization_id) for call in row.calls.all()}
    posts = {cast.posts["grid_worker"].pk, cast.posts["secretary"].pk}
    assert called == {*((pk, None) for pk in posts), (None, cast.bodies["department"].pk)}
    told = set(Message.objects.filter(kind="activation.called").values_list("user_id", "urgency"))
    assert told == {(cast.users[role].pk, "emergency") for role in ("grid_worker", "secretary", "department_handler")}
    assert [line.row.pk for line in banner(cast.actors["grid_worker"])] == [row.pk]
    assert banner(cast.actors["outsider"]) == banner(cast.actors["building_head"]) == []
    worker, other = cast.actors["grid_worker"], cast.actors["other_handler"]
    answer: dict[str, Any] = {"activation_id": row.pk, "answer": "coming"}
    assert activations.call_answer(actor=worker, **answer) == 1
    assert activations.call_answer(actor=worker, **{**answer, "answer": "here"}) == 1
    assert row.calls.get(post=cast.posts["grid_worker"]).answer == "here"
    assert code(activations.call_answer, actor=worker, activation_id=row.pk, answer="home") == "activation.answer"
    assert code(activations.call_answer, actor=other, **answer) == "not_found"
    assert code(activations.call_answer, actor=cast.actors["community_worker"], **answer) == "activation.not_called"
    first, second = row.steps.order_by("due")
    assert (first.post_id, second.organization_id) == (cast.posts["grid_worker"].pk, cast.bodies["department"].pk)
    assert (first.due - row.started, open_work(STEP_OWED)) == (timedelta(minutes=30), 2)
    assert code(activations.step_tick, actor=other, step_id=first.pk) == "not_found"
    department = cast.actors["department_handler"]
    assert code(activations.step_tick, actor=department, step_id=first.pk) == "activation_step.not_yours"
    activations.step_tick(actor=worker, step_id=first.pk)
    assert code(activations.step_tick, actor=worker, step_id=first.pk) == "activation_step.done"
    assert open_work(STEP_OWED) == 1


def test_it_is_extended_ends_and_is_reviewed(cast: Cast, today: clock.Frozen) -> None:
    row, secretary = active(cast), cast.actors["secretary"]
    assert [notice.row.pk for notice in notices()] == [row.pk]
    longer: dict[str, Any] = {"activation_id": row.pk, "ends": clock.now() + 20 * HOUR, "reason": "雨还在下"}
    assert code(activations.activation_extend, actor=cast.actors["grid_worker"], **longer) == "activation.not_yours"
    assert code(activations.activation_extend, actor=secretary, **{**longer, "ends": clock.now()}) == "activation.ends"
    activations.activation_extend(actor=secretary, **longer)
    today.move(19 * HOUR)
    assert activations.activations_check() == 0
    today.move(HOUR)
    assert (notices(), banner(secretary)) == ([], [])
    assert (activations.activations_check(), activations.activations_check()) == (1, 0)
    assert (open_work(STEP_OWED), open_work(REVIEW_OWED)) == (0, 1)
    assert code(activations.activation_end, actor=secretary, activation_id=row.pk) == "activation.state"
    assert code(activations.call_answer, actor=secretary, activation_id=row.pk, answer="here") == "activation.state"
    assert (
        code(activations.step_tick, actor=secretary, step_id=row.steps.values_list("pk", flat=True)[0])
        == "activation.state"
    )
    review: dict[str, Any] = {"activation_id": row.pk, "text": "沙袋要早一小时到"}
    assert code(activations.activation_review, actor=secretary, **{**review, "text": ""}) == "activation.review"
    assert activations.activation_review(actor=secretary, **review).state == "reviewed"
    assert open_work(REVIEW_OWED) == 0
    # It can be started again.
    plan = EmergencyPlan.objects.get(pk=row.plan_id)
    activations.activation_start(actor=SYSTEM, plan_id=plan.pk, start=start(plan))
