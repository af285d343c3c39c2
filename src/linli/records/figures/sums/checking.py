"""Whether sums tell what the rows come to; and what the doctor says of sums that nobody brings up to date."""

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Final, NamedTuple

from django.db import connection
from django.utils.translation import gettext_lazy as _

from linli.core import clock, doctor
from linli.records.figures.compute import book
from linli.records.figures.sums.leaves import events, wanted
from linli.records.figures.sums.reading import TOUCHED, changed, counting
from linli.records.figures.sums.touching import watched
from linli.records.models import SumSeries, SumTouch

LATE: Final = timedelta(minutes=5)
COMPARE: Final = """
    WITH touched AS MATERIALIZED ({touched}), change AS ({change}),
    difference AS (
        SELECT series, false AS monthly, day, unit, days, rows, measured, total FROM ({counted}) counted
        UNION ALL SELECT series, false, day, unit, days, -rows, -measured, -total FROM change
        UNION ALL SELECT series_id, false, day, unit, days, -rows, -measured, -total
            FROM records_sumcell WHERE NOT monthly
        UNION ALL SELECT series_id, true, day, unit, days, rows, measured, total FROM records_sumcell WHERE monthly
        UNION ALL SELECT series_id, true, date_trunc('month', day)::date, unit, days, -rows, -measured, -total
            FROM records_sumcell WHERE NOT monthly
    )
    SELECT s.words, d.monthly, d.day, coalesce(p.name, ''), sum(d.rows), sum(d.measured), sum(d.total)
    FROM difference d JOIN records_sumseries s ON s.id = d.series LEFT JOIN territory_place p ON p.id = d.unit
    GROUP BY s.id, d.monthly, d.day, d.unit, d.days, p.name
    HAVING sum(d.rows) <> 0 OR sum(d.measured) <> 0 OR sum(d.total) <> 0
    ORDER BY s.id, d.monthly, d.day, d.unit, d.days LIMIT 1
"""


class Difference(NamedTuple):
    """Where sums are wrong: what the rows, or the days of a month, come to more than is kept."""

    words: str
    monthly: bool
    day: date
    place: str
    rows: int
    measured: int
    total: int


def first_difference() -> Difference | None:
    """The first cell of the sums of the book that does not tell what its rows come to."""
    leaves = wanted(book())
    kept = {pk: leaves[bytes(key)] for pk, key in SumSeries.objects.values_list("pk", "key") if bytes(key) in leaves}
    change, lacking = changed(kept)
    counted, values = counting(kept)
    with connection.cursor() as cursor:
        touched = TOUCHED.format(marks="records_sumtouch")
        cursor.execute(COMPARE.format(touched=touched, change=change, counted=counted), [*lacking, *values])
        found = cursor.fetchone()
    return Difference(*found) if found else None


@doctor.register("sums", _("Sums of figures"))
def check_sums() -> Iterator[doctor.Finding]:
    """Every record type of events marks what is written, and marks do not wait for long."""
    unwatched = {kind.code for kind in events()} - watched()
    if unwatched:
        yield doctor.fault("sums.unwatched", _("Run `linli migrate`: ") + ", ".join(sorted(unwatched)))
    waiting = SumTouch.objects.filter(at__lt=clock.now() - LATE).count()
    if waiting:
        yield doctor.warning(
            "sums.behind",
            _("%(count)d changes are not in the sums of figures yet; is a worker running?") % {"count": waiting},
        )
