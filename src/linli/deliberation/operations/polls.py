"""Setting up a poll, announcing and opening it, the counters' keys, and its ends. Voting and counting are elsewhere."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from fractions import Fraction
from typing import Any, Final

from django.db import transaction
from django.db.models import Sum
from django.utils.translation import gettext_lazy as _

from linli.cases.operations.clocks import calendar_of
from linli.cases.operations.owing import owe, settle
from linli.core import clock, journal
from linli.core.actors import Actor
from linli.core.errors import InvalidInput, NotFound, RuleBroken, Stale
from linli.deliberation import polls_section, sealing, thresholds
from linli.deliberation.counting import Rule
from linli.deliberation.models import Poll, PollKey
from linli.deliberation.operations.topics import holder_at
from linli.deliberation.policies import polls as policies
from linli.deliberation.thresholds import Threshold
from linli.deliberation.workflow.polls import DECISION, NEXT_OWED, POLL, SUBJECT
from linli.territory.models import Place

MOST_OPTIONS: Final = 20
COUNTERS: Final = 2
HALF: Final = Fraction(1, 2)
FORWARD: Final = ("open", "close", "publish")


@dataclass(frozen=True, slots=True)
class Sketch:
    """What a poll is to ask, by which rule and when. `quorum` and `passing` are of a rule of the owners' own."""

    title: str
    place_id: int
    text: str = ""
    kind: str = "decision"
    options: tuple[str, ...] = ()
    most: int = 1
    rule: str = "opinion"
    quorum: str = ""
    passing: str = ""
    passing_bound: str = "more_than"
    by_area: bool = False
    secrecy: str = "named"
    online: bool = True
    paper: bool = True
    binding: bool = False
    unreturned_ground: str = ""
    opens: datetime | None = None
    closes: datetime | None = None


@transaction.atomic
def poll_create(*, actor: Actor, sketch: Sketch) -> Poll:
    """Set up a poll; nobody is told yet.

    Raises: not_found, poll.not_yours, poll.title, poll.options, poll.thresholds, poll.secret_area, poll.channels,
    poll.days, poll.binding
    """
    poll = Poll(recorded=clock.now(), recorder=actor.key)
    _enter(actor, poll, sketch)
    poll.save()
    done(actor, "create", poll, {"rule": poll.rule, "secrecy": poll.secrecy})
    return poll


@transaction.atomic
def poll_change(*, actor: Actor, poll_id: int, version: int, sketch: Sketch) -> Poll:
    """Change what is not announced yet. Raises: as `poll_create`, and poll.state, poll.stale"""
    poll = locked(actor, poll_id, version)
    POLL.step(poll.state, "change")
    _enter(actor, poll, sketch)
    poll.version += 1
    poll.save()
    done(actor, "change", poll, {"rule": poll.rule, "secrecy": poll.secrecy})
    return poll


@transaction.atomic
def poll_announce(*, actor: Actor, poll_id: int, version: int) -> Poll:
    """Tell everybody what will be asked, of whom and when; the days of notice lie before the opening.

    Raises: not_found, poll.not_yours, poll.stale, poll.state, poll.days, poll.notice, poll.electorate_empty,
    poll.electorate_area
    """
    poll = locked(actor, poll_id, version)
    poll.state = POLL.step(poll.state, "announce")
    _require_electorate(poll)
    if poll.opens is None or poll.closes is None:
        raise InvalidInput("poll.days", _("Say when the vote opens and when it closes."))
    days = polls_section.section().notice(poll.rule)
    if clock.day_of(poll.opens) < clock.today() + timedelta(days=days):
        message = _("Between the announcement and the opening lie at least %(days)s days.")
        raise RuleBroken("poll.notice", message, days=days)
    poll.announced_on = clock.today()
    poll.version += 1
    poll.save()
    owe_next(poll, poll.opens)
    done(actor, "announce", poll)
    return poll


@transaction.atomic
def poll_key_make(*, actor: Actor, poll_id: int) -> str:
    """Make the key of one of the two counters: the words are given to that counter now and are nowhere else.

    Whoever made one before the opening and lost it makes another. Nobody holds both.
    Raises: not_found, poll.not_yours, poll.not_secret, poll.state, poll.keys_held
    """
    poll = locked(actor, poll_id)
    if not poll.secret:
        raise RuleBroken("poll.not_secret", _("This vote is not secret: it has no keys."))
    POLL.step(poll.state, "open")
    poll.keys.filter(holder=actor.key).delete()
    taken = set(poll.keys.values_list("position", flat=True))
    free = [position for position in (1, COUNTERS) if position not in taken]
    if not free:
        raise RuleBroken("poll.keys_held", _("Two others hold the keys of this vote."))
    key = sealing.new_key()
    PollKey.objects.create(poll=poll, position=free[0], holder=actor.key, public=key.public, made=clock.now())
    done(actor, "key", poll, {"position": free[0]})
    return key.words


