"""The life of a self-government body: proposed, registered, elected for a term, filed, ended; its pages."""

from collections.abc import Callable
from datetime import date, timedelta
from functools import partial
from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from linli.accounts.neighbourhood import neighbourhood
from linli.accounts.testing import Cast
from linli.core import clock
from linli.core.actors import SYSTEM
from linli.core.errors import DomainError
from linli.core.models import Entry, WorkItem
from linli.core.testing.fixtures import OwnDatabase
from linli.deliberation.models import BodyCandidate, BodyFounding
from linli.deliberation.operations import bodies as operations
from linli.deliberation.operations import body_elections as elections
from linli.deliberation.operations.bodies import Proposal
from linli.deliberation.operations.body_elections import Result
from linli.deliberation.operations.body_evidence import Evidence
from linli.deliberation.operations.body_ledgers import bodies_refused, body_founding_record_many
from linli.deliberation.queries.deciding import members_of
from linli.deliberation.tests.agreed import poll
from linli.deliberation.tests.bodied import NAMES, called, elected, own_count, proposed, registered
from linli.deliberation.tests.test_polls_at_once import answers
from linli.deliberation.workflow.bodies import ELECTION, FOUNDING
from linli.organizations.models import Organization, Post
from linli.records.tests.test_import_pages import signed_in as sign_in

START = "2026-03-02T10:00"


@pytest.fixture
def today(db: None) -> Any:
    with clock.frozen(START) as held:
        yield held


def code_of(operation: Callable[..., Any], **call: Any) -> str:
    with pytest.raises(DomainError) as caught:
        operation(**call)
    return caught.value.code


def owed(row: BodyFounding) -> list[str]:
    """The kinds of work that are owed of a body."""
    items = WorkItem.objects.filter(subject_type="body_founding", subject_id=row.pk, ended=None)
    return sorted(items.values_list("kind", flat=True))


def names_of(row: BodyFounding) -> list[str]:
    """Who the members are."""
    return sorted(str(post.person) for post in members_of(row))


def test_the_states_of_a_body_and_of_an_election() -> None:
    """Every move that there is, and no other."""
    moves = {(state, move.verb): move.to for move in FOUNDING.moves for state in move.frm}
    assert moves == {
        ("proposed", "register"): "registered",
        ("proposed", "drop"): "dropped",
        **{("registered", verb): None for verb in ("call", "leave", "file")},
        ("registered", "end"): "ended",
    }
    moves = {(state, move.verb): move.to for move in ELECTION.moves for state in move.frm}
    assert moves == {
        ("called", "nominate"): None,
        ("called", "strike"): None,
        ("called", "elect"): "held",
        ("called", "void"): "void",
    }


@pytest.mark.usefixtures("today")
def test_a_body_is_proposed_by_a_post_and_registered_by_the_roster(cast: Cast) -> None:
    worker, place = cast.community_worker, cast.places["compound"].pk
    call: dict[str, Any] = {"actor": worker, "place_id": place}
    for proposal, code in (
        (Proposal("nothing", "自管会"), "body.kind"),
        (Proposal("property_committee", " "), "body.name"),
        (Proposal("property_committee", "物管会", proposed_by="me"), "body.proposer"),
        (Proposal("property_committee", "物管会", purpose="好" * 501), "body.purpose"),
    ):
        assert code_of(operations.body_propose, proposal=proposal, **call) == code
    wanted = Proposal("property_committee", "物管会")
    row = operations.body_propose(proposal=wanted, **call)
    assert code_of(operations.body_propose, proposal=wanted, **call) == "body.twice"
    far = {"place_id": place, "proposal": Proposal("property_committee", "物管会", proposed_by="community")}
    assert code_of(operations.body_propose, actor=cast.outsider, **far) == "body.not_yours"
    community = cast.places["community"].pk
    assert code_of(operations.body_propose, actor=worker, place_id=community, proposal=wanted) == "not_found"
    register = partial(operations.body_register, founding_id=row.pk)
    assert code_of(register, actor=worker, evidence=own_count()) == "body.not_yours_to_register"
    assert code_of(register, actor=cast.outsider, evidence=own_count()) == "not_found"
    secretary = {"actor": cast.secretary}
    for evidence, code in (
        (own_count(100, 50, 50), "body.not_met"),
        (own_count(100, 60, 30), "body.not_met"),
        (own_count(50, 60, 30), "body.numbers"),
        (Evidence("own", 0, clock.today() + timedelta(days=1), 9, 9, 9), "body.day"),
        (Evidence("poll", 1), "body.evidence"),
        (Evidence("rumour"), "body.evidence"),
    ):
        assert code_of(register, evidence=evidence, **secretary) == code
    row = register(evidence=own_count(), branch_led=True, actor=cast.secretary)
    body = row.organization
    assert body is not None
    assert (body.type, body.name, body.kind, body.state) == ("self_government_body", "物管会", "物管会", "active")
    assert (row.state, row.decided_by, row.votes_for, owed(row)) == ("registered", "own", 50, ["body.elect"])
    assert code_of(register, evidence=own_count(), **secretary) == "body_founding.state"
    assert Entry.objects.filter(operation__startswith="body_founding.").count() == 2


