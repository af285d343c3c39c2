"""Redemptions of before, as ledgers tell them (兑换记录). Silent; each is posted once in the ledger of points.

What a corrected row changes in points is taken back and posted anew; what was redeemed here is not touched.
"""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any, Final

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from linli.core import clock, journal
from linli.core.actors import Actor
from linli.core.bulk import next_ids
from linli.core.money import fen_of
from linli.points.models import Member
from linli.points.operations.ledgers import taken_many
from linli.points.operations.posting import reverse
from linli.points.values import Source, Taken
from linli.points.workflow import POINTS
from linli.shop.models import Redemption
from linli.shop.workflow import REDEMPTION
from linli.territory.operations.recording import extra_of, root_place

Rows = Sequence[Mapping[str, Any]]
COLUMNS: Final = ("number", "place", "day", "member", "name", "goods", "quantity", "points", "value", "state")
LONGEST: Final = {"number": 40, "member": 40, "goods": 60}
CORRECTED: Final = _("corrected in its ledger")
TAKEN_BACK: Final = _("its import was taken back")


def redemptions_refused(*, rows: Rows) -> dict[int, str]:
    """Which rows are no redemption of before, by position: nothing taken, too long, or one that was made here."""
    numbers = {row["number"] for row in rows if row.get("number")}
    here = set(Redemption.objects.filter(number__in=numbers).exclude(source="ledger").values_list("number", flat=True))
    found = {position: _refused(row, here) for position, row in enumerate(rows)}
    return {position: code for position, code in found.items() if code}


def _refused(row: Mapping[str, Any], here: set[str]) -> str:
    if row.get("number") in here:
        return "redemption.made_here"
    if any(len(str(row.get(name) or "")) > most for name, most in LONGEST.items()):
        return "redemption.too_long"
    if any(row.get(name) is not None and row[name] <= 0 for name in ("quantity", "points")):
        return "redemption.amount"
    value = row.get("value")
    fen = None if value is None else fen_of(Decimal(str(value)))
    return "redemption.amount" if value is not None and (fen is None or fen < 0) else ""


@transaction.atomic
def redemption_record_many(*, actor: Actor, rows: Rows) -> list[int]:
    """Take in redemptions from a ledger, one for each number of a place."""
    root = root_place()
    held = Redemption.objects.select_for_update().filter(source="ledger")
    by_id = held.in_bulk([row["id"] for row in rows if row.get("id")])
    known = {(row.place_id, row.number): row for row in held.filter(number__in={row["number"] for row in rows})}
    given: list[Redemption] = []
    new: dict[int, Taken] = {}
    for row in rows:
        place_id = row.get("place") or (root.pk if root else 0)
        record = by_id.get(row.get("id") or 0) or known.get((place_id, row["number"]))
        if record is None:
            record = Redemption(id=next_ids(Redemption, 1)[0], place_id=place_id, number=row["number"])
            record.source, record.state = "ledger", "handed_over"
            record.recorded, record.recorder = clock.now(), actor.key
            known[(place_id, row["number"])] = record
        if _filled(record, row):
            new[record.pk] = _taken(actor, record, row)
        given.append(record)
    posted = dict(zip(new, taken_many(actor=actor, rows=list(new.values())), strict=True)) if new else {}
    members = Member.objects.filter(book=POINTS, number__in={taken.number for taken in new.values()})
    by_number = {member.number: member for member in members}
    for record in {row.pk: row for row in given}.values():
        if record.pk in posted:
            record.paid, record.member = posted[record.pk], by_number[new[record.pk].number]
        record.save()
    journal.write(actor, "redemption.record_many", None, count=max(1, len(rows)))
    return [record.pk for record in given]


def _filled(record: Redemption, row: Mapping[str, Any]) -> bool:
    """Write down what a row says; whether its points are to be posted, for the first time or anew."""
    was = (record.points, record.day, record.member.number) if record.paid_id else None
    for name in ("goods", "quantity", "day"):
        if row.get(name) is not None:
            setattr(record, name, row[name])
    record.handed_on = record.day
    if row.get("points") is not None:
        record.points = row["points"]
    if row.get("value") is not None:
        record.value_fen = fen_of(Decimal(str(row["value"]))) or 0
    record.extra = {**record.extra, **extra_of(row, COLUMNS)}
    return was is None or was != (record.points, record.day, row.get("member") or was[2])


def _taken(actor: Actor, record: Redemption, row: Mapping[str, Any]) -> Taken:
    """What is to be posted; what was posted before is taken back."""
    edition = 1
    if record.paid is not None:
        edition = record.paid.edition + 1
        reverse(actor=actor, transfer_id=record.paid.pk, reason=str(CORRECTED))
    number = row.get("member") or record.member.number
    source = Source(REDEMPTION, record.pk, edition)
    return Taken(number, row.get("name") or "", record.points, record.day, source, record.place_id)


@transaction.atomic
def redemptions_remove(*, actor: Actor, ids: Sequence[int]) -> None:
    """Delete redemptions that an import made; their points are given back."""
    rows = Redemption.objects.select_for_update().filter(pk__in=ids, source="ledger").order_by("pk")
    for row in rows:
        if row.paid is not None:
            reverse(actor=actor, transfer_id=row.paid.pk, reason=str(TAKEN_BACK))
    Redemption.objects.filter(pk__in=[row.pk for row in rows]).delete()
    journal.write(actor, "redemption.remove_many", None, count=max(1, len(ids)))
