"""Orders as operations: their life, each refusal, who may, what is owed, and what nobody may read anywhere."""

from collections.abc import Callable
from functools import partial
from typing import Any

import pytest
from django.db import connection

from linli.accounts.models import Look
from linli.accounts.testing import Cast
from linli.activities.models import ServiceRecord
from linli.cases.models import Case
from linli.core import clock
from linli.core.actors import SYSTEM, VISITOR
from linli.core.errors import DomainError
from linli.core.models import Entry, WorkItem
from linli.members.tests.registered import member_of
from linli.orders.models import ServiceMenuItem, ServiceOrder
from linli.orders.operations import asking, dispatching, finishing, looking, menu
from linli.orders.operations.due import calls_check
from linli.orders.policies import orders_visible_to
from linli.orders.queries.orders import own_page, steps_of
from linli.orders.queries.units import unit_totals
from linli.orders.sections import section
from linli.orders.tests import ordered
from linli.orders.tests.ordered import ADDRESS, DAY, FIVE, FOUR, NAME, PHONE
from linli.orders.workflow import ORDER
from linli.organizations.models import Post
from linli.records.operations.profiles import content_apply

pytestmark = pytest.mark.django_db


def code_of(operation: Callable[..., Any], **values: Any) -> str:
    """The code with which an operation refuses; empty where it does not."""
    try:
        operation(**values)
    except DomainError as error:
        return error.code
    return ""


def owed(row: ServiceOrder) -> list[str]:
    items = WorkItem.objects.filter(subject_type="order", subject_id=row.pk, ended=None)
    return sorted(items.values_list("kind", flat=True))


def test_the_life_of_an_order_is_this_and_no_other() -> None:
    state, seen = "asked", ["asked"]
    for verb in ("supply", "dispatch", "accept", "finish", "rate"):
        state = ORDER.step(state, verb)
        seen.append(state)
    assert seen == list(ORDER.line)
    off = {"calling", "called", "declined", "not_done", "cancelled"}
    assert {code for code, _label in ORDER.choices} - set(seen) == off
    # What is done is rated once; only an order that waits for its rating can be opened again.
    assert {move.verb: set(move.frm) for move in ORDER.moves if move.verb in ("rate", "rate_low", "reopen")} == {
        "rate": {"done"},
        "rate_low": {"done"},
        "reopen": {"done", "calling"},
    }


def test_from_asking_to_the_rating(cast: Cast) -> None:
    row = ordered.asked(cast)
    assert (row.state, row.steps, owed(row)) == ("asked", ["ask", "dispatch", "accept", "rate"], ["order.dispatch"])
    someone, actor = ordered.volunteer(cast)
    row = dispatching.order_dispatch(actor=SYSTEM, order_id=row.pk, people={someone.person_id: "volunteer"})
    assert (row.state, owed(row)) == ("dispatched", ["order.answer"])
    offer = row.offers.get()
    row = dispatching.order_accept(actor=actor, offer_id=offer.pk)
    assert (row.state, row.taken_as, owed(row)) == ("accepted", "volunteer", ["order.do"])
    row = finishing.order_finish(actor=actor, offer_id=offer.pk, minutes=90)
    assert (row.state, row.minutes, row.confirmed_on, owed(row)) == ("done", 90, None, ["order.confirm"])
    row = finishing.order_rate(actor=cast.resident, order_id=row.pk, rating="5", words="很快就修好了")
    # Who rates well also confirms the time.
    assert (row.state, row.rating, row.confirmed_on, owed(row)) == ("rated", "5", clock.today(), [])
    assert code_of(finishing.order_rate, actor=cast.resident, order_id=row.pk, rating="5") == "order.state"
    verbs = [step.verb for step in row.passed.order_by("pk")]
    assert verbs == ["ask", "dispatch", "accept", "finish", "rate"]


