"""Recording organisations, people and posts in set form, as imports do: silent, one journal entry per call.

Posts recorded here are facts of the roster; they allow nothing until somebody confirms them (posts.py).
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.db import transaction
from django.db.models import BinaryField, QuerySet, TextField, Value
from django.db.models.functions import Concat, Substr

from linli.core import clock, journal, secrets
from linli.core.actors import Actor
from linli.core.bulk import change, copy_in, next_ids
from linli.core.composed import any_of
from linli.organizations.models import Organization, Person, Post
from linli.records.policies import rows_elsewhere
from linli.territory.operations.recording import extra_of, root_place

Rows = Sequence[Mapping[str, Any]]
ORGANIZATION = ("kind", "level", "state", "code", "name", "members", "leader", "since", "until", "expires")
POST = ("kind", "title", "unit", "lead", "employment", "origin", "state", "since", "until", "duty_phone")
PERSON = ("staff_number", "name", "phone")
# Whatever of these a ledger changes, somebody must stand by the post again.
DECISIVE = ("kind", "place_id", "organization_id", "person_id")


def organization_record_many(kind: str) -> Callable[..., list[int]]:
    """The set form for one type of organisation (ORG-01 to ORG-09)."""

    @transaction.atomic
    def record_many(*, actor: Actor, rows: Rows) -> list[int]:
        root = root_place()
        ids = iter(next_ids(Organization, sum(1 for row in rows if not row.get("id"))))
        held = Organization.objects.select_for_update().in_bulk([row["id"] for row in rows if row.get("id")])
        parents = Organization.objects.in_bulk([row["parent"] for row in rows if row.get("parent")])
        made: list[Any] = []
        changed: list[Any] = []
        given: list[int] = []
        moved: list[tuple[str, str]] = []
        for row in rows:
            body = held.get(row.get("id") or 0) or Organization(id=next(ids), type=kind)
            _describe(body, row, root.pk if root else None)
            was = body.path
            _hang(body, parents.get(row.get("parent") or 0), apart="parent" in row.get("emptied", ()))
            if row.get("id") and was != body.path:
                moved.append((was, body.path))
            (changed if row.get("id") else made).append(body)
            given.append(body.pk)
        copy_in(made)
        fields = [*ORGANIZATION, "members_elsewhere", "extra", "place", "parent", "path"]
        change(Organization, changed, fields)
        for old, new in moved:
            below = Organization.objects.filter(path__startswith=old)
            below.update(path=Concat(Value(new), Substr("path", len(old) + 1)))
        journal.write(actor, f"{kind}.record_many", None, count=max(1, len(rows)))
        return given

    return record_many


def _describe(body: Organization, row: Mapping[str, Any], root: int | None) -> None:
    for field in ORGANIZATION:
        if row.get(field) is not None:
            setattr(body, field, row[field])
    # A ledger that counts fewer members than were said to have their home elsewhere leaves that to be counted again.
    if (body.members_elsewhere or 0) > (body.members or 0):
        body.members_elsewhere = None
    body.extra = {**body.extra, **extra_of(row, (*ORGANIZATION, "parent"))}
    place = row.get("place") or body.place_id or root
    assert place is not None, "an organisation needs a root division"
    body.place_id = place


def _hang(body: Organization, parent: Organization | None, *, apart: bool = False) -> None:
    """Put a body below its parent, or `apart`; one that a ledger names below itself stays where it is."""
    if apart:
        body.parent, body.path = None, f"/{body.pk}/"
    if parent is not None and body.path and parent.path.startswith(body.path):
        parent = None
    if parent is not None or not body.path:
        body.parent = parent or body.parent
        body.path = f"{parent.path if parent else '/'}{body.pk}/"


@transaction.atomic
def post_record_many(*, actor: Actor, rows: Rows) -> list[int]:
    """Record posts with their holders (PPL-16, PPL-17).

    A person is known by name with a phone, or by name with the staff number where the actor imports for a place
    that the person works or worked at; namesakes without either are different people.
    One person may hold several posts. A grid keeps its first lead; later ones are members.
    """
    held = Post.objects.select_for_update().in_bulk([row["id"] for row in rows if row.get("id")])
    people = people_found(actor, rows, held)
    root = root_place()
    ids = iter(next_ids(Post, sum(1 for row in rows if not row.get("id"))))
    leads = dict(Post.objects.filter(lead=True, until=None).values_list("place_id", "id"))
    made: list[Any] = []
    changed: list[Any] = []
    given: list[int] = []
    for row, person in zip(rows, people, strict=True):
        post = held.get(row.get("id") or 0) or Post(id=next(ids))
        was = [getattr(post, name) for name in DECISIVE]
        for field in POST:
            if row.get(field) is not None:
                setattr(post, field, row[field])
        post.extra = {**post.extra, **extra_of(row, (*POST, *PERSON, "organization"))}
        place = row.get("place") or post.place_id or (root.pk if root else None)
        assert place is not None, "a post needs a root division"
        post.place_id, post.person_id = place, person
        post.organization_id = row.get("organization") or post.organization_id
        post.confirmed = post.confirmed and was == [getattr(post, name) for name in DECISIVE]
        if post.lead and post.until is None:
            post.lead = leads.setdefault(place, post.pk) == post.pk
        (changed if row.get("id") else made).append(post)
        given.append(post.pk)
    copy_in(made)
    fields = [*POST, "extra", "place", "person", "organization", "confirmed"]
    change(Post, changed, fields)
    journal.write(actor, "post.record_many", None, count=max(1, len(rows)))
    return given


def people_found(actor: Actor, rows: Rows, held: Mapping[int, Any] | None = None) -> list[int]:
    """The person of each row, found or made; one query for numbers, one for phones.

    `held` are the posts, or whatever else has a `person_id`, that rows change, by id.
    A row that changes a post keeps its holder where the name or the number is the same, and corrects the rest.
    A number that belongs to somebody of another name is taken for a slip, and one that belongs to somebody elsewhere
    proves nothing, for numbers are no secret: the row's person is known by phone.
    """
    hashes = [secrets.match_hash(row["phone"], "phone") if row.get("phone") else None for row in rows]
    index = _Known(actor, rows, hashes)
    holders = Person.objects.in_bulk({post.person_id for post in (held or {}).values() if post.person_id})
    found: list[int] = []
    made: list[Person] = []
    corrected: list[Person] = []
    ids = iter(next_ids(Person, len(rows)))
    now = clock.now()
    for row, digest in zip(rows, hashes, strict=True):
        post = (held or {}).get(row.get("id") or 0)
        holder = holders.get(post.person_id or 0) if post else None
        if holder is not None and _is_still(holder, row):
            corrected += [holder] if _correct(holder, row, digest, index) else []
            found.append(holder.pk)
            continue
        pk = index.find(row, digest)
        if pk is None:
            pk = next(ids)
            number = index.free_number(row)
            made.append(
                Person(
                    id=pk,
                    name=row.get("name") or "",
                    staff_number=number,
                    phone=row.get("phone"),
                    phone_hash=digest,
                    created=now,
                )
            )
            index.add(pk, row, number, digest)
        found.append(pk)
    copy_in(made)
    change(Person, corrected, ["name", "staff_number", "phone", "phone_hash"])
    return found


class _Known:
    """People by staff number and by name with phone, for one batch."""

    def __init__(self, actor: Actor, rows: Rows, hashes: Sequence[bytes | None]) -> None:
        numbers = {row["staff_number"] for row in rows if row.get("staff_number")}
        known = Person.objects.filter(any_of("staff_number", numbers, TextField()))
        self.by_number = {number: (pk, name) for number, pk, name in known.values_list("staff_number", "id", "name")}
        self.away = _away(actor, known)
        same = Person.objects.filter(any_of("phone_hash", [digest for digest in hashes if digest], BinaryField()))
        self.by_phone = {
            (name, bytes(digest or b"")): pk for name, digest, pk in same.values_list("name", "phone_hash", "id")
        }

    def find(self, row: Mapping[str, Any], digest: bytes | None) -> int | None:
        """The person of a row, if there is one already."""
        number, name = row.get("staff_number") or "", row.get("name") or ""
        pk, known_as = self.by_number.get(number, (None, ""))
        if pk is not None and known_as == name and pk not in self.away:
            return pk
        if number and pk is None:
            return None
        return self.by_phone.get((name, digest)) if digest else None

    def free_number(self, row: Mapping[str, Any]) -> str:
        """The row's number, unless it is somebody else's."""
        number = row.get("staff_number") or ""
        return "" if number in self.by_number else number

    def add(self, pk: int, row: Mapping[str, Any], number: str, digest: bytes | None) -> None:
        """Remember a new person for the rows that follow."""
        if number:
            self.by_number[number] = (pk, row.get("name") or "")
        if digest:
            self.by_phone.setdefault((row.get("name") or "", digest), pk)


def _away(actor: Actor, people: QuerySet[Person]) -> set[int]:
    """Those who hold or held posts, but none at any place that the actor imports for."""
    if actor.key == "system":
        return set()
    near = Post.objects.exclude(rows_elsewhere(actor, "place"))
    return set(people.filter(posts__isnull=False).exclude(posts__in=near).values_list("pk", flat=True))


def _is_still(holder: Person, row: Mapping[str, Any]) -> bool:
    number = row.get("staff_number") or ""
    if number and holder.staff_number:
        return bool(number == holder.staff_number)
    return bool((row.get("name") or holder.name) == holder.name)


def _correct(holder: Person, row: Mapping[str, Any], digest: bytes | None, index: _Known) -> bool:
    """Take over what the row says differently; whether anything was."""
    was = (holder.name, holder.staff_number, bytes(holder.phone_hash or b""))
    holder.name = row.get("name") or holder.name
    holder.staff_number = holder.staff_number or index.free_number(row)
    if digest:
        holder.phone, holder.phone_hash = row["phone"], digest
    return was != (holder.name, holder.staff_number, bytes(holder.phone_hash or b""))
