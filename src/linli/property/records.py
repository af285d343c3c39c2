"""The record type of contracts and arrangements of management: one row for each compound and time."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from linli.property import policies
from linli.property.operations.ledgers import (
    management_record_many,
    managements_recognised,
    managements_refused,
    managements_remove,
)
from linli.property.workflow import CONTRACT, MODES, SAID
from linli.records.types import Column, Dimension, Measure, RecordType, register

MODE = pgettext_lazy("property", "mode of management")
STATES = tuple(CONTRACT.choices)
BUILDINGS = _("buildings")
register(
    RecordType(
        SAID,
        pgettext_lazy("property", "Contracts and management of compounds"),
        "property.Management",
        124,
        write=management_record_many,
        refused=managements_refused,
        recognised=managements_recognised,
        remove=managements_remove,
        only={"void": False},
        place="compound",
        span=("since", "until"),
        order=(("since", "last"),),
        titles="物业服务合同|物业合同|物业管理台账",
        visible=policies.managements_visible_to,
        amendable=policies.amendable,
        dimensions=(
            Dimension("mode", label=MODE, choices=MODES),
            Dimension("state", label=_("state"), path="contract__state", choices=STATES),
            Dimension("company", label=_("property company"), path="manager", type="reference", to="property_company"),
            Dimension("place", label=_("compound"), path="compound", type="reference", to="compound"),
        ),
        measures=(
            Measure("place", "distinct", label=_("Compounds"), path="compound"),
            Measure("company", "distinct", label=_("property companies"), path="manager"),
            Measure("buildings", "number", label=BUILDINGS),
            Measure("households", "number", label=_("households"), path="compound__households", persons=True),
        ),
        columns=(
            Column("number", "合同编号|合同号", label=_("contract number"), path="contract__number"),
            Column(
                "place", "小区(楼院)名称|小区名称|楼院名称", label=_("compound"), type="place", path="compound__name"
            ),
            Column("buildings", "楼栋数|栋数", label=BUILDINGS, type="whole", minimum=0),
            Column(
                "company",
                "物业服务企业|物业公司|物业企业",
                label=_("property company"),
                type="organization",
                ref="property_company",
                unknown="create",
                path="manager__name",
            ),
            Column("unit", "管理单位|代管单位", label=pgettext_lazy("property", "managing unit")),
            Column("mode", "服务模式|管理模式", label=MODE, type="choice", choices=MODES, required=True),
            Column("since", "合同起始日期|起始日期|合同开始日期", label=_("from"), type="date", required=True),
            Column("last", "合同终止日期|终止日期|合同到期日期", label=_("last day"), type="date", planned=True),
            Column("state", "合同状态|状态", label=_("state"), type="choice", choices=STATES, path="contract__state"),
        ),
    )
)
