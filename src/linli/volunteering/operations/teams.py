"""The only writers of memberships: asked for, answered by who leads the team or its desk, ended; who leads."""

from typing import Final

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from linli.core import clock
from linli.core.actors import Actor
from linli.core.errors import InvalidInput, NotFound, RuleBroken
from linli.organizations.models import Organization
from linli.volunteering.models import TeamMembership, Volunteer
from linli.volunteering.operations.steps import done, owe_answer, owed_no_more
from linli.volunteering.policies import volunteers as policies
from linli.volunteering.workflow import JOIN_OWED, STANDING

MEMBERSHIP: Final = "team_membership"


@transaction.atomic
def membership_ask(*, actor: Actor, team_id: int) -> TeamMembership:
    """Ask to join a team, as a registered volunteer; who leads it, or the desk of its place, owes an answer.

    Raises: not_found, team.ended, volunteer.not_registered, team.twice
    """
    team = _team(team_id)
    own = Volunteer.objects.filter(policies.own_volunteer(actor), state="registered").first()
    if own is None:
        raise RuleBroken("volunteer.not_registered", _("Register as a volunteer first."))
    row = _made(team, own, "asked")
    owe_answer(JOIN_OWED, (MEMBERSHIP, row.pk), team.name, team.place)
    done(actor, "ask", (MEMBERSHIP, row.pk), team.place_id, team=team.pk)
    return row


@transaction.atomic
def membership_add(*, actor: Actor, team_id: int, number: str) -> TeamMembership:
    """Take a volunteer into a team by their number, at the desk of the team's place, as they asked for there.

    Raises: not_found, team.not_yours, team.ended, team.number, team.twice
    """
    team = _team(team_id)
    policies.require_lead(actor, team)
    found = Volunteer.objects.filter(number=number.strip(), state__in=STANDING).first()
    if found is None:
        raise InvalidInput("team.number", _("No registered volunteer has this number."))
    row = _made(team, found, "member")
    done(actor, "add", (MEMBERSHIP, row.pk), team.place_id, team=team.pk)
    return row


def _team(team_id: int) -> Organization:
    """A team that has not ended. Raises: not_found, team.ended"""
    rows = Organization.objects.filter(type=Organization.Type.VOLUNTEER, pk=team_id)
    team = rows.select_related("place__county", "place__street", "place__community").first()
    if team is None:
        raise NotFound
    if team.until is not None:
        raise RuleBroken("team.ended", _("This team has ended."))
    return team


def _made(team: Organization, volunteer: Volunteer, state: str) -> TeamMembership:
    """A new membership. Raises: team.twice"""
    today = clock.today()
    row = TeamMembership(team=team, volunteer=volunteer, place_id=team.place_id, state=state, asked_on=today)
    row.since = today if state == "member" else None
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError as error:
        if "team_membership_once" not in str(error):
            raise
        raise RuleBroken("team.twice", _("This volunteer asked for the team or belongs to it already.")) from error
    return row


@transaction.atomic
def membership_accept(*, actor: Actor, membership_id: int) -> TeamMembership:
    """Take in who asked. Nobody takes in themselves. Raises: not_found, team.not_yours, team.state, team.own"""
    row = _led(actor, membership_id, "asked")
    if row.volunteer.person_id == actor.person_id:
        raise RuleBroken("team.own", _("Somebody else answers for you."))
    row.state, row.since = "member", clock.today()
    return _answered(actor, "accept", row)


@transaction.atomic
def membership_decline(*, actor: Actor, membership_id: int) -> TeamMembership:
    """Do not take in who asked; they may ask again. Raises: not_found, team.not_yours, team.state"""
    row = _led(actor, membership_id, "asked")
    row.state = "declined"
    return _answered(actor, "decline", row)


@transaction.atomic
def membership_leave(*, actor: Actor, membership_id: int) -> TeamMembership:
    """End a membership or take a request back: one's own, or by who leads the team.

    Raises: not_found, team.not_yours, team.state
    """
    row = _locked(actor, membership_id)
    if row.volunteer.person_id != actor.person_id:
        policies.require_lead(actor, row.team)
    _require(row, "asked", "member")
    row.until = clock.today() if row.state == "member" else None
    row.state, row.lead = "left", False
    return _answered(actor, "leave", row)


@transaction.atomic
def membership_lead(*, actor: Actor, membership_id: int, lead: bool) -> TeamMembership:
    """Name a member as one who leads the team, or no longer: the desk of its place does.

    Raises: not_found, volunteer.not_yours, team.state
    """
    row = _locked(actor, membership_id)
    policies.require_keep(actor, row.team.place)
    _require(row, "member")
    row.lead = lead
    return _saved(actor, "lead", row, lead=lead)


def _led(actor: Actor, membership_id: int, state: str) -> TeamMembership:
    row = _locked(actor, membership_id)
    policies.require_lead(actor, row.team)
    _require(row, state)
    return row


def _locked(actor: Actor, membership_id: int) -> TeamMembership:
    """A membership that one sees, locked. Raises: not_found"""
    seen = policies.memberships_visible_to(actor) | Q(team_id__in=actor.organization_ids)
    rows = TeamMembership.objects.select_for_update(of=("self",)).select_related("team__place", "volunteer")
    row = rows.filter(seen, pk=membership_id).defer("volunteer__search").first()
    if row is None:
        raise NotFound
    return row


def _require(row: TeamMembership, *states: str) -> None:
    if row.state not in states:
        raise RuleBroken("team.state", _("This has been settled already."))


def _answered(actor: Actor, verb: str, row: TeamMembership) -> TeamMembership:
    owed_no_more(JOIN_OWED, (MEMBERSHIP, row.pk))
    return _saved(actor, verb, row)


def _saved(actor: Actor, verb: str, row: TeamMembership, **facts: bool) -> TeamMembership:
    row.version += 1
    row.save()
    done(actor, verb, (MEMBERSHIP, row.pk), row.place_id, team=row.team_id, **facts)
    return row
