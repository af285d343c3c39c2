"""Pages of volunteering: who gets which, what they show and hide, and how many questions they ask the database."""

from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from linli.accounts.models import User
from linli.accounts.queries import actor_of
from linli.accounts.testing import Cast
from linli.core.actors import SYSTEM
from linli.records.tests.test_import_pages import signed_in
from linli.volunteering.models import (
    PostAssignment,
    ProjectClaim,
    ServiceProject,
    TeamMembership,
    Volunteer,
    VolunteerPost,
)
from linli.volunteering.operations import posts, projects
from linli.volunteering.operations.posts import Opening
from linli.volunteering.operations.projects import Proposal
from linli.volunteering.tests.volunteers import BORN, PHONE, member_made, team_made, volunteer_made

pytestmark = pytest.mark.django_db


@pytest.fixture
def worker(cast: Cast) -> Client:
    return signed_in(cast, Client(), "community_worker")


@pytest.fixture
def resident(cast: Cast) -> Client:
    return signed_in(cast, Client(), "resident")


def filled(cast: Cast, **values: Any) -> dict[str, Any]:
    given = {"name": "尤志愿", "phone": PHONE, "place": cast.places["community"].pk, "born": BORN.isoformat()}
    return {**given, "skills": ["law"], "consent": "on", **values}


def test_a_resident_becomes_a_volunteer_and_goes_again(cast: Cast, resident: Client) -> None:
    assert "成为志愿者" in resident.get("/volunteering/mine/").content.decode()
    page = resident.post("/volunteering/mine/register/", filled(cast, consent=""))
    assert (page.status_code, Volunteer.objects.count()) == (400, 0)
    assert resident.post("/volunteering/mine/register/", filled(cast)).status_code == 302
    page = resident.get("/volunteering/mine/")
    assert "尤志愿" in page.content.decode()
    row = Volunteer.objects.get()
    assert resident.get("/volunteering/mine/correct/").status_code == 200
    given = filled(cast, name="尤志远", version="1")
    assert resident.post("/volunteering/mine/correct/", given).status_code == 302
    assert resident.post("/volunteering/mine/pause/", {"version": "1"}).status_code == 409
    assert resident.post("/volunteering/mine/pause/", {"version": "2"}).status_code == 302
    assert resident.post("/volunteering/mine/nothing/").status_code == 404
    assert resident.post("/volunteering/mine/forget/").status_code == 302
    row.refresh_from_db()
    assert (row.state, row.phone_hash) == ("ended", None)


def test_the_roster_is_masked_and_for_the_desk(cast: Cast, worker: Client, resident: Client) -> None:
    row = volunteer_made(cast.places["community"], "尤志愿", phone=PHONE)
    volunteer_made(cast.places["far_community"], "尤远方")
    text = worker.get("/volunteering/").content.decode()
    assert "尤**" in text
    assert "100****5678" in text
    assert "尤志愿" not in text
    assert "尤远方" not in text
    assert resident.get("/volunteering/").status_code == 404
    address = f"/volunteering/people/{row.pk}/"
    assert "尤志愿" not in worker.get(address).content.decode()
    assert "尤志愿" in worker.post(f"{address}look/", {"reason": "联系参加活动"}).content.decode()
    assert worker.post(f"{address}look/", {"reason": ""}).status_code == 400
    assert signed_in(cast, Client(), "outsider").get(address).status_code == 404


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("q=尤志", True),
        ("q=志愿", True),
        ("q=张", False),
        (f"q={PHONE}", True),
        ("q=10099999999", False),
        ("q=VT", True),
        ("skill=law", True),
        ("skill=hair", False),
        ("state=paused", False),
        ("team=0", False),
        ("after=1", False),
        ("place=990901001001", True),
        ("place=1", False),
    ],
)
def test_the_roster_is_searched(cast: Cast, worker: Client, query: str, found: bool) -> None:
    volunteer_made(cast.places["community"], "尤志愿", phone=PHONE, skills=["law"])
    assert ("100****5678" in worker.get(f"/volunteering/?{query}").content.decode()) is found


