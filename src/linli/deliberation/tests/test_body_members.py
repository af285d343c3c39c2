"""Residents who propose a body, titles and posts of its members, who serves again, bodies that nobody recorded."""

from functools import partial
from typing import Any

import pytest
from django.test import Client

from linli.accounts.models import Look, User
from linli.accounts.operations.issuing import person_account
from linli.accounts.queries import actor_of
from linli.accounts.testing import Cast
from linli.core import clock
from linli.core.actors import SYSTEM, VISITOR
from linli.core.models import Entry, WorkItem
from linli.deliberation.models import BodyCandidate, BodyFounding
from linli.deliberation.operations import bodies as operations
from linli.deliberation.operations import body_elections as elections
from linli.deliberation.operations.bodies import Proposal
from linli.deliberation.operations.body_elections import Result
from linli.deliberation.queries.deciding import members_of
from linli.deliberation.tests.bodied import NAMES, elected, own_count
from linli.deliberation.tests.test_bodies import code_of, owed
from linli.organizations.models import Person, Post
from linli.organizations.operations.bodies import Sketch, organization_create
from linli.records.operations.profiles import content_apply, content_faults
from linli.records.tests.test_import_pages import signed_in as sign_in

PLACE = {"name": "清河县邻里", "root": "990901"}
GROUP = {
    "code": "self_management_committee",
    "label": "院委会",
    "head_title": "院长",
    "member_title": "院委",
    "head_post": "self_government_member",
}


@pytest.fixture
def today(db: None) -> Any:
    with clock.frozen("2026-03-02T10:00") as held:
        yield held


@pytest.mark.usefixtures("today")
def test_residents_propose_a_body_and_are_owed_an_answer(cast: Cast) -> None:
    propose = partial(operations.body_propose, actor=VISITOR, place_id=cast.places["compound"].pk)
    kind = "self_management_committee"
    for proposal, code in (
        (Proposal(kind, "自管会", proposed_by="community"), "body.not_yours"),
        (Proposal(kind, "自管会", contact="10012340001"), "body.contact"),
        (Proposal(kind, "自管会", "找张三13812345678"), "body.personal"),
        (Proposal("army", "自管会"), "body.kind"),
    ):
        assert code_of(propose, proposal=proposal) == code
    row = propose(proposal=Proposal(kind, "自管会", contact="10012340001", consent=True))
    assert (row.recorder, row.proposed_by, owed(row)) == ("visitor", "residents", ["body.answer"])
    assert Entry.objects.get(operation="body_founding.propose").actor == "visitor"
    look = partial(operations.body_contact, founding_id=row.pk)
    assert code_of(look, actor=cast.outsider, reason="x") == "not_found"
    assert code_of(look, actor=cast.community_worker, reason="") == "look.reason_missing"
    assert look(actor=cast.community_worker, reason="约时间") == "10012340001"
    assert Look.objects.get(subject_type="body_founding").reason == "约时间"
    row = operations.body_register(actor=cast.secretary, founding_id=row.pk, evidence=own_count())
    assert (row.contact, owed(row)) == (None, ["body.elect"])
    other = propose(proposal=Proposal(kind, "另一个", contact="10012340001", consent=True))
    dropped = operations.body_drop(actor=cast.community_worker, founding_id=other.pk, reason="已有一个")
    assert (dropped.contact, owed(dropped)) == (None, [])


@pytest.mark.usefixtures("today")
def test_a_body_is_proposed_on_the_public_page(cast: Cast) -> None:
    anybody, desk = Client(), sign_in(cast, Client(), "community_worker")
    address = "/public/bodies/990901001001/propose/"
    sent = {"place": cast.places["compound"].pk, "kind": "property_committee", "name": "物管会", "purpose": "管好院子"}
    assert anybody.get(address).status_code == 200
    assert anybody.get("/public/bodies/990901001/propose/").status_code == 404
    assert anybody.post(address, {**sent, "name": ""}).status_code == 400
    assert anybody.post(address, {**sent, "contact": "10012340001"}).status_code == 400
    assert anybody.post(address, {**sent, "contact": "10012340001", "consent": "on"}).status_code == 200
    row = BodyFounding.objects.get()
    assert WorkItem.objects.get(kind="body.answer").subject_id == row.pk
    page = desk.get(f"/bodies/{row.pk}/")
    assert ("100****0001" in page.text, "10012340001" in page.text) == (True, False)
    shown = desk.post(f"/bodies/{row.pk}/contact/", {"reason": "约时间"})
    assert "10012340001" in shown.text
    assert "物管会" not in anybody.get("/public/bodies/990901001001/").text


