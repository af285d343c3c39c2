"""The record types of organisations, people and posts."""

from collections.abc import Callable, Iterable

from django.utils.translation import gettext_lazy as _

from linli.organizations import policies
from linli.organizations.models import OfferUse, Organization, ResourceOffer
from linli.organizations.operations.groups import (
    household_group_record_many,
    resource_offer_record_many,
    resource_offers_refused,
)
from linli.organizations.operations.recording import organization_record_many, post_record_many
from linli.organizations.sections import OrganizationsSection, kinds_in_force
from linli.records import profiles
from linli.records.added import register_words
from linli.records.profiles import Labelled
from linli.records.types import Column, Dimension, Measure, RecordType, register

AT = Column("place", "所在位置", label=_("place"), type="place", path="place__name")
SINCE = "成立日期|组建日期|成立时间|引入(成立)日期|建立日期|组建时间|建立时间|登记日期|批准日期|设立日期"
UNTIL = "撤销日期|撤并日期|解散日期|终止日期|撤销时间|解散时间|注销日期|停止活动日期"
STATES = (
    ("active", _("active")),
    ("dissolved", _("dissolved")),
    ("merged", _("merged")),
    ("planned", _("planned")),
)
TITLES = {
    Organization.Type.PARTY: ("党组织", "党组织名称|组织名称|名称"),
    Organization.Type.SELF_GOVERNMENT: ("自治组织", "自治组织名称|组织名称|名称"),
    Organization.Type.VOLUNTEER: ("志愿服务队|志愿服务组织|志愿队", "队伍名称|组织名称|名称"),
    Organization.Type.SOCIAL: ("社会组织|社工机构", "组织名称|机构名称|名称"),
    Organization.Type.ARTS: ("文体队伍|文艺队伍", "队伍名称|名称"),
    Organization.Type.TASK_FORCE: ("突击队|项目组", "队(组)名称|队伍名称|名称"),
    Organization.Type.COMMITTEE: ("大党委|联席", "名称|组织名称"),
    Organization.Type.DEPARTMENT: ("部门|单位名录", "单位名称|部门名称|名称"),
    Organization.Type.UNIT: ("驻区单位|共建单位|成员单位", "单位名称|名称"),
    Organization.Type.PROPERTY: ("物业企业|物业服务企业", "企业名称|物业企业|名称"),
    Organization.Type.OFFICE: ("街道办|社区", "名称|单位名称"),
}


def _organization(kind: Organization.Type) -> RecordType:
    titles, names = TITLES[kind]
    return RecordType(
        kind.value,
        kind.label,
        "organizations.Organization",
        60,
        write=organization_record_many(kind.value),
        only={"type": kind.value},
        span=("since", "until"),
        titles=titles,
        visible=policies.bodies_visible_to,
        amendable=policies.may_change_body,
        url_name="organizations:detail",
        dimensions=(
            Dimension("name", type="text"),
            Dimension("kind", label=_("kind"), vocabulary=f"{kind.value}.kind"),
            Dimension("level", label=_("level"), type="text"),
            Dimension("state", label=_("state"), choices=STATES),
            Dimension("place", type="reference", to="division"),
            Dimension("parent", type="reference", to=kind.value),
        ),
        measures=(
            Measure("members", "number", label=_("members"), persons=True),
            Measure("members_elsewhere", "number", label=_("members whose home is elsewhere"), persons=True),
            Measure("place", "distinct"),
        ),
        columns=(
            Column("name", names, label=_("name"), required=True),
            Column("code", "编号|代码|统一社会信用代码|组织编码|组织代码|队伍编号|登记证号", label=_("code")),
            Column(
                "kind",
                "类型|类别|组织类型|党组织类型|队伍类别|组织类别|队伍类型|单位类型|单位性质|服务类别",
                label=_("kind"),
                type="choice",
                vocabulary=f"{kind.value}.kind",
            ),
            Column("level", "层级|级别|组织层级|组织级别", label=_("level")),
            AT,
            Column(
                "parent",
                "上级组织|上级党组织|隶属党组织|所属党组织|隶属组织|主管单位|业务主管单位",
                label=_("parent"),
                type="organization",
                ref=kind.value,
                unknown="text",
                path="parent__name",
            ),
            Column(
                "members",
                "人数|成员数|队员人数|党员人数|成员人数|队员数|党员数|在册人数|会员数",
                label=_("members"),
                type="whole",
            ),
            Column(
                "leader",
                "负责人|队长|书记姓名|带队干部|法定代表人|书记|党支部书记|主任|会长|召集人|牵头人|团长",
                label=_("leader"),
                type="name",
                personal=True,
            ),
            Column("since", SINCE, label=_("since"), type="date"),
            Column("until", UNTIL, label=_("until"), type="date"),
            Column(
                "expires", "到期日期|届满日期|有效期至|截止日期|任期届满", label=_("expires"), type="date", planned=True
            ),
            Column("state", "状态|运行状态|存续状态|组织状态", label=_("state"), type="choice", choices=STATES),
        ),
    )


