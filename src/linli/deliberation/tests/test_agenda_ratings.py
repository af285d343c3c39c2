"""Residents rate what came of an item by themselves: once each, counted, and nobody is found by it."""

from typing import Any

import pytest
from django.core import signing
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st

from linli.accounts.neighbourhood import Cast, neighbourhood
from linli.accounts.testing import Cast as Fixture
from linli.core import clock
from linli.core.models import Entry
from linli.core.testing.fixtures import OwnDatabase
from linli.deliberation.models import AgendaItem
from linli.deliberation.models.meetings import ItemRater
from linli.deliberation.operations import agenda, meetings
from linli.deliberation.operations.agenda import Item, Result
from linli.deliberation.operations.meetings import Attendance
from linli.deliberation.queries.raised import middle_of
from linli.deliberation.tests.sittings import forum, joint, planned
from linli.deliberation.tests.test_polls_at_once import answers
from linli.deliberation.tests.voting import code_of
from linli.deliberation.views.public_meetings import RATING
from linli.deliberation.workflow.meetings import RATINGS

ORDER = [code for code, _label in RATINGS]


def concluded(cast: Cast, title: str = "四方联席会议") -> AgendaItem:
    """An item of which something came, at a meeting whose minutes are not approved."""
    meeting = planned(cast, joint(cast, title=title), title=title)
    item = agenda.item_add(actor=cast.secretary, meeting_id=meeting.pk, item=Item("楼道灯", "resident"))
    meetings.meeting_hold(actor=cast.secretary, meeting_id=meeting.pk, attendance=Attendance(came=9))
    return agenda.item_conclude(actor=cast.secretary, item_id=item.pk, result=Result("settled", "已换"))


def rate(item: AgendaItem, rating: str, rater: str) -> AgendaItem:
    return agenda.item_rate_own(item_id=item.pk, rating=rating, rater=rater)


@pytest.mark.parametrize(
    ("counts", "middle"),
    [
        ((0, 0, 0), ""),
        ((1, 0, 0), "satisfied"),
        ((1, 0, 1), "dissatisfied"),
        ((1, 1, 1), "partly"),
        ((2, 1, 0), "satisfied"),
        ((2, 2, 0), "partly"),
        ((3, 0, 2), "satisfied"),
    ],
)
def test_the_rating_of_all_is_the_middle_one(counts: tuple[int, ...], middle: str) -> None:
    assert middle_of(dict(zip(ORDER, counts, strict=True))) == middle


