"""Care: what is agreed to and by whom, what may be given, what a body is asked for, and that names go in the end."""

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import Any

import pytest
from django.db import IntegrityError, transaction

from linli.accounts.events import account_closed
from linli.accounts.models import Look
from linli.accounts.testing import Cast
from linli.care import queries
from linli.care.models import CareClient, CareService
from linli.care.operations import agreeing, asking, giving
from linli.care.operations.ledgers import service_record_many, services_refused, services_remove
from linli.care.tests.cared import ELDER, GUARDIAN, HOME, agreement, asked, cared, meal, own
from linli.core.actors import SYSTEM, VISITOR
from linli.core.errors import DomainError
from linli.core.models import Entry, WorkItem

pytestmark = pytest.mark.django_db
TOMORROW = date(2026, 3, 3)


def refusal(call: Callable[[], Any]) -> str:
    """The code of what is refused."""
    with pytest.raises(DomainError) as refused:
        call()
    return refused.value.code


@pytest.mark.parametrize(
    ("group", "more", "code"),
    [
        ("elder", {"name": " "}, "care.name"),
        ("elder", {"helps": ()}, "care.helps"),
        ("elder", {"helps": ("diagnosis",)}, "care.helps"),
        ("elder", {"agreed_on": TOMORROW}, "care.day"),
        ("elder", {"means": "guess"}, "care.means"),
        ("elder", {"agreed_by": "guardian"}, "care.guardian"),
        ("child", {}, "care.guardian"),
        ("child", {"guardian": GUARDIAN}, "care.guardian"),
        ("child", {"agreed_by": "guardian"}, "care.guardian"),
        ("poor", {}, "care.group"),
    ],
)
def test_what_is_no_agreement_is_refused(cast: Cast, group: str, more: dict[str, Any], code: str) -> None:
    assert refusal(lambda: cared(cast, group=group, **more)) == code
    assert not CareClient.objects.exists()


def test_a_child_is_cared_for_with_the_word_of_its_guardian(cast: Cast) -> None:
    child = cared(cast, group="child", agreed_by="guardian", guardian=GUARDIAN, helps=("homework",))
    assert (child.guardian, child.agreed_by) == (GUARDIAN, "guardian")
    with pytest.raises(IntegrityError, match="care_client_guardian"), transaction.atomic():
        CareClient.objects.filter(pk=child.pk).update(guardian=None)


@pytest.mark.parametrize("role", ["outsider", "property_handler", "resident", "leader", "department_handler"])
def test_nobody_else_writes_down_who_is_cared_for(cast: Cast, role: str) -> None:
    assert refusal(lambda: cared(cast, actor=cast.actors[role])) == "not_found"
    client = cared(cast)
    assert (
        refusal(lambda: agreeing.client_look(actor=cast.actors[role], client_id=client.pk, reason="x")) == "not_found"
    )


def test_help_is_given_as_agreed_and_counted_by_person_and_by_time(cast: Cast) -> None:
    desk, client = cast.actors["community_worker"], cared(cast)
    for on in (date(2026, 3, 1), date(2026, 3, 2)):
        giving.service_give(actor=desk, client_id=client.pk, given=meal(on))
    assert CareService.objects.filter(state="done").count() == 2
    for more, code in (
        ({"kind": "haircut"}, "care.kind"),
        ({"mode": "moon"}, "care.mode"),
        ({"on": TOMORROW}, "care.day"),
        ({"provider": cast.bodies["property_company"].pk}, "care.provider"),
    ):
        wanted = meal(**more)
        assert refusal(partial(giving.service_give, actor=desk, client_id=client.pk, given=wanted)) == code
    agreeing.client_agree(actor=desk, client_id=client.pk, agreement=agreement(helps=("haircut",)))
    assert refusal(lambda: giving.service_give(actor=desk, client_id=client.pk, given=meal())) == "care.kind"


