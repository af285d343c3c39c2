"""Who keeps stories and letters: whoever makes public there. A letter is read by the body that it thanks, too.

The public reads what was published here by somebody, as long as something is left to be read.
"""

from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from linli.core.actors import Actor
from linli.core.errors import NotAllowed
from linli.publishing.models import Story, StoryPart
from linli.publishing.workflow.stories import LETTERS, POST, STORY
from linli.territory.models import Place


def stories_visible_to(actor: Actor) -> Q:
    """The stories and letters where somebody makes public, letters to one's own bodies, and one's own letters."""
    if actor.key == "system":
        return Q()
    seen = actor.places(POST) | Q(kind__in=LETTERS, organization_id__in=actor.organization_ids)
    if actor.user_id is None:
        return seen
    return seen | Q(pk__in=StoryPart.objects.filter(writer=actor.key).values("story_id"))


def writing_places(actor: Actor) -> Q:
    """The communities and streets for which somebody writes stories and keeps letters."""
    return letter_places() & (Q() if actor.key == "system" else actor.places(POST, prefix=""))


def letter_places() -> Q:
    """The communities and streets to which a resident may write."""
    return Q(placeholder=False, until=None) & (Q(community_id=F("pk")) | Q(street_id=F("pk")))


def public_stories() -> Q:
    """What everybody reads."""
    return Q(state="published") & ~Q(published_by="")


def may_keep(actor: Actor, place: Place) -> bool:
    """Whether somebody keeps the stories and letters of a place."""
    return actor.key == "system" or actor.reaches(POST, path=place.path)


def may_amend(actor: Actor, row: Story) -> bool:
    """Whether somebody may change, on one row, what the profile adds to it."""
    return may_keep(actor, row.place)


def may_withdraw(actor: Actor, part: StoryPart) -> bool:
    """Whether somebody may take consent back: the writer themselves, or for the person whoever keeps the story."""
    own = actor.user_id is not None and actor.key == part.writer
    return own or may_keep(actor, part.story.place)


def verbs_of(actor: Actor, row: Story) -> frozenset[str]:
    """What somebody may do now with a story or letter."""
    if not may_keep(actor, row.place):
        return frozenset()
    verbs = {item.verb for item in STORY.allowed(row.state, {POST})}
    if row.kind in LETTERS:
        verbs -= {"correct", "tell"}
    return frozenset(verbs - {"publish"} if row.written_by == actor.key else verbs)


def require_keep(actor: Actor, place: Place) -> None:
    """Refuse who may not. Raises: story.not_yours"""
    if not may_keep(actor, place):
        raise NotAllowed("story.not_yours", _("Your posts do not let you keep stories and letters of this place."))


def require_publish(actor: Actor, row: Story) -> None:
    """Refuse who may not publish. Raises: story.not_yours, story.own"""
    require_keep(actor, row.place)
    if actor.key == row.written_by:
        raise NotAllowed("story.own", _("Whoever wrote it does not publish it; ask a colleague."))
