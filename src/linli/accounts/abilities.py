"""Abilities and the posts that grant them. A profile's `posts.yaml` replaces or adds posts; code checks abilities."""

from dataclasses import dataclass
from typing import Literal

from django.utils.translation import gettext_lazy as _
from pydantic import Field

from linli.records.profiles import Labelled, Part

ABILITIES = {
    "cases.register": _("register matters"),
    "cases.view": _("see matters"),
    "cases.dispatch": _("accept and dispatch matters"),
    "cases.handle": _("handle matters of one's own body"),
    "cases.verify": _("verify what others have done"),
    "cases.supervise": _("urge and supervise"),
    "cases.arbitrate": _("decide returned and deferred matters"),
    "figures.view": _("see figures"),
    "figures.define": _("define figures"),
    "territory.view": _("see the territory"),
    "territory.manage": _("change the territory"),
    "organizations.view": _("see the roster"),
    "organizations.manage": _("change organisations and posts"),
    "imports.run": _("run imports"),
    "system.configure": _("configure the system"),
    "calendar.edit": _("edit the working calendar"),
    "security.manage": _("manage accounts"),
    "audit.read": _("read the journal"),
}
ScopeOf = Literal["place", "grid", "organization"]


class PostKind(Labelled):
    """A kind of post: what it may do and over what: the place's subtree, a grid's, or one organisation."""

    abilities: tuple[str, ...] = ()
    scope: ScopeOf = "place"


class PostsSection(Part):
    """`posts.yaml`: the kinds of posts of the place."""

    kinds: tuple[PostKind, ...] = Field(default_factory=tuple)


@dataclass(frozen=True, slots=True)
class _Default:
    code: str
    label: str
    label_en: str
    abilities: str
    scope: ScopeOf = "place"


DESK = "cases.register cases.view cases.dispatch cases.verify figures.view territory.view organizations.view"
DEFAULTS = tuple(
    PostKind(
        code=item.code,
        label=item.label,
        label_en=item.label_en,
        abilities=tuple(item.abilities.split()),
        scope=item.scope,
    )
    for item in (
        _Default("grid_worker", "网格员", "grid worker", "cases.register cases.view territory.view", "grid"),
        _Default("grid_lead", "网格长", "grid lead", "cases.register cases.view territory.view", "grid"),
        _Default("building_head", "楼栋长", "building head", "cases.register territory.view"),
        _Default("community_worker", "社区工作者", "community worker", f"{DESK} imports.run"),
        _Default("community_member", "社区委员", "community committee member", f"{DESK} imports.run"),
        _Default("community_director", "社区主任", "community director", f"{DESK} imports.run"),
        _Default(
            "community_secretary",
            "社区书记",
            "community secretary",
            f"{DESK} imports.run cases.supervise organizations.manage territory.manage",
        ),
        _Default(
            "street_officer",
            "街道干部",
            "street officer",
            f"{DESK} imports.run cases.supervise cases.arbitrate organizations.manage territory.manage figures.define",
        ),
        _Default(
            "department_handler",
            "部门经办人",
            "department handler",
            "cases.handle territory.view",
            "organization",
        ),
        _Default(
            "property_handler",
            "物业经办人",
            "property handler",
            "cases.handle territory.view",
            "organization",
        ),
        _Default(
            "county_leader",
            "县(区)领导",
            "county leader",
            "cases.view cases.supervise figures.view figures.define territory.view organizations.view",
        ),
        _Default(
            "system_administrator",
            "系统管理员",
            "system administrator",
            "system.configure calendar.edit imports.run territory.view territory.manage figures.view figures.define",
        ),
        _Default("security_administrator", "安全管理员", "security administrator", "security.manage"),
        _Default("audit_administrator", "审计管理员", "audit administrator", "audit.read"),
        _Default("auditor", "审计员", "auditor", "audit.read figures.view"),
    )
)


def post_kinds(section: PostsSection) -> dict[str, PostKind]:
    """The kinds of posts in force: the profile's over the built-in ones."""
    return {kind.code: kind for kind in (*DEFAULTS, *section.kinds)}
