"""What visitors send is counted by address and by everybody together."""

import threading
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import RequestFactory
from pytest_django import Settings

from linli.core import clock
from linli.core.actors import VISITOR, Actor
from linli.core.errors import TooMany
from linli.core.visitors import SECONDS, address, visitor_counted


def sent(where: str = "192.0.2.1", actor: Actor = VISITOR, **headers: str) -> bool:
    """Whether one more is taken from an address."""
    request: Any = RequestFactory().post("/", REMOTE_ADDR=where, headers=headers)
    request.actor = actor
    try:
        visitor_counted(request)
    except TooMany:
        return False
    return True


def test_each_address_has_its_own_limit_and_a_new_one_after_a_while(db: None, settings: Settings) -> None:
    settings.VISITOR_POSTS = 2
    with clock.frozen("2026-03-10T09:04") as held:
        assert [sent() for _ in range(4)] == [True, True, False, False]
        assert sent("192.0.2.2")
        with pytest.raises(TooMany) as refused:
            visitor_counted(RequestFactory().post("/", REMOTE_ADDR="192.0.2.1"))
        assert (refused.value.code, refused.value.status) == ("visitor.too_many", 429)
        assert refused.value.facts == {"again": "09:10"}
        assert all(number in refused.value.sentence for number in ("110", "119", "120"))
        held.move(timedelta(minutes=5))
        assert not sent()
        held.move(timedelta(seconds=SECONDS))
        assert sent()


def test_whoever_is_signed_in_is_not_counted(db: None, settings: Settings) -> None:
    settings.VISITOR_POSTS = 0
    assert sent(actor=Actor(key="user:1", label="", user_id=1))
    assert not sent()


@pytest.mark.parametrize(
    ("https", "where", "said", "found"),
    [
        (False, "192.0.2.1", "198.51.100.7", "192.0.2.1"),
        (True, "192.0.2.1", "198.51.100.7", "198.51.100.7"),
        (True, "192.0.2.1", "203.0.113.9, 198.51.100.7", "198.51.100.7"),
        (True, "192.0.2.1", "nonsense", "192.0.2.1"),
        (False, "2001:db8::1:2", "", "2001:db8::/64"),
        (False, "fe80::1%eth0", "", "fe80::/64"),
        (False, "", "", ""),
    ],
)
def test_an_address_is_what_the_connection_or_the_own_proxy_says(
    settings: Settings, https: bool, where: str, said: str, found: str
) -> None:
    settings.HTTPS = https
    headers = {"X-Forwarded-For": said} if said else {}
    assert address(RequestFactory().post("/", REMOTE_ADDR=where, headers=headers)) == found


@pytest.mark.usefixtures("own_database")
def test_those_who_send_at_once_are_all_counted(settings: Settings) -> None:
    settings.VISITOR_POSTS = 5
    taken: list[bool] = []

    def call() -> None:
        try:
            taken.append(sent())
        finally:
            connection.close()

    threads = [threading.Thread(target=call) for _ in range(12)]
    with clock.frozen("2026-03-10T09:00"):
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert sorted(taken) == [False] * 7 + [True] * 5
