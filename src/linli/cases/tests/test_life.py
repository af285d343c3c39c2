"""The usual way of a matter and its side ways, as lists of steps with the state after each."""

from datetime import timedelta
from typing import Any

import pytest

from linli.cases import workflow
from linli.cases.models import Case, Rating
from linli.cases.operations.dispatching import (
    case_arbitrate,
    case_ask_extension,
    case_decide_extension,
    case_defer,
    case_dispatch,
    case_reassign,
    case_recall,
    case_resume,
    case_return,
    case_review,
    case_take,
)
from linli.cases.operations.finishing import (
    case_close,
    case_close_unconfirmed,
    case_confirm,
    case_deny,
    case_finish,
    case_reject,
    case_reopen,
    case_resolve_on_the_spot,
    case_verify,
    case_void,
    case_withdraw,
)
from linli.cases.operations.merging import case_merge, case_unmerge
from linli.cases.operations.rating import Word, case_rate
from linli.cases.operations.screening import (
    case_accept,
    case_approve_out_of_scope,
    case_contact,
    case_propose_out_of_scope,
    case_refer,
    case_refuse,
    case_reject_out_of_scope,
)
from linli.cases.tests.town import Town, create_for, registered, report
from linli.core import clock
from linli.core.clock import Frozen
from linli.core.errors import DomainError, RuleBroken
from linli.core.models import Entry, WorkItem
from linli.organizations.models import Person, Post


def holder_of(pk: int) -> tuple[str, int | None, int | None]:
    """The kind and holder of the one open step."""
    item = WorkItem.objects.get(kind__startswith="case.", subject_type="case", subject_id=pk, ended=None)
    return item.kind, item.organization_id, item.post_id


def code_of(call: Any) -> str:
    """The code with which a call is refused; empty where it is not."""
    try:
        call()
    except DomainError as error:
        return error.code
    return ""


def test_the_tables_are_sound() -> None:
    assert workflow.CASE.check() == []
    assert workflow.WHISTLE.check() == []


def test_the_usual_way_from_report_to_rating(town: Town, morning: Frozen) -> None:
    receipt = report(town, reporter_name="王女士", phone="10012345678")
    pk, reporter = receipt.case_id, town.reporter(receipt.case_id)
    assert holder_of(pk) == ("case.accept", town.office.pk, None)
    assert case_accept(actor=town.desk, case_id=pk).state == "accepted"
    case_contact(actor=town.desk, case_id=pk)
    assert case_dispatch(actor=town.desk, case_id=pk, lead_id=town.power.pk).state == "dispatched"
    assert holder_of(pk) == ("case.take", town.power.pk, None)
    assert case_take(actor=town.electrician, case_id=pk).state == "taken"
    morning.move(timedelta(hours=2))
    assert case_finish(actor=town.electrician, case_id=pk, result="已更换灯泡").state == "done"
    assert holder_of(pk)[0] == "case.verify"
    assert case_confirm(actor=reporter, case_id=pk).verification == "reporter"
    closed = case_close(actor=town.desk, case_id=pk, answer="灯已修好,感谢反映")
    assert closed.closed_on is not None
    assert [item.kind for item in WorkItem.objects.filter(subject_id=pk, ended=None)] == ["reporter.call"]
    assert case_rate(actor=reporter, case_id=pk, word=Word(True, 5)).state == "rated"
    assert not WorkItem.objects.filter(subject_id=pk, ended=None).exists()
    assert list(Rating.objects.values_list("solved", "satisfied")) == [(True, 5)]
    verbs = list(Entry.objects.filter(subject_id=pk).order_by("id").values_list("operation", flat=True))
    assert verbs == [
        f"case.{verb}"
        for verb in ("receive", "accept", "contact", "dispatch", "take", "finish", "confirm", "close", "rate")
    ]


def test_deadline_runs_in_lawful_time_from_receipt(town: Town) -> None:
    case = Case.objects.get(pk=report(town).case_id)
    assert f"{case.due:%Y-%m-%d %H:%M%z}" == "2026-03-17 09:30+0000"
    urgent = Case.objects.get(pk=report(town, category="fire_safety").case_id)
    assert f"{urgent.due:%Y-%m-%d}" == "2026-03-12"


def test_the_earlier_deadline_rules(town: Town, morning: Frozen) -> None:
    soon = morning.at + timedelta(hours=5)
    case = Case.objects.get(pk=report(town, given_due=soon, register_number="12345-1").case_id)
    assert case.due == soon == case.given_due


def test_doer_and_own_body_never_verify(town: Town) -> None:
    case = create_for(town, "done")
    assert code_of(lambda: case_verify(actor=town.electrician, case_id=case.pk)) == "case.not_yours"
    spot = case_resolve_on_the_spot(actor=town.desk, case_id=report(town).case_id, result="当场换好了灯")
    assert code_of(lambda: case_verify(actor=town.desk, case_id=spot.pk)) == "case.not_yours"
    assert case_verify(actor=town.second_desk, case_id=spot.pk).verification == "person"


