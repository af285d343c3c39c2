"""Reporters with a phone but no account hear by text message; who leaves is forgotten, and what waited with them."""

from datetime import date
from typing import Any

import pytest
from django.db import transaction

from linli.accounts.operations.owning import account_close
from linli.cases.models import Case, Reporter
from linli.cases.operations.dispatching import (
    case_ask_extension,
    case_decide_extension,
    case_dispatch,
    case_take,
)
from linli.cases.operations.finishing import case_finish
from linli.cases.operations.forgetting import EMPTIED, reporters_forget
from linli.cases.operations.intake import Report, case_report
from linli.cases.operations.screening import case_accept
from linli.cases.queries.pages import masked
from linli.cases.tests.test_telling import account
from linli.cases.tests.town import Town
from linli.cases.words import CALL
from linli.core import clock
from linli.core.actors import VISITOR
from linli.core.models import Entry, WorkItem
from linli.messaging.models import Delivery, Message

pytestmark = pytest.mark.django_db
PHONE = "10012345678"


@pytest.fixture
def gateway(settings: Any) -> None:
    settings.SMS_URL = "https://sms.invalid/send"


def by_phone(town: Town, phone: str = PHONE, **fields: Any) -> Reporter:
    """A report of somebody without an account."""
    report = Report(
        text="李四家楼道灯坏了",
        place_id=town.compound.pk,
        category="lighting",
        phone=phone,
        reporter_name="李四",
        **fields,
    )
    return Reporter.objects.get(case_id=case_report(actor=VISITOR, report=report).case_id)


def finished(town: Town, pk: int) -> None:
    case_dispatch(actor=town.desk, case_id=pk, lead_id=town.power.pk)
    case_take(actor=town.electrician, case_id=pk)
    case_finish(actor=town.electrician, case_id=pk, result="已更换李四家灯泡")


def test_number_and_state_go_to_the_phone_and_no_word_of_the_matter(town: Town, gateway: None) -> None:
    row = by_phone(town)
    assert not Delivery.objects.exists()
    case_accept(actor=town.desk, case_id=row.case_id)
    sent = Delivery.objects.get()
    assert (sent.address, sent.channel, sent.user_id) == (PHONE, "sms", None)
    assert row.case.number in sent.text
    assert not any(word in sent.text for word in ("李四", "灯", PHONE))


def test_what_was_overtaken_before_it_left_is_not_sent(town: Town, gateway: None) -> None:
    row = by_phone(town)
    case_accept(actor=town.desk, case_id=row.case_id)
    first = Delivery.objects.get().pk
    finished(town, row.case_id)
    assert Delivery.objects.get().pk != first


def test_what_has_left_stays_and_the_next_state_follows(town: Town, gateway: None) -> None:
    row = by_phone(town)
    case_accept(actor=town.desk, case_id=row.case_id)
    Delivery.objects.update(state=Delivery.State.SENT)
    finished(town, row.case_id)
    assert Delivery.objects.count() == 2


@pytest.mark.parametrize(("hour", "due_hour"), [("2026-03-10T22:00", 8), ("2026-03-10T10:00", 10)])
def test_nothing_at_night(town: Town, gateway: None, hour: str, due_hour: int, monkeypatch: Any) -> None:
    row = by_phone(town)
    at = clock.now().fromisoformat(f"{hour}:00+08:00")
    monkeypatch.setattr("linli.messaging.operations.delivering.clock.now", lambda: at)
    case_accept(actor=town.desk, case_id=row.case_id)
    assert Delivery.objects.get().due.astimezone(clock.SHANGHAI).hour == due_hour


@pytest.mark.parametrize(("phone", "url"), [(PHONE, ""), ("不便告知", "https://sms.invalid/send"), ("", "https://x")])
def test_nothing_without_a_gateway_or_a_number(town: Town, settings: Any, phone: str, url: str) -> None:
    settings.SMS_URL = url
    case_accept(actor=town.desk, case_id=by_phone(town, phone).case_id)
    assert not Delivery.objects.exists()


def test_who_has_an_account_reads_it_there(town: Town, gateway: None) -> None:
    account("resident", 77)
    report = Report(text="灯坏了", place_id=town.compound.pk, category="lighting", phone=PHONE)
    case_accept(actor=town.desk, case_id=case_report(actor=town.resident, report=report).case_id)
    assert not Delivery.objects.exists()


