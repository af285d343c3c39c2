"""The pages: the whole way by clicking, refusals on the form they belong to, and how many queries each costs."""

from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from linli.accounts.models import User
from linli.cases.models import Attachment, Case, Rating
from linli.cases.operations.dispatching import case_ask_extension
from linli.cases.tests.test_intake import photo
from linli.cases.tests.town import Town, create_for, report
from linli.core import clock
from linli.core.testing.plugin import needs_printing
from linli.organizations.models import Organization, Person, Post
from linli.territory.models import Place

BACKEND = "linli.accounts.backends.PhoneOrNameBackend"
Enter = Callable[..., Client]


def signed_in(kind: str, where: Place, organization: Organization | None = None) -> Client:
    """The browser of somebody who holds a post of a kind."""
    name = f"{kind}{User.objects.count()}"
    person = Person.objects.create(name=name, created=clock.now())
    Post.objects.create(person=person, kind=kind, place=where, organization=organization, confirmed=True)
    client = Client()
    client.force_login(User.objects.create(username=name, person=person, joined=clock.now()), backend=BACKEND)
    return client


@pytest.fixture
def enter(town: Town) -> Enter:
    """Sign somebody in who holds a post of a kind."""
    return signed_in


def test_the_whole_way_by_clicking(town: Town, enter: Enter) -> None:
    visitor = Client()
    page = visitor.get("/public/report/", {"place": ""})
    assert page.status_code == 200
    sent = visitor.post(
        "/public/report/",
        {"text": "楼道灯坏了", "place": town.compound.pk, "phone": "10012345678", "photos": [photo()]},
        follow=True,
    )
    case = Case.objects.get()
    assert case.number in sent.content.decode()
    desk, power = enter("community_worker", town.community, town.office), None
    power = enter("department_handler", town.county, town.power)
    address = f"/cases/{case.pk}/"

    def step(client: Client, verb: str, **data: object) -> str:
        answer = client.post(f"{address}do/{verb}/", {"version": Case.objects.get().version, **data})
        assert answer.status_code == 302, answer.content.decode()
        return Case.objects.get().state

    assert step(desk, "accept", category="lighting", urgency="normal") == "accepted"
    assert step(desk, "dispatch", lead_id=town.power.pk) == "dispatched"
    assert step(power, "take") == "taken"
    assert step(power, "finish", result="已换灯", outcome="resolved") == "done"
    visitor.post(f"/public/cases/{case.number}/confirm/")
    assert Case.objects.get().verification == "reporter"
    assert step(desk, "close", answer="灯修好了") == "closed"
    assert "灯修好了" in visitor.get(f"/public/cases/{case.number}/").content.decode()
    visitor.post(f"/public/cases/{case.number}/rate/", {"solved": "yes", "satisfied": "5"})
    assert Rating.objects.get().satisfied == 5
    assert Case.objects.get().state == "rated"


def test_the_phone_is_masked_until_a_reason_is_given(town: Town, enter: Enter) -> None:
    receipt = report(town, reporter_name="王女士", phone="10012345678")
    desk = enter("community_worker", town.community, town.office)
    shown = desk.get(f"/cases/{receipt.case_id}/").content.decode()
    assert "10012345678" not in shown
    assert "100****5678" in shown
    reporter = Case.objects.get().reporters.get()
    clear = desk.post(f"/cases/{receipt.case_id}/reporters/{reporter.pk}/", {"reason": "回访"})
    assert "10012345678" in clear.content.decode()
    refused = desk.post(f"/cases/{receipt.case_id}/reporters/{reporter.pk}/", {"reason": " "})
    assert refused.status_code == 400


