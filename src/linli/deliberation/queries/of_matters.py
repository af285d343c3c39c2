"""What is deliberated and promised about a matter: its topics, the meetings it is on, what bodies promised there."""

from collections.abc import Iterator, Sequence
from typing import Final

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from linli.cases.queries.beside import Beside, Teller, Word
from linli.core import clock
from linli.core.actors import Actor
from linli.core.composed import composed
from linli.deliberation import meetings_section
from linli.deliberation.models import AgendaItem, Commitment, CommitmentNote, Meeting, Topic
from linli.deliberation.policies import meetings as policies
from linli.deliberation.policies.topics import public_topics, topics_visible_to
from linli.deliberation.queries.topics import TONES
from linli.deliberation.workflow.meetings import COMMITMENT, MEETING
from linli.deliberation.workflow.topics import TOPIC

KEPT: Final = {"open": ("yellow", "clock"), "late": ("red", "alert-triangle"), "dropped": ("grey", "circle-x")}
DONE: Final = ("green", "circle-check")


@composed(planned=True)
def topics_of(viewer: Actor, case_id: int) -> QuerySet[Topic]:
    """The topics of a matter that the viewer sees."""
    return Topic.objects.filter(topics_visible_to(viewer), case_id=case_id).order_by("pk")


@composed(planned=True)
def items_of(viewer: Actor, case_id: int) -> QuerySet[AgendaItem]:
    """The items of a matter on the agendas of meetings that the viewer sees, and those that wait for one."""
    seen = Meeting.objects.filter(policies.meetings_visible_to(viewer)).values("pk")
    on = policies.rows_visible_to(viewer) | Q(meeting_id__in=seen)
    return AgendaItem.objects.filter(on, case_id=case_id).select_related("meeting", "series").order_by("pk")


def told_of(viewer: Actor, case_id: int) -> Sequence[Beside]:
    """What staff read on the page of a matter."""
    items = list(items_of(viewer, case_id))
    promised = _promised(viewer, [item.pk for item in items])
    return [*_topics(viewer, case_id), *(found for item in items if (found := _item(item))), *promised]


def public_of(case_id: int) -> list[Word]:
    """What the reporter reads: on which day it goes onto which kind of meeting, and which public topic it became."""
    items = AgendaItem.objects.filter(case_id=case_id, meeting__isnull=False).exclude(meeting__state="cancelled")
    topics = Topic.objects.filter(public_topics(), case_id=case_id).order_by("pk")
    return [
        *(Word(_word(item)) for item in items.select_related("meeting").order_by("on", "pk")),
        *(
            Word(
                _("Residents deliberate it as a topic: %(topic)s (%(state)s).")
                % {"topic": row.title, "state": TOPIC.label(row.state)},
                "public_topics:topic",
                row.pk,
            )
            for row in topics
        ),
    ]


def _word(item: AgendaItem) -> str:
    assert item.meeting is not None
    values = {"meeting": meetings_section.named(item.meeting.kind), "day": f"{item.meeting.on:%Y-%m-%d}"}
    if item.result:
        return _("%(meeting)s of %(day)s spoke about it: %(result)s.") % {
            **values,
            "result": item.get_result_display(),
        }
    return _("It goes onto the agenda of %(meeting)s on %(day)s.") % values


def _topics(viewer: Actor, case_id: int) -> Iterator[Beside]:
    for row in topics_of(viewer, case_id):
        on = row.closed_on or row.decided_on or row.proposed_on
        tone, icon = TONES[row.state]
        yield Beside(_("topic"), row.title, "topics:topic", row.pk, TOPIC.label(row.state), on, tone, icon)


def _item(item: AgendaItem) -> Beside | None:
    meeting = item.meeting
    if meeting is not None:
        done = bool(item.result)
        state = item.get_result_display() if done else MEETING.label(meeting.state)
        tone = DONE if done else ("yellow", "calendar")
        return Beside(
            pgettext("matter", "meeting"),
            meeting.title,
            "meetings:meeting",
            meeting.pk,
            state,
            meeting.on,
            *tone,
            item.decision,
        )
    if item.series is None or item.result:
        return None
    waits = _("waits for the next session")
    return Beside(
        pgettext("matter", "meeting"),
        item.series.title,
        "meetings:series",
        item.series.pk,
        waits,
        clock.day_of(item.raised),
    )


def _promised(viewer: Actor, item_ids: list[int]) -> list[Beside]:
    if not item_ids:
        return []
    last = CommitmentNote.objects.filter(commitment=OuterRef("pk")).order_by("-pk").values("text")[:1]
    rows = Commitment.objects.filter(policies.commitments_visible_to(viewer), item_id__in=item_ids)
    return [
        Beside(
            _("promised by %(body)s") % {"body": row.organization.name},
            row.text,
            "meetings:commitment",
            row.pk,
            COMMITMENT.label(row.state),
            row.done_on or row.due,
            *KEPT.get(row.state, DONE),
            row.progress or "",
        )
        for row in rows.select_related("organization").annotate(progress=Subquery(last)).order_by("due", "pk")
    ]


def _knows() -> Q:
    mine = Q(case_id=OuterRef("pk"))
    return Q(Exists(AgendaItem.objects.filter(mine))) | Q(Exists(Topic.objects.filter(mine)))


TELLER: Final = Teller(told_of, public_of, _knows)