def test_a_body_gives_what_it_was_asked_for_once(cast: Cast) -> None:
    client = cared(cast)
    row = asked(cast, client)
    item = WorkItem.objects.get(kind="care.asked", ended=None)
    assert item.organization_id == cast.bodies["department"].pk
    for role, code in (("other_handler", "not_found"), ("outsider", "not_found"), ("leader", "care.not_yours")):
        actor = cast.actors[role]
        assert refusal(partial(giving.service_answer, actor=actor, service_id=row.pk, given=True)) == code
    department = cast.actors["department_handler"]
    assert giving.service_look(actor=department, service_id=row.pk).name == ELDER
    giving.service_answer(actor=department, service_id=row.pk, given=True)
    assert refusal(lambda: giving.service_look(actor=department, service_id=row.pk)) == "care_service.state"
    again = refusal(lambda: giving.service_answer(actor=department, service_id=row.pk, given=True))
    assert again == "care_service.state"
    assert not WorkItem.objects.filter(kind="care.asked", ended=None).exists()
    later = giving.service_ask(
        actor=cast.actors["community_worker"],
        client_id=client.pk,
        wanted=meal(TOMORROW, cast.bodies["department"].pk),
    )
    assert refusal(lambda: giving.service_answer(actor=department, service_id=later.pk, given=True)) == "care.early"
    assert refusal(lambda: giving.service_answer(actor=department, service_id=later.pk, given=False)) == "care.reason"
    giving.service_answer(actor=department, service_id=later.pk, given=False, reason="人手不够")
    assert CareService.objects.get(pk=later.pk).state == "cancelled"


@pytest.mark.parametrize(
    ("on", "own", "code"),
    [(date(2026, 3, 1), True, "care.day"), (date(2026, 6, 1), True, "care.day"), (TOMORROW, False, "care.provider")],
)
def test_help_is_asked_for_a_day_to_come_of_a_body(cast: Cast, on: date, own: bool, code: str) -> None:
    client = cared(cast)
    wanted = meal(on, cast.bodies["department"].pk if own else None)
    desk = cast.actors["community_worker"]
    assert refusal(lambda: giving.service_ask(actor=desk, client_id=client.pk, wanted=wanted)) == code


def test_who_it_is_is_shown_once_and_goes_in_the_end(cast: Cast) -> None:
    desk, client = cast.actors["community_worker"], cared(cast)
    row = asked(cast, client)
    assert refusal(lambda: agreeing.client_look(actor=desk, client_id=client.pk, reason="")) == "look.reason_missing"
    assert agreeing.client_look(actor=desk, client_id=client.pk, reason="送餐").name == ELDER
    assert Look.objects.get().reason == "送餐"
    assert not Entry.objects.filter(facts__icontains=ELDER).exists()
    assert refusal(lambda: agreeing.client_end(actor=desk, client_id=client.pk, reason="")) == "care.reason"
    ended = agreeing.client_end(actor=desk, client_id=client.pk, reason="本人不再需要")
    assert (ended.name, ended.guardian, ended.state) == (None, None, "ended")
    assert CareService.objects.get(pk=row.pk).state == "cancelled"
    assert not WorkItem.objects.filter(kind="care.asked", ended=None).exists()
    assert refusal(lambda: agreeing.client_end(actor=desk, client_id=client.pk, reason="x")) == "care_client.state"
    assert refusal(lambda: giving.service_give(actor=desk, client_id=client.pk, given=meal())) == "care.not_agreed"


