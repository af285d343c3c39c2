"""The pages of teams: formed and led in the browser, missing for others, few queries, nothing typed is lost."""

from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from linli.accounts.testing import Cast
from linli.core import clock
from linli.organizations.tests.test_pages import enter
from linli.teams.models import TaskTeam
from linli.teams.tests.teamed import DAY, called, formed, person, whole

pytestmark = pytest.mark.django_db


def filled(cast: Cast, **more: Any) -> dict[str, Any]:
    """A joint team for a month."""
    today = clock.today()
    return {
        **{"kind": "joint_team", "name": "春晓联建一队", "task": "整治乱停车", "lead": person(cast, "grid_lead")},
        **{"capacity": "", "parent": "", "begins_on": f"{today}", "planned_end": f"{today + 30 * DAY}", **more},
    }


def test_a_community_forms_a_team_and_its_lead_runs_it(cast: Cast) -> None:
    desk, lead, member = enter(cast, "community_worker"), enter(cast, "grid_lead"), enter(cast, "grid_worker")
    offered = desk.get("/teams/new/").context["form"].fields["lead"].choices
    assert str(person(cast, "outsider")) not in dict(offered)
    refused = desk.post("/teams/new/", filled(cast, planned_end="2020-01-01"))
    assert (refused.status_code, "整治乱停车" in refused.content.decode()) == (400, True)
    assert desk.post("/teams/new/", filled(cast)).status_code == 302
    page = f"/teams/{TaskTeam.objects.get().pk}/"
    assert member.get(page).status_code == 404
    people = [person(cast, role) for role in ("grid_worker", "property_handler")]
    assert desk.post(f"{page}join/", {"people": people, "name": "", "capacity": ""}).status_code == 302
    lost = desk.post(f"{page}join/", {"people": [], "name": "巷口小店店主", "capacity": ""})
    assert (lost.status_code, "巷口小店店主" in lost.content.decode()) == (400, True)
    call = {"what": "清理楼道", "venue": "3号楼前", "on": f"{clock.today() + DAY}", "starts": "15:00"}
    assert lead.post(f"{page}call/", {**call, "on": ""}).status_code == 400
    assert lead.post(f"{page}call/", call).status_code == 302
    row = TaskTeam.objects.get().calls.get()
    assert member.post(f"{page}answer/", {"call_id": row.pk, "coming": "yes"}).status_code == 302
    shown = lead.get(page).context["page"]
    assert [(item.coming, item.names) for item in shown.calls] == [(1, ["郑小禾"])]
    # Members read how many come, not who.
    assert [(item.coming, item.names, item.mine) for item in member.get(page).context["page"].calls] == [(1, [], True)]
    assert member.post(f"{page}log/", {"on": f"{clock.today()}", "what": "x"}).status_code == 403
    assert lead.post(f"{page}log/", {"on": f"{clock.today()}", "what": "清运两车", "number": "2"}).status_code == 302
    assert lead.post(f"{page}dissolve/", {"outcome": "楼道清空"}).status_code == 302
    assert lead.post(f"{page}prolong/", {"until": "2026-09-01"}).status_code == 409
    assert lead.post(f"{page}vanish/").status_code == 404
    assert [line.row.name for line in member.get("/teams/").context["lines"]] == ["春晓联建一队"]


def test_others_read_numbers_and_strangers_nothing(cast: Cast) -> None:
    team = whole(cast)
    called(cast, team)
    page = f"/teams/{team.pk}/"
    text = enter(cast, "leader").get(page).content.decode()
    assert ("郑小禾" in text, "巷口小店店主" in text, "清理楼道杂物" in text) == (False, False, False)
    assert "巷口小店店主" in enter(cast, "grid_worker").get(page).content.decode()
    for role in ("resident", "building_head", "auditor"):
        for address in ("/teams/", "/teams/new/", "/teams/short/", page):
            assert enter(cast, role).get(address).status_code == 404, (role, address)
    assert enter(cast, "outsider").get(page).status_code == 404
    assert Client().get(page).status_code in (302, 404)


def test_lists_cost_the_same_for_many_and_are_filtered(
    cast: Cast, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for number in range(52):
        formed(cast, name=f"{number}队", kind="joint_team" if number % 2 else "task_force")
    desk = enter(cast, "community_worker")
    for address in ("", "short/"):
        desk.get(f"/teams/{address}")
        with django_assert_max_num_queries(12):
            assert desk.get(f"/teams/{address}").status_code == 200
    first = desk.get("/teams/").context
    assert (len(first["lines"]), first["more"] != "") == (50, True)
    assert len(desk.get(f"/teams/?before={first['more']}").context["lines"]) == 2
    assert [
        len(desk.get(f"/teams/?{asked}").context["lines"]) for asked in ("kind=joint_team", "q=51队", "view=mine")
    ] == [
        26,
        1,
        0,
    ]
    assert desk.get("/teams/?before=nonsense").status_code == 400
