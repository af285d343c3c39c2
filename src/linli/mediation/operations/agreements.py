"""The only writers of agreements: reached, signed, confirmed by a court or not, fulfilled item by item, reopened."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Final

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from linli.cases.operations.clocks import calendar_of
from linli.core import clock
from linli.core.actors import SYSTEM, Actor
from linli.core.errors import InvalidInput, NotFound, RuleBroken
from linli.core.models import WorkItem
from linli.deliberation.money import fen_of
from linli.mediation.events import announce
from linli.mediation.models import AgreementItem, Mediation, MediationAgreement, Party
from linli.mediation.operations.steps import (
    LONGEST_REASON,
    agreement_of,
    done,
    locked,
    owe_at,
    owe_on,
    owe_within,
    owed_no_more,
    past,
    said,
    saved,
)
from linli.mediation.sections import section
from linli.mediation.workflow import (
    CONFIRM_OWED,
    FORMS,
    ITEM_OWED,
    MEDIATE_OWED,
    MEDIATION,
    SIGN_OWED,
    SUBJECT,
    VISIT_OWED,
)

MOST_ITEMS: Final = 24
LONGEST_ACT: Final = 300
DAY: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Promise:
    """What one party owes by a day: a sum in yuan, or something to do, or both."""

    party_id: int
    due: date
    amount: Decimal | None = None
    act: str = ""


@dataclass(frozen=True, slots=True)
class Terms:
    """What was agreed: facts, points of dispute and liability; the agreement; who owes what by when."""

    form: str
    reached_on: date
    liability: str
    content: str
    promises: Sequence[Promise]


@transaction.atomic
def agreement_reach(*, actor: Actor, mediation_id: int, terms: Terms) -> MediationAgreement:
    """Write down what the parties agreed. An oral agreement is in effect at once, a written one once it is signed.

    Raises: not_found, mediation.not_yours, mediation.state, agreement.session, agreement.form, agreement.day,
    agreement.liability, agreement.content, agreement.items, agreement.party, agreement.amount, agreement.due
    """
    row = locked(actor, mediation_id)
    row.state = MEDIATION.step(row.state, "agree")
    if not row.sessions.filter(held=True).exists():
        raise RuleBroken("agreement.session", _("Record the session in which they agreed first."))
    if terms.form not in dict(FORMS):
        raise InvalidInput("agreement.form", _("Choose whether it is written or oral."))
    agreement = MediationAgreement(mediation=row, place_id=row.place_id, form=terms.form)
    agreement.reached_on = past(terms.reached_on, "agreement.day", row.accepted_on)
    agreement.liability = said(terms.liability, "agreement.liability")
    agreement.content = said(terms.content, "agreement.content")
    agreement.recorded, agreement.recorder = clock.now(), actor.key
    items = _items(row, terms)
    agreement.amount_fen = sum(item.amount_fen or 0 for item in items)
    agreement.save()
    for item in items:
        item.agreement = agreement
        item.save()
    row.settled, row.ended_on = True, agreement.reached_on
    owed_no_more(row)
    if agreement.form == "oral":
        _take_effect(row, agreement, agreement.reached_on)
    else:
        owe_within(SIGN_OWED, row, section().sign_days)
    saved(actor, "agree", row, form=agreement.form, items=len(items))
    announce(actor, row)
    return agreement


def _items(row: Mediation, terms: Terms) -> list[AgreementItem]:
    """The items of an agreement, not yet saved."""
    if not 0 < len(terms.promises) <= MOST_ITEMS:
        message = _("Write down who does or pays what by when: 1 to %(most)s items.")
        raise InvalidInput("agreement.items", message, most=MOST_ITEMS)
    parties = {item.pk: item for item in row.parties.all()}
    return [_item(parties, position, item, terms.reached_on) for position, item in enumerate(terms.promises, 1)]


def _item(parties: dict[int, Party], position: int, given: Promise, reached: date) -> AgreementItem:
    party = parties.get(given.party_id)
    if party is None:
        raise InvalidInput("agreement.party", _("Choose the party that owes it."))
    fen = None if given.amount is None else fen_of(given.amount)
    act = given.act.strip()
    if (given.amount is not None and (fen is None or fen <= 0)) or len(act) > LONGEST_ACT or not (fen or act):
        message = _("An item is a sum in yuan above zero, or something to do in at most %(most)s characters.")
        raise InvalidInput("agreement.amount", message, most=LONGEST_ACT)
    if given.due < reached:
        raise InvalidInput("agreement.due", _("An item is due on the day of the agreement or later."))
    return AgreementItem(position=position, party=party, amount_fen=fen, act=act, due=given.due)


@transaction.atomic
def agreement_sign(*, actor: Actor, mediation_id: int, on: date, complete: bool) -> MediationAgreement:
    """Write down that parties and mediator signed and the committee stamped; only then a written one is in effect.

    Raises: not_found, mediation.not_yours, mediation.state, mediation.no_agreement, agreement.signed,
    agreement.incomplete, agreement.day
    """
    row = locked(actor, mediation_id)
    MEDIATION.step(row.state, "sign")
    agreement = agreement_of(row)
    if agreement.effective_on:
        raise RuleBroken("agreement.signed", _("This agreement is in effect already."))
    if not complete:
        message = _("It needs the signatures of all parties and of the mediator, and the stamp of the committee.")
        raise RuleBroken("agreement.incomplete", message)
    owed_no_more(row, SIGN_OWED)
    _take_effect(row, agreement, past(on, "agreement.day", agreement.reached_on))
    agreement.save()
    done(actor, "sign", row, on=on.isoformat())
    return agreement


def _take_effect(row: Mediation, agreement: MediationAgreement, day: date) -> None:
    """Let an agreement be in effect: the days for judicial confirmation begin, and its items are watched."""
    agreement.effective_on = day
    agreement.confirm_by = confirm_by(day, section().confirm_days)
    agreement.save()
    if agreement.confirm_by >= clock.today():
        owe_on(CONFIRM_OWED, row, agreement.confirm_by)
    _watch(row, agreement)


def confirm_by(effective: date, days: int) -> date:
    """The last day on which the parties may ask a court together: the day of effect itself is not counted."""
    return effective + timedelta(days=days)


@transaction.atomic
def agreement_confirm(*, actor: Actor, mediation_id: int, answer: str, on: date) -> MediationAgreement:
    """Write down what the parties did about judicial confirmation: applied together, confirmed, or not wanted.

    Raises: not_found, mediation.not_yours, mediation.state, mediation.no_agreement, agreement.not_effective,
    agreement.confirmation, agreement.day, agreement.too_late
    """
    row = locked(actor, mediation_id)
    MEDIATION.step(row.state, "confirm")
    agreement = agreement_of(row)
    if agreement.effective_on is None or agreement.confirm_by is None:
        raise RuleBroken("agreement.not_effective", _("This agreement is not in effect yet."))
    follows = {"applied": ("open",), "not_wanted": ("open",), "confirmed": ("applied",)}
    if agreement.confirmation not in follows.get(answer, ()):
        raise RuleBroken("agreement.confirmation", _("This does not follow on what was written down before."))
    day = past(on, "agreement.day", agreement.applied_on or agreement.effective_on)
    if answer == "applied" and day > agreement.confirm_by:
        message = _("The parties could apply until %(day)s.")
        raise RuleBroken("agreement.too_late", message, day=agreement.confirm_by.isoformat())
    agreement.confirmation = answer
    agreement.applied_on = day if answer == "applied" else agreement.applied_on
    agreement.confirmed_on = day if answer == "confirmed" else None
    agreement.save()
    owed_no_more(row, CONFIRM_OWED)
    done(actor, "confirm", row, answer=answer, on=day.isoformat())
    return agreement


@transaction.atomic
def item_fulfil(*, actor: Actor, item_id: int, on: date) -> AgreementItem:
    """Write down that an item was fulfilled; with the last the mediation is, and the parties are visited again.

    Raises: not_found, mediation.not_yours, mediation.state, agreement.not_effective, item.fulfilled, item.day
    """
    found = AgreementItem.objects.filter(pk=item_id).select_related("agreement").first()
    if found is None:
        raise NotFound
    row = locked(actor, found.agreement.mediation_id)
    after = MEDIATION.step(row.state, "fulfil")
    item = AgreementItem.objects.select_related("agreement").get(pk=item_id)
    agreement = item.agreement
    if agreement.dropped or agreement.effective_on is None:
        raise RuleBroken("agreement.not_effective", _("This agreement is not in effect."))
    if item.fulfilled_on:
        raise RuleBroken("item.fulfilled", _("This item is fulfilled already."))
    item.fulfilled_on = past(on, "item.day", agreement.reached_on)
    item.save()
    _watch(row, agreement)
    if agreement.items.filter(fulfilled_on=None).exists():
        done(actor, "fulfil", row, item=item.position, on=on.isoformat())
        return item
    row.state = after
    days = [(each.due, each.fulfilled_on) for each in agreement.items.all()]
    agreement.fulfilled_on = max(day for _due, day in days if day)
    agreement.in_time = all(day is not None and day <= due for due, day in days)
    agreement.save()
    owe_within(VISIT_OWED, row, section().visit_days)
    saved(actor, "fulfil", row, item=item.position, on=on.isoformat(), all=True)
    return item


@transaction.atomic
def mediation_reopen(*, actor: Actor, mediation_id: int, reason: str) -> Mediation:
    """Mediate again, for what was agreed is not fulfilled. The agreement is kept as dropped.

    Raises: not_found, mediation.not_yours, mediation.state, mediation.reason, mediation.nothing_late
    """
    row = locked(actor, mediation_id)
    row.state = MEDIATION.step(row.state, "reopen")
    agreement = agreement_of(row)
    late = agreement.items.filter(fulfilled_on=None, due__lt=clock.today()).exists()
    if agreement.effective_on and not late:
        raise RuleBroken("mediation.nothing_late", _("Nothing of the agreement is overdue."))
    row.reason = said(reason, "mediation.reason", LONGEST_REASON)
    agreement.dropped, agreement.in_time = True, False
    agreement.save()
    row.settled = row.ended_on = None
    row.due = clock.today() + timedelta(days=section().due_days)
    owed_no_more(row)
    owe_on(MEDIATE_OWED, row, row.due)
    return saved(actor, "reopen", row)


@transaction.atomic
def items_check() -> int:
    """Put items that are due tomorrow, or overdue, on the list of who leads the mediation; returns how many are new.

    Runs every day; a second run of a day finds nothing.
    """
    tomorrow = clock.today() + DAY
    open_ones = AgreementItem.objects.filter(fulfilled_on=None, due__lte=tomorrow, agreement__dropped=False)
    ids = open_ones.exclude(agreement__effective_on=None).values("agreement__mediation_id")
    rows = Mediation.objects.select_for_update(of=("self",)).select_related("place").filter(pk__in=ids, state="agreed")
    owed = sum(_watch(row, agreement_of(row)) for row in rows)
    if owed:
        done(SYSTEM, "items_check", rows[0], items=owed)
    return owed


def _watch(row: Mediation, agreement: MediationAgreement) -> bool:
    """Owe the next item from the day before it is due; returns whether it is newly owed."""
    due = agreement.items.filter(fulfilled_on=None).order_by("due").values_list("due", flat=True).first()
    if due is None or due > clock.today() + DAY:
        owed_no_more(row, ITEM_OWED)
        return False
    at = calendar_of(row.place).close_of(due)
    if WorkItem.objects.filter(kind=ITEM_OWED, subject_type=SUBJECT, subject_id=row.pk, ended=None, due=at).exists():
        return False
    owe_at(ITEM_OWED, row, at)
    return True
