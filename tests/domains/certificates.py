"""What certificates of service add to the tests over all routes."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final

from tests.sources import NONE, Source, away, rows

from linli.activities.models import ServiceCertificate, ServiceRecord
from linli.activities.operations.certificates import Asked, certificate_issue
from linli.activities.policies.certificates import certifiable_by, certificates_visible_to
from linli.activities.queries.certificates import code_of
from linli.activities.tests.served import served
from linli.core import clock
from linli.core.actors import SYSTEM
from linli.organizations.models import Person

if TYPE_CHECKING:
    from tests.world import World

HEADS: Final = (("building_head", "community"), ("outsider", "far_community"))


def _people(world: "World") -> list[int]:
    return [getattr(world.cast, role).person_id for role, _place in HEADS]


def _seen(world: "World", role: str) -> set[int]:
    actor = world.actor(role)
    known = set(_people(world))
    own = {actor.person_id} & known if actor.person_id else set()
    return own | {pk for pk in known if ServiceRecord.objects.filter(certifiable_by(actor, pk)).exists()}


def _words(*values: str) -> Source:
    return Source(lambda _world: values)


WHERE: Final[Mapping[str, Source]] = {
    "certificates/<pk>": rows(ServiceCertificate, certificates_visible_to, far=away(ServiceCertificate, "place")),
    "certificates/<pk>/<verb>": _words("renew", "revoke"),
    "certificates/people/<pk>": Source(_people, NONE, _seen, lambda world: _people(world)[1:]),
    "certificates/statement/<year>": _words("2020"),
}
PUBLIC: Final[tuple[str, ...]] = ("public/certificates/",)
DOORS: Final[tuple[str, ...]] = ("public/certificates/",)
FOR_ALL: Final[tuple[str, ...]] = ()
IDLE: Final[Mapping[str, str]] = {
    "certificates/<pk>/print/": "is only printed",
    "certificates/bodies/": "is only counted",
    "certificates/export/": "writes to the access log only",
    "certificates/statement/<year>/": "is only printed",
    "public/certificates/": "is only checked",
}


def made(world: "World") -> None:
    """Put certificates into the world, here and in the other place."""
    for role, place in HEADS:
        person = Person.objects.get(pk=getattr(world.cast, role).person_id)
        served(person, world.cast.places[place])
        certificate_issue(actor=SYSTEM, person_id=person.pk, asked=Asked())
        # Not certified yet, so that asking again makes a new one.
        served(person, world.cast.places[place])


def sent(world: "World") -> dict[str, Any]:
    """What its forms take."""
    first = ServiceCertificate.objects.order_by("pk")[0]
    day = clock.today().isoformat()
    return {
        "certificates/people/<pk>/": {"since": "", "until": "", "organization": "", "records": ""},
        "certificates/bodies/": {"body": world.cast.bodies["community_office"].pk, "since": day, "until": day},
        "certificates/export/": {"identity": ""},
        "public/certificates/": {"number": first.number, "code": code_of(first), "name": ""},
    }
