"""The only writers of alerts: the check that raises, recolours and ends them, and the answers of those who hold them.

One rule at one unit is one alert until it is green again; the holder hears of it when it gets worse, and only then.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import date
from decimal import Decimal
from typing import Final

from django.db import connection, transaction
from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from linli.accountability.alert_section import DAYS, AlertRule, rules
from linli.accountability.models import Alert
from linli.accountability.policies import alerts as policies
from linli.accountability.policies.figures import VIEW
from linli.accountability.queries.alerting import Said, said
from linli.accountability.workflow.alerts import ALERT, ANSWER, GREEN
from linli.cases.operations.clocks import Holder, after, calendar_of, post_at
from linli.cases.operations.owing import owe, settle
from linli.cases.sections import Period
from linli.core import clock, journal
from linli.core.actors import SYSTEM, Actor
from linli.core.errors import InvalidInput, NotFound
from linli.core.models import WorkItem
from linli.messaging.operations.sending import Draft, message_send
from linli.messaging.queries import To
from linli.organizations.models import Post
from linli.organizations.policies import held_on
from linli.records.figures import compute
from linli.records.figures.definitions import Figure

KIND: Final = "alert"
MESSAGE: Final = "alert.raised"
LOCK: Final = 7306
LONGEST: Final = 1000


@dataclass(slots=True)
class Checked:
    """What a check did: alerts raised, made worse, made better, ended; `open` are those that stand now."""

    rules: int = 0
    raised: int = 0
    worse: int = 0
    better: int = 0
    ended: int = 0
    open: int = 0

    def as_dict(self) -> dict[str, int]:
        """The counts by name."""
        return asdict(self)


def alerts_check(*, at: date | None = None) -> Checked:
    """Hold every rule against every unit on a day. Twice on one day does nothing twice; two at once make one alert."""
    day, figures, done = at or clock.today(), compute.book(), Checked()
    held = [rule for rule in rules() if rule.work or rule.figure in figures]
    for rule in held:
        done.rules += 1
        _check(rule, day, figures, done)
    _end_forgotten({rule.code for rule in held}, done)
    done.open = Alert.objects.filter(ended=None).count()
    return done


@transaction.atomic
def alert_acknowledge(*, actor: Actor, alert_id: int) -> Alert:
    """Take an alert in hand: it stays on the list of its holder. Raises: not_found, alert.not_yours, alert.state"""
    alert = _locked(actor, alert_id)
    alert.state = ALERT.step(alert.state, "acknowledge")
    return _answered(actor, alert, "acknowledge")


@transaction.atomic
def alert_settle(*, actor: Actor, alert_id: int, note: str) -> Alert:
    """Settle an alert with what was done; nothing more is owed of it unless it gets worse.

    Raises: not_found, alert.not_yours, alert.state, alert.note_missing, alert.note_long
    """
    alert = _locked(actor, alert_id)
    written = note.strip()
    if not written:
        raise InvalidInput("alert.note_missing", _("Say in a few words what was done."))
    if len(written) > LONGEST:
        raise InvalidInput("alert.note_long", _("This is longer than %(most)s characters."), most=LONGEST)
    alert.state, alert.note = ALERT.step(alert.state, "settle"), written
    settle(ANSWER, (KIND, alert.pk))
    return _answered(actor, alert, "settle")


def _locked(actor: Actor, alert_id: int) -> Alert:
    rows = Alert.objects.filter(policies.alerts_visible_to(actor)).select_for_update(of=("self",))
    alert = rows.filter(pk=alert_id).first()
    if alert is None:
        raise NotFound
    policies.require_answer(actor, alert)
    return alert


def _answered(actor: Actor, alert: Alert, verb: str) -> Alert:
    alert.answered, alert.answered_by = clock.now(), actor.key
    alert.version += 1
    alert.save()
    journal.write(actor, f"alert.{verb}", (KIND, alert.pk), place_id=alert.place_id, facts={"colour": alert.colour})
    return alert


@transaction.atomic
def _check(rule: AlertRule, day: date, figures: Mapping[str, Figure], done: Checked) -> None:
    # One at a time: whoever comes second finds what the first has raised.
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [LOCK])
    held = {alert.place_id: alert for alert in Alert.objects.select_for_update().filter(rule=rule.code, ended=None)}
    _hand_on(rule, list(held.values()))
    for item in said(rule, day, figures):
        alert = held.pop(item.place.pk, None)
        if not item.known:
            continue
        if alert is not None:
            _compare(rule, alert, item, day, done)
        elif item.colour != GREEN:
            _raise(rule, item, day, done)
    # What is held still is of units that are no more.
    for alert in held.values():
        _end(alert, done)


def _hand_on(rule: AlertRule, held: list[Alert]) -> None:
    """Give alerts whose post nobody holds any more to the post that answers now."""
    posts = Post.objects.filter(held_on(clock.today()), pk__in=[alert.holder_id for alert in held])
    served = set(posts.values_list("pk", flat=True))
    for alert in held:
        if alert.holder_id in served:
            continue
        found = post_at(alert.place.path, VIEW, rule.owner).post_id
        if found == alert.holder_id:
            continue
        settle(ANSWER, (KIND, alert.pk))
        alert.holder_id = found
        alert.save()
        _note(alert, "hand_on")
        if alert.state != "settled":
            _tell(rule, alert)


def _raise(rule: AlertRule, item: Said, day: date, done: Checked) -> None:
    now, place = clock.now(), item.place
    alert = Alert.objects.create(
        rule=rule.code,
        title=f"{rule.label} · {place.name}"[:200],
        place=place,
        holder_id=post_at(place.path, VIEW, rule.owner).post_id,
        colour=item.colour,
        value=item.value,
        as_of=day,
        raised=now,
        changed=now,
    )
    done.raised += 1
    _note(alert, "raise")
    _tell(rule, alert)


def _compare(rule: AlertRule, alert: Alert, item: Said, day: date, done: Checked) -> None:
    """Hold an alert against what its rule says today: worse counts at once, better only when it lasts."""
    if day < alert.as_of:
        return
    alert.value, alert.as_of = item.value, day
    if rule.is_worse(item.colour, alert.colour):
        alert.colour, alert.changed, alert.calm_since = item.colour, clock.now(), None
        alert.state = ALERT.step(alert.state, "worsen")
        done.worse += 1
        _note(alert, "worsen")
        alert.save()
        _tell(rule, alert)
        return
    if item.colour == alert.colour:
        alert.calm_since = None
    else:
        alert.calm_since = alert.calm_since or day
        if (day - alert.calm_since).days >= rule.calm_days:
            _ease(alert, item.colour, done)
    alert.save()


def _ease(alert: Alert, colour: str, done: Checked) -> None:
    """A better colour has lasted: the alert takes it, or ends when it is green. Nobody is told of it again."""
    if colour == GREEN:
        _end(alert, done)
        return
    alert.colour, alert.changed, alert.calm_since = colour, clock.now(), None
    _items(alert).update(colour=alert.colour)
    done.better += 1
    _note(alert, "ease")


def _end(alert: Alert, done: Checked) -> None:
    alert.state, alert.ended = ALERT.step(alert.state, "end"), clock.now()
    alert.save()
    settle(ANSWER, (KIND, alert.pk))
    done.ended += 1
    _note(alert, "end")


@transaction.atomic
def _end_forgotten(codes: set[str], done: Checked) -> None:
    """End the alerts of rules that the profile no longer has."""
    for alert in Alert.objects.select_for_update().filter(ended=None).exclude(rule__in=codes):
        _end(alert, done)


def _tell(rule: AlertRule, alert: Alert) -> None:
    """Put the alert on its holder's list and into their inbox."""
    if alert.holder_id is None:
        return
    calendar, now = calendar_of(alert.place), clock.now()
    due = after(calendar, now, Period(amount=DAYS[alert.colour]))
    owe(ANSWER, (KIND, alert.pk), alert.title, alert.place_id, Holder(post_id=alert.holder_id), due, calendar)
    # The item bears the alert's colour on the list, not only that of its own time; nothing is late before it is due.
    _items(alert).update(colour=alert.colour)
    link = reverse("alerts:alert", args=[alert.pk])
    draft = Draft(MESSAGE, title=alert.title, body=rule.next, link=link, subject=(KIND, alert.pk))
    message_send(actor=SYSTEM, to=To(posts=[alert.holder_id]), draft=draft)


def _items(alert: Alert) -> QuerySet[WorkItem]:
    return WorkItem.objects.filter(kind=ANSWER, subject_type=KIND, subject_id=alert.pk, ended=None)


def _note(alert: Alert, verb: str) -> None:
    facts = {"rule": alert.rule, "colour": alert.colour, "value": _plain(alert.value)}
    journal.write(SYSTEM, f"alert.{verb}", (KIND, alert.pk), place_id=alert.place_id, facts=facts)


def _plain(value: Decimal | None) -> str:
    return "" if value is None else f"{value.normalize():f}"
