"""The pages of notices: from the draft to the reader's page, the feed, the mail's one click; few questions."""

import xml.etree.ElementTree as ET

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from linli.accounts.neighbourhood import Cast
from linli.core import clock
from linli.core.actors import SYSTEM
from linli.messaging.models import Message
from linli.notices.models import GroupRobot, Notice, Subscription
from linli.notices.tests.told import ADDRESS, CODE, KEY, Bird, carried, drafted, published, subscribed, text
from linli.organizations.models import Organization
from linli.organizations.tests.test_pages import enter

pytestmark = pytest.mark.django_db
LIST = f"/public/notices/?place={CODE}"
ATOM = "{http://www.w3.org/2005/Atom}"


def test_from_a_draft_to_whoever_reads_it(cast: Cast) -> None:
    desk, resident = enter(cast, "community_worker"), enter(cast, "resident")
    kept = {"kinds": ["notice", "policy", "activity", "warning"], "pace": "each", "branch": ""}
    assert resident.post(LIST, kept).status_code == 302
    filled = {"place": cast.places["community"].pk, "kind": "policy", "title": "医保缴费", "body": "到窗口缴。"}
    filled |= {"valid_from": "2026-03-02", "public": "on", "posts": ["grid_worker"]}
    refused = desk.post("/notices/new/", filled)
    assert (refused.status_code, refused.context["form"]["title"].value()) == (409, "医保缴费")
    assert desk.post("/notices/new/", filled | {"valid_until": "2026-03-31"}).status_code == 302
    page = f"/notices/{Notice.objects.get().pk}/"
    assert desk.get(page).context["page"].reach.people == 2
    bad = SimpleUploadedFile("a.exe", b"MZ")
    assert desk.post(f"{page}attach/", {"files": [bad]}).status_code == 400
    assert desk.post(f"{page}publish/").status_code == 302
    assert desk.post(f"{page}publish/").status_code == 409
    message = Message.objects.get(user=cast.users["grid_worker"])
    worker = enter(cast, "grid_worker")
    opened = worker.post(f"/messages/{message.pk}/open/")
    assert opened["Location"] == f"/public{page}"
    text_of = worker.get(opened["Location"]).content.decode()
    assert "data:image/svg+xml" in text_of
    assert worker.get(f"{opened['Location']}?card=1").content.startswith(b"%PDF")
    corrected = {"title": "医保缴费", "body": "", "valid_from": "2026-03-02", "version": 2, "reason": "错字"}
    lost = desk.post(f"{page}correct/", corrected)
    assert (lost.status_code, lost.context["correct"]["reason"].value()) == (400, "错字")
    more = {"body": "到窗口或网上缴。", "valid_until": "2026-04-30", "version": Notice.objects.get().version}
    assert desk.post(f"{page}correct/", corrected | more).status_code == 302
    assert "到窗口缴。" in Client().get(opened["Location"]).content.decode()
    assert desk.post(f"{page}withdraw/", {"reason": "停办"}).status_code == 302
    withdrawn = Client().get(opened["Location"]).content.decode()
    assert "停办" in withdrawn
    assert not [word for word in ("到窗口", "医保缴费") if word in withdrawn]
    assert desk.post(f"{page}nothing/").status_code == 404
    assert resident.post(LIST, {"verb": "leave"}).status_code == 302
    assert not Subscription.objects.exists()


def test_a_colleague_keeps_whom_a_draft_is_for_and_moves_it(cast: Cast) -> None:
    street, here = cast.places["street"], cast.places["community"]
    upper = Organization.objects.create(
        type="party_organization", name="街道机关支部", path="/", place=street, since=clock.today()
    )
    row = drafted(cast, SYSTEM, groups=(upper.pk,), posts=("building_head", "property_handler"))
    desk, officer = enter(cast, "community_worker"), enter(cast, "street_officer")
    form = desk.get(f"/notices/{row.pk}/").context["change"]
    assert upper.name in dict(form.fields["groups"].choices).values()
    sent = {name: form[name].value() for name in form.fields if form[name].value() not in (None, False)}
    assert desk.post(f"/notices/{row.pk}/change/", sent | {"title": "周四停水通知"}).status_code == 302
    row.refresh_from_db()
    assert (row.title, row.place_id, row.posts) == ("周四停水通知", here.pk, ["building_head", "property_handler"])
    assert [item.organization_id for item in row.groups.all()] == [upper.pk]
    moved = sent | {"version": row.version, "place": street.pk}
    assert desk.post(f"/notices/{row.pk}/change/", moved).status_code == 400
    assert officer.post(f"/notices/{row.pk}/change/", moved).status_code == 302
    row.refresh_from_db()
    assert row.place_id == street.pk


