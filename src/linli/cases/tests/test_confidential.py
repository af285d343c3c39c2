"""Disputes and complaints by example, at every door: list, search, page, file, export, API and a figure's rows.

A dispute is open to its parties and to who mediates it; a complaint to those above, never to those complained of.
"""

from collections.abc import Callable

import pytest
from django.test import Client

from linli.accounts.models import User
from linli.cases import sections
from linli.cases.models import Case, Rating, Reporter, Whistle
from linli.cases.operations.dispatching import case_ask_extension, case_defer, case_dispatch, case_return, case_take
from linli.cases.operations.finishing import case_finish
from linli.cases.operations.helping import help_ask, help_finish
from linli.cases.operations.intake import Report, case_report
from linli.cases.operations.moving import body_left
from linli.cases.operations.screening import case_accept, case_correct, case_hand_up
from linli.cases.operations.supervising import overdue_escalate
from linli.cases.operations.whistles import whistle_call, whistle_consult
from linli.cases.policies import may, may_call, ratings_visible_to, sees_reporter, whistles_visible_to
from linli.cases.queries.nearby import similar
from linli.cases.tests.test_pages import BACKEND, Enter, enter
from linli.cases.tests.town import Town, actor, body, create_for
from linli.cases.words import CALL
from linli.core import clock
from linli.core.actors import SYSTEM, Actor
from linli.core.errors import DomainError
from linli.core.models import WorkItem
from linli.organizations.models import Organization, Person, Post
from linli.organizations.operations.bodies import organization_end
from linli.organizations.operations.posts import post_end
from linli.records.operations.figures import figure_define
from linli.records.types import record_type
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


def test_a_whistle_for_a_complaint_or_a_dispute_is_closed_to_whom_the_matter_is(
    town: Town, complaint: Case, dispute: Case
) -> None:
    for pk in (complaint.pk, dispute.pk):
        Whistle.objects.create(case_id=pk, place=town.street, text=f"{WORD}请到场", received=clock.today())
    Whistle.objects.create(place=town.street, text="台账里的", received=clock.today())

    def seen(who: Actor) -> set[int | None]:
        return set(Whistle.objects.filter(whistles_visible_to(who)).values_list("case_id", flat=True))

    accused = actor("both", "street_officer", town.street, town.office)
    leader = actor("leader", "county_leader", town.county)
    assert seen(accused) == {None, dispute.pk}
    assert seen(leader) == {None, complaint.pk}
    assert seen(town.officer) == {None, complaint.pk, dispute.pk}
    assert list_of(accused) == {None, dispute.pk}


def list_of(who: Actor) -> set[int | None]:
    """What the list of whistles, its export and its figures show."""
    kind = record_type("whistle")
    assert kind.visible is not None
    return set(Whistle.objects.filter(kind.visible(who)).values_list("case_id", flat=True))


def holders(case: Case) -> set[tuple[int | None, int | None]]:
    rows = WorkItem.objects.filter(subject_type="case", subject_id=case.pk)
    return set(rows.values_list("organization_id", "post_id"))


