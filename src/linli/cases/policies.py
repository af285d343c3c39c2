"""Who may see and do what with matters. One rule gives both the filter and the check; hidden equals missing."""

from django.db.models import Q

from linli.cases.models import Case
from linli.core.actors import Actor


def cases_visible_to(actor: Actor) -> Q:
    """Matters at places where the actor sees matters, those of the actor's bodies, and the actor's own.

    A confidential dispute is open only to who handles it and who dispatches it.
    """
    if actor.key == "system":
        return Q()
    where = actor.places("cases.view", "place__", "grid__") & (
        Q(confidential=False) | actor.places("cases.dispatch")
    )
    condition = where
    if actor.organization_ids:
        lead = Q(lead_id__in=actor.organization_ids, state__in=HELD)
        condition |= lead | Q(helps__organization_id__in=actor.organization_ids)
    if actor.user_id:
        condition |= Q(reporters__user_id=actor.user_id)
    return Q(pk__in=Case.objects.filter(condition).values("pk"))


HELD = ("dispatched", "taken", "done", "closed", "rated", "deferred")


def whistles_visible_to(actor: Actor) -> Q:
    """Whistles at places where the actor sees matters, and those that call the actor's bodies."""
    if actor.key == "system":
        return Q()
    return actor.places("cases.view") | Q(calls__organization_id__in=actor.organization_ids)
