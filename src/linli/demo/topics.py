"""What the demo place talks over: one topic at its second disclosure, one whose task is late, one just proposed."""

import io
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import timedelta
from typing import Any, Final

from docx import Document

from linli.core import clock
from linli.core.actors import VISITOR, Actor
from linli.deliberation.holding import Sitting
from linli.deliberation.models import Resolution, Topic
from linli.deliberation.operations import objections, resolutions, steps, topics
from linli.deliberation.operations.resolutions import Assignment
from linli.deliberation.operations.topics import Proposal
from linli.organizations.models import Organization
from linli.publishing.operations.publications import Upload
from linli.territory.models import Place

HOME: Final = "零五鑫港社区居民委员会"
BODY: Final = "演示安居物业公司"
MINUTES: Final = (
    "居民代表会议记录",
    "应到四十五人，实到三十七人，委托二人，到会名单附后。",
    "同意三十六人，反对二人，弃权一人。",
)
RAILS: Final = "三个单元共装扶手二十四米，费用从服务群众专项经费列支。"
PARKING: Final = "小区内统一划线，预留消防通道和两个无障碍车位，费用从公共收益中列支，每月公布一次。"


def topics_begin(actors: Mapping[str, Actor]) -> None:
    """Let three topics go their way."""
    place = Place.objects.get(name=HOME)
    _at_second_disclosure(actors["shequ"], place)
    _late(actors["shequ"], place)
    with _days_ago(1):
        wish = Proposal(place.pk, "在活动广场加装晾衣架", "楼下没有地方晒被子，希望统一安装，不要再拉绳子。")
        topics.topic_propose(actor=VISITOR, proposal=wish)


def _at_second_disclosure(host: Actor, place: Place) -> None:
    """Parking: through the four deliberations, objected to, carried out, and public a second time."""
    with _days_ago(60):
        topic = _begun(
            host, place, "小区停车位划线和收费", "停车乱、消防通道被占，居民希望统一划线。", "four_two", "major"
        )
        _hold(host, topic, "支部走访三个楼院后提议。")
    with _days_ago(56):
        _hold(host, topic, "同意提交审议。", due=9, came=9, votes_for=8, votes_against=1)
    notice = clock.today() - timedelta(days=56)
    with _days_ago(50):
        _hold(host, topic, "审议通过。", due=33, came=25, votes_for=22, votes_against=3, notice_on=notice)
    with _days_ago(46):
        paper = [Upload("居民代表会议记录.docx", _minutes())]
        numbers = {"due": 45, "came": 37, "represented": 2, "votes_for": 36, "votes_against": 2, "abstained": 1}
        _hold(host, topic, PARKING, uploads=paper, **numbers)
    with _days_ago(45):
        _disclose(host, topic, PARKING)
    with _days_ago(43):
        asked = objections.objection_raise(actor=VISITOR, topic_id=topic.pk, text="没有车的住户也要分摊吗？")
    with _days_ago(41):
        answer = "不分摊，费用只从停车和电梯广告收入中支出。"
        objections.objection_answer(actor=host, objection_id=asked.pk, text=answer)
    with _days_ago(37):
        _finish(host, topic)
        task = _task(host, topic, "划线并设置消防通道标识", 17)
    with _days_ago(18):
        resolutions.task_finish(actor=host, task_id=task, result="划线六十二个车位，消防通道标识全部到位。")
        _finish(host, topic)
    with _days_ago(3):
        _disclose(host, topic, "已划线六十二个车位，支出九千八百元，余款转入公共收益账户。")


def _late(host: Actor, place: Place) -> None:
    """Handrails: decided and made public; what is to be done is late."""
    with _days_ago(40):
        topic = _begun(
            host, place, "三个单元加装楼梯扶手", "老人上下楼不便，先装老人多的三个单元。", "four_two", "hard"
        )
        _hold(host, topic, "楼长收集了十四户的意见，支部提议。")
    with _days_ago(38):
        _hold(host, topic, "同意提交审议。", due=9, came=8, votes_for=8, votes_against=0)
    notice = clock.today() - timedelta(days=38)
    with _days_ago(33):
        _hold(host, topic, "审议通过。", due=33, came=24, votes_for=23, votes_against=1, notice_on=notice)
    with _days_ago(30):
        paper = [Upload("居民代表会议记录.docx", _minutes())]
        _hold(
            host,
            topic,
            RAILS,
            uploads=paper,
            due=45,
            came=37,
            represented=2,
            votes_for=36,
            votes_against=2,
            abstained=1,
        )
    with _days_ago(29):
        _disclose(host, topic, RAILS)
    with _days_ago(21):
        _finish(host, topic)
        _task(host, topic, "联系施工队，装好扶手", 9)


def _begun(host: Actor, place: Place, title: str, text: str, procedure: str, tier: str) -> Topic:
    proposal = Proposal(place.pk, title, text, forum="居民议事厅")
    topic = topics.topic_propose(actor=host, proposal=proposal)
    return topics.topic_begin(actor=host, topic_id=topic.pk, procedure=procedure, tier=tier)


def _current(topic: Topic) -> int:
    return topic.steps.get(state__in=("under_way", "not_met")).pk


def _hold(host: Actor, topic: Topic, summary: str, uploads: Any = (), **numbers: Any) -> None:
    given = {"abstained": 0, **numbers} if numbers else {}
    sitting = Sitting(clock.today(), summary, **given)
    steps.step_hold(actor=host, step_id=_current(topic), sitting=sitting, uploads=uploads)


def _disclose(host: Actor, topic: Topic, text: str) -> None:
    steps.step_disclose(actor=host, step_id=_current(topic), text=text)


def _finish(host: Actor, topic: Topic) -> None:
    steps.step_finish(actor=host, step_id=_current(topic))


def _task(host: Actor, topic: Topic, title: str, within: int) -> int:
    """Give the property company a task that is due within some days."""
    owner = Organization.objects.get(name=BODY)
    resolution = Resolution.objects.get(topic=topic)
    assignment = Assignment(title, owner.pk, clock.today() + timedelta(days=within))
    return resolutions.task_add(actor=host, resolution_id=resolution.pk, assignment=assignment).pk


def _minutes() -> io.BytesIO:
    """The minutes as a Word file."""
    document, stream = Document(), io.BytesIO()
    for line in MINUTES:
        document.add_paragraph(line)
    document.save(stream)
    stream.seek(0)
    return stream


@contextmanager
def _days_ago(days: int) -> Iterator[None]:
    """Nine in the morning some days ago."""
    day = clock.today() - timedelta(days=days)
    with clock.frozen(clock.day_start(day) + timedelta(hours=9)):
        yield
