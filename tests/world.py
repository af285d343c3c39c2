"""A small neighbourhood with its matters for the tests over every route: who is there, and what they come upon.

Everything is made by the operations that people use, but for rows that only the worker or a ledger makes.
"""

import io
import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial
from typing import Any, Final, Protocol

from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from PIL import Image
from tests import domains
from tests.assessed import assess, inspect

from linli.accountability.documents.drafting import drafted
from linli.accountability.operations.alerts import alerts_check
from linli.accountability.operations.asks import Sketch as AskSketch
from linli.accountability.operations.asks import ask_approve, ask_propose, ask_send
from linli.accountability.operations.reports import report_issue, template_make
from linli.accountability.operations.surveys import Counted, survey_record
from linli.accountability.queries.report_values import Asked
from linli.accounts.models import User
from linli.accounts.neighbourhood import PASSWORD, Cast, neighbourhood
from linli.accounts.operations.issuing import person_account
from linli.accounts.operations.owning import account_register
from linli.accounts.queries import actor_of
from linli.api.keys import key_issue
from linli.api.models import WebhookDelivery
from linli.api.webhooks import webhook_make, webhook_test
from linli.cases.models import Case
from linli.cases.operations.dispatching import case_dispatch, case_take
from linli.cases.operations.finishing import case_close, case_finish, case_verify
from linli.cases.operations.helping import help_ask
from linli.cases.operations.intake import Receipt, Report, case_report
from linli.cases.operations.publishing import summary_publish
from linli.cases.operations.rating import rating_ask
from linli.cases.operations.saving import filter_save
from linli.cases.operations.screening import case_accept
from linli.cases.operations.talking import attachment_add, attachment_blur, note_add
from linli.cases.operations.whistles import whistle_call
from linli.core import clock
from linli.core.actors import SYSTEM, VISITOR, Actor
from linli.core.photos import Region
from linli.deliberation.tests.agreed import conventions_made
from linli.deliberation.tests.bodied import bodies_made
from linli.deliberation.tests.funds import funds_made
from linli.deliberation.tests.polled import polls_made
from linli.deliberation.tests.sittings import sat
from linli.deliberation.tests.topics import topics_made
from linli.mediation.tests.mediated import mediations_made
from linli.messaging.models import Delivery, Message
from linli.organizations.models import Organization, Post, Shift
from linli.organizations.operations.bodies import Sketch, organization_create
from linli.organizations.operations.groups import Group, Offered, group_form, offer_add
from linli.organizations.operations.membership import grid_members_set
from linli.organizations.operations.people import Named
from linli.organizations.operations.posts import Appointment, post_appoint, post_end
from linli.organizations.operations.seats import seat_admit
from linli.organizations.operations.shifts import Duty, shift_plan
from linli.publishing.tests.library import library_made
from linli.publishing.tests.rules import disclosed
from linli.records.figures.compile import EVERYWHERE
from linli.records.models import Batch, ProfileVersion
from linli.records.operations.profiles import content_apply
from linli.records.operations.uploads import upload_keep
from linli.territory.operations.hubs import hub_serve
from linli.territory.operations.redrawing import redrawing_plan

