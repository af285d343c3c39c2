"""What lies near a new report: open matters that look alike, and the category that its words suggest."""

from datetime import timedelta
from typing import Final

from django.db.models import F, Q, Value

from linli.cases import sections
from linli.cases.models import STILL_OPEN, Case
from linli.cases.policies import cases_visible_to
from linli.core import clock, search
from linli.core.actors import Actor
from linli.territory.models import Place

NEAR: Final = 60


def similar(place_path: str, category: str, text: str, *, limit: int = 5, viewer: Actor | None = None) -> list[Case]:
    """Open matters near a place that look alike: by place, category, time and words, the likest first.

    With a viewer only those that the viewer may open. The public has none, and sees category, place and state only.
    """
    steps = [step for step in place_path.split("/") if step]
    nearby = f"/{'/'.join(steps[:-1] or steps)}/"
    since = clock.today() - timedelta(days=NEAR)
    rows = (
        Case.objects.filter(STILL_OPEN, place__path__startswith=nearby, received_on__gte=since, confidential=False)
        .filter(cases_visible_to(viewer) if viewer else Q())
        .exclude(kind="complaint")
        .select_related("place")
        .defer("search")
        .order_by("-received_on", "-pk")[:200]
    )
    words = words_of(text)
    scored = [(_likeness(row, place_path, category, words), row) for row in rows]
    chosen = sorted((item for item in scored if item[0] >= 1.0), key=lambda item: -item[0])
    return [row for _score, row in chosen[:limit]]


def similar_to(viewer: Actor, case: Case, limit: int = 5) -> list[Case]:
    """Open matters near a matter that look like it, and that the viewer may open."""
    found = similar(case.place.path, case.category, case.text, limit=limit + 1, viewer=viewer)
    return [row for row in found if row.pk != case.pk][:limit]


def words_of(text: str) -> set[str]:
    """What of a text is compared."""
    return set(search.bigrams(text).split())


def shared(words: set[str], theirs: set[str], *, whole: bool = False) -> float:
    """How much of the shorter of two texts stands in the other, from 0 to 1; with `whole`, of the longer."""
    length = (max if whole else min)(len(words), len(theirs))
    return len(words & theirs) / max(1, length)


def _likeness(row: Case, place_path: str, category: str, words: set[str]) -> float:
    """One point for the same category, up to two for shared words, half a point for the very same place."""
    return (
        (1.0 if category and row.category == category else 0.0)
        + 2 * shared(words, words_of(row.text))
        + (0.5 if row.place.path == place_path else 0.0)
    )


def suggest_category(text: str) -> str:
    """The category whose name or other spellings stand in a text; empty where none does."""
    best, found = 0, ""
    for item in sections.categories().values():
        if item.retired:
            continue
        hit = max((len(word) for word in (item.label, *item.also) if word and word in text), default=0)
        if hit > best:
            best, found = hit, item.code
    return found


def places_named(words: str, viewer: Actor | None = None, *, limit: int = 12) -> list[Place]:
    """Places in being whose name, code or address holds the words, the smallest first; for staff their own first."""
    text = words.strip()
    if not text:
        return []
    rows = Place.objects.filter(until=None, placeholder=False).exclude(type=Place.Type.GRID)
    fits = Q(code=text)
    for part in text.split():
        rows = rows.filter(Q(name__icontains=part) | Q(address__icontains=part) | Q(code=part) | _above(part))
        fits |= Q(name__icontains=part)
    found = list(rows.filter(fits).select_related("parent", "community").order_by("-path")[:200])
    own = tuple(scope.path for scope in viewer.scopes if scope.path) if viewer else ()
    mine = [row for row in found if own and row.path.startswith(own)]
    return ([*mine, *(row for row in found if row not in mine)])[:limit]


def places_in(text: str, viewer: Actor, *, limit: int = 5) -> list[Place]:
    """The viewer's places that a message names, the best guess first: with whose compound or community it names too.

    “幸福小区3号楼漏水” means building 3 of that compound, not every building 3.
    """
    own = Q(pk__in=[])
    for scope in viewer.scopes:
        if scope.path:
            own |= Q(path__startswith=scope.path)
        if scope.grid_path:
            own |= Q(upper__grid_path__startswith=scope.grid_path)
    rows = Place.objects.filter(own, until=None, placeholder=False).exclude(type=Place.Type.GRID)
    said = rows.annotate(said=Value(text[:2000])).filter(said__contains=F("name"), name__regex="..")
    found = list(said.select_related("parent", "community").order_by("-path")[:200])
    scored = [(_named(row, text), row) for row in found]
    scored.sort(key=lambda item: -item[0])
    return [row for _score, row in scored[:limit]]


def _named(row: Place, text: str) -> int:
    """How much of a place's own address the text names; a building alone says little."""
    above = {item.pk: item.name for item in (row.parent, row.community) if item and item.pk != row.pk}
    whole = sum(len(name) for name in above.values() if name in text)
    return len(row.name) + 2 * whole


def _above(part: str) -> Q:
    """The part may name the community or compound above, as in “福里 3号楼”."""
    return Q(parent__name__icontains=part) | Q(community__name__icontains=part)