@transaction.atomic
def poll_open(*, actor: Actor, poll_id: int, version: int) -> Poll:
    """Open the vote: question, rule and electorate are frozen from now on.

    Raises: not_found, poll.not_yours, poll.stale, poll.state, poll.early, poll.over, poll.keys_missing,
    poll.electorate_small
    """
    poll = locked(actor, poll_id, version)
    poll.state = POLL.step(poll.state, "open")
    assert poll.opens is not None, "announced polls have their days"
    assert poll.closes is not None, "announced polls have their days"
    if clock.now() < poll.opens:
        message = _("The vote was announced for %(opens)s and cannot open before.")
        raise RuleBroken("poll.early", message, opens=f"{poll.opens.astimezone(clock.SHANGHAI):%Y-%m-%d %H:%M}")
    if clock.now() >= poll.closes:
        raise RuleBroken("poll.over", _("The time of this vote is over."))
    poll.heads = poll.electors.count()
    poll.area = poll.electors.aggregate(whole=Sum("area"))["whole"] if poll.by_area else None
    if poll.secret:
        _require_secrecy(poll)
    poll.version += 1
    poll.save()
    owe_next(poll, poll.closes)
    done(actor, "open", poll, {"heads": poll.heads, "area": str(poll.area or "")})
    return poll


@transaction.atomic
def poll_cancel(*, actor: Actor, poll_id: int, version: int, reason: str) -> Poll:
    """Give up a poll before it is open. Raises: not_found, poll.not_yours, poll.stale, poll.state, poll.reason"""
    return _end(actor, poll_id, version, "cancel", reason)


@transaction.atomic
def poll_void(*, actor: Actor, poll_id: int, version: int, reason: str) -> Poll:
    """Declare a poll void that was open: a key was lost, say. What was voted is never counted then.

    Raises: not_found, poll.not_yours, poll.stale, poll.state, poll.reason
    """
    return _end(actor, poll_id, version, "void", reason)


@transaction.atomic
def poll_publish(*, actor: Actor, poll_id: int, version: int) -> Poll:
    """Show everybody the result. Raises: not_found, poll.not_yours, poll.stale, poll.state"""
    poll = locked(actor, poll_id, version)
    poll.state = POLL.step(poll.state, "publish")
    poll.version += 1
    poll.save()
    settle(NEXT_OWED, (SUBJECT, poll.pk))
    done(actor, "publish", poll)
    return poll


def locked(actor: Actor, poll_id: int, version: int | None = None) -> Poll:
    """A poll that the actor runs, locked. Raises: not_found, poll.not_yours, poll.stale"""
    rows = Poll.objects.filter(policies.polls_visible_to(actor)).select_for_update(of=("self",))
    poll = rows.select_related("place").filter(pk=poll_id).first()
    if poll is None:
        raise NotFound
    policies.require_run(actor, poll.place)
    if version is not None and poll.version != version:
        raise Stale("poll.stale", _("Somebody changed this vote meanwhile."), version=poll.version)
    return poll


def done(actor: Actor, verb: str, poll: Poll, facts: Mapping[str, Any] | None = None, count: int = 1) -> None:
    """Write what was done into the journal: never what somebody voted."""
    journal.write(actor, f"poll.{verb}", (SUBJECT, poll.pk), place_id=poll.place_id, facts=facts, count=count)


def owe_next(poll: Poll, due: datetime) -> None:
    """Put what comes next on the list of whoever hosts at the place: to open, to count or to publish."""
    subject = (SUBJECT, poll.pk)
    settle(NEXT_OWED, subject)
    label = next(str(move.label) for move in POLL.moves if poll.state in move.frm and move.verb in FORWARD)
    title = f"{poll.title} · {label}"
    owe(NEXT_OWED, subject, title, poll.place_id, holder_at(poll.place), due, calendar_of(poll.place))


def rule_of(sketch: Sketch) -> Rule:
    """The thresholds of a poll's rule. Raises: poll.thresholds"""
    if sketch.rule == "majority":
        return Rule((Threshold(HALF, "more_than", "due"),), (Threshold(HALF, "more_than", "present"),))
    if sketch.rule.startswith("owners"):
        passing = thresholds.OWNERS_MAJOR if sketch.rule == "owners_major" else thresholds.OWNERS_ORDINARY
        return Rule(thresholds.OWNERS_QUORUM, passing)
    return _own_rule(sketch) if sketch.rule == "own" else Rule()


