"""Who may read the figure book: people whose posts read figures all of it, an API key what lies at its place.

A figure counts all rows of its scope, so that two readers never see two values; the rows behind it are under the
policy of their own record type.
"""

from django.utils.translation import gettext_lazy as _

from linli.core.actors import Actor
from linli.core.errors import InvalidInput, NotFound
from linli.records.figures import compute
from linli.records.figures.compile import Scope
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
