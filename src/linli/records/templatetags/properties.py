"""What the place's profile adds to a record, on the record's own page: `{% properties "case" case %}`; its words."""

from typing import Any

from django import template

from linli.core.actors import Actor
from linli.records import added, lists
from linli.records.types import record_type

register = template.Library()


@register.inclusion_tag("records/_properties.html", takes_context=True)
def properties(context: dict[str, Any], code: str, row: Any) -> dict[str, Any]:
    """The added dimensions of a record with their values in words, and the way to change them for who may."""
    kind, actor = record_type(code), context.get("actor")
    known = kind.added_dimensions()
    may = bool(known and kind.amendable and isinstance(actor, Actor) and kind.amendable(actor, row))
    lines = [(item.label, lists.in_words(item, row.extra.get(item.code, ""))) for item in known]
    return {"code": code, "pk": row.pk, "lines": [line for line in lines if line[1] != "" or may], "may": may}


@register.filter
def worded(code: str, vocabulary: str) -> str:
    """What a code of a vocabulary is called in the active language; the code itself where no word is known."""
    return added.labels(vocabulary).get(code, code)
