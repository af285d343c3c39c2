"""The only writers of agenda items: proposed, put or taken onto the agenda of a meeting, and what came of each."""

from dataclasses import dataclass
from typing import Final

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from linli.cases.models import Case
from linli.cases.policies import cases_visible_to
from linli.core import clock, journal
from linli.core.actors import VISITOR, Actor
from linli.core.errors import InvalidInput, NotFound, RuleBroken
from linli.core.words import said
from linli.deliberation.models import AgendaItem, Meeting, MeetingSeries, Topic
from linli.deliberation.models.meetings import ItemRater
from linli.deliberation.operations.meetings import meeting_locked
from linli.deliberation.policies import meetings as policies
from linli.deliberation.queries import raised
from linli.deliberation.workflow.meetings import RATINGS, RESULTS, SOURCES

KIND: Final = "agenda_item"
TEXT: Final = 300
DECISION: Final = 2000
# So many proposals may wait at one forum; more are the same again, or somebody's game.
MOST_WAITING: Final = 100


@dataclass(frozen=True, slots=True)
class Item:
    """Something for an agenda; a matter by its number, a topic by its id."""

    text: str = ""
    source: str = "body"
    case_number: str = ""
    topic_id: int | None = None


@dataclass(frozen=True, slots=True)
class Result:
    """What came of an item; `series_id` is the joint meeting to which it goes, where it does."""

    result: str
    decision: str = ""
    series_id: int | None = None


@transaction.atomic
def item_propose(*, series_id: int, text: str) -> AgendaItem:
    """Propose a subject to a public forum, without a name. It waits until somebody takes it up or says why not.

    Raises: not_found, agenda.text, agenda.twice, agenda.too_many
    """
    series = MeetingSeries.objects.select_for_update().filter(pk=series_id, public=True, until=None).first()
    if series is None:
        raise NotFound
    words = said(text, TEXT, "agenda.text")
    waiting = series.items.filter(meeting=None, result="")
    if waiting.filter(text=words).exists():
        raise RuleBroken("agenda.twice", _("The same subject waits already."))
    if waiting.count() >= MOST_WAITING:
        raise RuleBroken("agenda.too_many", _("Very many subjects wait here already; please come back later."))
    row = _new(VISITOR, series=series, place_id=series.place_id, text=words, source="resident")
    # The journal forgets nothing, so it is not told who proposes.
    _done(VISITOR, "propose", row)
    return row


@transaction.atomic
def item_add(*, actor: Actor, meeting_id: int, item: Item) -> AgendaItem:
    """Put something on the agenda of a meeting; a matter and its item know each other.

    Raises: not_found, meeting.not_yours, agenda.closed, agenda.source, agenda.text, agenda.case, agenda.twice
    """
    meeting = meeting_locked(actor, meeting_id)
    _require_open(meeting)
    if item.source not in dict(SOURCES):
        raise InvalidInput("agenda.source", _("Choose from where it comes."))
    case, topic = _case(actor, item.case_number), _topic(item.topic_id, meeting)
    words = item.text.strip() or (topic.title if topic else "") or (_("Matter %s") % case.number if case else "")
    text = said(words, TEXT, "agenda.text")
    if case is not None and meeting.items.filter(case=case).exists():
        raise RuleBroken("agenda.twice", _("This matter is on the agenda already."))
    source = "case" if case else "topic" if topic else item.source
    row = _new(
        actor,
        place_id=meeting.place_id,
        meeting=meeting,
        series_id=meeting.series_id,
        on=meeting.on,
        text=text,
        source=source,
        case=case,
        topic=topic,
    )
    _done(actor, "add", row, meeting=meeting.pk, case=case.pk if case else None)
    if case is not None:
        _tell(actor, "agenda", case, meeting, f"{meeting.title}（{meeting.on:%Y-%m-%d}）")
    return row


