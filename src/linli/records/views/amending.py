"""The page on which somebody changes what the profile adds to one record: tags of models of working and the like."""

from collections.abc import Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from linli.core.errors import DomainError, NotFound
from linli.core.forms import number_of
from linli.records import added, lists
from linli.records.operations.amending import record_amend
from linli.records.types import Dimension, RecordType, record_type
from linli.records.views.asking import actor_of


@require_http_methods(["GET", "POST"])
def amend(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """A form of the added dimensions of one record, for whoever may change it; hidden equals missing."""
    actor, kind = actor_of(request), record_type(code)
    row = kind.rows_for(actor).filter(pk=pk).first()
    known = kind.added_dimensions()
    if row is None or not known or kind.amendable is None or not kind.amendable(actor, row):
        raise NotFound
    back, fault = _page_of(kind, pk), None
    if request.method == "POST":
        values = {item.code: request.POST[item.code] for item in known if item.code in request.POST}
        version = request.POST.get("version", "")
        try:
            record_amend(
                actor=actor,
                code=code,
                pk=pk,
                version=number_of(version, 9) or 0,
                values=values,
            )
            return redirect(back)
        except DomainError as error:
            fault = error
    gone = added.retired(kind.code)
    fields = [_field(item, row.extra.get(item.code, ""), gone, request.POST) for item in known]
    context = {"kind": kind, "row": row, "fields": fields, "back": back, "fault": fault}
    return render(request, "records/amend.html", context, status=fault.status if fault else 200)


def _page_of(kind: RecordType, pk: int) -> str:
    """The page of a record, or the list of its type."""
    return reverse(kind.url_name, args=[pk]) if kind.url_name else reverse("records:list", args=[kind.code])


def _field(item: Dimension, value: Any, gone: frozenset[tuple[str, str]], sent: Mapping[str, str]) -> dict[str, Any]:
    """A dimension as a field with its value, and with what was sent where that was refused."""
    text = {True: "true", False: "false"}.get(value, lists.text(value)) if item.type == "flag" else lists.text(value)
    choices = [(code, word) for code, word in lists.choices(item) if (item.code, code) not in gone or code == text]
    if item.type == "flag":
        choices = [("true", _("yes")), ("false", _("no"))]
    return {
        "code": item.code,
        "label": item.label,
        "type": item.type,
        "choices": choices,
        "value": sent.get(item.code, text),
    }