def test_who_comes_from_a_ledger_is_known_by_number_until_they_agree(cast: Cast) -> None:
    common = {"place": cast.places["community"].pk, "kind": "meals", "mode": "home", "state": "done"}
    rows = [
        {**common, "number": "F2", "client": "E1", "on": date(2025, 2, 2)},
        {**common, "number": "F1", "client": "E1", "on": date(2025, 1, 1)},
        {**common, "number": "F3", "client": "E2", "on": date(2025, 3, 3), "state": "cancelled"},
    ]
    assert services_refused(rows=[*rows, {**rows[0], "place": None}]) == {3: "care_service.no_place"}
    ids = service_record_many(actor=SYSTEM, rows=rows)
    first = CareClient.objects.get(number="E1")
    assert (first.state, first.since, first.name, first.services.count()) == ("known", date(2025, 1, 1), None, 2)
    service_record_many(actor=SYSTEM, rows=[{**rows[0], "id": ids[0], "mode": "centre"}])
    assert CareService.objects.get(pk=ids[0]).mode == "centre"
    desk = cast.actors["community_worker"]
    assert refusal(lambda: giving.service_give(actor=desk, client_id=first.pk, given=meal())) == "care.not_agreed"
    agreeing.client_agree(actor=desk, client_id=first.pk, agreement=agreement())
    giving.service_give(actor=desk, client_id=first.pk, given=meal())
    services_remove(actor=SYSTEM, ids=ids)
    assert [client.number for client in CareClient.objects.all()] == ["E1"]


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"contact": " "}, "care.contact"),
        ({"means": "paper"}, "care.contact"),
        ({"helps": ()}, "care.helps"),
        ({"group": "child"}, "care.guardian"),
        ({"where": "compound"}, "not_found"),
    ],
)
def test_what_is_no_wish_is_refused(cast: Cast, more: dict[str, Any], code: str) -> None:
    assert refusal(lambda: own(cast, **more)) == code
    assert not CareClient.objects.exists()


def test_who_asks_by_account_is_reached_sees_it_and_goes(cast: Cast) -> None:
    desk, resident = cast.actors["community_worker"], cast.actors["resident"]
    client = own(cast)
    item = WorkItem.objects.get(kind="care.wanted", ended=None)
    assert (item.subject_id, item.post_id) == (client.pk, cast.posts["community_worker"].pk)
    assert agreeing.client_look(actor=desk, client_id=client.pk, reason="上门").contact == HOME
    assert not Entry.objects.filter(actor=resident.key, subject_type="care_client").exists()
    assert not Entry.objects.filter(facts__icontains=HOME).exists()
    giving.service_give(actor=desk, client_id=client.pk, given=meal())
    assert not WorkItem.objects.filter(kind="care.wanted", ended=None).exists()
    assert [[kind for _row, kind in item.services] for item in queries.own(resident)] == [["助餐"]]
    other = cast.actors["grid_worker"]
    assert queries.own(other) == []
    changed = agreement(helps=("haircut",), means="account", contact=HOME)
    for actor in (other, desk, VISITOR):
        assert refusal(partial(asking.own_agree, actor=actor, client_id=client.pk, agreement=changed)) == "not_found"
        assert refusal(partial(asking.own_end, actor=actor, client_id=client.pk)) == "not_found"
    assert asking.own_agree(actor=resident, client_id=client.pk, agreement=changed).helps == ["haircut"]
    row = asking.own_end(actor=resident, client_id=client.pk)
    assert (row.name, row.contact, row.user_id, row.state) == (None, None, None, "ended")
    assert refusal(lambda: asking.own_end(actor=resident, client_id=client.pk)) == "not_found"
    with pytest.raises(IntegrityError, match="care_client_nameless"), transaction.atomic():
        CareClient.objects.filter(pk=client.pk).update(user_id=resident.user_id)


def test_what_an_account_asked_for_ends_with_it(cast: Cast) -> None:
    client, resident = own(cast), cast.actors["resident"]
    account_closed.send(None, user_id=resident.user_id)
    client.refresh_from_db()
    assert (client.state, client.name, client.user_id) == ("ended", None, None)
    assert not WorkItem.objects.filter(kind="care.wanted", ended=None).exists()


def test_nobody_asks_for_a_whole_village(cast: Cast) -> None:
    for _number in range(asking.MOST):
        own(cast)
    assert refusal(lambda: own(cast)) == "care.most"
