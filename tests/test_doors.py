"""What comes to the door to do harm: odd addresses and bodies, stored script, forged forms, guessed codes.

Every route that can be read is asked; nothing may break, lead off the site, or be shown without its guards.
"""

import io
import json
import os
import re
import subprocess
import sys
from collections.abc import Iterable
from typing import Any, Final

import pytest
from django.conf import settings
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import QueryDict
from django.test import Client, override_settings
from tests.reading import reading
from tests.routes import Answer, ask, asked, routes
from tests.world import World

from linli.accounts.neighbourhood import PASSWORD
from linli.cases.models import Case
from linli.cases.operations.intake import Report, case_report
from linli.core.actors import VISITOR

ODD: Final = {
    "page=-1&after=%00": "nul",
    "q=" + "%F0%A0%AE%B7" * 800 + "".join(f"&{key}={9**20}" for key in ("after", "place", "page")): "long",
    "&".join(f"{key}={'9' * 4400}" for key in ("after", "place", "page", "within", "year", "case", "month")): "longer",
    "page=-1&after=x&place=abc&order=../../&next=//evil.example/&from=9999-99-99&until=0000-00-00": "odd",
    "place=1&place=2&q[]=a&category=a&category=b&state=%27%3B--&lng=NaN&lat=inf&q=%ff%fe&month=2026-13": "array",
}
LAST: Final = next(reversed(ODD))
HEADERS: Final = {
    "X-Forwarded-Host": "evil.example",
    "Accept": "*/" + "x" * 300,
    "Accept-Language": "x" * 600 + ",zz;q=9",
    "Range": "bytes=0-1,9-2",
    "If-Modified-Since": "yesterday",
    "If-None-Match": '"\\',
    "X-Forwarded-For": "'; drop table --",
    "HX-Request": "true",
    "HX-Current-URL": "http://[evil",
}
SCRIPT: Final = "<script>alert(1)</script>"
PICTURE: Final = '"><img src=x onerror=alert(2)>'
EVIL: Final = f"{SCRIPT}{PICTURE} javascript:alert(3)"
ROUTES: Final = routes()


def addresses(world: World) -> list[str]:
    """One address of each route, and the first value of each of its parameters."""
    found = [(route, asked(route, world)) for route in ROUTES if not route.name.startswith("account_logout")]
    return [items[0].address for _route, items in found if items]


@pytest.fixture(scope="module")
def asking(world: World) -> dict[str, tuple[Answer, bool]]:
    """What each address answers to the last of the odd questions, and whether it reads anything of a question."""
    found, names = {}, frozenset(QueryDict("&".join(ODD)))
    for address in addresses(world):
        with pytest.MonkeyPatch.context() as patch:
            read = reading(patch)
            answer = ask(world, "community_worker", "GET", f"{address}?{LAST}")
        found[address] = answer, bool(read & names)
    return found


@pytest.mark.parametrize("query", ODD)
def test_odd_questions_break_nothing_and_lead_nowhere_else(
    world: World, asking: dict[str, tuple[Answer, bool]], query: str
) -> None:
    answers = [
        last if query == LAST else ask(world, "community_worker", "GET", f"{address}?{query}")
        for address, (last, reads) in asking.items()
        # Where nothing is read of a question, all are answered alike.
        if reads or query == LAST
    ]
    assert len(answers) > 100
    assert faults_of(answers) == []


def test_odd_questions_of_visitors_break_nothing(world: World) -> None:
    assert faults_of([ask(world, "visitor", "GET", f"{address}?{LAST}") for address in addresses(world)]) == []


def faults_of(answers: Iterable[Answer]) -> list[str]:
    """Answers that tell of a fault, or lead off the site."""
    return [
        f"{answer.address}: {answer.status} {answer.location} {answer.text[:160]}"
        for answer in answers
        if answer.status >= 500 or re.match(r"(?:https?:)?//|\\", answer.location)
    ]


def test_a_foreign_host_is_refused(world: World) -> None:
    for host in ("evil.example", "127.0.0.1@evil.example", "["):
        assert Client(raise_request_exception=False).get("/accounts/login/", headers={"host": host}).status_code == 400


def test_every_form_is_held_against_forgery(world: World) -> None:
    client = Client(enforce_csrf_checks=True, raise_request_exception=False)
    client.force_login(world.users["community_worker"], "linli.accounts.backends.PhoneOrNameBackend")
    # An answer of 405 does not take POST at all; Open311 takes keys and knows no session.
    taken = {
        address: client.post(address, {}).status_code
        for address in addresses(world)
        if not address.startswith("/open311/")
    }
    assert {address: status for address, status in taken.items() if status not in (403, 404, 405)} == {}
    assert list(taken.values()).count(403) > 40


