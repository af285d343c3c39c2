"""What attested records earn: by the rules, within their bounds, once, for who joined; corrections leave a trace."""

from datetime import date
from typing import Any

import pytest

from linli.accounts.testing import Cast
from linli.core import clock
from linli.core.actors import SYSTEM
from linli.core.errors import RuleBroken
from linli.organizations.models import Person
from linli.points import queries
from linli.points.models import Member, Transfer
from linli.points.operations import earning
from linli.points.operations.expiring import months_before, points_expire
from linli.points.sections import PointsRule, PointsSection
from linli.points.tests.ledger import account_of, given, member_made, proof
from linli.points.values import Contribution, Source
from linli.points.workflow import HOURS, POINTS, SERVICE
from linli.records.operations.profiles import content_apply

pytestmark = pytest.mark.django_db
DAY = date(2026, 3, 10)
HOUR: dict[str, Any] = {"code": "hour", "kind": "service", "label": "志愿服务", "per": "hour", "amount": 6}


@pytest.fixture(autouse=True)
def noon() -> Any:
    with clock.frozen("2026-03-12T12:00"):
        yield


def ruled(*rules: dict[str, Any]) -> None:
    content_apply(actor=SYSTEM, content=lambda held: {**held, "points": {"rules": list(rules)}})


def earn(member: Member, minutes: int, at: int = 1, day: date = DAY, kind: str = SERVICE) -> list[Transfer]:
    assert member.person_id
    source = Source("service_record", at)
    return earning.earn_by_kind(
        actor=SYSTEM,
        kind=kind,
        person_id=member.person_id,
        source=source,
        day=day,
        place_id=member.place_id,
        minutes=minutes,
    )


def test_a_service_earns_hours_for_all_and_points_for_who_joined(cast: Cast) -> None:
    ruled(HOUR)
    place = cast.places["community"]
    joined, other = member_made(place), Person.objects.create(name="金不入", created=clock.now())
    items = [
        Contribution(SERVICE, who, Source("service_record", at), DAY, place.pk, 90)
        for at, who in ((1, joined.person_id or 0), (2, other.pk))
    ]
    made = earning.earn_many(actor=SYSTEM, contributions=items)
    assert [(row.book, row.amount, row.rule) for row in made] == [
        ("hours", 90, "service"),
        ("hours", 90, "service"),
        ("points", 9, "hour"),
    ]
    assert [row.pk for row in earning.earn_many(actor=SYSTEM, contributions=items)] == [row.pk for row in made]
    assert (queries.balance_of(HOURS, other.pk), queries.balance_of(POINTS, other.pk)) == (90, None)
    assert Member.objects.get(book=HOURS, person=other).consent == "registration"
    proof()


@pytest.mark.parametrize(
    ("rule", "minutes", "points"),
    [
        ({}, 90, 9),
        ({}, 9, 0),
        ({"per": "time"}, 90, 6),
        ({"since": "2026-03-11"}, 90, 0),
        ({"until": "2026-03-09"}, 90, 0),
        ({"since": "2026-03-10", "until": "2026-03-10"}, 60, 6),
        ({"retired": True}, 60, 0),
        ({"kind": "order"}, 60, 0),
    ],
)
def test_a_rule_gives_by_the_hour_or_by_the_time_while_in_force(
    cast: Cast, rule: dict[str, Any], minutes: int, points: int
) -> None:
    ruled({**HOUR, **rule})
    member = member_made(cast.places["community"])
    earn(member, minutes)
    assert account_of(member).balance == points


def test_bounds_of_a_day_and_a_month_hold_and_a_reversal_frees_them(cast: Cast) -> None:
    ruled({**HOUR, "cap_day": 10, "cap_month": 15})
    member = member_made(cast.places["community"])
    assert [row.amount for row in earn(member, 60, 1) if row.book == POINTS] == [6]
    assert [row.amount for row in earn(member, 60, 2) if row.book == POINTS] == [4]
    assert [row.amount for row in earn(member, 60, 3) if row.book == POINTS] == []
    assert [row.amount for row in earn(member, 60, 4, date(2026, 3, 11)) if row.book == POINTS] == [5]
    assert [row.amount for row in earn(member, 60, 5, date(2026, 2, 28)) if row.book == POINTS] == [6]
    # Asked again, what was given stands, whatever the bound says now.
    assert [row.amount for row in earn(member, 60, 2) if row.book == POINTS] == [4]
    earning.earn_corrected(actor=SYSTEM, source=Source("service_record", 1), minutes=0, reason="没有到场")
    assert [row.amount for row in earn(member, 60, 6) if row.book == POINTS] == [6]
    proof()


