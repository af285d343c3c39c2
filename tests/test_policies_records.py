"""One answer everywhere: what a role finds in lists, searches, exports, figures and the API is what it may open.

Which matters each role knows is written down by hand in world.py; of other records the doors are compared.
"""

import csv
import io
import json
from collections.abc import Iterator
from typing import Any, Final

import pytest
from tests.routes import Answer, ask, routes
from tests.world import KNOWN, REPORTERS, ROLES, WORD, World, named_in

from linli.core.models import WorkItem
from linli.records.types import RecordType, record_types
from linli.web.queries import LISTS, PAGES, page_of

pytestmark = pytest.mark.slow
EVERYBODY: Final = (*ROLES, "far_officer", "accused")
# Everywhere one comes upon matters in numbers; `{place}` is the community.
MATTERS: Final = (
    "/cases/?state=all",
    f"/cases/?state=all&q={WORD}",
    "/cases/export.csv?state=all",
    f"/cases/export.csv?state=all&q={WORD}",
    "/records/case/",
    "/records/case/?q=2603",
    "/records/case.csv",
    "/api/v1/cases?state=all",
    f"/api/v1/cases?state=all&q={WORD}",
    "/api/v1/records/case",
    "/figures/matters.all/",
    "/figures/matters.all/rows.csv",
    "/api/v1/figures/matters.all/rows",
)
# Where one is told of some matters on the way, and never of hidden ones.
BESIDE: Final = (
    f"/cases/desk/suggest/?text={WORD}没有人管&category=lighting&place={{place}}",
    f"/public/report/similar/?text={WORD}没有人管&category=lighting&place={{place}}",
    "/cases/{wide}/",
    "/cases/powers/?try=1",
    f"/territory/map/?q={WORD}",
    f"/security/journal/?q={WORD}",
    "/messages/",
    "/",
)
SHOWN: Final = ("community_worker", "secretary", "street_officer", "leader", "outsider")
COMPARED: Final = ("resident", "community_worker", "department_handler", "auditor", "outsider")
TYPES: Final = [kind for kind in record_types() if kind.visible]


def test_what_is_owed_leads_to_its_page(world: World) -> None:
    found = {item.subject_type: page_of(item) for item in WorkItem.objects.filter(ended=None)}
    assert len(found) > 15
    assert [subject for subject, page in found.items() if not page] == []
    assert {*PAGES.values(), *LISTS.values()} <= {route.name for route in routes()}


@pytest.mark.parametrize("role", EVERYBODY)
def test_every_door_shows_the_same_matters(world: World, role: str) -> None:
    known = KNOWN.get(role, frozenset())
    faults = []
    for address in MATTERS:
        answer = ask(world, role, "GET", address)
        found = named_in(answer.text)
        if found != known and not (answer.refused and not found):
            faults.append(f"{address}: {answer.status}, shows {sorted(found)}, not {sorted(known)}")
    assert not faults, "\n".join(faults)


@pytest.mark.parametrize("role", EVERYBODY)
def test_what_is_listed_opens_and_nothing_else(world: World, role: str) -> None:
    opened: dict[str, set[str]] = {"/cases/{}/": set(), "/api/v1/cases/{}": set(), "/api/v1/records/case/{}": set()}
    for name, receipt in world.matters.items():
        for address, names in opened.items():
            if ask(world, role, "GET", address.format(receipt.case_id)).status == 200:
                names.add(name)
    known = set(KNOWN.get(role, ()))
    # A reporter follows on pages of their own; one without an account has nothing in the API.
    pages = set() if role in REPORTERS else known
    told = set() if role == "follower" else known
    assert opened == {"/cases/{}/": pages, "/api/v1/cases/{}": told, "/api/v1/records/case/{}": told}


@pytest.mark.parametrize("role", EVERYBODY)
def test_nothing_beside_tells_of_hidden_matters(world: World, role: str) -> None:
    place, wide = world.cast.places["community"].pk, world.matters["wide"].case_id
    for address in BESIDE:
        found = named_in(ask(world, role, "GET", address.format(place=place, wide=wide)).text)
        assert found <= KNOWN.get(role, frozenset()), address


@pytest.mark.parametrize("role", SHOWN)
def test_lists_and_exports_are_really_shown(world: World, role: str) -> None:
    """Otherwise refusing everybody would pass above."""
    assert {ask(world, role, "GET", address).status for address in MATTERS} == {200}


@pytest.mark.parametrize("kind", TYPES, ids=lambda kind: kind.code)
def test_list_export_and_api_of_every_record_type_agree(world: World, kind: RecordType) -> None:
    every = list(kind.rows().order_by("pk").values_list("pk", flat=True))
    for role in COMPARED:
        listed = set(_in_api(world, role, kind))
        hidden = [pk for pk in every if pk not in listed][:2]
        sample = [*sorted(listed)[:2], *hidden]
        opened = {pk for pk in sample if ask(world, role, "GET", f"/api/v1/records/{kind.code}/{pk}").status == 200}
        assert opened == set(sample) & listed, (role, kind.code)
        exported = ask(world, role, "GET", f"/records/{kind.code}.csv")
        if not exported.refused:
            assert _rows(exported) == len(listed), (role, kind.code)
        page = ask(world, role, "GET", f"/records/{kind.code}/")
        assert page.status == 200
        assert page.text.count("<tr>") - 1 == max(1, min(len(listed), 50)), (role, kind.code)


def _in_api(world: World, role: str, kind: RecordType) -> Iterator[int]:
    """The ids of all pages of a record type in the API."""
    after = ""
    while True:
        page: dict[str, Any] = json.loads(ask(world, role, "GET", f"/api/v1/records/{kind.code}?after={after}").text)
        yield from (row["id"] for row in page["records"])
        after = page["next"]
        if not after:
            return


def _rows(answer: Answer) -> int:
    return len(list(csv.reader(io.StringIO(answer.text)))) - 1
