"""What decided an item at a place, and which meetings and matters belong to a campaign."""

from datetime import date
from typing import Any

import pytest

from linli.accounts.testing import Cast
from linli.campaigns.operations import belonging, places
from linli.campaigns.operations import campaigns as operations
from linli.campaigns.queries.belonging import decided_by
from linli.campaigns.queries.pages import campaign_page
from linli.campaigns.tests.running import planned, running, step, target_of
from linli.campaigns.tests.test_campaigns import code_of
from linli.cases.operations.intake import Report, case_register
from linli.cases.queries.beside import beside
from linli.core import clock
from linli.core.actors import SYSTEM
from linli.deliberation.models import Meeting, Topic
from linli.deliberation.tests.agreed import meeting

pytestmark = pytest.mark.django_db
DAY = date(2026, 3, 1)


def test_residents_decide_a_renovation_in_a_meeting_or_by_a_topic(cast: Cast) -> None:
    row = planned(cast, kind="renovation")
    step(SYSTEM, operations.targets_add, row, place_id=cast.places["compound"].pk)
    step(SYSTEM, operations.campaign_begin, row)
    item_id, target_id = row.items.earliest("pk").pk, target_of(row).pk
    given: dict[str, Any] = {"actor": cast.community_worker, "target_id": target_id, "item_id": item_id}
    far, unheld = meeting(cast, DAY, "far_community"), meeting(cast, DAY)
    Meeting.objects.filter(pk=unheld.pk).update(state="planned")
    topic = Topic.objects.create(
        **{"place": cast.places["compound"], "title": "改造方案", "source": "body", "state": "under_way"},
        **{"proposed_on": DAY, "recorded": clock.now(), "recorder": "system"},
    )
    for state in ("done", "not_needed"):
        for decision in (("", 0), ("meeting", far.pk), ("meeting", unheld.pk), ("topic", topic.pk)):
            mark: dict[str, Any] = {**given, "state": state, "note": "同意", "decision": decision}
            assert code_of(places.target_mark, **mark) == "campaign_mark.decision"
    Topic.objects.filter(pk=topic.pk).update(state="decided", outcome="resolution", decided_on=DAY)
    marked = places.target_mark(**given, state="done", decision=("topic", topic.pk))
    assert (marked.topic, marked.meeting) == (topic, None)
    held = meeting(cast, DAY)
    marked = places.target_mark(**given, state="done", decision=("meeting", held.pk))
    assert (marked.topic, marked.meeting) == (None, held)
    # Whoever does not see the meeting is not told what it is called.
    assert decided_by(cast.community_worker, [marked]) == {marked.pk: ("meetings:meeting", held)}
    assert decided_by(cast.property_handler, [marked]) == {}


def test_meetings_and_matters_belong_to_a_campaign(cast: Cast) -> None:
    row, officer = running(cast), cast.street_officer
    here, far = meeting(cast, DAY), meeting(cast, DAY, "far_community")
    report = Report("楼道堆物", place_id=cast.places["compound"].pk)
    case = case_register(actor=cast.community_worker, report=report, door="desk")
    add: dict[str, Any] = {"actor": officer, "campaign_id": row.pk}
    assert code_of(belonging.link_add, meeting_id=far.pk, **add) == "campaign_link.meeting"
    assert code_of(belonging.link_add, number="没有", **add) == "campaign_link.number"
    for actor, code in ((cast.outsider, "not_found"), (cast.community_worker, "campaign.not_yours")):
        assert code_of(belonging.link_add, meeting_id=here.pk, **{**add, "actor": actor}) == code
    belonging.link_add(meeting_id=here.pk, **add)
    assert code_of(belonging.link_add, meeting_id=here.pk, **add) == "campaign_link.twice"
    belonging.link_add(number=case.number, **add)
    found = campaign_page(officer, row.pk).belonging
    assert (found.meetings, found.cases, found.seen_meetings) == (1, 1, [here])
    assert [item.pk for item in found.seen_cases] == [case.case_id]
    assert [item.name for item in beside(officer, case.case_id)] == [row.title]
    # Whoever takes part reads how many there are, and opens those that are theirs to see.
    hidden = campaign_page(cast.department_handler, row.pk).belonging
    assert (hidden.cases, hidden.seen_cases) == (1, [])
    belonging.link_drop(case_id=case.case_id, **add)
    assert code_of(belonging.link_drop, case_id=case.case_id, **add) == "not_found"
    assert beside(officer, case.case_id) == []