def test_rest_takes_a_session_only_with_its_token(world: World) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(world.users["community_worker"], "linli.accounts.backends.PhoneOrNameBackend")
    for kind in ("text/plain", "application/json"):
        forged = client.post("/api/v1/cases", json.dumps({"text": "灯坏了"}), content_type=kind)
        assert (forged.status_code, forged.json()["error"]["code"]) == (403, "api.csrf")
    client.get("/cases/")
    token = {"X-CSRFToken": client.cookies["csrftoken"].value}
    answer = client.post("/api/v1/cases", json.dumps({"text": ""}), content_type="application/json", headers=token)
    assert answer.json()["error"]["code"] == "case.text_missing"


@pytest.mark.parametrize(
    "body",
    ["[" * 90_000, '{"text": ' * 3000, '{"text": 5, "place": [], "photos": {}}', '"\\ud800"', "\0", "null"],
)
def test_rest_refuses_what_is_no_report(world: World, body: str) -> None:
    for address in ("/api/v1/cases", "/api/v1/cases/batch"):
        answer = ask(world, "community_worker", "POST", address, body)
        assert 400 <= answer.status < 500, (address, answer.status, answer.text[:200])


@pytest.mark.parametrize(
    "text", ["灯坏了\0", "灯坏了\ud800".encode("utf-8", "surrogatepass").decode("latin-1"), "灯" * 60_000]
)
def test_odd_text_in_a_form_is_answered(world: World, text: str) -> None:
    place = world.cast.places["compound"].pk
    answer = ask(world, "visitor", "POST", "/public/report/", {"text": text, "place": place, "key": text[:40]})
    assert answer.status < 500, answer.text[:300]


def test_a_script_in_a_json_report_is_text_or_refused(world: World) -> None:
    place = world.cast.places["compound"].pk
    for text in ("\\ud800", "\\u0000"):
        body = json.dumps({"text": "x", "place": place}).replace('"x"', f'"灯坏了{text}"')
        assert ask(world, "community_worker", "POST", "/api/v1/cases", body).status < 500


@pytest.mark.parametrize(
    ("name", "content", "kind"),
    [
        ("a.svg", b"<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>", "image/svg+xml"),
        ("a.png", b"<html><script>alert(1)</script></html>", "image/png"),
        ("a.jpg", b"\xff\xd8\xff\xe0<script>alert(1)</script>", "image/jpeg"),
        ("../../a.php", b"<?php phpinfo(); ?>", "image/png"),
        ("a.jpg", b"GIF89a/*<svg/onload=alert(1)>*/", "image/jpeg"),
        ("a.jpg", b"%PDF-1.7 <script>alert(1)</script>", "image/jpeg"),
    ],
)
def test_what_is_no_photo_is_refused(world: World, name: str, content: bytes, kind: str) -> None:
    data = {"text": "楼道灯坏了", "place": world.cast.places["compound"].pk, "key": f"photo {name}"}
    data["photos"] = SimpleUploadedFile(name, content, kind)
    before = Case.objects.count()
    assert 400 <= ask(world, "visitor", "POST", "/public/report/", data).status < 500
    assert Case.objects.count() == before


FORM: Final = "application/x-www-form-urlencoded"


@pytest.mark.parametrize(
    ("body", "kind", "status", "code"),
    [
        ("text=灯坏了%00", FORM, 400, "body.malformed"),
        ("&".join(f"a{number}=1" for number in range(1500)), FORM, 413, "body.too_many"),
        ("text=x", f"{FORM}; charset=utf-7", 400, "body.malformed"),
        ("x", "multipart/form-data", 400, "body.malformed"),
        (
            "--b\r\n" + 'Content-Disposition: form-data; name="text"\r\n\r\n' + "x" * (17 << 20),
            "m",
            413,
            "body.too_large",
        ),
    ],
    ids=["nul", "many", "charset", "no boundary", "one large field"],
)
def test_a_form_that_cannot_be_read_is_answered_in_words(
    world: World, body: str, kind: str, status: int, code: str
) -> None:
    """At a resident's page and at the desk, and not with the bare page of the framework."""
    kind = "multipart/form-data; boundary=b" if kind == "m" else kind
    for address, client in (("/public/report/", Client()), ("/cases/desk/", world.browser("community_worker"))):
        answer = client.post(address, body, content_type=kind, headers={"referer": "https://evil.example/"})
        assert (answer.status_code, answer.context["error"].code) == (status, code)
        assert "evil.example" not in answer.content.decode()


