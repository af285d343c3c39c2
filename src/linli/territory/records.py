"""The record types of territory: divisions, compounds, buildings, grids, facilities and counted statistics."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from linli.core.actors import Actor
from linli.records import profiles
from linli.records.added import register_words
from linli.records.profiles import Labelled
from linli.records.types import Column, Dimension, Measure, RecordType, register
from linli.territory import policies
from linli.territory.models import MEDIATION_STUDIO, Place
from linli.territory.operations import recording
from linli.territory.sections import GridsSection

PLACE = Column("place", label=_("place"), type="place", path="parent__name")
AT = Column("place", "所在位置|所属社区", label=_("place"), type="place", path="place__name")
SINCE = Column("since", "划定日期|启用日期|成立日期|建立日期|日期", label=_("since"), type="date")
UNTIL = Column("until", "撤销日期|撤并日期|停用日期|终止日期", label=_("until"), type="date")
HOUSEHOLDS = Column("households", "户数|总户数|居民户数|服务居民户数", label=_("households"), type="whole")
RESIDENTS = Column("residents", "人口|人口数|居住人数|常住人口|服务居民人数", label=_("residents"), type="whole")
ANCESTORS = (
    Dimension("county", path="county", type="reference", to="division"),
    Dimension("street", path="street", type="reference", to="division"),
    Dimension("community", path="community", type="reference", to="division"),
    Dimension("compound", path="compound", type="reference", to="compound"),
)
NAMES = (
    Dimension("name", label=_("name"), type="text"),
    Dimension("code", label=_("code"), type="text"),
    Dimension("kind", label=_("kind"), vocabulary="place.kind"),
    Dimension("level", label=_("level"), type="text"),
)
SIZES = (
    Measure("households", "number", label=_("households"), persons=True),
    Measure("residents", "number", label=_("residents"), persons=True),
    Measure("buildings", "number", label=_("buildings")),
    Measure("area_m2", "number", label=_("area"), unit="m2"),
)


def seen(actor: Actor) -> Q:
    """Facilities and totals are seen by whoever sees the territory."""
    return Q() if policies.may_view(actor) else Q(pk__in=[])


DIVISION = RecordType(
    "division",
    _("Divisions"),
    "territory.Place",
    10,
    write=recording.division_record_many,
    remove=recording.places_remove,
    identity="place",
    only={"type": Place.Type.DIVISION, "placeholder": False},
    place="",
    span=("since", "until"),
    dimensions=(*NAMES, *ANCESTORS),
    measures=SIZES,
    titles="社区基本情况|行政区划|村社区|人口户数",
    columns=(
        Column("code", "区划代码|代码", label=_("code"), key=True),
        Column("name", "单位名称|社区名称|村(社区)名称|名称", label=_("name")),
        Column("level", "级别|层级", label=_("level")),
        Column("kind", "社区类别|社区类型|类别", label=_("kind"), type="choice", vocabulary="place.kind"),
        PLACE,
        HOUSEHOLDS,
        RESIDENTS,
        Column("buildings", "楼栋数", label=_("buildings"), type="whole"),
        Column("area_m2", "辖区面积|面积", label=_("area"), type="number"),
        SINCE,
        UNTIL,
    ),
    visible=policies.places_visible_to,
    amendable=policies.may_change_place,
    url_name="territory:place",
)
STATISTIC = RecordType(
    "statistic",
    _("Counted totals"),
    "territory.Statistic",
    15,
    write=recording.statistic_record_many,
    remove=recording.statistics_remove,
    recognised=recording.statistics_recognised,
    span=("since", "until"),
    dates=("since",),
    dimensions=(
        Dimension("series", label=_("series"), type="text"),
        Dimension("unit", type="text"),
        Dimension("stock", type="flag"),
        Dimension("place", type="reference", to="division"),
    ),
    # What a series counts is only known by its name: it may be persons, so it is taken for persons.
    measures=(Measure("value", "number", label=_("value"), persons=True), Measure("place", "distinct")),
    columns=(
        Column("series", "指标|统计项", label=_("series"), key=True, required=True),
        Column("value", "数值|数量", label=_("value"), type="number", required=True),
        Column("unit", "单位", label=_("unit")),
        Column("since", "统计时间|统计日期|数据日期|日期", label=_("as of"), type="date"),
        Column("source", "来源", label=_("source")),
        AT,
    ),
    titles="统计",
    visible=seen,
)
COMPOUND = RecordType(
    "compound",
    _("Compounds"),
    "territory.Place",
    20,
    write=recording.compound_record_many,
    remove=recording.places_remove,
    only={"type": Place.Type.COMPOUND},
    place="",
    span=("since", "until"),
    dimensions=(*NAMES, *ANCESTORS),
    measures=SIZES,
    titles="小区|楼院",
    columns=(
        Column("code", "楼院编号|小区编号|编号", label=_("code"), key=True),
        Column("name", "小区名称|楼院名称|小区(楼院)名称|名称", label=_("name"), required=True),
        Column("kind", "原管理类型|管理类型|类型", label=_("kind"), type="choice", vocabulary="compound.kind"),
        PLACE,
        Column("buildings", "楼栋数|栋数", label=_("buildings"), type="whole"),
        HOUSEHOLDS,
        RESIDENTS,
        Column("address", "地址|坐落", label=_("address")),
        SINCE,
        UNTIL,
    ),
    visible=policies.places_visible_to,
    amendable=policies.may_change_place,
    url_name="territory:place",
)
BUILDING = RecordType(
    "building",
    _("Buildings"),
    "territory.Place",
    30,
    write=recording.building_record_many,
    remove=recording.places_remove,
    only={"type": Place.Type.BUILDING},
    place="",
    span=("since", "until"),
    dimensions=(*NAMES, *ANCESTORS),
    measures=SIZES,
    titles="楼栋",
    columns=(
        Column("name", "楼栋号|楼号|楼栋名称|楼栋", label=_("name"), required=True, key=True),
        PLACE,
        HOUSEHOLDS,
        RESIDENTS,
        Column("units", "单元数", label=_("stairwells"), type="whole", path="extra__units"),
        Column("floors", "层数|楼层数", label=_("floors"), type="whole", path="extra__floors"),
        SINCE,
        UNTIL,
    ),
    visible=policies.places_visible_to,
    amendable=policies.may_change_place,
    url_name="territory:place",
)
GRID = RecordType(
    "grid",
    _("Grids"),
    "territory.Place",
    40,
    write=recording.grid_record_many,
    remove=recording.places_remove,
    only={"type": Place.Type.GRID},
    place="",
    span=("since", "until"),
    dimensions=(
        *NAMES,
        *ANCESTORS,
        Dimension("upper", type="reference", to="grid"),
        Dimension("crosses", type="reference", to="division"),
    ),
    measures=(*SIZES, Measure("crosses", "distinct")),
    titles="网格台账|网格划分|网格",
    columns=(
        Column("code", "网格编号|网格编码|编号", label=_("code"), key=True),
        Column("name", "网格名称|名称", label=_("name"), required=True),
        Column("level", "网格级别|级别|层级", label=_("level")),
        Column("kind", "网格类型|类型|划分单元", label=_("kind"), type="choice", vocabulary="grid.kind"),
        PLACE,
        Column(
            "upper",
            "上级网格编码|上级网格",
            label=_("grid above"),
            type="place",
            ref="grid",
            path="upper__name",
        ),
        Column("crosses", "涉及街道|跨越街道", label=_("crosses"), type="list", path="extra__none"),
        HOUSEHOLDS,
        RESIDENTS,
        SINCE,
        UNTIL,
    ),
    visible=policies.places_visible_to,
    amendable=policies.may_change_place,
    url_name="territory:place",
)
FACILITY = RecordType(
    "facility",
    _("Facilities"),
    "territory.Facility",
    50,
    write=recording.facility_record_many,
    span=("since", "until"),
    dimensions=(
        Dimension("name", type="text"),
        Dimension("kind", label=_("kind"), vocabulary="facility.kind"),
        Dimension("state", label=_("state"), type="text"),
        Dimension("place", type="reference", to="division"),
    ),
    measures=(Measure("area_m2", "number", label=_("area"), unit="m2"), Measure("place", "distinct")),
    titles="阵地|设施|场所|站点",
    columns=(
        Column("name", "阵地名称|设施名称|站点名称|名称", label=_("name"), required=True),
        Column("kind", "阵地类型|设施类型|类型|类别", label=_("kind"), type="choice", vocabulary="facility.kind"),
        AT,
        Column("area_m2", "面积(㎡)|建筑面积(平方米)|占地面积(㎡)|面积", label=_("area"), type="number"),
        Column("state", "使用状态|状态|建设状态", label=_("state"), type="choice", vocabulary="facility.state"),
        Column("address", "地址|位置", label=_("address")),
        Column("lng", "经度|经度(WGS84)", label=_("longitude"), type="number"),
        Column("lat", "纬度|纬度(WGS84)", label=_("latitude"), type="number"),
        SINCE,
        UNTIL,
    ),
    visible=seen,
    amendable=policies.may_change_facility,
)

HUB_SERVICE = RecordType(
    "hub_service",
    _("Communities served by a hub"),
    "territory.HubService",
    16,
    span=("since", "until"),
    place="served",
    extensible=False,
    visible=seen,
    dimensions=(
        Dimension("hub", label=_("hub community"), type="reference", to="division"),
        Dimension("hub_name", label=_("hub community"), path="hub__name", type="text"),
        Dimension("place", type="reference", to="division", path="served"),
    ),
    measures=(
        Measure("hub", "distinct", label=_("hub community")),
        Measure("residents", "number", label=_("residents"), path="served__residents", persons=True),
        Measure("households", "number", label=_("households"), path="served__households", persons=True),
    ),
    columns=(
        Column("hub", "中心社区", label=_("hub community"), path="hub__name"),
        Column("served", "服务社区", label=_("served community"), path="served__name"),
        Column("since", "起始日期", label=_("since"), type="date"),
        Column("until", "终止日期", label=_("until"), type="date"),
    ),
)
STUDIO = Labelled(code=MEDIATION_STUDIO, label="调解工作室", label_en="mediation studio", also=("工作室",))
register_words("facility.kind", lambda: (STUDIO,))
register_words("grid.kind", lambda: profiles.current().section(GridsSection).kinds)
register(DIVISION, HUB_SERVICE, STATISTIC, COMPOUND, BUILDING, GRID, FACILITY)
