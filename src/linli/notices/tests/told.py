"""Notices and subscriptions, for the tests."""

import re
from datetime import timedelta
from io import BytesIO
from typing import Any, Final

from PIL import Image

from linli.accounts.neighbourhood import Cast
from linli.core import clock
from linli.core.actors import SYSTEM, VISITOR, Actor
from linli.core.secrets import match_hash
from linli.messaging.channels import Undelivered
from linli.messaging.models import Delivery
from linli.messaging.operations.delivering import delivery_attempt
from linli.notices.models import GroupRobot, Notice, NoticeFile, Subscription
from linli.notices.operations.publishing import notice_publish
from linli.notices.operations.robots import robot_add
from linli.notices.operations.subscribing import Wish, subscription_ask, subscription_confirm, subscription_set
from linli.notices.operations.writing import Sketch, Text, notice_attach, notice_draft

HOME: Final = "https://linli.example"
ADDRESS: Final = "chen@example.org"
KEY: Final = "abcdef0123456789abcdef"
CODE: Final = "990901001001"


class Bird:
    """A channel of the tests that keeps what it was given, or refuses."""

    label = "Bird"

    def __init__(self, code: str) -> None:
        self.code = code
        self.sent: list[tuple[str, ...]] = []
        self.failure: Undelivered | None = None

    def ready(self) -> bool:
        """It always flies."""
        return True

    def takes(self, address: str) -> bool:
        """Whatever looks like an address or a key."""
        return re.fullmatch(r"[\w.@-]{8,}", address) is not None

    def send(self, *given: str) -> None:
        """Keep it."""
        if self.failure:
            raise self.failure
        self.sent.append(given)


def text(**more: Any) -> Text:
    """What a notice of a water cut says."""
    given: dict[str, Any] = {"title": "周三停水通知", "body": "3月4日9时至17时停水检修。", "valid_from": clock.today()}
    return Text(**{**given, **more})


def sketch(cast: Cast, where: str = "community", **more: Any) -> Sketch:
    """A notice for everybody in a place."""
    said = more.pop("text", None) or text()
    return Sketch(**{"place_id": cast.places[where].pk, "kind": "notice", "text": said, **more})


def drafted(cast: Cast, actor: Actor | None = None, where: str = "community", **more: Any) -> Notice:
    """A draft of the community's desk."""
    return notice_draft(actor=actor or cast.community_worker, sketch=sketch(cast, where, **more))


def published(cast: Cast, actor: Actor | None = None, where: str = "community", **more: Any) -> Notice:
    """A notice that is out."""
    who = actor or cast.community_worker
    return notice_publish(actor=who, notice_id=drafted(cast, who, where, **more).pk)


def subscribed(cast: Cast, role: str = "resident", **more: Any) -> Subscription:
    """An account that wants the notices of the community."""
    return subscription_set(actor=cast.actors[role], wish=Wish(**{"code": CODE, **more}))


def by_mail(address: str = ADDRESS, **more: Any) -> Subscription:
    """An address whose owner said twice that they want the notices of the community."""
    subscription_ask(actor=VISITOR, wish=Wish(**{"code": CODE, **more}), address=address, home=f"{HOME}/")
    row = Subscription.objects.latest("pk")
    return subscription_confirm(actor=VISITOR, subscription_id=row.pk)


def chat(cast: Cast, where: str = "community", actor: Actor | None = None) -> GroupRobot:
    """The group chat of a place."""
    given = {"name": "春晓居民群", "channel": "wecom", "address": KEY, "home": f"{HOME}/"}
    return robot_add(actor=actor or cast.community_worker, place_id=cast.places[where].pk, **given)


def carried() -> list[str]:
    """Take whatever waits in the outbox to its channel; the states it came to."""
    waiting = Delivery.objects.filter(state="waiting").order_by("pk")
    return [delivery_attempt(delivery_id=row.pk) for row in waiting]


def notices_made(cast: Cast) -> None:
    """Notices here and in the other place, out, as a draft and withdrawn ones, for the tests over every route."""
    for where in ("community", "far_community"):
        drafted(cast, SYSTEM, where)
        published(cast, SYSTEM, where)
        published(cast, SYSTEM, where, public=False, posts=("community_worker",))
        over = text(valid_until=clock.today())
        row = published(cast, SYSTEM, where, text=over)
        Notice.objects.filter(pk=row.pk).update(
            valid_from=clock.today() - timedelta(days=9), valid_until=clock.today() - timedelta(days=1)
        )


def attached(cast: Cast) -> NoticeFile:
    """A photo with a public notice."""
    row, picture = drafted(cast, SYSTEM), BytesIO()
    Image.new("RGB", (8, 8)).save(picture, "PNG")
    picture.seek(0)
    held = notice_attach(actor=SYSTEM, notice_id=row.pk, stream=picture, name="a/停水.png")
    notice_publish(actor=SYSTEM, notice_id=row.pk)
    return held


def unconfirmed(cast: Cast) -> Subscription:
    """An address whose owner has not said yet that they want notices, where no mail server is set."""
    digest, now = match_hash(ADDRESS, "email"), clock.now()
    given = {"place": cast.places["community"], "address": ADDRESS, "address_hash": digest}
    return Subscription.objects.create(**given, home=HOME, made=now)
