"""The only writers of elections: called, candidates added and taken off, the result with its posts, members who leave.

Members hold posts of the body: who is elected is appointed, who leaves hands over, as with every other post.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from linli.cases.operations.owing import settle
from linli.core import clock, journal
from linli.core.actors import Actor
from linli.core.calendar import add_months
from linli.core.errors import InvalidInput, NotFound, RuleBroken
from linli.core.words import said
from linli.deliberation import bodies_section
from linli.deliberation.models import BodyCandidate, BodyElection, BodyFounding
from linli.deliberation.operations.bodies import LONGEST, done, locked, owe_filing, saved, seen, term_of
from linli.deliberation.operations.body_evidence import Evidence, decide
from linli.deliberation.policies import bodies as policies
from linli.deliberation.queries.deciding import members_of
from linli.deliberation.workflow.bodies import (
    ELECT_OWED,
    ELECTION,
    ELECTION_SUBJECT,
    ELECTIONS,
    FOUNDING,
    ROLES,
    SUBJECT,
)
from linli.organizations.models import Post
from linli.organizations.operations.people import Named
from linli.organizations.operations.posts import Appointment, post_appoint, post_end
from linli.organizations.policies import held_on

LONGEST_NAME: Final = 60
MOST_CANDIDATES: Final = 60


@dataclass(frozen=True, slots=True)
class Result:
    """What an election came to: how it was decided, who was elected, and the first day of the term."""

    evidence: Evidence
    elected: Collection[int]
    since: date | None = None


@transaction.atomic
def body_call(*, actor: Actor, founding_id: int, kind: str = "term") -> BodyElection:
    """Call an election of a registered body, for its next term or for seats that fell free; one at a time.

    Raises: not_found, body.not_yours, body_founding.state, body.election_kind, body.open_election, body.no_term
    """
    row = locked(actor, founding_id)
    FOUNDING.step(row.state, "call")
    if kind not in dict(ELECTIONS):
        raise InvalidInput("body.election_kind", _("Say whether it is for a new term or for seats that fell free."))
    if row.elections.filter(state="called").exists():
        raise RuleBroken("body.open_election", _("An election of this body is open already."))
    if kind == "by" and row.term not in ("running", "ending"):
        raise RuleBroken("body.no_term", _("No term is running; call an election for a new term."))
    term = row.terms + (kind == "term")
    election = BodyElection.objects.create(founding=row, place=row.place, kind=kind, term=term, called_on=clock.today())
    done(actor, "call", row, election=election.pk, kind=kind)
    return election


@transaction.atomic
def candidate_add(
    *,
    actor: Actor,
    election_id: int,
    role: str,
    name: str = "",
    consent: bool = False,
    serving: int | None = None,
    other: bool = False,
) -> BodyCandidate:
    """Put somebody who agreed to stand on the list; `consent` is to their name being public if they are elected.

    `serving` is the post of a member who stands again: the same person, whatever the roster calls them meanwhile. A
    name that one serving member bears means that member, unless `other` says that it is somebody else.
    Raises: not_found, body.not_yours, body_election.state, body.candidate, body.role, body.again, body.who,
    body.candidate_twice, body.candidates
    """
    row, election = _locked(actor, election_id)
    ELECTION.step(election.state, "nominate")
    if role not in dict(ROLES):
        raise InvalidInput("body.role", _("Choose the role for which somebody stands."))
    person, wanted = _who(row, name, serving, other)
    if person is not None and not bodies_section.rules_of(row.kind).again:
        raise RuleBroken("body.again", _("Members of this kind of body do not serve two terms one after the other."))
    if election.candidates.count() >= MOST_CANDIDATES:
        raise RuleBroken("body.candidates", _("At most %(most)s candidates."), most=MOST_CANDIDATES)
    try:
        with transaction.atomic():
            values = {"name": wanted, "role": role, "consent": consent, "person_id": person}
            found = BodyCandidate.objects.create(election=election, **values)
    except IntegrityError as error:
        if "body_candidate" not in str(error):
            raise
        raise RuleBroken("body.candidate_twice", _("This candidate stands already.")) from error
    _done(actor, "nominate", election, candidate=found.pk)
    return found


def _who(row: BodyFounding, name: str, serving: int | None, other: bool) -> tuple[int | None, str]:
    """The person who serves and stands again, if it is one, and the name. Raises: body.who, body.candidate"""
    held = {post.pk: post for post in members_of(row) if post.person}
    if serving:
        post = held.get(serving)
        if post is None or post.person is None:
            raise InvalidInput("body.who", _("Choose one of the members who serve now."))
        return post.person_id, post.person.name
    wanted = said(" ".join(name.split()), LONGEST_NAME, "body.candidate")
    alike = {post.person_id for post in held.values() if post.person and post.person.name == wanted}
    if other or not alike:
        return None, wanted
    if len(alike) > 1:
        raise InvalidInput("body.who", _("Several members are called so; choose which of them stands again."))
    return alike.pop(), wanted


@transaction.atomic
def candidate_strike(*, actor: Actor, candidate_id: int) -> BodyElection:
    """Take somebody off the list who no longer stands. Raises: not_found, body.not_yours, body_election.state"""
    found = BodyCandidate.objects.filter(pk=candidate_id).values_list("election_id", flat=True).first()
    if found is None:
        raise NotFound
    _row, election = _locked(actor, found)
    ELECTION.step(election.state, "strike")
    if not election.candidates.filter(pk=candidate_id).delete()[0]:
        raise NotFound
    _done(actor, "strike", election, candidate=candidate_id)
    return election


@transaction.atomic
def election_void(*, actor: Actor, election_id: int, reason: str) -> BodyElection:
    """Declare an election void, with a reason; who stood is forgotten.

    Raises: not_found, body.not_yours, body_election.state, body.reason
    """
    _row, election = _locked(actor, election_id)
    election.state = ELECTION.step(election.state, "void")
    election.reason = said(reason, LONGEST, "body.reason")
    election.stood = election.candidates.count()
    election.candidates.all().delete()
    _saved(actor, "void", election, reason=election.reason)
    return election


@transaction.atomic
def election_hold(*, actor: Actor, election_id: int, result: Result) -> BodyElection:
    """Record whom residents elected: each gets a post until the term ends; the posts of the term before end.

    Raises: not_found, body.not_yours_to_register, body_election.state, body.elected, body.seats, body.head,
    body.since, body.*, post.*
    """
    row, election = _locked(actor, election_id)
    policies.require_register(actor, row.place)
    election.state = ELECTION.step(election.state, "elect")
    chosen = list(election.candidates.filter(pk__in=result.elected).order_by("pk"))
    if not chosen or len(chosen) != len(set(result.elected)):
        raise InvalidInput("body.elected", _("Say who of the candidates was elected."))
    decide(election, result.evidence, owners=bodies_section.rules_of(row.kind).owners)
    since = result.since or election.decided_on
    assert since is not None, "what was decided has a day"
    _require_day(row, election, since)
    _require_seats(row, election, chosen)
    if election.kind == "term":
        _new_term(actor, row, election, since)
    for candidate in chosen:
        candidate.post = _appoint(actor, row, candidate, since)
        candidate.save(update_fields=["post"])
    election.stood, election.elected = election.candidates.count(), len(chosen)
    # Who stood and was not elected is nobody's business any more.
    election.candidates.filter(post=None).delete()
    _saved(actor, "elect", election, elected=election.elected, way=election.decided_by)
    saved(actor, "elect", row, term=election.term, elected=election.elected)
    return election


def _require_day(row: BodyFounding, election: BodyElection, since: date) -> None:
    """A term begins once it was decided, and after the one before began."""
    assert election.decided_on is not None, "what was decided has a day"
    earliest = max(election.decided_on, row.since or election.decided_on)
    if not earliest <= since <= clock.today():
        message = _("The first day lies between the decision and today, and after the first day of the term before.")
        raise InvalidInput("body.since", message)


def _require_seats(row: BodyFounding, election: BodyElection, chosen: list[BodyCandidate]) -> None:
    rules, whole = bodies_section.rules_of(row.kind), election.kind == "term"
    members = len(chosen) + (0 if whole else _held(row).count())
    if members > rules.most or (whole and members < rules.least):
        message = _("A body of this kind has %(least)s to %(most)s members.")
        raise RuleBroken("body.seats", message, least=rules.least, most=rules.most)
    heads = sum(item.role == "head" for item in chosen)
    if heads > 1 or (whole and heads != 1):
        raise RuleBroken("body.head", _("One of those elected is the director."))


def _new_term(actor: Actor, row: BodyFounding, election: BodyElection, since: date) -> None:
    rules = bodies_section.rules_of(row.kind)
    for post in _held(row, since):
        post_end(actor=actor, post_id=post.pk, on=max(since, post.since or since), reason=str(_("a new term")))
    row.terms, row.since, row.until = election.term, since, add_months(since, 12 * rules.term_years)
    row.term = term_of(row.until)
    settle(ELECT_OWED, (SUBJECT, row.pk))
    if rules.filed and election.decided_on is not None:
        row.file_by = election.decided_on + timedelta(days=bodies_section.section().file_days)
        row.filed_on, row.filed_number = None, ""
        owe_filing(row, row.file_by)


def _appoint(actor: Actor, row: BodyFounding, candidate: BodyCandidate, since: date) -> Post:
    rules = bodies_section.rules_of(row.kind)
    appointment = Appointment(
        kind=rules.post_of(candidate.role),
        place_id=row.place_id,
        person_id=candidate.person_id,
        named=Named(candidate.name),
        organization_id=row.organization_id,
        since=since,
        until=row.until,
        title=rules.title_of(candidate.role),
        consent=candidate.consent,
    )
    return post_appoint(actor=actor, appointment=appointment)


@transaction.atomic
def member_leave(*, actor: Actor, founding_id: int, post_id: int, reason: str) -> BodyFounding:
    """Record that a member resigned or was removed; the seat falls free for a by-election.

    Raises: not_found, body.not_yours_to_register, body_founding.state, body.reason, post.*
    """
    row = seen(actor, founding_id)
    policies.require_register(actor, row.place)
    FOUNDING.step(row.state, "leave")
    why = said(reason, 200, "body.reason")
    if not _held(row).filter(pk=post_id).exists():
        raise NotFound
    post_end(actor=actor, post_id=post_id, reason=why)
    saved(actor, "leave", row, post=post_id)
    return row


def _held(row: BodyFounding, on: date | None = None) -> Any:
    posts = Post.objects.filter(held_on(on or clock.today()), organization_id=row.organization_id or 0)
    return posts.filter(kind__in=bodies_section.member_posts()).order_by("pk")


def _locked(actor: Actor, election_id: int) -> tuple[BodyFounding, BodyElection]:
    """An election as it stands once its body is locked. Raises: not_found, body.not_yours"""
    found = BodyElection.objects.filter(policies.foundings_visible_to(actor), pk=election_id)
    founding_id = found.values_list("founding_id", flat=True).first()
    if founding_id is None:
        raise NotFound
    row = locked(actor, founding_id)
    return row, BodyElection.objects.select_for_update(of=("self",)).select_related("place__street").get(pk=election_id)


def _saved(actor: Actor, verb: str, election: BodyElection, **facts: Any) -> None:
    election.version += 1
    election.save()
    _done(actor, verb, election, **facts)


def _done(actor: Actor, verb: str, election: BodyElection, **facts: Any) -> None:
    subject = (ELECTION_SUBJECT, election.pk)
    journal.write(actor, f"{ELECTION_SUBJECT}.{verb}", subject, place_id=election.place_id, facts=facts)
