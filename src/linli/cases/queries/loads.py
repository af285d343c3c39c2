"""How many matters are open and overdue at places and in grids, for the map: counts only, in one query."""

from collections.abc import Iterable, Sequence
from typing import Any, Final

from django.db import connection
from django.urls import reverse

from linli.cases.workflow import OPEN
from linli.core import clock
from linli.territory.maps import Load

# Every open matter counts once at each step of its place's path and of its grid's; those that lie alike are counted
# together before their steps are told apart.
_SQL: Final = """
SELECT step, sum(held), sum(late) FROM (
    SELECT c.place_id, c.grid_id, count(*) AS held, count(*) FILTER (WHERE c.due < %(now)s) AS late
    FROM cases_case c
    WHERE c.state = ANY (%(open)s) AND NOT (c.state = 'done' AND c.imported)
    GROUP BY c.place_id, c.grid_id
) alike
JOIN territory_place p ON p.id = alike.place_id
LEFT JOIN territory_place g ON g.id = alike.grid_id
CROSS JOIN LATERAL (
    SELECT DISTINCT unnest(string_to_array(
        trim('/' FROM p.path || COALESCE(g.path || g.grid_path, p.grid_path)), '/')) AS step
) steps
WHERE step = ANY (%(places)s) GROUP BY step
"""


def loads(place_ids: Sequence[int]) -> Iterable[Load]:
    """The open matters at these places, for `territory.maps.register_loads`; the list behind has the same number."""
    values: dict[str, Any] = {"now": clock.now(), "open": list(OPEN), "places": [str(pk) for pk in place_ids]}
    with connection.cursor() as cursor:
        cursor.execute(_SQL, values)
        rows = {int(step): (int(held), int(late)) for step, held, late in cursor.fetchall()}
    address = reverse("cases:list")
    return [Load(pk, *rows.get(pk, (0, 0)), url=f"{address}?place={pk}") for pk in place_ids]
