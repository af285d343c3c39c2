"""Who left only a phone is called by the desk where no text message goes out: once, three times at most."""

from datetime import date
from typing import Any

import pytest
from django.test import Client

from linli.accounts.models import User
from linli.accounts.neighbourhood import neighbourhood
from linli.cases.models import Case, Reporter
from linli.cases.operations.calling import TRIES, reporter_told
from linli.cases.operations.finishing import case_close, case_verify
from linli.cases.operations.forgetting import reporters_forget
from linli.cases.operations.intake import Report, case_report
from linli.cases.operations.merging import case_merge, case_unmerge
from linli.cases.operations.screening import case_accept, case_contact, case_refuse
from linli.cases.operations.supervising import overdue_escalate
from linli.cases.queries.pages import happenings, history_of
from linli.cases.tests.test_telling import account
from linli.cases.tests.test_texting import PHONE, by_phone, finished
from linli.cases.tests.town import Town
from linli.cases.words import CALL
from linli.core import clock
from linli.core.actors import VISITOR
from linli.core.clock import Frozen
from linli.core.errors import InvalidInput, NotAllowed, NotFound, RuleBroken, Stale
from linli.core.models import Entry, WorkItem

pytestmark = pytest.mark.django_db


def accepted(town: Town) -> int:
    """A matter of somebody with only a phone, who is not yet told that it was accepted."""
    pk = by_phone(town).case_id
    case_accept(actor=town.desk, case_id=pk)
    return pk


def calls() -> list[WorkItem]:
    return list(WorkItem.objects.filter(kind=CALL, ended=None))


def due_day() -> date:
    due = calls()[0].due
    assert due
    return clock.day_of(due)


def test_one_call_for_two_moves_and_the_step_goes_on_beside_it(town: Town) -> None:
    pk = accepted(town)
    first = calls()[0]
    assert (first.organization_id, first.subject_id, due_day()) == (town.office.pk, pk, date(2026, 3, 11))
    finished(town, pk)
    assert [item.pk for item in calls()] == [first.pk]
    steps = WorkItem.objects.filter(subject_id=pk, kind__startswith="case.", ended=None)
    assert [item.kind for item in steps] == ["case.verify"]


def test_nobody_is_called_before_anything_was_decided(town: Town) -> None:
    by_phone(town)
    assert not calls()


def test_a_refusal_and_the_end_are_told_too(town: Town) -> None:
    pk = by_phone(town).case_id
    case_refuse(actor=town.desk, case_id=pk, reason="不属于受理范围")
    other = accepted(town)
    finished(town, other)
    reporter_told(actor=town.desk, case_id=other, outcome="reached")
    case_verify(actor=town.desk, case_id=other)
    assert [item.subject_id for item in calls()] == [pk]
    case_close(actor=town.desk, case_id=other)
    assert {item.subject_id for item in calls()} == {pk, other}


@pytest.mark.parametrize(
    ("phone", "url", "owed"),
    [
        (PHONE, "", 1),
        (PHONE, "https://sms.invalid/send", 0),
        ("0999-1234567转8012", "https://sms.invalid/send", 1),
        ("不便告知", "", 0),
        ("", "", 0),
    ],
)
def test_only_whom_no_text_reaches_is_called(town: Town, settings: Any, phone: str, url: str, owed: int) -> None:
    settings.SMS_URL = url
    case_accept(actor=town.desk, case_id=by_phone(town, phone).case_id)
    assert len(calls()) == owed


def test_who_has_an_account_is_not_called(town: Town) -> None:
    account("resident", 77)
    report = Report(text="灯坏了", place_id=town.compound.pk, category="lighting", phone=PHONE)
    case_accept(actor=town.desk, case_id=case_report(actor=town.resident, report=report).case_id)
    assert not calls()


def test_the_reporter_of_a_merged_report_is_called(town: Town) -> None:
    report = Report(text="灯坏了", place_id=town.compound.pk, category="lighting")
    main = case_report(actor=VISITOR, report=report).case_id
    Case.objects.filter(pk=by_phone(town).case_id).update(state="merged", merged_into=main)
    case_accept(actor=town.desk, case_id=main)
    assert [item.subject_id for item in calls()] == [main]


@pytest.mark.parametrize("outcome", ["reached", "in_person"])
def test_who_was_told_is_not_called_again(town: Town, outcome: str) -> None:
    pk = accepted(town)
    assert reporter_told(actor=town.desk, case_id=pk, outcome=outcome)
    assert not calls()
    assert Entry.objects.get(operation="case.told").facts == {"outcome": outcome, "state": "accepted"}
    with pytest.raises(RuleBroken) as refusal:
        reporter_told(actor=town.desk, case_id=pk, outcome=outcome)
    assert refusal.value.code == "call.not_owed"
    finished(town, pk)
    assert len(calls()) == 1


