"""Visits of ten years, as many as there are matters: the list of everybody, of one community, and the quotas of a year.

They are written by the database; the visitors are people of the roster, five thousand of whom answer for a place.
"""

from datetime import timedelta
from functools import partial
from typing import Final

from django.db import connection

from bench.roster import homes, slow
from linli.contacts.models import Visit
from linli.contacts.queries.quotas import standings_seen
from linli.contacts.queries.visits import Wanted, listed, seen_by
from linli.core import clock
from linli.core.actors import SYSTEM, Actor

CONTACTS: Final = 5_000
DAYS: Final = 3_650

_CONTACTS = """
INSERT INTO contacts_contact (person_id, place_id, level, tier, title, duties, liaison, since, extra, version)
SELECT %(base)s + n, (%(homes)s::bigint[])[1 + n %% %(count)s], 'community', 'county_leader', '', '', '',
  %(today)s::date - %(days)s, '{}', 1
FROM generate_series(1, %(contacts)s) n
"""
_VISITS = """
INSERT INTO contacts_visit (number, person_id, visitor, place_id, tier, "on", subject, state, recorded, recorded_by,
  extra, version)
SELECT 'B' || n, %(base)s + 1 + n %% %(contacts)s, '', (%(homes)s::bigint[])[1 + n * 7919 %% %(count)s],
  'county_leader', %(today)s::date - (n %% %(days)s)::int, '走访', 'made', %(now)s, 'system', '{}', 1
FROM generate_series(1::bigint, %(visits)s::bigint) n
"""


def fill(visits: int, base: int = 1_000_000_000) -> None:
    """Write contacts and so many visits, once."""
    if Visit.objects.filter(number="B1").exists():
        return
    places = list(homes().order_by("pk").values_list("pk", flat=True))
    values = {"base": base, "homes": places, "count": len(places), "contacts": min(CONTACTS, visits), "days": DAYS}
    values |= {"visits": visits, "today": clock.today(), "now": clock.now()}
    with connection.cursor() as cursor:
        cursor.execute(_CONTACTS, values)
        cursor.execute(_VISITS, values)
        cursor.execute("ANALYZE contacts_contact, contacts_visit")


def lists(desk: Actor) -> dict[str, float]:
    """Each list of visits with the milliseconds that all but the slowest of many take."""
    middle = clock.today() - timedelta(days=DAYS // 2)
    asked = {
        "first page": (SYSTEM, Wanted()),
        "a page of five years ago": (SYSTEM, Wanted(before=(middle, 2**60))),
        "first page, community": (desk, Wanted()),
    }
    return {name: slow(partial(_listed, actor, wanted)) for name, (actor, wanted) in asked.items()}


def _listed(actor: Actor, wanted: Wanted) -> object:
    return listed(seen_by(actor), wanted)


def quotas() -> float:
    """The milliseconds of the quotas of this year, by each one who answers."""
    return slow(partial(standings_seen, SYSTEM, clock.today().year))
