"""Defining figures in the browser: validated, journaled, versioned; those of the profile stay in the profile."""

from typing import Any

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from linli.core import clock, journal
from linli.core.actors import Actor
from linli.core.errors import NotAllowed, RuleBroken
from linli.records import profiles
from linli.records.figures import compute
from linli.records.figures.definitions import FiguresSection, check_one
from linli.records.models import FigureDefinition


@transaction.atomic
def figure_define(*, actor: Actor, definition: dict[str, Any]) -> FigureDefinition:
    """Add a figure or change one that was added here.

    Raises: figure.not_allowed, figure.in_profile, figure.malformed and those of its conditions.
    """
    if not (actor.key == "system" or actor.can("figures.define")):
        raise NotAllowed("figure.not_allowed", _("Defining figures needs a post that may."))
    figure = compute.parsed(definition)
    check_one(figure, compute.book() | {figure.id: figure})
    if figure.id in {item.id for item in profiles.current().section(FiguresSection).figures}:
        raise RuleBroken(
            "figure.in_profile", _("“%(id)s” is defined in the place's profile; change it there."), id=figure.id
        )
    row = FigureDefinition.objects.select_for_update().filter(code=figure.id).first()
    if row is None:
        row = FigureDefinition(code=figure.id, version=0)
    row.definition = definition
    row.actor = actor.key
    row.changed = clock.now()
    row.version += 1
    row.save()
    facts = {"id": figure.id, "version": row.version, "definition": definition}
    journal.write(actor, "figure.define", ("figure", row.pk), facts=facts)
    return row
