"""The record types of brochures and of the copies that went out. Who took or read one is nowhere."""

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from linli.brochures import policies
from linli.brochures.sections import section
from linli.brochures.workflow import BROCHURE, BROCHURES, DISPATCH
from linli.records.added import register_words
from linli.records.profiles import Labelled
from linli.records.types import Column, Dimension, Measure, RecordType, register

GROUPS = "material_dispatch.group"
STATES = tuple(BROCHURES.choices)
TITLE = pgettext_lazy("brochure", "title")
EDITION = pgettext_lazy("brochure", "edition")
GROUP = pgettext_lazy("brochure", "group")
COPIES = pgettext_lazy("brochure", "copies")
POINT = pgettext_lazy("brochure", "point")
PLACE = Dimension("place", type="reference", to="division")


def _groups() -> Iterable[Labelled]:
    return section().groups


register_words(GROUPS, _groups)
register(
    RecordType(
        BROCHURE,
        _("Pocket brochures"),
        "brochures.Brochure",
        170,
        dates=("issued_on",),
        titles="口袋手册|口袋党建手册",
        visible=policies.brochures_visible_to,
        amendable=policies.may_amend,
        url_name="brochures:brochure",
        dimensions=(Dimension("state", label=_("state"), choices=STATES), PLACE),
        measures=(Measure("place", "distinct"),),
        columns=(
            Column("title", "手册名称", label=TITLE),
            Column("place", "社区|所属社区|街道", label=_("place"), type="place", path="place__name"),
            Column("edition", "版次", label=EDITION, type="number"),
            Column("issued_on", "发布日期", label=pgettext_lazy("brochure", "issued on"), type="date"),
            Column("state", "状态", label=_("state"), type="choice", choices=STATES),
        ),
    ),
    RecordType(
        DISPATCH,
        pgettext_lazy("brochure", "Brochures sent out"),
        "brochures.MaterialDispatch",
        171,
        dates=("on",),
        titles="手册发放|宣传资料投放",
        visible=policies.dispatches_visible_to,
        amendable=policies.may_amend,
        dimensions=(
            Dimension("group", label=GROUP, vocabulary=GROUPS),
            Dimension("facility", type="reference", to="facility"),
            PLACE,
        ),
        measures=(
            Measure("copies", "number", label=COPIES),
            Measure("facility", "distinct", label=POINT),
            Measure("place", "distinct"),
        ),
        columns=(
            Column("brochure", "手册名称", label=TITLE, path="brochure__title"),
            Column("edition", "版次", label=EDITION, type="number", path="brochure__edition"),
            Column("place", "社区|所属社区|街道", label=_("place"), type="place", path="place__name"),
            Column("facility", "投放点", label=POINT, path="facility__name"),
            Column("group", "发放对象", label=GROUP, type="choice", vocabulary=GROUPS),
            Column("copies", "份数", label=COPIES, type="number"),
            Column("on", "投放日期", label=pgettext_lazy("brochure", "day"), type="date"),
        ),
    ),
)
