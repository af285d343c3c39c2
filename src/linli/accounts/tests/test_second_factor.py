"""A second factor is set up on its page, paper codes open once each; a stand-in may act only in its days."""

from datetime import date
from typing import Any

import pytest
from allauth.account import app_settings
from allauth.account.authentication import AUTHENTICATION_METHODS_SESSION_KEY
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from allauth.mfa.utils import decrypt
from django.core.cache.backends import locmem
from django.test import Client

from linli.accounts.neighbourhood import PASSWORD, Cast
from linli.accounts.operations.issuing import accounts_issue
from linli.accounts.tests.test_signing_in import LOGIN, sign_in
from linli.core import clock
from linli.core.models import Entry
from linli.organizations.operations.posts import stand_in_appoint

pytestmark = pytest.mark.django_db
ACTIVATE = "/accounts/2fa/totp/activate/"


def enrolled(cast: Cast, client: Client) -> Any:
    """The system administrator after setting up a second factor on its page."""
    user = cast.users["system_administrator"]
    assert sign_in(client, user.username)
    secret = client.get(ACTIVATE).context["form"].secret
    client.post(ACTIVATE, {"code": "000000"})
    assert not Authenticator.objects.filter(user=user).exists()
    code = format_hotp_value(hotp_value(secret, next(iter(yield_hotp_counters_from_time()))))
    client.post(ACTIVATE, {"code": code})
    return user


