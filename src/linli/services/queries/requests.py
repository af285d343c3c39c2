"""Requests as they are read: lists, one with what may be done, one's own without login."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import pgettext_lazy

from linli.core import clock
from linli.core.actors import Actor
from linli.core.errors import NotFound
from linli.core.masks import mask_name, mask_phone
from linli.core.workflow import Step
from linli.services import policies
from linli.services.models import Paper, Proxy, ServiceRequest
from linli.services.workflow import DECIDED, REQUEST

PAGE: Final = 50
OPEN: Final = ("asked", "taken", "in_hand", "waiting", "done", "refused")
TONES: Final = {
    "asked": ("yellow", "clock"),
    "taken": ("blue", "list-check"),
    "in_hand": ("blue", "list-check"),
    "waiting": ("yellow", "clock"),
    "done": ("green", "circle-check"),
    "refused": ("red", "circle-x"),
    "handed": ("grey", "circle-check"),
    "withdrawn": ("grey", "circle-x"),
}
# What the line of a step says where it is no move of the workflow, or says it to the resident in other words.
STEPS: Final = {
    "ask": pgettext_lazy("step of a request", "asked for"),
    "accept": pgettext_lazy("step of a request", "an agent acts for the resident"),
    "take": pgettext_lazy("step of a request", "taken in, the papers are complete"),
    "copy": pgettext_lazy("step of a request", "a copy of a paper is kept"),
    "start": pgettext_lazy("step of a request", "in hand"),
    "ask_papers": pgettext_lazy("step of a request", "papers are missing"),
    "bring": pgettext_lazy("step of a request", "the papers are there"),
    "finish": pgettext_lazy("step of a request", "granted"),
    "refuse": pgettext_lazy("step of a request", "refused"),
    "report": pgettext_lazy("step of a request", "news"),
    "hand_over": pgettext_lazy("step of a request", "handed over"),
    "drop": pgettext_lazy("step of a request", "withdrawn by the resident, written down at the desk"),
    "withdraw": pgettext_lazy("step of a request", "withdrawn by the resident"),
    "lapse": pgettext_lazy("step of a request", "ended, nobody came with the papers"),
    "revoke": pgettext_lazy("step of a request", "the proxy was taken back"),
    "expire": pgettext_lazy("step of a request", "the proxy is over"),
    "forget": pgettext_lazy("step of a request", "the copies of papers were deleted"),
    "rate": pgettext_lazy("step of a request", "rated"),
}


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a list is asked for. `before` is the day and id of the last line of the page before."""

    state: str = ""
    before: tuple[date, int] | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """A request in a list."""

    row: ServiceRequest
    standing: tuple[str, str, Any]
    late: bool

    @property
    def holder(self) -> str:
        """Who has it now: the body while it is handled, else the desk."""
        body = self.row.organization
        return body.name if body and self.row.state in ("taken", "in_hand") else self.row.place.name


@dataclass(frozen=True, slots=True)
class Passed:
    """A step that a request went, as its page tells it."""

    at: datetime
    label: Any
    words: str


@dataclass(frozen=True, slots=True)
class RequestPage:
    """One request, with what may be done and what happened. Who asked is masked."""

    line: Line
    steps: list[Step]
    passed: list[Passed]
    papers: list[tuple[Paper, bool]]
    verbs: list[str]
    proxy: Proxy | None
    name: str = ""
    phone: str = ""

    @property
    def row(self) -> ServiceRequest:
        """The request."""
        return self.line.row

    @property
    def in_force(self) -> bool:
        """Whether somebody may act by the proxy today."""
        return self.proxy is not None and policies.in_force(self.proxy)

    @property
    def rates(self) -> bool:
        """Whether the resident can still say what they think of it."""
        return self.row.state in DECIDED and self.row.rated is None

    @property
    def withdraws(self) -> bool:
        """Whether the resident can withdraw it."""
        return REQUEST.can(self.row.state, "withdraw")

    @property
    def revokes(self) -> bool:
        """Whether the resident can take the proxy back."""
        return policies.acts_by_proxy(self.row) and REQUEST.can(self.row.state, "revoke")


def seen_by(actor: Actor) -> QuerySet[ServiceRequest]:
    """The requests that somebody sees."""
    rows = ServiceRequest.objects.filter(policies.requests_visible_to(actor))
    return rows.select_related("item", "place", "organization", "proxy__agent")


def listed(actor: Actor, wanted: Wanted) -> tuple[list[Line], str]:
    """A page of requests, the latest first, and the key of the next; empty where there is none."""
    rows = seen_by(actor)
    if wanted.state == "open":
        rows = rows.filter(state__in=OPEN)
    elif wanted.state:
        rows = rows.filter(state=wanted.state)
    if wanted.before:
        rows = rows.filter(pk__lt=wanted.before[1])
    page = list(rows.order_by("-pk")[: PAGE + 1])
    more = page[PAGE - 1] if len(page) > PAGE else None
    return [_line(row) for row in page[:PAGE]], f"{clock.day_of(more.asked)}.{more.pk}" if more else ""


def request_page(actor: Actor, pk: int) -> RequestPage:
    """One request of one's desk or body. Raises: not_found"""
    row = seen_by(actor).filter(pk=pk).first()
    if row is None:
        raise NotFound
    return _page(row, policies.verbs_of(actor, row))


def own_page(address: str) -> RequestPage:
    """One's own request, by its own address. Raises: not_found"""
    rows = ServiceRequest.objects.filter(pk=policies.own_pk(ServiceRequest, address))
    row = rows.select_related("item", "place", "organization", "proxy__agent").first()
    if row is None:
        raise NotFound
    return _page(row, [])


def own_address(number: str, code: str) -> str:
    """The page of whoever has the number and the code of a request; empty where they do not belong together."""
    row = ServiceRequest.objects.filter(number=number).first()
    if row is None or not policies.code_matches(row, code):
        return ""
    return reverse("public_services:own", args=[policies.address_of(row)])


def _page(row: ServiceRequest, verbs: list[str]) -> RequestPage:
    passed = list(row.passed.order_by("pk"))
    steps = REQUEST.line_of_steps(row.state, {item.state for item in passed})
    happened = [Passed(item.at, STEPS.get(item.verb, item.verb), item.words or "") for item in passed]
    papers = [(paper, paper.name in row.seen) for paper in row.item.needed]
    return RequestPage(
        _line(row),
        steps,
        happened,
        papers,
        verbs,
        policies.proxy_of(row),
        mask_name(row.name or ""),
        mask_phone(row.phone or ""),
    )


def _line(row: ServiceRequest) -> Line:
    late = row.due is not None and row.state in ("taken", "in_hand") and row.due < clock.now()
    return Line(row, (*TONES[row.state], REQUEST.label(row.state)), late)
