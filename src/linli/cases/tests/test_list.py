"""The list: filters by clock, lead and place, order by due, steps on many at once, and filters with a name."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from linli.cases.models import Case, Help, SavedFilter
from linli.cases.operations.bulk import case_bulk
from linli.cases.operations.saving import MOST, filter_forget, filter_save
from linli.cases.queries.lists import Line, asked_for, case_list, filtered
from linli.cases.queries.loads import loads
from linli.cases.tests.test_pages import Enter, enter
from linli.cases.tests.town import Town, create_for, report
from linli.core import clock
from linli.core.errors import DomainError
from linli.core.models import Entry

__all__ = ["enter"]


def numbers(town: Town, **query: str) -> list[str]:
    return [row.number for row in case_list(town.desk, query).rows]


def code_of(call: object) -> str:
    with pytest.raises(DomainError) as caught:
        call()  # type: ignore[operator]
    return caught.value.code


def test_what_a_ledger_says_is_done_is_not_open(town: Town) -> None:
    ours, ledger = create_for(town, "done"), create_for(town, "done")
    Case.objects.filter(pk=ledger.pk).update(imported=True)
    assert [row.pk for row in case_list(town.desk, {}).rows] == [ours.pk]
    assert {row.pk for row in case_list(town.desk, {"state": "done"}).rows} == {ours.pk, ledger.pk}
    (load,) = loads([town.community.pk])
    assert load.open == 1


def test_filter_by_lead_and_place(town: Town) -> None:
    led, other = create_for(town, "dispatched"), create_for(town, "accepted")
    assert numbers(town, lead=str(town.power.pk)) == [led.number]
    assert set(numbers(town, place=str(town.community.pk))) == {led.number, other.number}
    assert numbers(town, place=str(town.elsewhere.pk)) == []


def test_telling_the_database_where_the_few_are_changes_nothing(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    helped = create_for(town, "dispatched")
    Help.objects.create(case=helped, organization=town.water, asked=clock.now())
    create_for(town, "accepted")
    create_for(town, "closed")
    viewers = (town.desk, town.outsider, town.electrician, town.plumber, town.officer)
    queries: tuple[dict[str, str], ...] = ({}, {"state": "all"}, {"place": str(town.community.pk)})
    asked = [(viewer, query) for viewer in viewers for query in queries]
    own = [set(filtered(viewer, query).values_list("pk", flat=True)) for viewer, query in asked]
    assert [len(found) for found in own[::3]] == [2, 0, 1, 1, 2]
    for few in (400, 0):
        monkeypatch.setattr("linli.cases.queries.lists.FEW", few)
        assert [{row.pk for row in case_list(viewer, query).rows} for viewer, query in asked] == own
        assert [set(asked_for(viewer, query).values_list("pk", flat=True)) for viewer, query in asked] == own


@pytest.mark.parametrize("address", ["/cases/export.csv", "/cases/export.xlsx", "/cases/answers/hotline.xlsx"])
def test_what_is_taken_along_is_found_by_the_few_places(town: Town, enter: Enter, address: str) -> None:
    """As the list: both the counting and the reading are told the places, in no more queries for more matters."""
    desk = enter("community_worker", town.community, town.office)
    desk.get(address)
    asked: list[int] = []
    for number in (1, 9):
        for _time in range(number):
            create_for(town, "closed", source="hotline", register_number=f"12345-{number}-{_time}")
        with CaptureQueriesContext(connection) as ran:
            answer = desk.get(address, {"state": "all", "place": str(town.compound.pk)})
            body = b"".join(answer) if answer.streaming else answer.content
        assert answer.status_code == 200
        assert body
        asked.append(len(ran))
        reading = [query["sql"] for query in ran if 'FROM "cases_case"' in query["sql"]]
        assert reading
        told = f'"cases_case"."place_id" = ANY(\'{{{town.compound.pk}}}\''
        assert all(told in sql for sql in reading), reading
    assert asked[0] == asked[1] <= 15


def test_the_clock_filters_by_open_work(town: Town) -> None:
    receipt = report(town)
    assert numbers(town, colour="late") == numbers(town, colour="soon") == []
    with clock.frozen(clock.now() + timedelta(days=1, hours=10)):
        assert numbers(town, colour="late") == [receipt.number]
        assert numbers(town, colour="red") == []
    with clock.frozen(clock.now() + timedelta(days=9)):
        assert numbers(town, colour="red") == [receipt.number]
    assert code_of(lambda: case_list(town.desk, {"colour": "pink"})) == "list.bad_filter"


def test_order_by_due_pages_through_every_matter_once(town: Town) -> None:
    found = [report(town, f"灯{n}").case_id for n in range(7)]
    now = clock.now()
    for position, pk in enumerate(found):
        Case.objects.filter(pk=pk).update(due=now + timedelta(hours=(position * 3) % 5))
    seen: list[Line] = []
    key = ""
    while True:
        page = case_list(town.desk, {"sort": "due", "after": key}, size=2)
        seen += page.rows
        key = page.next_key
        if not key:
            break
    assert [row.due for row in seen] == sorted(row.due for row in seen if row.due)
    assert {row.pk for row in seen} == set(found)
    assert code_of(lambda: case_list(town.desk, {"sort": "due", "after": "x-1"})) == "list.bad_filter"


def test_a_refusal_never_blocks_the_others(town: Town) -> None:
    first, second, taken = report(town).case_id, report(town).case_id, create_for(town, "taken").pk
    answers = case_bulk(
        actor=town.desk, verb="accept", picks=[(first, 1), (taken, None), (999999999, None), (second, 9)]
    )
    assert [item.code for item in answers] == ["", "case.state", "not_found", "case.stale"]
    assert Case.objects.get(pk=first).state == "accepted"
    assert Case.objects.get(pk=second).state == "received"


def test_many_are_dispatched_to_the_body_chosen_or_suggested(town: Town) -> None:
    one, other = create_for(town, "accepted"), create_for(town, "accepted")
    case_bulk(actor=town.desk, verb="dispatch", picks=[(one.pk, None)], lead_id=town.water.pk)
    case_bulk(actor=town.desk, verb="dispatch", picks=[(other.pk, None)])
    assert Case.objects.get(pk=one.pk).lead_id == town.water.pk
    assert Case.objects.get(pk=other.pk).lead_id == town.office.pk


def test_many_are_urged_and_closed(town: Town) -> None:
    case = create_for(town, "verified")
    open_one = create_for(town, "dispatched")
    assert [item.code for item in case_bulk(actor=town.officer, verb="urge", picks=[(open_one.pk, None)])] == [""]
    assert Case.objects.get(pk=open_one.pk).extra["urged"] == 1
    case_bulk(actor=town.desk, verb="close", picks=[(case.pk, None), (open_one.pk, None)])
    assert [Case.objects.get(pk=item.pk).state for item in (case, open_one)] == ["closed", "dispatched"]
    assert case.notes.get().text == case.result


def test_steps_on_many_are_refused(town: Town) -> None:
    pk = report(town).case_id
    assert code_of(lambda: case_bulk(actor=town.desk, verb="void", picks=[(pk, None)])) == "case.bulk_verb"
    assert code_of(lambda: case_bulk(actor=town.desk, verb="accept", picks=[])) == "case.nothing_picked"
    assert code_of(lambda: case_bulk(actor=town.desk, verb="accept", picks=[(pk, None)] * 51)) == "case.too_many"
    outside = case_bulk(actor=town.outsider, verb="accept", picks=[(pk, None)])
    assert ([item.code for item in outside], outside[0].case) == (["not_found"], None)
    assert [item.code for item in case_bulk(actor=town.desk, verb="accept", picks=[(pk, 1), (pk, 1)])][1] != ""


def test_many_by_clicking(town: Town, enter: Enter) -> None:
    desk = enter("community_worker", town.community, town.office)
    report(town)
    page = desk.get("/cases/").content.decode()
    case = Case.objects.get()
    assert f'value="{case.pk}:{case.version}"' in page
    answer = desk.post("/cases/bulk/", {"verb": "accept", "pick": [f"{case.pk}:{case.version}"], "rest": "state=all"})
    assert answer.context["done"] == 1
    assert 'href="/cases/?state=all"' in answer.content.decode()
    assert desk.post("/cases/bulk/", {"verb": "accept", "pick": ["x"]}).status_code == 400
    assert Client().post("/cases/bulk/", {"verb": "accept"}).status_code in (302, 403, 404)


def test_a_filter_is_kept_replaced_and_forgotten(town: Town, enter: Enter) -> None:
    desk = enter("community_worker", town.community, town.office)
    sent = desk.post("/cases/filters/", {"name": "路灯", "rest": "category=lighting&after=20260101-3&evil=1"})
    assert sent["Location"] == "/cases/?category=lighting"
    desk.post("/cases/filters/", {"name": "路灯", "rest": "category=lighting&sort=due"})
    row = SavedFilter.objects.get()
    assert row.query == "category=lighting&sort=due"
    assert "路灯" in desk.get("/cases/").content.decode()
    other = enter("community_worker", town.community, town.office)
    assert "forget-" not in other.get("/cases/").content.decode()
    assert other.post(f"/cases/filters/{row.pk}/").status_code == 404
    assert desk.post(f"/cases/filters/{row.pk}/").status_code == 302
    assert not SavedFilter.objects.exists()
    assert Entry.objects.filter(operation__startswith="filter.").count() == 3


def test_filters_are_refused(town: Town) -> None:
    resident = town.resident
    assert code_of(lambda: filter_save(actor=resident, name=" ", query={})) == "filter.name_missing"
    assert code_of(lambda: filter_save(actor=resident, name="长", query={"q": "x" * 600})) == "filter.too_long"
    assert code_of(lambda: filter_save(actor=town.desk, name="灯", query={})) == "case.not_yours"
    for number in range(MOST):
        filter_save(actor=resident, name=f"{number}", query={"q": "灯"})
    assert code_of(lambda: filter_save(actor=resident, name="又", query={})) == "filter.too_many"
    assert code_of(lambda: filter_forget(actor=town.desk, filter_id=0)) == "not_found"
