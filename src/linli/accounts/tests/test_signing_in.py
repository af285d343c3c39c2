"""Signing in: by name or phone, wrong tries, second factor, idle sessions, codes on paper, posts and their end."""

from datetime import date, timedelta
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import (
    TOTP,
    format_hotp_value,
    generate_totp_secret,
    hotp_value,
    yield_hotp_counters_from_time,
)
from django.test import Client

from linli.accounts.models import PaperCode, User
from linli.accounts.neighbourhood import PASSWORD, Cast
from linli.accounts.operations.issuing import MOST_TRIES, VALID, account_activate, accounts_issue
from linli.accounts.operations.owning import account_close, account_lock, account_register
from linli.core import clock
from linli.core.actors import SYSTEM, VISITOR
from linli.core.errors import DomainError
from linli.core.models import Entry
from linli.organizations.models import Person
from linli.organizations.operations.posts import Appointment, post_appoint, post_confirm, post_end

pytestmark = pytest.mark.django_db
LOGIN = "/accounts/login/"


def sign_in(client: Client, login: str, password: str = PASSWORD, **extra: Any) -> bool:
    client.post(LOGIN, {"login": login, "password": password}, **extra)
    return "_auth_user_id" in client.session


def code_of(call: Any) -> str:
    with pytest.raises(DomainError) as refused:
        call()
    return refused.value.code


@pytest.mark.parametrize("login", ["QH0001", "qh0001", "10000000001", " 100 0000 0001 "])
def test_by_name_and_by_phone(cast: Cast, client: Client, login: str) -> None:
    assert sign_in(client, login)
    assert client.session["_auth_user_id"] == str(cast.users["grid_worker"].pk)
    assert Entry.objects.filter(operation="account.sign_in").count() == 1


@pytest.mark.parametrize(("login", "password"), [("QH0001", "wrong"), ("nobody", PASSWORD), ("10000009999", PASSWORD)])
def test_neither_by_a_wrong_password_nor_by_an_unknown_name(
    cast: Cast, client: Client, login: str, password: str
) -> None:
    assert not sign_in(client, login, password)


def test_too_many_wrong_tries_lock_the_account_for_a_while_and_only_there(
    cast: Cast, client: Client, settings: Any
) -> None:
    settings.ACCOUNT_RATE_LIMITS = False
    for _try in range(settings.AXES_FAILURE_LIMIT):
        assert not sign_in(client, "QH0001", "wrong")
    assert not sign_in(client, "QH0001")
    assert sign_in(Client(), "QH0002")
    assert Entry.objects.filter(operation="account.lock_out").exists()
    from axes.models import AccessAttempt

    long_ago = timedelta(hours=settings.AXES_COOLOFF_TIME, minutes=1)
    for attempt in AccessAttempt.objects.all():
        AccessAttempt.objects.filter(pk=attempt.pk).update(attempt_time=attempt.attempt_time - long_ago)
    assert sign_in(client, "QH0001")


@pytest.mark.parametrize(
    ("other", "held"), [("198.51.100.8", False), ("203.0.113.9, 198.51.100.7", True), ("2001:db8::7", False)]
)
def test_behind_the_proxy_wrong_tries_are_counted_where_they_come_from(
    cast: Cast, client: Client, settings: Any, other: str, held: bool
) -> None:
    """Else one who tries many passwords would lock out everybody behind the same proxy."""
    settings.ACCOUNT_RATE_LIMITS, settings.AXES_FAILURE_LIMIT = False, 2
    settings.HTTPS = True
    for _try in range(settings.AXES_FAILURE_LIMIT):
        assert not sign_in(client, "QH0001", "wrong", headers={"x-forwarded-for": "198.51.100.7"})
    assert sign_in(Client(), "QH0001", headers={"x-forwarded-for": other}) is not held


def test_tries_from_one_network_of_the_newer_protocol_are_counted_together(
    cast: Cast, client: Client, settings: Any
) -> None:
    settings.ACCOUNT_RATE_LIMITS, settings.AXES_FAILURE_LIMIT = False, 2
    for _try in range(settings.AXES_FAILURE_LIMIT):
        assert not sign_in(client, "QH0001", "wrong", REMOTE_ADDR=f"2001:db8::{_try + 1}")
    assert not sign_in(Client(), "QH0001", REMOTE_ADDR="2001:db8::99")
    assert sign_in(Client(), "QH0001", REMOTE_ADDR="2001:db8:0:1::99")


