"""Careers as operations: reserves and what falls short, one rung at a time, the pool by consent."""

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from hypothesis import given
from hypothesis import strategies as st

from linli.accounts.operations.owning import account_close
from linli.accounts.testing import Cast
from linli.careers.models import Promotion, RecruitmentRound, ReserveCandidate, StaffingPlan, TalentEntry
from linli.careers.operations import promotions, reserves, talents
from linli.careers.operations.ledgers import promotions_refused, steps_of, talents_refused
from linli.careers.policies import (
    promotions_visible_to,
    reserves_visible_to,
    rounds_visible_to,
    talents_visible_to,
)
from linli.careers.queries.ladder import rung_of
from linli.careers.queries.reserves import holding_of
from linli.careers.queries.staffing import ratio, staffing
from linli.careers.queries.stewards import off_band
from linli.careers.sections import LADDER, section
from linli.careers.tests.climbing import begun, climb, in_reserve, nominated, opened, risen, talent
from linli.careers.workflow import PROMOTIONS, RESERVES
from linli.core import clock
from linli.core.actors import SYSTEM
from linli.core.errors import DomainError
from linli.core.models import WorkItem
from linli.organizations.models import Person, Post
from linli.organizations.sections import GroupKind
from linli.territory.models import Statistic

pytestmark = pytest.mark.django_db


def code_of(operation: Callable[..., Any], **values: Any) -> str:
    """The code with which an operation refuses; empty where it does not."""
    try:
        operation(**values)
    except DomainError as error:
        return error.code
    return ""


def owed(kind: str, subject_id: int) -> list[int | None]:
    return list(WorkItem.objects.filter(kind=kind, subject_id=subject_id, ended=None).values_list("post_id", flat=True))


def test_the_lives_are_these_and_no_others() -> None:
    assert [(move.verb, move.frm, move.to) for move in (*RESERVES.moves, *PROMOTIONS.moves)] == [
        ("approve", ("nominated",), "held"),
        ("refuse", ("nominated",), "refused"),
        ("appoint", ("held",), "appointed"),
        ("leave", ("nominated", "held"), "left"),
        ("appoint", ("running",), "appointed"),
        ("drop", ("running",), "dropped"),
    ]


def test_the_community_nominates_and_the_street_decides(cast: Cast) -> None:
    row = nominated(cast)
    assert owed("reserve.approve", row.pk) == [cast.posts["street_officer"].pk]
    answers = {
        role: code_of(reserves.reserve_approve, actor=cast.actors[role], reserve_id=row.pk)
        for role in ("outsider", "grid_worker", "community_worker", "secretary", "street_officer")
    }
    assert answers == {
        "outsider": "not_found",
        "grid_worker": "not_found",
        "community_worker": "careers.not_yours",
        "secretary": "careers.not_yours",
        "street_officer": "",
    }
    row.refresh_from_db()
    assert (row.state, row.since, owed("reserve.approve", row.pk)) == ("held", clock.today(), [])
    again = code_of(reserves.reserve_approve, actor=cast.street_officer, reserve_id=row.pk)
    assert (again, code_of(nominated, cast=cast)) == ("reserve_candidate.state", "reserve.twice")
    own = nominated(cast, "己后备", role="street_officer")
    assert code_of(reserves.reserve_approve, actor=cast.street_officer, reserve_id=own.pk) == "reserve.own"
    assert code_of(reserves.reserve_refuse, actor=cast.leader, reserve_id=own.pk, reason="x") == "not_found"
    far = cast.places["far_community"].pk
    assert code_of(nominated, cast=cast, name="远", place_id=far) == "not_found"
    assert code_of(nominated, cast=cast, name="庚", target="cook") == "reserve.target"


