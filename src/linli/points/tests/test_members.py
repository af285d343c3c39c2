"""Joining by free choice, the desk that takes back with a reason, ledgers of before, and the pages of all of it."""

from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse as address
from pytest_django import DjangoAssertNumQueries, Settings

from linli.accounts.testing import Cast
from linli.core import clock, doctor
from linli.core.actors import SYSTEM, VISITOR
from linli.core.errors import DomainError
from linli.organizations.models import Person
from linli.points import queries
from linli.points.models import Account, Member, Transfer
from linli.points.operations.accounts import place_account
from linli.points.operations.desk import transfer_reverse
from linli.points.operations.ledgers import (
    points_entries_refused,
    points_entry_record_many,
    taken_many,
    whole_of,
)
from linli.points.operations.members import member_enrol, member_join, member_leave, member_name
from linli.points.operations.posting import reverse
from linli.points.tests.ledger import account_of, given, member_made, proof
from linli.points.values import Source, Taken
from linli.points.workflow import CAMPAIGN, HOURS, POINTS

pytestmark = pytest.mark.django_db
PHONE = "10011112222"
BACKEND = "linli.accounts.backends.PhoneOrNameBackend"


@pytest.fixture(autouse=True)
def plain(settings: Settings) -> None:
    settings.SECOND_FACTOR_REQUIRED = False


def refused(code: str, call: Any) -> None:
    with pytest.raises(DomainError) as found:
        call()
    assert found.value.code == code


def signed_in(cast: Cast, client: Client, role: str) -> None:
    client.force_login(cast.users[role], BACKEND)


def test_one_joins_leaves_and_comes_back(cast: Cast) -> None:
    resident, place = cast.resident, cast.places["community"].pk
    with_name: dict[str, Any] = {"actor": resident, "place_id": place, "name": "金巧云"}
    refused("points.consent", lambda: member_join(**with_name, agrees=False))
    refused("points.place", lambda: member_join(**{**with_name, "place_id": cast.places["county"].pk}, agrees=True))
    refused("points.alias", lambda: member_join(**with_name, agrees=True, alias="长" * 31))
    refused("person.bad_name", lambda: member_join(**{**with_name, "name": " "}, agrees=True))
    refused("not_found", lambda: member_join(**{**with_name, "actor": VISITOR}, agrees=True))
    row = member_join(**with_name, agrees=True, alias="热心邻居")
    resident = cast.again("resident")
    assert (row.consent, row.joined_on, row.alias, account_of(row).balance) == ("self", clock.today(), "热心邻居", 0)
    refused("points.joined", lambda: member_join(**with_name, agrees=True))
    refused("points.stale", lambda: member_leave(actor=resident, member_id=row.pk, version=9))
    refused("not_found", lambda: member_leave(actor=cast.outsider, member_id=row.pk, version=row.version))
    named = member_name(actor=resident, member_id=row.pk, version=row.version, alias="")
    left = member_leave(actor=resident, member_id=row.pk, version=named.version)
    assert (left.alias, left.left_on) == ("", clock.today())
    refused("points.left", lambda: member_leave(actor=resident, member_id=row.pk, version=left.version))
    assert member_join(**with_name, agrees=True).pk == row.pk
    assert queries.balance_of(POINTS, row.person_id) == 0


def test_the_desk_enrols_on_paper_in_its_own_places(cast: Cast) -> None:
    here: dict[str, Any] = {"place_id": cast.places["community"].pk, "name": "金福来", "phone": PHONE}
    refused("points.not_yours", lambda: member_enrol(actor=cast.outsider, **here, agrees=True))
    refused("points.not_yours", lambda: member_enrol(actor=cast.grid_worker, **here, agrees=True))
    refused("points.consent", lambda: member_enrol(actor=cast.community_worker, **here, agrees=False))
    row = member_enrol(actor=cast.community_worker, **here, agrees=True)
    assert (row.consent, row.person.name if row.person else "") == ("paper", "金福来")
    refused("points.joined", lambda: member_enrol(actor=cast.secretary, **here, agrees=True))


