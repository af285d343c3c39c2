"""Rosters of volunteers as ledgers bring them: one person once, by COPY, and nothing of it leaves in an export."""

from typing import Any

import pytest

from linli.accounts.testing import Cast
from linli.core.actors import SYSTEM
from linli.organizations.models import Person
from linli.records import lists
from linli.records.types import record_type
from linli.volunteering.models import ServiceProject, TeamMembership, Volunteer
from linli.volunteering.operations import ledgers, project_ledgers, team_ledgers
from linli.volunteering.tests.volunteers import team_made

pytestmark = pytest.mark.django_db


def row(number: str, place: int, **values: Any) -> dict[str, Any]:
    given = {"number": number, "name": "尤志愿", "phone": f"1000000{number[-4:]}", "state": "registered"}
    return {**given, "registered": "2024-05-06", "place": place, **values}


def test_two_of_one_number_in_one_ledger_are_told_apart_by_name(cast: Cast, place: int) -> None:
    given = [row("V0001", place), row("V0001", place, name="尤别人", phone="10000000999")]
    assert ledgers.volunteers_refused(rows=given) == {1: "duplicate.volunteer"}
    first = ledgers.volunteer_record_many(actor=SYSTEM, rows=given[:1])
    # Who is here under the number stays as they are.
    again = [{**given[0], "state": "paused"}, row("V0002", place)]
    assert ledgers.volunteer_record_many(actor=SYSTEM, rows=again)[0] == first[0]
    assert Volunteer.objects.get(pk=first[0]).state == "registered"
    assert Volunteer.objects.count() == 2


@pytest.fixture
def place(cast: Cast) -> int:
    return cast.places["community"].pk


def test_a_roster_makes_people_and_volunteers(cast: Cast, place: int) -> None:
    given = [row("V0001", place, skills=["法律", "编织"]), row("V0002", place, state="ended", phone="")]
    assert ledgers.volunteers_refused(rows=given) == {}
    ids = ledgers.volunteer_record_many(actor=SYSTEM, rows=given)
    made = Volunteer.objects.select_related("person").in_bulk(ids)
    first, second = (made[pk] for pk in ids)
    assert (first.person.name, first.person.phone, first.community_id) == ("尤志愿", "10000000001", place)
    assert (first.consent, first.state, first.skills) == ("ledger", "registered", ["law", "编织"])
    assert first.phone_hash == first.person.phone_hash
    assert (second.state, second.ended_on, second.phone_hash) == ("ended", None, None)
    again = [{**given[0], "id": first.pk, "state": "paused"}]
    assert ledgers.volunteer_record_many(actor=SYSTEM, rows=again) == [first.pk]
    first.refresh_from_db()
    assert (first.state, first.skills, Person.objects.filter(name="尤志愿").count()) == ("paused", ["law", "编织"], 2)


def test_a_person_is_registered_once_and_a_number_is_one_volunteers(cast: Cast, place: int) -> None:
    first = row("V0001", place)
    ledgers.volunteer_record_many(actor=SYSTEM, rows=[first])
    given = [
        row("V0001", place, name="尤别人", phone="10000009999"),
        row("V0003", place, phone=first["phone"]),
        row("V0004", place, phone=first["phone"], state="ended"),
        row("V0005", place),
        row("V0006", place, phone="10000000005"),
        row("V" * 41, place, phone="10000000777"),
        # A row that is refused for its number registers nobody: the right one comes later.
        row("V0001", place, name="尤早写", phone="10000000888"),
        row("V0008", place, name="尤早写", phone="10000000888"),
    ]
    assert ledgers.volunteers_refused(rows=given) == {
        0: "duplicate.volunteer",
        1: "volunteer.twice",
        4: "volunteer.twice",
        5: "volunteer.number",
        6: "duplicate.volunteer",
    }


def test_what_is_taken_back_leaves_nobody_behind(cast: Cast, place: int) -> None:
    before = Person.objects.count()
    ids = ledgers.volunteer_record_many(actor=SYSTEM, rows=[row("V0001", place), row("V0002", place)])
    ledgers.volunteers_remove(actor=SYSTEM, ids=ids)
    assert (Volunteer.objects.count(), Person.objects.count()) == (0, before)


def test_names_and_phones_leave_in_no_export(cast: Cast, place: int) -> None:
    ledgers.volunteer_record_many(actor=SYSTEM, rows=[row("V0001", place)])
    kind = record_type("volunteer")
    text = b"".join(lists.export_csv(kind, kind.rows())).decode("utf-8-sig")
    assert "V0001" in text
    assert "尤志愿" not in text
    assert "1000000" not in text


def test_memberships_come_once(cast: Cast, place: int) -> None:
    team = team_made(cast.places["community"])
    ledgers.volunteer_record_many(actor=SYSTEM, rows=[row("V0001", place)])
    given: list[dict[str, Any]] = [
        {"number": "V0001", "team": team.pk},
        {"number": "V0009", "team": team.pk},
        {"number": "V0001"},
    ]
    refused = team_ledgers.memberships_refused(rows=given)
    assert refused == {1: "team_membership.unknown_number", 2: "team_membership.no_team"}
    ids = team_ledgers.membership_record_many(actor=SYSTEM, rows=[given[0], {**given[0], "lead": True}])
    assert ids[0] == ids[1]
    assert TeamMembership.objects.get().lead


def test_projects_have_the_stages_of_their_kind(cast: Cast, place: int) -> None:
    given: list[dict[str, Any]] = [
        {"number": "P1", "name": "巷理事", "kind": "micro", "stage": "incubating", "proposed": "2025-01-01"},
        {"number": "P2", "name": "巷理事"},
        {"number": "P3", "name": "巷理事", "proposed": "2025-01-01", "place": place},
    ]
    refused = project_ledgers.projects_refused(rows=given)
    assert refused == {0: "service_project.stage", 1: "service_project.undated"}
    project_ledgers.project_record_many(actor=SYSTEM, rows=given[2:])
    assert ServiceProject.objects.get().stage == "idea"
    # What is here under the number stays as it is.
    again = [{**given[2], "name": "另一个"}]
    assert project_ledgers.projects_refused(rows=again) == {}
    assert project_ledgers.project_record_many(actor=SYSTEM, rows=again) == [ServiceProject.objects.get().pk]
    assert ServiceProject.objects.get().name == "巷理事"


def test_support_and_posts_say_what_is_missing(cast: Cast, place: int) -> None:
    assert project_ledgers.posts_refused(rows=[{"number": "G1", "name": "百姓学堂"}]) == {0: "volunteer_post.undated"}
    rows: list[dict[str, Any]] = [{"what": "场地"}, {"organization": 1, "on": "2025-01-01", "amount": -1}]
    assert project_ledgers.support_refused(rows=rows) == {0: "support_record.incomplete", 1: "support_record.amount"}
    assert project_ledgers.claims_refused(rows=[{"project": "P9"}]) == {0: "project_claim.unknown_project"}
