"""Surveys are seen where one's posts read figures, and recorded where one may bring in ledgers."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from linli.accountability.models import SatisfactionSurvey
from linli.accountability.policies.figures import VIEW
from linli.core.actors import Actor
from linli.core.errors import NotAllowed
from linli.territory.models import Place

RECORD = "imports.run"


def surveys_visible_to(actor: Actor) -> Q:
    """The surveys at places where the actor reads figures."""
    return Q() if actor.key == "system" else actor.places(VIEW)


def survey_places(actor: Actor) -> Q:
    """The places of which the actor may record surveys."""
    return Q() if actor.key == "system" else actor.places(RECORD, prefix="")


def may_record(actor: Actor, place: Place) -> bool:
    """Whether the actor may record a survey of this place: as from a ledger."""
    return actor.key == "system" or actor.reaches(RECORD, path=place.path)


def require_record(actor: Actor, place: Place) -> None:
    """Refuse who may not. Raises: survey.not_yours"""
    if not may_record(actor, place):
        raise NotAllowed("survey.not_yours", _("Your posts do not let you record surveys of this place."))


def may_change_survey(actor: Actor, survey: SatisfactionSurvey) -> bool:
    """Whether the actor may change this survey."""
    return may_record(actor, survey.place)
