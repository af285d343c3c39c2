"""Messages reach the inboxes they are for, only their reader opens them, and lists cost the same on every page."""

import pytest
from django.db import transaction
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from linli.accounts.neighbourhood import Cast
from linli.core import clock
from linli.core.actors import SYSTEM, VISITOR
from linli.core.errors import InvalidInput, NotFound
from linli.messaging import kinds
from linli.messaging.models import Message
from linli.messaging.operations.reading import message_read, message_read_all
from linli.messaging.operations.sending import Draft, message_send
from linli.messaging.queries import To, inbox, unread_count

KIND = kinds.MessageKind("test.note", "A note", sentence="%(count)s things")
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def known_kind() -> None:
    kinds.register(KIND)


def note(title: str = "路灯坏了", **fields: object) -> Draft:
    return Draft(kind="test.note", title=title, facts={"count": 3}, **fields)  # type: ignore[arg-type]


def send(cast: Cast, *names: str, draft: Draft | None = None) -> list[Message]:
    users = [cast.users[name].pk for name in names]
    with transaction.atomic():
        return message_send(actor=SYSTEM, to=To(users=users), draft=draft or note())


def test_a_message_is_read_by_its_reader_only(cast: Cast) -> None:
    (sent,) = send(cast, "grid_worker")
    assert [line.message.pk for line in inbox(cast.grid_worker).lines] == [sent.pk]
    assert inbox(cast.grid_worker).lines[0].sentence == "3 things"
    for other in (cast.grid_lead, cast.street_officer, cast.auditor, cast.system_administrator, VISITOR):
        assert inbox(other).lines == []
        with pytest.raises(NotFound):
            message_read(actor=other, message_id=sent.pk)
    assert Message.objects.get().read is None


def test_reading_twice_keeps_the_first_time(cast: Cast) -> None:
    (sent,) = send(cast, "grid_worker")
    with clock.frozen("2026-03-10T09:00"):
        first = message_read(actor=cast.grid_worker, message_id=sent.pk).read
    with clock.frozen("2026-03-10T10:00"):
        assert message_read(actor=cast.grid_worker, message_id=sent.pk).read == first
    assert unread_count(cast.grid_worker) == 0


def test_reading_all_leaves_what_came_meanwhile(cast: Cast) -> None:
    send(cast, "grid_worker")
    (shown,) = send(cast, "grid_worker")
    (later,) = send(cast, "grid_worker")
    (others,) = send(cast, "grid_lead")
    assert message_read_all(actor=cast.grid_worker, up_to=shown.pk) == 2
    assert message_read_all(actor=cast.grid_worker, up_to=shown.pk) == 0
    assert set(Message.objects.filter(read=None).values_list("pk", flat=True)) == {later.pk, others.pk}


def test_a_body_is_its_people_in_office_who_may_do_something(cast: Cast) -> None:
    bodies = [cast.bodies["community_office"].pk]
    with transaction.atomic():
        sent = message_send(
            actor=cast.community_worker, to=To(organizations=bodies, abilities=["cases.supervise"]), draft=note()
        )
        assert [row.user_id for row in sent] == [cast.users["secretary"].pk]
        everyone = message_send(actor=cast.community_worker, to=To(organizations=bodies), draft=note())
    expected = {cast.users[name].pk for name in ("second_worker", "secretary")}
    assert {row.user_id for row in everyone} == expected, "and not to who causes it"


def test_an_ended_or_unconfirmed_post_gets_nothing(cast: Cast) -> None:
    post = cast.posts["department_handler"]
    post.confirmed = False
    post.save()
    with transaction.atomic():
        assert message_send(actor=SYSTEM, to=To(posts=[post.pk]), draft=note()) == []
        post.confirmed = True
        post.save()
        assert len(message_send(actor=SYSTEM, to=To(posts=[post.pk]), draft=note())) == 1


def test_one_person_with_two_reasons_gets_one_message(cast: Cast) -> None:
    to = To(
        users=[cast.users["secretary"].pk],
        posts=[cast.posts["secretary"].pk],
        people=[cast.posts["secretary"].person_id or 0],
        organizations=[cast.bodies["community_office"].pk],
        abilities=["cases.supervise"],
    )
    with transaction.atomic():
        assert len(message_send(actor=SYSTEM, to=to, draft=note())) == 1


@pytest.mark.parametrize("link", ["//evil.example/", "https://evil.example/", "javascript:x"])
def test_links_stay_in_the_house(cast: Cast, link: str) -> None:
    with pytest.raises(AssertionError):
        send(cast, "grid_worker", draft=note(link=link))


def test_sending_needs_the_callers_transaction_and_a_known_kind(cast: Cast) -> None:
    with pytest.raises(AssertionError):
        send(cast, "grid_worker", draft=Draft(kind="test.unknown"))


def test_paging_costs_the_same_on_every_page(cast: Cast, django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
    for number in range(75):
        send(cast, "grid_worker", draft=note(f"事项{number}"))
    seen: list[str] = []
    after = ""
    for _page in range(3):
        with django_assert_max_num_queries(1):
            page = inbox(cast.grid_worker, after=after)
        seen += [line.message.title for line in page.lines]
        after = page.next_key
    assert seen == [f"事项{number}" for number in reversed(range(75))]
    assert after == ""
    with pytest.raises(InvalidInput) as refused:
        inbox(cast.grid_worker, after="x")
    assert refused.value.code == "list.bad_filter"


def test_the_shell_shows_the_count_for_one_query(
    cast: Cast, client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    send(cast, "grid_worker")
    with django_assert_max_num_queries(1):
        assert unread_count(cast.grid_worker) == 1
    client.force_login(cast.users["grid_worker"], backend="linli.accounts.backends.PhoneOrNameBackend")
    client.get("/messages/")
    with django_assert_max_num_queries(9):
        page = client.get("/messages/")
    assert "路灯坏了" in page.content.decode()
    assert page.context["unread"] == 1


def test_opening_marks_as_read_and_leads_on(cast: Cast, client: Client) -> None:
    (sent,) = send(cast, "grid_worker", draft=note(link="/cases/"))
    (others,) = send(cast, "grid_lead")
    client.force_login(cast.users["grid_worker"], backend="linli.accounts.backends.PhoneOrNameBackend")
    assert client.get(f"/messages/{sent.pk}/open/").status_code == 405
    assert client.post(f"/messages/{others.pk}/open/").status_code == 404
    answer = client.post(f"/messages/{sent.pk}/open/")
    assert answer["Location"] == "/cases/"
    assert client.post("/messages/read/", {"newest": "nonsense"}).status_code == 302
    assert client.get("/messages/?unread=1").context["page"].lines == []
    assert Client().get("/messages/").status_code == 404
