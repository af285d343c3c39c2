"""Residents of the demo place who take care of something together: squads on their way, and a topic group."""

from collections.abc import Mapping
from decimal import Decimal
from typing import Final

from linli.accounts.models import User
from linli.accounts.queries import actor_of
from linli.core import clock
from linli.core.actors import VISITOR, Actor
from linli.deliberation.models import Squad
from linli.deliberation.operations import squads, topic_groups
from linli.deliberation.operations.squads import Session, Sketch
from linli.deliberation.policies.squads import address_of
from linli.demo.conventions import HOME
from linli.demo.days import days_ago
from linli.demo.people import RESIDENT
from linli.territory.models import Place

BIKES: Final = Sketch("电动车停放小分队", "电动车停放", "早晚高峰在车棚边引导，把车停进线里、头朝外。", people=8)
STAIRS: Final = Sketch("楼道清理小分队", "楼道堆物", "每月最后一个周六帮邻居搬走楼道里的旧物。", people=5)
DOGS: Final = Sketch("文明养犬小分队", "文明养犬", "傍晚在小广场提醒牵绳、随手清。", people=4)


def squads_begin(actors: Mapping[str, Actor]) -> None:
    """Let one squad be at work, one have ended, and one wait; and let a group talk over its garden."""
    desk, secretary = actors["shequ"], actors["shuji"]
    home = Place.objects.get(name=HOME, level="community", until=None)
    compound = Place.objects.filter(type=Place.Type.COMPOUND, community=home, until=None, placeholder=False)
    first = compound.order_by("pk")[0]
    with days_ago(40):
        bikes, stairs = _agreed(secretary, first, BIKES), _agreed(secretary, first, STAIRS)
    for days, attended, served in ((33, 5, 42), (19, 6, 35), (4, 4, 18)):
        with days_ago(days):
            _met(bikes, attended, served)
    with days_ago(20):
        _met(stairs, 5, 23)
        vests = squads.squad_need(actor=VISITOR, squad_id=bikes.pk, what="反光背心八件", address=address_of(bikes.pk))
        squads.need_answer(actor=desk, need_id=vests.pk, state="partly", answer="先给五件，其余月底到。")
    with days_ago(6):
        squads.squad_end(actor=secretary, squad_id=stairs.pk, result="三个单元的楼道清空，旧物由物业统一运走。")
    with days_ago(1):
        squads.squad_need(actor=VISITOR, squad_id=bikes.pk, what="地面划线漆一桶", address=address_of(bikes.pk))
        squads.squad_propose(actor=VISITOR, place_id=first.pk, sketch=DOGS)
    _talk(actors, home)


def _agreed(secretary: Actor, place: Place, sketch: Sketch) -> Squad:
    row = squads.squad_propose(actor=VISITOR, place_id=place.pk, sketch=sketch)
    return squads.squad_agree(actor=secretary, squad_id=row.pk)


def _met(row: Squad, attended: int, served: int) -> None:
    session = Session(clock.today(), attended, served, Decimal("1.5"))
    squads.squad_session(actor=VISITOR, squad_id=row.pk, session=session, address=address_of(row.pk))


def _talk(actors: Mapping[str, Actor], home: Place) -> None:
    desk, resident = actors["shequ"], actor_of(User.objects.get(username=RESIDENT))
    with days_ago(15):
        about = "一起照看楼下的花草，有什么好点子都可以说。"
        group = topic_groups.group_open(actor=desk, place_id=home.pk, name="楼下花园互助群", about=about)
        topic_groups.group_announce(actor=desk, group_id=group.pk, text="本周六上午九点一起松土，工具社区准备。")
        topic_groups.group_join(actor=resident, group_id=group.pk, alias="爱花的邻居")
        bench = topic_groups.idea_post(actor=resident, group_id=group.pk, text="花园边装一张长椅，老人浇完水好歇脚。")
    with days_ago(12):
        topic_groups.idea_to_topic(actor=desk, idea_id=bench.pk, title="花园边装长椅")
    with days_ago(1):
        topic_groups.idea_post(actor=resident, group_id=group.pk, text="花盆分片认养，挂上门牌号，谁家的谁浇。")