def test_no_work_about_a_complaint_is_given_to_those_complained_of(town: Town) -> None:
    """Receipt, a call, more time, a consultation, the arbiter, what is overdue: somebody else owes each of them."""
    town.county_office.delete()
    accused, other = (Person.objects.create(name=name, created=clock.now()) for name in ("甲", "乙"))
    for person, body_of in ((accused, town.power), (other, None)):
        for kind in ("street_officer", "county_leader"):
            Post.objects.create(person=person, kind=kind, place=town.county, organization=body_of, confirmed=True)
    # The accused holds a second post that has nothing to do with the body.
    Post.objects.create(person=accused, kind="street_officer", place=town.county, confirmed=True)
    pk = create_for(
        town, "received", text="供电局拖着", kind="complaint", complained_of=town.power.pk, phone="10012345678"
    ).pk
    case_accept(actor=SYSTEM, case_id=pk)
    case_dispatch(actor=SYSTEM, case_id=pk, lead_id=town.water.pk)
    case_take(actor=SYSTEM, case_id=pk)
    case_ask_extension(actor=SYSTEM, case_id=pk, reason="等材料", days=3)
    called = whistle_call(actor=SYSTEM, case_id=pk, departments=[town.water.pk], text="请到场")
    whistle_consult(actor=SYSTEM, whistle_id=called.pk, reason="没有来")
    case_return(actor=SYSTEM, case_id=pk, reason="无主管")
    WorkItem.objects.update(red_at=clock.now())
    overdue_escalate()
    case = Case.objects.get(pk=pk)
    kinds = set(WorkItem.objects.filter(subject_id=pk).values_list("kind", flat=True))
    assert kinds >= {"case.accept", "case.extension", "whistle.consult", "case.arbitrate", "case.overdue", CALL}
    posts = {post for _body, post in holders(case) if post}
    assert posts
    assert not Post.objects.filter(pk__in=posts, person=accused).exists()
    assert town.power.pk not in {body for body, _post in holders(case)}


def test_a_complaint_about_the_highest_office_is_not_decided_there(town: Town) -> None:
    """More time and a consultation are decided where the matter lies, not at the office of the place."""
    second = body("安和县督查办", town.county, "office")
    pk = create_for(town, "received", text="值班室不接电话", kind="complaint", complained_of=town.county_office.pk).pk
    case_accept(actor=SYSTEM, case_id=pk)
    case_dispatch(actor=SYSTEM, case_id=pk, lead_id=town.water.pk)
    case_take(actor=SYSTEM, case_id=pk)
    case_ask_extension(actor=SYSTEM, case_id=pk, reason="等材料", days=3)
    called = whistle_call(actor=SYSTEM, case_id=pk, departments=[town.water.pk], text="请到场")
    whistle_consult(actor=SYSTEM, whistle_id=called.pk, reason="没有来")
    assert {held for held, _post in holders(Case.objects.get(pk=pk))} == {second.pk, town.water.pk}


def test_a_complaint_follows_a_body_that_is_merged_and_stays_from_who_takes_over(
    town: Town, complaint: Case, enter: Enter
) -> None:
    case_accept(actor=SYSTEM, case_id=complaint.pk)
    case_dispatch(actor=SYSTEM, case_id=complaint.pk, lead_id=town.water.pk)
    body_left(actor=SYSTEM, old_id=town.office.pk, new_id=town.power.pk, on=clock.today())
    complaint.refresh_from_db()
    assert complaint.complained_of_id == town.power.pk
    organization_end(actor=SYSTEM, organization_id=town.water.pk, successor_id=town.power.pk)
    complaint.refresh_from_db()
    assert (complaint.state, complaint.lead_id, complaint.desk_id) == ("accepted", None, town.street_office.pk)
    assert owed(complaint) == {("case.dispatch", town.street_office.pk)}
    assert not sees(enter("department_handler", town.county, town.power), complaint)
    assert sees(enter("street_officer", town.street, town.street_office), complaint, figures=True)


def test_what_turns_out_to_be_a_complaint_leaves_the_desk_it_is_about(town: Town, figure: None, enter: Enter) -> None:
    case = create_for(town, "accepted", text=f"居委会把{WORD}拆了")
    desk = enter("community_worker", town.community, town.office)
    assert sees(desk, case, figures=True)
    sent = {"complained_of": town.office.pk, "version": case.version}
    answer = desk.post(f"/cases/{case.pk}/do/correct/", sent)
    assert (answer.status_code, answer["Location"]) == (302, "/cases/")
    case.refresh_from_db()
    assert (case.kind, case.complained_of_id, case.place_id) == ("complaint", town.office.pk, town.street.pk)
    assert not sees(desk, case)
    assert sees(enter("street_officer", town.street, town.street_office), case, figures=True)
    assert holders(case) >= {(town.street_office.pk, None)}
    open_ones = WorkItem.objects.filter(subject_id=case.pk, ended=None)
    assert set(open_ones.values_list("organization_id", flat=True)) == {town.street_office.pk}


