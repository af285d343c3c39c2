"""To whom an order might be offered: volunteers and Party members who reported in, in an order that is explained.

The order is: who has the skill, whoever has little in hand before whoever has much, who lives near, who has time then,
who has least in hand, who has been without an order longest. Nothing else counts: no hours, no ratings, and no order
that somebody declined. The dispatcher chooses.
"""

import zlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from heapq import nsmallest
from typing import Any, Final, NamedTuple

from django.db.models import Count, Max, Q
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from linli.core import clock
from linli.orders.models import OrderOffer, ServiceOrder
from linli.orders.sections import category_names, section
from linli.organizations.models import Person
from linli.records import profiles
from linli.territory.models import Place
from linli.volunteering.queries.candidates import candidates
from linli.volunteering.queries.candidates import members as members_of
from linli.volunteering.sections import skill_names
from linli.volunteering.workflow import TIMES

SHOWN: Final = 12
# Whoever has this many in hand comes after everybody who has fewer.
MUCH: Final = 2


class Facts(NamedTuple):
    """What counts of a candidate, each better where it is less, in the order in which it counts."""

    unskilled: bool
    much: bool
    far: int
    untimely: int
    load: int
    last: date
    lot: int


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A person to whom an order might be offered, with every reason in words."""

    person_id: int
    name: str
    role: str
    reasons: list[str]


class _Load(NamedTuple):
    """How many orders somebody has in hand, and when they last accepted one."""

    open: int
    last: date | None


class _Candidate(NamedTuple):
    """A row as it comes from the database."""

    person_id: int
    member: bool
    far: int
    skilled: bool
    timely: bool | None


def suggested(row: ServiceOrder, most: int = SHOWN) -> list[Suggestion]:
    """The people to whom an order might best be offered, the best first."""
    with profiles.pinned():
        return _suggested(row, most)


def _suggested(row: ServiceOrder, most: int) -> list[Suggestion]:
    way = section().way(row.way)
    asked = set(row.offers.filter(answer__in=("open", "declined", "accepted")).values_list("person_id", flat=True))
    found = [item for item in _candidates(row) if item.person_id not in asked and _taker(item) in way.takers]
    loads = _loads(row.place)
    none = _Load(0, None)
    ranked = nsmallest(
        most, ((_facts(row, item, loads.get(item.person_id, none)), item.person_id, item) for item in found)
    )
    names = dict(Person.objects.filter(pk__in=[pk for _f, pk, _i in ranked]).values_list("pk", "name"))
    return [
        Suggestion(pk, names.get(pk, ""), _taker(item), _reasons(row, item, loads.get(pk, none)))
        for _facts_of, pk, item in ranked
    ]


def roles_of(place: Place, person_ids: Iterable[int]) -> dict[int, frozenset[str]]:
    """As what each of some people may take orders at a place; those who may not are missing."""
    wanted = list(person_ids)
    volunteers = set(candidates(place).filter(person_id__in=wanted).values_list("person_id", flat=True))
    members = set(members_of(place).filter(pk__in=wanted).values_list("pk", flat=True))
    roles: dict[int, frozenset[str]] = {}
    for pk in volunteers | members:
        named = {"volunteer"} if pk in volunteers else set()
        roles[pk] = frozenset(named | ({"member"} if pk in members else set()))
    return roles


def _taker(item: _Candidate) -> str:
    return "member" if item.member else "volunteer"


def _candidates(row: ServiceOrder) -> list[_Candidate]:
    codes = skill_codes(row.category)
    found_there: Any = candidates(row.place)
    rows = found_there.values_list("person_id", "reported_in", "same_community", "same_grid", "skills", "times")
    found = [
        _Candidate(
            pk,
            member,
            0 if grid else 1 if community else 2,
            not codes.isdisjoint(skills or ()),
            None if not times or not row.wanted_time else row.wanted_time in times,
        )
        for pk, member, community, grid, skills, times in rows
    ]
    known = {item.person_id for item in found}
    if row.place.street_id:
        # A Party member who reported in need not be a registered volunteer.
        found += [
            _Candidate(pk, True, 1, False, None)
            for pk in members_of(row.place).values_list("pk", flat=True)
            if pk not in known
        ]
    return found


def skill_codes(category: str) -> frozenset[str]:
    """The skills by which volunteers for a category are found, by the codes of the roster."""
    words = section().skills(category)
    named = skill_names()
    return frozenset(words) | {code for code, label in named.items() if any(word and word in label for word in words)}


def _loads(place: Place) -> Mapping[int, _Load]:
    """What candidates have in hand. Only what they accepted counts; what was declined is not looked at."""
    near = Q(person_id__in=candidates(place).values("person_id")) | Q(person_id__in=members_of(place).values("pk"))
    rows = OrderOffer.objects.filter(near, answer="accepted").order_by()
    held = Count("pk", filter=Q(order__state="accepted"))
    grouped = rows.values("person_id").annotate(open=held, last=Max("answered"))
    return {
        item["person_id"]: _Load(item["open"], clock.day_of(item["last"]) if item["last"] else None) for item in grouped
    }


def _facts(row: ServiceOrder, item: _Candidate, load: _Load) -> Facts:
    lot = zlib.crc32(f"{row.pk}.{item.person_id}".encode())
    untimely = 1 if item.timely is None else 0 if item.timely else 2
    last = load.last or date.min
    return Facts(not item.skilled, load.open >= MUCH, item.far, untimely, load.open, last, lot)


def _reasons(row: ServiceOrder, item: _Candidate, load: _Load) -> list[str]:
    """Every fact that counted, in words, also those that speak against."""
    category = category_names().get(row.category, row.category)
    words = [
        _("can do: %(category)s") % {"category": category} if item.skilled else _("no skill noted for this"),
        (_("lives in the same grid"), _("lives in the same community"), _("lives in the same street"))[item.far],
    ]
    if item.member and item.far == 1 and not item.skilled and item.timely is None:
        words[1] = _("reported in to this community")
    if item.timely is not None and row.wanted_time:
        at = str(dict(TIMES)[row.wanted_time])
        words.append((_("has time: %(at)s") if item.timely else _("usually has no time: %(at)s")) % {"at": at})
    words.append(
        ngettext("%(count)d order in hand", "%(count)d orders in hand", load.open) % {"count": load.open}
        if load.open
        else pgettext("orders", "nothing in hand")
    )
    if load.last:
        words.append(_("last accepted one on %(day)s") % {"day": load.last.isoformat()})
    else:
        words.append(_("has had no order yet"))
    return words
