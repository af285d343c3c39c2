"""Notices: whom they reach, the second person, corrections, the end of one; what is counted, and what is not."""

import io
from datetime import date
from typing import Any

import pytest
from django.apps import apps
from PIL import Image

from linli.accounts.neighbourhood import Cast
from linli.core import clock
from linli.core.actors import SYSTEM
from linli.core.errors import DomainError
from linli.core.models import Entry, WorkItem
from linli.messaging.channels import Undelivered
from linli.messaging.models import Delivery, Message
from linli.messaging.operations.delivering import deliveries_sweep
from linli.messaging.operations.reading import message_read
from linli.notices import queries, sections
from linli.notices.models import Notice, NoticeReach
from linli.notices.operations.publishing import (
    notice_approve,
    notice_correct,
    notice_publish,
    notice_withdraw,
    reaches_count,
)
from linli.notices.operations.robots import robot_add, robot_end, robot_test
from linli.notices.operations.writing import (
    notice_attach,
    notice_change,
    notice_detach,
    notice_drop,
    notice_refuse,
    notice_submit,
)
from linli.notices.policies import in_force, notices_read_by, verbs_of
from linli.notices.tests.told import (
    HOME,
    KEY,
    Bird,
    by_mail,
    carried,
    chat,
    drafted,
    published,
    sketch,
    subscribed,
    text,
)
from linli.organizations.models import Organization
from linli.publishing.queries.divisions import public_division
from linli.teams.models import TaskTeam, TeamMember

pytestmark = pytest.mark.django_db


def code_of(call: Any, **given: Any) -> str:
    with pytest.raises(DomainError) as refused:
        call(**given)
    return refused.value.code


def told(row: Notice) -> set[str]:
    return set(
        Message.objects.filter(subject_type="notice", subject_id=row.pk).values_list("user__username", flat=True)
    )


def names(cast: Cast, *roles: str) -> set[str]:
    return {cast.users[role].username for role in roles}


def team(cast: Cast) -> Organization:
    """A team with a member who has an account, and one who is a name only."""
    body = Organization.objects.create(
        type="task_force", name="春晓抢修队", path="/", place=cast.places["community"], since=clock.today()
    )
    row = TaskTeam.objects.create(
        **{"organization": body, "kind": "task_force", "name": body.name, "task": "抢修", "place": body.place},
        **{"lead_id": cast.grid_lead.person_id, "begins_on": clock.today(), "planned_end": clock.today()},
        **{"formed": clock.now(), "formed_by": SYSTEM.key},
    )
    for person_id, name in ((cast.grid_lead.person_id, ""), (None, "洪帮忙")):
        TeamMember.objects.create(team=row, person_id=person_id, name=name, capacity="other", since=clock.today())
    return body


def test_a_notice_reaches_posts_groups_and_subscribers_once_each(cast: Cast, mail: Bird, wecom: Bird) -> None:
    subscribed(cast)
    subscribed(cast, "grid_worker", kinds=("policy",))
    by_mail()
    by_mail("away@example.org", pace="letter")
    chat(cast)
    chat(cast, "far_community", cast.outsider)
    carried()
    wecom.sent.clear()
    mail.sent.clear()
    body = team(cast)
    row = drafted(cast, posts=("grid_worker", "grid_lead"), groups=(body.pk,))
    # Grid lead holds a post and is in the team: one person. The writer is not told of what they write themselves.
    assert queries.reach_of(row) == queries.Reach(3, 1, 1)
    notice_publish(actor=cast.community_worker, notice_id=row.pk)
    assert told(row) == names(cast, "grid_worker", "grid_lead", "resident")
    assert carried() == ["sent", "sent"]
    ((address, said, opt_out),) = mail.sent
    ((key, group_said),) = wecom.sent
    assert (address, key) == ("chen@example.org", KEY)
    assert f"{HOME}/public/notices/{row.pk}/" in said
    assert f"{HOME}/public/notices/{row.pk}/" in group_said
    assert opt_out in said
    assert opt_out not in group_said
    reaches_count()
    found = {item.channel: (item.sent, item.delivered) for item in row.reaches.all()}
    assert found == {"inbox": (3, 3), "email": (1, 1), "wecom": (1, 1)}


