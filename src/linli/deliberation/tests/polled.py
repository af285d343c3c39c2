"""Votes for the tests over every route: one being set up and one announced here, one far away, one published.

None is open, for the database lets nobody write the electorate of an open vote, not even to put it back for a test.
"""

from datetime import timedelta
from typing import Any, Final

from linli.accounts.neighbourhood import Cast
from linli.core import clock
from linli.core.actors import SYSTEM
from linli.deliberation.counting import Rule
from linli.deliberation.models import Poll
from linli.deliberation.operations import electorates, polls
from linli.deliberation.tests.voting import people

DAY: Final = timedelta(days=1)
NOTHING: Final[dict[str, Any]] = {
    "due": {"heads": 3, "area": "0"},
    "present": {"heads": 0, "area": "0"},
    "channels": {"online": {"marked": 0, "ballots": 0}, "paper": {"marked": 0, "ballots": 0}},
    "rule": Rule().as_dict(),
    "kind": "decision",
    "quorum": [],
    "options": [{"label": label, "heads": 0, "area": "0"} for label in ("同意", "反对", "弃权")],
    "passing": [[]],
    "met": None,
    "withheld": False,
}


def polls_made(cast: Cast) -> None:
    """Four votes."""
    for place, announced in (("community", False), ("community", True), ("far_community", False)):
        asked = polls.Sketch(
            title="楼道改造意见",
            place_id=cast.places[place].pk,
            secrecy="secret" if announced else "named",
            opens=clock.now() + 2 * DAY,
            closes=clock.now() + 9 * DAY,
        )
        poll = polls.poll_create(actor=SYSTEM, sketch=asked)
        poll = electorates.electorate_enter(actor=SYSTEM, poll_id=poll.pk, rights=people(3))
        if announced:
            polls.poll_announce(actor=SYSTEM, poll_id=poll.pk, version=poll.version)
    Poll.objects.create(
        place=cast.places["community"],
        title="广场灯光意见",
        options=["同意", "反对", "弃权"],
        state="published",
        opens=clock.now() - 9 * DAY,
        closes=clock.now() - 2 * DAY,
        held=clock.today(),
        heads=3,
        present=0,
        result=NOTHING,
        recorded=clock.now(),
        recorder="system",
    )


def sent(cast: Cast) -> dict[str, Any]:
    """What the form of a vote takes."""
    opens = clock.now() + 3 * DAY
    return {
        "title": "门禁意见",
        "place": cast.places["community"].pk,
        "text": "",
        "kind": "decision",
        "options": "",
        "most": "1",
        "rule": "opinion",
        "quorum": "",
        "passing": "",
        "passing_bound": "more_than",
        "secrecy": "named",
        "online": "on",
        "unreturned_ground": "",
        "opens": f"{opens:%Y-%m-%dT%H:%M}",
        "closes": f"{opens + DAY:%Y-%m-%dT%H:%M}",
        "version": "2",
    }
