"""The divisions that have public pages: the whole, its streets and its communities; and the steps down to one."""

from dataclasses import dataclass

from django.db.models import F, QuerySet

from linli.core.errors import NotFound
from linli.records.figures.compile import Scope
from linli.records.figures.publishing import Level
from linli.territory.models import Place
from linli.territory.queries import root_place


@dataclass(frozen=True, slots=True)
class PublicDivision:
    """A division with a public page, and the divisions above it that have one, from the top down."""

    place: Place
    above: tuple[Place, ...]

    @property
    def level(self) -> str:
        """Which of the three it is, as profiles name it."""
        if not self.above:
            return "county"
        return "community" if self.place.pk == self.place.community_id else "street"

    @property
    def scope(self) -> Scope:
        """What figures of it count."""
        return Scope(self.place.code, self.place.path)

    @property
    def levels(self) -> list[Level]:
        """The steps from the whole down to it."""
        steps = [*self.above[1:], self.place] if self.above else []
        return [
            Level(Scope(upper.code, upper.path), "community" if own.pk == own.community_id else "street", own.pk)
            for upper, own in zip(self.above, steps, strict=True)
        ]

    @property
    def inside(self) -> QuerySet[Place]:
        """The divisions in it that have a page."""
        return held().filter(parent=self.place).exclude(code="").order_by("code")


def held() -> QuerySet[Place]:
    """The divisions that are there today."""
    return Place.objects.filter(type=Place.Type.DIVISION, until=None, placeholder=False)


def public_division(code: str = "") -> PublicDivision:
    """The whole, a street or a community by its code; nothing smaller. Raises: not_found."""
    root = root_place()
    place = held().select_related("street").filter(code=code).first() if code else root
    if root is None or place is None:
        raise NotFound
    return _stepped(root, place)


def division_of(place: Place) -> PublicDivision:
    """The same for a place that is held already. Raises: not_found."""
    root = root_place()
    if root is None:
        raise NotFound
    return _stepped(root, place)


def _stepped(root: Place, place: Place) -> PublicDivision:
    if not place.path.startswith(root.path):
        raise NotFound
    # A division between these levels is none whose siblings could be asked for in one go.
    if place.pk not in (root.pk, place.street_id, place.community_id):
        raise NotFound
    street = place.street if place.street_id not in (None, place.pk, root.pk) else None
    return PublicDivision(place, tuple(item for item in (root, street) if item and item.pk != place.pk))


def units(each: str) -> QuerySet[Place]:
    """The places of a level that are held today."""
    return held().filter(pk=F(f"{each}_id")).order_by("code")