def test_following_needs_number_and_code(town: Town) -> None:
    receipt = report(town)
    visitor = Client()
    assert visitor.get(f"/public/cases/{receipt.number}/").status_code == 404
    wrong = visitor.post("/public/cases/", {"number": receipt.number, "code": "WRONG234"})
    unknown = visitor.post("/public/cases/", {"number": "260310999999", "code": receipt.code})
    assert (wrong.status_code, unknown.status_code) == (404, 404)
    right = visitor.post("/public/cases/", {"number": receipt.number, "code": receipt.code.lower()}, follow=True)
    assert right.status_code == 200


def test_the_desk_registers_and_gives_the_receipt_once(town: Town, enter: Enter) -> None:
    desk = enter("community_worker", town.community, town.office)
    data = {"text": "水管漏水", "place": town.compound.pk, "kind": "problem", "source": "window", "key": "a"}
    page = desk.post("/cases/desk/", data, follow=True)
    case = Case.objects.get()
    assert (case.door, case.source, page.status_code) == ("desk", "window", 200)
    assert "alert-success" in page.content.decode()
    assert "alert-success" not in desk.get(f"/cases/{case.pk}/").content.decode()
    desk.post("/cases/desk/", data)
    assert Case.objects.count() == 1


def test_who_may_not_open_what_they_registered_gets_a_receipt(town: Town, enter: Enter) -> None:
    desk, other = enter("community_worker", town.elsewhere), enter("community_worker", town.elsewhere)
    data = {"text": "水管漏水", "place": town.compound.pk, "kind": "problem", "source": "window", "key": "b"}
    sent = desk.post("/cases/desk/", data, follow=True)
    case = Case.objects.get()
    address = sent.redirect_chain[-1][0]
    words = sent.content.decode()
    assert (sent.status_code, sent.context["code"] != "") == (200, True)
    assert case.number in words
    assert town.office.name in words
    again = desk.get(address)
    assert (again.status_code, again.context["code"]) == (200, "")
    assert desk.get(f"/cases/{case.pk}/").status_code == 404
    assert (other.get(address).status_code, desk.get("/cases/desk/receipt/?case=x").status_code) == (404, 404)
    # Sending the form a second time tells the same number.
    assert case.number in desk.post("/cases/desk/", data, follow=True).content.decode()
    assert Case.objects.count() == 1


def test_the_desk_finds_places_and_suggests(town: Town, enter: Enter) -> None:
    report(town, "三号楼楼道灯不亮")
    desk = enter("community_worker", town.community, town.office)
    assert "幸福小区" in desk.get("/cases/desk/places/", {"q": "幸福"}).content.decode()
    hint = desk.get("/cases/desk/suggest/", {"text": "三号楼楼道灯又不亮了", "place": str(town.compound.pk)})
    words = hint.content.decode()
    assert "路灯照明" in words
    assert town.office.name in words
    assert Case.objects.get().number in words


def test_the_public_sees_only_category_place_and_state_nearby(town: Town) -> None:
    receipt = report(town, "三号楼楼道灯不亮,我家住501")
    hint = Client().get("/public/report/similar/", {"text": "楼道灯不亮", "place": str(town.compound.pk)})
    words = hint.content.decode()
    assert "路灯照明" in words
    assert "501" not in words
    assert receipt.number not in words


def test_a_refusal_stands_on_its_form(town: Town, enter: Enter) -> None:
    case = create_for(town, "accepted")
    desk = enter("community_worker", town.community, town.office)
    stale = desk.post(f"/cases/{case.pk}/do/dispatch/", {"version": 1, "lead_id": town.power.pk})
    assert stale.status_code == 409
    missing = desk.post(f"/cases/{case.pk}/do/void/", {"version": case.version, "reason": ""})
    assert missing.status_code == 400
    assert Case.objects.get().state == "accepted"


def test_pages_are_missing_for_those_they_are_not_for(town: Town, enter: Enter) -> None:
    case = create_for(town, "received")
    elsewhere = enter("community_worker", town.elsewhere)
    for path in ("", "do/accept/", "file.pdf"):
        assert elsewhere.get(f"/cases/{case.pk}/{path}").status_code == 404
        assert Client().get(f"/cases/{case.pk}/{path}").status_code in (302, 404)
    assert Client().get("/cases/").status_code in (302, 404)


