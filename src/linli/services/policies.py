"""Who keeps service items, requests and appointments: the desk of the place; who handles a request: its own body.

Copies of papers are seen by the desk alone, and as long as a proxy needs them. A resident opens their own by an address
that they alone get, after number and code.
"""

from typing import Final

from django.core import signing
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from linli.core import clock, secrets
from linli.core.actors import Actor
from linli.core.errors import NotAllowed, NotFound, RuleBroken
from linli.services.models import Appointment, AppointmentSlot, Proxy, ServiceItem, ServiceRequest
from linli.services.workflow import HANDLE, KEEP, REQUEST
from linli.territory.models import Place

SALT: Final = "services.own"


def items_visible_to(actor: Actor) -> Q:
    """The items that somebody keeps."""
    return Q() if actor.key == "system" else actor.places(KEEP)


def slots_visible_to(actor: Actor) -> Q:
    """The times for appointments that somebody keeps."""
    return items_visible_to(actor)


def requests_visible_to(actor: Actor) -> Q:
    """The requests of one's own desk, and those that one's own body handles."""
    if actor.key == "system":
        return Q()
    own = Q(organization_id__in=actor.organization_ids) if actor.can(HANDLE) else Q(pk__in=[])
    return actor.places(KEEP) | own


def proxies_visible_to(actor: Actor) -> Q:
    """The proxies of one's own desk."""
    return Q() if actor.key == "system" else actor.places(KEEP, prefix="request__place__")


def copies_visible_to(actor: Actor) -> Q:
    """The copies of papers that are still kept at one's own desk."""
    own = Q() if actor.key == "system" else actor.places(KEEP, prefix="proxy__request__place__")
    return own & Q(file__isnull=False)


def appointments_visible_to(actor: Actor) -> Q:
    """The appointments of one's own desk."""
    return Q() if actor.key == "system" else actor.places(KEEP, prefix="slot__place__")


def published() -> Q:
    """The items that everybody may read and ask for today."""
    today = clock.today()
    begun = Q(since=None) | Q(since__lte=today)
    return begun & (Q(until=None) | Q(until__gte=today)) & Q(state="published")


def published_at(place: Place) -> Q:
    """The published items that hold at a place: its own, and those of what is above it."""
    above = [int(step) for step in place.path.split("/") if step]
    return published() & Q(place_id__in=above)


def bookable() -> Q:
    """The times that everybody may book: open, and not begun yet."""
    return Q(state="open", starts__gt=clock.now())


def item_places(actor: Actor) -> Q:
    """The communities, streets and counties for which somebody keeps items."""
    divisions = Q(placeholder=False, until=None, type=Place.Type.DIVISION)
    return divisions & (Q() if actor.key == "system" else actor.places(KEEP, prefix=""))


def desks(actor: Actor) -> Q:
    """The communities at whose desk somebody takes requests in and keeps times."""
    return Q(placeholder=False, until=None, community_id=F("pk")) & (
        Q() if actor.key == "system" else actor.places(KEEP, prefix="")
    )


def communities() -> Q:
    """The communities whose desk one can ask."""
    return Q(placeholder=False, until=None, community_id=F("pk"))


def providing(place: Place) -> Q:
    """The bodies that may handle what is asked at a place: those that lie in it or above it."""
    above = [int(step) for step in place.path.split("/") if step]
    return (Q(place_id__in=above) | Q(place__path__startswith=place.path)) & Q(until=None)


def may_keep(actor: Actor, place: Place) -> bool:
    """Whether somebody works at the desk of a place."""
    return actor.key == "system" or actor.reaches(KEEP, path=place.path)


def may_handle(actor: Actor, row: ServiceRequest) -> bool:
    """Whether somebody works in the back office of a request; where it names no body, the desk is that too."""
    if row.organization_id is None:
        return may_keep(actor, row.place)
    return actor.key == "system" or (actor.can(HANDLE) and row.organization_id in actor.organization_ids)


