"""The life of a residents' squad: proposed, agreed, what it asks for, its sessions, its end; who may what."""

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from functools import partial
from typing import Any

import pytest
from django.test import Client
from hypothesis import given, settings
from hypothesis import strategies as st
from pytest_django import DjangoAssertNumQueries

from linli.accounts.models import Look
from linli.accounts.neighbourhood import neighbourhood
from linli.accounts.testing import Cast
from linli.activities.models import Activity
from linli.core import clock
from linli.core.actors import SYSTEM, VISITOR
from linli.core.errors import DomainError
from linli.core.models import Entry, WorkItem
from linli.core.testing.fixtures import OwnDatabase
from linli.deliberation import squads_section
from linli.deliberation.models import Squad
from linli.deliberation.operations import squads as operations
from linli.deliberation.operations.squads import Session
from linli.deliberation.policies.squads import address_of
from linli.deliberation.squads_section import SquadKind, SquadsSection
from linli.deliberation.tests.squadded import agreed, session, sketch, squad
from linli.deliberation.tests.test_polls_at_once import answers
from linli.deliberation.workflow.squads import SQUAD
from linli.organizations.models import Organization
from linli.records.operations.profiles import content_apply
from linli.records.profiles import Labelled
from linli.records.tests.test_import_pages import signed_in as sign_in

PATROL = {
    "place": {"name": "清河县邻里", "root": "990901"},
    "squads": {
        "kinds": [
            {
                "code": "joint_patrol",
                "label": "五员联巡",
                "forces": [
                    {"code": "committee", "label": "社区两委"},
                    {"code": "grid", "label": "网格员"},
                    {"code": "property", "label": "物业管理人员"},
                    {"code": "owners", "label": "业委会成员"},
                    {"code": "volunteers", "label": "志愿人员"},
                ],
            }
        ]
    },
}


@pytest.fixture
def today(db: None) -> Any:
    with clock.frozen("2026-03-02T10:00") as held:
        yield held


def code_of(operation: Callable[..., Any], **call: Any) -> str:
    with pytest.raises(DomainError) as caught:
        operation(**call)
    return caught.value.code


def owed(row: Squad) -> list[str]:
    """The kinds of work that are owed of a squad."""
    items = WorkItem.objects.filter(subject_type="squad", subject_id=row.pk, ended=None)
    return sorted(items.values_list("kind", flat=True))


def test_the_states_of_a_squad() -> None:
    """Every move that there is, and no other."""
    assert {(state, move.verb): move.to for move in SQUAD.moves for state in move.frm} == {
        ("proposed", "agree"): "active",
        ("proposed", "decline"): "declined",
        ("active", "session"): None,
        ("active", "need"): None,
        ("active", "end"): "ended",
    }


@pytest.mark.usefixtures("today")
def test_residents_propose_without_a_name_and_the_roster_agrees(cast: Cast) -> None:
    row = squad(cast, contact="10012340001", consent=True)
    assert (row.state, row.origin, row.recorder, owed(row)) == ("proposed", "resident", "visitor", ["squad.agree"])
    item = WorkItem.objects.get(kind="squad.agree")
    assert (item.organization_id, item.due and item.due.date()) == (
        cast.bodies["community_office"].pk,
        date(2026, 3, 9),
    )
    entry = Entry.objects.get(operation="squad.propose")
    assert (entry.actor, "1001234" in str(entry.facts)) == ("visitor", False)
    agree = partial(operations.squad_agree, squad_id=row.pk)
    assert code_of(agree, actor=cast.outsider) == "not_found"
    assert code_of(agree, actor=cast.community_worker) == "squad.not_yours_to_form"
    row = agree(actor=cast.secretary)
    body = row.organization
    assert body is not None
    assert (body.type, body.kind, body.members, body.state) == ("task_force", "居民自发治理小分队", 6, "active")
    assert (row.state, row.agreed_on, owed(row)) == ("active", date(2026, 3, 2), [])
    assert code_of(agree, actor=cast.secretary) == "squad.state"


@pytest.mark.usefixtures("today")
@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"name": " "}, "squad.name"),
        ({"topic": ""}, "squad.topic"),
        ({"purpose": "字" * 501}, "squad.purpose"),
        ({"people": 0}, "squad.people"),
        ({"kind": "army"}, "squad.kind"),
        ({"origin": "moon"}, "squad.not_yours"),
        ({"origin": "office"}, "squad.not_yours"),
        ({"contact": "10012340001"}, "squad.contact"),
        ({"purpose": "有事打13812345678"}, "squad.personal"),
    ],
)
def test_what_no_squad_may_say(cast: Cast, values: dict[str, Any], code: str) -> None:
    call = {"actor": VISITOR, "place_id": cast.places["compound"].pk, "sketch": sketch(**values)}
    assert code_of(operations.squad_propose, **call) == code
    assert not Squad.objects.exists()


