"""What all writers of volunteering share: words that are there, what is owed, the journal."""

from datetime import date
from typing import Any, Final

from django.utils.translation import gettext_lazy as _

from linli.cases.operations.clocks import after, calendar_of, post_at
from linli.cases.operations.owing import owe, settle
from linli.cases.sections import Period
from linli.core import clock, journal
from linli.core.actors import Actor
from linli.core.errors import InvalidInput, Stale
from linli.territory.models import Place
from linli.volunteering.sections import section
from linli.volunteering.workflow import KEEP

LONGEST: Final = 1000
LONGEST_NAME: Final = 80


def said(text: str, code: str, most: int = LONGEST) -> str:
    """What was written. Raises: the code, where it is nothing or too long"""
    words = " ".join(text.split())
    if not 0 < len(words) <= most:
        raise InvalidInput(code, _("Write something, at most %(most)s characters."), most=most)
    return words


def optional(text: str, code: str, most: int = LONGEST) -> str:
    """What was written, if anything. Raises: the code, where it is too long"""
    return said(text, code, most) if text.strip() else ""


def past(day: date, code: str) -> date:
    """A day that has come. Raises: the code"""
    if day > clock.today():
        raise InvalidInput(code, _("This day cannot be: it is still to come, or before what it follows."))
    return day


def known(codes: Any, names: Any, code: str) -> list[str]:
    """Codes of a list of the profile, each once and in its order. Raises: the code, where one is unknown"""
    chosen = set(codes)
    if not chosen <= set(names):
        raise InvalidInput(code, _("Choose from the list."))
    return [item for item in names if item in chosen]


def require_version(row: Any, version: int) -> None:
    """Refuse a change of what somebody else changed since. Raises: volunteering.stale"""
    if row.version != version:
        message = _("Somebody changed this since you read it. Look at it again.")
        raise Stale("volunteering.stale", message, version=row.version)


def owe_answer(kind: str, subject: tuple[str, int], title: str, place: Place) -> None:
    """Put an answer on the list of the desk nearest to a place, within the profile's working days."""
    due = after(calendar_of(place), clock.now(), Period(amount=section().answer_days))
    owe(kind, subject, title, place.pk, post_at(place.path, KEEP), due, calendar_of(place))


def owed_no_more(kind: str, subject: tuple[str, int]) -> None:
    """End what is owed."""
    settle(kind, subject)


def done(actor: Actor, verb: str, subject: tuple[str, int], place_id: int | None, **facts: Any) -> None:
    """Write to the journal what was done; facts hold codes and numbers only, never who somebody is."""
    journal.write(actor, f"{subject[0]}.{verb}", subject, place_id=place_id, facts=facts)
