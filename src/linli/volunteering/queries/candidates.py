"""Volunteers as the domains above ask for them: who might help near a place, who somebody is, who leads what."""

from collections.abc import Iterable
from datetime import date
from typing import Final

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import BooleanField, Exists, ExpressionWrapper, OuterRef, Q, QuerySet

from linli.core.actors import Actor
from linli.organizations.models import Organization, Person
from linli.territory.models import Place
from linli.volunteering.models import TeamMembership, Volunteer
from linli.volunteering.policies import volunteers as policies
from linli.volunteering.workflow import STANDING

REGISTERED: Final = "serving_member__registrations"


def candidates(place: Place) -> QuerySet[Volunteer]:
    """The registered volunteers who live in the street of a place, else in its subtree.

    Each knows `same_community`, `same_grid` (at the place itself or in its grid), `reported_in` and `team_ids`.
    """
    where = Q(place__street_id=place.street_id) if place.street_id else Q(place__path__startswith=place.path)
    here = Q(place_id__in=[place.pk, *([place.upper_id] if place.upper_id else [])])
    if place.type == Place.Type.DIVISION:
        here = Q(place_id__in=[])
    reports = members().filter(pk=OuterRef("person_id"))
    teams = TeamMembership.objects.filter(volunteer_id=OuterRef("pk"), state="member").values("team_id")
    return Volunteer.objects.filter(where, state="registered").annotate(
        same_community=_flag(Q(community_id=place.community_id or 0, community_id__isnull=False)),
        same_grid=_flag(here),
        reported_in=Exists(reports),
        team_ids=ArraySubquery(teams),
    )


def _flag(condition: Q) -> "ExpressionWrapper[Q]":
    return ExpressionWrapper(condition, output_field=BooleanField())


def volunteer_of(person_id: int | None) -> Volunteer | None:
    """The registration of a person that has not ended, if there is one."""
    return volunteers_of([person_id]).get(person_id) if person_id else None


def volunteers_of(person_ids: Iterable[int]) -> dict[int, Volunteer]:
    """The registrations that have not ended, by person."""
    rows = Volunteer.objects.filter(person_id__in=list(person_ids), state__in=STANDING)
    return {row.person_id: row for row in rows.select_related("person", "place").defer("search")}


def teams_of(volunteer_id: int) -> list[Organization]:
    """The teams to which a volunteer belongs now."""
    rows = TeamMembership.objects.filter(volunteer_id=volunteer_id, state="member").order_by("pk")
    return [row.team for row in rows.select_related("team__place")]


def leads_team(actor: Actor, team_id: int) -> bool:
    """Whether somebody leads a team: as its lead, or by a post in it."""
    return policies.leads_team(actor, team_id)


def is_member(person_id: int | None, team_id: int) -> bool:
    """Whether a person belongs to a team now."""
    rows = TeamMembership.objects.filter(team_id=team_id, volunteer__person_id=person_id or 0, state="member")
    return rows.exists()


def members(place: Place | None = None) -> QuerySet[Person]:
    """The people who registered as members with the community of a place, or anywhere.

    The one register of members stands on the floor above; here it is read from their side, as what a person is.
    """
    there = {f"{REGISTERED}__place_id": place.community_id or place.pk} if place else {}
    return Person.objects.filter(**{f"{REGISTERED}__isnull": False, f"{REGISTERED}__until": None}, **there)


def registered_as_member(person_id: int) -> tuple[str, date] | None:
    """With which community a person is registered as a member, and since when."""
    found = members().filter(pk=person_id).values_list(f"{REGISTERED}__place__name", f"{REGISTERED}__since")
    return found.first()


def age_on(volunteer: Volunteer, day: date) -> int | None:
    """The age in years on a day; None where the day of birth was not said."""
    return years(volunteer.birth_date, day)


def years(born: date | None, day: date) -> int | None:
    """Full years from a day of birth to another day."""
    return None if born is None else day.year - born.year - ((day.month, day.day) < (born.month, born.day))
