"""A small town for the tests of matters: two streets, their offices and departments, and who acts there."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from linli.accounts.abilities import PostsSection, post_kinds
from linli.cases.models import Case
from linli.cases.operations.dispatching import case_dispatch, case_take
from linli.cases.operations.finishing import case_close, case_finish, case_verify
from linli.cases.operations.intake import Receipt, Report, case_register, case_report
from linli.cases.operations.screening import case_accept
from linli.core import clock
from linli.core.actors import SYSTEM, VISITOR, Actor, Scope
from linli.organizations.models import Organization, Person, Post
from linli.records.operations.profiles import content_apply
from linli.territory.models import Place

CODES = {"county": "529901", "street": "529901001", "community": "529901001001"}


@dataclass(frozen=True)
class Town:
    """The places, bodies and people of the tests."""

    county: Place
    street: Place
    community: Place
    grid: Place
    compound: Place
    elsewhere: Place
    county_office: Organization
    street_office: Organization
    office: Organization
    power: Organization
    water: Organization
    desk: Actor
    second_desk: Actor
    outsider: Actor
    electrician: Actor
    plumber: Actor
    officer: Actor
    officer_post: Post
    resident: Actor

    def reporter(self, case_id: int) -> Actor:
        """The visitor who has shown the number and the code."""
        return Actor(key=f"reporter:{case_id}", label="")


def place(name: str, parent: Place | None, kind: str = "division", **fields: Any) -> Place:
    """A node of the territory below another."""
    row = Place.objects.create(name=name, parent=parent, type=kind, path="/", **fields)
    row.path = f"{parent.path if parent else '/'}{row.pk}/"
    if kind == "grid":
        row.grid_path = f"/{row.pk}/"
    for level in ("county", "street", "community"):
        own = row.pk if row.level == level else None
        setattr(row, f"{level}_id", own or (getattr(parent, f"{level}_id") if parent else None))
    row.save()
    return row


def body(name: str, where: Place, kind: str) -> Organization:
    """A body at a place."""
    row = Organization.objects.create(name=name, place=where, type=kind, path="/")
    row.path = f"/{row.pk}/"
    row.save()
    return row


def actor(key: str, kind: str, where: Place, organization: Organization | None = None, user: int = 0) -> Actor:
    """Somebody with a post of a kind, as accounts would build them."""
    known = post_kinds(PostsSection())[kind]
    abilities = frozenset(known.abilities)
    if known.scope == "organization" and organization:
        scope = Scope(abilities, organization_path=organization.path)
    elif known.scope == "grid":
        scope = Scope(abilities, grid_path=where.grid_path)
    else:
        scope = Scope(abilities, path=where.path)
    bodies = (organization.pk,) if organization else ()
    return Actor(
        key=f"user:{key}",
        label=key,
        user_id=user or None,
        organization_ids=bodies,
        scopes=(scope,),
        abilities=abilities,
    )


def build(profile: dict[str, Any] | None = None) -> Town:
    """Build the town, with a profile's sections in force where some are given."""
    if profile:
        content_apply(actor=SYSTEM, content=profile)
    county = place("安和县", None, level="county", code=CODES["county"])
    street = place("东门街道", county, level="street", code=CODES["street"])
    other = place("西门街道", county, level="street", code="529901002")
    community = place("福里社区", street, level="community", code=CODES["community"])
    place("远里社区", other, level="community", code="529901002001")
    grid = place("第一网格", community, "grid")
    compound = place("幸福小区", community, "compound", upper=grid)
    county_office = body("安和县值班室", county, "office")
    street_office = body("东门街道办", street, "office")
    office = body("福里社区居委会", community, "office")
    power = body("安和县供电局", county, "department")
    water = body("安和县水务局", county, "department")
    someone = Person.objects.create(name="郑安", created=clock.now())
    officer_post = Post.objects.create(person=someone, kind="street_officer", place=street, confirmed=True)
    return Town(
        county=county,
        street=street,
        community=community,
        grid=grid,
        compound=compound,
        elsewhere=other,
        county_office=county_office,
        street_office=street_office,
        office=office,
        power=power,
        water=water,
        desk=actor("desk", "community_worker", community, office),
        second_desk=actor("second", "community_worker", community, office),
        outsider=actor("outsider", "community_worker", other),
        electrician=actor("electrician", "department_handler", county, power),
        plumber=actor("plumber", "department_handler", county, water),
        officer=actor("officer", "street_officer", street, street_office),
        officer_post=officer_post,
        resident=Actor(key="user:77", label="resident", user_id=77),
    )


def report(town: Town, text: str = "楼道灯坏了三天没人修", **fields: Any) -> Receipt:
    """A resident's report from the page."""
    values = {"place_id": town.compound.pk, "category": "lighting", **fields}
    return case_report(actor=VISITOR, report=Report(text=text, **values))


def registered(town: Town, text: str = "路灯不亮", **fields: Any) -> Receipt:
    """A matter without a reporter, seen on patrol and written down at the desk."""
    values = {"place_id": town.compound.pk, "category": "lighting", "source": "grid_patrol", **fields}
    return case_register(actor=town.desk, report=Report(text=text, **values))


ORDER = ("received", "accepted", "dispatched", "taken", "done", "verified", "closed")


def create_for(town: Town, state: str, **fields: Any) -> Case:
    """A matter in a state of the usual way, brought there by the operations that people use."""
    pk = report(town, **fields).case_id
    steps: tuple[Callable[[], Any], ...] = (
        lambda: case_accept(actor=town.desk, case_id=pk),
        lambda: case_dispatch(actor=town.desk, case_id=pk, lead_id=town.power.pk),
        lambda: case_take(actor=town.electrician, case_id=pk),
        lambda: case_finish(actor=town.electrician, case_id=pk, result=f"已更换灯泡{pk}"),
        lambda: case_verify(actor=town.desk, case_id=pk),
        lambda: case_close(actor=town.desk, case_id=pk),
    )
    for step in steps[: ORDER.index(state)]:
        step()
    return Case.objects.get(pk=pk)