def _own_rule(sketch: Sketch) -> Rule:
    measures = ("heads", "area") if sketch.by_area else ("heads",)
    quorum, passing = _share(sketch.quorum), _share(sketch.passing)
    more = sketch.passing_bound == "more_than"
    if quorum is None or passing is None or (more and passing == 1):
        message = _("A threshold is a fraction above 0 and at most 1, like 2/3; more than all is never reached.")
        raise InvalidInput("poll.thresholds", message)
    bound: Any = "more_than" if more else "at_least"
    return Rule(
        tuple(Threshold(quorum, "at_least", "due", by) for by in measures),  # type: ignore[arg-type]
        tuple(Threshold(passing, bound, "present", by) for by in measures),  # type: ignore[arg-type]
    )


def _share(text: str) -> Fraction | None:
    """A fraction as somebody writes it, or none where it makes no sense."""
    said = text.strip().removesuffix("%")
    try:
        share = Fraction(said) / (100 if text.strip().endswith("%") else 1)
    except (ValueError, ZeroDivisionError):
        return None
    return share if 0 < share <= 1 else None


def _enter(actor: Actor, poll: Poll, sketch: Sketch) -> None:
    """Take over what a sketch says, every rule checked."""
    place = Place.objects.filter(pk=sketch.place_id, placeholder=False, until=None).first()
    if place is None:
        raise NotFound
    policies.require_run(actor, place)
    by_area = sketch.by_area or sketch.rule.startswith("owners")
    _require_sense(sketch, by_area)
    poll.place, poll.by_area = place, by_area
    poll.title, poll.text = sketch.title.strip(), sketch.text.strip()
    poll.options = list(_options(sketch))
    poll.most = 1 if sketch.kind == "decision" else sketch.most
    poll.terms = rule_of(sketch).as_dict()
    poll.ground = polls_section.section().binding_ground if sketch.binding else ""
    poll.unreturned_ground = sketch.unreturned_ground.strip()
    for name in ("kind", "rule", "secrecy", "online", "paper", "binding", "opens", "closes"):
        setattr(poll, name, getattr(sketch, name))


def _options(sketch: Sketch) -> tuple[str, ...]:
    """What one may vote. Raises: poll.options"""
    if sketch.kind == "decision":
        return tuple(str(label) for label in DECISION)
    options = tuple(item.strip() for item in sketch.options if item.strip())
    if not 2 <= len(set(options)) == len(options) <= MOST_OPTIONS or not 1 <= sketch.most < len(options):
        message = _("There are 2 to %(most)s different options, and one chooses fewer than there are.")
        raise InvalidInput("poll.options", message, most=MOST_OPTIONS)
    if any(len(item) > 100 for item in options):
        raise InvalidInput("poll.options", _("An option has at most 100 characters."))
    return options


def _require_sense(sketch: Sketch, by_area: bool) -> None:
    if not 2 <= len(sketch.title.strip()) <= 120:
        raise InvalidInput("poll.title", _("A vote has a title of 2 to 120 characters."))
    if sketch.secrecy == "secret" and by_area:
        message = _("A ballot weighted by area would be known by its area: by area one votes by name.")
        raise InvalidInput("poll.secret_area", message)
    if not (sketch.online or sketch.paper):
        raise InvalidInput("poll.channels", _("One votes online, on paper, or both."))
    if sketch.opens and sketch.closes and sketch.closes <= sketch.opens:
        raise InvalidInput("poll.days", _("A vote closes after it opens."))
    if sketch.binding and not polls_section.section().binding:
        message = _("Votes are consultative here. The administrator switches binding ones on, with their legal ground.")
        raise RuleBroken("poll.binding", message)


def _require_electorate(poll: Poll) -> None:
    if not poll.electors.exists():
        raise RuleBroken("poll.electorate_empty", _("Enter first who may vote."))
    if poll.by_area and poll.electors.filter(area=0).exists():
        raise RuleBroken("poll.electorate_area", _("This vote counts area, but some who may vote have none."))


def _require_secrecy(poll: Poll) -> None:
    if poll.keys.count() < COUNTERS:
        raise RuleBroken("poll.keys_missing", _("Two counters make their keys before a secret vote opens."))
    least = polls_section.section().smallest_group
    if (poll.heads or 0) < least:
        message = _("With fewer than %(least)s who may vote, a vote is not secret.")
        raise RuleBroken("poll.electorate_small", message, least=least)


def _end(actor: Actor, poll_id: int, version: int, verb: str, reason: str) -> Poll:
    poll = locked(actor, poll_id, version)
    poll.state = POLL.step(poll.state, verb)
    poll.reason = reason.strip()[:300]
    if len(poll.reason) < 2:
        raise InvalidInput("poll.reason", _("Say why: everybody will read it."))
    poll.version += 1
    poll.save()
    settle(NEXT_OWED, (SUBJECT, poll.pk))
    done(actor, verb, poll, {"reason": poll.reason})
    return poll
