"""The demo place: everything lands, and each kind of user can sign in and sees what they came for."""

import pytest
from django.test import Client

from linli.cases.models import Case
from linli.demo.operations import neighbourhood_open
from linli.demo.people import CAST, PASSWORD
from linli.territory.models import Place


@pytest.mark.django_db
def test_the_neighbourhood_lives() -> None:
    reports = neighbourhood_open()
    assert [(report.file, report.rejected) for report in reports if report.rejected] == []
    assert Place.objects.filter(type="grid").count() == 6
    states = list(Case.objects.filter(imported=False).order_by("id").values_list("state", flat=True))
    assert states == ["dispatched", "taken", "received", "done"]
    for member in CAST:
        client = Client()
        assert _sign_in(client, member.username) == 302, member.username
        assert client.get("/").context["actor"].label == member.name
    desk = Client()
    _sign_in(desk, "shequ")
    for address in ("/cases/", "/cases/desk/", "/figures/", "/figures/matters.rate/", "/records/case/", "/imports/"):
        assert desk.get(address).status_code == 200, address


def _sign_in(client: Client, name: str) -> int:
    """Sign in through the page, as a person does."""
    return int(client.post("/accounts/login/", {"login": name, "password": PASSWORD}).status_code)
