"""How every operation on one matter begins and ends: lock, look, allow, step, write, journal, announce.

The verbs themselves are in the files beside this one.
"""

from typing import Any

from django.utils.translation import gettext_lazy as _

from linli.cases import sections
from linli.cases.events import Moved, announce, case_moved
from linli.cases.models import Case
from linli.cases.operations import clocks
from linli.cases.policies import cases_visible_to, may
from linli.core import journal
from linli.core.actors import Actor
from linli.core.errors import InvalidInput, NotAllowed, NotFound, RuleBroken, Stale

PLACES = ("place__county", "place__street", "place__community", "grid", "lead__place")


def locked(actor: Actor, case_id: int, verb: str, version: int | None = None) -> Case:
    """The matter, locked, in the state that the verb leads to; nothing is written yet.

    Raises: not_found where it is hidden, case.not_yours, case.stale, case.state
    """
    case = (
        Case.objects.select_for_update(of=("self",)).select_related(*PLACES).defer("search").filter(pk=case_id).first()
    )
    if case is None or not Case.objects.filter(cases_visible_to(actor), pk=case_id).exists():
        raise NotFound
    flow = sections.flow()
    if not any(move.verb == verb for move in flow.moves):
        raise RuleBroken("case.switched_off", _("This step is not used here."), verb=verb)
    if not may(actor, case, verb, flow):
        raise NotAllowed("case.not_yours", _("This step is not yours to make here."), verb=verb)
    if version is not None and version != case.version:
        message = _("Somebody changed this matter since you opened it.")
        raise Stale("case.stale", message, yours=version, current=case.version)
    case.was = case.state  # type: ignore[attr-defined]
    case.state = flow.step(case.state, verb)
    return case


def save(actor: Actor, case: Case, verb: str, *, anew: bool = False, **facts: Any) -> Case:
    """Write the matter with a new version, the journal entry, the work item of its state, and tell listeners.

    `anew` where another holder or deadline comes with the same state: its work item is written anew, before those
    who listen look for its holder.
    """
    was = getattr(case, "was", "")
    case.version += 1
    case.save()
    written = {name: value for name, value in facts.items() if value not in (None, "")}
    place = case.place_id
    journal.write(
        actor, f"case.{verb}", ("case", case.pk), place_id=place, facts={"from": was, "to": case.state, **written}
    )
    if anew or was != case.state:
        clocks.hold(case)
    announce(case_moved, Moved(verb, actor, case, was))
    return case


def said(text: str, code: str, longest: int = 300) -> str:
    """A reason or answer that somebody must give.

    Raises: the code, where nothing was said; case.too_long
    """
    text = text.strip()
    if not text:
        raise InvalidInput(code, _("Please write the reason."))
    if len(text) > longest:
        raise InvalidInput("case.too_long", _("At most %(longest)s characters."), longest=longest)
    return text
