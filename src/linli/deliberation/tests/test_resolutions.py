"""Tasks of resolutions: given, done, dropped, following their case; topics and resolutions from ledgers."""

from typing import Any

import pytest

from linli.accounts.testing import Cast
from linli.cases.events import Moved, announce, case_moved
from linli.cases.models import Case
from linli.core import clock
from linli.core.actors import SYSTEM
from linli.core.errors import DomainError
from linli.core.models import WorkItem
from linli.deliberation.models import Resolution, ResolutionTask, Topic
from linli.deliberation.operations import resolutions, steps
from linli.deliberation.operations.resolutions import Assignment
from linli.deliberation.operations.topic_ledgers import resolution_record_many, topic_record_many, topics_refused
from linli.deliberation.queries.resolutions import listed
from linli.deliberation.tests.topics import DAY, START, current, decided

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def today(db: None) -> Any:
    with clock.frozen(START) as held:
        yield held


def code_of(call: Any, **values: Any) -> str:
    with pytest.raises(DomainError) as error:
        call(**values)
    return error.value.code


def given(cast: Cast, **values: Any) -> ResolutionTask:
    resolution = Resolution.objects.get(topic=decided(cast))
    sound = {"title": "装好扶手", "owner_id": cast.bodies["department"].pk, "due": clock.today() + 5 * DAY}
    assignment = Assignment(**{**sound, **values})
    return resolutions.task_add(actor=cast.community_worker, resolution_id=resolution.pk, assignment=assignment)


def owed(task: ResolutionTask) -> list[int | None]:
    items = WorkItem.objects.filter(subject_type="resolution_task", subject_id=task.pk, ended=None)
    return list(items.values_list("organization_id", flat=True))


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"title": " "}, "task.title"),
        ({"owner_id": 987654321}, "task.owner"),
        ({"due": "yesterday"}, "task.due"),
    ],
)
def test_a_task_says_what_who_and_when(cast: Cast, values: dict[str, Any], code: str) -> None:
    if "due" in values:
        values = {"due": clock.today() - DAY}
    assert code_of(given, cast=cast, **values) == code


def test_its_body_sees_the_resolution_and_says_that_it_is_done(cast: Cast) -> None:
    task = given(cast)
    assert owed(task) == [cast.bodies["department"].pk]
    call: dict[str, Any] = {"task_id": task.pk, "result": "已装好三处扶手。"}
    for who, code in (("outsider", "not_found"), ("other_handler", "not_found"), ("leader", "task.not_yours")):
        assert code_of(resolutions.task_finish, actor=getattr(cast, who), **call) == code
    assert code_of(resolutions.task_finish, actor=cast.department_handler, task_id=task.pk, result="") == "topic.reason"
    done = resolutions.task_finish(actor=cast.department_handler, **call)
    assert (done.state, done.done_on, owed(task)) == ("done", clock.today(), [])
    assert code_of(resolutions.task_finish, actor=cast.department_handler, **call) == "resolution_task.state"


def test_nothing_is_carried_out_before_its_tasks_are(cast: Cast) -> None:
    task = given(cast)
    topic, worker = task.resolution.topic, cast.community_worker
    assert topic is not None
    first = steps.step_disclose(actor=worker, step_id=current(topic).pk, text="决定。")
    with clock.frozen(clock.day_start(clock.today() + 8 * DAY)):
        steps.step_finish(actor=worker, step_id=first.pk)
        step = current(topic)
        # While others have tasks to do, the host owes nothing; once all are done, to go on.
        mine = WorkItem.objects.filter(kind="topic.step", subject_id=topic.pk, ended=None)
        assert not mine.exists()
        assert code_of(steps.step_finish, actor=worker, step_id=step.pk) == "topic_step.tasks"
        late, _more = listed(cast.secretary, "", "", None, late=True)
        assert [(row.pk, row.late) for row in late] == [(task.resolution_id, 1)]
        drop: dict[str, Any] = {"task_id": task.pk, "reason": "改由物业承担"}
        assert code_of(resolutions.task_drop, actor=worker, **drop) == "topic.not_yours_to_except"
        resolutions.task_drop(actor=cast.secretary, **drop)
        assert mine.count() == 1
        assert listed(cast.secretary, "", "", None, late=True)[0] == []
        steps.step_finish(actor=worker, step_id=step.pk)
    task.resolution.refresh_from_db()
    assert task.resolution.state == "done"
    again = Assignment("再来", cast.bodies["department"].pk, clock.today() + DAY)
    call: dict[str, Any] = {"actor": worker, "resolution_id": task.resolution_id, "assignment": again}
    assert code_of(resolutions.task_add, **call) == "resolution.state"


def test_a_task_that_is_a_matter_follows_its_case(cast: Cast) -> None:
    task = given(cast, as_case=True)
    case = Case.objects.get(pk=task.case_id or 0)
    assert (case.kind, case.source, case.planned_end) == ("public_task", "deliberation", task.due)
    call: dict[str, Any] = {"actor": cast.department_handler, "task_id": task.pk, "result": "好了"}
    assert code_of(resolutions.task_finish, **call) == "task.follows_case"
    case.result, case.state = "扶手装好。", "closed"
    announce(case_moved, Moved("close", cast.secretary, case, "verified"))
    task.refresh_from_db()
    assert (task.state, task.result, owed(task)) == ("done", "扶手装好。", [])


def test_ledgers_give_topics_and_resolutions_that_belong_together(cast: Cast) -> None:
    place, day = cast.places["community"].pk, clock.today() - 9 * DAY
    shared = {"number": "YS1", "title": "晾晒区", "place": place, "decided": day, "forum": "院坝会"}
    rows = [
        {**shared, "outcome": "resolution", "came": 39, "disclosed": day + DAY, "carried_out": day + 3 * DAY},
        {**shared, "number": "YS2", "title": "车棚", "outcome": "postponed"},
        {**shared, "number": "YS3", "title": "公约", "outcome": "none"},
    ]
    first = topic_record_many(actor=SYSTEM, rows=rows)
    (resolution_id,) = resolution_record_many(actor=SYSTEM, rows=[{**shared, "disclosed": day + DAY}])
    topics = Topic.objects.in_bulk(first)
    assert [topics[pk].state for pk in first] == ["closed", "postponed", "ended"]
    resolution = Resolution.objects.get(pk=resolution_id)
    assert (resolution.topic_id, resolution.state) == (first[0], "open")
    # The same again is the same.
    assert topic_record_many(actor=SYSTEM, rows=rows) == first
    assert resolution_record_many(actor=SYSTEM, rows=[shared]) == [resolution_id]
    assert topics_refused(rows=[{"title": "无日期"}, rows[0]]) == {0: "topic.undated"}