def test_the_way_of_five_orders_is_supplied_then_dispatched_by_the_party_organisation_to_members(cast: Cast) -> None:
    content_apply(actor=SYSTEM, content=lambda held: {**held, "orders": {"ways": [FOUR, FIVE]}})
    row = ordered.written_down(cast)
    assert (row.way, len(row.steps), owed(row)) == ("five", 5, ["order.supply"])
    member, actor = ordered.volunteer(cast)
    people = {member.person_id: "member"}
    offer = partial(dispatching.order_dispatch, order_id=row.pk, people=people)
    assert code_of(offer, actor=cast.secretary) == "order.supply_first"
    row = dispatching.order_supply(actor=cast.community_worker, order_id=row.pk, supply="党员维修队")
    assert (row.state, owed(row)) == ("supplied", ["order.dispatch"])
    held = WorkItem.objects.get(subject_type="order", subject_id=row.pk, ended=None)
    assert Post.objects.get(pk=held.post_id or 0).kind == "community_secretary"
    assert code_of(offer, actor=cast.community_worker) == "order.not_dispatcher"
    assert code_of(offer, actor=cast.secretary) == "order.person"
    member_of(member.person, cast.places["community"])
    row = offer(actor=cast.secretary)
    row = dispatching.order_accept(actor=actor, offer_id=row.offers.get().pk)
    assert row.taken_as == "member"
    # Handed on, it keeps its supply and waits for the dispatcher.
    row = dispatching.order_hand_on(actor=actor, offer_id=row.offers.get().pk)
    assert (row.state, row.taken_as) == ("supplied", "")
    assert [step.place for step in steps_of(row, section().way("five"))] == ["past", "past", "now", "ahead", "ahead"]
    online = ordered.asked(cast)
    assert (online.way, len(online.steps)) == ("four", 4)
    assert code_of(dispatching.order_supply, actor=SYSTEM, order_id=online.pk, supply="有") == "order.no_supply"


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"text": " "}, "order.text"),
        ({"category": "nothing"}, "order.category"),
        ({"phone": ""}, "order.phone"),
        ({"phone": "12x"}, "order.phone"),
        ({"item_id": 987654321}, "order.item"),
        ({"wanted_time": "midnight"}, "order.day"),
        ({"suits": "长" * 121}, "order.too_long"),
    ],
)
def test_what_is_not_taken_in(cast: Cast, change: dict[str, Any], code: str) -> None:
    assert code_of(asking.order_ask, actor=cast.resident, wish=ordered.wish(cast, **change)) == code
    assert not ServiceOrder.objects.exists()


def test_who_orders(cast: Cast) -> None:
    given = ordered.wish(cast)
    assert code_of(asking.order_ask, actor=VISITOR, wish=given) == "order.sign_in"
    assert code_of(asking.order_ask, actor=cast.resident, wish=ordered.wish(cast, "county")) == "order.place"
    late = ordered.wish(cast, wanted_on=clock.today() - DAY)
    assert code_of(asking.order_ask, actor=cast.resident, wish=late) == "order.day"
    behalf = ordered.wish(cast, door="phone")
    assert code_of(asking.order_write_down, actor=cast.outsider, wish=behalf) == "order.not_yours"
    assert code_of(asking.order_write_down, actor=cast.resident, wish=behalf) == "order.not_yours"
    assert code_of(asking.order_write_down, actor=cast.community_worker, wish=given) == "order.door"
    nameless = ordered.wish(cast, door="phone", name="")
    assert code_of(asking.order_write_down, actor=cast.community_worker, wish=nameless) == "order.name"
    row = asking.order_write_down(actor=cast.community_worker, wish=behalf)
    assert (row.asker_user, row.door) == (None, "phone")
    for _number in range(asking.MOST_OPEN):
        ordered.asked(cast)
    assert code_of(asking.order_ask, actor=cast.resident, wish=given) == "order.too_many"


def test_capacity_is_counted_by_day_or_week_and_freed_by_a_cancelled_order(cast: Cast) -> None:
    item = ordered.on_menu(cast, capacity=1, per="day")
    first = ordered.asked(cast, item_id=item.pk)
    assert (first.category, first.wanted_on) == ("repairs", clock.today())
    again = partial(asking.order_ask, actor=cast.resident)
    assert code_of(again, wish=ordered.wish(cast, item_id=item.pk)) == "order.full"
    tomorrow = ordered.wish(cast, item_id=item.pk, wanted_on=clock.today() + DAY)
    assert code_of(again, wish=tomorrow) == ""
    finishing.order_cancel(actor=cast.resident, order_id=first.pk)
    assert code_of(again, wish=ordered.wish(cast, item_id=item.pk)) == ""
    weekly = ordered.on_menu(cast, label="理发", category="haircut", capacity=1)
    ordered.asked(cast, item_id=weekly.pk)
    monday = clock.today() + DAY * (7 - clock.today().weekday())
    assert code_of(again, wish=ordered.wish(cast, item_id=weekly.pk)) == "order.full"
    assert code_of(again, wish=ordered.wish(cast, item_id=weekly.pk, wanted_on=monday)) == ""
    menu.item_withdraw(actor=SYSTEM, item_id=weekly.pk)
    assert code_of(again, wish=ordered.wish(cast, item_id=weekly.pk, wanted_on=monday)) == "order.item"
    assert code_of(again, wish=ordered.wish(cast, "far_compound", item_id=item.pk)) == "order.item"


