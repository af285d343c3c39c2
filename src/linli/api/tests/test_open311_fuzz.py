"""Whatever is asked of Open311: an answer in the form that was asked for, never a fault, never what nobody approved."""

import json
from typing import Any, Final
from urllib.parse import quote

import pytest
from defusedxml import ElementTree
from django.db import transaction
from django.test import Client
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from linli.api.georeport import ITEMS
from linli.api.tests.test_open311 import URL, key
from linli.cases.models import Case, Reporter
from linli.cases.operations.publishing import summary_publish, summary_withdraw
from linli.cases.operations.talking import note_add
from linli.cases.tests.conftest import morning
from linli.cases.tests.town import Town, build, create_for

__all__ = ["morning"]
HIDDEN: Final = "不可外传的话"
ROOTS: Final = {"discovery", "services", "service_definition", "service_requests", "errors"}
FORMS: Final = st.sampled_from(["json", "xml"])
ODD: Final = st.text(max_size=40) | st.sampled_from(
    ["", "0", "-1", "NaN", "Infinity", "9" * 30, "𠮷㐂🏠", "\ufffe\uffff", "\0", "]]>&amp;<!"]
)
DATES: Final = st.datetimes().map(lambda at: at.isoformat()) | st.sampled_from(
    [
        "2026-03-10T09:00:00+08:00",
        "2026-03-10",
        "0001-01-01T00:00:00Z",
        "9999-12-31T23:59:59-14:00",
        "2026-03-10T09:00:00 08:00",
    ]
)
FILTERS: Final = st.fixed_dictionaries(
    {},
    optional={
        "service_request_id": ODD | st.lists(st.from_regex(r"\d{1,12}", fullmatch=True), max_size=30).map(",".join),
        "service_code": ODD | st.sampled_from(["lighting", "lighting,parking", ",,"]),
        "status": ODD | st.sampled_from(["open", "closed", "open,closed"]),
        "start_date": ODD | DATES,
        "end_date": ODD | DATES,
        "page": ODD,
        "extensions": ODD,
        "jurisdiction_id": ODD,
    },
)
FUZZ: Final = settings(
    max_examples=70, deadline=None, database=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


@pytest.fixture
def town(db: None, morning: Any) -> Town:
    """A place that answers, with matters in every state of being published."""
    town = build({"open311": {"on": True}})
    words = {"address": HIDDEN, "reporter_name": HIDDEN, "phone": "10012345678", "category": "lighting"}
    for state in ("accepted", "closed", "received"):
        Case.objects.filter(pk=create_for(town, state, **words).pk).update(text=HIDDEN, result=HIDDEN)
    shown, taken_back = Case.objects.order_by("pk")[:2]
    note_add(actor=town.desk, case_id=shown.pk, text=HIDDEN)
    for case in (shown, taken_back):
        summary_publish(actor=town.desk, case_id=case.pk, text="楼道照明待修" if case == shown else HIDDEN)
    summary_withdraw(actor=town.desk, case_id=taken_back.pk)
    return town


def checked(response: Any, form: str) -> Any:
    """The answer as a document, which it is whatever was asked; nothing in it is for the house alone."""
    assert response.status_code < 500, response.content[:300]
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    text = response.content.decode()
    assert HIDDEN not in text
    assert "10012345678" not in text
    if form == "json":
        assert response.headers["Content-Type"] == "application/json; charset=utf-8"
        document = json.loads(text)
        assert not response.status_code >= 400 or {*document[0]} == {"code", "description"}
        return document
    assert response.headers["Content-Type"] == "text/xml; charset=utf-8"
    root = ElementTree.fromstring(response.content)
    assert root.tag in ROOTS
    assert all(child.tag == ITEMS[root.tag] for child in root if root.tag in ITEMS)
    return root


def test_no_question_breaks_the_list_or_tells_what_is_not_public(town: Town) -> None:
    client = Client(raise_request_exception=False)

    @FUZZ
    @given(FILTERS, FORMS)
    @example({"service_request_id": ",".join(Case.objects.values_list("number", flat=True))}, "xml")
    def ask(query: dict[str, str], form: str) -> None:
        with transaction.atomic():
            response = client.get(f"{URL}/requests.{form}", query)
        # An address with NUL never comes so far; the page that says so is for people.
        if "\0" in "".join(query.values()):
            assert response.status_code == 400
        else:
            checked(response, form)

    ask()
    numbers = ",".join(Case.objects.values_list("number", flat=True))
    found = checked(client.get(f"{URL}/requests.json", {"service_request_id": numbers}), "json")
    assert [item["description"] for item in found] == ["楼道照明待修"]


def test_no_name_breaks_the_other_pages(town: Town) -> None:
    client = Client(raise_request_exception=False)

    @FUZZ
    @given(st.sampled_from(["services", "requests", "tokens"]), st.from_regex(r"[\w.:-]{1,60}", fullmatch=True), FORMS)
    def ask(page: str, name: str, form: str) -> None:
        response = client.get(f"{URL}/{page}/{quote(name)}.{form}")
        # What is no address of Open311 at all is missing as any other page.
        if response.status_code != 404 or response.headers["Content-Type"].startswith(("text/xml", "application")):
            checked(response, form)

    ask()
    for name in ("discovery", "services", "services/lighting"):
        for form in ("json", "xml"):
            checked(client.get(f"{URL}/{name}.{form}"), form)


def test_a_report_by_the_definition_is_taken_and_an_odd_one_refused_in_words(town: Town) -> None:
    client, secret = Client(raise_request_exception=False), key(town)
    definition = client.get(f"{URL}/services/lighting.json").json()
    attributes = {
        f"attribute[{item['code']}]": st.sampled_from([value["key"] for value in item["values"]])
        if item["values"]
        else ODD
        for item in definition["attributes"]
    }
    names = ("address_string", "email", "device_id", "account_id", "first_name", "last_name", "phone", "media_url")
    fields = {
        "service_code": st.just("lighting") | ODD,
        "description": st.text(min_size=1, max_size=300) | ODD,
        "lat": st.floats().map(str) | ODD,
        "long": st.floats().map(str) | ODD,
        "address_id": st.just(str(town.compound.pk)) | ODD,
        **dict.fromkeys(names, ODD),
        **attributes,
    }

    @FUZZ
    @given(st.fixed_dictionaries({"api_key": st.just(secret)}, optional=fields), FORMS)
    @example({"api_key": secret, "service_code": "lighting", "description": "灯", "lat": "nan", "long": "inf"}, "json")
    @example({"api_key": secret, "service_code": "\ufffe", "description": "灯"}, "xml")
    def send(data: dict[str, str], form: str) -> None:
        before = Case.objects.count()
        with transaction.atomic():
            response = client.post(f"{URL}/requests.{form}", data)
        checked(response, form)
        assert Case.objects.count() == before + (response.status_code == 201)

    send()
    good = {"api_key": secret, "service_code": "lighting", "address_id": str(town.compound.pk)}
    for value in (item["key"] for item in definition["attributes"][0]["values"]):
        answer = client.post(f"{URL}/requests.xml", {**good, "description": HIDDEN, "attribute[urgency]": value})
        (made,) = checked(answer, "xml")
        number = made.findtext("service_request_id")
        assert Case.objects.get(number=number).urgency == value
        assert client.get(f"{URL}/requests/{number}.xml").status_code == 404


def test_where_it_is_off_nothing_answers_and_nothing_is_taken(db: None, morning: Any) -> None:
    town = build()
    secret, case = key(town), create_for(town, "accepted", category="lighting")
    summary_publish(actor=town.desk, case_id=case.pk, text="楼道照明待修")
    data = {"api_key": secret, "service_code": "lighting", "description": "灯坏了", "address_id": str(town.compound.pk)}
    before, reporters = Case.objects.count(), Reporter.objects.count()
    for page in ("discovery", "services", "services/lighting", "requests", f"requests/{case.number}", "tokens/a:b:c"):
        for form in ("json", "xml"):
            assert Client().get(f"{URL}/{page}.{form}").status_code == 404
            assert Client().post(f"{URL}/{page}.{form}", data).status_code in (404, 405)
    assert (Case.objects.count(), Reporter.objects.count()) == (before, reporters)
