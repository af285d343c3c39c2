"""Topic groups: opened, joined and left freely, ideas and what becomes of each; nothing is hidden silently."""

from collections.abc import Callable
from functools import partial
from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from linli.accounts.operations.owning import account_close
from linli.accounts.testing import Cast
from linli.core import clock
from linli.core.actors import SYSTEM, VISITOR
from linli.core.errors import DomainError
from linli.core.models import Entry, WorkItem
from linli.deliberation.models import GroupIdea, GroupMember, TopicGroup
from linli.deliberation.operations import topic_groups as operations
from linli.deliberation.tests.squadded import group, idea
from linli.deliberation.workflow.squads import GROUP, IDEA
from linli.records.tests.test_import_pages import signed_in as sign_in


@pytest.fixture
def today(db: None) -> Any:
    with clock.frozen("2026-03-02T10:00") as held:
        yield held


def code_of(operation: Callable[..., Any], **call: Any) -> str:
    with pytest.raises(DomainError) as caught:
        operation(**call)
    return caught.value.code


def owed(row: TopicGroup) -> int:
    """How much is owed of a group."""
    return WorkItem.objects.filter(subject_type="topic_group", subject_id=row.pk, ended=None).count()


def test_the_states_of_a_group_and_of_an_idea() -> None:
    """Every move that there is, and no other."""
    assert {(state, move.verb): move.to for move in GROUP.moves for state in move.frm} == {
        ("open", "announce"): None,
        ("open", "close"): "closed",
    }
    assert {(state, move.verb): move.to for move in IDEA.moves for state in move.frm} == {
        ("posted", "case"): "case",
        ("posted", "topic"): "topic",
        ("posted", "answer"): "answered",
        ("posted", "hide"): "hidden",
        ("hidden", "show"): "posted",
        ("posted", "withdraw"): "withdrawn",
        ("hidden", "withdraw"): "withdrawn",
    }


@pytest.mark.usefixtures("today")
def test_a_community_opens_announces_and_closes(cast: Cast) -> None:
    open_it = partial(operations.group_open, place_id=cast.places["community"].pk, name="花友", about="养花")
    for actor in (cast.outsider, cast.resident, VISITOR):
        assert code_of(open_it, actor=actor) == "squad.not_yours"
    row = open_it(actor=cast.community_worker)
    assert code_of(open_it, actor=cast.community_worker) == "group.twice"
    assert code_of(open_it, actor=SYSTEM, place_id=cast.places["street"].pk) == "not_found"
    assert code_of(open_it, actor=SYSTEM, name=" ") == "group.name"
    assert code_of(open_it, actor=SYSTEM, name="花", about="加微信13812345678") == "squad.personal"
    tell = partial(operations.group_announce, group_id=row.pk)
    assert code_of(tell, actor=cast.outsider, text="x") == "not_found"
    assert code_of(tell, actor=cast.community_worker, text="") == "group.text"
    assert tell(actor=cast.community_worker, text="周六换盆").day == clock.today()
    close = partial(operations.group_close, actor=cast.community_worker, group_id=row.pk)
    waiting = idea(cast, row)
    assert code_of(close, reason="并入大群") == "group.ideas_wait"
    operations.idea_answer(actor=cast.community_worker, idea_id=waiting.pk, answer="好")
    assert code_of(close, reason="") == "group.reason"
    assert close(reason="并入大群").state == "closed"
    waiting.refresh_from_db()
    assert (row.members.count(), waiting.member) == (0, None)
    assert code_of(tell, actor=cast.community_worker, text="x") == "topic_group.state"
    assert code_of(operations.group_join, actor=cast.resident, group_id=row.pk) == "topic_group.state"


@pytest.mark.usefixtures("today")
def test_members_join_by_a_name_of_their_choice_and_leave_without_a_trace(cast: Cast) -> None:
    row = group(cast)
    join = partial(operations.group_join, group_id=row.pk)
    assert code_of(join, actor=VISITOR) == "group.account"
    assert code_of(join, actor=cast.resident, alias="字" * 21) == "group.alias"
    member = join(actor=cast.resident, alias=" 花 匠 ")
    assert member.alias == "花 匠"
    assert code_of(join, actor=cast.resident) == "group.joined"
    assert code_of(join, actor=cast.grid_worker, alias="花 匠") == "group.alias"
    join(actor=cast.grid_worker)
    join(actor=cast.outsider)
    said = idea(cast, row)
    assert code_of(operations.idea_post, actor=cast.secretary, group_id=row.pk, text="x") == "group.not_member"
    operations.group_leave(actor=cast.resident, group_id=row.pk)
    said.refresh_from_db()
    assert (said.member, said.state, row.members.count()) == (None, "posted", 2)
    assert code_of(operations.group_leave, actor=cast.resident, group_id=row.pk) == "not_found"
    # The journal knows that somebody joined, spoke and left, and not who.
    entries = Entry.objects.filter(operation__in=("topic_group.join", "topic_group.idea", "topic_group.leave"))
    assert set(entries.values_list("actor", flat=True)) == {"visitor"}


@pytest.mark.usefixtures("today")
def test_who_closes_the_account_is_forgotten_by_the_groups(cast: Cast) -> None:
    row = group(cast)
    said = idea(cast, row)
    account_close(actor=cast.resident)
    said.refresh_from_db()
    assert (GroupMember.objects.count(), said.member) == (0, None)