def test_a_menu_is_kept_by_its_desk(cast: Cast) -> None:
    draft = partial(menu.item_draft, actor=cast.community_worker)
    assert code_of(menu.item_draft, actor=cast.outsider, dish=ordered.dish(cast)) == "not_found"
    assert code_of(draft, dish=ordered.dish(cast, category="nothing")) == "menu.category"
    assert code_of(draft, dish=ordered.dish(cast, capacity=-1)) == "menu.capacity"
    assert code_of(draft, dish=ordered.dish(cast, since=clock.today(), until=clock.today() - DAY)) == "menu.days"
    assert code_of(draft, dish=ordered.dish(cast, label=" ")) == "menu.label"
    far = cast.bodies["far_office"].pk
    assert code_of(draft, dish=ordered.dish(cast, organization_id=far)) == "menu.provider"
    row = draft(dish=ordered.dish(cast, organization_id=cast.bodies["community_office"].pk))
    assert code_of(draft, dish=ordered.dish(cast)) == "menu.twice"
    assert code_of(menu.item_withdraw, actor=SYSTEM, item_id=row.pk) == "menu.state"
    menu.item_publish(actor=cast.community_worker, item_id=row.pk)
    change = partial(menu.item_change, actor=cast.community_worker, item_id=row.pk)
    assert code_of(change, dish=ordered.dish(cast, minutes=30), version=1) == "menu.stale"
    changed = change(dish=ordered.dish(cast, minutes=30), version=2)
    assert (changed.minutes, changed.state, ServiceMenuItem.objects.count()) == (30, "published", 1)


def test_nobody_is_made_to_accept(cast: Cast) -> None:
    row, offer, actor = ordered.offered(cast)
    other, second = ordered.volunteer(cast, name="邢岫烟")
    row = dispatching.order_dispatch(actor=SYSTEM, order_id=row.pk, people={other.person_id: "volunteer"})
    assert code_of(dispatching.order_accept, actor=cast.resident, offer_id=offer.pk) == "not_found"
    due = row.due
    row = dispatching.order_decline(actor=actor, offer_id=offer.pk)
    # The other may still accept, until the same moment.
    assert (row.state, row.due) == ("dispatched", due)
    asked_again = partial(dispatching.order_dispatch, actor=SYSTEM, order_id=row.pk)
    assert code_of(asked_again, people={offer.person_id: "volunteer"}) == "order.person"
    assert code_of(asked_again, people={}) == "order.nobody"
    assert code_of(dispatching.order_decline, actor=actor, offer_id=offer.pk) == "order.taken"
    row = dispatching.order_decline(actor=second, offer_id=row.offers.get(person=other.person).pk)
    assert (row.state, row.dispatched_on, owed(row)) == ("asked", None, ["order.dispatch"])
    assert not {"reason", "count"} & {field.name for field in type(offer)._meta.get_fields()}


def test_handed_on_and_taken_back_it_is_dispatched_anew(cast: Cast) -> None:
    row, offer, actor = ordered.accepted(cast)
    row = dispatching.order_hand_on(actor=actor, offer_id=offer.pk)
    assert (row.state, owed(row)) == ("asked", ["order.dispatch"])
    assert code_of(dispatching.order_hand_on, actor=actor, offer_id=offer.pk) == "order.not_taken"
    assert code_of(finishing.order_finish, actor=actor, offer_id=offer.pk, minutes=5) == "order.not_taken"
    # Who handed it on may be asked again.
    people = {offer.person_id: "volunteer"}
    row = dispatching.order_dispatch(actor=SYSTEM, order_id=row.pk, people=people)
    assert row.offers.filter(answer="open").count() == 1
    assert code_of(dispatching.order_take_back, actor=cast.outsider, order_id=row.pk) == "not_found"
    row = dispatching.order_take_back(actor=cast.community_worker, order_id=row.pk)
    assert (row.state, row.offers.filter(answer="lapsed").count()) == ("asked", 1)