def test_the_desk_takes_back_what_was_given_in_error_but_not_its_own(cast: Cast) -> None:
    row = given(member_made(cast.places["community"]), 30)
    refused("not_found", lambda: transfer_reverse(actor=cast.outsider, transfer_id=row.pk, reason="有误"))
    refused("not_found", lambda: transfer_reverse(actor=cast.resident, transfer_id=row.pk, reason="有误"))
    refused("points.reason", lambda: transfer_reverse(actor=cast.secretary, transfer_id=row.pk, reason=""))
    back = transfer_reverse(actor=cast.secretary, transfer_id=row.pk, reason="登记有误")
    refused("points.reversed", lambda: transfer_reverse(actor=cast.secretary, transfer_id=row.pk, reason="再来"))
    refused("points.not_given", lambda: transfer_reverse(actor=cast.secretary, transfer_id=back.pk, reason="再来"))
    person = Person.objects.get(pk=cast.secretary.person_id or 0)
    own = given(member_made(cast.places["community"], person), 5)
    refused("points.own", lambda: transfer_reverse(actor=cast.secretary, transfer_id=own.pk, reason="有误"))
    proof()


def row_of(number: str, amount: float, book: str = POINTS, **values: Any) -> dict[str, Any]:
    start = {"book": book, "number": number, "member": "AX0001", "day": date(2024, 4, 15), "name": "金秀英"}
    return {**start, "amount": amount, **values}


def test_a_ledger_is_posted_once_and_what_it_lacks_is_borne_by_the_budget(cast: Cast) -> None:
    rows = [
        row_of("H1", 0.5, HOURS, direction="taken", member="D027"),
        row_of("H2", 1.5, HOURS, direction="given", member="D027", kind="service", confirmer="吴璐"),
        row_of("H3", 2, HOURS, direction="taken", member="D027"),
        row_of("J1", 20, kind="good_deed"),
    ]
    assert points_entries_refused(rows=rows) == {}
    made = points_entry_record_many(actor=SYSTEM, rows=rows)
    assert points_entry_record_many(actor=SYSTEM, rows=rows) == made
    held = {row.source_id: row for row in Transfer.objects.filter(source_type="ledger")}
    found = {number: (row.amount, row.charged) for number, row in held.items()}
    assert found == {"H1": (30, 0), "H2": (90, 0), "H3": (120, 60), "J1": (20, 0)}
    assert [(held[number].rule, held[number].quantity) for number in ("H2", "J1")] == [
        ("service", 1.5),
        ("good_deed", 20),
    ]
    member = Member.objects.get(book=HOURS)
    assert (member.number, member.name, member.consent, account_of(member).balance) == ("D027", "金秀英", "ledger", 0)
    wrong = [row_of("J1", 21), row_of("J2", 1.5), row_of("J3", 0), row_of("H9", 0.33, HOURS), row_of("J1", 20)]
    assert points_entries_refused(rows=wrong) == {
        0: "points.posted",
        1: "points.amount",
        2: "points.amount",
        3: "points.amount",
    }
    item = Taken("AX0001", "金秀英", 25, date(2024, 5, 1), Source("redemption_ledger", "DH1"))
    (first,) = taken_many(actor=SYSTEM, rows=[item])
    assert (taken_many(actor=SYSTEM, rows=[item]), first.charged) == ([first], 5)
    budget = place_account(POINTS, CAMPAIGN, first.place_id)

    def balances() -> list[int]:
        return [Account.objects.get(pk=pk).balance for pk in (first.debit_id, budget.pk)]

    assert balances() == [0, -5]
    # Taken back, the member has what the member paid, and the budget what it bore.
    reverse(actor=SYSTEM, transfer_id=first.pk, reason="更正")
    assert balances() == [20, 0]
    proof()


@pytest.mark.parametrize(
    ("book", "amount", "whole"),
    [
        (POINTS, 5, 5),
        (POINTS, 0, None),
        (POINTS, -2, None),
        (HOURS, 0.5, 30),
        (HOURS, 0.8333, 50),
        (HOURS, 0.335, None),
    ],
)
def test_hours_are_whole_minutes(book: str, amount: float, whole: int | None) -> None:
    assert whole_of(book, amount) == whole


