"""Whistles (吹哨报到): a community or street calls departments, they report in, and both sides are rated.

Each whistle belongs to one matter (WHI-02); the departments called are its helps, each with a clock of its own.
"""

from collections.abc import Mapping, Sequence
from typing import Any, Final

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from linli.cases import sections, words
from linli.cases.events import Moved, announce, whistle_moved
from linli.cases.models import Help, Whistle
from linli.cases.operations import clocks
from linli.cases.operations.dispatching import body, not_complained_of
from linli.cases.operations.steps import locked, said, save
from linli.cases.policies import may_whistle, whistles_visible_to
from linli.cases.workflow import WHISTLE
from linli.core import clock, journal
from linli.core.actors import Actor
from linli.core.bulk import next_ids
from linli.core.errors import InvalidInput, NotAllowed, NotFound, RuleBroken, Stale
from linli.organizations.models import Organization

SUBJECT: Final = "whistle"
PART: Final = 200
KINDS: Final = frozenset(code for code, _label in words.WHISTLE_KINDS)


@transaction.atomic
def whistle_call(
    *,
    actor: Actor,
    case_id: int,
    departments: Sequence[int],
    text: str,
    kind: str = "routine",
    parts: Mapping[int, str] | None = None,
    version: int | None = None,
) -> Whistle:
    """Call departments to a matter that is beyond one's own powers; each must report in by the kind's clock.

    `parts` says what is whose (WHI-04): each department owes its own part, by a clock of its own.
    Raises: not_found, case.not_yours, case.stale, case.state, case.switched_off, whistle.kind_unknown,
    whistle.nobody_called, whistle.text_missing, whistle.open, whistle.not_called, case.body_unknown,
    case.too_long, case.complained_of
    """
    if kind not in KINDS:
        raise InvalidInput("whistle.kind_unknown", _("There is no such kind of whistle."), kind=kind)
    called = [body(pk) for pk in dict.fromkeys(departments)]
    if not called:
        raise InvalidInput("whistle.nobody_called", _("Say which departments are called."))
    tasks = _parts(called, parts or {})
    text = said(text, "whistle.text_missing", 2000)
    case = locked(actor, case_id, "whistle", version)
    for item in called:
        not_complained_of(case, item)
    if case.whistles.exclude(state="done").exists():
        raise RuleBroken("whistle.open", _("A whistle for this matter is open already."))
    calendar = clocks.calendar_of(case.place)
    clock_of_kind = sections.whistle_kind(kind, sections.section())
    now = clock.now()
    pk = next_ids(Whistle, 1)[0]
    whistle = Whistle.objects.create(
        id=pk,
        number=f"S{now:%y%m%d}{pk:05d}",
        case=case,
        kind=kind,
        text=text,
        place=case.place,
        departments=[item.name for item in called],
        received=clock.day_of(now),
        called=now,
        called_by_id=case.desk_id,
        report_due=clocks.after(calendar, now, clock_of_kind.report_in),
    )
    due = clocks.after(calendar, now, clock_of_kind.resolve)
    for item in called:
        task = tasks.get(item.pk, text)[:PART]
        Help.objects.create(case=case, organization=item, whistle=whistle, task=task, asked=now, due=due)
        holder = clocks.Holder(organization_id=item.pk)
        clocks.work_raise("whistle.report_in", case, holder, whistle.report_due, calendar, task)
    save(actor, case, "whistle", whistle=whistle.pk, departments=whistle.departments, kind=kind)
    return _saved(actor, whistle, "call", "", departments=whistle.departments, kind=kind)


@transaction.atomic
def whistle_report_in(
    *, actor: Actor, whistle_id: int, organization_id: int | None = None, version: int | None = None
) -> Whistle:
    """Report in to a whistle for one's body; the first that does moves the whistle on.

    Raises: not_found, whistle.not_yours, whistle.stale, whistle.state, whistle.reported
    """
    whistle = _locked(actor, whistle_id, version)
    was = whistle.state
    verb = "report_in" if whistle.state == "called" else "report_late"
    _may(actor, whistle, verb)
    mine = _mine(actor, whistle, organization_id)
    if mine.reported is not None:
        raise RuleBroken("whistle.reported", _("Your body has reported in already."))
    whistle.state = WHISTLE.step(whistle.state, verb)
    now = clock.now()
    Help.objects.filter(pk=mine.pk).update(reported=now)
    whistle.reported = whistle.reported or clock.day_of(now)
    _end_for(whistle, mine.organization_id, "whistle.report_in")
    if whistle.case is not None:
        calendar = clocks.calendar_of(whistle.case.place)
        holder = clocks.Holder(organization_id=mine.organization_id)
        clocks.work_raise("whistle.help", whistle.case, holder, mine.due, calendar, mine.task)
    return _saved(actor, whistle, "report_in", was, organization=mine.organization_id)


@transaction.atomic
def whistle_consult(*, actor: Actor, whistle_id: int, reason: str, version: int | None = None) -> Whistle:
    """Take a whistle that stays unresolved to a joint consultation (联席会诊).

    Raises: not_found, whistle.not_yours, whistle.stale, whistle.state, case.reason_missing
    """
    whistle = _locked(actor, whistle_id, version)
    _may(actor, whistle, "consult")
    was, whistle.state = whistle.state, WHISTLE.step(whistle.state, "consult")
    reason = said(reason, "case.reason_missing")
    if whistle.case is not None:
        calendar = clocks.calendar_of(whistle.case.place)
        holder = clocks.desk_of(whistle.case)
        due = clocks.after(calendar, clock.now(), sections.Period(amount=5))
        clocks.work_raise("whistle.consult", whistle.case, holder, due, calendar)
    return _saved(actor, whistle, "consult", was, reason=reason)


