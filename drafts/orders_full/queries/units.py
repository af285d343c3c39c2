"""What the members of a unit did for a community: totals only, no names, and none where they would tell who (PPL)."""

from dataclasses import dataclass
from datetime import date
from typing import Final

from django.db.models import Count, Q, Sum

from linli.core import clock
from linli.core.actors import Actor
from linli.orders.models import OrderOffer
from linli.orders.workflow import DONE
from linli.organizations.models import Post
from linli.organizations.policies import held_on

# Fewer people than this, and a total would tell who it was.
FEW: Final = 3


@dataclass(frozen=True, slots=True)
class Total:
    """Orders done at a community in a period. `orders` and `minutes` are None where too few people did them."""

    place: str
    orders: int | None
    minutes: int | None


def unit_totals(actor: Actor, first: date, last: date) -> list[Total]:
    """What members of the actor's own bodies did in a period, by community."""
    posts = Post.objects.filter(held_on(clock.today()), organization_id__in=actor.organization_ids)
    rows = OrderOffer.objects.filter(
        answer="accepted",
        order__state__in=DONE,
        order__done_on__range=(first, last),
        person_id__in=posts.exclude(person=None).values("person_id"),
    )
    grouped = (
        rows.order_by()
        .values("order__place__community__name")
        .annotate(
            orders=Count("order_id", distinct=True),
            people=Count("person_id", distinct=True),
            minutes=Sum("order__minutes", filter=Q(order__confirmed_on__isnull=False)),
        )
    )
    return [
        Total(
            item["order__place__community__name"] or "",
            item["orders"] if item["people"] >= FEW else None,
            (item["minutes"] or 0) if item["people"] >= FEW else None,
        )
        for item in grouped.order_by("order__place__community__name")
    ]