@transaction.atomic
def item_take(*, actor: Actor, item_id: int, meeting_id: int) -> AgendaItem:
    """Take a waiting item of a series onto the agenda of one of its meetings.

    Raises: not_found, meeting.not_yours, agenda.closed, agenda.taken
    """
    meeting = meeting_locked(actor, meeting_id)
    _require_open(meeting)
    row = _locked(actor, item_id)
    if row.meeting_id or row.result or row.series_id != meeting.series_id:
        raise RuleBroken("agenda.taken", _("This item does not wait for this meeting."))
    row.meeting, row.on = meeting, meeting.on
    _saved(actor, "take", row, meeting=meeting.pk)
    return row


@transaction.atomic
def item_decline(*, actor: Actor, item_id: int, reason: str) -> AgendaItem:
    """Say of a waiting item why it is not taken up; whoever proposed it reads that.

    Raises: not_found, meeting.not_yours, agenda.taken, meeting.reason
    """
    row = _locked(actor, item_id)
    if row.meeting_id or row.result:
        raise RuleBroken("agenda.taken", _("This item does not wait any more."))
    row.result, row.decision = "declined", said(reason, DECISION, "meeting.reason")
    _saved(actor, "decline", row)
    return row


@transaction.atomic
def item_conclude(*, actor: Actor, item_id: int, result: Result) -> AgendaItem:
    """Note what came of an item: settled, decided, handed out, or waiting again, here or at a joint meeting.

    Raises: not_found, meeting.not_yours, agenda.not_held, agenda.result, agenda.decision, agenda.series
    """
    row = _locked(actor, item_id)
    meeting = row.meeting
    if meeting is None or meeting.state != "held":
        raise RuleBroken(
            "agenda.not_held", _("Results are noted once the meeting was held, before its minutes are approved.")
        )
    if result.result not in dict(RESULTS):
        raise InvalidInput("agenda.result", _("Choose what came of it."))
    decision = result.decision.strip()
    if len(decision) > DECISION or (result.result in ("resolution", "delegated") and not decision):
        raise InvalidInput("agenda.decision", _("Write what was decided, at most %(most)s characters."), most=DECISION)
    if row.ratings and (row.result, row.decision) != (result.result, decision):
        # What residents rated was something else.
        row.raters.all().delete()
        row.ratings, row.rating = {}, ""
    row.result, row.decision = result.result, decision
    _saved(actor, "conclude", row, result=row.result)
    _go_on(actor, row, meeting, result.series_id)
    if row.case is not None:
        words = f"{meeting.title}（{meeting.on:%Y-%m-%d}）：{row.get_result_display()} {decision}"
        _tell(actor, "deliberated", row.case, meeting, words.strip())
    return row


@transaction.atomic
def item_rate(*, actor: Actor, item_id: int, rating: str) -> AgendaItem:
    """Note how residents rated what came of an item, where they did not do so themselves.

    Raises: not_found, meeting.not_yours, agenda.rating, agenda.rated_by_residents
    """
    row = _locked(actor, item_id)
    if row.ratings:
        raise RuleBroken("agenda.rated_by_residents", _("Residents rate this item themselves; that holds."))
    if rating not in dict(RATINGS) or not row.result or row.meeting_id is None:
        raise InvalidInput("agenda.rating", _("Residents rate what came of an item."))
    row.rating = rating
    _saved(actor, "rate", row, rating=rating)
    return row


@transaction.atomic
def item_rate_own(*, item_id: int, rating: str, rater: str) -> AgendaItem:
    """Rate as a resident what came of an item, once; `rater` is an account or a browser. Only sums are kept.

    Raises: not_found, agenda.rating, agenda.rating_closed, agenda.rated
    """
    row = AgendaItem.objects.select_for_update(of=("self",)).select_related("meeting").filter(pk=item_id).first()
    if row is None:
        raise NotFound
    if not raised.open_to_rating(row):
        raise RuleBroken("agenda.rating_closed", _("This is not rated now."))
    if rating not in dict(RATINGS):
        raise InvalidInput("agenda.rating", _("Choose how satisfied you are."))
    _rater, first = ItemRater.objects.get_or_create(item=row, key_hash=raised.rater_key(row.pk, rater))
    if not first:
        raise RuleBroken("agenda.rated", _("You have rated this already."))
    row.ratings = {**row.ratings, rating: row.ratings.get(rating, 0) + 1}
    row.rating = raised.middle_of(row.ratings)
    # The journal holds times, so it is told neither who rates nor how.
    _saved(VISITOR, "rate_own", row)
    return row


