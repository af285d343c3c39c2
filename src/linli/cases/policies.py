"""Who may see and do what with matters. One rule gives both the filter and the check; hidden equals missing.

Which moves lead where is in workflow.py; here it is decided whether this actor may make one at this very matter.
"""

from collections.abc import Callable
from typing import Final

from django.db.models import Q

from linli.cases.models import Case, Help, Reporter
from linli.cases.workflow import ABOVE, CHECKER, DESK, HANDLER, HOLDER, REPORTER, WHISTLE
from linli.core.actors import Actor
from linli.core.workflow import Workflow
from linli.territory.models import Place

HELD = ("dispatched", "taken", "done", "verified", "closed", "rated", "deferred")
# Who works with matters; what they reported themselves they follow on the pages of reporters, like everybody.
STAFF: Final = ("cases.view", "cases.handle", "cases.register", "cases.dispatch")
# The second person: who proposed that a matter is out of scope may not approve it.
SECOND_PERSON: Final = frozenset({"approve_out_of_scope"})


def reporter_key(case_id: int) -> str:
    """The key of the actor who has shown a matter's receipt number and code."""
    return f"reporter:{case_id}"


def cases_visible_to(actor: Actor) -> Q:
    """Matters at places where the actor sees matters, and those of the actor's bodies; a resident's own.

    A confidential dispute is open only to who handles it and who dispatches it; a complaint never to the body
    complained of.
    """
    if actor.key == "system":
        return Q()
    if actor.key.startswith("reporter:"):
        return Q(pk=int(actor.key.split(":")[1]))
    condition = at_places(actor, "cases.view") & (Q(confidential=False) | at_places(actor, "cases.dispatch"))
    if actor.organization_ids:
        bodies = actor.organization_ids
        condition |= Q(lead_id__in=bodies, state__in=HELD)
        condition |= Q(pk__in=Help.objects.filter(organization_id__in=bodies).values("case_id"))
        condition &= Q(complained_of=None) | ~Q(complained_of_id__in=bodies)
    if actor.user_id and not any(actor.can(ability) for ability in STAFF):
        condition |= Q(pk__in=Reporter.objects.filter(user_id=actor.user_id).values("case_id"))
    return condition


def bursts_visible_to(actor: Actor) -> Q:
    """Matters that the actor may compare for bursts: those one sees where one verifies or supervises."""
    where = at_places(actor, CHECKER) | at_places(actor, ABOVE)
    return cases_visible_to(actor) & where & Q(confidential=False) & ~Q(kind="complaint")


def at_places(actor: Actor, ability: str) -> Q:
    """The rows at places or in grids where the actor holds the ability, without joining either."""
    condition = Q(pk__in=[])
    for scope in actor.scopes:
        if ability not in scope.abilities:
            continue
        if scope.path:
            below = Place.objects.filter(path__startswith=scope.path)
            condition |= Q(place_id__in=below.values("id"))
        if scope.grid_path:
            below = Place.objects.filter(grid_path__startswith=scope.grid_path)
            condition |= Q(grid_id__in=below.values("id"))
    return condition


def whistles_visible_to(actor: Actor) -> Q:
    """Whistles at places where the actor sees matters, and those that call the actor's bodies.

    Whoever may not open the matter sees no whistle for it; those of ledgers have none.
    """
    if actor.key == "system":
        return Q()
    called = Help.objects.filter(organization_id__in=actor.organization_ids, whistle__isnull=False)
    near = actor.places("cases.view") | Q(pk__in=called.values("whistle_id"))
    return near & (Q(case=None) | Q(case_id__in=Case.objects.filter(cases_visible_to(actor)).values("id")))


def ratings_visible_to(actor: Actor) -> Q:
    """Ratings of the matters that the actor may open; the reporter is never part of them."""
    return Q(case_id__in=Case.objects.filter(cases_visible_to(actor)).values("id"))


def may(actor: Actor, case: Case, verb: str, flow: Workflow) -> bool:
    """Whether the actor may make this move at this matter, whatever state it is in."""
    abilities = {ability for move in flow.moves if move.verb == verb for ability in move.who}
    if verb in SECOND_PERSON and case.extra.get("proposed_by") == actor.key:
        return False
    return actor.key == "system" or any(_holds(actor, case, ability) for ability in abilities)


def moves_of(actor: Actor, case: Case, flow: Workflow) -> list[str]:
    """The verbs that the actor may use on this matter now, in the workflow's order."""
    verbs = [move.verb for move in flow.moves if case.state in move.frm]
    return [verb for verb in verbs if may(actor, case, verb, flow)]


