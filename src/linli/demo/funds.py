"""An account of a courtyard of the demo place: two quarters made public, one question answered, one entry waiting."""

import io
from collections.abc import Mapping
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Final

from PIL import Image, ImageDraw

from linli.core import clock
from linli.core.actors import VISITOR, Actor
from linli.deliberation.models import FundAccount, FundQuarter
from linli.deliberation.operations.fund_quarters import fund_quarter_close, fund_quarters_check
from linli.deliberation.operations.funds import Booking, Opening, fund_account_open, fund_approve, fund_enter
from linli.organizations.models import Organization
from linli.publishing import periods
from linli.publishing.operations.publications import Upload
from linli.publishing.operations.questions import question_answer, question_ask
from linli.territory.models import Place

COMPOUND: Final = "演示一小区"
BODY: Final = "演示一小区业主委员会"
PROFITS: Final = "演示一小区公共收益"
# Day of the quarter, kind, yuan, for what, from or to which body; each quarter has the same.
BOOKED: Final = (
    (6, "parking", "9000", "地面停车位使用费", ""),
    (15, "advertising", "4800", "电梯轿厢广告", "演示传媒有限公司"),
    (34, "repairs", "2600", "单元门禁维修", "演示安居物业公司"),
    (52, "cleaning", "3150.50", "楼道粉刷后保洁", "演示家政服务部"),
    (70, "greenery", "1280", "补种草皮", "演示园林服务部"),
)
QUESTION: Final = "门禁修了哪几个单元？发票在哪里看？"
ANSWER: Final = "1号楼一、二单元和3号楼一单元，共三套。票据存社区，可到一楼大厅查阅。"


def funds_begin(actors: Mapping[str, Actor]) -> None:
    """Let a courtyard keep its account for two quarters and a little more."""
    last = periods.last_ended("quarter", clock.today())
    before = periods.period_of("quarter", last[0] - periods.DAY)
    with clock.frozen(_morning(before[0])):
        account = _opened(actors["shuji"], before[0])
    for since, until in (before, last):
        for day, kind, amount, purpose, party in BOOKED:
            _booked(actors, account, since + timedelta(days=day), Booking(since, kind, Decimal(amount), purpose, party))
        with clock.frozen(_morning(until + timedelta(days=8))):
            fund_quarters_check()
            quarter = FundQuarter.objects.get(account=account, until=until)
            fund_quarter_close(actor=actors["shuji"], quarter_id=quarter.pk)
    _asked(actors["shequ"], account)
    booking = Booking(clock.today(), "repairs", Decimal(860), "更换地下车库照明", "演示五金经营部")
    fund_enter(actor=actors["shequ"], account_id=account.pk, booking=booking, uploads=[_receipt(booking)])


def _opened(secretary: Actor, day: date) -> FundAccount:
    place, body = Place.objects.get(name=COMPOUND), Organization.objects.get(name=BODY)
    return fund_account_open(actor=secretary, opening=Opening(place.pk, body.pk, PROFITS, day, Decimal(12600)))


def _booked(actors: Mapping[str, Actor], account: FundAccount, day: date, booking: Booking) -> None:
    """Entered by the community worker, approved by the secretary a day later."""
    of_day = Booking(day, booking.kind, booking.amount, booking.purpose, booking.party)
    with clock.frozen(_morning(day)):
        row = fund_enter(actor=actors["shequ"], account_id=account.pk, booking=of_day, uploads=[_receipt(of_day)])
    with clock.frozen(_morning(day + timedelta(days=1))):
        fund_approve(actor=actors["shuji"], entry_id=row.pk)


def _asked(desk: Actor, account: FundAccount) -> None:
    """A question about the quarter before the last: it is answered."""
    notice = account.quarters.filter(state="published").order_by("until")[0].publication_id or 0
    with clock.frozen(_morning(clock.today() - timedelta(days=5))):
        asked = question_ask(actor=VISITOR, publication_id=notice, text=QUESTION)
    with clock.frozen(_morning(clock.today() - timedelta(days=3))):
        question_answer(actor=desk, question_id=asked.pk, text=ANSWER)


def _receipt(booking: Booking) -> Upload:
    """A picture that plainly is none of a real receipt."""
    picture = Image.new("RGB", (640, 400), "white")
    draw = ImageDraw.Draw(picture)
    draw.rectangle((20, 20, 620, 380), outline="black", width=3)
    draw.text((60, 60), f"DEMO RECEIPT\n{booking.day:%Y-%m-%d}\n{booking.amount}", fill="black", font_size=48)
    stream = io.BytesIO()
    picture.save(stream, "JPEG", quality=70)
    stream.seek(0)
    return Upload("票据.jpg", stream)


def _morning(day: date) -> datetime:
    return min(clock.day_start(day) + timedelta(hours=9), clock.now())
