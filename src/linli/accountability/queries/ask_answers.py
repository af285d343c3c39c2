"""Answers to asks as somebody may read them: the layout of the form with its values, and the file that goes back."""

import base64
import json
from typing import Any

from django.utils.translation import gettext_lazy as _

from linli.accountability.models import Ask, AskAnswer
from linli.accountability.policies import asks as policies
from linli.accountability.queries.filling.answering import Given, answered
from linli.accountability.queries.filling.facts import Book
from linli.accountability.queries.filling.forms import Paper, book_for, filled, listed, read
from linli.accountability.queries.filling.pages import Form
from linli.accountability.queries.filling.slots import Layout, Slot, State
from linli.core.actors import Actor
from linli.core.errors import NotAllowed, NotFound, RuleBroken


def answer_of(actor: Actor, pk: int) -> AskAnswer:
    """One answer that the actor may know of. Raises: not_found"""
    rows = AskAnswer.objects.filter(policies.answers_visible_to(actor), pk=pk)
    answer = rows.select_related(
        "ask", "ask__place", "ask__document", "place__street", "place__county", "organization"
    ).first()
    if answer is None:
        raise NotFound
    return answer


def held(answer: AskAnswer) -> Given:
    """What people decided for this answer so far, with what they typed for the period before."""
    content = json.loads(answer.content) if answer.content else {}
    return Given(
        choices=answer.ask.mapping,
        typed=content.get("typed", {}),
        uncollected=frozenset(content.get("uncollected", ())),
        offered=_offered(answer),
    )


def _offered(answer: AskAnswer) -> dict[str, str]:
    """What the same place or body typed by hand for the last period of the same ask."""
    who = {"place_id": answer.place_id, "organization_id": answer.organization_id}
    before = AskAnswer.objects.filter(ask_id=answer.ask_id, answered__isnull=False, **who)
    last = before.exclude(pk=answer.pk).filter(sent__lt=answer.sent).order_by("-sent").first()
    content = json.loads(last.content) if last is not None and last.content else {}
    typed: dict[str, str] = content.get("typed", {})
    return typed


def form_of(ask: Ask) -> tuple[Paper | None, Form]:
    """The form of an ask; where it came without one, a list of what it asks. Raises: ask.form_gone"""
    if ask.form:
        paper = Paper(base64.b64decode(ask.form), ask.media_type, ask.form_name)
        return paper, read(paper)
    if ask.form_name:
        raise RuleBroken("ask.form_gone", _("The form was destroyed when its time was over."))
    return None, listed(ask.name, ask.fields)


def layout_of(actor: Actor, answer: AskAnswer) -> Layout:
    """What the form asks, with the values as they are now, or as they went out once it is answered.

    Raises: ask.sealed, ask.gone, ask.form_gone
    """
    require_read(actor, answer)
    if answer.answered is not None:
        return _as_sent(json.loads(answer.content or "{}"))
    return now(actor, answer)[1]


def now(actor: Actor, answer: AskAnswer) -> tuple[Paper | None, Layout, Book]:
    """The form against the records as they are now."""
    paper, form = form_of(answer.ask)
    book = book_for(actor, answer.place, form, answer.period, answer.organization)
    return paper, answered(form, book, held(answer)), book


def file_of(actor: Actor, answer: AskAnswer) -> Paper:
    """The same file that came, filled in. Raises: not_found, ask.sealed, ask.gone, ask.form_gone"""
    require_read(actor, answer)
    if answer.answered is not None:
        content = json.loads(answer.content or "{}").get("file", "")
        if not content:
            raise NotFound
        return Paper(base64.b64decode(content), answer.ask.media_type, answer.ask.form_name)
    paper, layout, book = now(actor, answer)
    if paper is None:
        raise NotFound
    return Paper(filled(paper, layout, book), paper.media_type, paper.name)


def require_read(actor: Actor, answer: AskAnswer) -> None:
    """Refuse whoever may know of the answer but not what is in it. Raises: ask.sealed, ask.gone"""
    if not policies.may_read(actor, answer):
        message = _("What was filled in is read by whoever answers, and by the asking office once it is answered.")
        raise NotAllowed("ask.sealed", message)
    if answer.forgotten is not None:
        raise RuleBroken("ask.gone", _("The answer was destroyed when its time was over."))


def _as_sent(content: dict[str, Any]) -> Layout:
    """The values as they went out, whatever the records say today."""
    names = ("key", "label", "where", "state", "text", "source", "period", "list_key")
    found = Layout(losses=tuple(content.get("losses", ())))
    for value in content.get("values", ()):
        said = dict(zip(names, value, strict=True))
        found.slots.append(Slot(**{**said, "state": State(said["state"])}))
    return found


def frozen(given: Given, paper: Paper | None, layout: Layout, book: Book) -> dict[str, Any]:
    """An answer as it is kept: what people decided, every cell as it goes out, and the file itself."""
    values = [
        [slot.key, slot.label, slot.where, slot.state.value, slot.text, slot.source, slot.period, slot.list_key]
        for slot in layout.owed
    ]
    content = base64.b64encode(filled(paper, layout, book)).decode() if paper is not None else ""
    held = {"typed": dict(given.typed), "uncollected": sorted(given.uncollected)}
    return {**held, "values": values, "file": content, "losses": list(layout.losses)}
