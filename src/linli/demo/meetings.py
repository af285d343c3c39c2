"""Meetings of the demo place: forums in the evening, a joint meeting with a promise that is overdue, a relation."""

from collections.abc import Mapping
from datetime import date, datetime, time, timedelta
from typing import Final

from linli.core import clock
from linli.core.actors import Actor
from linli.deliberation.models import Meeting, MeetingSeries, Partnership
from linli.deliberation.operations.agenda import (
    Item,
    Result,
    item_add,
    item_conclude,
    item_propose,
    item_rate_own,
)
from linli.deliberation.operations.commitments import commitment_make, commitment_report, commitments_check
from linli.deliberation.operations.meetings import (
    Attendance,
    Plan,
    meeting_hold,
    meeting_invite,
    meeting_plan,
    minutes_approve,
    minutes_write,
)
from linli.deliberation.operations.partnerships import (
    Relation,
    partnership_event,
    partnership_make,
    partnership_set_up,
)
from linli.deliberation.operations.series import Series, series_open, sessions_check
from linli.territory.models import Place

HOME: Final = "零五鑫港社区居民委员会"


def meetings_begin(actors: Mapping[str, Actor]) -> None:
    """Let ten weeks of meetings pass: one joint session was missed, one promise is overdue."""
    place = Place.objects.get(name=HOME)
    with clock.frozen(_morning(75)):
        joint = _joint(actors, place)
    with clock.frozen(_morning(40)):
        sessions_check()
    with clock.frozen(_evening(24)):
        sessions_check()
        _joint_session(actors, joint)
    with clock.frozen(_morning(22)):
        forum = _forum(actors, place)
    with clock.frozen(_evening(9)):
        sessions_check()
        _forum_session(actors, forum)
        item_propose(series_id=forum.pk, text="希望在2号楼旁加装一处电动车充电棚")
    with clock.frozen(_evening(2)):
        _courtyard(actors, place)
    with clock.frozen(_morning(6)):
        promise = Meeting.objects.get(series=joint).commitments.order_by("due").first()
        assert promise is not None
        commitment_report(actor=actors["wuye"], commitment_id=promise.pk, text="材料已到，等待安排施工。")
    sessions_check()
    commitments_check()
    plan = Plan("老旧管网改造施工时段", clock.today() + timedelta(days=5), joint.pk, venue="社区会议室")
    ahead = meeting_plan(actor=actors["shequ"], plan=plan)
    item_add(actor=actors["shequ"], meeting_id=ahead.pk, item=Item("施工期间临时停车安排"))
    meeting_invite(actor=actors["shequ"], meeting_id=ahead.pk)
    evening = Plan("电动车充电棚选址", clock.today() + timedelta(days=3), forum.pk, public=True)
    meeting_plan(actor=actors["shequ"], plan=evening)
    _relation(actors, place)


def _forum(actors: Mapping[str, Actor], place: Place) -> MeetingSeries:
    forum = Series(
        kind="evening_forum",
        title="七点半议事厅",
        place_id=place.pk,
        rhythm="week",
        starts=time(19, 30),
        venue="社区党群服务中心一楼",
        seats=25,
        public=True,
        about="晚饭后一小时，小区的事大家商量。",
    )
    return series_open(actor=actors["shequ"], series=forum)


def _joint(actors: Mapping[str, Actor], place: Place) -> MeetingSeries:
    members = [actors["wuye"].organization_ids[0], actors["gongshui"].organization_ids[0]]
    joint = Series(
        kind="property_four_party",
        title="四方联席会议",
        place_id=place.pk,
        rhythm="month",
        starts=time(15),
        venue="社区会议室",
        member_ids=members,
    )
    return series_open(actor=actors["shequ"], series=joint)


