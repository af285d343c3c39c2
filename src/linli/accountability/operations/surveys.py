"""Recording surveys of satisfaction: one by form, many from a ledger. Numbers only (STA-06)."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any, Final

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from linli.accountability.models import SatisfactionSurvey
from linli.accountability.policies import surveys as policies
from linli.core import clock, journal
from linli.core.actors import Actor
from linli.core.bulk import change, copy_in, next_ids
from linli.core.errors import InvalidInput, NotFound, RuleBroken, Stale
from linli.territory.models import Place
from linli.territory.operations.recording import extra_of, root_place

Rows = Sequence[Mapping[str, Any]]
FIELDS: Final = ("title", "on", "asked", "answered", "satisfied", "source")
LONGEST: Final = 120
LARGEST: Final = 10**8


@dataclass(frozen=True, slots=True)
class Counted:
    """What a survey came to."""

    title: str
    place_id: int
    on: date
    asked: int
    answered: int
    satisfied: int
    source: str = ""


@transaction.atomic
def survey_record(*, actor: Actor, counted: Counted) -> SatisfactionSurvey:
    """Record a survey. Raises: not_found, survey.not_yours, survey.title, survey.future, survey.parts, survey.twice"""
    _place(actor, counted.place_id)
    _require_sense(counted)
    survey = SatisfactionSurvey(id=next_ids(SatisfactionSurvey, 1)[0], **asdict(counted))
    _require_once(survey)
    survey.save(force_insert=True)
    _done(actor, "survey.record", survey)
    return survey


@transaction.atomic
def survey_change(*, actor: Actor, survey_id: int, version: int, counted: Counted) -> SatisfactionSurvey:
    """Put right what was recorded. Raises: as `survey_record`, and survey.stale"""
    seen = SatisfactionSurvey.objects.filter(policies.surveys_visible_to(actor))
    survey = seen.select_for_update(of=("self",)).select_related("place").filter(pk=survey_id).first()
    if survey is None:
        raise NotFound
    policies.require_record(actor, survey.place)
    _place(actor, counted.place_id)
    if survey.version != version:
        raise Stale("survey.stale", _("Somebody changed this survey meanwhile."), version=survey.version)
    _require_sense(counted)
    for name, value in asdict(counted).items():
        setattr(survey, name, value)
    _require_once(survey)
    survey.version += 1
    survey.save()
    _done(actor, "survey.change", survey)
    return survey


def surveys_refused(*, rows: Rows) -> dict[int, str]:
    """Which rows of a ledger make no sense, by position, each with the code of its reason."""
    return {
        position: "survey.parts"
        for position, row in enumerate(rows)
        if not row["asked"] >= row["answered"] >= row["satisfied"]
    }


@transaction.atomic
def survey_record_many(*, actor: Actor, rows: Rows) -> list[int]:
    """Record surveys from a ledger: one of the same title, place and day is the same survey."""
    held = SatisfactionSurvey.objects.select_for_update().in_bulk([row["id"] for row in rows if row.get("id")])
    keys = _keys(rows, held)
    known = SatisfactionSurvey.objects.select_for_update().filter(title__in={key[0] for key in keys})
    by_key = {(item.title, item.place_id, item.on): item for item in known}
    made, changed, given = [], [], []
    for row, key in zip(rows, keys, strict=True):
        survey = held.get(row.get("id") or 0) or by_key.get(key)
        if survey is None:
            survey = by_key[key] = SatisfactionSurvey(id=next_ids(SatisfactionSurvey, 1)[0])
            made.append(survey)
        elif survey not in made:
            survey.version += 1
            changed.append(survey)
        for name in FIELDS:
            if row.get(name) is not None:
                setattr(survey, name, row[name])
        survey.place_id = key[1]
        survey.extra = {**survey.extra, **extra_of(row, FIELDS)}
        given.append(survey.pk)
    copy_in(made)
    change(SatisfactionSurvey, changed, [*FIELDS, "place", "extra", "version"])
    journal.write(actor, "satisfaction_survey.record_many", None, count=max(1, len(rows)))
    return given


def surveys_recognised(*, rows: Rows) -> dict[int, int]:
    """Which rows speak of a survey that is recorded already, by position."""
    keys = _keys(rows, {})
    known = SatisfactionSurvey.objects.filter(title__in={key[0] for key in keys})
    by_key = {(item.title, item.place_id, item.on): item.pk for item in known}
    return {position: by_key[key] for position, key in enumerate(keys) if key in by_key}


def _keys(rows: Rows, held: Mapping[int, SatisfactionSurvey]) -> list[tuple[str, int, date]]:
    """By what a survey is known; where a row that changes one is silent, it stays as it is."""
    root = root_place()
    blank = SatisfactionSurvey(place_id=root.pk if root else 0)
    found = []
    for row in rows:
        was = held.get(row.get("id") or 0, blank)
        found.append((row.get("title") or was.title, row.get("place") or was.place_id, row.get("on") or was.on))
    return found


def _place(actor: Actor, place_id: int) -> Place:
    place = Place.objects.filter(pk=place_id, placeholder=False).first()
    if place is None:
        raise NotFound
    policies.require_record(actor, place)
    return place


def _require_sense(counted: Counted) -> None:
    if not 0 < len(counted.title.strip()) <= LONGEST:
        raise InvalidInput("survey.title", _("A survey has a title of at most %(most)s characters."), most=LONGEST)
    if counted.on > clock.today():
        raise InvalidInput("survey.future", _("This day lies ahead."))
    if not LARGEST >= counted.asked >= counted.answered >= counted.satisfied >= 0:
        message = _("No more can have answered than were asked, nor be satisfied than answered.")
        raise InvalidInput("survey.parts", message)


def _require_once(survey: SatisfactionSurvey) -> None:
    same = SatisfactionSurvey.objects.filter(title=survey.title, place_id=survey.place_id, on=survey.on)
    if same.exclude(pk=survey.pk).exists():
        raise RuleBroken("survey.twice", _("This survey is recorded already, of this place and day."))


def _done(actor: Actor, operation: str, survey: SatisfactionSurvey) -> None:
    facts = {name: getattr(survey, name) for name in ("asked", "answered", "satisfied")}
    subject = ("satisfaction_survey", survey.pk)
    journal.write(actor, operation, subject, place_id=survey.place_id, facts=facts)
