"""Conventions on their way, for the tests."""

from datetime import date, timedelta
from typing import Any, Final

from linli.accounts.neighbourhood import Cast
from linli.core import clock
from linli.core.actors import SYSTEM, VISITOR
from linli.deliberation.models import Convention, Meeting, Poll
from linli.deliberation.operations import convention_ends as ends
from linli.deliberation.operations import conventions as operations
from linli.deliberation.operations.convention_ends import Adoption
from linli.deliberation.operations.conventions import Sketch

DAY: Final = timedelta(days=1)
TEXT: Final = "第一条 晚上十点后降低音量。\n第二条 遛狗牵绳，粪便随手清。\n第三条 楼道不堆杂物。"


def drafted(cast: Cast, title: str = "春晓社区居民公约", place: str = "community", text: str = TEXT) -> Convention:
    """A draft."""
    sketch = Sketch(title, text)
    return operations.convention_draft(actor=SYSTEM, place_id=cast.places[place].pk, sketch=sketch)


def opened(cast: Cast, **values: Any) -> Convention:
    """One that is open for comments for a week from today."""
    row = drafted(cast, **values)
    return operations.convention_open(actor=SYSTEM, convention_id=row.pk, until=clock.today() + 7 * DAY)


def put(cast: Cast, **values: Any) -> Convention:
    """One that was put to adoption today, after nobody said anything in a week."""
    with clock.frozen(clock.now() - 8 * DAY):
        row = opened(cast, **values)
    return ends.convention_put(actor=SYSTEM, convention_id=row.pk)


def poll(cast: Cast, place: str = "community", **values: Any) -> Poll:
    """A vote that was published today: of a hundred, sixty took part and fifty agreed."""
    numbers = {"heads": 100, "present": 60, "votes_for": 50, "met": True, "rule": "majority", "held": clock.today()}
    told = {"title": "公约表决", "state": "published", "recorded": clock.now(), "recorder": "system"}
    return Poll.objects.create(place=cast.places[place], **{**told, **numbers, **values})


def meeting(cast: Cast, on: date, place: str = "community", kind: str = "residents_assembly") -> Meeting:
    """A residents' meeting that was held."""
    told = {"title": "居民会议", "kind": kind, "state": "held", "recorder": "system"}
    return Meeting.objects.create(place=cast.places[place], on=on, recorded=clock.now(), **told)


def adopted(cast: Cast, **values: Any) -> Convention:
    """One that a vote adopted."""
    row = put(cast, **values)
    chosen = Adoption("poll", poll(cast, values.get("place", "community")).pk)
    return ends.convention_adopt(actor=SYSTEM, convention_id=row.pk, adoption=chosen)


def published(cast: Cast, **values: Any) -> Convention:
    """One that is in force, and owed to the street."""
    return ends.convention_publish(actor=SYSTEM, convention_id=adopted(cast, **values).pk)


def submitted(cast: Cast, **values: Any) -> Convention:
    """One that lies with the street."""
    return ends.convention_submit(actor=SYSTEM, convention_id=published(cast, **values).pk)


def conventions_made(cast: Cast) -> None:
    """Conventions here and in the other place, for the tests over every route: a draft, one open with a comment."""
    for place in ("community", "far_community"):
        drafted(cast, "养犬公约", place)
        row = opened(cast, title="楼道公约", place=place)
        operations.convention_comment(actor=VISITOR, convention_id=row.pk, position=3, text="鞋柜算不算？")
