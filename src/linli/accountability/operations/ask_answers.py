"""Answering asks: corrections cell by cell, the answer as it goes out, its destruction when its time is over."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any, Final

from django.db import transaction
from django.db.models import DateTimeField, DurationField, ExpressionWrapper, F, Q
from django.utils.translation import gettext_lazy as _

from linli.accountability.models import Ask, AskAnswer
from linli.accountability.operations import ask_telling, ask_work
from linli.accountability.policies import asks as policies
from linli.accountability.queries import ask_answers as queries
from linli.accountability.queries.filling.slots import State
from linli.accountability.workflow.asks import ASK
from linli.core import clock, journal
from linli.core.actors import SYSTEM, Actor
from linli.core.errors import InvalidInput, NotFound, RuleBroken, Stale
from linli.records.ledgers import safety

LONGEST: Final = 500
MOST: Final = 6000
BATCH: Final = 200


@dataclass(frozen=True, slots=True)
class Changes:
    """What somebody corrected: other figures for cells or columns, values by hand, cells not collected or cleared."""

    choices: Mapping[str, str] = field(default_factory=dict)
    typed: Mapping[str, str] = field(default_factory=dict)
    uncollected: frozenset[str] = frozenset()
    cleared: frozenset[str] = frozenset()


@transaction.atomic
def answer_save(*, actor: Actor, answer_id: int, version: int, changes: Changes) -> AskAnswer:
    """Keep corrections of cells; what a cell was taken for is remembered with the ask for the next period.

    Raises: not_found, ask.not_yours, ask.answered, ask.over, ask.stale, ask.value, ask.forbidden
    """
    answer = _locked(actor, answer_id, version)
    _require_open(answer)
    held = queries.held(answer)
    typed = {**held.typed, **_checked(changes.typed)}
    dropped = changes.cleared | changes.uncollected | frozenset(changes.choices)
    kept = {key: text for key, text in typed.items() if key not in dropped or key in changes.typed}
    uncollected = ((held.uncollected | changes.uncollected) - frozenset(changes.typed)) - changes.cleared
    _remember(answer.ask, changes.choices)
    answer.content = json.dumps({"typed": kept, "uncollected": sorted(uncollected - frozenset(changes.choices))})
    answer.version += 1
    answer.save()
    facts = {"typed": len(changes.typed), "chosen": len(changes.choices), "uncollected": len(changes.uncollected)}
    _done(actor, "ask_answer.save", answer, facts)
    return answer


@transaction.atomic
def answer_give(*, actor: Actor, answer_id: int, version: int) -> AskAnswer:
    """Answer: every value is frozen as it goes out, the work item is settled, what is unknown stays marked as unknown.

    Raises: not_found, ask.not_yours, ask.answered, ask.over, ask.stale
    """
    answer = _locked(actor, answer_id, version)
    _require_open(answer)
    held = queries.held(answer)
    paper, layout, book = queries.now(actor, answer)
    answer.content = json.dumps(queries.frozen(held, paper, layout, book), ensure_ascii=False)
    answer.answered, answer.actor = clock.now(), actor.key
    answer.cells, answer.filled = len(layout.owed), layout.filled
    answer.typed = layout.count(State.TYPED)
    answer.uncollected = layout.count(State.UNCOLLECTED)
    answer.version += 1
    answer.save()
    ask_work.answer_given(answer)
    ask = answer.ask
    if ask.state == "sent" and not ask.answers.filter(answered=None).exists():
        ask.state = ASK.step(ask.state, "complete")
        ask.version += 1
        ask.save(update_fields=["state", "version"])
        ask_telling.asker_tell(actor=actor, ask=ask)
    facts = {"cells": answer.cells, "filled": answer.filled, "typed": answer.typed, "unknown": answer.uncollected}
    _done(actor, "ask_answer.give", answer, facts)
    return answer


@transaction.atomic
def answers_forget() -> int:
    """Destroy what was answered longer ago than its ask allows, and forms of asks that are over; returns how many."""
    kept = ExpressionWrapper(F("ask__retention_days") * timedelta(days=1), output_field=DurationField())
    last = ExpressionWrapper(F("sent") + kept, output_field=DateTimeField())
    rows = AskAnswer.objects.annotate(last=last).filter(forgotten=None, last__lt=clock.now())
    given = rows.filter(Q(answered__isnull=False) | ~Q(ask__state__in=ASK.open_states))
    chosen = list(given.values_list("pk", flat=True)[:BATCH])
    AskAnswer.objects.filter(pk__in=chosen).update(content=None, forgotten=clock.now())
    if chosen:
        journal.write(SYSTEM, "ask_answer.forget", None, count=len(chosen))
    return len(chosen) + _forms_forget()


def _forms_forget() -> int:
    """Destroy the forms of asks that ended, once no answer to them is kept any more."""
    kept = AskAnswer.objects.filter(forgotten=None).values("ask_id")
    over = Ask.objects.exclude(state__in=ASK.open_states).filter(forgotten=None).exclude(pk__in=kept)
    old = over.filter(until__lt=clock.today() - timedelta(days=30))
    chosen = list(old.values_list("pk", flat=True)[:BATCH])
    Ask.objects.filter(pk__in=chosen).update(form=None, mapping={}, forgotten=clock.now())
    if chosen:
        journal.write(SYSTEM, "ask.forget", None, count=len(chosen))
    return len(chosen)


def _checked(typed: Mapping[str, str]) -> dict[str, str]:
    """Values by hand, none too long, none that labels people. Raises: ask.value, ask.forbidden"""
    if len(typed) > MOST:
        raise InvalidInput("ask.value", _("There are too many values."))
    found = {}
    for key, text in typed.items():
        if len(text) > LONGEST or len(key) > 80:
            raise InvalidInput("ask.value", _("A value has at most %(most)s characters."), most=LONGEST)
        if safety.refused_titles(text):
            raise InvalidInput("ask.forbidden", safety.REFUSAL, title=text[:40])
        found[key] = text.strip()
    return {key: text for key, text in found.items() if text}


def _remember(ask: Ask, choices: Mapping[str, str]) -> None:
    """Keep with the ask what its cells are taken for."""
    if not choices:
        return
    locked = Ask.objects.select_for_update().get(pk=ask.pk)
    locked.mapping = {**locked.mapping, **{key: choice[:200] for key, choice in choices.items() if len(key) <= 80}}
    locked.save(update_fields=["mapping"])
    ask.mapping = locked.mapping


def _locked(actor: Actor, answer_id: int, version: int) -> AskAnswer:
    seen = AskAnswer.objects.filter(policies.answers_visible_to(actor), pk=answer_id).values("pk")
    rows = AskAnswer.objects.select_for_update(of=("self",)).select_related(
        "ask", "place", "place__street", "organization"
    )
    answer = rows.filter(pk__in=seen).first()
    if answer is None:
        raise NotFound
    policies.require_answer(actor, answer)
    if answer.version != version:
        raise Stale("ask.stale", _("Somebody changed this answer meanwhile."), version=answer.version)
    return answer


def _require_open(answer: AskAnswer) -> None:
    if answer.answered is not None:
        raise RuleBroken("ask.answered", _("This was answered already."))
    if not answer.is_owed:
        raise RuleBroken("ask.over", _("This ask is over; nothing is owed any more."))


def _done(actor: Actor, operation: str, answer: AskAnswer, facts: dict[str, Any]) -> None:
    journal.write(actor, operation, ("ask_answer", answer.pk), place_id=answer.place_id, facts=facts)