def test_a_visitor_complains_of_a_body_and_the_desk_registers_one(town: Town, figure: None, enter: Enter) -> None:
    visitor = Client()
    assert visitor.get("/public/complaint/").status_code == 200
    text = {"text": f"居委会不管{WORD}"}
    assert "complained_of" in visitor.post("/public/complaint/", text).context["form"].errors
    assert visitor.post("/public/complaint/", {**text, "complained_of": town.office.pk}).status_code == 302
    desk = enter("community_worker", town.community, town.office)
    sent = {"text": f"窗口推诿{WORD}", "place": town.compound.pk, "kind": "complaint", "source": "window"}
    refused = desk.post("/cases/desk/", sent)
    assert (refused.status_code, "complained_of" in refused.context["form"].errors) == (400, True)
    assert desk.post("/cases/desk/", {**sent, "kind": "problem", "complained_of": town.office.pk}).status_code == 302
    matters = list(Case.objects.order_by("pk"))
    assert [(row.kind, row.complained_of_id, row.place_id) for row in matters] == [
        ("complaint", town.office.pk, town.street.pk)
    ] * 2
    assert not any(sees(desk, row) for row in matters)


def test_the_steps_of_a_complaint_do_not_offer_those_complained_of(town: Town, enter: Enter) -> None:
    pk = create_for(town, "received", text="供电局拖着", kind="complaint", complained_of=town.power.pk).pk
    case_accept(actor=SYSTEM, case_id=pk)
    leader = enter("street_officer", town.county, town.county_office)
    for verb in ("dispatch", "ask_help", "whistle"):
        page = leader.get(f"/cases/{pk}/do/{verb}/")
        assert page.status_code == 200
        assert town.water.name in page.content.decode()
        assert town.power.name not in page.content.decode()


def test_a_post_above_gives_no_right_at_a_complaint_about_ones_own_body(town: Town, complaint: Case) -> None:
    """Neither to act, to see who complained nor to read how it was rated, whatever door forgot to ask first."""
    accused, officer = actor("accused", "street_officer", town.street, town.office), town.officer
    reporter = Reporter.objects.get(case=complaint)
    Rating.objects.create(case=complaint, channel="phone", asked=clock.now(), asked_by="user:1")
    for who, able in ((officer, True), (accused, False)):
        assert may(who, complaint, "accept", sections.flow()) is able
        assert may_call(who, complaint) is able
        assert sees_reporter(who, complaint, reporter) is able
        assert Rating.objects.filter(ratings_visible_to(who)).exists() is able


def test_neither_a_new_place_nor_the_next_level_brings_a_complaint_back(town: Town, complaint: Case) -> None:
    moved = case_correct(actor=town.officer, case_id=complaint.pk, place_id=town.compound.pk)
    assert moved.desk_id == town.street_office.pk
    Case.objects.filter(pk=complaint.pk).update(complained_of=town.county_office, place=town.street)
    with pytest.raises(DomainError) as refused:
        case_hand_up(actor=SYSTEM, case_id=complaint.pk, reason="超出职权")
    assert refused.value.code == "case.no_level_above"


def owed(case: Case) -> set[tuple[str, int | None]]:
    """The open steps of a matter, and the body that owes each."""
    rows = WorkItem.objects.filter(subject_type="case", subject_id=case.pk, ended=None)
    return set(rows.values_list("kind", "organization_id"))


