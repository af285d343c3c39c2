"""Who answers for what in the demo place: a leader and two bodies, their visits of this year, what came up."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Final

from linli.contacts.models import Contact, Visit
from linli.contacts.operations.contacts import Assignment, contact_assign
from linli.contacts.operations.owed import year_follow
from linli.contacts.operations.visits import Raised, Trip, visit_raise, visit_record
from linli.core import clock
from linli.core.actors import Actor
from linli.demo.conventions import HOME
from linli.demo.days import days_ago
from linli.organizations.models import Person
from linli.organizations.operations.people import Named
from linli.territory.models import Place

LIAISON: Final = "演示联络员"


def contacts_begin(actors: Mapping[str, Actor]) -> None:
    """The leader has been here twice, a department once; both come again next week, together."""
    leader, street, city = actors["lingdao"], actors["jiedao"], actors["chengguan"]
    with days_ago(200):
        place = Place.objects.get(name=HOME).pk
        home = _assign(street, Assignment(place, "county_leader", _named(leader), title="副县长"))
        _assign(street, Assignment(place, "street_leader", _named(street)))
        body = city.organization_ids[0]
        given = Assignment(place, "department", organization_id=body, duties="环境整治", liaison=LIAISON)
        unit = _assign(street, given)
    with days_ago(60):
        _visit(leader, home, "走访老旧楼院，听居民说停车和照明")
    # What comes up waits for the community, but not for longer than it may.
    with days_ago(1):
        second = _visit(leader, home, "回看上次问题，参加居民议事会")
        _raise(leader, second, "3号楼北侧路灯坏了两盏，老人晚上出门不方便", "路灯照明")
        _raise(leader, second, "外来车辆占用消防通道，希望划线管理", "停车秩序")
        along = Trip(clock.today(), "随同看现场", unit.pk, visitor=LIAISON, together=second.pk)
        visit_record(actor=city, trip=along)
    day = clock.today() + timedelta(days=6)
    planned = _visit(leader, home, "看冬季供水和供暖准备", days=6)
    visit_record(actor=city, trip=Trip(day, "一起看沿街环境", unit.pk, visitor=LIAISON, together=planned.pk))
    year_follow()


def _named(actor: Actor) -> Named:
    person = Person.objects.get(pk=actor.person_id or 0)
    return Named(person.name, person.phone or "", person.staff_number)


def _assign(actor: Actor, assignment: Assignment) -> Contact:
    return contact_assign(actor=actor, assignment=assignment)


def _visit(actor: Actor, contact: Contact, subject: str, days: int = 0) -> Visit:
    day = clock.today() + timedelta(days=days)
    return visit_record(actor=actor, trip=Trip(day, subject, contact.pk))


def _raise(actor: Actor, visit: Visit, text: str, category: str) -> None:
    visit_raise(actor=actor, visit_id=visit.pk, raised=Raised(text, category=category))
