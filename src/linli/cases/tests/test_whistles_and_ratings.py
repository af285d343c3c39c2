"""Whistles with both sides rated, joint handling, and the reporter's word that nobody else can enter."""

from datetime import timedelta

import pytest
from django.test import Client

from linli.cases.models import Case, Rating, Reporter, Whistle
from linli.cases.operations.finishing import case_finish
from linli.cases.operations.helping import help_ask, help_finish
from linli.cases.operations.rating import (
    LINK_HOLDS,
    Word,
    case_rate,
    rating_answer,
    rating_ask,
    rating_not_reached,
    rating_record,
)
from linli.cases.operations.supervising import case_supervise, case_urge, overdue_escalate
from linli.cases.operations.whistles import (
    whistle_call,
    whistle_consult,
    whistle_rate,
    whistle_report_in,
    whistle_resolve,
)
from linli.cases.tests.test_life import code_of
from linli.cases.tests.test_pages import Enter, enter
from linli.cases.tests.town import Town, create_for
from linli.core.actors import VISITOR
from linli.core.clock import Frozen
from linli.core.errors import DomainError
from linli.core.models import Entry, WorkItem
from linli.organizations.models import Organization
from linli.territory.models import Place

__all__ = ["enter"]


@pytest.fixture
def whistle(town: Town) -> Whistle:
    """A call of the community's desk to two departments."""
    case = create_for(town, "accepted")
    return whistle_call(
        actor=town.desk, case_id=case.pk, departments=[town.power.pk, town.water.pk], text="地下管线冒水漏电"
    )


def test_a_whistle_from_call_to_rating_of_both_sides(town: Town, whistle: Whistle, morning: Frozen) -> None:
    assert f"{whistle.report_due:%m-%d %H:%M}" == "03-12 17:30"
    assert WorkItem.objects.filter(kind="whistle.report_in", ended=None).count() == 2
    morning.move(timedelta(hours=3))
    assert whistle_report_in(actor=town.electrician, whistle_id=whistle.pk).state == "reported"
    assert code_of(lambda: whistle_report_in(actor=town.electrician, whistle_id=whistle.pk)) == "whistle.reported"
    whistle_report_in(actor=town.plumber, whistle_id=whistle.pk)
    ended = whistle_resolve(actor=town.desk, whistle_id=whistle.pk, result="两部门现场抢修完毕")
    assert (ended.state, str(ended.closed)) == ("done", "2026-03-10")
    assert not WorkItem.objects.filter(kind__startswith="whistle.", ended=None).exists()
    rated = whistle_rate(actor=town.desk, whistle_id=whistle.pk, organization_id=town.power.pk, stars=5)
    call = whistle_rate(
        actor=town.electrician, whistle_id=whistle.pk, organization_id=town.power.pk, stars=4, of_caller=True
    )
    assert (rated.pk, rated.rating, call.rating_of_caller) == (call.pk, 5, 4)
    again = code_of(
        lambda: whistle_rate(actor=town.desk, whistle_id=whistle.pk, organization_id=town.power.pk, stars=1)
    )
    assert again == "whistle.rated"


def test_who_did_not_come_stays_named(town: Town, whistle: Whistle) -> None:
    whistle_report_in(actor=town.electrician, whistle_id=whistle.pk)
    whistle_consult(actor=town.officer, whistle_id=whistle.pk, reason="水务未到场")
    whistle_resolve(actor=town.officer, whistle_id=whistle.pk, result="会诊后由供电牵头")
    facts = Entry.objects.filter(operation="whistle.resolve").values_list("facts", flat=True)[0]
    assert facts["absent"] == [town.water.name]


def test_whistles_are_refused_for_good_reason(town: Town, whistle: Whistle) -> None:
    case_id = whistle.case_id or 0

    def call(who: object = town.desk, **values: object) -> str:
        given = {"departments": [town.power.pk], "text": "吹哨", **values}
        return code_of(lambda: whistle_call(actor=who, case_id=case_id, **given))  # type: ignore[arg-type]

    assert call() == "whistle.open"
    assert call(kind="silent") == "whistle.kind_unknown"
    assert call(departments=[]) == "whistle.nobody_called"
    assert call(text=" ") == "whistle.text_missing"
    assert call(who=town.outsider) == "not_found"
    assert code_of(lambda: whistle_report_in(actor=town.outsider, whistle_id=whistle.pk)) == "not_found"
    assert code_of(lambda: whistle_report_in(actor=town.desk, whistle_id=whistle.pk)) == "whistle.not_yours"
    early = code_of(lambda: whistle_resolve(actor=town.desk, whistle_id=whistle.pk, result="好了"))
    assert early == "case.state" or early == "whistle.state"


