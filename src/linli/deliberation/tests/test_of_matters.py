"""What the pages of a matter tell of its topics, of meetings about it, and of what was promised there."""

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from linli.accounts.testing import Cast
from linli.cases.models import Case
from linli.cases.operations.intake import Receipt, Report, case_register
from linli.cases.queries.beside import beside, public_beside
from linli.core import clock
from linli.deliberation.models import AgendaItem, Commitment
from linli.deliberation.operations import agenda, commitments, meetings, topics
from linli.deliberation.operations.agenda import Item, Result
from linli.deliberation.operations.meetings import Attendance
from linli.deliberation.operations.topics import Proposal
from linli.deliberation.tests.sittings import joint, planned

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def today(db: None) -> Any:
    with clock.frozen("2026-03-10T10:00") as now:
        yield now


def browser(cast: Cast, who: str) -> Client:
    client = Client()
    client.force_login(cast.users[who])
    return client


def reported(cast: Cast) -> Receipt:
    report = Report(text="充电桩总跳闸", place_id=cast.places["compound"].pk, source="window")
    return case_register(actor=cast.community_worker, report=report)


def test_a_matter_that_is_not_solved_comes_back_from_a_joint_meeting_with_owner_day_and_progress(cast: Cast) -> None:
    receipt = reported(cast)
    meeting = planned(cast, joint(cast))
    item = agenda.item_add(actor=cast.secretary, meeting_id=meeting.pk, item=Item(case_number=receipt.number))
    resident = Client()
    resident.post("/public/cases/", {"number": receipt.number, "code": receipt.code})
    address = f"/public/cases/{receipt.number}/"
    told = resident.get(address).content.decode()
    assert "将提交2026-03-10的四方联席会议商议。" in told
    desk = browser(cast, "community_worker")
    attended = Attendance(came=9)
    meetings.meeting_hold(actor=cast.secretary, meeting_id=meeting.pk, attendance=attended)
    decided = Result("delegated", "供电所增容")
    agenda.item_conclude(actor=cast.secretary, item_id=item.pk, result=decided)
    promise = {"organization": cast.bodies["department"].pk, "text": "更换配电箱", "due": "2026-03-20", "item": item.pk}
    assert desk.post(f"/meetings/{meeting.pk}/commit/", promise).status_code == 302
    row = Commitment.objects.get()
    commitments.commitment_report(actor=cast.department_handler, commitment_id=row.pk, text="设备已到货")
    found = beside(cast.community_worker, receipt.case_id)
    assert [(line.route, line.pk, line.words) for line in found] == [
        ("meetings:meeting", meeting.pk, "供电所增容"),
        ("meetings:commitment", row.pk, "设备已到货"),
    ]
    page = desk.get(f"/cases/{receipt.case_id}/").content.decode()
    for words in (f'href="/meetings/commitments/{row.pk}/"', "设备已到货", "清河县供电所", "2026-03-20"):
        assert words in page
    # What was decided in words, and who promised what, is not for the page that everybody with the code reads.
    told = resident.get(address).content.decode()
    assert "parts handed out" not in told
    assert "2026-03-10的四方联席会议已商议" in told
    assert "供电所增容" not in told
    assert "更换配电箱" not in told


def test_who_may_not_see_meetings_and_topics_reads_nothing_of_them(cast: Cast) -> None:
    receipt = reported(cast)
    proposal = Proposal(cast.places["community"].pk, "充电桩增容", source="case", case_id=receipt.case_id)
    topic = topics.topic_propose(actor=cast.community_worker, proposal=proposal)
    series = joint(cast)
    meeting = planned(cast, series)
    item = agenda.item_add(actor=cast.secretary, meeting_id=meeting.pk, item=Item(case_number=receipt.number))

    def seen(who: str) -> list[str]:
        return [line.route for line in beside(cast.actors[who], receipt.case_id)]

    assert seen("community_worker") == ["topics:topic", "meetings:meeting"]
    assert seen("outsider") == seen("resident") == seen("visitor") == []
    # A body that is invited sees the meeting from then on; one that is not never does.
    assert seen("department_handler") == []
    meetings.meeting_invite(actor=cast.secretary, meeting_id=meeting.pk)
    assert "meetings:meeting" in seen("department_handler")
    assert "meetings:meeting" not in seen("other_handler")
    # A topic that nobody took up is not public yet.
    assert [word.route for word in public_beside(receipt.case_id)] == [""]
    topics.topic_begin(actor=cast.community_worker, topic_id=topic.pk, procedure="consultation")
    assert [(word.route, word.pk) for word in public_beside(receipt.case_id)][1:] == [("public_topics:topic", topic.pk)]
    meetings.meeting_cancel(actor=cast.secretary, meeting_id=meeting.pk, reason="停电")
    assert len(public_beside(receipt.case_id)) == 1
    item.refresh_from_db()
    assert item.meeting_id is None
    assert [line.pk for line in beside(cast.community_worker, receipt.case_id)] == [topic.pk, series.pk]


def test_what_goes_back_waits_on_the_page_of_its_matter_once(cast: Cast) -> None:
    receipt = reported(cast)
    meeting = planned(cast, joint(cast), on=clock.today() - timedelta(days=1))
    item = agenda.item_add(actor=cast.secretary, meeting_id=meeting.pk, item=Item(case_number=receipt.number))
    meetings.meeting_hold(actor=cast.secretary, meeting_id=meeting.pk, attendance=Attendance(came=9))
    agenda.item_conclude(actor=cast.secretary, item_id=item.pk, result=Result("back"))
    assert AgendaItem.objects.get(came_from=item).case == Case.objects.get(pk=receipt.case_id)
    routes = [line.route for line in beside(cast.secretary, receipt.case_id)]
    assert routes == ["meetings:meeting", "meetings:series"]
