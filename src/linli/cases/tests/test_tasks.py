"""Public-benefit tasks (DSP-06): planned, due when planned, counted when done, filtered, summed, published."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client

from linli.cases.models import Case
from linli.cases.operations.dispatching import case_dispatch, case_take
from linli.cases.operations.finishing import case_close, case_finish, case_reject, case_resolve_on_the_spot, case_verify
from linli.cases.operations.intake import Report, case_register
from linli.cases.operations.publishing import summary_publish, summary_withdraw
from linli.cases.operations.recording import case_record_many
from linli.cases.operations.screening import case_accept, case_correct
from linli.cases.queries.lists import case_list
from linli.cases.tests.test_pages import Enter, enter, queries
from linli.cases.tests.town import Town, report
from linli.core import clock
from linli.core.actors import SYSTEM
from linli.core.errors import DomainError
from linli.records import lists
from linli.records.figures import compute
from linli.records.operations.figures import figure_define
from linli.records.types import record_type

__all__ = ["enter"]
END = date(2026, 6, 30)


def task(town: Town, **fields: Any) -> int:
    """A task written down at the desk."""
    values = {"place_id": town.compound.pk, "kind": "public_task", "source": "deliberation", "planned_end": END}
    told = Report(text="给幸福小区加装扶手，张三家门口先装", **{**values, **fields})
    return case_register(actor=town.desk, report=told).case_id


def finished(town: Town, helped: int | None = 120) -> Case:
    """A task that went the usual way to its end."""
    pk = task(town)
    case_accept(actor=town.desk, case_id=pk)
    case_dispatch(actor=town.desk, case_id=pk, lead_id=town.power.pk)
    case_take(actor=town.electrician, case_id=pk)
    case_finish(actor=town.electrician, case_id=pk, result="扶手装好了", helped=helped)
    case_verify(actor=town.desk, case_id=pk)
    return case_close(actor=town.desk, case_id=pk)


def code_of(call: Any) -> str:
    with pytest.raises(DomainError) as refused:
        call()
    return refused.value.code


def test_a_task_is_due_when_it_is_planned_to_end(town: Town) -> None:
    case = Case.objects.get(pk=task(town))
    assert case.planned_end == END
    assert case.due is not None
    assert clock.day_of(case.due) == END
    later = END + timedelta(days=14)
    moved = case_accept(actor=town.desk, case_id=case.pk, planned_end=later)
    assert (moved.planned_end, clock.day_of(moved.due or clock.now())) == (later, later)
    assert case_correct(actor=town.desk, case_id=case.pk, planned_end=END).planned_end == END


def test_only_a_task_is_planned_and_only_ahead(town: Town) -> None:
    yesterday = clock.today() - timedelta(days=1)
    assert code_of(lambda: task(town, planned_end=yesterday)) == "case.planned_end"
    assert code_of(lambda: task(town, kind="problem")) == "case.planned_end"
    assert not Case.objects.exists()
    problem = report(town).case_id
    assert code_of(lambda: case_accept(actor=town.desk, case_id=problem, planned_end=END)) == "case.planned_end"


def test_the_number_of_people_helped_is_a_count_of_tasks_only(town: Town) -> None:
    case = finished(town)
    assert case.helped == 120
    again = task(town, planned_end=None)
    spot: dict[str, Any] = {"actor": town.desk, "case_id": again, "result": "当场办好"}
    assert code_of(lambda: case_resolve_on_the_spot(**spot, helped=-1)) == "case.helped"
    assert case_resolve_on_the_spot(**spot, helped=0).helped == 0
    problem = report(town).case_id
    spot["case_id"] = problem
    assert code_of(lambda: case_resolve_on_the_spot(**spot, helped=3)) == "case.helped"


def test_what_is_not_done_helped_nobody_yet(town: Town) -> None:
    pk = task(town)
    case_accept(actor=town.desk, case_id=pk)
    case_dispatch(actor=town.desk, case_id=pk, lead_id=town.power.pk)
    case_take(actor=town.electrician, case_id=pk)
    case_finish(actor=town.electrician, case_id=pk, result="扶手装好了", helped=9)
    assert case_reject(actor=town.desk, case_id=pk, reason="没装完").helped is None


def test_the_list_tells_planned_late_and_finished_apart(town: Town) -> None:
    done, ahead = finished(town), task(town)
    report(town)

    def found(plan: str) -> list[int]:
        return [row.pk for row in case_list(town.desk, {"plan": plan}).rows]

    assert (found("ahead"), found("late"), found("finished")) == ([ahead], [], [done.pk])
    with clock.frozen("2026-07-01T09:00"):
        assert found("late") == [ahead]
    assert code_of(lambda: found("sometime")) == "list.bad_filter"


def test_figures_sum_whom_tasks_helped_and_the_export_holds_both(town: Town) -> None:
    finished(town)
    finished(town, 30)
    task(town)
    definition = {"id": "tasks.helped", "label": "惠及人数", "of": "case", "measure": {"sum": "helped"}}
    figure_define(actor=SYSTEM, definition={**definition, "where": {"kind": "public_task"}, "period": "cumulative"})
    assert compute.compute("tasks.helped", clock.today()).value == 150
    kind = record_type("case")
    head, *rows = b"".join(lists.export_csv(kind, kind.rows_for(town.desk))).decode("utf-8-sig").splitlines()
    assert head.count("计划完成") + head.count("惠及人数") == 2
    assert sum("120" in row and "2026-06-30" in row for row in rows) == 1


def test_a_ledger_brings_plan_and_count(town: Town) -> None:
    row = {"number": "S-1", "kind": "public_task", "text": "装扶手", "received": date(2026, 1, 5), "state": "done"}
    (pk,) = case_record_many(actor=SYSTEM, rows=[{**row, "planned_end": END, "helped": 40, "place": town.compound.pk}])
    case = Case.objects.get(pk=pk)
    assert (case.planned_end, case.helped, case.extra) == (END, 40, {})
    case_record_many(actor=SYSTEM, rows=[{"id": pk, "helped": 41}])
    assert Case.objects.get(pk=pk).helped == 41


def test_the_board_shows_what_the_desk_published_and_nothing_else(town: Town, enter: Enter) -> None:
    done, ahead, silent = finished(town), task(town), task(town)
    summary_publish(actor=town.desk, case_id=done.pk, text="楼道扶手加装完成")
    summary_publish(actor=town.desk, case_id=ahead, text="计划修缮健身角")
    page = Client().get("/public/tasks/", {"place": town.community.code})
    words = page.content.decode()
    board = page.context["board"]
    assert ([row.pk for row in board.ahead], [row.pk for row in board.finished], board.helped) == (
        [ahead],
        [done.pk],
        120,
    )
    assert "楼道扶手加装完成" in words
    assert "计划修缮健身角" in words
    assert "张三" not in words, "the report itself is nobody's to read"
    assert Case.objects.get(pk=silent).number not in words
    assert queries(Client(), f"/public/tasks/?place={town.community.code}") <= 8
    elsewhere = Client().get("/public/tasks/", {"place": "529901002"}).context["board"]
    assert (elsewhere.ahead, elsewhere.finished) == ([], [])
    summary_withdraw(actor=town.desk, case_id=done.pk)
    assert not Client().get("/public/tasks/").context["board"].finished
    assert Client().get("/public/tasks/", {"place": "nowhere"}).status_code == 404


def test_planning_and_counting_by_clicking(town: Town, enter: Enter) -> None:
    desk = enter("community_worker", town.community, town.office)
    data = {"text": "装扶手", "place": town.compound.pk, "kind": "public_task", "source": "window", "key": "t"}
    assert desk.post("/cases/desk/", {**data, "planned_end": "2020-01-01"}).status_code == 400
    assert desk.post("/cases/desk/", {**data, "planned_end": "2026-06-30"}).status_code == 302
    case = Case.objects.get()
    assert "planned_end" in desk.get(f"/cases/{case.pk}/do/accept/").context["form"].fields
    spot = f"/cases/{case.pk}/do/resolve_on_the_spot/"
    assert "helped" in desk.get(spot).context["form"].fields
    assert desk.post(spot, {"result": "装好了", "outcome": "resolved", "helped": "35"}).status_code == 302
    case.refresh_from_db()
    assert (case.planned_end, case.helped) == (END, 35)
    assert "2026-06-30" in desk.get(f"/cases/{case.pk}/").content.decode()
    problem = report(town).case_id
    assert "helped" not in desk.get(f"/cases/{problem}/do/resolve_on_the_spot/").context["form"].fields