PHONE: Final = "10012345678"
REPORTER: Final = "乔一诺"
# Stands in the text of every matter, with the matter's name behind it.
WORD: Final = "蓝色信封"
NOTE: Final = "内部备注勿外传"
FIGURES: Final = [
    {"id": "matters.all", "label": "全部事项", "of": "case", "period": "as_of"},
    {"id": "whistles.all", "label": "全部吹哨", "of": "whistle", "period": "as_of"},
    {"id": "ratings.all", "label": "全部评价", "of": "rating", "period": "as_of"},
]
OUTLINE: Final = {
    "type": "Feature",
    "properties": {"code": "CX101", "name": "春晓第一网格", "level": "grid"},
    "geometry": {
        "type": "Polygon",
        "coordinates": [[[103, 36], [103.01, 36], [103.01, 36.01], [103, 36.01], [103, 36]]],
    },
}
GIVEN: Final[list[dict[str, Any]]] = [
    {"code": "own", "label": "自评", "weight": 40, "from": "self"},
    {"code": "street", "label": "街道评价", "weight": 60, "from": "organization", "by": [{"role": "street"}]},
]
SCHEME: Final[dict[str, Any]] = {"basis": "县考核办法", "criteria": GIVEN}
UNITS: Final = {
    **SCHEME,
    "published": True,
    "code": "units",
    "label": "社区考核",
    "of": "place",
    "kinds": ["community"],
    "period": "year",
}
WORKERS: Final = {
    **{"code": "workers", "label": "社区工作者考核", "of": "post", "kinds": ["community_worker"], "period": "year"},
    **SCHEME,
}
# Every community is yellow, so that an alert stands here and in the other place.
RULE: Final = {
    "code": "overdue",
    "label": "超期积压",
    "work": "case.",
    "bands": {"yellow": 0, "red": 99},
    "owner": "community_secretary",
    "reason": "过了时限",
    "next": "先办最早的",
}
PROFILE: Final[dict[str, Any]] = {
    "place": {"name": "清河县邻里", "name_en": "Qinghe", "root": "990901"},
    "open311": {"on": True, "contact": "清河县"},
    "figures": {"figures": FIGURES},
    "models": {
        "models": [{"code": "doorstep", "label": "家门口党建", "tags": ["case", "facility"]}],
        "components": [{"model": "doorstep", "code": "venues", "label": "两个阵地"}],
    },
    "assessments": {"schemes": [UNITS, WORKERS]},
    "alerts": {"alerts": [RULE]},
    "boards": {
        "boards": [
            {
                "code": "overview",
                "label": "概览",
                "parts": [{"code": "all", "label": "全部", "figures": [item["id"] for item in FIGURES]}],
            }
        ]
    },
    "grids": {"checklist": [{"code": "gates", "label": "单元门"}]},
    "organizations": {"types": {"volunteer_team": {"approval": True}}},
}


# Everybody who comes to the door: the cast but for those whose posts are alike, one who signed up and did nothing
# else, a visitor, and a visitor who has opened two matters by their codes.
ROLES: Final = (
    *("resident", "stranger", "grid_worker", "building_head", "community_worker", "secretary", "street_officer"),
    *("department_handler", "other_handler", "property_handler", "leader", "system_administrator"),
    *("security_administrator", "audit_administrator", "auditor", "outsider", "visitor", "follower"),
)


# Whose names no board shows, and whom nobody of another place comes upon.
UNPOSTED: Final = ("孙建国", "马会来", "钱守业", "赵启明", "高望")
# Who follows a matter that they reported, and works on none.
REPORTERS: Final = ("resident", "follower")
_HERE: Final = frozenset({"received", "wide", "confidential", "whistled", "closed", "dispute"})
_STREET: Final = _HERE | {"sibling", "complaint"}
# Which matters each role works on or reported itself; everybody else comes upon none. Written down by hand, so that
# a policy that opens more does not bend the test along.
KNOWN: Final[Mapping[str, frozenset[str]]] = {
    "resident": frozenset({"received", "whistled", "dispute"}),
    "grid_worker": frozenset({"closed"}),
    "community_worker": _HERE,
    "secretary": _HERE,
    "street_officer": _STREET,
    # Of the office complained of, and of the street that deals with complaints about it.
    "accused": _STREET - {"complaint"},
    "department_handler": frozenset({"confidential", "whistled", "closed"}),
    "other_handler": frozenset({"whistled"}),
    "property_handler": frozenset({"whistled", "dispute"}),
    # A dispute is closed to those who only look on; a complaint about a body of the county stays in the county.
    "leader": _STREET - {"dispute"} | {"elsewhere", "highest"},
    "outsider": frozenset({"elsewhere"}),
    "far_officer": frozenset({"elsewhere"}),
    "follower": frozenset({"whistled", "closed"}),
}


def named_in(text: str) -> set[str]:
    """The names of the matters whose words stand in a text."""
    return set(re.findall(rf"{WORD}([a-z]+)没有人管", text))


# Those of whom every page is asked: one of each kind of post.
SWEPT: Final = tuple(role for role in ROLES if role not in ("stranger", "other_handler", "audit_administrator"))


class Seeing(Protocol):
    """A parameter whose values not everybody sees."""

    @property
    def values(self) -> Callable[["World"], Sequence[Any]]: ...

    @property
    def seen(self) -> Callable[["World", str], set[Any]] | None: ...

    @property
    def far(self) -> Callable[["World"], Sequence[Any]]: ...

    @property
    def stages(self) -> Callable[[], Mapping[Any, str]]: ...


