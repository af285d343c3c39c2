"""The pages of mediation: a dispute from the desk to the last instalment, the party's own page, the list."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from linli.accounts.testing import Cast
from linli.core import clock, printing
from linli.mediation.models import Mediation
from linli.mediation.tests.mediated import FACTS, NAMES, PHONES, agreed, in_sessions
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
