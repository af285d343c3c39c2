"""The forms of GeoReport v2: documents as XML or JSON, errors with codes, and what of a matter is public.

Nothing but summaries approved at the desk leaves through here: not the report, its address, position or reporter.
"""

import json
import re
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, Final
from xml.etree import ElementTree as ET  # writing only; nothing is parsed here

from django.db.models import F, Prefetch, Q, QuerySet
from django.http import HttpResponse
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext_lazy as _

from linli.cases import sections
from linli.cases.models import Attachment, Case
from linli.cases.workflow import OPEN
from linli.core import clock, files
from linli.core.errors import DomainError, InvalidInput

MOST: Final = 1000
SPAN: Final = timedelta(days=90)
# The singular of each list, as the specification names it.
ITEMS: Final = {
    "services": "service",
    "service_requests": "request",
    "attributes": "attribute",
    "values": "value",
    "errors": "error",
    "endpoints": "endpoint",
    "formats": "format",
}
# Characters that XML cannot hold would break the document for its reader.
UNWRITABLE: Final = re.compile("[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
Document = Mapping[str, Any] | Sequence[Any]


def response(root: str, document: Document, form: str, status: int = 200) -> HttpResponse:
    """A document in the form that was asked for."""
    if form == "json":
        text = json.dumps(document, ensure_ascii=False)
        return HttpResponse(text, content_type="application/json; charset=utf-8", status=status)
    element = ET.Element(root)
    _fill(element, document)
    text = ET.tostring(element, encoding="utf-8", xml_declaration=True)
    return HttpResponse(text, content_type="text/xml; charset=utf-8", status=status)


def refusal(error: DomainError, form: str) -> HttpResponse:
    """An error in the form of the specification: the status as the code, and our code in the description."""
    return response("errors", [{"code": error.status, "description": str(error)}], form, error.status)


def _fill(element: ET.Element, value: Any) -> None:
    if isinstance(value, Mapping):
        for name, part in value.items():
            _fill(ET.SubElement(element, name), part)
    elif isinstance(value, list | tuple):
        for part in value:
            _fill(ET.SubElement(element, ITEMS[element.tag]), part)
    elif value is not None:
        words = str(value).lower() if isinstance(value, bool) else str(value)
        element.text = UNWRITABLE.sub("", words)


def published() -> QuerySet[Case]:
    """The matters that have a public summary."""
    photos = Attachment.objects.filter(cleared=True, file__media_type__in=files.PHOTOS).order_by("id")
    rows = Case.objects.filter(summary__isnull=False, summary__withdrawn=None, confidential=False)
    rows = rows.exclude(kind="complaint").select_related("summary", "place__community", "lead")
    return rows.prefetch_related(Prefetch("attachments", queryset=photos, to_attr="public_photos"))


def chosen(query: Mapping[str, str]) -> QuerySet[Case]:
    """Published matters by the filters of the specification; ids win over all others, ranges span 90 days.

    Raises: open311.date, open311.status
    """
    if numbers := _list(query.get("service_request_id", "")):
        return published().filter(number__in=numbers[:MOST]).order_by("-id")[:MOST]
    end = _moment(query.get("end_date", ""))
    start = _moment(query.get("start_date", ""))
    if start is None:
        start = (end or clock.now()) - SPAN
    end = min(end or clock.now(), start + SPAN)
    rows = published().filter(received__gte=start, received__lte=end)
    if codes := _list(query.get("service_code", "")):
        rows = rows.filter(category__in=codes)
    if states := _list(query.get("status", "")):
        if not set(states) <= {"open", "closed"}:
            raise InvalidInput("open311.status", _("A status is open or closed."))
        wanted = Q(state__in=OPEN) if "open" in states else Q(pk__in=[])
        rows = rows.filter(wanted | ~Q(state__in=OPEN) if "closed" in states else wanted)
    return rows.order_by(F("received").desc(), "-id")[:MOST]


def request_of(case: Case, link: str) -> dict[str, Any]:
    """A published matter as a request of the specification; `link` leads to its photo, where one is public."""
    known = sections.categories().get(case.category)
    community = case.place.community
    return {
        "service_request_id": case.number,
        "status": "open" if case.state in OPEN else "closed",
        "status_notes": None,
        "service_name": known.label if known else case.category,
        "service_code": case.category,
        "description": case.summary.text,
        "agency_responsible": case.lead.name if case.lead else None,
        "service_notice": None,
        "requested_datetime": _text(case.received),
        "updated_datetime": _text(case.summary.published),
        "expected_datetime": _text(case.due),
        "address": community.name if community else "",
        "address_id": None,
        "zipcode": None,
        "lat": None,
        "long": None,
        "media_url": link or None,
    }


def _list(text: str) -> list[str]:
    return [part.strip(" \0").replace("\0", "") for part in text.split(",") if part.strip(" \0")]


def _text(moment: datetime | None) -> str | None:
    return moment.astimezone(clock.SHANGHAI).isoformat(timespec="seconds") if moment else None


def _moment(text: str) -> datetime | None:
    if not text:
        return None
    try:
        # A plus sign that was not escaped in the address arrives as a space.
        found = parse_datetime(text.strip().replace(" ", "+"))
    except ValueError:
        found = None
    if found is None or not 2000 <= found.year <= 2200:
        raise InvalidInput("open311.date", _("Dates are written as 2026-03-10T09:00:00+08:00."))
    return found if found.tzinfo else found.replace(tzinfo=clock.SHANGHAI)