def test_grid_posts_have_no_bulk_export(town: Town, enter: Enter) -> None:
    create_for(town, "received")
    grid = enter("grid_worker", town.grid)
    assert grid.get("/cases/").status_code == 200
    assert grid.get("/cases/export.csv").status_code == 403
    desk = enter("community_worker", town.community, town.office)
    assert desk.get("/cases/export.xlsx").status_code == 200


def test_cells_that_look_like_formulas_are_defused(town: Town, enter: Enter) -> None:
    report(town, "=cmd|' /C calc'!A0")
    desk = enter("community_worker", town.community, town.office)
    table = b"".join(desk.get("/cases/export.csv").streaming_content).decode()  # type: ignore[attr-defined]
    assert "cmd|" in table
    assert ",=cmd" not in table


def test_a_photo_is_public_only_after_the_desk_has_seen_it(town: Town, enter: Enter) -> None:
    receipt = report(town, photos=[photo()])
    row = Attachment.objects.get()
    address = f"/cases/attachments/{row.pk}/"
    assert Client().get(address).status_code == 404
    desk = enter("community_worker", town.community, town.office)
    assert desk.get(f"{address}?side=320").status_code == 200
    desk.post(f"{address}show/", {"cleared": "1"})
    assert Attachment.objects.get().cleared
    assert Case.objects.get(pk=receipt.case_id).version == 1


def test_search_finds_two_characters(town: Town, enter: Enter) -> None:
    found, other = report(town, "井盖破损危险"), report(town, "灯坏了")
    desk = enter("community_worker", town.community, town.office)
    words = desk.get("/cases/", {"q": "井盖"}).content.decode()
    assert found.number in words
    assert other.number not in words


def test_pages_by_key_show_every_matter_once(town: Town, enter: Enter) -> None:
    numbers = [report(town, f"灯{n}").number for n in range(55)]
    desk = enter("community_worker", town.community, town.office)
    first = desk.get("/cases/").context["page"]
    second = desk.get("/cases/", {"after": first.next_key}).context["page"]
    assert [row.number for row in (*first.rows, *second.rows)] == numbers[::-1]
    assert second.next_key == ""
    assert desk.get("/cases/", {"after": "nonsense"}).status_code == 400


def queries(client: Client, path: str) -> int:
    """How many queries a page costs, the session and the actor included."""
    client.get(path)
    with CaptureQueriesContext(
        connection,
    ) as held:
        assert client.get(path).status_code == 200
    return len([item for item in held if "SAVEPOINT" not in item["sql"]])


def test_the_list_costs_the_same_whatever_its_length(town: Town, enter: Enter) -> None:
    report(town)
    desk = enter("community_worker", town.community, town.office)
    short = queries(desk, "/cases/")
    for number in range(30):
        report(town, f"灯坏{number}")
    assert queries(desk, "/cases/") == short <= 12


def test_one_matter_costs_at_most_ten_queries(town: Town, enter: Enter) -> None:
    desk = enter("community_worker", town.community, town.office)
    case = create_for(town, "accepted", phone="10012345678", photos=[photo()])
    step = f"/cases/{case.pk}/do/"
    desk.post(f"{step}contact/", {"how": "phone"})
    desk.post(f"/cases/{case.pk}/note/", {"text": "已联系", "public": "1"})
    called = {"departments": [town.power.pk, town.water.pk], "kind": "routine", "text": "请到场"}
    assert desk.post(f"{step}whistle/", called).status_code == 302
    desk.post(f"{step}dispatch/", {"lead_id": town.power.pk})
    page = desk.get(f"/cases/{case.pk}/").context["page"]
    parts = (page.notes, page.attachments, page.helps, page.whistles, page.timeline)
    assert [len(part) for part in parts] == [1, 1, 2, 1, 6]
    assert queries(desk, f"/cases/{case.pk}/") <= 12, "the shell counts the unread messages"