@pytest.mark.usefixtures("today")
def test_one_of_a_name_at_a_place_and_only_where_people_live(cast: Cast) -> None:
    squad(cast)
    propose = partial(operations.squad_propose, actor=VISITOR, sketch=sketch())
    assert code_of(propose, place_id=cast.places["compound"].pk) == "squad.twice"
    assert code_of(propose, place_id=cast.places["street"].pk) == "not_found"
    assert propose(place_id=cast.places["far_compound"].pk).state == "proposed"


@pytest.mark.usefixtures("today")
def test_who_proposed_is_forgotten_when_it_is_not_agreed(cast: Cast) -> None:
    row = squad(cast, contact="10012340001", consent=True)
    decline = partial(operations.squad_decline, squad_id=row.pk)
    assert code_of(decline, actor=cast.outsider, reason="x") == "not_found"
    assert code_of(decline, actor=cast.community_worker, reason=" ") == "squad.reason"
    row = decline(actor=cast.community_worker, reason="已有物业巡查")
    row.refresh_from_db()
    assert (row.state, row.contact, row.reason, owed(row)) == ("declined", None, "已有物业巡查", [])


@pytest.mark.usefixtures("today")
def test_a_contact_is_shown_once_with_a_reason_that_is_kept(cast: Cast) -> None:
    row = squad(cast, contact="10012340001", consent=True)
    look = partial(operations.squad_contact, squad_id=row.pk)
    assert code_of(look, actor=cast.outsider, reason="x") == "not_found"
    assert code_of(look, actor=cast.community_worker, reason="") == "look.reason_missing"
    assert look(actor=cast.community_worker, reason="约时间见面") == "10012340001"
    kept = Look.objects.get(subject_type="squad", subject_id=row.pk)
    assert (kept.reason, kept.field) == ("约时间见面", "contact")


@pytest.mark.usefixtures("today")
def test_what_a_squad_asks_for_is_answered_with_what_is_given(cast: Cast) -> None:
    row = agreed(cast)
    need = partial(operations.squad_need, squad_id=row.pk)
    assert code_of(need, actor=VISITOR, what="背心") == "not_found"
    assert code_of(need, actor=VISITOR, what="背心", address=address_of(row.pk + 1)) == "not_found"
    assert code_of(need, actor=VISITOR, what="背心", address="forged") == "not_found"
    first = need(actor=VISITOR, what="反光背心六件", address=address_of(row.pk))
    second = need(actor=cast.community_worker, what="小旗两面")
    assert owed(row) == ["squad.need"]
    answer = partial(operations.need_answer, need_id=first.pk)
    given_out: dict[str, Any] = {"state": "partly", "answer": "先给四件"}
    assert code_of(answer, actor=cast.outsider, **given_out) == "not_found"
    assert code_of(answer, actor=cast.community_worker, state="asked", answer="x") == "squad.need_state"
    assert code_of(answer, actor=cast.community_worker, state="given", answer="") == "squad.answer"
    done = answer(actor=cast.community_worker, **given_out)
    assert (done.state, done.answer, owed(row)) == ("partly", "先给四件", ["squad.need"])
    assert code_of(answer, actor=cast.community_worker, **given_out) == "squad.answered"
    operations.need_answer(actor=cast.community_worker, need_id=second.pk, state="refused", answer="没有预算")
    assert owed(row) == []


@pytest.mark.usefixtures("today")
def test_sessions_are_activities_in_numbers_alone(cast: Cast) -> None:
    row = agreed(cast)
    record = partial(operations.squad_session, actor=VISITOR, squad_id=row.pk, address=address_of(row.pk))
    for wrong in (
        session(clock.today() + timedelta(days=1)),
        session(clock.today() - timedelta(days=1)),
        session(attended=0),
        Session(clock.today(), 1, 0, Decimal(25)),
    ):
        assert code_of(record, session=wrong) == "squad.session"
    record(session=session())
    operations.squad_session(actor=cast.community_worker, squad_id=row.pk, session=session(served=12))
    found = Activity.objects.filter(organization=row.organization)
    assert sorted(found.values_list("line", "kind", "attended", "served", "state")) == [
        ("outreach", "小分队引导", 4, 12, "held"),
        ("outreach", "小分队引导", 4, 30, "held"),
    ]
    assert code_of(operations.squad_session, actor=cast.outsider, squad_id=row.pk, session=session()) == "not_found"
    proposed = squad(cast, name="未同意")
    call = {"squad_id": proposed.pk, "address": address_of(proposed.pk), "session": session()}
    assert code_of(operations.squad_session, actor=VISITOR, **call) == "squad.state"


@pytest.mark.usefixtures("today")
def test_it_ends_with_a_result_and_asks_for_nothing_more(cast: Cast) -> None:
    row = agreed(cast, contact="10012340001", consent=True)
    need = operations.squad_need(actor=SYSTEM, squad_id=row.pk, what="背心")
    end = partial(operations.squad_end, squad_id=row.pk)
    assert code_of(end, actor=cast.community_worker, result="好了") == "squad.not_yours_to_form"
    assert code_of(end, actor=cast.secretary, result="") == "squad.result"
    row = end(actor=cast.secretary, result="车棚外再无乱停")
    row.refresh_from_db()
    need.refresh_from_db()
    assert (row.state, row.result, row.contact, need.state, owed(row)) == (
        "ended",
        "车棚外再无乱停",
        None,
        "refused",
        [],
    )
    assert row.organization is not None
    assert Organization.objects.get(pk=row.organization.pk).until == clock.today()
    assert code_of(end, actor=cast.secretary, result="x") == "squad.state"


