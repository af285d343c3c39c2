"""Whatever a visitor sends about matters is counted; what is too much is refused with nothing typed lost."""

import pytest
from django.test import Client
from django.urls import URLPattern
from pytest_django import Settings

from linli.cases import public_urls
from linli.cases.models import Case, Note
from linli.cases.tests.test_pages import Enter, enter
from linli.cases.tests.town import Town, create_for, report

__all__ = ["enter"]
KNOWN = {"verb": "urge", "token": "none", "pk": 1}


def filled(pattern: URLPattern, values: dict[str, object]) -> str:
    """The address of a route with values that it takes."""
    route = f"/public/{pattern.pattern}"
    for name in pattern.pattern.converters:
        kind = "int" if name == "pk" else "slug"
        route = route.replace(f"<{kind}:{name}>", str(values[name]))
    return route


def test_everything_that_is_sent_without_a_session_is_counted(town: Town, settings: Settings) -> None:
    settings.VISITOR_POSTS = 0
    case = create_for(town, "accepted")
    data = {
        "text": "灯坏了",
        "place": town.compound.pk,
        "complained_of": town.power.pk,
        "solved": "yes",
        "satisfied": "5",
    }
    before = (Case.objects.count(), Note.objects.count())
    answers = {
        str(pattern.name): Client().post(filled(pattern, {**KNOWN, "number": case.number, "code": "x"}), data)
        for pattern in public_urls.urlpatterns
    }
    reading = {"places", "near", "receipt", "tasks", "mine", "case", "photo"}
    assert {name: answer.status_code for name, answer in answers.items() if answer.status_code != 429} == dict.fromkeys(
        reading, 405
    )
    assert (Case.objects.count(), Note.objects.count()) == before
    for name in set(answers) - reading:
        words = answers[name].content.decode()
        assert all(number in words for number in ("110", "119", "120")), name


def test_a_report_that_is_too_much_keeps_what_was_written(town: Town, settings: Settings) -> None:
    settings.VISITOR_POSTS = 1
    visitor = Client()
    data = {"text": "三号楼楼道灯不亮", "place": town.compound.pk, "phone": "10012345678", "key": "k1"}
    assert visitor.post("/public/report/", data).status_code == 302
    page = visitor.post("/public/report/", {**data, "text": "水管漏水", "key": "k2"})
    words = page.content.decode()
    assert (page.status_code, Case.objects.count()) == (429, 1)
    assert all(kept in words for kept in ("水管漏水", "10012345678", "k2", 'href="tel:110"'))
    settings.VISITOR_POSTS = 2
    assert visitor.post("/public/report/", {**data, "text": "水管漏水", "key": "k2"}).status_code == 302


def test_a_look_up_that_is_too_much_keeps_number_and_code(town: Town, settings: Settings) -> None:
    settings.VISITOR_POSTS = 0
    receipt = report(town)
    page = Client().post("/public/cases/", {"number": receipt.number, "code": receipt.code})
    assert page.status_code == 429
    assert f'value="{receipt.number}"' in page.content.decode()
    assert f'value="{receipt.code}"' in page.content.decode()


@pytest.mark.parametrize(
    "path", ["/public/report/", "/public/cases/", "/public/tasks/", "/public/report/places/?q=幸福"]
)
def test_reading_is_free(town: Town, settings: Settings, path: str) -> None:
    settings.VISITOR_POSTS = 0
    assert Client().get(path).status_code == 200


def test_whoever_is_signed_in_reports_on(town: Town, enter: Enter, settings: Settings) -> None:
    settings.VISITOR_POSTS = 0
    client = enter("grid_worker", town.compound)
    data = {"text": "水管漏水", "place": town.compound.pk, "key": "k1"}
    assert client.post("/public/report/", data).status_code == 302
