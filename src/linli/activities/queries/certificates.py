"""Certificates as they are read: whether one still holds, its check code, what a stranger is told of it."""

import base64
import hmac
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.db.models import Count, Max, QuerySet, Sum
from django.utils.translation import pgettext_lazy

from linli.activities.models import ServiceCertificate, ServiceRecord
from linli.activities.policies import certificates as policies
from linli.activities.queries.stars import hours
from linli.core import secrets
from linli.core.actors import Actor
from linli.core.errors import NotFound
from linli.core.masks import mask_name, mask_phone
from linli.organizations.models import Person

PAGE: Final = 50
CHOICES: Final = 200
PEOPLE: Final = 30
CODE: Final = 12
STANDINGS: Final = {
    "valid": ("green", "circle-check", pgettext_lazy("certificate", "valid")),
    "outdated": ("yellow", "alert-triangle", pgettext_lazy("certificate", "corrected since, a new one is needed")),
    "replaced": ("grey", "refresh", pgettext_lazy("certificate", "replaced by a new one")),
    "revoked": ("red", "circle-x", pgettext_lazy("certificate", "revoked")),
}


@dataclass(frozen=True, slots=True)
class Line:
    """A certificate in a list, with how it stands."""

    row: ServiceCertificate
    standing: str

    @property
    def tone(self) -> tuple[str, str, Any]:
        """Colour, icon and word of how it stands."""
        return STANDINGS[self.standing]

    @property
    def hours(self) -> str:
        """What it certifies altogether."""
        return hours(self.row.minutes)

    @property
    def masked(self) -> str:
        """The volunteer's name, masked."""
        return mask_name(self.row.name or "")


@dataclass(frozen=True, slots=True)
class Served:
    """One record as a certificate shows it."""

    day: date
    name: str
    content: str
    unit: str
    hours: str


@dataclass(frozen=True, slots=True)
class CertificatePage:
    """One certificate with everything that its page and its paper show."""

    line: Line
    code: str
    served: list[Served]
    units: list[tuple[str, str]]
    own: bool
    may_revoke: bool

    @property
    def row(self) -> ServiceCertificate:
        """The certificate."""
        return self.line.row


@dataclass(frozen=True, slots=True)
class Checked:
    """What a stranger is told: never the whole name, nor what was done. `named` says whether a name they typed fits."""

    line: Line
    units: list[tuple[str, str]]
    named: bool | None
    newer: str


@dataclass(frozen=True, slots=True)
class Someone:
    """A person with attested service in a desk's places, masked."""

    pk: int
    name: str
    phone: str
    times: int
    hours: str
    last: date


def code_of(row: ServiceCertificate) -> str:
    """The check code: a keyed hash over all that the certificate says, so that none can be made or changed by hand."""
    said = [row.number, row.person_id, row.name, row.since.isoformat(), row.until.isoformat(), row.minutes, row.lines]
    digest = secrets.keyed_hash(json.dumps(said, ensure_ascii=False, sort_keys=True), "service_certificate")
    text = base64.b32encode(digest).decode()[:CODE]
    return "-".join(text[at : at + 4] for at in range(0, CODE, 4))


def code_matches(row: ServiceCertificate, code: str) -> bool:
    """Whether a code belongs to the certificate, however it was typed."""
    plain = "".join(letter for letter in code.upper() if letter.isalnum())
    return hmac.compare_digest(plain.encode(), code_of(row).replace("-", "").encode())


def seen_by(actor: Actor) -> QuerySet[ServiceCertificate]:
    """The certificates that somebody sees."""
    return ServiceCertificate.objects.filter(policies.certificates_visible_to(actor))


def lines_of(rows: Sequence[ServiceCertificate]) -> list[Line]:
    """How certificates stand, asked once for all of them."""
    ids = {pk for row in rows for pk in row.record_ids}
    gone = set(ServiceRecord.objects.filter(pk__in=ids).exclude(state="attested").values_list("pk", flat=True))
    pks = [row.pk for row in rows]
    replaced = set(ServiceCertificate.objects.filter(replaces__in=pks).values_list("replaces_id", flat=True))
    return [Line(row, _standing(row, gone, row.pk in replaced)) for row in rows]


def _standing(row: ServiceCertificate, gone: set[int], replaced: bool) -> str:
    if row.revoked:
        return "revoked"
    if replaced:
        return "replaced"
    return "outdated" if gone.intersection(row.record_ids) else "valid"