def test_silence_is_unconfirmed_and_only_after_waiting(town: Town, morning: Frozen) -> None:
    case = create_for(town, "done")
    assert code_of(lambda: case_close_unconfirmed(actor=town.desk, case_id=case.pk)) == "case.still_waiting"
    morning.move(timedelta(days=8))
    assert case_close_unconfirmed(actor=town.desk, case_id=case.pk).verification == "unconfirmed"


def test_hazards_and_matters_without_reporter_need_another_person(town: Town, morning: Frozen) -> None:
    hazard = create_for(town, "done", kind="hazard")
    nobody = case_resolve_on_the_spot(actor=town.desk, case_id=registered(town).case_id, result="当场处理完毕了")
    morning.move(timedelta(days=8))
    for case in (hazard, nobody):
        refused = code_of(lambda pk=case.pk: case_close_unconfirmed(actor=town.desk, case_id=pk))
        assert refused == "case.needs_verification"


def test_rework_goes_back_to_the_same_body(town: Town) -> None:
    case = create_for(town, "done")
    assert case_reject(actor=town.desk, case_id=case.pk, reason="灯还是不亮").state == "taken"
    assert holder_of(case.pk) == ("case.handle", town.power.pk, None)
    case_finish(actor=town.electrician, case_id=case.pk, result="换了线路与灯泡")
    assert case_deny(actor=town.reporter(case.pk), case_id=case.pk).state == "taken"


def test_first_return_to_the_desk_second_to_the_arbiter(town: Town) -> None:
    case = create_for(town, "dispatched")
    due = case.due
    back = case_return(actor=town.electrician, case_id=case.pk, reason="不属供电", proposed_id=town.water.pk)
    assert (back.state, back.returns, back.lead_id) == ("accepted", 1, None)
    case_dispatch(actor=town.desk, case_id=case.pk, lead_id=town.water.pk)
    back = case_return(actor=town.plumber, case_id=case.pk, reason="不属水务", proposed_id=town.power.pk)
    assert (back.state, back.returns, back.due) == ("with_arbiter", 2, due)
    item = WorkItem.objects.get(subject_id=case.pk, ended=None)
    assert (item.kind, item.post_id) == ("case.arbitrate", town.officer_post.pk)
    assert item.due is not None
    assert f"{item.due:%m-%d}" == "03-11"
    assert code_of(lambda: case_dispatch(actor=town.desk, case_id=case.pk, lead_id=1)) == "case.state"
    decided = case_arbitrate(actor=town.officer, case_id=case.pk, lead_id=town.power.pk, reason="线路归供电")
    assert (decided.state, decided.lead_id) == ("dispatched", town.power.pk)


def test_no_body_that_fits_goes_to_the_arbiter_at_once(town: Town) -> None:
    case = create_for(town, "taken")
    assert case_return(actor=town.electrician, case_id=case.pk, reason="无主管").state == "with_arbiter"


def test_recall_reassign_defer_and_resume(town: Town, morning: Frozen) -> None:
    case = create_for(town, "dispatched")
    assert case_recall(actor=town.desk, case_id=case.pk, reason="派错").state == "accepted"
    case_dispatch(actor=town.desk, case_id=case.pk, lead_id=town.power.pk)
    case_take(actor=town.electrician, case_id=case.pk)
    assert code_of(lambda: case_recall(actor=town.desk, case_id=case.pk, reason="派错")) == "case.state"
    moved = case_reassign(actor=town.desk, case_id=case.pk, lead_id=town.water.pk, reason="改派")
    assert (moved.state, moved.lead_id) == ("dispatched", town.water.pk)
    assert holder_of(case.pk) == ("case.take", town.water.pk, None)
    assert code_of(lambda: case_defer(actor=town.desk, case_id=case.pk, reason="待资金")) == "case.not_yours"
    before = moved.due
    deferred = case_defer(actor=town.officer, case_id=case.pk, reason="待财政资金")
    assert (deferred.state, str(deferred.deferred_until)) == ("deferred", "2026-06-08")
    late = code_of(lambda: case_review(actor=town.officer, case_id=case.pk, reason="仍等", days=91))
    assert late == "case.review_too_late"
    morning.move(timedelta(days=2))
    resumed = case_resume(actor=town.officer, case_id=case.pk)
    assert resumed.paused_minutes == 2 * 420
    assert before is not None
    assert resumed.due is not None
    assert (resumed.due - before).days == 2


@pytest.mark.parametrize("asked", ["extension", "out_of_scope"])
def test_without_offices_a_decision_waits_with_a_post_that_may_make_it(town: Town, asked: str) -> None:
    """The nearest post dispatches only; what it or a department asks for is decided above."""
    for office in (town.office, town.street_office, town.county_office):
        office.delete()
    person = Person.objects.create(name="甲", created=clock.now())
    near = Post.objects.create(person=person, kind="community_worker", place=town.community, confirmed=True)
    pk = create_for(town, "taken" if asked == "extension" else "accepted").pk
    if asked == "extension":
        case_ask_extension(actor=town.electrician, case_id=pk, reason="等配件", days=3)
    else:
        assert WorkItem.objects.get(subject_id=pk, kind="case.dispatch", ended=None).post_id == near.pk
        case_propose_out_of_scope(actor=town.desk, case_id=pk, reason="自然现象", ground="条例第十条")
    item = WorkItem.objects.get(subject_id=pk, kind__in=("case.extension", "case.approve"), ended=None)
    assert (item.organization_id, item.post_id) == (None, town.officer_post.pk)