def test_only_who_asked_rates_and_a_low_rating_is_called_back(cast: Cast) -> None:
    row, taker = ordered.finished(cast)
    rate = partial(finishing.order_rate, order_id=row.pk)
    assert code_of(rate, actor=cast.community_worker, rating="5") == "not_found"
    assert code_of(rate, actor=taker, rating="5") == "not_found"
    assert code_of(rate, actor=cast.resident, rating="6") == "order.rating"
    row = rate(actor=cast.resident, rating="1", words="来得太晚")
    assert (row.state, row.confirmed_on, owed(row)) == ("calling", None, ["order.call", "order.confirm"])
    call = partial(finishing.order_call, order_id=row.pk)
    assert code_of(call, actor=cast.outsider, call="fine") == "not_found"
    assert code_of(call, actor=cast.community_worker, call="well") == "order.call"
    row = call(actor=cast.community_worker, call="not_fine", note="改约周末")
    # A call rates nothing.
    assert (row.state, row.rating, owed(row)) == ("called", "1", ["order.confirm"])
    facts = "".join(str(entry.facts) for entry in Entry.objects.filter(subject_type="order"))
    assert "来得太晚" not in facts


def test_who_does_not_rate_is_called_back(cast: Cast) -> None:
    with clock.frozen("2026-03-02T10:00") as held:
        row, _taker = ordered.finished(cast)
        assert calls_check() == 0
        held.move(DAY * 20)
        assert (calls_check(), calls_check()) == (1, 0)
        assert "order.call" in owed(row)
        row = finishing.order_call(actor=cast.community_worker, order_id=row.pk, call="not_reached")
        assert (row.state, owed(row)) == ("called", ["order.confirm"])


def test_the_time_is_confirmed_by_somebody_else_once(cast: Cast) -> None:
    row, taker = ordered.finished(cast)
    confirm = partial(finishing.order_confirm, order_id=row.pk)
    assert code_of(confirm, actor=cast.outsider, minutes=60) == "not_found"
    assert code_of(confirm, actor=taker, minutes=60) == "not_found"
    assert code_of(confirm, actor=cast.community_worker, minutes=0) == "order.minutes"
    row = confirm(actor=cast.community_worker, minutes=60)
    assert (row.minutes, row.confirmed_on, owed(row)) == (60, clock.today(), [])
    record = ServiceRecord.objects.get(pk=row.service_record_id or 0)
    told = (record.state, record.minutes, record.source_type, record.person_id, record.name)
    assert told == ("attested", 60, "order", row.offers.get().person_id, "水电维修")
    assert code_of(confirm, actor=cast.community_worker, minutes=60) == "order.confirmed"


def test_who_did_it_neither_confirms_nor_calls(cast: Cast) -> None:
    row, _actor = ordered.finished(cast)
    row.offers.update(person=cast.community_worker.person_id)
    worker = cast.community_worker
    assert code_of(finishing.order_confirm, actor=worker, order_id=row.pk, minutes=60) == "order.own_work"
    assert code_of(finishing.order_call, actor=worker, order_id=row.pk, call="fine") == "order.own_work"


def test_what_is_not_done_is_opened_again(cast: Cast) -> None:
    row, taker = ordered.finished(cast)
    finishing.order_confirm(actor=cast.community_worker, order_id=row.pk, minutes=90)
    assert code_of(finishing.order_reopen, actor=taker, order_id=row.pk) == "not_found"
    row = finishing.order_reopen(actor=cast.resident, order_id=row.pk)
    assert (row.state, row.reopened, row.minutes, row.done_on, owed(row)) == (
        "asked",
        1,
        None,
        None,
        ["order.dispatch"],
    )
    people = {row.offers.get().person_id: "volunteer"}
    row = dispatching.order_dispatch(actor=SYSTEM, order_id=row.pk, people=people)
    offer = row.offers.get(answer="open")
    dispatching.order_accept(actor=taker, offer_id=offer.pk)
    row = finishing.order_finish(actor=taker, offer_id=offer.pk, minutes=30)
    row = finishing.order_confirm(actor=cast.community_worker, order_id=row.pk, minutes=30)
    assert (row.state, row.minutes) == ("done", 30)
    # What was served before stays attested, what was served anew is another record.
    assert sorted(ServiceRecord.objects.values_list("minutes", flat=True)) == [30, 90]