def test_what_a_community_lacks_shows_at_once_and_is_owed(cast: Cast) -> None:
    place = cast.places["community"]

    def lacking() -> tuple[int, int]:
        held = holding_of(cast.community_worker, place.pk)
        return held.secretaries_missing, held.committee_missing

    assert lacking() == (1, 2)
    first, second, third = (
        in_reserve(cast, name, target)
        for name, target in (("甲", "secretary"), ("乙", "committee"), ("丙", "committee"))
    )
    assert (lacking(), owed("reserve.fill", place.pk)) == ((0, 0), [])
    reserves.reserve_leave(actor=cast.community_worker, reserve_id=second.pk, reason="搬离")
    assert (lacking(), len(owed("reserve.fill", place.pk))) == ((0, 1), 1)
    reserves.reserve_appoint(actor=cast.street_officer, reserve_id=first.pk)
    assert (lacking(), len(owed("reserve.fill", place.pk))) == ((1, 1), 1)
    in_reserve(cast, "丁", "secretary")
    in_reserve(cast, "戊", "committee")
    assert (lacking(), owed("reserve.fill", place.pk)) == ((0, 0), [])
    assert reserves.gaps_check() == 2  # the two other communities hold nobody
    assert reserves.gaps_check() == 2
    assert WorkItem.objects.filter(kind="reserve.fill", ended=None).count() == 2
    assert third.until is None
    assert code_of(reserves.reserve_leave, actor=cast.secretary, reserve_id=third.pk, reason=" ") == "reserve.reason"


def test_an_appointment_uses_the_reserve(cast: Cast) -> None:
    row = in_reserve(cast, target="committee")
    ReserveCandidate.objects.filter(pk=row.pk).update(person_id=cast.posts["community_worker"].person_id)
    assert risen(cast).state == "appointed"
    row.refresh_from_db()
    assert (row.state, row.until) == ("appointed", clock.today())


def test_one_comes_up_one_rung_after_every_step(cast: Cast) -> None:
    person = cast.posts["community_worker"].person_id or 0
    assert rung_of(person) == "worker"
    for to in ("worker", "deputy", "head", "pope"):
        assert code_of(begun, cast=cast, to=to) == "promotion.rung_skipped"
    row = begun(cast)
    assert code_of(begun, cast=cast) == "promotion.twice"
    actor, today = cast.street_officer, clock.today()

    def appoint(on: date = today) -> str:
        return code_of(promotions.promotion_appoint, actor=actor, promotion_id=row.pk, on=on)

    def step(name: str, on: date = today, role: str = "street_officer") -> str:
        given = {"promotion_id": row.pk, "step": name, "on": on}
        return code_of(promotions.promotion_step, actor=cast.actors[role], **given)

    assert [appoint(), step("interview"), step("vetting", today + timedelta(1))] == [
        "promotion.steps_open",
        "promotion.step",
        "promotion.day",
    ]
    assert [step("vetting", role=role) for role in ("secretary", "outsider", "community_worker")] == [
        "not_found",
        "not_found",
        "careers.not_yours",
    ]
    assert step("vetting") == ""
    assert [appoint(today - timedelta(1)), appoint(today + timedelta(1)), appoint(), appoint()] == [
        "promotion.day",
        "promotion.day",
        "",
        "promotion.state",
    ]
    assert rung_of(person) == "member"
    # Committee member, deputy, head: three steps for each, none of them skipped.
    assert code_of(begun, cast=cast, to="head") == "promotion.rung_skipped"
    for to in ("deputy", "head"):
        risen(cast, to=to, steps="competition interview vetting")
    assert (rung_of(person), code_of(begun, cast=cast, to="head")) == ("head", "promotion.top")


def test_who_may_not_promote(cast: Cast) -> None:
    assert code_of(begun, cast=cast, by="secretary") == "careers.not_yours"
    assert code_of(begun, cast=cast, by="outsider") == "not_found"
    assert code_of(begun, cast=cast, role="outsider") == "not_found"
    assert code_of(begun, cast=cast, role="grid_worker") == "promotion.top"
    row = begun(cast)
    assert code_of(promotions.promotion_drop, actor=cast.street_officer, promotion_id=row.pk, reason="") == (
        "promotion.reason"
    )
    promotions.promotion_drop(actor=cast.street_officer, promotion_id=row.pk, reason="本人放弃")
    assert begun(cast).pk != row.pk
    assert code_of(begun, cast=cast, role="street_officer") == "promotion.own"


