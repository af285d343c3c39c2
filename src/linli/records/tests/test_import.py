"""Importing ledgers: what lands, what is refused and why, again, changed, edited since, and taken back."""

import shutil
from pathlib import Path

import pytest

from linli.cases.models import Case
from linli.core import journal
from linli.core.actors import SYSTEM, VISITOR
from linli.core.errors import InvalidInput, NotAllowed, RuleBroken
from linli.core.models import Entry
from linli.deliberation.models import AgendaItem
from linli.organizations.models import Organization, Person, Post
from linli.records.importing.report import FileReport
from linli.records.models import Batch, Origin
from linli.records.operations.imports import files_import, import_take_back
from linli.records.operations.profiles import profile_apply
from linli.records.tests.sampling import AS_OF, HERE, MATTERS, compounds, open_place, table, take_in, workbook
from linli.territory.models import Place

pytestmark = pytest.mark.django_db

GOOD = ["X1", "桃园小区", "东风街道", "春晓社区", 120, "是", "2001.5.6"]


@pytest.fixture(autouse=True)
def place() -> None:
    open_place()


def codes(report: FileReport) -> list[tuple[int | None, str]]:
    return [(remark.row, remark.code) for remark in report.rejected]


def test_good_rows_land_and_again_change_nothing(tmp_path: Path) -> None:
    path = compounds(
        tmp_path, [GOOD, ["X2", "李园小区", "西园街道办事处", "春晓社区居委会", "80户", "否", "2010年1月2日"]]
    )
    (report,) = take_in(path)
    assert (report.rows, report.created, codes(report)) == (2, 2, [])
    first, second = Place.objects.filter(type="compound").order_by("code")
    assert (first.community.code, second.community.code) == ("990901001001", "990901002001")  # type: ignore[union-attr]
    assert (first.households, first.extra, str(first.since)) == (120, {"guarded": True}, "2001-05-06")
    assert first.path.startswith(first.community.path)  # type: ignore[union-attr]
    (again,) = take_in(path)
    assert (again.created, again.updated, again.unchanged) == (0, 0, 2)
    assert Place.objects.filter(type="compound").count() == 2


@pytest.mark.parametrize(
    ("row", "code"),
    [
        (["", "桃园小区", "东风街道", "春晓社区", 1, "是", ""], "row.missing"),
        (["X9", "桃园小区", "东风街道", "冬雪社区", 1, "是", ""], "reference.unknown_place"),
        (["X9", "桃园小区", "东风街道", "春晓社区", "多户", "是", ""], "value.not_a_number"),
        (["X9", "桃园小区", "东风街道", "春晓社区", -3, "是", ""], "value.negative"),
        (["X9", "桃园小区", "东风街道", "春晓社区", 3, "也许", ""], "value.not_a_flag"),
        (["X9", "桃园小区", "东风街道", "春晓社区", 3, "是", "2026-02-30"], "value.impossible_date"),
        (["X9", "桃园小区", "东风街道", "春晓社区", 3, "是", "2026-07-01"], "date.future"),
        (["X1", "别的小区", "东风街道", "秋实社区", 3, "是", ""], "duplicate.key"),
        (GOOD, "duplicate.row"),
    ],
)
def test_a_faulty_row_is_refused_with_its_reason_and_the_others_land(
    tmp_path: Path, row: list[object], code: str
) -> None:
    (report,) = take_in(compounds(tmp_path, [GOOD, row]))
    assert codes(report) == [(4, code)]
    assert report.rejected[0].message
    assert Place.objects.filter(type="compound").count() == 1


def test_names_that_repeat_need_their_street(tmp_path: Path) -> None:
    header = MATTERS
    path = table(
        tmp_path / "诉求.csv", header, [["S1", "2026-01-05", "", "热线", "停车", "堵门", "", "春晓社区", "", "在办"]]
    )
    (report,) = take_in(path)
    assert codes(report) == [(2, "reference.ambiguous_place")]


def test_a_changed_row_updates_its_record(tmp_path: Path) -> None:
    take_in(compounds(tmp_path, [GOOD]))
    (report,) = take_in(compounds(tmp_path, [[*GOOD[:4], 150, *GOOD[5:]]]))
    assert (report.created, report.updated) == (0, 1)
    assert Place.objects.get(type="compound").households == 150


