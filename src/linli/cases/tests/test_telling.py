"""Who is told when a matter moves: the reporter of each state, the body it went to, the arbiter, whoever is urged."""

import pytest

from linli.accounts.models import User
from linli.cases.models import Case
from linli.cases.operations.dispatching import case_dispatch, case_return, case_take
from linli.cases.operations.finishing import case_finish
from linli.cases.operations.intake import Report, case_report
from linli.cases.operations.screening import case_accept, case_refuse
from linli.cases.operations.supervising import case_supervise, case_urge
from linli.cases.operations.telling import HANDED_ON, WHISTLED
from linli.cases.operations.whistles import whistle_call
from linli.cases.tests.town import Town
from linli.cases.words import MESSAGES
from linli.cases.workflow import CASE
from linli.core import clock
from linli.core.errors import DomainError
from linli.messaging import kinds
from linli.messaging.models import Message
from linli.organizations.models import Organization, Person, Post

pytestmark = pytest.mark.django_db


def account(name: str, pk: int | None = None) -> User:
    person = None if pk else Person.objects.create(name=name, created=clock.now())
    return User.objects.create(id=pk, username=name, person=person, joined=clock.now())


def holder(name: str, kind: str, body: Organization) -> User:
    user = account(name)
    Post.objects.create(person=user.person, kind=kind, place=body.place, organization=body, confirmed=True)
    return user


def received(town: Town, **fields: object) -> int:
    account("resident", 77)
    values = {"place_id": town.compound.pk, "category": "lighting", **fields}
    return case_report(actor=town.resident, report=Report(text="楼道灯坏了三天", **values)).case_id  # type: ignore[arg-type]


def told(user: User) -> list[str]:
    return list(Message.objects.filter(user=user).order_by("pk").values_list("kind", flat=True))


def test_the_reporter_is_told_each_state_and_nothing_internal(town: Town) -> None:
    pk = received(town)
    reporter = User.objects.get(pk=77)
    assert told(reporter) == []
    case_accept(actor=town.desk, case_id=pk)
    case_dispatch(actor=town.desk, case_id=pk, lead_id=town.power.pk)
    case_take(actor=town.electrician, case_id=pk)
    case_urge(actor=town.desk, case_id=pk, reason="快些")
    case_finish(actor=town.electrician, case_id=pk, result="已更换灯泡")
    assert told(reporter) == [f"case.state.{state}" for state in ("accepted", "dispatched", "taken", "done")]
    first = Message.objects.filter(user=reporter)[0]
    assert first.link.endswith(f"/{Case.objects.get(pk=pk).number}/")
    assert not Message.objects.filter(user=reporter, title__contains="楼道").exists()


def test_a_refusal_carries_its_public_reason(town: Town) -> None:
    pk = received(town)
    case_refuse(actor=town.desk, case_id=pk, reason="不在本县")
    message = Message.objects.get(user_id=77)
    assert (message.kind, message.body) == ("case.state.not_accepted", "不在本县")


def test_the_body_that_it_went_to_is_told_and_nobody_else(town: Town) -> None:
    mine, other = holder("mine", "department_handler", town.power), holder("other", "department_handler", town.water)
    pk = received(town)
    case_accept(actor=town.desk, case_id=pk)
    case_dispatch(actor=town.desk, case_id=pk, lead_id=town.power.pk)
    case_urge(actor=town.desk, case_id=pk)
    case_supervise(actor=town.officer, case_id=pk, reason="拖得太久")
    assert told(mine) == ["case.dispatch", "case.urge", "case.supervise"]
    assert told(other) == []


def test_a_matter_that_nobody_takes_goes_to_the_arbiter(town: Town) -> None:
    arbiter = User.objects.create(username="officer", person=town.officer_post.person, joined=clock.now())
    pk = received(town)
    case_accept(actor=town.desk, case_id=pk)
    case_dispatch(actor=town.desk, case_id=pk, lead_id=town.power.pk)
    case_return(actor=town.electrician, case_id=pk, reason="无主管")
    assert Case.objects.get(pk=pk).state == "with_arbiter"
    assert told(arbiter) == ["case.return_again"]
    assert "case.state.with_arbiter" not in told(User.objects.get(pk=77))


def test_an_emergency_wakes_the_desk_at_once_and_others_wait_on_the_list(town: Town) -> None:
    clerk = holder("clerk", "community_worker", town.office)
    received(town)
    assert told(clerk) == []
    report = Report(text="井盖没了", place_id=town.compound.pk, category="lighting", urgency="emergency")
    case_report(actor=town.resident, report=report)
    message = Message.objects.get(user=clerk)
    assert (message.kind, message.urgency) == ("case.receive", "emergency")


def test_a_whistle_calls_its_departments(town: Town) -> None:
    called, other = (
        holder("called", "department_handler", town.water),
        holder("other", "department_handler", town.power),
    )
    pk = received(town)
    case_accept(actor=town.desk, case_id=pk)
    whistle_call(actor=town.desk, case_id=pk, departments=[town.water.pk], text="请到场")
    assert (told(called), told(other)) == (["whistle.call"], [])


def test_a_refused_move_tells_nobody(town: Town) -> None:
    pk = received(town)
    with pytest.raises(DomainError):
        case_accept(actor=town.electrician, case_id=pk)
    assert not Message.objects.exists()


def test_every_kind_that_is_sent_has_words() -> None:
    codes = [f"case.{verb}" for verb in HANDED_ON] + [f"whistle.{verb}" for verb in WHISTLED]
    assert sorted([*codes, "case.receive"]) == sorted(code for code, _label in MESSAGES)
    assert all(kinds.known(f"case.state.{state.code}") for state in CASE.states)
    assert all(kinds.known(code) for code in codes)
