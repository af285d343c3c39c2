"""Training, credentials and study items from the ledgers of a place. Silent: nothing is owed of them.

What was planned, put down or verified here stays as it is, whatever a ledger says.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any, Final

from django.db import transaction

from linli.core import clock, journal
from linli.core.actors import Actor
from linli.core.bulk import copy_in, next_ids
from linli.organizations.models import Person, Post
from linli.organizations.operations.recording import people_found
from linli.territory.operations.recording import extra_of, plain_record_many, root_place
from linli.workforce.models import Credential, InformationItem, StudyGroup, TrainingAttendance, TrainingSession
from linli.workforce.queries.training import homes_of

Rows = Sequence[Mapping[str, Any]]
Key = tuple[Any, ...]
LEDGER: Final = "ledger"
SESSION: Final = (
    *("number", "title", "programme", "channel", "mode", "batch", "organizer", "since", "until", "venue", "state"),
)
ATTENDANCE: Final = ("session", "staff_number", "name", "phone", "category", "unit", "outcome", "place", "place_name")
CREDENTIAL: Final = ("staff_number", "name", "kind", "number", "issued", "expires", "state")
ITEM: Final = ("number", "title", "level", "platform", "group_id", "pushed_on", "state")
GROUP: Final = ("number", "name", "level", "platform")
LONGEST: Final = {
    **{"number": 40, "title": 160, "batch": 40, "organizer": 160, "venue": 160},
    **{"name": 60, "staff_number": 40, "category": 64, "unit": 160},
}


def rows_refused(*, rows: Rows) -> dict[int, str]:
    """Which rows have a cell that is too long or days that make no sense, by position."""
    found = {}
    for at, row in enumerate(rows):
        if any(len(row.get(name) or "") > most for name, most in LONGEST.items() if isinstance(row.get(name), str)):
            found[at] = "training.too_long"
        elif row.get("since") and row.get("until") and row["until"] < row["since"]:
            found[at] = "training.days"
    return found


def _place_of(row: Mapping[str, Any], root: int | None) -> int:
    return int(row.get("place") or root or 0)


def _root() -> int | None:
    root = root_place()
    return root.pk if root else None


def _keys(row: Mapping[str, Any], place_id: int) -> Key:
    """What tells a session from another: its number, else what it is called with its first day."""
    return (place_id, row["number"]) if row.get("number") else (place_id, row.get("title"), row.get("since"))


def _sessions_known(rows: Rows) -> dict[Key, TrainingSession]:
    """The sessions that are here already, by both keys."""
    numbers = {row["number"] for row in rows if row.get("number")}
    titles = {row["title"] for row in rows if row.get("title")}
    held = TrainingSession.objects.select_for_update()
    known: dict[Key, TrainingSession] = {}
    for item in [*held.filter(title__in=titles), *held.filter(number__in=numbers)]:
        known[(item.place_id, item.number)] = known[(item.place_id, item.title, item.since)] = item
    return known


@transaction.atomic
def sessions_recognised(*, rows: Rows) -> dict[int, int]:
    """The rows that mean a session which is here already, by position."""
    root, known = _root(), _sessions_known(rows)
    found = {at: known.get(_keys(row, _place_of(row, root))) for at, row in enumerate(rows)}
    return {at: item.pk for at, item in found.items() if item}


@transaction.atomic
def session_record_many(*, actor: Actor, rows: Rows) -> list[int]:
    """Take in sessions from a ledger, one for each number or title and day of a place."""
    root, known = _root(), _sessions_known(rows)
    held = TrainingSession.objects.select_for_update().in_bulk([row["id"] for row in rows if row.get("id")])
    given = []
    for row in rows:
        place_id = _place_of(row, root)
        key = _keys(row, place_id)
        item = held.get(row.get("id") or 0) or known.get(key)
        if item is None:
            (pk,) = next_ids(TrainingSession, 1)
            item = TrainingSession(id=pk, place_id=place_id, recorded=clock.now(), recorder=LEDGER, state="held")
            known[key] = item
        if item.recorder == LEDGER and _describe(item, row):
            item.save()
            item.attendances.exclude(day=item.since).update(day=item.since)
        given.append(item.pk)
    journal.write(actor, "training_session.record_many", None, count=max(1, len(rows)))
    return given


def _describe(item: TrainingSession, row: Mapping[str, Any]) -> bool:
    """Take over what a row says; whether anything is new."""
    was = {name: getattr(item, name) for name in (*SESSION, "extra")} if not item._state.adding else {}
    for name in SESSION:
        if row.get(name) is not None:
            setattr(item, name, row[name])
    item.until = row.get("until") or item.since
    item.number = item.number or f"P{item.since:%Y}-{item.pk}"
    item.extra = {**item.extra, **extra_of(row, SESSION)}
    return was != {name: getattr(item, name) for name in (*SESSION, "extra")}


def attendances_refused(*, rows: Rows) -> dict[int, str]:
    """Which rows name nobody or no session, by position."""
    numbers = {row["session"] for row in rows if isinstance(row.get("session"), str)}
    held = set(TrainingSession.objects.filter(number__in=numbers).values_list("number", flat=True))
    found = rows_refused(rows=rows)
    for at, row in enumerate(rows):
        number = row.get("session")
        if number is None or (isinstance(number, str) and number not in held):
            found.setdefault(at, "training.unknown_number")
    return found


@transaction.atomic
def attendance_record_many(*, actor: Actor, rows: Rows) -> list[int]:
    """Take in who came from a ledger (PPL-07): person-times, each of a person once for a session."""
    held = TrainingAttendance.objects.select_for_update().in_bulk([row["id"] for row in rows if row.get("id")])
    people = _people(actor, rows, held)
    homes = homes_of(set(people))
    numbers = {row["session"] for row in rows if isinstance(row["session"], str)}
    by_number = {item.number: item for item in TrainingSession.objects.filter(number__in=numbers)}
    by_id = TrainingSession.objects.in_bulk([row["session"] for row in rows if isinstance(row["session"], int)])
    sessions = [by_number.get(row["session"]) or by_id[row["session"]] for row in rows]
    there = TrainingAttendance.objects.select_for_update().filter(session__in=sessions, person__in=people)
    known = {(item.session_id, item.person_id): item for item in there}
    made: list[Any] = []
    given = []
    for row, person_id, session in zip(rows, people, sessions, strict=True):
        item = held.get(row.get("id") or 0) or known.get((session.pk, person_id))
        if item is None:
            (pk,) = next_ids(TrainingAttendance, 1)
            item = TrainingAttendance(id=pk, recorded=clock.now(), recorder=LEDGER)
            made.append(item)
        known[(session.pk, person_id)] = item
        if item.recorder == LEDGER:
            item.session_id, item.person_id, item.day = session.pk, person_id, session.since
            item.place_id = row.get("place") or homes.get(person_id) or session.place_id
            item.outcome = row.get("outcome") or "came"
            item.category, item.unit = row.get("category") or item.category, row.get("unit") or item.unit
            item.extra = {**item.extra, **extra_of(row, (*ATTENDANCE, "community_name"))}
        given.append(item.pk)
    copy_in(made)
    new = {item.pk for item in made}
    changed = {pk: item for item in known.values() if (pk := item.pk) not in new}
    fields = ["session", "person", "place", "day", "outcome", "category", "unit", "extra"]
    TrainingAttendance.objects.bulk_update(changed.values(), fields, batch_size=1000)
    journal.write(actor, "training_attendance.record_many", None, count=max(1, len(rows)))
    return given


def _people(actor: Actor, rows: Rows, held: Mapping[int, Any]) -> list[int]:
    """The person of each row: by staff number or phone, else by name with where they work or worked then.

    Ledgers of training often give a name and a unit only; a namesake of another unit is somebody else.
    """
    plain = [at for at, row in enumerate(rows) if not row.get("staff_number") and not row.get("phone")]
    found = _by_unit([rows[at] for at in plain])
    known = {at: pk for at, pk in zip(plain, found, strict=True) if pk}
    new: dict[Key, int] = {}
    for at in plain:
        if at not in known and not rows[at].get("id"):
            new.setdefault(_unit(rows[at]), at)
    asked = [at for at in range(len(rows)) if at not in known and (at not in plain or rows[at].get("id"))]
    asked += new.values()
    made = dict(zip(asked, people_found(actor, [rows[at] for at in asked], held), strict=True))
    made |= known
    return [made[at] if at in made else made[new[_unit(row)]] for at, row in enumerate(rows)]


def _unit(row: Mapping[str, Any]) -> Key:
    return (row.get("name"), row.get("unit") or "", row.get("place") or 0)


def _by_unit(rows: Rows) -> list[int | None]:
    """Whoever of this name works at the place of a row, or came before from the same unit, if it is one alone."""
    names = {row.get("name") for row in rows}
    found: dict[Key, set[int]] = defaultdict(set)
    posts = Post.objects.filter(person__name__in=names).values_list("person__name", "place__community", "person")
    for name, place_id, person_id in posts:
        found[("place", name, place_id)].add(person_id)
    before = TrainingAttendance.objects.filter(person__name__in=names, person__staff_number="").exclude(unit="")
    for name, unit, person_id in before.values_list("person__name", "unit", "person"):
        found[("unit", name, unit)].add(person_id)
    return [_only(found, row) for row in rows]


def _only(found: Mapping[Key, set[int]], row: Mapping[str, Any]) -> int | None:
    for key in (("place", row.get("name"), row.get("place") or -1), ("unit", row.get("name"), row.get("unit") or "-")):
        if len(found.get(key, ())) == 1:
            return next(iter(found[key]))
    return None


def credentials_refused(*, rows: Rows) -> dict[int, str]:
    """Which rows bear the number of a credential that somebody else has, by position."""
    numbers = {row["number"] for row in rows}
    held = Credential.objects.filter(number__in=numbers, state__in=("entered", "verified")).select_related("person")
    known = {item.number: item for item in held}
    found = rows_refused(rows=rows)
    for at, row in enumerate(rows):
        item = known.get(row["number"])
        if item and item.pk != row.get("id") and not _same(item.person, row):
            found[at] = "credential.number_taken"
        elif row.get("expires") and row["expires"] < row["issued"]:
            found[at] = "credential.days"
    return found


def _same(person: Person, row: Mapping[str, Any]) -> bool:
    number = row.get("staff_number") or ""
    return person.name == row.get("name") and (not number or number == person.staff_number)


def credentials_recognised(*, rows: Rows) -> dict[int, int]:
    """The rows that mean a credential which is here already, by position."""
    numbers = {row["number"] for row in rows}
    held = Credential.objects.filter(number__in=numbers, state__in=("entered", "verified"))
    known = dict(held.values_list("number", "pk"))
    return {at: known[row["number"]] for at, row in enumerate(rows) if row["number"] in known}


@transaction.atomic
def credential_record_many(*, actor: Actor, rows: Rows) -> list[int]:
    """Take in credentials from a ledger (PPL-13). What it says was verified was verified on paper."""
    held = Credential.objects.select_for_update().in_bulk([row["id"] for row in rows if row.get("id")])
    people = people_found(actor, rows, held)
    homes, root = homes_of(set(people)), _root()
    given = []
    for row, person_id in zip(rows, people, strict=True):
        item = held.get(row.get("id") or 0)
        if item is None:
            item = Credential(entered=clock.now(), entered_by=LEDGER)
        if item.entered_by == LEDGER:
            item.person_id = person_id
            item.place_id = row.get("place") or homes.get(person_id) or root or 0
            for name in ("kind", "number", "issued", "expires", "state"):
                if row.get(name) is not None:
                    setattr(item, name, row[name])
            item.reason = _ON_PAPER if item.state == "refused" else ""
            item.extra = {**item.extra, **extra_of(row, CREDENTIAL)}
            item.save()
        given.append(item.pk)
    journal.write(actor, "credential.record_many", None, count=max(1, len(rows)))
    return given


_ON_PAPER: Final = "台账登记为核验未通过"


@transaction.atomic
def item_record_many(*, actor: Actor, rows: Rows) -> list[int]:
    """Take in study items that were pushed to groups (PPL-10)."""
    groups = _groups(rows)
    known = [{**row, "group": None, "group_id": groups.get(row.get("group") or "")} for row in rows]
    return plain_record_many(actor, InformationItem, known, ITEM, _root(), "information_item")


def items_refused(*, rows: Rows) -> dict[int, str]:
    """Which rows name a group that is not here, by position."""
    groups = _groups(rows)
    return {at: "study.no_group" for at, row in enumerate(rows) if row.get("group") and row["group"] not in groups}


def _groups(rows: Rows) -> dict[str, int]:
    numbers = {row["group"] for row in rows if row.get("group")}
    return dict(StudyGroup.objects.filter(number__in=numbers).values_list("number", "pk")) if numbers else {}


@transaction.atomic
def group_record_many(*, actor: Actor, rows: Rows) -> list[int]:
    """Take in study groups (PPL-10)."""
    return plain_record_many(actor, StudyGroup, rows, GROUP, _root(), "study_group")
