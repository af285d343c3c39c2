"""Emergencies in the demo place: a plan for heavy rain with what came of it, one for cold that is active now."""

from collections.abc import Mapping
from datetime import timedelta

from linli.accounts.models import User
from linli.accounts.queries import actor_of
from linli.core import clock
from linli.core.actors import Actor
from linli.demo.conventions import HOME
from linli.demo.days import days_ago
from linli.demo.people import RESIDENT
from linli.emergencies.models import EmergencyPlan
from linli.emergencies.operations.activations import (
    Start,
    activation_end,
    activation_review,
    activation_start,
    call_answer,
)
from linli.emergencies.operations.cards import Card, card_keep, card_take
from linli.emergencies.operations.plans import Sketch, plan_add, step_add
from linli.organizations.models import Organization
from linli.territory.models import Facility, Place

CALLED = ("community_secretary", "community_worker", "grid_worker", "building_head")


def emergencies_begin(actors: Mapping[str, Actor]) -> None:
    """A heavy rain that is over and reviewed; cold and snow now, with help cards that were kept before."""
    desk, officer = actors["shequ"], actors["shuji"]
    with days_ago(200):
        rain = _plan(desk, "防汛应急预案", "flood", "不要进入地下车库和低洼处。\n断开一层电源，关好门窗。")
        cold = _plan(desk, "低温雨雪应急预案", "cold", "非必要不外出，注意防滑。\n取暖时注意通风。")
    with days_ago(120):
        begun = activation_start(actor=officer, plan_id=rain.pk, start=_start(rain, "4", "局部暴雨，河道水位上涨"))
        call_answer(actor=actors["wangge"], activation_id=begun.pk, answer="here")
    with days_ago(119):
        activation_end(actor=officer, activation_id=begun.pk)
        activation_review(actor=officer, activation_id=begun.pk, text="沙袋要提前一小时运到；居民群提醒要再早一些。")
    with days_ago(90):
        where = rain.place_id
        card_keep(
            actor=actor_of(User.objects.get(username=RESIDENT)),
            card=Card(where, "章念念", "10000000701", ("stairs", "alone"), "3号楼501", agreed=True),
        )
        for number, name in enumerate(("贺小满", "陶安安", "盛暖暖", "宁可可", "柳青青"), start=2):
            needs = ("power",) if number % 2 else ("hearing", "transport")
            card_take(actor=desk, card=Card(where, name, f"1000000070{number}", needs, agreed=True, means="in_person"))
    activation_start(actor=officer, plan_id=cold.pk, start=_start(cold, "4", "寒潮蓝色预警，夜间道路结冰"))
    call_answer(actor=actors["shequ"], activation_id=cold.activations.get().pk, answer="coming")


def _plan(actor: Actor, title: str, kind: str, advice: str) -> EmergencyPlan:
    place = Place.objects.get(name=HOME)
    company = Organization.objects.get(name="县供水公司")
    shelters = Facility.objects.filter(name="零五鑫港社区党群服务中心").values_list("pk", flat=True)
    sketch = Sketch(
        title, kind, advice, "社区值班 10000000100\n消防 119\n急救 120", CALLED, (company.pk,), tuple(shelters)
    )
    plan = plan_add(actor=actor, place_id=place.pk, sketch=sketch)
    for text, minutes, kind_of_post in (
        ("通知居民，开放安置点", 20, "community_worker"),
        ("查看小区低洼处和结冰处", 40, "grid_worker"),
        ("逐户联系登记了求助卡的居民", 60, "community_secretary"),
    ):
        step_add(actor=actor, plan_id=plan.pk, text=text, minutes=minutes, post_kind=kind_of_post)
    step_add(actor=actor, plan_id=plan.pk, text="检查供水管道", minutes=120, organization_id=company.pk)
    return plan


def _start(plan: EmergencyPlan, level: str, reason: str) -> Start:
    return Start(level, reason, clock.now() + timedelta(days=2), (plan.place_id,))
