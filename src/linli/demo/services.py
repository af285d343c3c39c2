"""The service desk of the demo place: items, requests on their way, an agent who acts for a resident, times to book."""

from collections.abc import Mapping
from datetime import time, timedelta
from io import BytesIO
from typing import Final

from PIL import Image

from linli.core import clock
from linli.core.actors import VISITOR, Actor
from linli.demo.conventions import HOME
from linli.demo.days import days_ago
from linli.organizations.models import Organization
from linli.services import policies
from linli.services.models import ServiceItem
from linli.services.operations import proxies, requests
from linli.services.operations.appointments import Times, appointment_book, slot_count, slots_add
from linli.services.operations.items import Guide, item_draft, item_publish
from linli.services.operations.requests import Ask
from linli.territory.models import Place

WATER: Final = "县供水公司"
# Name, body (none is the desk itself), who may ask, papers, working days, fee, basis, whether an agent may act.
ITEMS: Final = (
    ("老年人优待证", "", "年满六十五周岁的常住居民", "身份证（原件）；近期照片", 5, "免费", "老年人权益保障法", True),
    ("供水过户", WATER, "房屋产权人", "身份证（原件）；不动产权证（复印件）", 3, "免费", "城市供水条例", True),
    ("居住情况说明", "", "在本社区居住的居民", "身份证（原件）", 1, "免费", "社区工作事项清单", True),
    (
        "高龄津贴申领",
        "",
        "年满八十周岁的户籍居民",
        "身份证（原件）；户口簿（复印件）",
        10,
        "免费",
        "县高龄津贴办法",
        True,
    ),
    ("婚姻登记预约咨询", "", "本人到场", "身份证（原件）", 1, "免费", "婚姻登记条例", False),
)
NAME: Final = "演示居民"
PHONE: Final = "1000000030"


def services_begin(actors: Mapping[str, Actor]) -> None:
    """Put items on the list, let requests go as far as they are, and offer times."""
    desk, back = actors["shequ"], actors["gongshui"]
    place = Place.objects.get(name=HOME)
    with days_ago(30):
        items = {row[0]: _item(desk, place, *row) for row in ITEMS}
    _requests(desk, back, place, items)
    _by_proxy(desk, back, place, items)
    _times(desk, place)


def _item(
    desk: Actor,
    place: Place,
    label: str,
    body: str,
    who: str,
    papers: str,
    days: int,
    fee: str,
    basis: str,
    agent: bool,
) -> ServiceItem:
    office = Organization.objects.filter(name=body).first() if body else None
    guide = Guide(
        place.pk, label, office.pk if office else None, "", who, papers, days, fee, "一楼综合窗口", basis, agent
    )
    return item_publish(actor=desk, item_id=item_draft(actor=desk, guide=guide).pk)


def _requests(desk: Actor, back: Actor, place: Place, items: Mapping[str, ServiceItem]) -> None:
    """One that is done, one at the water company that waits for a paper, one that was asked for at night."""

    def ask(label: str, at: int, door: str = "window") -> Ask:
        papers = [paper.name for paper in items[label].needed]
        return Ask(place.pk, items[label].pk, NAME, f"{PHONE}{at}", door, papers)

    with days_ago(9):
        done = requests.request_take(actor=desk, ask=ask("居住情况说明", 1)).request
        requests.request_start(actor=desk, request_id=done.pk)
        requests.request_finish(actor=desk, request_id=done.pk, words="说明已开具。")
        requests.request_hand_over(actor=desk, request_id=done.pk, words="本人当场领取")
    own = policies.address_of(done)
    with days_ago(8):
        requests.request_rate(actor=VISITOR, address=own, solved=True, satisfied=5, remark="当场就办好了")
    with days_ago(3):
        waits = requests.request_take(actor=desk, ask=ask("供水过户", 2)).request
    with days_ago(2):
        requests.request_start(actor=back, request_id=waits.pk)
        requests.request_ask_papers(actor=back, request_id=waits.pk, words="产权证复印件缺第二页，请补。")
    requests.request_take(actor=desk, ask=ask("老年人优待证", 3))
    requests.request_ask(actor=VISITOR, ask=ask("高龄津贴申领", 4, "online"))


def _by_proxy(desk: Actor, back: Actor, place: Place, items: Mapping[str, ServiceItem]) -> None:
    """An agent who acts for somebody who cannot come, with a copy of a paper; and one that waits for an agent."""
    item = items["供水过户"]
    with days_ago(5):
        until = clock.today() + timedelta(days=25)
        ask = Ask(place.pk, item.pk, NAME, f"{PHONE}5", proxy_until=until)
        row = requests.request_ask(actor=VISITOR, ask=ask).request
    with days_ago(4):
        proxies.proxy_accept(actor=desk, request_id=row.pk)
        proxies.copy_add(actor=desk, request_id=row.pk, name="不动产权证", content=_page())
        papers = [paper.name for paper in item.needed]
        requests.request_complete(actor=desk, request_id=row.pk, seen_papers=papers)
    with days_ago(3):
        requests.request_start(actor=back, request_id=row.pk)
    with days_ago(1):
        requests.request_report(actor=desk, request_id=row.pk, words="供水公司已核对，明天出新户号。")
    until = clock.today() + timedelta(days=20)
    requests.request_ask(
        actor=VISITOR, ask=Ask(place.pk, items["高龄津贴申领"].pk, NAME, f"{PHONE}6", proxy_until=until)
    )


def _times(desk: Actor, place: Place) -> None:
    """Legal advice each week, the last time counted; a free clinic that some have booked."""
    with days_ago(10):
        day = clock.today() + timedelta(days=3)
        legal = slots_add(actor=desk, times=Times(place.pk, "legal", day, time(9), time(11), 6, "二楼调解室", weeks=4))
    slot_count(actor=desk, slot_id=legal[0].pk, came=4)
    day = clock.today() + timedelta(days=5)
    clinic = slots_add(actor=desk, times=Times(place.pk, "clinic", day, time(14), time(17), 30, "居民活动室"))[0]
    for at in range(3):
        appointment_book(actor=VISITOR, slot_id=clinic.pk, name=NAME, phone=f"100000004{at:02}")


def _page() -> BytesIO:
    """A picture of nothing, where a copy of a paper would be."""
    stream = BytesIO()
    Image.new("RGB", (210, 297), (240, 240, 236)).save(stream, "PNG")
    stream.seek(0)
    return stream
