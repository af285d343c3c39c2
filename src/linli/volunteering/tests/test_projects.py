"""Projects, claims, posts and support as operations: stages in order, one lead, seats, each refusal."""

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from linli.accounts.testing import Cast
from linli.activities.models import Activity
from linli.core import clock
from linli.core.actors import Actor
from linli.core.errors import DomainError
from linli.core.models import WorkItem
from linli.organizations.models import Organization
from linli.volunteering.models import ServiceProject, SupportRecord, Volunteer
from linli.volunteering.operations import claims, posts, projects, teams
from linli.volunteering.operations.posts import Opening, Support, months_after
from linli.volunteering.operations.projects import Proposal, Verdict
from linli.volunteering.queries.projects import project_page
from linli.volunteering.queries.teams import corps
from linli.volunteering.tests.volunteers import member_made, team_made, volunteer_made
from linli.volunteering.workflow import PROJECTS

pytestmark = pytest.mark.django_db
SHELF = Proposal("楼道小书架", "做一个书架")


def code_of(operation: Callable[..., Any], **values: Any) -> str:
    """The code with which an operation refuses; empty where it does not."""
    try:
        operation(**values)
    except DomainError as error:
        return error.code
    return ""


def someone(volunteer: Volunteer) -> Actor:
    """A volunteer with an account and no post."""
    return Actor(key=f"user:{volunteer.pk}", label="", user_id=volunteer.pk, person_id=volunteer.person_id)


@pytest.fixture
def people(cast: Cast) -> list[Volunteer]:
    return [volunteer_made(cast.places["community"], f"尤{number}") for number in range(3)]


@pytest.fixture
def micro(cast: Cast) -> ServiceProject:
    return projects.micro_post(actor=cast.community_worker, place_id=cast.places["community"].pk, proposal=SHELF)


def owed(kind: str) -> int:
    return WorkItem.objects.filter(kind=kind, ended=None).count()


@pytest.mark.parametrize(
    ("stage", "verdict", "leads_to"),
    [
        ("idea", "support", "incubating"),
        ("idea", "improve", "idea"),
        ("idea", "graduate", ""),
        ("idea", "close", "closed"),
        ("incubating", "improve", "incubating"),
        ("incubating", "graduate", "graduated"),
        ("incubating", "support", ""),
        ("graduated", "graduate", ""),
        ("graduated", "close", "closed"),
        ("closed", "support", ""),
    ],
)
def test_the_stages_of_the_incubator_are_in_order(stage: str, verdict: str, leads_to: str) -> None:
    refused = code_of(PROJECTS.step, state=stage, verb=verdict)
    assert refused == ("" if leads_to else "service_project.state")
    if leads_to:
        assert PROJECTS.step(stage, verdict) == leads_to


def test_a_panel_reviews_what_a_team_proposes(cast: Cast) -> None:
    team = team_made(cast.places["community"])
    row = projects.project_propose(actor=cast.community_worker, team_id=team.pk, proposal=Proposal("巷理事"))
    assert owed("volunteering.review") == 1
    given = {"actor": cast.community_worker, "project_id": row.pk}
    early = Verdict("graduate", "可行", "街道")
    assert code_of(projects.project_review, **given, verdict=early) == "service_project.state"
    assert code_of(projects.project_review, **given, verdict=Verdict("x", "可行", "街道")) == "project.verdict"
    assert code_of(projects.project_review, **given, verdict=Verdict("support", "", "街道")) == "project.words"
    assert code_of(projects.project_review, **given, verdict=Verdict("support", "可行", "")) == "project.panel"
    far = {"actor": cast.outsider, "project_id": row.pk}
    assert code_of(projects.project_review, **far, verdict=Verdict("support", "可行", "街道")) == "project.not_yours"
    assert code_of(projects.project_propose, actor=cast.outsider, team_id=team.pk, proposal=SHELF) == (
        "project.not_yours"
    )
    for verdict in ("support", "graduate"):
        projects.project_review(
            actor=cast.community_worker, project_id=row.pk, verdict=Verdict(verdict, "可行", "街道")
        )
    row.refresh_from_db()
    assert (row.stage, row.graduated_on, row.reviews.count()) == ("graduated", clock.today(), 2)
    assert owed("volunteering.review") == 0


