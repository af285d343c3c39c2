"""A topic through its procedure: every step, what is refused on the way, who may, and what stays."""

import io
from typing import Any

import pytest

from linli.accounts.testing import Cast
from linli.cases.operations.intake import Report, case_register
from linli.core import clock
from linli.core.actors import SYSTEM
from linli.core.errors import DomainError
from linli.core.models import Entry, WorkItem
from linli.deliberation.models import Resolution, Topic
from linli.deliberation.operations import objections, steps, topics
from linli.deliberation.operations.topics import Proposal
from linli.deliberation.tests.topics import DAY, PDF, START, begun, current, decided, hold, proposed
from linli.organizations.operations.posts import Appointment, post_appoint
from linli.publishing.operations.publications import Upload, publication_withdraw
from linli.records.operations.profiles import content_apply

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def today(db: None) -> Any:
    with clock.frozen(START) as held:
        yield held


def code_of(call: Any, **values: Any) -> str:
    with pytest.raises(DomainError) as error:
        call(**values)
    return error.value.code


def later(days: int) -> Any:
    return clock.frozen(clock.day_start(clock.today() + days * DAY))


def test_a_topic_goes_through_four_deliberations_and_two_disclosures(cast: Cast) -> None:
    worker = cast.community_worker
    topic = decided(cast)
    resolution = Resolution.objects.get(topic=topic)
    assert (topic.state, topic.outcome, resolution.state) == ("decided", "resolution", "open")
    assert resolution.decided_on == clock.today()
    step = steps.step_disclose(actor=worker, step_id=current(topic).pk, text="决定加装扶手。")
    assert step.publication is not None
    assert step.publication.up_until == clock.today() + 7 * DAY
    owed = WorkItem.objects.get(kind="topic.step", subject_id=topic.pk, ended=None)
    assert owed.due is not None
    assert owed.due.date() > step.publication.up_until
    assert code_of(steps.step_finish, actor=worker, step_id=step.pk) == "topic_step.public_until"
    objection = objections.objection_raise(actor=cast.visitor, topic_id=topic.pk, text="费用谁出?")
    with later(7):
        assert code_of(steps.step_finish, actor=worker, step_id=step.pk) == "topic_step.objections"
        objections.objection_answer(actor=worker, objection_id=objection.pk, text="由专项经费支出。")
        steps.step_finish(actor=worker, step_id=step.pk)
        steps.step_finish(actor=worker, step_id=current(topic).pk)
        second = steps.step_disclose(actor=worker, step_id=current(topic).pk, text="扶手已装好。")
        with later(7):
            steps.step_finish(actor=worker, step_id=second.pk)
            assert code_of(steps.step_finish, actor=worker, step_id=current(topic).pk) == "topic_step.not_rated"
            objections.topic_rate(actor=cast.visitor, topic_id=topic.pk, solved=True, satisfied=4)
            steps.step_finish(actor=worker, step_id=current(topic).pk)
    topic.refresh_from_db()
    resolution.refresh_from_db()
    assert (topic.state, resolution.state) == ("closed", "done")
    assert topic.disclosed_on is not None
    assert resolution.carried_out_on == topic.carried_out_on == topic.disclosed_on + 7 * DAY
    assert not WorkItem.objects.filter(kind__startswith="topic.", ended=None).exists()


@pytest.mark.parametrize(
    ("values", "met"),
    [
        ({"due": 30, "came": 19, "votes_for": 19}, False),
        ({"due": 30, "came": 20, "votes_for": 16, "votes_against": 4}, True),
        ({"due": 30, "came": 20, "votes_for": 15, "votes_against": 5}, False),
        ({"due": 30, "came": 18, "represented": 2, "votes_for": 16, "votes_against": 4}, True),
    ],
)
def test_party_members_come_to_two_thirds_and_more_than_half_of_all_agree(
    cast: Cast, values: dict[str, int], met: bool
) -> None:
    topic = begun(cast)
    hold(cast, topic)
    hold(cast, topic)
    assert hold(cast, topic, **values).met is met
    assert current(topic).code == ("decide" if met else "review")


