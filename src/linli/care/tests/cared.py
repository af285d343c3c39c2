"""People cared for, for the tests."""

from datetime import date
from typing import Any, Final

from linli.accounts.testing import Cast
from linli.care.models import CareClient, CareService
from linli.care.operations.agreeing import Agreement, client_register
from linli.care.operations.asking import client_ask
from linli.care.operations.giving import Help, service_ask, service_give
from linli.core import clock
from linli.core.actors import SYSTEM, Actor

ELDER: Final = "沈慢慢"
GUARDIAN: Final = "沈早早"
HOME: Final = "3号楼201"


def agreement(**more: Any) -> Agreement:
    """What an old person said today."""
    given: dict[str, Any] = {"name": ELDER, "helps": ("meals", "cleaning"), "agreed_on": clock.today()}
    return Agreement(**{**given, **more})


def cared(cast: Cast, where: str = "community", actor: Actor | None = None, **more: Any) -> CareClient:
    """Somebody old who agreed to meals and cleaning."""
    place, group = cast.places[where].pk, more.pop("group", "elder")
    who = actor or cast.actors["community_worker"]
    return client_register(actor=who, place_id=place, group=group, agreement=agreement(**more))


def own(cast: Cast, role: str = "resident", **more: Any) -> CareClient:
    """Somebody who asked for themselves by account."""
    place, group = cast.places[more.pop("where", "community")].pk, more.pop("group", "elder")
    said = agreement(**{"means": "account", "contact": HOME, **more})
    return client_ask(actor=cast.actors[role], place_id=place, group=group, agreement=said)


def meal(on: date | None = None, provider: int | None = None, **more: Any) -> Help:
    """A meal at home."""
    given: dict[str, Any] = {"kind": "meals", "mode": "home", "on": on or clock.today(), "provider_id": provider}
    return Help(**{**given, **more})


def asked(cast: Cast, client: CareClient, actor: Actor | None = None) -> CareService:
    """A meal of today that the department is asked for."""
    wanted = meal(provider=cast.bodies["department"].pk)
    return service_ask(actor=actor or cast.actors["community_worker"], client_id=client.pk, wanted=wanted)


def cared_made(cast: Cast) -> None:
    """Somebody here and in the other place, with what was given and asked for, for the tests over every route."""
    for where in ("community", "far_community"):
        client = cared(cast, where, SYSTEM)
        service_give(actor=SYSTEM, client_id=client.pk, given=meal())
        asked(cast, client, SYSTEM)
    own(cast)
