"""One place at a time: create, change, convert, redraw, end. Merging and splitting are in communities.py."""

import unicodedata
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.db import transaction
from django.utils.translation import gettext_lazy as _
from shapely.geometry.base import BaseGeometry

from linli.core import journal
from linli.core.actors import Actor
from linli.core.bulk import next_ids
from linli.core.errors import InvalidInput, NotFound, RuleBroken, Stale
from linli.records import profiles
from linli.territory import events, policies
from linli.territory.geometry import outlines
from linli.territory.models import Boundary, Place
from linli.territory.operations.revisions import revision_mark
from linli.territory.operations.tree import regrid, rehang, settle
from linli.territory.sections import GridsSection

LONGEST_NAME: Final = 120
LONGEST_CODE: Final = 40
NUMBERS: Final = ("households", "residents", "buildings")


@dataclass(frozen=True, slots=True)
class Sketch:
    """What a new place is: everything but where it hangs in the tree."""

    type: str
    name: str
    code: str = ""
    level: str = ""
    kind: str = ""
    households: int | None = None
    residents: int | None = None
    address: str = ""
    since: date | None = None


@transaction.atomic
def place_create(*, actor: Actor, sketch: Sketch, parent: int, upper: int | None = None) -> Place:
    """Add a place below a division or compound; a grid may lie under another grid of the network.

    A code is used once for ever, also after its place has ended; a grid's keeps the scheme of the profile.
    Raises: not_found, place.not_yours, place.ended, place.bad_name, place.bad_type, place.code_used,
    grid.bad_code, place.negative.
    """
    below = place_locked(parent)
    policies.require_manage(actor, below)
    above = place_locked(upper) if upper else None
    _require_current(below, *([above] if above else []))
    place = sketched(sketch, below, above)
    Place.objects.bulk_create([place])
    _done(actor, "place.create", place, {"code": place.code, "name": place.name, "parent": below.pk})
    return place


def sketched(sketch: Sketch, parent: Place, upper: Place | None) -> Place:
    """A checked new place with its id and paths, not yet saved. Raises as `place_create`."""
    if sketch.type not in Place.Type.values or (sketch.type != Place.Type.GRID and upper is not None):
        raise InvalidInput("place.bad_type", _("There is no type of place “%(type)s”."), type=sketch.type)
    name, code = _checked_name(sketch.name), sketch.code.strip()
    if code and Place.objects.filter(type=sketch.type, code=code).exists():
        raise RuleBroken(
            "place.code_used", _("The code %(code)s was used before; codes are not used again."), code=code
        )
    if sketch.type == Place.Type.GRID:
        check_grid_code(code, sketch.level, sketch.kind, (upper or parent).code)
    if any((getattr(sketch, field) or 0) < 0 for field in ("households", "residents")):
        raise InvalidInput("place.negative", _("A number of households or residents cannot be negative."))
    place = Place(
        id=next_ids(Place, 1)[0],
        type=sketch.type,
        name=name,
        code=code[:LONGEST_CODE],
        level=sketch.level,
        kind=sketch.kind,
        households=sketch.households,
        residents=sketch.residents,
        address=sketch.address[:200],
        since=sketch.since,
    )
    settle(place, parent, upper)
    return place


def check_grid_code(code: str, level: str, kind: str, above: str) -> None:
    """Hold a grid's code against the schemes of the profile. Raises: grid.bad_code."""
    schemes = [item for item in profiles.current().section(GridsSection).codes if item.applies(level, kind)]
    for scheme in schemes:
        if not scheme.allows(code, above):
            raise InvalidInput(
                "grid.bad_code",
                _("“%(code)s” does not keep to the code scheme: %(scheme)s"),
                code=code,
                scheme=scheme.label or scheme.pattern or scheme.length,
            )


@transaction.atomic
def place_change(*, actor: Actor, place: int, version: int, on: date, **values: Any) -> Place:
    """Change name, level, kind, address or totals. Former names and kinds stay on record, with the day.

    A village that becomes a community is such a change of kind: its history stays with it (TER-10).
    Raises: not_found, place.not_yours, place.stale, place.ended, place.bad_name, place.negative.
    """
    held = place_locked(place)
    policies.require_manage(actor, held)
    _require_current(held)
    require_version(held, version)
    unknown = set(values) - {"name", "level", "kind", "address", "area_m2", *NUMBERS}
    assert not unknown, f"place_change does not know {unknown}"
    if "name" in values:
        values["name"] = _checked_name(values["name"])
    if any((values.get(field) or 0) < 0 for field in NUMBERS):
        raise InvalidInput("place.negative", _("A number of households or residents cannot be negative."))
    was = {field: getattr(held, field) for field, value in values.items() if getattr(held, field) != value}
    if not was:
        return held
    for field in was:
        setattr(held, field, values[field])
    former = {field: was[field] for field in ("name", "kind", "level") if was.get(field)}
    if former:
        held.extra = {**held.extra, "former": [*held.extra.get("former", []), {**former, "until": on.isoformat()}]}
    held.version += 1
    held.save(update_fields=[*was, "extra", "version"])
    _done(actor, "place.change", held, {"was": {field: str(value) for field, value in was.items()}})
    return held


