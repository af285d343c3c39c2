"""What the communities of the demo place made public: two quarters, the last but for one item, and two questions."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Final

from linli.core import clock
from linli.core.actors import VISITOR, Actor
from linli.publishing import disclosure_section, periods
from linli.publishing.models import Publication
from linli.publishing.operations.due import disclosure_check
from linli.publishing.operations.publications import Notice, publication_post
from linli.publishing.operations.questions import question_answer, question_ask
from linli.territory.models import Place

HOME: Final = "零五鑫港社区居民委员会"
NEXT: Final = "桥东社区居民委员会"
AFFAIRS: Final = (
    "本季度居务事项：1. 召开居民议事会两次，议定停车位划线和楼道杂物清理；2. 组织志愿服务四次；"
    "3. 代办老年人优待证十二件；4. 更换楼道灯九盏。"
)
ACCOUNTS: Final = "收入：场地使用费三千六百元、街道拨付服务经费两万元。支出：楼道灯更换四千一百元、活动用品两千三百元。"
COMMON: Final = "收入：停车位使用费九千元、电梯广告费四千八百元。支出：门禁维修两千六百元，其余转入维修资金。"
TEXTS: Final[Mapping[str, str]] = {"affairs": AFFAIRS, "accounts": ACCOUNTS, "common_income": COMMON}
# The one thing that is still to be posted, so that the page shows what that looks like.
OWED: Final = (HOME, "accounts")
ASKED_DAYS_AGO: Final = 6


def disclosure_begin(actors: Mapping[str, Actor]) -> None:
    """Let what two quarters brought be made public in time, but for one item of the last; and let residents ask."""
    last = periods.last_ended("quarter", clock.today())
    before = periods.period_of("quarter", last[0] - periods.DAY)
    for _since, end in (before, last):
        with clock.frozen(_morning(end + timedelta(days=2))):
            disclosure_check()
        with clock.frozen(_morning(end + timedelta(days=9))):
            for who, place in (("shequ", HOME), ("qiaodong", NEXT)):
                _post_all(actors[who], place, end, leave=OWED if end == last[1] else None)
    _ask(actors["shequ"])
    disclosure_check()


def _post_all(actor: Actor, place: str, end: date, leave: tuple[str, str] | None) -> None:
    """Post each item of a place whose period ended on a day."""
    for item, text in TEXTS.items():
        of = periods.period_of(disclosure_section.items()[item].every, end)
        if of[1] == end and (place, item) != leave:
            _post(actor, place, item, of, text)


def _ask(actor: Actor) -> None:
    """Two questions about the latest affairs that were up by then: one is answered, one waits."""
    began = clock.today() - timedelta(days=ASKED_DAYS_AGO)
    notices = Publication.objects.filter(place__name=HOME, item="affairs", posted_on__lt=began)
    notice = notices.latest("posted_on")
    with clock.frozen(_morning(began)):
        asked = question_ask(actor=VISITOR, publication_id=notice.pk, text="楼道灯换了九盏，是哪几栋？")
    with clock.frozen(_morning(clock.today() - timedelta(days=4))):
        answer = "一小区1号楼五盏、2号楼四盏，都已验收。"
        question_answer(actor=actor, question_id=asked.pk, text=answer)
    with clock.frozen(_morning(clock.today() - timedelta(days=1))):
        question_ask(actor=VISITOR, publication_id=notice.pk, text="停车位划线什么时候开工？")


def _post(actor: Actor, place: str, item: str, of: periods.Days, text: str) -> Publication:
    label = disclosure_section.items()[item].label
    title = f"{label}（{periods.words(*of)}）"
    notice = Notice(Place.objects.get(name=place).pk, title, text, item, *of)
    return publication_post(actor=actor, notice=notice)


def _morning(day: date) -> datetime:
    return min(clock.day_start(day) + timedelta(hours=9), clock.now())