def test_who_is_not_reached_is_tried_on_three_days(town: Town, morning: Frozen) -> None:
    pk = accepted(town)
    for number, day in enumerate((10, 11, 12), start=1):
        with clock.frozen(f"2026-03-{day}T10:00"):
            settled = reporter_told(actor=town.desk, case_id=pk, outcome="not_reached")
        assert settled == (number == TRIES)
        if not settled:
            assert due_day() == date(2026, 3, day + 1)
    assert not calls()


def test_tries_for_an_earlier_state_do_not_count(town: Town) -> None:
    pk = accepted(town)
    for _time in range(TRIES - 1):
        reporter_told(actor=town.desk, case_id=pk, outcome="not_reached")
    finished(town, pk)
    assert not reporter_told(actor=town.desk, case_id=pk, outcome="not_reached")


def test_what_was_told_must_still_be_so(town: Town) -> None:
    pk = accepted(town)
    finished(town, pk)
    with pytest.raises(Stale):
        reporter_told(actor=town.desk, case_id=pk, outcome="reached", state="accepted")
    assert reporter_told(actor=town.desk, case_id=pk, outcome="reached", state="done")


def test_only_the_desk_of_the_place_tells(town: Town) -> None:
    pk = accepted(town)
    finished(town, pk)
    with pytest.raises(NotAllowed) as refusal:
        reporter_told(actor=town.electrician, case_id=pk, outcome="reached")
    assert refusal.value.code == "call.not_yours"
    for actor in (town.outsider, town.plumber, town.resident):
        with pytest.raises(NotFound):
            reporter_told(actor=actor, case_id=pk, outcome="reached")
    with pytest.raises(InvalidInput):
        reporter_told(actor=town.desk, case_id=pk, outcome="rang")
    assert len(calls()) == 1


def test_the_reporter_reads_nothing_of_the_calls(town: Town) -> None:
    pk = accepted(town)
    reporter_told(actor=town.desk, case_id=pk, outcome="not_reached")
    entries = list(history_of(pk))
    assert "told" in [line.verb for line in happenings(entries)]
    assert "told" not in [line.verb for line in happenings(entries, public=True)]


def test_a_late_call_is_not_raised_to_the_next_level(town: Town) -> None:
    accepted(town)
    WorkItem.objects.exclude(kind=CALL).update(ended=clock.now())
    with clock.frozen("2026-04-10T10:00"):
        assert overdue_escalate() == 0


def test_who_was_contacted_anyway_is_not_called(town: Town) -> None:
    case_contact(actor=town.desk, case_id=accepted(town))
    assert not calls()


def test_nobody_calls_who_is_forgotten(town: Town) -> None:
    pk = by_phone(town).case_id
    case_refuse(actor=town.desk, case_id=pk, reason="不属于受理范围")
    Case.objects.filter(pk=pk).update(received_on=date(2020, 1, 1), closed_on=date(2020, 2, 1))
    assert reporters_forget() == 1
    assert not calls()


def test_on_the_page_of_the_matter(client: Client, morning: Frozen) -> None:
    cast = neighbourhood()
    report = Report(
        text="灯坏了", place_id=cast.places["compound"].pk, category="lighting", phone=PHONE, reporter_name="李四"
    )
    pk = case_report(actor=VISITOR, report=report).case_id
    case_refuse(actor=cast.community_worker, case_id=pk, reason="请打10087654321")
    user = User.objects.get(pk=cast.community_worker.user_id or 0)
    client.force_login(user, "linli.accounts.backends.PhoneOrNameBackend")
    response = client.get(f"/cases/{pk}/")
    said = "".join(response.context["to_say"])
    assert Case.objects.get(pk=pk).number in said
    assert not any(word in said for word in (PHONE, "10087654321", "李四"))
    assert f"/cases/{pk}/told/" in response.content.decode()
    sent = {"outcome": "reached", "state": "not_accepted"}
    assert client.post(f"/cases/{pk}/told/", sent).status_code == 302
    assert not calls()
    assert not client.get(f"/cases/{pk}/").context["to_say"]
    assert Reporter.objects.get(case_id=pk).phone == PHONE


def asked_back(town: Town, **fields: Any) -> int:
    """A report of somebody who taps "call me back"."""
    return by_phone(town, callback=True, **fields).case_id


