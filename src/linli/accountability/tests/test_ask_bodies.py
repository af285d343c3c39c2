"""Asks of bodies: departments, units and companies answer for themselves, from records that name them."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from linli.accountability.models import Ask, AskAnswer
from linli.accountability.operations.ask_answers import Changes, answer_give, answer_save
from linli.accountability.operations.asks import Sketch, ask_approve, ask_propose, ask_send
from linli.accountability.queries import ask_answers as answering
from linli.accountability.queries import asks as queries
from linli.accountability.tests import test_asks
from linli.accountability.tests.test_asks import MONDAY, on, paper, slots
from linli.accounts.testing import Cast
from linli.cases.models import Case
from linli.cases.operations.intake import Report, case_report
from linli.core import clock
from linli.core.actors import VISITOR
from linli.core.errors import DomainError
from linli.core.models import WorkItem
from linli.messaging.models import Message
from linli.records.figures import compute
from linli.records.tests.test_import_pages import signed_in

pytestmark = pytest.mark.django_db
monday, sketch = test_asks.monday, test_asks.sketch
FORM: list[list[Any]] = [
    ["情况表"],
    *([label, None] for label in ("单位名称", "受理诉求数", "办结率", "小区数", "培训场次")),
]


def codes(refused: pytest.ExceptionInfo[DomainError]) -> str:
    return refused.value.code


@pytest.fixture
def asked(cast: Cast, sketch: Sketch) -> Sketch:
    """What the department asks of a community and of the property company."""
    bodies = (cast.bodies["property_company"].pk,)
    return replace(sketch, paper=paper(FORM), place_ids=sketch.place_ids[:1], body_ids=bodies)


def sent(cast: Cast, asked: Sketch) -> AskAnswer:
    """The answer that the company owes."""
    ask = ask_propose(actor=cast.department_handler, sketch=asked)
    ask_approve(actor=cast.leader, ask_id=ask.pk)
    ask_send(actor=cast.department_handler, ask_id=ask.pk, due=asked.due)
    return company(ask)


def company(ask: Ask) -> AskAnswer:
    rows = AskAnswer.objects.select_related("ask", "place", "organization").order_by("-sent")
    found = rows.filter(ask=ask).exclude(organization=None).first()
    assert found is not None
    return found


def test_a_company_owes_answers_and_is_read_by_the_asker_only(cast: Cast, asked: Sketch) -> None:
    answer = sent(cast, asked)
    body = cast.bodies["property_company"]
    assert (answer.organization, answer.place, answer.answerer) == (body, body.place, "幸福物业")
    item = WorkItem.objects.get(kind="ask.answer", subject_id=answer.pk)
    assert (item.organization_id, item.post_id, item.due) == (body.pk, None, answer.due)
    handler = cast.property_handler
    assert [row.pk for row in queries.owed(handler)] == [answer.pk]
    assert answer.pk not in [row.pk for row in queries.owed(cast.community_worker)]
    told = Message.objects.filter(kind="ask.sent", user=cast.users["property_handler"])
    assert told.count() == 1
    for actor in (cast.community_worker, cast.department_handler, cast.leader):
        with pytest.raises(DomainError) as refused:
            answer_give(actor=actor, answer_id=answer.pk, version=1)
        assert codes(refused) == "ask.not_yours"
        with pytest.raises(DomainError) as refused:
            answering.layout_of(actor, answering.answer_of(actor, answer.pk))
        assert codes(refused) == "ask.sealed"
    with pytest.raises(DomainError) as refused:
        answering.answer_of(cast.other_handler, answer.pk)
    assert codes(refused) == "not_found"
    answer_give(actor=handler, answer_id=answer.pk, version=1)
    item.refresh_from_db()
    assert item.ended is not None
    read = answering.layout_of(cast.department_handler, answering.answer_of(cast.department_handler, answer.pk))
    assert slots(read)["s0!1,1"].text == "幸福物业"
    with pytest.raises(DomainError) as refused:
        answering.layout_of(cast.community_worker, answering.answer_of(cast.community_worker, answer.pk))
    assert codes(refused) == "ask.sealed"
    assert queries.owed(handler) == []


def test_a_form_is_filled_from_what_names_the_body_and_open_elsewhere(cast: Cast, asked: Sketch) -> None:
    elsewhere = cast.places["far_community"].pk
    for number, place_id in enumerate((cast.places["community"].pk, cast.places["community"].pk, elsewhere)):
        case_report(actor=VISITOR, report=Report(text=f"路灯坏了{number}", place_id=place_id))
    first, second, third = Case.objects.order_by("pk")
    Case.objects.filter(pk__in=(first.pk, third.pk)).update(lead=cast.bodies["property_company"])
    Case.objects.filter(pk=second.pk).update(lead=cast.bodies["department"], outcome="resolved")
    answer = sent(cast, replace(asked, period="once"))
    _paper, layout, _book = answering.now(cast.property_handler, answer)
    told = {slot.label: (slot.state.value, slot.text) for slot in layout.slots if slot.label != "情况表"}
    assert told == {
        "单位名称": ("sure", "幸福物业"),
        "受理诉求数": ("sure", "2"),
        "办结率": ("sure", "0"),
        "小区数": ("open", ""),
        "培训场次": ("open", ""),
    }
    community = AskAnswer.objects.select_related("ask", "place").get(organization=None)
    _paper, layout, _book = answering.now(cast.community_worker, community)
    told = {slot.label: (slot.state.value, slot.text) for slot in layout.slots}
    assert (told["单位名称"][1], told["受理诉求数"][1], told["小区数"][1]) == ("春晓社区", "2", "1")


def test_the_next_period_offers_what_the_same_body_typed(cast: Cast, asked: Sketch) -> None:
    answer = sent(cast, replace(asked, place_ids=()))
    ask = answer.ask
    typed = Changes(typed={"s0!5,1": "7"})
    saved = answer_save(actor=cast.property_handler, answer_id=answer.pk, version=1, changes=typed)
    answer_give(actor=cast.property_handler, answer_id=answer.pk, version=saved.version)
    assert Ask.objects.get().state == "answered", "who else was asked owes nothing"
    with clock.frozen(on(MONDAY + timedelta(days=30))):
        ask_send(actor=cast.department_handler, ask_id=ask.pk, due=MONDAY + timedelta(days=40))
        again = company(ask)
        assert again.pk != answer.pk
        assert answering.held(again).offered == {"s0!5,1": "7"}


@pytest.mark.parametrize(
    ("bodies", "code"),
    [
        (("other_department", "party"), "ask.nobody"),
        (("community_office",), "ask.nobody"),
        ((), "ask.places"),
    ],
)
def test_who_cannot_answer_is_not_asked(cast: Cast, asked: Sketch, bodies: tuple[str, ...], code: str) -> None:
    chosen = tuple(cast.bodies[name].pk for name in bodies)
    with pytest.raises(DomainError) as refused:
        ask_propose(actor=cast.department_handler, sketch=replace(asked, place_ids=(), body_ids=chosen))
    assert codes(refused) == code
    street = replace(
        asked,
        place_id=cast.places["street"].pk,
        office_id=cast.bodies["street_office"].pk,
        place_ids=(),
        body_ids=(cast.bodies["department"].pk,),
    )
    with pytest.raises(DomainError) as refused:
        ask_propose(actor=cast.street_officer, sketch=street)
    assert codes(refused) == "ask.places", "the department lies above the street"


def test_a_body_and_its_place_answer_once_each(cast: Cast, asked: Sketch) -> None:
    answer = sent(cast, replace(asked, body_ids=(cast.bodies["department"].pk, *asked.body_ids)))
    assert AskAnswer.objects.count() == 3
    twin = {name: getattr(answer, name) for name in ("ask", "place", "organization", "period", "due", "sent")}
    with pytest.raises(IntegrityError), transaction.atomic():
        AskAnswer.objects.create(**twin)
    AskAnswer.objects.create(**twin | {"organization": None})


def test_who_only_answers_for_a_body_sees_what_was_sent_to_it(cast: Cast, asked: Sketch) -> None:
    other = ask_propose(actor=cast.department_handler, sketch=replace(asked, body_ids=()))
    ask_approve(actor=cast.leader, ask_id=other.pk)
    client = Client()
    signed_in(cast, client, "property_handler")
    page = client.get(reverse("asks:list"))
    assert (page.status_code, page.context["counts"], len(page.context["page"])) == (200, None, 0)
    answer = sent(cast, asked)
    page = client.get(reverse("asks:list"))
    assert [row.pk for row in page.context["page"]] == [answer.ask_id]
    assert [row.pk for row in page.context["owed"]] == [answer.pk]
    assert client.get(reverse("asks:ask", args=[other.pk])).status_code == 404
    assert client.get(reverse("asks:ask", args=[answer.ask_id])).context["asked_of"] == ["春晓社区", "幸福物业"]
    filled = client.get(reverse("asks:ask_answer", args=[answer.pk]))
    assert filled.context["may_answer"]
    posted = client.post(reverse("asks:ask_answer", args=[answer.pk]), {"version": "1", "do": "give"})
    assert posted.status_code == 302
    answer.refresh_from_db()
    assert answer.answered is not None
    assert client.get(reverse("asks:new")).status_code == 404


def test_units_are_chosen_on_the_form_and_counted_by_figures(cast: Cast, asked: Sketch) -> None:
    client = Client()
    signed_in(cast, client, "department_handler")
    offered = client.get(reverse("asks:new")).context["form"].fields["bodies"].choices
    assert [name for _pk, name in offered] == [
        "清河县供电所 · 部门 · 清河县",
        "清河县水务局 · 部门 · 清河县",
        "幸福物业 · 物业企业 · 幸福小区",
    ]
    sent(cast, asked)
    every = {"id": "every", "of": "ask_answer", "period": "month", "by": "sent"}
    within = compute.scope_of(cast.places["community"].code)
    counted = {
        who: compute.preview({**every, "where": where}, MONDAY, within).value
        for who, where in (
            ("all", {}),
            ("places", {"organization": "none"}),
            ("company", {"organization": cast.bodies["property_company"].pk}),
        )
    }
    assert counted == {"all": 2, "places": 1, "company": 1}


def test_an_empty_form_about_residents_is_for_who_asks_and_who_answers(cast: Cast, asked: Sketch) -> None:
    answer = sent(cast, asked)
    Ask.objects.update(personal=True)
    blank = reverse("asks:blank", args=[answer.ask_id])
    status = {}
    for role in ("property_handler", "community_worker", "department_handler", "other_handler", "leader"):
        client = Client()
        signed_in(cast, client, role)
        status[role] = client.get(blank).status_code
    assert status == {
        "property_handler": 200,
        "community_worker": 200,
        "department_handler": 200,
        "other_handler": 404,
        "leader": 404,
    }