def _joint_session(actors: Mapping[str, Actor], joint: MeetingSeries) -> None:
    desk, company = actors["shequ"], actors["wuye"].organization_ids[0]
    water = actors["gongshui"].organization_ids[0]
    row = meeting_plan(actor=desk, plan=Plan("小区环境和公共设施", clock.today(), joint.pk))
    meeting_invite(actor=desk, meeting_id=row.pk)
    items = [item_add(actor=desk, meeting_id=row.pk, item=Item(text)) for text in ("楼道堆物清理", "二次供水泵房检修")]
    bodies = {company: "came", water: "represented"}
    meeting_hold(actor=desk, meeting_id=row.pk, attendance=Attendance(came=9, expected=10, bodies=bodies))
    for item, decision in zip(items, ("物业公司两周内清完", "供水部门排期检修"), strict=True):
        item_conclude(actor=desk, item_id=item.pk, result=Result("delegated", decision))
    for body, text, days in ((company, "清完三栋楼的楼道堆物", 18), (water, "完成泵房检修", 40)):
        due = clock.today() + timedelta(days=days)
        item_id = items[0 if body == company else 1].pk
        commitment_make(actor=desk, meeting_id=row.pk, organization_id=body, text=text, due=due, item_id=item_id)
    minutes_write(actor=desk, meeting_id=row.pk, text="1. 楼道堆物由物业公司清理。\n2. 泵房检修由供水部门排期。")
    minutes_approve(actor=actors["shuji"], meeting_id=row.pk, number=1)


def _forum_session(actors: Mapping[str, Actor], forum: MeetingSeries) -> None:
    desk = actors["shequ"]
    row = meeting_plan(actor=desk, plan=Plan("快递柜位置", clock.today(), forum.pk, public=True))
    item = item_add(actor=desk, meeting_id=row.pk, item=Item("快递柜放在哪里", "resident"))
    meeting_hold(actor=desk, meeting_id=row.pk, attendance=Attendance(came=21, expected=25, off_register=4))
    item_conclude(actor=desk, item_id=item.pk, result=Result("resolution", "放在东门岗亭北侧，不占消防通道。"))
    minutes_write(actor=desk, meeting_id=row.pk, text="到会二十一人，同意放在东门岗亭北侧。")
    minutes_approve(actor=actors["shuji"], meeting_id=row.pk, number=1)


def _courtyard(actors: Mapping[str, Actor], place: Place) -> None:
    """A courtyard meeting (院坝会) of which residents rate now what came."""
    desk = actors["shequ"]
    about = "晚饭后在楼下院坝里，居民提、大家议、当场评。"
    series = Series("courtyard_meeting", "院坝会", place.pk, starts=time(19, 30), public=True, about=about)
    court = series_open(actor=desk, series=series)
    plan = Plan("楼下的灯和晾衣杆", clock.today(), court.pk, venue="2号楼前院坝", public=True)
    row = meeting_plan(actor=desk, plan=plan)
    texts = ("2号楼门前的路灯不亮", "公共晾衣杆歪了")
    items = [item_add(actor=desk, meeting_id=row.pk, item=Item(text, "resident")) for text in texts]
    meeting_hold(actor=desk, meeting_id=row.pk, attendance=Attendance(came=16, off_register=3))
    results = (Result("settled", "当晚换好灯泡。"), Result("resolution", "物业本周内重新固定。"))
    for item, result in zip(items, results, strict=True):
        item_conclude(actor=desk, item_id=item.pk, result=result)
    for number, rating in enumerate(("satisfied", "satisfied", "partly")):
        item_rate_own(item_id=items[0].pk, rating=rating, rater=f"neighbour {number}")
    minutes_write(actor=desk, meeting_id=row.pk, text="1. 路灯当晚修好。\n2. 晾衣杆本周内固定。")


def _relation(actors: Mapping[str, Actor], place: Place) -> None:
    desk = actors["shequ"]
    water = actors["gongshui"].organization_ids[0]
    relation = Relation(
        Partnership.Type.PAIRING,
        place.pk,
        kind="支部联建",
        partner_id=water,
        plan="每季度一次联合主题党日，教育阵地和学习资料互用。",
    )
    row = partnership_make(actor=desk, relation=relation)
    since = clock.today() - timedelta(days=60)
    partnership_set_up(actor=desk, partnership_id=row.pk, since=since, evidence="结对共建协议一份，存社区档案柜。")
    partnership_event(
        actor=desk,
        partnership_id=row.pk,
        on=clock.today() - timedelta(days=30),
        text="联合主题党日：检修泵房、讲用水安全",
    )


def _morning(days: int) -> datetime:
    return _at(clock.today() - timedelta(days=days), 9)


def _evening(days: int) -> datetime:
    return _at(clock.today() - timedelta(days=days), 20)


def _at(day: date, hour: int) -> datetime:
    return clock.day_start(day) + timedelta(hours=hour)
