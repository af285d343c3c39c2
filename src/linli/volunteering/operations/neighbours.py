"""The only writers of what good neighbours offer: put up with their consent, taken down at once."""

from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from linli.core import clock, journal
from linli.core.actors import Actor
from linli.core.errors import InvalidInput, NotFound, RuleBroken
from linli.core.words import said
from linli.territory.models import Facility, Place
from linli.volunteering.models import Honour, NeighbourOffer
from linli.volunteering.models.neighbours import MEANS, OFFER
from linli.volunteering.policies import honours as honours_policies
from linli.volunteering.policies import neighbours as policies

KIND: Final = "neighbour_offer"


@dataclass(frozen=True, slots=True)
class Offering:
    """What is offered, and what may be shown of where: a merchant's shop, or a household's grid."""

    text: str
    consented_on: date
    means: str
    address: str = ""
    grid_id: int | None = None
    facility_id: int | None = None


@transaction.atomic
def neighbour_offer(*, actor: Actor, honour_id: int, offering: Offering) -> NeighbourOffer:
    """Put up what an honoured household or merchant offers to neighbours, as they agreed (SVC-06).

    Raises: not_found, honour.not_yours, neighbour.honour, neighbour.twice, neighbour.offer, neighbour.consent,
    neighbour.where
    """
    row = _honour(actor, honour_id)
    if not policies.may_offer(actor, row):
        message = _("Only a household or merchant that was honoured, and is still, is shown as a good neighbour.")
        raise RuleBroken("neighbour.honour", message)
    if row.offers.filter(until=None).exists():
        raise RuleBroken("neighbour.twice", _("An offer of theirs is shown already. Take it down first."))
    if offering.means not in dict(MEANS) or offering.consented_on > clock.today():
        raise InvalidInput("neighbour.consent", _("Write when and how they agreed; not in the future."))
    made = NeighbourOffer(honour=row, place=row.place, since=clock.today(), by=actor.key)
    made.consented_on, made.means = offering.consented_on, offering.means
    made.text = said(offering.text, OFFER, "neighbour.offer")
    _where(row, made, offering)
    made.save(force_insert=True)
    return _done(actor, "open", made)


@transaction.atomic
def neighbour_offer_end(*, actor: Actor, honour_id: int) -> NeighbourOffer:
    """Take an offer down at once, whoever of them says so; what was shown is gone. Raises: not_found, .not_yours"""
    row = _honour(actor, honour_id)
    made = offers_end(actor=actor, row=row)
    if made is None:
        raise NotFound
    return made


def offers_end(*, actor: Actor, row: Honour) -> NeighbourOffer | None:
    """Take down what is shown of an honour, which whoever calls this holds; None where nothing is."""
    made = row.offers.select_for_update(of=("self",)).filter(until=None).first()
    if made is None:
        return None
    made.until, made.text, made.address, made.grid, made.facility = clock.today(), "", "", None, None
    made.version += 1
    made.save()
    return _done(actor, "end", made)


def _where(row: Honour, made: NeighbourOffer, offering: Offering) -> None:
    """What may be shown of where. Raises: neighbour.where, not_found"""
    inside = {"place__path__startswith": row.place.path, "until": None}
    if row.recipient == "merchant":
        made.address = said(offering.address, OFFER, "neighbour.where")
        if offering.facility_id:
            made.facility = Facility.objects.filter(**inside, pk=offering.facility_id).first()
            if made.facility is None:
                raise NotFound
        return
    if offering.address.strip() or offering.facility_id:
        message = _("A household is shown with its grid, never with its home. Leave the address empty.")
        raise InvalidInput("neighbour.where", message)
    grids = Place.objects.filter(type=Place.Type.GRID, until=None, path__startswith=row.place.path)
    made.grid = grids.filter(pk=offering.grid_id or 0).first()
    if made.grid is None:
        raise InvalidInput("neighbour.where", _("Choose the grid of the household."))


def _honour(actor: Actor, honour_id: int) -> Honour:
    rows = Honour.objects.select_for_update(of=("self",)).select_related("place")
    row = rows.filter(honours_policies.honours_visible_to(actor), pk=honour_id).first()
    if row is None:
        raise NotFound
    honours_policies.require_keep(actor, row.place)
    return row


def _done(actor: Actor, verb: str, row: NeighbourOffer, **facts: Any) -> NeighbourOffer:
    facts |= {"honour": row.honour_id}
    journal.write(actor, f"{KIND}.{verb}", (KIND, row.pk), place_id=row.place_id, facts=facts)
    return row