@pytest.mark.usefixtures("today")
def test_owners_decide_by_a_vote_of_owners_and_one_vote_founds_one_body(cast: Cast) -> None:
    row = proposed(cast, kind="owners_committee")
    register = partial(operations.body_register, actor=SYSTEM, founding_id=row.pk)
    assert code_of(register, evidence=own_count()) == "body.owners_vote"
    plain, failed = poll(cast, "compound"), poll(cast, "compound", rule="owners_ordinary", met=False)
    assert code_of(register, evidence=Evidence("poll", plain.pk)) == "body.evidence"
    assert code_of(register, evidence=Evidence("poll", failed.pk)) == "body.not_met"
    good = poll(cast, "compound", rule="owners_ordinary")
    row = register(evidence=Evidence("poll", good.pk))
    assert (row.due, row.came, row.votes_for, row.decided_on) == (100, 60, 50, good.held)
    other = operations.body_propose(
        actor=SYSTEM, place_id=row.place_id, proposal=Proposal("owners_committee", "第二业委会")
    )
    call = {"actor": SYSTEM, "founding_id": other.pk, "evidence": Evidence("poll", good.pk)}
    assert code_of(operations.body_register, **call) == "body.used"


@pytest.mark.usefixtures("today")
def test_members_are_elected_for_a_term_and_hold_posts(cast: Cast) -> None:
    row = registered(cast)
    election = elections.body_call(actor=cast.community_worker, founding_id=row.pk)
    again = {"actor": cast.community_worker, "founding_id": row.pk}
    assert code_of(elections.body_call, **again) == "body.open_election"
    add = partial(elections.candidate_add, actor=cast.community_worker, election_id=election.pk)
    assert code_of(add, name="某人", role="king") == "body.role"
    people = [
        add(name=name, role=role, consent=consent).pk for name, role, consent in (*NAMES, ("落选", "member", True))
    ]
    assert code_of(add, name=NAMES[0][0], role="member") == "body.candidate_twice"
    hold = partial(elections.election_hold, election_id=election.pk)
    assert (
        code_of(hold, actor=cast.community_worker, result=Result(own_count(), people)) == "body.not_yours_to_register"
    )
    for result, code in (
        (Result(own_count(), []), "body.elected"),
        (Result(own_count(), people[:2]), "body.seats"),
        (Result(own_count(), people[1:]), "body.head"),
        (Result(own_count(), people[:3], date(2026, 3, 3)), "body.since"),
        (Result(own_count(100, 50, 50), people[:3]), "body.not_met"),
    ):
        assert code_of(hold, actor=cast.secretary, result=result) == code
    gone = add(name="退出", role="member").pk
    strike = partial(elections.candidate_strike, candidate_id=gone)
    assert code_of(strike, actor=cast.outsider) == "not_found"
    strike(actor=cast.community_worker)
    assert code_of(strike, actor=cast.community_worker) == "not_found"
    held = hold(actor=cast.secretary, result=Result(own_count(), people[:3]))
    row.refresh_from_db()
    assert (row.terms, row.since, row.until, row.term) == (1, date(2026, 3, 2), date(2029, 3, 2), "running")
    assert (held.stood, held.elected, owed(row)) == (4, 3, [])
    assert not BodyCandidate.objects.filter(name="落选").exists()
    posts = Post.objects.filter(organization=row.organization, until=row.until, confirmed=True)
    assert sorted(posts.values_list("title", "consent")) == [("主任", True), ("委员", False), ("委员", True)]
    assert code_of(hold, actor=cast.secretary, result=Result(own_count(), people[:3])) == "body_election.state"


@pytest.mark.usefixtures("today")
@pytest.mark.parametrize("ended", ["held", "void"])
def test_an_election_that_is_over_takes_nothing_more(cast: Cast, ended: str) -> None:
    row = registered(cast)
    election = called(row)
    first, *others = election.candidates.values_list("pk", flat=True)
    if ended == "held":
        elections.election_hold(
            actor=cast.secretary, election_id=election.pk, result=Result(own_count(), [first, *others])
        )
    else:
        elections.election_void(actor=cast.secretary, election_id=election.pk, reason="票数不对")
    over: dict[str, Any] = {"actor": cast.secretary, "election_id": election.pk}
    assert code_of(elections.candidate_add, name="何田", role="member", consent=True, **over) == "body_election.state"
    assert code_of(elections.election_void, reason="再来", **over) == "body_election.state"
    assert code_of(elections.election_hold, result=Result(own_count(), [first]), **over) == "body_election.state"
    code = code_of(elections.candidate_strike, actor=cast.secretary, candidate_id=first)
    # Who stood in a void one is forgotten.
    assert code == {"held": "body_election.state", "void": "not_found"}[ended]


