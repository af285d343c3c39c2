"""Naming the filters of the list, each account its own; nobody else sees them."""

from collections.abc import Mapping
from typing import Final
from urllib.parse import urlencode

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from linli.cases.models import SavedFilter
from linli.cases.queries.lists import FILTERS
from linli.core import journal
from linli.core.actors import Actor
from linli.core.errors import InvalidInput, NotAllowed, NotFound, RuleBroken

MOST: Final = 20


@transaction.atomic
def filter_save(*, actor: Actor, name: str, query: Mapping[str, str]) -> SavedFilter:
    """Keep the filters of the list under a name; the same name again replaces them.

    Raises: case.not_yours, filter.name_missing, filter.too_long, filter.too_many
    """
    if actor.user_id is None:
        raise NotAllowed("case.not_yours")
    named = name.strip()[:40]
    if not named:
        raise InvalidInput("filter.name_missing", _("Please give the filter a name."))
    kept = urlencode({key: query[key] for key in FILTERS if query.get(key)})
    if len(kept) > 500:
        raise InvalidInput("filter.too_long", _("These filters are too long to be kept."))
    others = SavedFilter.objects.filter(user_id=actor.user_id).exclude(name=named)
    if others.count() >= MOST:
        raise RuleBroken("filter.too_many", _("At most %(most)s filters; remove one first."), most=MOST)
    row, _made = SavedFilter.objects.update_or_create(user_id=actor.user_id, name=named, defaults={"query": kept})
    journal.write(actor, "filter.save", ("saved_filter", row.pk))
    return row


@transaction.atomic
def filter_forget(*, actor: Actor, filter_id: int) -> None:
    """Remove one's own filter. Raises: not_found"""
    rows = SavedFilter.objects.filter(pk=filter_id, user_id=actor.user_id or 0)
    if not rows.delete()[0]:
        raise NotFound
    journal.write(actor, "filter.forget", ("saved_filter", filter_id))
