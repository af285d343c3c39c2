"""Topics on their way, for the tests."""

import io
from datetime import date, timedelta
from typing import Any, Final

from linli.accounts.testing import Cast
from linli.core import clock
from linli.deliberation.holding import Sitting
from linli.deliberation.models import Holding, Resolution, Topic, TopicStep
from linli.deliberation.operations import objections, resolutions, steps, topics
from linli.deliberation.operations.resolutions import Assignment
from linli.deliberation.operations.topics import Proposal
from linli.publishing.operations.publications import Upload

START: Final = "2026-03-02T10:00"
DAY: Final = timedelta(days=1)
PDF: Final = b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF"


def proposed(cast: Cast, title: str = "三号楼加装扶手", **values: Any) -> Topic:
    """A topic that a resident proposes at the community."""
    proposal = Proposal(cast.places["community"].pk, title, "老人上下楼不便。", **values)
    return topics.topic_propose(actor=cast.visitor, proposal=proposal)


def begun(cast: Cast, procedure: str = "four_two", title: str = "三号楼加装扶手") -> Topic:
    """A topic whose procedure has begun."""
    topic = proposed(cast, title)
    return topics.topic_begin(actor=cast.community_worker, topic_id=topic.pk, procedure=procedure)


def current(topic: Topic) -> TopicStep:
    """The step whose turn it is."""
    return topic.steps.filter(state__in=("under_way", "not_met")).get()


def numbers(**values: Any) -> dict[str, Any]:
    """Thirty due, all of them there and for it."""
    given = {"due": 30, "came": 30, "votes_for": 30, "votes_against": 0, "abstained": 0}
    return {**given, **values}


def hold(cast: Cast, topic: Topic, uploads: Any = (), **values: Any) -> Holding:
    """Hold the current step today."""
    given = {"held_on": clock.today(), "summary": "同意。", "notice_on": date(2026, 2, 20), **numbers(), **values}
    sitting = Sitting(**given)
    return steps.step_hold(
        actor=cast.community_worker, step_id=current(topic).pk, sitting=sitting, uploads=list(uploads)
    )


def decided(cast: Cast) -> Topic:
    """A topic that went through the four deliberations of 四议两公开."""
    topic = begun(cast)
    for _step in range(3):
        hold(cast, topic)
    hold(cast, topic, uploads=[Upload("记录.pdf", io.BytesIO(PDF))])
    topic.refresh_from_db()
    return topic


def topics_made(cast: Cast) -> None:
    """Topics here and in the other place: one proposed, one public with objection and paper, one with open tasks."""
    for who, name in (("community_worker", "community"), ("outsider", "far_community")):
        actor, place = cast.actors[who], cast.places[name]
        topics.topic_propose(actor=cast.visitor, proposal=Proposal(place.pk, "刚刚提出的议题"))
        topic = topics.topic_propose(actor=actor, proposal=Proposal(place.pk, "已经公开的议题", source="body"))
        topics.topic_begin(actor=actor, topic_id=topic.pk, procedure="consultation")
        paper = [Upload("记录.pdf", io.BytesIO(PDF + name.encode()))]
        for uploads in (paper, (), ()):
            sitting = Sitting(clock.today(), "同意。", came=9)
            steps.step_hold(actor=actor, step_id=current(topic).pk, sitting=sitting, uploads=uploads)
        resolution = Resolution.objects.get(topic=topic)
        owner = cast.bodies["department" if name == "community" else "other_department"]
        late = Assignment("装好扶手", owner.pk, clock.today() + DAY)
        task = resolutions.task_add(actor=actor, resolution_id=resolution.pk, assignment=late)
        resolutions.task_finish(actor=actor, task_id=task.pk, result="装好了。")
        steps.step_finish(actor=actor, step_id=current(topic).pk)
        steps.step_disclose(actor=actor, step_id=current(topic).pk, text="扶手已装好。")
        objections.objection_raise(actor=cast.visitor, topic_id=topic.pk, text="为什么只装一侧?")
        under_way = topics.topic_propose(actor=actor, proposal=Proposal(place.pk, "正在落实的议题", source="body"))
        topics.topic_begin(actor=actor, topic_id=under_way.pk, procedure="consultation", public=False)
        for _step in range(3):
            steps.step_hold(
                actor=actor, step_id=current(under_way).pk, sitting=Sitting(clock.today(), "同意。", came=9)
            )
        open_one = Resolution.objects.get(topic=under_way)
        for title in ("修好门灯", "换好门锁"):
            part = Assignment(title, owner.pk, clock.today() + DAY)
            resolutions.task_add(actor=actor, resolution_id=open_one.pk, assignment=part)
