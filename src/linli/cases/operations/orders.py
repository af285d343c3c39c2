"""Work orders of 12345 and other platforms that come as a file: each row a live matter, by the intake of all others.

The platform's number and deadline are kept; the earlier deadline rules. A number that is here already, by whatever
door it came, is refused and told so. Answers go back in the platform's layout from the list of matters.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime, time
from typing import Any, Final

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from linli.cases import sections
from linli.cases.models import Case
from linli.cases.operations.finishing import case_void
from linli.cases.operations.intake import BATCH, LONGEST, SOURCES, Report, case_report_many
from linli.cases.queries.nearby import suggest_category
from linli.core import clock
from linli.core.actors import Actor
from linli.core.errors import DomainError, RuleBroken
from linli.territory.operations.recording import root_place

Rows = Sequence[Mapping[str, Any]]
PLAIN: Final = ("kind", "urgency", "address", "reporter_name", "phone")
# A day without a time means its last working minute.
OFFICES_CLOSE: Final = time(17, 30)


def orders_refused(*, rows: Rows) -> dict[int, str]:
    """Which rows cannot become matters, by their position, each with the code of its reason."""
    numbers = [str(row["number"]) for row in rows if row.get("number")]
    standing = Case.objects.filter(register_number__in=numbers).exclude(state="void")
    known = set(standing.values_list("register_number", flat=True))
    found: dict[int, str] = {}
    for position, row in enumerate(rows):
        number = str(row.get("number") or "")
        if len(row.get("text") or "") > LONGEST:
            found[position] = "order.too_long"
        elif number in known:
            found[position] = "duplicate.order"
        known.add(number)
    return found


@transaction.atomic
def orders_take(*, actor: Actor, rows: Rows) -> list[int]:
    """Take work orders in as live matters with clocks, desk and journal; one that is here already stays as it is.

    Raises: case.not_yours, and what case_report_many refuses of a single report
    """
    root = root_place()
    reports = [("", _report(row, root.pk if root else None)) for row in rows if not row.get("id")]
    made: list[int] = []
    for start in range(0, len(reports), BATCH):
        for answer in case_report_many(actor=actor, reports=reports[start : start + BATCH], door="import"):
            if isinstance(answer, DomainError):
                raise answer
            made.append(answer.case_id)
    fresh = iter(made)
    return [row.get("id") or next(fresh) for row in rows]


@transaction.atomic
def orders_take_back(*, actor: Actor, ids: Sequence[int]) -> None:
    """Void the matters of an import that nobody has touched yet; a row once here never vanishes.

    Raises: import.depended_on, and what case_void raises
    """
    begun = Case.objects.filter(pk__in=ids).exclude(state__in=("received", "void")).count()
    if begun:
        message = _("%(count)s of these matters are being handled already.")
        raise RuleBroken("import.depended_on", message, count=begun)
    for pk in Case.objects.filter(pk__in=ids, state="received").order_by("pk").values_list("pk", flat=True):
        case_void(actor=actor, case_id=pk, reason=str(_("The file of work orders was taken back.")))


def _report(row: Mapping[str, Any], root: int | None) -> Report:
    """A row as a report: the hotline is its source where none is named, the words tell a category that is unknown."""
    text = row.get("text") or ""
    category = row.get("category") or ""
    return Report(
        text=text,
        place_id=row.get("place") or root,
        source=row["source"] if row.get("source") in SOURCES else "hotline",
        category=category if category in sections.categories() else suggest_category(f"{category} {text}"),
        register_number=str(row.get("number") or ""),
        given_due=_moment(row.get("given_due")),
        **{name: row[name] for name in PLAIN if row.get(name)},
    )


def _moment(value: Any) -> datetime | None:
    if not isinstance(value, datetime):
        return None
    at = value.astimezone(clock.SHANGHAI)
    return datetime.combine(at.date(), OFFICES_CLOSE, clock.SHANGHAI) if at.time() == time.min else at