@pytest.mark.parametrize(
    ("role", "more", "code"),
    [
        ("outsider", {}, "not_found"),
        ("grid_worker", {}, "not_found"),
        ("community_worker", {"kind": "gossip"}, "notice.kind"),
        ("community_worker", {"text": {"title": " "}}, "notice.title"),
        ("community_worker", {"text": {"body": "长" * 5001}}, "notice.body"),
        ("community_worker", {"text": {"valid_until": date(2026, 3, 1)}}, "notice.span"),
        ("community_worker", {"kind": "policy"}, "notice.no_end"),
        ("community_worker", {"urgent": True}, "notice.urgent"),
        ("community_worker", {"public": False}, "notice.nobody"),
        ("community_worker", {"groups": ("far",)}, "not_found"),
    ],
)
def test_what_is_no_notice_is_refused(cast: Cast, role: str, more: dict[str, Any], code: str) -> None:
    given = dict(more)
    if "text" in given:
        given["text"] = text(**given["text"])
    if "groups" in given:
        given["groups"] = (cast.bodies["far_office"].pk,)
    assert code_of(drafted, cast=cast, actor=cast.actors[role], **given) == code
    assert not Notice.objects.exists()


@pytest.mark.parametrize("where", ["street", "county"])
def test_what_the_street_or_the_county_tells_holds_in_its_communities(cast: Cast, mail: Bird, where: str) -> None:
    by_mail()
    row = published(cast, SYSTEM, where)
    assert list(queries.public_rows(public_division(cast.places["community"].code))) == [row]
    assert row.reaches.get(channel="email").sent == 1
    own = published(cast)
    assert list(queries.public_rows(public_division(cast.places[where].code))) == [row]
    assert own.reaches.get(channel="email").sent == 1


@pytest.fixture
def approved(monkeypatch: pytest.MonkeyPatch) -> None:
    """A place where policy notes are approved by a second person."""
    kinds = tuple(kind.model_copy(update={"approval": kind.code == "policy"}) for kind in sections.KINDS)
    monkeypatch.setattr(sections, "section", lambda: sections.NoticesSection(kinds=kinds))
    for module in ("policies", "operations.writing"):
        monkeypatch.setattr(f"linli.notices.{module}.section", sections.section)


@pytest.mark.usefixtures("approved")
def test_a_second_person_approves_where_the_kind_asks_for_that(cast: Cast) -> None:
    secretary, last = cast.secretary, text(valid_until=clock.today())
    row = drafted(cast, secretary, kind="policy", text=last)
    given = {"notice_id": row.pk}
    assert code_of(notice_publish, actor=secretary, **given) == "notice.needs_approval"
    notice_submit(actor=secretary, **given)
    item = WorkItem.objects.get(kind="notice.approve", ended=None)
    assert item.due is not None
    assert item.due > clock.now()
    assert code_of(notice_approve, actor=secretary, **given) == "notice.own"
    assert code_of(notice_approve, actor=cast.community_worker, **given) == "notice.not_yours"
    assert code_of(notice_approve, actor=cast.outsider, **given) == "not_found"
    assert code_of(notice_refuse, actor=cast.street_officer, reason="", **given) == "notice.reason"
    notice_refuse(actor=cast.street_officer, reason="请写明办理地点", **given)
    item.refresh_from_db()
    assert item.ended is not None
    row.refresh_from_db()
    changed = sketch(cast, kind="policy", text=text(body="到社区窗口办理。", valid_until=clock.today()))
    assert code_of(notice_change, actor=secretary, version=1, sketch=changed, **given) == "notice.stale"
    # Whoever changes it has written it, and whoever wrote it is the second person then.
    notice_change(actor=cast.community_worker, version=row.version, sketch=changed, **given)
    notice_submit(actor=cast.community_worker, **given)
    done = notice_approve(actor=secretary, **given)
    assert (done.state, done.approver) == ("published", secretary.key)
    assert code_of(notice_approve, actor=cast.street_officer, **given) == "notice.state"
    more = {"version": done.version, "text": last, "reason": "错字"}
    assert code_of(notice_correct, actor=cast.community_worker, **given, **more) == "notice.own"
    # Whose correction is refused is not offered one.
    offered = {role for role in ("community_worker", "secretary") if "correct" in verbs_of(cast.actors[role], done)}
    assert offered == {"secretary"}