@dataclass
class World:
    """The cast, their matters by name, and further rows by what they are."""

    cast: Cast
    users: dict[str, User] = field(default_factory=dict)
    matters: dict[str, Receipt] = field(default_factory=dict)
    tokens: dict[str, str] = field(default_factory=dict)
    browsers: dict[str, Client] = field(default_factory=dict)
    visible: dict[tuple[int, str], set[Any]] = field(default_factory=dict)
    chosen: dict[int, Sequence[Any]] = field(default_factory=dict)
    written: dict[str, int] = field(default_factory=dict)
    bodies: dict[str, Organization] = field(default_factory=dict)
    loose: int = 0
    sends: dict[str, Any] = field(default_factory=dict)
    offer: int = 0
    job: int = 0

    def actor(self, role: str) -> Actor:
        """Who that is to the policies."""
        return actor_of(User.objects.get(pk=self.users[role].pk)) if role in self.users else VISITOR

    def browser(self, role: str) -> Client:
        """The browser of that person, signed in once."""
        if role not in self.browsers:
            self.browsers[role] = self._opened(role)
        return self.browsers[role]

    def hides(self, role: str, sources: Sequence["Seeing"], values: Sequence[Any]) -> bool:
        """Whether an address names a row that the role may not see."""
        rows = zip(sources, values, strict=True)
        return any(source.seen and value not in self._visible(source, role) for source, value in rows)

    def unlike(self, source: "Seeing") -> Sequence[Any]:
        """The values of a parameter; of rows that are alike, here or elsewhere, and that the same see, the first."""
        if source.seen is None:
            return source.values(self)
        if id(source) not in self.chosen:
            far, stages, first = set(source.far(self)), source.stages(), dict[Any, Any]()
            for value in source.values(self):
                who = tuple(role for role in SWEPT if value in self._visible(source, role))
                first.setdefault((who, value in far, stages.get(value, value)), value)
            self.chosen[id(source)] = list(first.values())
        return self.chosen[id(source)]

    def _visible(self, source: "Seeing", role: str) -> set[Any]:
        key = (id(source), role)
        if key not in self.visible:
            assert source.seen is not None
            self.visible[key] = source.seen(self, role)
        return self.visible[key]

    def _opened(self, role: str) -> Client:
        client = Client(headers={"accept": "text/html"}, raise_request_exception=False)
        if role in self.users:
            client.force_login(self.users[role], "linli.accounts.backends.PhoneOrNameBackend")
            # The first look writes into the session when it was; later ones within the minute do not write it again.
            client.get("/none/")
        if role == "follower":
            for receipt in (self.matters["whistled"], self.matters["closed"]):
                answer = client.post("/public/cases/", {"number": receipt.number, "code": receipt.code})
                assert answer.status_code == 302
        return client

    password = PASSWORD

    def photo(self) -> SimpleUploadedFile:
        """A photo as a browser sends one."""
        return SimpleUploadedFile("现场.png", _photo((9, 9, 90)).read(), "image/png")

    def version(self) -> int:
        """The number of the profile's version in force."""
        return ProfileVersion.objects.latest("pk").pk

    def case(self, name: str) -> Case:
        """A matter as it stands."""
        return Case.objects.get(pk=self.matters[name].case_id)


def build() -> World:
    """Build it in an empty installation."""
    cast = neighbourhood()
    content_apply(actor=SYSTEM, content=PROFILE)
    stranger = account_register(actor=VISITOR, username="luren", password=PASSWORD)
    both = Appointment("street_officer", cast.places["street"].pk, cast.posts["second_worker"].person_id)
    post_appoint(actor=SYSTEM, appointment=both)
    abroad = Appointment("street_officer", cast.places["far_street"].pk, named=Named("韩远", phone="10000008888"))
    officer = person_account(actor=SYSTEM, person_id=post_appoint(actor=SYSTEM, appointment=abroad).person_id or 0)
    people = {**cast.users, "stranger": stranger}
    users: dict[str, User] = {role: people[role] for role in ROLES if role in people}
    world = World(
        cast,
        {**users, "far_officer": officer, "accused": cast.users["second_worker"]},
        bodies=dict(cast.bodies),
    )
    _matters(world)
    _bodies(world)
    _rest(world)
    assess(cast)
    inspect(cast)
    alerts_check()
    return world


def _report(world: World, name: str, place: str, who: str = "visitor", **fields: Any) -> int:
    actor = world.actor(who)
    given = Report(text=f"{WORD}{name}没有人管", place_id=world.cast.places[place].pk, **fields)
    world.matters[name] = case_report(actor=actor, report=given)
    return world.matters[name].case_id


