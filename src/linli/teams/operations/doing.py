"""What goes on in a team: who joins and leaves, who leads, results, calls and their answers, matters taken on."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from linli.cases.models import Case
from linli.cases.policies import cases_visible_to
from linli.core import clock
from linli.core.actors import Actor
from linli.core.errors import InvalidInput, NotAllowed, NotFound, RuleBroken
from linli.core.words import said
from linli.organizations.models import Organization
from linli.teams.models import LONGEST, LONGEST_NAME, CallAnswer, TaskTeam, TeamCall, TeamMatter, TeamMember, TeamResult
from linli.teams.operations.teams import capacity_in, done, locked, running, saved, tell
from linli.teams.queries import roster
from linli.teams.workflow import CALLED, NAMED, TEAM

LONGEST_VENUE: Final = 100
MOST_MEMBERS: Final = 200
MOST_CALLS: Final = 20
MOST_NUMBER: Final = 1_000_000


@dataclass(frozen=True, slots=True)
class Joining:
    """Who joins: people of the roster, or somebody by a name only; in a capacity, else in that of their posts."""

    people: Sequence[int] = ()
    name: str = ""
    capacity: str = ""


@transaction.atomic
def team_join(*, actor: Actor, team_id: int, joining: Joining) -> TaskTeam:
    """Add people of the roster to a team, or somebody of whom only a name is needed.

    Raises: not_found, team.not_yours, team.state, team.nobody, team.capacity, team.member_name, team.member_twice,
    team.full
    """
    team = running(actor, team_id, "join")
    known = roster(actor, team.place, people=joining.people)
    new = []
    for pk in dict.fromkeys(joining.people):
        if pk not in known:
            raise NotFound
        capacity = capacity_in(joining.capacity or known[pk].capacity)
        new.append(TeamMember(team=team, person_id=pk, capacity=capacity, since=clock.today()))
    if joining.name.strip():
        name = said(joining.name, LONGEST_NAME, "team.member_name")
        new.append(TeamMember(team=team, name=name, capacity=capacity_in(joining.capacity), since=clock.today()))
    if not new:
        raise InvalidInput("team.nobody", _("Choose somebody, or write a name."))
    held = set(team.members.filter(until=None).values_list("person_id", "name"))
    if any((member.person_id, member.name) in held for member in new):
        message = _("They are in the team already. Tell namesakes apart by a word after the name.")
        raise RuleBroken("team.member_twice", message)
    if len(held) + len(new) > MOST_MEMBERS:
        raise RuleBroken("team.full", _("A team has at most %(most)s members; form a second one."), most=MOST_MEMBERS)
    TeamMember.objects.bulk_create(new)
    _count(team)
    tell(actor, [member.person_id for member in new if member.person_id], NAMED, team, task=team.task)
    done(actor, "join", team, members=len(new))
    return team


@transaction.atomic
def team_leave(*, actor: Actor, team_id: int, member_id: int) -> TaskTeam:
    """Let a member leave; a name that was only a name is forgotten.

    Raises: not_found, team.not_yours, team.state, team.lead_leaves
    """
    team = running(actor, team_id, "leave")
    member = _member(team, member_id)
    if member.person_id == team.lead_id:
        raise RuleBroken("team.lead_leaves", _("A team is never without a lead: name another lead first."))
    member.name, member.until = "", clock.today()
    member.save()
    _count(team)
    done(actor, "leave", team, member=member.pk)
    return team


@transaction.atomic
def team_lead(*, actor: Actor, team_id: int, member_id: int) -> TaskTeam:
    """Name another member of the team its lead. Raises: not_found, team.not_yours, team.state, team.lead"""
    team = running(actor, team_id, "lead")
    member = _member(team, member_id)
    if member.person_id is None:
        raise InvalidInput("team.lead", _("A team has a lead: choose somebody who holds a post here."))
    team.lead_id = member.person_id
    tell(actor, [member.person_id], NAMED, team, task=team.task)
    return saved(actor, "lead", team, member=member.pk)


@transaction.atomic
def team_log(*, actor: Actor, team_id: int, on: date, what: str, number: int | None = None) -> TeamResult:
    """Write down what the team did on a day, with a number where there is one.

    Raises: not_found, team.not_yours, team.state, team.result, team.result_day, team.number
    """
    team = running(actor, team_id, "log")
    if not team.begins_on <= on <= clock.today():
        raise InvalidInput("team.result_day", _("Give a day since the team began, until today."))
    if number is not None and not 0 <= number <= MOST_NUMBER:
        raise InvalidInput("team.number", _("Give a whole number, or none."))
    written = {"written": clock.now(), "written_by": actor.key}
    row = TeamResult.objects.create(team=team, on=on, what=said(what, LONGEST, "team.result"), number=number, **written)
    done(actor, "log", team, result=row.pk)
    return row


@transaction.atomic
def team_call(*, actor: Actor, team_id: int, what: str, venue: str, at: datetime) -> TeamCall:
    """Call the members for something; those with an account find it in their inbox, and nobody has to answer (PPL-22).

    Raises: not_found, team.not_yours, team.state, team.call_what, team.call_venue, team.call_past, team.calls
    """
    team = running(actor, team_id, "call")
    if at <= clock.now():
        raise InvalidInput("team.call_past", _("Its time is over."))
    if team.calls.filter(at__gt=clock.now()).count() >= MOST_CALLS:
        raise RuleBroken("team.calls", _("Very many calls lie ahead already."))
    call = TeamCall(team=team, at=at, made=clock.now(), made_by=actor.key)
    call.what, call.venue = said(what, LONGEST, "team.call_what"), said(venue, LONGEST_VENUE, "team.call_venue")
    call.save()
    people = team.members.filter(until=None, person__isnull=False).values_list("person_id", flat=True)
    moment = f"{at.astimezone(clock.SHANGHAI):%Y-%m-%d %H:%M}"
    tell(actor, [pk for pk in people if pk], CALLED, team, what=call.what, at=moment, venue=call.venue)
    done(actor, "call", team, call=call.pk)
    return call


@transaction.atomic
def call_answer(*, actor: Actor, team_id: int, call_id: int, coming: bool) -> CallAnswer:
    """Say whether one comes; until the call's time one may say otherwise.

    Raises: not_found, team.state, team.not_member, team.call_past
    """
    team = locked(actor, team_id)
    call = team.calls.filter(pk=call_id).first()
    if call is None:
        raise NotFound
    TEAM.step(team.state, "answer")
    member = team.members.filter(person_id=actor.person_id or 0, until=None).first()
    if member is None:
        raise NotAllowed("team.not_member", _("Only members answer a call."))
    if call.at <= clock.now():
        raise RuleBroken("team.call_past", _("Its time is over."))
    row, _made = CallAnswer.objects.update_or_create(call=call, member=member, defaults={"coming": coming})
    done(actor, "answer", team, call=call.pk)
    return row


@transaction.atomic
def team_link(*, actor: Actor, team_id: int, number: str) -> TeamMatter:
    """Let a team work on a matter that one sees, beside whoever handles it.

    Raises: not_found, team.not_yours, team.state, team.matter, team.matter_twice
    """
    team = running(actor, team_id, "link")
    case = Case.objects.filter(cases_visible_to(actor), number=number.strip() or "-").first()
    if case is None:
        raise InvalidInput("team.matter", _("No matter with this number is here. Please check the number."))
    if team.matters.filter(case=case).exists():
        raise RuleBroken("team.matter_twice", _("The team works on this matter already."))
    row = TeamMatter.objects.create(team=team, case=case, since=clock.today())
    done(actor, "link", team, case=case.pk)
    return row


@transaction.atomic
def team_unlink(*, actor: Actor, team_id: int, case_id: int) -> TaskTeam:
    """Take a matter off the team again. Raises: not_found, team.not_yours, team.state"""
    team = running(actor, team_id, "unlink")
    rows = team.matters.filter(case_id=case_id, case__in=Case.objects.filter(cases_visible_to(actor)))
    if not rows.delete()[0]:
        raise NotFound
    done(actor, "unlink", team, case=case_id)
    return team


def _member(team: TaskTeam, member_id: int) -> TeamMember:
    member = team.members.filter(pk=member_id, until=None).first()
    if member is None:
        raise NotFound
    return member


def _count(team: TaskTeam) -> None:
    """Let the roster know how many belong to a team."""
    many = team.members.filter(until=None).count()
    Organization.objects.filter(pk=team.organization_id).update(members=many)
