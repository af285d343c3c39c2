"""Volunteers, teams and projects as the tests of several apps need them."""

from datetime import date
from typing import Any, Final

from linli.core import clock, search, secrets
from linli.core.bulk import next_ids
from linli.organizations.models import Organization, Person
from linli.territory.models import Place
from linli.volunteering.models import TeamMembership, Volunteer
from linli.volunteering.operations.volunteers import Registration

PHONE: Final = "10012345678"
BORN: Final = date(1980, 5, 17)


def volunteer_made(place: Place, name: str = "尤志愿", person: Person | None = None, **fields: Any) -> Volunteer:
    """A volunteer who lives at a place, written without the operation; `fields` are those of the model."""
    pk = next_ids(Volunteer, 1)[0]
    phone = fields.pop("phone", f"100{pk:08d}")
    number = fields.pop("number", f"VT{pk:06d}")
    someone = person or Person.objects.create(name=name, phone=phone, created=clock.now())
    given: dict[str, Any] = {
        "registered_on": clock.today(),
        "community_id": place.community_id,
        "born": BORN.isoformat(),
        "phone_hash": secrets.match_hash(phone, "phone"),
        "consent": "self",
        "search": search.vector(someone.name, number),
        "recorded": clock.now(),
        "recorder": "system",
        **fields,
    }
    return Volunteer.objects.create(id=pk, number=number, person=someone, place=place, **given)


def team_made(place: Place, name: str = "邻里互助队", **fields: Any) -> Organization:
    """A volunteer team of a place."""
    pk = next_ids(Organization, 1)[0]
    given = {"type": Organization.Type.VOLUNTEER, "state": "active", "path": f"/{pk}/", **fields}
    return Organization.objects.create(id=pk, name=name, place=place, **given)


def member_made(team: Organization, volunteer: Volunteer, state: str = "member", **fields: Any) -> TeamMembership:
    """A membership of a volunteer in a team."""
    days = {"asked_on": clock.today(), "since": clock.today() if state == "member" else None}
    return TeamMembership.objects.create(
        team=team, volunteer=volunteer, place=team.place, state=state, **{**days, **fields}
    )


def form(place: Place, **values: Any) -> Registration:
    """A registration as somebody fills it in."""
    given: dict[str, Any] = {
        "name": "尤志愿",
        "phone": PHONE,
        "born": BORN,
        "consent": True,
        "skills": ["law"],
        **values,
    }
    return Registration(place_id=place.pk, **given)
