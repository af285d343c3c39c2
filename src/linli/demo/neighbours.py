"""Good neighbours of the demo place: a household and a shop that neighbours named, shown as they agreed."""

from collections.abc import Mapping

from linli.core import clock
from linli.core.actors import VISITOR, Actor
from linli.demo.conventions import HOME
from linli.demo.days import days_ago
from linli.territory.models import Facility, Place
from linli.volunteering.operations.honours import NeighbourProposal, honour_accept, honour_award, honour_propose
from linli.volunteering.operations.neighbours import Offering, neighbour_offer

HOUSEHOLD = NeighbourProposal("good_neighbour", "祝平平一家", "三年来替楼里老人取药、收快递")
SHOP = NeighbourProposal("good_neighbour_shop", "演示便民小店", "雨天借伞，给外卖骑手和老人留座、加水")
WAITING = NeighbourProposal("good_neighbour", "二单元修车师傅家", "谁家车子坏了都帮着看看")


def neighbours_begin(actors: Mapping[str, Actor]) -> None:
    """Two that were honoured three weeks ago and offer something since, and one whom the desk has yet to look at."""
    desk, place = actors["shequ"], Place.objects.get(name=HOME)
    with days_ago(45):
        rows = [honour_propose(actor=VISITOR, place_id=place.pk, proposal=item) for item in (HOUSEHOLD, SHOP)]
    with days_ago(43):
        for row in rows:
            honour_accept(actor=desk, honour_id=row.pk)
    with days_ago(21):
        for row in rows:
            honour_award(actor=desk, honour_id=row.pk, awarded_by=place.name)
        today = clock.today()
        grid = Place.objects.filter(type=Place.Type.GRID, until=None, community=place).order_by("code").first()
        at_home = Offering("代收快递、代取常用药", today, "self", grid_id=grid.pk if grid else None)
        neighbour_offer(actor=desk, honour_id=rows[0].pk, offering=at_home)
        shop = Facility.objects.filter(name=SHOP.name, place__path__startswith=place.path, until=None).first()
        point = shop.pk if shop else None
        at_shop = Offering("借伞、加热水、歇脚", today, "self", address="演示一小区东门", facility_id=point)
        neighbour_offer(actor=desk, honour_id=rows[1].pk, offering=at_shop)
    honour_propose(actor=VISITOR, place_id=place.pk, proposal=WAITING)
