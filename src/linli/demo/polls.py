"""Two votes of the demo place: owners who decide about a lift, which goes on, and a secret one that was published."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from decimal import Decimal
from typing import Final

from linli.core import clock
from linli.core.actors import VISITOR, Actor
from linli.deliberation.models import Poll
from linli.deliberation.operations import electorates, paper, polls
from linli.deliberation.operations.ballots import ballot_cast
from linli.deliberation.operations.counting import poll_close
from linli.deliberation.operations.electorates import Right
from linli.deliberation.operations.polls import Sketch
from linli.territory.models import Place

COMPOUND: Final = "演示一小区"
DAY: Final = timedelta(days=1)
# What owners chose so far, in the order of their numbers: for, against, abstained.
ONLINE: Final = (0, 0, 0, 1, 0, 0, 2, 0, 0, 1)
PAPER: Final = ((12, 0), (13, 0), (14, 1))
SECRET: Final = (0,) * 11 + (1,) * 4 + (2,)


def polls_begin(actors: Mapping[str, Actor]) -> None:
    """Let owners vote about their lift, and residents have chosen who speaks for them."""
    today = clock.day_start(clock.today()) + timedelta(hours=9)
    _lift(actors, today)
    _speaker(actors, today)


def _lift(actors: Mapping[str, Actor], today: datetime) -> None:
    """Announced sixteen days before it opened, by name, online and on paper; one paper waits for a second look."""
    desk = actors["shequ"]
    asked = Sketch(
        title="1号楼电梯大修使用维修资金",
        place_id=Place.objects.get(name=COMPOUND).pk,
        text="拟使用专项维修资金18.6万元大修1号楼两部电梯，费用按专有部分面积分摊。是否同意?",
        rule="owners_major",
        opens=today - 4 * DAY,
        closes=today + 3 * DAY,
    )
    units = [
        Right(row=number, name=f"演示业主{number}", unit=f"1-{number}", area=Decimal(80 + number), key=f"YZ{number}")
        for number in range(1, 19)
    ]
    # The first owner has a second unit; what the developer has not sold is one head.
    units += [
        Right(row=19, name="演示业主1", unit="1-19", area=Decimal("62.5"), key="YZ1"),
        Right(row=20, name="演示开发公司", unit="1-20", area=Decimal(95), developer=True),
        Right(row=21, name="演示开发公司", unit="1-21", area=Decimal(95), developer=True),
    ]
    with clock.frozen(today - 20 * DAY):
        poll = _announced(desk, asked, units)
    with clock.frozen(today - 4 * DAY):
        polls.poll_open(actor=desk, poll_id=poll.pk, version=poll.version)
        codes = [code for _elector, code in electorates.codes_issue(actor=desk, poll_id=poll.pk)]
    with clock.frozen(today - 2 * DAY):
        for code, choice in zip(codes, ONLINE, strict=False):
            ballot_cast(actor=VISITOR, poll_id=poll.pk, code=code, choices=[choice])
        for number, choice in PAPER:
            for who in ("shequ", "shuji"):
                paper.paper_enter(actor=actors[who], poll_id=poll.pk, number=number, choices=[choice])
        paper.paper_enter(actor=actors["shuji"], poll_id=poll.pk, number=15, choices=[0])


def _speaker(actors: Mapping[str, Actor], today: datetime) -> None:
    """A secret vote with the keys of two counters, counted and published a week ago."""
    desk = actors["shequ"]
    asked = Sketch(
        title="推选院落居民小组长",
        place_id=Place.objects.get(name=COMPOUND).pk,
        text="是否同意推选演示居民甲为本院落居民小组长?",
        rule="majority",
        secrecy="secret",
        opens=today - 14 * DAY,
        closes=today - 8 * DAY,
    )
    residents = [Right(row=number, name=f"演示居民{number}", key=f"JM{number}") for number in range(1, 25)]
    with clock.frozen(today - 20 * DAY):
        poll = _announced(desk, asked, residents)
    with clock.frozen(today - 14 * DAY):
        keys = [polls.poll_key_make(actor=actors[who], poll_id=poll.pk) for who in ("shequ", "shuji")]
        polls.poll_open(actor=desk, poll_id=poll.pk, version=poll.version)
        codes = [code for _elector, code in electorates.codes_issue(actor=desk, poll_id=poll.pk)]
    with clock.frozen(today - 12 * DAY):
        for code, choice in zip(codes, SECRET, strict=False):
            ballot_cast(actor=VISITOR, poll_id=poll.pk, code=code, choices=[choice])
    with clock.frozen(today - 8 * DAY):
        poll = poll_close(actor=desk, poll_id=poll.pk, words=keys)
    with clock.frozen(today - 7 * DAY):
        polls.poll_publish(actor=desk, poll_id=poll.pk, version=poll.version)


def _announced(actor: Actor, asked: Sketch, rights: list[Right]) -> Poll:
    poll = polls.poll_create(actor=actor, sketch=asked)
    poll = electorates.electorate_enter(actor=actor, poll_id=poll.pk, rights=rights)
    return polls.poll_announce(actor=actor, poll_id=poll.pk, version=poll.version)
