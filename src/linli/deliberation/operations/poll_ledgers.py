"""Votes that an office held before, from its ledger: totals only, published from the start."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any, Final

from django.db import transaction

from linli.core import clock, journal
from linli.core.actors import Actor
from linli.core.bulk import change, copy_in, next_ids
from linli.deliberation.models import Poll
from linli.deliberation.policies import polls as policies
from linli.territory.models import Place
from linli.territory.operations.recording import extra_of, root_place

Rows = Sequence[Mapping[str, Any]]
PLAIN: Final = (
    "title",
    "held",
    "heads",
    "present",
    "votes_for",
    "votes_against",
    "abstained",
    "met",
    "rule",
    "secrecy",
)
EMPTIED: Final = ("votes_for", "votes_against", "abstained", "met")
LONGEST: Final = 120
SETS_UP: Final = "system.configure"


def polls_refused(*, rows: Rows) -> dict[int, str]:
    """Which rows make no sense, by position, each with the code of its reason."""
    found = {position: _fault(row) for position, row in enumerate(rows)}
    return {position: code for position, code in found.items() if code}


def _fault(row: Mapping[str, Any]) -> str:
    if not 2 <= len(row["title"]) <= LONGEST:
        return "poll.title"
    given = sum(row.get(name) or 0 for name in ("votes_for", "votes_against", "abstained"))
    return "" if row["heads"] >= row["present"] >= given else "poll.parts"


def polls_recognised(*, rows: Rows) -> dict[int, int]:
    """Which rows speak of a vote that was recorded from a ledger already, by position."""
    known = _known(rows)
    keys = [_key(row) for row in rows]
    return {position: known[key].pk for position, key in enumerate(keys) if key in known}


@transaction.atomic
def poll_record_many(*, actor: Actor, rows: Rows) -> list[int]:
    """Record votes from a ledger: one of the same title, place and day is the same. Raises: poll.not_yours"""
    held = Poll.objects.select_for_update().filter(imported=True).in_bulk([row["id"] for row in rows if row.get("id")])
    known = _known(rows)
    made: list[Poll] = []
    changed: list[Poll] = []
    places = {poll.place_id for poll in (*held.values(), *known.values())}
    given = []
    for row in rows:
        poll = held.get(row.get("id") or 0) or known.get(_key(row))
        if poll is None:
            poll = known[_key(row)] = _new(actor)
            made.append(poll)
        elif poll not in made:
            poll.version += 1
            changed.append(poll)
        _fill(poll, row)
        given.append(poll.pk)
    _require_run(actor, places | {poll.place_id for poll in made + changed})
    copy_in(made)
    change(Poll, changed, [*PLAIN, "place", "extra", "version"])
    journal.write(actor, "poll.record_many", None, count=max(1, len(rows)))
    return given


def _new(actor: Actor) -> Poll:
    return Poll(
        id=next_ids(Poll, 1)[0],
        state="published",
        imported=True,
        online=False,
        recorded=clock.now(),
        recorder=actor.key,
    )


def _fill(poll: Poll, row: Mapping[str, Any]) -> None:
    for name in EMPTIED:
        if name in row.get("emptied", ()):
            setattr(poll, name, None)
    for name in PLAIN:
        if row.get(name) is not None:
            setattr(poll, name, row[name])
    root = root_place()
    poll.place_id = row.get("place") or poll.place_id or (root.pk if root else 0)
    poll.extra = {**poll.extra, **extra_of(row, (*PLAIN, "state"))}


def _require_run(actor: Actor, places: Collection[int]) -> None:
    """Refuse who runs none at one of these; whoever sets the place up brings in all. Raises: poll.not_yours"""
    if not actor.can(SETS_UP):
        for place in Place.objects.filter(pk__in=places):
            policies.require_run(actor, place)


def _key(row: Mapping[str, Any]) -> tuple[str, int, date | None]:
    root = root_place()
    return (row.get("title") or "", row.get("place") or (root.pk if root else 0), row.get("held"))


def _known(rows: Rows) -> dict[tuple[str, int, date | None], Poll]:
    titles = {row.get("title") for row in rows}
    found = Poll.objects.select_for_update().filter(imported=True, title__in=titles)
    return {(item.title, item.place_id, item.held): item for item in found}
