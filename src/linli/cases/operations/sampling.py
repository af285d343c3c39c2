"""Drawing a sample of a burst of near-identical matters: chance picks them, and another person verifies each."""

from random import SystemRandom
from typing import Final

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from linli.cases.models import Case
from linli.cases.operations import clocks
from linli.cases.queries.bursts import Burst, burst_with
from linli.core import journal
from linli.core.actors import Actor
from linli.core.errors import NotFound, RuleBroken

CHANCE: Final = SystemRandom()


@transaction.atomic
def burst_draw(*, actor: Actor, case_id: int) -> list[Case]:
    """Draw the sample of the burst that a matter names: one of five, by chance; silence of a reporter closes none.

    A matter of the sample is verified by another person before it is closed, as those resolved on the spot are.
    Raises: not_found, burst.drawn, burst.nothing_left
    """
    seen = burst_with(actor, case_id)
    if seen is None:
        raise NotFound
    members = Case.objects.select_for_update(of=("self",)).select_related("place", "grid", "desk__place", "lead")
    burst = Burst(tuple(members.filter(pk__in=[case.pk for case in seen.cases]).order_by("received_on", "pk")))
    if burst.drawn >= burst.wanted:
        raise RuleBroken("burst.drawn", _("The sample of these is drawn already."))
    if not burst.left:
        raise RuleBroken("burst.nothing_left", _("All of these are closed; reopen what is not as it was reported."))
    chosen = CHANCE.sample(burst.left, min(burst.wanted - burst.drawn, len(burst.left)))
    for case in chosen:
        _drawn(actor, case, len(burst.cases))
    return chosen


def _drawn(actor: Actor, case: Case, among: int) -> None:
    case.sampled = True
    case.version += 1
    case.save(update_fields=["sampled", "version"])
    journal.write(actor, "case.sample", ("case", case.pk), place_id=case.place_id, facts={"among": among})
    if case.state == "done":
        clocks.hold(case)
