"""Registrations as operations: by whom, with which consent, each refusal, and what is left when somebody goes."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest

from linli.accounts.models import Look, User
from linli.accounts.operations.owning import account_close, person_own
from linli.accounts.queries import actor_of
from linli.accounts.testing import Cast
from linli.activities.operations.standard_export import own_export
from linli.core import clock
from linli.core.actors import SYSTEM, VISITOR, Actor
from linli.core.errors import DomainError
from linli.core.models import Entry
from linli.members.tests.registered import member_of
from linli.organizations.models import Person
from linli.volunteering.models import Honour, TeamMembership, Volunteer
from linli.volunteering.operations import volunteers as operations
from linli.volunteering.policies.volunteers import volunteers_visible_to
from linli.volunteering.queries.candidates import (
    age_on,
    candidates,
    members,
    registered_as_member,
    volunteer_of,
    volunteers_of,
)
from linli.volunteering.tests.volunteers import PHONE, form, member_made, team_made, volunteer_made
from linli.volunteering.workflow import time_of

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


def code_of(operation: Callable[..., Any], **values: Any) -> str:
    """The code with which an operation refuses; empty where it does not."""
    try:
        operation(**values)
    except DomainError as error:
        return error.code
    return ""


def again(actor: Actor) -> Actor:
    """The same account as it stands now."""
    return actor_of(User.objects.get(pk=actor.user_id or 0))


@pytest.fixture
def registered(cast: Cast) -> Volunteer:
    return operations.volunteer_register(actor=cast.resident, form=form(cast.places["community"]))


def test_a_resident_registers_and_is_somebody_of_their_own(cast: Cast, registered: Volunteer) -> None:
    community = cast.places["community"]
    assert (registered.state, registered.consent, registered.place_id) == ("registered", "self", community.pk)
    assert registered.number.startswith(f"V{clock.today():%Y}")
    assert age_on(registered, date(2026, 5, 16)) == 45
    assert again(cast.resident).person_id == registered.person_id
    # Nobody proved the number, so the roster of posts does not know the person by it.
    assert (registered.person.phone, registered.person.phone_hash) == (PHONE, None)
    assert volunteer_of(registered.person_id) == registered
    entry = Entry.objects.filter(operation="volunteer.register").get()
    assert (entry.subject_id, entry.facts) == (registered.pk, {"on_paper": False})


def test_whoever_is_known_without_a_phone_is_known_with_it_from_then_on(cast: Cast) -> None:
    person = person_own(actor=cast.resident, name="演示居民")
    given = form(cast.places["community"])
    row = operations.volunteer_register(actor=again(cast.resident), form=given)
    assert (row.person, row.person.phone, row.person.phone_hash) == (person, PHONE, None)


def test_the_file_of_ones_own_records_says_what_is_kept_of_one(cast: Cast, registered: Volunteer) -> None:
    Volunteer.objects.filter(pk=registered.pk).update(skills=["law", "编织"], services=[], sex="female")
    given = {"recipient": "person", "name": registered.person.name, "person": registered.person}
    for state, day in (("awarded", date(2026, 3, 10)), ("taken_back", date(2026, 2, 10))):
        Honour.objects.create(
            kind="service_star", place=registered.place, state=state, awarded_on=day, awarded_by="县委社工部", **given
        )
    number = "11010519491231002X"
    basic, _served, _trained, awards = own_export(actor=again(cast.resident), identity=number)
    kept = dict(zip(basic[1], basic[2][0], strict=True))
    assert (kept["性别"], kept["出生日期"], kept["居住区域"]) == ("女", registered.born, "春晓社区")
    assert (kept["专业技能"], kept["身份证件号码"], kept["联系方式"]) == ("法律、编织", number, PHONE)
    assert awards[2] == [["服务之星", "2026-03-10", "县委社工部"]]


def test_nobody_registers_twice(cast: Cast, registered: Volunteer) -> None:
    given = form(cast.places["community"])
    assert code_of(operations.volunteer_register, actor=again(cast.resident), form=given) == "volunteer.twice"
    assert Volunteer.objects.count() == 1


def years_ago(years: int) -> date:
    return clock.today().replace(day=1, year=clock.today().year - years)


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"consent": False}, "volunteer.consent"),
        ({"born": None}, "volunteer.born"),
        ({"born": date(2199, 1, 1)}, "volunteer.born"),
        ({"born": years_ago(13)}, "volunteer.too_young"),
        ({"born": years_ago(15)}, "volunteer.guardian"),
        ({"born": years_ago(15), "guardian": True}, ""),
        ({"sex": "x"}, "volunteer.words"),
        ({"skills": ["flying"]}, "volunteer.words"),
        ({"times": ["night"]}, "volunteer.words"),
        ({"phone": "12"}, "person.bad_phone"),
        ({"name": " "}, "person.bad_name"),
    ],
)
def test_what_a_registration_needs(cast: Cast, values: dict[str, Any], code: str) -> None:
    given = form(cast.places["community"], **values)
    assert code_of(operations.volunteer_register, actor=cast.resident, form=given) == code


def test_one_lives_in_a_community(cast: Cast) -> None:
    given = form(cast.places["street"])
    assert code_of(operations.volunteer_register, actor=cast.resident, form=given) == "volunteer.place"


def test_paper_is_for_the_desk_of_the_place(cast: Cast) -> None:
    given = form(cast.places["community"])
    row = operations.volunteer_register(actor=cast.community_worker, form=given, on_paper=True)
    assert row.consent == "paper"
    assert row.person.phone_hash is not None
    refused = {
        name: code_of(operations.volunteer_register, actor=getattr(cast, name), form=given, on_paper=True)
        for name in ("grid_worker", "resident", "outsider")
    }
    assert set(refused.values()) == {"volunteer.not_yours"}
    assert code_of(operations.volunteer_register, actor=VISITOR, form=given) == "not_found"


def test_one_corrects_pauses_and_ends_what_is_ones_own(cast: Cast, registered: Volunteer) -> None:
    own = again(cast.resident)
    given = form(cast.places["community"], name="尤志远", skills=["hair", "law"], times=["weekend_morning"])
    row = operations.volunteer_correct(actor=own, volunteer_id=registered.pk, version=1, form=given)
    assert (row.person.name, row.skills, row.version) == ("尤志远", ["law", "hair"], 2)
    stale = {"actor": own, "volunteer_id": registered.pk, "version": 1}
    assert code_of(operations.volunteer_pause, **stale) == "volunteering.stale"
    row = operations.volunteer_pause(actor=own, volunteer_id=row.pk, version=2)
    assert not candidates(cast.places["community"]).exists()
    assert code_of(operations.volunteer_pause, actor=own, volunteer_id=row.pk, version=3) == "volunteer.state"
    row = operations.volunteer_resume(actor=own, volunteer_id=row.pk, version=3)
    assert candidates(cast.places["community"]).get() == row
    row = operations.volunteer_end(actor=own, volunteer_id=row.pk, version=4)
    assert (row.state, row.ended_on) == ("ended", clock.today())
    assert code_of(operations.volunteer_resume, actor=own, volunteer_id=row.pk, version=5) == "volunteer.state"


def test_others_and_other_places_do_not_see_it(cast: Cast, registered: Volunteer) -> None:
    for name in ("grid_worker", "outsider", "resident"):
        actor = getattr(cast, name)
        assert not Volunteer.objects.filter(volunteers_visible_to(actor)).exists()
        assert code_of(operations.volunteer_end, actor=actor, volunteer_id=registered.pk, version=1) == "not_found"
        look = {"actor": actor, "volunteer_id": registered.pk, "reason": "核对名册"}
        assert code_of(operations.volunteer_unmask, **look) == "not_found"


def test_a_look_needs_a_reason_and_is_kept(cast: Cast, registered: Volunteer) -> None:
    worker: dict[str, Any] = {"actor": cast.community_worker, "volunteer_id": registered.pk}
    assert code_of(operations.volunteer_unmask, **worker, reason=" ") == "look.reason_missing"
    seen = operations.volunteer_unmask(**worker, reason="联系参加活动")
    assert (seen.name, seen.phone) == ("尤志愿", PHONE)
    assert Look.objects.filter(subject_type="volunteer", subject_id=registered.pk).count() == 1


def test_what_is_deleted_is_gone_and_the_row_stays(cast: Cast, registered: Volunteer) -> None:
    member_made(team_made(cast.places["community"]), registered)
    own = again(cast.resident)
    assert code_of(operations.volunteer_forget, actor=cast.community_worker, volunteer_id=registered.pk) == "not_found"
    row = operations.volunteer_forget(actor=own, volunteer_id=registered.pk)
    row.refresh_from_db()
    assert (row.state, row.born, row.sex, row.skills, row.phone_hash) == ("ended", None, "", [], None)
    assert (row.person.name, row.person.phone) == ("—", None)
    assert TeamMembership.objects.get().state == "left"


def test_whoever_closes_an_account_is_forgotten_here_too(cast: Cast, registered: Volunteer) -> None:
    account_close(actor=again(cast.resident))
    registered.refresh_from_db()
    assert (registered.state, registered.phone_hash, registered.person.name) == ("ended", None, "—")


def test_registrations_that_ended_long_ago_are_forgotten(cast: Cast) -> None:
    long_ago = clock.today() - timedelta(days=365 * 3 + 2)
    old = volunteer_made(cast.places["community"], "尤旧人", state="ended", ended_on=long_ago)
    recent = volunteer_made(cast.places["community"], "尤新人", state="ended", ended_on=clock.today())
    assert operations.ended_forget() == 1
    assert operations.ended_forget() == 0
    old.refresh_from_db()
    assert (old.person.name, old.born) == ("—", None)
    assert Person.objects.get(pk=recent.person_id).name == "尤新人"


def test_who_is_registered_as_a_member_is_read_from_the_one_register(cast: Cast, registered: Volunteer) -> None:
    community, second = cast.places["community"], cast.places["second_community"]
    assert registered_as_member(registered.person_id) is None
    assert not candidates(community).get().reported_in  # type: ignore[attr-defined]
    member = member_of(registered.person, community)
    assert registered_as_member(registered.person_id) == (community.name, clock.today())
    assert candidates(community).get().reported_in  # type: ignore[attr-defined]
    assert [members(place).count() for place in (community, second)] == [1, 0]
    member.registrations.update(until=clock.today())
    assert registered_as_member(registered.person_id) is None
    assert not members(community).exists()


def test_candidates_are_those_of_the_street_with_what_is_near(cast: Cast) -> None:
    community, far = cast.places["community"], cast.places["far_community"]
    here = volunteer_made(community, "尤近", skills=["law"])
    volunteer_made(far, "尤远")
    team = team_made(community)
    member_made(team, here)
    (found,) = candidates(community)
    assert (found.same_community, found.same_grid, found.team_ids) == (True, False, [team.pk])  # type: ignore[attr-defined]
    assert list(candidates(community).filter(skills__contains=["hair"])) == []
    assert set(volunteers_of([here.person_id, 0])) == {here.person_id}


@pytest.mark.parametrize(
    ("at", "code"),
    [
        ("2026-11-27 11:59", "weekday_morning"),
        ("2026-11-27 12:00", "weekday_afternoon"),
        ("2026-11-28 18:00", "weekend_evening"),
    ],
)
def test_moments_have_the_names_of_times(at: str, code: str) -> None:
    with clock.frozen(at):
        assert time_of(clock.now()) == code


def test_the_system_forgets_nobody_by_asking(cast: Cast, registered: Volunteer) -> None:
    assert code_of(operations.volunteer_forget, actor=SYSTEM, volunteer_id=registered.pk) == "not_found"
