"""A second factor is set up on its page, paper codes open once each; a stand-in may act only in its days."""

from datetime import date
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.test import Client

from linli.accounts.neighbourhood import PASSWORD, Cast
from linli.accounts.tests.test_signing_in import sign_in
from linli.core import clock
from linli.core.models import Entry
from linli.organizations.operations.posts import stand_in_appoint

pytestmark = pytest.mark.django_db
ACTIVATE = "/accounts/2fa/totp/activate/"


def enrolled(cast: Cast, client: Client) -> Any:
    """The system administrator after setting up a second factor on its page."""
    user = cast.users["system_administrator"]
    assert sign_in(client, user.username)
    client.post("/accounts/reauthenticate/", {"password": PASSWORD})
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
