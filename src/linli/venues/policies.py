"""Who keeps venues, who books rooms, who decides on uses. One rule gives the filter and the check.

Names, hours and rooms of venues are public; who booked one is known to whoever booked it and to those who keep the
venue. Residents book with an account, bodies by their own people; the desk writes down for whoever comes or calls.
"""

from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from linli.core import clock
from linli.core.actors import Actor
from linli.core.errors import NotAllowed, RuleBroken
from linli.organizations.policies import lends_for
from linli.territory.models import Facility, Place
from linli.territory.policies import may_view
from linli.venues.models import Room, RoomBooking, UsePlan, VenueWork
from linli.venues.workflow import DECIDE, HOLDING, KEEP, PLAN, SEES, WORKS


def held_now(prefix: str = "") -> Q:
    """Facilities that are there: not ended, in use or nothing else said."""
    there = Q(**{f"{prefix}until": None}) | Q(**{f"{prefix}until__gt": clock.today()})
    return there & ~Q(**{f"{prefix}state__in": ("closed", "under_construction")})


def venues_visible_to(actor: Actor) -> Q:
    """The facilities that somebody keeps, decides on, or reads figures of."""
    if actor.key == "system":
        return Q()
    seen = Q(pk__in=[])
    for ability in SEES:
        seen |= actor.places(ability)
    return seen


def public_venues() -> Q:
    """What everybody sees: facilities whose hours are posted."""
    return held_now() & Q(opening__isnull=False)


def public_rooms() -> Q:
    """The rooms of these that can be booked."""
    venue = held_now("facility__") & Q(facility__opening__isnull=False)
    return venue & Q(until=None) & ~Q(booked_by="") & ~Q(use="idle")


def rooms_visible_to(actor: Actor) -> Q:
    """Rooms are seen by whoever sees the territory, as facilities are."""
    return Q() if may_view(actor) else Q(pk__in=[])


def kept(actor: Actor, prefix: str) -> Q:
    """The rows of facilities that somebody keeps; `prefix` leads from the row to the place."""
    return Q() if actor.key == "system" else actor.places(KEEP, prefix=prefix)


def things_visible_to(actor: Actor) -> Q:
    """Supplies and what is to be cleared, of the facilities that somebody keeps."""
    return kept(actor, "facility__place__")


def works_visible_to(actor: Actor) -> Q:
    """Works at the venues that somebody sees."""
    return Q(facility__in=Facility.objects.filter(venues_visible_to(actor)))


def plans_visible_to(actor: Actor) -> Q:
    """Uses of rooms that somebody keeps or decides on."""
    decided = Q() if actor.key == "system" else actor.places(DECIDE, prefix="room__facility__place__")
    return kept(actor, "room__facility__place__") | decided


def own_bookings(actor: Actor) -> Q:
    """What somebody booked with their account, and what their bodies have booked."""
    own = Q(user_id=actor.user_id) if actor.user_id else Q(pk__in=[])
    return own | Q(organization_id__in=lends_for(actor))


def kept_bookings(actor: Actor) -> Q:
    """The bookings of the venues that somebody keeps."""
    return kept(actor, "room__facility__place__")


def bookings_visible_to(actor: Actor) -> Q:
    """One's own bookings, and those of the venues that one keeps."""
    return own_bookings(actor) | kept_bookings(actor)


def may_keep(actor: Actor, place: Place) -> bool:
    """Whether somebody keeps the venues of a place."""
    return actor.key == "system" or actor.reaches(KEEP, path=place.path, grid_path=place.grid_path)


def may_decide(actor: Actor, plan: UsePlan) -> bool:
    """Whether somebody decides on a use: not on one that they proposed themselves."""
    place = plan.room.facility.place
    return actor.key == "system" or (plan.proposed_by != actor.key and actor.reaches(DECIDE, path=place.path))


def may_book(actor: Actor, room: Room, organization_id: int | None) -> bool:
    """Whether somebody books a room, for themselves or for a body."""
    if may_keep(actor, room.facility.place):
        return True
    if organization_id is not None:
        return organization_id in lends_for(actor)
    return actor.user_id is not None and room.booked_by == "residents"


def is_own(actor: Actor, row: RoomBooking) -> bool:
    """Whether somebody booked this, or acts for the body that did."""
    own = row.user_id is not None and row.user_id == actor.user_id
    return own or (row.organization_id is not None and row.organization_id in lends_for(actor))


def verbs_of(actor: Actor, row: RoomBooking) -> list[str]:
    """What the actor may do now with a booking."""
    keeps = may_keep(actor, row.room.facility.place)
    if row.state not in HOLDING or row.ends <= clock.now() or not (keeps or is_own(actor, row)):
        return []
    confirm = ["confirm"] if row.state == "held" and row.expires and row.expires > clock.now() else []
    return [*confirm, *(["return"] if is_own(actor, row) else ["cancel"])]


def plan_verbs(actor: Actor, plan: UsePlan) -> list[str]:
    """What the actor may do now with a planned use."""
    able = {"begin", "end"} if may_keep(actor, plan.room.facility.place) else set()
    able |= {"approve", "refuse"} if may_decide(actor, plan) else set()
    return [item.verb for item in PLAN.moves if plan.state in item.frm and item.verb in able]


def work_verbs(actor: Actor, row: VenueWork) -> list[str]:
    """What the actor may do now with works."""
    if not may_keep(actor, row.facility.place):
        return []
    return [item.verb for item in WORKS.moves if row.state in item.frm]


def require_keep(actor: Actor, facility: Facility) -> None:
    """Refuse who may not change this venue. Raises: venue.not_yours"""
    if not may_keep(actor, facility.place):
        raise NotAllowed("venue.not_yours", _("Your posts do not let you keep this venue."))


def require_decide(actor: Actor, plan: UsePlan) -> None:
    """Refuse who may not decide. Raises: use_plan.own, venue.not_yours"""
    if may_decide(actor, plan):
        return
    if plan.proposed_by == actor.key and actor.reaches(DECIDE, path=plan.room.facility.place.path):
        raise RuleBroken("use_plan.own", _("Somebody else decides on a use than who proposed it."))
    raise NotAllowed("venue.not_yours", _("Your posts do not let you keep this venue."))


def require_book(actor: Actor, room: Room, organization_id: int | None) -> None:
    """Refuse who may not book this room. Raises: room_booking.not_yours"""
    if may_book(actor, room, organization_id):
        return
    if room.booked_by == "bodies":
        raise NotAllowed("room_booking.not_yours", _("Only bodies book this room; ask the house."))
    raise NotAllowed("room_booking.not_yours", _("Sign in to book, or call the house: they write it down for you."))


def communities() -> Q:
    """The communities that are there."""
    return Q(placeholder=False, until=None, community_id=F("pk"))


def room_amendable(actor: Actor, room: Room) -> bool:
    """Whether the actor may change what the profile adds to a room."""
    return room.until is None and may_keep(actor, room.facility.place)


def thing_amendable(actor: Actor, row: object) -> bool:
    """Whether the actor may change what the profile adds to a supply, to what is to be cleared, or to works."""
    facility = getattr(row, "facility", None)
    return isinstance(facility, Facility) and may_keep(actor, facility.place)


def booking_amendable(actor: Actor, row: RoomBooking) -> bool:
    """Whether the actor may change what the profile adds to a booking."""
    return may_keep(actor, row.room.facility.place)


def plan_amendable(actor: Actor, plan: UsePlan) -> bool:
    """Whether the actor may change what the profile adds to a planned use."""
    return may_keep(actor, plan.room.facility.place)
