"""Inspections: nobody inspects itself, findings have a day, the inspectors verify; the register of them is read."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import Settings

from linli.accountability.models import Finding, Inspection
from linli.accountability.operations import inspecting
from linli.accountability.operations.inspecting import Found, Made, Planned, inspections_plan, ring
from linli.accountability.tests.rounds import Stage, staged
from linli.accountability.tests.test_rounds import code_of
from linli.accountability.workflow.assessments import FINDING, INSPECTION
from linli.accounts.testing import Cast
from linli.core import clock
from linli.core.actors import SYSTEM, Actor
from linli.core.clock import Frozen
from linli.core.models import Entry, WorkItem
from linli.records.figures import compute
from linli.records.models import Batch
from linli.records.operations.imports import import_take_back
from linli.records.operations.profiles import content_apply
from linli.records.tests.sampling import AS_OF, table, take_in
from linli.records.tests.test_import_pages import signed_in
from linli.web.queries import owed

HEADERS = ["检查日期", "组织层级", "检查类型", "检查事项", "检查范围", "发现问题数", "检查组"]
FIGURES = [
    {"id": "supervisions", "of": "inspection", "where": {"kind": "supervision"}, "period": "year_to_date"},
    {"id": "crossed", "of": "inspection", "where": {"kind": "cross"}, "period": "year_to_date"},
    {"id": "problems", "of": "inspection", "measure": {"sum": "problems"}, "period": "year_to_date"},
    {"id": "findings", "of": "finding", "period": "cumulative", "by": "found"},
    {"id": "findings.verified", "share": {"of": "findings", "where": {"state": "verified"}}},
]
IMPORTS = {
    "maps": [
        {
            "id": "inspections",
            "signature": {"headers": HEADERS[:4]},
            "required": HEADERS,
            "records": [
                {
                    "type": "inspection",
                    "columns": {
                        "on": "检查日期",
                        "level": "组织层级",
                        "kind": {"from": "检查类型", "values": {"督查": "supervision", "交叉检查": "cross"}},
                        "subject": "检查事项",
                        "scope": "检查范围",
                        "problems": "发现问题数",
                        "team": "检查组",
                    },
                }
            ],
        }
    ]
}


@pytest.fixture
def now() -> Iterator[Frozen]:
    """A working morning."""
    with clock.frozen("2026-06-02T09:00") as held:
        yield held


@pytest.fixture
def stage(now: Frozen, cast: Cast) -> Stage:
    """The cast with those who speak for their offices."""
    return staged(cast)


def plan(stage: Stage, *pairs: tuple[str, str], kind: str = "supervision", actor: Actor | None = None) -> Inspection:
    """The last of the inspections that were planned."""
    bodies = stage.cast.bodies
    named = tuple((bodies[one].pk, bodies[other].pk) for one, other in pairs)
    planned = Planned(kind, "社区工作督查", stage.cast.places["county"].pk, date(2026, 6, 20), named)
    row = inspections_plan(actor=actor or stage.county, planned=planned)
    return row.inspections.order_by("-id")[0]


def recorded(stage: Stage, row: Inspection, *found: str) -> Inspection:
    """The inspection with what was found."""
    made = Made(date(2026, 6, 2), "限期整改", tuple(Found(text, date(2026, 6, 12)) for text in found))
    return inspecting.inspection_record(actor=stage.officer, inspection_id=row.pk, made=made)


def tasks(actor: Actor) -> list[str]:
    """What stands on the list of somebody."""
    return [item.title for group in owed(actor).groups for item in group.items]


@given(st.lists(st.integers(1, 10**6), unique=True, max_size=30))
def test_in_a_ring_everybody_inspects_one_other_and_nobody_itself(units: list[int]) -> None:
    pairs = ring(units)
    assert all(one != other for one, other in pairs)
    if len(units) > 1:
        assert sorted(one for one, _other in pairs) == sorted(other for _one, other in pairs) == sorted(units)
    else:
        assert pairs == ()


@pytest.mark.parametrize(
    ("verbs", "end"),
    [(["rectify", "verify"], "verified"), (["rectify", "return", "rectify", "verify"], "verified")],
)
def test_ways_of_a_finding(verbs: list[str], end: str) -> None:
    state = FINDING.start
    for verb in verbs:
        state = FINDING.step(state, verb)
    assert state == end
    assert code_of(lambda: FINDING.step("open", "verify")) == "finding.state"
    assert code_of(lambda: INSPECTION.step("done", "cancel")) == "inspection.state"


@pytest.mark.django_db
def test_from_plan_to_verified(stage: Stage) -> None:
    row = plan(stage, ("street_office", "community_office"))
    assert tasks(stage.officer) == ["社区工作督查 · 春晓社区居委会"]
    row = recorded(stage, row, "台账不全", "公示栏未更新")
    assert (row.state, row.problems, row.on) == ("done", 2, date(2026, 6, 2))
    assert tasks(stage.officer) == []
    assert tasks(stage.secretary) == ["社区工作督查 · 春晓社区居委会"]
    item = WorkItem.objects.get(kind="finding.rectify", ended=None)
    assert item.due == Finding.objects.order_by("id")[0].due
    first, second = Finding.objects.order_by("id")
    for finding in (first, second):
        inspecting.finding_rectify(actor=stage.secretary, finding_id=finding.pk, text="已补齐")
    assert tasks(stage.secretary) == []
    assert WorkItem.objects.filter(kind="finding.verify", ended=None).count() == 1
    inspecting.finding_verify(actor=stage.officer, finding_id=first.pk)
    back = inspecting.finding_return(actor=stage.officer, finding_id=second.pk, reason="照片看不清")
    assert (back.state, back.returns, back.rectified) == ("open", 1, None)
    assert tasks(stage.secretary) == ["社区工作督查 · 春晓社区居委会"]
    inspecting.finding_rectify(actor=stage.secretary, finding_id=second.pk, text="重新公示")
    inspecting.finding_verify(actor=stage.officer, finding_id=second.pk)
    assert not WorkItem.objects.filter(subject_type="inspection", ended=None).exists()
    assert Entry.objects.filter(operation="finding.verify").count() == 2


@pytest.mark.django_db
def test_planning_is_refused(stage: Stage, cast: Cast) -> None:
    assert code_of(lambda: plan(stage, ("street_office", "street_office"))) == "inspection.itself"
    assert code_of(lambda: plan(stage)) == "inspection.nobody"
    assert code_of(lambda: plan(stage, *[("street_office", "community_office")] * 2)) == "inspection.twice"
    assert code_of(lambda: plan(stage, ("street_office", "far_office"), actor=stage.officer)) == (
        "assessment.not_yours"
    )
    assert code_of(lambda: plan(stage, ("street_office", "far_office"), actor=stage.secretary)) == (
        "assessment.not_yours"
    )
    assert code_of(lambda: plan(stage, ("street_office", "far_office"), kind="watching")) == "inspection.kind"
    late = Planned("cross", "x", cast.places["county"].pk, date(2026, 6, 1), ())
    assert code_of(lambda: inspections_plan(actor=stage.county, planned=late)) == "inspection.past"
    office = cast.bodies["far_office"]
    type(office).objects.filter(pk=office.pk).update(path=cast.bodies["far_street_office"].path + f"{office.pk}/")
    assert code_of(lambda: plan(stage, ("far_office", "far_street_office"), kind="cross")) == "inspection.own_line"
    assert not Inspection.objects.exists()


@pytest.mark.django_db
def test_only_the_inspectors_record_and_verify_and_only_the_inspected_rectify(stage: Stage) -> None:
    row = plan(stage, ("street_office", "community_office"))
    made = Made(date(2026, 6, 2))

    def record(actor: Any, made: Any = made) -> Any:
        return inspecting.inspection_record(actor=actor, inspection_id=row.pk, made=made)

    assert code_of(lambda: record(stage.secretary)) == "inspection.not_yours"
    assert code_of(lambda: record(stage.cast.actors["outsider"])) == "not_found"
    assert code_of(lambda: record(stage.officer, Made(date(2026, 6, 3)))) == "inspection.future"
    early = Made(date(2026, 6, 2), "", (Found("x", date(2026, 6, 1)),))
    assert code_of(lambda: record(stage.officer, early)) == "finding.past"
    recorded(stage, row, "台账不全")
    assert code_of(lambda: record(stage.officer)) == "inspection.state"
    pk = Finding.objects.get().pk
    assert code_of(lambda: inspecting.finding_rectify(actor=stage.officer, finding_id=pk, text="x")) == (
        "finding.not_yours"
    )
    assert code_of(lambda: inspecting.finding_verify(actor=stage.officer, finding_id=pk)) == "finding.state"
    inspecting.finding_rectify(actor=stage.secretary, finding_id=pk, text="已补齐")
    assert code_of(lambda: inspecting.finding_verify(actor=stage.secretary, finding_id=pk)) == "finding.not_verifier"
    assert code_of(lambda: inspecting.finding_verify(actor=stage.county, finding_id=pk)) == "finding.not_verifier"
    assert code_of(lambda: inspecting.finding_verify(actor=stage.cast.actors["outsider"], finding_id=pk)) == (
        "not_found"
    )


@pytest.mark.django_db
def test_a_planned_inspection_is_taken_off_with_a_reason(stage: Stage) -> None:
    row = plan(stage, ("street_office", "community_office"))

    def cancel(actor: Any, reason: Any) -> Any:
        return inspecting.inspection_cancel(actor=actor, inspection_id=row.pk, reason=reason)

    assert code_of(lambda: cancel(stage.officer, "不去了")) == "assessment.not_yours"
    assert code_of(lambda: cancel(stage.county, "")) == "assessment.reason_missing"
    assert cancel(stage.county, "与街道检查重复").state == "cancelled"
    assert not WorkItem.objects.filter(subject_type="inspection", ended=None).exists()


@pytest.mark.django_db
def test_the_register_is_read_once_and_counted(cast: Cast, tmp_path: Path, settings: Settings) -> None:
    settings.DATA = tmp_path
    extra: dict[str, Any] = {"figures": {"figures": FIGURES}, "imports": IMPORTS}
    content_apply(actor=SYSTEM, content=lambda held: {**held, **extra})
    rows = [
        ["2026-03-01", "区级", "督查", "驻村工作", "春晓社区、秋实社区", "4", "第1组"],
        ["2026-03-02", "区级", "交叉检查", "驻村工作", "春晓社区", "0", "第2组"],
        ["2026-03-03", "区级", "督查", "驻村工作", "春晓社区", "-1", "第2组"],
        ["2026-03-04", "区级", "督查", "", "春晓社区", "1", "第2组"],
        ["2025-03-04", "街道", "督查", "驻村工作", "春晓社区", "1", "第2组"],
    ]
    ledger = table(tmp_path / "督查检查台账.csv", HEADERS, rows)
    (report,) = take_in(ledger)
    assert sorted(item.row or 0 for item in report.rejected) == [4, 5]
    (again,) = take_in(ledger)
    assert (report.created, again.created) == (3, 0)
    assert [compute.compute(name, AS_OF).value for name in ("supervisions", "crossed", "problems")] == [1, 1, 4]


@pytest.mark.django_db
def test_a_register_that_is_taken_back_leaves_what_another_brought(cast: Cast, tmp_path: Path) -> None:
    def imports(name: str) -> Any:
        maps = [{**IMPORTS["maps"][0], "id": name}]
        return lambda held: {**held, "imports": {"maps": maps}}

    row = ["2026-03-01", "区级", "督查", "驻村工作", "春晓社区", "4", "第1组"]
    content_apply(actor=SYSTEM, content=imports("first"))
    take_in(table(tmp_path / "督查台账.csv", HEADERS, [row]))
    before = Inspection.objects.values().get()
    # Under another map nothing is known of the row; it means the same inspection all the same.
    content_apply(actor=SYSTEM, content=imports("second"))
    (report,) = take_in(table(tmp_path / "督查汇总.csv", HEADERS, [[*row[:5], "9", row[6]], ["2026-03-02", *row[1:]]]))
    assert (report.rejected, Inspection.objects.count()) == ([], 2)
    assert Inspection.objects.get(pk=before["id"]).problems == 9
    import_take_back(actor=SYSTEM, batch_id=Batch.objects.latest("id").pk)
    assert [{**found, "version": 1} for found in Inspection.objects.values()] == [before]


@pytest.mark.django_db
def test_the_pages_of_an_inspection(
    stage: Stage, cast: Cast, client: Client, django_assert_max_num_queries: Any
) -> None:
    leader = signed_in(cast, client, "leader")
    place = cast.places["county"].pk
    assert leader.get(reverse("inspections:plan", args=[place])).status_code == 200
    units = [cast.bodies[name].pk for name in ("street_office", "far_street_office")]
    form = {"kind": "cross", "title": "网格工作", "due": "2026-06-20", "units": units}
    assert leader.post(reverse("inspections:plan", args=[place]), form).status_code == 302
    pairs = list(Inspection.objects.order_by("id").values_list("inspector_id", "inspected_id"))
    assert pairs == [tuple(units), tuple(reversed(units))]
    assert leader.post(reverse("inspections:plan", args=[place]), {**form, "units": units[:1]}).status_code == 400
    row = Inspection.objects.get(inspector_id=units[0])
    with django_assert_max_num_queries(20):
        assert leader.get(reverse("inspections:list")).status_code == 200
    officer = signed_in(cast, Client(), "street_officer")
    address = reverse("inspections:inspection", args=[row.pk])
    assert officer.get(address).context["page"].may_record
    missing = officer.post(address, {"on": "2026-06-02", "finding-1": "台账不全"})
    assert missing.status_code == 400
    sent = {"on": "2026-06-02", "finding-1": "台账不全", "due-1": "2026-06-12"}
    assert officer.post(address, sent).status_code == 302
    assert officer.post(address, sent).status_code == 409
    finding = Finding.objects.get()
    assert finding.due.date() == date(2026, 6, 12)
    outside = signed_in(cast, Client(), "department_handler")
    assert outside.get(address).status_code == 404
    verb = reverse("inspections:finding_do", args=[finding.pk, "verify"])
    assert officer.post(verb).status_code == 409
    assert officer.post(reverse("inspections:finding_do", args=[finding.pk, "dance"])).status_code == 404
