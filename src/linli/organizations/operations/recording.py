"""Recording organisations, people and posts in set form, as imports do: silent, one journal entry per call."""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.db import transaction

from linli.core import clock, journal, secrets
from linli.core.actors import Actor
from linli.core.bulk import copy_in, next_ids
from linli.organizations.models import Organization, Person, Post
from linli.territory.operations.recording import extra_of, root_place

Rows = Sequence[Mapping[str, Any]]
ORGANIZATION = ("kind", "level", "state", "code", "name", "members", "leader", "since", "until", "expires")
POST = ("kind", "title", "unit", "lead", "employment", "origin", "state", "since", "until")
PERSON = ("staff_number", "name", "phone")


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
        for row in rows:
            body = held.get(row.get("id") or 0) or Organization(id=next(ids), type=kind)
            for field in ORGANIZATION:
                if row.get(field) is not None:
                    setattr(body, field, row[field])
            body.extra = {**body.extra, **extra_of(row, (*ORGANIZATION, "parent"))}
            place = row.get("place") or body.place_id or (root.pk if root else None)
            assert place is not None, "an organisation needs a root division"
            body.place_id = place
            parent = parents.get(row.get("parent") or 0)
            body.parent = parent or body.parent
            body.path = f"{parent.path if parent else '/'}{body.pk}/" if not row.get("id") or parent else body.path
            (changed if row.get("id") else made).append(body)
            given.append(body.pk)
        copy_in(made)
        fields = [*ORGANIZATION, "extra", "place", "parent", "path"]
        Organization.objects.bulk_update(changed, fields, batch_size=1000)
        journal.write(actor, f"{kind}.record_many", None, count=max(1, len(rows)))
        return given

    return record_many


@transaction.atomic
def post_record_many(*, actor: Actor, rows: Rows) -> list[int]:
    """Record posts with their holders (PPL-16, PPL-17).

    A person is known by staff number, else by name and phone; namesakes without a phone are different people in
    different places. One person may hold several posts. A grid keeps its first lead; later ones are members.
    """
    people = people_found(rows)
    root = root_place()
    ids = iter(next_ids(Post, sum(1 for row in rows if not row.get("id"))))
    held = Post.objects.select_for_update().in_bulk([row["id"] for row in rows if row.get("id")])
    leads = set(Post.objects.filter(lead=True, until=None).values_list("place_id", flat=True))
    made: list[Any] = []
    changed: list[Any] = []
    given: list[int] = []
    for row, person in zip(rows, people, strict=True):
        post = held.get(row.get("id") or 0) or Post(id=next(ids))
        for field in POST:
            if row.get(field) is not None:
                setattr(post, field, row[field])
        post.extra = {**post.extra, **extra_of(row, (*POST, *PERSON, "organization"))}
        place = row.get("place") or post.place_id or (root.pk if root else None)
        assert place is not None, "a post needs a root division"
        post.place_id = place
        post.person_id = person
        post.organization_id = row.get("organization") or post.organization_id
        if post.lead and post.until is None and not row.get("id"):
            post.lead = place not in leads
            leads.add(place)
        (changed if row.get("id") else made).append(post)
        given.append(post.pk)
    copy_in(made)
    Post.objects.bulk_update(changed, [*POST, "extra", "place", "person", "organization"], batch_size=1000)
    journal.write(actor, "post.record_many", None, count=max(1, len(rows)))
    return given


def people_found(rows: Rows) -> list[int]:
    """The person of each row, found or made; one query for numbers, one for phones, one for names."""
    hashes = [secrets.match_hash(row["phone"], "phone") if row.get("phone") else None for row in rows]
    by_number = dict(
        Person.objects.filter(
            staff_number__in={row["staff_number"] for row in rows if row.get("staff_number")}
        ).values_list("staff_number", "id")
    )
    by_phone = {
        (name, bytes(digest or b"")): pk
        for name, digest, pk in Person.objects.filter(phone_hash__in=[d for d in hashes if d]).values_list(
            "name", "phone_hash", "id"
        )
    }
    found: list[int] = []
    made: list[Person] = []
    ids = iter(next_ids(Person, len(rows)))
    now = clock.now()
    for row, digest in zip(rows, hashes, strict=True):
        number, name = row.get("staff_number") or "", row.get("name") or ""
        pk = by_number.get(number) if number else by_phone.get((name, digest)) if digest else None
        if pk is None:
            pk = next(ids)
            made.append(
                Person(
                    id=pk,
                    name=name,
                    staff_number=number,
                    phone=row.get("phone"),
                    phone_hash=digest,
                    created=now,
                )
            )
            if number:
                by_number[number] = pk
            if digest:
                by_phone.setdefault((name, digest), pk)
        found.append(pk)
    copy_in(made)
    return found
