"""The only writers of pay: grades, allowances within their bands, and one statement a month for each worker (PPL-14).

Nothing of what somebody is paid goes into the journal.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any, Final

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from linli.careers import policies
from linli.careers.models import AllowanceRule, PayGrade, PayStatement
from linli.careers.queries.pay import allowance_for
from linli.careers.sections import section
from linli.careers.workflow import ALLOWANCES, BASE
from linli.core import clock, journal
from linli.core.actors import Actor
from linli.core.calendar import add_months
from linli.core.errors import InvalidInput, NotFound, RuleBroken, Stale
from linli.core.words import said
from linli.organizations.models import Person
from linli.territory.models import Place
from linli.workforce.models import Credential

MOST: Final = Decimal(1_000_000)
WORD: Final = 64
CENT: Final = Decimal("0.01")


@transaction.atomic
def grade_add(
    *, actor: Actor, place_id: int, title: str, base: Decimal, rung: str = "", since: date | None = None
) -> PayGrade:
    """Add a grade of base pay; one of the same name ends on the day on which the new one begins.

    Raises: not_found, pay.not_yours, pay.title, pay.amount, pay.rung
    """
    place = _place(actor, place_id)
    if rung and section().rung(rung) is None:
        raise InvalidInput("pay.rung", _("Choose a rung of the ladder."))
    row = PayGrade(place=place, title=said(title, WORD, "pay.title"), rung=rung, base=amount(base))
    row.since = since or clock.today()
    if not row.base:
        raise InvalidInput("pay.amount", _("An amount in yuan, with at most two decimals."))
    before = PayGrade.objects.select_for_update().filter(place=place, title=row.title, until=None)
    before.filter(since__lte=row.since).update(until=row.since)
    _once(row, "pay_grade_once", "pay.grade_twice")
    _done(actor, "pay_grade.add", row)
    return row


@transaction.atomic
def allowance_add(
    *, actor: Actor, place_id: int, kind: str, condition: str, monthly: Decimal, since: date
) -> AllowanceRule:
    """Say how much an allowance is for whom from a day on; within the band of the place.

    Raises: not_found, pay.not_yours, allowance.kind, allowance.condition, allowance.outside_band, allowance.twice
    """
    place = _place(actor, place_id)
    row = AllowanceRule(place=place, kind=kind, condition=said(condition, WORD, "allowance.condition"), since=since)
    row.amount = amount(monthly)
    require_band(kind, row.amount)
    _once(row, "allowance_rule_once", "allowance.twice")
    _done(actor, "allowance_rule.add", row)
    return row


@dataclass(frozen=True, slots=True)
class Pay:
    """What somebody is paid for a month. Base pay comes from the grade, allowances from the rules for the levels."""

    person_id: int
    place_id: int
    month: date
    grade_id: int | None = None
    credential_level: str = ""
    education_level: str = ""
    amounts: Mapping[str, Decimal] = field(default_factory=dict)
    paid_on: date | None = None


@transaction.atomic
def statement_write(*, actor: Actor, pay: Pay) -> PayStatement:
    """Write the statement of a month; there is one for each person and month.

    Raises: not_found, pay.not_yours, pay.own, pay.month, pay.component, pay.amount, pay.base_differs,
    allowance.no_rule, allowance.not_verified, pay.twice
    """
    place = _place(actor, pay.place_id)
    person = Person.objects.filter(pk=pay.person_id, posts__place__path__startswith=place.path).first()
    if person is None:
        raise NotFound
    row = PayStatement(person=person, place=place, month=pay.month.replace(day=1))
    _fill(actor, row, pay)
    _once(row, "pay_statement_once", "pay.twice")
    _done(actor, "pay_statement.write", row)
    return row


@transaction.atomic
def statement_correct(*, actor: Actor, statement_id: int, version: int, pay: Pay) -> PayStatement:
    """Correct a statement; whose it is and of which month stays.

    Raises: not_found, pay.not_yours, pay.own, pay.stale, pay.component, pay.amount, pay.base_differs,
    allowance.no_rule, allowance.not_verified
    """
    rows = PayStatement.objects.select_for_update(of=("self",)).select_related("place")
    row = rows.filter(policies.statements_visible_to(actor), pk=statement_id).first()
    if row is None:
        raise NotFound
    policies.require_pay(actor, row.place)
    if row.version != version:
        raise Stale("pay.stale", _("Somebody changed this statement since you read it."), version=row.version)
    _fill(actor, row, pay)
    row.version += 1
    row.save()
    _done(actor, "pay_statement.correct", row)
    return row


def require_band(kind: str, monthly: Decimal) -> None:
    """Refuse an allowance outside of its band. Raises: allowance.kind, allowance.outside_band"""
    band = section().band(kind)
    if band is None:
        raise InvalidInput("allowance.kind", _("There is no such allowance."))
    if not band.least <= monthly <= band.most:
        message = _("The %(name)s lies between %(least)s and %(most)s yuan a month.")
        facts = {"name": band.named, "least": f"{band.least:f}", "most": f"{band.most:f}"}
        raise RuleBroken("allowance.outside_band", message, **facts)


def amount(value: Decimal) -> Decimal:
    """Yuan and cents, exactly. Raises: pay.amount"""
    if not value.is_finite() or not 0 <= value < MOST or value != value.quantize(CENT):
        raise InvalidInput("pay.amount", _("An amount in yuan, with at most two decimals."))
    return value


def _fill(actor: Actor, row: PayStatement, pay: Pay) -> None:
    if row.person_id == actor.person_id:
        raise RuleBroken("pay.own", _("Nobody writes their own statement; ask a colleague."))
    if row.month > clock.today():
        raise InvalidInput("pay.month", _("A month to come has no statement yet."))
    by_hand = [code for code in section().components if code not in ALLOWANCES]
    if set(pay.amounts) - set(by_hand):
        raise InvalidInput("pay.component", _("This place pays no such part, or it comes from a rule."))
    for code in by_hand:
        setattr(row, code, amount(pay.amounts.get(code, Decimal(0))))
    _grade(row, pay)
    row.credential_level, row.education_level = pay.credential_level.strip(), pay.education_level.strip()
    for kind in ALLOWANCES:
        level = getattr(row, f"{kind}_level")
        setattr(row, kind, _allowance(row, kind, level) if level else Decimal(0))
    if row.credential_level:
        _require_verified(row)
    row.paid_on, row.written, row.written_by = pay.paid_on, clock.now(), actor.key


def _grade(row: PayStatement, pay: Pay) -> None:
    """Base pay as the grade says. Raises: pay.base_differs, not_found"""
    if pay.grade_id is None:
        row.grade = None
        return
    row.grade = PayGrade.objects.filter(pk=pay.grade_id, place=row.place).first()
    if row.grade is None:
        raise NotFound
    if row.base and row.base != row.grade.base:
        message = _("Base pay is that of the grade: %(base)s yuan. Leave it empty, or choose another grade.")
        raise RuleBroken("pay.base_differs", message, base=f"{row.grade.base:f}")
    setattr(row, BASE, row.grade.base)


def _allowance(row: PayStatement, kind: str, level: str) -> Decimal:
    """What the rule in force in that month gives. Raises: allowance.no_rule"""
    found = allowance_for(row.place, kind, level, row.month)
    if found is None:
        message = _("No rule says how much “%(level)s” is in this month: add it to the rules first.")
        raise RuleBroken("allowance.no_rule", message, level=level)
    return found


def _require_verified(row: PayStatement) -> None:
    """An allowance for a credential needs one that somebody verified, held in that month (PPL-13).

    Raises: allowance.not_verified
    """
    held = Credential.objects.filter(person=row.person, state="verified", issued__lt=add_months(row.month, 1))
    if not held.filter(Q(expires=None) | Q(expires__gte=row.month)).exists():
        message = _("No verified credential of this person is here: have it entered and verified first.")
        raise RuleBroken("allowance.not_verified", message)


def _once(row: Any, constraint: str, code: str) -> None:
    try:
        with transaction.atomic():
            row.save(force_insert=True)
    except IntegrityError as error:
        if constraint not in str(error):
            raise
        raise RuleBroken(code, TWICE[code]) from error


TWICE: Final[Mapping[str, Any]] = {
    "pay.twice": _("This person has a statement of this month already: correct that one."),
    "pay.grade_twice": _("A grade of this name is in force already from a later day."),
    "allowance.twice": _("A rule for this condition begins on this day already."),
}


def _place(actor: Actor, place_id: int) -> Place:
    place = Place.objects.filter(pk=place_id, until=None, placeholder=False).first()
    if place is None:
        raise NotFound
    policies.require_pay(actor, place)
    return place


def _done(actor: Actor, operation: str, row: Any) -> None:
    journal.write(actor, operation, (operation.partition(".")[0], row.pk), place_id=row.place_id)
