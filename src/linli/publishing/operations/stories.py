"""The only writers of stories of exemplars: drafted, told of people who consented, published by somebody else."""

from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from linli.core import clock, journal
from linli.core.actors import SYSTEM, Actor
from linli.core.errors import InvalidInput, NotFound, RuleBroken, Stale
from linli.core.words import at_most, said
from linli.organizations.models import Organization
from linli.publishing.models import Story, StoryPart
from linli.publishing.policies import stories as policies
from linli.publishing.workflow.stories import ABOUT, CONSENTERS, LETTERS, MEANS, STORY, SUBJECT
from linli.territory.models import Place

LONGEST_TITLE: Final = 120
LONGEST_SUBJECT: Final = 160
LONGEST_TEXT: Final = 8000
LONGEST_WORDS: Final = 4000
LONGEST_NAME: Final = 60
MOST_PARTS: Final = 20


@dataclass(frozen=True, slots=True)
class Draft:
    """What a story says without naming anybody: what it is about, its title and its text."""

    place_id: int
    about: str
    title: str
    subject: str = ""
    text: str = ""


@dataclass(frozen=True, slots=True)
class Consent:
    """Who said on which day, and by what means, that a person may be named."""

    on: date
    by: str = "self"
    means: str = "here"


@dataclass(frozen=True, slots=True)
class Letter:
    """A letter of a resident, and the body that it thanks."""

    kind: str
    place_id: int
    title: str
    subject: str
    name: str
    words: str


@transaction.atomic
def story_draft(*, actor: Actor, draft: Draft) -> Story:
    """Draft the story of a person, unit or place (ASM-10).

    Raises: not_found, story.not_yours, story.about, story.title, story.subject, story.text
    """
    row = Story(kind="exemplar", place=_place(actor, draft.place_id), written_on=clock.today())
    policies.require_keep(actor, row.place)
    _enter(actor, row, draft)
    row.save(force_insert=True)
    return _done(actor, "draft", row, about=row.about)


@transaction.atomic
def story_correct(*, actor: Actor, story_id: int, version: int, draft: Draft) -> Story:
    """Change the title, subject or text of a story that is not published.

    Raises: not_found, story.not_yours, story.letter, story.stale, story.state, story.about, story.title,
    story.subject, story.text, story.names
    """
    row = _kept(actor, story_id)
    _require_exemplar(row)
    if row.version != version:
        raise Stale("story.stale", _("Somebody changed this story meanwhile."), version=row.version)
    STORY.step(row.state, "correct")
    _enter(actor, row, draft)
    for part in row.parts.filter(withdrawn_on=None):
        _require_apart(row, part.name or "")
    return _saved(actor, "correct", row)


@transaction.atomic
def story_tell(*, actor: Actor, story_id: int, name: str, words: str, consent: Consent) -> StoryPart:
    """Tell of a person in a story; nobody is named before they consented.

    Raises: not_found, story.not_yours, story.letter, story.state, story.parts, story.name, story.words, story.names,
    story.consent
    """
    row = _kept(actor, story_id)
    _require_exemplar(row)
    STORY.step(row.state, "tell")
    if row.parts.count() >= MOST_PARTS:
        raise RuleBroken("story.parts", _("A story tells of at most %(most)s people."), most=MOST_PARTS)
    part = StoryPart(story=row, name=said(name, LONGEST_NAME, "story.name"))
    part.words = said(words, LONGEST_WORDS, "story.words")
    _require_apart(row, part.name or "")
    _consents(part, consent)
    part.save(force_insert=True)
    row.written_by = actor.key
    _saved(actor, "tell", row, part=part.pk)
    return part


