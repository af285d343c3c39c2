"""A finding becomes one matter, and a campaign is closed once, however many ask at one moment, in real threads."""

from functools import partial

from linli.accounts.neighbourhood import neighbourhood
from linli.campaigns.operations import campaigns as operations
from linli.campaigns.operations import places
from linli.campaigns.tests.running import running, target_of
from linli.cases.models import Case
from linli.core.actors import SYSTEM
from linli.core.testing.fixtures import OwnDatabase
from linli.deliberation.tests.test_polls_at_once import answers


def test_one_matter_and_one_end(own_database: OwnDatabase) -> None:
    cast = neighbourhood()
    row = running(cast)
    target = target_of(row)
    finding = places.finding_add(actor=SYSTEM, target_id=target.pk, text="堆物")
    hand_on = partial(places.finding_step, actor=cast.community_worker, finding_id=finding.pk, verb="raise")
    assert answers(own_database.together(*[hand_on] * 6)) == {"ok": 1, "campaign_finding.matter": 5}
    assert Case.objects.filter(source="campaign").count() == 1
    for item in row.items.all():
        mark = partial(places.target_mark, actor=SYSTEM, target_id=target.pk, item_id=item.pk, state="done")
        assert answers(own_database.together(*[mark] * 4)) == {"ok": 4}
    row.refresh_from_db()
    officer, version = cast.street_officer, row.version
    close = partial(operations.campaign_close, actor=officer, campaign_id=row.pk, version=version, summary="完成")
    assert answers(own_database.together(*[close] * 6)) == {"ok": 1, "campaign.stale": 5}