def own_of(person_id: int) -> list[Line]:
    """A person's certificates, the newest first."""
    rows = ServiceCertificate.objects.filter(person_id=person_id).order_by("-pk")
    return lines_of(list(rows.defer("lines", "reason")[:PAGE]))


def listed(actor: Actor, number: str, before: int) -> tuple[list[Line], int]:
    """A page of the certificates of a desk, the newest first, and the key of the next; 0 where there is none."""
    rows = ServiceCertificate.objects.filter(policies.served_visible_to(actor)).select_related("place")
    if number:
        rows = rows.filter(number=number)
    if before:
        rows = rows.filter(pk__lt=before)
    page = list(rows.order_by("-pk").defer("lines", "reason")[: PAGE + 1])
    return lines_of(page[:PAGE]), page[PAGE - 1].pk if len(page) > PAGE else 0


def certificate_page(actor: Actor, pk: int) -> CertificatePage:
    """One certificate. Raises: not_found"""
    row = seen_by(actor).select_related("place").filter(pk=pk).first()
    if row is None:
        raise NotFound
    own = policies.is_own(actor, row.person_id)
    return CertificatePage(
        lines_of([row])[0], code_of(row), _served(row), units_of(row), own, policies.may_revoke(actor, row)
    )


def _served(row: ServiceCertificate) -> list[Served]:
    return [
        Served(date.fromisoformat(item["day"]), item["name"], item["content"], item["unit"], hours(item["minutes"]))
        for item in row.lines
    ]


def units_of(row: ServiceCertificate) -> list[tuple[str, str]]:
    """Who recorded it, each with its hours: who organises records, and who records certifies."""
    totals: dict[str, int] = {}
    for item in row.lines:
        totals[item["unit"]] = totals.get(item["unit"], 0) + item["minutes"]
    return [(unit, hours(minutes)) for unit, minutes in totals.items()]


def checked(number: str, code: str, name: str = "") -> Checked | None:
    """What a stranger is told of a certificate; None where number and code do not belong together."""
    row = ServiceCertificate.objects.filter(number=number.strip()[:24]).first()
    if row is None or not code_matches(row, code):
        return None
    line = lines_of([row])[0]
    named = None if not name.strip() else name.strip() == (row.name or "")
    newer = ""
    if line.standing == "replaced":
        newer = ServiceCertificate.objects.filter(replaces=row).values_list("number", flat=True).first() or ""
    return Checked(line, units_of(row), named, newer)


def to_certify(actor: Actor, person_id: int) -> QuerySet[ServiceRecord]:
    """The records of a person that somebody may have certified, the newest first."""
    rows = ServiceRecord.objects.filter(policies.certifiable_by(actor, person_id))
    return rows.select_related("organization", "place").order_by("-day", "-pk")


def person_for(actor: Actor, person_id: int) -> Person:
    """The person for whom somebody may ask: themselves, or who served in a desk's places. Raises: not_found"""
    person = Person.objects.filter(pk=person_id).first()
    if person is None:
        raise NotFound
    if not policies.is_own(actor, person_id) and not to_certify(actor, person_id).exists():
        raise NotFound
    return person


def unit_of(record: ServiceRecord) -> str:
    """Who recorded it: the body, else the place."""
    return record.organization.name if record.organization else record.place.name


def units_for(rows: Iterable[ServiceRecord]) -> list[tuple[int, str]]:
    """The bodies that recorded these, for a choice."""
    found = {row.organization_id: row.organization.name for row in rows if row.organization_id and row.organization}
    return sorted(found.items(), key=lambda item: item[1])


def people_named(actor: Actor, name: str) -> list[Someone]:
    """People of this name with attested service in a desk's places; masked, for a desk that serves who stands there."""
    words = name.strip()
    if len(words) < 2:
        return []
    rows = ServiceRecord.objects.filter(policies.served_visible_to(actor), person__name=words, state="attested")
    totals = rows.values("person").annotate(times=Count("pk"), minutes=Sum("minutes"), last=Max("day"))
    found = {item["person"]: item for item in totals.order_by("-last")[:PEOPLE]}
    people = Person.objects.in_bulk(found)
    return [
        Someone(
            pk,
            mask_name(people[pk].name),
            mask_phone(people[pk].phone or ""),
            item["times"],
            hours(item["minutes"]),
            item["last"],
        )
        for pk, item in found.items()
    ]
