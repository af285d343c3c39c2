"""The only writers of brochures: begun, written page by page, issued as an edition, withdrawn or dropped."""

from dataclasses import dataclass
from typing import Any, Final

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from linli.brochures import policies, queries
from linli.brochures.fitting import LINES
from linli.brochures.models import HEADING, LONGEST, TITLE, Brochure, BrochurePage
from linli.brochures.sections import section
from linli.brochures.workflow import BROCHURE, BROCHURES, PAGES, RESTOCK_OWED, STOCK
from linli.cases.operations.owing import settle
from linli.core import clock, journal
from linli.core.actors import Actor
from linli.core.errors import InvalidInput, NotFound, RuleBroken
from linli.core.words import at_most, said
from linli.territory.models import Place

LONGEST_REASON: Final = 200


@dataclass(frozen=True, slots=True)
class Written:
    """What is written on a page. `source` and `source_id` say from where it was taken; `number` moves it."""

    heading: str
    text: str
    source: str = "own"
    source_id: int | None = None
    number: int | None = None


@transaction.atomic
def brochure_new(*, actor: Actor, place_id: int, title: str) -> Brochure:
    """Begin a brochure for a community or street (ORG-15). Raises: not_found, brochure.title"""
    place = Place.objects.filter(policies.writing_places(actor), pk=place_id).first()
    if place is None:
        raise NotFound
    name = said(title, TITLE, "brochure.title")
    row = Brochure.objects.create(place=place, title=name, made=clock.now(), made_by=actor.key)
    return _done(actor, "begin", row)


@transaction.atomic
def page_write(*, actor: Actor, brochure_id: int, number: int, written: Written) -> Brochure:
    """Write one of the six inner pages, or empty it; a page that is moved changes places with the one that is there.

    A text that is too long for its page is kept, so that it can be shortened; it is not issued.

    Raises: not_found, brochure.not_yours, brochure.state, brochure.page, brochure.heading, brochure.text,
    brochure.source
    """
    row = _locked(actor, brochure_id)
    BROCHURES.step(row.state, "write")
    to = written.number or number
    if not {number, to} <= set(PAGES):
        raise NotFound
    held = {page.number: page for page in row.pages.filter(number__in=[number, to])}
    page = held.get(number) or BrochurePage(brochure=row, number=number)
    if not written.heading.strip() and not written.text.strip():
        row.pages.filter(number=number).delete()
        return _saved(actor, "empty", row, page=number)
    page.heading = said(written.heading, HEADING, "brochure.heading")
    page.text = said(written.text.replace("\r\n", "\n"), LONGEST, "brochure.text")
    page.source, page.source_id = written.source, written.source_id if written.source != "own" else None
    if page.source != "own" and queries.source_of(row.place, page.source, page.source_id) is None:
        raise InvalidInput("brochure.source", _("This is not public here any more. Choose something else."))
    page.number = to
    if number != to and to in held:
        held[to].number = number
        held[to].save(update_fields=["number"])
    page.save()
    return _saved(actor, "write", row, page=to, source=page.source)


@transaction.atomic
def brochure_issue(*, actor: Actor, brochure_id: int) -> Brochure:
    """Issue a brochure as the next edition of its title; from now on nothing in it changes.

    Raises: not_found, brochure.not_yours, brochure.state, brochure.empty, brochure.page_full, brochure.source
    """
    row = _locked(actor, brochure_id)
    row.state = BROCHURES.step(row.state, "issue")
    sheets = [sheet for sheet in queries.sheets_of(row) if sheet.row]
    if not sheets:
        raise RuleBroken("brochure.empty", _("Write at least one page first."))
    for sheet in sheets:
        _require_page(row, sheet)
    # Editions of one title are numbered one after another.
    Place.objects.select_for_update().get(pk=row.place_id)
    same = Brochure.objects.filter(place=row.place, title=row.title)
    row.edition = (same.aggregate(last=Max("edition"))["last"] or 0) + 1
    row.issued_on, row.issued_by = clock.today(), actor.key
    row.numbers = [{"label": item.label, "number": item.number} for item in section().numbers]
    return _saved(actor, "issue", row, edition=row.edition)


@transaction.atomic
def brochure_withdraw(*, actor: Actor, brochure_id: int, reason: str) -> Brochure:
    """Withdraw an edition that holds no more, with a reason; no point is owed copies of it.

    Raises: not_found, brochure.not_yours, brochure.state, brochure.reason
    """
    row = _locked(actor, brochure_id)
    row.state = BROCHURES.step(row.state, "withdraw")
    row.reason = said(reason, LONGEST_REASON, "brochure.reason")
    for stock in row.stocks.values_list("pk", flat=True):
        settle(RESTOCK_OWED, (STOCK, stock))
    return _saved(actor, "withdraw", row)


@transaction.atomic
def brochure_drop(*, actor: Actor, brochure_id: int, reason: str = "") -> Brochure:
    """Drop a draft. Raises: not_found, brochure.not_yours, brochure.state, brochure.reason"""
    row = _locked(actor, brochure_id)
    row.state = BROCHURES.step(row.state, "drop")
    row.reason = at_most(reason, LONGEST_REASON, "brochure.reason")
    return _saved(actor, "drop", row)


def _require_page(row: Brochure, sheet: queries.Sheet) -> None:
    """Refuse a page that does not fit, or says what is not public any more. Raises: brochure.page_full, .source"""
    page = sheet.row
    assert page is not None
    if sheet.over:
        message = _("Page %(page)s is %(over)s lines too long. A page holds %(most)s lines: shorten its text.")
        raise RuleBroken("brochure.page_full", message, page=sheet.number, over=sheet.over, most=LINES)
    if page.source != "own" and queries.source_of(row.place, page.source, page.source_id) is None:
        message = _("What page %(page)s was taken from is not public any more. Write the page anew, or empty it.")
        raise RuleBroken("brochure.source", message, page=sheet.number)


def _locked(actor: Actor, brochure_id: int) -> Brochure:
    rows = Brochure.objects.select_for_update(of=("self",)).select_related("place")
    row = rows.filter(policies.brochures_visible_to(actor), pk=brochure_id).first()
    if row is None:
        raise NotFound
    policies.require_keep(actor, row.place)
    return row


def _saved(actor: Actor, verb: str, row: Brochure, **facts: Any) -> Brochure:
    row.version += 1
    row.save()
    return _done(actor, verb, row, **facts)


def _done(actor: Actor, verb: str, row: Brochure, **facts: Any) -> Brochure:
    journal.write(actor, f"{BROCHURE}.{verb}", (BROCHURE, row.pk), place_id=row.place_id, facts=facts)
    return row