def test_each_reads_the_number_of_their_own_report(town: Town, gateway: None) -> None:
    main, other = by_phone(town), by_phone(town, "10087654321")
    Case.objects.filter(pk=other.case_id).update(state="merged", merged_into=main.case_id)
    case_accept(actor=town.desk, case_id=main.case_id)
    texts = {row.address: row.text for row in Delivery.objects.all()}
    assert set(texts) == {PHONE, "10087654321"}
    assert other.case.number in texts["10087654321"]
    assert main.case.number not in texts["10087654321"]


def test_what_failed_is_forgotten_with_its_reporter(town: Town, gateway: None) -> None:
    row, another = by_phone(town), by_phone(town)
    for one in (row, another):
        case_accept(actor=town.desk, case_id=one.case_id)
    Delivery.objects.update(state=Delivery.State.FAILED)
    Case.objects.filter(pk=row.case_id).update(state="closed", received_on=date(2020, 1, 1), closed_on=date(2020, 2, 1))
    assert reporters_forget() == 1
    assert Delivery.objects.get().key.startswith(f"reporter:{another.pk}:")


def test_who_closes_the_account_is_forgotten_and_the_matter_goes_on(town: Town) -> None:
    account("resident", 77)
    account("neighbour", 78)
    report = Report(text="灯坏了", place_id=town.compound.pk, category="lighting", phone=PHONE, reporter_name="李四")
    pk = case_report(actor=town.resident, report=report).case_id
    other = by_phone(town)
    Reporter.objects.filter(pk=other.pk).update(user_id=78)
    account_close(actor=town.resident)
    row = Reporter.objects.get(case_id=pk)
    assert {name: getattr(row, name) for name in EMPTIED} == dict(EMPTIED)
    assert masked(row).forgotten
    assert Case.objects.get(pk=pk).state == "received"
    assert Entry.objects.filter(operation="case.forget_reporters").count() == 1
    other.refresh_from_db()
    assert (other.name, other.user_id, masked(other).forgotten) == ("李四", 78, False)
    case_accept(actor=town.desk, case_id=pk)


def test_an_account_that_never_reported_leaves_no_entry(town: Town) -> None:
    account("resident", 77)
    with transaction.atomic():
        account_close(actor=town.resident)
    assert not Entry.objects.filter(operation="case.forget_reporters").exists()


def extended(town: Town, pk: int, *, granted: bool) -> Case:
    """More time was asked for a matter, and decided."""
    case_accept(actor=town.desk, case_id=pk)
    case_dispatch(actor=town.desk, case_id=pk, lead_id=town.power.pk)
    case_take(actor=town.electrician, case_id=pk)
    Delivery.objects.update(state=Delivery.State.SENT)
    case_ask_extension(actor=town.electrician, case_id=pk, reason="等材料", days=3)
    return case_decide_extension(actor=town.officer, case_id=pk, granted=granted, reason="等材料")


@pytest.mark.parametrize("granted", [True, False])
def test_more_time_goes_to_the_phone_with_the_new_day_and_a_refusal_does_not(
    town: Town, gateway: None, granted: bool
) -> None:
    main, other = by_phone(town), by_phone(town, "10087654321")
    Case.objects.filter(pk=other.case_id).update(state="merged", merged_into=main.case_id)
    case = extended(town, main.case_id, granted=granted)
    waiting = {row.address: row.text for row in Delivery.objects.filter(state=Delivery.State.WAITING)}
    assert set(waiting) == ({PHONE, "10087654321"} if granted else set())
    assert case.due
    for row in (main, other) if granted else ():
        text = waiting[row.phone or ""]
        assert row.case.number in text
        assert f"{clock.day_of(case.due):%Y-%m-%d}" in text
        assert "等材料" not in text


def test_more_time_is_told_by_the_desk_where_no_text_goes_out(town: Town) -> None:
    row = by_phone(town)
    WorkItem.objects.filter(kind=CALL).update(ended=clock.now())
    case = extended(town, row.case_id, granted=True)
    WorkItem.objects.get(kind=CALL, subject_id=case.pk, ended=None)


def test_who_has_an_account_reads_of_more_time_there(town: Town) -> None:
    account("resident", 77)
    report = Report(text="灯坏了", place_id=town.compound.pk, category="lighting")
    case = extended(town, case_report(actor=town.resident, report=report).case_id, granted=True)
    told = Message.objects.get(user_id=77, kind="case.extended")
    assert case.due
    assert told.facts == {"due": f"{clock.day_of(case.due):%Y-%m-%d}"}
    assert told.link.endswith(f"/{case.number}/")
