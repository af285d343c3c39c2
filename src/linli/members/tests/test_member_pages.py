"""The pages of members, and who may know which household somebody helps: the pair and one supervisor."""

from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from linli.accounts.testing import Cast
from linli.core import clock
from linli.core.actors import SYSTEM, VISITOR, Actor, Scope
from linli.members.models import DualRegistration, Member, Pairing, ResponsibilityPost, TurnOut
from linli.members.policies import pairings_visible_to
from linli.members.tests.registered import DAY, HOUSEHOLD, own, paired, post_set_up, registered, told
from linli.members.workflow import KEEP, SUPERVISE
from linli.organizations.tests.test_pages import enter
from linli.records.lists import export_csv, exported_columns
from linli.records.operations.profiles import content_apply
from linli.records.types import record_type

pytestmark = pytest.mark.django_db


def text_of(client: Client, address: str) -> str:
    """What a page or file holds."""
    answer: Any = client.get(address)
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return bytes(content).decode("utf-8", "replace")


def test_only_the_pair_and_the_supervisor_know_the_household(cast: Cast) -> None:
    member = own(cast)
    row = paired(cast, member)
    knowing = {name for name, actor in cast.actors.items() if _sees(cast.again(name) if actor.user_id else actor)}
    assert knowing == {"resident", "secretary"}
    assert not any(map(_sees, (SYSTEM, VISITOR)))
    figures: list[dict[str, Any]] = [
        {"id": "paired", "label": "结对", "of": "pairing", "measure": "count", "period": "as_of"},
        {"id": "known", "label": "党员", "of": "serving_member", "measure": "count", "period": "as_of"},
        {"id": "share", "share": {"of": "known", "where": {"has": {"of": "pairing", "on": "serving_member"}}}},
    ]
    figures[2]["label"] = "结对率"
    content_apply(actor=SYSTEM, content=lambda held: {**held, "figures": {"figures": figures}})
    doors = (
        *("/members/", "/members/mine/", "/members/duties/", "/members/units/", f"/members/{member.pk}/"),
        *("/records/pairing/", f"/records/pairing/?q={HOUSEHOLD}", "/records/pairing.csv", "/records/pairing.xlsx"),
        *("/api/v1/records/pairing", f"/api/v1/records/pairing/{row.pk}", "/api/v1/figures/paired/rows"),
        *("/figures/paired/", "/figures/paired/rows.csv", "/figures/share/rows.csv?part=meets"),
        *(f"/security/journal/?q={HOUSEHOLD}", "/records/serving_member.csv", "/"),
    )
    for role in ("community_worker", "street_officer", "leader", "department_handler", "outsider", "auditor"):
        client = enter(cast, role)
        told_of = [door for door in doors if "?q=" not in door and HOUSEHOLD in text_of(client, door)]
        assert told_of == [], role
        for verb in ("visit", "end", "consent"):
            assert client.post(f"/members/pairings/{row.pk}/{verb}/", {"on": "2026-03-16"}).status_code == 404
    # It stands on the two pages, and in no file: not even in the supervisor's.
    assert HOUSEHOLD in text_of(enter(cast, "secretary"), f"/members/{member.pk}/")
    assert HOUSEHOLD in text_of(enter(cast, "resident"), "/members/mine/")
    for door in ("/records/pairing.csv", "/api/v1/records/pairing", "/figures/paired/rows.csv"):
        assert HOUSEHOLD not in text_of(enter(cast, "secretary"), door)
    kind = record_type("pairing")
    assert "household" not in {column.code for column in exported_columns(kind)} | {
        dimension.code for dimension in kind.all_dimensions()
    }
    assert HOUSEHOLD not in b"".join(export_csv(kind, Pairing.objects.all())).decode()


def _sees(actor: Any) -> bool:
    return Pairing.objects.filter(pairings_visible_to(actor)).exists()


def test_the_supervisor_of_another_community_knows_nothing(cast: Cast) -> None:
    paired(cast, registered(cast))
    near = registered(cast, "second_community", name="邻社区")
    # A secretary reaches one community; a post that reaches further supervises nothing in it.
    assert len(Pairing.objects.filter(pairings_visible_to(cast.secretary))) == 1
    given = {"since": clock.today(), "consented_on": clock.today(), "household": "JD9"}
    Pairing.objects.create(member=near, place=cast.places["second_community"], **given)
    assert len(Pairing.objects.filter(pairings_visible_to(cast.secretary))) == 1
    able = frozenset({SUPERVISE, KEEP})
    above = Actor("above", "", scopes=(Scope(able, path=cast.places["street"].path),), abilities=able)
    assert not _sees(above)