def test_a_round_keeps_numbers_and_its_rung(cast: Cast) -> None:
    row = opened(cast)
    assert code_of(opened, cast=cast, rung="pope") == "round.rung"
    assert code_of(opened, cast=cast, posts=0) == "round.posts"
    other = opened(cast, rung="deputy")
    begin = promotions.promotion_begin
    wrong = climb(cast, round_id=other.pk)
    assert code_of(begin, actor=cast.street_officer, climb=wrong) == "promotion.round"
    going = begin(actor=cast.street_officer, climb=climb(cast, round_id=row.pk))

    def close(applicants: int, chosen: int, role: str = "street_officer") -> str:
        given = {"round_id": row.pk, "applicants": applicants, "chosen": chosen}
        return code_of(promotions.round_close, actor=cast.actors[role], **given)

    assert [close(9, 3), close(1, 2), close(9, 2)] == ["round.numbers", "round.numbers", "round.running"]
    promotions.promotion_drop(actor=cast.street_officer, promotion_id=going.pk, reason="本人放弃")
    assert [close(9, 2, "community_worker"), close(9, 2), close(9, 2)] == ["not_found", "", "recruitment_round.state"]
    closed = RecruitmentRound.objects.get(pk=row.pk)
    assert (closed.applicants, closed.chosen, closed.closed_on) == (9, 2, clock.today())
    with pytest.raises(IntegrityError), transaction.atomic():
        RecruitmentRound.objects.filter(pk=row.pk).update(chosen=10)


def test_a_talent_enters_by_consent_and_leaves_for_good(cast: Cast) -> None:
    assert code_of(talent, cast=cast, consent=False) == "talent.consent"
    assert code_of(talent, cast=cast, category="king") == "talent.category"
    assert code_of(talent, cast=cast, skills="长" * 201) == "talent.skills"
    assert code_of(talent, cast=cast, role="outsider") == "careers.not_yours"
    row = talent(cast)
    assert code_of(talent, cast=cast) == "talent.twice"
    second = talent(cast, category="party_member")
    assert second.person_id == row.person_id
    leave = talents.talent_leave
    assert [code_of(leave, actor=cast.actors[role], talent_id=row.pk) for role in ("outsider", "resident")] == [
        "not_found",
        "not_found",
    ]
    leave(actor=cast.community_worker, talent_id=row.pk)
    assert Person.objects.get(pk=second.person_id).name == "乙老师"
    leave(actor=cast.community_worker, talent_id=second.pk)
    gone = Person.objects.get(pk=second.person_id)
    assert (TalentEntry.objects.exists(), gone.name, gone.phone) == (False, "—", None)
    with pytest.raises(IntegrityError), transaction.atomic():
        TalentEntry.objects.create(
            person=gone, place=cast.places["community"], category="x", consent=False, consent_on=clock.today()
        )


def test_a_resident_enters_and_leaves_by_themselves(cast: Cast) -> None:
    row = talent(cast, "resident", on_paper=False)
    actor = cast.again("resident")
    assert (row.person_id, code_of(talent, cast=cast, role="visitor", on_paper=False)) == (actor.person_id, "not_found")
    assert TalentEntry.objects.filter(talents_visible_to(actor)).count() == 1
    talents.talent_leave(actor=actor, talent_id=row.pk)
    assert not TalentEntry.objects.exists()
    talent(cast, "resident", on_paper=False)
    account_close(actor=actor)
    assert not TalentEntry.objects.exists()


@pytest.mark.parametrize(
    ("residents", "per", "wanted"),
    [
        (10_000, 18, 18),
        (5_000, 18, 9),
        (4_168, 18, 8),
        (4_445, 18, 9),
        (0, 18, 0),
        (None, 18, None),
        (9_999, None, None),
    ],
)
def test_ratios_of_staff(residents: int | None, per: int | None, wanted: int | None) -> None:
    assert ratio(residents, None if per is None else Decimal(per)) == wanted


