"""The words by which forms ask for what the records hold: of the place, of its posts, and totals of record types.

Like the header synonyms of record types these are words of offices everywhere, not of one place. Figures of the
profile come first; what stands here is asked where the profile has no figure of its own.
"""

from typing import Any, Final

# The place itself, and who fills in: the code of the fact and its words.
OF_PLACE: Final = (
    (
        "name",
        "社区名称",
        "村(社区)名称|社区(村)名称|村社区名称|所在社区|所属社区|社区(村)|村(社区)|单位名称|填报单位|填表单位|报送单位"
        "|上报单位|填报社区|报送社区|申报单位|名称|社区|单位|村居",
    ),
    ("code", "行政区划代码", "区划代码|社区代码|统计用区划代码|行政区划编码|社区编码|区划编码"),
    (
        "street",
        "所属街道",
        "街道名称|所在街道|街道|乡镇(街道)|街道(乡镇)|镇街|乡镇街道|所属乡镇|街道办事处|镇(街道)|所属镇街",
    ),
    ("county", "所属县区", "县(市、区)|县区|区县|县(区)|所在县区|所属区县|县市区|县(市区)名称|县名称"),
    ("kind", "社区类别", "社区类型|社区分类"),
    ("address", "社区地址", "办公地址|详细地址|地址|居委会地址|办公场所地址|社区办公地址|通讯地址"),
    ("area", "辖区面积", "社区面积|占地面积|辖区总面积|面积"),
)
# Of a body that answers for itself: it is the unit that fills in.
OF_BODY: Final = (
    (
        "name",
        "单位名称",
        "填报单位|填表单位|报送单位|上报单位|申报单位|名称|单位|部门名称|企业名称|公司名称|机构名称|物业企业名称|物业公司名称",
    ),
    ("code", "单位代码", "机构代码|组织机构代码|统一社会信用代码|单位编码"),
)
# Facts of the place that have a unit of their own.
UNITS: Final = {"place:area": "平方米"}
OF_FILLER: Final = (
    (
        "day",
        "填报日期",
        "填表日期|填表时间|填报时间|报送日期|上报日期|上报时间|报送时间|制表日期|统计日期|统计时间|数据时间|日期|数据截止日期|截止日期|统计时点|数据截至",
    ),
    ("person", "填报人", "填表人|报送人|经办人|制表人|联系人|填报人员|填表人员|统计人员|联络员|填表人姓名"),
    ("period", "报告期", "统计周期|报表期|所属期|填报周期|年月|月份|年度|统计期间|统计时段"),
    ("phone", "值班电话", "联系电话|办公电话|社区电话|值班电话|电话|联系方式|服务电话"),
)
# Who holds a post: words beside its label, and of the place where it is held.
OF_HOLDERS: Final = {
    "community_secretary": "社区书记|书记|社区党组织书记|党组织书记|社区负责人|主要负责人|党组织负责人"
    "|支部书记|党委书记|总支书记|第一责任人",
    "community_director": "社区主任|主任|居委会主任|居民委员会主任",
    "grid_lead": "网格长",
    "grid_worker": "网格员|专职网格员",
    "building_head": "楼栋长|楼长",
}
ONE_HOLDER: Final = frozenset({"holder:community_secretary", "holder:community_director"})
STAFF: Final = ["community_worker", "community_member", "community_director", "community_secretary"]


def _figure(of: str, measure: Any = "count", period: str = "as_of", unit: str = "个", **where: Any) -> dict[str, Any]:
    return {"of": of, "measure": measure, "period": period, "unit": unit, "where": where}


def _event(of: str, measure: Any = "count", unit: str = "件", **where: Any) -> dict[str, Any]:
    return _figure(of, measure, "year_to_date", unit, **where)


