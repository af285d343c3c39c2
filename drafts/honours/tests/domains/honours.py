"""What honours add to the tests over all routes."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final

from tests.sources import NONE, Source, away, rows

from linli.core.actors import SYSTEM
from linli.volunteering.models import Honour, HonourObjection
from linli.volunteering.operations.honours import Nomination, honour_accept, honour_nominate, honour_object
from linli.volunteering.policies.honours import honours_kept_by, honours_visible_to

if TYPE_CHECKING:
    from tests.world import World


def _kept(world: "World", role: str) -> set[int]:
    kept = Honour.objects.filter(honours_kept_by(world.actor(role)))
    return set(HonourObjection.objects.filter(honour__in=kept).values_list("pk", flat=True))


def _objections(_world: "World") -> list[int]:
    return list(HonourObjection.objects.order_by("pk").values_list("pk", flat=True))


def _noticed(_world: "World") -> list[int]:
    return list(Honour.objects.filter(state="notice").order_by("pk").values_list("pk", flat=True))


WHERE: Final[Mapping[str, Source]] = {
    "honours/<pk>": rows(Honour, honours_visible_to, far=away(Honour, "place")),
    "honours/<pk>/<verb>": Source(lambda _world: ("accept", "withdraw")),
    "honours/objections/<pk>": Source(_objections, NONE, _kept, lambda world: _objections(world)[1:]),
    "public/honours/<pk>": Source(_noticed, NONE),
}
PUBLIC: Final[tuple[str, ...]] = ("public/honours/", "public/honours/<pk>/")
DOORS: Final[tuple[str, ...]] = ("public/honours/<pk>/",)
FOR_ALL: Final[tuple[str, ...]] = ("public/honours/<pk>/",)
IDLE: Final[Mapping[str, str]] = {}


def made(world: "World") -> None:
    """Put honours into the world, here and in the other place: one nominated, one in notice with an objection."""
    for place in ("community", "far_community"):
        for name in ("乔一诺", "项目甲"):
            given = Nomination("service_star", world.cast.places[place].pk, "送餐上门", name)
            row = honour_nominate(actor=SYSTEM, nomination=given)
        honour_accept(actor=SYSTEM, honour_id=row.pk)
        honour_object(actor=SYSTEM, honour_id=row.pk, text="另有其人")


def sent(world: "World") -> dict[str, Any]:
    """What its forms take."""
    place = world.cast.places["community"].pk
    return {
        "honours/new/": {"place": place, "kind": "service_star", "name": "丙", "ground": "送餐上门", "star": ""}
        | {"team": "", "project": "", "volunteer": "", "name": "丙丙"},
        "honours/<pk>/<verb>/": {"reason": "本人不愿参评"},
        "honours/objections/<pk>/": {"upheld": "no", "answer": "已核实"},
        "public/honours/<pk>/": {"text": "另有其人", "contact": ""},
    }