def is_reporter(actor: Actor, case: Case) -> bool:
    """Whether the actor raised the matter: by account, or by its receipt number and code."""
    if actor.key == reporter_key(case.pk):
        return True
    return bool(actor.user_id) and any(item.user_id == actor.user_id for item in case.raised_by)


def sees_reporter(actor: Actor, case: Case, reporter: Reporter) -> bool:
    """Whether the actor may see, masked, who raised the matter: the desk always, the handler unless hidden."""
    if reaches(actor, case, "cases.dispatch"):
        return True
    return not reporter.hidden and _handles(actor, case)


def may_call(actor: Actor, case: Case) -> bool:
    """Whether the actor tells the reporter by phone or at the counter where a matter stands: the desk where it is."""
    return reaches(actor, case, "cases.dispatch")


def may_answer(actor: Actor, case: Case) -> bool:
    """Whether the actor answers the reporter publicly: of the body that leads the matter, or of its desk."""
    return (case.lead_id is not None and case.lead_id in actor.organization_ids) or reaches(actor, case, DESK)


def may_help(actor: Actor, case: Case, body_id: int | None, *, ended: bool) -> bool:
    """Whether the actor answers for a body that helps: one who handles matters there; the desk where it has ended."""
    if ended:
        return reaches(actor, case, DESK)
    return body_id in actor.organization_ids and actor.can(HANDLER)


def may_amend(actor: Actor, case: Case) -> bool:
    """Whether the actor changes what the profile adds to a matter: the desk where it is."""
    return reaches(actor, case, "cases.dispatch")


def may_check(actor: Actor, case: Case) -> bool:
    """Whether the actor verifies a matter and writes down its rating: not who did it, and of another body."""
    if actor.key == case.done_by or (case.lead_id and case.lead_id in actor.organization_ids):
        return False
    return reaches(actor, case, CHECKER)


def ways_to_ask(actor: Actor, case: Case) -> tuple[str, ...]:
    """By which ways the actor may ask the reporter of a matter for a rating; the desk of the handler by link only."""
    if actor.key == "system" or may_check(actor, case):
        return ("link", "phone", "paper")
    return ("link",) if reaches(actor, case, DESK) else ()


def may_publish(actor: Actor, case: Case) -> bool:
    """Whether the actor decides what everybody may read about a matter: the desk where it is."""
    return reaches(actor, case, "cases.dispatch")


def reaches(actor: Actor, case: Case, ability: str) -> bool:
    """Whether the actor holds the ability where the matter is, and is not of the body complained of."""
    if case.complained_of_id and case.complained_of_id in actor.organization_ids:
        return False
    grid_path = case.grid.grid_path if case.grid else ""
    return actor.reaches(ability, path=case.place.path, grid_path=grid_path)


def may_whistle(actor: Actor, place: Place, verb: str, bodies: set[int]) -> bool:
    """Whether the actor may make this move at a whistle at a place that calls these bodies."""
    abilities = {ability for move in WHISTLE.moves if move.verb == verb for ability in move.who}
    called = bool(bodies & set(actor.organization_ids)) and actor.can(HANDLER)
    if HANDLER in abilities and called:
        return True
    return actor.key == "system" or any(
        actor.reaches(ability, path=place.path, grid_path=place.grid_path) for ability in abilities - {HANDLER}
    )


def whistle_moves_of(actor: Actor, place: Place, state: str, bodies: set[int]) -> list[str]:
    """The verbs that the actor may use on such a whistle now, in the workflow's order."""
    return [move.verb for move in WHISTLE.moves if state in move.frm and may_whistle(actor, place, move.verb, bodies)]


def _handles(actor: Actor, case: Case) -> bool:
    return actor.can(HANDLER) and case.lead_id is not None and case.lead_id in actor.organization_ids


def _holds_it(actor: Actor, case: Case) -> bool:
    """Of the body that leads the matter, or of the desk before there is one."""
    return _handles(actor, case) if case.lead_id else reaches(actor, case, DESK)


_RULES: Final[dict[str, Callable[[Actor, Case], bool]]] = {
    REPORTER: is_reporter,
    HANDLER: _handles,
    HOLDER: _holds_it,
    CHECKER: may_check,
}


def _holds(actor: Actor, case: Case, ability: str) -> bool:
    rule = _RULES.get(ability)
    return rule(actor, case) if rule else reaches(actor, case, ability)
