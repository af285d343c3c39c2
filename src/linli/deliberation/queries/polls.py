"""Polls as they are read: the list, one with what is to do now, turnout, the result in words, the public pages."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any, Final

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext as _

from linli.cases.queries.pages import named
from linli.core import clock, masks
from linli.core.actors import Actor
from linli.core.errors import NotFound
from linli.core.models import Entry
from linli.core.workflow import Step
from linli.deliberation import polls_section
from linli.deliberation.counting import Rule
from linli.deliberation.looks import rounds, settled
from linli.deliberation.models import Elector, PaperEntry, Poll, PollMark, TopicStep
from linli.deliberation.policies import polls as policies
from linli.deliberation.policies import topics as topic_policies
from linli.deliberation.thresholds import Threshold
from linli.deliberation.verifying import FORMAT
from linli.deliberation.workflow.polls import DECISION, HAPPENED, POLL, RUN, SUBJECT
from linli.organizations.sections import kinds_in_force
from linli.territory.models import Place

PAGE: Final = 50
ROLL: Final = 100
# What everyday entries say is on the desk's own page.
HISTORY: Final = tuple(f"poll.{verb}" for verb in HAPPENED if verb not in ("paper_mark", "paper_enter"))
Choices = list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Turnout:
    """How many have voted by which way: numbers, and nothing of what they voted."""

    heads: int
    online: int
    paper: int

    @property
    def present(self) -> int:
        """All who have voted."""
        return self.online + self.paper

    @property
    def share(self) -> int:
        """In percent of all, rounded down."""
        return 100 * self.present // self.heads if self.heads else 0


@dataclass(frozen=True, slots=True)
class Held:
    """A threshold of a result in words, with its exact numbers."""

    words: str
    part: str
    whole: str
    met: bool
    area: bool


@dataclass(frozen=True, slots=True)
class Decided:
    """What an option got, and whether that decides."""

    label: str
    heads: int
    area: str
    share: int
    conditions: tuple[Held, ...] = ()


@dataclass(frozen=True, slots=True)
class Result:
    """A count as a page prints it."""

    present: Mapping[str, Any]
    due: Mapping[str, Any]
    quorum: tuple[Held, ...]
    options: tuple[Decided, ...]
    met: bool | None
    withheld: bool


@dataclass(frozen=True, slots=True)
class Moment:
    """One thing that happened to a poll."""

    at: Any
    what: str
    who: str
    reason: str


@dataclass(frozen=True, slots=True)
class PollPage:
    """One poll as a post reads it: where it stands, who may vote, what it came to."""

    poll: Poll
    line: list[Step]
    turnout: Turnout
    rule: list[str]
    result: Result | None = None
    other: Result | None = None
    verbs: frozenset[str] = frozenset()
    history: list[Moment] = field(default_factory=list)
    keys: list[tuple[int, str]] = field(default_factory=list)
    waiting: int = 0
    few: list[str] = field(default_factory=list)

    @property
    def units(self) -> int:
        """How many units stand behind the heads."""
        return self.poll.rights.count()


def listed(actor: Actor, state: str = "", words: str = "") -> QuerySet[Poll]:
    """The polls that somebody sees, the newest first."""
    rows = Poll.objects.filter(policies.polls_visible_to(actor)).select_related("place")
    if state:
        rows = rows.filter(state=state)
    if words:
        rows = rows.filter(title__icontains=words)
    return rows.order_by("-id").annotate(marked=Count("marks"))


def public_listed() -> QuerySet[Poll]:
    """The polls that everybody may know of, those that go on first."""
    rows = Poll.objects.filter(policies.public_polls()).select_related("place")
    return rows.order_by("-opens", "-id")


def poll_page(actor: Actor, pk: int) -> PollPage:
    """One poll as a post reads it. Raises: not_found"""
    poll = found(policies.polls_visible_to(actor), pk)
    runs = policies.may_run_poll(actor, poll)
    allowed = {move.verb for move in POLL.allowed(poll.state, {RUN})} if runs and not poll.imported else set()
    page = _page(poll)
    return PollPage(
        poll=poll,
        line=page.line,
        turnout=page.turnout,
        rule=page.rule,
        result=page.result,
        other=page.other,
        verbs=frozenset(allowed),
        history=_history(pk),
        keys=_keys(poll),
        waiting=_waiting(poll) if poll.state == "open" else 0,
        few=_few(poll, page.turnout),
    )


def public_page(pk: int) -> PollPage:
    """One poll as everybody reads it: its result once it is published. Raises: not_found"""
    return _page(found(policies.public_polls(), pk), told=False)


def found(visible: Q, pk: int) -> Poll:
    """A poll that may be read. Raises: not_found"""
    poll = Poll.objects.filter(visible, pk=pk).select_related("place", "step__topic", "holding").first()
    if poll is None:
        raise NotFound
    return poll


def _page(poll: Poll, *, told: bool = True) -> PollPage:
    shown = bool(poll.result) and (told or poll.state == "published")
    other = poll.result.get("unreturned") if shown else None
    return PollPage(
        poll=poll,
        line=POLL.line_of_steps(poll.state),
        turnout=turnout(poll),
        rule=rule_words(Rule.of(poll.terms)),
        result=result_of(poll, poll.result) if shown else None,
        other=result_of(poll, other) if other else None,
    )


def turnout(poll: Poll) -> Turnout:
    """How many have voted so far."""
    rows = PollMark.objects.filter(poll=poll).order_by().values_list("channel").annotate(Count("pk"))
    marked = dict(rows)
    heads = poll.heads if poll.heads is not None else poll.electors.count()
    return Turnout(heads, marked.get("online", 0), marked.get("paper", 0))


def rule_words(rule: Rule) -> list[str]:
    """The thresholds of a rule, each in words."""
    asked = [_("Take part: %(threshold)s") % {"threshold": item} for item in rule.quorum]
    return asked + [_("Agree: %(threshold)s") % {"threshold": item} for item in rule.passing]


def result_of(poll: Poll, document: Mapping[str, Any]) -> Result:
    """A count in words; of the poll itself, or as the owners' own rule would have it."""
    options = document.get("options", [])
    passing = document.get("passing", [])
    most = max((option["heads"] for option in options), default=0) or 1
    return Result(
        present=document["present"],
        due=poll.result["due"],
        quorum=tuple(map(_held, document["quorum"])),
        options=tuple(
            Decided(
                label=_option(poll, number),
                heads=option["heads"],
                area=option["area"],
                share=100 * option["heads"] // most,
                conditions=tuple(map(_held, passing[number])) if number < len(passing) else (),
            )
            for number, option in enumerate(options)
        ),
        met=document["met"],
        withheld=poll.result["withheld"],
    )


