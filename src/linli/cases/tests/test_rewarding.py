"""What a report earns: the first who reports something wrong at a place, once it was verified and closed as solved."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from linli.accounts.models import User
from linli.cases.models import Case
from linli.cases.operations.dispatching import case_dispatch, case_take
from linli.cases.operations.finishing import (
    case_close,
    case_close_unconfirmed,
    case_finish,
    case_reopen,
    case_verify,
)
from linli.cases.operations.intake import Report, case_report
from linli.cases.operations.merging import case_merge
from linli.cases.operations.screening import case_accept
from linli.cases.tests.town import Town, build
from linli.core import clock
from linli.core.actors import Actor
from linli.points.models import Transfer
from linli.points.tests.ledger import account_of, member_made

pytestmark = pytest.mark.django_db

RULE = {"code": "report", "kind": "report", "label": "反映公共问题", "label_en": "report", "amount": 2, "cap_month": 3}


def joined(town: Town, name: str) -> tuple[Actor, Any]:
    """Somebody with an account who joined the points of the community."""
    member = member_made(town.community, name=name)
    user = User.objects.create(username=name, person=member.person, joined=clock.now())
    return Actor(key=f"user:{user.pk}", label=name, user_id=user.pk, person_id=member.person_id), member


def reported(town: Town, actor: Actor, **fields: Any) -> int:
    report = Report(text="楼道灯坏了三天没人修", place_id=town.compound.pk, category="lighting", **fields)
    return case_report(actor=actor, report=report).case_id


def solved(town: Town, pk: int, outcome: str = "resolved", verified: bool = True) -> None:
    """Bring a matter to its end."""
    case_accept(actor=town.desk, case_id=pk)
    case_dispatch(actor=town.desk, case_id=pk, lead_id=town.power.pk)
    case_take(actor=town.electrician, case_id=pk)
    case_finish(actor=town.electrician, case_id=pk, result=f"已更换灯泡{pk}", outcome=outcome)
    if verified:
        case_verify(actor=town.desk, case_id=pk)
        case_close(actor=town.desk, case_id=pk)
    else:
        Case.objects.filter(pk=pk).update(done=clock.now() - timedelta(days=30), sampled=False)
        case_close_unconfirmed(actor=town.desk, case_id=pk)


@pytest.mark.parametrize(
    ("first_only", "earned"),
    [(True, [2, 0]), (False, [2, 2])],
)
def test_of_several_the_first_earns(first_only: bool, earned: list[int]) -> None:
    town = build({"points": {"rules": [{**RULE, "first_only": first_only}]}})
    (wang, hers), (li, his) = joined(town, "王早"), joined(town, "李晚")
    main, again = reported(town, wang), reported(town, li)
    case_merge(actor=town.desk, case_id=again, into_id=main)
    assert [account_of(row).balance for row in (hers, his)] == [0, 0]
    solved(town, main)
    assert [account_of(row).balance for row in (hers, his)] == earned
    assert {row.source_type for row in Transfer.objects.all()} == {"reporter"}


def test_a_matter_earns_once_and_no_more_than_the_bound_of_a_month() -> None:
    town = build({"points": {"rules": [RULE]}})
    wang, member = joined(town, "王早")
    pk = reported(town, wang)
    solved(town, pk)
    case_reopen(actor=town.officer, case_id=pk, reason="又坏了")
    assert Case.objects.get(pk=pk).state == "accepted"
    case_dispatch(actor=town.desk, case_id=pk, lead_id=town.power.pk)
    case_take(actor=town.electrician, case_id=pk)
    case_finish(actor=town.electrician, case_id=pk, result="已更换整条线路")
    case_verify(actor=town.desk, case_id=pk)
    case_close(actor=town.desk, case_id=pk)
    assert account_of(member).balance == 2
    solved(town, reported(town, wang))
    solved(town, reported(town, wang))
    assert account_of(member).balance == 3


@pytest.mark.parametrize(
    ("about", "end"),
    [
        ({"kind": "complaint"}, {}),
        ({"kind": "dispute"}, {}),
        ({"kind": "help_request"}, {}),
        ({"hidden": True}, {}),
        ({}, {"outcome": "unresolved"}),
        ({}, {"verified": False}),
    ],
)
def test_nothing_is_earned_otherwise(about: dict[str, Any], end: dict[str, Any]) -> None:
    town = build({"points": {"rules": [RULE]}})
    wang, member = joined(town, "王早")
    pk = reported(town, wang, **about)
    solved(town, pk, **end)
    assert Case.objects.get(pk=pk).state == "closed"
    assert account_of(member).balance == 0


def test_who_has_not_joined_or_closes_it_earns_nothing() -> None:
    town = build({"points": {"rules": [RULE]}})
    solved(town, reported(town, town.resident))
    wang, member = joined(town, "王早")
    pk = reported(town, wang)
    town = replace(town, desk=replace(town.desk, person_id=wang.person_id))
    solved(town, pk)
    assert (account_of(member).balance, Transfer.objects.count()) == (0, 0)