@transaction.atomic
def whistle_resolve(
    *, actor: Actor, whistle_id: int, result: str, outcome: str = "resolved", version: int | None = None
) -> Whistle:
    """Resolve a whistle as the caller or those above; departments that never came stay named.

    Raises: not_found, whistle.not_yours, whistle.stale, whistle.state, case.result_missing,
    case.outcome_unknown
    """
    whistle = _locked(actor, whistle_id, version)
    _may(actor, whistle, "resolve")
    if outcome not in {"resolved", "unresolved"}:
        raise InvalidInput("case.outcome_unknown", _("There is no such outcome."), outcome=outcome)
    was, whistle.state = whistle.state, WHISTLE.step(whistle.state, "resolve")
    whistle.result, whistle.outcome = said(result, "case.result_missing", 2000), outcome
    now = clock.now()
    whistle.closed = clock.day_of(now)
    whistle.calls.filter(done=None).update(done=now)
    _end_for(whistle, None, "whistle.")
    absent = list(whistle.calls.filter(reported=None).values_list("organization__name", flat=True))
    return _saved(actor, whistle, "resolve", was, outcome=outcome, absent=absent)


@transaction.atomic
def whistle_rate(*, actor: Actor, whistle_id: int, organization_id: int, stars: int, of_caller: bool = False) -> Help:
    """Rate the other side of a whistle once, 1 to 5: the caller rates a department, a department the call.

    Raises: not_found, whistle.not_yours, whistle.state, whistle.stars, whistle.rated, whistle.not_called
    """
    whistle = _locked(actor, whistle_id, None)
    verb = "rate_caller" if of_caller else "rate_department"
    _may(actor, whistle, verb)
    WHISTLE.step(whistle.state, verb)
    if not 1 <= stars <= 5:
        raise InvalidInput("whistle.stars", _("Give 1 to 5."))
    call = _mine(actor, whistle, organization_id) if of_caller else _called(whistle, organization_id)
    field = "rating_of_caller" if of_caller else "rating"
    if getattr(call, field) is not None:
        raise RuleBroken("whistle.rated", _("This was rated already."))
    setattr(call, field, stars)
    call.save(update_fields=[field])
    _saved(actor, whistle, verb, whistle.state, organization=call.organization_id, stars=stars)
    return call


def _parts(called: Sequence[Organization], parts: Mapping[int, str]) -> dict[int, str]:
    """What was said of the parts of departments that are called."""
    if strangers := parts.keys() - {item.pk for item in called}:
        raise InvalidInput("whistle.not_called", _("This body was not called."), body=min(strangers))
    return {pk: said(part, "whistle.text_missing", PART) for pk, part in parts.items() if part.strip()}


def _locked(actor: Actor, whistle_id: int, version: int | None) -> Whistle:
    whistle = (
        Whistle.objects.select_for_update(of=("self",))
        .select_related("place", "case__place__county", "case__place__street", "case__place__community")
        .filter(pk=whistle_id)
        .first()
    )
    if whistle is None or not Whistle.objects.filter(whistles_visible_to(actor), pk=whistle_id).exists():
        raise NotFound
    if version is not None and version != whistle.version:
        message = _("Somebody changed this whistle since you opened it.")
        raise Stale("whistle.stale", message, yours=version, current=whistle.version)
    return whistle


def _may(actor: Actor, whistle: Whistle, verb: str) -> None:
    bodies = {pk for pk in whistle.calls.values_list("organization_id", flat=True) if pk}
    if not may_whistle(actor, whistle.place, verb, bodies):
        raise NotAllowed("whistle.not_yours", _("This step is not yours to make here."), verb=verb)


def _mine(actor: Actor, whistle: Whistle, organization_id: int | None) -> Help:
    """The call of the actor's own body, of the one named where the actor has several."""
    bodies = set(actor.organization_ids) & ({organization_id} if organization_id else set(actor.organization_ids))
    call = whistle.calls.select_for_update().filter(organization_id__in=bodies).order_by("id").first()
    if call is None:
        raise NotAllowed("whistle.not_yours", _("Your body was not called."))
    return call


def _called(whistle: Whistle, organization_id: int) -> Help:
    call = whistle.calls.select_for_update().filter(organization_id=organization_id).first()
    if call is None:
        raise InvalidInput("whistle.not_called", _("This body was not called."), body=organization_id)
    return call


def _end_for(whistle: Whistle, organization_id: int | None, kind: str) -> None:
    if whistle.case_id:
        clocks.work_end(whistle.case_id, kind=kind, organization_id=organization_id)


def _saved(actor: Actor, whistle: Whistle, verb: str, was: str, **facts: Any) -> Whistle:
    whistle.version += 1
    whistle.save()
    written = {"from": was, "to": whistle.state, **{name: value for name, value in facts.items() if value}}
    journal.write(actor, f"whistle.{verb}", (SUBJECT, whistle.pk), place_id=whistle.place_id, facts=written)
    announce(whistle_moved, Moved(verb, actor, whistle, was))
    return whistle