@pytest.mark.usefixtures("today")
def test_members_bear_the_titles_and_posts_of_their_kind(cast: Cast) -> None:
    usual = elected(cast)
    held = {post.title: post.kind for post in Post.objects.filter(organization=usual.organization)}
    assert held == {"主任": "self_government_head", "委员": "self_government_member"}
    content_apply(actor=SYSTEM, content={"place": PLACE, "bodies": {"kinds": [GROUP]}})
    other = elected(cast, place="far_compound")
    held = {post.title: post.kind for post in Post.objects.filter(organization=other.organization)}
    assert held == {"院长": "self_government_member", "院委": "self_government_member"}


@pytest.mark.usefixtures("today")
def test_a_director_may_what_the_post_says_for_the_term_and_at_this_place_alone(cast: Cast) -> None:
    row = elected(cast)
    head = members_of(row).get(title="主任")
    account = person_account(actor=SYSTEM, person_id=head.person_id or 0)
    actor = actor_of(User.objects.get(pk=account.pk))
    compound, far = cast.places["compound"].path, cast.places["far_compound"].path
    assert (actor.reaches("funds.keep", path=compound), actor.reaches("funds.keep", path=far)) == (True, False)
    assert not actor.can("bodies.keep")
    with clock.frozen("2029-03-03T10:00"):
        assert not actor_of(User.objects.get(pk=account.pk)).can("funds.keep")


@pytest.mark.usefixtures("today")
def test_who_serves_again_is_the_same_person_whatever_the_name(cast: Cast) -> None:
    row = elected(cast)
    before = {post.person_id for post in members_of(row)}
    head, second = members_of(row).get(title="主任"), members_of(row).filter(title="委员")[0]
    Person.objects.filter(pk=head.person_id or 0).update(name="秦守成")
    with clock.frozen("2029-02-02T10:00"):
        election = elections.body_call(actor=SYSTEM, founding_id=row.pk)
        add = partial(elections.candidate_add, actor=SYSTEM, election_id=election.pk)
        assert code_of(add, serving=cast.posts["grid_worker"].pk, role="head") == "body.who"
        again = add(serving=head.pk, role="head")
        assert (again.name, again.person_id) == ("秦守成", head.person_id)
        assert code_of(add, serving=head.pk, role="member") == "body.candidate_twice"
        # A name that a member bears means that member, unless it is said to be somebody else.
        assert add(name=second.person.name if second.person else "", role="member").person_id == second.person_id
        new = add(name=NAMES[2][0], role="member", other=True)
        assert new.person_id is None
        chosen = list(BodyCandidate.objects.filter(election=election).values_list("pk", flat=True))
        elections.election_hold(actor=SYSTEM, election_id=election.pk, result=Result(own_count(), chosen))
        row.refresh_from_db()
        after = {post.person_id for post in members_of(row)}
    assert (len(after), after & before) == (3, {head.person_id, second.person_id})


@pytest.mark.usefixtures("today")
def test_several_of_one_name_are_told_apart(cast: Cast) -> None:
    row = elected(cast)
    Person.objects.filter(pk__in=[post.person_id or 0 for post in members_of(row)][1:]).update(name="王伟")
    election = elections.body_call(actor=SYSTEM, founding_id=row.pk)
    assert (
        code_of(elections.candidate_add, actor=SYSTEM, election_id=election.pk, name="王伟", role="member")
        == "body.who"
    )


@pytest.mark.usefixtures("today")
def test_bodies_of_the_roster_are_listed_with_no_founding_recorded(cast: Cast) -> None:
    elected(cast)
    place = cast.places["compound"].pk
    organization_create(actor=SYSTEM, sketch=Sketch("self_government_body", "老院自治小组", place))
    desk = sign_in(cast, Client(), "community_worker")
    page = desk.get("/bodies/")
    assert (page.context["without"], "老院自治小组" in page.text) == (1, False)
    listed = desk.get("/bodies/?term=unrecorded")
    assert [body.name for body in listed.context["bodies"]] == ["老院自治小组"]
    assert "老院自治小组" in Client().get("/public/bodies/990901001001/").text
    assert sign_in(cast, Client(), "outsider").get("/bodies/?term=unrecorded").context["bodies"] == []


def test_a_profile_that_names_no_post_is_refused(db: None) -> None:
    """The post of a director must be one that the place has."""
    content = {"place": PLACE, "bodies": {"kinds": [{**GROUP, "head_post": "king"}]}}
    assert [fault.message for fault in content_faults(content) if "post" in fault.message] == ["post.unknown: king"]
