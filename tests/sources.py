"""Where the values of a route's parameters come from: rows of the world, with who sees them, or words."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any, Final

from django.db.models import Q

from linli.core.actors import Actor

if TYPE_CHECKING:
    from tests.world import World

# Stands for a row that does not exist.
NONE: Final = "987654321"
Values = Callable[["World"], Sequence[Any]]
Seen = Callable[["World", str], set[Any]]


def nothing(_world: "World") -> Sequence[Any]:
    """No values."""
    return ()


@dataclass(frozen=True, slots=True)
class Source:
    """Values of a parameter; for rows also one that does not exist, which of them a role may see, which of them are
    of the other place, and how far each has come; no rows of which that is unknown are taken to be alike."""

    values: Values
    missing: str = ""
    seen: Seen | None = None
    far: Values = nothing
    stages: Callable[[], Mapping[Any, str]] = dict


def rows(model: Any, visible: Callable[[Actor], Q], values: Values | None = None, far: Values = nothing) -> Source:
    """Rows of a model by id, all of them or those chosen; `visible` is the policy that says who may see which."""

    def every(_world: "World") -> list[int]:
        return list(model.objects.order_by("pk").values_list("pk", flat=True))

    def seen(world: "World", role: str) -> set[Any]:
        return set(model.objects.filter(visible(world.actor(role))).values_list("pk", flat=True))

    return Source(values or every, NONE, seen, far, partial(_stages, model if values is None else None))


def _stages(model: Any) -> Mapping[Any, str]:
    """How far each row of a model has come: its choices, its yes and no, and what it has at all."""
    fields = model._meta.concrete_fields if model else []
    plain = [field.name for field in fields if field.choices or field.get_internal_type() == "BooleanField"]
    lacking = {f"lacks_{field.name}": Q((f"{field.name}__isnull", True)) for field in fields if field.null}
    told = model.objects.annotate(**lacking).values_list("pk", *plain, *lacking) if model else []
    return {pk: str(stage) for pk, *stage in told}


def held(kind: str, *names: str) -> Values:
    """The ids of what the world holds under these names: bodies, or places and posts of its cast."""
    return lambda world: [getattr(world if kind == "bodies" else world.cast, kind)[name].pk for name in names]


def away(model: Any, place: str) -> Values:
    """The ids of the rows that lie in the other place, by the way to their place."""

    def found(world: "World") -> list[int]:
        path = world.cast.places["far_street"].path
        return list(model.objects.filter(**{f"{place}__path__startswith": path}).values_list("pk", flat=True))

    return found


def able(*abilities: str) -> Callable[[Actor], Q]:
    """The policy of rows that everybody with one of these abilities sees."""
    return lambda actor: Q() if any(actor.can(ability) for ability in abilities) else Q(pk__in=[])


def words(*words: str) -> Source:
    """Values that are no rows."""
    return Source(lambda _world: words)
