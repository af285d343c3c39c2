"""The record type of conventions: one record for each edition."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from linli.deliberation.operations.convention_ledgers import convention_record_many, conventions_refused
from linli.deliberation.policies import conventions as policies
from linli.deliberation.workflow.conventions import CONVENTION, KINDS, WAYS
from linli.records.types import Column, Dimension, Measure, RecordType, register

CONVENTION_TYPE = RecordType(
    "convention",
    pgettext_lazy("deliberation", "Conventions"),
    "deliberation.Convention",
    102,
    write=convention_record_many,
    refused=conventions_refused,
    dates=("adopted_on", "drafted_on", "published_on", "file_by", "filed_on"),
    titles="公约|居民公约|楼院公约|公约台账|公约备案|自治章程",
    visible=policies.conventions_visible_to,
    amendable=policies.may_amend,
    url_name="conventions:convention",
    dimensions=(
        Dimension("state", label=_("state"), choices=tuple(CONVENTION.choices)),
        Dimension("kind", label=_("kind"), choices=KINDS),
        Dimension("adopted_by", label=pgettext_lazy("convention", "adopted by"), choices=WAYS),
        Dimension("in_time", label=_("filed in time"), type="flag"),
        Dimension("place", type="reference", to="division"),
    ),
    measures=(
        Measure("place", "distinct"),
        Measure("due", "number", label=_("number entitled to vote"), persons=True),
        Measure("came", "number", label=_("number who took part"), persons=True, part_of="due"),
        Measure("votes_for", "number", label=_("votes for"), persons=True, part_of="came"),
        Measure("days", "duration", label=_("days until it was filed"), start="published_on", end="filed_on"),
    ),
    columns=(
        Column("title", "公约名称|名称|公约|标题", label=_("title"), required=True, key=True),
        Column("place", "所在位置|所属社区|社区|小区|楼院", label=_("place"), type="place", path="place__name"),
        Column("kind", "公约类型|类型", label=_("kind"), type="choice", choices=KINDS),
        Column("edition", "版次", label=pgettext_lazy("convention", "edition"), type="whole"),
        Column("state", "状态", label=_("state"), type="choice", choices=tuple(CONVENTION.choices)),
        Column("adopted", "通过日期|表决日期|制定日期", label=_("adopted on"), type="date", path="adopted_on"),
        Column("due", "应到人数|应参会人数", label=_("number entitled to vote"), type="whole", minimum=0),
        Column("came", "实到人数|参会人数", label=_("number who took part"), type="whole", minimum=0),
        Column("votes_for", "同意人数|同意票|同意", label=_("votes for"), type="whole", minimum=0),
        Column("published", "公布日期|公示日期", label=_("published on"), type="date", path="published_on"),
        Column("file_by", "备案期限", label=_("to be filed by"), type="date", planned=True),
        Column("filed", "备案日期", label=_("filed on"), type="date", path="filed_on"),
        Column("filed_number", "备案号|备案编号", label=_("number of the filing")),
    ),
    order=(("adopted", "published"), ("adopted", "filed")),
)
register(CONVENTION_TYPE)
