"""The site of a community or street: what is public of it, gathered for one page. How much is asked never grows."""

from dataclasses import dataclass
from typing import Any, Final

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext as _

from linli.activities.queries import activities
from linli.brochures.models import Brochure
from linli.brochures.queries import public_editions
from linli.cases.queries.posters import poster_code
from linli.core import clock
from linli.deliberation.queries import conventions, public_meetings, topics
from linli.emergencies.models import Activation
from linli.emergencies.queries import running_at
from linli.notices.models import Notice
from linli.notices.queries import public_rows
from linli.publishing.models import Publication
from linli.publishing.queries.divisions import PublicDivision, public_division
from linli.publishing.workflow.disclosure import EVERYBODY
from linli.services.models import ServiceItem
from linli.services.queries.items import published
from linli.territory.models import Facility, Place
from linli.territory.queries import Answerer, who_answers
from linli.venues.queries.pages import public_list, week_of

SHOWN: Final = 6
GRIDS: Final = 60
DAYS: Final = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


@dataclass(frozen=True, slots=True)
class Grid:
    """A grid and the posted posts that answer for it."""

    row: Place
    answerers: list[Answerer]


@dataclass(frozen=True, slots=True)
class Venue:
    """A venue with its hours of each weekday, Monday first."""

    row: Facility
    hours: list[str]

    @property
    def week(self) -> list[tuple[Any, str]]:
        """The same with the names of the days."""
        return list(zip(WEEKDAYS.values(), self.hours, strict=False))


@dataclass(frozen=True, slots=True)
class Site:
    """What the site of a division shows."""

    division: PublicDivision
    grids: list[Grid]
    venues: list[Venue]
    services: list[ServiceItem]
    emergencies: list[Activation]
    told: list[Notice]
    notices: list[Publication]
    meetings: Any
    activities: list[Any]
    programmes: list[Any]
    conventions: list[Any]
    topics: list[Any]
    editions: list[Brochure]
    inside: list[Place]

    @property
    def place(self) -> Place:
        """The community, street or whole."""
        return self.division.place

    @property
    def name(self) -> str:
        """Its name, with that of its street before it."""
        return " ".join((*(item.name for item in self.division.above[1:]), self.place.name))

    @property
    def report(self) -> str:
        """Where somebody reports a problem here."""
        return reverse("public:poster", args=[poster_code(self.place.pk)])

    @property
    def links(self) -> list[tuple[str, str]]:
        """The other public pages of the place."""
        code = self.place.code
        found = [
            (_("What is made public"), "public_disclosure:place"),
            (_("Topics"), "public_topics:place"),
            (_("Meetings and forums"), "public_meetings:place"),
            (_("Conventions"), "public_conventions:place"),
            (_("Self-government bodies"), "public_bodies:place"),
            (_("Accounts of courtyards"), "public_funds:place"),
            (_("Shops for points"), "public_shop:place"),
            (_("Good neighbours"), "public_volunteering:neighbours"),
            (_("Figures"), "public_figures:place"),
        ]
        if self.division.level == "community":
            found += [
                (_("Order a service"), "public_orders:menu"),
                (_("Volunteering"), "public_volunteering:place"),
                (_("Property management"), "public_property:place"),
            ]
        return [(label, reverse(name, args=[code])) for label, name in found]

    def linked_data(self, address: str) -> dict[str, Any]:
        """The page in words of schema.org, for search engines."""
        place = self.place
        data: dict[str, Any] = {
            "@context": "https://schema.org",
            "@type": "GovernmentOffice",
            "name": self.name,
            "url": address,
            "areaServed": {"@type": "AdministrativeArea", "name": self.name, "identifier": place.code},
        }
        if place.address:
            data["address"] = {"@type": "PostalAddress", "streetAddress": place.address, "addressCountry": "CN"}
        if place.lng is not None and place.lat is not None:
            data["geo"] = {"@type": "GeoCoordinates", "longitude": place.lng, "latitude": place.lat}
        hours = [
            {
                "@type": "OpeningHoursSpecification",
                "dayOfWeek": f"https://schema.org/{day}",
                "opens": span.split("–")[0],
                "closes": span.split("–")[-1],
            }
            for venue in self.venues[:1]
            for day, spans in zip(DAYS, venue.hours, strict=False)
            for span in spans.split()
        ]
        return data | ({"openingHoursSpecification": hours} if hours else {})


def site(code: str) -> Site:
    """The site of a community, a street or the whole. Raises: not_found"""
    division = public_division(code)
    place, today = division.place, clock.today()
    notices = Publication.objects.filter(place=place, audience=EVERYBODY, withdrawn=None, up_until__gte=today)
    lines, _more, _place = activities.public_listed(place.code)
    return Site(
        division,
        _grids(division),
        [Venue(row, week_of(row.opening)) for row in _inside(public_list(), place)[:SHOWN]],
        list(published(place=place)[:SHOWN]),
        list(running_at(place)),
        list(public_rows(division)[:SHOWN]),
        list(notices.defer("text", "figures").order_by("-posted_on", "-pk")[:SHOWN]),
        public_meetings.place_page(place.code).ahead[:SHOWN],
        lines[:SHOWN],
        activities.public_programmes(place)[: 2 * SHOWN],
        conventions.public_listed(place)[:SHOWN],
        topics.public_listed(place)[:SHOWN],
        public_editions(place),
        list(division.inside),
    )


def _inside(rows: QuerySet[Any], place: Place) -> QuerySet[Any]:
    return rows.filter(place__path__startswith=place.path)


def _grids(division: PublicDivision) -> list[Grid]:
    """The grids of a community; a street or county has too many for a page and names its communities."""
    if division.level != "community":
        return []
    rows = Place.objects.filter(type=Place.Type.GRID, community=division.place, until=None).exclude(code="")
    grids = list(rows.order_by("code")[:GRIDS])
    held = who_answers([row.pk for row in grids])
    return [Grid(row, held.get(row.pk, [])) for row in grids]
