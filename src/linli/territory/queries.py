"""Reads of the territory: the tree, what lies in a place, who answers there, outlines for the map."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext_lazy as _

from linli.core.errors import NotFound
from linli.territory.locating import Chain
from linli.territory.models import Place


@dataclass(frozen=True, slots=True)
class Answerer:
    """A posted post that answers for a place: the post's name, its holder and body. Nothing that is not posted."""

    place_id: int
    post: str
    holder: str = ""
    organization: str = ""
    lead: bool = False

    def as_dict(self) -> dict[str, Any]:
        """For JSON."""
        return {
            "place_id": self.place_id,
            "post": self.post,
            "holder": self.holder,
            "organization": self.organization,
            "lead": self.lead,
        }


Answerers = Callable[[Sequence[int]], Iterable[Answerer]]
_answerers: list[Answerers] = []


def register_answerers(provider: Answerers) -> None:
    """Let a higher floor say who answers for places; called when its app is ready."""
    if provider not in _answerers:
        _answerers.append(provider)


def who_answers(place_ids: Sequence[int]) -> Mapping[int, list[Answerer]]:
    """Who answers for each of these places, leads first."""
    found: dict[int, list[Answerer]] = {place_id: [] for place_id in place_ids}
    for provider in _answerers:
        for answerer in provider(list(place_ids)):
            found.setdefault(answerer.place_id, []).append(answerer)
    return {place_id: sorted(held, key=lambda item: not item.lead) for place_id, held in found.items()}


def chain_as_dict(chain: Chain) -> dict[str, Any]:
    """The chain at a point for JSON, with who answers at each of its places."""
    answers = who_answers([step.id for step in chain.steps])
    single = {name: getattr(chain, name) for name in ("building", "compound", "community", "street", "county")}
    return {
        "chain": [step.as_dict() for step in chain.steps],
        "grids": [step.as_dict() for step in chain.grids],
        "overlays": [step.as_dict() for step in chain.overlays],
        **{name: step.as_dict() if step else None for name, step in single.items()},
        "who_answers": [item.as_dict() for step in chain.steps for item in answers.get(step.id, [])],
    }


def path_of_code(code: str) -> str:
    """The path of the place with this code, divisions before others. Raises: place.unknown."""
    found = Place.objects.filter(code=code, until=None).order_by("type").values_list("type", "path")
    paths = dict(found)
    if not paths:
        raise NotFound("place.unknown", _("There is no place with the code %(code)s."), code=code)
    return paths.get(Place.Type.DIVISION) or next(iter(paths.values()))