def test_a_brand_counts_what_its_teams_and_chosen_activities_did(cast: Cast) -> None:
    community = cast.places["community"]
    team, other = team_made(community), team_made(community, "另一队")
    far = team_made(cast.places["far_community"])
    make = {"actor": cast.community_worker, "place_id": community.pk, "proposal": Proposal("彩虹桥")}
    assert code_of(projects.brand_make, **make, team_ids=[far.pk]) == "project.teams"
    brand = projects.brand_make(**make, team_ids=[team.pk])  # type: ignore[arg-type]
    held = {"day": clock.today(), "place": community, "state": "held", "served": 10, "volunteers": 3}
    Activity.objects.create(**held, organization=team)
    Activity.objects.create(**{**held, "day": clock.today() - timedelta(days=9)}, organization=team)
    chosen = Activity.objects.create(**held, organization=other)
    results = project_page(cast.community_worker, brand.pk).results
    assert results is not None
    assert (results.held, results.served) == (1, 10)
    projects.brand_add_activity(actor=cast.community_worker, project_id=brand.pk, activity_id=chosen.pk)
    results = project_page(cast.community_worker, brand.pk).results
    assert results is not None
    assert (results.held, results.served, results.volunteers) == (2, 20, 6)


def test_one_leads_a_claim_and_the_desk_confirms(cast: Cast, micro: ServiceProject, people: list[Volunteer]) -> None:
    first, second = someone(people[0]), someone(people[1])
    assert code_of(claims.project_claim, actor=cast.resident, project_id=micro.pk) == "volunteer.not_registered"
    lead = claims.project_claim(actor=first, project_id=micro.pk)
    joined = claims.project_claim(actor=second, project_id=micro.pk)
    assert (lead.lead, joined.lead) == (True, False)
    assert code_of(claims.project_claim, actor=first, project_id=micro.pk) == "project.twice"
    assert code_of(claims.project_deliver, actor=second, claim_id=joined.pk, words="好了") == "project.not_lead"
    assert code_of(claims.project_deliver, actor=second, claim_id=lead.pk, words="好了") == "not_found"
    claims.claim_release(actor=first, claim_id=lead.pk)
    joined.refresh_from_db()
    assert joined.lead
    claims.project_deliver(actor=second, claim_id=joined.pk, words="好了")
    assert owed("volunteering.confirm") == 1
    confirm = {"project_id": micro.pk, "accepted": True}
    assert code_of(claims.project_confirm, actor=second, **confirm) == "project.not_yours"
    claims.project_confirm(actor=cast.community_worker, project_id=micro.pk, accepted=False)
    claims.project_deliver(actor=second, claim_id=joined.pk, words="真的好了")
    row = claims.project_confirm(actor=cast.community_worker, project_id=micro.pk, accepted=True)
    assert (row.stage, row.ended_on, owed("volunteering.confirm")) == ("confirmed", clock.today(), 0)
    assert code_of(claims.project_claim, actor=first, project_id=micro.pk) == "service_project.state"


def test_a_claim_that_is_given_back_opens_the_project(
    cast: Cast, micro: ServiceProject, people: list[Volunteer]
) -> None:
    own = someone(people[0])
    claim = claims.project_claim(actor=own, project_id=micro.pk)
    assert code_of(projects.micro_withdraw, actor=cast.community_worker, project_id=micro.pk) == "service_project.state"
    claims.claim_release(actor=own, claim_id=claim.pk)
    micro.refresh_from_db()
    assert micro.stage == "open"
    row = projects.micro_withdraw(actor=cast.community_worker, project_id=micro.pk)
    assert row.stage == "closed"


def test_a_body_claims_by_who_holds_a_post_in_it(cast: Cast, micro: ServiceProject) -> None:
    body = (
        Organization.objects.filter(pk__in=cast.department.organization_ids).first()
        if hasattr(cast, "department")
        else None
    )
    given = {"actor": cast.resident, "project_id": micro.pk, "organization_id": 1}
    assert code_of(claims.project_claim, **given) == "project.not_yours"
    if body is not None:
        assert claims.project_claim(actor=cast.department, project_id=micro.pk, organization_id=body.pk).lead


def test_a_post_has_as_many_holders_as_seats(cast: Cast, people: list[Volunteer]) -> None:
    worker, place = cast.community_worker, cast.places["community"]
    assert code_of(posts.post_open, actor=cast.outsider, place_id=place.pk, opening=Opening("学堂")) == (
        "volunteer.not_yours"
    )
    bad = Opening("学堂", seats=0)
    assert code_of(posts.post_open, actor=worker, place_id=place.pk, opening=bad) == "volunteer_post.numbers"
    row = posts.post_open(actor=worker, place_id=place.pk, opening=Opening("学堂", "讲课", ["teaching"], 1, 6))
    asked = [posts.post_ask(actor=someone(person), post_id=row.pk) for person in people[:2]]
    assert owed("volunteering.assign") == 1
    assert code_of(posts.post_ask, actor=someone(people[0]), post_id=row.pk) == "volunteer_post.twice"
    assert code_of(posts.post_assign, actor=cast.outsider, assignment_id=asked[0].pk) == "not_found"
    held = posts.post_assign(actor=worker, assignment_id=asked[0].pk)
    assert held.ends == months_after(clock.today(), 6)
    assert code_of(posts.post_assign, actor=worker, assignment_id=asked[0].pk) == "volunteer_post.state"
    assert code_of(posts.post_assign, actor=worker, assignment_id=asked[1].pk) == "volunteer_post.full"
    posts.post_leave(actor=someone(people[0]), assignment_id=held.pk)
    held = posts.post_assign(actor=worker, assignment_id=asked[1].pk)
    assert owed("volunteering.assign") == 0
    held.ends = clock.today() - timedelta(days=1)
    held.save()
    assert (posts.terms_end(), posts.terms_end()) == (1, 0)