def test_a_step_that_was_not_enough_is_held_again_and_both_stay(cast: Cast) -> None:
    topic = begun(cast)
    hold(cast, topic)
    step = current(topic)
    hold(cast, topic, votes_for=15, votes_against=15)
    step.refresh_from_db()
    assert step.state == "not_met"
    hold(cast, topic)
    step.refresh_from_db()
    assert (step.state, list(step.holdings.order_by("pk").values_list("met", flat=True))) == ("done", [False, True])


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"came": 31}, "holding.numbers"),
        ({"votes_for": 31}, "holding.numbers"),
        ({"votes_for": None, "votes_against": None, "abstained": None}, "holding.missing"),
        ({"due": None}, "holding.missing"),
    ],
)
def test_numbers_that_are_missing_or_contradict_one_another(cast: Cast, values: dict[str, Any], code: str) -> None:
    topic = begun(cast)
    hold(cast, topic)
    assert code_of(hold, cast=cast, topic=topic, **values) == code


def test_days_notice_and_papers(cast: Cast) -> None:
    topic = begun(cast)
    yesterday = clock.today() - DAY
    assert code_of(hold, cast=cast, topic=topic, held_on=clock.today() + DAY) == "topic_step.day"
    hold(cast, topic)
    assert code_of(hold, cast=cast, topic=topic, held_on=yesterday) == "topic_step.day"
    hold(cast, topic)
    assert code_of(hold, cast=cast, topic=topic, notice_on=clock.today() - 2 * DAY) == "topic_step.notice"
    hold(cast, topic, notice_on=clock.today() - 3 * DAY)
    assert code_of(hold, cast=cast, topic=topic) == "topic_step.papers"
    wrong = [Upload("录音.exe", io.BytesIO(b"MZ" + b"x" * 99))]
    assert code_of(hold, cast=cast, topic=topic, uploads=wrong).startswith("file.")
    assert current(topic).code == "decide"


def test_steps_go_in_their_order(cast: Cast) -> None:
    topic = begun(cast)
    ahead = topic.steps.get(code="decide")
    call: dict[str, Any] = {"actor": cast.community_worker, "step_id": ahead.pk}
    assert code_of(steps.step_finish, **call) == "topic_step.turn"
    assert code_of(steps.step_disclose, text="x", **call) == "topic_step.turn"
    call["step_id"] = current(topic).pk
    assert code_of(steps.step_finish, **call) == "topic_step.kind"


def test_no_step_of_the_four_is_skipped_others_only_with_a_reason_by_who_may(cast: Cast) -> None:
    topic = begun(cast)
    call: dict[str, Any] = {"actor": cast.secretary, "step_id": current(topic).pk, "reason": "着急"}
    assert code_of(steps.step_skip, **call) == "topic_step.never_skipped"
    other = begun(cast, "consultation", "停车位")
    hold(cast, other)
    call["step_id"] = current(other).pk
    assert code_of(steps.step_skip, **{**call, "actor": cast.community_worker}) == "topic.not_yours_to_except"
    assert code_of(steps.step_skip, **{**call, "reason": " "}) == "topic.reason"
    row = steps.step_skip(**call)
    assert (row.state, row.reason, current(other).code) == ("skipped", "着急", "consult")


def test_what_nobody_decided_is_not_resolved_by_skipping(cast: Cast) -> None:
    sections = {"place": {"name": "清河县邻里", "root": "990901"}}
    step = {"code": "a", "label": "议", "kind": "meet", "skippable": True}
    last = {"code": "b", "label": "办", "kind": "carry_out"}
    short = {"code": "short", "label": "简", "ground": "约定", "steps": [step, last]}
    content_apply(actor=SYSTEM, content={**sections, "procedures": {"procedures": [short]}})
    topic = begun(cast, "short")
    call: dict[str, Any] = {"actor": cast.secretary, "step_id": current(topic).pk, "reason": "无"}
    assert code_of(steps.step_skip, **call) == "topic_step.never_skipped"
    # What runs keeps its procedure, whatever the profile says later.
    content_apply(actor=SYSTEM, content=sections)
    hold(cast, topic)
    assert Topic.objects.get(pk=topic.pk).state == "decided"