def may_amend(actor: Actor, row: ServiceRequest | ServiceItem | AppointmentSlot) -> bool:
    """Whether somebody may change, on one row, what the profile adds to it."""
    return may_keep(actor, row.place)


def may_amend_proxy(actor: Actor, row: Proxy) -> bool:
    """Whether somebody may change, on a proxy, what the profile adds to it."""
    return may_keep(actor, row.request.place)


def require_keep(actor: Actor, place: Place) -> None:
    """Refuse who may not. Raises: request.not_yours"""
    if not may_keep(actor, place):
        raise NotAllowed("request.not_yours", _("Your posts do not let you work at the service desk of this place."))


def require_handle(actor: Actor, row: ServiceRequest) -> None:
    """Refuse who may not. Raises: request.not_handler"""
    if not may_handle(actor, row):
        raise NotAllowed("request.not_handler", _("Only the body that handles it takes this step."))


def in_force(proxy: Proxy) -> bool:
    """Whether somebody may act by a proxy today."""
    return proxy.state == "given" and clock.today() <= proxy.until


def require_acts(actor: Actor, row: ServiceRequest) -> None:
    """Refuse who acts for a resident without being the agent, or by a proxy that is not in force.

    Raises: proxy.none, proxy.over, proxy.not_agent
    """
    proxy = proxy_of(row)
    if proxy is None or proxy.state == "asked":
        raise RuleBroken("proxy.none", _("Nobody is the agent of this matter yet: accept it first."))
    if not in_force(proxy):
        message = _("The proxy is over, nobody acts by it any more. Ask the resident for a new one.")
        raise RuleBroken("proxy.over", message, until=f"{proxy.until:%Y-%m-%d}")
    if actor.key != "system" and proxy.agent_id != actor.person_id:
        raise RuleBroken("proxy.not_agent", _("Only the agent whom the resident lets act takes this step."))


def proxy_of(row: ServiceRequest) -> Proxy | None:
    """The proxy of a request, where there is one."""
    return getattr(row, "proxy", None)


def acts_by_proxy(row: ServiceRequest) -> bool:
    """Whether a request is in the hands of an agent, or waits for one."""
    proxy = proxy_of(row)
    return proxy is not None and proxy.state != "ended"


def verbs_of(actor: Actor, row: ServiceRequest) -> list[str]:
    """What somebody may do now with a request."""
    able = ({KEEP} if may_keep(actor, row.place) else set()) | ({HANDLE} if may_handle(actor, row) else set())
    verbs = [item.verb for item in REQUEST.allowed(row.state, able) if able & item.who]
    proxy = proxy_of(row)
    agent = proxy is not None and in_force(proxy) and proxy.agent_id == actor.person_id
    waits = proxy is not None and proxy.state == "asked" and clock.today() <= proxy.until
    hidden = set() if waits and actor.person_id else {"accept"}
    hidden |= set() if agent else {"copy"}
    if acts_by_proxy(row) and not agent:
        hidden |= {"take", "bring"}
    return [verb for verb in verbs if verb not in hidden]


def address_of(row: ServiceRequest | Appointment) -> str:
    """What the address ends with by which a resident opens their own; nothing of it is stored."""
    return signing.dumps(row.pk, salt=f"{SALT}.{type(row).__name__}")


def own_pk(model: type[ServiceRequest] | type[Appointment], address: str) -> int:
    """The row behind such an address. Raises: not_found"""
    try:
        return int(signing.loads(address, salt=f"{SALT}.{model.__name__}"))
    except (signing.BadSignature, TypeError, ValueError) as error:
        raise NotFound from error


def code_hash(number: str, code: str) -> bytes:
    """What is kept of the code of a receipt."""
    return secrets.keyed_hash(f"{number} {code.strip().upper()}", "request.code")


def code_matches(row: ServiceRequest, code: str) -> bool:
    """Whether a code opens a request to whoever asked."""
    return bytes(row.code_hash) == code_hash(row.number, code)