@pytest.mark.usefixtures("today")
def test_who_leaves_is_followed_by_a_by_election(cast: Cast) -> None:
    row = elected(cast)
    post = members_of(row).get(person__name="韩冰")
    leave = partial(elections.member_leave, founding_id=row.pk, post_id=post.pk)
    assert code_of(leave, actor=cast.community_worker, reason="搬家") == "body.not_yours_to_register"
    assert code_of(leave, actor=cast.secretary, reason=" ") == "body.reason"
    with clock.frozen(clock.now() + timedelta(days=9)):
        leave(actor=cast.secretary, reason="搬家")
        assert code_of(leave, actor=cast.secretary, reason="搬家") == "not_found"
        election = called(row, "by", (("尤新", "member", True),))
        chosen = [election.candidates.get().pk]
        elections.election_hold(actor=cast.secretary, election_id=election.pk, result=Result(own_count(), chosen))
        row.refresh_from_db()
        assert (row.terms, names_of(row)) == (1, ["尤新", "秦守", "许立"])
        assert members_of(row).get(person__name="尤新").until == row.until


@pytest.mark.usefixtures("today")
def test_a_term_that_ends_is_owed_and_the_next_begins_with_those_who_serve_again(cast: Cast) -> None:
    row = elected(cast)
    first = members_of(row).get(person__name="秦守").person_id
    assert operations.bodies_check() == 0
    with clock.frozen("2029-01-20T08:00"):
        assert (operations.bodies_check(), operations.bodies_check()) == (1, 0)
        row.refresh_from_db()
        assert (row.term, owed(row)) == ("ending", ["body.elect"])
    with clock.frozen("2029-03-10T08:00"):
        assert (operations.bodies_check(), operations.bodies_check()) == (1, 0)
        row.refresh_from_db()
        # Whoever served last is still named, and a by-election needs a term.
        assert (row.term, names_of(row)) == ("over", ["秦守", "许立", "韩冰"])
        assert code_of(elections.body_call, actor=SYSTEM, founding_id=row.pk, kind="by") == "body.no_term"
        election = called(row, names=(("秦守", "head", True), ("卓文", "member", True), ("景明", "member", True)))
        chosen = list(election.candidates.values_list("pk", flat=True))
        elections.election_hold(actor=SYSTEM, election_id=election.pk, result=Result(own_count(), chosen))
        row.refresh_from_db()
        assert (row.terms, row.term, owed(row)) == (2, "running", [])
        assert names_of(row) == ["卓文", "景明", "秦守"]
        assert members_of(row).get(person__name="秦守").person_id == first


@pytest.mark.usefixtures("today")
def test_what_is_filed_is_filed_by_the_street_within_thirty_days(cast: Cast) -> None:
    row = registered(cast, kind="property_committee")
    names = (*NAMES, ("尤新", "member", True), ("卓文", "member", True))
    election = called(row, names=names)
    chosen = list(election.candidates.values_list("pk", flat=True))
    elections.election_hold(actor=SYSTEM, election_id=election.pk, result=Result(own_count(), chosen))
    row.refresh_from_db()
    assert (row.file_by, owed(row)) == (date(2026, 4, 1), ["body.file"])
    file = partial(operations.body_file, founding_id=row.pk, day=clock.today())
    assert code_of(file, actor=cast.secretary, number="1号") == "body.not_yours_to_receive"
    assert code_of(file, actor=cast.street_officer, number="") == "body.number"
    early = {"actor": cast.street_officer, "founding_id": row.pk, "number": "1号", "day": date(2026, 3, 1)}
    assert code_of(operations.body_file, **early) == "body.day"
    row = file(actor=cast.street_officer, number="街备1号")
    assert (row.filed_number, owed(row)) == ("街备1号", [])
    assert code_of(file, actor=cast.street_officer, number="街备1号") == "body.not_owed"


@pytest.mark.usefixtures("today")
def test_it_ends_with_its_posts_or_is_not_founded(cast: Cast) -> None:
    row, dropped = elected(cast), proposed(cast, "building")
    operations.body_drop(actor=cast.community_worker, founding_id=dropped.pk, reason="条件不成熟")
    drop = {"actor": cast.community_worker, "founding_id": row.pk, "reason": "不要了"}
    assert code_of(operations.body_drop, **drop) == "body_founding.state"
    end = partial(operations.body_end, founding_id=row.pk)
    assert code_of(end, actor=cast.community_worker, reason="并入") == "body.not_yours_to_register"
    far = registered(cast, place="far_compound").organization_id
    assert code_of(end, actor=cast.secretary, reason="并入", successor_id=far) == "body.successor"
    with clock.frozen(clock.now() + timedelta(days=3)):
        row = end(actor=cast.secretary, reason="小区拆迁")
        assert (row.state, Organization.objects.get(pk=row.organization_id or 0).state) == ("ended", "dissolved")
        assert names_of(row) == []
        assert code_of(end, actor=cast.secretary, reason="再来") == "body_founding.state"


