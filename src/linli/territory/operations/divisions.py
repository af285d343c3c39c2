"""Division codes: the national 12-digit codes as the skeleton of the territory (TER-01)."""

from collections.abc import Iterable, Mapping

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from linli.core import journal
from linli.core.actors import Actor
from linli.core.bulk import change, copy_in, next_ids
from linli.core.errors import InvalidInput
from linli.territory.models import Place
from linli.territory.operations.revisions import revision_mark
from linli.territory.operations.tree import settle
from linli.territory.policies import require_import

PLACEHOLDERS = ("市辖区", "县", "省直辖县级行政区划", "自治区直辖县级行政区划", "虚拟社区")
LENGTHS = (2, 4, 6, 9, 12)


@transaction.atomic
def divisions_import(*, actor: Actor, rows: Iterable[Mapping[str, str]]) -> tuple[int, int]:
    """Bring in divisions by code; known codes keep their row, a changed name is changed, none is removed.

    Returns how many were new and how many changed. Raises: division.bad_code, division.no_parent, place.not_yours.
    """
    held = {place.code: place for place in Place.objects.filter(type=Place.Type.DIVISION)}
    wanted = sorted((_checked(row) for row in rows), key=lambda row: len(row["code"]))
    ids = iter(next_ids(Place, sum(1 for row in wanted if row["code"] not in held)))
    made: list[Place] = []
    changed: list[Place] = []
    for row in wanted:
        place = held.get(row["code"])
        if place is None:
            place = _new(next(ids), row, held)
            held[place.code] = place
            made.append(place)
        elif place.name != row["name"]:
            place.name = row["name"]
            changed.append(place)
    require_import(actor, (*made, *changed))
    copy_in(made)
    change(Place, changed, ["name"])
    if made or changed:
        facts = {"created": len(made), "changed": len(changed)}
        revision_mark()
        journal.write(actor, "division.import", None, facts=facts, count=len(made) + len(changed))
    return len(made), len(changed)


def _checked(row: Mapping[str, str]) -> dict[str, str]:
    code = row.get("code", "").strip()
    if not code.isdecimal() or len(code) not in LENGTHS or not row.get("name", "").strip():
        raise InvalidInput(
            "division.bad_code", _("“%(code)s” is not a division code of 2, 4, 6, 9 or 12 digits."), code=code
        )
    return {
        "code": code,
        "name": row["name"].strip(),
        "level": row.get("level", "").strip(),
        "parent": (row.get("parent") or "").strip(),
    }


def _new(pk: int, row: dict[str, str], held: dict[str, Place]) -> Place:
    parent = held.get(row["parent"]) if row["parent"] else None
    if row["parent"] and parent is None:
        raise InvalidInput(
            "division.no_parent",
            _("%(code)s names the parent %(parent)s, which is not there."),
            code=row["code"],
            parent=row["parent"],
        )
    place = Place(
        id=pk,
        type=Place.Type.DIVISION,
        level=row["level"],
        code=row["code"],
        name=row["name"],
        placeholder=row["name"] in PLACEHOLDERS,
    )
    settle(place, parent)
    return place
