"""Subscriptions: said twice by e-mail, ended with one click and erased; letters once an interval; what mail carries."""

import socketserver
import threading
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest

from linli.accounts.neighbourhood import Cast
from linli.accounts.operations.owning import account_close
from linli.core import clock
from linli.core.actors import SYSTEM, VISITOR
from linli.core.models import Entry
from linli.messaging.channels import channel_with
from linli.messaging.channels.bots import Mail
from linli.messaging.models import Delivery, Message
from linli.notices import queries, tasks
from linli.notices.models import Subscription
from linli.notices.operations.letters import letters_send
from linli.notices.operations.publishing import notice_withdraw
from linli.notices.operations.subscribing import (
    Wish,
    subscription_ask,
    subscription_confirm,
    subscription_end,
    subscription_leave,
    subscription_set,
    subscriptions_sweep,
)
from linli.notices.tests.test_notices import code_of
from linli.notices.tests.told import ADDRESS, CODE, HOME, Bird, by_mail, carried, published, subscribed, text
from linli.notices.tokens import opt_out_of, subscription_of, token_of

pytestmark = pytest.mark.django_db


def asked(address: str = ADDRESS, **more: Any) -> Subscription:
    subscription_ask(actor=VISITOR, wish=Wish(**{"code": CODE, **more}), address=address, home=HOME)
    return Subscription.objects.get()


def test_an_address_gets_one_mail_and_nothing_more_until_its_owner_says_so(cast: Cast, mail: Bird) -> None:
    row = asked()
    asked(f" {ADDRESS.upper()} ", kinds=("policy",))
    assert carried() == ["sent"]
    ((address, said, opt_out),) = mail.sent
    assert (address, opt_out) == (ADDRESS, opt_out_of(HOME, row.pk))
    assert opt_out in said
    policy: dict[str, Any] = {"kind": "policy", "text": text(valid_until=clock.today())}
    published(cast, **policy)
    assert carried() == []
    subscription_confirm(actor=VISITOR, subscription_id=row.pk)
    # What is confirmed is not changed by somebody who only knows the address.
    assert asked(kinds=("activity",)).kinds == ["policy"]
    published(cast)
    published(cast, **policy)
    assert carried() == ["sent"]
    assert code_of(subscription_confirm, actor=VISITOR, subscription_id=subscribed(cast).pk) == "not_found"
    assert ADDRESS not in str(list(Entry.objects.values("facts", "actor")))


def test_whoever_wants_no_more_is_erased_with_what_waits(cast: Cast, mail: Bird) -> None:
    row, other = by_mail(), by_mail("other@example.org")
    published(cast)
    assert code_of(subscription_of, token=f"{token_of(row.pk)}x") == "not_found"
    subscription_end(actor=VISITOR, subscription_id=subscription_of(token_of(row.pk)))
    assert list(Subscription.objects.all()) == [other]
    assert set(Delivery.objects.values_list("address", flat=True)) <= {"other@example.org"}
    assert code_of(subscription_end, actor=VISITOR, subscription_id=row.pk) == "not_found"


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"address": "lin"}, "subscription.address"),
        ({"kinds": ("gossip",)}, "subscription.kinds"),
        ({"pace": "hourly"}, "subscription.pace"),
        ({"code": "110101"}, "not_found"),
        ({"organization_id": 987654321}, "not_found"),
    ],
)
def test_odd_wishes_are_refused(cast: Cast, mail: Bird, given: dict[str, Any], code: str) -> None:
    assert code_of(asked, **given) == code
    assert not Subscription.objects.exists()


def test_nobody_is_flooded_with_mails_by_somebody_else(cast: Cast, mail: Bird) -> None:
    given: dict[str, Any] = {"actor": VISITOR, "address": ADDRESS, "home": HOME}
    for code in (CODE, "990901001002", "990901002001"):
        subscription_ask(wish=Wish(code), **given)
    assert code_of(subscription_ask, wish=Wish("990901001"), **given) == "subscription.waiting"
    assert Subscription.objects.count() == len(carried()) == 3


def test_without_a_mail_server_there_is_no_such_offer(cast: Cast) -> None:
    assert channel_with("email") is None
    assert code_of(asked) == "not_found"
    assert code_of(subscription_set, actor=VISITOR, wish=Wish(CODE)) == "not_found"


def test_addresses_that_nobody_confirms_are_forgotten(cast: Cast, mail: Bird, today: clock.Frozen) -> None:
    asked()
    today.move(timedelta(days=2))
    assert subscriptions_sweep() == 0
    today.move(timedelta(minutes=1))
    assert subscriptions_sweep() == 1
    assert not Subscription.objects.exists()
    assert not Delivery.objects.exists()


