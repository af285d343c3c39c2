"""The only writers of volunteer posts and of support: opened, asked for, assigned for a term, ended; what was given."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Final

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from linli.core import clock
from linli.core.actors import Actor
from linli.core.bulk import next_ids
from linli.core.errors import InvalidInput, NotFound, RuleBroken
from linli.organizations.models import Organization
from linli.territory.models import Place
from linli.volunteering.models import PostAssignment, SupportRecord, Volunteer, VolunteerPost
from linli.volunteering.operations.steps import (
    LONGEST_NAME,
    done,
    known,
    optional,
    owe_answer,
    owed_no_more,
    past,
    said,
)
from linli.volunteering.policies import volunteers as policies
from linli.volunteering.sections import skill_names, support_names
from linli.volunteering.workflow import ASSIGN_OWED, POST

MOST_SEATS: Final = 200
MOST_MONTHS: Final = 60
LONGEST_SUPPORT: Final = 300
SUPPORTED: Final = (Organization.Type.SOCIAL, Organization.Type.ARTS)


@dataclass(frozen=True, slots=True)
class Opening:
    """A volunteer post as it is opened: what is to be done, which skills help, for how many, how many months."""

    name: str
    tasks: str = ""
    skills: Collection[str] = ()
    seats: int = 1
    term_months: int = 12


@transaction.atomic
def post_open(*, actor: Actor, place_id: int, opening: Opening) -> VolunteerPost:
    """Open a volunteer post (VOL-15). Raises: not_found, volunteer.not_yours, volunteer_post.name,
    volunteer_post.numbers, volunteer_post.skills
    """
    place = Place.objects.filter(placeholder=False, until=None, pk=place_id).first()
    if place is None:
        raise NotFound
    policies.require_keep(actor, place)
    if not (1 <= opening.seats <= MOST_SEATS and 1 <= opening.term_months <= MOST_MONTHS):
        raise InvalidInput("volunteer_post.numbers", _("A post is for at least one person and one month."))
    pk = next_ids(VolunteerPost, 1)[0]
    row = VolunteerPost(id=pk, number=f"G{clock.today():%Y}{pk:06d}", place=place, since=clock.today())
    row.name = said(opening.name, "volunteer_post.name", LONGEST_NAME)
    row.tasks = optional(opening.tasks, "volunteer_post.name")
    row.skills = known(opening.skills, skill_names(), "volunteer_post.skills")
    row.seats, row.term_months = opening.seats, opening.term_months
    row.save(force_insert=True)
    done(actor, "open", (POST, pk), place.pk, seats=row.seats)
    return row


@transaction.atomic
def post_close(*, actor: Actor, post_id: int) -> VolunteerPost:
    """Close a post; who holds it keeps it until the term ends, and who asked is declined.

    Raises: not_found, volunteer.not_yours, volunteer_post.state
    """
    row = _locked(post_id)
    policies.require_keep(actor, row.place)
    _require_open(row)
    row.state, row.until = "closed", clock.today()
    row.version += 1
    row.save()
    row.assignments.filter(state="asked").update(state="declined")
    owed_no_more(ASSIGN_OWED, (POST, row.pk))
    done(actor, "close", (POST, row.pk), row.place_id)
    return row


@transaction.atomic
def post_ask(*, actor: Actor, post_id: int) -> PostAssignment:
    """Ask for a post as a registered volunteer.

    Raises: not_found, volunteer_post.state, volunteer.not_registered, volunteer_post.twice
    """
    row = _locked(post_id)
    _require_open(row)
    own = Volunteer.objects.filter(policies.own_volunteer(actor), state="registered").first()
    if own is None:
        raise RuleBroken("volunteer.not_registered", _("Register as a volunteer first."))
    made = PostAssignment(post=row, volunteer=own, asked_on=clock.today())
    try:
        with transaction.atomic():
            made.save(force_insert=True)
    except IntegrityError as error:
        if "post_assignment_once" not in str(error):
            raise
        raise RuleBroken("volunteer_post.twice", _("You have asked for this post, or hold it already.")) from error
    owe_answer(ASSIGN_OWED, (POST, row.pk), row.name, row.place)
    done(actor, "ask", (POST, row.pk), row.place_id)
    return made


@transaction.atomic
def post_assign(*, actor: Actor, assignment_id: int) -> PostAssignment:
    """Assign a post for its term to who asked, while there is a seat; the row lock of the post counts them.

    Raises: not_found, volunteer.not_yours, volunteer_post.state, volunteer_post.full, volunteer_post.own
    """
    made, row = _asked(actor, assignment_id)
    _require_open(row)
    if made.volunteer.person_id == actor.person_id:
        raise RuleBroken("volunteer_post.own", _("Somebody else answers for you."))
    if row.assignments.filter(state="assigned").count() >= row.seats:
        raise RuleBroken("volunteer_post.full", _("All seats of this post are taken."))
    made.state, made.since, made.ends = "assigned", clock.today(), months_after(clock.today(), row.term_months)
    return _answered(actor, "assign", made, row)


@transaction.atomic
def post_decline(*, actor: Actor, assignment_id: int) -> PostAssignment:
    """Do not assign a post to who asked. Raises: not_found, volunteer.not_yours, volunteer_post.state"""
    made, row = _asked(actor, assignment_id)
    made.state = "declined"
    return _answered(actor, "decline", made, row)


@transaction.atomic
def post_leave(*, actor: Actor, assignment_id: int) -> PostAssignment:
    """End an assignment or take a request back: one's own, or at the desk.

    Raises: not_found, volunteer.not_yours, volunteer_post.state
    """
    made, row = _assignment(actor, assignment_id)
    if not policies.is_assignee(actor, made):
        policies.require_keep(actor, row.place)
    if made.state not in ("asked", "assigned"):
        raise RuleBroken("volunteer_post.state", _("This has been settled already."))
    made.until = clock.today() if made.state == "assigned" else None
    made.state = "ended"
    return _answered(actor, "leave", made, row)


@transaction.atomic
def terms_end() -> int:
    """End assignments whose term is over; returns how many."""
    over = PostAssignment.objects.select_for_update().filter(state="assigned", ends__lt=clock.today())
    return over.update(state="ended", until=clock.today())


def months_after(day: date, months: int) -> date:
    """The last day of a term that begins on a day: the day before it comes round, at the end of a short month."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    for last in (day.day, 30, 29, 28):
        try:
            return date.fromordinal(date(year, month + 1, last).toordinal() - 1)
        except ValueError:
            continue
    raise AssertionError("every month has 28 days")