def test_a_correction_keeps_what_stood_there_and_tells_again(cast: Cast, mail: Bird) -> None:
    subscribed(cast)
    by_mail()
    row = published(cast)
    given: dict[str, Any] = {"actor": cast.second_worker, "notice_id": row.pk}
    new = text(body="停水改到3月5日。")
    assert code_of(notice_correct, **given, version=1, text=new, reason="日期") == "notice.stale"
    assert code_of(notice_correct, **given, version=row.version, text=new, reason=" ") == "notice.reason"
    done = notice_correct(**given, version=row.version, text=new, reason="日期写错")
    assert (done.edition, done.body) == (2, new.body)
    (former,) = done.editions.all()
    assert (former.edition, former.body, former.reason) == (1, text().body, "日期写错")
    kinds = Message.objects.filter(user=cast.users["resident"]).order_by("pk").values_list("kind", flat=True)
    assert list(kinds) == ["notice.published", "notice.corrected"]
    # What still waited says the wrong day: it does not leave any more.
    held = Delivery.objects.filter(key__startswith="notice:").values_list("key", flat=True)
    assert [key.split(":")[2] for key in held] == ["2"]


def test_what_is_withdrawn_or_over_is_seen_as_that_alone(cast: Cast, mail: Bird, today: clock.Frozen) -> None:
    by_mail()
    row, policy = published(cast), published(cast, kind="policy", text=text(valid_until=clock.today()))
    division = public_division(cast.places["community"].code)
    assert set(queries.public_rows(division)) == {row, policy}
    given: dict[str, Any] = {"actor": cast.community_worker, "notice_id": row.pk}
    assert code_of(notice_withdraw, **given, reason="") == "notice.reason"
    notice_withdraw(**given, reason="停水取消")
    assert code_of(notice_withdraw, **given, reason="再来") == "notice.state"
    assert not Delivery.objects.filter(key__startswith=f"notice:{row.pk}:").exists()
    assert list(queries.public_rows(division)) == [policy]
    today.move_to(clock.day_end(clock.today()))
    assert not queries.public_rows(division).exists()
    assert not Notice.objects.filter(in_force()).exists()
    assert queries.notice_read(cast.visitor, policy.pk).over
    assert code_of(notice_publish, actor=cast.community_worker, notice_id=policy.pk) == "notice.state"
    late = drafted(cast, text=text(valid_from=policy.valid_from, valid_until=policy.valid_until))
    assert code_of(notice_publish, actor=cast.community_worker, notice_id=late.pk) == "notice.over"
    notice_drop(actor=cast.community_worker, notice_id=late.pk)
    assert code_of(notice_drop, actor=cast.community_worker, notice_id=late.pk) == "notice.state"


def test_what_is_for_posts_is_read_by_whom_it_was_sent_to(cast: Cast) -> None:
    row = published(cast, public=False, posts=("grid_worker",))
    readers = [role for role in cast.actors if Notice.objects.filter(notices_read_by(cast.actors[role])).exists()]
    assert set(readers) == {"grid_worker", "community_worker", "second_worker", "secretary", "street_officer"}
    assert told(row) == names(cast, "grid_worker")
    row = drafted(cast)
    assert not Notice.objects.filter(notices_read_by(cast.visitor), pk=row.pk).exists()


def test_warnings_reach_people_at_once_and_the_rest_waits_for_the_day(
    cast: Cast, mail: Bird, wecom: Bird, today: clock.Frozen
) -> None:
    by_mail()
    chat(cast)
    carried()
    today.move_to(clock.day_end(clock.today()))
    published(cast, kind="warning", urgent=True, text=text(valid_until=clock.today()))
    published(cast)
    due = [row.due > clock.now() for row in Delivery.objects.filter(key__startswith="notice:").order_by("pk")]
    assert due == [False, False, True, True]


