"""The record types of who is cared for, without names, and of the help that was given."""

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from linli.care import policies
from linli.care.operations.ledgers import service_record_many, services_refused, services_remove
from linli.care.sections import section
from linli.care.workflow import AGREEMENT, CLIENT, GIVING, GROUPS, MODES, SERVICE
from linli.records.added import register_words
from linli.records.profiles import Labelled
from linli.records.types import Column, Dimension, Measure, RecordType, register

HELPS = "care_service.kind"
GROUP = pgettext_lazy("care", "whom it is for")
KIND = pgettext_lazy("care", "kind of help")
MODE = pgettext_lazy("care", "where it is given")
NUMBER = pgettext_lazy("care", "number of the person")
PROVIDER = pgettext_lazy("care", "given by")
PLACE = Dimension("place", type="reference", to="division")


def _helps() -> Iterable[Labelled]:
    return section().helps


register_words(HELPS, _helps)
register(
    RecordType(
        CLIENT,
        pgettext_lazy("care", "People cared for"),
        "care.CareClient",
        138,
        span=("since", "until"),
        titles="服务对象台账",
        visible=policies.clients_visible_to,
        amendable=policies.client_amendable,
        persons=True,
        url_name="care:client",
        dimensions=(
            Dimension("group", label=GROUP, choices=GROUPS),
            Dimension("state", label=_("state"), choices=tuple(AGREEMENT.choices)),
            PLACE,
        ),
        measures=(Measure("place", "distinct"),),
        columns=(
            Column("number", "服务对象编号", label=NUMBER),
            Column("place", "社区|所属社区", label=_("place"), type="place", path="place__name"),
            Column("group", "服务人群", label=GROUP, type="choice", choices=GROUPS),
            Column("since", "开始日期", label=_("since"), type="date"),
            Column("until", "结束日期", label=_("until"), type="date"),
            Column("state", "状态", label=_("state"), type="choice", choices=tuple(AGREEMENT.choices)),
        ),
    ),
    RecordType(
        SERVICE,
        pgettext_lazy("care", "Care given"),
        "care.CareService",
        139,
        write=service_record_many,
        refused=services_refused,
        remove=services_remove,
        dates=("on",),
        titles="养老服务|服务记录|照料记录",
        visible=policies.services_visible_to,
        amendable=policies.service_amendable,
        dimensions=(
            Dimension("group", label=GROUP, path="client__group", choices=GROUPS),
            Dimension("kind", label=KIND, vocabulary=HELPS),
            Dimension("mode", label=MODE, choices=MODES),
            Dimension("state", label=_("state"), choices=tuple(GIVING.choices)),
            PLACE,
        ),
        measures=(
            Measure("client", "distinct", label=_("persons"), persons=True),
            Measure("place", "distinct"),
        ),
        columns=(
            Column("number", "服务单号|单号", label=_("number")),
            Column("on", "服务日期|日期", label=_("day"), type="date", required=True),
            Column("client", "服务对象编号", label=NUMBER, path="client__number", required=True),
            Column("place", "社区|所属社区", label=_("place"), type="place", path="place__name"),
            Column("group", "服务人群", label=GROUP, type="choice", choices=GROUPS, path="client__group"),
            Column("kind", "服务项目", label=KIND, type="choice", vocabulary=HELPS, required=True),
            Column("mode", "服务方式", label=MODE, type="choice", choices=MODES, required=True),
            Column(
                "provider", "服务机构", label=PROVIDER, type="organization", ref="member_unit", path="provider__name"
            ),
            Column("state", "完成情况", label=_("state"), type="choice", choices=tuple(GIVING.choices)),
        ),
    ),
)
