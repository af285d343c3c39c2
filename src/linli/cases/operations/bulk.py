"""One step on many matters at once: each by itself, so that a refusal never blocks the others."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from linli.cases import routing
from linli.cases.models import Case
from linli.cases.operations.dispatching import case_dispatch
from linli.cases.operations.finishing import case_close
from linli.cases.operations.screening import case_accept
from linli.cases.operations.supervising import case_urge
from linli.cases.policies import cases_visible_to
from linli.core.actors import Actor
from linli.core.errors import DomainError, InvalidInput, NotFound, RuleBroken

MOST: Final = 50


@dataclass(frozen=True, slots=True)
class Answer:
    """What became of one matter: done, or refused with a code and the sentence of the refusal."""

    case: Case | None
    code: str = ""
    sentence: Any = ""


def case_bulk(
    *, actor: Actor, verb: str, picks: Sequence[tuple[int, int | None]], lead_id: int | None = None
) -> list[Answer]:
    """Accept, dispatch, urge or close up to 50 matters, given by id and the version that the list showed.

    Dispatch goes to `lead_id`, or each to the body that the table of powers names; closing answers with what was done.
    Raises: case.bulk_verb, case.too_many, case.nothing_picked
    """
    step = _STEPS.get(verb)
    if step is None:
        raise InvalidInput("case.bulk_verb", _("This step is made one matter at a time."), verb=verb)
    if not picks:
        raise InvalidInput("case.nothing_picked", _("Please choose matters in the list first."))
    if len(picks) > MOST:
        raise InvalidInput("case.too_many", _("At most %(most)s matters at once."), most=MOST)
    rows = Case.objects.select_related("place").defer("search")
    visible = rows.filter(cases_visible_to(actor)).in_bulk([pk for pk, _version in picks])
    return [_one(step, actor, visible.get(pk), version, lead_id) for pk, version in picks]


def _one(
    step: Callable[[Actor, Case, int | None, int | None], Any],
    actor: Actor,
    case: Case | None,
    version: int | None,
    lead_id: int | None,
) -> Answer:
    try:
        if case is None:
            raise NotFound
        step(actor, case, version, lead_id)
    except DomainError as refusal:
        return Answer(case, refusal.code, refusal.sentence)
    return Answer(case)


def _accept(actor: Actor, case: Case, version: int | None, _lead: int | None) -> None:
    case_accept(actor=actor, case_id=case.pk, version=version)


def _dispatch(actor: Actor, case: Case, version: int | None, lead_id: int | None) -> None:
    body = lead_id
    if body is None:
        suggested = routing.route_of(case).body
        if suggested is None:
            raise RuleBroken("case.no_route", _("No body is named for this category here; dispatch it by itself."))
        body = suggested.pk
    case_dispatch(actor=actor, case_id=case.pk, lead_id=body, version=version)


def _urge(actor: Actor, case: Case, version: int | None, _lead: int | None) -> None:
    case_urge(actor=actor, case_id=case.pk, version=version)


def _close(actor: Actor, case: Case, version: int | None, _lead: int | None) -> None:
    case_close(actor=actor, case_id=case.pk, answer=case.result, version=version)


_STEPS: Final[Mapping[str, Callable[[Actor, Case, int | None, int | None], None]]] = {
    "accept": _accept,
    "dispatch": _dispatch,
    "urge": _urge,
    "close": _close,
}
