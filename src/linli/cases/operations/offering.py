"""An offer of a body taken up for a matter (ORG-20): by whoever handles the matter or dispatches it."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from linli.cases.models import Case
from linli.cases.policies import cases_visible_to, reaches
from linli.core.actors import Actor
from linli.core.errors import InvalidInput, NotAllowed, NotFound
from linli.organizations.models import OfferUse
from linli.organizations.operations.groups import Use, offer_use


@transaction.atomic
def offer_take(*, actor: Actor, case_id: int, offer_id: int, on: date, result: str, note: str = "") -> OfferUse:
    """Record that an offer was taken up for a matter, and what came of it.

    Raises: not_found, offer.not_yours, offer.result, offer.not_in_force, offer.future, offer.used
    """
    case = Case.objects.filter(cases_visible_to(actor)).filter(pk=case_id).first()
    if case is None:
        raise NotFound
    handles = case.lead_id is not None and case.lead_id in actor.organization_ids
    if not (handles or reaches(actor, case, "cases.dispatch")):
        raise NotAllowed("offer.not_yours", _("Only whoever handles or dispatches the matter records this."))
    if result not in OfferUse.Result.values:
        raise InvalidInput("offer.result", _("Say what came of it."))
    use = Use(("case", case.pk), case.place_id, on, OfferUse.Result(result), note.strip())
    return offer_use(actor=actor, offer_id=offer_id, use=use)
