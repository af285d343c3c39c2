"""The site of a community, and what search engines ask for: the map of the site and what they leave alone."""

import json
from typing import Any, ClassVar, Final

from django.contrib.sitemaps import Sitemap
from django.contrib.sitemaps.views import sitemap
from django.db.models import F, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.safestring import SafeString
from django.views.decorators.http import conditional_page, require_GET

from linli.core import clock
from linli.notices.models import Notice
from linli.notices.policies import in_force
from linli.publishing.models import PolicyDocument, Publication, Story
from linli.publishing.policies.policy_documents import public_documents
from linli.publishing.policies.stories import public_stories
from linli.publishing.queries.divisions import held
from linli.publishing.workflow.disclosure import EVERYBODY
from linli.territory.models import Facility, Place
from linli.territory.queries import root_place
from linli.venues.policies import public_venues
from linli.web import sites

MOST: Final = 5000
# What everybody may open, but is about one person's own matter, or a form: no search engine needs it.
ALONE: Final = (
    *("mine", "cases", "report", "r", "rate", "ratings", "proposals", "complaint", "certificates"),
    *("services/own", "appointments/own", "disclosure/questions", "notices/mine", "squads/own", "topic-groups/own"),
)
SAFE: Final = {ord("<"): "\\u003C", ord(">"): "\\u003E", ord("&"): "\\u0026"}


@require_GET
def site(request: HttpRequest, code: str) -> HttpResponse:
    """What is public of a community or street, on one page."""
    found = sites.site(code)
    address = request.build_absolute_uri(reverse("site", args=[found.place.code]))
    # A block of data is no script that runs; what could end it early is written as signs of JSON.
    data = json.dumps(found.linked_data(address), ensure_ascii=False).translate(SAFE)
    return render(request, "site.html", {"site": found, "address": address, "linked_data": SafeString(data)})


@require_GET
@conditional_page
def robots(request: HttpRequest) -> HttpResponse:
    """What search engines may read: what is public, but for what is somebody's own."""
    lines = ["User-agent: *", *(f"Disallow: /public/{path}/" for path in ALONE), "Allow: /public/", "Allow: /static/"]
    lines += ["Disallow: /", "", f"Sitemap: {request.build_absolute_uri(reverse('sitemap'))}"]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


class _Map(Sitemap):  # type: ignore[type-arg]  # is generic in the stubs only
    """The addresses of public rows; each kind says which rows, and by what name its page is called."""

    limit = MOST
    name: ClassVar[str]
    key: ClassVar[str] = "pk"
    day: ClassVar[str] = ""

    def rows(self) -> QuerySet[Any]:
        """The rows that have a page."""
        raise NotImplementedError

    def items(self) -> QuerySet[Any]:
        """The same in a fixed order."""
        return self.rows().order_by("pk").only("pk", self.key, *([self.day] if self.day else []))

    def location(self, item: Any) -> str:
        """Where a row has its page."""
        return reverse(self.name, args=[getattr(item, self.key)])

    def lastmod(self, item: Any) -> Any:
        """The day on which it came up, where that is known."""
        return getattr(item, self.day) if self.day else None


class Sites(_Map):
    """The sites of communities and streets."""

    name, key, priority = "site", "code", 0.9

    def rows(self) -> QuerySet[Place]:
        """The whole, and its streets and communities, as they are there today."""
        root = root_place()
        inside = held().filter(path__startswith=root.path) if root else held().none()
        levels = Q(pk=root.pk if root else 0) | Q(street=F("pk")) | Q(community=F("pk"))
        return inside.filter(levels).exclude(code="")


class Notices(_Map):
    """What is made public for everybody."""

    name, day = "public_disclosure:notice", "posted_on"

    def rows(self) -> QuerySet[Publication]:
        """Those that stand."""
        return Publication.objects.filter(audience=EVERYBODY, withdrawn=None, up_until__gte=clock.today())


class Told(_Map):
    """What communities, streets and the county tell everybody."""

    name, day = "public_notices:notice", "published"

    def rows(self) -> QuerySet[Notice]:
        """Those that hold."""
        return Notice.objects.filter(in_force(), public=True)


class Documents(_Map):
    """Policy documents."""

    name, day = "public_policy_documents:policy_document", "issued"

    def rows(self) -> QuerySet[PolicyDocument]:
        """Those that everybody reads."""
        return PolicyDocument.objects.filter(public_documents())


class Stories(_Map):
    """Stories and letters."""

    name, day = "public_stories:story", "published_on"

    def rows(self) -> QuerySet[Story]:
        """Those that are published."""
        return Story.objects.filter(public_stories())


class Venues(_Map):
    """Venues with posted hours."""

    name = "public_venues:venue"

    def rows(self) -> QuerySet[Facility]:
        """Those that everybody sees."""
        return Facility.objects.filter(public_venues())


MAPS: Final[dict[str, Any]] = {
    "sites": Sites,
    "notices": Notices,
    "told": Told,
    "documents": Documents,
    "stories": Stories,
    "venues": Venues,
}


@require_GET
@conditional_page
def site_map(request: HttpRequest) -> HttpResponse:
    """The addresses that search engines may read."""
    answer: HttpResponse = sitemap(request, MAPS)
    return answer
