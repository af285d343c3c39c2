"""The only writers of questions about notices: asking without a name, answering in public or to the asker alone."""

from typing import Final

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from linli.cases.operations.clocks import Holder, after, calendar_of
from linli.cases.operations.owing import owe, settle
from linli.cases.sections import Period
from linli.core import clock, journal
from linli.core.actors import VISITOR, Actor
from linli.core.errors import InvalidInput, NotFound, RuleBroken
from linli.messaging.operations.sending import Draft, message_send
from linli.messaging.queries import To
from linli.publishing import disclosure_section
from linli.publishing.models import Publication, PublicationQuestion
from linli.publishing.operations.due import holder_at
from linli.publishing.policies import publications as policies
from linli.publishing.workflow.disclosure import ANSWER_OWED, ASKED, QUESTION

KIND: Final = "publication_question"
LONGEST: Final = 500
LONGEST_ANSWER: Final = 2000
# So many may wait at one notice; more are the same question again, or somebody's game.
MOST_WAITING: Final = 100


@transaction.atomic
def question_ask(*, actor: Actor, publication_id: int, text: str, home: int | None = None) -> PublicationQuestion:
    """Ask about a notice that one may read. Its place owes an answer within the days that the profile says.

    Who must answer finds a message: that there is a question, never by whom, and its words only on its page.
    Raises: not_found, question.text, question.withdrawn, question.twice, question.too_many
    """
    rows = Publication.objects.select_for_update(of=("self",)).select_related("place")
    about = rows.filter(policies.shown_to(actor, home), pk=publication_id).first()
    if about is None:
        raise NotFound
    if about.withdrawn:
        raise RuleBroken("question.withdrawn", _("This notice was withdrawn; nothing more is asked about it."))
    said = _said(text, LONGEST, "question.text")
    waiting = about.questions.filter(state="waiting")
    if waiting.filter(text=said).exists():
        raise RuleBroken("question.twice", _("The same question waits for its answer already."))
    if waiting.count() >= MOST_WAITING:
        raise RuleBroken("question.too_many", _("Very many questions wait here already; please come back later."))
    now, days = clock.now(), calendar_of(about.place)
    due = after(days, now, Period(amount=disclosure_section.section().answer_days))
    row = PublicationQuestion.objects.create(publication=about, place=about.place, text=said, asked=now, due=due)
    holder = holder_at(about.place)
    owe(ANSWER_OWED, (KIND, row.pk), about.title, about.place_id, holder, due, days)
    _tell(row, holder)
    # The journal forgets nothing, so it is not told who asks either.
    _journal(VISITOR, "ask", row)
    return row


@transaction.atomic
def question_answer(*, actor: Actor, question_id: int, text: str, private_reason: str = "") -> PublicationQuestion:
    """Answer a question: in public, with its words and the day; or, with a reason, to the asker alone.

    Raises: not_found, publication.not_yours, publication_question.state, question.answer, question.reason
    """
    row = _locked(actor, question_id)
    reason = private_reason.strip()
    if len(reason) > LONGEST:
        raise InvalidInput("question.reason", _("This is longer than %(most)s characters."), most=LONGEST)
    row.state = QUESTION.step(row.state, "withhold" if reason else "answer")
    row.answer, row.private_reason = _said(text, LONGEST_ANSWER, "question.answer"), reason
    row.answered, row.answered_by = clock.now(), actor.key
    row.in_time = row.answered <= row.due
    row.save()
    settle(ANSWER_OWED, (KIND, row.pk))
    _journal(actor, "withhold" if reason else "answer", row)
    return row


@transaction.atomic
def question_hide(*, actor: Actor, question_id: int, reason: str) -> PublicationQuestion:
    """Take an answered question off the public page, with a reason; its asker reads the answer still.

    Raises: not_found, publication.not_yours, publication_question.state, question.reason
    """
    row = _locked(actor, question_id)
    row.state, row.private_reason = QUESTION.step(row.state, "hide"), _said(reason, LONGEST, "question.reason")
    row.save()
    _journal(actor, "hide", row)
    return row


def _tell(row: PublicationQuestion, holder: Holder) -> None:
    """Tell whoever owes the answer, as if the question came from nobody."""
    bodies, posts = ({found} if found else set() for found in (holder.organization_id, holder.post_id))
    draft = Draft(
        ASKED,
        title=row.publication.title,
        facts={"due": clock.day_of(row.due).isoformat()},
        link=reverse("disclosure:publication_question", args=[row.pk]),
        subject=(KIND, row.pk),
    )
    message_send(actor=VISITOR, to=To(organizations=bodies, posts=posts, abilities={policies.POST}), draft=draft)


def _locked(actor: Actor, question_id: int) -> PublicationQuestion:
    rows = PublicationQuestion.objects.select_for_update(of=("self",)).select_related("place", "publication")
    row = rows.filter(policies.questions_visible_to(actor), pk=question_id).first()
    if row is None:
        raise NotFound
    policies.require_post(actor, row.place)
    return row


def _said(text: str, most: int, code: str) -> str:
    said = text.strip()
    if not 0 < len(said) <= most:
        raise InvalidInput(code, _("Write something, at most %(most)s characters."), most=most)
    return said


def _journal(actor: Actor, verb: str, row: PublicationQuestion) -> None:
    facts = {"publication": row.publication_id}
    journal.write(actor, f"question.{verb}", (KIND, row.pk), place_id=row.place_id, facts=facts)
