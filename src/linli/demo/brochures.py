"""Brochures of the demo place: an edition that lies at the centre and is nearly gone there, and one being written."""

from collections.abc import Mapping

from linli.brochures.models import LeafletStock
from linli.brochures.operations.brochures import Written, brochure_issue, brochure_new, page_write
from linli.brochures.operations.dispatching import Sending, dispatch_make, stock_count
from linli.brochures.queries import sources
from linli.brochures.sections import group_names
from linli.core import clock
from linli.core.actors import Actor
from linli.demo.conventions import HOME
from linli.demo.days import days_ago
from linli.territory.models import Facility, Place

TEXTS = {
    2: (
        "红色速递",
        "在外务工也是社区一员。\n一、组织关系转接：凭身份证到社区党群服务中心，当场办结。\n"
        "二、外出报到：到居住地社区登记，两地都算在册。\n三、学习资料：每季度随本手册寄送一份，不记谁看、看多少。",
    ),
    3: (
        "反映问题",
        "灯不亮、井盖坏、垃圾没清：\n1. 扫封底的码，点“反映问题”。\n2. 说一句话，可拍照也可不拍。\n"
        "3. 凭编号随时查办理到哪一步。\n也可以直接打社区值班电话，或告诉您的网格员。",
    ),
    4: (
        "楼院议事",
        "谁都可以提议题。社区每月开一次议事会，定下的事列出谁办、何时办完，结果张贴在楼下，也在社区主页公开。",
    ),
    5: ("志愿服务", "一小时也是服务。到社区报名，选自己有空的时段；服务时长由受助人或带队人确认，可以开证明。"),
}


def brochures_begin(actors: Mapping[str, Actor]) -> None:
    """What the desk printed three weeks ago, where it went, and what it writes now."""
    desk, place = actors["shequ"], Place.objects.get(name=HOME)
    with days_ago(21):
        row = brochure_new(actor=desk, place_id=place.pk, title="口袋党建手册")
        for number, (heading, text) in TEXTS.items():
            page_write(actor=desk, brochure_id=row.pk, number=number, written=Written(heading, text))
        brochure_issue(actor=desk, brochure_id=row.pk)
    with days_ago(20):
        points = Facility.objects.filter(place__path__startswith=place.path, until=None).order_by("pk")[:2]
        for point in points:
            sending = Sending(120, clock.today(), facility_id=point.pk)
            dispatch_make(actor=desk, brochure_id=row.pk, sending=sending)
        away = Sending(35, clock.today(), group=next(iter(group_names())))
        dispatch_make(actor=desk, brochure_id=row.pk, sending=away)
    with days_ago(2):
        for stock in LeafletStock.objects.filter(brochure=row).order_by("pk")[:1]:
            stock_count(actor=desk, stock_id=stock.pk, left=6)
    draft = brochure_new(actor=desk, place_id=place.pk, title="便民服务口袋书")
    for number, source in enumerate(sources(place)[:2], start=2):
        written = Written(source.title[:14], source.text, source.kind, source.pk)
        page_write(actor=desk, brochure_id=draft.pk, number=number, written=written)
