"""What the demo place holds to: a convention that is filed, its next edition open for comments, one to adopt."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Final

from linli.core import clock
from linli.core.actors import VISITOR, Actor
from linli.deliberation.meetings_section import ASSEMBLY
from linli.deliberation.models import Convention, Meeting
from linli.deliberation.operations import convention_ends as ends
from linli.deliberation.operations import conventions
from linli.deliberation.operations.convention_ends import Adoption
from linli.deliberation.operations.conventions import Sketch
from linli.deliberation.operations.meetings import Attendance, Plan, meeting_hold, meeting_plan
from linli.demo.days import days_ago
from linli.territory.models import Place

HOME: Final = "零五鑫港社区居民委员会"
COURTYARD: Final = "演示一小区"
YARD: Final = ("车停在线内，不堵单元门。", "楼道不堆物，每月最后一个周六一起清。", "装修先在楼栋群里说一声。")
FIRST: Final = (
    "邻里见面问声好，有事好商量。",
    "晚上十点到早上六点放低音量，装修不在午休时段施工。",
    "遛狗牵绳，粪便随手清，犬只登记、免疫。",
    "楼道、消防通道不堆放杂物，不停放车辆。",
    "垃圾分类，按时投放，大件垃圾约时清运。",
    "公共收益的收支每季度公布，居民可以查阅和提问。",
    "有矛盾先找楼长和调解员，调不成的依法解决。",
    "违反法律法规的，由居委会劝阻并报有关部门依法处理；本公约不罚款，也不取消任何福利。",
)
SECOND: Final = (
    *FIRST[:1],
    "晚上九点半到早上六点放低音量，装修不在午休时段和周末施工。",
    *FIRST[2:4],
    "电动自行车停进车棚充电，不进楼、不飞线。",
    *FIRST[4:],
)


def conventions_begin(actors: Mapping[str, Actor]) -> None:
    """Let a convention be adopted and filed, and its amendment begin."""
    place = Place.objects.get(name=HOME)
    first = _filed(actors["shequ"], actors["jiedao"], place)
    with days_ago(4):
        second = conventions.convention_amend(actor=actors["shequ"], convention_id=first.pk)
        sketch = Sketch(first.title, "\n".join(SECOND), purpose="电动自行车充电和夜间噪声的诉求增多。")
        conventions.convention_write(
            actor=actors["shequ"], convention_id=second.pk, version=second.version, sketch=sketch
        )
        until = clock.today() + timedelta(days=14)
        conventions.convention_open(actor=actors["shequ"], convention_id=second.pk, until=until)
    with days_ago(2):
        said = (
            (2, "上夜班的白天也要睡觉，能不能写上午休安静？"),
            (5, "车棚的充电位不够，先加位再写进公约。"),
        )
        first_said, _waits = [
            conventions.convention_comment(actor=VISITOR, convention_id=second.pk, position=position, text=text)
            for position, text in said
        ]
    with days_ago(1):
        answer = "已写上午休时段不施工，白天其他时间请互相体谅。"
        conventions.comment_answer(actor=actors["shequ"], comment_id=first_said.pk, answer=answer)
    _put(actors["shequ"], Place.objects.get(name=COURTYARD))


def _put(host: Actor, place: Place) -> None:
    """A courtyard's convention that its residents have decided on; what they decided is not written down yet."""
    with days_ago(16):
        sketch = Sketch("楼院公约", "\n".join(YARD), kind="compound", purpose="停车和楼道的事大家说好。")
        row = conventions.convention_draft(actor=host, place_id=place.pk, sketch=sketch)
        until = clock.today() + timedelta(days=10)
        conventions.convention_open(actor=host, convention_id=row.pk, until=until)
    with days_ago(3):
        ends.convention_put(actor=host, convention_id=row.pk)
    with days_ago(1):
        _assembly(host, place, "楼院公约", came=33, expected=40)


def _filed(host: Actor, street: Actor, place: Place) -> Convention:
    with days_ago(120):
        sketch = Sketch("居民公约", "\n".join(FIRST), purpose="由居民会议讨论制定。")
        row = conventions.convention_draft(actor=host, place_id=place.pk, sketch=sketch)
        until = clock.today() + timedelta(days=10)
        conventions.convention_open(actor=host, convention_id=row.pk, until=until)
    with days_ago(108):
        ends.convention_put(actor=host, convention_id=row.pk)
    with days_ago(100):
        adoption = Adoption(
            "meeting", _assembly(host, place, "居民公约", came=38, expected=45).pk, due=45, came=38, votes_for=36
        )
        ends.convention_adopt(actor=host, convention_id=row.pk, adoption=adoption)
    with days_ago(99):
        ends.convention_publish(actor=host, convention_id=row.pk)
    with days_ago(95):
        ends.convention_submit(actor=host, convention_id=row.pk)
    with days_ago(92):
        number = f"街备〔{clock.today().year}〕3号"
        return ends.convention_receive(actor=street, convention_id=row.pk, number=number, day=clock.today())


def _assembly(host: Actor, place: Place, about: str, *, came: int, expected: int) -> Meeting:
    plan = Plan(kind=ASSEMBLY, title=f"居民代表会议：{about}", on=clock.today(), place_id=place.pk)
    row = meeting_plan(actor=host, plan=plan)
    return meeting_hold(actor=host, meeting_id=row.pk, attendance=Attendance(came=came, expected=expected))