def _matters(world: World) -> None:
    """One of each kind that the policies tell apart."""
    cast, named = world.cast, {"reporter_name": REPORTER, "phone": PHONE}
    lead = cast.bodies["department"].pk
    _report(world, "received", "compound", "resident", category="lighting")
    _report(world, "wide", "community", category="lighting")
    _report(world, "sibling", "second_community", category="lighting")
    _report(world, "complaint", "compound", kind="complaint", complained_of=cast.bodies["community_office"].pk, **named)
    _report(world, "highest", "compound", kind="complaint", complained_of=lead, **named)
    _report(world, "confidential", "building", hidden=True, category="water_heat_power", **named)
    _report(world, "whistled", "building", "resident", category="lighting", photos=[_photo()], **named)
    _report(world, "closed", "grid", category="lighting", **named)
    for name in ("confidential", "whistled", "closed"):
        pk = world.matters[name].case_id
        case_accept(actor=cast.community_worker, case_id=pk)
        case_dispatch(actor=cast.community_worker, case_id=pk, lead_id=lead)
        case_take(actor=cast.department_handler, case_id=pk)
    pk = _report(world, "dispute", "compound", "resident", kind="dispute", category="neighbours", **named)
    case_accept(actor=cast.community_worker, case_id=pk)
    case_dispatch(actor=cast.community_worker, case_id=pk, lead_id=cast.bodies["property_company"].pk)
    pk = _report(world, "elsewhere", "far_compound", **named)
    case_accept(actor=cast.outsider, case_id=pk)
    _whistled(world, world.matters["whistled"].case_id)
    _closed(world, world.matters["closed"].case_id)


def _whistled(world: World, pk: int) -> None:
    """A matter with everything that hangs on one."""
    cast, other = world.cast, world.cast.bodies["other_department"].pk
    whistle_call(actor=cast.community_worker, case_id=pk, departments=[other], text=f"请会诊{WORD}")
    helper = cast.bodies["property_company"].pk
    help_ask(actor=cast.department_handler, case_id=pk, organization_id=helper, task="开门")
    note_add(actor=cast.community_worker, case_id=pk, text=NOTE)
    note_add(actor=cast.community_worker, case_id=pk, text="公开答复", public=True)
    photo = attachment_add(actor=cast.department_handler, case_id=pk, stream=_photo((9, 90, 9)), name="现场.png")
    attachment_blur(actor=cast.community_worker, attachment_id=photo.pk, regions=[Region(0.1, 0.1, 0.4, 0.4)])
    summary_publish(actor=cast.community_worker, case_id=pk, text="楼道灯的问题正在处理")


def _closed(world: World, pk: int) -> None:
    cast = world.cast
    case_finish(actor=cast.department_handler, case_id=pk, result="已经更换")
    case_verify(actor=cast.community_worker, case_id=pk)
    case_close(actor=cast.community_worker, case_id=pk)
    world.tokens["rating"] = rating_ask(actor=cast.community_worker, case_id=pk).token


def _webhook(world: World) -> None:
    """A webhook with a delivery that failed for good."""
    admin, place = world.cast.system_administrator, world.cast.places["county"]
    made = webhook_make(
        actor=admin, name="热线", address="https://h.example/", wants=["every"], place=place, home="https://l.example"
    )
    webhook_test(actor=admin, webhook_id=made.row.pk)
    WebhookDelivery.objects.update(state="failed")


def _photo(colour: tuple[int, int, int] = (90, 9, 9)) -> io.BytesIO:
    stream = io.BytesIO()
    Image.new("RGB", (64, 48), colour).save(stream, "PNG")
    stream.seek(0)
    return stream


def _bodies(world: World) -> None:
    """What organisations have beside bodies and posts."""
    cast, places = world.cast, world.cast.places
    sketch = partial(Sketch, place_id=places["community"].pk, since=clock.today())
    committee = organization_create(actor=SYSTEM, sketch=sketch(type="joint_committee", name="春晓社区联席会"))
    world.bodies["committee"] = committee
    member = cast.bodies["property_company"].pk
    seat_admit(actor=SYSTEM, committee_id=committee.pk, member_id=member, representative="代表甲")
    planned = sketch(type="volunteer_team", name="春晓志愿队", parent_id=cast.bodies["street_office"].pk)
    world.bodies["planned"] = organization_create(actor=cast.secretary, sketch=planned)
    ledger = Post(kind="grid_worker", place=places["second_grid"], person=cast.posts["building_head"].person)
    ledger.save()
    world.loose = ledger.pk
    leaving = Appointment("grid_worker", places["second_grid"].pk, named=Named("何去", phone="10000009999"))
    leaver = post_appoint(actor=SYSTEM, appointment=leaving)
    post_end(actor=SYSTEM, post_id=leaver.pk, reason="调离")
    group_form(
        actor=SYSTEM, group=Group("一单元联户", "ten_household", places["grid"].pk, lead_id=cast.posts["grid_lead"].pk)
    )
    grid_members_set(actor=SYSTEM, organization_id=committee.pk, grid_id=places["grid"].pk, members=3)
    world.offer = offer_add(
        actor=SYSTEM, offered=Offered("会议室", cast.bodies["community_office"].pk, category="other")
    ).pk
    start = clock.now() + timedelta(hours=5)
    shift_plan(
        actor=SYSTEM,
        duties=[Duty(cast.posts["grid_worker"].pk, Shift.Kind.values[0], start, start + timedelta(hours=8))],
    )


