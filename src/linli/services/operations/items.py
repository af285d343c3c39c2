"""The only writers of service items: drafted, changed, published, taken back, and taken in from ledgers (SVC-01)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from linli.core import clock, journal
from linli.core.actors import Actor
from linli.core.errors import InvalidInput, NotFound, RuleBroken, Stale
from linli.core.words import at_most, said
from linli.organizations.models import Organization
from linli.services import policies
from linli.services.models import ServiceItem
from linli.services.workflow import ITEM
from linli.territory.models import Place
from linli.territory.operations.recording import extra_of, root_place

LABEL: Final = 80
DAYS: Final = 250
WORDS: Final = {"office": 160, "conditions": 500, "papers": 1000, "fee": 120, "where": 160, "basis": 300}
COLUMNS: Final = (*WORDS, "label", "days", "by_proxy", "since", "until", "state", "organization")


@dataclass(frozen=True, slots=True)
class Guide:
    """What is said of an item. `organization_id` handles it, or `office` in words; `papers` are one a line."""

    place_id: int
    label: str
    organization_id: int | None = None
    office: str = ""
    conditions: str = ""
    papers: str = ""
    days: int | None = None
    fee: str = ""
    where: str = ""
    basis: str = ""
    by_proxy: bool = False
    since: date | None = None
    until: date | None = None


@transaction.atomic
def item_draft(*, actor: Actor, guide: Guide) -> ServiceItem:
    """Write down what people may ask for; nobody else sees it until it is published.

    Raises: not_found, service_item.label, service_item.too_long, service_item.body, service_item.days,
    service_item.twice
    """
    place = Place.objects.filter(policies.item_places(actor), pk=guide.place_id).first()
    if place is None:
        raise NotFound
    row = ServiceItem(place=place, recorded=clock.now(), recorder=actor.key)
    return _filled(actor, "draft", row, guide)


@transaction.atomic
def item_change(*, actor: Actor, item_id: int, guide: Guide, version: int) -> ServiceItem:
    """Change an item. What was asked for already stays as it is.

    Raises: not_found, service_item.stale, and what item_draft raises
    """
    row = _locked(actor, item_id)
    if row.version != version:
        raise Stale("service_item.stale", _("Somebody else changed this in the meantime."))
    row.version += 1
    return _filled(actor, "change", row, guide)


@transaction.atomic
def item_publish(*, actor: Actor, item_id: int) -> ServiceItem:
    """Let everybody read an item and ask for it. Raises: not_found, service_item.state"""
    return _to(actor, "publish", item_id, "published")


@transaction.atomic
def item_withdraw(*, actor: Actor, item_id: int) -> ServiceItem:
    """Take an item back; what was asked for goes on. Raises: not_found, service_item.state"""
    return _to(actor, "withdraw", item_id, "withdrawn")


@transaction.atomic
def item_record_many(*, actor: Actor, rows: Sequence[Mapping[str, Any]]) -> list[int]:
    """Take in the service items of a place from a ledger: one of a name is the same."""
    root = root_place()
    held = ServiceItem.objects.select_for_update().in_bulk([row["id"] for row in rows if row.get("id")])
    named = ServiceItem.objects.select_for_update().filter(label__in={row["label"] for row in rows})
    known = {(item.place_id, item.label): item for item in named}
    given = []
    for row in rows:
        place_id = row.get("place") or (root.pk if root else 0)
        record = held.get(row.get("id") or 0) or known.get((place_id, row["label"]))
        if record is None:
            record = ServiceItem(place_id=place_id, recorded=clock.now(), recorder=actor.key, state="published")
            known[place_id, row["label"]] = record
        record.extra = {**record.extra, **extra_of(row, COLUMNS)}
        for column in COLUMNS:
            if row.get(column) not in (None, ""):
                setattr(record, "organization_id" if column == "organization" else column, row[column])
        record.save()
        given.append(record.pk)
    journal.write(actor, f"{ITEM}.record_many", None, count=max(1, len(rows)))
    return given


def items_refused(*, rows: Sequence[Mapping[str, Any]]) -> dict[int, str]:
    """Which rows make no sense, by position, each with the code of its reason."""
    refused = {}
    for at, row in enumerate(rows):
        if any(len(str(row.get(name) or "")) > most for name, most in {**WORDS, "label": LABEL}.items()):
            refused[at] = "service_item.too_long"
        elif row.get("since") and row.get("until") and row["until"] < row["since"]:
            refused[at] = "service_item.days"
    return refused


def _to(actor: Actor, verb: str, item_id: int, state: str) -> ServiceItem:
    row = _locked(actor, item_id)
    if (row.state == "published") is (state == "published"):
        raise RuleBroken("service_item.state", _("This is so already."))
    row.state = state
    row.version += 1
    row.save()
    _write(actor, verb, row)
    return row


def _locked(actor: Actor, item_id: int) -> ServiceItem:
    rows = ServiceItem.objects.select_for_update(of=("self",)).select_related("place")
    row = rows.filter(policies.items_visible_to(actor), pk=item_id).first()
    if row is None:
        raise NotFound
    return row


def _filled(actor: Actor, verb: str, row: ServiceItem, guide: Guide) -> ServiceItem:
    if guide.days is not None and not 0 < guide.days <= DAYS:
        raise InvalidInput("service_item.days", _("It takes from 1 to %(most)s working days."), most=DAYS)
    if guide.since and guide.until and guide.until < guide.since:
        raise InvalidInput("service_item.days", _("The last day is before the first."))
    row.label = said(guide.label, LABEL, "service_item.label")
    for name, most in WORDS.items():
        setattr(row, name, at_most(getattr(guide, name), most, "service_item.too_long"))
    row.organization = _body(row.place, guide.organization_id)
    row.days, row.by_proxy, row.since, row.until = guide.days, guide.by_proxy, guide.since, guide.until
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError as error:
        if "service_item_once" not in str(error):
            raise
        raise RuleBroken("service_item.twice", _("There is an item of this name already.")) from error
    _write(actor, verb, row)
    return row


def _body(place: Place, organization_id: int | None) -> Organization | None:
    """The body that handles it: of this place or of what is above it. Raises: service_item.body"""
    if organization_id is None:
        return None
    found = Organization.objects.filter(policies.providing(place), pk=organization_id).first()
    if found is None:
        raise InvalidInput("service_item.body", _("Choose a body of this place."))
    return found


def _write(actor: Actor, verb: str, row: ServiceItem) -> None:
    facts = {"label": row.label, "state": row.state, "days": row.days, "by_proxy": row.by_proxy}
    journal.write(actor, f"{ITEM}.{verb}", (ITEM, row.pk), place_id=row.place_id, facts=facts)