@transaction.atomic
def letter_write(*, actor: Actor, letter: Letter, consent: Consent | None = None, on_paper: bool = False) -> Story:
    """Keep a letter of praise or thanks: one's own, signed in, or `on_paper` one that came to the desk.

    Raises: not_found, story.not_yours, story.kind, story.title, story.subject, story.name, story.words, story.names,
    story.consent
    """
    place = Place.objects.filter(policies.letter_places(), pk=letter.place_id).first()
    if place is None or (actor.user_id is None and not on_paper):
        raise NotFound
    if on_paper:
        policies.require_keep(actor, place)
    if letter.kind not in LETTERS:
        raise InvalidInput("story.kind", _("Choose from the list."))
    row = Story(kind=letter.kind, about="unit", place=place, written_on=clock.today())
    _enter(actor, row, Draft(place.pk, "unit", letter.title, said(letter.subject, LONGEST_SUBJECT, "story.subject")))
    row.save(force_insert=True)
    part = StoryPart(story=row, writer="" if on_paper else actor.key)
    part.name = said(letter.name, LONGEST_NAME, "story.name")
    part.words = said(letter.words, LONGEST_WORDS, "story.words")
    _require_apart(row, part.name)
    if consent is not None:
        _consents(part, consent)
    part.save(force_insert=True)
    return _done(actor, "write", row, kind=row.kind, on_paper=on_paper)


@transaction.atomic
def story_publish(*, actor: Actor, story_id: int) -> Story:
    """Put a story, or a letter whose writer consented, on the public page; never who wrote it last.

    Raises: not_found, story.not_yours, story.own, story.state, story.empty
    """
    row = _kept(actor, story_id)
    policies.require_publish(actor, row)
    row.state = STORY.step(row.state, "publish")
    if not _told(row):
        message = _("Nothing of it may be shown: write a text, or ask whom it tells of for consent.")
        raise RuleBroken("story.empty", message)
    row.published_on, row.published_by = clock.today(), actor.key
    return _saved(actor, "publish", row)


@transaction.atomic
def story_take_off(*, actor: Actor, story_id: int) -> Story:
    """Take a story off the public page. Raises: not_found, story.not_yours, story.state"""
    row = _kept(actor, story_id)
    return _take_off(actor, row)


@transaction.atomic
def story_drop(*, actor: Actor, story_id: int) -> Story:
    """Drop what is not to be published; names and words of people go.

    Raises: not_found, story.not_yours, story.state
    """
    row = _kept(actor, story_id)
    row.state = STORY.step(row.state, "drop")
    for part in row.parts.filter(withdrawn_on=None):
        _forget(part)
    return _saved(actor, "drop", row)


@transaction.atomic
def part_consent(*, actor: Actor, part_id: int, consent: Consent) -> StoryPart:
    """Write down that the writer of a letter consents to its being published.

    Raises: not_found, story.not_yours, story.state, story.consent, story.answered
    """
    part = _part(actor, part_id)
    policies.require_keep(actor, part.story.place)
    if part.consented_on is not None:
        raise RuleBroken("story.answered", _("The consent is written down already."))
    STORY.step(part.story.state, "tell")
    _consents(part, consent)
    part.save()
    _saved(actor, "consent", part.story, part=part.pk)
    return part


@transaction.atomic
def part_withdraw(*, actor: Actor, part_id: int) -> StoryPart:
    """Take consent back: name and words go at once, and a story of which nothing is left leaves the public page.

    Raises: not_found, story.not_yours
    """
    part = _part(actor, part_id)
    if not policies.may_withdraw(actor, part):
        policies.require_keep(actor, part.story.place)
    _withdraw(actor, part)
    return part


def parts_forget(*, user_id: int) -> int:
    """Forget the letters of an account that was closed, part of that operation; returns how many."""
    written = StoryPart.objects.filter(writer=f"user:{user_id}", withdrawn_on=None)
    parts = list(written.values_list("pk", flat=True))
    for pk in parts:
        _withdraw(SYSTEM, _part(SYSTEM, pk))
    return len(parts)


