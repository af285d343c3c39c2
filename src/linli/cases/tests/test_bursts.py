"""Bursts of near-identical reports (R16): what reads alike, who sees it, the sample that chance draws of it."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from linli.cases.models import Case, Reporter
from linli.cases.operations.finishing import case_close_unconfirmed, case_resolve_on_the_spot, case_verify
from linli.cases.operations.sampling import burst_draw
from linli.cases.queries.bursts import bursts_for, bursts_of
from linli.cases.tests.test_pages import signed_in
from linli.cases.tests.town import Town, report
from linli.core import clock
from linli.core.errors import DomainError
from linli.core.models import Entry, WorkItem

LAMP = "3号楼二单元楼道灯坏了三天没人修"
DAY = date(2026, 3, 2)


def case(text: str = LAMP, day: int = 0, **changes: Any) -> Case:
    near = changes.pop("near", 1)
    values = {"source": "grid_patrol", "category": "lighting", **changes}
    row = Case(text=text, received_on=DAY + timedelta(days=day), **values)
    row.near = near  # type: ignore[attr-defined]
    return row


@pytest.mark.parametrize(
    ("rows", "sizes"),
    [
        ([case() for _n in range(3)], []),
        ([case() for _n in range(4)], [4]),
        ([case(f"{n}号楼二单元楼道灯坏了三天没人修") for n in range(1, 6)], [5]),
        ([case(day=day) for day in (0, 1, 2, 2)], [4]),
        ([case(day=day) for day in (0, 1, 2, 3)], []),
        ([case(day=day) for day in (0, 0, 1, 2, 3, 3, 4, 4)], [4, 4]),
        ([case(near=near) for near in (1, 1, 1, 2)], []),
        ([case(source=source) for source in ("grid_patrol", "grid_patrol", "resident", "resident")], []),
        ([case(category=code) for code in ("lighting", "lighting", "parking", "parking")], []),
        ([case("楼道灯坏了"), case(), case(), case()], []),
        ([case("") for _n in range(5)], []),
        ([case(text) for text in ("楼道灯坏了", "电梯停了", "垃圾没人收", "井盖破了")], []),
    ],
)
def test_what_makes_a_burst(rows: list[Case], sizes: list[int]) -> None:
    assert [len(burst.cases) for burst in bursts_of(rows)] == sizes


@pytest.mark.parametrize(("count", "wanted"), [(4, 1), (5, 1), (6, 2), (10, 2), (11, 3)])
def test_one_in_five_is_wanted(count: int, wanted: int) -> None:
    (burst,) = bursts_of([case() for _n in range(count)])
    assert burst.wanted == wanted


@pytest.fixture
def lamps(town: Town) -> list[int]:
    """Six reports that read alike, in one community."""
    return [report(town, text=f"{number}号楼二单元楼道灯坏了三天没人修").case_id for number in range(1, 7)]


def codes(actor: Any, case_id: int) -> str:
    with pytest.raises(DomainError) as refused:
        burst_draw(actor=actor, case_id=case_id)
    return refused.value.code


def test_a_sample_is_drawn_once_and_verified_by_another_person(town: Town, lamps: list[int]) -> None:
    for pk in lamps:
        case_resolve_on_the_spot(actor=town.desk, case_id=pk, result=f"已更换{pk}号灯")
    Case.objects.update(sampled=False)
    chosen = burst_draw(actor=town.desk, case_id=lamps[0])
    assert len(chosen) == 2
    assert set(Case.objects.filter(sampled=True)) == set(chosen)
    for row in chosen:
        assert WorkItem.objects.filter(kind="case.verify", subject_id=row.pk, ended=None).count() == 1
        with pytest.raises(DomainError) as refused:
            case_close_unconfirmed(actor=town.desk, case_id=row.pk)
        assert refused.value.code == "case.needs_verification"
        with pytest.raises(DomainError) as refused:
            case_verify(actor=town.desk, case_id=row.pk)
        assert refused.value.code == "case.not_yours", "who did it verifies nothing"
    assert Entry.objects.filter(operation="case.sample").count() == 2
    assert codes(town.desk, lamps[0]) == "burst.drawn"
    assert not bursts_for(town.desk)[0].may_draw


def test_what_is_drawn_before_it_is_done_stays_drawn(town: Town, lamps: list[int]) -> None:
    chosen = burst_draw(actor=town.desk, case_id=lamps[0])
    for row in chosen:
        case_resolve_on_the_spot(actor=town.desk, case_id=row.pk, result=f"已更换{row.pk}号灯")
    assert all(Case.objects.filter(pk__in=[row.pk for row in chosen]).values_list("sampled", flat=True))


def test_nothing_is_drawn_of_what_is_closed_or_is_no_burst(town: Town, lamps: list[int]) -> None:
    assert codes(town.desk, lamps[1]) == "not_found", "a burst is named by its first matter"
    assert codes(town.outsider, lamps[0]) == "not_found"
    assert codes(town.electrician, lamps[0]) == "not_found"
    Case.objects.update(state="closed")
    assert codes(town.desk, lamps[0]) == "burst.nothing_left"
    Case.objects.filter(pk__in=lamps[:3]).update(state="merged")
    assert codes(town.desk, lamps[3]) == "not_found"


def test_hidden_old_and_imported_matters_are_not_compared(town: Town, lamps: list[int]) -> None:
    assert [len(burst.cases) for burst in bursts_for(town.desk)] == [6]
    assert bursts_for(town.outsider) == bursts_for(town.electrician) == bursts_for(town.resident) == []
    rows = Case.objects.filter(pk__in=lamps[:3])
    for change in ({"confidential": True}, {"kind": "complaint"}, {"imported": True}, {"state": "void"}):
        old = dict.fromkeys(change)
        old = {name: getattr(rows[0], name) for name in change}
        rows.update(**change)
        assert bursts_for(town.desk) == [], change
        rows.update(**old)
    Case.objects.update(received_on=clock.today() - timedelta(days=31))
    assert bursts_for(town.desk) == []


def test_the_page_names_nobody_and_asks_once(town: Town, lamps: list[int]) -> None:
    Reporter.objects.filter(case_id__in=lamps).update(name="张三丰", phone="10012345678")
    client = signed_in("community_worker", town.community, town.office)
    with CaptureQueriesContext(
        connection,
    ) as asked:
        page = client.get("/cases/bursts/")
    assert len([1 for item in asked if "cases_case" in item["sql"]]) == 1
    assert not any("cases_reporter" in item["sql"] for item in asked)
    assert "张三丰" not in page.content.decode()
    assert [len(burst.cases) for burst in page.context["bursts"]] == [6]
    assert client.post("/cases/bursts/draw/", {"case": lamps[0]}).status_code == 302
    assert Case.objects.filter(sampled=True).count() == 2
    assert client.post("/cases/bursts/draw/", {"case": lamps[0]}).status_code == 409
    assert client.post("/cases/bursts/draw/", {"case": "x"}).status_code == 404
    assert signed_in("department_handler", town.county, town.power).get("/cases/bursts/").status_code == 404
