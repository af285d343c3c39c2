"""Brochures and the points where they lie, for the tests."""

from typing import Any, Final

from linli.accounts.testing import Cast
from linli.brochures.models import Brochure
from linli.brochures.operations.brochures import Written, brochure_issue, brochure_new, page_write
from linli.brochures.operations.dispatching import Sending, dispatch_make
from linli.core import clock
from linli.core.actors import SYSTEM, Actor
from linli.territory.models import Facility

TITLE: Final = "口袋党建"


def point(cast: Cast, where: str = "community", name: str = "东门宣传架") -> Facility:
    """A point where copies lie."""
    return Facility.objects.create(name=name, place=cast.places[where])


def begun(cast: Cast, where: str = "community", actor: Actor | None = None) -> Brochure:
    """A draft with one page."""
    who = actor or cast.actors["community_worker"]
    row = brochure_new(actor=who, place_id=cast.places[where].pk, title=TITLE)
    return page_write(actor=who, brochure_id=row.pk, number=2, written=Written("便民电话", "社区值班 10000000001"))


def issued(cast: Cast, where: str = "community", actor: Actor | None = None) -> Brochure:
    """An edition."""
    who = actor or cast.actors["community_worker"]
    return brochure_issue(actor=who, brochure_id=begun(cast, where, who).pk)


def sending(**more: Any) -> Sending:
    """Copies of today."""
    return Sending(**{"copies": 40, "on": clock.today(), **more})


def brochures_made(cast: Cast) -> None:
    """A draft and an edition with copies at a point, here and in the other place, for the tests over every route."""
    for where in ("community", "far_community"):
        begun(cast, where, SYSTEM)
        row = issued(cast, where, SYSTEM)
        dispatch_make(actor=SYSTEM, brochure_id=row.pk, sending=sending(facility_id=point(cast, where).pk))