def _withdraw(actor: Actor, part: StoryPart) -> None:
    row = part.story
    _forget(part)
    if row.state == "published" and ((row.about == "person" and not _named(row)) or not _told(row)):
        _take_off(actor, row)
    _saved(actor, "withdraw", row, part=part.pk)


def _take_off(actor: Actor, row: Story) -> Story:
    row.state, row.published_on, row.published_by = STORY.step(row.state, "take_off"), None, ""
    return _saved(actor, "take_off", row)


def _forget(part: StoryPart) -> None:
    part.name, part.words, part.writer, part.consented_on = None, None, "", None
    part.withdrawn_on = clock.today()
    part.save()


def _named(row: Story) -> bool:
    return row.parts.filter(consented_on__isnull=False).exists()


def _told(row: Story) -> bool:
    """Whether anything of it may be shown."""
    return (bool(row.text) and row.kind not in LETTERS) or _named(row)


def _place(actor: Actor, pk: int) -> Place:
    place = Place.objects.filter(policies.writing_places(actor), pk=pk).first()
    if place is None:
        raise NotFound
    return place


def _enter(actor: Actor, row: Story, draft: Draft) -> None:
    if draft.about not in dict(ABOUT):
        raise InvalidInput("story.about", _("Choose from the list."))
    if row.place_id != draft.place_id:
        row.place = _place(actor, draft.place_id)
    row.about = draft.about
    row.title = said(draft.title, LONGEST_TITLE, "story.title")
    row.subject = at_most(draft.subject, LONGEST_SUBJECT, "story.subject")
    row.text = at_most(draft.text, LONGEST_TEXT, "story.text")
    bodies = Organization.objects.filter(name=row.subject, until=None)
    row.organization = bodies.first() if row.subject else None
    row.written_by = actor.key


def _consents(part: StoryPart, consent: Consent) -> None:
    """Write consent down. Raises: story.consent"""
    if consent.by not in dict(CONSENTERS) or consent.means not in dict(MEANS) or consent.on > clock.today():
        raise InvalidInput("story.consent", _("Say who consented, on which day, and by what means."))
    part.consented_on, part.consented_by, part.means = consent.on, consent.by, consent.means


def _require_apart(row: Story, name: str) -> None:
    """Refuse a name in what stays when the person takes consent back. Raises: story.names"""
    if any(name in words for words in (row.title, row.subject, row.text)):
        message = _("Name people only in what is told of them: it goes when they take their consent back.")
        raise InvalidInput("story.names", message)


def _require_exemplar(row: Story) -> None:
    if row.kind in LETTERS:
        raise RuleBroken("story.letter", _("A letter stays as it was written."))


def _kept(actor: Actor, story_id: int) -> Story:
    """A story that one keeps, locked. Raises: not_found, story.not_yours"""
    rows = Story.objects.select_for_update(of=("self",)).select_related("place")
    row = rows.filter(policies.stories_visible_to(actor), pk=story_id).first()
    if row is None:
        raise NotFound
    policies.require_keep(actor, row.place)
    return row


def _part(actor: Actor, part_id: int) -> StoryPart:
    """What is told of a person, with its story locked. Raises: not_found"""
    found = StoryPart.objects.filter(pk=part_id, withdrawn_on=None).values_list("story_id", flat=True).first()
    rows = Story.objects.select_for_update(of=("self",)).select_related("place")
    row = rows.filter(policies.stories_visible_to(actor), pk=found or 0).first()
    part = StoryPart.objects.filter(pk=part_id, withdrawn_on=None).first() if row else None
    if row is None or part is None:
        raise NotFound
    part.story = row
    return part


def _saved(actor: Actor, verb: str, row: Story, **facts: Any) -> Story:
    row.version += 1
    row.save()
    return _done(actor, verb, row, **facts)


def _done(actor: Actor, verb: str, row: Story, **facts: Any) -> Story:
    journal.write(actor, f"{SUBJECT}.{verb}", (SUBJECT, row.pk), place_id=row.place_id, facts=facts)
    return row