def test_the_first_two_merge_where_secretary_and_director_are_one(cast: Cast) -> None:
    topic = begun(cast)
    call: dict[str, Any] = {"actor": cast.community_worker, "step_id": current(topic).pk}
    assert code_of(steps.step_merge, **call) == "topic_step.not_merged"
    both = cast.posts["secretary"]
    appointment = Appointment(
        kind="community_director",
        place_id=cast.places["community"].pk,
        person_id=both.person_id,
        organization_id=both.organization_id,
        since=both.since,
    )
    post_appoint(actor=SYSTEM, appointment=appointment)
    assert steps.step_merge(**call).state == "merged"
    assert current(topic).code == "discuss"
    assert code_of(steps.step_merge, actor=call["actor"], step_id=current(topic).pk) == "topic_step.not_merged"


def test_a_withdrawn_notice_is_no_disclosure(cast: Cast) -> None:
    topic = decided(cast)
    worker, step = cast.community_worker, current(topic)
    assert code_of(steps.step_finish, actor=worker, step_id=step.pk) == "topic_step.not_public"
    first = steps.step_disclose(actor=worker, step_id=step.pk, text="决定。")
    assert code_of(steps.step_disclose, actor=worker, step_id=step.pk, text="再发") == "topic_step.public"
    publication_withdraw(actor=cast.secretary, publication_id=first.publication_id or 0, reason="写错")
    assert code_of(objections.objection_raise, actor=cast.visitor, topic_id=topic.pk, text="?") == "objection.closed"
    with later(8):
        assert code_of(steps.step_finish, actor=worker, step_id=step.pk) == "topic_step.not_public"
        again = steps.step_disclose(actor=worker, step_id=step.pk, text="更正后的决定。")
        assert code_of(steps.step_finish, actor=worker, step_id=step.pk) == "topic_step.public_until"
        assert again.publication_id != first.publication_id


def test_proposals_tell_nobody_who_proposes(cast: Cast) -> None:
    proposal = Proposal(cast.places["community"].pk, "停车位划线")
    topic = topics.topic_propose(actor=cast.resident, proposal=proposal)
    entry = Entry.objects.filter(subject_type="topic", subject_id=topic.pk).get()
    assert (topic.recorder, entry.actor) == ("visitor", "visitor")
    assert code_of(topics.topic_propose, actor=cast.visitor, proposal=proposal) == "topic.twice"
    body = Proposal(cast.places["community"].pk, "绿地", source="body")
    assert code_of(topics.topic_propose, actor=cast.resident, proposal=body) == "topic.not_yours"
    for values, code in (({"title": " "}, "topic.title"), ({"catalogue": "nothing"}, "topic.catalogue")):
        sound: dict[str, Any] = {"place_id": cast.places["community"].pk, "title": "垃圾桶"}
        given = Proposal(**{**sound, **values})
        assert code_of(topics.topic_propose, actor=cast.visitor, proposal=given) == code
    street = Proposal(cast.places["street"].pk, "太高")
    assert code_of(topics.topic_propose, actor=cast.visitor, proposal=street) == "not_found"


@pytest.mark.parametrize("procedure", ["representatives", "nothing"])
def test_what_is_not_checked_or_not_there_is_not_begun(cast: Cast, procedure: str) -> None:
    topic = proposed(cast)
    call: dict[str, Any] = {"actor": cast.community_worker, "topic_id": topic.pk, "procedure": procedure}
    assert code_of(topics.topic_begin, **call) == "topic.procedure"
    call |= {"procedure": "half_past_seven", "tier": "major"}
    assert code_of(topics.topic_begin, **call) == "topic.tier"


