"""Works at venues: planned, begun, put off, finished and dropped; closed days with them, areas before and after."""

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, Final

import pytest
from django.test import Client

from linli.accounts.testing import Cast
from linli.core import clock
from linli.core.actors import SYSTEM
from linli.core.models import WorkItem
from linli.organizations.tests.test_pages import enter
from linli.records.figures import compute
from linli.records.operations.profiles import content_apply
from linli.territory.models import Facility
from linli.venues.models import Closure, Room, RoomBooking, VenueWork
from linli.venues.operations import rooms, works
from linli.venues.operations.works import Days, RoomNow, Works
from linli.venues.tests.opened import DAY, booked, code_of, hall, room, venue

pytestmark = pytest.mark.django_db
# A week from the day after tomorrow; today is Monday, 2 March.
FIRST, LAST = date(2026, 3, 4), date(2026, 3, 11)


WITH: Final[dict[str, Any]] = {
    "before": {"better": ["counters", "rooms"]},
    "after": {"better": "counters", "any": [{"better": {"not": "rooms"}}]},
}


def wanted(**more: Any) -> Works:
    return Works(**{"first": FIRST, "last": LAST, "better": ["counters"], "closed": True, **more})


def planned(cast: Cast, facility: Facility, **more: Any) -> VenueWork:
    return works.work_plan(actor=cast.community_worker, facility_id=facility.pk, works=wanted(**more))


def now(row: Room, use: str, area: int) -> RoomNow:
    row.refresh_from_db()
    return RoomNow(row.pk, row.version, use, Decimal(area))


def owed() -> dict[int, date | None]:
    rows = WorkItem.objects.filter(kind="venue_work.go_on", ended=None).values_list("subject_id", "due")
    return {pk: due and clock.day_of(due) for pk, due in rows}


def test_a_venue_is_closed_for_works_and_open_again_with_its_rooms_put_right(cast: Cast, today: clock.Frozen) -> None:
    whole, east, west = hall(cast)
    there = whole.facility
    office, store = room(there, "柜台", 45, use="office"), room(there, "库房", 35, use="idle")
    within, before = booked(cast, east, days=3), booked(cast, west, days=1)
    row = planned(cast, there)
    closure = Closure.objects.get()
    assert (row.state, closure.since, closure.last, "撤除柜台" in closure.reason) == ("planned", FIRST, LAST, True)
    assert [RoomBooking.objects.get(pk=each.pk).state for each in (within, before)] == ["cancelled", "booked"]
    assert owed() == {row.pk: FIRST}
    today.move(DAY)
    # They begin a day early, and the venue closes with them.
    row = works.work_begin(actor=cast.community_worker, work_id=row.pk)
    closure.refresh_from_db()
    assert (row.begun, closure.since, owed()) == (FIRST - DAY, FIRST - DAY, {row.pk: LAST})
    assert RoomBooking.objects.get(pk=before.pk).state == "cancelled"
    today.move(9 * DAY)
    works.work_put_off(actor=SYSTEM, work_id=row.pk, version=row.version, days=Days(None, LAST + 5 * DAY))
    closure.refresh_from_db()
    assert (closure.since, closure.last, owed()) == (FIRST - DAY, LAST + 5 * DAY, {row.pk: LAST + 5 * DAY})
    # The hall shrinks with a half of it, the counter goes, and the store becomes larger.
    given = [now(whole, "service", 70), now(east, "service", 30), now(west, "service", 40)]
    given += [now(office, "service", 45), now(store, "idle", 40)]
    row = works.work_finish(actor=cast.community_worker, work_id=row.pk, rooms=given)
    closure.refresh_from_db()
    row.refresh_from_db()
    assert [row.service_before, row.office_before, row.idle_before] == [80, 45, 35]
    assert [row.service_after, row.office_after, row.idle_after] == [115, 0, 40]
    assert (row.state, row.ended, closure.last, closure.void) == ("finished", clock.today(), clock.today() - DAY, False)
    office.refresh_from_db()
    assert (office.use, office.booked_by, owed()) == ("service", "residents", {})
    figures = [
        {"id": when, "of": "venue_work", "where": WITH[when], "measure": {"sum": f"service_{when}"}}
        for when in ("before", "after")
    ]
    more = {"id": "more", "change": {"of": "after", "against": "before", "in": "amount"}}
    content = {"place": {"name": "清河", "root": "990901"}, "figures": {"figures": [*figures, more]}}
    content_apply(actor=SYSTEM, content=content)
    assert compute.compute("more", clock.today()).value == 35


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"first": FIRST - 3 * DAY}, "venue_work.days"),
        ({"last": FIRST - DAY}, "venue_work.days"),
        ({"better": []}, "venue_work.what"),
        ({"better": ["nothing"]}, "venue_work.what"),
        ({"text": "长" * 161}, "venue_work.what"),
    ],
)
def test_what_cannot_be_planned(cast: Cast, given: dict[str, Any], code: str) -> None:
    assert code_of(planned, cast=cast, facility=venue(cast), **given) == code


def test_works_are_dropped_with_a_reason_and_nothing_is_closed_any_more(cast: Cast) -> None:
    there = venue(cast)
    first, second = planned(cast, there), planned(cast, there, better=[], text="换灯", closed=False)
    assert code_of(planned, cast=cast, facility=there) == "venue_work.twice"
    drop: dict[str, Any] = {"actor": cast.secretary, "work_id": first.pk}
    assert code_of(works.work_drop, **drop, reason=" ") == "venue_work.reason"
    assert code_of(works.work_drop, **drop, reason="缓建") == ""
    assert (Closure.objects.get().void, owed()) == (True, {second.pk: FIRST})
    for verb in (works.work_begin, works.work_drop):
        extra = {"reason": "x"} if verb is works.work_drop else {}
        assert code_of(verb, actor=cast.secretary, work_id=first.pk, **extra) == "venue_work.state"
    # Once they are dropped they may be planned again.
    assert code_of(planned, cast=cast, facility=there) == ""


