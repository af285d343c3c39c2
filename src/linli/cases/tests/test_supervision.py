"""Supervision: a reason, a written reply by whoever holds the matter, and only then a finding (DSP-11)."""

from datetime import date

import pytest
from django.test import Client

from linli.cases.models import Case
from linli.cases.operations.dispatching import case_reassign
from linli.cases.operations.supervising import case_conclude, case_reply, case_supervise
from linli.cases.queries.news import slip_for
from linli.cases.queries.pages import happenings, history_of
from linli.cases.tests.test_life import code_of
from linli.cases.tests.test_pages import Enter, enter
from linli.cases.tests.town import Town, create_for
from linli.core import clock
from linli.core.models import Entry, WorkItem

__all__ = ["enter"]
pytestmark = pytest.mark.django_db


@pytest.fixture
def supervised(town: Town) -> Case:
    """A matter of the power office, put under supervision by the street."""
    case = create_for(town, "taken")
    return case_supervise(actor=town.officer, case_id=case.pk, reason="拖得太久")


def owed(kind: str) -> list[tuple[int | None, int | None]]:
    items = WorkItem.objects.filter(kind=f"supervision.{kind}", ended=None)
    return list(items.values_list("organization_id", "post_id"))


def test_reason_reply_finding(town: Town, supervised: Case) -> None:
    item = WorkItem.objects.get(kind="supervision.reply")
    assert (item.organization_id, item.urgent) == (town.power.pk, True)
    assert item.due
    assert clock.day_of(item.due) == date(2026, 3, 12)
    assert code_of(lambda: case_conclude(actor=town.officer, case_id=supervised.pk, text="通报")) == (
        "supervision.reply_awaited"
    )
    case_reply(actor=town.electrician, case_id=supervised.pk, text="等路面开挖许可")
    assert (owed("reply"), owed("conclude")) == ([], [(None, town.officer_post.pk)])
    done = case_conclude(actor=town.officer, case_id=supervised.pk, text="理由成立,限三日办结")
    assert (done.supervised, done.state, owed("conclude")) == (False, "taken", [])
    told = Entry.objects.filter(operation__in=("case.supervise", "case.reply", "case.conclude")).order_by("id")
    assert [entry.facts["reason"] for entry in told] == ["拖得太久", "等路面开挖许可", "理由成立,限三日办结"]
    for again in (
        lambda: case_conclude(actor=town.officer, case_id=supervised.pk, text="再说一次"),
        lambda: case_reply(actor=town.electrician, case_id=supervised.pk, text="再说一次"),
    ):
        assert code_of(again) == "supervision.none"


def test_without_a_reply_the_day_must_have_passed(town: Town, supervised: Case) -> None:
    with clock.frozen("2026-03-12T17:29"):
        early = code_of(lambda: case_conclude(actor=town.officer, case_id=supervised.pk, text="通报"))
    assert early == "supervision.reply_awaited"
    with clock.frozen("2026-03-12T17:31"):
        case_conclude(actor=town.officer, case_id=supervised.pk, text="逾期未说明,通报")
    assert Entry.objects.get(operation="case.conclude").facts["replied"] is False
    assert owed("reply") == []


def test_only_the_holder_replies_once_and_only_those_above_conclude(town: Town, supervised: Case) -> None:
    pk = supervised.pk
    assert code_of(lambda: case_reply(actor=town.desk, case_id=pk, text="代答")) == "case.not_yours"
    assert code_of(lambda: case_reply(actor=town.plumber, case_id=pk, text="代答")) == "not_found"
    assert code_of(lambda: case_reply(actor=town.electrician, case_id=pk, text=" ")) == "supervision.text_missing"
    case_reply(actor=town.electrician, case_id=pk, text="等许可")
    assert code_of(lambda: case_reply(actor=town.electrician, case_id=pk, text="改口")) == "supervision.replied"
    assert code_of(lambda: case_conclude(actor=town.electrician, case_id=pk, text="没事")) == "case.not_yours"
    assert code_of(lambda: case_conclude(actor=town.desk, case_id=pk, text="没事")) == "case.not_yours"


def test_before_there_is_a_lead_the_desk_replies_and_the_reply_goes_along(town: Town) -> None:
    case = create_for(town, "accepted")
    case_supervise(actor=town.officer, case_id=case.pk, reason="没人管")
    assert owed("reply") == [(town.office.pk, None)]
    moved = create_for(town, "taken")
    case_supervise(actor=town.officer, case_id=moved.pk, reason="没人管")
    case_reassign(actor=town.desk, case_id=moved.pk, lead_id=town.water.pk, reason="职责在水务")
    assert set(owed("reply")) == {(town.office.pk, None), (town.water.pk, None)}
    case_reply(actor=town.desk, case_id=case.pk, text="正在定单位")


def test_what_is_not_supervised_has_nothing_to_reply_to(town: Town) -> None:
    pk = create_for(town, "taken").pk
    assert code_of(lambda: case_reply(actor=town.electrician, case_id=pk, text="说明")) == "supervision.none"
    assert code_of(lambda: case_conclude(actor=town.officer, case_id=pk, text="结论")) == "supervision.none"


def test_on_the_pages_and_never_before_the_reporter(town: Town, supervised: Case, enter: Enter) -> None:
    address = f"/cases/{supervised.pk}/"
    power = enter("department_handler", town.county, town.power)
    page = power.get(address)
    assert page.context["primary"][0] == "reply"
    assert "拖得太久" in power.get(f"{address}do/reply/").content.decode()
    assert power.post(f"{address}do/reply/", {"text": "等许可"}).status_code == 302
    street = enter("street_officer", town.street, town.street_office)
    verbs = [verb for verb, _label in street.get(address).context["actions"]]
    assert "conclude" in verbs
    assert "supervise" not in verbs
    assert street.post(f"{address}do/conclude/", {"text": "限期办结"}).status_code == 302
    assert "限期办结" in power.get(address).content.decode()
    shown = {line.verb for line in happenings(history_of(supervised.pk), public=True)}
    assert shown.isdisjoint({"supervise", "reply", "conclude"})


def test_the_reporter_reads_of_no_supervision_where_the_matter_is_held(town: Town, supervised: Case) -> None:
    assert owed("reply")
    follower = Client()
    session = follower.session
    session["followed"] = [supervised.pk]
    session.save()
    page = follower.get(f"/public/cases/{supervised.number}/")
    assert [item.kind for item, _label in page.context["held"]] == ["case.handle"]
    assert [item.kind for item in slip_for(supervised.pk).held] == ["case.handle"]