def test_an_account_subscribes_changes_leaves_and_is_forgotten(cast: Cast) -> None:
    first = subscribed(cast, kinds=("notice", "policy", "activity", "warning"))
    assert first.kinds == []
    assert subscribed(cast, kinds=("policy",)).pk == first.pk
    published(cast)
    assert not Message.objects.exists()
    subscription_leave(actor=cast.actors["resident"], code=CODE)
    assert code_of(subscription_leave, actor=cast.actors["resident"], code=CODE) == "not_found"
    subscribed(cast)
    account_close(actor=cast.actors["resident"])
    assert not Subscription.objects.exists()


def test_members_who_live_elsewhere_get_one_letter_a_month(cast: Cast, mail: Bird, today: clock.Frozen) -> None:
    branch = cast.bodies["party"].pk
    away, home = by_mail(pace="letter", organization_id=branch), subscribed(cast, pace="letter")
    carried()
    mail.sent.clear()
    today.move(timedelta(minutes=1))
    published(cast, text=text(title="春季义诊"))
    published(cast, SYSTEM, "street", text=text(title="道路改造"))
    published(cast, SYSTEM, "far_community", text=text(title="别处的事"))
    published(cast, SYSTEM, "second_community", groups=(branch,), text=text(title="支部开放日"))
    published(cast, public=False, groups=(branch,), text=text(title="支部学习安排"))
    gone = published(cast, text=text(title="写错的通知"))
    notice_withdraw(actor=cast.community_worker, notice_id=gone.pk, reason="写错")
    assert (carried(), letters_send()) == ([], 0)
    today.move_to(clock.day_start(away.next_letter or clock.today()) + timedelta(hours=9))
    assert tasks.letters(0) == 2
    assert tasks.letters(0) == 0
    assert carried() == ["sent"]
    ((address, said, opt_out),) = mail.sent
    found = [
        name
        for name in ("春季义诊", "道路改造", "别处的事", "支部开放日", "支部学习安排", "写错的通知")
        if name in said
    ]
    assert (address, found) == (ADDRESS, ["春季义诊", "道路改造", "支部开放日"])
    assert opt_out in said
    letter = Message.objects.get(user_id=home.user_id or 0, kind="notice.letter")
    assert (letter.facts["many"], letter.body.count("\n")) == (2, 1)
    # Where nothing was told there is no letter, and what was told is not told again.
    away.refresh_from_db()
    assert f"{away.next_letter}" == "2026-05-01"
    today.move(timedelta(days=31))
    assert (letters_send(), carried()) == (2, [])


def test_naming_a_branch_opens_nothing_that_is_for_its_members(cast: Cast, mail: Bird) -> None:
    branch = cast.bodies["party"].pk
    subscribed(cast, organization_id=branch)
    by_mail(organization_id=branch)
    carried()
    row = published(cast, public=False, groups=(branch,))
    assert not Message.objects.filter(user=cast.users["resident"]).exists()
    assert carried() == []
    assert code_of(queries.notice_read, actor=cast.actors["resident"], pk=row.pk) == "not_found"


def test_a_letter_with_very_much_in_it_still_says_how_to_end_it(cast: Cast, mail: Bird, today: clock.Frozen) -> None:
    by_mail(pace="letter")
    carried()
    today.move(timedelta(minutes=1))
    for number in range(14):
        published(cast, text=text(title=f"{number}{'长' * 110}"))
    today.move(timedelta(days=31))
    assert letters_send() == 1
    carried()
    said = mail.sent[-1][1]
    assert len(said) <= 1000
    assert said.endswith(mail.sent[-1][2])


class Letterbox(socketserver.StreamRequestHandler):
    """A mail server that takes one letter after another."""

    letters: list[str]

    def handle(self) -> None:
        self.say("220 letterbox")
        while line := self.rfile.readline().decode().strip():
            if line.upper() != "DATA":
                self.say("221 bye" if line.upper() == "QUIT" else "250 ok")
                continue
            self.say("354 go on")
            lines = []
            while (said := self.rfile.readline().decode().rstrip("\r\n")) != ".":
                lines.append(said)
            type(self).letters.append("\n".join(lines))
            self.say("250 ok")

    def say(self, line: str) -> None:
        self.wfile.write(f"{line}\r\n".encode())


@pytest.fixture
def letterbox(settings: Any) -> Iterator[list[str]]:
    Letterbox.letters = []
    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Letterbox) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        port = server.server_address[1]
        settings.MAIL_URL = f"mailto://127.0.0.1:{port}/?smtp=127.0.0.1&from=linli@example.org&mode=insecure"
        yield Letterbox.letters
        server.shutdown()


def test_a_mail_program_finds_where_to_opt_out_in_the_headers(cast: Cast, letterbox: list[str]) -> None:
    row = by_mail()
    Mail().send("plain@example.org", "nothing to opt out of")
    assert carried() == ["sent"]
    plain, letter = letterbox
    assert "List-Unsubscribe" not in plain
    unfolded = letter.replace("\n ", " ")
    assert f"List-Unsubscribe: <{opt_out_of(HOME, row.pk)}>" in unfolded
    assert "List-Unsubscribe-Post: List-Unsubscribe=One-Click" in unfolded
