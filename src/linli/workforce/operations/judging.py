"""The only writers of what a jury gave: put down from its sheets by the organiser, published once, then fixed."""

from typing import Final

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from linli.core import clock, journal
from linli.core.actors import Actor
from linli.core.errors import InvalidInput, NotFound, RuleBroken
from linli.core.words import said
from linli.workforce import policies
from linli.workforce.models import Contest, ContestScore

MOST: Final = 100
LONGEST: Final = 60


@transaction.atomic
def score_record(*, actor: Actor, contest_id: int, entry_id: int, juror: str, score: int) -> ContestScore:
    """Put down what a juror gave an entry, 0 to 100; until it is published, the same juror's score is put right.

    Raises: not_found, training.not_yours, contest.published, contest.juror, contest.juror_own, contest.score
    """
    contest = _locked(actor, contest_id)
    entry = contest.entries.select_related("person").filter(pk=entry_id).first()
    if entry is None:
        raise NotFound
    name = said(juror, LONGEST, "contest.juror")
    if entry.person is not None and entry.person.name == name:
        raise RuleBroken("contest.juror_own", _("Nobody judges their own entry."))
    if not 0 <= score <= MOST:
        raise InvalidInput("contest.score", _("A score lies between 0 and %(most)s."), most=MOST)
    given = {"score": score, "recorded": clock.now(), "recorder": actor.key}
    row, _made = ContestScore.objects.update_or_create(entry=entry, juror=name, defaults=given)
    journal.write(actor, "contest.score", ("contest", contest.pk), place_id=contest.place_id)
    return row


@transaction.atomic
def contest_publish(*, actor: Actor, contest_id: int) -> Contest:
    """Show those who took part what the jury gave them; from then on no score changes.

    Raises: not_found, training.not_yours, contest.published, contest.unequal
    """
    contest = _locked(actor, contest_id)
    jurors = [set(entry.scores.values_list("juror", flat=True)) for entry in contest.entries.all()]
    if not jurors or not jurors[0] or any(names != jurors[0] for names in jurors):
        raise RuleBroken("contest.unequal", _("Every juror scores every entry before the results are published."))
    contest.published_on = clock.today()
    contest.version += 1
    contest.save()
    journal.write(actor, "contest.publish", ("contest", contest.pk), place_id=contest.place_id)
    return contest


def _locked(actor: Actor, contest_id: int) -> Contest:
    """A contest that one runs and whose scores may change. Raises: not_found, training.not_yours, contest.published"""
    rows = Contest.objects.select_for_update(of=("self",)).select_related("place")
    contest = rows.filter(policies.contests_visible_to(actor), pk=contest_id).first()
    if contest is None:
        raise NotFound
    policies.require_plan(actor, contest.place)
    if contest.published_on is not None:
        raise RuleBroken("contest.published", _("The results are published and stay as they are."))
    return contest
