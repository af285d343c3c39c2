"""Every member stands in a grid (S1-029): where some are counted in none, somebody is asked to say where they live."""

from django.db import transaction

from linli.cases.operations.clocks import after, calendar_of, post_at
from linli.cases.operations.owing import owe, settle
from linli.cases.sections import Period
from linli.core import clock
from linli.core.actors import SYSTEM
from linli.core.models import WorkItem
from linli.members.sections import section
from linli.members.workflow import GRIDS, UNATTACHED
from linli.organizations.policies import MANAGE
from linli.organizations.queries.bodies import members_in_no_grid


@transaction.atomic
def attaching_check() -> int:
    """Ask whoever keeps the list of a Party organisation that falls short, once; gives how many fall short."""
    given = section().attach_days
    short = {body.pk: body for body in members_in_no_grid(SYSTEM)} if given else {}
    asked = set(WorkItem.objects.filter(kind=UNATTACHED, ended=None).values_list("subject_id", flat=True))
    for pk in asked - short.keys():
        settle(UNATTACHED, (GRIDS, pk))
    for pk in short.keys() - asked:
        body = short[pk]
        holder, days = post_at(body.place.path, MANAGE), calendar_of(body.place)
        if holder.post_id:
            due = after(days, clock.now(), Period(amount=given))
            owe(UNATTACHED, (GRIDS, pk), body.name, body.place_id, holder, due, days)
    return len(short)
