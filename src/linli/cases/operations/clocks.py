"""The clocks of matters: when each step is due in lawful time, and the work item that says who owes it.

Colours belong to the work item, never to a person. Called by the operations of this folder, in their transaction.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from django.db.models import QuerySet

from linli.accounts.abilities import PostsSection, post_kinds
from linli.cases import sections
from linli.cases.models import Case
from linli.cases.sections import CasesSection, Period
from linli.core import clock, journal
from linli.core.actors import Actor
from linli.core.calendar import DEFAULT_HOURS, Unit, WorkingCalendar, parse_hours
from linli.core.calendar_table import calendar_for
from linli.core.composed import composed
from linli.core.models import WorkItem
from linli.organizations.models import Post
from linli.organizations.policies import held_on
from linli.records import profiles
from linli.territory.models import Place

SUBJECT: Final = "case"
# So long may the title of a work item be.
TITLE: Final = 200
REPLY_OWED: Final = "supervision.reply"
# What the next level owes, not the desk.
SUPERVISING: Final = frozenset({"case.overdue", "supervision.conclude"})
ROUND_THE_CLOCK: Final = frozenset({Unit.MINUTES, Unit.HOURS})


@dataclass(frozen=True, slots=True)
class Holder:
    """Who owes the next step: a body, or a post where there is no such body."""

    organization_id: int | None = None
    post_id: int | None = None


def calendar_of(place: Place) -> WorkingCalendar:
    """The working calendar at a place, with the overrides of its county, street and community."""
    above = (place.county, place.street, place.community)
    return calendar_with([item.code for item in above if item])


def calendar_with(codes: Sequence[str]) -> WorkingCalendar:
    """The working calendar below divisions with these codes, the widest first."""
    hours = sections.section().hours
    return calendar_for(codes, parse_hours(hours) if hours else DEFAULT_HOURS)


def set_due(case: Case, calendar: WorkingCalendar) -> None:
    """Compute when the matter and its first contact are due, from receipt; the earlier deadline rules.

    Time that was paused is added; a deadline given by another platform is kept beside (`given_due`). What is planned
    is due on the day that is planned for it.
    """
    chosen = sections.section()
    known = sections.categories(chosen).get(case.category)
    urgency = case.urgency if case.urgency in sections.DEADLINES else "normal"
    start = case.received or clock.now()
    due = after(calendar, start, sections.deadline(known, urgency, chosen))
    if case.paused_minutes:
        due = calendar.add_working(due, case.paused_minutes)
    if case.planned_end:
        due = calendar.close_of(case.planned_end)
    case.due = min(due, case.given_due) if case.given_due else due
    case.contact_due = after(calendar, start, sections.contact(known, urgency, chosen))


def after(calendar: WorkingCalendar, start: datetime, period: Period) -> datetime:
    """The end of a period that begins at an instant."""
    return calendar.add_working(start, period.amount, period.unit)


def desk_of(case: Case) -> Holder:
    """The desk that holds a matter: the office that received it, else whoever dispatches nearest to its place."""
    return desk_above(case.desk_id, "" if case.desk_id else case.place.path, case.complained_of_id)


def desk_above(office_id: int | None, path: str, without: int | None = None) -> Holder:
    """The desk of an office, else whoever dispatches nearest above a place with this path."""
    return Holder(organization_id=office_id) if office_id else post_at(path, "cases.dispatch", without=without)


def decider_of(case: Case) -> Holder:
    """Who decides what somebody asked for: the office that holds a matter, else the nearest post that supervises."""
    if case.desk_id:
        return Holder(organization_id=case.desk_id)
    found = post_at(case.place.path, "cases.supervise", without=case.complained_of_id)
    return found if found.post_id else desk_of(case)


def arbiter_of(case: Case, chosen: CasesSection) -> Holder:
    """The named arbiter of a matter: the nearest post of the kind that the profile names."""
    return post_at(case.place.path, "cases.arbitrate", chosen.arbiter, without=case.complained_of_id)


def post_at(path: str, ability: str, kind: str = "", *, without: int | None = None) -> Holder:
    """The post nearest above a place with this path that holds an ability, of a kind where one is preferred.

    `without` is a body complained of: nobody who works there is chosen, whatever other post they hold.
    """
    kinds = post_kinds(profiles.current().section(PostsSection))
    able = tuple(code for code, item in kinds.items() if ability in item.abilities)
    above = tuple(int(step) for step in path.split("/") if step)
    posts = list(posts_above(above, able, clock.today()))
    if without is not None:
        theirs = Post.objects.filter(held_on(clock.today()), organization_id=without)
        accused = set(theirs.values_list("person_id", flat=True))
        posts = [item for item in posts if item[3] not in accused]
    found = max(posts, key=lambda item: (item[0] == kind, len(item[1]), -item[2]), default=None)
    return Holder(post_id=found[2] if found else None)


@composed(planned=True)
def posts_above(places: tuple[int, ...], kinds: tuple[str, ...], today: date) -> QuerySet[Post, tuple[Any, ...]]:
    """The posts of some kinds that somebody holds at these places: kind, path of the place, id, and who holds it."""
    held = Post.objects.filter(
        held_on(today), place_id__in=places, kind__in=kinds, person__isnull=False, confirmed=True
    )
    return held.values_list("kind", "place__path", "id", "person_id")


def work_end(subject_id: int, *, subject: str = SUBJECT, kind: str = "", organization_id: int | None = None) -> None:
    """End the open work items of a subject, or those of one kind or of one body."""
    items = WorkItem.objects.filter(subject_type=subject, subject_id=subject_id, ended=None)
    if kind:
        items = items.filter(kind__startswith=kind)
    if organization_id:
        items = items.filter(organization_id=organization_id)
    items.update(ended=clock.now())


def work_raise(
    kind: str,
    case: Case,
    holder: Holder,
    due: datetime | None,
    calendar: WorkingCalendar,
    part: str = "",
) -> None:
    """Note that a holder owes a step of a matter by an instant, with the instants at which it changes colour.

    It is called by the matter, or by the holder's own part of it.
    """
    item = owed(kind, case, holder, due, calendar)
    item.title = f"{case.number} {part}"[:TITLE] if part else item.title
    item.save()


def owed(kind: str, case: Case, holder: Holder, due: datetime | None, calendar: WorkingCalendar) -> WorkItem:
    """The work item of `work_raise`, not yet written."""
    now = clock.now()
    return WorkItem(
        kind=kind,
        subject_type=SUBJECT,
        subject_id=case.pk,
        title=f"{case.number} {case.text[:80]}",
        place_id=case.place_id,
        organization_id=holder.organization_id,
        post_id=holder.post_id,
        raised=now,
        due=due,
        yellow_at=_soon(calendar, now, due, case.urgency) if due else None,
        red_at=calendar.add_working(due, calendar.day_minutes) if due else None,
        urgent=case.urgency == "emergency",
    )


def owes(kind: str, case: Case) -> Holder:
    """Who owes an open step of a kind now, as the matter stands."""
    if kind in SUPERVISING:
        return post_at(case.place.path, "cases.supervise", without=case.complained_of_id)
    roles = {**dict(_PLANS.values()), "case.extension": "decider"}
    return _holder(roles.get(kind, "desk"), case, sections.section())


def hold(case: Case, calendar: WorkingCalendar | None = None) -> None:
    """Hand the one open step of a matter to whoever owes it in its state; ended matters owe nothing."""
    plan = _PLANS.get(case.state)
    if plan is None:
        work_end(case.pk)
        return
    work_end(case.pk, kind="case.")
    calendar = calendar or calendar_of(case.place)
    chosen = sections.section()
    holder = _holder(plan[1], case, chosen)
    work_raise(plan[0], case, holder, _due(plan[0], case, calendar, chosen), calendar)
    reply_owe(case, calendar)


def reply_owe(case: Case, calendar: WorkingCalendar) -> None:
    """Hand the reply that a supervision awaits to whoever holds the matter now, by the same day."""
    asked = case.extra.get("supervision") or {}
    if not asked or asked.get("reply") or asked.get("finding"):
        return
    work_end(case.pk, kind=REPLY_OWED)
    holder = Holder(organization_id=case.lead_id) if case.lead_id else desk_of(case)
    work_raise(REPLY_OWED, case, holder, datetime.fromisoformat(asked["due"]), calendar)


# The step that is owed in a state, and by whom.
_PLANS: Final[dict[str, tuple[str, str]]] = {
    "received": ("case.accept", "desk"),
    "accepted": ("case.dispatch", "desk"),
    "scope_proposed": ("case.approve", "decider"),
    "dispatched": ("case.take", "lead"),
    "taken": ("case.handle", "lead"),
    "with_arbiter": ("case.arbitrate", "arbiter"),
    "deferred": ("case.review", "arbiter"),
    "done": ("case.verify", "desk"),
    "verified": ("case.close", "desk"),
}


def _holder(role: str, case: Case, chosen: CasesSection) -> Holder:
    if role == "lead" and case.lead_id:
        return Holder(organization_id=case.lead_id)
    if role == "decider":
        return decider_of(case)
    if role == "arbiter":
        found = arbiter_of(case, chosen)
        if found.post_id:
            return found
    return desk_of(case)


def _due(kind: str, case: Case, calendar: WorkingCalendar, chosen: CasesSection) -> datetime | None:
    now = clock.now()
    if kind == "case.accept":
        return case.contact_due
    if kind == "case.arbitrate":
        return after(calendar, now, chosen.arbiter_time)
    if kind == "case.review":
        return calendar.close_of(case.deferred_until) if case.deferred_until else None
    if kind == "case.verify":
        return after(calendar, now, chosen.confirm)
    if kind in ("case.close", "case.approve"):
        return after(calendar, now, Period(amount=1))
    return case.due


def _soon(calendar: WorkingCalendar, start: datetime, due: datetime, urgency: str) -> datetime:
    """Three quarters of the way to the deadline; in real time for emergencies."""
    if due <= start:
        return start
    minutes = calendar.working_minutes_between(start, due)
    if urgency == "emergency" or minutes <= 0:
        return start + (due - start) * 0.75
    return calendar.add_working(start, max(1, minutes * 3 // 4))


def escalated(actor: Actor, case: Case, item: WorkItem) -> None:
    """Write down that overdue work was raised to the next level."""
    facts = {"kind": item.kind, "red_at": item.red_at.isoformat() if item.red_at else ""}
    journal.write(actor, "case.escalate", (SUBJECT, case.pk), place_id=case.place_id, facts=facts)
