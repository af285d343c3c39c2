"""The policy property test: every route, asked by everybody who may come to the door.

The routes come from the URL resolver, so that a new one is held here without anybody thinking of it; only its
parameters are named in routes.py. What is sent is in test_policies_posts.py, lists and exports in
test_policies_records.py.
"""

from typing import Final

import pytest
from tests import domains
from tests.routes import Answer, Asked, ask, asked, routes, shared_out
from tests.world import KNOWN, NOTE, PHONE, REPORTER, REPORTERS, ROLES, SWEPT, UNPOSTED, World, named_in

from linli.core import masks

pytestmark = pytest.mark.slow
ROUTES: Final = routes()
# What is shown to everybody who comes, with no login.
PUBLIC: Final = (
    frozenset(
        {
            "",
            "accounts/3rdparty/login/cancelled/",
            "accounts/confirm-email/",
            "accounts/confirm-email/<key>/",
            "accounts/first/",
            "accounts/inactive/",
            "accounts/login/",
            "accounts/password/reset/",
            "accounts/password/reset/done/",
            "accounts/password/reset/key/<uidb36>-<key>/",
            "accounts/password/reset/key/done/",
            "accounts/signup/",
            "api/v1/health",
            "api/v1/openapi.json",
            "cases/patrol/outbox/state/",
            "functions/",
            "health/",
            "manifest.webmanifest",
            "offline/",
            "open311/v2/discovery.<form>",
            "open311/v2/requests.<form>",
            "open311/v2/requests/<number>.<form>",
            "open311/v2/services.<form>",
            "open311/v2/services/<code>.<form>",
            "public/",
            "public/about-linli/",
            "public/assessments/",
            "public/assessments/<pk>/",
            "public/bodies/<code>/",
            "public/bodies/<pk>/body/",
            "public/cases/",
            "public/complaint/",
            "public/conventions/<code>/",
            "public/conventions/<pk>/convention/",
            "public/conventions/<pk>/sent/",
            "public/disclosure/",
            "public/disclosure/<code>/",
            "public/disclosure/notices/<pk>/",
            "public/disclosure/notices/<pk>/files/<file>/",
            "public/disclosure/questions/<token>/",
            "public/documents/",
            "public/documents/<pk>/",
            "public/documents/files/<pk>/",
            "public/figures/",
            "public/forums/<pk>/",
            "public/funds/<code>/",
            "public/funds/<pk>/account/",
            "public/funds/quarters/<pk>/",
            "public/funds/receipts/<pk>/",
            "public/meetings/",
            "public/meetings/<code>/",
            "public/meetings/<code>/sessions.ics",
            "public/proposals/<token>/",
            "public/ratings/<token>/",
            "public/polls/",
            "public/polls/<pk>/",
            "public/polls/<pk>/count.json",
            "public/figures/<code>.json",
            "public/figures/<code>/",
            "public/grids/<code>/",
            "public/grids/<code>/card.pdf",
            "public/r/<code>/",
            "public/rate/<token>/",
            "public/report/",
            "public/report/places/",
            "public/report/similar/",
            "public/tasks/",
            "public/topics/<code>/",
            "public/topics/<code>/propose/",
            "public/topics/<pk>/topic/",
            "sw.js",
            "territory/boundaries.json",
        }
    )
    | domains.PUBLIC
)


# Everything that is kept of whoever asks.
OWN: Final = "/me/export.json"
# The pages of allauth are not about anybody but who asks: one visitor and one account will do.
FOREIGN: Final = ("accounts/",)


class Looks:
    """Who saw what: every address that can be read, asked once by each role."""

    def __init__(self, world: World) -> None:
        self.world = world
        self._seen: dict[str, dict[str, Answer]] = {}
        every = [item for route in ROUTES for item in asked(route, world)]
        self.addresses = [item for item in every if self._ask("visitor", item.address).status != 405]
        self.ours = [item for item in self.addresses if not item.route.address.startswith(FOREIGN)]
        self._shared = shared_out(world, self.ours, SWEPT)

    def __call__(self, role: str, address: str) -> Answer:
        """The answer to a role at an address."""
        return self._seen.get(role, {}).get(address) or self._ask(role, address)

    def of(self, role: str) -> list[Asked]:
        """Where a role looks. What a visitor follows is kept in the session, which only the public pages read."""
        mine = [item for item in self.ours if (role, item.address) in self._shared]
        return [item for item in mine if role != "follower" or item.route.address.startswith("public/")]

    def _ask(self, role: str, address: str) -> Answer:
        held = self._seen.setdefault(role, {})
        held[address] = ask(self.world, role, "GET", address)
        return held[address]


