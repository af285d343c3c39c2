"""Orders of a platform by file: live matters with the platform's number and the earlier deadline, once each."""

from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from linli.cases.models import Case, Reporter
from linli.cases.operations.intake import Report, case_register
from linli.cases.operations.screening import case_accept
from linli.cases.tests.test_pages import signed_in
from linli.cases.tests.town import Town, build
from linli.core import clock
from linli.core.actors import Actor
from linli.core.clock import Frozen
from linli.core.errors import DomainError
from linli.core.models import Entry, WorkItem
from linli.records.importing.report import FileReport
from linli.records.models import Batch, Upload
from linli.records.operations.imports import files_import, import_take_back

TODAY = date(2026, 3, 10)
HEADERS = "工单编号,诉求内容,小区,办理时限,来电人,联系电话"
MAP = {
    "id": "hotline_orders",
    "label": "12345工单",
    "signature": {"headers": ["工单编号", "诉求内容"]},
    "required": ["工单编号", "诉求内容"],
    "key": ["工单编号"],
    "records": [
        {
            "type": "work_order",
            "constants": {"source": "hotline"},
            "columns": {
                "number": "工单编号",
                "text": "诉求内容",
                "place.compound": "小区",
                "given_due": "办理时限",
                "reporter_name": "来电人",
                "phone": "联系电话",
            },
        }
    ],
}
ROWS = (
    "A-001,楼道路灯不亮,幸福小区,2026-03-11 10:00,王女士,10012345678",
    "A-002,咨询医保政策,幸福小区,2026-06-30,,",
)


@pytest.fixture
def place(db: None, morning: Frozen) -> Town:
    """The town with an import map for the hotline's files."""
    return build({"imports": {"maps": [MAP]}})


def file_of(folder: Path, *rows: str, name: str = "orders.csv") -> Path:
    path = folder / name
    path.write_text("\n".join([HEADERS, *rows]), "utf-8")
    return path


def take(who: Actor, path: Path, **options: Any) -> FileReport:
    (report,) = files_import(actor=who, paths=[path], as_of=TODAY, **options)
    return report


def test_each_row_is_a_live_matter_with_the_earlier_deadline(place: Town, tmp_path: Path) -> None:
    report = take(place.desk, file_of(tmp_path, *ROWS))
    assert (report.created, report.rejected) == (2, [])
    light, policy = Case.objects.order_by("register_number")
    assert (light.register_number, light.source, light.door, light.imported) == ("A-001", "hotline", "import", False)
    assert (light.state, light.category, light.desk_id) == ("received", "lighting", place.office.pk)
    assert light.due == light.given_due == datetime(2026, 3, 11, 10, tzinfo=clock.SHANGHAI)
    assert policy.given_due == datetime(2026, 6, 30, 17, 30, tzinfo=clock.SHANGHAI), "a day ends when offices close"
    assert policy.due is not None
    assert policy.due < policy.given_due, "ours is earlier"
    assert Reporter.objects.get(case=light).phone == "10012345678"
    assert Entry.objects.filter(operation="case.receive").count() == 2
    owed = WorkItem.objects.filter(subject_type="case", ended=None)
    assert {(item.kind, item.organization_id) for item in owed} == {("case.accept", place.office.pk)}


def test_a_second_import_changes_nothing_and_says_so(place: Town, tmp_path: Path) -> None:
    take(place.desk, file_of(tmp_path, *ROWS))
    same = take(place.desk, file_of(tmp_path, *ROWS))
    assert (same.created, same.unchanged, same.rejected) == (0, 2, [])
    other = take(place.desk, file_of(tmp_path, ROWS[0].replace("不亮", "又不亮"), "A-003,井盖没了,幸福小区,,,"))
    assert (other.created, [item.code for item in other.rejected], other.duplicates) == (1, ["duplicate.order"], 1)
    assert Case.objects.get(register_number="A-001").text == "楼道路灯不亮"
    assert Case.objects.count() == 3


def test_a_number_that_came_by_paste_is_not_taken_again(place: Town, tmp_path: Path) -> None:
    told = Report(text="楼道路灯不亮", place_id=place.compound.pk, source="hotline", register_number="A-001")
    case_register(actor=place.desk, report=told, door="paste")
    report = take(place.desk, file_of(tmp_path, *ROWS), dry=True)
    assert [(item.row, item.code) for item in report.rejected] == [(2, "duplicate.order")]
    assert take(place.desk, file_of(tmp_path, *ROWS)).created == 1
    assert Case.objects.count() == 2


def test_faulty_rows_come_back_with_a_reason_and_leave_the_others(place: Town, tmp_path: Path) -> None:
    rows = (ROWS[0], "A-004,,幸福小区,,,", "A-005,灯坏,没有的小区,,,", f"A-006,{'长' * 2001},幸福小区,,,", ROWS[0])
    report = take(place.desk, file_of(tmp_path, *rows))
    codes = {item.row: item.code for item in report.rejected}
    assert codes == {
        3: "row.missing",
        4: "reference.unknown_place",
        5: "order.too_long",
        6: "duplicate.row",
    }
    assert report.created == Case.objects.count() == 1


def test_sixty_orders_go_through_batches_of_fifty(place: Town, tmp_path: Path) -> None:
    rows = [f"B-{number:03d},灯坏了{number},幸福小区,,," for number in range(60)]
    assert take(place.desk, file_of(tmp_path, *rows)).created == 60
    assert Case.objects.filter(state="received", imported=False).count() == 60


def test_only_who_may_import_and_register_does(place: Town, tmp_path: Path) -> None:
    for who in (place.electrician, place.resident):
        with pytest.raises(DomainError) as refused:
            take(who, file_of(tmp_path, *ROWS))
        assert refused.value.code == "import.not_allowed"
    assert not Case.objects.exists()


def test_a_file_taken_back_voids_what_nobody_touched(place: Town, tmp_path: Path) -> None:
    path = file_of(tmp_path, *ROWS)
    take(place.desk, path)
    import_take_back(actor=place.desk, batch_id=Batch.objects.get().pk)
    assert set(Case.objects.values_list("state", flat=True)) == {"void"}
    assert not WorkItem.objects.filter(subject_type="case", ended=None).exists()
    assert take(place.desk, path).created == 2, "and it may come again"
    case_accept(actor=place.desk, case_id=Case.objects.filter(state="received").first().pk)  # type: ignore[union-attr]
    with pytest.raises(DomainError) as refused:
        import_take_back(actor=place.desk, batch_id=Batch.objects.latest("id").pk)
    assert refused.value.code == "import.depended_on"


def test_from_the_desk_to_the_preview(place: Town, tmp_path: Path) -> None:
    desk = signed_in("community_worker", place.community, place.office)
    assert desk.get("/cases/desk/").context["may_import"] is True
    assert signed_in("grid_worker", place.grid).get("/cases/desk/").context["may_import"] is False
    sheet = SimpleUploadedFile("orders.csv", "\n".join([HEADERS, *ROWS]).encode())
    sent = desk.post("/imports/upload/", {"files": sheet}, follow=True)
    (table,) = sent.context["previews"][0].tables
    assert (table.map.id, table.rows) == ("hotline_orders", 2)
    assert Upload.objects.count() == 1
    assert not Case.objects.exists(), "looking takes nothing in"
