"""What places owe by the rules of training: one work item a place, raised before a period ends, settled when met."""

from collections import defaultdict
from datetime import date, timedelta

from django.db import transaction

from linli.cases.operations.clocks import calendar_of, post_at
from linli.cases.operations.owing import owe, settle
from linli.core import clock
from linli.core.models import WorkItem
from linli.territory.models import Place
from linli.workforce.queries.gaps import Gap, every_gap, period_of
from linli.workforce.workflow import GAP, GAP_OWED, PLAN


@transaction.atomic
def gaps_check(*, day: date | None = None) -> int:
    """Raise what places lack near the end of a period, and settle what they lack no longer. Gives how many are open.

    What is missed stays owed, and grows old, until the place meets the rule again.
    """
    today = day or clock.today()
    found: dict[int, list[Gap]] = defaultdict(list)
    for gap in every_gap(today):
        found[gap.place_id].append(gap)
    items = WorkItem.objects.filter(kind=GAP_OWED, subject_type=GAP, ended=None)
    held = set(items.values_list("subject_id", flat=True))
    for place_id in held - set(found):
        settle(GAP_OWED, (GAP, place_id))
    pressing = {pk: due for pk, gaps in found.items() if pk not in held and (due := _due(gaps, today))}
    places = Place.objects.filter(pk__in=pressing).select_related("county", "street", "community")
    for place in places.order_by("path"):
        days = calendar_of(place)
        title = f"{place.name} {'、'.join(gap.rule.label for gap in found[place.pk])}"
        holder = post_at(place.path, PLAN)
        owe(GAP_OWED, (GAP, place.pk), title, place.pk, holder, days.close_of(pressing[place.pk]), days)
    return len(held & set(found)) + len(pressing)


def _due(gaps: list[Gap], today: date) -> date | None:
    """The first end of a period that is near enough to be owed."""
    ends = [
        until for gap in gaps if (until := period_of(gap.rule, today)[1]) - timedelta(days=gap.rule.warn_days) <= today
    ]
    return min(ends, default=None)
