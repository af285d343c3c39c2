"""Notices at the same moment, in real threads on a database of their own: told once, whoever publishes."""

from functools import partial

import pytest

from linli.accounts.neighbourhood import neighbourhood
from linli.core.testing.fixtures import OwnDatabase
from linli.deliberation.tests.test_polls_at_once import answers
from linli.messaging.models import Delivery, Message
from linli.notices.models import NoticeReach, Subscription
from linli.notices.operations.publishing import notice_publish, reaches_count
from linli.notices.operations.subscribing import Wish, subscription_set
from linli.notices.tests.told import CODE, Bird, by_mail, drafted


@pytest.mark.usefixtures("mail")
def test_two_who_publish_at_once_tell_people_once(own_database: OwnDatabase, mail: Bird) -> None:
    cast = neighbourhood()
    resident = cast.actors["resident"]
    set_ = partial(subscription_set, actor=resident, wish=Wish(CODE))
    assert answers(own_database.together(*[set_] * 4)) == {"ok": 4}
    by_mail()
    Delivery.objects.all().delete()
    row, two = drafted(cast), ("community_worker", "secretary")
    calls = [partial(notice_publish, actor=cast.actors[role], notice_id=row.pk) for role in two]
    assert answers(own_database.together(*calls * 3, *[reaches_count] * 2)) == {"ok": 3, "notice.state": 5}
    assert Message.objects.filter(subject_id=row.pk).count() == Delivery.objects.count() == 1
    assert dict(NoticeReach.objects.values_list("channel", "sent")) == {"inbox": 1, "email": 1}
    assert Subscription.objects.count() == 2
