"""The only writers of conventions while they are made: drafting, comments of residents and their answers, ending."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from linli.cases.operations.clocks import Holder, after, calendar_of, post_at
from linli.cases.operations.owing import owe, settle
from linli.cases.sections import Period
from linli.core import clock, journal
from linli.core.actors import VISITOR, Actor
from linli.core.errors import InvalidInput, NotFound, RuleBroken, Stale
from linli.deliberation import conventions_section
from linli.deliberation.clauses import clauses_of
from linli.deliberation.models import Convention, ConventionClause, ConventionComment
from linli.deliberation.policies import conventions as policies
from linli.deliberation.queries.adopting import comments_open, texts_of
from linli.deliberation.restraint import punishments
from linli.deliberation.workflow.conventions import (
    ANSWER_OWED,
    COMMENT,
    CONVENTION,
    DRAFT,
    IN_FORCE,
    KINDS,
    MAKING,
    SUBJECT,
)
from linli.organizations.models import Post
from linli.territory.models import Place

LONGEST_TITLE: Final = 100
LONGEST_CLAUSE: Final = 1000
LONGEST_TEXT: Final = 9000
LONGEST_COMMENT: Final = 500
LONGEST_REASON: Final = 500
MOST_CLAUSES: Final = 100
# So many comments may wait at one convention; more are somebody's game.
MOST_WAITING: Final = 500
LONGEST_OPEN: Final = 90


@dataclass(frozen=True, slots=True)
class Sketch:
    """What a convention says: its clauses one a line, and why it is made or changed."""

    title: str
    text: str
    kind: str = "residents"
    purpose: str = ""


@transaction.atomic
def convention_draft(*, actor: Actor, place_id: int, sketch: Sketch) -> Convention:
    """Draft a first convention of a place.

    Raises: not_found, convention.not_yours, convention.title, convention.kind, convention.clauses,
    convention.too_long, convention.punishes, convention.twice
    """
    place = Place.objects.filter(policies.conventions_at(), pk=place_id).first()
    if place is None:
        raise NotFound
    policies.require_draft(actor, place)
    title = sketch.title.strip()
    if Convention.objects.filter(place=place, title=title).exclude(state__in=("dropped", "repealed")).exists():
        raise RuleBroken("convention.twice", _("This place has a convention of this title; draft its next edition."))
    edition = Convention.objects.filter(place=place, title=title).count() + 1
    row = Convention(place=place, kind=sketch.kind, edition=edition)
    return _drafted(actor, row, sketch)


@transaction.atomic
def convention_amend(*, actor: Actor, convention_id: int) -> Convention:
    """Draft the next edition of a convention that is in force, with the same clauses to begin with.

    Raises: not_found, convention.not_yours, convention.not_in_force, convention.twice
    """
    former = locked(actor, convention_id)
    if former.state not in IN_FORCE:
        raise RuleBroken("convention.not_in_force", _("Only a convention that is in force gets a next edition."))
    same = Convention.objects.filter(place=former.place, title=former.title)
    if same.filter(state__in=MAKING).exists():
        raise RuleBroken("convention.twice", _("The next edition is being made already."))
    row = Convention(place=former.place, kind=former.kind, previous=former, edition=same.count() + 1)
    text = "\n".join(texts_of(former))
    return _drafted(actor, row, Sketch(former.title, text, former.kind))


def _drafted(actor: Actor, row: Convention, sketch: Sketch) -> Convention:
    row.drafted_on, row.recorded, row.recorder = clock.today(), clock.now(), actor.key
    clauses = _fill(row, sketch)
    row.save()
    _lay(row, clauses)
    done(actor, "draft", row, edition=row.edition)
    return row


@transaction.atomic
def convention_write(*, actor: Actor, convention_id: int, version: int, sketch: Sketch) -> Convention:
    """Change the text of a draft; the title of a later edition stays.

    Raises: not_found, convention.not_yours, convention.stale, convention.state, and as `convention_draft`
    """
    row = locked(actor, convention_id, version)
    CONVENTION.step(row.state, "write")
    if row.edition > 1:
        sketch = Sketch(row.title, sketch.text, row.kind, sketch.purpose)
    same = Convention.objects.filter(place=row.place, title=sketch.title.strip()).exclude(pk=row.pk)
    if row.edition == 1 and same.exists():
        raise RuleBroken("convention.twice", _("This place has a convention of this title; draft its next edition."))
    clauses = _fill(row, sketch)
    row.version += 1
    row.save()
    row.clauses.all().delete()
    _lay(row, clauses)
    done(actor, "write", row, clauses=len(clauses))
    return row


@transaction.atomic
def convention_open(*, actor: Actor, convention_id: int, until: date) -> Convention:
    """Open a draft for comments of everybody until a day.

    Raises: not_found, convention.not_yours, convention.state, convention.clauses, convention.until
    """
    row = locked(actor, convention_id)
    row.state = CONVENTION.step(row.state, "open")
    if not row.clauses.exists():
        raise _no_clauses()
    least = clock.today() + timedelta(days=conventions_section.section().comment_days)
    if not least <= until <= clock.today() + timedelta(days=LONGEST_OPEN):
        message = _("Comments are open at least until %(least)s, and for at most %(most)s days.")
        raise InvalidInput("convention.until", message, least=least.isoformat(), most=LONGEST_OPEN)
    row.comments_from, row.comments_until = clock.today(), until
    saved(actor, "open", row, until=until.isoformat())
    return row


@transaction.atomic
def convention_comment(*, actor: Actor, convention_id: int, position: int, text: str) -> ConventionComment:
    """Say something of a clause, as everybody may while comments are open. Nothing is kept of who says it.

    Raises: not_found, convention.comments_over, convention.comment, convention.too_many
    """
    rows = Convention.objects.select_for_update(of=("self",)).select_related("place")
    row = rows.filter(policies.public_conventions(), pk=convention_id).first()
    if row is None:
        raise NotFound
    if not comments_open(row):
        raise RuleBroken("convention.comments_over", _("Comments on this text are closed."))
    clause = row.clauses.filter(position=position).first()
    if clause is None:
        raise NotFound
    said = _words("convention.comment", text, LONGEST_COMMENT)
    if row.comments.filter(state="waiting").count() >= MOST_WAITING:
        raise RuleBroken("convention.too_many", _("Very many comments wait here already; please come back later."))
    comment = ConventionComment.objects.create(
        convention=row, position=position, clause=clause.text, text=said, raised=clock.now()
    )
    # The journal is not told which resident comments, whoever is signed in.
    done(VISITOR, "comment", row, clause=position)
    owe_by(ANSWER_OWED, row, DRAFT, row.place.path, conventions_section.section().answer_days)
    return comment


@transaction.atomic
def comment_answer(*, actor: Actor, comment_id: int, answer: str, clause: str = "") -> ConventionComment:
    """Answer a comment; with a new text of its clause it is taken up. Everybody reads the answer.

    Raises: not_found, convention.not_yours, convention.state, convention_comment.state, convention.answer,
    convention.clauses, convention.too_long, convention.punishes
    """
    found = ConventionComment.objects.filter(pk=comment_id).first()
    if found is None:
        raise NotFound
    row = locked(actor, found.convention_id)
    comment = ConventionComment.objects.select_for_update().get(pk=comment_id)
    if row.state not in ("commenting", "draft"):
        raise RuleBroken("convention.state", _("The text is no longer being made."))
    new = clause.strip()
    verb = "take_up" if new else "answer"
    comment.state = COMMENT.step(comment.state, verb)
    comment.answer = _words("convention.answer", answer, LONGEST_CLAUSE)
    comment.answered, comment.answered_by = clock.now(), actor.key
    comment.save()
    if new:
        require_sound([new], first=comment.position)
        row.clauses.filter(position=comment.position).update(text=new)
        row.version += 1
        row.save(update_fields=["version"])
    if not row.comments.filter(state="waiting").exists():
        settle(ANSWER_OWED, (SUBJECT, row.pk))
    done(actor, verb, row, clause=comment.position)
    return comment


@transaction.atomic
def convention_revise(*, actor: Actor, convention_id: int, reason: str) -> Convention:
    """Take a text back to its draft: it was not adopted, or comments ask for more than words.

    Raises: not_found, convention.not_yours, convention.state, convention.reason
    """
    row = locked(actor, convention_id)
    row.state = CONVENTION.step(row.state, "revise")
    row.reason = _words("convention.reason", reason, LONGEST_REASON)
    row.put_on = None
    saved(actor, "revise", row, reason=row.reason)
    return row


@transaction.atomic
def convention_drop(*, actor: Actor, convention_id: int, reason: str) -> Convention:
    """End the making of an edition. Raises: not_found, convention.not_yours, convention.state, convention.reason"""
    return ended(actor, convention_id, "drop", reason)


@transaction.atomic
def convention_repeal(*, actor: Actor, convention_id: int, reason: str) -> Convention:
    """Repeal a convention that is in force. Raises: as `convention_drop`"""
    return ended(actor, convention_id, "repeal", reason)


def ended(actor: Actor, convention_id: int, verb: str, reason: str) -> Convention:
    """End an edition with a reason; nothing is owed of it any more."""
    row = locked(actor, convention_id)
    row.state = CONVENTION.step(row.state, verb)
    row.reason, row.ended_on = _words("convention.reason", reason, LONGEST_REASON), clock.today()
    settle("convention.", (SUBJECT, row.pk))
    saved(actor, verb, row, reason=row.reason)
    return row


def locked(actor: Actor, convention_id: int, version: int | None = None) -> Convention:
    """A convention that one keeps, locked. Raises: not_found, convention.not_yours, convention.stale"""
    row = seen(actor, convention_id)
    policies.require_draft(actor, row.place)
    if version is not None and row.version != version:
        raise Stale("convention.stale", _("Somebody changed this convention meanwhile."), version=row.version)
    return row


def seen(actor: Actor, convention_id: int) -> Convention:
    """A convention that one sees, locked. Raises: not_found"""
    rows = Convention.objects.select_for_update(of=("self",)).select_related("place__street")
    row = rows.filter(policies.conventions_visible_to(actor), pk=convention_id).first()
    if row is None:
        raise NotFound
    return row


def require_sound(clauses: Sequence[str], first: int = 1) -> None:
    """Refuse clauses that are too many, too long, or that punish.

    Raises: convention.clauses, convention.too_long, convention.punishes
    """
    if not 0 < len(clauses) <= MOST_CLAUSES:
        raise _no_clauses()
    if max(map(len, clauses)) > LONGEST_CLAUSE or sum(map(len, clauses)) > LONGEST_TEXT:
        message = _("A clause has at most %(most)s characters, all together at most %(all)s.")
        raise InvalidInput("convention.too_long", message, most=LONGEST_CLAUSE, all=LONGEST_TEXT)
    for position, text in enumerate(clauses, first):
        if found := punishments(text):
            message = _(
                "A convention does not punish: clause %(clause)s says “%(words)s”. It may say what neighbours do"
                " together, whom they ask, and which body acts by law."
            )
            raise InvalidInput("convention.punishes", message, clause=position, words="”, “".join(found))


def owe_by(kind: str, row: Convention, ability: str, path: str, days: int) -> date:
    """Put a step on the list of whoever holds an ability nearest above, within working days; the day it is due."""
    calendar = calendar_of(row.place)
    due = after(calendar, clock.now(), Period(amount=days))
    found = post_at(path, ability)
    body = Post.objects.filter(pk=found.post_id or 0).values_list("organization_id", flat=True).first()
    holder = Holder(organization_id=body) if body else found
    owe(kind, (SUBJECT, row.pk), row.title, row.place_id, holder, due, calendar)
    return clock.day_of(due)


def _fill(row: Convention, sketch: Sketch) -> list[str]:
    """Write what a sketch says into a row that is not yet saved, and give its clauses."""
    title = sketch.title.strip()
    if not 0 < len(title) <= LONGEST_TITLE:
        message = _("A convention has a title of at most %(most)s characters.")
        raise InvalidInput("convention.title", message, most=LONGEST_TITLE)
    if sketch.kind not in dict(KINDS):
        raise InvalidInput("convention.kind", _("Choose what kind of convention it is."))
    if len(sketch.purpose) > LONGEST_REASON:
        message = _("Say why, in at most %(most)s characters.")
        raise InvalidInput("convention.reason", message, most=LONGEST_REASON)
    clauses = clauses_of(sketch.text)
    require_sound(clauses)
    row.title, row.kind, row.purpose = title, sketch.kind, sketch.purpose.strip()
    return clauses


def _lay(row: Convention, clauses: Sequence[str]) -> None:
    ConventionClause.objects.bulk_create(
        ConventionClause(convention=row, position=position, text=text) for position, text in enumerate(clauses, 1)
    )


def _words(code: str, text: str, most: int) -> str:
    """A few words that have to be there. Raises: the code"""
    said = text.strip()
    if not 0 < len(said) <= most:
        raise InvalidInput(code, _("Write at least something, and at most %(most)s characters."), most=most)
    return said


def _no_clauses() -> InvalidInput:
    return InvalidInput("convention.clauses", _("A convention has 1 to %(most)s clauses."), most=MOST_CLAUSES)


def saved(actor: Actor, verb: str, row: Convention, **facts: Any) -> None:
    """Save a convention as its next version, and write what was done."""
    row.version += 1
    row.save()
    done(actor, verb, row, **facts)


def done(actor: Actor, verb: str, row: Convention, **facts: Any) -> None:
    """Write to the journal what was done to a convention."""
    journal.write(actor, f"convention.{verb}", (SUBJECT, row.pk), place_id=row.place_id, facts=facts)