def test_others_neither_see_nor_lead(cast: Cast) -> None:
    topic = begun(cast)
    for who, code in (("outsider", "not_found"), ("resident", "not_found"), ("auditor", "topic.not_yours")):
        actor = getattr(cast, who)
        assert code_of(topics.topic_postpone, actor=actor, topic_id=topic.pk, reason="x") == code
        assert code_of(steps.step_finish, actor=actor, step_id=current(topic).pk) == code


def test_declined_postponed_resumed_ended(cast: Cast) -> None:
    worker = cast.community_worker
    unwanted, topic = proposed(cast, "不议"), begun(cast)
    assert code_of(topics.topic_decline, actor=worker, topic_id=unwanted.pk, reason="") == "topic.reason"
    topics.topic_decline(actor=worker, topic_id=unwanted.pk, reason="不属于居民议事范围")
    assert code_of(topics.topic_begin, actor=worker, topic_id=unwanted.pk, procedure="four_two") == "topic.state"
    topics.topic_postpone(actor=worker, topic_id=topic.pk, reason="等经费")
    assert code_of(steps.step_finish, actor=worker, step_id=topic.steps.earliest("position").pk) == "topic_step.turn"
    topics.topic_resume(actor=worker, topic_id=topic.pk)
    hold(cast, topic)
    topics.topic_end(actor=worker, topic_id=topic.pk, reason="居民意见不一")
    topic.refresh_from_db()
    assert (topic.state, topic.outcome) == ("ended", "none")


def test_objections_are_answered_once_and_by_the_host(cast: Cast) -> None:
    topic = decided(cast)
    steps.step_disclose(actor=cast.community_worker, step_id=current(topic).pk, text="决定。")
    row = objections.objection_raise(actor=cast.resident, topic_id=topic.pk, text="噪音怎么办?")
    again: dict[str, Any] = {"actor": cast.visitor, "topic_id": topic.pk, "text": "噪音怎么办?"}
    assert code_of(objections.objection_raise, **again) == "objection.twice"
    answer: dict[str, Any] = {"objection_id": row.pk, "text": "白天施工。"}
    assert code_of(objections.objection_answer, actor=cast.outsider, **answer) == "not_found"
    objections.objection_answer(actor=cast.community_worker, **answer)
    assert code_of(objections.objection_answer, actor=cast.community_worker, **answer) == "topic_objection.state"
    assert not Entry.objects.filter(operation="topic.object").exclude(actor="visitor").exists()
    rating: dict[str, Any] = {"actor": cast.visitor, "topic_id": topic.pk, "solved": True, "satisfied": 5}
    assert code_of(objections.topic_rate, **rating) == "topic.not_rated_now"


def test_papers_are_added_to_a_step_afterwards(cast: Cast) -> None:
    topic = decided(cast)
    step = topic.steps.get(code="review")
    uploads = [Upload("签到.pdf", io.BytesIO(PDF + b"1"))]
    steps.step_attach(actor=cast.community_worker, step_id=step.pk, uploads=uploads)
    assert list(step.papers.values_list("name", flat=True)) == ["签到.pdf"]


def test_a_matter_becomes_a_topic_but_never_a_confidential_one(cast: Cast) -> None:
    place, worker = cast.places["community"].pk, cast.community_worker
    cases = {
        kind: case_register(actor=worker, report=Report("楼道灯不亮", place, kind=kind)).case_id
        for kind in ("problem", "dispute")
    }
    given = {kind: Proposal(place, kind, source="case", case_id=pk) for kind, pk in cases.items()}
    assert code_of(topics.topic_propose, actor=worker, proposal=given["dispute"]) == "topic.confidential"
    # Elsewhere nobody may know of the matter.
    far = Proposal(cast.places["far_community"].pk, "别处", source="case", case_id=cases["problem"])
    assert code_of(topics.topic_propose, actor=cast.outsider, proposal=far) == "not_found"
    topic = topics.topic_propose(actor=worker, proposal=given["problem"])
    assert (topic.case_id, topic.source) == (cases["problem"], "case")