def test_help_of_a_body_that_merges_into_those_complained_of_is_answered_for_by_the_desk(
    town: Town, enter: Enter
) -> None:
    pk = create_for(town, "received", text="供电局拖着", kind="complaint", complained_of=town.power.pk).pk
    case_accept(actor=SYSTEM, case_id=pk)
    helping = help_ask(actor=SYSTEM, case_id=pk, organization_id=town.water.pk, task="说明").pk
    organization_end(actor=SYSTEM, organization_id=town.water.pk, successor_id=town.power.pk)
    case = Case.objects.get(pk=pk)
    assert case.helps.get().organization_id == town.water.pk
    assert owed(case) == {("case.dispatch", town.county_office.pk), ("help.do", town.county_office.pk)}
    accused = actor("accused", "department_handler", town.county, town.power)
    for who, code in ((accused, "not_found"), (actor("former", "department_handler", town.county, town.water), "help")):
        with pytest.raises(DomainError) as refused:
            help_finish(actor=who, help_id=helping, result="已说明")
        assert refused.value.code.startswith(code)
    desk = enter("street_officer", town.county, town.county_office)
    assert f"/cases/{pk}/helps/{helping}/" in desk.get(f"/cases/{pk}/").content.decode()
    assert desk.post(f"/cases/{pk}/helps/{helping}/", {"text": "改由值班室说明"}).status_code == 302
    assert owed(case) == {("case.dispatch", town.county_office.pk)}


def test_a_complaint_at_the_desk_of_the_body_that_takes_over_goes_above_it(town: Town, complaint: Case) -> None:
    """The community's office merges into the street's, where the complaint about it lies."""
    case_accept(actor=SYSTEM, case_id=complaint.pk)
    version = Case.objects.get(pk=complaint.pk).version
    organization_end(actor=SYSTEM, organization_id=town.office.pk, successor_id=town.street_office.pk)
    case = Case.objects.get(pk=complaint.pk)
    assert (case.complained_of_id, case.desk_id, case.place_id) == (
        town.street_office.pk,
        town.county_office.pk,
        town.county.pk,
    )
    assert (case.state, case.version) == ("accepted", version + 1)
    assert owed(case) == {("case.dispatch", town.county_office.pk)}
    assert WorkItem.objects.get(subject_id=case.pk, ended=None).place_id == town.county.pk


def test_what_is_done_already_is_verified_above_and_stays_with_who_did_it(town: Town) -> None:
    pk = create_for(town, "received", text="供电局拖着", kind="complaint", complained_of=town.power.pk).pk
    case_accept(actor=SYSTEM, case_id=pk)
    case_dispatch(actor=SYSTEM, case_id=pk, lead_id=town.water.pk)
    case_take(actor=SYSTEM, case_id=pk)
    case_finish(actor=SYSTEM, case_id=pk, result="已经答复了来访的人")
    organization_end(actor=SYSTEM, organization_id=town.water.pk, successor_id=town.power.pk)
    case = Case.objects.get(pk=pk)
    assert (case.state, case.lead_id) == ("done", town.water.pk)
    assert owed(case) == {("case.verify", town.county_office.pk)}


def test_a_deferred_complaint_keeps_no_lead_that_merged_into_those_complained_of(town: Town) -> None:
    pk = create_for(town, "received", text="供电局拖着", kind="complaint", complained_of=town.power.pk).pk
    case_accept(actor=SYSTEM, case_id=pk)
    case_dispatch(actor=SYSTEM, case_id=pk, lead_id=town.water.pk)
    case_defer(actor=SYSTEM, case_id=pk, reason="等资金")
    before = owed(Case.objects.get(pk=pk))
    organization_end(actor=SYSTEM, organization_id=town.water.pk, successor_id=town.power.pk)
    case = Case.objects.get(pk=pk)
    assert (case.state, case.lead_id, owed(case)) == ("deferred", None, before)