def test_a_record_edited_since_is_never_overwritten(tmp_path: Path) -> None:
    take_in(compounds(tmp_path, [GOOD]))
    compound = Place.objects.get(type="compound")
    journal.write(SYSTEM, "compound.change", ("compound", compound.pk))
    (report,) = take_in(compounds(tmp_path, [[*GOOD[:4], 150, *GOOD[5:]]]))
    assert [remark.code for remark in report.warnings] == ["row.edited_since"]
    assert Place.objects.get(type="compound").households == 120


def test_grids_refer_to_grids_further_down_and_keep_their_leads(tmp_path: Path) -> None:
    rows = [
        ["网格编码", "网格名称", "级别", "上级编码", "街道", "社区", "网格长", "电话"],
        ["G11", "一街一格", "2", "G1", "东风街道", "春晓社区", "张 三", "100 1234 5678"],
        ["G1", "东风一级网格", "1", "", "东风街道", "", "李四", "1001234567"],
        ["G12", "失亲网格", "2", "G9", "东风街道", "春晓社区", "", ""],
    ]
    (report,) = take_in(workbook(tmp_path / "grids.xlsx", rows))
    assert codes(report) == [(4, "reference.unknown_place")]
    child = Place.objects.get(code="G11")
    assert child.upper is not None
    assert (child.upper.code, child.grid_path) == ("G1", f"/{child.upper_id}/{child.pk}/")
    assert [(remark.row, remark.code) for remark in report.warnings] == [(3, "phone.short")]
    lead = Post.objects.get(place=child)
    assert (lead.lead, lead.person and lead.person.name, lead.person and lead.person.phone) == (
        True,
        "张三",
        "10012345678",
    )


def test_matters_in_gb18030_with_rare_characters_and_a_new_department(tmp_path: Path) -> None:
    rows = [
        ["S1", "2026/1/5", "2026/1/9", "热线", "停车", "𠮷㐂楼下堵门😀", "东风街道", "春晓社区", "城管局", "办结"],
        ["S2", "20260106", "", "巡查", "路灯", "灯不亮", "东风街道", "秋实社区", "清河县城管局", "在办"],
        ["S3", "2026-01-07", "2026-01-01", "热线", "路灯", "灯坏", "东风街道", "秋实社区", "城管局", "办结"],
    ]
    (report,) = take_in(table(tmp_path / "诉求台账.csv", MATTERS, rows, "gb18030"))
    assert codes(report) == [(4, "date.order")]
    first, second = Case.objects.order_by("register_number")
    assert (first.source, first.state, first.outcome, first.text) == ("hotline", "done", "resolved", "𠮷㐂楼下堵门😀")
    assert (second.source, second.state, str(second.received_on)) == ("grid_patrol", "taken", "2026-01-06")
    assert first.lead_id == second.lead_id == Organization.objects.get(name="城管局").pk
    assert not first.verified
    assert not first.due


def test_one_journal_entry_for_a_batch_and_none_of_its_rows(tmp_path: Path) -> None:
    take_in(compounds(tmp_path, [GOOD, ["X2", *GOOD[1:]]]))
    assert Entry.objects.filter(operation="compound.record_many").count() == 1
    assert not Entry.objects.filter(subject_type="compound").exists()


def test_a_whole_import_is_taken_back(tmp_path: Path) -> None:
    take_in(compounds(tmp_path, [GOOD]))
    take_in(compounds(tmp_path, [[*GOOD[:4], 150, *GOOD[5:]], ["X2", *GOOD[1:]]]))
    batch = Batch.objects.order_by("-id")[0]
    import_take_back(actor=SYSTEM, batch_id=batch.pk)
    compound = Place.objects.get(type="compound")
    assert compound.households == 120
    assert Origin.objects.get(record_type="compound").record_id == compound.pk
    with pytest.raises(RuleBroken) as refused:
        import_take_back(actor=SYSTEM, batch_id=batch.pk)
    assert refused.value.code == "import.not_done"


def test_what_an_import_changed_is_as_before_when_it_is_taken_back(tmp_path: Path) -> None:
    asked = ["S1", "2026-01-05", "", "热线", "", "灯不亮", "东风街道", "春晓社区", "", "在办"]
    settled = ["S1", "2026-01-06", "2026-01-09", "巡查", "路灯", "灯修好了", "东风街道", "秋实社区", "城管局", "办结"]
    take_in(table(tmp_path / "诉求台账.csv", MATTERS, [asked]))
    before = Case.objects.values().get()
    (report,) = take_in(table(tmp_path / "诉求台账.csv", MATTERS, [settled]))
    assert (report.updated, Case.objects.get().register_number) == (1, "S1")
    import_take_back(actor=SYSTEM, batch_id=Batch.objects.latest("pk").pk)
    assert Case.objects.values().get() == before
    # The record is still known as the ledger's: the next import changes it and makes no second one.
    (again,) = take_in(table(tmp_path / "诉求台账.csv", MATTERS, [settled]))
    assert (again.created, again.updated) == (0, 1)