def test_opened_is_a_number_and_no_row_of_notices_knows_who_reads(cast: Cast) -> None:
    posts = ("grid_worker", "grid_lead", "building_head", "community_secretary")
    few = published(cast, posts=posts)
    # Four people told twice are four.
    more: dict[str, Any] = {"version": few.version, "text": text(body="改到周四。"), "reason": "日期"}
    notice_correct(actor=cast.community_worker, notice_id=few.pk, **more)
    subscribed(cast)
    row = published(cast, posts=posts)
    entries = Entry.objects.count()
    for message in Message.objects.filter(user=cast.users["grid_worker"], subject_type="notice"):
        message_read(actor=cast.grid_worker, message_id=message.pk)
    assert reaches_count() > 0
    assert reaches_count() == 0
    assert Entry.objects.count() == entries
    # Of four readers one could guess who the one was, on the page or by a figure; of five or more it is told.
    found = NoticeReach.objects.filter(channel="inbox").values_list("notice_id", "sent", "opened")
    assert set(found) == {(few.pk, 8, None), (row.pk, 5, 1)}
    somebody = (apps.get_model("accounts.User"), apps.get_model("organizations.Person"))
    people = {
        (model.__name__, field.name)
        for model in apps.get_app_config("notices").get_models()
        for field in model._meta.get_fields()
        if getattr(field, "related_model", None) in somebody
    }
    assert people == {("Subscription", "user")}


def test_numbers_stay_when_the_outbox_has_forgotten(cast: Cast, mail: Bird, today: clock.Frozen) -> None:
    by_mail()
    published(cast)
    carried()
    reaches_count()
    today.move_to(clock.day_start(clock.today().replace(year=2027)))
    deliveries_sweep()
    reaches_count()
    assert NoticeReach.objects.get(channel="email").delivered == 1


def test_files_go_with_a_draft_and_are_given_to_whoever_reads(cast: Cast) -> None:
    row, picture = drafted(cast), io.BytesIO()
    Image.new("RGB", (8, 8)).save(picture, "PNG")
    held = notice_attach(
        actor=cast.community_worker, notice_id=row.pk, stream=io.BytesIO(picture.getvalue()), name="a/停水.png"
    )
    assert held.name == "停水.png"
    assert code_of(queries.file_read, actor=cast.visitor, pk=held.pk) == "not_found"
    notice_publish(actor=cast.community_worker, notice_id=row.pk)
    assert queries.file_read(cast.visitor, held.pk) == held
    late = {"stream": io.BytesIO(picture.getvalue()), "name": "b.png"}
    assert code_of(notice_attach, actor=cast.community_worker, notice_id=row.pk, **late) == "notice.state"
    notice_detach(actor=cast.community_worker, notice_id=row.pk, file_id=held.pk)
    assert code_of(queries.file_read, actor=cast.community_worker, pk=held.pk) == "not_found"


def test_a_group_chat_is_tested_fails_in_sight_and_is_taken_out_with_its_key(cast: Cast, wecom: Bird) -> None:
    row, worker = chat(cast), cast.community_worker
    again = {"place_id": row.place_id, "name": row.name, "channel": "wecom", "address": KEY, "home": HOME}
    assert code_of(robot_add, actor=worker, **again) == "robot.twice"
    assert code_of(robot_add, actor=worker, **again | {"channel": "email"}) == "robot.channel"
    assert code_of(robot_add, actor=worker, **again | {"address": "x"}) == "robot.address"
    assert code_of(robot_add, actor=cast.outsider, **again) == "not_found"
    assert code_of(robot_test, actor=cast.outsider, robot_id=row.pk) == "not_found"
    robot_test(actor=worker, robot_id=row.pk)
    carried()
    assert [len(item) for item in wecom.sent] == [2]
    assert [state for *_row, state in queries.robots(worker)] == [str(Delivery.State.SENT.label)]
    wecom.failure = Undelivered("gone", permanent=True)
    published(cast)
    assert carried() == ["failed"]
    reaches_count()
    assert NoticeReach.objects.values_list("channel", "sent", "delivered").get() == ("wecom", 1, 0)
    robot_end(actor=worker, robot_id=row.pk)
    row.refresh_from_db()
    assert row.address is None
    assert not Delivery.objects.filter(state="failed").exists()
    assert code_of(robot_end, actor=worker, robot_id=row.pk) == "not_found"
    assert KEY not in str(list(Entry.objects.values_list("facts", flat=True)))