def test_the_same_name_twice_is_the_last_of_it(world: World) -> None:
    """In a form and in JSON alike; one report is one report."""
    place, before = world.cast.places["compound"].pk, Case.objects.count()
    form = f"text=灯坏了甲&text=灯坏了乙&place={place}&place={place}&key=twice"
    assert world.browser("visitor").post("/public/report/", form, content_type=FORM).status_code == 302
    body = f'{{"text": "灯坏了丙", "text": "灯坏了丁", "place_id": 0, "place_id": {place}}}'
    answer = world.browser("community_worker").post("/api/v1/cases", body, content_type="application/json")
    assert answer.status_code == 201
    assert list(Case.objects.order_by("-pk").values_list("text", flat=True)[:2]) == ["灯坏了丁", "灯坏了乙"]
    assert Case.objects.count() == before + 2


def test_a_body_that_is_too_large_is_refused(world: World) -> None:
    large = io.BytesIO(b"0" * (settings.DATA_UPLOAD_MAX_MEMORY_SIZE + 1))
    response = Client().post("/public/report/", large.read(), content_type="application/x-www-form-urlencoded")
    assert response.status_code == 413


def test_every_answer_carries_its_guards_whatever_is_stored_and_said_in_headers(world: World) -> None:
    place = world.cast.places["building"]
    place.name = EVIL[:60]
    place.save()
    body = world.cast.bodies["community_office"]
    body.name = EVIL
    body.save()
    given = Report(text=EVIL, place_id=place.pk, reporter_name=PICTURE, address=EVIL)
    receipt = case_report(actor=VISITOR, report=given)
    shown, faults = 0, []
    extra = [f"/cases/{receipt.case_id}/", "/cases/?q=alert", f"/territory/{place.pk}/", f"/organizations/{body.pk}/"]
    for address in [*addresses(world), *extra]:
        response = world.browser("community_worker").get(address, headers=HEADERS)
        text = b"".join(response.streaming_content) if response.streaming else response.content
        shown += b"alert(" in text
        guarded = (*guards(response), is_text(response, text))
        faults += [] if all(guarded) else [f"{address}: {guarded} {response.status_code}"]
    assert not faults, "\n".join(faults)
    assert shown > 4, "nothing shows it, so nothing was tested"


def guards(response: Any) -> tuple[bool, ...]:
    """Whether an answer breaks nothing, leads nowhere else, and says to browsers what they may do with it."""
    location = response.headers.get("Location", "")
    policy = response.headers.get("Content-Security-Policy", "")
    return (
        response.status_code < 500 and "evil.example" not in location and not location.startswith("//"),
        "script-src 'self'" in policy and "frame-ancestors 'none'" in policy and "unsafe" not in policy,
        response.headers.get("X-Content-Type-Options") == "nosniff",
        response.headers.get("Referrer-Policy") == "same-origin",
        bool(re.search(r"no-store|private|no-cache", response.headers.get("Cache-Control", ""))),
    )


def is_text(response: Any, text: bytes) -> bool:
    """Whether stored script is shown as text; what is printed is kept as its page here, so it is looked at too."""
    kind = response.headers.get("Content-Type", "")
    script = rb"<script>alert|<img src=x|(?:href|src|action)=\W?javascript:"
    return not (re.search("html|pdf", kind) and re.search(script, text))


def test_a_rightful_number_is_not_opened_by_trying(world: World) -> None:
    receipt = world.matters["whistled"]
    client, wrong = Client(), {"number": receipt.number, "code": "AAAAAAAA"}
    tries = [client.post("/public/cases/", wrong).status_code for _try in range(settings.AXES_FAILURE_LIMIT)]
    assert set(tries[:-1]) == {404}
    right = {"number": receipt.number, "code": receipt.code}
    assert client.post("/public/cases/", right).status_code == 429
    other = world.matters["closed"]
    assert client.post("/public/cases/", {"number": other.number, "code": other.code}).status_code == 302


def test_the_code_of_one_matter_opens_no_other(world: World) -> None:
    client, receipt, other = Client(), world.matters["confidential"], world.matters["closed"]
    for code in (other.code, "", f"{receipt.code}A", receipt.number):
        assert client.post("/public/cases/", {"number": receipt.number, "code": code}).status_code == 404
    assert client.get(f"/public/cases/{receipt.number}/").status_code == 404
    assert (
        client.post("/public/cases/", {"number": receipt.number, "code": f" {receipt.code.lower()} "}).status_code
        == 302
    )
    assert client.get(f"/public/cases/{receipt.number}/").status_code == 200
    assert client.get(f"/public/cases/{other.number}/").status_code == 404


