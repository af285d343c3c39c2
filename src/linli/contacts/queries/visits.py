"""Visits as they are read: the list, one with what came of it, what a matter tells of the visit it came up on."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from linli.cases.models import Case
from linli.cases.policies import cases_visible_to
from linli.cases.queries.beside import Beside, Teller, Word
from linli.contacts import policies
from linli.contacts.models import Contact, ContactMatter, Visit
from linli.contacts.queries.levels import places_of
from linli.contacts.workflow import VISIT
from linli.core import clock
from linli.core.actors import Actor
from linli.core.errors import NotFound
from linli.core.paging import older
from linli.organizations.models import Organization
from linli.organizations.policies import held_on
from linli.territory.models import Place

PAGE: Final = 50
CHOICES: Final = 300
TONES: Final = {
    "planned": ("yellow", "calendar"),
    "made": ("green", "circle-check"),
    "dropped": ("grey", "circle-x"),
}


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a list is asked for. `before` is the day and id of the last line of the page before."""

    state: str = ""
    tier: str = ""
    words: str = ""
    before: tuple[date, int] | None = None


@dataclass(frozen=True, slots=True)
class VisitLine:
    """A visit in a list, with who came along."""

    row: Visit
    who: str
    tone: str
    icon: str
    word: Any
    matters: int
    others: int


@dataclass(frozen=True, slots=True)
class Came:
    """One matter that came up, as far as the reader may open it."""

    matter: ContactMatter
    case: Case | None


@dataclass(frozen=True, slots=True)
class VisitPage:
    """One visit, with those who came together and what came of it."""

    line: VisitLine
    together: list[VisitLine]
    matters: list[Came]
    verbs: list[str]
    raises: bool

    @property
    def row(self) -> Visit:
        """The visit."""
        return self.line.row


def seen_by(actor: Actor) -> QuerySet[Visit]:
    """The visits that somebody sees."""
    rows = Visit.objects.filter(policies.visits_visible_to(actor))
    return rows.select_related("person", "organization", "place__street", "place__community")


def listed(rows: QuerySet[Visit], wanted: Wanted) -> tuple[list[VisitLine], str]:
    """A page of visits, the latest first, and the key of the next; empty where there is none."""
    for field in ("state", "tier"):
        if getattr(wanted, field):
            rows = rows.filter(**{field: getattr(wanted, field)})
    if wanted.words:
        named = Q(place__name__icontains=wanted.words) | Q(person__name=wanted.words)
        rows = rows.filter(named | Q(organization__name__icontains=wanted.words))
    if wanted.before:
        rows = rows.filter(older("on", wanted.before))
    page = list(rows.order_by("-on", "-pk")[: PAGE + 1])
    more = page[PAGE - 1] if len(page) > PAGE else None
    return lines_of(page[:PAGE]), f"{more.on}.{more.pk}" if more else ""


def own_visits(actor: Actor, year: int) -> QuerySet[Visit]:
    """The visits of the actor, and of the bodies for which the actor visits, in a year."""
    return seen_by(actor).filter(policies.own(actor), on__year=year)


def lines_of(rows: list[Visit]) -> list[VisitLine]:
    """Visits as lines, each with how many matters came up and how many came along."""
    ids = [row.pk for row in rows]
    matters = Counter(ContactMatter.objects.filter(visit_id__in=ids).values_list("visit_id", flat=True))
    joined = Visit.objects.filter(together_id__in=ids).exclude(state="dropped")
    others = Counter(joined.values_list("together_id", flat=True))
    return [line_of(row, matters[row.pk], others[row.pk]) for row in rows]


def line_of(row: Visit, matters: int = 0, others: int = 0) -> VisitLine:
    """A visit as a line."""
    by = row.person.name if row.person else " ".join(filter(None, (str(row.organization), row.visitor)))
    return VisitLine(row, by, *TONES[row.state], VISIT.label(row.state), matters, others)


