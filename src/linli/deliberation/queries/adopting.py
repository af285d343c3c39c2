"""What writers and readers of conventions both ask: clauses, whether comments are open, what may have adopted one."""

from django.db.models import QuerySet

from linli.core import clock
from linli.deliberation.meetings_section import ASSEMBLY
from linli.deliberation.models import Convention, Meeting, Poll, Topic


def comments_open(row: Convention) -> bool:
    """Whether residents may comment today."""
    return row.state == "commenting" and row.comments_until is not None and clock.today() <= row.comments_until


def texts_of(row: Convention) -> list[str]:
    """The clauses of an edition in their order."""
    return list(row.clauses.order_by("position").values_list("text", flat=True))


def adopting_polls(row: Convention) -> QuerySet[Poll]:
    """The published votes by which a convention may have been adopted: of its place, with a rule."""
    found = Poll.objects.filter(place_id=row.place_id, state="published", kind="decision", held__gte=row.put_on)
    return found.exclude(rule="opinion").order_by("-held", "-pk")


def adopting_topics(row: Convention) -> QuerySet[Topic]:
    """The topics of the place that were resolved after the text was put to adoption."""
    states = ("decided", "closed")
    found = Topic.objects.filter(place_id=row.place_id, state__in=states, outcome="resolution")
    return found.filter(decided_on__gte=row.put_on).order_by("-decided_on", "-pk")


def adopting_meetings(row: Convention) -> QuerySet[Meeting]:
    """The residents' assemblies of the place that were held after the text was put to adoption."""
    assemblies = Meeting.objects.filter(place_id=row.place_id, kind=ASSEMBLY)
    found = assemblies.filter(state__in=("held", "approved"), on__gte=row.put_on)
    return found.order_by("-on", "-pk")
