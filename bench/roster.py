"""A roster of volunteers as large as the matters: the searches of its desk, and whom an order might be offered to.

It is written by the database from prepared names, like the matters; phones are hashes only, but for one that is asked.
"""

import statistics
import time
from collections.abc import Callable
from functools import partial
from itertools import product
from typing import Final

from django.db import connection
from django.db.models import QuerySet

from linli.core import clock, search, secrets
from linli.core.actors import SYSTEM, Actor
from linli.orders.operations.asking import Wish, order_write_down
from linli.orders.queries.suggesting import suggested
from linli.organizations.models import Organization
from linli.territory.models import Place
from linli.volunteering.models import Volunteer
from linli.volunteering.queries.roster import Wanted, listed

FAMILY: Final = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗"
GIVEN: Final = "伟芳娜敏静丽强磊军洋勇艳杰涛明超秀霞平刚桂英华玉萍红"
ASKED: Final = "10098765432"
TEAM: Final = "基准志愿服务队"
ROUNDS: Final = 40

_PEOPLE = """
INSERT INTO organizations_person (id, name, staff_number, created, version)
SELECT %(base)s + n, t.name, '', %(now)s, 1
FROM generate_series(%(first)s::bigint, %(last)s::bigint) n JOIN bench_name t ON t.k = n * 7919 %% %(names)s
"""
_VOLUNTEERS = """
INSERT INTO volunteering_volunteer (id, number, person_id, state, registered_on, place_id, community_id, sex,
  phone_hash, skills, services, times, guardian, consent, search, recorded, recorder, version)
SELECT %(base)s + n, 'B' || n, %(base)s + n, CASE WHEN n %% 50 = 7 THEN 'ended' ELSE 'registered' END,
  %(today)s::date - (n %% 3000)::int, h.id, h.id, '', decode(md5('a' || n) || md5('b' || n), 'hex'),
  CASE WHEN n %% 3 = 0 THEN ARRAY[(ARRAY['law','hair','medical','teaching'])[1 + n %% 4]] ELSE '{}' END::varchar[],
  '{}', '{}', false, 'ledger', (t.vector || ' ''b' || n || ''':9')::tsvector, %(now)s, 'system', 1
FROM generate_series(%(first)s::bigint, %(last)s::bigint) n
JOIN bench_name t ON t.k = n * 7919 %% %(names)s JOIN bench_home h ON h.k = n * 104729 %% %(homes)s
"""
_MEMBERS = """
INSERT INTO volunteering_teammembership (team_id, volunteer_id, place_id, state, lead, asked_on, since, version)
SELECT %(team)s, v.id, %(place)s, 'member', false, %(today)s, %(today)s, 1
FROM volunteering_volunteer v WHERE v.state = 'registered' ORDER BY v.id LIMIT 500 ON CONFLICT DO NOTHING
"""


def roster_fill(count: int, base: int = 1_000_000_000) -> int:
    """Bring the roster up to a count; returns how many were added."""
    have = Volunteer.objects.filter(pk__gt=base).count()
    if have >= count:
        return 0
    names = [f"{family}{one}{two}" for family, one, two in product(FAMILY, GIVEN, ("", *GIVEN[:9]))]
    with connection.cursor() as cursor:
        cursor.execute("CREATE TEMP TABLE IF NOT EXISTS bench_name (k int PRIMARY KEY, name text, vector text)")
        cursor.executemany(
            "INSERT INTO bench_name VALUES (%s, %s, %s) ON CONFLICT DO NOTHING",
            [(k, name, search.vector(name)) for k, name in enumerate(names)],
        )
        cursor.execute("CREATE TEMP TABLE IF NOT EXISTS bench_home (k int PRIMARY KEY, id bigint)")
        ids = list(homes().order_by("pk").values_list("pk", flat=True))
        cursor.executemany("INSERT INTO bench_home VALUES (%s, %s) ON CONFLICT DO NOTHING", list(enumerate(ids)))
        values = {"base": base, "first": have + 1, "last": count, "names": len(names), "homes": len(ids)}
        values |= {"now": clock.now(), "today": clock.today()}
        cursor.execute(_PEOPLE, values)
        cursor.execute(_VOLUNTEERS, values)
        digest = secrets.match_hash(ASKED, "phone")
        Volunteer.objects.filter(pk=base + count // 2).update(phone_hash=digest)
        team = Organization.objects.filter(name=TEAM).first() or Organization.objects.create(
            type=Organization.Type.VOLUNTEER, name=TEAM, place_id=ids[0], path=f"/{base}/"
        )
        cursor.execute(_MEMBERS, {"team": team.pk, "place": ids[0], "today": clock.today()})
        cursor.execute("ANALYZE organizations_person, volunteering_volunteer, volunteering_teammembership")
    return count - have


def homes() -> QuerySet[Place]:
    """The communities of the place."""
    return Place.objects.filter(type=Place.Type.DIVISION, level="community", until=None, placeholder=False)


def searches(desk: Actor, county: Actor) -> dict[str, float]:
    """Each search of the roster with the milliseconds that all but the slowest of many take."""
    team = Organization.objects.filter(name=TEAM).order_by("-pk").first()
    assert team is not None
    # Who is looked for lives at the desk's community, or anywhere in the county.
    asked = {
        "first page, community": (desk, Wanted()),
        "first page, county": (county, Wanted()),
        "family name, county": (county, Wanted("王")),
        "two characters, county": (county, Wanted("王芳")),
        "full name, county": (county, Wanted("王芳敏")),
        "a name nobody has": (county, Wanted("欧阳锋")),
        "family name, community": (desk, Wanted("王")),
        "phone": (county, Wanted(ASKED)),
        "number": (county, Wanted("B4711")),
        "skill, community": (desk, Wanted(skill="law")),
        "skill and name, county": (county, Wanted("王芳", skill="law")),
        "team": (county, Wanted(team=str(team.pk))),
        "ended, county": (county, Wanted(state="ended")),
        "paused, county": (county, Wanted(state="paused")),
    }
    return {name: slow(partial(listed, actor, wanted)) for name, (actor, wanted) in asked.items()}


def suggestion() -> float:
    """The milliseconds of a suggestion for an order in the street of the first community."""
    place = homes().order_by("pk").first()
    assert place is not None
    wish = Wish(place.pk, "换灯泡", category="repairs", name="基准", phone=ASKED, door="phone")
    order = order_write_down(actor=SYSTEM, wish=wish)
    return slow(lambda: suggested(order))


def slow(ask: Callable[[], object]) -> float:
    """The milliseconds that all but the slowest of many calls take."""
    ask()
    times = []
    for _round in range(ROUNDS):
        began = time.perf_counter()
        ask()
        times.append((time.perf_counter() - began) * 1000)
    return statistics.quantiles(times, n=20)[-1]