def test_extension_is_asked_and_decided_by_different_people(town: Town) -> None:
    case = create_for(town, "taken")
    case_ask_extension(actor=town.electrician, case_id=case.pk, reason="等配件", days=3)
    again = code_of(lambda: case_ask_extension(actor=town.electrician, case_id=case.pk, reason="等", days=3))
    assert again == "case.extension_open"
    assert code_of(lambda: case_decide_extension(actor=town.electrician, case_id=case.pk, granted=True)) == (
        "case.not_yours"
    )
    granted = case_decide_extension(actor=town.officer, case_id=case.pk, granted=True)
    assert (granted.extensions, f"{granted.due:%m-%d}") == (1, "03-20")


def test_out_of_scope_needs_a_second_person(town: Town) -> None:
    pk = report(town, "青蛙太吵了").case_id
    case_propose_out_of_scope(actor=town.desk, case_id=pk, reason="自然现象", ground="条例第十条")
    assert code_of(lambda: case_approve_out_of_scope(actor=town.desk, case_id=pk)) == "case.not_yours"
    assert case_reject_out_of_scope(actor=town.second_desk, case_id=pk, reason="可以协调").state == "accepted"
    case_propose_out_of_scope(actor=town.desk, case_id=pk, reason="自然现象", ground="条例第十条")
    ended = case_approve_out_of_scope(actor=town.second_desk, case_id=pk)
    assert (ended.state, ended.in_scope) == ("out_of_scope", False)


def test_refuse_refer_void_withdraw(town: Town) -> None:
    refuse = case_refuse(actor=town.desk, case_id=report(town).case_id, reason="内容不清且联系不上")
    refer = case_refer(actor=town.desk, case_id=report(town).case_id, to="派出所", reason="依法移交")
    void = case_void(actor=town.desk, case_id=report(town).case_id, reason="测试数据")
    pk = report(town).case_id
    withdrawn = case_withdraw(actor=town.reporter(pk), case_id=pk)
    states = [case.state for case in (refuse, refer, void, withdrawn)]
    assert states == ["not_accepted", "referred", "void", "withdrawn"]
    other = report(town).case_id
    assert code_of(lambda: case_withdraw(actor=town.desk, case_id=other)) == "case.not_yours"


def test_reopen_within_fifteen_days(town: Town, morning: Frozen) -> None:
    case = create_for(town, "closed")
    reporter = town.reporter(case.pk)
    reopened = case_reopen(actor=reporter, case_id=case.pk, reason="又坏了")
    assert (reopened.state, reopened.reopened, reopened.closed_on) == ("accepted", 1, None)
    late = create_for(town, "closed")
    morning.move(timedelta(days=16))
    refused = code_of(lambda: case_reopen(actor=town.reporter(late.pk), case_id=late.pk, reason="又坏了"))
    assert refused == "case.too_late"


def test_merge_keeps_both_threads_and_unmerge_restores(town: Town) -> None:
    first, second = report(town).case_id, report(town, "灯坏了").case_id
    merged = case_merge(actor=town.desk, case_id=second, into_id=first)
    assert (merged.state, merged.merged_into_id) == ("merged", first)
    assert not WorkItem.objects.filter(subject_id=second, ended=None).exists()
    assert Case.objects.get(pk=second).reporters.count() == 1
    back = case_unmerge(actor=town.desk, case_id=second, reason="不是一处")
    assert (back.state, back.merged_into_id) == ("accepted", None)
    assert code_of(lambda: case_merge(actor=town.desk, case_id=first, into_id=first)) == "case.merge_self"


def test_stale_version_is_refused(town: Town) -> None:
    case = create_for(town, "accepted")
    stale = code_of(
        lambda: case_dispatch(actor=town.desk, case_id=case.pk, lead_id=town.power.pk, version=case.version - 1)
    )
    assert stale == "case.stale"


@pytest.mark.parametrize("state", ["accepted", "dispatched", "taken", "done", "verified", "closed"])
def test_accepting_twice_is_refused(town: Town, state: str) -> None:
    case = create_for(town, state)
    with pytest.raises(RuleBroken) as refused:
        case_accept(actor=town.desk, case_id=case.pk)
    assert refused.value.code == "case.state"


def test_hidden_equals_missing_for_another_place(town: Town) -> None:
    case = create_for(town, "received")
    for actor in (town.outsider, town.electrician, town.resident):
        assert code_of(lambda who=actor: case_accept(actor=who, case_id=case.pk)) == "not_found"
