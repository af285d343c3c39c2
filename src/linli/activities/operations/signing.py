"""The only writers of sign-ups: for oneself or on behalf, withdrawn; nobody gets a place that is not there."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from linli.accounts.operations.owning import person_own
from linli.activities import teams
from linli.activities.models import Activity, ActivityShift, SignUp
from linli.activities.operations.places import filled, free, locked_shift
from linli.activities.operations.steps import done
from linli.activities.policies import activities as policies
from linli.activities.workflow import SIGN_UP
from linli.core import clock
from linli.core.actors import Actor
from linli.core.errors import InvalidInput, NotFound, RuleBroken
from linli.organizations.models import Person
from linli.organizations.operations.people import Named, person_found


@dataclass(frozen=True, slots=True)
class SignedUp:
    """A sign-up, and whether another of the same day touches it: there is no time between the two."""

    row: SignUp
    touching: bool


@transaction.atomic
def sign_up(*, actor: Actor, shift_id: int, fits: bool = False, name: str = "") -> SignedUp:
    """Sign up for a shift: a place where one is free, else the end of the waiting list.

    `fits` says that one meets what the activity asks for; `name` is what an account without a person is called.
    Raises: not_found, person.bad_name, signup.closed, signup.team, signup.conditions, signup.training, signup.twice,
    signup.overlap
    """
    person = person_own(actor=actor, name=name)
    _lock(person.pk)
    shift = locked_shift(shift_id)
    activity = shift.activity
    if not activity.joinable:
        raise NotFound
    _require_open(activity, shift)
    if activity.audience == "team" and not teams.is_member(person.pk, activity.organization_id or 0):
        raise RuleBroken("signup.team", _("This activity is for the members of its team."))
    if (activity.minimum_age or activity.skills) and not fits:
        raise InvalidInput("signup.conditions", _("Say that you meet what is asked for."))
    return _signed(actor, shift, person.pk, on_behalf=False)


@transaction.atomic
def sign_up_for(*, actor: Actor, shift_id: int, named: Named) -> SignedUp:
    """Sign somebody up who asked for it at the desk or by phone.

    Raises: not_found, activity.not_yours, signup.closed, signup.training, signup.twice, signup.overlap,
    person.bad_name, person.bad_phone
    """
    found = ActivityShift.objects.filter(pk=shift_id).select_related("activity__place").first()
    if found is None:
        raise NotFound
    policies.require_keep(actor, found.activity)
    person = person_found(named)
    _lock(person.pk)
    shift = locked_shift(shift_id)
    _require_open(shift.activity, shift)
    return _signed(actor, shift, person.pk, on_behalf=True)


def _lock(person_id: int) -> None:
    """Let one person sign up for one thing at a time, so that no two overlap."""
    Person.objects.select_for_update(no_key=True).get(pk=person_id)


def _require_open(activity: Activity, shift: ActivityShift) -> None:
    if activity.state != "planned" or clock.now() >= moment(activity, shift.ends):
        raise RuleBroken("signup.closed", _("It is too late to sign up for this."))


def moment(activity: Activity, at: object) -> datetime:
    """An hour of the day of an activity as an instant."""
    start = clock.day_start(activity.day)
    return start.replace(hour=getattr(at, "hour", 0), minute=getattr(at, "minute", 0))


def _signed(actor: Actor, shift: ActivityShift, person_id: int, *, on_behalf: bool) -> SignedUp:
    activity = shift.activity
    trained = SignUp.objects.filter(activity_id=activity.training_id or 0, person_id=person_id, came=True)
    if activity.training_id and not trained.exists():
        raise RuleBroken("signup.training", _("Take part in the training first."))
    if SignUp.objects.filter(shift=shift, person_id=person_id).exclude(state="withdrawn").exists():
        raise RuleBroken("signup.twice", _("You have signed up for this already."))
    touching = _require_time(activity, shift, person_id)
    row = SignUp(activity=activity, shift=shift, person_id=person_id, on_behalf=on_behalf, at=clock.now())
    row.state = "signed" if free(shift) > 0 else "waiting"
    row.save()
    done(actor, "sign_up", activity, sign_up=row.pk, state=row.state, on_behalf=on_behalf)
    return SignedUp(row, touching)


def _require_time(activity: Activity, shift: ActivityShift, person_id: int) -> bool:
    """Refuse what overlaps another sign-up of that day; say whether one touches it. Raises: signup.overlap"""
    others = SignUp.objects.filter(person_id=person_id, activity__day=activity.day, activity__state="planned")
    spans = others.exclude(state="withdrawn").values_list("shift__starts", "shift__ends")
    for starts, ends in spans:
        if starts < shift.ends and shift.starts < ends:
            message = _("At that time you have signed up for something else: %(starts)s to %(ends)s.")
            raise RuleBroken("signup.overlap", message, starts=f"{starts:%H:%M}", ends=f"{ends:%H:%M}")
    return any(shift.ends == starts or ends == shift.starts for starts, ends in spans)


@transaction.atomic
def withdraw(*, actor: Actor, sign_up_id: int) -> SignUp:
    """Withdraw a sign-up, one's own or at the organiser's; the first who waits gets the place.

    Raises: not_found, signup.state, signup.came, signup.closed
    """
    found = SignUp.objects.filter(policies.sign_ups_visible_to(actor), pk=sign_up_id).first()
    if found is None:
        raise NotFound
    shift = locked_shift(found.shift_id)
    row = SignUp.objects.select_for_update().get(pk=sign_up_id)
    row.state = SIGN_UP.step(row.state, "withdraw")
    if row.came:
        raise RuleBroken("signup.came", _("Whoever was there cannot withdraw."))
    if shift.activity.state != "planned":
        raise RuleBroken("signup.closed", _("This activity is over."))
    row.save(update_fields=["state"])
    done(actor, "withdraw", shift.activity, sign_up=row.pk)
    filled(actor, shift.activity, shift)
    return row


def sign_ups_end(*, actor: Actor, person_id: int) -> int:
    """Withdraw everything that somebody signed up for and that is still to come, part of leaving; how many."""
    rows = SignUp.objects.filter(person_id=person_id, activity__state="planned", came=None).exclude(state="withdrawn")
    ahead = list(rows.order_by("shift_id").values_list("pk", flat=True))
    for pk in ahead:
        withdraw(actor=actor, sign_up_id=pk)
    return len(ahead)
