"""What a post owes, read from the one table of work items: decisions first, then by how pressing it is."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any, Final

from django.db.models import F, Q
from django.urls import NoReverseMatch, reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from linli.cases.models import Case
from linli.core import clock
from linli.core.actors import Actor
from linli.core.models import WorkItem
from linli.core.work import colour_of, deciding_kinds, work_kind
from linli.organizations.models import Organization, Post
from linli.records.types import record_types
from linli.territory.models import Place

LIMIT: Final = 100
HOUR: Final = 3600
ICONS: Final = {"green": "circle-check", "yellow": "clock", "orange": "alert-triangle", "red": "alert-triangle"}
# The pages of subjects that are no records, or that are dealt with on another page than their record's.
PAGES: Final = {
    subject: f"{space}:{subject}"
    for space, subjects in {
        "bodies": ("body_founding",),
        "brochures": ("leaflet_stock",),
        "careers": ("reserve", "reserve_gap"),
        "contacts": ("visit",),
        "emergencies": ("activation_step",),
        "members": ("turn_out",),
        "organizations": ("grids",),
        "property": ("contract",),
        "secondments": ("work_list",),
        "shop": ("partner_shop",),
        "territory": ("place", "redrawing"),
        "topics": ("resolution_task",),
        "workforce": ("training_gap",),
    }.items()
    for subject in subjects
}
# Subjects without a page of their own are dealt with in a list.
LISTS: Final = {
    "care_service": "care:services",
    "team_membership": "volunteering:teams",
    "use_plan": "venues:list",
    "venue_work": "venues:list",
}
GROUPS: Final = (
    ("decide", _("To decide")),
    ("late", _("Overdue")),
    ("today", _("Due today")),
    ("later", _("Later")),
)


@dataclass(frozen=True, slots=True)
class Owed:
    """One work item as the list shows it: what to do, where, who holds it, and why it stands where it stands."""

    title: str
    task: Any
    url: str
    place: str
    holder: str
    due: datetime | None
    tone: str
    icon: str
    word: str
    urgent: bool


@dataclass(frozen=True, slots=True)
class Group:
    """Work that is equally pressing; `code` is decide, late, today or later."""

    code: str
    label: Any
    items: list[Owed]


@dataclass(frozen=True, slots=True)
class Today:
    """The work list of whoever is signed in; `more` says that only the most pressing items are shown."""

    groups: list[Group]
    count: int
    more: bool


def owed(actor: Actor) -> Today:
    """What the actor's posts and bodies owe, and what nobody holds at places the actor dispatches for."""
    now = clock.now()
    decisions = deciding_kinds()
    rows = WorkItem.objects.filter(_owed_by(actor), ended=None)
    pressing = rows.order_by("-urgent", F("due").asc(nulls_last=True), "id")
    decide = list(pressing.filter(kind__in=decisions)[: LIMIT + 1]) if decisions else []
    rest = list(pressing.exclude(kind__in=decisions)[: LIMIT + 1])
    shown = [*decide[:LIMIT], *rest[:LIMIT]]
    names = _names(shown)
    filed: dict[str, list[Owed]] = {code: [] for code, _label in GROUPS}
    for item in shown:
        code = "decide" if item.kind in decisions else _pressing(item, now)
        filed[code].append(_shown(item, now, names))
    groups = [Group(code, label, filed[code]) for code, label in GROUPS if filed[code]]
    return Today(groups, len(shown), len(decide) > LIMIT or len(rest) > LIMIT)


def _owed_by(actor: Actor) -> Q:
    """What is the actor's to do; never a complaint about one of their own bodies, even where another of them deals."""
    about = Case.objects.filter(complained_of_id__in=actor.organization_ids).values("id")
    return _held_by(actor) & ~Q(subject_type="case", subject_id__in=about)


def _held_by(actor: Actor) -> Q:
    mine = Q(post_id__in=actor.post_ids) | Q(organization_id__in=actor.organization_ids)
    paths = [scope.path for scope in actor.scopes if scope.path and "cases.dispatch" in scope.abilities]
    if not paths:
        return mine
    below = Q(pk__in=[])
    for path in paths:
        below |= Q(path__startswith=path)
    return mine | Q(post_id=None, organization_id=None, place_id__in=Place.objects.filter(below).values("id"))


def _pressing(item: WorkItem, now: datetime) -> str:
    if item.due is None:
        return "later"
    if item.due <= now:
        return "late"
    return "today" if clock.day_of(item.due) == clock.day_of(now) else "later"


def _shown(item: WorkItem, now: datetime, names: dict[str, str]) -> Owed:
    tone = colour_of(item, now)
    return Owed(
        title=item.title,
        task=work_kind(item.kind).label,
        url=page_of(item),
        place=names.get(f"place:{item.place_id}", ""),
        holder=names.get(f"body:{item.organization_id}") or names.get(f"post:{item.post_id}") or "",
        due=item.due,
        tone=tone,
        icon=ICONS[tone],
        word=_word(item.due, now),
        urgent=item.urgent,
    )


def _word(due: datetime | None, now: datetime) -> str:
    """How late or how soon, in words that do not need a calendar."""
    if due is None:
        return str(_("no date"))
    seconds = abs((due - now).total_seconds())
    days, hours = int(seconds // (24 * HOUR)), int(seconds // HOUR)
    if due <= now:
        if days:
            return ngettext("%(days)s day late", "%(days)s days late", days) % {"days": days}
        if hours:
            return ngettext("%(hours)s hour late", "%(hours)s hours late", hours) % {"hours": hours}
        return str(_("just overdue"))
    if days:
        return ngettext("%(days)s day left", "%(days)s days left", days) % {"days": days}
    if hours:
        return ngettext("%(hours)s hour left", "%(hours)s hours left", hours) % {"hours": hours}
    return str(_("less than an hour left"))


def _names(items: Iterable[WorkItem]) -> dict[str, str]:
    """The names of the places, bodies and posts of these items, in three queries."""
    rows = list(items)
    places = Place.objects.filter(pk__in={item.place_id for item in rows}).values_list("pk", "name")
    bodies = Organization.objects.filter(pk__in={item.organization_id for item in rows}).values_list("pk", "name")
    posts = Post.objects.filter(pk__in={item.post_id for item in rows}).select_related("person")
    return dict(
        [
            *((f"place:{pk}", name) for pk, name in places),
            *((f"body:{pk}", name) for pk, name in bodies),
            *_post_names(posts),
        ]
    )


def _post_names(posts: Iterable[Post]) -> Iterator[tuple[str, str]]:
    for post in posts:
        yield f"post:{post.pk}", str(post.person or post.title or "")


def page_of(item: WorkItem) -> str:
    """Where a work item is dealt with: the page of its record, or of a list; nothing where none is known."""
    subject = item.subject_type
    if subject in LISTS:
        return reverse(LISTS[subject])
    try:
        return reverse(_pages().get(subject, f"{subject}s:{subject}"), args=[item.subject_id])
    except NoReverseMatch:
        return ""


@cache
def _pages() -> dict[str, str]:
    """The names of pages by subject: those of record types, and of what is no record of its own."""
    return {kind.code: kind.url_name for kind in record_types() if kind.url_name} | PAGES