@transaction.atomic
def place_move(*, actor: Actor, place: int, version: int, parent: int | None = None, upper: int | None = None) -> Place:
    """Hang a place, with all below it, under another parent, or a grid under another upper grid.

    Raises: not_found, place.not_yours, place.stale, place.ended, place.ring.
    """
    held = place_locked(place)
    policies.require_manage(actor, held)
    require_version(held, version)
    for other in (parent, upper):
        if other:
            target = place_locked(other)
            policies.require_manage(actor, target)
            _require_current(held, target)
    facts = {"parent": held.parent_id, "upper": held.upper_id}
    if parent and parent != held.parent_id:
        rehang(held, place_locked(parent))
    if upper and upper != held.upper_id:
        regrid(held, place_locked(upper))
    held.version += 1
    held.save(update_fields=["version"])
    _done(actor, "place.move", held, {"was": facts})
    return held


@transaction.atomic
def boundary_redraw(*, actor: Actor, place: int, form: BaseGeometry, on: date) -> Boundary:
    """Give a place another outline from a day on; the one before stays as history (TER-03, "relatively fixed").

    `form` is in WGS84. Raises: not_found, place.not_yours, place.ended, geometry.broken, geometry.outside.
    """
    held = place_locked(place)
    policies.require_manage(actor, held)
    _require_current(held)
    made = outlines.outline(form, "wgs84").form
    for before in Boundary.objects.select_for_update().filter(place=held, until=None):
        before.until = max(on, before.since)
        before.save(update_fields=["until"])
        on = before.until
    row = Boundary.objects.create(place=held, geometry=outlines.as_geojson(made), since=on)
    point = made.representative_point()
    held.lng, held.lat = round(point.x, 6), round(point.y, 6)
    held.save(update_fields=["lng", "lat"])
    _done(actor, "boundary.redraw", held, {"since": on.isoformat()})
    return row


@transaction.atomic
def place_redraw(*, actor: Actor, place: int, sketch: Sketch, on: date, form: BaseGeometry | None = None) -> Place:
    """Replace a place by a new one that succeeds it: a new row and code; what lay in it lies in the new one.

    Raises: as `place_create`, and place.stale.
    """
    old = place_locked(place)
    policies.require_manage(actor, old)
    _require_current(old)
    assert old.parent is not None, "the root is not redrawn"
    new = sketched(sketch, old.parent, old.upper)
    new.since = on
    Place.objects.bulk_create([new])
    for child in list(old.children.filter(until=None)):
        rehang(child, new)
    for lower in list(old.lower.filter(until=None)):
        regrid(lower, new)
    if form is not None:
        boundary_redraw(actor=actor, place=new.pk, form=form, on=on)
    end_row(old, on, new)
    _done(actor, "place.redraw", old, {"new": new.pk, "on": on.isoformat()})
    events.announce(events.Succeeded(actor, old.pk, (new.pk,), on, "redrawn"))
    return new


@transaction.atomic
def place_end(*, actor: Actor, place: int, version: int, on: date, successor: int | None = None) -> Place:
    """End a place in which nothing lies any more; what is kept there goes to the successor, if one is named.

    Raises: not_found, place.not_yours, place.stale, place.ended, place.not_empty, place.before_it_began.
    """
    held = place_locked(place)
    policies.require_manage(actor, held)
    _require_current(held)
    require_version(held, version)
    if held.children.filter(until=None).exists() or held.lower.filter(until=None).exists():
        raise RuleBroken("place.not_empty", _("Places lie in %(name)s; move or end them first."), name=held.name)
    follows = place_locked(successor) if successor else None
    end_row(held, on, follows)
    _done(actor, "place.end", held, {"on": on.isoformat(), "successor": successor})
    events.announce(events.Succeeded(actor, held.pk, (follows.pk,) if follows else (), on, "ended"))
    return held


def place_locked(place: int) -> Place:
    """The row, locked until the transaction ends. Raises: not_found."""
    held = Place.objects.select_for_update().filter(pk=place, placeholder=False).first()
    if held is None:
        raise NotFound
    return held


def require_version(place: Place, version: int) -> None:
    """Refuse a change made from an older view of the place. Raises: place.stale."""
    if place.version != version:
        raise Stale("place.stale", _("Somebody changed this place meanwhile."), version=place.version)


def end_row(place: Place, on: date, successor: Place | None) -> None:
    """End a locked place and its outline on a day. Raises: place.before_it_began."""
    if place.since and on < place.since:
        raise InvalidInput(
            "place.before_it_began", _("It began on %(since)s and cannot end before."), since=place.since.isoformat()
        )
    place.until, place.successor, place.version = on, successor, place.version + 1
    place.save(update_fields=["until", "successor", "version"])
    for boundary in Boundary.objects.filter(place=place, until=None):
        boundary.until = max(on, boundary.since)
        boundary.save(update_fields=["until"])


def _require_current(*places: Place) -> None:
    for place in places:
        if place.until is not None:
            raise RuleBroken("place.ended", _("%(name)s has ended."), name=place.name)


def _checked_name(name: str) -> str:
    """The name without outer space. Raises: place.bad_name."""
    bare = name.strip()
    odd = any(unicodedata.category(char) in ("Cc", "Cf", "Cs", "Co") for char in bare)
    if not bare or len(bare) > LONGEST_NAME or odd:
        raise InvalidInput("place.bad_name", _("A name has 1 to 120 visible characters."))
    return bare


def _done(actor: Actor, operation: str, place: Place, facts: dict[str, Any]) -> None:
    journal.write(actor, operation, (place.type, place.pk), place_id=place.pk, facts=facts)
    revision_mark()