def _locked(post_id: int) -> VolunteerPost:
    rows = VolunteerPost.objects.select_for_update(of=("self",))
    row = rows.select_related("place__county", "place__street", "place__community").filter(pk=post_id).first()
    if row is None:
        raise NotFound
    return row


def _require_open(row: VolunteerPost) -> None:
    if row.state != "open":
        raise RuleBroken("volunteer_post.state", _("This post is closed."))


def _assignment(actor: Actor, assignment_id: int) -> tuple[PostAssignment, VolunteerPost]:
    """An assignment that one sees, and its post, locked first. Raises: not_found"""
    seen = PostAssignment.objects.filter(policies.assignments_visible_to(actor), pk=assignment_id)
    found = seen.values_list("post_id", flat=True).first()
    if found is None:
        raise NotFound
    row = _locked(found)
    return PostAssignment.objects.select_related("volunteer").defer("volunteer__search").get(pk=assignment_id), row


def _asked(actor: Actor, assignment_id: int) -> tuple[PostAssignment, VolunteerPost]:
    made, row = _assignment(actor, assignment_id)
    policies.require_keep(actor, row.place)
    if made.state != "asked":
        raise RuleBroken("volunteer_post.state", _("This has been settled already."))
    return made, row


def _answered(actor: Actor, verb: str, made: PostAssignment, row: VolunteerPost) -> PostAssignment:
    made.save()
    if not row.assignments.filter(state="asked").exists():
        owed_no_more(ASSIGN_OWED, (POST, row.pk))
    done(actor, verb, (POST, row.pk), row.place_id, assignment=made.pk)
    return made


@dataclass(frozen=True, slots=True)
class Support:
    """Support as it is written down; the sum in yuan, where money was given."""

    kind: str
    what: str
    on: date
    amount: Decimal | None = None


@transaction.atomic
def support_give(*, actor: Actor, organization_id: int, support: Support) -> SupportRecord:
    """Write down support that a community social organisation was given (VOL-16).

    Raises: not_found, volunteer.not_yours, support.kind, support.what, support.day, support.amount
    """
    rows = Organization.objects.filter(type__in=SUPPORTED, pk=organization_id).select_related("place")
    body = rows.first()
    if body is None:
        raise NotFound
    policies.require_keep(actor, body.place)
    if support.kind not in support_names():
        raise InvalidInput("support.kind", _("Choose from the list."))
    if support.amount is not None and not 0 < support.amount < 10**10:
        raise InvalidInput("support.amount", _("The sum is in yuan, above zero."))
    row = SupportRecord.objects.create(
        organization=body,
        place_id=body.place_id,
        kind=support.kind,
        what=said(support.what, "support.what", LONGEST_SUPPORT),
        on=past(support.on, "support.day"),
        amount_fen=None if support.amount is None else int(support.amount * 100),
    )
    done(actor, "give", ("support_record", row.pk), row.place_id, kind=support.kind)
    return row
