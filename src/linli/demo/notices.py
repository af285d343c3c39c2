"""What the demo place tells its people: notices that are out, one of them corrected, a policy note that waits."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from linli.accounts.models import User
from linli.accounts.queries import actor_of
from linli.core import clock
from linli.core.actors import Actor
from linli.demo.conventions import HOME
from linli.demo.days import days_ago
from linli.demo.people import RESIDENT
from linli.messaging.models import Message
from linli.messaging.operations.reading import message_read
from linli.notices.models import Notice
from linli.notices.operations.publishing import notice_approve, notice_correct, notice_publish, reaches_count
from linli.notices.operations.subscribing import Wish, subscription_set
from linli.notices.operations.writing import Sketch, Text, notice_draft, notice_submit
from linli.territory.models import Place

WATER = "因检修主管道，{}一小区、二小区停水，请提前储水。急需用水请拨打供水值班电话。"
PREMIUM = "城乡居民医保集中缴费期到本月底，可在社区窗口、税务手机应用缴纳；低保对象由政府资助，不用自己缴。"
FAIR = "周六上午9时在社区广场举办便民集市：理发、磨刀、义诊、旧衣回收，欢迎邻居们来。"
STORM = "气象部门预报今夜大风，请收好阳台花盆，远离广告牌和工地围挡；有险情请拨打社区值班电话。"
WORKERS = ("grid_worker", "building_head")


def notices_begin(actors: Mapping[str, Actor]) -> None:
    """A resident subscribes; the desk tells of water, of a fair, of a storm; the secretary approves a policy note."""
    desk, secretary = actors["shequ"], actors["shuji"]
    place = Place.objects.get(name=HOME)
    resident = actor_of(User.objects.get(username=RESIDENT))
    with days_ago(20):
        subscription_set(actor=resident, wish=Wish(place.code))
        notice_submit(actor=desk, notice_id=(note := _draft(desk, place, "policy", "医保集中缴费", PREMIUM, 45)).pk)
        notice_approve(actor=secretary, notice_id=note.pk)
    with days_ago(6):
        water = _out(desk, place, "notice", "停水通知", WATER.format("明天9时至17时"), 14, posts=WORKERS)
    with days_ago(5):
        said = Text("停水通知", WATER.format("今天13时至20时"), water.valid_from, water.valid_until)
        given: dict[str, Any] = {"notice_id": water.pk, "version": water.version, "reason": "供水公司改了时间"}
        notice_correct(actor=desk, text=said, **given)
    with days_ago(2):
        _out(desk, place, "activity", "周六便民集市", FAIR, 7)
        _out(desk, place, "warning", "大风预警", STORM, 4, posts=WORKERS, urgent=True)
    for role in ("wangge", "louzhang"):
        own = actors[role]
        for pk in Message.objects.filter(user_id=own.user_id or 0, subject_type="notice").values_list("pk", flat=True):
            message_read(actor=own, message_id=pk)
    waits = _draft(desk, place, "policy", "老旧小区加装电梯补助", "加装电梯有财政补助，社区窗口可以代办。", 90)
    notice_submit(actor=desk, notice_id=waits.pk)
    reaches_count()


def _draft(actor: Actor, place: Place, kind: str, title: str, body: str, days: int, **more: Any) -> Notice:
    text = Text(title, body, clock.today(), clock.today() + timedelta(days=days))
    return notice_draft(actor=actor, sketch=Sketch(place.pk, kind, text, **more))


def _out(actor: Actor, place: Place, kind: str, title: str, body: str, days: int, **more: Any) -> Notice:
    return notice_publish(actor=actor, notice_id=_draft(actor, place, kind, title, body, days, **more).pk)