def test_a_correction_takes_back_and_gives_anew(cast: Cast) -> None:
    ruled(HOUR, {**HOUR, "code": "each", "per": "time", "amount": 2})
    member = member_made(cast.places["community"])
    earn(member, 120)
    assert account_of(member).balance == 14
    made = earning.earn_corrected(actor=SYSTEM, source=Source("service_record", 1), minutes=60, reason="签退时间有误")
    assert [(row.book, row.amount, row.edition) for row in made] == [("hours", 60, 2), ("points", 6, 2)]
    assert (account_of(member).balance, queries.balance_of(HOURS, member.person_id)) == (8, 60)
    earning.earn_corrected(actor=SYSTEM, source=Source("service_record", 1), minutes=0, reason="没有到场")
    assert (account_of(member).balance, queries.balance_of(HOURS, member.person_id)) == (0, 0)
    assert earning.earn_corrected(actor=SYSTEM, source=Source("service_record", 9), minutes=5, reason="无") == []
    proof()


def test_who_left_earns_no_points(cast: Cast) -> None:
    ruled(HOUR)
    member = member_made(cast.places["community"], left_on=clock.today())
    assert [row.book for row in earn(member, 60)] == ["hours"]


def test_the_right_to_ask_never_lowers_certified_hours(cast: Cast) -> None:
    member = member_made(cast.places["community"], book=HOURS, consent="registration")
    given(member, 120)
    common = {"person_id": member.person_id, "day": DAY, "place_id": member.place_id}
    earning.credit_give(actor=SYSTEM, source=Source("service_order", 1), minutes=60, **common)  # type: ignore[arg-type]
    earning.credit_take(actor=SYSTEM, source=Source("service_order", 2), minutes=45, **common)  # type: ignore[arg-type]
    with pytest.raises(RuleBroken) as found:
        earning.credit_take(actor=SYSTEM, source=Source("service_order", 3), minutes=16, **common)  # type: ignore[arg-type]
    assert found.value.code == "points.short"
    assert (queries.credit_of(member.person_id), queries.balance_of(HOURS, member.person_id)) == (15, 120)
    proof()


def test_old_points_expire_first_given_first_spent(cast: Cast) -> None:
    content_apply(actor=SYSTEM, content=lambda held: {**held, "points": {"expire_months": 12}})
    member = member_made(cast.places["community"])
    given(member, 30, day=date(2025, 2, 10))
    given(member, 20, day=date(2025, 4, 10))
    given(other := member_made(cast.places["far_community"]), 5, day=date(2026, 1, 1))
    assert (points_expire(), points_expire()) == (1, 0)
    assert (account_of(member).balance, account_of(other).balance) == (20, 5)
    with clock.frozen("2026-05-01T03:00"):
        assert points_expire() == 1
    assert account_of(member).balance == 0
    proof()
    content_apply(actor=SYSTEM, content=lambda held: {**held, "points": {"expire_months": None}})
    assert points_expire() == 0


@pytest.mark.parametrize(
    ("day", "months", "until"),
    [
        (date(2026, 3, 12), 12, date(2025, 2, 28)),
        (date(2026, 1, 1), 12, date(2024, 12, 31)),
        (date(2026, 12, 31), 24, date(2024, 11, 30)),
        (date(2026, 3, 1), 13, date(2025, 1, 31)),
    ],
)
def test_points_of_a_month_expire_together(day: date, months: int, until: date) -> None:
    assert months_before(day, months) == until


def test_rules_are_named_once() -> None:
    rule = PointsRule.model_validate(HOUR)
    assert (rule.earned(59), rule.earned(600)) == (5, 60)
    with pytest.raises(ValueError, match="named twice"):
        PointsSection.model_validate({"rules": [HOUR, HOUR]})