def test_a_post_that_comes_to_the_body_complained_of_leaves_the_work_to_another(town: Town) -> None:
    """Who had to look at what is overdue moves with their body to the one that the complaint is about."""
    mine, other = (Person.objects.create(name=name, created=clock.now()) for name in ("甲", "乙"))
    first = Post.objects.create(
        person=mine, kind="street_officer", place=town.county, organization=town.water, confirmed=True
    )
    pk = create_for(town, "received", text="供电局拖着", kind="complaint", complained_of=town.power.pk).pk
    case_accept(actor=SYSTEM, case_id=pk)
    WorkItem.objects.update(red_at=clock.now())
    overdue_escalate()
    late = WorkItem.objects.get(kind="case.overdue")
    assert late.post_id == first.pk
    second = Post.objects.create(person=other, kind="street_officer", place=town.county, confirmed=True)
    organization_end(actor=SYSTEM, organization_id=town.water.pk, successor_id=town.power.pk)
    late.refresh_from_db()
    assert (late.ended, late.post_id) == (None, second.pk)


def test_what_a_post_leaves_of_a_complaint_does_not_go_to_those_complained_of(town: Town) -> None:
    """Neither to its own body, which the complaint is about by now, nor to a successor who works there."""
    mine, other, third = (Person.objects.create(name=name, created=clock.now()) for name in ("甲", "乙", "丙"))

    def officer(person: Person, organization: Organization | None) -> Post:
        return Post.objects.create(
            person=person, kind="street_officer", place=town.county, organization=organization, confirmed=True
        )

    theirs, free = officer(other, town.power), officer(third, None)
    for successor, plain in ((None, town.power), (theirs.pk, None)):
        leaving = officer(mine, plain)
        pk = create_for(town, "received", text="供电局拖着", kind="complaint", complained_of=town.power.pk).pk
        late = WorkItem.objects.create(
            kind="case.overdue", subject_type="case", subject_id=pk, post_id=leaving.pk, raised=clock.now()
        )
        plain_one = WorkItem.objects.create(
            kind="case.overdue",
            subject_type="case",
            subject_id=create_for(town, "received").pk,
            post_id=leaving.pk,
            raised=clock.now(),
        )
        post_end(actor=SYSTEM, post_id=leaving.pk, successor_id=successor)
        late.refresh_from_db()
        plain_one.refresh_from_db()
        assert (late.ended, late.post_id, late.organization_id) == (None, free.pk, None)
        assert (plain_one.post_id, plain_one.organization_id) == (successor, plain.pk if plain else None)


def test_the_suggested_body_is_never_the_one_complained_of(town: Town, enter: Enter) -> None:
    """Without a table of powers the office of the place is suggested first: not where the complaint is about it."""
    second = body("安和县督查办", town.county, "office")
    pk = create_for(town, "received", text="值班室不接电话", kind="complaint", complained_of=town.county_office.pk).pk
    case_accept(actor=SYSTEM, case_id=pk)
    page = enter("street_officer", town.county, second).get(f"/cases/{pk}/do/dispatch/")
    offered = [label for _pk, label in page.context["form"].fields["lead_id"].choices]
    assert any(second.name in label for label in offered)
    assert not any(town.county_office.name in label for label in offered)


def test_whoever_names_a_body_complains_and_nothing_like_it_is_shown_nearby(town: Town) -> None:
    """Whatever kind a program gave it: complaints are told to nobody who has not opened them."""
    text = f"居委会不管{WORD}的事"
    given = Report(text=text, place_id=town.street.pk, kind="problem", complained_of=town.office.pk)
    pk = case_report(actor=town.resident, report=given).case_id
    assert (Case.objects.get(pk=pk).kind, Case.objects.get(pk=pk).confidential) == ("complaint", False)
    for viewer in (None, town.officer):
        assert similar(town.street.path, "", text, viewer=viewer) == []
    plain = case_report(actor=town.resident, report=Report(text=text, place_id=town.street.pk)).case_id
    assert [row.pk for row in similar(town.street.path, "", text)] == [plain]
