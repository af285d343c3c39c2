"""Registrations, turn-outs, pairings, areas and posts: what works, each refusal, and who is not let in."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from functools import partial
from typing import Any

import pytest

from linli.accounts.operations.owning import account_close
from linli.accounts.testing import Cast
from linli.activities.tests.served import corrected, person_of, served
from linli.core import clock
from linli.core.actors import SYSTEM
from linli.core.errors import DomainError
from linli.core.models import Entry, WorkItem
from linli.members import queries
from linli.members.models import DualRegistration, Member, Pairing, TurnOut
from linli.members.operations import pairing, posts, registering, turning_out
from linli.members.operations.pairing import Answered
from linli.members.policies import pairings_visible_to
from linli.members.queries import Duty
from linli.members.sections import MembersSection
from linli.members.tests.registered import (
    DAY,
    HOUSEHOLD,
    joining,
    own,
    paired,
    post_set_up,
    registered,
    told,
)
from linli.organizations.models import Post
from linli.records.figures.compute import compute
from linli.records.operations.profiles import content_apply

pytestmark = pytest.mark.django_db


def code_of(operation: Callable[..., Any], **values: Any) -> str:
    """The code with which an operation refuses."""
    with pytest.raises(DomainError) as refused:
        operation(**values)
    return refused.value.code


def test_a_member_registers_where_they_live_and_once(cast: Cast) -> None:
    member = own(cast)
    row = member.registrations.get()
    assert (row.kind, row.place, row.unit, row.since) == (
        "member",
        cast.places["community"],
        cast.bodies["department"].name,
        clock.today(),
    )
    again = joining(cast, name="朱居民")
    assert code_of(registering.member_register, actor=cast.again("resident"), form=again) == "members.twice"
    registering.registration_end(actor=cast.again("resident"), registration_id=row.pk)
    assert code_of(registering.registration_end, actor=SYSTEM, registration_id=row.pk) == "members.ended"
    moved = registering.member_register(actor=cast.again("resident"), form=joining(cast, "second_community"))
    assert (moved.member, moved.place) == (member, cast.places["second_community"])


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"consent": False}, "members.consent"),
        ({"place": "street"}, "members.place"),
        ({"organization_id": None}, "members.unit"),
        ({"skills": ["flying"]}, "members.skills"),
        ({"number": "DY01"}, "members.number"),
        ({"name": " "}, "person.bad_name"),
    ],
)
def test_a_registration_is_refused(cast: Cast, values: dict[str, Any], code: str) -> None:
    registered(cast, number="DY01")
    form = joining(cast, **values)
    assert code_of(registering.member_register, actor=cast.community_worker, form=form, on_paper=True) == code


def test_only_the_desk_of_the_place_registers_others(cast: Cast) -> None:
    for role in ("outsider", "department_handler", "grid_worker"):
        call = {"actor": cast.actors[role], "form": joining(cast), "on_paper": True}
        assert code_of(registering.member_register, **call) == "members.not_yours"
    assert code_of(registering.member_register, actor=cast.visitor, form=joining(cast)) == "not_found"


def test_a_unit_registers_with_a_community_once(cast: Cast) -> None:
    given: dict[str, Any] = {"organization_id": cast.bodies["department"].pk, "place_id": cast.places["community"].pk}
    row = registering.unit_register(actor=cast.department_handler, offers="会议室、志愿者", **given)
    assert (row.kind, row.unit) == ("unit", cast.bodies["department"].name)
    assert code_of(registering.unit_register, actor=cast.community_worker, **given) == "members.twice"
    assert code_of(registering.unit_register, actor=cast.other_handler, **given) == "members.not_yours"
    far = given | {"place_id": cast.places["far_community"].pk}
    assert registering.unit_register(actor=cast.department_handler, **far).place == cast.places["far_community"]
    assert code_of(registering.registration_end, actor=cast.other_handler, registration_id=row.pk) == "not_found"
    assert registering.registration_end(actor=cast.department_handler, registration_id=row.pk).until == clock.today()


def test_turn_outs_wait_for_the_community_which_confirms_several_in_one_go(cast: Cast) -> None:
    member = own(cast)
    me = cast.again("resident")
    rows = [told(me, member, kind=kind, hours=Decimal("1.5")) for kind in ("cleaning", "elders", "order")]
    owed = WorkItem.objects.get(kind="turn_out.confirm", ended=None)
    assert owed.place_id == cast.places["community"].pk
    ids = [row.pk for row in rows]
    assert code_of(turning_out.turn_outs_confirm, actor=me, ids=ids) == "members.not_yours"
    assert code_of(turning_out.turn_outs_confirm, actor=cast.outsider, ids=ids) == "not_found"
    assert code_of(turning_out.turn_outs_confirm, actor=cast.community_worker, ids=[]) == "turn_out.none"
    assert turning_out.turn_outs_confirm(actor=cast.community_worker, ids=ids[:2]) == 2
    assert code_of(turning_out.turn_outs_confirm, actor=cast.secretary, ids=ids) == "turn_out.state"
    refuse: dict[str, Any] = {"actor": cast.secretary, "turn_out_id": ids[2]}
    assert code_of(turning_out.turn_out_refuse, reason=" ", **refuse) == "turn_out.reason"
    assert turning_out.turn_out_refuse(reason="当天活动取消", **refuse).state == "refused"
    assert not WorkItem.objects.filter(kind="turn_out.confirm", ended=None).exists()
    # Of a refused one may be told anew; what the desk itself writes down is confirmed by that.
    assert told(cast.community_worker, member, kind="order").state == "confirmed"


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"on": date(2026, 3, 17)}, "turn_out.day"),
        ({"on": date(2026, 3, 15)}, "turn_out.day"),
        ({"kind": "flying"}, "turn_out.kind"),
        ({"hours": Decimal(25)}, "turn_out.hours"),
        ({"note": "长" * 201}, "turn_out.note"),
        ({}, "turn_out.twice"),
    ],
)
def test_a_turn_out_is_refused(cast: Cast, values: dict[str, Any], code: str) -> None:
    member = registered(cast)
    told(cast.community_worker, member)
    assert code_of(told, actor=cast.community_worker, member=member, **values) == code
    assert code_of(told, actor=cast.department_handler, member=member) == "not_found"


def test_nobody_confirms_their_own(cast: Cast) -> None:
    row = registering.member_register(actor=cast.community_worker, form=joining(cast))
    assert row.member is not None
    one = told(cast.community_worker, row.member)
    assert one.state == "told"
    assert code_of(turning_out.turn_outs_confirm, actor=cast.community_worker, ids=[one.pk]) == "turn_out.own"
    assert turning_out.turn_outs_confirm(actor=cast.second_worker, ids=[one.pk]) == 1


def test_who_is_not_registered_does_not_turn_out(cast: Cast) -> None:
    member = registered(cast)
    registering.registration_end(actor=cast.community_worker, registration_id=member.registrations.get().pk)
    assert code_of(told, actor=cast.community_worker, member=member) == "members.not_registered"
    assert code_of(paired, cast=cast, member=member) == "members.not_registered"


def test_attested_service_is_told_as_a_turn_out_with_one_touch(cast: Cast) -> None:
    member, community = own(cast), cast.places["community"]
    me, person = cast.again("resident"), member.person
    assert person is not None
    here = served(person, community, 90)
    others = [
        served(person, community, day=clock.today() - DAY),
        served(person, cast.places["second_community"]),
        served(person, community, state="waiting"),
        served(person_of(cast.community_worker), community),
    ]
    page = queries.own_page(me)
    assert page is not None
    assert page.services == [here]
    tell = partial(turning_out.turn_out_of_service, member_id=member.pk)
    assert [code_of(tell, actor=me, service_id=row.pk) for row in others] == ["not_found"] * 4
    assert code_of(tell, actor=cast.community_worker, service_id=here.pk) == "not_found"
    row = tell(actor=me, service_id=here.pk)
    assert (row.state, row.hours, row.on, row.service) == ("confirmed", Decimal("1.5"), clock.today(), here)
    assert code_of(tell, actor=me, service_id=here.pk) == "not_found"
    # Put right afterwards, it is not a second turn-out.
    again = corrected(here, 60)
    assert code_of(tell, actor=me, service_id=again.pk) == "not_found"


def test_whoever_works_there_is_the_fixed_contact_of_a_household_that_consents(cast: Cast) -> None:
    place, worker = cast.places["community"].pk, cast.community_worker
    given: dict[str, Any] = {"place_id": place, "person_id": worker.person_id}
    yes, no = Answered(consents=True, on=clock.today(), household=HOUSEHOLD), Answered(consents=False, on=clock.today())
    record = partial(pairing.contact_record, answered=yes)
    assert [code_of(record, actor=cast.actors[name], **given) for name in ("community_worker", "street_officer")] == [
        "not_found",
        "not_found",
    ]
    row = record(actor=cast.secretary, **given)
    assert code_of(record, actor=cast.secretary, **given) == "pairing.twice"
    for person, code in (
        (cast.secretary, "pairing.own"),
        (cast.outsider, "pairing.person"),
        (cast.building_head, "pairing.person"),
    ):
        assert code_of(record, actor=cast.secretary, place_id=place, person_id=person.person_id or 0) == code
    pairing.contact_record(actor=cast.secretary, answered=no, **given)
    assert pairing.pairing_visit(actor=worker, pairing_id=row.pk, on=clock.today()).visits == 1
    # Nobody else knows of it: not a colleague at the same desk, and no longer whoever stopped working.
    seen = {
        name for name in ("community_worker", "secretary", "street_officer", "resident", "leader") if _known(cast, name)
    }
    assert seen == {"community_worker", "secretary"}
    page = queries.contacts_page(cast.secretary)
    assert ([works for _row, works in page.pairings], page.consented, page.declined) == ([True], 1, 1)
    Post.objects.filter(person_id=worker.person_id or 0).update(until=clock.today())
    assert not _known(cast, "community_worker")
    assert [works for _row, works in queries.contacts_page(cast.secretary).pairings] == [False]
    # What members owe is counted without them: whoever is in no pairing falls short all the same.
    registered(cast)
    figures: list[dict[str, Any]] = [
        {"id": "known", "label": "党员", "of": "serving_member", "measure": "count", "period": "as_of"},
        {"id": "share", "share": {"of": "known", "where": {"has": {"of": "pairing", "on": "serving_member"}}}},
    ]
    figures[1]["label"] = "结对率"
    content_apply(actor=SYSTEM, content=lambda held: {**held, "figures": {"figures": figures}})
    assert compute("share", clock.today()).value == 0


def _known(cast: Cast, name: str) -> bool:
    return Pairing.objects.filter(pairings_visible_to(cast.again(name)), household=HOUSEHOLD).exists()


def test_a_pairing_needs_consent_and_its_code_goes_when_it_ends(cast: Cast) -> None:
    member = own(cast)
    me = cast.again("resident")
    yes = Answered(consents=True, on=clock.today(), household=HOUSEHOLD)
    for role in ("community_worker", "street_officer"):
        call = {"actor": cast.actors[role], "member_id": member.pk, "answered": yes}
        assert code_of(pairing.pairing_record, **call) == "members.not_yours"
    assert code_of(pairing.pairing_record, actor=me, member_id=member.pk, answered=yes) == "members.not_yours"
    row = paired(cast, member)
    assert code_of(paired, cast=cast, member=member) == "pairing.twice"
    assert code_of(paired, cast=cast, member=member, household=" ") == "pairing.household"
    assert pairing.pairing_visit(actor=me, pairing_id=row.pk, on=clock.today()).visits == 1
    assert code_of(pairing.pairing_visit, actor=me, pairing_id=row.pk, on=clock.today() + DAY) == "pairing.day"
    assert code_of(pairing.pairing_visit, actor=cast.secretary, pairing_id=row.pk, on=clock.today()) == "not_found"
    ended = pairing.pairing_end(actor=me, pairing_id=row.pk)
    assert (ended.household, ended.until, ended.visits) == ("", clock.today(), 1)
    assert code_of(pairing.pairing_end, actor=me, pairing_id=row.pk) == "pairing.ended"


def test_of_a_household_that_declined_nothing_is_kept(cast: Cast) -> None:
    member = registered(cast)
    no = Answered(consents=False, on=clock.today(), household=HOUSEHOLD)
    row = pairing.pairing_record(actor=cast.secretary, member_id=member.pk, answered=no)
    assert (row.household, row.declined_on, row.consented_on) == ("", clock.today(), None)
    old = Pairing.objects.create(member=member, place=row.place, since=date(2025, 1, 1), household="JD1", visits=3)
    answer: dict[str, Any] = {"actor": cast.secretary, "pairing_id": old.pk, "on": clock.today()}
    declined = pairing.pairing_answer(consents=False, **answer)
    assert (declined.household, declined.visits) == ("", 0)
    assert code_of(pairing.pairing_answer, consents=True, **answer) == "pairing.answered"


@pytest.mark.parametrize(
    ("months", "since", "paired_with", "rule", "expected"),
    [
        ({3: 1}, 1, 1, {}, (0, 1, 3, 0, True)),
        ({1: 1, 2: 2}, 1, 1, {}, (1, 2, 3, 0, False)),
        ({2: 1, 3: 1}, 2, 1, {}, (0, 2, 2, 0, True)),
        ({3: 1}, 3, 0, {}, (0, 1, 1, 1, False)),
        ({}, 3, 0, {"households": 0, "services_a_month": 0}, (0, 1, 1, 0, True)),
        ({3: 1}, 3, 1, {"services_a_month": 2, "households": 3}, (1, 0, 1, 2, False)),
    ],
)
def test_what_is_owed(
    months: dict[int, int],
    since: int,
    paired_with: int,
    rule: dict[str, Any],
    expected: tuple[int, int, int, int, bool],
) -> None:
    duty = Duty(months, 3, since, paired_with, MembersSection(**rule))
    found = (duty.missing, duty.months_met, duty.months_owed, duty.households_missing, duty.met)
    assert found == expected


def test_offered_and_declined_counts_as_met(cast: Cast) -> None:
    consented, declined, unasked, old = (registered(cast, name=name) for name in ("甲", "乙", "丙", "丁"))
    paired(cast, consented)
    no = Answered(consents=False, on=clock.today())
    pairing.pairing_record(actor=cast.secretary, member_id=declined.pk, answered=no)
    place = cast.places["community"]
    Pairing.objects.create(member=old, place=place, since=date(2025, 1, 1), household="JD1")
    rows = list(DualRegistration.objects.select_related("member"))
    duties = queries.duties_of(rows, clock.today())
    found = {row.member: duties[row.pk].paired for row in rows}
    assert found == {consented: 1, declined: 1, unasked: 0, old: 0}
    # The desk is told who is to serve; who is paired only the supervisor.
    told(SYSTEM, consented)
    assert [line.paired for line in queries.short_of_duty(cast.secretary)] == [True, False, False]
    assert {line.paired for line in queries.short_of_duty(cast.community_worker)} == {None}
    assert queries.short_of_duty(cast.outsider) == []


def test_leaving_deletes_what_is_personal_and_keeps_the_numbers(cast: Cast) -> None:
    member = own(cast)
    me = cast.again("resident")
    done = told(cast.community_worker, member, note="帮张阿姨提菜")
    told(me, member, kind="elders")
    row = paired(cast, member)
    account_close(actor=me)
    member.refresh_from_db()
    assert (member.name, member.number, member.unit, member.person, member.organization, member.skills) == (
        *("—", "", "", None, None, []),
    )
    assert member.left == clock.today()
    registration = member.registrations.get()
    assert (registration.until, registration.unit, registration.organization) == (clock.today(), "", None)
    row.refresh_from_db()
    assert (row.household, row.until) == ("", clock.today())
    kept = TurnOut.objects.get()
    assert (kept.pk, kept.note) == (done.pk, "")
    assert not WorkItem.objects.filter(kind="turn_out.confirm", ended=None).exists()
    assert not any(HOUSEHOLD in f"{entry.facts}" for entry in Entry.objects.all())


def test_the_desk_deletes_a_member_and_nobody_else_does(cast: Cast) -> None:
    member = registered(cast)
    for role in ("outsider", "department_handler", "resident"):
        assert code_of(registering.member_forget, actor=cast.actors[role], member_id=member.pk) == "not_found"
    registering.member_forget(actor=cast.community_worker, member_id=member.pk)
    assert Member.objects.get().name == "—"


def test_an_area_needs_a_member_a_place_and_a_time(cast: Cast) -> None:
    row = post_set_up(cast, duties="巡查楼道")
    for values, code in (
        ({"name": " "}, "responsibility.name"),
        ({"title": ""}, "responsibility.title"),
        ({"type": "x"}, "responsibility.type"),
        ({"until": clock.today() - DAY}, "responsibility.span"),
    ):
        assert code_of(post_set_up, cast=cast, **values) == code
    tell: dict[str, Any] = {"post_id": row.pk, "done": "清理楼道杂物"}
    assert code_of(posts.responsibility_tell, actor=cast.outsider, **tell) == "not_found"
    assert code_of(posts.responsibility_tell, actor=cast.leader, **tell) == "members.not_yours"
    assert posts.responsibility_tell(actor=cast.community_worker, **tell).done_on == clock.today()
    assert posts.responsibility_end(actor=cast.community_worker, post_id=row.pk).until == clock.today()
    assert code_of(posts.responsibility_end, actor=cast.community_worker, post_id=row.pk) == "responsibility.ended"