@pytest.mark.parametrize(
    ("begin", "months", "last"),
    [
        (date(2026, 1, 1), 12, date(2026, 12, 31)),
        (date(2026, 1, 31), 1, date(2026, 2, 27)),
        (date(2028, 2, 29), 12, date(2029, 2, 27)),
        (date(2026, 11, 29), 6, date(2027, 5, 28)),
    ],
)
def test_a_term_ends_the_day_before_it_comes_round(begin: date, months: int, last: date) -> None:
    assert months_after(begin, months) == last


def test_support_is_written_down_for_social_organisations(cast: Cast) -> None:
    community = cast.places["community"]
    kind = Organization.Type.SOCIAL
    body = Organization.objects.create(type=kind, name="书画社", place=community, path="/999999/")
    given = Support("funds", "活动经费", clock.today(), Decimal("500.50"))
    row = posts.support_give(actor=cast.community_worker, organization_id=body.pk, support=given)
    assert (row.amount_fen, row.amount) == (50050, Decimal("500.5"))
    refused: list[tuple[Support, str]] = [
        (Support("x", "经费", clock.today()), "support.kind"),
        (Support("funds", "", clock.today()), "support.what"),
        (Support("funds", "经费", clock.today() + timedelta(days=1)), "support.day"),
        (Support("funds", "经费", clock.today(), Decimal(0)), "support.amount"),
    ]
    for support, code in refused:
        call = {"actor": cast.community_worker, "organization_id": body.pk, "support": support}
        assert code_of(posts.support_give, **call) == code
    assert code_of(posts.support_give, actor=cast.outsider, organization_id=body.pk, support=given) == (
        "volunteer.not_yours"
    )
    assert SupportRecord.objects.count() == 1


def test_who_leads_a_team_answers_who_asks(cast: Cast, people: list[Volunteer]) -> None:
    team = team_made(cast.places["community"])
    lead = member_made(team, people[0], lead=True)
    asked = teams.membership_ask(actor=someone(people[1]), team_id=team.pk)
    assert owed("volunteering.join") == 1
    assert code_of(teams.membership_ask, actor=someone(people[1]), team_id=team.pk) == "team.twice"
    assert code_of(teams.membership_accept, actor=someone(people[2]), membership_id=asked.pk) == "not_found"
    assert code_of(teams.membership_accept, actor=someone(people[1]), membership_id=asked.pk) == "team.not_yours"
    assert teams.membership_accept(actor=someone(people[0]), membership_id=asked.pk).state == "member"
    assert code_of(teams.membership_accept, actor=someone(people[0]), membership_id=asked.pk) == "team.state"
    assert owed("volunteering.join") == 0
    assert code_of(teams.membership_lead, actor=someone(people[0]), membership_id=lead.pk, lead=False) == (
        "volunteer.not_yours"
    )
    assert teams.membership_leave(actor=someone(people[1]), membership_id=asked.pk).state == "left"
    again = teams.membership_ask(actor=someone(people[1]), team_id=team.pk)
    assert teams.membership_decline(actor=cast.community_worker, membership_id=again.pk).state == "declined"
    assert code_of(teams.membership_add, actor=cast.community_worker, team_id=team.pk, number="?") == "team.number"
    number = people[2].number
    assert teams.membership_add(actor=cast.community_worker, team_id=team.pk, number=number).state == "member"
    own = teams.membership_ask(actor=someone(people[1]), team_id=team.pk)
    own.lead = False
    assert code_of(teams.membership_accept, actor=someone(people[1]), membership_id=own.pk) == "team.not_yours"
    team.until = clock.today()
    team.save()
    assert code_of(teams.membership_ask, actor=someone(people[2]), team_id=team.pk) == "team.ended"


def test_the_corps_shows_each_level_beside_what_was_reported(cast: Cast) -> None:
    top = team_made(cast.places["county"], "总队", level="总队")
    for number in range(3):
        child = team_made(cast.places["street"], f"支队{number}", level="支队", parent=top)
        Organization.objects.filter(pk=child.pk).update(path=f"{top.path}{child.pk}/")
    found = corps()
    assert dict(found.totals)["支队"] == 3
    assert [(item.depth, item.below) for item in found.branches if item.team.name == "总队"] == [(0, 3)]
    assert (found.counted, found.differs) == (sum(many for _name, many in found.totals), 0)
