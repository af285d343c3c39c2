"""The profile sections of organisations and posts: levels and kinds by the place's names, and what posts allow.

Abilities come from the kinds of posts below and from nothing else. Words that ledgers use for kinds are in the
place's vocabularies; here stands only what the code must know about them.
"""

from dataclasses import dataclass
from typing import Final, Literal

from pydantic import Field, field_validator, model_validator

from linli.organizations.abilities import SEPARATED, abilities
from linli.organizations.models import Organization
from linli.records import profiles
from linli.records.profiles import Labelled, Part

ScopeOf = Literal["place", "grid", "organization"]
TYPES: Final = frozenset(Organization.Type.values)


class BodyKind(Labelled):
    """A kind of body. A `temporary` one must say when it ends (temporary and mobile branches, project groups)."""

    temporary: bool = False


class BodyType(Part):
    """One type of body: its levels from the top down (ORG-01) and its kinds.

    With `approval` a new body is planned until somebody above approves it (ORG-02).
    """

    levels: tuple[Labelled, ...] = ()
    kinds: tuple[BodyKind, ...] = ()
    approval: bool = False


class Matrix(Part):
    """Which bodies each place of a type should have: by default three in every compound (ORG-05)."""

    of: Literal["compound", "building", "grid"] = "compound"
    types: tuple[str, ...] = ("party_organization", "self_government_body", "volunteer_team")

    @field_validator("types")
    @classmethod
    def _are_known(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        return _known(value, TYPES, "type of organisation")


class GroupKind(Labelled):
    """A kind of household group with its usual number of households; one outside the band is pointed out (TER-11)."""

    households_from: int = Field(default=0, ge=0)
    households_to: int = Field(default=0, ge=0)


class OfficeTemplate(Part):
    """Which offices and centres every place of a level has (ORG-19); what is missing is listed."""

    level: str
    offices: tuple[Labelled, ...]


GROUPS: Final = (
    GroupKind(code="ten_household", label="十联户", label_en="ten households", households_from=8, households_to=12),
    GroupKind(code="steward_unit", label="社区管家单元", label_en="steward unit", households_from=40, households_to=50),
)


class OrganizationsSection(Part):
    """`organizations.yaml`."""

    types: dict[str, BodyType] = Field(default_factory=dict)
    matrix: Matrix = Matrix()
    household_groups: tuple[GroupKind, ...] = GROUPS
    office_templates: tuple[OfficeTemplate, ...] = ()

    @field_validator("types")
    @classmethod
    def _are_known(cls, value: dict[str, BodyType]) -> dict[str, BodyType]:
        _known(tuple(value), TYPES, "type of organisation")
        return value

    def of(self, body_type: str) -> BodyType:
        """What the place says about a type of body; nothing in particular where it is silent."""
        return self.types.get(body_type, BodyType())


class PostKind(Labelled):
    """A kind of post: what it may do and over what: the place's subtree, a grid's, or one organisation.

    `at` names where it may be held (grid, building, compound, or a division's level); empty is anywhere.
    `each` is how many every such place should have (vacancies are counted against it). `leads` marks the kind
    that answers first for its place, of which there is one. `posted` says whether the holder's name is posted:
    always, with consent, or never. `decides` puts decisions first on the holder's home page.
    """

    abilities: tuple[str, ...] = ()
    scope: ScopeOf = "place"
    at: tuple[str, ...] = ()
    each: int = Field(default=0, ge=0, le=99)
    leads: bool = False
    term_months: int = Field(default=0, ge=0, le=240)
    posted: Literal["always", "consent", "never"] = "never"
    decides: bool = False
    letter: bool = False
    duties: tuple[str, ...] = ()

    @field_validator("abilities")
    @classmethod
    def _are_known(cls, value: tuple[str, ...]) -> tuple[str, ...]:
        return _known(value, frozenset(abilities()), "ability")

    @model_validator(mode="after")
    def _keeps_duties_apart(self) -> "PostKind":
        if len(set(SEPARATED) & set(self.abilities)) > 1:
            raise ValueError(f"one post may hold only one of {', '.join(SEPARATED)}")
        return self

    @property
    def administers(self) -> bool:
        """Whether the post holds one of the duties that are kept apart; such posts need a second factor."""
        return bool(set(SEPARATED) & set(self.abilities))


class PostsSection(Part):
    """`posts.yaml`: the kinds of posts of the place, over the built-in ones.

    `trio` names who is responsible for each grid: kinds of posts or types of organisations (ORG-09). `duty_categories`
    says which categories of matters fall under which duty, so that a grid's card shows how many did (PPL-17).
    `recruited` names the kinds under unified recruitment: given to who was chosen in a round, or holds one (PPL-02).
    """

    kinds: tuple[PostKind, ...] = Field(default_factory=tuple)
    trio: tuple[str, ...] = ("party_organization", "grid_worker", "household_group_lead")
    duty_categories: dict[str, tuple[str, ...]] = Field(default_factory=dict)
    recruited: tuple[str, ...] = ()


def _known(given: tuple[str, ...], known: frozenset[str], what: str) -> tuple[str, ...]:
    strange = [item for item in given if item not in known]
    if strange:
        raise ValueError(f"no such {what}: {', '.join(strange)}; known are {', '.join(sorted(known))}")
    return given


@dataclass(frozen=True, slots=True)
class _Default:
    code: str
    label: str
    label_en: str
    abilities: str = ""
    scope: ScopeOf = "place"
    at: str = ""
    each: int = 0
    posted: Literal["always", "consent", "never"] = "never"
    leads: bool = False
    decides: bool = False
    letter: bool = False

    def kind(self) -> PostKind:
        """The built-in kind of post."""
        return PostKind(
            code=self.code,
            label=self.label,
            label_en=self.label_en,
            abilities=tuple(self.abilities.split()),
            scope=self.scope,
            at=tuple(self.at.split()),
            each=self.each,
            posted=self.posted,
            leads=self.leads,
            decides=self.decides,
            letter=self.letter,
        )


FIELD: Final = "cases.register cases.view territory.view safety.inspect"
DESK: Final = (
    "cases.register cases.view cases.dispatch cases.verify figures.view territory.view organizations.view imports.run"
    " asks.view asks.answer disclosure.post documents.view meetings.view meetings.convene"
    " polls.view polls.run conventions.view conventions.draft topics.view topics.host funds.view funds.keep"
    " bodies.view bodies.keep mediation.keep orders.keep volunteering.keep points.keep shop.manage"
    " bookings.book secondments.confirm members.keep careers.nominate teams.keep property.keep"
    " campaigns.work care.keep circles.view services.keep services.handle"
    " venues.keep emergencies.keep notices.write safety.keep"
)
REPORTS: Final = "reports.write reports.issue"
RATE: Final = "assessments.rate"
ASSESS: Final = f"assessments.run {RATE}"
ABOVE: Final = (
    f"{DESK} cases.supervise organizations.manage territory.manage disclosure.withdraw documents.keep {REPORTS} {RATE}"
    " topics.except funds.open training.plan venues.decide emergencies.activate notices.approve"
)
COUNTY: Final = (
    "figures.view territory.view organizations.view asks.view asks.propose documents.view documents.keep"
    f" disclosure.post disclosure.withdraw {REPORTS} {RATE} volunteering.keep contacts.keep contacts.visit"
    " secondments.keep training.plan credentials.verify careers.manage property.view"
    " campaigns.run care.view circles.keep notices.write notices.approve safety.view"
)
LOOK: Final = "figures.view figures.define territory.view organizations.view"
LEADER: Final = (
    f"cases.view cases.supervise {LOOK} {REPORTS} {ASSESS} asks.view asks.approve documents.view documents.keep"
    " meetings.view contacts.visit"
    " polls.view conventions.view topics.view funds.view bodies.view property.view care.view circles.view"
    " emergencies.activate safety.view"
)
SYSTEM: Final = (
    "system.configure calendar.edit imports.run territory.view territory.manage figures.view figures.define"
    " circles.keep"
)
ROOT: Final = "county city province"

DEFAULTS: Final = tuple(
    item.kind()
    for item in (
        _Default("grid_worker", "网格员", "grid worker", FIELD, "grid", "grid", 1, "always", letter=True),
        _Default("grid_lead", "网格长", "grid lead", FIELD, "grid", "grid", 1, "always", leads=True, letter=True),
        _Default(
            "building_head", "楼栋长", "building head", "cases.register territory.view safety.inspect", posted="always"
        ),
        _Default(
            "household_group_lead",
            "联户长",
            "household-group lead",
            "cases.register territory.view",
            posted="consent",
        ),
        _Default(
            "self_government_head",
            "自治组织负责人",
            "head of a self-government body",
            "bodies.view funds.view funds.keep topics.view conventions.view territory.view",
            posted="consent",
        ),
        _Default(
            "self_government_member",
            "自治组织成员",
            "member of a self-government body",
            "",
            "organization",
            posted="consent",
        ),
        _Default("member_household", "党员中心户", "Party-member household", posted="consent"),
        _Default("community_worker", "社区工作者", "community worker", DESK, at="community", posted="always"),
        _Default("community_member", "社区委员", "community committee member", DESK, at="community", posted="always"),
        _Default("community_director", "社区主任", "community director", DESK, at="community", posted="always"),
        _Default(
            "community_secretary",
            "社区书记",
            "community secretary",
            f"{ABOVE} members.supervise emergencies.assist",
            at="community",
            posted="always",
            decides=True,
        ),
        _Default(
            "street_officer",
            "街道干部",
            "street officer",
            f"{ABOVE} cases.arbitrate figures.define assessments.run asks.propose asks.approve conventions.receive"
            " bodies.receive contacts.keep contacts.visit secondments.keep credentials.verify careers.manage"
            " campaigns.run circles.keep",
            at="street",
            decides=True,
        ),
        _Default("shop_keeper", "积分超市管理员", "keeper of a points shop", "shop.serve territory.view"),
        _Default("mediator", "人民调解员", "people's mediator", "mediation.mediate territory.view", posted="always"),
        _Default(
            "department_handler",
            "部门经办人",
            "department handler",
            f"cases.handle territory.view {RATE} meetings.join topics.view documents.view documents.keep"
            " asks.view asks.propose asks.answer bookings.lend contacts.visit"
            " secondments.send members.unit campaigns.work care.serve services.handle safety.inspect",
            "organization",
        ),
        _Default(
            "property_handler",
            "物业经办人",
            "property handler",
            f"cases.handle territory.view {RATE} meetings.join topics.view asks.answer bookings.lend members.unit"
            " property.view safety.inspect",
            "organization",
        ),
        _Default("county_officer", "县(区)干部", "county officer", COUNTY, at=ROOT),
        _Default(
            "pay_clerk", "薪酬经办人", "pay clerk", "careers.pay territory.view organizations.view imports.run", at=ROOT
        ),
        _Default("county_leader", "县(区)领导", "county leader", LEADER, at=ROOT, decides=True),
        _Default("system_administrator", "系统管理员", "system administrator", SYSTEM, at=ROOT),
        _Default("security_administrator", "安全管理员", "security administrator", "security.manage", at=ROOT),
        _Default("audit_administrator", "审计管理员", "audit administrator", "audit.read", at=ROOT),
        _Default(
            "auditor",
            "审计员",
            "auditor",
            "audit.read figures.view asks.view documents.view polls.view meetings.view conventions.view topics.view"
            " funds.view bodies.view",
            at=ROOT,
        ),
    )
)


def post_kinds(section: PostsSection) -> dict[str, PostKind]:
    """The kinds of posts in force: the profile's over the built-in ones."""
    return {kind.code: kind for kind in (*DEFAULTS, *section.kinds)}


def kinds_in_force() -> dict[str, PostKind]:
    """The kinds of posts by the profile that is in force."""
    return post_kinds(profiles.current().section(PostsSection))


def recruited_kinds() -> frozenset[str]:
    """The kinds of posts under unified recruitment."""
    return frozenset(profiles.current().section(PostsSection).recruited)
