"""What stories and letters add to the tests over all routes."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final

from tests.sources import NONE, Source, away, rows, words

from linli.core import clock
from linli.publishing.models import Story, StoryPart
from linli.publishing.policies.stories import public_stories, stories_visible_to
from linli.publishing.tests.told import stories_made

if TYPE_CHECKING:
    from tests.world import World


def _parts(_world: "World") -> list[int]:
    return list(StoryPart.objects.order_by("pk").values_list("pk", flat=True))


def _seen(world: "World", role: str) -> set[int]:
    stories = Story.objects.filter(stories_visible_to(world.actor(role)))
    return set(StoryPart.objects.filter(story__in=stories).values_list("pk", flat=True))


def _published(_world: "World") -> list[int]:
    return list(Story.objects.filter(public_stories()).order_by("pk").values_list("pk", flat=True))


WHERE: Final[Mapping[str, Source]] = {
    "stories/<pk>": rows(Story, stories_visible_to, far=away(Story, "place")),
    "stories/<pk>/<verb>": words("take_off", "drop"),
    "stories/parts/<pk>": Source(_parts, NONE, _seen, away(StoryPart, "story__place")),
    "stories/parts/<pk>/<verb>": words("withdraw"),
    "public/stories/<pk>": Source(_published, NONE),
}
PUBLIC: Final[tuple[str, ...]] = ("public/stories/", "public/stories/<pk>/")
DOORS: Final[tuple[str, ...]] = ()
FOR_ALL: Final[tuple[str, ...]] = ()
IDLE: Final[Mapping[str, str]] = {}


def made(world: "World") -> None:
    """Put stories and letters into the world, here and in the other place."""
    stories_made(world.cast)


def sent(world: "World") -> dict[str, Any]:
    """What its forms take."""
    place = world.cast.places["community"].pk
    draft = {"about": "unit", "place": place, "title": "楼道书架", "subject": "清河社区", "text": "一年借出三百册"}
    letter = {"kind": "thanks", "place": place, "subject": "城管局", "title": "感谢修灯", "name": "孟邻居"}
    return {
        "stories/new/": draft,
        "stories/<pk>/correct/": {**draft, "version": "2"},
        "stories/letters/new/": {**letter, "words": "灯修好了", "consent": "on"},
        "stories/<pk>/<verb>/": {"name": "", "words": "", "by": "self", "means": "here", "on": f"{clock.today()}"},
        "stories/parts/<pk>/<verb>/": {"by": "self", "means": "here", "on": f"{clock.today()}"},
    }
