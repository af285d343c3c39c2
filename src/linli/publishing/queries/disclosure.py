"""What everybody reads of a place: what must be public and when it last was, notices, their history, questions.

Everything is asked for in a number of queries that does not grow with the number of items or notices.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.db.models import Count, QuerySet

from linli.core import clock
from linli.core.actors import Actor
from linli.core.errors import NotFound
from linli.publishing import disclosure_section, periods
from linli.publishing.disclosure_section import EVENT, DisclosureItem
from linli.publishing.models import DisclosureDue, Publication, PublicationFile, PublicationQuestion
from linli.publishing.policies import publications as policies
from linli.publishing.queries.divisions import PublicDivision, public_division
from linli.publishing.workflow.disclosure import EVERYBODY, RESIDENTS
from linli.territory.models import Place

SHOWN: Final = 100
ANSWERED: Final = 20
OPEN: Final = ("waiting", "missing")


@dataclass(frozen=True, slots=True)
class Owing:
    """One thing that must be public here: when it last was, and what is owed of it now."""

    rule: DisclosureItem
    last: Publication | None
    open: tuple[DisclosureDue, ...]
    next: tuple[str, date] | None

    @property
    def overdue(self) -> list[DisclosureDue]:
        """The periods whose day has passed."""
        return [due for due in self.open if due.state == "missing"]

    @property
    def waiting(self) -> list[DisclosureDue]:
        """The periods that are over and whose day is still to come."""
        return [due for due in self.open if due.state == "waiting"]


@dataclass(frozen=True, slots=True)
class PublicPage:
    """The public page of a place. `history` is by item, of the year chosen."""

    division: PublicDivision
    owing: tuple[Owing, ...]
    current: tuple[Publication, ...]
    history: tuple[tuple[str, tuple[Publication, ...]], ...]
    years: tuple[int, ...]
    year: int
    answered: tuple[PublicationQuestion, ...]
    waiting: int
    private: int
    for_residents: int
    reads_all: bool
    inside: tuple[Place, ...]

    @property
    def is_empty(self) -> bool:
        """Whether nothing is made public at this level, now or before, while there are places below it."""
        own = (self.owing, self.current, self.history, self.for_residents, len(self.years) > 1)
        return bool(self.inside) and not any(own)

    @property
    def place(self) -> Any:
        """The division."""
        return self.division.place

    @property
    def is_community(self) -> bool:
        """Whether people live here in the sense of the page: they may read what is for residents."""
        return self.division.level == "community"


@dataclass(frozen=True, slots=True)
class NoticePage:
    """One notice as the public reads it; of a withdrawn one only that and why."""

    notice: Publication
    item: str
    files: tuple[PublicationFile, ...]
    former: tuple[Any, ...]
    answered: tuple[PublicationQuestion, ...]
    waiting: int


def item_name(code: str) -> str:
    """What an item is called; a free notice has none."""
    named = {item.code: item.named for item in disclosure_section.named_items()}
    return named.get(code, code)


def public_page(viewer: Actor, home: int | None, code: str = "", year: str = "") -> PublicPage:
    """What is public of a place, as the viewer may read it. Raises: not_found"""
    division = public_division(code)
    place, today = division.place, clock.today()
    rows = Publication.objects.filter(place=place).defer("text", "figures")
    shown = rows.filter(policies.shown_to(viewer, home)).select_related("place").order_by("-posted_on", "-pk")
    years = _years(rows, today)
    chosen = next((known for known in years if str(known) == year), today.year)
    current = shown.filter(withdrawn=None, up_until__gte=today)
    hidden, reads_all = 0, _reads_all(viewer, home, division)
    if not reads_all:
        hidden = rows.filter(audience=RESIDENTS, withdrawn=None, up_until__gte=today).count()
    counted = dict(place_questions(place.pk).values_list("state").annotate(many=Count("pk")).order_by())
    return PublicPage(
        division,
        tuple(_owing(division, rows, today)),
        tuple(current[:SHOWN]),
        _by_item(shown.filter(posted_on__year=chosen)[: 2 * SHOWN]),
        years,
        chosen,
        tuple(_answered(place_questions(place.pk), viewer, home)[:ANSWERED]),
        counted.get("waiting", 0),
        counted.get("private", 0),
        hidden,
        reads_all,
        tuple(division.inside),
    )


def notice_page(viewer: Actor, home: int | None, publication_id: int) -> NoticePage:
    """One notice with its former versions, files and answered questions. Raises: not_found"""
    notice = shown_notice(viewer, home, publication_id)
    gone = notice.withdrawn is not None
    questions = notice.questions.all()
    return NoticePage(
        notice,
        item_name(notice.item),
        () if gone else tuple(notice.files.filter(taken_out=None).select_related("file").order_by("pk")),
        () if gone else tuple(notice.former.order_by("-number")),
        () if gone else tuple(questions.filter(state="answered").order_by("-answered")[:SHOWN]),
        questions.filter(state="waiting").count(),
    )


def shown_notice(viewer: Actor, home: int | None, publication_id: int) -> Publication:
    """A notice that the viewer may read. Raises: not_found"""
    rows = Publication.objects.filter(policies.shown_to(viewer, home))
    found = rows.select_related("place", "place__street").filter(pk=publication_id).first()
    if found is None:
        raise NotFound
    return found


def notice_file(viewer: Actor, home: int | None, publication_id: int, file_id: int) -> PublicationFile:
    """A file of a notice that stands; whoever works with the notice gets those that were taken out too.

    Raises: not_found
    """
    notice = shown_notice(viewer, home, publication_id)
    rows = notice.files.select_related("file").filter(pk=file_id)
    if not policies.may_post(viewer, notice.place):
        rows = rows.filter(taken_out=None, publication__withdrawn=None)
    found = rows.first()
    if found is None:
        raise NotFound
    return found


def place_questions(place_id: int) -> QuerySet[PublicationQuestion]:
    """The questions about the notices of a place that stand."""
    return PublicationQuestion.objects.filter(place_id=place_id, publication__withdrawn=None)


def _answered(rows: QuerySet[PublicationQuestion], viewer: Actor, home: int | None) -> QuerySet[PublicationQuestion]:
    about = Publication.objects.filter(policies.shown_to(viewer, home))
    return rows.filter(state="answered", publication__in=about).select_related("publication").order_by("-answered")


def _reads_all(viewer: Actor, home: int | None, division: PublicDivision) -> bool:
    """Whether nothing here is kept from the viewer."""
    place = division.place
    staff = policies.may_post(viewer, place) or viewer.reaches(policies.READ, path=place.path)
    return staff or bool(viewer.user_id and home == place.pk)


def _years(rows: QuerySet[Publication], today: date) -> tuple[int, ...]:
    posted = {day.year for day in rows.filter(audience=EVERYBODY).dates("posted_on", "year")}
    return tuple(sorted(posted | {today.year}, reverse=True))


def _owing(division: PublicDivision, rows: QuerySet[Publication], today: date) -> Iterable[Owing]:
    """Each item of this level with its last notice and what is owed; in three queries."""
    rules = [item for item in disclosure_section.items().values() if item.at == division.level]
    codes = [item.code for item in rules]
    newest = rows.filter(item__in=codes, withdrawn=None).order_by("item", "-posted_on", "-pk").distinct("item")
    last = {row.item: row for row in newest}
    owed: dict[str, list[DisclosureDue]] = {}
    for due in DisclosureDue.objects.filter(place=division.place, item__in=codes, state__in=OPEN).order_by("until"):
        owed.setdefault(due.item, []).append(due)
    for rule in rules:
        yield Owing(rule, last.get(rule.code), tuple(owed.get(rule.code, ())), _next(rule, today))


def _next(rule: DisclosureItem, today: date) -> tuple[str, date] | None:
    """The period that is under way, and by when it is to be made public."""
    if rule.every == EVENT:
        return None
    since, until = periods.period_of(rule.every, today)
    return periods.words(since, until), rule.due(until)


def _by_item(rows: Iterable[Publication]) -> tuple[tuple[str, tuple[Publication, ...]], ...]:
    """Notices under the names of their items, in the order of the profile; free ones last."""
    named = {item.code: item.named for item in disclosure_section.named_items()}
    filed: dict[str, list[Publication]] = {code: [] for code in named}
    for row in rows:
        filed.setdefault(row.item, []).append(row)
    filed[""] = filed.pop("", [])
    return tuple((named.get(code, code), tuple(found)) for code, found in filed.items() if found)
