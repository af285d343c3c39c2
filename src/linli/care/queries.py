"""What pages of care show: who is cared for, without names, what was given, what a body is asked for."""

from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.db.models import Count, Q, QuerySet
from django.utils.translation import pgettext_lazy

from linli.care import policies
from linli.care.models import CareClient, CareService
from linli.care.sections import help_names
from linli.core import clock
from linli.core.actors import Actor
from linli.core.errors import NotFound
from linli.core.paging import older
from linli.organizations.models import Organization
from linli.territory.models import Place

PAGE: Final = 50
GIVEN: Final = 30
TONES: Final = {
    "active": ("green", "circle-check"),
    "known": ("yellow", "clock"),
    "asked": ("yellow", "clock"),
    "done": ("green", "circle-check"),
}
NOBODY: Final = ("grey", "circle-x")
VIEWS: Final = (("asked", pgettext_lazy("care", "asked for")),)


@dataclass(frozen=True, slots=True)
class Line:
    """Somebody in the list, the kinds of help agreed to, and how often it was given."""

    row: CareClient
    helps: str
    tone: tuple[str, str]
    many: int


@dataclass(frozen=True, slots=True)
class ServiceLine:
    """One time of help, in words, whether the viewer answers it, and whether its day has come."""

    row: CareService
    kind: str
    tone: tuple[str, str]
    answers: bool
    due: bool


@dataclass(frozen=True, slots=True)
class ClientPage:
    """Somebody with what was given, the latest first."""

    row: CareClient
    helps: list[tuple[str, str]]
    tone: tuple[str, str]
    verbs: list[str]
    keeps: bool
    services: list[ServiceLine]
    counts: list[tuple[str, int]]

    @property
    def total(self) -> int:
        """How often help was given."""
        return sum(many for _name, many in self.counts)


@dataclass(frozen=True, slots=True)
class Own:
    """Somebody for whom one asked: the kinds of help, and each time with its kind in words."""

    row: CareClient
    helps: list[str]
    services: list[tuple[CareService, str]]


def listed(actor: Actor, group: str, state: str, words: str, before: int | None) -> tuple[list[Line], int | None]:
    """A page of people cared for, the latest first, and the key of the next; none where there is none."""
    rows = CareClient.objects.filter(policies.clients_visible_to(actor)).select_related("place")
    rows = rows.filter(group=group) if group else rows
    rows = rows.filter(state=state) if state else rows
    rows = rows.filter(Q(number=words) | Q(place__name__icontains=words)) if words else rows
    rows = rows.filter(pk__lt=before) if before is not None else rows
    page = list(rows.order_by("-pk")[: PAGE + 1])
    names, many = help_names(), _given(page[:PAGE])
    lines = [
        Line(row, "、".join(names.get(kind, kind) for kind in row.helps), TONES.get(row.state, NOBODY), many[row.pk])
        for row in page[:PAGE]
    ]
    return lines, page[PAGE - 1].pk if len(page) > PAGE else None


def _given(rows: list[CareClient]) -> dict[int, int]:
    told = CareService.objects.filter(client__in=rows, state="done").values("client").annotate(many=Count("pk"))
    return dict.fromkeys((row.pk for row in rows), 0) | {item["client"]: item["many"] for item in told.order_by()}


def client_page(actor: Actor, pk: int) -> ClientPage:
    """Somebody with what was given; a body that serves sees nobody here. Raises: not_found"""
    rows = CareClient.objects.filter(policies.clients_visible_to(actor)).select_related("place")
    row = rows.filter(pk=pk).first()
    if row is None:
        raise NotFound
    names = help_names()
    services = row.services.select_related("client__place", "place", "provider").order_by("-on", "-pk")[:GIVEN]
    told = row.services.filter(state="done").values("kind").annotate(many=Count("pk")).order_by("-many", "kind")
    return ClientPage(
        row,
        [(kind, names.get(kind, kind)) for kind in row.helps],
        TONES.get(row.state, NOBODY),
        policies.verbs_of(actor, row),
        policies.may_keep(actor, row),
        [_line(actor, item, names) for item in services],
        [(names.get(item["kind"], item["kind"]), item["many"]) for item in told],
    )


def services(
    actor: Actor, view: str, kind: str, before: tuple[date, int] | None
) -> tuple[list[ServiceLine], CareService | None]:
    """A page of help, the latest first, and its last line where more follow."""
    rows = CareService.objects.filter(policies.services_visible_to(actor))
    rows = rows.filter(state="asked") if view == "asked" else rows
    rows = rows.filter(kind=kind) if kind else rows
    rows = rows.filter(older("on", before)) if before else rows
    found = rows.select_related("client__place", "place", "provider").order_by("-on", "-pk")
    page, names = list(found[: PAGE + 1]), help_names()
    return [_line(actor, row, names) for row in page[:PAGE]], page[PAGE - 1] if len(page) > PAGE else None


def _line(actor: Actor, row: CareService, names: dict[str, str]) -> ServiceLine:
    answers = row.state == "asked" and policies.may_answer(actor, row)
    return ServiceLine(
        row, names.get(row.kind, row.kind), TONES.get(row.state, NOBODY), answers, row.on <= clock.today()
    )


def own(actor: Actor) -> list[Own]:
    """Those for whom the actor asked, with the help that was given and is to come, the latest first."""
    rows = list(CareClient.objects.filter(policies.own_clients(actor)).select_related("place").order_by("-pk"))
    given = CareService.objects.filter(client__in=rows).exclude(state="cancelled").select_related("provider")
    names, found = help_names(), dict[int, list[tuple[CareService, str]]]()
    for service in given.order_by("-on", "-pk")[: GIVEN * 2]:
        found.setdefault(service.client_id, []).append((service, names.get(service.kind, service.kind)))
    return [Own(row, [names.get(kind, kind) for kind in row.helps], found.get(row.pk, [])) for row in rows]


def communities() -> QuerySet[Place]:
    """Where care may be asked for."""
    return Place.objects.filter(policies.COMMUNITIES).order_by("path")


def places(actor: Actor) -> QuerySet[Place]:
    """The communities where the actor keeps care."""
    return Place.objects.filter(policies.keeping_places(actor)).order_by("path")


def providers(place: Place) -> list[tuple[Any, str]]:
    """The bodies that may be asked, those of the place's county, nearest first."""
    here = Q(place__path__startswith=place.county.path) if place.county else Q()
    rows = Organization.objects.filter(policies.PROVIDERS & here).order_by("name", "pk")
    return list(rows.values_list("pk", "name")[:300])
