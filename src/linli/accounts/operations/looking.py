"""Looks at personal data: masked values are shown one record at a time, for a reason, and every look is kept."""

from collections.abc import Iterable
from typing import Any, Final

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from linli.accounts.models import Look
from linli.core import clock
from linli.core.actors import Actor
from linli.core.errors import InvalidInput, NotAllowed, NotFound
from linli.organizations import policies
from linli.organizations.models import Person

SHORTEST_REASON: Final = 2
LONGEST_REASON: Final = 200
EXPORT: Final = "export"


@transaction.atomic
def look_record(*, actor: Actor, subject: tuple[str, int], field: str, reason: str) -> Look:
    """Keep that somebody looked at a personal value of one record. Whether they may is the caller's policy.

    Raises: look.reason_missing
    """
    return look_record_many(actor=actor, subjects=[subject], field=field, reason=reason)[0]


@transaction.atomic
def look_record_many(*, actor: Actor, subjects: Iterable[tuple[str, int]], field: str, reason: str) -> list[Look]:
    """The same for several records that are shown at once. Raises: look.reason_missing"""
    reason = " ".join(reason.split())
    if len(reason) < SHORTEST_REASON:
        raise InvalidInput("look.reason_missing", _("Say why you need to see this."))
    said: dict[str, Any] = {
        "at": clock.now(),
        "actor": actor.key,
        "field": field[:40],
        "reason": reason[:LONGEST_REASON],
    }
    return Look.objects.bulk_create(Look(subject_type=kind, subject_id=pk, **said) for kind, pk in subjects)


@transaction.atomic
def export_record(*, actor: Actor, what: str, form: str, filters: str, rows: int) -> Look:
    """Keep that somebody took the rows of a list along. Whether they may is the caller's policy."""
    return Look.objects.create(
        at=clock.now(), actor=actor.key, subject_type=EXPORT, field=f"{what[:70]}.{form}", reason=filters, rows=rows
    )


@transaction.atomic
def person_unmask_phone(*, actor: Actor, person_id: int, reason: str) -> str:
    """Show the phone number of one person to a colleague who needs it, and keep that it was shown.

    Posts that see the roster may; one's own number needs no reason. Raises: not_found, look.not_allowed,
    look.reason_missing
    """
    person = Person.objects.filter(pk=person_id).first()
    if person is None or not policies.can_see_person(actor, person):
        raise NotFound
    if person.pk == actor.person_id:
        return person.phone or ""
    if not actor.can(policies.VIEW):
        raise NotAllowed("look.not_allowed", _("Your posts do not let you see this."))
    look_record(actor=actor, subject=("person", person.pk), field="phone", reason=reason)
    return person.phone or ""
