"""Whoever sets a place up gets its first administrator from the command line, and the rest from the roster."""

import json
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client

from linli.accounts.models import User
from linli.accounts.neighbourhood import PASSWORD, Cast
from linli.accounts.operations.issuing import administrator_appoint
from linli.accounts.queries import actor_of
from linli.core.actors import SYSTEM
from linli.core.errors import DomainError
from linli.organizations.models import Post

pytestmark = pytest.mark.django_db


def appointed(name: str, *options: str) -> Any:
    out = StringIO()
    call_command("account", name, *options, "--json", stdout=out)
    return json.loads(out.getvalue())


def test_the_first_administrator_opens_the_account_and_may_appoint_others(cast: Cast, client: Client) -> None:
    slip = appointed("韩守安")
    told = {"username": slip["username"], "code": slip["code"], "password": PASSWORD}
    assert client.post("/accounts/first/", told).status_code == 302
    actor = actor_of(User.objects.get(pk=slip["user_id"]))
    assert (actor.can("security.manage"), actor.can("system.configure")) == (True, False)
    assert Post.objects.get(person__name="韩守安").place == cast.places["county"]


def test_again_it_is_the_same_account_with_a_new_code(cast: Cast, client: Client) -> None:
    first, second = appointed("韩守安"), appointed("韩守安")
    assert first["user_id"] == second["user_id"]
    assert Post.objects.filter(person__name="韩守安").count() == 1
    for slip, opens in ((first, 400), (second, 302)):
        told = {"username": slip["username"], "code": slip["code"], "password": PASSWORD}
        assert client.post("/accounts/first/", told).status_code == opens


def test_other_administrators_too_but_no_other_post(cast: Cast) -> None:
    assert actor_of(User.objects.get(pk=appointed("韩系统", "--kind", "system_administrator")["user_id"])).can(
        "system.configure"
    )
    for kind in ("community_secretary", "nonsense"):
        with pytest.raises(DomainError) as refused:
            appointed("韩书记", "--kind", kind)
        assert refused.value.code == "account.no_administrator"


def test_without_a_place_there_is_nothing_to_administer() -> None:
    with pytest.raises(DomainError) as refused:
        appointed("韩守安")
    assert refused.value.code == "account.no_place"


@pytest.mark.parametrize("role", ["secretary", "resident", "system_administrator"])
def test_nobody_else_gives_the_post_this_way(cast: Cast, role: str) -> None:
    with pytest.raises(DomainError):
        administrator_appoint(actor=cast.actors[role], kind="security_administrator", name="韩守安")
    assert administrator_appoint(actor=SYSTEM, kind="security_administrator", name="韩守安").code
