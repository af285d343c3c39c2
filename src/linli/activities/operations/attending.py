"""The only writers of attendance: by the code on the spot, from the list, by hand, later with a reason.

Where somebody was is never asked of their phone: a code on the organiser's screen says that they were there.
"""

from collections.abc import Collection
from datetime import timedelta

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from linli.activities import codes
from linli.activities.models import Activity, SignUp
from linli.activities.operations.activities import owe_attesting
from linli.activities.operations.recording import records_of
from linli.activities.operations.signing import moment, sign_up_for
from linli.activities.operations.steps import done, locked, said
from linli.activities.policies import activities as policies
from linli.activities.sections import section
from linli.core import clock
from linli.core.actors import Actor
from linli.core.errors import InvalidInput, NotFound, RuleBroken
from linli.organizations.operations.people import Named

LONGEST_WHY = 200


@transaction.atomic
def sign_in(*, actor: Actor, activity_id: int, code: str) -> SignUp:
    """Sign in with the code that the organiser shows; once is enough.

    Raises: not_found, signin.code, signin.not_signed_up, signin.closed
    """
    activity = Activity.objects.filter(policies.activities_visible_to(actor), pk=activity_id).first()
    if activity is None or actor.person_id is None:
        raise NotFound
    if not codes.is_code(activity_id, code):
        raise InvalidInput("signin.code", _("This code is over: scan the one that is shown now."))
    rows = SignUp.objects.select_for_update(of=("self",)).select_related("shift").filter(activity=activity)
    mine = list(rows.filter(person_id=actor.person_id, state="signed").order_by("shift__starts"))
    if not mine:
        raise RuleBroken("signin.not_signed_up", _("You have no place here yet: sign up first."))
    early = timedelta(minutes=section().early_minutes)
    now = clock.now()
    fit = [row for row in mine if moment(activity, row.shift.starts) - early <= now <= moment(activity, row.shift.ends)]
    if not fit:
        raise RuleBroken("signin.closed", _("One may sign in shortly before the shift and until it ends."))
    row = next((item for item in fit if not item.came), fit[0])
    if not row.came:
        _came(row, "code")
        done(actor, "sign_in", activity, sign_up=row.pk, way="code")
    return row


def _came(row: SignUp, way: str, reason: str = "") -> None:
    row.came, row.came_at, row.way, row.reason = True, clock.now(), way, reason
    row.save(update_fields=["came", "came_at", "way", "reason"])


@transaction.atomic
def attendance_list(
    *, actor: Actor, activity_id: int, came: Collection[int], paid: Collection[int] = (), reason: str = ""
) -> int:
    """Write down from the list who came (ids of sign-ups), and who of them was on paid duty; says how many came anew.

    Once the shift is over it is written down later, with a reason. Who is not named did not come, unless they signed
    in by the code. Raises: not_found, activity.not_yours, activity.state, signin.early, signin.reason
    """
    row = locked(actor, activity_id)
    if row.state == "cancelled":
        raise RuleBroken("activity.state", _("This activity was called off."))
    rows = list(row.sign_ups.select_for_update(of=("self",)).select_related("shift").filter(state="signed"))
    anew = [item for item in rows if item.pk in came and not item.came]
    if anew and row.day > clock.today():
        raise RuleBroken("signin.early", _("Nobody can have come yet."))
    over = [item for item in anew if clock.now() > moment(row, item.shift.ends)]
    why = said(reason, "signin.reason", LONGEST_WHY) if over else ""
    for item in anew:
        _came(item, "late" if item in over else "list", why if item in over else "")
    _absent(row, [item for item in rows if item.pk not in came], {item.pk for item in rows} & set(paid), rows)
    done(actor, "attendance", row, came=len(anew), late=len(over))
    _recorded(actor, row)
    return len(anew)


def _absent(activity: Activity, missing: list[SignUp], paid: set[int], rows: list[SignUp]) -> None:
    """Note who did not come and who was on paid duty, as long as nothing of it was recorded."""
    if activity.state != "planned":
        return
    for item in missing:
        if item.came and item.way != "code":
            item.came, item.came_at, item.way, item.reason = False, None, "", ""
    for item in rows:
        item.paid_duty = item.pk in paid
    SignUp.objects.bulk_update(rows, ["came", "came_at", "way", "reason", "paid_duty"])


def _recorded(actor: Actor, activity: Activity) -> None:
    """After an activity was held, who is written down later has a record too."""
    if activity.state == "held" and records_of(actor, activity):
        came = activity.sign_ups.filter(state="signed", came=True, paid_duty=False)
        activity.volunteers = came.values("person").distinct().count()
        activity.version += 1
        activity.save(update_fields=["volunteers", "version"])
        owe_attesting(activity)


@transaction.atomic
def attendance_by_hand(*, actor: Actor, shift_id: int, named: Named) -> SignUp:
    """Write down somebody who came without having signed up, where there is a place; then they sign up and in at once.

    Raises: as `sign_up_for`, and signin.full, signin.early
    """
    row = sign_up_for(actor=actor, shift_id=shift_id, named=named).row
    if row.state != "signed":
        raise RuleBroken("signin.full", _("This shift is full: give it more places first."))
    if row.activity.day > clock.today():
        raise RuleBroken("signin.early", _("Nobody can have come yet."))
    _came(row, "hand")
    done(actor, "sign_in", row.activity, sign_up=row.pk, way="hand")
    return row
