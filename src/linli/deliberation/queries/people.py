"""Who stands behind the posts that procedures speak of."""

from typing import Final

from linli.core import clock
from linli.organizations.models import Post
from linli.organizations.policies import held_on
from linli.territory.models import Place

SECRETARY: Final = "community_secretary"
DIRECTOR: Final = "community_director"


def one_person(place: Place) -> bool:
    """Whether secretary and director of a community are one and the same person today."""
    held = Post.objects.filter(held_on(clock.today()), place_id=place.community_id or place.pk, person__isnull=False)
    secretaries = set(held.filter(kind=SECRETARY).values_list("person_id", flat=True))
    return bool(secretaries) and held.filter(kind=DIRECTOR, person_id__in=secretaries).exists()
