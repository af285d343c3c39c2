"""Venues of the demo place: a centre whose hall is booked whole and in halves, one with too many offices, a station.

The centre was made friendlier, and the old station is closed for works.
"""

from collections.abc import Mapping
from datetime import datetime, time, timedelta
from decimal import Decimal
from typing import Any, Final

from linli.core import clock
from linli.core.actors import SYSTEM, Actor
from linli.demo.conventions import HOME
from linli.demo.days import days_ago
from linli.territory.models import Place
from linli.territory.operations.recording import facility_record_many
from linli.venues.models import Room
from linli.venues.operations.holding import Wish, room_bookings_check, room_confirm, room_hold
from linli.venues.operations.plans import plan_propose, plan_step
from linli.venues.operations.rooms import Open, Sketch, opening_set, room_add
from linli.venues.operations.things import Stock, clearing_add, clearing_decide, supply_add
from linli.venues.operations.works import RoomNow, Works, work_begin, work_finish, work_plan

WEEK: Final = [["09:00-12:00", "13:30-20:30"]] * 5 + [["09:00-12:00", "13:30-18:00"]] * 2
RULES: Final = "请爱护设施，用后关灯关窗、桌椅归位。\n室内禁止吸烟。"


def venues_begin(actors: Mapping[str, Actor]) -> None:
    """Residents and bodies book the hall; an office gives way, a store room becomes a reading room."""
    desk = actors["shequ"]
    with days_ago(60):
        centre, old, police, station = _facilities()
        _open(desk, centre, "打印复印、图书借阅、代办窗口", "10000000110")
        _open(desk, station, "歇脚、饮水、充电、应急药品", "10000000111")
        _open(desk, old, "老年活动、报刊阅览", "10000000113")
        _open(desk, police, "社区警务咨询、求助登记，不存放案件材料；紧急情况请拨打110", "10000000112")
        hall = _room(desk, centre, "多功能厅", 120, capacity=80, buffer=15)
        _room(desk, centre, "多功能厅东半厅", 60, hall, capacity=40, buffer=15)
        _room(desk, centre, "多功能厅西半厅", 60, hall, capacity=40, buffer=15)
        meeting = _room(desk, centre, "居民议事室", 40, capacity=20)
        office = _room(desk, centre, "综合办公室", 45, use="office", booked_by="")
        store = _room(desk, centre, "旧库房", 35, use="idle", booked_by="")
        _room(desk, old, "老年活动室", 40, booked_by="")
        _room(desk, old, "办公用房", 30, use="office", booked_by="")
        _supplies(desk, station)
    _renew(actors, centre, office, store)
    _works(desk, old, station)
    with days_ago(3):
        _book(desk, meeting, 1, 9, 11, "网格员例会")
    _book(desk, hall, 2, 14, 16, "社区合唱队排练", weeks=4)
    _book(desk, meeting, 1, 14, 15, "楼道整治议事")
    room_bookings_check()


def _facilities() -> list[int]:
    home = Place.objects.get(name=HOME).pk
    rows: list[dict[str, Any]] = [
        {"name": "演示党群服务中心", "kind": "党群服务中心", "area_m2": Decimal(420), "address": "演示路1号"},
        {"name": "演示社区服务站", "kind": "社区服务站", "area_m2": Decimal(90), "address": "演示路20号"},
        {"name": "演示社区警务室", "kind": "警务室", "area_m2": Decimal(36), "address": "演示路3号"},
        {"name": "演示邻里驿家", "kind": "户外劳动者服务站", "area_m2": Decimal(30), "address": "演示路8号"},
    ]
    given = [{**row, "place": home, "state": "在用", "since": clock.today()} for row in rows]
    return facility_record_many(actor=SYSTEM, rows=given)


def _open(actor: Actor, facility: int, services: str, phone: str) -> None:
    # Open on holidays too: the demo is built on any day of the year.
    opening = Open(WEEK, holidays=True, access="yes", services=services, rules=RULES, phone=phone)
    opening_set(actor=actor, facility_id=facility, version=0, opening=opening)


def _room(actor: Actor, facility: int, name: str, area: int, part_of: Room | None = None, **more: Any) -> Room:
    sketch = Sketch(name, Decimal(area), **{"booked_by": "residents", "longest": 180, "accessible": True, **more})
    part = part_of.pk if part_of else None
    return room_add(actor=actor, facility_id=facility, sketch=sketch, part_of_id=part)


def _supplies(actor: Actor, station: int) -> None:
    soon, later = (clock.today() + timedelta(days=days) for days in (75, 500))
    for stock in (
        Stock("碘伏棉签", "medicine", 6, 2, "盒", soon),
        Stock("创可贴", "medicine", 10, 3, "盒", later),
        Stock("雨伞", "tools", 12, 5, "把"),
        Stock("饮用水", "water", 4, 2, "桶", later),
    ):
        supply_add(actor=actor, facility_id=station, stock=stock)


def _renew(actors: Mapping[str, Actor], centre: int, office: Room, store: Room) -> None:
    """Plates are looked at, one desk goes with its office; idle space is proposed for a use and begun."""
    desk, chief = actors["shequ"], actors["shuji"]
    with days_ago(30):
        items = [
            clearing_add(actor=desk, facility_id=centre, kind=kind, text=text)
            for kind, text in (("desk", "综合办公室柜台"), ("plate", "重复的工作站牌"), ("notice", "过期的上墙制度"))
        ]
        plan = plan_propose(actor=desk, room_id=store.pk, text="亲子阅读室")
    with days_ago(20):
        clearing_decide(actor=desk, item_id=items[0].pk, verb="remove", reason="业务并入代办窗口", room_id=office.pk)
        clearing_decide(actor=desk, item_id=items[1].pk, verb="remove", reason="与另一块牌子重复")
        plan_step(actor=chief, plan_id=plan.pk, verb="approve")
    with days_ago(12):
        plan_step(actor=desk, plan_id=plan.pk, verb="begin")


def _works(desk: Actor, old: int, station: int) -> None:
    """Works at the station are finished, which gave it a room; the old venue is closed for them."""
    with days_ago(40):
        small = _room(desk, station, "里间", 12, use="idle", booked_by="")
        days = (clock.today(), clock.today() + timedelta(days=10))
        done = work_plan(actor=desk, facility_id=station, works=Works(*days, ["entrance", "comfort"]))
        work_begin(actor=desk, work_id=done.pk)
    with days_ago(31):
        rooms = [RoomNow(small.pk, small.version, "service", small.area_m2)]
        work_finish(actor=desk, work_id=done.pk, rooms=rooms)
    with days_ago(5):
        days = (clock.today(), clock.today() + timedelta(days=25))
        closed = Works(*days, ["counters", "rooms"], "办公用房改为亲子活动室", closed=True)
        work_begin(actor=desk, work_id=work_plan(actor=desk, facility_id=old, works=closed).pk)


def _book(actor: Actor, room: Room, days: int, since: int, until: int, purpose: str, weeks: int = 0) -> None:
    day = clock.today() + timedelta(days=days)
    starts, ends = (datetime.combine(day, time(hour), clock.SHANGHAI) for hour in (since, until))
    last = day + timedelta(weeks=weeks) if weeks else None
    first = room_hold(actor=actor, wish=Wish(room.pk, starts, ends, weekly_until=last))[0]
    room_confirm(actor=actor, booking_id=first.pk, purpose=purpose)