POST = RecordType(
    "post",
    _("Posts"),
    "organizations.Post",
    80,
    write=post_record_many,
    span=("since", "until"),
    persons=True,
    corrects=(("person", ("name", "staff_number", "phone", "phone_hash")),),
    titles="花名册|名册|岗位人员",
    visible=policies.posts_visible_to,
    url_name="organizations:post",
    dimensions=(
        Dimension("kind", label=_("post"), vocabulary="post.kind"),
        Dimension("state", label=_("state"), type="text"),
        Dimension(
            "employment",
            label=_("employment"),
            choices=(("full_time", _("full time")), ("part_time", _("part time"))),
        ),
        Dimension("origin", label=_("comes from"), type="text"),
        Dimension("lead", label=_("answers first"), type="flag"),
        Dimension("place", type="reference", to="division"),
        Dimension("person", type="reference", to="person"),
        Dimension("organization", type="reference", to="department"),
    ),
    measures=(Measure("person", "distinct", label=_("persons"), persons=True), Measure("place", "distinct")),
    columns=(
        Column(
            "staff_number",
            "编号|工号|人员编号|干部编号|员工编号|网格员编号|证件编号|志愿者编号",
            label=_("staff number"),
            path="person__staff_number",
        ),
        Column(
            "name",
            "姓名|户主姓名|网格长|负责人|网格员|网格员姓名|网格长姓名|楼长|楼栋长|联户长|人员姓名|干部姓名|专职网格员|名字",
            label=_("name"),
            type="name",
            required=True,
            path="person__name",
        ),
        Column(
            "phone",
            "联系电话|手机号|手机|电话|联系方式|手机号码|移动电话|联系人电话|网格长电话|网格员电话|本人电话",
            label=_("phone"),
            type="phone",
            personal=True,
        ),
        Column(
            "kind",
            "岗位|职务|人员类别|岗位类别|岗位名称|担任职务|身份|角色|岗位类型",
            label=_("post"),
            type="choice",
            vocabulary="post.kind",
        ),
        Column("title", "职务名称|岗位说明|具体职务", label=_("title")),
        AT,
        Column(
            "organization",
            "所在组织|所属组织|派驻部门|所在党组织",
            label=_("organisation"),
            type="organization",
            unknown="text",
            path="organization__name",
        ),
        Column("unit", "所在单位|来源单位|工作单位|单位|派出单位|选派单位|原单位|所属公司|用人单位", label=_("unit")),
        Column("lead", "是否网格长|是否负责人|是否牵头", label=_("answers first"), type="flag"),
        Column("duty_phone", "值班电话|公开电话|办公电话|服务电话", label=_("duty phone")),
        Column(
            "employment",
            "专兼职|用工形式|专职/兼职|是否专职|用工性质|工作性质",
            label=_("employment"),
            type="choice",
            choices=(("full_time", _("full time")), ("part_time", _("part time"))),
        ),
        Column("origin", "人员来源|来源|力量类别|人员类别|来源类别|群体类别|从业类型", label=_("comes from")),
        Column(
            "since",
            "任职日期|聘用日期|入职日期|上岗日期|纳入日期|到岗日期|选定日期|任职时间|聘任日期|聘任时间|上岗时间|入职时间|到任日期|选派日期|开始日期|担任时间",
            label=_("since"),
            type="date",
        ),
        Column(
            "until",
            "离任日期|离岗日期|卸任日期|退出日期|离职日期|结束日期|离任时间|离岗时间|离职时间|退出时间|解聘日期|免职日期|调离日期|终止日期",
            label=_("until"),
            type="date",
        ),
        Column(
            "state",
            "在岗情况|在岗状态|状态|人员状态|任职状态|是否在岗|在职情况",
            label=_("state"),
            type="choice",
            choices=(("in_post", _("in post")), ("left", _("left")), ("on_leave", _("on leave"))),
        ),
    ),
    order=(("since", "until"),),
)
PERSON = RecordType(
    "person",
    _("People"),
    "organizations.Person",
    70,
    place="posts__place",
    extensible=False,
    persons=True,
    visible=policies.people_visible_to,
    url_name="organizations:person",
    dimensions=(Dimension("staff_number", label=_("staff number"), type="text"),),
    measures=(),
    columns=(
        Column("staff_number", "编号|工号|人员编号", label=_("staff number")),
        Column("name", "姓名", label=_("name"), type="name", personal=True),
    ),
)
HOUSEHOLD_GROUP = RecordType(
    "household_group",
    _("Household groups"),
    "organizations.HouseholdGroup",
    85,
    write=household_group_record_many,
    span=("since", "until"),
    titles="联户组|十联户|联户台账",
    visible=policies.groups_visible_to,
    order=(("since", "until"),),
    dimensions=(
        Dimension("name", type="text"),
        Dimension("kind", label=_("kind"), vocabulary="household_group.kind"),
        Dimension("households", label=_("households"), type="number"),
        Dimension("lead", label=_("lead"), type="reference", to="post"),
        Dimension("place", type="reference", to="division"),
    ),
    measures=(Measure("households", "number", label=_("households"), persons=True), Measure("place", "distinct")),
    columns=(
        Column("code", "单元编号|联户编号|编号", label=_("code"), key=True),
        Column("name", "联户组名称|单元名称|名称", label=_("name"), required=True),
        Column("kind", "单元类型|联户类型|类型", label=_("kind"), type="choice", vocabulary="household_group.kind"),
        AT,
        Column("households", "户数", label=_("households"), type="whole"),
        Column("lead", label=_("lead"), type="whole", personal=True),
        Column("since", "建立日期|成立日期|划定日期", label=_("since"), type="date"),
        Column("until", "撤销日期", label=_("until"), type="date"),
    ),
)
RESOURCE_OFFER = RecordType(
    "resource_offer",
    _("Resource offers"),
    "organizations.ResourceOffer",
    86,
    write=resource_offer_record_many,
    refused=resource_offers_refused,
    span=("since", "until"),
    titles="资源清单|共享资源",
    visible=policies.bodies_visible_to,
    order=(("since", "until"),),
    dimensions=(
        Dimension("title", type="text"),
        Dimension("kind", label=_("kind"), type="text"),
        Dimension("category", label=_("good for matters of"), vocabulary="case.category"),
        Dimension("lending", label=_("can be booked"), choices=tuple(ResourceOffer.Lending.choices)),
        Dimension("place", type="reference", to="division"),
        Dimension("organization", type="reference", to="member_unit"),
    ),
    measures=(Measure("organization", "distinct"), Measure("place", "distinct")),
    columns=(
        Column("title", "资源名称|资源内容|资源", label=_("what is offered"), required=True),
        Column(
            "organization",
            "提供单位|单位名称|单位",
            label=_("offered by"),
            type="organization",
            unknown="text",
            path="organization__name",
        ),
        Column("kind", "资源类型|类型|类别", label=_("kind")),
        Column(
            "category", "适用事项|服务事项", label=_("good for matters of"), type="choice", vocabulary="case.category"
        ),
        Column("quantity", "数量|规模", label=_("quantity")),
        Column(
            "lending",
            "共享方式|预订方式",
            label=_("can be booked"),
            type="choice",
            choices=tuple(ResourceOffer.Lending.choices),
        ),
        Column("amount", "可预订数量", label=_("how many can be booked"), type="number", minimum=0),
        Column("terms", "使用要求|使用须知", label=_("on what terms")),
        AT,
        Column("since", "登记日期|起始日期", label=_("since"), type="date"),
        Column("until", "截止日期|有效期至", label=_("until"), type="date", planned=True),
    ),
)