def test_the_lead_cannot_finish_before_its_helpers(town: Town) -> None:
    case = create_for(town, "taken")
    part = help_ask(actor=town.electrician, case_id=case.pk, organization_id=town.water.pk, task="关闭阀门")
    assert code_of(lambda: case_finish(actor=town.electrician, case_id=case.pk, result="完成了")) == (
        "case.helpers_open"
    )
    assert code_of(lambda: help_finish(actor=town.electrician, help_id=part.pk, result="x")) == "help.not_yours"
    help_finish(actor=town.plumber, help_id=part.pk, result="阀门已关")
    assert code_of(lambda: help_finish(actor=town.plumber, help_id=part.pk, result="再关")) == "help.done"
    assert case_finish(actor=town.electrician, case_id=case.pk, result="完成了").state == "done"


def test_the_one_time_link_answers_once(town: Town) -> None:
    case = create_for(town, "closed")
    asked = rating_ask(actor=town.desk, case_id=case.pk)
    newer = rating_ask(actor=town.desk, case_id=case.pk)
    word = Word(solved=True, satisfied=4, remark="谢谢")
    assert code_of(lambda: rating_answer(actor=VISITOR, token=asked.token, word=word)) == "rating.used"
    assert rating_answer(actor=VISITOR, token=newer.token, word=word).state == "rated"
    assert code_of(lambda: rating_answer(actor=VISITOR, token=newer.token, word=word)) == "rating.used"
    assert code_of(lambda: rating_answer(actor=VISITOR, token="guess", word=word)) == "not_found"
    answered = Rating.objects.filter(answered__isnull=False).values_list("solved", "satisfied", "recorded_by")
    assert list(answered) == [(True, 4, "")]


def test_a_link_that_lay_about_for_long_answers_nothing(town: Town, morning: Frozen) -> None:
    case = create_for(town, "closed")
    asked = rating_ask(actor=town.desk, case_id=case.pk)
    word = Word(solved=True, satisfied=4)
    morning.move(LINK_HOLDS + timedelta(seconds=1))
    assert code_of(lambda: rating_answer(actor=VISITOR, token=asked.token, word=word)) == "rating.expired"
    page = Client().post(f"/public/rate/{asked.token}/", {"solved": "yes", "satisfied": "4"})
    assert page.status_code == 409
    newer = rating_ask(actor=town.desk, case_id=case.pk)
    assert rating_answer(actor=VISITOR, token=newer.token, word=word).state == "rated"


def test_a_link_answers_for_its_own_matter_alone(town: Town) -> None:
    first, second = (create_for(town, "closed") for _time in range(2))
    asked = rating_ask(actor=town.desk, case_id=first.pk)
    rating_ask(actor=town.desk, case_id=second.pk)
    answered = rating_answer(actor=VISITOR, token=asked.token, word=Word(solved=False, satisfied=1))
    assert (answered.pk, Rating.objects.filter(answered__isnull=False).count()) == (first.pk, 1)
    second.refresh_from_db()
    assert second.state == "closed"


def test_the_handler_can_neither_ask_nor_enter_nor_change(town: Town) -> None:
    case = create_for(town, "closed")
    word = Word(solved=True, satisfied=5)
    assert code_of(lambda: rating_ask(actor=town.electrician, case_id=case.pk)) == "rating.not_yours"
    asked = rating_ask(actor=town.desk, case_id=case.pk, channel="phone")
    assert code_of(lambda: rating_record(actor=town.electrician, rating_id=asked.rating_id, word=word)) == (
        "rating.not_yours"
    )
    assert code_of(lambda: case_rate(actor=town.electrician, case_id=case.pk, word=word)) == "rating.not_yours"
    assert rating_record(actor=town.desk, rating_id=asked.rating_id, word=word).state == "rated"
    assert Rating.objects.get(pk=asked.rating_id).recorded_by == town.desk.key


def test_not_reached_is_counted_and_leaves_the_matter_closed(town: Town) -> None:
    case = create_for(town, "closed")
    asked = rating_ask(actor=town.desk, case_id=case.pk, channel="phone")
    rating_not_reached(actor=town.desk, rating_id=asked.rating_id)
    assert Rating.objects.filter(reached=False).count() == 1
    assert Case.objects.get(pk=case.pk).state == "closed"


def test_a_desk_may_not_record_what_only_the_link_answers(town: Town) -> None:
    asked = rating_ask(actor=town.desk, case_id=create_for(town, "closed").pk)
    word = Word(solved=True, satisfied=5)
    assert code_of(lambda: rating_record(actor=town.desk, rating_id=asked.rating_id, word=word)) == "rating.link"


