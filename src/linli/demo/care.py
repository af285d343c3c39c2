"""Care in the demo place: an old person with meals, one whom a partner helps, a child after school, one that ended,
one who asks by account."""

from collections.abc import Mapping
from datetime import timedelta

from linli.accounts.models import User
from linli.accounts.queries import actor_of
from linli.care.operations.agreeing import Agreement, client_end, client_register
from linli.care.operations.asking import client_ask
from linli.care.operations.giving import Help, service_ask, service_give
from linli.core import clock
from linli.core.actors import Actor
from linli.demo.days import days_ago
from linli.demo.people import RESIDENT
from linli.organizations.models import Organization
from linli.territory.models import Place


def care_begin(actors: Mapping[str, Actor]) -> None:
    """Who agreed to which help, what was given since, what is asked for the day after tomorrow."""
    desk = actors["shequ"]
    with days_ago(60):
        walker = _client(desk, "elder", Agreement("章念念", ("meals", "company"), clock.today()))
        reader = _client(desk, "elder", Agreement("贺小满", ("haircut", "cleaning"), clock.today(), means="phone"))
        gone = _client(desk, "elder", Agreement("陶安安", ("errands",), clock.today()))
        word = Agreement("章豆豆", ("homework",), clock.today(), "guardian", "paper", "章念念")
        child = _client(desk, "child", word)
    for days in (40, 33, 26, 19, 12, 5):
        with days_ago(days):
            _give(desk, walker, "meals", "home")
            _give(desk, child, "homework", "centre")
    with days_ago(20):
        _give(desk, reader, "haircut", "home")
        client_end(actor=desk, client_id=gone, reason="搬离本社区")
    wish = Agreement("许知夏", ("company",), clock.today(), means="account", contact="演示花苑2号楼301")
    client_ask(actor=actor_of(User.objects.get(username=RESIDENT)), place_id=_place(), group="elder", agreement=wish)
    helper = Organization.objects.get(name="县城市管理综合执法局")
    on = clock.today() + timedelta(days=2)
    service_ask(actor=desk, client_id=walker, wanted=Help("company", "home", on, helper.pk))


def _client(actor: Actor, group: str, agreement: Agreement) -> int:
    return client_register(actor=actor, place_id=_place(), group=group, agreement=agreement).pk


def _place() -> int:
    return Place.objects.get(name="演示花苑", type=Place.Type.COMPOUND).community_id or 0


def _give(actor: Actor, client: int, kind: str, mode: str) -> None:
    service_give(actor=actor, client_id=client, given=Help(kind, mode, clock.today()))
