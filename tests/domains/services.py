"""What services add to the tests over all routes."""

from collections.abc import Mapping
from datetime import timedelta
from typing import TYPE_CHECKING, Any, Final

from tests.sources import Source, away, rows, words

from linli.core import clock
from linli.services import policies
from linli.services.models import AppointmentSlot, ProxyCopy, ServiceItem, ServiceRequest
from linli.services.tests.served import services_made

if TYPE_CHECKING:
    from tests.world import World


WHERE: Final[Mapping[str, Source]] = {
    "services/<pk>": rows(ServiceRequest, policies.requests_visible_to, far=away(ServiceRequest, "place")),
    "services/<pk>/<verb>": words("drop", "report"),
    "services/items/<pk>": rows(ServiceItem, policies.items_visible_to, far=away(ServiceItem, "place")),
    "services/items/<pk>/<verb>": words("withdraw"),
    "services/take/<pk>": rows(ServiceItem, policies.items_visible_to, far=away(ServiceItem, "place")),
    "services/copies/<pk>": rows(ProxyCopy, policies.copies_visible_to, far=away(ProxyCopy, "proxy__request__place")),
    "services/slots/<pk>/<verb>": words("cancel"),
    "services/slots/<pk>": rows(AppointmentSlot, policies.slots_visible_to, far=away(AppointmentSlot, "place")),
    "public/services/<pk>": rows(ServiceItem, lambda _actor: policies.published()),
    "public/services/own/<token>": Source(lambda world: [world.tokens["service"]]),
    "public/appointments/<pk>": rows(AppointmentSlot, lambda _actor: policies.bookable()),
    "public/appointments/own/<token>": Source(lambda world: [world.tokens["appointment"]]),
}
PUBLIC: Final[tuple[str, ...]] = (
    "public/services/",
    "public/services/<pk>/",
    "public/services/own/<token>/",
    "public/appointments/",
    "public/appointments/<pk>/",
    "public/appointments/own/<token>/",
)
DOORS: Final[tuple[str, ...]] = (
    "public/services/<pk>/",
    "public/services/own/<token>/",
    "public/appointments/<pk>/",
    "public/appointments/own/<token>/",
)
FOR_ALL: Final[tuple[str, ...]] = DOORS
IDLE: Final[Mapping[str, str]] = {}


def made(world: "World") -> None:
    """Put items, requests and times into the world, here and in the other place."""
    own = services_made(world.cast)
    world.tokens["service"] = policies.address_of(own["request"])
    world.tokens["appointment"] = policies.address_of(own["appointment"])


def sent(world: "World") -> dict[str, Any]:
    """What its forms take."""
    community = world.cast.places["community"].pk
    later = clock.today() + timedelta(days=3)
    wish = {"place": community, "name": "秦可卿", "phone": "10012345671"}
    guide = {"place": community, "label": "居住证明", "papers": "身份证", "organization": "", "days": "3"}
    times = {"place": community, "kind": "clinic", "on": f"{later}", "starts": "09:00", "ends": "10:00"}
    return {
        "services/items/new/": guide,
        "services/items/<pk>/": {**guide, "version": "2"},
        "services/take/<pk>/": {**wish, "door": "window", "seen": ["身份证", "户口簿", "照片"]},
        "services/slots/": {**times, "capacity": "5", "weeks": "1", "where": ""},
        "services/slots/<pk>/<verb>/": {"reason": "律师出庭"},
        "services/<pk>/<verb>/": {"words": "已在办"},
        "public/services/<pk>/": wish,
        "public/services/own/<token>/": {"do": "revoke"},
        "public/appointments/<pk>/": {"name": "秦可卿", "phone": "10012345671"},
        "public/appointments/own/<token>/": {},
    }
