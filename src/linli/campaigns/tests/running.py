"""A campaign for the tests: at the community, with two items and its compound."""

from datetime import date
from typing import Any

from linli.accounts.testing import Cast
from linli.campaigns.models import Campaign, CampaignTarget
from linli.campaigns.operations import campaigns as operations
from linli.campaigns.operations import places
from linli.campaigns.operations.campaigns import Plan
from linli.cases.tests.test_intake import photo
from linli.core.actors import SYSTEM

PLAN: dict[str, Any] = {
    "title": "楼道清理",
    "kind": "rectification",
    "since": date(2026, 3, 2),
    "until": date(2026, 6, 1),
}


def planned(cast: Cast, place: str = "street", **more: Any) -> Campaign:
    """A campaign with its plan alone."""
    given = {**PLAN, "lead_id": cast.bodies["department"].pk, **more}
    return operations.campaign_plan(actor=SYSTEM, plan=Plan(cast.places[place].pk, **given))


def step(actor: Any, call: Any, row: Campaign, **more: Any) -> Any:
    """A step of a campaign as it stands."""
    row.refresh_from_db()
    return call(actor=actor, campaign_id=row.pk, version=row.version, **more)


def running(
    cast: Cast, place: str = "street", at: str = "compound", items: tuple[str, ...] = ("清楼道", "装扶手")
) -> Campaign:
    """A campaign that has begun at a compound."""
    row = planned(cast, place)
    for title in items:
        step(SYSTEM, operations.item_add, row, title=title)
    step(SYSTEM, operations.targets_add, row, place_id=cast.places[at].pk)
    step(SYSTEM, operations.campaign_begin, row)
    row.refresh_from_db()
    return row


def target_of(row: Campaign) -> CampaignTarget:
    """The only place of a campaign."""
    return row.targets.get()


def campaigns_made(cast: Cast) -> None:
    """Campaigns here and in the other place, each with a finding and a photo, and a published one, for all routes."""
    for place, at in (("street", "compound"), ("far_street", "far_community")):
        row = running(cast, place, at)
        target = target_of(row).pk
        places.finding_add(actor=SYSTEM, target_id=target, text="楼道堆物")
        places.photo_add(actor=SYSTEM, target_id=target, when="before", stream=photo())
    over = running(cast)
    for item in over.items.all():
        places.target_mark(actor=SYSTEM, target_id=target_of(over).pk, item_id=item.pk, state="done")
    step(SYSTEM, operations.campaign_close, over, summary="全部完成")
    step(SYSTEM, operations.campaign_publish, over, shown=True)
