"""Taking records along in the ministry's fields: one's own, or those that a body recorded; each is kept as a look."""

from datetime import date
from typing import Final

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from linli.accounts.operations.looking import export_record
from linli.activities.policies import certificates as policies
from linli.activities.queries.standard_export import Sheet, body_for, recorded_by, sheet_of, sheets_of
from linli.core.actors import Actor
from linli.core.errors import InvalidInput, NotAllowed, NotFound
from linli.core.masks import identity_numbers
from linli.organizations.models import Person

OWN: Final = "service_record.standard.own"
RECORDED: Final = "service_record.standard"


@transaction.atomic
def own_export(*, actor: Actor, identity: str) -> list[Sheet]:
    """One's own records in the fields of the order (Art. 4 and 12). The identity number is typed for this file only:
    it is neither stored nor written to the log.

    Raises: not_found, standard_export.identity
    """
    person = Person.objects.filter(pk=actor.person_id).first() if actor.person_id else None
    if person is None:
        raise NotFound
    number = identity.strip().upper()
    if number and identity_numbers(number) != [number]:
        raise InvalidInput("standard_export.identity", _("This is no identity number. You may also leave it empty."))
    sheets = sheets_of(person, number)
    export_record(actor=actor, what=OWN, form="xlsx", filters="", rows=sum(len(rows) for _n, _h, rows in sheets))
    return sheets


@transaction.atomic
def recorded_export(*, actor: Actor, organization_id: int, since: date, until: date) -> list[Sheet]:
    """What a body recorded in a period in the fields of the order, for the ministry's system (Art. 4).

    Raises: not_found, standard_export.not_yours, standard_export.period
    """
    body = body_for(actor, organization_id)
    if not policies.may_take_records(actor, body):
        raise NotAllowed("standard_export.not_yours", _("Only the desk of the place takes records with names along."))
    if since > until:
        raise InvalidInput("standard_export.period", _("The period ends before it begins."))
    rows = recorded_by(body, since, until)
    filters = f"organization={body.pk} {since}..{until}"
    export_record(actor=actor, what=RECORDED, form="xlsx", filters=filters, rows=len(rows))
    return [sheet_of(rows)]