def test_an_idle_session_ends_and_a_used_one_does_not(cast: Cast, client: Client, settings: Any) -> None:
    with clock.frozen("2026-03-10T09:00") as held:
        assert sign_in(client, "QH0001")
        client.get("/me/")
        for _half in range(3):
            held.move(timedelta(minutes=settings.SESSION_IDLE_MINUTES - 1))
            assert client.get("/me/").status_code == 200
        held.move(timedelta(minutes=settings.SESSION_IDLE_MINUTES + 1))
        assert client.get("/me/").status_code == 404
        assert "_auth_user_id" not in client.session


def test_without_a_second_factor_an_administrator_may_do_nothing(cast: Cast, client: Client) -> None:
    number = cast.users["system_administrator"].username
    assert sign_in(client, number)
    detour = client.get("/me/", headers={"accept": "text/html"})
    assert detour.status_code == 302
    assert "totp" in detour["Location"]
    assert client.get("/messages/outbox/").status_code == 404


def test_a_second_factor_is_asked_for_and_opens(cast: Cast, client: Client) -> None:
    user = cast.users["system_administrator"]
    secret = generate_totp_secret()
    TOTP.activate(user, secret)
    assert not sign_in(client, user.username)
    assert not _with_code(client, "000000")
    assert _with_code(client, format_hotp_value(hotp_value(secret, next(iter(yield_hotp_counters_from_time())))))
    assert client.get("/messages/outbox/").status_code == 200
    assert Authenticator.objects.filter(user=user).count() == 1


def _with_code(client: Client, code: str) -> bool:
    client.post("/accounts/2fa/authenticate/", {"code": code})
    return "_auth_user_id" in client.session


def test_a_code_on_paper_works_once_and_replaces_the_password(cast: Cast, client: Client) -> None:
    (slip,) = accounts_issue(actor=cast.security_administrator, post_ids=[cast.posts["grid_worker"].pk])
    assert not sign_in(client, slip.username)
    opened = account_activate(actor=VISITOR, username=slip.username, code=slip.code.lower(), password="xin-mima-2026")
    assert opened.pk == cast.users["grid_worker"].pk
    assert sign_in(client, slip.username, "xin-mima-2026")
    again = {"username": slip.username, "code": slip.code, "password": "xin-mima-2027"}
    assert code_of(lambda: account_activate(actor=VISITOR, **again)) == "account.code_wrong"


def test_a_code_on_paper_expires(cast: Cast) -> None:
    with clock.frozen("2026-03-10T09:00") as held:
        (slip,) = accounts_issue(actor=cast.security_administrator, post_ids=[cast.posts["grid_worker"].pk])
        held.move(VALID)
        values = {"username": slip.username, "code": slip.code, "password": "xin-mima-2026"}
        assert code_of(lambda: account_activate(actor=VISITOR, **values)) == "account.code_wrong"


def test_a_code_on_paper_cannot_be_guessed(cast: Cast) -> None:
    (slip,) = accounts_issue(actor=cast.security_administrator, post_ids=[cast.posts["grid_worker"].pk])
    values = {"username": slip.username, "password": "xin-mima-2026"}
    for _try in range(MOST_TRIES):
        assert code_of(lambda: account_activate(actor=VISITOR, code="WRONG-WRONG", **values)) == "account.code_wrong"
    assert code_of(lambda: account_activate(actor=VISITOR, code=slip.code, **values)) == "account.code_wrong"
    assert PaperCode.objects.get(user=cast.users["grid_worker"]).tries == MOST_TRIES


def test_those_who_may_not_hand_out_accounts(cast: Cast) -> None:
    for name in ("grid_worker", "resident", "auditor", "outsider"):
        call: dict[str, Any] = {"actor": getattr(cast, name), "post_ids": [cast.posts["secretary"].pk]}
        assert code_of(lambda call=call: accounts_issue(**call)) in ("not_found", "account.not_yours")


