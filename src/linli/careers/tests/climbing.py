"""Reserves, talents, promotions and pay, for the tests."""

from datetime import date
from decimal import Decimal
from typing import Any, Final

from linli.accounts.operations.issuing import person_account
from linli.accounts.queries import actor_of
from linli.accounts.testing import Cast
from linli.careers.models import PayStatement, Promotion, RecruitmentRound, ReserveCandidate, TalentEntry
from linli.careers.operations.pay import Pay, allowance_add, grade_add, statement_write
from linli.careers.operations.promotions import (
    Climb,
    Opening,
    plan_set,
    promotion_appoint,
    promotion_begin,
    promotion_step,
    round_close,
    round_open,
)
from linli.careers.operations.reserves import Nomination, reserve_approve, reserve_nominate
from linli.careers.operations.talents import Talent, talent_enter
from linli.core import clock
from linli.core.actors import SYSTEM, Actor
from linli.organizations.operations.people import Named
from linli.organizations.operations.posts import Appointment, post_appoint
from linli.workforce.models import Credential

MONTH: Final = date(2026, 2, 1)


def nominated(cast: Cast, name: str = "甲后备", target: str = "secretary", **more: Any) -> ReserveCandidate:
    """Somebody whom the community nominates."""
    given = {"place_id": cast.places["community"].pk, "role": "community_worker", **more}
    phone = f"100{sum(map(ord, name)) % 10**8:08}"
    nomination = Nomination(Named(name, phone), given["place_id"], target, "退役军人")
    actor: Actor = SYSTEM if given["role"] == "system" else cast.actors[given["role"]]
    return reserve_nominate(actor=actor, nomination=nomination)


def in_reserve(cast: Cast, name: str = "甲后备", target: str = "secretary", **more: Any) -> ReserveCandidate:
    """Somebody in reserve."""
    return reserve_approve(actor=SYSTEM, reserve_id=nominated(cast, name, target, **more).pk)


def talent(cast: Cast, role: str = "community_worker", on_paper: bool = True, **more: Any) -> TalentEntry:
    """A retired teacher whose consent the desk noted."""
    given = {
        **{"name": "乙老师", "phone": "10000770001", "place_id": cast.places["community"].pk},
        **{"category": "teacher", "skills": "书法", "consent": True, **more},
    }
    actor = SYSTEM if role == "system" else cast.actors[role]
    return talent_enter(actor=actor, form=Talent(**given), on_paper=on_paper)


def climb(cast: Cast, role: str = "community_worker", to: str = "member", **more: Any) -> Climb:
    """A worker who is to come one rung up."""
    return Climb(cast.posts[role].person_id or 0, cast.places["community"].pk, to, **more)


def begun(cast: Cast, role: str = "community_worker", to: str = "member", by: str = "street_officer") -> Promotion:
    """A promotion on its way."""
    return promotion_begin(actor=cast.actors[by], climb=climb(cast, role, to))


def risen(cast: Cast, role: str = "community_worker", to: str = "member", steps: str = "vetting") -> Promotion:
    """Somebody who came one rung up today."""
    row, actor, today = begun(cast, role, to), cast.actors["street_officer"], clock.today()
    for step in steps.split():
        promotion_step(actor=actor, promotion_id=row.pk, step=step, on=today)
    return promotion_appoint(actor=actor, promotion_id=row.pk, on=today)


def opened(cast: Cast, rung: str = "member", **more: Any) -> RecruitmentRound:
    """A round of the street for two posts."""
    given = {"title": "社区委员选拔", "place_id": cast.places["street"].pk, "posts": 2, **more}
    opening = Opening(rung=rung, criteria=("politics", "coordination"), **given)
    return round_open(actor=cast.actors["street_officer"], opening=opening)


def clerk(cast: Cast) -> Actor:
    """Somebody who writes pay for the county."""
    named = Named("丙会计", phone="10000770009", staff_number="QH9009")
    post = post_appoint(actor=SYSTEM, appointment=Appointment("pay_clerk", cast.places["county"].pk, named=named))
    return actor_of(person_account(actor=SYSTEM, person_id=post.person_id or 0))


def pay_of(cast: Cast, role: str = "community_worker", **more: Any) -> Pay:
    """The pay of a worker for a month."""
    given: dict[str, Any] = {"month": MONTH, "amounts": {"base": Decimal("2300"), "performance": Decimal("500")}}
    return Pay(cast.posts[role].person_id or 0, cast.places["county"].pk, **{**given, **more})


def paid(cast: Cast, role: str = "community_worker", actor: Actor = SYSTEM, **more: Any) -> PayStatement:
    """A statement."""
    return statement_write(actor=actor, pay=pay_of(cast, role, **more))


def rules_made(cast: Cast) -> None:
    """A grade and an allowance of the county."""
    county = cast.places["county"].pk
    grade_add(actor=SYSTEM, place_id=county, title="三级六档", base=Decimal("2600"), rung="worker")
    rule: dict[str, Any] = {
        "kind": "credential",
        "condition": "初级",
        "monthly": Decimal(100),
        "since": date(2025, 1, 1),
    }
    allowance_add(actor=SYSTEM, place_id=county, **rule)


def verified(cast: Cast, role: str = "community_worker", issued: date = date(2025, 6, 1), **more: Any) -> Credential:
    """A credential of a worker that somebody verified."""
    given = {"kind": "social_worker", "number": "SG20250001", "state": "verified", **more}
    post = cast.posts[role]
    assert post.person is not None
    return Credential.objects.create(
        person=post.person, place=post.place, issued=issued, entered=clock.now(), entered_by="test", **given
    )


def careers_made(cast: Cast) -> None:
    """Something of everything here and in the other place, for the tests over every route."""
    for place, role in (("community", "community_worker"), ("far_community", "outsider")):
        at = cast.places[place].pk
        for name in ("甲后备", "丁后备"):
            nominated(cast, f"{name}{place}", place_id=at, role="system")
            talent(cast, "system", name=f"乙{name}{place}", phone="10000770001", place_id=at)
        person = cast.posts[role].person_id or 0
        promotion_begin(actor=SYSTEM, climb=Climb(person, at, "member"))
        opening = Opening("社区委员选拔", at, "member", 2)
        round_open(actor=SYSTEM, opening=opening)
        hired = round_open(actor=SYSTEM, opening=opening)
        round_close(actor=SYSTEM, round_id=hired.pk, applicants=3, chosen=2)
        plan_set(actor=SYSTEM, place_id=at, posts=7, factors=("scale",), basis="区编办核定")
        statement_write(actor=SYSTEM, pay=Pay(person, at, MONTH, amounts={"base": Decimal(2300)}))
    rules_made(cast)
