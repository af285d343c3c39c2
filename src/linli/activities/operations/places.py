"""The places of a shift, under its row lock: whether one is free, and who moves up when one becomes free."""

from linli.activities.models import Activity, ActivityShift, SignUp
from linli.activities.operations.steps import done, tell
from linli.activities.workflow import SIGN_UP
from linli.core.actors import Actor
from linli.core.errors import NotFound


def locked_shift(shift_id: int) -> ActivityShift:
    """A shift, locked, with its activity as it is now. Raises: not_found"""
    shift = ActivityShift.objects.select_for_update().filter(pk=shift_id).first()
    if shift is None:
        raise NotFound
    shift.activity = Activity.objects.select_related("place").get(pk=shift.activity_id)
    return shift


def free(shift: ActivityShift) -> int:
    """How many more a locked shift takes."""
    return shift.capacity - SignUp.objects.filter(shift=shift, state="signed").count()


def filled(actor: Actor, activity: Activity, shift: ActivityShift) -> list[SignUp]:
    """Let those who wait move up into what is free, the first first, and tell them."""
    places = free(shift)
    if places <= 0:
        return []
    rows = list(SignUp.objects.filter(shift=shift, state="waiting").order_by("pk")[:places])
    for row in rows:
        row.state = SIGN_UP.step(row.state, "move_up")
        row.save(update_fields=["state"])
        done(actor, "move_up", activity, sign_up=row.pk)
    people = [row.person_id for row in rows]
    facts = {"day": activity.day.isoformat(), "name": activity.content}
    tell(actor, people, "activity.moved_up", f"/activities/{activity.pk}/", **facts)
    return rows
