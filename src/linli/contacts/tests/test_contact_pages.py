"""The pages of contacts: a year on one screen, a visit in one form, few queries, missing for others."""

from datetime import timedelta

import pytest
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from linli.accounts.testing import Cast
from linli.contacts.models import Contact, ContactMatter, Visit
from linli.contacts.tests.answered import answering, body_answering, contacts_made, quotas_set, visited
from linli.core import clock
from linli.organizations.tests.test_pages import enter

pytestmark = pytest.mark.django_db


def test_from_naming_somebody_to_what_came_of_the_visit(cast: Cast) -> None:
    quotas_set()
    office, leader, desk = (enter(cast, role) for role in ("street_officer", "leader", "community_worker"))
    person = cast.posts["leader"].person
    assert person is not None
    form = {"tier": "county_leader", "place": cast.places["community"].pk, "since": "2026-01-05"}
    assert office.post("/contacts/new/", {**form, "name": ""}).status_code == 400
    given = {**form, "name": person.name, "staff_number": person.staff_number}
    assert office.post("/contacts/new/", given).status_code == 302
    again = office.post("/contacts/new/", given)
    assert (again.status_code, person.staff_number in again.content.decode()) == (409, True)
    contact = Contact.objects.get()

    shown = leader.get("/contacts/mine/")
    assert [(item.code, item.short) for item in shown.context["standings"][0].lacking] == [
        ("grid", 1), ("visits", 3), ("solved", 2),
    ]  # fmt: skip
    trip = {"contact": contact.pk, "on": f"{clock.today()}", "subject": "听居民说停车"}
    assert leader.post("/contacts/visits/new/", {**trip, "subject": ""}).status_code == 400
    assert leader.post("/contacts/visits/new/", trip).status_code == 302
    assert leader.post("/contacts/visits/new/", trip).status_code == 409
    visit = Visit.objects.get()
    page = reverse("contacts:visit", args=[visit.pk])
    raised = {"text": "消防通道被占", "voiced": "resident", "kind": "problem"}
    empty = leader.post(f"{page}raise/", {**raised, "text": " "})
    assert (empty.status_code, 'value="problem" selected' in empty.content.decode()) == (400, True)
    assert leader.post(f"{page}raise/", raised).status_code == 302
    matter = ContactMatter.objects.get()

    # The community sees who answers, the visit and what came of it, and writes nothing there.
    seen = desk.get(page).content.decode()
    assert f"/cases/{matter.case_id}/" in seen
    assert f"{page}raise/" not in seen
    assert desk.post(f"{page}raise/", raised).status_code == 404
    place = desk.get(reverse("contacts:place", args=[contact.place_id]))
    assert [line.row.pk for line in place.context["page"].visits] == [visit.pk]
    assert page in desk.get(f"/cases/{matter.case_id}/").content.decode()

    # The office ends it with a day.
    end = f"/contacts/{contact.pk}/end/"
    assert office.post(end, {"version": "1", "on": "2030-01-01"}).status_code == 400
    assert office.post(end, {"version": "1", "on": ""}).status_code == 302
    assert leader.get("/contacts/mine/").context["answers"] == []


def test_a_planned_visit_is_joined_and_spoken_of(cast: Cast) -> None:
    quotas_set()
    planned = visited(cast.leader, answering(cast), on=clock.today() + timedelta(days=2))
    body = body_answering(cast)
    handler, page = enter(cast, "department_handler"), reverse("contacts:visit", args=[planned.pk])
    joins = f"/contacts/visits/new/?on={planned.on}&amp;together={planned.pk}"
    assert joins in handler.get(page).content.decode()
    assert joins in handler.get("/contacts/mine/").content.decode()
    form = {"contact": body.pk, "on": f"{planned.on}", "subject": "同去", "together": planned.pk}
    assert handler.post("/contacts/visits/new/", {**form, "visitor": ""}).status_code == 400
    assert handler.post("/contacts/visits/new/", {**form, "visitor": "王某"}).status_code == 302
    assert Visit.objects.get(together=planned).organization_id == cast.bodies["department"].pk
    leader = enter(cast, "leader")
    assert leader.post(f"{page}make/").status_code == 409
    assert leader.post(f"{page}fly/").status_code == 409
    assert leader.post(f"{page}drop/").status_code == 302


@pytest.mark.parametrize("role", ["resident", "grid_worker", "auditor"])
def test_missing_for_those_who_neither_visit_nor_see_the_roster(cast: Cast, role: str) -> None:
    client = enter(cast, role)
    assert {client.get(reverse(f"contacts:{name}")).status_code for name in ("list", "mine", "visits", "gaps")} == {404}


@pytest.mark.parametrize("name", ["list", "visits", "standing", "gaps", "mine"])
def test_lists_ask_as_often_for_many_rows_as_for_few(
    cast: Cast, name: str, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    contacts_made(cast)
    client = enter(cast, "leader")
    client.get(reverse(f"contacts:{name}"))
    with django_assert_max_num_queries(24):
        assert client.get(reverse(f"contacts:{name}")).status_code == 200
