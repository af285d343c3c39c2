"""Policy documents from a list of an office: the set form of recording them."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any, Final

from django.db import transaction

from linli.core import clock, journal
from linli.core.actors import Actor
from linli.core.bulk import change, copy_in, next_ids
from linli.core.errors import DomainError
from linli.organizations.models import Organization
from linli.organizations.policies import held_on
from linli.publishing import numbers
from linli.publishing.models import PolicyDocument, PolicyFile
from linli.publishing.operations.policy_documents import LONGEST, ends_on, searched
from linli.publishing.policies import policy_documents as policies
from linli.publishing.validity import last_day
from linli.publishing.workflow.policy_documents import UNNUMBERED, kind_of
from linli.territory.models import Place
from linli.territory.operations.recording import extra_of, root_place

Rows = Sequence[Mapping[str, Any]]
PLAIN: Final = ("title", "issued", "keywords", "summary", "public", "repealed_on")
FIELDS: Final = (*PLAIN, "valid_until", "number", "kind", "issuer", "since", "reason")
# What taking an import back may empty again, and what stands there then.
EMPTIED: Final[Mapping[str, Any]] = {
    "valid_until": None,
    "repealed_on": None,
    "keywords": "",
    "summary": "",
    "reason": "",
}
# Whoever holds this brings in the lists of the whole place.
SETS_UP: Final = "system.configure"
WRITTEN: Final = (
    *(*FIELDS, "prefix", "year", "serial", "organization", "place"),
    *("state", "until", "replaced_by", "search", "extra", "version"),
)


def policy_documents_refused(*, rows: Rows) -> dict[int, str]:
    """Which rows of a list are no document, by position, each with the code of its reason."""
    found = {position: _fault(row) for position, row in enumerate(rows)}
    return {position: code for position, code in found.items() if code}


def _fault(row: Mapping[str, Any]) -> str:
    try:
        number = numbers.read(row.get("number") or "")
    except DomainError as error:
        return error.code
    if any(len(row.get(name) or "") > most for name, most in LONGEST.items()):
        return "policy_document.title"
    if not number.text and (row.get("kind") or kind_of(row["title"])) not in UNNUMBERED:
        return "policy_document.number_missing"
    since = row.get("since") or row["issued"]
    try:
        last = _last(row, since)
    except DomainError as error:
        return error.code
    return "policy_document.dates" if last and last < since else ""


def _last(row: Mapping[str, Any], since: date) -> date | None:
    """The last day that a row names: as a day, or in the words of its validity."""
    last: date | None = row.get("valid_until") or last_day(since, row.get("validity") or "")
    return last


def policy_documents_recognised(*, rows: Rows) -> dict[int, int]:
    """Which rows speak of a document that is recorded already, by position."""
    known = _known(rows)
    keys = [_key(row) for row in rows]
    return {position: known[key].pk for position, key in enumerate(keys) if key in known}


@transaction.atomic
def policy_document_record_many(*, actor: Actor, rows: Rows) -> list[int]:
    """Record documents from a list: one of the same body and number, or title and day without a number, is the same.

    Raises: policy_document.not_yours
    """
    bodies, root = _bodies(rows), root_place()
    known = _known(rows)
    held = PolicyDocument.objects.select_for_update().in_bulk([row["id"] for row in rows if row.get("id")])
    made: list[PolicyDocument] = []
    changed: dict[int, PolicyDocument] = {}
    given = []
    for row in rows:
        document = held.get(row.get("id") or 0) or known.get(_key(row))
        if document is None:
            document = known[_key(row)] = _new(actor, row, root.pk if root else 0)
            made.append(document)
        elif document not in made:
            document.version += 1
            changed[document.pk] = document
        _enter(document, row, bodies)
        given.append(document.pk)
    _require_keep(actor, [*made, *changed.values()])
    _write(made, changed)
    journal.write(actor, "policy_document.record_many", None, count=max(1, len(rows)))
    return given


def _new(actor: Actor, row: Mapping[str, Any], place_id: int) -> PolicyDocument:
    return PolicyDocument(
        id=next_ids(PolicyDocument, 1)[0],
        since=row["issued"],
        place_id=place_id,
        recorded=clock.now(),
        recorder=actor.key,
    )


def _require_keep(actor: Actor, documents: Iterable[PolicyDocument]) -> None:
    """Refuse who keeps none there; whoever sets the place up brings in all. Raises: policy_document.not_yours"""
    if actor.can(SETS_UP):
        return
    rows = list(documents)
    ids = {row.place_id for row in rows}
    before = PolicyDocument.objects.filter(pk__in=[row.pk for row in rows]).values_list("place_id", "organization_id")
    bodies = {(row.place_id, row.organization_id) for row in rows} | set(before)
    places = Place.objects.in_bulk(ids | {place_id for place_id, _body in bodies})
    for place_id, body_id in bodies:
        policies.require_keep(actor, places[place_id], body_id)


def _write(made: list[PolicyDocument], changed: Mapping[int, PolicyDocument]) -> None:
    texts = _texts(changed)
    for document in (*made, *changed.values()):
        document.search = searched(document, texts.get(document.pk, []))
    copy_in(made)
    change(PolicyDocument, changed.values(), WRITTEN)


def _enter(document: PolicyDocument, row: Mapping[str, Any], bodies: Mapping[str, Organization]) -> None:
    for name, blank in EMPTIED.items():
        if name in row.get("emptied", ()):
            setattr(document, name, blank)
    if document.state == "repealed" and document.repealed_on is None:
        document.state = "in_force"
    number = numbers.read(row.get("number") or document.number)
    document.number, document.prefix, document.year, document.serial = (
        number.text,
        number.prefix,
        number.year,
        number.serial,
    )
    for name in PLAIN:
        if row.get(name) is not None:
            setattr(document, name, row[name])
    document.kind = row.get("kind") or document.kind or kind_of(document.title)
    document.issuer = (row.get("issuer") or document.issuer).strip()
    document.organization = bodies.get(document.issuer)
    document.place_id = row.get("place") or document.place_id
    document.since = row.get("since") or document.since
    document.valid_until = _last(row, document.since) or document.valid_until
    document.extra = {**document.extra, **extra_of(row, (*FIELDS, "state", "validity"))}
    _stand(document, row)


def _stand(document: PolicyDocument, row: Mapping[str, Any]) -> None:
    """How a document stands by what the list says of its end."""
    # A list that calls it repealed and names no day: from today it is known not to hold.
    if row.get("state") == "repealed" and document.repealed_on is None:
        document.repealed_on = clock.today()
    if document.repealed_on and document.state != "replaced":
        document.state = "repealed"
        document.reason = row.get("reason") or document.reason or "—"
    elif document.state in ("in_force", "expired"):
        over = document.valid_until is not None and document.valid_until < clock.today()
        document.state = "expired" if over else "in_force"
    document.until = ends_on(document)


def _key(row: Mapping[str, Any]) -> tuple[Any, ...]:
    number = numbers.read(row.get("number") or "").text
    issuer = (row.get("issuer") or "").strip()
    return (issuer, number) if number else (issuer, row.get("title"), row.get("issued"))


def _known(rows: Rows) -> dict[tuple[Any, ...], PolicyDocument]:
    """The documents of the bodies that the list names, by what makes them the same."""
    issuers = {(row.get("issuer") or "").strip() for row in rows}
    found = PolicyDocument.objects.select_for_update(of=("self",)).filter(issuer__in=issuers)
    return {
        (item.issuer, item.number) if item.number else (item.issuer, item.title, item.issued): item for item in found
    }


def _texts(ids: Iterable[int]) -> dict[int, list[str]]:
    """What stands in the files of documents, by their ids."""
    found: dict[int, list[str]] = {}
    for pk, text in PolicyFile.objects.filter(document__in=list(ids), taken_out=None).values_list(
        "document_id", "text"
    ):
        found.setdefault(pk, []).append(text)
    return found


def _bodies(rows: Iterable[Mapping[str, Any]]) -> dict[str, Organization]:
    """The bodies of the roster by the names that the list gives; names of several are nobody's."""
    names = {(row.get("issuer") or "").strip() for row in rows} - {""}
    found: dict[str, list[Organization]] = {}
    for body in Organization.objects.filter(held_on(clock.today()), name__in=names):
        found.setdefault(body.name, []).append(body)
    return {name: several[0] for name, several in found.items() if len(several) == 1}
