"""How space is divided and how much there is, as example tables; idle space, supplies, what is cleared; ledgers."""

from collections.abc import Mapping
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from linli.accounts.testing import Cast
from linli.core import clock
from linli.core.actors import SYSTEM
from linli.core.models import WorkItem
from linli.records.figures import compute
from linli.records.operations.profiles import content_apply
from linli.territory.models import Facility, Place
from linli.venues.models import ClearingItem, Room, SupplyItem, UsePlan
from linli.venues.operations import ledgers, plans, rooms, things
from linli.venues.operations.things import Stock
from linli.venues.queries import space
from linli.venues.sections import VenuesSection
from linli.venues.tests.opened import code_of, room, venue

pytestmark = pytest.mark.django_db
RULES: dict[str, Any] = {"service_least": 80, "office_most": 20, "area_per_100": 30, "restock_days": 30}


def ruled(**more: Any) -> None:
    """A place that divides its venues eighty to twenty."""
    place = {"name": "清河县邻里", "root": "990901"}
    content_apply(actor=SYSTEM, content={"place": place, "venues": {**RULES, **more}})


@pytest.mark.parametrize(
    ("areas", "service", "office", "lacks", "over"),
    [
        ((80, 20, 0), "80.0", "20.0", 0, 0),
        ((79, 21, 0), "79.0", "21.0", 1, 1),
        ((60, 10, 30), "60.0", "10.0", 20, 0),
        ((100, 0, 0), "100.0", "0.0", 0, 0),
        ((0, 50, 0), "0.0", "100.0", 40, 40),
        ((0, 0, 0), None, None, 0, 0),
    ],
)
def test_who_falls_short_of_eighty_to_twenty_and_by_how_much(
    cast: Cast, areas: tuple[int, ...], service: str | None, office: str | None, lacks: int, over: int
) -> None:
    ruled()
    there = venue(cast)
    for use, area in zip(("service", "office", "idle"), areas, strict=True):
        if area:
            whole = room(there, use, area, use=use)
            # A half counts within the whole, and an ended room not at all.
            room(there, f"{use} half", max(1, area // 2), whole, use=use)
    gone = room(there, "拆除", 500, use="office")
    rooms.room_end(actor=SYSTEM, room_id=gone.pk)
    line = space.lines(space.venues(cast.community_worker))[0].division
    shares = [None if part is None else str(part) for part in (line.service_share, line.office_share)]
    assert (shares, int(line.service_short), int(line.office_over)) == ([service, office], lacks, over)
    short = [row.pk for row in space.venues(cast.community_worker, short=True)]
    assert (short, line.short) == ([there.pk] if lacks or over else [], bool(lacks or over))


@pytest.mark.parametrize(
    ("area", "households", "residents", "per_100", "per_10000", "short"),
    [
        (300, 1000, 2500, "30.0", "1200.0", 0),
        (313, 1000, 2500, "31.3", "1252.0", 0),
        (200, 1000, 0, "20.0", None, 100),
        (0, 1000, 2500, "0.0", "0.0", 300),
        (300, 0, 2500, None, "1200.0", 0),
    ],
)
def test_area_of_venues_for_those_who_live_there(
    cast: Cast, area: int, households: int, residents: int, per_100: str | None, per_10000: str | None, short: int
) -> None:
    ruled(kinds=["党群服务中心"])
    there = venue(cast)
    Facility.objects.filter(pk=there.pk).update(area_m2=area)
    # What is closed, or no venue, does not count.
    for kind, state in (("党群服务中心", "closed"), ("警务室", "in_use")):
        Facility.objects.create(name=kind, kind=kind, state=state, place=there.place, area_m2=Decimal(999))
    Place.objects.filter(pk=there.place_id).update(households=households, residents=residents)
    found = {item.place.pk: item for item in space.supplies(cast.leader)}[there.place_id]
    told = [None if each is None else str(each) for each in (found.per_100, found.per_10000)]
    assert (told, int(found.short)) == ([per_100, per_10000], short)
    assert [row.pk for row in space.venues(cast.community_worker)] == [there.pk]


@pytest.mark.parametrize(("least", "most"), [(80, 30), (101, 0)])
def test_shares_that_cannot_be_kept_are_refused(least: int, most: int) -> None:
    with pytest.raises(ValueError, match="service_least"):
        VenuesSection(service_least=least, office_most=most)


def test_the_share_is_a_figure_that_counts_whole_rooms(cast: Cast) -> None:
    there = venue(cast)
    whole = room(there, area=80)
    room(there, "半厅", 40, whole)
    room(there, "办公室", 20, use="office")
    figures = [
        {"id": "rooms.area", "of": "room", "where": {"part_of": "none"}, "measure": {"sum": "area_m2"}},
        {
            "id": "rooms.service",
            "of": "room",
            "where": {"part_of": "none", "use": "service"},
            "measure": {"sum": "area_m2"},
        },
        {"id": "share", "ratio": {"of": "rooms.service", "over": "rooms.area", "times": 100}},
    ]
    content_apply(actor=SYSTEM, content={"place": {"name": "清河", "root": "990901"}, "figures": {"figures": figures}})
    assert compute.compute("share", clock.today()).value == 80


def test_idle_space_is_put_to_use_once_somebody_else_agrees(cast: Cast, today: clock.Frozen) -> None:
    there = venue(cast)
    idle = room(there, "旧会议室", 40, use="idle", booked_by="")
    propose: dict[str, Any] = {"room_id": idle.pk, "text": "儿童之家"}
    assert code_of(plans.plan_propose, actor=cast.outsider, **propose) == "not_found"
    assert code_of(plans.plan_propose, actor=cast.secretary, **{**propose, "text": " "}) == "use_plan.text"
    assert code_of(plans.plan_propose, actor=cast.secretary, **propose) == ""
    assert code_of(plans.plan_propose, actor=cast.community_worker, **propose) == "use_plan.one"
    plan = UsePlan.objects.get()
    owed = WorkItem.objects.get(kind="use_plan.decide", ended=None)
    assert (owed.post_id, owed.due is not None) == (cast.posts["secretary"].pk, True)

    def step(role: str, verb: str, **more: Any) -> str:
        return code_of(plans.plan_step, actor=cast.actors[role], plan_id=plan.pk, verb=verb, **more)

    assert [step(role, "approve") for role in ("secretary", "community_worker")] == ["use_plan.own", "venue.not_yours"]
    assert step("community_worker", "begin") == "use_plan.state"
    assert step("street_officer", "refuse") == "use_plan.reason"
    assert [step("street_officer", "approve"), step("street_officer", "approve")] == ["", "use_plan.state"]
    assert not WorkItem.objects.filter(kind="use_plan.decide", ended=None).exists()
    today.move(timedelta(days=3))
    assert step("community_worker", "begin") == ""
    idle.refresh_from_db()
    plan.refresh_from_db()
    assert (idle.use, plan.decided, plan.since) == ("service", date(2026, 3, 2), date(2026, 3, 5))
    assert code_of(plans.plan_propose, actor=cast.secretary, **propose) == "use_plan.not_idle"
    assert step("community_worker", "end") == ""
    idle.refresh_from_db()
    assert idle.use == "idle"


def test_what_expires_or_runs_short_is_owed_once_and_until_it_is_restocked(cast: Cast, today: clock.Frozen) -> None:
    there = venue(cast, name="邻里驿家")
    add: dict[str, Any] = {"actor": cast.community_worker, "facility_id": there.pk}
    soon = Stock("碘伏", "medicine", 5, 0, "瓶", date(2026, 4, 20))
    row = things.supply_add(**add, stock=soon)
    assert code_of(things.supply_add, **add, stock=soon) == "supply_item.name_taken"
    assert code_of(things.supply_add, **add, stock=Stock("x", "drinks")) == "supply_item.kind"
    assert code_of(things.supply_add, **add, stock=Stock("x", "other", -1)) == "supply_item.amount"
    assert code_of(things.supply_add, **{**add, "actor": cast.outsider}, stock=soon) == "not_found"
    few = things.supply_add(**add, stock=Stock("雨伞", "tools", 1, 4, "把"))

    def owed() -> Mapping[int, date]:
        rows = WorkItem.objects.filter(kind="supply_item.restock", ended=None)
        return {pk: clock.day_of(due) for pk, due in rows.values_list("subject_id", "due") if due}

    assert owed() == {few.pk: date(2026, 3, 9)}
    assert things.supplies_check() == 1
    today.move(timedelta(days=19))
    assert [things.supplies_check(), things.supplies_check()] == [2, 2]
    assert owed()[row.pk] == date(2026, 4, 20)
    restock: dict[str, Any] = {
        "actor": cast.second_worker,
        "supply_id": row.pk,
        "amount": 9,
        "least": 0,
        "expires": date(2027, 4, 1),
    }
    assert code_of(things.supply_restock, **restock, version=1) == ""
    assert code_of(things.supply_restock, **restock, version=1) == "supply_item.stale"
    things.supply_end(actor=cast.second_worker, supply_id=few.pk)
    assert owed() == {}


def test_a_desk_that_goes_frees_a_room_for_residents(cast: Cast) -> None:
    there = venue(cast)
    office = room(there, "办公室", 35, use="office", booked_by="")
    add: dict[str, Any] = {"actor": cast.community_worker, "facility_id": there.pk}
    assert code_of(things.clearing_add, **add, kind="door", text="x") == "clearing_item.kind"
    desk, plate = (things.clearing_add(**add, kind=kind, text=kind) for kind in ("desk", "plate"))

    def decide(item: ClearingItem, verb: str, **more: Any) -> str:
        given: dict[str, Any] = {
            "actor": cast.community_worker,
            "item_id": item.pk,
            "verb": verb,
            "reason": "非必要",
            **more,
        }
        return code_of(things.clearing_decide, **given)

    assert decide(plate, "keep", reason="") == "clearing_item.reason"
    assert decide(plate, "keep", room_id=office.pk) == "clearing_item.room"
    assert [decide(plate, "keep"), decide(plate, "keep")] == ["", "clearing_item.state"]
    assert decide(desk, "remove", actor=cast.outsider) == "not_found"
    assert decide(desk, "remove", room_id=room(venue(cast, name="别处"), use="office").pk) == "clearing_item.room"
    assert decide(desk, "remove", room_id=office.pk) == ""
    office.refresh_from_db()
    desk.refresh_from_db()
    assert (office.use, int(desk.freed_m2 or 0), desk.room_id) == ("service", 35, office.pk)
    assert decide(plate, "remove", room_id=office.pk) == "clearing_item.room"


def test_ledgers_name_a_facility_that_is_here(cast: Cast) -> None:
    there, community = venue(cast), cast.places["community"].pk
    venue(cast, "far_community")
    row = {"facility": there.name, "place": community, "name": "图书室", "area_m2": Decimal(50), "use": "service"}
    rows = [row, {**row, "place": None}, {**row, "facility": "没有"}]
    assert ledgers.facilities_unknown(rows=rows) == {1: "venue.unknown_facility", 2: "venue.unknown_facility"}
    (pk,) = ledgers.room_record_many(actor=SYSTEM, rows=[row])
    assert ledgers.room_record_many(actor=SYSTEM, rows=[{**row, "area_m2": Decimal(60)}]) == [pk]
    assert Room.objects.get().area_m2 == 60
    ledgers.supply_record_many(
        actor=SYSTEM, rows=[{"facility": there.name, "place": community, "name": "水", "amount": 2}]
    )
    assert SupplyItem.objects.get().since == clock.today()
    plate = {"facility": there.name, "place": community, "kind": "plate", "text": "站牌", "state": "removed"}
    wrong = [plate, {**plate, "reason": "多余"}, {**plate, "state": "kept", "reason": "x", "freed_m2": Decimal(3)}]
    assert ledgers.clearing_refused(rows=wrong) == {0: "clearing_item.reason", 2: "clearing_item.freed"}
