"""What is sent: visitors only through public doors, and nobody changes what they may not see."""

from itertools import chain
from typing import Final

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from tests import domains
from tests.posting import sent
from tests.routes import Answer, ask, asked, routes, shared_out
from tests.world import World

pytestmark = pytest.mark.slow
# Where a visitor may send something.
DOORS: Final = (
    frozenset(
        {
            "accounts/first/",
            "accounts/login/",
            "accounts/logout/",
            "accounts/signup/",
            "api/v1/cases",
            "api/v1/openapi.json",
            "elder/",
            "i18n/setlang/",
            "open311/v2/requests.<form>",
            "public/about-linli/",
            "public/complaint/",
            "public/cases/",
            "public/disclosure/notices/<pk>/",
            "public/conventions/<pk>/convention/",
            "public/forums/<pk>/",
            "public/ratings/<token>/",
            "public/topics/<code>/propose/",
            "public/topics/<pk>/rate/",
            "public/topics/<pk>/topic/",
            "public/r/<code>/",
            "public/rate/<token>/",
            "public/report/",
        }
    )
    | domains.DOORS
)
# What is sent here changes no row when all goes well, or what it would change is not in this world, and why.
IDLE: Final = {
    "api/": "is always missing",
    "api/v1/": "is always missing",
    "api/v1/openapi.json": "is only read",
    "cases/<pk>/slip.pdf": "is only printed",
    "cases/bursts/draw/": "nothing reads alike in this world",
    "cases/desk/read/": "fills the form",
    "elder/": "is kept in a cookie",
    "polls/<pk>/papers/": "no vote is open in this world",
    "public/polls/<pk>/vote/": "no vote is open in this world",
    "public/topics/<pk>/rate/": "no topic was carried out a week ago in this world",
    "public/cases/": "is kept in the session",
    "public/disclosure/<code>/home/": "is kept in the session",
    "security/people/<pk>/phone/": "writes to the access log only",
    "settings/profile/<name>/form/": "is shown as a change first",
    "settings/profile/<name>/text/": "is shown as a change first",
    "territory/boundaries/": "is looked at first",
    "territory/boundaries/<key>/import/": "no file was looked at",
    "assessments/assessed/<pk>/reference/": "no round over persons is final in this world",
    **domains.IDLE,
}
# The posts of allauth and of Django are theirs to test.
FOREIGN: Final = ("accounts/", "i18n/")
STAFF: Final = (
    *("secretary", "community_worker", "street_officer", "department_handler", "other_handler", "property_handler"),
    *("grid_worker", "leader", "system_administrator", "security_administrator", "resident", "follower", "visitor"),
)
# Whoever reads a notice may ask about it; everybody proposes to a public forum, comments, objects and rates there.
FOR_ALL: Final = (
    *("public/disclosure/notices/<pk>/", "public/forums/<pk>/", "public/conventions/<pk>/convention/"),
    *("public/topics/<code>/propose/", "public/topics/<pk>/topic/"),
    *domains.FOR_ALL,
)
ABROAD: Final = ("outsider", "far_officer")
HIDDEN_FROM: Final = (*ABROAD, "stranger", "visitor", "grid_worker", "property_handler")


class Posts:
    """Every address, with what is sent to it; routes that take nothing at all are left out."""

    def __init__(self, world: World) -> None:
        self.world = world
        self._data = {route.address: sent(world, route.address) for route in routes()}
        self._answers: dict[tuple[str, str, str], Answer] = {}
        every = {route.address: asked(route, world) for route in routes()}
        self.addresses = {
            route: items
            for route, items in every.items()
            if items and self("visitor", items[0].address, route).status != 405
        }
        self.shared = shared_out(world, chain.from_iterable(self.addresses.values()), HIDDEN_FROM)

    def __call__(self, role: str, address: str, route: str) -> Answer:
        """The answer to a role that sends the route's values to an address; as nothing stays, it is asked for once."""
        asked_for = role, address, route
        if asked_for not in self._answers:
            self._answers[asked_for] = self._send(role, address, route)
        return self._answers[asked_for]

    def _send(self, role: str, address: str, route: str) -> Answer:
        data = self._data[route]
        for value in data.values() if isinstance(data, dict) else ():
            if isinstance(value, SimpleUploadedFile):
                value.seek(0)
        return ask(self.world, role, "POST", address, data)


@pytest.fixture(scope="module")
def posts(world: World) -> Posts:
    """Everything that takes something."""
    return Posts(world)


def test_visitors_send_only_through_public_doors(posts: Posts) -> None:
    answers = {
        route: [posts("visitor", item.address, route) for item in items] for route, items in posts.addresses.items()
    }
    # An address that has moved for good takes nothing where it was.
    open_doors = {
        route for route, given in answers.items() if any(not item.refused and item.status != 301 for item in given)
    }
    assert sorted(open_doors - DOORS) == []
    assert sorted(DOORS - open_doors) == [], "no longer open, or no longer there: take it off the list"


def test_what_is_sent_would_change_something(posts: Posts) -> None:
    """Otherwise the tests below would hold for values that every form refuses."""
    wanted = [route for route in posts.addresses if route not in IDLE and not route.startswith(FOREIGN)]
    assert [route for route in wanted if not _somebody_gets_through(posts, route)] == []
    assert sorted(IDLE.keys() - posts.addresses.keys()) == [], "no longer there: take it off the list"


def _somebody_gets_through(posts: Posts, route: str) -> bool:
    items = posts.addresses[route]
    return any(posts(role, item.address, route).wrote for role in STAFF for item in items)


@pytest.mark.parametrize("role", HIDDEN_FROM)
def test_nobody_changes_what_is_hidden(posts: Posts, role: str) -> None:
    faults = []
    for route, items in posts.addresses.items():
        for item in items:
            hidden = posts.world.hides(role, item.sources, item.values)
            if not (hidden and (role, item.address) in posts.shared):
                continue
            answer = posts(role, item.address, route)
            if answer.wrote or not answer.refused:
                faults.append(f"{item.address}: {answer.status}, writes {sorted(answer.wrote)}")
            if not any(answer.same(posts(role, twin, route)) for twin in item.twins):
                faults.append(f"{item.address}: {answer.status}, but a missing one is answered differently")
    assert not faults, "\n".join(faults)


@pytest.mark.parametrize("role", ABROAD)
def test_nobody_changes_what_is_of_another_place(posts: Posts, role: str) -> None:
    """Bodies, seats, offers and places are seen by everybody, and changed by those only whose place it is."""
    faults = []
    for route, items in posts.addresses.items():
        for item in items:
            if route not in FOR_ALL and item.is_here(posts.world):
                answer = posts(role, item.address, route)
                faults += [f"{item.address}: {answer.status}, writes {sorted(answer.wrote)}"] if answer.wrote else []
    assert not faults, "\n".join(faults)
