"""What places owe to make public: raised when a period has ended, met by what is posted, on the list meanwhile.

A place that is new to an item owes nothing of before: its first period is the first whose day has not passed.
"""

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import date
from typing import Final

from django.db import connection, transaction
from django.db.models import Max

from linli.cases.operations.clocks import Holder, calendar_of, post_at
from linli.cases.operations.owing import owe, settle
from linli.core import clock, journal
from linli.core.actors import SYSTEM
from linli.organizations.models import Post
from linli.publishing import disclosure_section, periods
from linli.publishing.disclosure_section import DisclosureItem
from linli.publishing.models import DisclosureDue, Publication
from linli.publishing.policies.publications import POST
from linli.publishing.queries.divisions import units
from linli.publishing.workflow.disclosure import DUE, POST_OWED
from linli.territory.models import Place

KIND: Final = "disclosure_due"
LOCK: Final = 7308
OPEN: Final = ("waiting", "missing")


@dataclass(slots=True)
class Checked:
    """What a check did; `open` are those that are owed now."""

    raised: int = 0
    missed: int = 0
    dropped: int = 0
    open: int = 0

    def as_dict(self) -> dict[str, int]:
        """The counts by name."""
        return asdict(self)


@transaction.atomic
def disclosure_check(*, at: date | None = None) -> Checked:
    """Raise what is owed of every period that has ended by a day. Twice on one day does nothing twice."""
    day, done = at or clock.today(), Checked()
    # One at a time: whoever comes second finds what the first has raised.
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
    held = disclosure_section.items()
    for item in held.values():
        if item.every != disclosure_section.EVENT:
            _raise(item, day, done)
    _miss(day, done)
    _drop(held, done)
    done.open = DisclosureDue.objects.filter(state__in=OPEN).count()
    return done


def due_meet(*, publication: Publication) -> None:
    """Note that a notice meets what its place owes of its item and the periods that it covers. In its transaction."""
    if not publication.item or publication.since is None or publication.until is None:
        return
    rows = DisclosureDue.objects.select_for_update().filter(
        item=publication.item, place=publication.place, state__in=OPEN
    )
    for row in rows.filter(since__gte=publication.since, until__lte=publication.until):
        _met(row, publication)


def due_reopen(*, publication: Publication, gone: bool = False) -> None:
    """Owe again what a notice no longer meets: it was withdrawn, is of another period, or goes. In its transaction."""
    for row in publication.meets.select_for_update(of=("self",)).select_related("place"):
        if not gone and not publication.withdrawn and _covers(publication, row):
            continue
        row.state, row.publication, row.posted_on = DUE.step(row.state, "take_back"), None, None
        if row.due < clock.today():
            row.state = DUE.step(row.state, "miss")
        row.save()
        _owe(row)


def holder_at(place: Place) -> Holder:
    """Who owes what is made public at a place: the body of whoever does so nearest above it, else that post."""
    found = post_at(place.path, POST)
    body = Post.objects.filter(pk=found.post_id or 0).values_list("organization_id", flat=True).first()
    return Holder(organization_id=body) if body else found


def _raise(item: DisclosureItem, day: date, done: Checked) -> None:
    """Raise what is owed of one item at each of its places."""
    latest = DisclosureDue.objects.filter(item=item.code).values_list("place_id").annotate(last=Max("until"))
    known = dict(latest.order_by())
    for place in units(item.at).select_related("county", "street", "community"):
        for since, until in _ended(item, known.get(place.pk), day):
            row = DisclosureDue.objects.create(
                item=item.code, place=place, since=since, until=until, due=item.due(until)
            )
            done.raised += 1
            facts = {"item": item.code, "until": until.isoformat(), "due": row.due.isoformat()}
            journal.write(SYSTEM, f"{KIND}.raise", (KIND, row.pk), place_id=place.pk, facts=facts)
            posted = _posted(row)
            if posted is None:
                _owe(row)
            else:
                _met(row, posted)


def _ended(item: DisclosureItem, last: date | None, day: date) -> Iterable[periods.Days]:
    """The periods that are over and not yet raised."""
    newest = periods.last_ended(item.every, day)
    if last is None:
        return [newest] if item.due(newest[1]) >= day else []
    found = []
    since, until = periods.following(item.every, last)
    while until <= newest[1]:
        found.append((max(since, last + periods.DAY), until))
        since, until = periods.following(item.every, until)
    return found


def _posted(row: DisclosureDue) -> Publication | None:
    """What was posted before the check came."""
    rows = Publication.objects.filter(item=row.item, place=row.place, withdrawn=None)
    return rows.filter(since__lte=row.since, until__gte=row.until).order_by("posted", "pk").first()


def _covers(publication: Publication, row: DisclosureDue) -> bool:
    since, until = publication.since, publication.until
    return since is not None and until is not None and since <= row.since and until >= row.until


def _met(row: DisclosureDue, publication: Publication) -> None:
    if row.state == "waiting" and publication.posted_on > row.due:
        row.state = DUE.step(row.state, "miss")
    row.state, row.publication, row.posted_on = DUE.step(row.state, "post"), publication, publication.posted_on
    row.save()
    settle(POST_OWED, (KIND, row.pk))


def _owe(row: DisclosureDue) -> None:
    """Put it on the list of whoever owes it, by the close of business of its day."""
    days = calendar_of(row.place)
    named = disclosure_section.items().get(row.item)
    title = f"{named.label if named else row.item} · {row.period}"
    owe(POST_OWED, (KIND, row.pk), title, row.place_id, holder_at(row.place), days.close_of(row.due), days)


def _miss(day: date, done: Checked) -> None:
    """Note what is overdue now."""
    rows = DisclosureDue.objects.filter(state="waiting", due__lt=day)
    for pk, place_id in list(rows.values_list("pk", "place_id")):
        journal.write(SYSTEM, f"{KIND}.miss", (KIND, pk), place_id=place_id)
        done.missed += 1
    rows.update(state=DUE.step("waiting", "miss"))


def _drop(held: Iterable[str], done: Checked) -> None:
    """End what no rule asks for any more, and what was owed by places that are gone."""
    rows = DisclosureDue.objects.filter(state__in=OPEN)
    for row in rows.exclude(item__in=list(held)).union(rows.exclude(place__until=None), all=False):
        row.state = DUE.step(row.state, "drop")
        row.save(update_fields=["state"])
        settle(POST_OWED, (KIND, row.pk))
        journal.write(SYSTEM, f"{KIND}.drop", (KIND, row.pk), place_id=row.place_id)
        done.dropped += 1
