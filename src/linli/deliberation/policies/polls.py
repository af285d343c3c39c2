"""Who sees polls and who runs them: posts of the place and above. Everybody sees what was announced, on public pages.

What somebody voted by name is on no page at all: the count reads it, and nobody else.
"""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from linli.core.actors import Actor
from linli.core.errors import NotAllowed
from linli.deliberation.models import Poll
from linli.deliberation.workflow.polls import RUN, SHOWN, VIEW
from linli.territory.models import Place


def polls_visible_to(actor: Actor) -> Q:
    """The polls of the places where the actor sees polls."""
    return Q() if actor.key == "system" else actor.places(VIEW)


def public_polls() -> Q:
    """The polls that everybody may know of."""
    return Q(state__in=SHOWN, imported=False)


def running_places(actor: Actor) -> Q:
    """The places for which the actor runs polls."""
    return Q() if actor.key == "system" else actor.places(RUN, prefix="")


def may_run(actor: Actor, place: Place) -> bool:
    """Whether the actor runs polls of this place."""
    return actor.key == "system" or actor.reaches(RUN, path=place.path)


def may_run_poll(actor: Actor, poll: Poll) -> bool:
    """Whether the actor runs this poll."""
    return may_run(actor, poll.place)


def require_run(actor: Actor, place: Place) -> None:
    """Refuse who may not. Raises: poll.not_yours"""
    if not may_run(actor, place):
        raise NotAllowed("poll.not_yours", _("Your posts do not let you run votes of this place."))
