"""Reading the journal for those who audit: who did what to which record, where and when; never what it says.

Facts may hold words of people (a reason, a name of a body), so only states and numbers are shown.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from linli.accounts.models import Look, User
from linli.accounts.operations.looking import EXPORT
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
    "reporter": _("reporter"),
    "attachment": _("attachment"),
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
    "whistle.call": _("whistled"),
    "case.told": _("told the reporter"),
    "case.publish": _("published a summary"),
    "case.withdraw_summary": _("took the summary back"),
}
# What is done to records of every kind, where an operation has no words of its own.
VERBS: Final[Mapping[str, Any]] = {
    "record_many": _("recorded from a ledger"),
    "remove_many": _("removed with the ledger that was taken back"),
    "amend": _("changed on its form"),
    "create": _("created"),
    "change": _("changed"),
    "confirm": _("confirmed"),
    "approve": _("approved"),
    "appoint": _("appointed"),
    "stand_in": _("named a stand-in"),
    "move": _("moved below another"),
    "follow": _("moved along with its place"),
    "end": _("ended"),
    "cancel": _("cancelled"),
    "redraw": _("redrawn"),
    "split": _("split"),
    "plan": _("put on the plan"),
    "issue": _("handed out"),
    "revoke": _("revoked"),
    "hand_in": _("handed files in"),
    "discard": _("threw files away"),
    "define": _("defined"),
    "day_set": _("entered a day"),
    "seed": _("took the published days over"),
    "retry": _("tried again"),
    "tick": _("ticked its checklist"),
}
ACTORS: Final[Mapping[str, Any]] = {"system": _("Linli itself"), "visitor": _("visitor")}
FIELDS: Final[Mapping[str, Any]] = {
    "phone": _("phone number"),
    "name, phone": _("name and phone number"),
    "original": _("original of a photo"),
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
    looks: list["Seen"]
    next_key: str = ""


@dataclass(frozen=True, slots=True)
class Seen:
    """A look as people read it: who, at what, why; `rows` is the number of rows of an export."""

    id: int
    at: datetime
    who: str
    subject: Any
    subject_id: int | None
    field: Any
    reason: str
    rows: int | None


def seen(looks: Iterable[Look]) -> list[Seen]:
    """Looks with the names of those who looked; one query whatever their number."""
    rows = list(looks)
    names = _names([row.actor for row in rows])
    return [
        Seen(
            id=row.pk,
            at=row.at,
            who=_who(row.actor, names),
            subject=SUBJECTS.get(row.subject_type, row.subject_type),
            subject_id=row.subject_id,
            field=FIELDS.get(row.field, row.field),
            reason=row.reason,
            rows=row.rows if row.subject_type == EXPORT else None,
        )
        for row in rows
    ]


def journal_for(viewer: Actor, wanted: Wanted, size: int = PAGE) -> Journal:
    """A page of the journal in a handful of queries, whatever its size.

    Raises: not_found for all who do not audit, list.bad_filter
    """
    if not viewer.can("audit.read"):
        raise NotFound
    rows = _narrowed(Entry.objects.defer("private"), wanted)
    found = list(rows.order_by("-id")[: size + 1])
    names = _names([row.actor for row in found[:size]])
    places = dict(Place.objects.filter(pk__in={row.place_id for row in found}).values_list("id", "name"))
    lines = [_line(row, names, places) for row in found[:size]]
    looks: list[Seen] = []
    if wanted.subject and wanted.number:
        about = Look.objects.filter(subject_type=wanted.subject, subject_id=_number(wanted.number))
        looks = seen(about.order_by("-id")[:20])
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
    """The keys of the accounts with this name; `system` and `visitor` are keys themselves, or found by their words."""
    own = [key for key, words in ACTORS.items() if who == str(words)]
    users = User.objects.filter(Q(username__iexact=who) | Q(display_name__iexact=who)).values_list("pk", flat=True)
    return [who, *own, *(f"user:{pk}" for pk in users[:50])]


def _names(keys: Iterable[str]) -> dict[str, str]:
    numbers = {int(number) for key in keys if (number := key.removeprefix("user:")).isdecimal()}
    return {f"user:{user.pk}": str(user) for user in User.objects.filter(pk__in=numbers)}


def names_of(keys: Iterable[str]) -> dict[str, str]:
    """The names behind keys of actors, in words of the active language."""
    known = list(keys)
    names = _names(known)
    return {key: _who(key, names) for key in known}


def _who(key: str, names: Mapping[str, str]) -> str:
    """The name behind a key; whoever reported without an account is a reporter and stays without a name."""
    if key.startswith("reporter:"):
        return str(SUBJECTS["reporter"])
    return names.get(key) or str(ACTORS.get(key, key))


def _line(row: Entry, names: Mapping[str, str], places: Mapping[int, str]) -> Line:
    facts: Mapping[str, Any] = row.facts if isinstance(row.facts, dict) else {}
    return Line(
        id=row.pk,
        at=row.at,
        who=_who(row.actor, names),
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
    """The words of an operation: its own, its step in a workflow, its verb, else its code."""
    if code in OPERATIONS:
        return OPERATIONS[code]
    name, _dot, verb = code.partition(".")
    flow = registered().get(name)
    moves = flow.moves if flow else ()
    return next((move.label for move in moves if move.verb == verb), VERBS.get(verb, code))


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
