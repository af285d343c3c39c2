"""What campaigns add to the tests over all routes."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final

from django.db.models import Q
from tests.sources import Source, away, rows, words

from linli.campaigns.models import Campaign, CampaignFinding, CampaignPhoto, CampaignTarget
from linli.campaigns.policies import at_places_visible_to, campaigns_visible_to, photos_visible_to
from linli.campaigns.tests.running import campaigns_made

if TYPE_CHECKING:
    from tests.world import World

WHERE: Final[Mapping[str, Source]] = {
    "campaigns/<pk>": rows(Campaign, campaigns_visible_to, far=away(Campaign, "place")),
    "campaigns/<pk>/<verb>": words("review", "item", "link"),
    "campaigns/<pk>/report.<form>": words("docx"),
    "campaigns/targets/<pk>": rows(CampaignTarget, at_places_visible_to, far=away(CampaignTarget, "place")),
    "campaigns/targets/<pk>/<verb>": words("mark", "find"),
    "campaigns/findings/<pk>": rows(CampaignFinding, at_places_visible_to, far=away(CampaignFinding, "place")),
    "campaigns/findings/<pk>/<verb>": words("rectify"),
    "campaigns/photos/<pk>": rows(CampaignPhoto, photos_visible_to, far=away(CampaignPhoto, "target__place")),
    "public/campaigns/<pk>": rows(Campaign, lambda _actor: Q(published__isnull=False)),
}
PUBLIC: Final[tuple[str, ...]] = ("public/campaigns/", "public/campaigns/<pk>/")
DOORS: Final[tuple[str, ...]] = ()
FOR_ALL: Final[tuple[str, ...]] = ()
IDLE: Final[Mapping[str, str]] = {}


def made(world: "World") -> None:
    """Put campaigns into the world, here and in the other place, one of them published."""
    campaigns_made(world.cast)


def sent(world: "World") -> dict[str, Any]:
    """What its forms take."""
    row = Campaign.objects.filter(place=world.cast.places["street"], state="running").earliest("pk")
    return {
        "campaigns/new/": {
            "title": "楼道清理",
            "kind": "rectification",
            "place": f"{world.cast.places['street'].pk}",
            "lead": "",
            "since": "2026-03-10",
            "until": "2026-06-01",
            "purpose": "",
            "document": "",
        },
        "campaigns/<pk>/<verb>/": {
            "version": f"{row.version}",
            "text": "进度正常",
            "title": "新事项",
            "lead": "",
            "meeting": "",
        },
        "campaigns/targets/<pk>/<verb>/": {
            "item": f"{row.items.earliest('pk').pk}",
            "state": "done",
            "note": "",
            "text": "楼道堆物",
            "topic": "",
            "due": "",
        },
    }
