"""Stories and letters as they are read: the list, one with what may be done, and what the public reads."""

from dataclasses import dataclass, field
from typing import Any, Final

from django.db.models import Prefetch, QuerySet

from linli.core.actors import Actor
from linli.core.errors import NotFound
from linli.organizations.models import Organization
from linli.publishing.models import Story, StoryPart
from linli.publishing.policies import stories as policies
from linli.publishing.workflow.stories import KINDS, LETTERS, POST, STORY
from linli.territory.models import Place

PAGE: Final = 50
CHOICES: Final = 500
# The bodies that are offered while one writes whom a letter thanks; any other may be written.
BODIES: Final = ("department", "member_unit", "property_company", "office", "volunteer_team")
TONES: Final = {
    "draft": ("grey", "file-text"),
    "published": ("green", "circle-check"),
    "dropped": ("grey", "circle-x"),
}


@dataclass(frozen=True, slots=True)
class Line:
    """A story or letter in a list."""

    row: Story
    tone: tuple[str, str, Any]


@dataclass(frozen=True, slots=True)
class StoryPage:
    """One story or letter with what it tells of people. `parts` that may be withdrawn by whoever reads say so."""

    line: Line
    parts: list[tuple[StoryPart, bool]] = field(default_factory=list)
    verbs: frozenset[str] = frozenset()
    keeps: bool = False
    letter: bool = False

    @property
    def row(self) -> Story:
        """The story."""
        return self.line.row


def _line(row: Story) -> Line:
    return Line(row, (*TONES[row.state], STORY.label(row.state)))


def listed(actor: Actor, kind: str, state: str, before: int) -> tuple[list[Line], int]:
    """A page of what somebody sees, the newest first, and the key of the next; 0 where there is none."""
    rows = Story.objects.filter(policies.stories_visible_to(actor)).select_related("place").defer("text", "extra")
    rows = rows.filter(kind=kind) if kind in dict(KINDS) else rows
    rows = rows.filter(state=state) if state else rows
    rows = rows.filter(pk__lt=before) if before else rows
    page = list(rows.order_by("-pk")[: PAGE + 1])
    return [_line(row) for row in page[:PAGE]], page[PAGE - 1].pk if len(page) > PAGE else 0


def story_page(actor: Actor, pk: int) -> StoryPage:
    """One story or letter. Raises: not_found"""
    rows = Story.objects.filter(policies.stories_visible_to(actor), pk=pk)
    row = rows.select_related("place", "organization").first()
    if row is None:
        raise NotFound
    parts = list(row.parts.filter(withdrawn_on=None).order_by("pk"))
    for part in parts:
        part.story = row
    able = [(part, policies.may_withdraw(actor, part)) for part in parts]
    keeps = policies.may_keep(actor, row.place)
    return StoryPage(_line(row), able, policies.verbs_of(actor, row), keeps, row.kind in LETTERS)


def sees(actor: Actor, pk: int) -> bool:
    """Whether somebody sees a story or letter."""
    return Story.objects.filter(policies.stories_visible_to(actor), pk=pk).exists()


def part_seen(actor: Actor, pk: int) -> StoryPart:
    """What is told of a person, in a story that one sees. Raises: not_found"""
    seen = Story.objects.filter(policies.stories_visible_to(actor)).values("pk")
    part = StoryPart.objects.filter(pk=pk, withdrawn_on=None, story__in=seen).first()
    if part is None:
        raise NotFound
    return part


def places(actor: Actor, *, own: bool = False) -> list[Place]:
    """The communities and streets for which somebody writes; for a letter of one's `own`, all of them."""
    rule = policies.letter_places() if own else policies.writing_places(actor)
    return list(Place.objects.filter(rule).order_by("path")[:CHOICES])


def bodies() -> list[str]:
    """Names of bodies, offered while one writes whom a letter thanks."""
    rows = Organization.objects.filter(until=None, type__in=BODIES)
    return list(rows.order_by("name").values_list("name", flat=True).distinct()[:CHOICES])


def keeps_any(actor: Actor) -> bool:
    """Whether somebody keeps stories and letters anywhere."""
    return actor.can(POST)


def public_listed(kind: str, before: int) -> tuple[list[Story], int]:
    """A page of what the public reads, the newest first, and the key of the next."""
    rows = _public()
    rows = rows.filter(kind=kind) if kind in dict(KINDS) else rows
    rows = rows.filter(pk__lt=before) if before else rows
    page = list(rows.order_by("-pk")[: PAGE + 1])
    return page[:PAGE], page[PAGE - 1].pk if len(page) > PAGE else 0


def public_story(pk: int) -> Story:
    """One that the public reads, with what it tells of people who consented as `told`. Raises: not_found"""
    told = StoryPart.objects.filter(consented_on__isnull=False).order_by("pk")
    row = _public().prefetch_related(Prefetch("parts", told, to_attr="told")).filter(pk=pk).first()
    if row is None:
        raise NotFound
    return row


def _public() -> QuerySet[Story]:
    return Story.objects.filter(policies.public_stories()).select_related("place").defer("extra")