def test_several_posts_add_up_and_an_ended_one_allows_nothing_at_once(cast: Cast) -> None:
    person = cast.users["grid_worker"].person_id
    place = cast.places["community"].pk
    second = post_appoint(
        actor=SYSTEM, appointment=Appointment(kind="community_worker", place_id=place, person_id=person)
    )
    post_confirm(actor=SYSTEM, post_ids=[second.pk])
    both = cast.again("grid_worker")
    assert len(both.post_ids) == 2
    assert both.can("cases.dispatch")
    assert not cast.grid_worker.can("cases.dispatch")
    post_end(actor=SYSTEM, post_id=second.pk)
    assert not cast.again("grid_worker").can("cases.dispatch")
    assert cast.again("grid_worker").can("cases.register")


def test_a_term_begins_and_ends_on_its_days(cast: Cast) -> None:
    term = Appointment(
        kind="community_worker",
        place_id=cast.places["community"].pk,
        person_id=cast.users["grid_worker"].person_id,
        since=date(2026, 3, 10),
        until=date(2026, 3, 12),
    )
    post_appoint(actor=SYSTEM, appointment=term)
    for day, able in (("2026-03-09", False), ("2026-03-10", True), ("2026-03-11", True), ("2026-03-12", False)):
        with clock.frozen(day):
            assert cast.again("grid_worker").can("cases.dispatch") is able, day


@pytest.mark.parametrize("second", ["security_administrator", "audit_administrator", "auditor"])
def test_nobody_holds_two_of_the_separated_duties(cast: Cast, second: str) -> None:
    person = cast.users["system_administrator"].person_id
    wanted = Appointment(kind=second, place_id=cast.places["county"].pk, person_id=person)
    assert code_of(lambda: post_appoint(actor=SYSTEM, appointment=wanted)) == "post.duties_apart"


def test_residents_register_themselves_by_name_or_phone(db: None, client: Client) -> None:
    user = account_register(actor=VISITOR, username="10000007777", password="wo-de-jia-8")
    assert "7777" not in user.username
    assert sign_in(client, "10000007777", "wo-de-jia-8")
    twice = {"username": "10000007777", "password": "wo-de-jia-8"}
    assert code_of(lambda: account_register(actor=VISITOR, **twice)) == "account.name_taken"
    for name, password, code in (("x", "wo-de-jia-8", "bad_name"), ("linjia", "12345678", "weak_password")):
        refused = code_of(lambda n=name, p=password: account_register(actor=VISITOR, username=n, password=p))
        assert refused == f"account.{code}"


def test_one_sees_exports_corrects_and_closes_ones_own(cast: Cast, client: Client) -> None:
    assert sign_in(client, "QH0001")
    assert client.get("/me/export.json").json()["person"] == {"name": "郑小禾", "phone": "10000000001"}
    person = Person.objects.get(pk=cast.users["grid_worker"].person_id or 0)
    version = client.get("/me/correct/").context["form"]["version"].value()
    changed = {"version": version, "name": "郑小荷", "phone": "10000008888"}
    assert client.post("/me/correct/", changed).status_code == 302
    person.refresh_from_db()
    assert (person.name, person.phone) == ("郑小荷", "10000008888")
    assert code_of(lambda: account_close(actor=cast.grid_worker)) == "person.in_post"
    resident = Client()
    assert sign_in(resident, "jumin")
    assert resident.post("/me/close/").status_code == 302
    gone = User.objects.get(pk=cast.users["resident"].pk)
    assert (gone.is_active, gone.display_name, gone.phone_hash) == (False, "", None)
    assert not sign_in(Client(), "jumin")


def test_a_locked_account_is_out_at_once(cast: Cast, client: Client) -> None:
    assert sign_in(client, "QH0001")
    account_lock(actor=cast.security_administrator, user_id=cast.users["grid_worker"].pk, locked=True)
    assert client.get("/me/").status_code == 404
    own = cast.users["security_administrator"].pk
    own_lock: dict[str, Any] = {"actor": cast.security_administrator, "user_id": own, "locked": True}
    assert code_of(lambda: account_lock(**own_lock)) == "account.own"
    others: dict[str, Any] = {"actor": cast.system_administrator, "user_id": own, "locked": True}
    assert code_of(lambda: account_lock(**others)) == "account.not_yours"
