"""Policy documents as they are read: the list with its filters, one with its chain and history, the public ones."""

from collections.abc import Collection, Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Final

from django.db.models import F, Q, QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from linli.cases.queries.pages import named
from linli.core import clock, search
from linli.core.actors import Actor
from linli.core.errors import DomainError, NotFound
from linli.core.models import Entry
from linli.organizations.models import Organization
from linli.organizations.policies import held_on
from linli.publishing import numbers
from linli.publishing.models import PolicyDocument, PolicyFile
from linli.publishing.policies import policy_documents as policies
from linli.publishing.references import Reference, references_to
from linli.publishing.workflow.policy_documents import DOCUMENT, HAPPENED, KEEP, NOTICE_DAYS, SUBJECT
from linli.territory.models import Place

PAGE: Final = 50
OFFERED: Final = 300
CHAIN: Final = 50
ISSUING: Final = (
    Organization.Type.OFFICE,
    Organization.Type.DEPARTMENT,
    Organization.Type.PARTY,
    Organization.Type.SELF_GOVERNMENT,
)
# What the journal calls what a correction changed.
CHANGED: Final = {
    "number": _("document number"),
    "title": pgettext_lazy("document", "title"),
    "kind": _("kind"),
    "issuer": _("issuing body"),
    "issued": _("issued"),
    "since": _("in force from"),
    "valid_until": _("valid until"),
    "keywords": _("keywords"),
    "public": pgettext_lazy("document", "public"),
}
Choices = list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a list is asked for: words, a kind, the day on which it is in force, a body, and the order."""

    words: str = ""
    kind: str = ""
    on: date | None = None
    issuer: str = ""
    by_number: bool = False


@dataclass(frozen=True, slots=True)
class Moment:
    """One thing that happened to a document, as its page tells it."""

    at: datetime
    what: str
    who: str
    reason: str = ""
    changed: tuple[tuple[Any, Any, Any], ...] = ()


@dataclass(frozen=True, slots=True)
class DocumentPage:
    """One document: how it stands today, what it replaced and what replaced it, its files, who refers to it."""

    document: PolicyDocument
    standing: tuple[str, str, str]
    before: list[PolicyDocument]
    after: list[PolicyDocument]
    files: list[PolicyFile]
    references: list[Reference] = field(default_factory=list)
    history: list[Moment] = field(default_factory=list)
    verbs: frozenset[str] = frozenset()

    @property
    def days_left(self) -> int | None:
        """How many days it still holds, where it runs out soon."""
        last = self.document.valid_until
        if self.document.state != "in_force" or last is None:
            return None
        left = (last - clock.today()).days
        return left if 0 <= left <= NOTICE_DAYS else None


def listed(actor: Actor, wanted: Wanted) -> QuerySet[PolicyDocument]:
    """The documents that somebody reads and asks for."""
    return _narrowed(PolicyDocument.objects.filter(policies.documents_visible_to(actor)), wanted)


def public_listed(wanted: Wanted) -> QuerySet[PolicyDocument]:
    """The documents that everybody reads and somebody asks for."""
    return _narrowed(PolicyDocument.objects.filter(policies.public_documents()), wanted)


def in_force(day: date) -> Q:
    """What is in force on a day."""
    return Q(since__lte=day) & (Q(until=None) | Q(until__gt=day))


def _narrowed(rows: QuerySet[PolicyDocument], wanted: Wanted) -> QuerySet[PolicyDocument]:
    if wanted.words:
        rows = rows.filter(search=search.query(wanted.words))
    if wanted.kind:
        rows = rows.filter(kind=wanted.kind)
    if wanted.issuer:
        rows = rows.filter(issuer=wanted.issuer)
    if wanted.on:
        rows = rows.filter(in_force(wanted.on))
    order = (F("year").desc(nulls_last=True), "prefix", F("serial").desc(nulls_last=True), "number", "-id")
    rows = rows.order_by(*order) if wanted.by_number else rows.order_by("-issued", "-id")
    return rows.select_related("place", "replaced_by").defer("search", "summary", "replaced_by__search")


def issuers(rows: QuerySet[PolicyDocument]) -> Choices:
    """The bodies whose documents are among these rows."""
    names = rows.order_by("issuer").values_list("issuer", flat=True).distinct()[:OFFERED]
    return [(name, name) for name in names]


def document_page(actor: Actor, pk: int) -> DocumentPage:
    """One document as a post reads it. Raises: not_found"""
    visible = policies.documents_visible_to(actor)
    document = _found(visible, pk)
    keeps = policies.may_keep_document(actor, document)
    return DocumentPage(
        document=document,
        standing=document.standing(clock.today()),
        before=_before(document, visible),
        after=_after(document, visible),
        files=files_of(document),
        references=references_to(actor, pk),
        history=_history(pk),
        verbs=frozenset(move.verb for move in DOCUMENT.allowed(document.state, {KEEP})) if keeps else frozenset(),
    )


def public_page(pk: int) -> DocumentPage:
    """One document as everybody reads it: nothing of what happened inside. Raises: not_found"""
    visible = policies.public_documents()
    document = _found(visible, pk)
    before, after = _before(document, visible), _after(document, visible)
    return DocumentPage(document, document.standing(clock.today()), before, after, files_of(document))


def file_for(visible: Q, pk: int) -> PolicyFile:
    """A file of a document that may be read. Raises: not_found"""
    documents = PolicyDocument.objects.filter(visible).values("pk")
    rows = PolicyFile.objects.select_related("file").filter(document__in=documents, taken_out=None)
    row = rows.filter(pk=pk).first()
    if row is None:
        raise NotFound
    return row


def files_of(document: PolicyDocument) -> list[PolicyFile]:
    """The files of a document that were not taken out."""
    rows = document.files.filter(taken_out=None).select_related("file").defer("text")
    return list(rows.order_by("pk"))


def document_called(actor: Actor, text: str) -> PolicyDocument | None:
    """The document that somebody names by its number, or as a list offers it; None where none or several are."""
    said = text.strip()
    if not said:
        return None
    rows = PolicyDocument.objects.filter(policies.documents_visible_to(actor)).defer("search")
    head, _open, tail = said.rpartition("（")
    asked = Q(number=tail.removesuffix("）"), title=head) if head else Q(title=said)
    # What is no number may still be a title.
    with suppress(DomainError):
        asked |= Q(number=numbers.read(said).text)
    found = list(rows.filter(asked).order_by("pk")[:2])
    return found[0] if len(found) == 1 else None


def offered(actor: Actor, without: int | None = None) -> list[str]:
    """The documents in force that a form offers by name, the newest first."""
    rows = PolicyDocument.objects.filter(policies.documents_visible_to(actor), in_force(clock.today()))
    rows = rows.exclude(pk=without) if without else rows
    names = rows.order_by("-issued", "-id").values_list("title", "number")[:OFFERED]
    return [f"{title}（{number}）" if number else title for title, number in names]


def keeping_places(actor: Actor) -> Choices:
    """The places for which somebody records documents: those they keep, and those of their own bodies and below."""
    own = policies.keeping_places(actor)
    for path in Organization.objects.filter(pk__in=_bodies_of(actor)).values_list("place__path", flat=True):
        own |= Q(path__startswith=path)
    rows = Place.objects.filter(own, type=Place.Type.DIVISION, until=None, placeholder=False)
    places = rows.select_related("parent").order_by("path")[:2000]
    return [(str(place.pk), f"{place.name} · {place.parent.name}" if place.parent else place.name) for place in places]


def issuing_bodies(actor: Actor) -> Choices:
    """The bodies in whose name documents are recorded: one's own, those of one's places and of all above."""
    kept = [scope.path for scope in actor.scopes if KEEP in scope.abilities and scope.path]
    above = {int(step) for path in kept for step in path.split("/") if step}
    at = policies.keeping_places(actor)
    inside = Q(place__in=Place.objects.filter(at).values("pk")) | Q(place_id__in=above)
    rows = Organization.objects.filter(held_on(clock.today()))
    asked = (inside & Q(type__in=ISSUING)) | Q(pk__in=_bodies_of(actor))
    named_rows = rows.filter(asked).select_related("place").order_by("place__path", "path")[:500]
    return [(str(body.pk), f"{body.name} · {body.place.name}") for body in named_rows]


def own_body(actor: Actor, place: str, offered_codes: Collection[str]) -> str:
    """The body in whose name somebody most likely records: their own, else the office of their place."""
    own = Q(pk__in=actor.organization_ids)
    if place:
        own |= Q(place_id=place, type=Organization.Type.OFFICE)
    rows = Organization.objects.filter(held_on(clock.today())).filter(own).order_by("pk").values_list("pk", flat=True)
    codes = [str(pk) for pk in rows if str(pk) in offered_codes]
    mine = [code for code in codes if int(code) in actor.organization_ids]
    return (mine or codes or [""])[0]


def _bodies_of(actor: Actor) -> tuple[int, ...]:
    return actor.organization_ids if actor.can(KEEP) else ()


def _found(visible: Q, pk: int) -> PolicyDocument:
    rows = PolicyDocument.objects.filter(visible).select_related("place", "organization", "replaced_by")
    document = rows.defer("search").filter(pk=pk).first()
    if document is None:
        raise NotFound
    return document


def _before(document: PolicyDocument, visible: Q) -> list[PolicyDocument]:
    """What a document replaced, and what those had replaced, the newest first."""
    found: list[PolicyDocument] = []
    layer: Sequence[int] = [document.pk]
    while layer and len(found) < CHAIN:
        rows = PolicyDocument.objects.filter(visible, replaced_by__in=layer).defer("search")
        new = list(rows.order_by("-issued", "-id")[:CHAIN])
        found += new
        layer = [item.pk for item in new]
    return found


def _after(document: PolicyDocument, visible: Q) -> list[PolicyDocument]:
    """What replaced a document, and what replaced that, in order; it ends where one may not read on."""
    found: list[PolicyDocument] = []
    following = document.replaced_by_id
    while following and len(found) < CHAIN:
        row = PolicyDocument.objects.filter(visible, pk=following).defer("search").first()
        if row is None or row in found:
            break
        found.append(row)
        following = row.replaced_by_id
    return found


def _history(pk: int) -> list[Moment]:
    entries = list(Entry.objects.filter(subject_type=SUBJECT, subject_id=pk).order_by("-id")[:100])
    names = _names(entry.actor for entry in entries)
    return [_moment(entry, names) for entry in entries]


def _moment(entry: Entry, names: dict[str, str]) -> Moment:
    verb = entry.operation.removeprefix("policy_document.")
    facts = entry.facts
    changed = dict(facts.get("changed") or {})
    if verb == "renew":
        changed["valid_until"] = facts["valid_until"]
    lines = tuple((CHANGED.get(name, name), _said(old), _said(new)) for name, (old, new) in changed.items())
    reason = str(facts.get("reason") or facts.get("name") or "")
    if verb == "replace":
        reason = str(facts.get("title", ""))
    return Moment(entry.at, str(HAPPENED.get(verb, verb)), names.get(entry.actor, ""), reason, lines)


def _said(value: Any) -> str:
    return "–" if value in (None, "") else str(value)


def _names(keys: Iterable[str]) -> dict[str, str]:
    ids = {int(key.removeprefix("user:")) for key in keys if key.startswith("user:") and key[5:].isdecimal()}
    return {f"user:{user.pk}": str(user) for user in named(tuple(sorted(ids)))} if ids else {}
