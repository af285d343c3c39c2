"""Emergency plans, their activation and help cards, for the tests."""

from datetime import timedelta
from typing import Any, Final

from linli.accounts.testing import Cast
from linli.core import clock
from linli.core.actors import SYSTEM, Actor
from linli.emergencies.models import Activation, EmergencyPlan, HelpCard
from linli.emergencies.operations.activations import Start, activation_start
from linli.emergencies.operations.cards import Card, card_keep
from linli.emergencies.operations.plans import Sketch, plan_add, step_add

PERSON: Final = "沈慢慢"
PHONE: Final = "10000009876"


def planned(cast: Cast, where: str = "community", actor: Actor = SYSTEM, **more: Any) -> EmergencyPlan:
    """A plan with one step of the grid's lead and one of the department, which calls grid workers and the secretary."""
    given: dict[str, Any] = {"title": "防汛预案", "kind": "flood", "calls": ("grid_worker", "community_secretary")}
    team = {"team_ids": (cast.bodies["department"].pk,)}
    plan = plan_add(actor=actor, place_id=cast.places[where].pk, sketch=Sketch(**{**given, **team, **more}))
    step_add(actor=actor, plan_id=plan.pk, text="查看低洼处", minutes=30, post_kind="grid_worker")
    body = cast.bodies["department"].pk
    step_add(actor=actor, plan_id=plan.pk, text="断开积水处电源", minutes=60, organization_id=body)
    return plan


def start(plan: EmergencyPlan, hours: int = 12, **more: Any) -> Start:
    """Heavy rain until tonight, for the whole place of the plan."""
    ends = clock.now() + timedelta(hours=hours)
    return Start(**{"level": "3", "reason": "暴雨", "ends": ends, "area_ids": (plan.place_id,), **more})


def active(cast: Cast, where: str = "community", actor: Actor = SYSTEM, **more: Any) -> Activation:
    """An emergency that goes on."""
    plan = planned(cast, where)
    return activation_start(actor=actor, plan_id=plan.pk, start=start(plan, **more))


def card(cast: Cast, where: str = "community", **more: Any) -> Card:
    """Somebody who needs help on the stairs."""
    given: dict[str, Any] = {"name": PERSON, "phone": PHONE, "needs": ("stairs",), "agreed": True}
    return Card(**{"place_id": cast.places[where].pk, **given, **more})


def kept(cast: Cast, where: str = "community", **more: Any) -> HelpCard:
    """The resident's own card."""
    return card_keep(actor=cast.actors["resident"], card=card(cast, where, **more))


def emergencies_made(cast: Cast) -> None:
    """An emergency here and in the other place, and a help card, for the tests over every route."""
    for where in ("community", "far_community"):
        active(cast, where, hours=24 * 13)
    kept(cast)