def test_an_import_on_which_others_depend_stays(tmp_path: Path) -> None:
    take_in(compounds(tmp_path, [GOOD]))
    batch = Batch.objects.order_by("-id")[0]
    compound = Place.objects.get(type="compound")
    Person.objects.create(name="王五", created="2026-01-01T00:00:00Z")
    Organization.objects.create(type="volunteer_team", name="队", place=compound, path="/1/")
    with pytest.raises(RuleBroken) as refused:
        import_take_back(actor=SYSTEM, batch_id=batch.pk)
    assert refused.value.code == "import.depended_on"


def test_what_is_not_kept_yet_is_said_and_nothing_taken(tmp_path: Path) -> None:
    later = table(tmp_path / "名册.csv", ["志愿者编号", "姓名", "注册日期"], [["V1", "张三", "2026-01-01"]])
    other = table(tmp_path / "别的.csv", ["甲", "乙", "丙"], [["1", "2", "3"]])
    reports = take_in(later, other)
    assert [remark.code for report in reports for remark in report.warnings] == ["file.not_yet_known", "file.no_map"]
    assert not Origin.objects.exists()


def test_a_preview_writes_nothing(tmp_path: Path) -> None:
    before = Entry.objects.count()
    (report,) = take_in(compounds(tmp_path, [GOOD]), dry=True)
    assert report.created == 1
    assert not Place.objects.filter(type="compound").exists()
    assert Entry.objects.count() == before


def test_a_forbidden_ledger_and_a_wrong_file_do_not_stop_the_others(tmp_path: Path) -> None:
    bad = tmp_path / "bad.xlsx"
    bad.write_bytes(b"%PDF-1.7 not a workbook")
    watched = table(tmp_path / "重点人员台账.csv", ["姓名", "电话"], [["张三", "1"], ["李四", "2"]])
    reports = take_in(bad, watched, compounds(tmp_path, [GOOD]))
    assert [(r.unreadable, r.rejected[0].code if r.rejected else "") for r in reports] == [
        (True, "file.not_a_workbook"),
        (True, "file.forbidden_ledger"),
        (False, ""),
    ]


def test_only_who_may_import_imports(tmp_path: Path) -> None:
    with pytest.raises(NotAllowed) as refused:
        files_import(actor=VISITOR, paths=[compounds(tmp_path, [GOOD])], as_of=AS_OF)
    assert refused.value.code == "import.not_allowed"
    folder = tmp_path / "empty"
    folder.mkdir()
    with pytest.raises(InvalidInput) as nothing:
        take_in(folder)
    assert nothing.value.code == "import.no_files"


FORUMS = """\
  - id: forums
    label: 院坝会台账
    signature: {headers: [院坝会日期, 议题, 结果]}
    records:
      - type: meeting
        when: {已开: 是}
        constants: {kind: courtyard_meeting}
        columns: {on: 院坝会日期, title: 议题}
      - type: agenda_item
        columns: {meeting: {record: meeting}, text: 议题, result: {from: 结果, values: {解决: settled, "": ""}}}
"""


def test_what_hangs_on_a_record_that_a_row_does_not_make_is_refused_by_its_rule(tmp_path: Path) -> None:
    folder = tmp_path / "profile"
    shutil.copytree(HERE / "profile", folder)
    with (folder / "imports.yaml").open("a", encoding="utf-8") as maps:
        maps.write(FORUMS)
    profile_apply(actor=SYSTEM, folder=folder)
    rows = [
        ["2026-03-02", "停车", "解决", "是"],
        ["2026-03-03", "遛狗", "解决", "否"],
        ["2026-03-04", "路灯", "", "否"],
    ]
    path = table(tmp_path / "院坝会.csv", ["院坝会日期", "议题", "结果", "已开"], rows)
    (report,) = take_in(path)
    assert codes(report) == [(3, "agenda_item.meeting")]
    held = AgendaItem.objects.order_by("text").values_list("text", "result", "meeting__title")
    assert list(held) == [("停车", "settled", "停车"), ("路灯", "", None)]