def test_a_password_is_not_found_by_trying(world: World) -> None:
    client, name = Client(), world.users["secretary"].username
    for _try in range(settings.AXES_FAILURE_LIMIT):
        # The count that ends with the server's memory is emptied: the one in the database holds by itself.
        cache.clear()
        client.post("/accounts/login/", {"login": name, "password": "not it at all"})
    cache.clear()
    assert client.post("/accounts/login/", {"login": name, "password": PASSWORD}).status_code == 429
    assert "_auth_user_id" not in client.session


def test_a_session_given_before_signing_in_is_renewed_and_guarded(world: World) -> None:
    client, receipt = Client(), world.matters["closed"]
    client.post("/public/cases/", {"number": receipt.number, "code": receipt.code})
    before = client.cookies["sessionid"].value
    data = {"login": world.users["leader"].username, "password": PASSWORD, "next": "//evil.example/"}
    answer = client.post("/accounts/login/", data)
    assert (answer.status_code, answer["Location"]) == (302, "/")
    cookie = client.cookies["sessionid"]
    assert cookie.value != before
    assert (cookie["httponly"], cookie["samesite"]) == (True, "Lax")


def test_over_https_cookies_are_for_https_alone(world: World) -> None:
    client, receipt = Client(), world.matters["closed"]
    with override_settings(SESSION_COOKIE_SECURE=True):
        client.post("/public/cases/", {"number": receipt.number, "code": receipt.code}, secure=True)
    assert client.cookies["sessionid"]["secure"]


def test_behind_a_proxy_with_tls_forms_are_taken_and_addresses_are_https(world: World, tmp_path: object) -> None:
    asking = "SECURE_PROXY_SSL_HEADER, settings.SECURE_HSTS_SECONDS, settings.CSRF_COOKIE_SECURE"
    header = ("HTTP_X_FORWARDED_PROTO", "https")
    for given, wanted in (("1", (header, 365 * 24 * 3600, True)), ("0", (None, 0, False))):
        assert _settings(f"{tmp_path}/tls", asking, LINLI_HTTPS=given).stdout.strip() == str(wanted)
    with override_settings(SECURE_PROXY_SSL_HEADER=header, SECURE_HSTS_SECONDS=9):
        outside = {"x-forwarded-proto": "https", "origin": "https://testserver", "host": "testserver"}
        client = Client(enforce_csrf_checks=True, headers=outside)
        page = client.get("/accounts/login/")
        assert page.headers["Strict-Transport-Security"] == "max-age=9"
        data = {"csrfmiddlewaretoken": client.cookies["csrftoken"].value, "next": "/"}
        assert client.post("/elder/", data).status_code == 302
        assert client.post("/elder/", data, headers={"origin": "https://evil.example"}).status_code == 403
        receipt = world.matters["closed"]
        client.post("/public/cases/", {**data, "number": receipt.number, "code": receipt.code})
        address = client.get(f"/public/report/received/{receipt.number}/").context["address"]
        assert address.startswith("https://testserver/")


@pytest.mark.parametrize(
    "path", ["../config/settings.py", "%2e%2e/%2e%2e/settings.py", "..%2f..%2fsettings.py", "//etc/passwd"]
)
def test_no_path_leads_out_of_the_files_that_are_served(world: World, path: str) -> None:
    assert Client().get(f"/static/{path}").status_code == 404


def test_each_installation_makes_its_own_key(tmp_path: object) -> None:
    keys = {_key(f"{tmp_path}/{name}") for name in ("one", "two")}
    assert len(keys) == 2
    assert all(len(key) >= 96 for key in keys)


@pytest.mark.parametrize(
    "given",
    [{"LINLI_SECRET_KEY": ""}, {"LINLI_SECRET_KEY": "secret"}, {"LINLI_DEBUG": "1", "LINLI_HOSTS": "linli.example"}],
)
def test_settings_that_open_the_house_are_refused(tmp_path: object, given: dict[str, str]) -> None:
    done = _settings(f"{tmp_path}/three", **given)
    assert done.returncode != 0
    assert "ImproperlyConfigured" in done.stderr


def _key(data: str) -> str:
    done = _settings(data)
    assert done.returncode == 0
    return done.stdout.strip()


def _settings(data: str, asked_for: str = "SECRET_KEY", **given: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "LINLI_DATA": data, "DATABASE_URL": "postgres://u@127.0.0.1/none"}
    environment.pop("LINLI_SECRET_KEY", None)
    asking = f"from linli.config import settings; print(({'settings.' + asked_for}))"
    command = [sys.executable, "-c", asking]
    return subprocess.run(command, env=environment | given, capture_output=True, text=True, check=False)