@pytest.mark.usefixtures("today")
def test_a_joint_patrol_is_formed_of_all_five_forces(cast: Cast) -> None:
    """S3-045: committee members, grid workers, property staff, owners' committee members and volunteers."""
    content_apply(actor=SYSTEM, content=PATROL)
    forces = {"committee": 1, "grid": 3, "property": 2, "owners": 1, "volunteers": 4}
    propose = partial(operations.squad_propose, actor=cast.community_worker, place_id=cast.places["community"].pk)
    for missing in forces:
        wanted = sketch(kind="joint_patrol", origin="office", forces={**forces, missing: 0})
        assert code_of(propose, sketch=wanted) == "squad.forces"
    row = propose(sketch=sketch(kind="joint_patrol", origin="office", forces=forces))
    row = operations.squad_agree(actor=cast.secretary, squad_id=row.pk)
    assert row.forces == forces
    assert row.organization is not None
    assert (row.organization.members, row.organization.kind) == (11, "五员联巡")
    assert [item.code for item in squads_section.named_kinds()] == ["residents", "joint_patrol"]


@settings(max_examples=50, deadline=None)
@given(st.dictionaries(st.sampled_from("abcde"), st.integers(-1, 3)), st.integers(0, 5))
def test_a_kind_takes_all_its_forces_or_none(forces: dict[str, int], many: int) -> None:
    """Whatever is given: it is taken exactly where every force of the kind takes part with somebody."""
    kind = SquadKind(code="k", label="k", forces=tuple(Labelled(code=code, label=code) for code in "abcde"[:many]))
    whole = all(forces.get(item.code, 0) >= 1 for item in kind.forces)
    wanted = sketch(forces=forces)
    if whole:
        assert operations._forces(kind, wanted).keys() == {item.code for item in kind.forces}
    else:
        assert code_of(operations._forces, rules=kind, sketch=wanted) == "squad.forces"


def test_the_section_refuses_what_makes_no_sense() -> None:
    with pytest.raises(ValueError, match="answer_days"):
        SquadsSection.model_validate({"answer_days": 0})


@pytest.mark.usefixtures("today")
def test_a_squad_from_the_public_page_to_its_result(cast: Cast) -> None:
    anybody, secretary = Client(), sign_in(cast, Client(), "secretary")
    sent = {"place": cast.places["compound"].pk, "topic": "电动车停放", "name": "小分队", "purpose": "引导停车"}
    answer = anybody.post("/public/squads/990901001001/propose/", sent)
    assert answer.status_code == 302
    own, row = answer["Location"], Squad.objects.get()
    assert "居委会" not in anybody.get(own).text
    assert anybody.get(f"/public/squads/{row.pk}/squad/").status_code == 404
    assert secretary.post(f"/squads/{row.pk}/agree/").status_code == 302
    assert anybody.post(own, {"do": "need", "what": "背心六件"}).status_code == 302
    assert anybody.post(own, {"do": "session", "day": "2026-03-02", "attended": 3, "served": 20}).status_code == 302
    refused = anybody.post(own, {"do": "session", "day": "2026-03-05", "attended": 3, "served": 20})
    assert refused.status_code == 400
    need = row.needs.get()
    assert secretary.post(f"/squads/needs/{need.pk}/", {"state": "given", "answer": "六件"}).status_code == 302
    for address in (f"/squads/{row.pk}/", f"/public/squads/{row.pk}/squad/", own):
        page = (secretary if address.startswith("/squads") else anybody).get(address)
        assert page.status_code == 200
        assert "六件" in page.text
    assert secretary.post(f"/squads/{row.pk}/end/", {"result": ""}).status_code == 400
    assert secretary.post(f"/squads/{row.pk}/end/", {"result": "已规范"}).status_code == 302
    assert "已规范" in anybody.get(f"/public/squads/{row.pk}/squad/").text


@pytest.mark.usefixtures("today")
def test_a_list_of_squads_asks_as_little_for_many_as_for_one(
    cast: Cast, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    secretary = sign_in(cast, Client(), "secretary")
    for number in range(12):
        squad(cast, name=f"小分队{number}")
    secretary.get("/squads/")
    with django_assert_max_num_queries(14):
        page = secretary.get("/squads/?state=proposed&q=小分队")
    assert page.text.count("/squads/") >= 12


def test_two_who_agree_at_once_make_one_body(own_database: OwnDatabase) -> None:
    cast = neighbourhood()
    row = squad(cast)
    agree = partial(operations.squad_agree, actor=cast.secretary, squad_id=row.pk)
    assert answers(own_database.together(agree, agree, agree)) == {"ok": 1, "squad.state": 2}
    assert Organization.objects.filter(type="task_force").count() == 1
