"""A small neighbourhood with everybody in it, built by the operations that people use.

The cast of the tests, and good for trying things out. All names, codes and numbers are invented.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Final

from django.contrib.auth.hashers import make_password
from django.db import transaction

from linli.accounts.models import User
from linli.accounts.operations.issuing import person_account
from linli.accounts.operations.owning import account_register
from linli.accounts.queries import actor_of
from linli.core.actors import SYSTEM, VISITOR, Actor
from linli.organizations.models import Organization, Post
from linli.organizations.operations.bodies import Sketch as BodySketch
from linli.organizations.operations.bodies import organization_create
from linli.organizations.operations.people import Named
from linli.organizations.operations.posts import Appointment, post_appoint
from linli.records.operations.profiles import content_apply
from linli.territory.models import Place
from linli.territory.operations.divisions import divisions_import
from linli.territory.operations.places import Sketch, place_create

PASSWORD: Final = "linyuan-8-hutong"
SINCE: Final = date(2025, 1, 1)
DIVISIONS: Final = (
    ("99", "云省", "province", ""),
    ("9909", "清河市", "city", "99"),
    ("990901", "清河县", "county", "9909"),
    ("990901001", "东风街道", "street", "990901"),
    ("990901001001", "春晓社区", "community", "990901001"),
    ("990901001002", "秋实社区", "community", "990901001"),
    ("990901002", "西园街道", "street", "990901"),
    ("990901002001", "梧桐社区", "community", "990901002"),
)
# Who they are: role, name, kind of post, place, body; the roles are the names by which tests ask for them.
PEOPLE: Final = (
    ("grid_worker", "郑小禾", "grid_worker", "grid", ""),
    ("grid_lead", "周思远", "grid_lead", "grid", ""),
    ("building_head", "吴桂芳", "building_head", "building", ""),
    ("community_worker", "林晓梅", "community_worker", "community", "community_office"),
    ("second_worker", "何敏", "community_worker", "community", "community_office"),
    ("secretary", "陈立新", "community_secretary", "community", "community_office"),
    ("street_officer", "赵启明", "street_officer", "street", "street_office"),
    ("department_handler", "孙建国", "department_handler", "county", "department"),
    ("other_handler", "马会来", "department_handler", "county", "other_department"),
    ("property_handler", "钱守业", "property_handler", "compound", "property_company"),
    ("leader", "高望", "county_leader", "county", ""),
    ("system_administrator", "冯系", "system_administrator", "county", ""),
    ("security_administrator", "褚安", "security_administrator", "county", ""),
    ("audit_administrator", "卫审", "audit_administrator", "county", ""),
    ("auditor", "蒋核", "auditor", "county", ""),
    ("outsider", "沈外", "community_worker", "far_community", "far_office"),
)


@dataclass(frozen=True)
class Cast:
    """The places, bodies and people of the neighbourhood. Everyone's password is `PASSWORD`.

    `outsider` works in the community of another street and must not see what happens here.
    """

    places: Mapping[str, Place]
    bodies: Mapping[str, Organization]
    actors: Mapping[str, Actor]
    users: Mapping[str, User]
    posts: Mapping[str, Post]

    def __getattr__(self, name: str) -> Actor:
        """`cast.grid_worker` is that actor, built from the post as at sign-in."""
        actors = self.__dict__.get("actors", {})
        if name not in actors:
            raise AttributeError(name)
        actor: Actor = actors[name]
        return actor

    def again(self, name: str) -> Actor:
        """The same person after posts have changed."""
        return actor_of(User.objects.get(pk=self.users[name].pk))


@transaction.atomic
def neighbourhood() -> Cast:
    """Build it in an empty installation."""
    content_apply(actor=SYSTEM, content={"place": {"name": "清河县邻里", "name_en": "Qinghe", "root": "990901"}})
    places = _places()
    bodies = _bodies(places)
    posts: dict[str, Post] = {}
    users: dict[str, User] = {}
    for number, (role, name, kind, where, body) in enumerate(PEOPLE, start=1):
        appointment = Appointment(
            kind=kind,
            place_id=places[where].pk,
            named=Named(name, phone=f"1000000{number:04}", staff_number=f"QH{number:04}"),
            organization_id=bodies[body].pk if body else None,
            since=SINCE,
        )
        posts[role] = post_appoint(actor=SYSTEM, appointment=appointment)
        users[role] = person_account(actor=SYSTEM, person_id=posts[role].person_id or 0)
    users["resident"] = account_register(actor=VISITOR, username="jumin", password=PASSWORD)
    # One hash for all: hashing sixteen passwords takes longer than the rest together.
    User.objects.filter(pk__in=[user.pk for user in users.values()]).update(password=_hashed())
    users = {role: User.objects.get(pk=user.pk) for role, user in users.items()}
    actors = {role: actor_of(user) for role, user in users.items()} | {"visitor": VISITOR}
    return Cast(places, bodies, actors, users, posts)


def _places() -> dict[str, Place]:
    divisions_import(
        actor=SYSTEM,
        rows=[{"code": code, "name": name, "level": level, "parent": up} for code, name, level, up in DIVISIONS],
    )
    found = {place.code: place for place in Place.objects.filter(type=Place.Type.DIVISION)}
    names = {
        "county": "990901",
        "street": "990901001",
        "community": "990901001001",
        "second_community": "990901001002",
        "far_street": "990901002",
        "far_community": "990901002001",
    }
    places = {name: found[code] for name, code in names.items()}
    for name, sketch, parent, upper in (
        ("upper_grid", Sketch("grid", "春晓一级网格", code="CX1", level="1"), "community", ""),
        ("grid", Sketch("grid", "春晓第一网格", code="CX101", level="2", households=320), "community", "upper_grid"),
        ("second_grid", Sketch("grid", "春晓第二网格", code="CX102", level="2"), "community", "upper_grid"),
        ("far_grid", Sketch("grid", "梧桐第一网格", code="WT101", level="2"), "far_community", ""),
        ("compound", Sketch("compound", "幸福小区", code="XF"), "community", ""),
        ("far_compound", Sketch("compound", "梧桐苑", code="WTY"), "far_community", ""),
        ("building", Sketch("building", "1号楼"), "compound", ""),
    ):
        above = places[upper].pk if upper else None
        places[name] = place_create(actor=SYSTEM, sketch=sketch, parent=places[parent].pk, upper=above)
    return places


def _bodies(places: Mapping[str, Place]) -> dict[str, Organization]:
    bodies: dict[str, Organization] = {}
    for name, body_type, label, where in (
        ("county_office", "office", "清河县社会工作值班室", "county"),
        ("street_office", "office", "东风街道办事处", "street"),
        ("community_office", "office", "春晓社区居委会", "community"),
        ("far_street_office", "office", "西园街道办事处", "far_street"),
        ("far_office", "office", "梧桐社区居委会", "far_community"),
        ("department", "department", "清河县供电所", "county"),
        ("other_department", "department", "清河县水务局", "county"),
        ("property_company", "property_company", "幸福物业", "compound"),
        ("party", "party_organization", "春晓社区党总支", "community"),
    ):
        sketch = BodySketch(type=body_type, name=label, place_id=places[where].pk, since=SINCE)
        bodies[name] = organization_create(actor=SYSTEM, sketch=sketch)
    return bodies


@cache
def _hashed() -> str:
    return make_password(PASSWORD)