def test_a_visitor_subscribes_by_mail_and_ends_it_with_one_click(cast: Cast, mail: Bird) -> None:
    reader = Client(enforce_csrf_checks=True)
    page = reader.get(LIST)
    token = page.cookies["csrftoken"].value
    filled = {"kinds": ["notice"], "pace": "each", "branch": "", "csrfmiddlewaretoken": token}
    assert reader.post(LIST, filled | {"email": "lin"}).status_code == 400
    assert reader.post(LIST, filled | {"email": ADDRESS}).status_code == 302
    carried()
    address = mail.sent[0][2].removeprefix("http://testserver")
    assert reader.get(address).status_code == 200
    # Mail programs open links before people do: looking confirms nothing.
    assert Subscription.objects.get().confirmed is None
    assert Client().post(address, {"verb": "confirm"}).status_code == 302
    assert Subscription.objects.get().confirmed is not None
    machine = Client(enforce_csrf_checks=True)
    assert machine.post(address, {"verb": "end"}).status_code == 403
    assert machine.post(address, {"List-Unsubscribe": "One-Click"}).status_code == 200
    assert not Subscription.objects.exists()
    assert reader.get(address).status_code == 404


def test_the_feed_holds_what_is_public_and_holds(cast: Cast) -> None:
    # Office programs paste signs that no feed may hold; they are left out.
    published(cast, text=text(body="第一行\x0b第二行\x1f"))
    published(cast, public=False, posts=("grid_worker",), text=text(title="只给网格员"))
    drafted(cast)
    answer = Client().get(f"{LIST}&format=atom")
    assert answer["Content-Type"].startswith("application/atom+xml")
    feed = ET.fromstring(answer.content)
    assert [item.findtext(f"{ATOM}title") for item in feed.iter(f"{ATOM}entry")] == [text().title]


def test_group_chats_are_kept_without_showing_their_key(cast: Cast, wecom: Bird) -> None:
    desk = enter(cast, "community_worker")
    filled = {"place": cast.places["community"].pk, "name": "居民群", "channel": "wecom", "key": KEY}
    assert desk.post("/notices/robots/", filled | {"key": "x"}).status_code == 400
    assert desk.post("/notices/robots/", filled).status_code == 302
    assert KEY not in desk.get("/notices/robots/").content.decode()
    robot = {"robot": GroupRobot.objects.get().pk}
    assert desk.post("/notices/robots/", robot | {"verb": "test"}).status_code == 302
    assert enter(cast, "outsider").post("/notices/robots/", robot | {"verb": "end"}).status_code == 404
    assert desk.post("/notices/robots/", robot | {"verb": "end"}).status_code == 302


@pytest.mark.parametrize("role", ["resident", "outsider", "grid_worker", ""])
def test_what_is_elsewhere_is_missing(cast: Cast, role: str) -> None:
    row = drafted(cast)
    who = enter(cast, role) if role else Client()
    assert who.get(f"/notices/{row.pk}/").status_code == 404
    assert who.get(f"/public/notices/{row.pk}/").status_code == 404
    assert who.post(f"/notices/{row.pk}/publish/").status_code == 404


def test_lists_cost_the_same_for_many(cast: Cast, django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
    desk, resident = enter(cast, "community_worker"), enter(cast, "resident")
    subscribed(cast)
    row = published(cast)
    given = {field.attname: getattr(row, field.attname) for field in Notice._meta.concrete_fields if field.name != "id"}
    Notice.objects.bulk_create(Notice(**given) for _number in range(51))
    for who, address in ((desk, "/notices/"), (resident, LIST), (resident, f"/public/notices/{row.pk}/")):
        who.get(address)
        with django_assert_max_num_queries(16):
            assert who.get(address).status_code == 200
    page = desk.get("/notices/")
    assert len(page.context["lines"]) == 50
    assert len(desk.get(f"/notices/?before={page.context['more']}").context["lines"]) == 2
    assert len(desk.get("/notices/?kind=policy").context["lines"]) == 0
    assert len(desk.get("/notices/?q=停水&state=published").context["lines"]) == 50
