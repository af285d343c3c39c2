"""Asks and answers: who proposes, approves, sends and fills in; what is counted, remembered, sealed and forgotten."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.db import connection
from pytest_django import Settings

from linli.accountability.models import Ask, AskAnswer
from linli.accountability.operations.ask_answers import Changes, answer_give, answer_save, answers_forget
from linli.accountability.operations.asks import (
    Sketch,
    ask_approve,
    ask_end,
    ask_propose,
    ask_receive,
    ask_refuse,
    ask_send,
    asks_expire,
)
from linli.accountability.policies import asks as policies
from linli.accountability.queries import ask_answers as answering
from linli.accountability.queries import asks as queries
from linli.accountability.queries.filling.forms import Paper
from linli.accountability.queries.filling.slots import Layout, Slot, State, choice_of
from linli.accountability.tests import forms_made
from linli.accounts.testing import Cast
from linli.core import clock
from linli.core.actors import SYSTEM
from linli.core.calendar_table import calendar_seed
from linli.core.errors import DomainError
from linli.core.files import XLSX
from linli.core.models import Entry, WorkItem
from linli.messaging.models import Message
from linli.records.figures import breaking, compute
from linli.records.figures.definitions import Span
from linli.records.operations.profiles import content_apply
from linli.records.types import record_type
from linli.territory.operations.places import Sketch as PlaceSketch
from linli.territory.operations.places import place_create

pytestmark = pytest.mark.django_db
# A Monday.
MONDAY = date(2026, 3, 2)
FIGURES = [
    {"id": "asks.force", "of": "ask", "where": {"state": ["approved", "sent", "answered", "ended", "expired"]}},
    {"id": "asks.short", "of": "ask", "where": {"short": True}, "period": "year_to_date", "by": "proposed"},
    {"id": "asks.sent", "of": "ask_answer", "where": {"organization": "none"}, "period": "month", "by": "sent"},
    {"id": "workers", "of": "post", "where": {"kind": "community_worker"}, "measure": {"distinct": "person"}},
    {"id": "asks.per_worker", "ratio": {"of": "asks.sent", "over": "workers"}, "decimals": 2},
    {"id": "asks.typed", "of": "ask_answer", "measure": {"sum": "typed"}, "period": "year_to_date", "by": "answered"},
    {"id": "asks.filled", "of": "ask_answer", "measure": {"sum": "filled"}, "period": "year_to_date", "by": "answered"},
]
ROWS: list[list[Any]] = [["登记表"], ["网格数", None], ["小区数", None], ["就业人数", None], ["培训场次", None]]


def on(day: date, hour: int = 9) -> datetime:
    return clock.day_start(day) + timedelta(hours=hour)


@pytest.fixture(autouse=True)
def monday(cast: Cast, settings: Settings, tmp_path: Path) -> Any:
    settings.DATA = tmp_path
    calendar_seed(actor=SYSTEM)
    content_apply(actor=SYSTEM, content=lambda held: {**held, "figures": {"figures": FIGURES}})
    with clock.frozen(on(MONDAY)):
        yield


def paper(rows: list[list[Any]] = ROWS, name: str = "登记表.xlsx") -> Paper:
    return Paper(forms_made.workbook(rows), XLSX, name)


@pytest.fixture
def sketch(cast: Cast) -> Sketch:
    return Sketch(
        name="社区情况登记",
        place_id=cast.places["county"].pk,
        office_id=cast.bodies["department"].pk,
        level="county",
        ground="清河县统计办法第三条",
        period="monthly",
        due=MONDAY + timedelta(days=10),
        valid_from=MONDAY,
        valid_until=MONDAY + timedelta(days=300),
        place_ids=(cast.places["community"].pk, cast.places["second_community"].pk),
        paper=paper(),
    )


@pytest.fixture
def sent(cast: Cast, sketch: Sketch) -> AskAnswer:
    """An ask on its way: proposed by the department, approved by the leader, owed by the community."""
    ask = ask_propose(actor=cast.department_handler, sketch=sketch)
    ask_approve(actor=cast.leader, ask_id=ask.pk)
    ask_send(actor=cast.department_handler, ask_id=ask.pk, due=sketch.due)
    return AskAnswer.objects.select_related("ask", "place").get(ask=ask, place=cast.places["community"])


def fresh(answer: AskAnswer) -> AskAnswer:
    return AskAnswer.objects.select_related("ask", "place").get(pk=answer.pk)


def slots(layout: Layout) -> dict[str, Slot]:
    return {slot.key: slot for slot in layout.slots}


def test_an_ask_goes_from_the_office_to_the_community_and_back(cast: Cast, sent: AskAnswer) -> None:
    item = WorkItem.objects.get(subject_type="ask_answer", subject_id=sent.pk)
    assert (item.kind, item.organization_id, item.place_id) == (
        "ask.answer",
        cast.bodies["community_office"].pk,
        cast.places["community"].pk,
    )
    assert item.due == clock.day_start(MONDAY + timedelta(days=10)) + timedelta(hours=17, minutes=30)
    saved = answer_save(
        actor=cast.community_worker,
        answer_id=sent.pk,
        version=1,
        changes=Changes(typed={"s0!3,1": "12"}, uncollected=frozenset({"s0!4,1"})),
    )
    given = answer_give(actor=cast.secretary, answer_id=sent.pk, version=saved.version)
    assert (given.cells, given.filled, given.typed, given.uncollected) == (4, 2, 1, 1)
    assert WorkItem.objects.get(pk=item.pk).ended is not None
    assert Ask.objects.get(pk=sent.ask_id).state == "sent", "the other community still owes"
    other = AskAnswer.objects.get(ask_id=sent.ask_id, place=cast.places["second_community"])
    assert WorkItem.objects.filter(subject_type="ask_answer", subject_id=other.pk, ended=None).count() == 1
    entries = Entry.objects.filter(operation__startswith="ask").order_by("id").values_list("operation", flat=True)
    assert list(entries) == ["ask.propose", "ask.approve", "ask.send", "ask_answer.save", "ask_answer.give"]


def test_the_decision_is_work_of_somebody_else_than_the_proposer(cast: Cast, sketch: Sketch) -> None:
    street = replace(
        sketch, place_id=cast.places["street"].pk, office_id=cast.bodies["street_office"].pk, level="street"
    )
    ask = ask_propose(actor=cast.street_officer, sketch=street)
    item = WorkItem.objects.get(kind="ask.approve", subject_id=ask.pk)
    assert item.post_id == cast.posts["leader"].pk
    with pytest.raises(DomainError, match=r"ask\.own"):
        ask_approve(actor=cast.street_officer, ask_id=ask.pk)
    ask_approve(actor=cast.leader, ask_id=ask.pk)
    item.refresh_from_db()
    assert item.ended is not None


@pytest.mark.parametrize(
    ("role", "changes", "code"),
    [
        ("department_handler", {"name": " "}, "ask.name"),
        ("department_handler", {"ground": ""}, "ask.ground"),
        ("department_handler", {"level": "world"}, "ask.level"),
        ("department_handler", {"due": MONDAY - timedelta(days=1)}, "ask.dates"),
        ("department_handler", {"valid_until": MONDAY}, "ask.dates"),
        ("department_handler", {"retention_days": 5000}, "ask.retention"),
        ("department_handler", {"place_ids": ()}, "ask.places"),
        ("department_handler", {"paper": None}, "ask.nothing"),
        ("department_handler", {"paper": None, "fields": ["重点人员数"]}, "file.forbidden_ledger"),
        ("department_handler", {"due": MONDAY + timedelta(days=1)}, "ask.lead"),
        ("department_handler", {"place_id": 987654321}, "not_found"),
        ("other_handler", {}, "ask.not_yours"),
        ("community_worker", {}, "ask.not_yours"),
        ("grid_worker", {}, "ask.not_yours"),
        ("leader", {}, "ask.not_yours"),
    ],
)
def test_what_makes_no_sense_or_is_not_ones_own_is_refused(
    cast: Cast, sketch: Sketch, role: str, changes: dict[str, Any], code: str
) -> None:
    with pytest.raises(DomainError) as refused:
        ask_propose(actor=cast.actors[role], sketch=replace(sketch, **changes))
    assert (refused.value.code, Ask.objects.count(), WorkItem.objects.count()) == (code, 0, 0)


def test_nothing_goes_out_that_is_not_approved_refused_ended_or_expired(cast: Cast, sketch: Sketch) -> None:
    def send(ask: Ask) -> Any:
        return ask_send(actor=cast.department_handler, ask_id=ask.pk, due=clock.today() + timedelta(days=10))

    ask = ask_propose(actor=cast.department_handler, sketch=sketch)
    with pytest.raises(DomainError, match=r"ask\.state"):
        send(ask)
    refused = ask_refuse(actor=cast.leader, ask_id=ask.pk, reason="已有同类表格")
    with pytest.raises(DomainError, match=r"ask\.state"):
        send(refused)
    with pytest.raises(DomainError, match=r"ask\.state"):
        ask_approve(actor=cast.leader, ask_id=ask.pk)
    later = ask_propose(actor=cast.department_handler, sketch=sketch)
    ask_approve(actor=cast.leader, ask_id=later.pk)
    with clock.frozen(on(MONDAY + timedelta(days=301))):
        with pytest.raises(DomainError, match=r"ask\.expired"):
            send(later)
        assert (asks_expire(), asks_expire()) == (1, 0)
        with pytest.raises(DomainError, match=r"ask\.state"):
            send(later)
    assert AskAnswer.objects.count() == 0


def test_short_notice_needs_a_reason_and_is_counted(cast: Cast, sketch: Sketch) -> None:
    # Of Friday, Saturday and Sunday none but Monday is worked: one working day.
    friday = MONDAY + timedelta(days=4)
    with clock.frozen(on(friday)):
        short = replace(sketch, due=friday + timedelta(days=3))
        with pytest.raises(DomainError, match=r"ask\.lead"):
            ask_propose(actor=cast.department_handler, sketch=short)
        ask = ask_propose(actor=cast.department_handler, sketch=replace(short, emergency="防汛应急"))
        ask_approve(actor=cast.leader, ask_id=ask.pk)
        ask_send(actor=cast.department_handler, ask_id=ask.pk, due=short.due, emergency="防汛应急")
        counts = queries.counts(cast.community_worker)
        assert counts.short == [("清河县供电所", 1)]
        assert compute.compute("asks.short", friday).value == 1
        assert set(AskAnswer.objects.values_list("short", flat=True)) == {True}
    ordinary = ask_propose(actor=cast.department_handler, sketch=replace(sketch, due=MONDAY + timedelta(days=2)))
    assert not ordinary.short


def test_counts_are_the_same_for_asker_county_and_community(cast: Cast, sent: AskAnswer) -> None:
    answer_give(actor=cast.community_worker, answer_id=sent.pk, version=1)
    seen = [queries.counts(cast.actors[role]) for role in ("department_handler", "leader", "community_worker")]
    assert seen[0] == seen[1] == seen[2]
    assert (seen[0].total, seen[0].cells, seen[0].filled, seen[0].typed, seen[0].share) == (1, 4, 2, 0, 50)
    assert dict(seen[0].month) == {"春晓社区": 1, "秋实社区": 1}
    assert compute.compute("asks.force", MONDAY).value == 1
    assert compute.compute("asks.force", MONDAY - timedelta(days=1)).value == 0
    assert compute.compute("asks.force", MONDAY + timedelta(days=301)).value == 0
    assert compute.compute("asks.sent", MONDAY, compute.scope_of("990901001001")).value == 1
    assert [compute.compute(f"asks.{name}", MONDAY).value for name in ("filled", "typed")] == [2, 0]


def test_asks_are_told_per_worker_and_day_and_by_who_asks(cast: Cast, sent: AskAnswer) -> None:
    scope = compute.scope_of(cast.places["community"].code)
    for day, count in ((MONDAY, 1), (MONDAY + timedelta(days=1), 0)):
        figures = compute.book_over(Span.model_validate({"from": day, "to": day}))
        told = compute.compute("asks.per_worker", day, scope, figures)
        assert (told.numerator, told.denominator, told.value) == (Decimal(count), Decimal(2), Decimal(count) / 2)
    figure = compute.figure_of("asks.sent")
    asked = breaking.broken_down(figure, MONDAY, scope, "asker", compute.book())
    assert asked == [(cast.bodies["department"].name, Decimal(1))]


def test_before_approval_it_shows_what_exists_and_what_is_asked_already(
    cast: Cast, sketch: Sketch, sent: AskAnswer
) -> None:
    ask = ask_propose(actor=cast.department_handler, sketch=replace(sketch, name="网格小区情况"))
    found = queries.coverage(ask)
    assert [label for label, _known in found.known] == ["网格数", "小区数"]
    assert (found.unknown, found.share) == (("就业人数", "培训场次"), 50)
    assert queries.duplicates(ask) == [(sent.ask, 100)]
    other = ask_propose(
        actor=cast.department_handler,
        sketch=replace(sketch, name="物业收费", paper=None, fields=("收费标准", "合同年限")),
    )
    assert (queries.duplicates(other), queries.coverage(other).share) == ([], 0)


def test_the_second_period_asks_only_for_what_changed(cast: Cast, sent: AskAnswer) -> None:
    saved = answer_save(
        actor=cast.community_worker,
        answer_id=sent.pk,
        version=1,
        changes=Changes(typed={"s0!3,1": "12", "s0!4,1": "3"}, choices={"s0!2,1": choice_of("total:party")}),
    )
    answer_give(actor=cast.community_worker, answer_id=sent.pk, version=saved.version)
    with clock.frozen(on(date(2026, 4, 1))):
        ask_send(actor=cast.department_handler, ask_id=sent.ask_id, due=date(2026, 4, 20))
        with pytest.raises(DomainError, match=r"ask\.sent_already"):
            ask_send(actor=cast.department_handler, ask_id=sent.ask_id, due=date(2026, 4, 20))
        answer = AskAnswer.objects.get(ask_id=sent.ask_id, place=sent.place, answered=None)
        assert answer.period == "2026-03-01..2026-03-31"
        found = slots(answering.layout_of(cast.community_worker, answer))
        assert found["s0!2,1"].text == "1", "what the cell was taken for is remembered"
        assert [found[key].offered for key in ("s0!3,1", "s0!4,1")] == ["12", "3"]
        answer_save(
            actor=cast.community_worker,
            answer_id=answer.pk,
            version=1,
            changes=Changes(typed={"s0!3,1": "15", "s0!4,1": "3"}),
        )
        found = slots(answering.layout_of(cast.community_worker, fresh(answer)))
        assert [found[key].changed for key in ("s0!3,1", "s0!4,1")] == [True, False]


def test_a_household_needs_at_most_two_inputs_in_the_second_period(cast: Cast, sketch: Sketch) -> None:
    households = Paper(forms_made.households(), XLSX, "困难家庭走访.xlsx")
    ask = ask_propose(actor=cast.department_handler, sketch=replace(sketch, paper=households))
    assert ask.personal
    ask_approve(actor=cast.leader, ask_id=ask.pk)
    ask_send(actor=cast.department_handler, ask_id=ask.pk, due=sketch.due)
    answer = AskAnswer.objects.get(ask=ask, place=cast.places["community"])
    cells = {
        slot.key: f"值{slot.key}" for slot in answering.layout_of(cast.secretary, answer).slots if slot.state == "open"
    }
    saved = answer_save(actor=cast.secretary, answer_id=answer.pk, version=1, changes=Changes(typed=cells))
    answer_give(actor=cast.secretary, answer_id=answer.pk, version=saved.version)
    with clock.frozen(on(date(2026, 4, 1))):
        ask_send(actor=cast.department_handler, ask_id=ask.pk, due=date(2026, 4, 20))
        second = AskAnswer.objects.get(ask=ask, place=cast.places["community"], answered=None)
        found = [slot for slot in answering.layout_of(cast.secretary, second).slots if slot.state == State.OPEN]
        assert all(slot.offered for slot in found), "nothing is typed again that did not change"


def test_what_went_out_stays_as_it_was(cast: Cast, sent: AskAnswer) -> None:
    answer_give(actor=cast.community_worker, answer_id=sent.pk, version=1)
    before = answering.file_of(cast.community_worker, fresh(sent)).content
    place_create(
        actor=SYSTEM, sketch=PlaceSketch("grid", "春晓第三网格", code="CX103", level="2"), parent=sent.place_id
    )
    after = fresh(sent)
    assert slots(answering.layout_of(cast.community_worker, after))["s0!1,1"].text == "3"
    assert answering.file_of(cast.community_worker, after).content == before
    with pytest.raises(DomainError, match=r"ask\.answered"):
        answer_give(actor=cast.community_worker, answer_id=sent.pk, version=after.version)
    with pytest.raises(DomainError, match=r"ask\.answered"):
        answer_save(actor=cast.community_worker, answer_id=sent.pk, version=after.version, changes=Changes())


def test_who_answers_and_who_reads_what_was_filled_in(cast: Cast, sent: AskAnswer) -> None:
    for role, code in (
        ("outsider", "not_found"),
        ("grid_worker", "not_found"),
        ("street_officer", "ask.not_yours"),
        ("leader", "ask.not_yours"),
        ("department_handler", "ask.not_yours"),
    ):
        with pytest.raises(DomainError) as refused:
            answer_save(actor=cast.actors[role], answer_id=sent.pk, version=1, changes=Changes(typed={"s0!3,1": "1"}))
        assert refused.value.code == code, role
    with pytest.raises(DomainError, match=r"ask\.sealed"):
        answering.layout_of(cast.department_handler, sent)
    answer_give(actor=cast.community_worker, answer_id=sent.pk, version=1)
    given = fresh(sent)
    assert answering.layout_of(cast.department_handler, given).slots
    for role in ("leader", "street_officer"):
        with pytest.raises(DomainError, match=r"ask\.sealed"):
            answering.layout_of(cast.actors[role], given)


def test_a_stale_correction_and_wrong_values_are_refused(cast: Cast, sent: AskAnswer) -> None:
    save: Callable[..., Any] = lambda version, **changes: answer_save(  # noqa: E731
        actor=cast.community_worker, answer_id=sent.pk, version=version, changes=Changes(**changes)
    )
    save(1, typed={"s0!3,1": "1"})
    for version, changes, code in (
        (1, {"typed": {"s0!3,1": "2"}}, r"ask\.stale"),
        (2, {"typed": {"s0!3,1": "x" * 501}}, r"ask\.value"),
        (2, {"typed": {"s0!3,1": "重点人员"}}, r"ask\.forbidden"),
    ):
        with pytest.raises(DomainError, match=code):
            save(version, **changes)
    save(2, cleared=frozenset({"s0!3,1"}))
    assert slots(answering.layout_of(cast.community_worker, fresh(sent)))["s0!3,1"].state == State.OPEN


def test_what_is_kept_is_sealed_in_the_database_and_destroyed_in_time(cast: Cast, sent: AskAnswer) -> None:
    saved = answer_save(actor=cast.secretary, answer_id=sent.pk, version=1, changes=Changes(typed={"s0!3,1": "吴某某"}))
    answer_give(actor=cast.secretary, answer_id=sent.pk, version=saved.version)
    with connection.cursor() as cursor:
        cursor.execute("SELECT content FROM accountability_askanswer WHERE id = %s", [sent.pk])
        content = bytes(cursor.fetchone()[0])
        cursor.execute("SELECT form FROM accountability_ask WHERE id = %s", [sent.ask_id])
        form = bytes(cursor.fetchone()[0])
    assert "吴某某".encode() not in content
    assert b"UEsDB" not in form, "no workbook can be read from the table"
    assert answers_forget() == 0
    with clock.frozen(on(MONDAY + timedelta(days=366))):
        asks_expire()
        # The two answers, and then the form of the ask that is over.
        assert (answers_forget(), answers_forget(), answers_forget()) == (3, 0, 0)
        gone = fresh(sent)
        assert (gone.content, gone.ask.form, gone.cells) == (None, None, 4), "counts stay"
        with pytest.raises(DomainError, match=r"ask\.gone"):
            answering.layout_of(cast.secretary, gone)


def test_a_form_that_came_past_the_registry_is_filled_and_counted(cast: Cast, sketch: Sketch) -> None:
    own = replace(sketch, place_id=cast.places["community"].pk, office_id=None, ground="", period="once")
    answer = ask_receive(actor=cast.community_worker, sketch=own, asker="县民政局")
    assert (answer.ask.state, answer.ask.asker, queries.counts(cast.leader).outside) == ("outside", "县民政局", 1)
    assert [item.pk for item in queries.owed(cast.community_worker)] == [answer.pk]
    answer_give(actor=cast.community_worker, answer_id=answer.pk, version=1)
    assert queries.owed(cast.community_worker) == []
    for role in ("outsider", "grid_worker", "department_handler"):
        with pytest.raises(DomainError, match="not_found"):
            ask_receive(actor=cast.actors[role], sketch=own, asker="县民政局")
    assert not queries.listed(cast.outsider).exists()


def test_ending_an_ask_ends_what_is_owed(cast: Cast, sent: AskAnswer) -> None:
    with pytest.raises(DomainError, match=r"ask\.not_yours"):
        ask_end(actor=cast.other_handler, ask_id=sent.ask_id)
    ask_end(actor=cast.department_handler, ask_id=sent.ask_id, reason="已停用")
    assert not WorkItem.objects.filter(subject_type="ask_answer", ended=None).exists()
    with pytest.raises(DomainError, match=r"ask\.over"):
        answer_give(actor=cast.community_worker, answer_id=sent.pk, version=1)
    assert compute.compute("asks.force", MONDAY + timedelta(days=1)).value == 0


def test_lists_and_single_rows_agree_for_everybody(cast: Cast, sent: AskAnswer) -> None:
    for role, actor in cast.actors.items():
        listed = set(AskAnswer.objects.filter(policies.answers_visible_to(actor)).values_list("pk", flat=True))
        typed = set(record_type("ask_answer").rows_for(actor).values_list("pk", flat=True))
        assert listed == typed, role
        if sent.pk in listed:
            assert answering.answer_of(actor, sent.pk).pk == sent.pk
        else:
            with pytest.raises(DomainError, match="not_found"):
                answering.answer_of(actor, sent.pk)
    seen = {
        role
        for role, actor in cast.actors.items()
        if AskAnswer.objects.filter(policies.answers_visible_to(actor), pk=sent.pk)
    }
    assert seen == {
        "community_worker",
        "second_worker",
        "secretary",
        "street_officer",
        "department_handler",
        "leader",
        "auditor",
    }


def told(kind: str) -> set[int]:
    return set(Message.objects.filter(kind=kind).values_list("user_id", flat=True))


def test_those_concerned_hear_of_the_decision_the_form_and_the_answers(cast: Cast, sketch: Sketch) -> None:
    asker, community = cast.users["department_handler"].pk, cast.users["community_worker"].pk
    ask = ask_propose(actor=cast.department_handler, sketch=sketch)
    ask_approve(actor=cast.leader, ask_id=ask.pk)
    assert told("ask.approved") == {asker}
    ask_send(actor=cast.department_handler, ask_id=ask.pk, due=sketch.due)
    assert community in told("ask.sent")
    assert asker not in told("ask.sent")
    message = Message.objects.filter(kind="ask.sent", user_id=community).get()
    assert (message.facts["due"], message.subject_id) == (sketch.due.isoformat(), ask.pk)
    own = cast.places["community"].pk
    answer_give(actor=cast.community_worker, answer_id=AskAnswer.objects.get(ask=ask, place=own).pk, version=1)
    assert not told("ask.answered"), "nobody is told of each answer"
    alone = ask_propose(actor=cast.department_handler, sketch=replace(sketch, place_ids=(own,)))
    ask_approve(actor=cast.leader, ask_id=alone.pk)
    (answer,) = ask_send(actor=cast.department_handler, ask_id=alone.pk, due=sketch.due)
    answer_give(actor=cast.community_worker, answer_id=answer.pk, version=1)
    assert told("ask.answered") == {asker}


def test_the_proposer_hears_why_not_and_who_still_owes_that_it_is_over(cast: Cast, sketch: Sketch) -> None:
    refused = ask_propose(actor=cast.department_handler, sketch=sketch)
    ask_refuse(actor=cast.leader, ask_id=refused.pk, reason="数据库里已有")
    assert [item.body for item in Message.objects.filter(kind="ask.refused")] == ["数据库里已有"]
    ask = ask_propose(actor=cast.department_handler, sketch=sketch)
    ask_approve(actor=cast.leader, ask_id=ask.pk)
    ask_send(actor=cast.department_handler, ask_id=ask.pk, due=sketch.due)
    given = AskAnswer.objects.get(ask=ask, place=cast.places["community"])
    answer_give(actor=cast.community_worker, answer_id=given.pk, version=1)
    ask_end(actor=cast.department_handler, ask_id=ask.pk, reason="不再需要")
    assert cast.users["community_worker"].pk not in told("ask.ended"), "who has answered owes nothing"
