"""Asking the reporter, and only the reporter: was it solved, and are you satisfied (R20, STA-06).

By a one-time link, a call made by another body, or paper at the counter, each recorded as such. Asked, answered
and not reached are all rows of the same table, so that response, solution and satisfaction rates can be counted.
"""

import secrets as random_source
from dataclasses import dataclass
from datetime import timedelta

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from linli.cases import sections, words
from linli.cases.models import Case, Rating
from linli.cases.operations.steps import save
from linli.cases.policies import cases_visible_to, is_reporter, may_check, ways_to_ask
from linli.core import clock, journal
from linli.core.actors import Actor
from linli.core.errors import InvalidInput, NotAllowed, NotFound, RuleBroken
from linli.core.secrets import keyed_hash

LINK_HOLDS = timedelta(days=90)
CHANNELS = frozenset(code for code, _label in words.CHANNELS)


@dataclass(frozen=True, slots=True)
class Asked:
    """A rating that was asked for; the token opens the one-time page and is shown once."""

    rating_id: int
    token: str


@dataclass(frozen=True, slots=True)
class Word:
    """What the reporter says: solved or not, satisfied from 1 to 5, and a remark."""

    solved: bool
    satisfied: int
    remark: str = ""


@transaction.atomic
def rating_ask(*, actor: Actor, case_id: int, channel: str = "link") -> Asked:
    """Ask the reporter of a closed matter; who handled it may not ask by phone or on paper.

    Asking again while an answer is open gives a new link and ends the old one.
    Raises: not_found, rating.not_yours, rating.state, rating.channel, rating.nobody
    """
    if channel not in CHANNELS:
        raise InvalidInput("rating.channel", _("There is no such way of asking."), channel=channel)
    case = _closed(actor, case_id)
    if channel not in ways_to_ask(actor, case):
        raise NotAllowed("rating.not_yours", _("Another body asks the reporter, not the one that handled it."))
    reporter = case.reporters.order_by("id").first()
    if reporter is None:
        raise RuleBroken("rating.nobody", _("This matter has no reporter."))
    Rating.objects.filter(case=case, answered=None, reached=None).update(reached=False)
    token = random_source.token_urlsafe(24)
    rating = Rating.objects.create(
        case=case,
        reporter=reporter,
        channel=channel,
        asked=clock.now(),
        asked_by=actor.key,
        token_hash=keyed_hash(token, "rating.token") if channel == "link" else None,
    )
    _journal(actor, case, "ask_rating", channel=channel)
    return Asked(rating.pk, token if channel == "link" else "")


@transaction.atomic
def rating_answer(*, actor: Actor, token: str, word: Word) -> Case:
    """Answer by the one-time link; whoever has it is the reporter. The answer cannot be changed.

    Raises: not_found, rating.used, rating.expired, rating.stars, rating.state
    """
    found = Rating.objects.filter(token_hash=keyed_hash(token, "rating.token")).values("id", "case_id").first()
    if found is None:
        raise NotFound
    case = _lock(found["case_id"])
    rating = Rating.objects.select_for_update().get(pk=found["id"])
    if rating.answered is not None or rating.reached is False:
        raise RuleBroken("rating.used", _("This link was used, or replaced by a newer one."))
    if clock.now() - rating.asked > LINK_HOLDS:
        raise RuleBroken(
            "rating.expired", _("This link is too old. Open your matter with its number and code instead.")
        )
    return _answer(actor, case, rating, word, recorded_by="")


@transaction.atomic
def case_rate(*, actor: Actor, case_id: int, word: Word) -> Case:
    """Rate one's own closed matter on its page, as the reporter by account or by number and code.

    Raises: not_found, rating.not_yours, rating.state, rating.stars
    """
    case = _closed(actor, case_id)
    if not is_reporter(actor, case):
        raise NotAllowed("rating.not_yours", _("Only the reporter rates."))
    rating = Rating.objects.select_for_update().filter(case=case, answered=None, reached=None).first()
    if rating is None:
        rating = Rating(
            case=case, reporter=case.reporters.first(), channel="link", asked=clock.now(), asked_by=actor.key
        )
    return _answer(actor, case, rating, word, recorded_by="")


@transaction.atomic
def rating_record(*, actor: Actor, rating_id: int, word: Word) -> Case:
    """Write down what the reporter said on the phone or on paper, as another body than the handler.

    Raises: not_found, rating.not_yours, rating.used, rating.link, rating.stars, rating.state
    """
    case, rating = _asked(actor, rating_id)
    if rating.channel == "link":
        raise RuleBroken("rating.link", _("The reporter answers this by the link alone."))
    return _answer(actor, case, rating, word, recorded_by=actor.key)


@transaction.atomic
def rating_not_reached(*, actor: Actor, rating_id: int) -> Rating:
    """Note that the reporter was asked and not reached; that is counted too.

    Raises: not_found, rating.not_yours, rating.used
    """
    case, rating = _asked(actor, rating_id)
    rating.reached, rating.recorded_by = False, actor.key
    rating.save(update_fields=["reached", "recorded_by"])
    _journal(actor, case, "rating_not_reached", channel=rating.channel)
    return rating


def _asked(actor: Actor, rating_id: int) -> tuple[Case, Rating]:
    found = Rating.objects.filter(pk=rating_id).values("case_id").first()
    if found is None:
        raise NotFound
    case = _closed(actor, found["case_id"])
    if not may_check(actor, case):
        raise NotAllowed("rating.not_yours", _("Who handled it can neither enter nor change the rating."))
    rating = Rating.objects.select_for_update().get(pk=rating_id)
    if rating.answered is not None or rating.reached is not None:
        raise RuleBroken("rating.used", _("This was answered already."))
    return case, rating


def _answer(actor: Actor, case: Case, rating: Rating, word: Word, recorded_by: str) -> Case:
    if not 1 <= word.satisfied <= 5:
        raise InvalidInput("rating.stars", _("Give 1 to 5."))
    case.was = case.state  # type: ignore[attr-defined]
    case.state = sections.flow().step(case.state, "rate")
    rating.answered, rating.reached = clock.now(), True
    rating.solved, rating.satisfied = word.solved, word.satisfied
    rating.remark, rating.recorded_by = word.remark.strip()[:500], recorded_by
    rating.save()
    return save(actor, case, "rate", solved=word.solved, satisfied=word.satisfied, channel=rating.channel)


def _closed(actor: Actor, case_id: int) -> Case:
    case = _lock(case_id)
    if not Case.objects.filter(cases_visible_to(actor), pk=case_id).exists():
        raise NotFound
    if case.state != "closed":
        raise RuleBroken("rating.state", _("Only a closed matter is rated, and once."), state=case.state)
    return case


def _lock(case_id: int) -> Case:
    found = (
        Case.objects.select_for_update(of=("self",))
        .select_related("place", "grid")
        .defer("search")
        .filter(pk=case_id)
        .first()
    )
    if found is None:
        raise NotFound
    return found


def _journal(actor: Actor, case: Case, verb: str, **facts: str) -> None:
    journal.write(actor, f"case.{verb}", ("case", case.pk), place_id=case.place_id, facts=facts)
