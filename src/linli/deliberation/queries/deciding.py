"""What writers and readers of bodies both ask: which decisions may stand behind one, who its members are."""

from django.db.models import Q, QuerySet

from linli.core import clock
from linli.deliberation.meetings_section import ASSEMBLY
from linli.deliberation.models import BodyFounding, Meeting, Poll, Topic
from linli.organizations.models import Post
from linli.organizations.policies import held_on
from linli.territory.models import Place


def _around(place: Place) -> Q:
    """Decisions of the place itself or of its community."""
    return Q(place_id=place.pk) | Q(place_id=place.community_id or place.pk)


def deciding_polls(place: Place, owners: bool) -> QuerySet[Poll]:
    """The published votes that may have decided: with a rule; where owners decide, one of owners."""
    rows = Poll.objects.filter(_around(place), state="published").exclude(rule="opinion")
    if owners:
        rows = rows.filter(rule__in=("owners_ordinary", "owners_major"))
    return rows.order_by("-held", "-pk")


def deciding_topics(place: Place) -> QuerySet[Topic]:
    """The topics that ended in a resolution."""
    rows = Topic.objects.filter(_around(place), state__in=("decided", "closed"), outcome="resolution")
    return rows.order_by("-decided_on", "-pk")


def deciding_meetings(place: Place) -> QuerySet[Meeting]:
    """The residents' assemblies that were held."""
    rows = Meeting.objects.filter(_around(place), kind=ASSEMBLY, state__in=("held", "approved"))
    return rows.order_by("-on", "-pk")


def members_of(row: BodyFounding) -> QuerySet[Post]:
    """The members of a body today; where its term is over, those who served last."""
    posts = Post.objects.filter(organization_id=row.organization_id or 0, person__isnull=False).select_related("person")
    held = posts.filter(held_on(clock.today()))
    # Until somebody else is elected, everybody still wants to know who served last.
    last = posts.filter(until=row.until) if row.term == "over" else posts.none()
    return (held | last).order_by("pk")