def test_closed_days_that_were_taken_back_stay_open(cast: Cast) -> None:
    there = venue(cast)
    row = planned(cast, there)
    rooms.closure_void(actor=SYSTEM, facility_id=there.pk, closure_id=Closure.objects.get().pk)
    row = works.work_put_off(actor=SYSTEM, work_id=row.pk, version=1, days=Days(FIRST, LAST + DAY))
    assert (Closure.objects.get().last, row.last) == (LAST, LAST + DAY)


STEPS: Final[tuple[tuple[Callable[..., Any], dict[str, Any]], ...]] = (
    (works.work_put_off, {"version": 1, "days": Days(FIRST, LAST)}),
    (works.work_begin, {}),
    (works.work_finish, {"rooms": []}),
    (works.work_drop, {"reason": "x"}),
)


def test_only_who_keeps_the_venue_takes_works_further(cast: Cast, today: clock.Frozen) -> None:
    row = planned(cast, venue(cast))
    plan: dict[str, Any] = {"facility_id": row.facility_id, "works": wanted(text="x")}
    for role, code in (("outsider", "not_found"), ("resident", "not_found"), ("leader", "venue.not_yours")):
        assert code_of(works.work_plan, actor=cast.actors[role], **plan) == code
        for step, values in STEPS:
            assert code_of(step, actor=cast.actors[role], work_id=row.pk, **values) == code
    finish: dict[str, Any] = {"actor": cast.community_worker, "work_id": row.pk}
    assert code_of(works.work_finish, **finish, rooms=[]) == "venue_work.state"
    put_off: dict[str, Any] = {"actor": cast.community_worker, "work_id": row.pk, "version": 1}
    assert code_of(works.work_put_off, **put_off, days=Days(FIRST, FIRST - DAY)) == "venue_work.days"
    assert code_of(works.work_put_off, **put_off, days=Days(FIRST, LAST)) == ""
    assert code_of(works.work_put_off, **put_off, days=Days(FIRST, LAST)) == "venue_work.stale"
    today.move(timedelta(days=20))
    assert code_of(works.work_begin, actor=cast.community_worker, work_id=row.pk) == "venue_work.days"
    works.work_put_off(actor=SYSTEM, work_id=row.pk, version=2, days=Days(clock.today(), clock.today()))
    works.work_begin(actor=cast.community_worker, work_id=row.pk)
    elsewhere = room(venue(cast, name="别处"), "别处的房间", 10)
    mine = room(row.facility, "小间", 10)
    assert code_of(works.work_finish, **finish, rooms=[now(elsewhere, "office", 10)]) == "not_found"
    stale = [RoomNow(mine.pk, 9, "office", Decimal(10))]
    assert code_of(works.work_finish, **finish, rooms=stale) == "room.stale"
    assert code_of(works.work_finish, **finish, rooms=[now(mine, "service", 10)]) == ""
    assert code_of(works.work_finish, **finish, rooms=[]) == "venue_work.state"


def test_works_on_the_pages(cast: Cast, today: clock.Frozen) -> None:
    there = venue(cast)
    office = room(there, "柜台", 45, use="office", booked_by="")
    page, public = f"/venues/{there.pk}/", f"/public/venues/{there.pk}/"
    desk = enter(cast, "community_worker")
    given = {"better": ["counters", "entrance"], "text": "", "first": f"{FIRST}", "last": f"{LAST}", "closed": "on"}
    assert desk.post(f"{page}work/", {**given, "first": ""}).status_code == 400
    assert desk.post(f"{page}work/", given).status_code == 302
    assert desk.post(f"{page}work/", given).status_code == 409
    row = {"work": f"{VenueWork.objects.get().pk}"}
    assert [(line.closed, line.late) for line in Client().get(public).context["page"].works] == [(True, False)]
    today.move(2 * DAY)
    desk = enter(cast, "community_worker")
    assert desk.post(f"{page}work_begin/", row).status_code == 302
    assert f"{LAST}" in Client().get(public).content.decode()
    assert enter(cast, "leader").get(page).context["page"].works[0].verbs == []
    today.move(8 * DAY)
    desk = enter(cast, "community_worker")
    assert [line.late for line in desk.get(page).context["page"].works] == [True]
    assert desk.post(f"{page}work_put_off/", {**row, "version": "2", "last": ""}).status_code == 400
    assert desk.post(f"{page}work_put_off/", {**row, "version": "2", "last": "2026-03-20"}).status_code == 302
    assert desk.post(f"{page}work_drop/", {**row, "reason": ""}).status_code == 400
    end = f"{page}work_finish/?work={row['work']}"
    assert desk.get(end).context["form"].rooms == [office]
    told = {f"use{office.pk}": "service", f"area{office.pk}": "44", f"version{office.pk}": "1"}
    assert desk.post(end, told).status_code == 400
    assert desk.post(end, {**told, "right": "on"}).status_code == 302
    office.refresh_from_db()
    assert [office.use, office.area_m2] == ["service", 44]
    line = desk.get(page).context["page"].works[0]
    assert (line.before.office, line.after.office, line.after.service) == (45, 0, 44)
    assert Client().get(public).context["page"].works == []
    assert desk.get(end).status_code == 404