@needs_printing
def test_the_file_is_a_pdf_without_the_phone(town: Town, enter: Enter) -> None:
    case = create_for(town, "taken", phone="10012345678")
    desk = enter("community_worker", town.community, town.office)
    answer = desk.get(f"/cases/{case.pk}/file.pdf")
    assert answer.content.startswith(b"%PDF")


def test_the_desk_corrects_a_wrong_place_by_form(town: Town, enter: Enter) -> None:
    """A matter that lies elsewhere leaves the desk; only where it is corrected is another place asked for."""
    case = create_for(town, "accepted")
    desk = enter("community_worker", town.community, town.office)
    assert "place" not in desk.get(f"/cases/{create_for(town, 'received').pk}/do/accept/").context["form"].fields
    kept = desk.post(f"/cases/{case.pk}/do/correct/", {"category": "sanitation"})
    assert kept["Location"] == f"/cases/{case.pk}/"
    moved = desk.post(f"/cases/{case.pk}/do/correct/", {"category": "sanitation", "place": town.elsewhere.pk})
    assert (moved.status_code, moved["Location"]) == (302, "/cases/")
    case.refresh_from_db()
    assert (case.place_id, case.category) == (town.elsewhere.pk, "sanitation")


def test_who_only_looks_on_writes_notes_and_answers_nobody(town: Town, enter: Enter) -> None:
    case = create_for(town, "taken")
    leader = enter("county_leader", town.county)
    assert not leader.get(f"/cases/{case.pk}/").context["may_answer"]
    assert leader.post(f"/cases/{case.pk}/note/", {"text": "请抓紧", "public": "1"}).status_code == 403
    assert leader.post(f"/cases/{case.pk}/note/", {"text": "请抓紧", "public": "0"}).status_code == 302
    assert enter("department_handler", town.county, town.power).get(f"/cases/{case.pk}/").context["may_answer"]


def test_a_decision_about_more_time_is_made_with_what_was_asked_for_in_sight(town: Town, enter: Enter) -> None:
    case = create_for(town, "taken")
    case_ask_extension(actor=town.electrician, case_id=case.pk, reason="等配件到货", days=4)
    above = enter("street_officer", town.street, town.street_office)
    hint = str(above.get(f"/cases/{case.pk}/do/decide_extension/").context["form"].fields["granted"].help_text)
    assert "4" in hint
    assert "等配件到货" in hint


def test_a_duplicate_is_merged_by_a_tap_on_what_is_like_it(town: Town, enter: Enter) -> None:
    """Those that are alike are offered with their numbers; what others may not see, and itself, are not."""
    twin, case = create_for(town, "accepted"), create_for(town, "received")
    create_for(town, "received", text="居委会不管灯", kind="complaint", complained_of=town.office.pk)
    desk = enter("community_worker", town.community, town.office)
    page = desk.get(f"/cases/{case.pk}/do/merge/")
    assert [row.pk for row in page.context["near"]] == [twin.pk]
    assert f'data-text="{twin.number}" data-whole' in page.content.decode()
    assert desk.get(f"/cases/{case.pk}/do/accept/").context["near"] == ()
    assert desk.post(f"/cases/{case.pk}/do/merge/", {"into": twin.number}).status_code == 302
    assert Case.objects.get(pk=case.pk).merged_into_id == twin.pk


def test_no_body_is_asked_for_help_unless_one_is_chosen(town: Town, enter: Enter) -> None:
    case = create_for(town, "taken")
    handler = enter("department_handler", town.county, town.power)
    refused = handler.post(f"/cases/{case.pk}/do/ask_help/", {"task": "看现场", "organization_id": ""})
    assert (refused.status_code, "organization_id" in refused.context["form"].errors) == (400, True)
    first = refused.context["form"].fields["organization_id"].choices[0]
    assert first[0] == ""
