"""Who answers for what, for the tests."""

from datetime import date, timedelta
from typing import Any

from linli.accounts.testing import Cast
from linli.contacts.models import Contact, Visit
from linli.contacts.operations.contacts import Assignment, contact_assign
from linli.contacts.operations.visits import Raised, Trip, visit_raise, visit_record
from linli.core import clock
from linli.core.actors import SYSTEM, Actor
from linli.organizations.operations.people import Named
from linli.records.operations.profiles import content_apply

QUOTAS = {
    "tiers": [
        {"code": "county_leader", "label": "县级领导", "holds": {"community": 1, "grid": 1}, "visits": 3, "solved": 2},
        {"code": "street_leader", "label": "街道班子成员", "holds": {"community": 1}},
        {"code": "department", "label": "县直单位", "who": "body", "visits": 4},
    ],
    "covered": [{"level": "community", "by": ["county_leader"]}, {"level": "grid", "by": ["street_leader"]}],
}


def quotas_set(**more: Any) -> None:
    """The quotas of a place that has some."""
    content_apply(actor=SYSTEM, content=lambda held: {**held, "contacts": {**QUOTAS, **more}})


def answering(cast: Cast, role: str = "leader", place: str = "community", **more: Any) -> Contact:
    """Somebody of the cast answers for a place: the leader for the community, if nothing else is said."""
    person = cast.posts[role].person
    assert person is not None
    given: dict[str, Any] = {"tier": "county_leader", "named": Named(person.name, staff_number=person.staff_number)}
    given |= {"since": date(2026, 1, 5), **more}
    return contact_assign(actor=SYSTEM, assignment=Assignment(cast.places[place].pk, **given))


def body_answering(cast: Cast, body: str = "department", place: str = "community", **more: Any) -> Contact:
    """A body answers for a place."""
    given: dict[str, Any] = {"tier": "department", "named": None, "organization_id": cast.bodies[body].pk, **more}
    return answering(cast, place=place, **given)


def visited(actor: Actor, contact: Contact, **more: Any) -> Visit:
    """A visit to the place of a contact, today if nothing else is said."""
    given = {"on": clock.today(), "subject": "入户走访，看小区停车", **more}
    return visit_record(actor=actor, trip=Trip(contact_id=contact.pk, **given))


def contacts_made(cast: Cast) -> None:
    """Contacts with visits and what came of them, here and in the other place, for the tests over every route."""
    for place, role in (("community", "leader"), ("far_community", "outsider")):
        for contact in (answering(cast, role, place), body_answering(cast, place=place)):
            visited(SYSTEM, contact, visitor="甲", on=clock.today() + timedelta(days=1))
            made = visited(SYSTEM, contact, visitor="甲")
            visit_raise(actor=SYSTEM, visit_id=made.pk, raised=Raised("东门路灯不亮"))
