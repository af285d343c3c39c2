"""What each domain adds to the tests over all routes: one module a domain, each with the same names.

`WHERE` gives the values of its routes' parameters, `PUBLIC` what visitors read, `DOORS` where they send, `FOR_ALL` what
people of other places may send as well, `IDLE` what changes nothing in this world and why; `made` puts its rows into
the world, `sent` says what its forms would take.
"""

from tests.domains import (
    activities,
    bookings,
    brochures,
    campaigns,
    care,
    careers,
    certificates,
    circles,
    contacts,
    emergencies,
    members,
    notices,
    orders,
    points,
    property,
    safety,
    secondments,
    services,
    shop,
    squads,
    stories,
    teams,
    venues,
    volunteering,
    workforce,
)

PARTS = (
    *(points, activities, volunteering, shop, orders, squads, certificates, bookings),
    *(contacts, workforce, secondments, members, careers, stories, teams, property),
    *(brochures, campaigns, care, circles, emergencies, notices, safety, services, venues),
)
WHERE = {address: source for part in PARTS for address, source in part.WHERE.items()}
PUBLIC = frozenset(address for part in PARTS for address in part.PUBLIC)
DOORS = frozenset(address for part in PARTS for address in part.DOORS)
FOR_ALL = tuple(address for part in PARTS for address in part.FOR_ALL)
IDLE = {address: reason for part in PARTS for address, reason in part.IDLE.items()}