@pytest.mark.usefixtures("today")
def test_a_ledger_brings_bodies_with_their_terms(cast: Cast) -> None:
    place = cast.places["compound"].pk
    row = {"name": "幸福小区业委会", "place": place, "kind": "owners_committee", "founded": date(2020, 1, 1)}
    row |= {"since": date(2021, 1, 1), "until": date(2026, 1, 1)}
    assert bodies_refused(rows=[row, {**row, "until": None}, {**row, "due": 5, "came": 6, "votes_for": 1}]) == {
        1: "body_founding.term",
        2: "body_founding.numbers",
    }
    first = body_founding_record_many(actor=SYSTEM, rows=[row])
    assert body_founding_record_many(actor=SYSTEM, rows=[row]) == first
    found = BodyFounding.objects.select_related("organization").get()
    assert (found.term, found.state, found.terms, found.organization and found.organization.kind) == (
        *("over", "registered", 1),
        "业委会",
    )
    assert Organization.objects.filter(name=row["name"]).count() == 1


@pytest.mark.usefixtures("today")
def test_the_pages_of_a_body_from_proposal_to_members(
    cast: Cast, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    worker, secretary = (sign_in(cast, Client(), who) for who in ("community_worker", "secretary"))
    sent = {"place": cast.places["compound"].pk, "kind": "self_management_committee", "name": "幸福自管会"}
    sent |= {"proposed_by": "residents", "purpose": "管好停车"}
    assert worker.post("/bodies/new/", {**sent, "name": ""}).status_code == 400
    assert worker.post("/bodies/new/", sent).status_code == 302
    row = BodyFounding.objects.get()
    page, public = f"/bodies/{row.pk}/", f"/public/bodies/{row.pk}/body/"
    assert Client().get(public).status_code == 404
    decided = {"source": "own.0", "on": "2026-03-01", "due": 40, "came": 30, "votes_for": 29}
    assert worker.post(f"{page}register/", decided).status_code == 403
    assert secretary.post(f"{page}register/", {**decided, "came": 10}).status_code == 400
    assert secretary.post(f"{page}register/", decided).status_code == 302
    election = worker.post(f"{page}call/", {"kind": "term"})["Location"]
    for name, role, consent in NAMES:
        candidate = {"name": name, "role": role} | ({"consent": "on"} if consent else {})
        assert worker.post(f"{election}nominate/", candidate).status_code == 302
    chosen = list(BodyCandidate.objects.values_list("pk", flat=True))
    assert secretary.post(f"{election}elect/", {**decided, "elected": chosen[:1]}).status_code == 409
    assert secretary.post(f"{election}elect/", {**decided, "elected": chosen}).status_code == 302
    shown = Client().get(public).content.decode()
    assert [name in shown for name, _role, _consent in NAMES] == [True, True, False]
    assert row.name in Client().get(f"/public/bodies/{cast.places['community'].code}/").content.decode()
    outsider = sign_in(cast, Client(), "outsider")
    assert (outsider.get(page).status_code, outsider.get(election).status_code) == (404, 404)
    for number in range(8):
        operations.body_propose(
            actor=SYSTEM, place_id=row.place_id, proposal=Proposal("property_committee", f"物管会{number}")
        )
    with django_assert_max_num_queries(14):
        assert row.name in worker.get("/bodies/?term=running").content.decode()
    assert row.name not in worker.get("/bodies/?term=over").content.decode()


def test_two_results_of_one_election_make_one_term(own_database: OwnDatabase) -> None:
    cast = neighbourhood()
    with clock.frozen(START):
        row = registered(cast)
        call = partial(elections.body_call, actor=cast.community_worker, founding_id=row.pk)
        found = answers(own_database.together(call, call, call))
        assert found == {"ok": 1, "body.open_election": 2}
        election = row.elections.get()
        for name, role, consent in NAMES:
            elections.candidate_add(actor=SYSTEM, election_id=election.pk, name=name, role=role, consent=consent)
        chosen = list(election.candidates.values_list("pk", flat=True))
        hold = partial(elections.election_hold, actor=cast.secretary, election_id=election.pk)
        twice = partial(hold, result=Result(own_count(), chosen))
        assert answers(own_database.together(twice, twice, twice)) == {"ok": 1, "body_election.state": 2}
        row.refresh_from_db()
    assert (row.terms, Post.objects.filter(organization=row.organization).count()) == (1, 3)
