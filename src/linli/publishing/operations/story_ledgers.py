"""Stories and letters of before, from lists: titles and days, no names and no words of people. Silent.

What was written here stays as it is; what a list says was published elsewhere stands on no page here.
"""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from django.db import transaction

from linli.core import journal
from linli.core.actors import Actor
from linli.publishing.models import Story
from linli.territory.operations.recording import extra_of, root_place

FIELDS: Final = ("number", "kind", "about", "title", "subject", "written", "published", "state")
LEDGER: Final = "ledger"


@transaction.atomic
def story_record_many(*, actor: Actor, rows: Sequence[Mapping[str, Any]]) -> list[int]:
    """Take in stories and letters of before."""
    root = root_place()
    held = Story.objects.select_for_update().in_bulk([row["id"] for row in rows if row.get("id")])
    given = []
    for row in rows:
        record = held.get(row.get("id") or 0) or Story(written_by=LEDGER)
        record.extra = {**record.extra, **extra_of(row, FIELDS)}
        if record.written_by == LEDGER:
            _enter(record, row, root.pk if root else 0)
        record.version += 1 if record.pk else 0
        record.save()
        given.append(record.pk)
    journal.write(actor, "story.record_many", None, count=max(1, len(rows)))
    return given


def _enter(record: Story, row: Mapping[str, Any], root: int) -> None:
    record.kind = row.get("kind") or record.kind or "exemplar"
    record.about = row.get("about") or record.about or "unit"
    for name, most in (("number", 40), ("title", 120), ("subject", 160)):
        setattr(record, name, (row.get(name) or getattr(record, name))[:most])
    record.place_id = row.get("place") or record.place_id or root
    record.written_on = row.get("written") or record.written_on
    record.published_on = row.get("published") or record.published_on
    record.state = row.get("state") or ("published" if record.published_on else "draft")
    if record.state == "published":
        record.published_on = record.published_on or record.written_on
