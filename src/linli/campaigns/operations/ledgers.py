"""Campaigns that a place has from before, from its ledgers. Silent: nothing is owed of them.

Every row names its campaign by title; one that nobody planned here is taken in as it is named.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, Final, TypeVar

from django.db import transaction
from django.db.models import Model

from linli.campaigns.models import Campaign, CampaignFinding, CampaignItem, CampaignTarget, CampaignUnit
from linli.core import clock, journal
from linli.core.actors import Actor
from linli.core.bulk import copy_in, next_ids
from linli.organizations.models import Organization
from linli.territory.operations.recording import extra_of, root_place

Rows = Sequence[Mapping[str, Any]]
OF_CAMPAIGN: Final = ("title", "kind", "purpose", "document", "unit", "since", "until")
OF_ITEM: Final = ("campaign", "title", "unit", "since")
OF_UNIT: Final = ("campaign", "unit", "since")
OF_TARGET: Final = ("campaign", "begun", "households", "since")
OF_FINDING: Final = ("campaign", "number", "topic", "text", "found_on", "due", "state", "done_on")
ROW = TypeVar("ROW", bound=Model)


@transaction.atomic
def campaign_record_many(*, actor: Actor, rows: Rows) -> list[int]:
    """Take in campaigns, one of each title (CMP-01)."""
    held = Campaign.objects.select_for_update().in_bulk([row["id"] for row in rows if row.get("id")])
    known = _campaigns(row["title"] for row in rows)
    bodies = _bodies(rows)
    given = []
    for row in rows:
        record = held.get(row.get("id") or 0) or known[row["title"]]
        record.place_id = row.get("place") or record.place_id
        _fill(record, row, OF_CAMPAIGN)
        record.lead = bodies.get(record.unit)
        record.save()
        given.append(record.pk)
    journal.write(actor, "campaign.record_many", None, count=max(1, len(rows)))
    return given


@transaction.atomic
def item_record_many(*, actor: Actor, rows: Rows) -> list[int]:
    """Take in what campaigns consist of, one of each title in a campaign (PRP-04)."""
    bodies = _bodies(rows)

    def fill(record: CampaignItem, row: Mapping[str, Any]) -> None:
        _fill(record, row, OF_ITEM)
        record.lead = bodies.get(record.unit)

    return _parts(actor, rows, CampaignItem, lambda row: row["title"], lambda item: item.title, fill)


@transaction.atomic
def unit_record_many(*, actor: Actor, rows: Rows) -> list[int]:
    """Take in the bodies that take part in campaigns, each once in a campaign (PRP-04)."""
    bodies = _bodies(rows)

    def fill(record: CampaignUnit, row: Mapping[str, Any]) -> None:
        _fill(record, row, OF_UNIT)
        record.organization = bodies.get(record.unit)

    return _parts(actor, rows, CampaignUnit, lambda row: row["unit"], lambda item: item.unit, fill)


@transaction.atomic
def target_record_many(*, actor: Actor, rows: Rows) -> list[int]:
    """Take in the places of campaigns, each once in a campaign (CMP-01)."""

    def fill(record: CampaignTarget, row: Mapping[str, Any]) -> None:
        _fill(record, row, OF_TARGET)
        record.place_id = row["place"]

    return _parts(actor, rows, CampaignTarget, lambda row: row["place"], lambda item: item.place_id, fill)


def findings_refused(*, rows: Rows) -> dict[int, str]:
    """Which rows make no sense, by position: put right and no day, or a day before it was found."""
    found: dict[int, str] = {}
    for at, row in enumerate(rows):
        done_on = row.get("done_on")
        if (row.get("state") == "done") != bool(done_on):
            found[at] = "campaign_finding.day"
        elif done_on and done_on < row["found_on"]:
            found[at] = "campaign_finding.span"
    return found


@transaction.atomic
def finding_record_many(*, actor: Actor, rows: Rows) -> list[int]:
    """Take in what was found at the places of campaigns, one of each number in a campaign (PRP-04)."""
    held = CampaignFinding.objects.select_for_update().in_bulk([row["id"] for row in rows if row.get("id")])
    campaigns = _campaigns(row["campaign"] for row in rows)
    named = CampaignFinding.objects.select_for_update().filter(campaign__in=campaigns.values()).exclude(number="")
    known = {(item.campaign_id, item.number): item for item in named}
    ids = iter(next_ids(CampaignFinding, len(rows)))
    made: list[Any] = []
    given = []
    for row in rows:
        campaign = campaigns[row["campaign"]]
        record = held.get(row.get("id") or 0) or known.get((campaign.pk, row.get("number") or ""))
        new = record is None
        record = record or CampaignFinding(id=next(ids), campaign=campaign)
        record.place_id = row["place"]
        # What lives on as a matter ends with that, whatever a ledger says.
        _fill(record, row, OF_FINDING, () if record.case_id is None else ("state", "done_on"))
        if new:
            made.append(record)
        else:
            record.save()
        given.append(record.pk)
    copy_in(made)
    journal.write(actor, "campaign_finding.record_many", None, count=max(1, len(rows)))
    return given


def _parts(
    actor: Actor,
    rows: Rows,
    model: type[ROW],
    of_row: Callable[[Mapping[str, Any]], Any],
    of_part: Callable[[Any], Any],
    fill: Callable[[Any, Mapping[str, Any]], None],
) -> list[int]:
    """Take in parts of campaigns, each once in its campaign by what tells it from the others."""
    objects: Any = model._default_manager
    held = objects.select_for_update().in_bulk([row["id"] for row in rows if row.get("id")])
    campaigns = _campaigns(row["campaign"] for row in rows)
    parts = objects.select_for_update().filter(campaign__in=campaigns.values())
    known: dict[tuple[int, Any], Any] = {(part.campaign_id, of_part(part)): part for part in parts}
    given = []
    for row in rows:
        campaign = campaigns[row["campaign"]]
        record = held.get(row.get("id") or 0) or known.get((campaign.pk, of_row(row)))
        if record is None:
            values: dict[str, Any] = {"campaign": campaign, "place_id": campaign.place_id, "since": clock.today()}
            record = known[campaign.pk, of_row(row)] = model(**values)
        fill(record, row)
        record.save()
        given.append(record.pk)
    journal.write(actor, f"{model._meta.model_name}.record_many", None, count=max(1, len(rows)))
    return given


def _campaigns(titles: Iterable[str]) -> dict[str, Campaign]:
    """The campaigns of these titles; those that are not here yet begin running at the root."""
    wanted = set(titles)
    root = root_place()
    found = {item.title: item for item in Campaign.objects.select_for_update().filter(title__in=wanted).order_by("-pk")}
    for title in sorted(wanted - found.keys()):
        row = Campaign(title=title, place_id=root.pk if root else 0, since=clock.today(), state="running")
        row.save(force_insert=True)
        found[title] = row
    return found


def _bodies(rows: Rows) -> dict[str, Organization]:
    """The departments of the names in these rows."""
    names = {row["unit"] for row in rows if row.get("unit")}
    bodies = Organization.objects.filter(name__in=names, until=None).order_by("-pk")
    return {item.name: item for item in bodies}


def _fill(record: Any, row: Mapping[str, Any], fields: Sequence[str], kept: Sequence[str] = ()) -> None:
    """Write the columns of a row that are filled in, but for those that are kept as they are."""
    record.extra = {**record.extra, **extra_of(row, fields)}
    for name in fields:
        if name not in ("campaign", *kept) and row.get(name) is not None:
            setattr(record, name, row[name])
