"""Contracts of management: concluded for one or many compounds, ended early or withdrawn, over by themselves."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any, Final

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from linli.cases.operations.clocks import calendar_of, post_at
from linli.cases.operations.owing import owe, settle
from linli.core import clock, journal
from linli.core.actors import SYSTEM, Actor
from linli.core.errors import InvalidInput, NotFound, RuleBroken
from linli.core.models import WorkItem
from linli.core.words import at_most, said
from linli.organizations.models import Organization
from linli.property import policies
from linli.property.models import Contract, Management
from linli.property.operations.spans import DAY, compounds_locked, held_in, hold_again, make_room, require_room
from linli.property.sections import section
from linli.property.workflow import CONTRACT, ENDING, KEEP, KIND, MODELS
from linli.territory.models import Place

LONGEST: Final = 200
NUMBER: Final = 64
PHONE: Final = 24
MOST: Final = 10_000
COMPANY: Final = Organization.Type.PROPERTY
OWN: Final = (COMPANY, Organization.Type.SELF_GOVERNMENT)


@dataclass(frozen=True, slots=True)
class Terms:
    """What a contract says. `compounds` are those it covers, each with its number of buildings where that is known."""

    model: str
    company_id: int
    since: date
    last: date | None
    compounds: Mapping[int, int | None] = field(default_factory=dict)
    number: str = ""
    phone: str = ""


@transaction.atomic
def contract_conclude(*, actor: Actor, terms: Terms) -> Contract:
    """Write down a contract; from its first day on it says how each of its compounds is managed (PRP-02, PRP-03).

    Raises: not_found, contract.model, contract.span, contract.compounds, contract.buildings, contract.company,
    contract.number, contract.phone, contract.overlap
    """
    _require_sound(terms)
    found = compounds_locked(terms.compounds, policies.compounds_kept_by(actor))
    if len(found) != len(terms.compounds):
        raise NotFound
    company = _company(terms)
    require_room(found, terms.since, terms.last)
    make_room(found, terms.since)
    row = Contract(model=terms.model, company=company, place=common([*found.values()]), since=terms.since)
    row.number, row.last = at_most(terms.number, NUMBER, "contract.number"), terms.last
    row.phone = at_most(terms.phone, PHONE, "contract.phone")
    row.recorded, row.recorder = clock.now(), actor.key
    if terms.last and terms.last < clock.today():
        row.state = "expired"
    row.save(force_insert=True)
    shared: dict[str, Any] = {"mode": row.model, "manager": company, "since": row.since, "last": row.last}
    shared |= {"contract": row, "said": row.recorded, "said_by": actor.key, "author": actor.label}
    Management.objects.bulk_create(
        Management(compound=found[pk], buildings=terms.compounds[pk], **shared) for pk in sorted(found)
    )
    _done(actor, "conclude", row, compounds=sorted(found), since=f"{row.since}")
    followed(found)
    return row


@transaction.atomic
def contract_end(*, actor: Actor, contract_id: int, on: date, reason: str) -> Contract:
    """End a contract after a day before its agreed last one, with the reason; that day is still under it.

    Raises: not_found, contract.not_yours, contract.state, contract.day, contract.reason
    """
    row = _locked(actor, contract_id)
    state = CONTRACT.step(row.state, "end")
    if not row.since <= on or (row.last and on >= row.last):
        message = _("Choose a day from its first day on, before its agreed last one.")
        raise InvalidInput("contract.day", message)
    row.ended = on
    row.managements.filter(void=False).update(last=on)
    return _over(actor, row, "end", state, reason)


@transaction.atomic
def contract_withdraw(*, actor: Actor, contract_id: int, reason: str) -> Contract:
    """Withdraw a contract before it begins, with the reason; its compounds stay as they are.

    Raises: not_found, contract.not_yours, contract.state, contract.begun, contract.reason
    """
    row = _locked(actor, contract_id)
    state = CONTRACT.step(row.state, "withdraw")
    if row.since <= clock.today():
        raise RuleBroken("contract.begun", _("It has begun: end it, with the last day under it."))
    row.managements.update(void=True)
    return _over(actor, row, "withdraw", state, reason)


@transaction.atomic
def contracts_check(*, day: date | None = None) -> int:
    """End what is over, and ask who manages next where a contract nears its end. Gives how many are asked about."""
    today = day or clock.today()
    rows = Contract.objects.select_for_update(of=("self",), skip_locked=True).filter(state="active")
    near = rows.filter(last__lte=today + timedelta(days=section().warn_days), last__gte=today)
    asked = set(WorkItem.objects.filter(kind=ENDING, ended=None).values_list("subject_id", flat=True))
    for row in near.exclude(pk__in=asked).select_related("place__county", "place__street", "place__community"):
        if row.last and _open(row, row.last + DAY):
            days, holder = calendar_of(row.place), post_at(row.place.path, KEEP)
            title = f"{row.number or row.company or ''} {'、'.join(_names(row))}".strip()
            owe(ENDING, (KIND, row.pk), title, row.place_id, holder, days.close_of(row.last), days)
    for row in rows.filter(last__lt=today):
        row.state = CONTRACT.step(row.state, "expire")
        row.version += 1
        row.save()
        _done(SYSTEM, "expire", row)
    return WorkItem.objects.filter(kind=ENDING, ended=None).count()


def common(compounds: list[Place]) -> Place:
    """The smallest division that holds all these compounds."""
    first = compounds[0]
    for level in ("community", "street", "county"):
        upper = getattr(first, level)
        if upper and all(upper.pk == getattr(place, f"{level}_id") for place in compounds):
            return upper  # type: ignore[no-any-return]
    return first.parent or first


def _require_sound(terms: Terms) -> None:
    if terms.model not in dict(MODELS):
        raise InvalidInput("contract.model", _("Choose one of the models of management."))
    if terms.last and terms.last < terms.since:
        raise InvalidInput("contract.span", _("The last day lies before the first one."))
    if len(terms.compounds) < (2 if terms.model == "bundled" else 1):
        message = _("Choose the compounds that it covers: one at least, and two where they are bundled.")
        raise InvalidInput("contract.compounds", message)
    if any(number is not None and not 0 <= number <= MOST for number in terms.compounds.values()):
        raise InvalidInput("contract.buildings", _("Write the buildings of a compound as a whole number, or nothing."))


def _company(terms: Terms) -> Organization:
    """Who manages: a company, or the residents' own body where they run it themselves. Raises: contract.company"""
    types = OWN if terms.model == "self_run" else (COMPANY,)
    body = Organization.objects.filter(pk=terms.company_id, type__in=types, until=None).first()
    if body is None:
        message = _("Choose a property company of the roster, or a body of the residents where they run it themselves.")
        raise InvalidInput("contract.company", message)
    return body


