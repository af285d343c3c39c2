"""Reserves, talents, a promotion and pay of the demo place: one in reserve, one nominated, one on the way up."""

from collections.abc import Mapping
from datetime import timedelta
from decimal import Decimal

from linli.careers.operations.pay import Pay, allowance_add, grade_add, statement_write
from linli.careers.operations.promotions import Climb, Opening, plan_set, promotion_begin, round_close, round_open
from linli.careers.operations.reserves import Nomination, reserve_approve, reserve_nominate
from linli.careers.operations.talents import Talent, talent_enter
from linli.core import clock
from linli.core.actors import SYSTEM, Actor
from linli.demo.conventions import HOME
from linli.demo.days import days_ago
from linli.organizations.operations.people import Named
from linli.organizations.operations.posts import Appointment, post_appoint
from linli.territory.models import Place


def careers_begin(actors: Mapping[str, Actor]) -> None:
    """The community lacks reserves still; the worker is on the way to the committee and reads last month's pay."""
    desk, street = actors["shequ"], actors["jiedao"]
    home = Place.objects.select_related("county").get(name=HOME)
    with days_ago(40):
        plan_set(actor=street, place_id=home.pk, posts=6, factors=("scale", "units"), basis="街道核定")
        teacher = Talent("演示退休教师", "10000000201", home.pk, "teacher", "书法、辅导作业", consent=True)
        talent_enter(actor=desk, form=teacher, on_paper=True)
        opening = Opening("社区委员选拔", home.pk, "member", 1, ("politics", "coordination"))
        chosen = round_open(actor=street, opening=opening)
        hiring = Opening("社区工作者统一招聘", home.pk, "worker", 2, ())
        hired = round_open(actor=street, opening=hiring)
    with days_ago(20):
        round_close(actor=street, round_id=hired.pk, applicants=7, chosen=2)
        named = Named("演示新进工作者", staff_number="xinjin")
        given = Appointment("community_worker", home.pk, named=named, since=clock.today(), round_id=hired.pk)
        post_appoint(actor=SYSTEM, appointment=given)
    with days_ago(12):
        climb = Climb(desk.person_id or 0, home.pk, "member", chosen.pk)
        promotion_begin(actor=street, climb=climb)
    with days_ago(3):
        first = reserve_nominate(actor=desk, nomination=_named("演示后备甲", home, "secretary", "退役军人"))
        reserve_approve(actor=street, reserve_id=first.pk)
    reserve_nominate(actor=desk, nomination=_named("演示后备乙", home, "committee", "高校毕业生"))
    _pay(desk, home.county or home)


def _named(name: str, home: Place, target: str, source: str) -> Nomination:
    number = {"secretary": "10000000202", "committee": "10000000203"}[target]
    return Nomination(Named(name, number), home.pk, target, source)


def _pay(worker: Actor, county: Place) -> None:
    month = clock.today().replace(day=1) - timedelta(days=1)
    since = month.replace(month=1, day=1)
    grade = grade_add(actor=SYSTEM, place_id=county.pk, title="三级", base=Decimal(2600), rung="worker", since=since)
    allowance_add(
        actor=SYSTEM, place_id=county.pk, kind="education", condition="大专", monthly=Decimal(100), since=since
    )
    amounts = {"performance": Decimal(500)}
    pay = Pay(worker.person_id or 0, county.pk, month, grade.pk, education_level="大专", amounts=amounts)
    statement_write(actor=SYSTEM, pay=pay)