@pytest.fixture(scope="module")
def looks(world: World) -> Looks:
    """What everybody sees, asked once."""
    return Looks(world)


def test_every_parameter_has_a_source() -> None:
    assert [route.address for route in ROUTES if None in route.sources()] == []


def test_everybody_is_here(world: World) -> None:
    assert set(world.users) == {*ROLES, "far_officer", "accused"} - {"visitor", "follower"}


@pytest.mark.parametrize("role", SWEPT)
def test_looking_is_answered_and_writes_nothing(looks: Looks, role: str) -> None:
    faults = []
    for item in looks.addresses if role in ("visitor", "resident") else looks.of(role):
        answer = looks(role, item.address)
        if answer.status not in (200, 301, 302, 400, 401, 403, 404, 409, 422):
            faults.append(f"{item.address}: {answer.status} {answer.text[:200]}")
        if answer.wrote:
            faults.append(f"{item.address}: writes {sorted(answer.wrote)}")
    assert not faults, "\n".join(faults)


@pytest.mark.parametrize("role", SWEPT)
def test_hidden_equals_missing(looks: Looks, role: str) -> None:
    faults = []
    for item in looks.of(role):
        answer = looks(role, item.address)
        if not looks.world.hides(role, item.sources, item.values):
            continue
        if not answer.refused:
            faults.append(f"{item.address}: {answer.status}, though it is hidden")
        if not any(answer.same(looks(role, twin)) for twin in item.twins):
            faults.append(f"{item.address}: {answer.status}, but a missing one is answered differently")
    assert not faults, "\n".join(faults)


@pytest.mark.parametrize("role", SWEPT)
def test_no_page_tells_of_hidden_matters_or_their_reporters(looks: Looks, role: str) -> None:
    known = KNOWN.get(role, frozenset())
    faults = []
    for item in looks.of(role):
        text = looks(role, item.address).text
        if named_in(text) - known:
            faults.append(f"{item.address}: tells of {sorted(named_in(text) - known)}")
        # Whoever reported takes along what they said themselves, and there alone.
        own = role in REPORTERS and item.address == OWN
        told = [word for word in (PHONE, REPORTER) if word in text and not own]
        told += [NOTE] if NOTE in text and ("whistled" not in known or role in REPORTERS) else []
        if told:
            faults.append(f"{item.address}: tells {told}")
    assert not faults, "\n".join(faults)


@pytest.mark.parametrize("role", ["outsider", "far_officer", "visitor", "follower"])
def test_no_page_names_staff_of_elsewhere_who_are_not_posted(looks: Looks, role: str) -> None:
    faults = []
    # Another office of elsewhere sees rows as the outsider does; its own are lists.
    for item in looks.of(role) if role != "far_officer" else [item for item in looks.ours if not item.twins]:
        named = [name for name in UNPOSTED if name in looks(role, item.address).text]
        faults += [f"{item.address}: names {named}"] if named else []
    assert not faults, "\n".join(faults)


def test_who_handles_a_confidential_report_does_not_see_the_reporter(looks: Looks) -> None:
    masked = masks.mask_name(REPORTER)
    shown = {
        name: masked in looks("department_handler", f"/cases/{looks.world.matters[name].case_id}/").text
        for name in ("whistled", "closed", "confidential")
    }
    assert shown == {"whistled": True, "closed": True, "confidential": False}
    assert masked in looks("community_worker", f"/cases/{looks.world.matters['confidential'].case_id}/").text


def test_visitors_read_what_is_public_and_nothing_else(looks: Looks) -> None:
    read = {item.route.address for item in looks.addresses if looks("visitor", item.address).status == 200}
    assert sorted(read - PUBLIC) == []
    assert sorted(PUBLIC - read) == [], "no longer public, or no longer there: take it off the list"
