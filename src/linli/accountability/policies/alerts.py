"""Who sees an alert and who answers it: its holder answers; whoever reads figures at the place sees it."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from linli.accountability.models import Alert
from linli.accountability.policies.figures import VIEW
from linli.core.actors import Actor
from linli.core.errors import NotAllowed


def alerts_visible_to(actor: Actor) -> Q:
    """Alerts that one's posts hold, and those where one reads figures."""
    if actor.key == "system":
        return Q()
    return Q(holder_id__in=actor.post_ids) | actor.places(VIEW)


def may_answer(actor: Actor, alert: Alert) -> bool:
    """Whether the alert is the actor's to answer."""
    return alert.holder_id is not None and alert.holder_id in actor.post_ids


def require_answer(actor: Actor, alert: Alert) -> None:
    """Refuse who may not. Raises: alert.not_yours"""
    if not may_answer(actor, alert):
        raise NotAllowed("alert.not_yours", _("This alert is another post's to answer."))
