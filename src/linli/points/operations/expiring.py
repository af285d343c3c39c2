"""Points that nobody spent expire by the rule of the profile, as transfers: first given, first spent."""

from datetime import date
from typing import Final

from django.db import connection, transaction

from linli.core import clock
from linli.core.actors import SYSTEM
from linli.points.models import Account
from linli.points.operations.accounts import place_account
from linli.points.operations.posting import lock, post
from linli.points.sections import section
from linli.points.values import Move, Source
from linli.points.workflow import EXPIRED, EXPIRY, POINTS

# What was given until the day, less all that ever went: what is left of it was not spent.
OLD: Final = """
SELECT account.id, sum(entry.amount) FILTER (WHERE entry.amount < 0 OR transfer.day <= %s)
FROM points_account account
JOIN points_entry entry ON entry.account_id = account.id
JOIN points_transfer transfer ON transfer.id = entry.transfer_id
WHERE account.book = 'points' AND account.kind = 'holder' AND account.balance > account.held AND account.id = ANY(%s)
GROUP BY account.id
HAVING sum(entry.amount) FILTER (WHERE entry.amount < 0 OR transfer.day <= %s) > 0
"""
BATCH: Final = 500


def months_before(day: date, months: int) -> date:
    """The last day of the months that ended more than so many months before the month of a day."""
    at = day.year * 12 + day.month - 1 - months
    return date.fromordinal(date(at // 12, at % 12 + 1, 1).toordinal() - 1)


def points_expire() -> int:
    """Let expire what is older than the profile says, as of today; returns in how many accounts.

    The same day does nothing twice. What is set aside for goods does not expire.
    """
    months = section().expire_months
    if months is None:
        return 0
    until = months_before(clock.today(), months)
    holders = Account.objects.filter(book=POINTS, kind="holder", balance__gt=0).order_by("pk")
    expired, last = 0, 0
    while ids := list(holders.filter(pk__gt=last).values_list("pk", flat=True)[:BATCH]):
        last = ids[-1]
        expired += _expired(ids, until)
    return expired


@transaction.atomic
def _expired(ids: list[int], until: date) -> int:
    places = Account.objects.filter(pk__in=ids).values_list("place_id", flat=True).distinct()
    sinks = {place_id: place_account(POINTS, EXPIRY, place_id).pk for place_id in sorted(set(places))}
    accounts = lock([*ids, *sinks.values()])
    with connection.cursor() as cursor:
        cursor.execute(OLD, [until, ids, until])
        found = [(accounts[int(pk)], int(left)) for pk, left in cursor.fetchall()]
    now = clock.now().isoformat()
    moves = [
        Move(
            account.pk,
            sinks[account.place_id],
            min(left, account.available),
            Source("points_expiry", f"{account.pk}:{now}"),
            EXPIRED,
            POINTS,
            place_id=account.place_id,
        )
        for account, left in found
    ]
    return len(post(actor=SYSTEM, moves=moves, day=clock.today(), place_id=0))
