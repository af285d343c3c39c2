"""Plans for events: posts are filled by bodies, approval waits for all of them, a look back ends it."""

from datetime import date, time
from functools import partial
from typing import Any

import pytest

from linli.accounts.testing import Cast
from linli.core import clock
from linli.core.models import WorkItem
from linli.safety.models import EventPlan
from linli.safety.operations import events
from linli.safety.tests.secured import event, post_of
from linli.safety.tests.test_patrols import refusal
from linli.safety.workflow import FILL_OWED, REVIEW_OWED

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"title": ""}, "event_plan.words"),
        ({"on": date(2026, 3, 1)}, "event_plan.day"),
        ({"ends": time(17)}, "event_plan.hours"),
        ({"visitors": -1}, "event_plan.visitors"),
    ],
)
def test_what_is_no_plan_is_refused(cast: Cast, more: dict[str, Any], code: str) -> None:
    assert refusal(lambda: event(cast, **more)) == code
    for role in ("outsider", "grid_worker", "leader", "department_handler"):
        assert refusal(partial(event, cast, cast.actors[role])) == "not_found"


def test_it_is_approved_when_all_posts_are_filled_and_closed_with_a_look_back(cast: Cast) -> None:
    row = event(cast)
    desk, department = cast.community_worker, cast.department_handler
    approve = partial(events.event_approve, actor=desk, plan_id=row.pk)
    assert refusal(approve) == "event_plan.unfilled"
    assert refusal(partial(post_of, cast, row, many=0)) == "event_post.many"
    assert refusal(partial(post_of, cast, row, organization_id=987654321)) == "event_post.body"
    assert refusal(partial(post_of, cast, row, department)) == "not_found"
    post = post_of(cast, row)
    assert refusal(partial(post_of, cast, row)) == "event_post.once"
    assert refusal(partial(post_of, cast, row, department, title="西入口")) == "safety.not_yours"
    fill = partial(events.event_post_fill, post_id=post.pk)
    assert refusal(partial(fill, actor=cast.other_handler, filled=2)) == "not_found"
    assert refusal(partial(fill, actor=department, filled=3)) == "event_post.many"
    fill(actor=department, filled=1)
    assert WorkItem.objects.filter(kind=FILL_OWED, ended=None).count() == 1
    assert refusal(approve) == "event_plan.unfilled"
    fill(actor=department, filled=2)
    assert not WorkItem.objects.filter(kind=FILL_OWED, ended=None).exists()
    assert refusal(partial(events.event_approve, actor=department, plan_id=row.pk)) == "safety.not_yours"
    approve()
    assert refusal(approve) == "event_plan.state"
    assert refusal(partial(fill, actor=department, filled=1)) == "event_plan.fixed"
    close = partial(events.event_close, actor=desk, plan_id=row.pk)
    assert refusal(partial(close, review="平稳")) == "event_plan.early"
    with clock.frozen("2026-03-10T09:00"):
        assert refusal(partial(close, review=" ")) == "event_plan.review"
        close(review="秩序平稳，东入口下次多安排一人")
    assert EventPlan.objects.get().state == "closed"
    assert not WorkItem.objects.filter(kind=REVIEW_OWED, ended=None).exists()


def test_a_plan_is_dropped_with_a_reason(cast: Cast) -> None:
    row = event(cast)
    post_of(cast, row)
    assert events.event_drop(actor=cast.community_worker, plan_id=row.pk, review="天气原因").state == "dropped"
    assert not WorkItem.objects.filter(kind=FILL_OWED, ended=None).exists()
