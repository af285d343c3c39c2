"""Disputes and complaints by example, at every door: list, search, page, file, export, API and a figure's rows.

A dispute is open to its parties and to who mediates it; a complaint to those above, never to those complained of.
"""

from collections.abc import Callable

import pytest
from django.test import Client

from linli.accounts.models import User
from linli.cases.models import Case
from linli.cases.operations.dispatching import case_dispatch
from linli.cases.operations.helping import help_ask
from linli.cases.operations.intake import Report, case_report
from linli.cases.operations.screening import case_accept
from linli.cases.operations.whistles import whistle_call
from linli.cases.tests.test_pages import BACKEND, Enter, enter
from linli.cases.tests.town import Town, body, create_for
from linli.core import clock
from linli.core.actors import SYSTEM, Actor
from linli.core.errors import DomainError
from linli.core.models import WorkItem
from linli.organizations.models import Organization, Person, Post
from linli.records.operations.figures import figure_define
from linli.territory.models import Place

__all__ = ["enter"]
WORD = "围墙"
FIGURE = "matters.all"
# Every door at which a matter could show; `{pk}` is the matter.
OWN = ("/cases/{pk}/", "/cases/{pk}/file.pdf", "/api/v1/cases/{pk}")
LISTS = (
    "/cases/?state=all",
    f"/cases/?state=all&q={WORD}",
    "/cases/export.csv?state=all",
    "/api/v1/cases?state=all",
    f"/api/v1/cases?state=all&q={WORD}",
    f"/figures/{FIGURE}/",
    f"/figures/{FIGURE}/rows.csv",
    f"/api/v1/figures/{FIGURE}/rows",
)
# Those that only a post with figures.view opens.
OF_FIGURES = ("/cases/export", "/figures/", "/api/v1/figures/")


def doors(client: Client, case: Case) -> dict[str, bool]:
    """At which doors a matter shows; a refused page shows nothing."""
    shown = {}
    for address in OWN:
        answer = client.get(address.format(pk=case.pk))
        assert answer.status_code in (200, 403, 404), address
        shown[address] = answer.status_code == 200
    for address in LISTS:
        answer = client.get(address)
        assert answer.status_code in (200, 403, 404), address
        content = b"".join(answer) if answer.streaming else answer.content
        shown[address] = answer.status_code == 200 and case.text in content.decode("utf-8-sig")
    return shown


def sees(client: Client, case: Case, *, figures: bool = False) -> bool:
    """Whether a matter shows, at every door alike; those of figures count where the post opens them."""
    found = doors(client, case)
    asked = {name: shown for name, shown in found.items() if figures or not name.startswith(OF_FIGURES)}
    if not any(found.values()):
        return False
    assert all(asked.values()), found
    return True


@pytest.fixture
def figure(town: Town) -> None:
    """A figure that counts every matter, whose rows may be opened."""
    figure_define(
        actor=SYSTEM,
        definition={"id": FIGURE, "label": "全部诉求", "of": "case", "measure": "count", "period": "cumulative"},
    )


@pytest.fixture
def dispute(town: Town, figure: None) -> Case:
    """Two neighbours at odds about a wall, given to the water office to mediate."""
    pk = create_for(town, "accepted", text=f"邻居{WORD}占了我家三尺", kind="dispute", category="neighbours").pk
    return case_dispatch(actor=town.desk, case_id=pk, lead_id=town.water.pk)


@pytest.fixture
def complaint(town: Town, figure: None) -> Case:
    """A complaint about the community's office, which is dealt with at the street."""
    pk = create_for(
        town, "received", text=f"居委会不管{WORD}的事", kind="complaint", category="", complained_of=town.office.pk
    ).pk
    return Case.objects.get(pk=pk)


def test_a_dispute_is_open_to_who_mediates_and_dispatches(town: Town, dispute: Case, enter: Enter) -> None:
    assert sees(enter("community_worker", town.community, town.office), dispute, figures=True)
    assert sees(enter("department_handler", town.county, town.water), dispute)


@pytest.mark.parametrize(
    ("kind", "where"),
    [
        ("county_leader", "county"),
        ("grid_worker", "grid"),
        ("building_head", "compound"),
        ("community_worker", "elsewhere"),
        ("auditor", "county"),
        ("system_administrator", "county"),
    ],
)
def test_a_dispute_is_closed_to_everybody_else(town: Town, dispute: Case, enter: Enter, kind: str, where: str) -> None:
    assert not sees(enter(kind, getattr(town, where)), dispute)


