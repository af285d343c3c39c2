"""The pages of mediation: a dispute from the desk to the last instalment, the party's own page, the list."""

from collections.abc import Iterator
from datetime import date, time
from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from linli.accounts.testing import Cast
from linli.cases.operations.finishing import case_withdraw
from linli.cases.operations.intake import Receipt, Report, case_report
from linli.cases.policies import reporter_key
from linli.core import clock, printing
from linli.core.actors import SYSTEM, VISITOR, Actor
from linli.core.models import WorkItem
from linli.mediation.models import Mediation
from linli.mediation.operations.mediations import mediations_follow
from linli.mediation.operations.sessions import session_plan
from linli.mediation.tests.mediated import DAY, FACTS, NAMES, PHONES, agreed, in_sessions
from linli.records.tests.test_import_pages import signed_in


@pytest.fixture
def today(db: None) -> Iterator[Any]:
    with clock.frozen("2026-03-02T10:00") as held:
        yield held


@pytest.fixture
def desk(cast: Cast, today: Any) -> Client:
    return signed_in(cast, Client(), "community_worker")


def test_a_dispute_from_the_desk_to_the_last_instalment(
    cast: Cast, desk: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(printing, "pdf", lambda html: b"%PDF-" + html.encode())
    sent = {"place": cast.places["community"].pk, "kind": "neighbours", "source": "party", "facts": FACTS}
    sent |= {"name_1": NAMES[0], "phone_1": PHONES[0], "name_2": NAMES[1]}
    again = desk.post("/mediations/new/", {**sent, "name_2": ""})
    assert (again.status_code, FACTS in again.content.decode()) == (400, True)
    page = desk.post("/mediations/new/", sent)["Location"]
    row = Mediation.objects.get()
    shown = desk.get(page).content.decode()
    assert [word in shown for word in (*NAMES, PHONES[0])] == [False] * 3

    def do(verb: str, status: int = 302, **values: Any) -> None:
        assert desk.post(f"{page}{verb}/", values).status_code == status

    chosen = desk.get(page).context["mediators_form"].fields["mediators"].choices
    do("accept", 400)
    do("accept", mediators=[chosen[0][0]])
    parties = list(row.parties.values_list("pk", flat=True))
    do("plan", 409, on="2026-03-03", starts="09:00", venue="调解室")
    for party in parties:
        assert desk.post(f"/mediations/parties/{party}/consent/", {"agrees": "yes"}).status_code == 302
    do("plan", on="2026-03-02", starts="11:00", venue="调解室")
    held = {"on": "2026-03-02", "came": parties, "record": "各让一步"}
    session = f"/mediations/sessions/{row.sessions.get().pk}/record/"
    assert desk.post(session, {**held, "record": ""}).status_code == 400
    assert desk.post(session, held).status_code == 302
    terms: dict[str, Any] = {
        "form": "written",
        "reached_on": "2026-03-02",
        "liability": "楼上负责",
        "content": "分期赔偿",
    }
    terms |= {f"i{at}-party": parties[1] for at in range(6)} | {"i0-amount": "600", "i0-due": "2026-03-09"}
    half = desk.post(f"{page}agreement/", {**terms, "i0-due": ""})
    assert (half.status_code, "分期赔偿" in half.content.decode()) == (400, True)
    assert desk.post(f"{page}agreement/", terms).status_code == 302
    paper = desk.post(f"{page}print/").content.decode()
    assert all(word in paper for word in (*NAMES, "楼上负责", "分期赔偿"))
    signed: dict[str, Any] = {"on": "2026-03-02", "parties": "on", "mediator": "on"}
    do("sign", 409, **signed)
    do("sign", **signed, stamp="on")
    item = row.agreements.get().items.get()
    assert desk.post(f"/mediations/items/{item.pk}/fulfil/", {"on": "2026-03-02"}).status_code == 302
    row.refresh_from_db()
    item.refresh_from_db()
    assert (row.state, item.fulfilled_on) == ("fulfilled", date(2026, 3, 2))
    do("visit", note="双方和好")
    looked = desk.post(f"/mediations/parties/{parties[0]}/look/", {"reason": "通知回访"}).content.decode()
    assert (NAMES[0] in looked, PHONES[0] in looked) == (True, True)


@pytest.mark.parametrize("role", ["leader", "auditor", "outsider", "resident", "department_handler"])
def test_who_does_not_mediate_sees_no_mediation(cast: Cast, today: Any, role: str) -> None:
    row = in_sessions(cast)
    other = signed_in(cast, Client(), role)
    assert other.get(f"/mediations/{row.pk}/").status_code == other.get("/mediations/999999/").status_code
    assert other.get(f"/mediations/{row.pk}/").status_code in (403, 404)
    assert row.number not in other.get("/mediations/").content.decode()
    assert row.number not in other.get("/mediations/mine/").content.decode()


def test_the_list_is_found_by_state_and_costs_the_same_for_many(
    cast: Cast, desk: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    running = [in_sessions(cast) for _number in range(4)]
    settled = Mediation.objects.get(pk=agreed(cast).mediation_id)
    desk.get("/mediations/")
    with django_assert_max_num_queries(12):
        shown = desk.get("/mediations/?state=sessions").content.decode()
    assert [row.number in shown for row in (*running, settled)] == [True] * 4 + [False]
    assert desk.get("/mediations/?before=nonsense").status_code in (200, 400)


def test_a_party_reads_its_own_state_and_next_session(cast: Cast, today: Any) -> None:
    resident = signed_in(cast, Client(), "resident")
    row = in_sessions(cast)
    row.parties.filter(position=1).update(user_id=cast.actors["resident"].user_id)
    shown = resident.get("/mediations/mine/").content.decode()
    assert (row.number in shown, NAMES[1] in shown, FACTS in shown) == (True, False, False)


def reported(cast: Cast, name: str = NAMES[0], phone: str = PHONES[0]) -> Receipt:
    """A dispute that a resident reported without an account."""
    report = Report(kind="dispute", text=FACTS, place_id=cast.places["community"].pk, reporter_name=name, phone=phone)
    return case_report(actor=VISITOR, report=report)


def by_code(receipt: Receipt) -> str:
    """What is read with number and code alone."""
    client = Client()
    client.post("/public/cases/", {"number": receipt.number, "code": receipt.code})
    return client.get(f"/public/cases/{receipt.number}/").content.decode()


def withdrawn(receipt: Receipt) -> None:
    case_withdraw(actor=Actor(key=reporter_key(receipt.case_id), label=""), case_id=receipt.case_id)


def test_who_follows_a_dispute_by_its_code_reads_its_state_and_the_next_session(
    cast: Cast, today: Any, desk: Client
) -> None:
    receipt = reported(cast)
    row = in_sessions(cast, case_id=receipt.case_id)
    session_plan(actor=SYSTEM, mediation_id=row.pk, on=clock.today() + DAY, starts=time(19, 30), venue="社区调解室")
    told = by_code(receipt)
    assert f"正在人民调解，编号{row.number}：调解中。下一次调解：2026-03-03 19:30，社区调解室。" in told.replace(
        " 下", "下"
    )
    assert NAMES[1] not in told
    assert f'href="/mediations/{row.pk}/"' in desk.get(f"/cases/{receipt.case_id}/").content.decode()
    # Who reported it but is no party, and who joined others there, reads how it stands and no more.
    other = reported(cast, "路人", "10055556666")
    noticed = in_sessions(cast, case_id=other.case_id)
    session_plan(actor=SYSTEM, mediation_id=noticed.pk, on=clock.today() + DAY, starts=time(9), venue="社区调解室")
    told = by_code(other)
    assert (noticed.number in told, "社区调解室" in told) == (True, False)


def test_a_matter_that_its_party_withdraws_ends_its_mediation_unless_it_is_agreed(
    cast: Cast, today: Any, desk: Client
) -> None:
    receipts = [reported(cast), reported(cast), reported(cast, "路人", "10055556666")]
    running = in_sessions(cast, case_id=receipts[0].case_id)
    settled = Mediation.objects.get(pk=agreed(cast, case_id=receipts[1].case_id).mediation_id)
    of_others = in_sessions(cast, case_id=receipts[2].case_id)
    for receipt in receipts:
        withdrawn(receipt)
    for row in (running, settled, of_others):
        row.refresh_from_db()
    assert (running.state, running.ended_on, running.settled) == ("withdrawn", clock.today(), None)
    assert (settled.state, of_others.state) == ("agreed", "sessions")
    assert not WorkItem.objects.filter(subject_type="mediation", subject_id=running.pk, ended=None).exists()
    # The matter hears of the end as of any other, and the page of one that goes on says why.
    assert f"{running.number}" in by_code(receipts[0])
    assert "协议在履行完之前" in desk.get(f"/mediations/{settled.pk}/").content.decode()
    assert "还没有结束" in desk.get(f"/mediations/{of_others.pk}/").content.decode()
    assert mediations_follow(actor=SYSTEM, case_id=receipts[0].case_id) == 0


def test_an_agreement_of_many_instalments_is_written_down_on_one_page(cast: Cast, desk: Client) -> None:
    row = in_sessions(cast)
    second = row.parties.get(position=2).pk
    terms: dict[str, Any] = {"form": "written", "reached_on": "2026-03-02", "liability": "楼上负责", "content": "分期"}
    for at in range(12):
        terms |= {f"i{at}-party": second, f"i{at}-amount": "100", f"i{at}-due": f"2026-{at % 9 + 4:02}-10"}
    page = f"/mediations/{row.pk}/agreement/"
    half = desk.post(page, {**terms, "i11-due": ""})
    assert (half.status_code, half.context["unfolded"]) == (400, True)
    assert desk.post(page, {**terms, "i11-party": ""}).status_code == 400
    assert desk.post(page, terms).status_code == 302
    assert row.agreements.get().items.count() == 12