def visit_page(actor: Actor, pk: int) -> VisitPage:
    """One visit. Raises: not_found"""
    row = seen_by(actor).filter(pk=pk).first()
    if row is None:
        raise NotFound
    first = row.together_id or row.pk
    beside = seen_by(actor).filter(Q(pk=first) | Q(together_id=first)).exclude(pk=pk).exclude(state="dropped")
    return VisitPage(
        line_of(row),
        [line_of(item) for item in beside.order_by("pk")],
        came(actor, ContactMatter.objects.filter(visit_id=pk)),
        policies.verbs_of(actor, row),
        row.state == "made" and policies.may_record(actor, row),
    )


def came(actor: Actor, matters: QuerySet[ContactMatter]) -> list[Came]:
    """What came up, the latest first; matters that the reader does not see are told without their content."""
    rows = list(matters.order_by("-raised_on", "-pk")[:PAGE])
    seen = Case.objects.filter(cases_visible_to(actor), pk__in=[row.case_id for row in rows]).defer("search")
    cases = {case.pk: case for case in seen}
    return [Came(row, cases.get(row.case_id)) for row in rows]


def own_matters(actor: Actor, year: int) -> list[Came]:
    """What came up through the actor, and the bodies for which the actor visits, in a year."""
    return came(actor, ContactMatter.objects.filter(policies.own(actor), raised_on__year=year))


def contacts_recordable(actor: Actor) -> list[Contact]:
    """The contacts of today whose visits the actor writes down, the actor's own first."""
    rows = Contact.objects.filter(policies.recordable(actor), held_on(clock.today()))
    rows = rows.select_related("person", "organization", "place__street", "place__community")
    found = list(rows.order_by("place__path", "pk")[:CHOICES])
    return sorted(found, key=lambda row: row.person_id != actor.person_id)


def bodies_visiting(actor: Actor) -> list[Organization]:
    """The bodies for which the actor visits places that they do not answer for."""
    return list(Organization.objects.filter(pk__in=actor.organization_ids, until=None).order_by("name"))


def communities() -> QuerySet[Place]:
    """The communities that one may visit."""
    return Place.objects.filter(places_of("community")).order_by("path")


def others_planned(actor: Actor) -> list[VisitLine]:
    """Who else plans to visit a place that the actor answers for: so that they go there together."""
    answered = Contact.objects.filter(policies.own(actor), held_on(clock.today())).values("place_id")
    rows = seen_by(actor).filter(state="planned", together=None, place_id__in=answered, on__gte=clock.today())
    return [line_of(row) for row in rows.exclude(policies.own(actor)).order_by("on", "pk")[:PAGE]]


def raised_of(viewer: Actor, case_id: int) -> QuerySet[ContactMatter]:
    """Through whom a matter came up, where the viewer sees it."""
    rows = ContactMatter.objects.filter(policies.matters_visible_to(viewer), case_id=case_id, visit__isnull=False)
    return rows.select_related("visit", "person", "organization")


def told_of(viewer: Actor, case_id: int) -> Sequence[Beside]:
    """What staff read on the page of a matter."""
    found = []
    for row in raised_of(viewer, case_id):
        assert row.visit is not None
        by = row.person.name if row.person else str(row.organization)
        state = _("solved") if row.solved_on else VISIT.label(row.visit.state)
        tone, icon = ("green", "circle-check") if row.solved_on else ("grey", "map-pin")
        found.append(Beside(_("visit"), by, "contacts:visit", row.visit_id or 0, state, row.raised_on, tone, icon))
    return found


def public_of(case_id: int) -> list[Word]:
    """The reporter reads nothing of it: a visit has no reporter."""
    return []


def _knows() -> Q:
    return Q(source="contact") & Q(Exists(ContactMatter.objects.filter(case_id=OuterRef("pk"), visit__isnull=False)))


TELLER: Final = Teller(told_of, public_of, _knows)
