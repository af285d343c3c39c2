"""What notices add to the tests over all routes."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final

from tests.sources import Source, away, rows, words

from linli.core import clock
from linli.notices.models import Notice, NoticeFile
from linli.notices.policies import notices_kept_by, notices_read_by
from linli.notices.queries import files_seen_by
from linli.notices.tests.told import attached, notices_made, unconfirmed
from linli.notices.tokens import token_of

if TYPE_CHECKING:
    from tests.world import World

WHERE: Final[Mapping[str, Source]] = {
    "notices/<pk>": rows(Notice, notices_kept_by, far=away(Notice, "place")),
    "notices/<pk>/<verb>": words("publish", "withdraw"),
    "public/notices/<pk>": rows(Notice, notices_read_by),
    "public/notices/files/<pk>": rows(NoticeFile, files_seen_by),
    "public/notices/mine/<token>": Source(lambda world: [world.tokens["notices"]]),
}
PUBLIC: Final[tuple[str, ...]] = (
    "public/notices/",
    "public/notices/<pk>/",
    "public/notices/files/<pk>/",
    "public/notices/mine/<token>/",
)
# Without a mail server visitors have nothing to subscribe with.
DOORS: Final[tuple[str, ...]] = ("public/notices/mine/<token>/",)
FOR_ALL: Final[tuple[str, ...]] = ("public/notices/", "public/notices/mine/<token>/")
IDLE: Final[Mapping[str, str]] = {"notices/robots/": "no robots of group chats are allowed in this world"}


def made(world: "World") -> None:
    """Put notices into the world, here and in the other place, a file, and an address that is not confirmed."""
    notices_made(world.cast)
    attached(world.cast)
    world.tokens["notices"] = token_of(unconfirmed(world.cast).pk)


def sent(world: "World") -> dict[str, Any]:
    """What its forms take."""
    place, today = world.cast.places["community"].pk, f"{clock.today()}"
    notice = {"place": place, "kind": "notice", "title": "义诊通知", "body": "周五上午义诊。", "valid_from": today}
    return {
        "notices/new/": {**notice, "public": "on"},
        "notices/<pk>/<verb>/": {"reason": "停办"},
        "notices/robots/": {"place": place, "name": "居民群", "channel": "wecom", "key": "a" * 20},
        "public/notices/": {"kinds": ["notice"], "pace": "each", "branch": "", "email": "lin@example.org"},
        "public/notices/mine/<token>/": {"verb": "confirm"},
    }
