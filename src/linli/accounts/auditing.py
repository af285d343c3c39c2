"""Reading the journal for those who audit: who did what to which record, where and when; never what it says.

Facts may hold words of people (a reason, a name of a body), so only states and numbers are shown.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from linli.accounts.models import Look, User
from linli.core import clock
from linli.core.actors import Actor
from linli.core.errors import InvalidInput, NotFound
from linli.core.models import Entry
from linli.core.workflow import registered
from linli.territory.models import Place

PAGE: Final = 50
# Without a day, one actor is looked up this far back: the journal has an index by record and by time, not by actor.
BACK: Final = timedelta(days=31)
SUBJECTS: Final[Mapping[str, Any]] = {
    "case": _("matter"),
    "whistle": _("whistle"),
    "account": _("account"),
    "person": _("person"),
    "post": _("post"),
    "organization": _("organisation"),
    "place": _("place"),
    "import": _("import"),
    "profile": _("profile"),
    "figure": _("figure"),
}
OPERATIONS: Final[Mapping[str, Any]] = {
    "account.sign_in": _("signed in"),
    "account.lock_out": _("locked out after wrong tries"),
    "account.register": _("registered"),
    "account.activate": _("opened with a code on paper"),
    "account.issue": _("handed out accounts"),
    "account.create": _("account made"),
    "account.change_password": _("changed the password"),
    "account.change_settings": _("changed the settings"),
    "account.add_factor": _("set up a second factor"),
    "account.remove_factor": _("removed a second factor"),
    "account.lock": _("locked an account"),
    "account.unlock": _("opened a locked account"),
    "account.close": _("closed the account"),
    "case.receive": _("received"),
    "case.look": _("looked at the reporter"),
    "case.look_original": _("looked at the original of a photo"),
    "case.forget_originals": _("deleted originals of photos"),
    "case.escalate": _("raised to the next level"),
    "person.correct": _("corrected personal data"),
    "person.forget": _("deleted personal data"),
    "profile.apply": _("changed the configuration"),
    "import.run": _("imported"),
    "message.prefer": _("changed how they are told"),
}


@dataclass(frozen=True, slots=True)
class Wanted:
    """What an auditor asks for, as it was typed: a record, an account's name, a day, and the key of a page."""

    subject: str = ""
    number: str = ""
    who: str = ""
    day: str = ""
    after: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """One entry as an auditor reads it."""

    id: int
    at: datetime
    who: str
    operation: Any
    code: str
    subject: Any
    subject_code: str
    subject_id: int | None
    place: str
    change: str
    count: int


@dataclass(frozen=True, slots=True)
class Journal:
    """A page of the journal, the newest first, and the looks at the same record."""

    lines: list[Line]
    looks: list[Look]
    next_key: str = ""


def journal_for(viewer: Actor, wanted: Wanted, size: int = PAGE) -> Journal:
    """A page of the journal in a handful of queries, whatever its size.

    Raises: not_found for all who do not audit, list.bad_filter
    """
    if not viewer.can("audit.read"):
        raise NotFound
    rows = _narrowed(Entry.objects.defer("private"), wanted)
    found = list(rows.order_by("-id")[: size + 1])
    names = _names(found[:size])
    places = dict(Place.objects.filter(pk__in={row.place_id for row in found}).values_list("id", "name"))
    lines = [_line(row, names, places) for row in found[:size]]
    looks = []
    if wanted.subject and wanted.number:
        about = Look.objects.filter(subject_type=wanted.subject, subject_id=_number(wanted.number))
        looks = list(about.order_by("-id")[:20])
    return Journal(lines, looks, str(found[size - 1].pk) if len(found) > size else "")


def _narrowed(rows: QuerySet[Entry], wanted: Wanted) -> QuerySet[Entry]:
    if wanted.subject:
        rows = rows.filter(subject_type=wanted.subject)
    if wanted.number:
        rows = rows.filter(subject_id=_number(wanted.number))
    if wanted.who.strip():
        rows = rows.filter(actor__in=_keys(wanted.who.strip()))
    if wanted.after:
        rows = rows.filter(pk__lt=_number(wanted.after))
    if wanted.day:
        day = _day(wanted.day)
        rows = rows.filter(at__gte=clock.day_start(day), at__lt=clock.day_end(day))
    elif (wanted.who.strip() or wanted.subject) and not wanted.number:
        rows = rows.filter(at__gte=clock.now() - BACK)
    return rows


def _keys(who: str) -> list[str]:
    """The keys of the accounts with this name; `system` and `visitor` are keys themselves."""
    users = User.objects.filter(Q(username__iexact=who) | Q(display_name__iexact=who)).values_list("pk", flat=True)
    return [who, *(f"user:{pk}" for pk in users[:50])]


def _names(rows: list[Entry]) -> dict[str, str]:
    numbers = {int(key) for row in rows if (key := row.actor.removeprefix("user:")).isdecimal()}
    return {f"user:{user.pk}": str(user) for user in User.objects.filter(pk__in=numbers)}


def _line(row: Entry, names: Mapping[str, str], places: Mapping[int, str]) -> Line:
    facts: Mapping[str, Any] = row.facts if isinstance(row.facts, dict) else {}
    return Line(
        id=row.pk,
        at=row.at,
        who=names.get(row.actor, row.actor),
        operation=_operation(row.operation),
        code=row.operation,
        subject=SUBJECTS.get(row.subject_type, row.subject_type),
        subject_code=row.subject_type,
        subject_id=row.subject_id,
        place=places.get(row.place_id or 0, ""),
        change=_change(row.subject_type, facts),
        count=row.count,
    )


def _operation(code: str) -> Any:
    """The words of an operation: its own, else those of the workflow that it moves in, else its code."""
    if code in OPERATIONS:
        return OPERATIONS[code]
    name, _dot, verb = code.partition(".")
    flow = registered().get(name)
    moves = flow.moves if flow else ()
    return next((move.label for move in moves if move.verb == verb), code)


def _change(subject: str, facts: Mapping[str, Any]) -> str:
    """From which state to which, where the entry is a step of a workflow."""
    flow = registered().get(subject)
    if flow is None or not facts.get("to"):
        return ""
    labels = {state.code: str(state.label) for state in flow.states}
    before, now = facts.get("from", ""), facts["to"]
    if before == now or now not in labels:
        return ""
    return f"{labels[before]} → {labels[now]}" if before in labels else labels[now]


def _number(text: str) -> int:
    if not text.isdecimal() or len(text) > 18:
        raise InvalidInput("list.bad_filter", _("“%(value)s” is no number."), value=text)
    return int(text)


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise InvalidInput("list.bad_filter", _("“%(value)s” is no day."), value=text) from error