def test_a_statement_turns_its_pages_by_key(cast: Cast, client: Client) -> None:
    member_join(actor=cast.resident, place_id=cast.places["community"].pk, name="金巧云", agrees=True)
    member = Member.objects.get()
    for _number in range(queries.PAGE + 3):
        given(member, 1)
    signed_in(cast, client, "resident")
    page = client.get(address("points:mine"))
    assert [len(page.context["book"].lines), page.context["book"].lines[0].balance] == [queries.PAGE, "53"]
    more = client.get(address("points:mine"), {"book": POINTS, "after": page.context["book"].more})
    assert [(line.amount, line.balance) for line in more.context["book"].lines] == [
        ("+1", "3"),
        ("+1", "2"),
        ("+1", "1"),
    ]
    assert more.context["book"].more is None
    assert client.post(address("points:alias"), {"version": member.version, "alias": "邻居"}).status_code == 302
    member.refresh_from_db()
    assert (member.alias, client.post(address("points:leave"), {"version": 99}).status_code) == ("邻居", 409)
    assert client.post(address("points:leave"), {"version": member.version}).status_code == 302


def test_a_resident_joins_on_the_page(cast: Cast, client: Client) -> None:
    signed_in(cast, client, "resident")
    place = cast.places["community"].pk
    assert client.post(address("points:mine"), {"name": "金巧云", "place_id": place}).status_code == 400
    assert client.post(address("points:mine"), {"place_id": place, "agrees": "on"}).status_code == 400
    sent = {"name": "金巧云", "place_id": place, "agrees": "on", "alias": ""}
    assert client.post(address("points:mine"), sent).status_code == 302
    assert client.get(address("points:mine")).context["joined"] is True


def test_the_desk_sees_its_members_masked_and_in_few_queries(
    cast: Cast, client: Client, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    place = cast.places["community"]
    rows = [member_made(place, name="金秀英") for _number in range(queries.PAGE + 1)]
    far = member_made(cast.places["far_community"])
    signed_in(cast, client, "community_worker")
    client.get(address("points:members"))
    with django_assert_max_num_queries(12):
        page = client.get(address("points:members"))
    text = page.content.decode()
    assert ("金秀英" in text, far.number in text, len(page.context["lines"])) == (False, False, queries.PAGE)
    rest = client.get(address("points:members"), {"after": page.context["more"]})
    assert [line.row for line in rest.context["lines"]] == [rows[0]]
    assert [line.row for line in client.get(address("points:members"), {"q": rows[3].number}).context["lines"]] == [
        rows[3]
    ]
    assert client.get(address("points:member", args=[far.pk])).status_code == 404
    transfer = given(rows[0], 30)
    with django_assert_max_num_queries(14):
        assert client.get(address("points:member", args=[rows[0].pk])).context["book"].balance == "30"
    wrong = client.post(address("points:reverse", args=[transfer.pk]), {"reason": ""})
    assert (wrong.status_code, wrong.context["fault"].code) == (400, "points.reason")
    assert client.post(address("points:reverse", args=[transfer.pk]), {"reason": "登记有误"}).status_code == 302
    new = {"name": "金福来", "phone": PHONE, "place_id": place.pk, "agrees": "on"}
    assert client.post(address("points:enrol"), new).status_code == 302
    assert client.post(address("points:enrol"), {**new, "agrees": ""}).status_code == 400


def test_what_is_owed_is_told_in_totals(cast: Cast, client: Client) -> None:
    given(member := member_made(cast.places["community"]), 30)
    given(member_made(cast.places["community"], member.person, HOURS, consent="registration"), 90)
    given(member_made(cast.places["far_community"]), 7)
    signed_in(cast, client, "secretary")
    lines = {line.book: line for line in client.get(address("points:owed")).context["lines"]}
    assert (lines[POINTS].members, lines[POINTS].owed, lines[POINTS].given) == (1, "30", "30")
    assert (lines[HOURS].owed, lines[HOURS].taken) == ("1.5", "0")
    signed_in(cast, client, "resident")
    assert client.get(address("points:owed")).status_code == 404


def test_everybody_reads_the_rules(cast: Cast, client: Client) -> None:
    page = client.get(address("public_points:rules"))
    assert (page.status_code, len(page.context["rules"])) == (200, 5)


def test_the_doctor_says_when_the_ledger_does_not_add_up(cast: Cast) -> None:
    given(member := member_made(cast.places["community"]), 30)
    checks = {result.name: result for result in doctor.examine()}
    assert checks["points"].state == "ok"
    Account.objects.filter(pk=account_of(member).pk).update(balance=31, held=1)
    found = next(result for result in doctor.examine() if result.name == "points")
    assert [finding.code for finding in found.findings] == ["points.total", "points.balance", "points.held"]