def options_of(poll: Poll) -> list[tuple[int, str]]:
    """What one may choose, in the reader's language where it is for, against or abstain."""
    return [(number, _option(poll, number)) for number in range(len(poll.options))]


def tally_document(poll: Poll) -> dict[str, Any]:
    """The count as a file that anybody can check: no names, the receipts of secret ballots in order."""
    receipts = poll.sealed_ballots.order_by("receipt").values_list("receipt", flat=True)
    return {
        "format": FORMAT,
        "poll": poll.pk,
        "title": poll.title,
        "place": poll.place.name,
        "secret": poll.secret,
        "most": poll.most,
        "opened": poll.opens.isoformat() if poll.opens else None,
        "counted": poll.held.isoformat() if poll.held else None,
        "receipts": list(receipts),
        "result": poll.result,
    }


def roll(poll: Poll, words: str = "") -> QuerySet[Elector]:
    """Who may vote, by number, with whether they have voted."""
    rows = poll.electors.select_related("mark", "proxy__holder").prefetch_related("rights")
    if words.isdecimal() and len(words) < 8:
        rows = rows.filter(number=int(words))
    return rows.order_by("number")


def roll_line(elector: Elector) -> dict[str, Any]:
    """An elector as the desk shows it: the name masked, the units in full, for by these they are found."""
    return {
        "elector": elector,
        "name": masks.mask_name(elector.name or ""),
        "units": "、".join(right.unit or "" for right in elector.rights.all()[:5]),
        "channel": elector.mark.get_channel_display() if hasattr(elector, "mark") else "",
        "holder": elector.proxy.holder.number if hasattr(elector, "proxy") else None,
    }