def test_a_dispute_is_closed_to_another_department_until_it_helps(town: Town, dispute: Case, enter: Enter) -> None:
    power = enter("department_handler", town.county, town.power)
    assert not sees(power, dispute)
    help_ask(actor=town.desk, case_id=dispute.pk, organization_id=town.power.pk, task="看现场")
    assert sees(power, dispute)


def test_a_dispute_counts_in_a_figure_though_its_row_stays_closed(town: Town, dispute: Case, enter: Enter) -> None:
    answer = enter("county_leader", town.county).get(f"/api/v1/figures/{FIGURE}/rows").json()
    assert (answer["total"], answer["visible"], answer["rows"]) == (1, 0, [])


def test_the_parties_follow_their_dispute_and_nobody_elses(town: Town, figure: None) -> None:
    """By account or by number and code; another resident finds nothing, nor does the public's list nearby."""
    mine, other = (User.objects.create(username=name, joined=clock.now()) for name in ("zhang", "li"))
    party = Actor(key=f"user:{mine.pk}", label="", user_id=mine.pk)
    told = Report(text=f"{WORD}纠纷", place_id=town.compound.pk, kind="dispute", category="neighbours")
    receipt = case_report(actor=party, report=told)
    address = f"/public/cases/{receipt.number}/"

    def asked(user: User) -> int:
        client = Client()
        client.force_login(user, backend=BACKEND)
        return client.get(address).status_code

    assert (asked(mine), asked(other), Client().get(address).status_code) == (200, 404, 404)
    asked_for = f"place={town.compound.pk}&text={WORD}&category=neighbours"
    near = Client().get(f"/public/report/similar/?{asked_for}")
    assert near.status_code == 200
    assert not near.content.strip()


def test_a_complaint_goes_above_and_is_closed_to_those_complained_of(town: Town, complaint: Case, enter: Enter) -> None:
    assert sees(enter("street_officer", town.street, town.street_office), complaint, figures=True)
    assert sees(enter("county_leader", town.county), complaint, figures=True)
    assert not sees(enter("community_worker", town.community, town.office), complaint)
    assert not sees(enter("community_worker", town.community), complaint), "the matter lies at the street"


def two_posts(*posts: tuple[str, Place, Organization]) -> Client:
    """The browser of one person who holds several posts."""
    person = Person.objects.create(name="两职", created=clock.now())
    for kind, where, organization in posts:
        Post.objects.create(person=person, kind=kind, place=where, organization=organization, confirmed=True)
    client = Client()
    client.force_login(User.objects.create(username="two", person=person, joined=clock.now()), backend=BACKEND)
    return client


def test_a_post_above_opens_no_complaint_about_ones_own_body(town: Town, complaint: Case) -> None:
    both = two_posts(
        ("street_officer", town.street, town.street_office), ("community_worker", town.community, town.office)
    )
    assert not sees(both, complaint)


def test_nothing_brings_a_complaint_before_those_complained_of(town: Town, figure: None, enter: Enter) -> None:
    """Not as lead, helper or called department; and were it so in the data, it would stay hidden."""
    other = body("安和县督查室", town.county, "department")
    power = town.power.pk
    pk = create_for(town, "received", text=f"供电局拖着{WORD}", kind="complaint", complained_of=power).pk
    case_accept(actor=SYSTEM, case_id=pk)
    ways: tuple[Callable[[], object], ...] = (
        lambda: case_dispatch(actor=SYSTEM, case_id=pk, lead_id=power),
        lambda: help_ask(actor=SYSTEM, case_id=pk, organization_id=power, task="说明"),
        lambda: whistle_call(actor=SYSTEM, case_id=pk, departments=[other.pk, power], text="到场"),
    )
    for way in ways:
        with pytest.raises(DomainError) as refused:
            way()
        assert refused.value.code == "case.complained_of"
    case = case_dispatch(actor=SYSTEM, case_id=pk, lead_id=other.pk)
    accused = enter("department_handler", town.county, town.power)
    assert sees(enter("department_handler", town.county, other), case)
    Case.objects.filter(pk=pk).update(lead=town.power)
    assert not sees(accused, case)
    assert not WorkItem.objects.filter(organization_id=power).exists()
