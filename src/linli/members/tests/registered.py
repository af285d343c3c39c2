"""Members who are registered, serve and are paired, for the tests."""

from datetime import date, timedelta
from typing import Any, Final

from linli.accounts.neighbourhood import Cast
from linli.core import clock
from linli.core.actors import SYSTEM
from linli.members.models import DualRegistration, Member, Pairing, ResponsibilityPost, TurnOut
from linli.members.operations.counting import Counted, participation_count_record
from linli.members.operations.pairing import Answered, pairing_record
from linli.members.operations.posts import Assigned, responsibility_open
from linli.members.operations.registering import Joining, member_register, unit_register
from linli.members.operations.rounds import Opening, membership_round_open
from linli.members.operations.turning_out import Told, turn_out_tell
from linli.organizations.models import Person
from linli.territory.models import Place

HOUSEHOLD: Final = "HH-7F3K"
DAY: Final = timedelta(days=1)


def joining(cast: Cast, place: str = "community", **more: Any) -> Joining:
    """What a member says who works at the department."""
    given: dict[str, Any] = {"name": "韩在职", "organization_id": cast.bodies["department"].pk, "consent": True, **more}
    return Joining(place_id=cast.places[place].pk, **given)


def registered(cast: Cast, place: str = "community", **more: Any) -> Member:
    """A member whom the desk registered."""
    row = member_register(actor=SYSTEM, form=joining(cast, place, **more), on_paper=True)
    assert row.member is not None
    return row.member


def own(cast: Cast) -> Member:
    """The resident of the cast, who registered on the phone."""
    form = joining(cast, name="朱居民", phone="10055556666")
    row = member_register(actor=cast.resident, form=form)
    assert row.member is not None
    return row.member


def member_of(person: Person, place: Place) -> Member:
    """Somebody who is registered as a member with a community."""
    given = {"place": place, "since": clock.today()}
    member = Member.objects.create(person=person, name=person.name, recorded=clock.now(), recorder="someone", **given)
    DualRegistration.objects.create(kind="member", member=member, **given)
    return member


def told(actor: Any, member: Member, on: date | None = None, **more: Any) -> TurnOut:
    """A turn-out of today."""
    given = Told(on or clock.today(), **{"kind": "cleaning", **more})
    return turn_out_tell(actor=actor, member_id=member.pk, told=given)


def paired(cast: Cast, member: Member, household: str = HOUSEHOLD) -> Pairing:
    """A pairing to which a household consented."""
    answered = Answered(consents=True, on=clock.today(), household=household)
    return pairing_record(actor=cast.secretary, member_id=member.pk, answered=answered)


def post_set_up(cast: Cast, place: str = "community", **more: Any) -> ResponsibilityPost:
    """A responsibility area."""
    given: dict[str, Any] = {"type": "area", "title": "1号楼责任区", "name": "韩在职", "since": clock.today(), **more}
    return responsibility_open(actor=SYSTEM, assigned=Assigned(place_id=cast.places[place].pk, **given))


def members_made(cast: Cast) -> None:
    """Members here and in the other place with a turn-out and a pairing, for the tests over every route."""
    for place, body in (("community", "department"), ("far_community", "other_department")):
        member = registered(cast, place, organization_id=cast.bodies[body].pk)
        told(SYSTEM, member)
        row = TurnOut.objects.get(member=member)
        TurnOut.objects.create(
            member=member, place=row.place, on=row.on, kind="elders", recorded=row.recorded, recorder="someone"
        )
        Pairing.objects.create(
            member=member, place=row.place, since=row.on, household=f"{HOUSEHOLD}-{place}", consented_on=row.on
        )
        post_set_up(cast, place)
        unit_register(actor=SYSTEM, organization_id=cast.bodies[body].pk, place_id=cast.places[place].pk)
        membership_round_open(actor=SYSTEM, opening=Opening(cast.places[place].pk, clock.today().year, 5))
        counts = Counted(cast.places[place].pk, clock.today(), {"resident": 30, "mobile": 4})
        participation_count_record(actor=SYSTEM, counted=counts)
