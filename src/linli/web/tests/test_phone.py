"""Linli as an app on the phone, the list of functions, and what every page carries."""

from dataclasses import replace

import pytest
from django.core.cache import cache
from django.test import Client

from linli.accounts.models import User
from linli.accounts.operations.owning import account_register
from linli.core import clock, journal
from linli.core.actors import SYSTEM, VISITOR
from linli.core.errors import DomainError
from linli.records.operations.profiles import content_apply
from linli.web import phone
from linli.web.functions import FUNCTIONS, functions_in_use

pytestmark = pytest.mark.django_db


def test_the_manifest_names_the_place_and_starts_at_home() -> None:
    content_apply(actor=SYSTEM, content={"place": {"name": "安和县"}})
    document = Client().get("/manifest.webmanifest").json()
    assert (document["name"], document["start_url"], document["scope"]) == ("安和县", "/", "/")


def test_the_worker_covers_every_page_and_is_never_old(tmp_path: object, monkeypatch: pytest.MonkeyPatch) -> None:
    answer = Client().get("/sw.js")
    assert answer["Service-Worker-Allowed"] == "/"
    assert answer["Cache-Control"] == "no-cache"
    assert b"/cases/patrol/" in b"".join(answer.streaming_content)  # type: ignore[attr-defined]
    assert phone.WORKER.name == "worker.js"


def test_pages_carry_the_way_to_complain_the_list_and_the_filing_number() -> None:
    content_apply(actor=SYSTEM, content={"place": {"name": "安和县", "filing_number": "备案0000号"}})
    for address in ("/", "/public/", "/public/report/", "/accounts/login/", "/functions/", "/offline/"):
        page = Client().get(address).content.decode()
        assert all(part in page for part in ("/public/about-linli/", "/functions/", "备案0000号", "安和县")), address


def test_a_page_that_refuses_keeps_the_draft() -> None:
    strict = Client(enforce_csrf_checks=True)
    old = strict.post("/public/report/", {"text": "灯坏了"})
    assert old.status_code == 403
    assert "data-fault" in old.content.decode()
    assert "data-fault" in Client().get("/public/cases/2603100001/").content.decode()
    assert "data-fault" not in Client().get("/public/report/").content.decode()


def test_functions_are_counted_over_the_last_month_and_never_by_person() -> None:
    cache.delete("functions.used")
    with clock.frozen("2026-01-10T09:00"):
        journal.write(VISITOR, "case.receive", ("case", 1), facts={"door": "page"})
    with clock.frozen("2026-03-10T09:00"):
        for door in ("page", "page", "desk"):
            journal.write(VISITOR, "case.receive", ("case", 2), facts={"door": door})
        journal.write(VISITOR, "whistle.report_in", ("whistle", 2))
        used = {
            row.url: row.used for row in functions_in_use(replace(VISITOR, abilities=frozenset({"cases.register"})))
        }
    cache.delete("functions.used")
    assert (used["/public/report/"], used["/cases/desk/"]) == (2, 1)
    assert sum(row > 0 for row in used.values()) >= 2
    assert len(FUNCTIONS) > 10
    open_to_all = {row.url for row in functions_in_use(VISITOR)}
    assert open_to_all == {"", "/public/report/", "/public/cases/", "/public/disclosure/", "/accounts/signup/"}


def test_a_resident_registers_by_phone_and_nobody_can_read_it() -> None:
    visitor = Client()
    visitor.post("/accounts/signup/", {"username": "100-1234-5678", "password1": "linli-test-9"})
    user = User.objects.get()
    assert "12345678" not in f"{user.username} {user.display_name}"
    with pytest.raises(DomainError) as taken:
        account_register(actor=VISITOR, username="10012345678", password="linli-test-9")
    assert taken.value.code == "account.name_taken"
    again = Client()
    answer = again.post("/accounts/login/", {"login": "10012345678", "password": "linli-test-9"})
    assert (answer.status_code, "_auth_user_id" in again.session) == (302, True)


def test_two_names_without_a_phone_are_two_accounts() -> None:
    for name in ("李大妈", "王大爷"):
        account_register(actor=VISITOR, username=name, password="linli-test-9")
    assert User.objects.filter(phone_hash=None).count() == 2


def test_large_print_is_the_accounts_until_the_browser_chooses() -> None:
    user = account_register(actor=VISITOR, username="李大妈", password="linli-test-9")
    User.objects.filter(pk=user.pk).update(elder_mode=True)
    client = Client()
    assert "data-elder" not in client.get("/").content.decode()
    client.force_login(user, backend="linli.accounts.backends.PhoneOrNameBackend")
    assert "data-elder" in client.get("/").content.decode()
    client.post("/elder/", {"next": "/"})
    assert "data-elder" not in client.get("/").content.decode()
    client.post("/me/", {"display_name": "李大妈", "language": "zh-hans", "elder_mode": "on"})
    assert "data-elder" in client.get("/").content.decode()