@pytest.mark.parametrize("url", ["", "https://sms.invalid/send"])
def test_who_asks_to_be_called_back_is_called_by_the_first_contact(town: Town, settings: Any, url: str) -> None:
    settings.SMS_URL = url
    pk = asked_back(town)
    case = Case.objects.get(pk=pk)
    item = calls()[0]
    assert (item.organization_id, item.subject_id, item.due) == (town.office.pk, pk, case.contact_due)
    assert item.yellow_at
    case_accept(actor=town.desk, case_id=pk)
    assert [row.pk for row in calls()] == [item.pk]
    assert reporter_told(actor=town.desk, case_id=pk, outcome="reached")
    assert not calls()
    assert not Reporter.objects.get(case_id=pk).callback
    assert Case.objects.get(pk=pk).contacted == clock.now()
    assert Entry.objects.filter(operation="case.told", subject_id=pk).count() == 1


def test_in_vain_is_no_first_contact_and_the_wish_stays(town: Town) -> None:
    pk = asked_back(town)
    assert not reporter_told(actor=town.desk, case_id=pk, outcome="not_reached")
    assert Reporter.objects.get(case_id=pk).callback
    assert Case.objects.get(pk=pk).contacted is None
    assert len(calls()) == 1


def test_a_contact_by_the_step_is_the_call_that_was_asked_for(town: Town) -> None:
    pk = asked_back(town)
    case_accept(actor=town.desk, case_id=pk)
    case_contact(actor=town.desk, case_id=pk)
    assert not calls()
    assert not Reporter.objects.get(case_id=pk).callback


def test_who_has_an_account_is_called_where_they_ask_for_it(town: Town) -> None:
    account("resident", 77)
    report = Report(text="灯坏了", place_id=town.compound.pk, category="lighting", phone=PHONE, callback=True)
    pk = case_report(actor=town.resident, report=report).case_id
    assert [item.subject_id for item in calls()] == [pk]


def test_the_wish_goes_along_when_the_report_is_merged(town: Town, settings: Any) -> None:
    settings.SMS_URL = "https://sms.invalid/send"
    main = case_report(actor=VISITOR, report=Report(text="灯坏了", place_id=town.compound.pk, category="lighting"))
    pk = asked_back(town)
    case_merge(actor=town.desk, case_id=pk, into_id=main.case_id)
    assert [item.subject_id for item in calls()] == [main.case_id]
    assert reporter_told(actor=town.desk, case_id=main.case_id, outcome="reached")
    assert not Reporter.objects.get(case_id=pk).callback


def merged_pair(town: Town, main: int) -> int:
    """A report of somebody who asks to be called, merged into another matter."""
    pk = asked_back(town)
    case_merge(actor=town.desk, case_id=pk, into_id=main)
    assert [item.subject_id for item in calls()] == [main]
    return pk


def test_an_unmerged_report_takes_its_call_along(town: Town) -> None:
    main = case_report(actor=VISITOR, report=Report(text="灯坏了", place_id=town.compound.pk, category="lighting"))
    pk = merged_pair(town, main.case_id)
    case_unmerge(actor=town.desk, case_id=pk, reason="不是一处")
    assert [item.subject_id for item in calls()] == [pk]
    assert Reporter.objects.get(case_id=pk).callback


def test_who_was_told_before_the_merge_is_not_called_after_it_was_undone(town: Town) -> None:
    main = accepted(town)
    reporter_told(actor=town.desk, case_id=main, outcome="reached")
    pk = merged_pair(town, main)
    case_unmerge(actor=town.desk, case_id=pk, reason="不是一处")
    assert [item.subject_id for item in calls()] == [pk]


@pytest.mark.parametrize("why", ["moved", "asked", "another"])
def test_a_call_that_somebody_else_waits_for_stays_when_a_report_is_unmerged(town: Town, why: str) -> None:
    main = asked_back(town) if why == "asked" else accepted(town)
    if why != "asked":
        reporter_told(actor=town.desk, case_id=main, outcome="reached")
    pk = merged_pair(town, main)
    if why == "moved":
        finished(town, main)
    if why == "another":
        case_merge(actor=town.desk, case_id=asked_back(town), into_id=main)
    case_unmerge(actor=town.desk, case_id=pk, reason="不是一处")
    assert {item.subject_id for item in calls()} == {main, pk}


def test_on_the_public_page_only_the_tap_asks_for_a_call(town: Town, client: Client) -> None:
    sent = {"text": "灯坏了", "place": town.compound.pk, "phone": PHONE}
    assert client.post("/public/report/", sent).status_code == 302
    assert not calls()
    refused = client.post("/public/report/", {**sent, "phone": "123", "callback": "on"})
    assert (refused.status_code, "phone" in refused.context["form"].errors) == (400, True)
    assert client.post("/public/report/", {"phone": PHONE, "callback": "on"}).status_code == 302
    assert len(calls()) == 1
