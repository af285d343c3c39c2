"""The only writers of certificates: issued for what was attested, issued again after a correction, revoked."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from linli.activities.models import ServiceCertificate, ServiceRecord
from linli.activities.policies import certificates as policies
from linli.activities.queries.certificates import lines_of, person_for, seen_by, to_certify, unit_of
from linli.core import clock, journal
from linli.core.actors import SYSTEM, Actor
from linli.core.bulk import next_ids
from linli.core.errors import InvalidInput, NotFound, RuleBroken
from linli.organizations.models import Person

SUBJECT: Final = "service_certificate"
MOST: Final = 1000
LONGEST_REASON: Final = 200
# How often a record may have been corrected, and still be found by the one that was certified.
CORRECTIONS: Final = 20


@dataclass(frozen=True, slots=True)
class Asked:
    """What is to be certified: chosen records, else those of a period, of one recording body or of all."""

    since: date | None = None
    until: date | None = None
    organization_id: int | None = None
    record_ids: Sequence[int] = ()


@transaction.atomic
def certificate_issue(*, actor: Actor, person_id: int, asked: Asked) -> ServiceCertificate:
    """Certify a person's attested service (Order 67, Art. 14 and 15): free, for the person or a desk on their behalf.

    What is on it is frozen. Whoever asks for the same again gets the one that is valid still.
    Raises: not_found, certificate.period, certificate.nothing, certificate.too_many
    """
    person = _locked(actor, person_id)
    return _issued(actor, person, asked, None)


@transaction.atomic
def certificate_renew(*, actor: Actor, certificate_id: int) -> ServiceCertificate:
    """Issue a new certificate in place of one of whose records one was corrected since (Order 67, Art. 13).

    Raises: not_found, certificate.revoked, certificate.replaced, certificate.unchanged, certificate.nothing
    """
    old = seen_by(actor).filter(pk=certificate_id).first()
    if old is None:
        raise NotFound
    person = _locked(actor, old.person_id)
    old = ServiceCertificate.objects.select_for_update().get(pk=certificate_id)
    standing = lines_of([old])[0].standing
    if standing == "revoked":
        raise RuleBroken("certificate.revoked", _("This certificate was revoked. Ask for a new one."))
    if standing == "replaced":
        raise RuleBroken("certificate.replaced", _("A new certificate was issued in place of this one already."))
    if standing == "valid":
        raise RuleBroken("certificate.unchanged", _("Nothing was corrected; this certificate is valid."))
    return _issued(actor, person, _asked_again(old), old)


@transaction.atomic
def certificate_revoke(*, actor: Actor, certificate_id: int, reason: str) -> ServiceCertificate:
    """Revoke a certificate that should not have been issued (Order 67, Art. 17); only the person is told the reason.

    Raises: not_found, certificate.not_yours, certificate.revoked, certificate.reason
    """
    rows = ServiceCertificate.objects.select_for_update(of=("self",)).select_related("place")
    row = rows.filter(policies.certificates_visible_to(actor), pk=certificate_id).first()
    if row is None:
        raise NotFound
    policies.require_revoke(actor, row)
    if row.revoked:
        raise RuleBroken("certificate.revoked", _("This certificate was revoked. Ask for a new one."))
    words = " ".join(reason.split())
    if not 1 < len(words) <= LONGEST_REASON:
        message = _("Say why it is revoked, in at most %(most)s characters.")
        raise InvalidInput("certificate.reason", message, most=LONGEST_REASON)
    row.revoked, row.revoked_by, row.reason = clock.now(), actor.key, words
    row.version += 1
    row.save(update_fields=["revoked", "revoked_by", "reason", "version"])
    journal.write(actor, "certificate.revoke", (SUBJECT, row.pk), place_id=row.place_id)
    return row


def _locked(actor: Actor, person_id: int) -> Person:
    """The person whose service is certified, locked, so that the same asked twice at once is one certificate."""
    person_for(actor, person_id)
    return Person.objects.select_for_update(of=("self",)).get(pk=person_id)


def _issued(actor: Actor, person: Person, asked: Asked, old: ServiceCertificate | None) -> ServiceCertificate:
    # What replaces a certificate says no less than it did, whoever asks for it.
    records = _records(SYSTEM if old else actor, person, asked)
    ids = [item.pk for item in records]
    if old is None and (same := _same(person, ids)) is not None:
        return same
    since = min(asked.since or records[0].day, records[0].day)
    until = max(min(asked.until or records[-1].day, clock.today()), records[-1].day)
    pk = next_ids(ServiceCertificate, 1)[0]
    row = ServiceCertificate(
        id=pk,
        number=f"ZM{clock.today():%Y}{pk:07d}",
        person=person,
        place_id=records[-1].place_id,
        name=person.name,
        since=since,
        until=until,
        minutes=sum(item.minutes for item in records),
        units=list(dict.fromkeys(unit_of(item) for item in records)),
        record_ids=ids,
        lines=[_line(item) for item in records],
        asked=_kept(asked),
        issued=clock.now(),
        issued_by=actor.key,
        replaces=old,
    )
    row.save(force_insert=True)
    facts = {"records": len(ids), "minutes": row.minutes, "replaces": old.pk if old else None}
    journal.write(actor, "certificate.issue", (SUBJECT, row.pk), place_id=row.place_id, facts=facts)
    return row


def _records(actor: Actor, person: Person, asked: Asked) -> list[ServiceRecord]:
    """What is certified, in the order in which it was served.

    Raises: certificate.period, certificate.nothing, certificate.too_many
    """
    rows = to_certify(actor, person.pk)
    if asked.since and asked.until and asked.since > asked.until:
        raise InvalidInput("certificate.period", _("The period ends before it begins."))
    if asked.record_ids:
        rows = rows.filter(pk__in=asked.record_ids)
    else:
        rows = rows.filter(day__gte=asked.since) if asked.since else rows
        rows = rows.filter(day__lte=asked.until) if asked.until else rows
        rows = rows.filter(organization_id=asked.organization_id) if asked.organization_id else rows
    found = list(rows.order_by("day", "pk")[: MOST + 1])
    if not found:
        raise RuleBroken("certificate.nothing", _("There is no attested service to certify."))
    if len(found) > MOST:
        message = _("A certificate holds at most %(most)s records. Choose a shorter period.")
        raise InvalidInput("certificate.too_many", message, most=MOST)
    return found


def _same(person: Person, ids: list[int]) -> ServiceCertificate | None:
    rows = list(ServiceCertificate.objects.filter(person=person, record_ids=ids, revoked=None).order_by("-pk")[:5])
    return next(
        (item.row for item in lines_of(rows) if item.standing == "valid" and item.row.name == person.name), None
    )


def _line(record: ServiceRecord) -> dict[str, Any]:
    return {
        "id": record.pk,
        "day": record.day.isoformat(),
        "name": record.name,
        "content": record.content,
        "unit": unit_of(record),
        "minutes": record.minutes,
    }


def _kept(asked: Asked) -> dict[str, Any]:
    if asked.record_ids:
        return {"chosen": True}
    given = {"since": asked.since, "until": asked.until}
    days = {name: day.isoformat() for name, day in given.items() if day}
    return {**days, "organization": asked.organization_id} if asked.organization_id else dict(days)


def _asked_again(old: ServiceCertificate) -> Asked:
    """The same again: the same period, or what became of the records that were chosen."""
    kept = old.asked
    if kept.get("chosen"):
        return Asked(record_ids=_corrected(old.record_ids))
    days = {name: date.fromisoformat(kept[name]) for name in ("since", "until") if kept.get(name)}
    return Asked(days.get("since"), days.get("until") or old.until, kept.get("organization"))


def _corrected(ids: list[int]) -> list[int]:
    """The records that were chosen, each with those that corrected it; which of them is attested now decides."""
    found, asked = set(ids), list(ids)
    for _round in range(CORRECTIONS):
        asked = list(ServiceRecord.objects.filter(corrects__in=asked).values_list("pk", flat=True))
        if not asked:
            break
        found.update(asked)
    return sorted(found)