def papers(poll: Poll) -> list[tuple[str, str]]:
    """The paper ballots or bundles that wait, and what for: never what was entered."""
    waiting = []
    for (number, bundle), group in _groups(poll).items():
        by_round = rounds(group)
        last = by_round[max(by_round)]
        if not settled(last):
            name = (
                _("Bundle %(number)s") % {"number": bundle} if bundle else _("Ballot %(number)s") % {"number": number}
            )
            wanted = _("a second person enters it") if len(last) == 1 else _("a third person looks at it")
            waiting.append((name, wanted))
    return waiting


def voting_for(poll: Poll, voter: Elector) -> list[tuple[Elector, bool]]:
    """For whom somebody votes: for themselves and for those whose proxy they hold, with whether it is done."""
    electors = [] if hasattr(voter, "proxy") else [voter]
    electors += Elector.objects.filter(poll=poll, proxy__holder=voter).order_by("number")
    done = set(PollMark.objects.filter(elector__in=electors).values_list("elector_id", flat=True))
    return [(elector, elector.pk in done) for elector in electors]


def steps_to_decide(actor: Actor, poll: Poll) -> Choices:
    """The steps that a poll may decide: of topics of its place or above, whose turn it is."""
    if poll.kind != "decision" or poll.state != "draft":
        return []
    above = [int(part) for part in poll.place.path.split("/") if part]
    rows = TopicStep.objects.filter(topic_policies.steps_to_hold(actor), topic__place__in=above)
    return [(str(row.pk), f"{row.topic.title} · {row.label}") for row in rows.select_related("topic")[:200]]


def running_places(actor: Actor) -> Choices:
    """The places for which somebody sets up polls."""
    rows = Place.objects.filter(
        policies.running_places(actor), type__in=("division", "compound"), until=None, placeholder=False
    )
    places = rows.select_related("parent").order_by("path")[:2000]
    return [(str(place.pk), f"{place.name} · {place.parent.name}" if place.parent else place.name) for place in places]


def post_kinds() -> Choices:
    """The kinds of posts whose holders may be those who vote."""
    return [(kind.code, str(kind.label)) for kind in kinds_in_force().values()]


def _option(poll: Poll, number: int) -> str:
    return str(DECISION[number]) if poll.kind == "decision" else str(poll.options[number])


def _held(document: Mapping[str, Any]) -> Held:
    threshold = Threshold(Fraction(document["share"]), document["bound"], document["of"], document["by"])
    return Held(str(threshold), document["part"], document["whole"], document["met"], document["by"] == "area")


def _groups(poll: Poll) -> dict[tuple[int | None, int | None], list[PaperEntry]]:
    groups: dict[tuple[int | None, int | None], list[PaperEntry]] = {}
    online = Q(elector__mark__channel="online")
    for entry in poll.paper_entries.exclude(online).select_related("elector"):
        key = (entry.elector.number if entry.elector else None, entry.bundle)
        groups.setdefault(key, []).append(entry)
    return groups


def _waiting(poll: Poll) -> int:
    return len(papers(poll))


def _few(poll: Poll, voted: Turnout) -> list[str]:
    """By which ways so few have voted secretly that the numbers could not be published."""
    if not poll.secret or poll.state != "open":
        return []
    least = polls_section.section().smallest_group
    ways = ((_("online"), voted.online), (_("on paper"), voted.paper))
    return [f"{label} {number}" for label, number in ways if 0 < number < least]


def _keys(poll: Poll) -> list[tuple[int, str]]:
    rows = list(poll.keys.order_by("position").values_list("position", "holder"))
    names = _names([holder for _position, holder in rows])
    return [(position, names.get(holder, "")) for position, holder in rows]


def _history(pk: int) -> list[Moment]:
    entries = Entry.objects.filter(subject_type=SUBJECT, subject_id=pk, operation__in=HISTORY).order_by("-id")[:60]
    rows = list(entries)
    names = _names([entry.actor for entry in rows])
    return [
        Moment(
            entry.at,
            str(HAPPENED[entry.operation.removeprefix("poll.")]),
            names.get(entry.actor, ""),
            str(entry.facts.get("reason", "")),
        )
        for entry in rows
    ]


def _names(keys: list[str]) -> dict[str, str]:
    ids = {int(key.removeprefix("user:")) for key in keys if key.startswith("user:") and key[5:].isdecimal()}
    return {f"user:{user.pk}": str(user) for user in named(tuple(sorted(ids)))} if ids else {}


def is_over(poll: Poll) -> bool:
    """Whether the time of a poll has run out."""
    return poll.closes is not None and clock.now() >= poll.closes
