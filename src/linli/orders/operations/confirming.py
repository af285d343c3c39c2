"""What follows from a confirmed order: an attested record of service, its hours and points, the right to ask.

Hours and points follow from the record by the rules of the place; nothing here earns them.
"""

from typing import Final

from linli.activities.operations.service import Service, service_record
from linli.core import clock
from linli.core.actors import Actor
from linli.orders.models import OrderOffer, ServiceOrder
from linli.orders.operations import crediting
from linli.orders.operations.steps import owed_no_confirming
from linli.orders.sections import category_names
from linli.organizations.models import Organization

SOURCE: Final = "order"


def confirmed(actor: Actor, row: ServiceOrder, taker: OrderOffer) -> None:
    """Write down that the time served is confirmed. The record comes from what the taker accepted (`source_id`), so
    that an order which was opened again and done anew makes another.

    Raises: service.paid_duty, service.own
    """
    row.confirmed_on = clock.today()
    office = Organization.objects.filter(type=Organization.Type.OFFICE, place=row.place.community, until=None)
    name = category_names().get(row.category, row.category)
    given = Service(
        taker.person_id,
        SOURCE,
        taker.pk,
        row.done_on or clock.today(),
        row.place_id,
        name,
        row.minutes or 0,
        organization_id=office.order_by("pk").values_list("pk", flat=True).first(),
        content=row.item.label if row.item else name,
    )
    record = service_record(actor=actor, service=given, attested=True)
    row.service_record = record
    crediting.settle(actor, row)
    crediting.give(actor, row, taker.person_id)
    owed_no_confirming(row)
