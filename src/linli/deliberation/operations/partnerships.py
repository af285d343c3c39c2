"""The only writers of standing relations one at a time: made, set up with evidence, joint events, ended."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from linli.core import clock, journal
from linli.core.actors import Actor
from linli.core.errors import InvalidInput, NotFound, RuleBroken
from linli.core.words import said
from linli.deliberation.models import Partnership, PartnershipEvent
from linli.deliberation.operations.series import body_at
from linli.deliberation.policies import meetings as policies
from linli.deliberation.workflow.meetings import ACTORS, PARTNERSHIP
from linli.organizations.models import Organization
from linli.organizations.policies import held_on
from linli.territory.models import Place

PLAN: Final = 2000


@dataclass(frozen=True, slots=True)
class Relation:
    """A standing relation of a place. An arrangement or pairing has a partner; a mechanism its actors."""

    type: str
    place_id: int
    kind: str = ""
    organization_id: int | None = None
    partner_id: int | None = None
    partners: str = ""
    actors: Sequence[str] = ()
    plan: str = ""


@transaction.atomic
def partnership_make(*, actor: Actor, relation: Relation) -> Partnership:
    """Record a relation that is being prepared; it is in place once there is evidence.

    Raises: not_found, meeting.not_yours, partnership.type, partnership.partner, partnership.actors, partnership.twice
    """
    place = Place.objects.filter(pk=relation.place_id, placeholder=False, until=None).first()
    if place is None:
        raise NotFound
    policies.require_convene(actor, place)
    if relation.type not in Partnership.Type.values:
        raise InvalidInput("partnership.type", _("There is no such kind of relation."))
    _require_sides(relation)
    row = Partnership(type=relation.type, place=place, kind=relation.kind.strip()[:60])
    row.level = "街道" if place.pk == place.street_id else "社区" if place.pk == place.community_id else ""
    row.organization_id = body_at(relation.organization_id, place) if relation.organization_id else None
    row.partner_id = _partner(relation.partner_id)
    row.partners, row.actors = relation.partners.strip()[:300], sorted(set(relation.actors))
    row.plan = relation.plan.strip()[:PLAN]
    row.recorded, row.recorder = clock.now(), actor.key
    row.state = "preparing"
    same = Partnership.objects.filter(type=row.type, place=place, partner_id=row.partner_id, until=None)
    if same.filter(partners=row.partners, kind=row.kind).exists():
        raise RuleBroken("partnership.twice", _("This relation is recorded already."))
    row.save()
    _done(actor, "make", row)
    return row


@transaction.atomic
def partnership_set_up(*, actor: Actor, partnership_id: int, since: date, evidence: str) -> Partnership:
    """Say that a relation is in place, since when, and by what one sees it.

    Raises: not_found, meeting.not_yours, partnership.state, partnership.evidence, partnership.since
    """
    row = _locked(actor, partnership_id)
    row.state = PARTNERSHIP.step(row.state, "set_up")
    row.evidence = said(evidence, PLAN, "partnership.evidence")
    if since > clock.today():
        raise InvalidInput("partnership.since", _("This day lies ahead."))
    row.since = since
    _saved(actor, "set_up", row)
    return row


@transaction.atomic
def partnership_end(*, actor: Actor, partnership_id: int, reason: str) -> Partnership:
    """End a relation, with a reason. Raises: not_found, meeting.not_yours, partnership.state, meeting.reason"""
    row = _locked(actor, partnership_id)
    row.state = PARTNERSHIP.step(row.state, "end")
    why = said(reason, 300, "meeting.reason")
    row.until = max(clock.today(), row.since or clock.today())
    _saved(actor, "end", row, reason=why)
    return row


@transaction.atomic
def partnership_event(*, actor: Actor, partnership_id: int, on: date, text: str) -> PartnershipEvent:
    """Note something that both sides did together.

    Raises: not_found, meeting.not_yours, partnership.ended, partnership.since, partnership.event
    """
    row = _locked(actor, partnership_id)
    if row.state == "ended":
        raise RuleBroken("partnership.ended", _("This relation has ended."))
    if on > clock.today():
        raise InvalidInput("partnership.since", _("This day lies ahead."))
    words = said(text, 300, "partnership.event")
    event = PartnershipEvent.objects.create(
        partnership=row, place=row.place, on=on, text=words, at=clock.now(), actor=actor.key
    )
    _done(actor, "event", row, event=event.pk)
    return event


def _require_sides(relation: Relation) -> None:
    known = dict(ACTORS)
    if relation.type == Partnership.Type.MECHANISM:
        if not relation.actors or any(code not in known for code in relation.actors):
            raise InvalidInput("partnership.actors", _("Say which kinds of actors take part."))
    elif relation.partner_id is None or relation.partner_id == relation.organization_id:
        raise InvalidInput("partnership.partner", _("Say with which other body."))


def _partner(partner_id: int | None) -> int | None:
    """The body on the other side, wherever it stands. Raises: not_found"""
    if partner_id is None:
        return None
    if not Organization.objects.filter(held_on(clock.today()), pk=partner_id).exists():
        raise NotFound
    return partner_id


def _locked(actor: Actor, partnership_id: int) -> Partnership:
    rows = Partnership.objects.select_for_update(of=("self",)).select_related("place")
    row = rows.filter(policies.rows_visible_to(actor), pk=partnership_id).first()
    if row is None:
        raise NotFound
    policies.require_convene(actor, row.place)
    return row


def _saved(actor: Actor, verb: str, row: Partnership, **facts: object) -> None:
    row.version += 1
    row.save()
    _done(actor, verb, row, **facts)


def _done(actor: Actor, verb: str, row: Partnership, **facts: object) -> None:
    journal.write(actor, f"partnership.{verb}", (row.type, row.pk), place_id=row.place_id, facts=facts)
