"""Care from before, from ledgers. Silent: nothing is owed of it. Who is cared for is known by number alone.

A ledger says nothing of what people agreed to, and so their names are not taken over.
"""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from django.db import transaction

from linli.care.models import CareClient, CareService
from linli.care.workflow import ELDER, SERVICE
from linli.core import bulk, clock, journal
from linli.core.actors import Actor
from linli.territory.operations.recording import extra_of

Rows = Sequence[Mapping[str, Any]]
PLAIN: Final = ("number", "kind", "mode", "on", "state")
COLUMNS: Final = (*PLAIN, "client", "group", "provider")


def services_refused(*, rows: Rows) -> dict[int, str]:
    """Which rows are nowhere, by position."""
    return {at: "care_service.no_place" for at, row in enumerate(rows) if not row.get("place")}


@transaction.atomic
def service_record_many(*, actor: Actor, rows: Rows) -> list[int]:
    """Take in what was given; whoever is not known yet is entered by number."""
    clients = _clients(rows)
    held = CareService.objects.select_for_update().in_bulk([row["id"] for row in rows if row.get("id")])
    fresh: list[CareService] = []
    given: list[CareService] = []
    for row in rows:
        record = held.get(row.get("id") or 0)
        if record is None:
            record = CareService(recorded=clock.now(), recorder=actor.key)
            fresh.append(record)
        _fill(record, row, clients)
        given.append(record)
    for record, pk in zip(fresh, bulk.next_ids(CareService, len(fresh)), strict=True):
        record.pk = pk
    bulk.copy_in(fresh)
    bulk.change(CareService, [*held.values()], (*PLAIN, "client", "place", "provider", "extra"))
    journal.write(actor, f"{SERVICE}.record_many", None, count=max(1, len(rows)))
    return [record.pk for record in given]


def _fill(record: CareService, row: Mapping[str, Any], clients: Mapping[str, CareClient]) -> None:
    record.extra = {**record.extra, **extra_of(row, COLUMNS)}
    for name in PLAIN:
        if row.get(name) is not None:
            setattr(record, name, row[name])
    if row.get("client"):
        record.client = clients[row["client"]]
    record.place_id = row.get("place") or record.place_id
    record.provider_id = row.get("provider") or record.provider_id


def _clients(rows: Rows) -> dict[str, CareClient]:
    """Who is cared for, by number; those not known yet are entered with their first day."""
    first: dict[str, Mapping[str, Any]] = {}
    for row in sorted((row for row in rows if row.get("client")), key=lambda row: row["on"]):
        first.setdefault(row["client"], row)
    found = {client.number: client for client in CareClient.objects.filter(number__in=first)}
    missing = [(number, row) for number, row in first.items() if number not in found]
    made = CareClient.objects.bulk_create(
        CareClient(
            number=number,
            group=row.get("group") or ELDER,
            place_id=row["place"],
            state="known",
            since=row["on"],
        )
        for number, row in missing
    )
    return found | {client.number: client for client in made}


@transaction.atomic
def services_remove(*, actor: Actor, ids: Sequence[int]) -> None:
    """Remove what an import made, when it is taken back, with those whom nothing is left of."""
    rows = CareService.objects.filter(pk__in=ids)
    clients = set(rows.values_list("client_id", flat=True))
    rows.delete()
    CareClient.objects.filter(pk__in=clients, state="known", services=None).delete()
    journal.write(actor, f"{SERVICE}.remove_many", None, count=max(1, len(ids)))