def test_what_cannot_be_done_says_why_or_becomes_a_matter(cast: Cast) -> None:
    row = ordered.asked(cast)
    refuse = partial(finishing.order_refuse, actor=cast.community_worker, order_id=row.pk)
    assert code_of(refuse, reason=" ") == "order.reason"
    row = refuse(reason="要由供水公司来做", as_case=True)
    case = Case.objects.get(pk=row.case_id or 0)
    assert (row.state, case.text, owed(row)) == ("declined", ordered.TEXT, [])
    taken, _offer, _actor = ordered.accepted(cast)
    failed = finishing.order_fail(actor=cast.community_worker, order_id=taken.pk, reason="零件买不到")
    assert (failed.state, failed.case_id) == ("not_done", None)
    assert code_of(refuse, reason="再") == "order.state"
    other = ordered.asked(cast)
    cancel = finishing.order_cancel_for
    assert code_of(cancel, actor=cast.outsider, order_id=other.pk, reason="不用了") == "not_found"
    assert code_of(finishing.order_cancel, actor=cast.community_worker, order_id=other.pk) == "not_found"
    assert cancel(actor=cast.community_worker, order_id=other.pk, reason="不用了").state == "cancelled"


def test_who_asked_is_ciphertext_and_shown_to_the_taker_only_while_it_is_open(cast: Cast) -> None:
    row, offer, actor = ordered.offered(cast)
    with connection.cursor() as cursor:
        cursor.execute("SELECT asker_name, phone, address FROM orders_serviceorder WHERE id = %s", [row.pk])
        stored = [bytes(value) for value in cursor.fetchone()]
    assert not any(value.encode() in raw for value in (NAME, PHONE, ADDRESS) for raw in stored)
    see = partial(looking.contact_for_taker, actor=actor, offer_id=offer.pk)
    assert code_of(see) == "order.contact_hidden"
    dispatching.order_accept(actor=actor, offer_id=offer.pk)
    assert see() == looking.Contact(NAME, PHONE, ADDRESS)
    finishing.order_finish(actor=actor, offer_id=offer.pk, minutes=30)
    assert code_of(see) == "order.contact_hidden"
    unmask = partial(looking.contact_unmask, actor=cast.community_worker, order_id=row.pk)
    assert code_of(unmask, reason=" ") == "look.reason_missing"
    assert unmask(reason="回访").phone == PHONE
    assert Look.objects.filter(subject_type="service_order", subject_id=row.pk).count() == 2
    said = "".join(f"{entry.facts}" for entry in Entry.objects.filter(subject_type="order"))
    titles = "".join(WorkItem.objects.filter(subject_type="order").values_list("title", flat=True))
    assert [word in said + titles for word in (NAME, PHONE, ADDRESS)] == [False] * 3


@pytest.mark.parametrize(
    ("role", "sees"),
    [("community_worker", True), ("secretary", True), ("street_officer", True), ("outsider", False)]
    + [(role, False) for role in ("resident", "leader", "auditor", "grid_worker", "department_handler")],
)
def test_who_sees_orders(cast: Cast, role: str, sees: bool) -> None:
    row = ordered.asked(cast)
    assert ServiceOrder.objects.filter(orders_visible_to(cast.actors[role]), pk=row.pk).exists() is sees


def test_who_asked_reads_who_has_it_now(cast: Cast) -> None:
    row = ordered.asked(cast)
    assert own_page(cast.resident, row.pk).line.holder == cast.places["community"].name
    assert code_of(own_page, actor=cast.community_worker, pk=row.pk) == "not_found"


def test_a_unit_sees_totals_only_and_none_of_a_few(cast: Cast) -> None:
    handler = cast.department_handler
    row, _actor = ordered.finished(cast)
    row.offers.update(person=handler.person_id)
    today = clock.today()
    (few,) = unit_totals(handler, today, today)
    assert (few.place, few.orders) == (cast.places["community"].name, None)
    for _number in range(2):
        other, _actor = ordered.finished(cast)
        someone = other.offers.get().person
        Post.objects.create(
            person=someone,
            kind="department_handler",
            place=cast.places["county"],
            organization=cast.bodies["department"],
            confirmed=True,
        )
    (total,) = unit_totals(handler, today, today)
    assert (total.orders, total.minutes) == (3, 0)
    assert unit_totals(cast.other_handler, today, today) == []
