"""Volunteers, teams and projects as the tests of several apps need them."""

from datetime import date
from typing import Any, Final

from linli.accounts.neighbourhood import Cast
from linli.core import clock, search, secrets
from linli.core.bulk import next_ids
from linli.organizations.models import Organization, Person
from linli.territory.models import Place
from linli.volunteering.models import (
    PostAssignment,
    ProjectClaim,
    ServiceProject,
    TeamMembership,
    Volunteer,
    VolunteerPost,
)
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


def volunteering_made(cast: Cast) -> None:
    """Volunteers, a team, projects and posts here and in the other place, for the tests over every route."""
    for name in ("community", "far_community"):
        place = cast.places[name]
        team = team_made(place, f"{place.name}互助队")
        people = [volunteer_made(place, f"尤{at}") for at in range(3)]
        member_made(team, people[0], lead=True)
        member_made(team, people[1], state="asked")
        today = clock.today()
        micro = ServiceProject.objects.create(
            number=f"P-{name}", kind="micro", name="书架", place=place, stage="claimed", proposed_on=today
        )
        ProjectClaim.objects.create(project=micro, place=place, volunteer=people[0], lead=True, claimed_on=today)
        ServiceProject.objects.create(
            number=f"I-{name}", kind="incubated", name="巷理事", place=place, team=team, stage="idea", proposed_on=today
        )
        post = VolunteerPost.objects.create(number=f"G-{name}", name="学堂", place=place, seats=2, since=today)
        PostAssignment.objects.create(post=post, volunteer=people[0], asked_on=today)
        Organization.objects.create(
            type=Organization.Type.SOCIAL, name=f"{place.name}书画社", place=place, path=f"/{people[0].pk}/"
        )
    volunteer_made(cast.places["community"], "尤空闲", number="VT-FREE")
