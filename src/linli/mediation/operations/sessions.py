"""The only writers of sessions: fixed once all parties have consented, recorded once they were held."""

from collections.abc import Sequence
from datetime import date, time

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from linli.core import clock
from linli.core.actors import Actor
from linli.core.errors import InvalidInput, NotFound, RuleBroken
from linli.mediation import policies
from linli.mediation.models import MediationSession
from linli.mediation.operations.steps import done, locked, past, said, saved
from linli.mediation.workflow import MEDIATION
from linli.territory.models import Facility

LONGEST_VENUE = 80


@transaction.atomic
def session_plan(
    *, actor: Actor, mediation_id: int, on: date, starts: time, venue: str = "", studio_id: int | None = None
) -> MediationSession:
    """Fix a session: day, hour and place, which is a studio near by or what is written, or both. Every party has
    consented before.

    Raises: not_found, mediation.not_yours, mediation.state, mediation.no_consent, mediation.venue, mediation.past
    """
    row = locked(actor, mediation_id)
    row.state = MEDIATION.step(row.state, "plan")
    if row.parties.exclude(consented=True).exists():
        raise RuleBroken("mediation.no_consent", _("Every party consents before a session is held."))
    if on < clock.today():
        raise InvalidInput("mediation.past", _("This day is past."))
    studio = Facility.objects.filter(policies.studios_near(row.place), pk=studio_id).first() if studio_id else None
    if studio_id and studio is None:
        raise InvalidInput("mediation.venue", _("There is no such studio."))
    where = said(f"{studio.name} {venue}" if studio else venue, "mediation.venue", LONGEST_VENUE)
    session = MediationSession.objects.create(
        mediation=row, place_id=row.place_id, on=on, starts=starts, venue=where, studio=studio
    )
    saved(actor, "plan", row, session=session.pk, on=on.isoformat())
    return session


@transaction.atomic
def session_record(*, actor: Actor, session_id: int, on: date, came: Sequence[int], record: str) -> MediationSession:
    """Write down that a session was held: on which day, which parties came, and shortly what was said.

    Raises: not_found, mediation.not_yours, mediation.state, session.held, session.came, session.day, session.record
    """
    found = MediationSession.objects.filter(pk=session_id).first()
    if found is None:
        raise NotFound
    row = locked(actor, found.mediation_id)
    MEDIATION.step(row.state, "record")
    session = MediationSession.objects.get(pk=session_id)
    if session.held:
        raise RuleBroken("session.held", _("This session is recorded already."))
    parties = list(row.parties.filter(pk__in=came))
    if not parties or len(parties) != len(set(came)):
        raise InvalidInput("session.came", _("Tick which parties came."))
    session.on, session.held = past(on, "session.day", row.accepted_on), True
    session.record, session.parties_came = said(record, "session.record"), len(parties)
    session.save()
    session.came.set(parties)
    done(actor, "record", row, session=session.pk, came=len(parties))
    return session
