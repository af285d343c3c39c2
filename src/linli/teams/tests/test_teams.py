"""Teams as operations: their life, who leads and who keeps, who belongs, calls and answers, what a kind asks for."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from pydantic import ValidationError

from linli.accounts.testing import Cast
from linli.cases.models import Case
from linli.cases.queries.beside import beside
from linli.core import clock
from linli.core.actors import SYSTEM
from linli.core.errors import DomainError
from linli.core.models import Entry, WorkItem
from linli.messaging.models import Message
from linli.organizations.models import Organization, Post
from linli.records.figures import compute
from linli.records.operations.profiles import content_apply
from linli.records.profiles import current
from linli.teams.models import CallAnswer, TaskTeam, TeamMember
from linli.teams.operations import doing
from linli.teams.operations import teams as operations
from linli.teams.operations.doing import Joining
from linli.teams.policies import members_visible_to, teams_visible_to
from linli.teams.queries import short_teams
from linli.teams.sections import KINDS, TeamsSection, section, shortfalls
from linli.teams.tests.teamed import DAY, at, called, formed, joined, person, whole
from linli.teams.workflow import TEAM

pytestmark = pytest.mark.django_db
JOINT = next(kind for kind in KINDS if kind.code == "joint_team")


def code_of(operation: Callable[..., Any], **values: Any) -> str:
    """The code with which an operation refuses; empty where it does not."""
    try:
        operation(**values)
    except DomainError as error:
        return error.code
    return ""


def owed() -> list[int | None]:
    items = WorkItem.objects.filter(kind="task_team.end", subject_type="task_team", ended=None)
    return list(items.values_list("post_id", flat=True))


def test_the_life_of_a_team_is_this_and_no_other() -> None:
    moves = [(move.verb, move.frm, move.to) for move in TEAM.moves if move.to]
    assert moves == [("dissolve", ("active",), "dissolved")]
    assert all(move.frm == ("active",) for move in TEAM.moves)


def test_a_team_is_known_to_the_roster_until_it_is_dissolved(cast: Cast) -> None:
    branch = cast.bodies["party"].pk
    team = formed(cast, kind="project_team", name="加装电梯项目组", parent_id=branch)
    body = team.organization
    assert (body.type, body.kind, body.members, body.parent_id) == ("task_force", "党员项目组", 1, branch)
    # Who leads it is for the team and its community to know.
    assert body.leader == ""
    assert Message.objects.filter(user=cast.users["secretary"], kind="task_team.named").count() == 1
    joined(cast, team)
    assert code_of(operations.team_dissolve, actor=cast.secretary, team_id=team.pk, outcome=" ") == "team.outcome"
    assert code_of(operations.team_dissolve, actor=cast.secretary, team_id=team.pk, outcome="两部电梯开工") == ""
    body.refresh_from_db()
    assert (body.members, body.state, body.until) == (3, "dissolved", clock.today())
    assert Entry.objects.filter(operation__in=("task_team.form", "task_team.dissolve"), subject_id=team.pk).count() == 2
    for verb, more in (
        (doing.team_join, {"joining": Joining((), "某人", "owner")}),
        (doing.team_log, {"on": clock.today(), "what": "x"}),
        (doing.team_call, {"what": "x", "venue": "x", "at": at(9)}),
        (operations.team_prolong, {"until": clock.today() + 90 * DAY}),
        (operations.team_dissolve, {"outcome": "又一次"}),
    ):
        assert code_of(verb, actor=cast.secretary, team_id=team.pk, **more) == "team.state"


def test_teams_that_are_none(cast: Cast) -> None:
    wrongs: tuple[tuple[dict[str, Any], str], ...] = (
        ({"kind": "watch"}, "team.kind"),
        ({"name": " "}, "team.name"),
        ({"task": ""}, "team.task"),
        ({"task": "长" * 301}, "team.task"),
        ({"planned_end": date(2026, 3, 1)}, "team.days"),
        ({"begins_on": date(2026, 5, 1)}, "team.days"),
        ({"lead_id": 0}, "team.lead"),
        ({"lead_id": person(cast, "outsider")}, "team.lead"),
        ({"capacity": "chief"}, "team.capacity"),
        ({"parent_id": -1}, "not_found"),
        ({"place_id": -1}, "not_found"),
    )
    assert [code_of(formed, cast=cast, **more) for more, _code in wrongs] == [code for _more, code in wrongs]
    assert not TaskTeam.objects.exists()
    assert not Organization.objects.filter(type="task_force").exists()


def test_whoever_keeps_teams_forms_them_there_and_no_name_twice(cast: Cast) -> None:
    for role in ("grid_worker", "property_handler", "leader", "outsider", "resident"):
        assert code_of(formed, cast=cast, role=role) == "not_found", role
    team = formed(cast)
    assert code_of(formed, cast=cast) == "team.once"
    operations.team_dissolve(actor=cast.secretary, team_id=team.pk, outcome="停车线画好了")
    assert code_of(formed, cast=cast) == ""


def test_the_lead_acts_for_the_team_and_members_only_answer(cast: Cast) -> None:
    team = joined(cast, formed(cast, lead_id=person(cast, "grid_lead")))
    done = {"on": clock.today(), "what": "劝导乱停车", "number": 12}
    assert code_of(doing.team_log, actor=cast.grid_lead, team_id=team.pk, **done) == ""
    assert code_of(doing.team_log, actor=cast.community_worker, team_id=team.pk, **done) == ""
    assert code_of(doing.team_log, actor=cast.grid_worker, team_id=team.pk, **done) == "team.not_yours"
    assert code_of(doing.team_log, actor=cast.building_head, team_id=team.pk, **done) == "not_found"
    assert code_of(doing.team_log, actor=cast.outsider, team_id=team.pk, **done) == "not_found"
    for wrong, code in (
        ({"on": clock.today() + DAY}, "team.result_day"),
        ({"on": team.begins_on - DAY}, "team.result_day"),
        ({"what": ""}, "team.result"),
        ({"number": -1}, "team.number"),
    ):
        assert code_of(doing.team_log, actor=cast.grid_lead, team_id=team.pk, **{**done, **wrong}) == code
    assert team.results.count() == 2


def test_names_that_are_only_names_go_when_their_bearers_leave(cast: Cast) -> None:
    team = joined(cast, formed(cast), ("property_handler",))
    joined(cast, team, (), "巷口小店店主", "merchant")
    join: dict[str, Any] = {"operation": doing.team_join, "actor": cast.secretary, "team_id": team.pk}
    for joining, code in (
        (Joining(), "team.nobody"),
        (Joining((), "某人"), "team.capacity"),
        (Joining((), "长" * 61, "owner"), "team.member_name"),
        (Joining((person(cast, "outsider"),)), "not_found"),
        (Joining((person(cast, "property_handler"),)), "team.member_twice"),
        (Joining((), "巷口小店店主", "owner"), "team.member_twice"),
    ):
        assert code_of(**join, joining=joining) == code
    assert list(team.members.order_by("pk").values_list("capacity", flat=True)) == [
        "committee_member",
        "property_employee",
        "merchant",
    ]
    shop = team.members.get(capacity="merchant")
    lead = team.members.get(person_id=team.lead_id)
    leave: dict[str, Any] = {"operation": doing.team_leave, "actor": cast.secretary, "team_id": team.pk}
    assert code_of(**leave, member_id=lead.pk) == "team.lead_leaves"
    assert [code_of(**leave, member_id=shop.pk), code_of(**leave, member_id=shop.pk)] == ["", "not_found"]
    shop.refresh_from_db()
    assert (shop.name, shop.until) == ("", clock.today())
    # Another lead is somebody who is known here; then the first may leave.
    joined(cast, team, (), "五单元业主", "owner")
    owner = team.members.get(capacity="owner")
    other = team.members.get(person_id=person(cast, "property_handler"))
    assert code_of(doing.team_lead, actor=cast.secretary, team_id=team.pk, member_id=owner.pk) == "team.lead"
    assert code_of(doing.team_lead, actor=cast.secretary, team_id=team.pk, member_id=other.pk) == ""
    assert code_of(**leave, member_id=lead.pk) == ""
    operations.team_dissolve(actor=cast.property_handler, team_id=team.pk, outcome="完成")
    assert not TeamMember.objects.exclude(name="").exists()


def test_a_call_reaches_members_and_nobody_has_to_answer(cast: Cast) -> None:
    team = whole(cast)
    for wrong, code in (
        ({"at": at(9, 0)}, "team.call_past"),
        ({"what": ""}, "team.call_what"),
        ({"venue": " "}, "team.call_venue"),
    ):
        given = {"what": "清理楼道", "venue": "3号楼前", "at": at(15), **wrong}
        assert code_of(doing.team_call, actor=cast.secretary, team_id=team.pk, **given) == code
    call = called(cast, team)
    told = set(Message.objects.filter(kind="task_team.called").values_list("user_id", flat=True))
    assert told == {cast.users[role].pk for role in ("property_handler", "grid_worker")}
    answer: dict[str, Any] = {"operation": doing.call_answer, "team_id": team.pk, "call_id": call.pk}
    assert code_of(**answer, actor=cast.grid_worker, coming=True) == ""
    assert code_of(**answer, actor=cast.grid_worker, coming=False) == ""
    assert code_of(**answer, actor=cast.property_handler, coming=True) == ""
    assert code_of(**answer, actor=cast.community_worker, coming=True) == "team.not_member"
    assert code_of(**answer, actor=cast.building_head, coming=True) == "not_found"
    assert list(CallAnswer.objects.order_by("pk").values_list("coming", flat=True)) == [False, True]
    with clock.frozen("2026-03-03T16:00"):
        assert code_of(**answer, actor=cast.grid_worker, coming=True) == "team.call_past"
        operations.teams_check()
        assert CallAnswer.objects.count() == 2
    # Once it is a week old, only a number is left.
    with clock.frozen("2026-03-11T06:20"):
        operations.teams_check()
    call.refresh_from_db()
    assert (call.coming, CallAnswer.objects.count()) == (1, 0)


def test_past_its_planned_end_the_lead_prolongs_or_dissolves(cast: Cast) -> None:
    team = formed(cast, planned_end=clock.today())
    assert (operations.teams_check(), owed()) == (0, [])
    with clock.frozen("2026-03-03T06:20"):
        assert [operations.teams_check(), operations.teams_check()] == [1, 0]
        assert owed() == [cast.posts["secretary"].pk]
        assert (
            code_of(operations.team_prolong, actor=cast.secretary, team_id=team.pk, until=clock.today()) == "team.until"
        )
        operations.team_prolong(actor=cast.secretary, team_id=team.pk, until=clock.today() + DAY)
        assert owed() == []
    with clock.frozen("2026-03-05T06:20"):
        # Whoever leads without a post any more leaves it to those who keep the teams here.
        Post.objects.filter(pk=cast.posts["secretary"].pk).update(until=clock.today())
        operations.teams_check()
        assert owed()[0] in {cast.posts[role].pk for role in ("community_worker", "second_worker")}
        operations.team_dissolve(actor=cast.community_worker, team_id=team.pk, outcome="完成")
        assert owed() == []


def test_a_matter_tells_which_teams_work_on_it(cast: Cast) -> None:
    team = formed(cast, lead_id=person(cast, "grid_lead"))
    near, far = (
        Case.objects.create(number=number, place=cast.places[place], received=clock.now(), received_on=clock.today())
        for number, place in (("近", "community"), ("远", "far_community"))
    )
    link: dict[str, Any] = {"operation": doing.team_link, "actor": cast.community_worker, "team_id": team.pk}
    assert [code_of(**link, number=number) for number in ("", far.number, near.number, near.number)] == [
        "team.matter",
        "team.matter",
        "",
        "team.matter_twice",
    ]
    assert [(item.name, item.pk) for item in beside(cast.community_worker, near.pk)] == [(team.name, team.pk)]
    assert [beside(viewer, near.pk) for viewer in (cast.outsider, cast.department_handler)] == [[], []]
    unlink: dict[str, Any] = {"operation": doing.team_unlink, "actor": cast.community_worker, "team_id": team.pk}
    assert [code_of(**unlink, case_id=near.pk), code_of(**unlink, case_id=near.pk)] == ["", "not_found"]


def test_names_are_for_the_team_and_its_community(cast: Cast) -> None:
    team = whole(cast)

    def seen(role: str) -> tuple[bool, bool]:
        actor = cast.again(role)
        members = TeamMember.objects.filter(members_visible_to(actor), team=team)
        return TaskTeam.objects.filter(teams_visible_to(actor), pk=team.pk).exists(), members.exists()

    assert seen("community_worker") == seen("grid_worker") == seen("property_handler") == (True, True)
    assert seen("leader") == (True, False)
    assert seen("outsider") == seen("building_head") == seen("resident") == (False, False)
    member = team.members.get(person_id=person(cast, "grid_worker"))
    with clock.frozen("2026-03-04T10:00"):
        doing.team_leave(actor=cast.secretary, team_id=team.pk, member_id=member.pk)
        assert seen("grid_worker") == (False, False)
        operations.team_dissolve(actor=cast.secretary, team_id=team.pk, outcome="完成")
        assert (seen("grid_worker"), seen("property_handler")) == ((False, False), (True, True))


@pytest.mark.parametrize(
    ("members", "lacks"),
    [
        ({"committee_member": 1, "property_employee": 1, "grid_worker": 1, "volunteer": 1}, []),
        ({"committee_member": 1, "property_employee": 1, "grid_worker": 1, "owner": 2, "merchant": 9, "other": 3}, []),
        ({"committee_member": 1, "property_employee": 1, "grid_worker": 1, "other": 4}, [("volunteer", 1, 0)]),
        ({"committee_member": 2, "property_employee": 1, "grid_worker": 1, "owner": 1}, [("committee_member", 0, 1)]),
        (
            {"grid_worker": 3, "merchant": 1},
            [("committee_member", 1, 0), ("property_employee", 1, 0), ("grid_worker", 0, 2)],
        ),
        ({}, [(code, 1, 0) for code in ("committee_member", "property_employee", "grid_worker", "volunteer")]),
    ],
)
def test_three_and_n(members: dict[str, int], lacks: list[tuple[str, int, int]]) -> None:
    assert [(item.need.of[0], item.missing, item.beyond) for item in shortfalls(JOINT, members)] == lacks


def test_the_page_and_the_figure_agree_on_who_falls_short(cast: Cast) -> None:
    needs = [
        {"of": "team_member", "on": "task_team", "where": {"capacity": code}, "exactly": 1}
        for code in ("committee_member", "property_employee", "grid_worker")
    ]
    others = {"capacity": ["volunteer", "owner", "merchant"]}
    needs.append({"of": "team_member", "on": "task_team", "where": others, "at_least": 1})
    joint = {"id": "joint", "label": "联建队伍", "of": "task_team", "where": {"kind": "joint_team"}, "period": "as_of"}
    kept = {
        "id": "kept",
        "label": "配齐",
        "share": {"of": "joint", "where": {"has": needs}},
        "decimals": 1,
        "unit": "%",
    }
    figures = {"figures": [{**joint, "measure": "count", "unit": "支"}, kept]}
    content_apply(actor=SYSTEM, content=lambda held: {**held, "figures": figures})
    whole(cast)
    formed(cast, name="春晓联建二队")
    both = joined(cast, whole(cast, name="春晓联建三队"), ("second_worker",), capacity="committee_member")
    formed(cast, name="春晓突击队", kind="task_force")
    lines = short_teams(cast.community_worker)
    assert [line.row.name for line in lines] == ["春晓联建三队", "春晓联建二队"]
    assert [(item.missing, item.beyond) for item in lines[0].lacks] == [(0, 1)]
    assert short_teams(cast.outsider) == []
    assert float(compute.compute("kept", clock.today()).value or 0) == 33.3
    extra = both.members.filter(capacity="committee_member").latest("pk")
    doing.team_leave(actor=cast.secretary, team_id=both.pk, member_id=extra.pk)
    assert float(compute.compute("kept", clock.today() + DAY).value or 0) == 66.7


def test_a_place_says_what_its_teams_need(cast: Cast) -> None:
    assert [need.wanted for need in JOINT.composition] == [1, 1, 1, 1]
    bare = {"kinds": [{"code": "patrol", "label": "巡逻队", "composition": [{"of": ["owner"], "at_least": 2}]}]}
    content_apply(actor=SYSTEM, content=lambda held: {**held, "teams": bare})
    assert current().section(TeamsSection) == section()
    team = formed(cast, kind="patrol")
    assert [(item.of, item.missing) for item in short_teams(cast.secretary)[0].lacks] == [("业主", 2)]
    assert team.organization.kind == "巡逻队"
    for wrong in ({"of": ["nobody"], "exactly": 1}, {"of": ["owner"]}, {"of": ["owner"], "exactly": 1, "at_least": 1}):
        with pytest.raises(ValidationError):
            TeamsSection.model_validate({"kinds": [{"code": "patrol", "label": "巡逻队", "composition": [wrong]}]})
