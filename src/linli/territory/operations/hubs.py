"""One hub community that serves those around it (ORG-21): a relation between communities, from a day on."""

from datetime import date

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from linli.core import clock, journal
from linli.core.actors import Actor
from linli.core.errors import InvalidInput, NotFound, RuleBroken
from linli.territory import policies
from linli.territory.models import HubService, Place
from linli.territory.operations.places import place_locked


@transaction.atomic
def hub_serve(*, actor: Actor, hub: int, served: int, since: date) -> HubService:
    """Let a community serve another from a day on. A community has one hub, and a hub has none itself.

    Raises: not_found, place.not_yours, hub.not_a_community, hub.itself, hub.has_one, hub.chain, place.ended
    """
    centre, other = place_locked(hub), place_locked(served)
    policies.require_manage(actor, centre)
    policies.require_manage(actor, other)
    if centre.pk == other.pk:
        raise InvalidInput("hub.itself", _("A community is no hub of itself."))
    if any(place.community_id != place.pk for place in (centre, other)):
        raise InvalidInput("hub.not_a_community", _("Only communities serve one another."))
    if centre.until is not None or other.until is not None:
        raise RuleBroken("place.ended", _("%(name)s has ended."), name=(centre if centre.until else other).name)
    current = HubService.objects.filter(until=None)
    if current.filter(served=other).exists():
        raise RuleBroken("hub.has_one", _("%(name)s is served by a hub already."), name=other.name)
    if current.filter(served=centre).exists() or current.filter(hub=other).exists():
        raise RuleBroken("hub.chain", _("A hub is not served by another hub."))
    row = HubService.objects.create(hub=centre, served=other, since=since)
    facts = {"served": other.pk, "since": since.isoformat()}
    journal.write(actor, "hub.serve", (centre.type, centre.pk), place_id=centre.pk, facts=facts)
    return row


@transaction.atomic
def hub_end(*, actor: Actor, service: int) -> HubService:
    """End the relation today; it stays as history. Raises: not_found, place.not_yours"""
    row = (
        HubService.objects.select_for_update(of=("self",)).select_related("hub").filter(pk=service, until=None).first()
    )
    if row is None:
        raise NotFound
    policies.require_manage(actor, row.hub)
    row.until = max(clock.today(), row.since)
    row.save(update_fields=["until"])
    facts = {"served": row.served_id}
    journal.write(actor, "hub.end", (Place.Type.DIVISION.value, row.hub_id), place_id=row.hub_id, facts=facts)
    return row


def hubs_close(*, actor: Actor, place: int, on: date) -> None:
    """End every relation of a place that ends itself, in the caller's transaction."""
    rows = list(HubService.objects.select_for_update().filter(Q(hub_id=place) | Q(served_id=place), until=None))
    for row in rows:
        row.until = max(on, row.since)
        row.save(update_fields=["until"])
    if rows:
        journal.write(actor, "hub.close", (Place.Type.DIVISION.value, place), place_id=place, count=len(rows))