@given(st.lists(st.sampled_from(ORDER), min_size=1, max_size=40))
def test_the_middle_is_that_of_the_ratings_in_their_order(given_ones: list[str]) -> None:
    in_order = sorted(given_ones, key=ORDER.index)
    assert middle_of({code: given_ones.count(code) for code in ORDER}) == in_order[len(in_order) // 2]


@pytest.mark.django_db
def test_each_rates_once_and_only_sums_are_kept(cast: Fixture) -> None:
    with clock.frozen("2026-03-10T19:00"):
        item = concluded(cast)
        rate(item, "satisfied", "user:1")
        assert code_of(lambda: rate(item, "partly", "user:1")) == "agenda.rated"
        rate(item, "dissatisfied", "another browser")
        item = rate(item, "dissatisfied", "a third")
        assert (item.rating, item.ratings) == ("dissatisfied", {"satisfied": 1, "dissatisfied": 2})
        for rating, code in (("", "agenda.rating"), ("best", "agenda.rating")):
            assert code_of(lambda rating=rating: rate(item, rating, "x")) == code  # type: ignore[misc]
        assert code_of(lambda: agenda.item_rate_own(item_id=0, rating="partly", rater="x")) == "not_found"
        refused = code_of(lambda: agenda.item_rate(actor=cast.secretary, item_id=item.pk, rating="satisfied"))
        assert refused == "agenda.rated_by_residents"
        # Another result is another matter to rate; one that goes on is rated where it goes.
        again = Result("resolution", "年内换完")
        item = agenda.item_conclude(actor=cast.secretary, item_id=item.pk, result=again)
        assert (item.rating, item.ratings, item.raters.count()) == ("", {}, 0)
        agenda.item_conclude(actor=cast.secretary, item_id=item.pk, result=Result("back"))
        assert code_of(lambda: rate(item, "partly", "user:1")) == "agenda.rating_closed"
    entries = Entry.objects.filter(operation="agenda_item.rate_own")
    assert {(entry.actor, str(entry.facts)) for entry in entries} == {("visitor", "{}")}


@pytest.mark.django_db
def test_those_who_came_rate_on_their_page_once_from_a_browser_or_account(cast: Fixture) -> None:
    with clock.frozen("2026-03-10T19:00"):
        item, other = concluded(cast), concluded(cast, "片区会")
        desk = Client()
        desk.force_login(cast.users["secretary"])
        shown = desk.get(f"/meetings/{item.meeting_id}/")
        page = f"/public/ratings/{signing.dumps(item.meeting_id, salt=RATING)}/"
        assert shown.context["rating_address"].split("/ratings/")[0] == "http://testserver/public"
        browser, resident = Client(), Client()
        resident.force_login(cast.users["resident"])
        for client in (browser, resident):
            assert client.get(page).status_code == 200
            sent: dict[str, Any] = {"item": item.pk, "rating": "partly"}
            assert client.post(page, {**sent, "rating": ""}).status_code == 400
            assert client.post(page, {**sent, "item": other.pk}).status_code == 404
            assert client.post(page, sent).status_code == 302
            assert client.post(page, sent).status_code == 409
            assert "您已评议" in client.get(page).content.decode()
        item.refresh_from_db()
        assert item.ratings == {"partly": 2}
        assert '基本满意 <span class="num">2</span>' in desk.get(f"/meetings/{item.meeting_id}/").content.decode()
        assert browser.get("/public/ratings/forged/").status_code == 404


@pytest.mark.django_db
def test_the_page_of_a_courtyard_forum_leads_to_the_rating_until_the_minutes_are_approved(cast: Fixture) -> None:
    with clock.frozen("2026-03-10T19:00"):
        court = forum(cast, kind="courtyard_meeting", title="院坝会")
        meeting = planned(cast, court, public=True)
        item = agenda.item_add(actor=cast.secretary, meeting_id=meeting.pk, item=Item("楼道灯", "resident"))
        meetings.meeting_hold(actor=cast.secretary, meeting_id=meeting.pk, attendance=Attendance(came=9))
        agenda.item_conclude(actor=cast.secretary, item_id=item.pk, result=Result("settled", "已换"))
        visitor = Client()
        shown = visitor.get(f"/public/forums/{court.pk}/")
        page = f"/public/ratings/{shown.context['rated'][0][1]}/"
        assert page in shown.content.decode()
        assert visitor.post(page, {"item": item.pk, "rating": "satisfied"}).status_code == 302
        meetings.minutes_write(actor=cast.community_worker, meeting_id=meeting.pk, text="议了一件事")
        meetings.minutes_approve(actor=cast.secretary, meeting_id=meeting.pk, number=1)
        shown = visitor.get(f"/public/forums/{court.pk}/")
        assert (shown.context["rated"], "居民评议：满意" in shown.content.decode()) == ([], True)
        assert list(visitor.get(page).context["page"].items) == []
        assert visitor.post(page, {"item": item.pk, "rating": "partly"}).status_code == 409


def test_one_who_sends_twice_at_the_same_moment_is_counted_once(own_database: OwnDatabase) -> None:
    cast = neighbourhood()
    with clock.frozen("2026-03-10T19:00"):
        item = concluded(cast)
        raters = [f"browser {number}" for number in range(4)]
        found = own_database.together(*[lambda rater=rater: rate(item, "partly", rater) for rater in raters * 3])
    assert answers(found) == {"ok": 4, "agenda.rated": 8}
    item.refresh_from_db()
    assert (item.ratings, ItemRater.objects.count()) == ({"partly": 4}, 4)