GRID_MEMBERS = RecordType(
    "grid_members",
    _("Members by grid"),
    "organizations.GridMembers",
    87,
    span=("counted", "until"),
    place="grid",
    visible=policies.members_visible_to,
    dimensions=(
        Dimension("type", label=_("kind"), path="organization__type", choices=tuple(Organization.Type.choices)),
        Dimension("organization", type="reference", to="party_organization"),
        Dimension("place", type="reference", to="grid", path="grid"),
    ),
    measures=(
        Measure("members", "number", label=_("members"), persons=True),
        Measure("organization", "distinct"),
        Measure("grid", "distinct", label=_("Grids")),
    ),
    columns=(
        Column("organization", "组织名称", label=_("name"), path="organization__name"),
        Column("grid", "网格", label=_("Grids"), path="grid__name"),
        Column("members", "党员数|人数", label=_("members"), type="whole"),
        Column("counted", "统计日期", label=_("as of"), type="date"),
    ),
)
OFFER_USE = RecordType(
    "offer_use",
    _("Offers taken up"),
    "organizations.OfferUse",
    88,
    dates=("on",),
    visible=policies.members_visible_to,
    dimensions=(
        Dimension("result", label=_("What came of it"), choices=tuple(OfferUse.Result.choices)),
        Dimension("category", label=_("good for matters of"), path="offer__category", vocabulary="case.category"),
        Dimension("place", type="reference", to="division"),
        Dimension("offer", type="reference", to="resource_offer"),
    ),
    measures=(
        Measure("offer", "distinct", label=_("Resource offers")),
        Measure("subject_id", "distinct", label=_("matters")),
        Measure("place", "distinct"),
    ),
    columns=(
        Column("offer", "资源名称", label=_("what is offered"), path="offer__title"),
        Column("on", "使用日期", label=_("as of"), type="date"),
        Column("result", "成效", label=_("What came of it"), type="choice", choices=tuple(OfferUse.Result.choices)),
    ),
)


def _bodies(kind: Organization.Type) -> Callable[[], Iterable[Labelled]]:
    return lambda: profiles.current().section(OrganizationsSection).of(kind.value).kinds


for each in Organization.Type:
    register_words(f"{each.value}.kind", _bodies(each))
register_words("post.kind", lambda: kinds_in_force().values())
register_words("household_group.kind", lambda: profiles.current().section(OrganizationsSection).household_groups)
register(
    *(_organization(kind) for kind in Organization.Type),
    POST,
    PERSON,
    HOUSEHOLD_GROUP,
    RESOURCE_OFFER,
    GRID_MEMBERS,
    OFFER_USE,
)