def test_the_roster_asks_the_same_number_of_questions(
    cast: Cast, worker: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    for _count in range(5):
        volunteer_made(cast.places["community"])
    worker.get("/volunteering/")
    with django_assert_max_num_queries(14):
        worker.get("/volunteering/")


def test_a_registration_on_paper_is_made_at_the_desk(cast: Cast, worker: Client, resident: Client) -> None:
    assert worker.get("/volunteering/new/").status_code == 200
    assert worker.post("/volunteering/new/", filled(cast)).status_code == 302
    assert Volunteer.objects.get().consent == "paper"
    assert resident.get("/volunteering/new/").status_code == 404
    address = f"/volunteering/people/{Volunteer.objects.get().pk}/"
    assert worker.post(f"{address}pause/", {"version": "1"}).status_code == 302
    assert worker.post(f"{address}forget/", {"version": "2"}).status_code == 404


def test_a_team_shows_members_to_who_leads_it(cast: Cast, worker: Client, resident: Client) -> None:
    community = cast.places["community"]
    team = team_made(community)
    member_made(team, volunteer_made(community, "尤队员"))
    address = f"/volunteering/teams/{team.pk}/"
    assert "尤**" in worker.get(address).content.decode()
    assert "尤**" not in resident.get(address).content.decode()
    assert resident.post(f"{address}ask/").status_code == 409
    resident.post("/volunteering/mine/register/", filled(cast))
    assert resident.post(f"{address}ask/").status_code == 302
    row = TeamMembership.objects.get(state="asked")
    assert resident.post(f"/volunteering/memberships/{row.pk}/accept/").status_code == 403
    assert worker.post(f"/volunteering/memberships/{row.pk}/accept/").status_code == 302
    assert worker.post(f"/volunteering/memberships/{row.pk}/lead/").status_code == 302
    assert "尤**" in resident.get(address).content.decode()
    number = volunteer_made(community, "尤新人").number
    assert resident.post(f"{address}add/", {"number": number}).status_code == 302
    assert worker.get("/volunteering/teams/?q=邻里").status_code == 200


def test_the_corps_adds_up_by_level(cast: Cast, worker: Client) -> None:
    corps = team_made(cast.places["county"], "志愿服务总队", level="总队")
    for number in range(2):
        child = team_made(cast.places["street"], f"支队{number}", level="支队", parent=corps)
        child.path = f"{corps.path}{child.pk}/"
        child.save()
    text = worker.get("/volunteering/corps/").content.decode()
    assert "志愿服务总队" in text
    assert "支队1" in text


def test_a_micro_project_is_claimed_delivered_and_confirmed(cast: Cast, worker: Client, resident: Client) -> None:
    given = {"place": cast.places["community"].pk, "name": "楼道小书架", "aim": "做一个书架"}
    assert worker.get("/volunteering/projects/micro/").status_code == 200
    assert worker.post("/volunteering/projects/micro/", given).status_code == 302
    row = ServiceProject.objects.get()
    address = f"/volunteering/projects/{row.pk}/"
    assert resident.post(f"{address}claim/").status_code == 409
    resident.post("/volunteering/mine/register/", filled(cast))
    assert resident.post(f"{address}claim/").status_code == 302
    claim = ProjectClaim.objects.get()
    assert "尤志愿" in resident.get(address).content.decode()
    assert "尤志愿" not in worker.get(address).content.decode()
    assert resident.post(f"/volunteering/claims/{claim.pk}/deliver/", {"words": ""}).status_code == 400
    assert resident.post(f"/volunteering/claims/{claim.pk}/deliver/", {"words": "做好了"}).status_code == 302
    assert resident.post(f"{address}confirm/").status_code == 403
    assert worker.post(f"{address}confirm/").status_code == 302
    row.refresh_from_db()
    assert row.stage == "confirmed"
    assert worker.post(f"{address}nothing/").status_code == 404


def test_a_project_of_the_incubator_graduates_step_by_step(cast: Cast, worker: Client) -> None:
    team = team_made(cast.places["community"])
    given = {"team": team.pk, "name": "巷理事", "aim": "小巷自己管"}
    assert worker.post("/volunteering/projects/propose/", given).status_code == 302
    row = ServiceProject.objects.get()
    address = f"/volunteering/projects/{row.pk}/"
    said = {"words": "可行", "panel": "街道党工委、社区居委会"}
    assert worker.post(f"{address}review/", {"verdict": "graduate", **said}).status_code == 400
    assert worker.post(f"{address}review/", {"verdict": "support", **said}).status_code == 302
    assert worker.post(f"{address}review/", {"verdict": "graduate", **said}).status_code == 302
    assert worker.post(f"{address}group/", {"teams": [team.pk]}).status_code == 302
    assert "邻里互助队" in worker.get(address).content.decode()
    assert worker.post(f"{address}activity/", {"activity": "5"}).status_code == 400


def test_a_post_is_asked_for_and_assigned(cast: Cast, worker: Client, resident: Client) -> None:
    given = {"place": cast.places["community"].pk, "name": "百姓学堂讲师", "seats": "1", "term_months": "6"}
    assert worker.post("/volunteering/posts/new/", given).status_code == 302
    resident.post("/volunteering/mine/register/", filled(cast))
    address = f"/volunteering/posts/{VolunteerPost.objects.get().pk}/"
    assert resident.post(f"{address}ask/").status_code == 302
    row = PostAssignment.objects.get()
    assert resident.post(f"/volunteering/assignments/{row.pk}/assign/").status_code == 403
    assert worker.post(f"/volunteering/assignments/{row.pk}/assign/").status_code == 302
    assert "尤**" in worker.get(address).content.decode()
    assert resident.post(f"/volunteering/assignments/{row.pk}/leave/").status_code == 302
    assert worker.post(f"{address}close/").status_code == 302
    assert resident.post(f"{address}ask/").status_code == 409


@pytest.mark.parametrize("page", ["teams", "corps", "projects", "posts", "support", "support/new", "projects/brand"])
def test_lists_are_there_and_ask_few_questions(
    cast: Cast, worker: Client, page: str, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    community = cast.places["community"]
    for number in range(3):
        team_made(community, f"队{number}")
        projects.micro_post(actor=SYSTEM, place_id=community.pk, proposal=Proposal(f"项目{number}"))
        posts.post_open(actor=SYSTEM, place_id=community.pk, opening=Opening(f"岗位{number}"))
    with django_assert_max_num_queries(16):
        assert worker.get(f"/volunteering/{page}/").status_code == 200


def test_the_public_page_names_no_member(cast: Cast, client: Client) -> None:
    community = cast.places["community"]
    member_made(team_made(community, leader="尤队长"), volunteer_made(community, "尤队员"), lead=True)
    text = client.get(f"/public/volunteering/{community.code}/").content.decode()
    assert "邻里互助队" in text
    assert "尤" not in text
    assert client.get("/public/volunteering/1/").status_code == 404


def test_visitors_are_asked_to_sign_in(client: Client) -> None:
    assert client.get("/volunteering/mine/").status_code == 302
    assert client.get("/volunteering/").status_code == 404


def test_the_person_is_the_account_s_own(cast: Cast, resident: Client) -> None:
    resident.post("/volunteering/mine/register/", filled(cast))
    user = User.objects.get(pk=cast.users["resident"].pk)
    assert actor_of(user).person_id == Volunteer.objects.get().person_id
