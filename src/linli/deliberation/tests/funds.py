"""Accounts with entries and quarters, for the tests."""

import io
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any, Final

from PIL import Image

from linli.accounts.testing import Cast
from linli.core import clock
from linli.core.actors import SYSTEM, Actor
from linli.deliberation.models import FundAccount, FundCount, FundEntry, FundQuarter
from linli.deliberation.operations import funds
from linli.deliberation.operations.fund_counts import Counted, fund_count_enter
from linli.deliberation.operations.fund_quarters import fund_quarter_close, fund_quarters_check
from linli.deliberation.operations.fund_receipts import fund_receipt_show
from linli.deliberation.operations.funds import Booking, Opening
from linli.publishing import periods
from linli.publishing.operations.publications import Upload

# The account begins with this quarter; the tests are three days after it.
FIRST: Final = (date(2026, 1, 1), date(2026, 3, 31))
START: Final = "2026-04-03T10:00"
PDF: Final = b"%PDF-1.4\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF"


def receipt(text: str = "") -> Upload:
    """A receipt as a paper."""
    return Upload("收据.pdf", io.BytesIO(PDF + text.encode()))


def photo() -> Upload:
    """A receipt as a photo."""
    stream = io.BytesIO()
    Image.new("RGB", (8, 8), "white").save(stream, "JPEG")
    stream.seek(0)
    return Upload("票据.jpg", stream)


def opened(cast: Cast, name: str = "幸福小区公共收益", place: str = "compound", **values: Any) -> FundAccount:
    """An account of the compound, kept by the office of the community, with a thousand yuan."""
    given = {"organization_id": cast.bodies["community_office"].pk, "opens_on": FIRST[0], "opening": Decimal(1000)}
    opening = Opening(place_id=cast.places[place].pk, name=name, **{**given, **values})
    return funds.fund_account_open(actor=cast.secretary, opening=opening)


def entered(cast: Cast, account: FundAccount, amount: str = "100", kind: str = "repairs", **values: Any) -> FundEntry:
    """An entry of the community worker; repairs, where nothing else is said."""
    given = {"day": date(2026, 2, 10), "purpose": "修楼道灯", "party": "春晓五金店", **values}
    uploads = [] if given.pop("bare", False) else [receipt(amount)]
    booking = Booking(kind=kind, amount=Decimal(amount), **given)
    return funds.fund_enter(actor=cast.community_worker, account_id=account.pk, booking=booking, uploads=uploads)


def approved(cast: Cast, account: FundAccount, amount: str = "100", kind: str = "repairs", **values: Any) -> FundEntry:
    """An entry that the second worker approved."""
    row = entered(cast, account, amount, kind, **values)
    return funds.fund_approve(actor=cast.second_worker, entry_id=row.pk)


def quarter(account: FundAccount, until: date = FIRST[1]) -> FundQuarter:
    """A quarter that is owed."""
    fund_quarters_check()
    return FundQuarter.objects.get(account=account, until=until)


def closed(cast: Cast, account: FundAccount, until: date = FIRST[1]) -> FundQuarter:
    """A quarter that was closed and made public."""
    return fund_quarter_close(actor=cast.community_worker, quarter_id=quarter(account, until).pk)


def funds_made(cast: Cast) -> None:
    """An account here with a public quarter, a receipt and an entry that waits; one in the other place likewise."""
    today = clock.today()
    first = date(today.year - 1, 1, 1)
    here = opened(cast, opens_on=first)
    opening = Opening(cast.places["far_compound"].pk, cast.bodies["far_office"].pk, "梧桐苑公共收益", first, Decimal(9))
    far = funds.fund_account_open(actor=SYSTEM, opening=opening)
    fund_quarters_check()
    until = date(today.year - 1, 3, 31)
    _shown(cast.community_worker, cast.second_worker, here, until)
    _shown(cast.outsider, replace(cast.outsider, key="user:999999"), far, until)
    fund_quarter_close(actor=cast.community_worker, quarter_id=here.quarters.get(until=until).pk)
    fund_quarter_close(actor=cast.outsider, quarter_id=far.quarters.get(until=until).pk)
    entered(cast, here, day=today)
    booking = Booking(today, "repairs", Decimal(5), "修梧桐苑大门")
    funds.fund_enter(actor=cast.outsider, account_id=far.pk, booking=booking, uploads=[receipt("far")])
    # Nothing is in these: one may be counted, the others wait for a second person.
    first = periods.period_of("quarter", today)[0]
    opened(cast, "新账", opens_on=first, opening=Decimal(0))
    opening = Opening(cast.places["far_compound"].pk, cast.bodies["far_office"].pk, "旧账", first)
    away = funds.fund_account_open(actor=SYSTEM, opening=opening)
    counted(cast.community_worker, opened(cast, "旧账", opens_on=first, opening=Decimal(0)))
    counted(cast.outsider, away)


def counted(actor: Actor, account: FundAccount, purpose: str = "close", amount: str = "0", **values: Any) -> FundCount:
    """What somebody counted of an account."""
    return fund_count_enter(actor=actor, account_id=account.pk, counted=Counted(purpose, Decimal(amount), **values))


def _shown(actor: Actor, second: Actor, account: FundAccount, day: date) -> None:
    """An approved entry whose receipt everybody reads."""
    booking = Booking(day, "repairs", Decimal(2), "换灯泡")
    row = funds.fund_enter(actor=actor, account_id=account.pk, booking=booking, uploads=[photo()])
    funds.fund_approve(actor=second, entry_id=row.pk)
    fund_receipt_show(actor=actor, receipt_id=row.files.get().pk, shown=True)
