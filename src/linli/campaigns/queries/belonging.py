"""What of other domains stands beside a campaign: what decided an item, which meetings and matters belong to it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from linli.campaigns import policies
from linli.campaigns.models import Campaign, CampaignLink, CampaignMark
from linli.campaigns.workflow import CAMPAIGN
from linli.cases.models import Case
from linli.cases.policies import cases_visible_to
from linli.cases.queries.beside import Beside, Teller
from linli.core.actors import Actor
from linli.deliberation.models import Meeting, Topic
from linli.deliberation.queries.meetings import meetings_for
from linli.deliberation.queries.topics import seen_by
from linli.territory.models import Place

CHOICES: Final = 50
HELD: Final = ("held", "approved")
TONES: Final = {"planned": "grey", "running": "azure", "closed": "green", "dropped": "grey"}


@dataclass(frozen=True, slots=True)
class Belonging:
    """What belongs to a campaign: how many meetings and matters, and those of them that the reader sees."""

    meetings: int
    cases: int
    seen_meetings: list[Meeting]
    seen_cases: list[Case]


def deciding_meetings(actor: Actor, place: Place) -> QuerySet[Meeting]:
    """The meetings that were held there or in its community, of those that somebody sees."""
    return meetings_for(actor).filter(_around(place), state__in=HELD).order_by("-on", "-pk")


def deciding_topics(actor: Actor, place: Place) -> QuerySet[Topic]:
    """The topics that ended in a resolution there or in its community, of those that somebody sees."""
    rows = seen_by(actor).filter(_around(place), state__in=("decided", "closed"), outcome="resolution")
    return rows.order_by("-decided_on", "-pk")


def decisions(actor: Actor, place: Place) -> list[tuple[str, Any]]:
    """These as choices, by kind and id."""
    topics = [(f"topic:{row.pk}", row.title) for row in deciding_topics(actor, place)[:CHOICES]]
    meetings = [(f"meeting:{row.pk}", f"{row.on} {row.title}") for row in deciding_meetings(actor, place)[:CHOICES]]
    return [("", _("choose")), *topics, *meetings]


def decided_by(actor: Actor, marks: Iterable[CampaignMark]) -> dict[int, tuple[str, Meeting | Topic]]:
    """What decided each mark, with the name of its page, of what the reader may open."""
    held = {mark.pk: mark.meeting_id for mark in marks if mark.meeting_id}
    told = {mark.pk: mark.topic_id for mark in marks if mark.topic_id}
    meetings = meetings_for(actor).in_bulk(held.values()) if held else {}
    topics = seen_by(actor).in_bulk(told.values()) if told else {}
    found: dict[int, tuple[str, Meeting | Topic]] = {
        mark: ("meetings:meeting", meetings[pk]) for mark, pk in held.items() if pk in meetings
    }
    return found | {mark: ("topics:topic", topics[pk]) for mark, pk in told.items() if pk in topics}


def _around(place: Place) -> Q:
    return Q(place_id=place.pk) | Q(place_id=place.community_id or place.pk)


def belonging(actor: Actor, row: Campaign) -> Belonging:
    """What belongs to a campaign."""
    links = row.links.values_list("meeting_id", "case_id")
    meetings = [meeting for meeting, _case in links if meeting]
    cases = [case for _meeting, case in links if case]
    seen = Case.objects.filter(cases_visible_to(actor), pk__in=cases).defer("search").order_by("-pk")[:CHOICES]
    held = meetings_for(actor).filter(pk__in=meetings).order_by("-on", "-pk")[:CHOICES]
    return Belonging(len(meetings), len(cases), list(held) if meetings else [], list(seen) if cases else [])


def meeting_choices(actor: Actor, row: Campaign) -> list[tuple[int, str]]:
    """The latest meetings at the place of a campaign that may be said to belong to it."""
    rows = meetings_for(actor).filter(place__path__startswith=row.place.path).exclude(campaign_links__campaign=row)
    return [(item.pk, f"{item.on} {item.title}") for item in rows.order_by("-on", "-pk")[:CHOICES]]


def _told(viewer: Actor, case_id: int) -> Sequence[Beside]:
    """The campaigns to which a matter belongs, for staff who see them."""
    rows = Campaign.objects.filter(policies.campaigns_visible_to(viewer), links__case_id=case_id).order_by("pk")
    return [
        Beside(
            pgettext_lazy("campaign", "campaign"),
            row.title,
            "campaigns:campaign",
            row.pk,
            CAMPAIGN.label(row.state),
            row.ended_on or row.since,
            TONES[row.state],
        )
        for row in rows
    ]


def _knows() -> Q:
    return Q(Exists(CampaignLink.objects.filter(case_id=OuterRef("pk"))))


TELLER: Final = Teller(_told, lambda _case_id: [], _knows)
