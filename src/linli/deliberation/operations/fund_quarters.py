"""The only writers of quarters of accounts: owed once they are over, closed with their sums, made public by a notice.

The notice goes through publishing, so that residents ask about it there and get their answers in time.
"""

from collections import defaultdict
from dataclasses import replace
from datetime import date
from typing import Any, Final

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from linli.cases.operations.clocks import calendar_of
from linli.cases.operations.owing import owe, settle
from linli.core import clock, journal
from linli.core.actors import SYSTEM, Actor
from linli.core.errors import NotFound, RuleBroken
from linli.deliberation import funds_section
from linli.deliberation.models import FundAccount, FundEntry, FundQuarter
from linli.deliberation.money import yuan
from linli.deliberation.operations.funds import QUARTER, holder_of, locked_account
from linli.deliberation.policies import funds as policies
from linli.deliberation.workflow.funds import DIRECTIONS, INCOME, QUARTER_OWED, SPENDING
from linli.deliberation.workflow.funds import QUARTER as FLOW
from linli.publishing import periods
from linli.publishing.models import Publication
from linli.publishing.operations.publications import Notice, publication_post
from linli.publishing.workflow.disclosure import EVERYBODY

KIND: Final = "fund_quarter"
LONGEST_TITLE: Final = 120


@transaction.atomic
def fund_quarters_check(*, at: date | None = None) -> int:
    """Raise every quarter that is over and not yet there; returns how many. Twice on one day does nothing twice."""
    day = at or clock.today()
    raised = 0
    accounts = FundAccount.objects.filter(closed_on=None).select_related("place").order_by("pk")
    for account in accounts.select_for_update(of=("self",)):
        last = account.quarters.order_by("-until").values_list("until", flat=True).first()
        since, until = periods.following(QUARTER, last) if last else periods.period_of(QUARTER, account.opens_on)
        while until < day:
            _raise(account, since, until)
            raised += 1
            since, until = periods.following(QUARTER, until)
    return raised


@transaction.atomic
def fund_quarter_close(*, actor: Actor, quarter_id: int) -> FundQuarter:
    """Close a quarter in which everything is decided and make it public: nothing is entered into it any more.

    Raises: not_found, fund_account.not_yours, fund_quarter.state, fund_quarter.order, fund_quarter.undecided,
    and as `publication_post`
    """
    account, row = _locked(actor, quarter_id)
    row.state = FLOW.step(row.state, "publish")
    if row.since != account.open_from:
        raise RuleBroken("fund_quarter.order", _("Close the quarter before this one first."))
    entries = account.entries.filter(day__gte=row.since, day__lte=row.until)
    waiting = entries.filter(state="entered").count()
    if waiting:
        message = _("%(waiting)s entries of this quarter wait for a second person.")
        raise RuleBroken("fund_quarter.undecided", message, waiting=waiting)
    _sum_up(account, row, list(entries.filter(state="approved")))
    _publish(account, row)
    row.published_on, row.closed_by = clock.today(), actor.key
    row.in_time = row.published_on <= row.due
    row.version += 1
    row.save()
    account.open_from = periods.following(QUARTER, row.until)[0]
    account.version += 1
    account.save()
    settle(QUARTER_OWED, (KIND, row.pk))
    _journal(actor, "close", row, closing_fen=row.closing_fen, publication=row.publication_id)
    return row


@transaction.atomic
def fund_quarter_publish(*, actor: Actor, quarter_id: int) -> FundQuarter:
    """Make a closed quarter public again whose notice was withdrawn. Its sums stay what they are.

    Raises: not_found, fund_account.not_yours, fund_quarter.public, and as `publication_post`
    """
    account, row = _locked(actor, quarter_id)
    if row.publication is None or row.publication.withdrawn is None:
        raise RuleBroken("fund_quarter.public", _("Only a quarter whose notice was withdrawn is made public again."))
    _publish(account, row)
    row.version += 1
    row.save()
    _journal(actor, "publish", row, publication=row.publication_id)
    return row


def lines_of(entries: list[FundEntry]) -> list[dict[str, Any]]:
    """Entries summed by direction and kind, in the order of the profile."""
    order = {kind.code: number for number, kind in enumerate(funds_section.named_kinds())}
    labels = {kind.code: kind.label for kind in funds_section.named_kinds()}
    found: dict[tuple[str, str], list[int]] = defaultdict(list)
    for entry in entries:
        found[entry.direction, entry.kind].append(entry.amount_fen)
    keys = sorted(found, key=lambda key: (key[0] == SPENDING, order.get(key[1], len(order)), key[1]))
    return [
        {
            "direction": direction,
            "kind": kind,
            "label": labels.get(kind, kind),
            "fen": sum(found[direction, kind]),
            "entries": len(found[direction, kind]),
        }
        for direction, kind in keys
    ]


