"""The only writers of registrations: by the person or on paper, corrected, paused, ended, looked at, forgotten."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Final

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from linli.accounts.models import User
from linli.accounts.operations.looking import look_record
from linli.accounts.operations.owning import person_own
from linli.core import clock, search, secrets
from linli.core.actors import SYSTEM, Actor
from linli.core.bulk import next_ids
from linli.core.errors import InvalidInput, NotFound, RuleBroken
from linli.organizations.models import Person
from linli.organizations.operations.people import LONGEST_NAME, Named, normal_phone, person_forget, person_found
from linli.territory.models import Place
from linli.volunteering.models import PostAssignment, ProjectClaim, TeamMembership, Volunteer
from linli.volunteering.operations.steps import done, known, require_version
from linli.volunteering.policies import volunteers as policies
from linli.volunteering.queries.candidates import years
from linli.volunteering.sections import section, service_names, skill_names
from linli.volunteering.workflow import CLAIMING, SEXES, STANDING, TIMES, VOLUNTEER, VOLUNTEERS

OLDEST: Final = 120
FORGOTTEN: Final = "—"
BATCH: Final = 500


@dataclass(frozen=True, slots=True)
class Registration:
    """What is said of a volunteer (志愿服务记录与证明出具办法, Art. 5); the identity number is never asked for.

    `place_id` is the community in which they live. `guardian` says that a guardian consented, `consent` that the person
    did: here, or on the paper that the desk keeps.
    """

    name: str
    phone: str
    place_id: int
    born: date | None = None
    sex: str = ""
    skills: Sequence[str] = field(default_factory=tuple)
    services: Sequence[str] = field(default_factory=tuple)
    times: Sequence[str] = field(default_factory=tuple)
    guardian: bool = False
    consent: bool = False


@dataclass(frozen=True, slots=True)
class Unmasked:
    """A volunteer's name and phone in the clear, for this one look."""

    name: str
    phone: str


@transaction.atomic
def volunteer_register(*, actor: Actor, form: Registration, on_paper: bool = False) -> Volunteer:
    """Register a volunteer: oneself, or `on_paper` somebody who signed the form that the desk keeps (Art. 6).

    Raises: not_found, volunteer.not_yours, volunteer.consent, volunteer.place, volunteer.born, volunteer.too_young,
    volunteer.guardian, volunteer.words, volunteer.twice, person.bad_name, person.bad_phone
    """
    place = _place(form.place_id)
    if on_paper:
        policies.require_keep(actor, place)
    elif actor.user_id is None:
        raise NotFound
    if not form.consent:
        raise InvalidInput("volunteer.consent", _("Nobody is registered without their consent."))
    phone = normal_phone(form.phone)
    person = _person(actor, form, phone, on_paper=on_paper)
    pk = next_ids(Volunteer, 1)[0]
    row = Volunteer(id=pk, number=f"V{clock.today():%Y}{pk:07d}", person=person, registered_on=clock.today())
    row.consent, row.recorded, row.recorder = "paper" if on_paper else "self", clock.now(), actor.key
    _fill(row, form, place, person.name, phone)
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError as error:
        if "volunteer_once" not in str(error):
            raise
        raise RuleBroken("volunteer.twice", _("This person is registered already.")) from error
    done(actor, "register", (VOLUNTEER, pk), place.pk, on_paper=on_paper)
    return row


def _person(actor: Actor, form: Registration, phone: str, *, on_paper: bool) -> Person:
    if on_paper:
        return person_found(Named(form.name, phone))
    return person_own(actor=actor, name=form.name, phone=phone)


def _place(place_id: int) -> Place:
    """The community in which somebody lives. Raises: volunteer.place"""
    place = Place.objects.filter(policies.living_places(), pk=place_id).first()
    if place is None:
        raise InvalidInput("volunteer.place", _("Choose the community in which you live."))
    return place