def test_a_unit_is_told_totals_and_of_few_none(cast: Cast) -> None:
    members = [registered(cast, name=f"党员{number}") for number in range(4)]
    for member in members:
        told(SYSTEM, member)
    handler = enter(cast, "department_handler")
    few = handler.get("/members/units/").context["units"][0]
    assert (few.members, few.turn_outs, few.hours) == (4, None, None)
    registered(cast, name="党员5")
    (item,) = handler.get("/members/units/").context["units"]
    assert (item.members, item.turn_outs) == (5, 4)
    assert "党员1" not in text_of(handler, "/members/units/")
    for door in ("/records/turn_out.csv", "/records/dual_registration.csv", "/records/serving_member.csv"):
        answer = handler.get(door)
        assert answer.status_code == 403 or "党员" not in text_of(handler, door)
    assert handler.get(f"/members/{members[0].pk}/").status_code == 404
    assert handler.get("/members/").status_code == 404


def test_a_member_registers_tells_and_leaves_in_the_browser(cast: Cast) -> None:
    me, desk = enter(cast, "resident"), enter(cast, "community_worker")
    assert me.get("/members/mine/").status_code == 200
    form = {"name": "朱居民", "phone": "10055556666", "place": cast.places["community"].pk, "consent": "on"}
    assert me.post("/members/mine/join/", form).status_code == 400
    assert me.post("/members/mine/join/", form | {"unit": "清河县中学"}).status_code == 302
    member = Member.objects.get()
    bad = me.post("/members/mine/turn_out/", {"kind": "elders", "on": f"{clock.today() + DAY}", "note": "送菜"})
    assert (bad.status_code, "送菜" in bad.content.decode()) == (400, True)
    assert me.post("/members/mine/turn_out/", {"kind": "elders", "on": f"{clock.today()}"}).status_code == 302
    row = TurnOut.objects.get()
    waits = f"/members/turn-outs/at/{row.place_id}/"
    assert len(desk.get(waits).context["lines"]) == 1
    assert enter(cast, "outsider").get(waits).status_code == 404
    assert desk.post("/members/turn-outs/refuse/", {"turn_out": row.pk, "reason": ""}).status_code == 400
    assert desk.post("/members/turn-outs/confirm/", {"turn_out": [row.pk]}).status_code == 302
    assert desk.get("/members/turn-outs/?state=confirmed").context["lines"][0].row == row
    assert me.get("/members/mine/").context["page"].duty.months == {3: 1}
    supervisor = enter(cast, "secretary")
    pair = {"consents": "yes", "household": HOUSEHOLD, "on": f"{clock.today()}"}
    assert supervisor.post(f"/members/{member.pk}/pair/", pair | {"household": ""}).status_code == 400
    assert supervisor.post(f"/members/{member.pk}/pair/", pair).status_code == 302
    pairing = Pairing.objects.get()
    assert me.post(f"/members/pairings/{pairing.pk}/visit/", {"on": "nonsense"}).status_code == 400
    assert me.post(f"/members/pairings/{pairing.pk}/visit/", {"on": f"{clock.today()}"}).status_code == 302
    assert me.post("/members/mine/end/").status_code == 302
    assert me.post("/members/mine/forget/").status_code == 302
    assert (Member.objects.get().name, DualRegistration.objects.get().until) == ("—", clock.today())
    assert me.post("/members/mine/forget/").status_code == 404


def test_the_desk_registers_members_units_areas_and_posts(cast: Cast) -> None:
    desk, place = enter(cast, "community_worker"), cast.places["community"].pk
    form = {"name": "韩在职", "place": place, "unit": "清河县中学", "consent": "on"}
    assert desk.post("/members/new/", form).status_code == 302
    unit = {"organization": cast.bodies["department"].pk, "place": place}
    assert desk.post("/members/units/new/", unit).status_code == 302
    row = DualRegistration.objects.get(kind="unit")
    assert desk.post(f"/members/units/{row.pk}/end/").status_code == 302
    given = {"type": "post", "title": "政策示范岗", "name": "韩在职", "place": place, "since": f"{clock.today()}"}
    assert desk.post("/members/posts/new/", given | {"name": ""}).status_code == 400
    assert desk.post("/members/posts/new/", given).status_code == 302
    page = f"/members/posts/{ResponsibilityPost.objects.get().pk}/"
    assert desk.post(f"{page}tell/", {"done": ""}).status_code == 400
    assert desk.post(f"{page}tell/", {"done": "宣讲政策"}).status_code == 302
    assert "宣讲政策" in desk.get(page).content.decode()
    assert desk.post(f"{page}end/").status_code == 302
    assert desk.get(page).status_code == 200
    assert enter(cast, "outsider").get(page).status_code == 404


def test_lists_cost_the_same_for_many(cast: Cast, django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
    for number in range(52):
        member = registered(cast, name=f"党员{number}")
        told(SYSTEM, member)
        post_set_up(cast)
    TurnOut.objects.update(state="told")
    desk = enter(cast, "community_worker")
    for address in ("", "turn-outs/", "duties/", "posts/"):
        desk.get(f"/members/{address}")
        with django_assert_max_num_queries(14):
            assert desk.get(f"/members/{address}").status_code == 200
    first = desk.get("/members/").context
    assert (len(first["lines"]), len(desk.get(f"/members/?before={first['more']}").context["lines"])) == (50, 2)
    assert len(desk.get("/members/?kind=unit").context["lines"]) == 0