def test_a_second_factor_is_set_up_on_its_page(
    cast: Cast, client: Client, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        user = enrolled(cast, client)
    assert set(Authenticator.objects.filter(user=user).values_list("type", flat=True)) >= {"totp"}
    assert client.get("/messages/outbox/").status_code == 200
    assert Entry.objects.filter(operation="account.add_factor", subject_id=user.pk).exists()


def test_the_password_is_asked_for_again_only_some_minutes_after_signing_in(cast: Cast, client: Client) -> None:
    assert sign_in(client, cast.users["system_administrator"].username)
    assert client.get(ACTIVATE).status_code == 200
    session = client.session
    for record in session[AUTHENTICATION_METHODS_SESSION_KEY]:
        record["at"] -= app_settings.REAUTHENTICATION_TIMEOUT
    session.save()
    asked = client.get(ACTIVATE)
    assert asked.status_code == 302
    assert asked["Location"].startswith("/accounts/reauthenticate/")
    client.post("/accounts/reauthenticate/", {"password": "wrong"})
    assert client.get(ACTIVATE).status_code == 302
    client.post("/accounts/reauthenticate/", {"password": PASSWORD})
    assert client.get(ACTIVATE).status_code == 200


def test_whoever_opened_the_account_with_a_slip_is_not_asked_for_the_password_again(cast: Cast, client: Client) -> None:
    post = cast.posts["system_administrator"]
    (slip,) = accounts_issue(actor=cast.security_administrator, post_ids=[post.pk])
    told = {"username": slip.username, "code": slip.code, "password": "another-" + PASSWORD}
    assert client.post("/accounts/first/", told).status_code == 302
    assert client.get(ACTIVATE).status_code == 200


@pytest.mark.parametrize("page", ["", "done/", "key/1-abc/", "key/done/"])
def test_a_forgotten_password_leads_to_the_slip_and_sends_nothing(cast: Cast, client: Client, page: str) -> None:
    assert "/accounts/password/reset/" in client.get("/accounts/login/").content.decode()
    answer = client.get(f"/accounts/password/reset/{page}")
    assert "/accounts/first/" in answer.content.decode()
    assert client.post(f"/accounts/password/reset/{page}", {"email": "somebody@example.org"}).status_code == 405


def test_a_recovery_code_opens_once(cast: Cast, client: Client) -> None:
    user = enrolled(cast, client)
    codes = RecoveryCodes(Authenticator.objects.get(user=user, type="recovery_codes")).get_unused_codes()
    assert len(codes) > 1
    for code, opens in ((codes[0], True), (codes[0], False), (codes[1], True)):
        visitor = Client()
        assert not sign_in(visitor, user.username)
        visitor.post("/accounts/2fa/authenticate/", {"code": code})
        assert ("_auth_user_id" in visitor.session) is opens


@pytest.mark.parametrize(
    ("day", "may"),
    [("2026-03-11", False), ("2026-03-12", True), ("2026-03-13", True), ("2026-03-14", False)],
)
def test_a_stand_in_may_act_only_in_its_days(cast: Cast, day: str, may: bool) -> None:
    person = cast.users["grid_worker"].person
    assert person is not None
    assert not cast.grid_worker.can("cases.dispatch")
    stand_in_appoint(
        actor=cast.secretary,
        post_id=cast.posts["community_worker"].pk,
        person_id=person.pk,
        since=date(2026, 3, 12),
        until=date(2026, 3, 14),  # the first day without
    )
    with clock.frozen(f"{day}T10:00"):
        assert cast.again("grid_worker").can("cases.dispatch") is may
        assert cast.again("community_worker").can("cases.dispatch")


def forget_memory() -> None:
    """As another process, which knows nothing of what this one keeps in its memory."""
    locmem._caches.clear()  # type: ignore[attr-defined]
    locmem._expire_info.clear()  # type: ignore[attr-defined]


def test_a_code_is_taken_once_by_all_processes_together(cast: Cast, client: Client, settings: Any) -> None:
    """What a server process keeps in its own memory is gone: the database remembers the code and the tries."""
    user = enrolled(cast, client)
    secret = decrypt(Authenticator.objects.get(user=user, type="totp").data["secret"])
    code = format_hotp_value(hotp_value(secret, next(iter(yield_hotp_counters_from_time()))))
    settings.MFA_TOTP_TOLERANCE = 20
    opened = []
    for _time in range(2):
        visitor = Client()
        sign_in(visitor, user.username)
        visitor.post("/accounts/2fa/authenticate/", {"code": code})
        opened.append("_auth_user_id" in visitor.session)
        forget_memory()
    assert opened == [True, False]


def test_codes_are_not_found_by_trying(cast: Cast, client: Client) -> None:
    user = enrolled(cast, client)
    secret = decrypt(Authenticator.objects.get(user=user, type="totp").data["secret"])
    visitor = Client()
    sign_in(visitor, user.username)
    for _try in range(12):
        visitor.post("/accounts/2fa/authenticate/", {"code": "000000"})
        forget_memory()
    right = format_hotp_value(hotp_value(secret, next(iter(yield_hotp_counters_from_time()))))
    visitor.post("/accounts/2fa/authenticate/", {"code": right})
    assert "_auth_user_id" not in visitor.session


def test_a_slip_does_not_stand_for_the_second_factor(cast: Cast, client: Client) -> None:
    user = enrolled(cast, client)
    (slip,) = accounts_issue(actor=cast.security_administrator, post_ids=[cast.posts["system_administrator"].pk])
    assert slip.username == user.username
    visitor = Client()
    data = {"username": slip.username, "code": slip.code, "password": "xin-mima-2026"}
    answer = visitor.post("/accounts/first/", data)
    assert (answer.status_code, answer["Location"]) == (302, LOGIN)
    assert "_auth_user_id" not in visitor.session
    assert not sign_in(visitor, user.username, "xin-mima-2026")
    assert "/2fa/" in visitor.get(LOGIN, follow=True).request["PATH_INFO"] or "account_login" in visitor.session


@pytest.mark.parametrize("whose", ["community_worker", "secretary"])
def test_a_slip_opens_the_account_that_it_names_and_no_other(cast: Cast, whose: str) -> None:
    (slip,) = accounts_issue(actor=cast.security_administrator, post_ids=[cast.posts["grid_worker"].pk])
    other = cast.users[whose].username
    data = {"username": other, "code": slip.code, "password": "xin-mima-2026"}
    visitor = Client()
    assert visitor.post("/accounts/first/", data).status_code == 400
    assert visitor.post("/accounts/first/", {**data, "username": slip.username}).status_code == 302
    assert visitor.session["_auth_user_id"] == str(slip.user_id)
    assert Client().post("/accounts/first/", {**data, "username": slip.username}).status_code == 400