def _fill(row: Volunteer, form: Registration, place: Place, name: str, phone: str) -> None:
    """Write down what is said of a volunteer.

    Raises: volunteer.born, volunteer.too_young, volunteer.guardian, volunteer.words
    """
    row.born = _born(form)
    row.place, row.community_id = place, place.community_id
    if form.sex and form.sex not in dict(SEXES):
        raise InvalidInput("volunteer.words", _("Choose from the list."))
    row.sex, row.guardian = form.sex, form.guardian
    row.skills = known(form.skills, skill_names(), "volunteer.words")
    row.services = known(form.services, service_names(), "volunteer.words")
    row.times = known(form.times, dict(TIMES), "volunteer.words")
    row.phone_hash = secrets.match_hash(phone, "phone")
    row.search = search.vector(name, row.number)


def _born(form: Registration) -> str:
    """The day of birth, held to the ages of the profile."""
    rules = section()
    age = years(form.born, clock.today())
    if form.born is None or age is None or not 0 <= age <= OLDEST:
        raise InvalidInput("volunteer.born", _("Say on which day you were born."))
    if age < rules.minimum_age:
        message = _("One may register as a volunteer from the age of %(age)s.")
        raise RuleBroken("volunteer.too_young", message, age=rules.minimum_age)
    if age < rules.adult_age and not form.guardian:
        message = _("Under the age of %(age)s a guardian consents too.")
        raise RuleBroken("volunteer.guardian", message, age=rules.adult_age)
    return form.born.isoformat()


@transaction.atomic
def volunteer_correct(*, actor: Actor, volunteer_id: int, version: int, form: Registration) -> Volunteer:
    """Correct a registration: one's own, or at the desk of the community (Art. 12 and 13).

    The name and phone of somebody who holds a post are corrected with the roster of posts, not here.
    Raises: not_found, volunteer.not_yours, volunteer.state, volunteering.stale, and as `volunteer_register`
    """
    row = _locked(actor, volunteer_id, "correct", version)
    place = _place(form.place_id)
    person = row.person = Person.objects.select_for_update().get(pk=row.person_id)
    phone = normal_phone(form.phone)
    name = " ".join(form.name.split())
    if not 0 < len(name) <= LONGEST_NAME:
        message = _("A name has between 1 and %(most)s characters.")
        raise InvalidInput("person.bad_name", message, most=LONGEST_NAME)
    if not person.posts.exists():
        # A number that nobody proved is not one by which the roster of posts knows people.
        proved = actor.person_id != person.pk
        person.name, person.phone = name, phone
        person.phone_hash = secrets.match_hash(phone, "phone") if proved else None
        person.version += 1
        person.save(update_fields=["name", "phone", "phone_hash", "version"])
    _fill(row, form, place, person.name, phone)
    return _saved(actor, "correct", row)


@transaction.atomic
def volunteer_pause(*, actor: Actor, volunteer_id: int, version: int) -> Volunteer:
    """Pause a registration: nobody asks the volunteer for anything. Raises: not_found, volunteer.not_yours,
    volunteer.state, volunteering.stale
    """
    return _saved(actor, "pause", _locked(actor, volunteer_id, "pause", version))


@transaction.atomic
def volunteer_resume(*, actor: Actor, volunteer_id: int, version: int) -> Volunteer:
    """Go on after a pause. Raises: not_found, volunteer.not_yours, volunteer.state, volunteering.stale"""
    return _saved(actor, "resume", _locked(actor, volunteer_id, "resume", version))


@transaction.atomic
def volunteer_end(*, actor: Actor, volunteer_id: int, version: int) -> Volunteer:
    """End a registration, and with it what the volunteer belongs to and holds.

    Raises: not_found, volunteer.not_yours, volunteer.state, volunteering.stale
    """
    row = _locked(actor, volunteer_id, "end", version)
    _leave_all(row)
    return _saved(actor, "end", row)


@transaction.atomic
def volunteer_forget(*, actor: Actor, volunteer_id: int) -> Volunteer:
    """Delete what is personal of one's own registration; the row stays, without anything about the person.

    Raises: not_found
    """
    rows = Volunteer.objects.select_for_update(of=("self",)).filter(policies.own_volunteer(actor), pk=volunteer_id)
    row = rows.first()
    if row is None:
        raise NotFound
    _forget(row, with_name=True)
    return _saved(actor, "forget", row)


