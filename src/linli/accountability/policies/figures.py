"""Who may read the figure book: people whose posts read figures all of it, an API key what lies at its place.

A figure counts all rows of its scope, so that two readers never see two values; the rows behind it are under the
policy of their own record type.
"""

from collections.abc import Mapping

from django.utils.translation import gettext_lazy as _

from linli.core.actors import Actor
from linli.core.errors import InvalidInput, NotFound
from linli.records.figures import compute
from linli.records.figures.compile import Scope, within_scope
from linli.records.figures.definitions import Figure
from linli.records.figures.publishing import kinds_of_persons
from linli.records.types import record_type
from linli.territory.models import Place

VIEW = "figures.view"


def require_view(actor: Actor) -> None:
    """Refuse as if there were no book. Raises: not_found"""
    if not actor.can(VIEW):
        raise NotFound


def scope_for(actor: Actor, code: str) -> Scope:
    """The scope with this code, as far as the actor may ask for it; without a code, the widest there is.

    For a key a place outside its own is as unknown as one that does not exist. Raises: scope.unknown
    """
    if not actor.key.startswith("api-key:"):
        return compute.scope_of(code)
    if not code:
        path = next(scope.path for scope in actor.scopes if VIEW in scope.abilities)
        return Scope(Place.objects.values_list("code", flat=True).get(path=path), path)
    found = compute.scope_of(code)
    if not actor.reaches(VIEW, path=found.path):
        raise InvalidInput("scope.unknown", _("There is no place with the code “%(code)s”."), code=code)
    return found


def is_told(actor: Actor, figure: Figure, figures: Mapping[str, Figure], scope: Scope) -> bool:
    """Whether the figure is told: to people always; of persons to a key only where it may open every row.

    What a program hears may be printed anywhere. Where it opens every row of the types that are counted, the figure
    tells nothing new; otherwise it would tell of the few whom nobody else may come upon.
    """
    if not actor.key.startswith("api-key:"):
        return True
    kinds = [record_type(code) for code in kinds_of_persons(figure, figures)]
    return not any(
        kind.rows().filter(within_scope(kind, scope)).exclude(pk__in=kind.rows_for(actor).values("pk")).exists()
        for kind in kinds
    )