# Totals of record types: code, label, other words, definition.
TOTALS: Final[tuple[tuple[str, str, str, dict[str, Any]], ...]] = (
    ("grids", "网格数", "网格|网格总数|综合网格|基础网格|网格划分|网格(个)|网格数量|划分网格", _figure("grid")),
    (
        "compounds",
        "小区数",
        "小区|居民小区|住宅小区|楼院|小区(楼院)|小区楼院|院落|居民小区(楼院)|小区院落",
        _figure("compound"),
    ),
    ("buildings", "楼栋数", "楼栋|楼幢|居民楼|住宅楼|居民楼栋|楼房|楼宇|居民楼(栋)", _figure("building", unit="栋")),
    (
        "households",
        "户数",
        "总户数|居民户数|居民|住户|常住户数|家庭户数|居民总户数|总户数(户)|居民家庭|户籍户数|居民住户",
        _figure("compound", {"sum": "households"}, unit="户"),
    ),
    (
        "residents",
        "常住人口",
        "人口|总人口|人口总数|人口数|常住人口数|居民人数|居住人数|居民总人数|总人口数|居民人口|服务人口",
        _figure("compound", {"sum": "residents"}, unit="人"),
    ),
    ("party", "党组织数", "党组织|基层党组织|党组织个数|基层党组织数", _figure("party_organization")),
    (
        "party_members",
        "党员数",
        "党员|党员人数|党员总数|在册党员|党员(人)",
        _figure("party_organization", {"sum": "members"}, unit="人"),
    ),
    (
        "self_government",
        "自治组织数",
        "自治组织|居民自治组织|群众自治组织|群众性自治组织|小区自治组织",
        _figure("self_government_body"),
    ),
    (
        "teams",
        "志愿服务队数",
        "志愿服务队|志愿队|志愿者队伍|志愿服务队伍|志愿服务组织|志愿者服务队|志愿队伍",
        _figure("volunteer_team", unit="支"),
    ),
    (
        "volunteers",
        "志愿者人数",
        "志愿者|志愿者数|志愿者总数|注册志愿者|志愿服务人员",
        _figure("volunteer_team", {"sum": "members"}, unit="人"),
    ),
    ("social", "社会组织数", "社会组织|社区社会组织|社会组织个数", _figure("social_organization")),
    ("arts", "文体队伍数", "文体队伍|文艺队伍|文体团队|群众文体队伍", _figure("arts_group", unit="支")),
    (
        "units",
        "驻区单位数",
        "驻区单位|共建单位|成员单位|驻地单位|辖区单位|驻社区单位|驻区共建单位",
        _figure("member_unit", unit="家"),
    ),
    ("property", "物业企业数", "物业企业|物业公司|物业服务企业|物业服务公司", _figure("property_company", unit="家")),
    (
        "facilities",
        "阵地数",
        "阵地|活动阵地|服务阵地|公共服务设施|党群服务阵地|活动场所|服务场所|红色阵地",
        _figure("facility", unit="处"),
    ),
    (
        "facility_area",
        "阵地面积",
        "活动阵地面积|服务用房面积|活动场所面积|服务场所面积|阵地总面积",
        _figure("facility", {"sum": "area_m2"}, unit="平方米"),
    ),
    (
        "staff",
        "社区工作者人数",
        "社区工作者|社区工作者数|社区工作人员|工作人员|社区干部|工作人员数|社区工作人员数|两委成员",
        _figure("post", {"distinct": "person"}, unit="人", kind=STAFF),
    ),
    (
        "grid_staff",
        "网格员人数",
        "网格员|网格员数|网格员总数|网格工作人员|网格力量",
        _figure("post", {"distinct": "person"}, unit="人", kind=["grid_worker", "grid_lead"]),
    ),
    (
        "grid_full",
        "专职网格员人数",
        "专职网格员|专职网格员数",
        _figure("post", {"distinct": "person"}, unit="人", kind=["grid_worker", "grid_lead"], employment="full_time"),
    ),
    (
        "grid_part",
        "兼职网格员人数",
        "兼职网格员|兼职网格员数",
        _figure("post", {"distinct": "person"}, unit="人", kind=["grid_worker", "grid_lead"], employment="part_time"),
    ),
    ("groups", "联户组数", "联户组|十联户|联户单元|十户联防", _figure("household_group", unit="组")),
    (
        "cases",
        "受理诉求数",
        "诉求|受理诉求|受理|受理数|受理件数|群众诉求|居民诉求|诉求受理|受理群众诉求|诉求总量|诉求件|收到诉求|受理事项|受理总数"
        "|接收诉求|群众诉求受理|受理量|受理问题|收集问题|收集诉求|诉求事项|上报事件|上报事项|受理居民诉求",
        _event("case"),
    ),
    (
        "cases_resolved",
        "办结诉求数",
        "办结|办结数|已办结|办结诉求|解决诉求|已解决|办结件数|诉求办结|办结事项|办结总数|解决问题|办结量|已解决诉求"
        "|办结群众诉求|解决|已办结数|办结居民诉求",
        _event("case", outcome="resolved"),
    ),
    ("cases_spot", "当场解决诉求数", "当场解决|现场解决|即时办结|当场办结", _event("case", on_the_spot=True)),
    ("cases_returned", "退回诉求数", "退回|被退回|退单|退件", _event("case", returns={"from": 1})),
    ("cases_reopened", "重开诉求数", "重开|重办|重复办理|返工", _event("case", reopened={"from": 1})),
    ("whistles", "吹哨数", "吹哨|吹哨次数|吹哨报到|街道吹哨|哨单", _event("whistle", unit="次")),
    (
        "helped",
        "惠及人数",
        "惠及群众|受益人数|受益群众|惠及居民|服务群众",
        _event("case", {"sum": "helped"}, unit="人"),
    ),
    (
        "surveys_asked",
        "测评发放数",
        "发放问卷|测评人数|调查人数|发放测评表|问卷发放",
        _event("satisfaction_survey", {"sum": "asked"}, unit="份"),
    ),
    (
        "surveys_answered",
        "测评收回数",
        "收回问卷|参评人数|有效问卷|问卷收回",
        _event("satisfaction_survey", {"sum": "answered"}, unit="份"),
    ),
    (
        "surveys_satisfied",
        "测评满意数",
        "满意人数|满意问卷",
        _event("satisfaction_survey", {"sum": "satisfied"}, unit="份"),
    ),
)
# Rates of two totals, in percent.
RATES: Final = (
    ("cases_rate", "办结率", "诉求办结率|解决率|诉求解决率|事项办结率", "cases_resolved", "cases"),
    (
        "survey_rate",
        "测评满意率",
        "满意率|群众满意率|居民满意率|满意度|群众满意度|居民满意度",
        "surveys_satisfied",
        "surveys_answered",
    ),
)
# The choices of these dimensions are asked by their words: 党支部, 停车秩序, 老旧小区.
CHOICES: Final = (
    ("case", "category", "诉求|类诉求|类|问题|类问题"),
    ("case", "source", "来源|渠道"),
    ("party_organization", "kind", ""),
    ("self_government_body", "kind", ""),
    ("volunteer_team", "kind", ""),
    ("facility", "kind", ""),
    ("compound", "kind", "小区"),
    ("grid", "kind", "网格"),
    ("post", "kind", "人数"),
)
EVENTS: Final = frozenset({"case", "whistle", "satisfaction_survey", "rating"})
