"""Household groups and what bodies offer: recorded as ledgers bring them, added and ended one at a time."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from linli.core import clock, journal
from linli.core.actors import Actor
from linli.core.bulk import change, copy_in, next_ids
from linli.core.errors import InvalidInput, NotFound, RuleBroken, Stale
from linli.organizations import policies
from linli.organizations.models import HouseholdGroup, OfferUse, Organization, Post, ResourceOffer
from linli.organizations.operations.bodies import checked_name
from linli.organizations.operations.posts import post_locked
from linli.organizations.policies import held_on
from linli.territory.models import Place
from linli.territory.operations.recording import extra_of, root_place

Rows = Sequence[Mapping[str, Any]]
GROUP = ("code", "name", "kind", "households", "since", "until")
OFFER = ("unit", "title", "kind", "category", "quantity", "lending", "amount", "terms", "since", "until")


@dataclass(frozen=True, slots=True)
class Group:
    """A new household group; its lead holds a post at the same place or above it."""

    name: str
    kind: str
    place_id: int
    households: int | None = None
    lead_id: int | None = None
    since: date | None = None


@dataclass(frozen=True, slots=True)
class Offered:
    """Something that a body offers from a day on."""

    title: str
    organization_id: int
    kind: str = ""
    category: str = ""
    quantity: str = ""
    since: date | None = None
    until: date | None = None
    lending: str = ""
    amount: Decimal | None = None
    terms: str = ""


@dataclass(frozen=True, slots=True)
class Use:
    """What an offer was taken up for, when, and what came of it."""

    subject: tuple[str, int]
    place_id: int
    on: date
    result: OfferUse.Result
    note: str = ""


def _recorder(
    model: type[Any], fields: Sequence[str], references: Sequence[str], name: str
) -> Callable[..., list[int]]:
    @transaction.atomic
    def record_many(*, actor: Actor, rows: Rows) -> list[int]:
        root = root_place()
        ids = iter(next_ids(model, sum(1 for row in rows if not row.get("id"))))
        held = model.objects.select_for_update().in_bulk([row["id"] for row in rows if row.get("id")])
        made: list[Any] = []
        changed: list[Any] = []
        for row in rows:
            record = held.get(row.get("id")) or model(id=next(ids))
            for field in fields:
                if row.get(field) is not None:
                    setattr(record, field, row[field])
            for reference in references:
                setattr(record, f"{reference}_id", row.get(reference) or getattr(record, f"{reference}_id"))
            record.extra = {**record.extra, **extra_of(row, (*fields, *references))}
            record.place_id = row.get("place") or record.place_id or (root.pk if root else None)
            (changed if row.get("id") else made).append(record)
        copy_in(made)
        with _bookings_kept():
            change(model, changed, [*fields, *references, "place", "extra"])
        journal.write(actor, f"{name}.record_many", None, count=max(1, len(rows)))
        new = iter(made)
        return [int(row["id"]) if row.get("id") else next(new).pk for row in rows]

    return record_many


household_group_record_many = _recorder(HouseholdGroup, GROUP, ("lead",), "household_group")
resource_offer_record_many = _recorder(ResourceOffer, OFFER, ("organization",), "resource_offer")


def resource_offers_refused(*, rows: Rows) -> dict[int, str]:
    """Which rows say only half of how an offer can be booked, by position."""
    halves = (at for at, row in enumerate(rows) if bool(row.get("lending")) != bool(row.get("amount")))
    return dict.fromkeys(halves, "offer.half")


@transaction.atomic
def group_form(*, actor: Actor, group: Group) -> HouseholdGroup:
    """Form a group of neighbouring households with a lead (TER-11).

    Raises: not_found, organization.not_yours, organization.bad_name, group.lead_elsewhere
    """
    place = Place.objects.filter(pk=group.place_id, until=None).first()
    if place is None:
        raise NotFound
    policies.require_manage(actor, place)
    lead = post_locked(actor, group.lead_id) if group.lead_id else None
    if lead is not None and not _near(lead, place):
        raise InvalidInput("group.lead_elsewhere", _("The lead holds no post at this place or around it."))
    row = HouseholdGroup.objects.create(
        name=checked_name(group.name)[:120],
        kind=group.kind[:64],
        place=place,
        households=group.households,
        lead=lead,
        since=group.since or clock.today(),
    )
    journal.write(actor, "household_group.form", ("household_group", row.pk), place_id=place.pk)
    return row


@transaction.atomic
def offer_add(*, actor: Actor, offered: Offered) -> ResourceOffer:
    """Put on the list what a body offers (ORG-20); it is there for the place at which the body stands.

    Raises: not_found, organization.not_yours, organization.ended, organization.bad_name, offer.span, offer.lending
    """
    body = Organization.objects.select_related("place").filter(pk=offered.organization_id).first()
    if body is None:
        raise NotFound
    policies.require_share(actor, body, body.place)
    if body.until is not None:
        raise RuleBroken("organization.ended", _("This body has ended."))
    since = offered.since or clock.today()
    if offered.until is not None and offered.until < since:
        raise InvalidInput("offer.span", _("An offer ends after it begins."))
    row = ResourceOffer.objects.create(
        organization=body,
        title=checked_name(offered.title),
        kind=offered.kind[:64],
        category=offered.category[:64],
        quantity=offered.quantity[:60],
        **_lent(offered.lending, offered.amount, offered.terms),
        place=body.place,
        since=since,
        until=offered.until,
    )
    journal.write(actor, "resource_offer.add", ("resource_offer", row.pk), place_id=row.place_id)
    return row


def group_end(*, actor: Actor, group_id: int) -> HouseholdGroup:
    """Dissolve a group today. Raises: not_found, organization.not_yours, group.ended"""
    seen = HouseholdGroup.objects.filter(policies.groups_visible_to(actor))
    return _ended(actor, seen, group_id, "household_group")  # type: ignore[return-value]


def offer_end(*, actor: Actor, offer_id: int) -> ResourceOffer:
    """Take an offer off the list today; what is booked of it is answered or taken back first.

    Raises: not_found, organization.not_yours, group.ended, offer.booked
    """
    return _ended(actor, ResourceOffer.objects.all(), offer_id, "resource_offer")  # type: ignore[return-value]


@transaction.atomic
def offer_lend(
    *, actor: Actor, offer_id: int, version: int, lending: str, amount: Decimal | None, terms: str = ""
) -> ResourceOffer:
    """Say how an offer can be booked, how much of it there is, and on what terms (JNT-08); empty where it cannot be.

    Raises: not_found, organization.not_yours, group.ended, offer.stale, offer.lending, offer.booked
    """
    row = ResourceOffer.objects.select_for_update(of=("self",)).select_related("place", "organization")
    offer = row.filter(pk=offer_id).first()
    if offer is None:
        raise NotFound
    policies.require_share(actor, offer.organization, offer.place)
    if not ResourceOffer.objects.filter(held_on(clock.today()), pk=offer.pk).exists():
        raise RuleBroken("group.ended", _("This has ended already."))
    if offer.version != version:
        raise Stale("offer.stale", _("Somebody changed this offer meanwhile."), version=offer.version)
    for name, value in _lent(lending, amount, terms).items():
        setattr(offer, name, value)
    offer.version += 1
    with _bookings_kept():
        offer.save()
    journal.write(actor, "resource_offer.lend", ("resource_offer", offer.pk), place_id=offer.place_id)
    return offer


@contextmanager
def _bookings_kept() -> Iterator[None]:
    """While offers are written, the guard of a higher floor refuses what would break a booking. Raises: offer.booked"""
    try:
        with transaction.atomic():
            yield
    except IntegrityError as error:
        if "booking_fits" not in str(error):
            raise
        raise RuleBroken("offer.booked", _("It is booked: answer the bookings, or take them back first.")) from error


def _lent(lending: str, amount: Decimal | None, terms: str) -> dict[str, Any]:
    """How an offer can be booked, as it is kept; what is given back is counted in whole ones. Raises: offer.lending"""
    if not lending:
        return {"lending": "", "amount": None, "terms": terms.strip()[:300]}
    whole = amount is not None and (lending != "time" or amount == amount.to_integral_value())
    if lending not in ResourceOffer.Lending.values or amount is None or amount <= 0 or not whole:
        raise InvalidInput(
            "offer.lending", _("Say how many can be booked: a whole number, or for what is used up a sum or an amount.")
        )
    return {"lending": lending, "amount": amount, "terms": terms.strip()[:300]}


@transaction.atomic
def offer_use(*, actor: Actor, offer_id: int, use: Use) -> OfferUse:
    """Record that an offer was taken up for something that a higher floor handles, which checks who may say so.

    Raises: not_found, offer.not_in_force, offer.future, offer.used
    """
    offer = ResourceOffer.objects.select_for_update(of=("self",)).filter(pk=offer_id).first()
    if offer is None:
        raise NotFound
    if use.on > clock.today():
        raise InvalidInput("offer.future", _("The day lies in the future."))
    if not ResourceOffer.objects.filter(held_on(use.on), pk=offer.pk).exists():
        raise RuleBroken("offer.not_in_force", _("Nothing was offered on that day."))
    known = {"offer": offer, "subject_type": use.subject[0], "subject_id": use.subject[1], "on": use.on}
    if OfferUse.objects.filter(**known).exists():
        raise RuleBroken("offer.used", _("This is on record for that day already."))
    row = OfferUse.objects.create(**known, place_id=use.place_id, result=use.result, note=use.note[:200])
    facts = {"for": use.subject[0], "id": use.subject[1], "result": use.result}
    journal.write(actor, "resource_offer.use", ("resource_offer", offer.pk), place_id=use.place_id, facts=facts)
    return row


@transaction.atomic
def _ended(actor: Actor, seen: QuerySet[Any], pk: int, name: str) -> HouseholdGroup | ResourceOffer:
    row = seen.select_for_update(of=("self",)).select_related("place").filter(pk=pk).first()
    if row is None:
        raise NotFound
    policies.require_share(actor, getattr(row, "organization", None), row.place)
    today = clock.today()
    if row.until is not None and row.until <= today:
        raise RuleBroken("group.ended", _("This has ended already."))
    row.until, row.version = max(today, row.since or today), row.version + 1
    with _bookings_kept():
        row.save(update_fields=["until", "version"])
    journal.write(actor, f"{name}.end", (name, row.pk), place_id=row.place_id)
    return row  # type: ignore[no-any-return]


def _near(post: Post, place: Place) -> bool:
    held = Post.objects.filter(held_on(clock.today()), pk=post.pk).exists()
    return held and (place.path.startswith(post.place.path) or post.place.community_id == place.community_id)