def _ask(cast: Cast) -> None:
    """An ask of a department that the community owes, and one that nobody has decided on yet."""
    due = clock.today() + timedelta(days=20)
    sketch = AskSketch(
        name="网格情况",
        place_id=cast.places["county"].pk,
        office_id=cast.bodies["department"].pk,
        level="county",
        ground="统计办法",
        due=due,
        valid_from=clock.today(),
        valid_until=due,
        place_ids=(cast.places["community"].pk,),
        fields=("网格数", "就业人数"),
    )
    asked = ask_propose(actor=cast.department_handler, sketch=sketch)
    ask_propose(actor=cast.department_handler, sketch=sketch)
    ask_approve(actor=cast.leader, ask_id=asked.pk)
    ask_send(actor=cast.department_handler, ask_id=asked.pk, due=due)


def _rest(world: World) -> None:
    """An import, an upload, boundaries that wait for their day, a filter, a key, a message, a delivery that failed."""
    cast, now = world.cast, clock.now()
    file = SimpleUploadedFile("台账.csv", "楼栋,户数\n1号楼,30\n".encode())
    upload_keep(actor=cast.community_worker, files=[file], as_of=clock.today())
    Batch.objects.create(
        file="台账.csv",
        sha256="0" * 64,
        actor=cast.community_worker.key,
        started=now,
        finished=now,
        state=Batch.State.DONE,
        as_of=clock.today(),
        report={"rejected": [], "warnings": []},
    )
    content = json.dumps({"type": "FeatureCollection", "features": [OUTLINE]}, ensure_ascii=False).encode()
    redrawing_plan(actor=SYSTEM, name="边界.geojson", content=content, day=clock.today() + timedelta(days=9))
    hub, served = cast.places["community"].pk, cast.places["far_community"].pk
    hub_serve(actor=SYSTEM, hub=hub, served=served, since=clock.today())
    for place in ("community", "far_community"):
        counted = Counted("满意度测评", world.cast.places[place].pk, clock.today(), 20, 10, 8)
        survey_record(actor=SYSTEM, counted=counted)
    _ask(cast)
    library_made(cast)
    topics_made(cast)
    conventions_made(cast)
    bodies_made(cast)
    mediations_made(cast)
    world.tokens["proposal"] = sat(cast)
    polls_made(cast)
    funds_made(cast)
    world.tokens["question"] = disclosed(cast)
    for part in domains.PARTS:
        part.made(world)
    weekly = template_make(
        actor=SYSTEM, label="weekly", content=drafted("工作周报\n诉求{{matters.all}}。\n某部\n{{日期}}")
    )
    report_issue(actor=SYSTEM, code=weekly.code, asked=Asked(clock.today(), EVERYWHERE, clock.today()))
    filter_save(actor=cast.community_worker, name="急件", query={"urgency": "urgent"})
    until = clock.today() + timedelta(days=30)
    issued = key_issue(
        actor=cast.system_administrator,
        label="热线",
        owner="县热线",
        place=cast.places["county"],
        grants=["report"],
        until=until,
    )
    world.tokens["key"] = issued.secret
    _webhook(world)
    user = world.users["community_worker"]
    Delivery.objects.create(
        user=user,
        key="t1",
        channel="sms",
        address=PHONE,
        text="您有新消息",
        state="failed",
        made=now,
        due=now,
        error="x",
    )
    world.job = _failed_job()
    if not Message.objects.filter(user=user).exists():
        Message.objects.create(user=user, kind="case.urged", title="催办", at=now)


def _failed_job() -> int:
    """Work of the worker that failed for good."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO procrastinate_jobs (queue_name, task_name, args, status)"
            " VALUES ('default', 'core.seal', '{}', 'failed') RETURNING id"
        )
        return int(cursor.fetchone()[0])
