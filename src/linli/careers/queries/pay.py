"""Pay as it is read: the rules, what a rule gives in a month, and the statements of one person or of a month."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Final

from django.db.models import Q, QuerySet
from django.db.models.functions import Length

from linli.careers import policies
from linli.careers.models import AllowanceRule, PayGrade, PayStatement
from linli.careers.sections import section
from linli.careers.workflow import ALLOWANCES, COMPONENTS, PAY
from linli.core import clock
from linli.core.actors import Actor
from linli.core.errors import NotFound
from linli.organizations.models import Person
from linli.territory.models import Place

PAGE: Final = 50


@dataclass(frozen=True, slots=True)
class Part:
    """One part of a month's pay."""

    label: Any
    amount: Decimal
    level: str = ""


@dataclass(frozen=True, slots=True)
class Statement:
    """A month's pay with its parts and their sum."""

    row: PayStatement
    parts: list[Part]
    total: Decimal


def allowance_for(place: Place, kind: str, condition: str, month: date) -> Decimal | None:
    """How much an allowance is in a month: by the nearest place with a rule, the latest that is in force."""
    above = [int(step) for step in place.path.split("/") if step]
    rows = AllowanceRule.objects.filter(place_id__in=above, kind=kind, condition=condition, since__lte=month)
    return rows.order_by(Length("place__path").desc(), "-since").values_list("amount", flat=True).first()


def statement(row: PayStatement) -> Statement:
    """A statement with the parts that the place pays, and any that were paid beside them."""
    paid = section().components
    parts = [
        Part(label, getattr(row, code), getattr(row, f"{code}_level") if code in ALLOWANCES else "")
        for code, label in COMPONENTS
        if code in paid or getattr(row, code)
    ]
    return Statement(row, parts, sum((part.amount for part in parts), Decimal(0)))


def statements_of(person_id: int) -> list[Statement]:
    """The statements of somebody, the latest first, for themselves: of three years."""
    rows = PayStatement.objects.filter(person_id=person_id).select_related("grade", "place").order_by("-month")
    return [statement(row) for row in rows[:36]]


def statement_page(actor: Actor, pk: int) -> tuple[Statement, bool]:
    """One statement, and whether the actor may correct it. Raises: not_found"""
    rows = PayStatement.objects.filter(policies.statements_visible_to(actor))
    row = rows.select_related("grade", "place", "person").filter(pk=pk).first()
    if row is None:
        raise NotFound
    return statement(row), policies.may_pay(actor, row.place) and row.person_id != actor.person_id


def statements(
    actor: Actor, *, words: str = "", month: date | None = None, before: tuple[date, int] | None = None
) -> tuple[list[Statement], str]:
    """A page of the statements that the actor writes as clerk, the latest first, and the key of the next."""
    rows = PayStatement.objects.filter(_kept(actor)).select_related("person", "grade", "place")
    rows = rows.filter(month=month) if month else rows
    rows = rows.filter(Q(person__name__icontains=words) | Q(person__staff_number=words)) if words else rows
    rows = rows.filter(pk__lt=before[1]) if before else rows
    page = list(rows.order_by("-pk")[: PAGE + 1])
    more = page[PAGE - 1] if len(page) > PAGE else None
    return [statement(row) for row in page[:PAGE]], f"{more.month}.{more.pk}" if more else ""


def rules(actor: Actor) -> tuple[list[PayGrade], list[tuple[str, AllowanceRule]]]:
    """The grades in force and the allowances with what they are called."""
    bands = {item.code: item.named for item in section().allowances}
    grades = PayGrade.objects.filter(policies.pay_rules_visible_to(actor), until=None).select_related("place")
    allowances = AllowanceRule.objects.filter(policies.pay_rules_visible_to(actor)).select_related("place")
    return (
        list(grades.order_by("place__path", "base", "pk")[:200]),
        [
            (bands.get(row.kind, row.kind), row)
            for row in allowances.order_by("place__path", "kind", "amount", "-since")[:200]
        ],
    )


def pay_places(actor: Actor) -> QuerySet[Place]:
    """The places at which the actor writes pay: those of their posts, not what lies below."""
    paths = [scope.path for scope in actor.scopes if PAY in scope.abilities and scope.path]
    return Place.objects.filter(path__in=paths).order_by("path")


def paid_person(actor: Actor, number: str) -> Person | None:
    """The person with a staff number who works where the actor writes pay."""
    rows = Person.objects.filter(staff_number=number).exclude(staff_number="")
    return rows.filter(actor.places(PAY, "posts__place__")).distinct().first()


def levels(kind: str) -> list[str]:
    """The conditions for which there are rules, by amount."""
    rows = AllowanceRule.objects.filter(kind=kind, since__lte=clock.today()).order_by("amount")
    return list(dict.fromkeys(rows.values_list("condition", flat=True)))


def _kept(actor: Actor) -> Q:
    return Q() if actor.key == "system" else actor.places(PAY)
