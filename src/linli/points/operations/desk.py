"""What the desk of a community does to the ledger: it takes back what was posted in error, and nothing else."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from linli.core.actors import Actor
from linli.core.errors import NotFound, RuleBroken
from linli.points import policies
from linli.points.models import Transfer
from linli.points.operations.posting import reverse
from linli.points.workflow import GIVEN


@transaction.atomic
def transfer_reverse(*, actor: Actor, transfer_id: int, reason: str) -> Transfer:
    """Take back, once and with a reason, what a member was given in error. Nobody does so with their own.

    What was spent is borne by the budget of the place. Goods go back where they were handed out.
    Raises: not_found, points.not_given, points.own, points.reason, points.reversed
    """
    rows = Transfer.objects.select_related("member", "place")
    row = rows.filter(policies.transfers_visible_to(actor), pk=transfer_id).first()
    if row is None:
        raise NotFound
    policies.require_keep(actor, row.place)
    if row.direction != GIVEN or row.reverses_id:
        raise RuleBroken("points.not_given", _("Only what was given is taken back here."))
    if row.member and actor.person_id and row.member.person_id == actor.person_id:
        raise RuleBroken("points.own", _("Nobody changes what is their own. Ask a colleague."))
    return reverse(actor=actor, transfer_id=row.pk, reason=reason)