def _sum_up(account: FundAccount, row: FundQuarter, entries: list[FundEntry]) -> None:
    before = account.quarters.filter(state="published").order_by("-until").first()
    row.opening_fen = before.closing_fen if before else account.opening_fen
    row.income_fen = sum(entry.amount_fen for entry in entries if entry.direction == INCOME)
    row.spending_fen = sum(entry.amount_fen for entry in entries if entry.direction == SPENDING)
    row.closing_fen = (row.opening_fen or 0) + row.income_fen - row.spending_fen
    row.by_kind, row.receipts = lines_of(entries), sum(entry.receipts for entry in entries)


def _publish(account: FundAccount, row: FundQuarter) -> None:
    """Post the notice in the name of the body: no person stands under it. It is in the language of the place."""
    with override(settings.LANGUAGE_CODE):
        notice = _notice(account, row)
    row.publication = publication_post(actor=replace(SYSTEM, label=account.organization.name), notice=notice)


def _notice(account: FundAccount, row: FundQuarter) -> Notice:
    rule = funds_section.rule()
    place_id = account.place.community_id or account.place_id
    known = rule if rule is not None and rule.at == "community" and account.place_id == place_id else None
    posted = Publication.objects.filter(place_id=place_id, since=row.since, until=row.until, withdrawn=None)
    title = str(_("Income and spending of %(name)s (%(period)s)")) % {"name": account.name, "period": row.period}
    return Notice(
        place_id,
        title[:LONGEST_TITLE],
        _text(row),
        # The account of the community itself meets what the rule asks for, unless something else has already.
        known.code if known and not posted.filter(item=known.code).exists() else "",
        row.since,
        row.until,
        audience=rule.audience if rule else EVERYBODY,
        up_until=clock.today() + rule.stays_days * periods.DAY if rule else None,
    )


def _text(row: FundQuarter) -> str:
    """The quarter as text: what was there, each kind, what is left, how many receipts there are."""
    words = dict(DIRECTIONS)
    said = [str(_("At the start: %(sum)s yuan")) % {"sum": row.opening}]
    for direction, total in ((INCOME, row.income), (SPENDING, row.spending)):
        said.append(str(_("%(what)s: %(sum)s yuan")) % {"what": words[direction], "sum": total})
        of_kind = (line for line in row.by_kind if line["direction"] == direction)
        said += [
            f"　{_('%(what)s: %(sum)s yuan')}" % {"what": line["label"], "sum": yuan(line["fen"])} for line in of_kind
        ]
    said.append(str(_("Left at the end: %(sum)s yuan")) % {"sum": row.closing})
    said.append(str(_("Receipts: %(many)s; each entry was approved by a second person.")) % {"many": row.receipts})
    return "\n".join(said)


def _raise(account: FundAccount, since: date, until: date) -> None:
    due = funds_section.due(until)
    row = FundQuarter.objects.create(account=account, place_id=account.place_id, since=since, until=until, due=due)
    days = calendar_of(account.place)
    title = f"{account.name} · {row.period}"
    owe(QUARTER_OWED, (KIND, row.pk), title, account.place_id, holder_of(account), days.close_of(due), days)
    _journal(SYSTEM, "raise", row, due=due.isoformat())


def _locked(actor: Actor, quarter_id: int) -> tuple[FundAccount, FundQuarter]:
    """A quarter as it stands once its account is locked. Raises: not_found, fund_account.not_yours"""
    seen = FundQuarter.objects.filter(policies.hangs_visible_to(actor), pk=quarter_id)
    account_id = seen.values_list("account_id", flat=True).first()
    if account_id is None:
        raise NotFound
    account = locked_account(actor, account_id)
    rows = FundQuarter.objects.select_for_update(of=("self",)).select_related("publication")
    return account, rows.get(pk=quarter_id)


def _journal(actor: Actor, verb: str, row: FundQuarter, **facts: Any) -> None:
    known = {"account": row.account_id, "until": row.until.isoformat(), **facts}
    journal.write(actor, f"{KIND}.{verb}", (KIND, row.pk), place_id=row.place_id, facts=known)