@pytest.mark.usefixtures("today")
def test_an_idea_becomes_a_matter_or_a_topic_or_is_answered(cast: Cast) -> None:
    row = group(cast)
    first, second, third = idea(cast, row), idea(cast, row, "花园分片认养"), idea(cast, row, "办一次花展")
    assert owed(row) == 1
    assert code_of(operations.idea_to_case, actor=cast.outsider, idea_id=first.pk) == "not_found"
    assert code_of(operations.idea_to_case, actor=cast.resident, idea_id=first.pk) == "not_found"
    done = operations.idea_to_case(actor=cast.community_worker, idea_id=first.pk)
    assert done.case is not None
    assert (done.state, done.case.text, done.case.kind, done.case.source) == (
        "case",
        first.text,
        "suggestion",
        "deliberation",
    )
    assert code_of(operations.idea_to_case, actor=cast.community_worker, idea_id=first.pk) == "group_idea.state"
    turn = partial(operations.idea_to_topic, actor=cast.community_worker, idea_id=second.pk)
    assert code_of(turn, title="") == "group.title"
    topic = turn(title="花园认养").topic
    assert topic is not None
    assert (topic.title, topic.text, topic.state, topic.source) == ("花园认养", "花园分片认养", "proposed", "resident")
    assert owed(row) == 1
    assert operations.idea_answer(actor=cast.secretary, idea_id=third.pk, answer="五月办").state == "answered"
    assert owed(row) == 0


@pytest.mark.usefixtures("today")
def test_nothing_is_hidden_silently(cast: Cast) -> None:
    row = group(cast)
    said = idea(cast, row, "某某真讨厌")
    hide = partial(operations.idea_hide, idea_id=said.pk)
    assert code_of(hide, actor=cast.community_worker, reason="") == "group.answer"
    assert code_of(hide, actor=cast.outsider, reason="x") == "not_found"
    hide(actor=cast.community_worker, reason="说到了具体的人")
    address = f"/public/groups/{row.pk}/group/"
    author, anybody = sign_in(cast, Client(), "resident").get(address), Client().get(address)
    assert ("某某真讨厌" in author.text, "说到了具体的人" in author.text) == (True, True)
    assert ("某某真讨厌" in anybody.text, "说到了具体的人" in anybody.text) == (False, False)
    assert anybody.context["page"].hidden == author.context["page"].hidden == 1
    operations.idea_show(actor=cast.community_worker, idea_id=said.pk)
    assert "某某真讨厌" in Client().get(address).text
    assert code_of(operations.idea_withdraw, actor=cast.grid_worker, idea_id=said.pk) == "not_found"
    gone = operations.idea_withdraw(actor=cast.resident, idea_id=said.pk)
    assert (gone.state, gone.text, gone.member) == ("withdrawn", "", None)


@pytest.mark.usefixtures("today")
def test_more_ideas_than_can_be_answered_wait_outside(cast: Cast) -> None:
    row = group(cast)
    for number in range(operations.MOST_OWN):
        idea(cast, row, f"点子{number}")
    assert code_of(operations.idea_post, actor=cast.resident, group_id=row.pk, text="还有") == "group.too_many"


@pytest.mark.usefixtures("today")
def test_a_group_from_the_desk_to_a_member_and_back(cast: Cast) -> None:
    desk, member = sign_in(cast, Client(), "community_worker"), sign_in(cast, Client(), "resident")
    sent = {"place": cast.places["community"].pk, "name": "花友", "about": "养花"}
    made = desk.post("/topic-groups/new/", sent)
    row = TopicGroup.objects.get()
    assert made["Location"] == f"/topic-groups/{row.pk}/"
    assert Client().post(f"/public/groups/{row.pk}/join/", {}).status_code == 403
    assert member.post(f"/public/groups/{row.pk}/join/", {"alias": "花匠"}).status_code == 302
    assert member.post(f"/public/groups/{row.pk}/group/", {"text": "办花展"}).status_code == 302
    said = GroupIdea.objects.get()
    assert "花匠" in Client().get(f"/public/groups/{row.pk}/group/").text
    assert desk.post(f"/topic-groups/ideas/{said.pk}/answer/", {"words": ""}).status_code == 400
    assert desk.post(f"/topic-groups/ideas/{said.pk}/topic/", {"words": "花展"}).status_code == 302
    assert desk.post(f"/topic-groups/{row.pk}/announce/", {"text": "周六见"}).status_code == 302
    page = member.get(f"/public/groups/{row.pk}/group/").text
    assert ("周六见" in page, "花展" in page) == (True, True)
    assert member.post(f"/public/groups/{row.pk}/leave/").status_code == 302
    assert "花匠" not in Client().get(f"/public/groups/{row.pk}/group/").text
    assert "花友" in Client().get("/public/squads/990901001001/").text


@pytest.mark.usefixtures("today")
def test_a_list_of_groups_asks_as_little_for_many_as_for_one(
    cast: Cast, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    secretary = sign_in(cast, Client(), "secretary")
    for number in range(12):
        operations.group_open(actor=SYSTEM, place_id=cast.places["community"].pk, name=f"群{number}", about="x")
    secretary.get("/topic-groups/")
    with django_assert_max_num_queries(15):
        page = secretary.get("/topic-groups/?state=open&q=群")
    assert all(f"群{number}<" in page.text for number in range(12))