def test_the_page_offers_the_ways_of_asking_that_are_open_to_who_looks(town: Town, enter: Enter) -> None:
    """The handler's own desk asks by link alone; where nobody reported, nobody is asked."""
    pk = create_for(town, "closed").pk

    def ways(where: Place, organization: Organization) -> list[str]:
        page = enter("community_worker", where, organization).get(f"/cases/{pk}/")
        return list(page.context["channels"]) if page.status_code == 200 else []

    assert ways(town.community, town.office) == ["link", "phone", "paper"]
    assert ways(town.community, town.power) == ["link"]
    desk = enter("community_worker", town.community, town.office)
    assert desk.post(f"/cases/{pk}/ask-rating/", {"channel": "phone"}).status_code == 302
    record = f"/cases/{pk}/ratings/{Rating.objects.get(case_id=pk).pk}/"
    assert record in desk.get(f"/cases/{pk}/").content.decode()
    handler = enter("community_worker", town.community, town.power)
    assert record not in handler.get(f"/cases/{pk}/").content.decode()
    Rating.objects.filter(case_id=pk).delete()
    Reporter.objects.filter(case_id=pk).delete()
    assert ways(town.community, town.office) == []


def test_urged_supervised_and_raised_to_the_next_level(town: Town, morning: Frozen) -> None:
    case = create_for(town, "taken")
    assert case_urge(actor=town.reporter(case.pk), case_id=case.pk).extra["urged"] == 1
    assert code_of(lambda: case_supervise(actor=town.desk, case_id=case.pk, reason="x")) == "case.not_yours"
    assert case_supervise(actor=town.officer, case_id=case.pk, reason="群众反映强烈").supervised
    assert overdue_escalate() == 0
    morning.move(timedelta(days=10))
    assert overdue_escalate() == 2, "the matter, and the reply that was not given"
    assert overdue_escalate() == 0
    raised = WorkItem.objects.get(kind="case.overdue", ended=None)
    assert (raised.subject_id, raised.post_id) == (case.pk, town.officer_post.pk)


def test_each_department_owes_its_own_part_by_its_own_clock(town: Town, morning: Frozen) -> None:
    """WHI-04: what is whose stands in its work item, on its call, and stays through reporting in."""
    case = create_for(town, "accepted")
    parts = {town.power.pk: "断开地下电缆", town.water.pk: " "}
    called = whistle_call(
        actor=town.desk,
        case_id=case.pk,
        departments=[town.power.pk, town.water.pk],
        text="地下管线冒水漏电",
        parts=parts,
    )
    tasks = dict(called.calls.values_list("organization_id", "task"))
    assert tasks == {town.power.pk: "断开地下电缆", town.water.pk: "地下管线冒水漏电"}
    items = {item.organization_id: item for item in WorkItem.objects.filter(kind="whistle.report_in", ended=None)}
    assert {pk: item.title.removeprefix(f"{case.number} ") for pk, item in items.items()} == tasks
    assert all(item.due == called.report_due for item in items.values())
    whistle_report_in(actor=town.electrician, whistle_id=called.pk)
    own = WorkItem.objects.get(kind="whistle.help", ended=None)
    assert (own.organization_id, own.title) == (town.power.pk, f"{case.number} 断开地下电缆")
    help_finish(actor=town.electrician, help_id=called.calls.get(organization=town.power).pk, result="已断电")
    left = WorkItem.objects.filter(kind__startswith="whistle.", ended=None)
    assert [item.organization_id for item in left] == [town.water.pk]


def test_a_part_is_only_of_who_is_called(town: Town) -> None:
    case_id = create_for(town, "accepted").pk
    for body, part, code in ((town.water, "关阀", "whistle.not_called"), (town.power, "长" * 201, "case.too_long")):
        with pytest.raises(DomainError) as refused:
            whistle_call(
                actor=town.desk, case_id=case_id, departments=[town.power.pk], text="吹哨", parts={body.pk: part}
            )
        assert refused.value.code == code
    assert not Whistle.objects.exists()


def test_parts_are_given_on_the_form_and_shown_on_the_page(town: Town, enter: Enter) -> None:
    pk = create_for(town, "accepted").pk
    desk = enter("community_worker", town.community, town.office)
    address = f"/cases/{pk}/do/whistle/"
    page = desk.get(address).content.decode()
    assert f'name="part_{town.power.pk}"' in page
    sent = {
        "departments": [town.power.pk, town.water.pk],
        "kind": "routine",
        "text": "请一起到场",
        f"part_{town.power.pk}": "断开电缆",
        f"part_{town.county_office.pk}": "没有点名的",
    }
    assert desk.post(address, {**sent, "departments": []}).status_code == 400
    assert desk.post(address, sent).status_code == 302
    assert set(Whistle.objects.get().calls.values_list("task", flat=True)) == {"断开电缆", "请一起到场"}
    shown = enter("department_handler", town.county, town.power).get(f"/cases/{pk}/").content.decode()
    assert "断开电缆" in shown
    assert "没有点名的" not in shown


def test_help_is_called_by_its_part_on_the_work_list(town: Town) -> None:
    case = create_for(town, "taken")
    help_ask(actor=town.desk, case_id=case.pk, organization_id=town.water.pk, task="关总阀")
    assert WorkItem.objects.get(kind="help.do").title == f"{case.number} 关总阀"