def _go_on(actor: Actor, row: AgendaItem, meeting: Meeting, series_id: int | None) -> None:
    """Let an item that was not settled wait again, once; one that was put right waits no more."""
    row.went_to.filter(meeting=None, result="").delete()
    if row.result == "back":
        target = meeting.series
    elif row.result == "joint":
        rows = MeetingSeries.objects.select_related("place").filter(pk=series_id or 0, until=None)
        target = rows.first()
        if target is None or not _on_one_line(target, meeting):
            raise InvalidInput("agenda.series", _("Choose the joint meeting to which it goes."))
    else:
        return
    if target is None or row.went_to.exists():
        return
    on = {"series": target, "place_id": target.place_id, "came_from": row, "case": row.case, "topic": row.topic}
    # What residents raised stays theirs, wherever it goes.
    source = "resident" if row.source == "resident" else "meeting"
    _done(actor, "carry", _new(actor, text=row.text, source=source, **on), came_from=row.pk)


def _on_one_line(series: MeetingSeries, meeting: Meeting) -> bool:
    return meeting.place.path.startswith(series.place.path) or series.place.path.startswith(meeting.place.path)


def _require_open(meeting: Meeting) -> None:
    if meeting.state in ("approved", "cancelled"):
        raise RuleBroken("agenda.closed", _("The agenda of this meeting is closed."))


def _case(actor: Actor, number: str) -> Case | None:
    """A matter that the actor sees and that is no confidential one. Raises: agenda.case"""
    if not number.strip():
        return None
    found = Case.objects.filter(cases_visible_to(actor), number=number.strip()).first()
    if found is None or found.confidential:
        raise InvalidInput("agenda.case", _("There is no matter of this number that a meeting may speak about."))
    return found


def _topic(topic_id: int | None, meeting: Meeting) -> Topic | None:
    """A topic of the meeting's place or inside it. Raises: not_found"""
    if topic_id is None:
        return None
    found = Topic.objects.filter(pk=topic_id, place__path__startswith=meeting.place.path).first()
    if found is None:
        raise NotFound
    return found


def _tell(actor: Actor, verb: str, case: Case, meeting: Meeting, words: str) -> None:
    """Let the timeline of a matter say what a meeting did with it."""
    facts = {"meeting": meeting.pk, "reason": words}
    journal.write(actor, f"case.{verb}", ("case", case.pk), place_id=case.place_id, facts=facts)


def _new(actor: Actor, **values: object) -> AgendaItem:
    return AgendaItem.objects.create(raised=clock.now(), raised_by=actor.key, **values)


def _locked(actor: Actor, item_id: int) -> AgendaItem:
    rows = AgendaItem.objects.select_for_update(of=("self",)).select_related(
        "place", "meeting__series", "meeting__place", "case", "topic"
    )
    row = rows.filter(policies.rows_visible_to(actor), pk=item_id).first()
    if row is None:
        raise NotFound
    policies.require_convene(actor, row.place)
    return row


def _saved(actor: Actor, verb: str, row: AgendaItem, **facts: object) -> None:
    row.version += 1
    row.save()
    _done(actor, verb, row, **facts)


def _done(actor: Actor, verb: str, row: AgendaItem, **facts: object) -> None:
    journal.write(actor, f"{KIND}.{verb}", (KIND, row.pk), place_id=row.place_id, facts=facts)
