"""Notices from a ledger. One that is held already and reads otherwise keeps its former version."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import Any, Final

from django.db import transaction
from django.utils.translation import gettext as _

from linli.core import clock, journal
from linli.core.actors import Actor
from linli.core.bulk import change, copy_in, next_ids
from linli.publishing import disclosure_section
from linli.publishing.models import FormerVersion, Publication
from linli.publishing.operations.due import due_meet, due_reopen
from linli.publishing.operations.publications import STAYS, WORDS
from linli.territory.operations.recording import extra_of, root_place

Rows = Sequence[Mapping[str, Any]]
Key = tuple[str, int, date]
FIELDS: Final = ("title", "place", "item", "posted_on", "posted", "corrected", "extra", "version")


def publications_refused(*, rows: Rows) -> dict[int, str]:
    """Which rows are of an item and a period that another notice of the place is of already, by position."""
    codes = _codes()
    wanted = [
        (codes.get(row.get("item") or "", row.get("item") or ""), row.get("since"), row.get("until")) for row in rows
    ]
    held = Publication.objects.filter(withdrawn=None, item__in={item for item, _since, _until in wanted if item})
    names = ("item", "place_id", "since", "until", "title", "posted_on")
    by_period = {row[:4]: row[4:] for row in held.values_list(*names)}
    found: dict[int, str] = {}
    for position, (key, (item, since, until)) in enumerate(zip(_keys(rows, {}), wanted, strict=True)):
        if item and since and until:
            title, place_id, posted = key
            other = by_period.setdefault((item, place_id, since, until), (title, posted))
            if other != (title, posted):
                found[position] = "publication.twice"
    return found


def publications_recognised(*, rows: Rows) -> dict[int, int]:
    """Which rows speak of a notice that is there already, by position."""
    keys = _keys(rows, {})
    known = Publication.objects.filter(title__in={key[0] for key in keys})
    by_key = {
        (title, place, day): pk for pk, title, place, day in known.values_list("pk", "title", "place_id", "posted_on")
    }
    return {position: by_key[key] for position, key in enumerate(keys) if key in by_key}


@transaction.atomic
def publication_record_many(*, actor: Actor, rows: Rows) -> list[int]:
    """Take in notices from a ledger: one of the same title, place and day is the same notice. Silent.

    A notice that was withdrawn stays so, whatever the ledger says.
    """
    held = Publication.objects.select_for_update().in_bulk([row["id"] for row in rows if row.get("id")])
    keys = _keys(rows, held)
    known = Publication.objects.select_for_update().filter(title__in={key[0] for key in keys})
    by_key = {(item.title, item.place_id, item.posted_on): item for item in known}
    codes, made, changed, given = _codes(), [], [], []
    for row, key in zip(rows, keys, strict=True):
        notice = held.get(row.get("id") or 0) or by_key.get(key)
        if notice is None:
            notice = by_key[key] = Publication(id=next_ids(Publication, 1)[0], posted_by=actor.key)
            made.append(notice)
        elif notice.withdrawn:
            given.append(notice.pk)
            continue
        was = {} if notice in made else {name: getattr(notice, name) for name in (*WORDS, "figures")}
        _fill(notice, row, key, codes)
        if was:
            _note_former(actor, notice, was)
            changed.append(notice)
        given.append(notice.pk)
    copy_in(made)
    change(Publication, changed, [*FIELDS, *(set(WORDS) - {"title"})])
    _settle([*made, *changed])
    journal.write(actor, "publication.record_many", None, count=max(1, len(rows)))
    return given


@transaction.atomic
def publications_remove(*, actor: Actor, ids: Sequence[int]) -> None:
    """Delete notices that an import made, with what it put right in them; what they met is owed again.

    One that somebody has asked about since, or attached something to, stays: deleting it is refused by the database.
    """
    rows = list(Publication.objects.select_for_update().filter(pk__in=ids))
    for row in rows:
        due_reopen(publication=row, gone=True)
    FormerVersion.objects.filter(publication__in=rows).delete()
    Publication.objects.filter(pk__in=[row.pk for row in rows]).delete()
    journal.write(actor, "publication.remove_many", None, count=max(1, len(rows)))


def _keys(rows: Rows, held: Mapping[int, Publication]) -> list[Key]:
    """By what a notice is known; where a row that changes one is silent, it stays as it is."""
    root = root_place()
    blank = Publication(place_id=root.pk if root else 0)
    found = []
    for row in rows:
        was = held.get(row.get("id") or 0, blank)
        posted: date = row.get("posted") or was.posted_on
        found.append((row.get("title") or was.title, row.get("place") or was.place_id, posted))
    return found


def _fill(notice: Publication, row: Mapping[str, Any], key: Key, codes: Mapping[str, str]) -> None:
    """Set what a row says; one without a last day stayed up as long as its item asks."""
    is_new = notice.posted_on is None
    notice.title, notice.place_id, notice.posted_on = key
    notice.posted = clock.day_start(key[2]) if is_new else notice.posted
    for name in ("text", "since", "until", "audience"):
        if row.get(name) is not None or name in row.get("emptied", ()):
            setattr(notice, name, row.get(name))
    if row.get("item") is not None:
        # What no item is called stays as it was written.
        notice.item = codes.get(row["item"], row["item"])[:60]
    known = disclosure_section.items().get(notice.item)
    if row.get("up_until") or is_new:
        notice.up_until = row.get("up_until") or key[2] + timedelta(days=known.stays_days if known else STAYS)
    notice.extra = {**notice.extra, **extra_of(row, (*WORDS, "item", "posted"))}


def _note_former(actor: Actor, notice: Publication, was: Mapping[str, Any]) -> None:
    """Keep what a notice said before a ledger said otherwise."""
    if all(getattr(notice, name) == was[name] for name in WORDS):
        return
    now = clock.now()
    reason = _("Put right from a ledger")
    FormerVersion.objects.create(
        publication=notice, number=notice.version, replaced=now, replaced_by=actor.key, reason=reason, **was
    )
    notice.version, notice.corrected = notice.version + 1, now


def _settle(notices: Iterable[Publication]) -> None:
    """What the notices meet is met, and what they no longer meet is owed again."""
    for notice in notices:
        due_reopen(publication=notice)
        due_meet(publication=notice)


def _codes() -> dict[str, str]:
    """The codes of items by every way in which a ledger names them."""
    named = disclosure_section.named_items()
    return {name: item.code for item in named for name in (*item.also, item.label_en, item.label, item.code) if name}
