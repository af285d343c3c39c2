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


def may_import_at(actor: Actor, path: str, grid_path: str) -> bool:
    """Whether rows of a ledger may land at this place: imports run from the command line are held to none."""
    return actor.key == "system" or actor.reaches(RUN, path=path, grid_path=grid_path)


def rows_elsewhere(actor: Actor, place: str) -> Q:
    """The records, `place` being the path to their place, that an import of the actor may not change."""
    return Q(pk__in=[]) if actor.key == "system" else ~actor.places(RUN, f"{place}__" if place else "")