def test_staff_is_counted_once_and_held_against_ratio_and_plan(cast: Cast) -> None:
    place, person = cast.places["community"], cast.posts["community_worker"].person_id
    Statistic.objects.create(series="urban_residents", place=place, value=5000, since=date(2026, 1, 1))
    Post.objects.create(person_id=person, kind="community_member", place=place, since=date(2026, 1, 1))

    def line() -> tuple[Any, ...]:
        row = next(item for item in staffing(cast.street_officer) if item.place.pk == place.pk)
        return row.by_rule, row.planned, row.persons, row.posts, row.missing, row.grids, row.grid_workers

    # Two workers and a secretary, of whom one holds two posts; two grids with one worker.
    assert line() == (9, None, 3, 4, 6, 2, 1)
    plan = promotions.plan_set
    assert code_of(plan, actor=cast.secretary, place_id=place.pk, posts=5) == "careers.not_yours"
    assert code_of(plan, actor=cast.outsider, place_id=place.pk, posts=5) == "not_found"
    assert code_of(plan, actor=cast.street_officer, place_id=place.pk, posts=5, factors=("mood",)) == "plan.factors"
    for posts in (6, 5):
        plan(actor=cast.street_officer, place_id=place.pk, posts=posts, factors=("scale",))
    assert line() == (9, 5, 3, 4, 2, 2, 1)
    assert StaffingPlan.objects.count() == 1


@pytest.mark.parametrize(
    ("households", "off"), [(39, -1), (40, 0), (45, 0), (50, 0), (51, 1), (63, 13), (0, -40), (None, 0)]
)
def test_stewards_units_have_forty_to_fifty_households(households: int | None, off: int) -> None:
    band = GroupKind(code="steward_unit", label="社区管家单元", households_from=40, households_to=50)
    assert off_band(households, band) == off


@given(st.lists(st.sampled_from([rung.code for rung in LADDER]), min_size=2, max_size=2))
def test_ledgers_climb_one_rung_at_a_time(pair: list[str]) -> None:
    below, up = pair
    refused = promotions_refused(rows=[{"from_rung": below, "to_rung": up, "steps": "竞岗、面试、考查"}])
    assert (refused == {}) == (section().height(up) - section().height(below) == 1)


def test_ledgers_name_known_steps_and_consent() -> None:
    assert steps_of("竞岗、面试、考察等") == {"competition": None, "interview": None, "vetting": None}
    assert (steps_of(""), steps_of("抽签")) == ({}, None)
    row = {"category": "老教师", "consent": True}
    assert talents_refused(
        rows=[row, {**row, "consent": False}, {**row, "consent": None}, {**row, "category": "x"}]
    ) == {
        1: "talent.consent",
        2: "talent.consent",
        3: "talent.category",
    }


def test_who_sees_what(cast: Cast) -> None:
    in_reserve(cast)
    talent(cast)
    begun(cast)
    opened(cast)
    kinds = (
        (ReserveCandidate, reserves_visible_to),
        (TalentEntry, talents_visible_to),
        (Promotion, promotions_visible_to),
        (RecruitmentRound, rounds_visible_to),
    )

    def seen(role: str) -> list[int]:
        return [model.objects.filter(rule(cast.actors[role])).count() for model, rule in kinds]

    assert {role: seen(role) for role in ("street_officer", "community_worker", "second_worker", "outsider")} == {
        "street_officer": [1, 1, 1, 1],
        "community_worker": [1, 1, 1, 0],  # their own promotion; the round lies above them
        "second_worker": [1, 1, 0, 0],
        "outsider": [0, 0, 0, 0],
    }
    assert [model.objects.filter(rule(SYSTEM)).count() for model, rule in kinds] == [1, 1, 1, 1]