def _locked(actor: Actor, contract_id: int) -> Contract:
    """A contract with its compounds locked before it, as whoever concludes one does. Raises: not_found"""
    seen = Contract.objects.filter(policies.contracts_visible_to(actor), pk=contract_id)
    if not seen.exists():
        raise NotFound
    covered = Management.objects.filter(contract_id=contract_id).values("compound_id")
    compounds_locked(list(covered.values_list("compound_id", flat=True)), Q())
    row = Contract.objects.select_for_update(of=("self",)).select_related("place").get(pk=contract_id)
    policies.require_keep(actor, row.place)
    return row


def _over(actor: Actor, row: Contract, verb: str, state: str, reason: str) -> Contract:
    row.state, row.reason = state, said(reason, LONGEST, "contract.reason")
    row.version += 1
    row.save()
    covered = list(row.managements.values_list("compound_id", flat=True))
    hold_again(covered)
    settle(ENDING, (KIND, row.pk))
    _done(actor, verb, row, reason=row.reason)
    return row


def _open(row: Contract, after: date) -> bool:
    """Whether nobody said how one of its compounds is managed on the day after it."""
    covered = set(row.managements.filter(void=False).values_list("compound_id", flat=True))
    return bool(covered - {item.compound_id for item in held_in(covered, after, after)})


def followed(compounds: Collection[int]) -> None:
    """Settle what is asked about earlier contracts of these compounds, once it is answered for all of theirs."""
    items = WorkItem.objects.filter(kind=ENDING, subject_type=KIND, ended=None).values("subject_id")
    for row in Contract.objects.filter(pk__in=items, managements__compound_id__in=list(compounds)).distinct():
        if row.last and not _open(row, row.last + DAY):
            settle(ENDING, (KIND, row.pk))


def _names(row: Contract) -> list[str]:
    return list(row.managements.order_by("compound__path").values_list("compound__name", flat=True)[:3])


def _done(actor: Actor, verb: str, row: Contract, **facts: Any) -> None:
    journal.write(actor, f"{KIND}.{verb}", (KIND, row.pk), place_id=row.place_id, facts=facts)
