"""Honours: nominated, reviewed by somebody else, five working days in public, objected to, awarded or not."""

from collections.abc import Callable
from datetime import date
from functools import partial
from typing import Any

import pytest
from django.test import Client

from linli.accounts.testing import Cast
from linli.activities.tests.served import person_of, served
from linli.core import clock
from linli.core.actors import SYSTEM, VISITOR
from linli.core.errors import DomainError
from linli.core.models import WorkItem
from linli.points.tests.ledger import account_of, member_made
from linli.records.tests.test_import_pages import signed_in
from linli.volunteering.models import Honour, Volunteer
from linli.volunteering.operations import honours as operations
from linli.volunteering.operations.honour_ledgers import honour_record_many, honours_refused
from linli.volunteering.operations.honours import Nomination
from linli.volunteering.queries.honours import published_name

pytestmark = pytest.mark.django_db
MONDAY = "2026-03-02T10:00"
AFTER = "2026-03-10T10:00"


def code_of(operation: Callable[..., Any], **values: Any) -> str:
    """The code with which an operation refuses; empty where it does not."""
    try:
        operation(**values)
    except DomainError as error:
        return error.code
    return ""


def nominated(cast: Cast, place: str = "community", **values: Any) -> Honour:
    given: dict[str, Any] = {"kind": "service_star", "ground": "三年如一日送餐上门", "name": "乔一诺", **values}
    nomination = Nomination(place_id=cast.places[place].pk, **given)
    actor = cast.outsider if place.startswith("far") else cast.community_worker
    return operations.honour_nominate(actor=actor, nomination=nomination)


def owed(row: Honour) -> list[str]:
    items = WorkItem.objects.filter(subject_type="honour", subject_id=row.pk, ended=None)
    return sorted(items.values_list("kind", flat=True))


def test_from_nomination_to_award(cast: Cast) -> None:
    with clock.frozen(MONDAY):
        row = nominated(cast)
        assert owed(row) == ["honour.review"]
        row = operations.honour_accept(actor=cast.secretary, honour_id=row.pk)
        assert (row.notice_from, row.notice_until) == (date(2026, 3, 2), date(2026, 3, 9))
        award = partial(operations.honour_award, honour_id=row.pk, awarded_by="清河县委社会工作部")
        assert code_of(award, actor=cast.secretary) == "honour.notice"
    with clock.frozen(AFTER):
        assert code_of(award, actor=cast.secretary, awarded_by="") == "honour.body"
        row = award(actor=cast.secretary)
        assert (row.state, row.awarded_on, owed(row)) == ("awarded", date(2026, 3, 10), [])
        assert code_of(award, actor=cast.secretary) == "honour.state"
        operations.honour_take_back(actor=cast.secretary, honour_id=row.pk, reason="事迹不实")
        row.refresh_from_db()
        assert row.state == "taken_back"


@pytest.mark.parametrize(("kind", "points"), [("service_star", 50), ("good_deed", 20), ("star_volunteer", 0)])
def test_an_award_earns_its_points_until_it_is_taken_back(cast: Cast, kind: str, points: int) -> None:
    member = member_made(cast.places["community"])
    with clock.frozen(MONDAY):
        row = nominated(cast, kind=kind if points else "service_star")
        Honour.objects.filter(pk=row.pk).update(person=member.person, kind=kind)
        operations.honour_accept(actor=cast.secretary, honour_id=row.pk)
    with clock.frozen(AFTER):
        assert account_of(member).balance == 0
        operations.honour_award(actor=cast.secretary, honour_id=row.pk, awarded_by="清河县委社会工作部")
        assert account_of(member).balance == points
        operations.honour_take_back(actor=cast.secretary, honour_id=row.pk, reason="事迹不实")
        assert account_of(member).balance == 0


def test_nobody_decides_on_their_own_nomination_or_honour(cast: Cast) -> None:
    row = nominated(cast)
    accept = partial(operations.honour_accept, honour_id=row.pk)
    assert code_of(accept, actor=cast.community_worker) == "honour.own"
    assert code_of(accept, actor=cast.outsider) == "not_found"
    assert code_of(accept, actor=cast.grid_worker) == "not_found"
    Honour.objects.filter(pk=row.pk).update(person=person_of(cast.secretary))
    assert code_of(accept, actor=cast.secretary) == "honour.own"
    assert accept(actor=cast.second_worker).state == "notice"


def test_an_objection_is_answered_before_anything_is_awarded(cast: Cast) -> None:
    with clock.frozen(MONDAY):
        row = nominated(cast)
        object_to = partial(operations.honour_object, actor=VISITOR, honour_id=row.pk, text="送餐的另有其人")
        assert code_of(object_to) == "not_found"
        operations.honour_accept(actor=cast.secretary, honour_id=row.pk)
        assert code_of(object_to, text=" ") == "honour.objection"
        first, second = object_to(), object_to(contact="沈先生 10011112222")
    with clock.frozen(AFTER):
        assert code_of(object_to) == "honour.notice_over"
        award = partial(operations.honour_award, actor=cast.secretary, honour_id=row.pk, awarded_by="县委社工部")
        assert code_of(award) == "honour.objections"
        answer = partial(operations.objection_answer, upheld=False, answer="经核实为本人所送")
        assert code_of(answer, actor=cast.community_worker, objection_id=first.pk) == "honour.own"
        answer(actor=cast.secretary, objection_id=first.pk)
        assert code_of(answer, actor=cast.secretary, objection_id=first.pk) == "honour.answered"
        answer(actor=cast.secretary, objection_id=second.pk, upheld=True)
        row.refresh_from_db()
        assert (row.state, owed(row), code_of(award)) == ("dropped", [], "honour.state")


