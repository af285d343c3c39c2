"""What those who make public come for: what is due, what waits for an answer, what was posted, and a filled form."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

from django.db.models import Count, Q, QuerySet

from linli.core import clock
from linli.core.actors import Actor
from linli.core.errors import NotFound
from linli.publishing import disclosure_section, periods
from linli.publishing.disclosure_section import EVENT, FREE, DisclosureItem
from linli.publishing.models import DisclosureDue, Publication, PublicationQuestion
from linli.publishing.policies import publications as policies
from linli.publishing.queries.disclosure import OPEN, item_name
from linli.publishing.queries.divisions import held
from linli.territory.models import Place

SHOWN: Final = 50
PLACES: Final = 500


@dataclass(frozen=True, slots=True)
class DueLine:
    """What is owed of a period, with the name of its item."""

    due: DisclosureDue
    item: str


@dataclass(frozen=True, slots=True)
class PostedLine:
    """A notice with the name of its item and how many questions wait at it."""

    notice: Publication
    item: str
    waiting: int


@dataclass(frozen=True, slots=True)
class Overview:
    """The three lists of the staff's page."""

    dues: tuple[DueLine, ...]
    questions: tuple[PublicationQuestion, ...]
    posted: tuple[PostedLine, ...]
    places: tuple[Place, ...]


@dataclass(frozen=True, slots=True)
class Work:
    """A notice as those who work with it see it: everything, with what they may do."""

    notice: Publication
    item: str
    files: Sequence[Any]
    former: Sequence[Any]
    questions: Sequence[PublicationQuestion]
    may_correct: bool
    may_withdraw: bool


def overview(actor: Actor) -> Overview:
    """What is due, asked and posted where the actor makes public."""
    mine = Q(place__in=places_of(actor))
    dues = DisclosureDue.objects.filter(mine, state__in=OPEN).select_related("place").order_by("due", "pk")[:SHOWN]
    questions = PublicationQuestion.objects.filter(mine, state="waiting").select_related("publication", "place")
    posted = Publication.objects.filter(mine).select_related("place").defer("text", "figures")
    waiting = Count("questions", filter=Q(questions__state="waiting"))
    return Overview(
        tuple(DueLine(row, item_name(row.item)) for row in dues),
        tuple(questions.order_by("due", "pk")[:SHOWN]),
        tuple(
            PostedLine(row, item_name(row.item), row.many)
            for row in posted.annotate(many=waiting).order_by("-posted", "-pk")[:SHOWN]
        ),
        tuple(places_of(actor).order_by("path")[:SHOWN]),
    )


def places_of(actor: Actor) -> QuerySet[Place]:
    """The divisions with a public page for which the actor makes public."""
    levels = [f"{level}_id" for level in ("county", "street", "community")]
    named = held().filter(policies.places_to_post(actor)).values_list("pk", *levels)
    return held().filter(pk__in=[pk for pk, *above in named[:PLACES] if pk in above])


def choosable(actor: Actor) -> list[tuple[DisclosureItem, int]]:
    """The items that the actor may post, each with how many of their places it is for."""
    levels = [_level(place) for place in places_of(actor)]
    return [(item, levels.count(item.at)) for item in disclosure_section.items().values() if item.at in levels]


def places_for(actor: Actor, item: str) -> list[Place]:
    """The places for which the actor may post an item, or a free notice. Raises: not_found"""
    rows = list(places_of(actor).select_related("street").order_by("path"))
    if item == FREE:
        return rows
    rule = disclosure_section.items().get(item)
    found = [place for place in rows if rule is not None and _level(place) == rule.at]
    if not found:
        raise NotFound
    return found


def prefilled(item: str, place: Place, due: DisclosureDue | None = None) -> dict[str, Any]:
    """A form filled from the last notice of the item: the same title and words, the next period, its own days."""
    today, rule = clock.today(), disclosure_section.items().get(item)
    if rule is None:
        return {"up_until": today + timedelta(days=30), "audience": "everybody"}
    last = Publication.objects.filter(item=item, place=place, withdrawn=None).order_by("-posted_on", "-pk").first()
    filled: dict[str, Any] = {
        "title": rule.label,
        "text": last.text if last else "",
        "audience": last.audience if last else rule.audience,
        "up_until": today + timedelta(days=rule.stays_days),
    }
    if rule.every != EVENT:
        since, until = (due.since, due.until) if due else _next(rule, last, today)
        filled |= {"since": since, "until": until, "title": f"{rule.label}（{periods.words(since, until)}）"}
        filled["title"] = _renamed(last, since, until) or filled["title"]
    return filled


def due_of(actor: Actor, due_id: int) -> DisclosureDue:
    """What is owed, where the actor sees it. Raises: not_found"""
    rows = DisclosureDue.objects.filter(policies.dues_visible_to(actor)).select_related("place", "publication")
    found = rows.filter(pk=due_id).first()
    if found is None:
        raise NotFound
    return found


def open_due(item: str, place: Place) -> DisclosureDue | None:
    """The oldest period of an item that is owed at a place."""
    return DisclosureDue.objects.filter(item=item, place=place, state__in=OPEN).order_by("until").first()


def work(actor: Actor, publication_id: int) -> Work:
    """A notice where the actor works with it. Raises: not_found"""
    rows = Publication.objects.filter(policies.publications_visible_to(actor)).select_related("place")
    notice = rows.filter(pk=publication_id).first()
    if notice is None:
        raise NotFound
    stands = notice.withdrawn is None
    may_post = policies.may_post(actor, notice.place)
    return Work(
        notice,
        item_name(notice.item),
        list(notice.files.select_related("file").order_by("pk")),
        list(notice.former.order_by("-number")),
        list(notice.questions.order_by("-asked")[:SHOWN]) if may_post else [],
        stands and may_post,
        stands and policies.may_withdraw(actor, notice.place),
    )


def question_of(actor: Actor, question_id: int) -> PublicationQuestion:
    """A question that the actor may answer. Raises: not_found"""
    rows = PublicationQuestion.objects.filter(policies.questions_visible_to(actor))
    found = rows.select_related("publication", "place").filter(pk=question_id).first()
    if found is None:
        raise NotFound
    return found


def _level(place: Place) -> str:
    """Of which level a division with a public page is; where the whole is one street, that is the county."""
    if place.pk == place.community_id:
        return "community"
    return "street" if place.pk == place.street_id else "county"


def _next(rule: DisclosureItem, last: Publication | None, today: date) -> periods.Days:
    """The period after the last one that was posted; the latest that is over where there is none."""
    newest = periods.last_ended(rule.every, today)
    if last is None or last.until is None:
        return newest
    return min(periods.following(rule.every, last.until), periods.period_of(rule.every, today))


def _renamed(last: Publication | None, since: date, until: date) -> str:
    """The title of the last notice with the new period in place of its own; empty where it names none."""
    named = last.period if last else ""
    return last.title.replace(named, periods.words(since, until)) if last and named and named in last.title else ""
