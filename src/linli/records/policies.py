"""Who may see and take back imports: whoever handed the files in, and the system administrator; hidden equals missing.

A ledger holds what its own office knows, so that the ability to import opens nobody else's files.
"""

from django.db.models import Q

from linli.core.actors import Actor

RUN = "imports.run"
ALL = "system.configure"


def imports_visible_to(actor: Actor) -> Q:
    """The uploads and imports that the actor may open, start and take back."""
    if actor.key == "system" or actor.can(ALL):
        return Q()
    return Q(actor=actor.key) if actor.can(RUN) else Q(pk__in=[])
