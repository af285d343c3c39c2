"""Compounds and their contracts, for the tests."""

from datetime import date
from typing import Any, Final

from linli.accounts.testing import Cast
from linli.core.actors import SYSTEM
from linli.property.models import Contract
from linli.property.operations.contracts import Terms, contract_conclude
from linli.property.operations.saying import Mode, mode_say
from linli.records.operations.profiles import content_apply
from linli.territory.models import Place
from linli.territory.operations.places import Sketch, place_create

KINDS: Final = {"老旧小区": "unmanaged", "商品房": "professional"}


def kinds_apply(**more: Any) -> None:
    """What kinds of compounds mean here."""
    content_apply(actor=SYSTEM, content=lambda held: {**held, "property": {"kinds": KINDS, **more}})


def courtyard(cast: Cast, name: str = "光明里", where: str = "community", **more: Any) -> Place:
    """A courtyard of three buildings, unmanaged before if nothing else is said."""
    given: dict[str, Any] = {"kind": "老旧小区", "households": 90, **more}
    place = place_create(actor=SYSTEM, sketch=Sketch("compound", name, **given), parent=cast.places[where].pk)
    Place.objects.filter(pk=place.pk).update(buildings=3)
    place.refresh_from_db()
    return place


def terms(cast: Cast, *compounds: Place, **more: Any) -> Terms:
    """A contract of the property company for this year, over the compound of the cast if none is named."""
    covered = compounds or (cast.places["compound"],)
    given: dict[str, Any] = {"model": "professional", "company_id": cast.bodies["property_company"].pk}
    given |= {"since": date(2026, 1, 1), "last": date(2026, 12, 31)}
    return Terms(compounds={place.pk: place.buildings for place in covered}, **{**given, **more})


def contracted(cast: Cast, *compounds: Place, role: str = "community_worker", **more: Any) -> Contract:
    """One that was written down."""
    return contract_conclude(actor=cast.actors[role], terms=terms(cast, *compounds, **more))


def managed_made(cast: Cast) -> None:
    """Contracts and what is said here and in the other place, for the tests over every route."""
    for where in ("compound", "far_compound"):
        compound = cast.places[where]
        mode_say(actor=SYSTEM, compound_id=compound.pk, mode=Mode("unit_run", date(2020, 1, 1), "纺织厂"))
        contract_conclude(actor=SYSTEM, terms=terms(cast, compound, phone="1000000"))