def test_declined_or_withdrawn_it_is_over(cast: Cast) -> None:
    row = nominated(cast)
    assert code_of(operations.honour_decline, actor=cast.secretary, honour_id=row.pk, reason="") == "honour.reason"
    operations.honour_decline(actor=cast.secretary, honour_id=row.pk, reason="材料不全")
    other = nominated(cast)
    assert code_of(nominated, cast=cast) == "honour.twice"
    operations.honour_withdraw(actor=cast.community_worker, honour_id=other.pk, reason="本人不愿参评")
    assert sorted(Honour.objects.values_list("state", flat=True)) == ["declined", "withdrawn"]


def test_nobody_nominates_themselves(cast: Cast) -> None:
    home, worker = cast.places["community"], person_of(cast.community_worker)
    common = {"place": home, "community": home, "registered_on": clock.today(), "recorded": clock.now()}
    Volunteer.objects.create(number="V7", person=worker, **common)
    assert code_of(nominated, cast=cast, volunteer_number="V7") == "honour.self"
    assert not Honour.objects.exists()


@pytest.mark.parametrize(
    ("values", "code"),
    [({"kind": "none"}, "honour.kind"), ({"name": " "}, "honour.name"), ({"ground": ""}, "honour.ground"),
     ({"volunteer_number": "V0"}, "honour.volunteer"), ({"kind": "star_volunteer"}, "honour.volunteer")],
)  # fmt: skip
def test_what_is_no_nomination(cast: Cast, values: dict[str, Any], code: str) -> None:
    assert code_of(nominated, cast=cast, **values) == code


def test_a_star_needs_its_attested_hours(cast: Cast) -> None:
    home, head = cast.places["community"], person_of(cast.building_head)
    Volunteer.objects.create(
        number="V1", person=head, place=home, community=home, registered_on=clock.today(), recorded=clock.now()
    )
    given = {"kind": "star_volunteer", "volunteer_number": "V1"}
    assert code_of(nominated, cast=cast, **given) == "honour.star"
    served(head, home, 100 * 60 - 1)
    assert code_of(nominated, cast=cast, **given, star="1") == "honour.hours"
    served(head, home, 1)
    row = nominated(cast, **given, star="1")
    assert (row.person_id, row.minutes, row.name) == (head.pk, 6000, head.name)


def test_people_are_named_to_the_public_only_with_their_consent(cast: Cast) -> None:
    row = nominated(cast)
    assert published_name(row) == "乔**"
    row.consented = True
    assert published_name(row) == "乔一诺"
    row.consented, row.recipient = False, "project"
    assert published_name(row) == "乔一诺"


def test_what_was_awarded_before_comes_in_from_a_ledger(cast: Cast) -> None:
    home = cast.places["community"].pk
    row = {"kind": "outstanding_project", "name": "“同心”乐课堂", "place": home, "awarded": date(2022, 12, 14)}
    assert honours_refused(rows=[row, {**row, "awarded": None}, {**row, "name": "长" * 161}]) == {
        1: "honour.undated",
        2: "honour.too_long",
    }
    [pk] = honour_record_many(actor=SYSTEM, rows=[row])
    assert honour_record_many(actor=SYSTEM, rows=[{**row, "id": pk, "document": "大赛结果公告"}]) == [pk]
    # What a ledger calls it in words is the honour of that name.
    named = {**row, "kind": "优秀志愿服务项目", "name": "银发课堂"}
    assert Honour.objects.get(pk__in=honour_record_many(actor=SYSTEM, rows=[named])).kind == "outstanding_project"
    kept = Honour.objects.get(pk=pk)
    assert (kept.state, kept.recipient, kept.document, kept.version) == ("awarded", "project", "大赛结果公告", 2)


def test_the_pages_from_nomination_to_a_strangers_objection(cast: Cast) -> None:
    with clock.frozen(MONDAY):
        desk, above = signed_in(cast, Client(), "community_worker"), signed_in(cast, Client(), "secretary")
        sent = {"place": cast.places["community"].pk, "kind": "service_star", "name": "乔一诺", "ground": "送餐上门"}
        assert desk.post("/volunteering/honours/new/", {**sent, "ground": ""}).status_code == 400
        page = desk.post("/volunteering/honours/new/", sent)["Location"]
        row = Honour.objects.get()
        assert desk.post(f"{page}accept/").status_code == 403
        assert above.post(f"{page}accept/").status_code == 302
        stranger = Client()
        listed = stranger.get("/public/honours/").content.decode()
        assert ("乔**" in listed, "乔一诺" in listed) == (True, False)
        door = f"/public/honours/{row.pk}/"
        assert stranger.post(door, {"text": ""}).status_code == 400
        assert stranger.post(door, {"text": "送餐的另有其人"}).status_code == 302
        assert "送餐的另有其人" in above.get(page).content.decode()
        answer = f"/volunteering/objections/{row.objections.get().pk}/"
        assert above.post(answer, {"upheld": "no", "answer": ""}).status_code == 400
        assert above.post(answer, {"upheld": "no", "answer": "已核实"}).status_code == 302
        assert signed_in(cast, Client(), "outsider").get(page).status_code == 404
        assert (desk.get("/volunteering/honours/", {"state": "notice"}).context["lines"][0].row.pk) == row.pk
