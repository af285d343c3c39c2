"""A campaign that runs in the demo place, and one that is over and published."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any, Final

from linli.campaigns.models import Campaign, CampaignTarget
from linli.campaigns.operations import campaigns as operations
from linli.campaigns.operations import places
from linli.campaigns.operations.belonging import link_add
from linli.campaigns.operations.campaigns import Plan
from linli.core import clock
from linli.core.actors import Actor
from linli.deliberation.models import Meeting
from linli.demo.conventions import HOME
from linli.demo.days import days_ago
from linli.territory.models import Place

PURPOSE: Final = "让楼道通畅、亮堂、没有堆物"
ITEMS: Final = ("楼道清理", "飞线整治", "照明修复")


def campaigns_begin(actors: Mapping[str, Actor]) -> None:
    """The street clears stairways in every compound of a community; last season's is over and everybody reads it."""
    street, desk, city = actors["jiedao"], actors["shequ"], actors["chengguan"].organization_ids[0]
    home = Place.objects.get(name=HOME)
    assert home.street_id is not None
    with days_ago(120):
        over = _begun(street, city, home, "冬季消防通道清理行动", days=60, items=("通道清理", "划线提示"))
    with days_ago(95):
        for target in over.targets.all():
            for item in over.items.all():
                places.target_mark(actor=street, target_id=target.pk, item_id=item.pk, state="done")
    with days_ago(90):
        summary = "通道全部清理完毕，划线提示到位；居民议定了临时停车的地方。"
        _step(street, operations.campaign_close, over, summary=summary)
        _step(street, operations.campaign_publish, over, shown=True)
    with days_ago(20):
        row = _begun(street, city, home, "楼道环境整治行动", days=90, items=ITEMS)
    first = row.targets.order_by("pk").first()
    assert first is not None
    with days_ago(6):
        _worked(desk, row, first)
        text = "完成三分之一，飞线整治等供电公司排期。"
        _step(street, operations.campaign_review, row, text=text)
    meeting = Meeting.objects.filter(place=home, state__in=("held", "approved")).order_by("-on", "-pk").first()
    if meeting is not None:
        link_add(actor=street, campaign_id=row.pk, meeting_id=meeting.pk)
    # What is handed on waits for the community, but not for longer than it may.
    with days_ago(1):
        text = "三单元一层堆放旧家具，堵住半边楼梯"
        handed = places.finding_add(actor=desk, target_id=first.pk, text=text, topic=ITEMS[0])
        places.finding_step(actor=desk, finding_id=handed.pk, verb="raise")


def _begun(street: Actor, lead: int, home: Place, title: str, *, days: int, items: tuple[str, ...]) -> Campaign:
    today = clock.today()
    given: dict[str, Any] = {"since": today, "until": today + timedelta(days=days)}
    plan = Plan(home.street_id or 0, title, "rectification", lead_id=lead, purpose=PURPOSE, **given)
    row = operations.campaign_plan(actor=street, plan=plan)
    for item in items:
        _step(street, operations.item_add, row, title=item, lead_id=lead)
    _step(street, operations.targets_add, row, place_id=home.pk, each="compound")
    _step(street, operations.campaign_begin, row)
    return row


def _step(actor: Actor, call: Any, row: Campaign, **more: Any) -> Any:
    row.refresh_from_db()
    return call(actor=actor, campaign_id=row.pk, version=row.version, **more)


def _worked(desk: Actor, row: Campaign, target: CampaignTarget) -> None:
    cleared, wires, lit = row.items.order_by("pk")
    given: dict[str, Any] = {"actor": desk, "target_id": target.pk}
    places.target_mark(item_id=cleared.pk, state="done", **given)
    places.target_mark(item_id=lit.pk, state="not_needed", note="去年已全部更换", **given)
    due = clock.today() + timedelta(days=14)
    places.finding_add(text="二单元门口电动车飞线充电", topic=wires.title, due=due, **given)
