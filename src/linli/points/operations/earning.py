"""What attested records earn: hours as they were served, points by the rules of the profile, corrections with trace.

Who attests is the business of the domain that calls; the ledger posts each source once.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date
from typing import Final

from django.db import models, transaction
from django.db.models import Sum

from linli.core import clock
from linli.core.actors import Actor
from linli.points import sections
from linli.points.models import Account, Transfer
from linli.points.operations.accounts import holder_account, member_account, place_account
from linli.points.operations.members import credit_account, member_registered
from linli.points.operations.posting import lock, post, reverse
from linli.points.sections import PointsRule
from linli.points.values import Contribution, Move, Source
from linli.points.workflow import CAMPAIGN, HOURS, ISSUE, POINTS, REVERSAL, SERVICE, USED

CREDIT_GIVEN: Final = "credit_given"
CREDIT_TAKEN: Final = "credit_taken"
CREDIT_BACK: Final = "credit_back"
# What is given within one posting already: account, rule, and the day or month.
Given = Counter[tuple[int, str, str]]


@transaction.atomic
def earn_many(*, actor: Actor, contributions: Sequence[Contribution]) -> list[Transfer]:
    """Post what attested contributions earn: their minutes as hours, and points by every rule for their kinds.

    Nothing is given to who has not joined, nor above the bounds of a rule; each source is posted once. All accounts are
    locked at once: who attests many at a time calls this once.
    Raises: points.other_input
    """
    wanted = [*_hours(contributions), *_points(contributions)]
    lock(pk for account, issue, _rule, _item in wanted for pk in (account.pk, issue.pk))
    given: Given = Counter()
    moves = []
    for account, issue, rule, item in wanted:
        amount = item.minutes if rule is None else _within(rule, account, item, given)
        if amount > 0:
            code = SERVICE if rule is None else rule.code
            moves.append(Move(issue.pk, account.pk, amount, item.source, code, account.book, item.day, item.place_id))
    return post(actor=actor, moves=moves, day=clock.today(), place_id=0)


Wanted = tuple[Account, Account, PointsRule | None, Contribution]


def _hours(contributions: Sequence[Contribution]) -> Iterator[Wanted]:
    for item in contributions:
        if item.minutes > 0:
            account = member_account(member_registered(item.person_id, item.place_id))
            yield account, place_account(HOURS, ISSUE, item.place_id), None, item


def _points(contributions: Sequence[Contribution]) -> Iterator[Wanted]:
    for item in contributions:
        rules = [rule for rule in sections.rules_on(item.day) if rule.rewards(item.kind, item.first)]
        account = holder_account(POINTS, item.person_id) if rules else None
        if account is not None:
            issue = place_account(POINTS, ISSUE, item.place_id)
            yield from ((account, issue, rule, item) for rule in rules)


def earn_by_kind(
    *, actor: Actor, kind: str, person_id: int, source: Source, day: date, place_id: int, minutes: int
) -> list[Transfer]:
    """Post what one attested contribution earns. Raises: points.other_input"""
    item = Contribution(kind, person_id, source, day, place_id, minutes)
    return earn_many(actor=actor, contributions=[item])


def _within(rule: PointsRule, account: Account, item: Contribution, given: Given) -> int:
    """What a rule gives, within its bounds; they are looked at under the lock of the account."""
    key = {"book": POINTS, "source_type": item.source.type, "source_id": str(item.source.id)}
    held = Transfer.objects.filter(**key, edition=item.source.edition, rule=rule.code).first()
    if held is not None:
        return held.amount
    day, month = (account.pk, rule.code, item.day.isoformat()), (account.pk, rule.code, item.day.isoformat()[:7])
    left = [rule.earned(item.minutes)]
    before = Transfer.objects.filter(credit=account, rule=rule.code, reversal=None)
    if rule.cap_day is not None:
        left.append(rule.cap_day - given[day] - _sum(before.filter(day=item.day)))
    if rule.cap_month is not None:
        this = before.filter(day__year=item.day.year, day__month=item.day.month)
        left.append(rule.cap_month - given[month] - _sum(this))
    amount = max(0, min(left))
    given[day] += amount
    given[month] += amount
    return amount


def _sum(rows: "models.QuerySet[Transfer, Transfer]") -> int:
    return int(rows.aggregate(sum=Sum("amount"))["sum"] or 0)


@transaction.atomic
def earn_corrected(*, actor: Actor, source: Source, minutes: int, reason: str) -> list[Transfer]:
    """Correct what a source earned: what stands is taken back, and it earns anew for so many minutes.

    Without minutes everything is only taken back. What is given per time stays as it is while there are minutes.
    Raises: points.reason
    """
    key = {"source_type": source.type, "source_id": str(source.id)}
    stands = Transfer.objects.filter(book__in=(HOURS, POINTS), **key, reversal=None).exclude(rule=REVERSAL)
    # What is taken back and given anew moves between the same accounts: they are locked once.
    rows = list(stands.order_by("pk"))
    budgets = {row: place_account(row.book, CAMPAIGN, row.place_id).pk for row in rows}
    lock(pk for row in rows for pk in (row.debit_id, row.credit_id, budgets[row]))
    made = []
    for row in rows:
        rule = next((item for item in sections.rules_on(row.day) if item.code == row.rule), None)
        if minutes > 0 and row.book == POINTS and rule is not None and rule.per == "time":
            continue
        reverse(actor=actor, transfer_id=row.pk, reason=reason)
        amount = _again(row, rule, minutes)
        if amount > 0:
            again = Source(source.type, source.id, row.edition + 1)
            move = Move(row.debit_id, row.credit_id, amount, again, row.rule, row.book)
            made += post(actor=actor, moves=[move], day=row.day, place_id=row.place_id)
    return made


def _again(row: Transfer, rule: PointsRule | None, minutes: int) -> int:
    """What a source earns by the same rule for other minutes."""
    if row.book == HOURS:
        return minutes
    if rule is None or minutes <= 0:
        return 0
    account = Account.objects.get(pk=row.credit_id)
    source = Source(row.source_type, row.source_id, row.edition + 1)
    return _within(rule, account, Contribution("", 0, source, row.day, row.place_id, minutes), Counter())


@transaction.atomic
def credit_give(*, actor: Actor, person_id: int, source: Source, day: date, place_id: int, minutes: int) -> Transfer:
    """Give the right to ask for as many minutes as were served (VOL-11). Raises: points.amount, points.other_input"""
    account, issue = credit_account(person_id, place_id), place_account(HOURS, ISSUE, place_id)
    move = Move(issue.pk, account.pk, minutes, source, CREDIT_GIVEN, HOURS)
    return post(actor=actor, moves=[move], day=day, place_id=place_id)[0]


@transaction.atomic
def credit_take(*, actor: Actor, person_id: int, source: Source, day: date, place_id: int, minutes: int) -> Transfer:
    """Use the right to ask; certified hours stay as they are.

    Raises: points.short, points.amount, points.other_input
    """
    account, used = credit_account(person_id, place_id), place_account(HOURS, USED, place_id)
    move = Move(account.pk, used.pk, minutes, source, CREDIT_TAKEN, HOURS)
    return post(actor=actor, moves=[move], day=day, place_id=place_id)[0]