def registrations_forget(*, user_id: int) -> int:
    """Forget the registrations of an account that was closed, part of that operation; returns how many."""
    person_id = User.objects.filter(pk=user_id).values_list("person_id", flat=True).first()
    rows = Volunteer.objects.select_for_update(of=("self",)).filter(person_id=person_id or 0)
    for row in rows:
        _forget(row, with_name=False)
        _saved(SYSTEM, "forget", row)
    return len(rows)


@transaction.atomic
def ended_forget() -> int:
    """Forget registrations that ended as long ago as the profile keeps them; returns how many, a batch at most."""
    before = clock.today() - timedelta(days=365 * section().kept_years)
    ended = Volunteer.objects.select_for_update(of=("self",), skip_locked=True).filter(state="ended")
    rows = list(ended.filter(ended_on__lt=before, phone_hash__isnull=False).order_by("pk")[:BATCH])
    for row in rows:
        _forget(row, with_name=True)
        _saved(SYSTEM, "forget", row)
    return len(rows)


def _forget(row: Volunteer, *, with_name: bool) -> None:
    _leave_all(row)
    row.state, row.ended_on = "ended", row.ended_on or clock.today()
    row.sex, row.born, row.phone_hash, row.guardian = "", None, None, False
    row.skills, row.services, row.times = [], [], []
    row.search = search.vector(row.number)
    again = Volunteer.objects.filter(person_id=row.person_id, state__in=STANDING).exclude(pk=row.pk)
    if with_name and not again.exists() and not row.person.posts.exists():
        person_forget(actor=SYSTEM, person_id=row.person_id)


def _leave_all(row: Volunteer) -> None:
    """End what a volunteer belongs to, holds and claimed."""
    today = clock.today()
    row.ended_on = row.ended_on or today
    TeamMembership.objects.filter(volunteer=row, state="member").update(state="left", until=today, lead=False)
    TeamMembership.objects.filter(volunteer=row, state="asked").update(state="left")
    PostAssignment.objects.filter(volunteer=row, state="assigned").update(state="ended", until=today)
    PostAssignment.objects.filter(volunteer=row, state="asked").update(state="ended")
    ProjectClaim.objects.filter(volunteer=row, state__in=CLAIMING, lead=False).update(state="released")


@transaction.atomic
def volunteer_unmask(*, actor: Actor, volunteer_id: int, reason: str) -> Unmasked:
    """Show one volunteer's name and phone in the clear, with a reason that the access log keeps.

    Raises: not_found, volunteer.not_yours, look.reason_missing
    """
    row = _seen(actor, volunteer_id)
    policies.require_keep(actor, row.place)
    look_record(actor=actor, subject=(VOLUNTEER, row.pk), field="name, phone", reason=reason)
    done(actor, "look", (VOLUNTEER, row.pk), row.place_id)
    return Unmasked(row.person.name, row.person.phone or "")


def _seen(actor: Actor, volunteer_id: int) -> Volunteer:
    rows = Volunteer.objects.select_related("person", "place").defer("search")
    row = rows.filter(policies.volunteers_visible_to(actor), pk=volunteer_id).first()
    if row is None:
        raise NotFound
    return row


def _locked(actor: Actor, volunteer_id: int, verb: str, version: int | None) -> Volunteer:
    """A registration that one may change, locked, after a move. Raises: not_found, volunteer.not_yours and more"""
    rows = Volunteer.objects.select_for_update(of=("self",)).select_related("person", "place")
    row = rows.filter(policies.volunteers_visible_to(actor), pk=volunteer_id).first()
    if row is None:
        raise NotFound
    policies.require_change(actor, row)
    row.state = VOLUNTEERS.step(row.state, verb)
    if version is not None:
        require_version(row, version)
    return row


def _saved(actor: Actor, verb: str, row: Volunteer) -> Volunteer:
    row.version += 1
    row.save()
    done(actor, verb, (VOLUNTEER, row.pk), row.place_id)
    return row
