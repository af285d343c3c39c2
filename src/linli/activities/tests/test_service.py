"""Records of service: attested once by somebody else, refused, corrected with a trace; never paid duty."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any, Final

import pytest

from linli.accounts.testing import Cast
from linli.activities.events import service_attested, service_withdrawn
from linli.activities.models import ServiceRecord
from linli.activities.operations import service as operations
from linli.activities.operations.service import Service, service_record
from linli.activities.policies.service import service_records_visible_to
from linli.core import clock
from linli.core.actors import SYSTEM, Actor
from linli.core.errors import DomainError
from linli.core.models import Entry, WorkItem
from linli.messaging.models import Message
from linli.points.queries import balance_of
from linli.points.workflow import HOURS

DAY: Final = date(2026, 3, 1)


@pytest.fixture(autouse=True)
def today(db: None) -> Iterator[Any]:
    with clock.frozen("2026-03-02T10:00") as held:
        yield held


def given(cast: Cast, who: str = "grid_worker", **values: Any) -> Service:
    person = cast.actors[who].person_id
    assert person is not None
    made = Service(person, "order", 7, DAY, cast.places["community"].pk, "陪诊", 90)
    return replace(made, **values)


def code_of(call: Any, **values: Any) -> str:
    with pytest.raises(DomainError) as error:
        call(**values)
    return error.value.code


def test_what_is_recorded_waits_and_is_attested_once_by_somebody_else(cast: Cast) -> None:
    row = service_record(actor=cast.community_worker, service=given(cast))
    assert (row.state, row.minutes, row.attested) == ("waiting", 90, None)
    attest = operations.service_attest
    assert code_of(attest, actor=cast.grid_worker, record_id=row.pk) == "service.own"
    assert code_of(attest, actor=cast.outsider, record_id=row.pk) == "not_found"
    assert code_of(attest, actor=cast.community_worker, record_id=row.pk, minutes=0) == "service.minutes"
    heard: list[Any] = []
    service_attested.connect(lambda fact, **_rest: heard.append(fact), weak=False, dispatch_uid="test")
    row = attest(actor=cast.community_worker, record_id=row.pk, minutes=75)
    service_attested.disconnect(dispatch_uid="test")
    assert (row.state, row.minutes, row.attested_by_id) == ("attested", 75, cast.community_worker.user_id)
    assert [(fact.row.pk, fact.corrected) for fact in heard] == [(row.pk, None)]
    assert Message.objects.get(user=cast.users["grid_worker"]).kind == "service.attested"
    assert code_of(attest, actor=cast.community_worker, record_id=row.pk) == "service.state"
    written = Entry.objects.filter(operation__startswith="service.").order_by("id")
    assert list(written.values_list("operation", flat=True)) == ["service.record", "service.attest"]


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"paid_duty": True}, "service.paid_duty"),
        ({"minutes": 0}, "service.minutes"),
        ({"minutes": 1441}, "service.minutes"),
        ({"day": date(2026, 3, 3)}, "service.day"),
        ({"name": " "}, "service.name"),
    ],
)
def test_what_is_no_service_is_not_recorded(cast: Cast, values: dict[str, Any], code: str) -> None:
    assert code_of(service_record, actor=SYSTEM, service=given(cast, **values)) == code
    assert not ServiceRecord.objects.exists()


def test_one_source_is_recorded_once_for_a_person(cast: Cast) -> None:
    service_record(actor=cast.community_worker, service=given(cast), attested=True)
    again: dict[str, Any] = {"actor": cast.community_worker, "service": given(cast), "attested": True}
    assert code_of(service_record, **again) == "service.twice"
    own: dict[str, Any] = {"actor": cast.grid_worker, "service": given(cast, source_id=8), "attested": True}
    assert code_of(service_record, **own) == "service.own"
    assert ServiceRecord.objects.get().state == "attested"


def test_a_record_is_refused_with_a_reason(cast: Cast) -> None:
    row = service_record(actor=cast.community_worker, service=given(cast))
    refuse = operations.service_refuse
    assert code_of(refuse, actor=cast.community_worker, record_id=row.pk, reason=" ") == "service.reason"
    assert refuse(actor=cast.community_worker, record_id=row.pk, reason="没有到场").state == "refused"
    assert code_of(refuse, actor=cast.community_worker, record_id=row.pk, reason="再次") == "service.state"
    told = Message.objects.get(user=cast.users["grid_worker"])
    assert (told.kind, told.facts["reason"]) == ("service.refused", "没有到场")


def test_a_correction_is_asked_for_and_leaves_a_trace(cast: Cast) -> None:
    old = service_record(actor=cast.community_worker, service=given(cast), attested=True)
    ask = operations.service_ask_correction
    assert code_of(ask, actor=cast.community_worker, record_id=old.pk, minutes=60, reason="多") == "not_found"
    assert code_of(ask, actor=cast.grid_worker, record_id=old.pk, minutes=60, reason="") == "service.reason"
    asked = ask(actor=cast.grid_worker, record_id=old.pk, minutes=120, reason="还收拾了场地")
    assert code_of(ask, actor=cast.grid_worker, record_id=old.pk, minutes=60, reason="又") == "service.asked"
    owed = WorkItem.objects.get(kind="service.correct", ended=None)
    assert (owed.subject_id, owed.post_id is not None) == (old.pk, True)
    correct = operations.service_correct
    assert code_of(correct, actor=cast.grid_worker, record_id=old.pk, minutes=120, reason="是") == "service.own"
    new = correct(actor=cast.community_worker, record_id=old.pk, minutes=120, reason="核对签到表属实")
    old.refresh_from_db()
    asked.refresh_from_db()
    owed.refresh_from_db()
    assert (old.state, old.minutes, old.reason) == ("withdrawn", 90, "核对签到表属实")
    assert (new.state, new.minutes, new.corrects_id, new.source_id) == ("attested", 120, old.pk, old.source_id)
    assert (asked.state, owed.ended is not None) == ("granted", True)
    assert code_of(correct, actor=cast.community_worker, record_id=old.pk, minutes=1, reason="是") == "service.state"
    assert operations.first_of(new) == old.pk
    # Hours follow what is attested, and what was corrected.
    person = old.person_id
    assert balance_of(HOURS, person) == 120
    correct(actor=cast.community_worker, record_id=new.pk, minutes=60, reason="再次核对")
    assert balance_of(HOURS, person) == 60


def test_a_correction_is_declined_with_a_reason(cast: Cast) -> None:
    row = service_record(actor=cast.community_worker, service=given(cast), attested=True)
    decline = operations.service_decline_correction
    assert code_of(decline, actor=cast.community_worker, record_id=row.pk, reason="否") == "service.not_asked"
    operations.service_ask_correction(actor=cast.grid_worker, record_id=row.pk, minutes=200, reason="更久")
    ask = decline(actor=cast.community_worker, record_id=row.pk, reason="签到表是九十分钟")
    assert (ask.state, ask.answer) == ("declined", "签到表是九十分钟")
    assert Message.objects.filter(user=cast.users["grid_worker"], kind="service.declined").exists()


def test_a_correction_to_nothing_withdraws(cast: Cast) -> None:
    row = service_record(actor=cast.community_worker, service=given(cast), attested=True)
    heard: list[Any] = []
    service_withdrawn.connect(lambda fact, **_rest: heard.append(fact.row.pk), weak=False, dispatch_uid="test")
    operations.service_correct(actor=cast.community_worker, record_id=row.pk, minutes=0, reason="登记错了人")
    service_withdrawn.disconnect(dispatch_uid="test")
    assert (heard, ServiceRecord.objects.get().state) == ([row.pk], "withdrawn")


@pytest.mark.parametrize(
    ("who", "sees"),
    [("grid_worker", True), ("community_worker", True), ("outsider", False), ("building_head", False)],
)
def test_a_record_is_seen_by_its_person_and_the_desk(cast: Cast, who: str, sees: bool) -> None:
    service_record(actor=SYSTEM, service=given(cast))
    actor: Actor = cast.actors[who]
    assert ServiceRecord.objects.filter(service_records_visible_to(actor)).exists() is sees
