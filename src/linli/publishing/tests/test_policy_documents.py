"""Policy documents: one for each number, corrected, renewed, replaced, repealed, and owed before they end."""

from dataclasses import replace
from datetime import date, timedelta
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZipFile

import pytest
from docx import Document
from openpyxl import Workbook
from pytest_django import Settings

from linli.accounts.testing import Cast
from linli.core import clock
from linli.core.actors import SYSTEM, Actor
from linli.core.calendar_table import calendar_seed
from linli.core.errors import DomainError
from linli.core.models import Entry, WorkItem
from linli.publishing import numbers
from linli.publishing.models import PolicyDocument
from linli.publishing.operations import policy_document_ends as ends
from linli.publishing.operations import policy_document_files as attaching
from linli.publishing.operations.policy_document_lists import policy_document_record_many
from linli.publishing.operations.policy_documents import (
    Sketch,
    policy_document_correct,
    policy_document_publish,
    policy_document_renew,
)
from linli.publishing.policies.policy_documents import documents_visible_to
from linli.publishing.queries.policy_documents import Wanted, document_page, listed
from linli.publishing.workflow.policy_documents import RENEW_OWED, kind_of
from linli.records.figures import compute
from linli.records.models import Batch
from linli.records.operations.imports import import_take_back
from linli.records.operations.profiles import content_apply
from linli.records.tests.sampling import AS_OF, table, take_in

pytestmark = pytest.mark.django_db
ISSUED = date(2026, 1, 8)


@pytest.fixture(autouse=True)
def place(cast: Cast, settings: Settings, tmp_path: Path) -> None:
    settings.SECOND_FACTOR_REQUIRED, settings.DATA = False, tmp_path
    calendar_seed(actor=SYSTEM)


def sketch(cast: Cast, **changes: Any) -> Sketch:
    whole = Sketch(
        title="老旧小区楼道整治办法",
        place_id=cast.places["street"].pk,
        issued=ISSUED,
        kind="rule",
        number="春街办〔2026〕12号",
        organization_id=cast.bodies["street_office"].pk,
        summary="规定楼道堆物的清理期限。",
    )
    return replace(whole, **changes)


def clerk(cast: Cast) -> Actor:
    return cast.actors["street_officer"]


def recorded(cast: Cast, **changes: Any) -> PolicyDocument:
    return policy_document_publish(actor=clerk(cast), sketch=sketch(cast, **changes))


@pytest.mark.parametrize(
    ("written", "kept", "parts"),
    [
        ("某办〔2026〕12号", "某办〔2026〕12号", ("某办", 2026, 12)),
        ("某办[2026]12号", "某办〔2026〕12号", ("某办", 2026, 12)),
        ("某 办（２０２６）第 012 号", "某办〔2026〕12号", ("某办", 2026, 12)),
        ("某府办发【2025】3号", "某府办发〔2025〕3号", ("某府办发", 2025, 3)),
        ("令第5号", "令第5号", ("", None, None)),
        ("", "", ("", None, None)),
    ],
)
def test_a_number_has_one_spelling_and_its_parts(written: str, kept: str, parts: tuple[Any, ...]) -> None:
    number = numbers.read(written)
    assert (number.text, (number.prefix, number.year, number.serial)) == (kept, parts)


@pytest.mark.parametrize("written", ["某办〔26〕12号", "某办〔2026〕号", "某办〔2026〕0号", "〔2026〕12号", "字" * 61])
def test_what_is_no_number_is_refused(written: str) -> None:
    with pytest.raises(DomainError, match=r"policy_document\.number"):
        numbers.read(written)


def test_a_title_tells_its_kind() -> None:
    titles = ("关于印发整治办法的通知", "年度计划", "两清单", "居民公约", "若干意见")
    assert [kind_of(title) for title in titles] == ["notice", "plan", "checklist", "convention", "policy"]


def test_a_document_is_recorded_and_put_right_with_its_history(cast: Cast) -> None:
    row = recorded(cast, valid_until=date(2028, 1, 7))
    assert (row.state, row.since, row.until, row.issuer) == ("in_force", ISSUED, date(2028, 1, 8), "东风街道办事处")
    changed = sketch(cast, title="楼道整治办法", since=date(2026, 2, 1), valid_until=date(2028, 1, 7))
    row = policy_document_correct(actor=clerk(cast), document_id=row.pk, version=1, sketch=changed)
    assert (row.title, row.version, row.since) == ("楼道整治办法", 2, date(2026, 2, 1))
    entry = Entry.objects.filter(operation="policy_document.correct", subject_id=row.pk).get()
    assert entry.facts["changed"] == {
        "title": ["老旧小区楼道整治办法", "楼道整治办法"],
        "since": ["2026-01-08", "2026-02-01"],
    }
    assert [moment.changed for moment in document_page(clerk(cast), row.pk).history][1] == ()


@pytest.mark.parametrize(
    ("role", "changes", "code"),
    [
        ("street_officer", {"number": ""}, "policy_document.number_missing"),
        ("street_officer", {"number": "某办〔26〕1号"}, "policy_document.number"),
        ("street_officer", {"title": " "}, "policy_document.title"),
        ("street_officer", {"kind": "law"}, "policy_document.kind"),
        ("street_officer", {"organization_id": None}, "policy_document.issuer"),
        ("street_officer", {"organization_id": 987654321}, "policy_document.issuer"),
        ("street_officer", {"issued": date(2999, 1, 1)}, "policy_document.future"),
        ("street_officer", {"valid_until": date(2025, 1, 1)}, "policy_document.dates"),
        ("street_officer", {"place_id": 987654321}, "not_found"),
        ("street_officer", {"summary": "长" * 4001}, "policy_document.summary"),
        ("community_worker", {}, "policy_document.not_yours"),
        ("grid_worker", {}, "policy_document.not_yours"),
        ("resident", {}, "policy_document.not_yours"),
        ("outsider", {}, "policy_document.not_yours"),
        ("department_handler", {}, "policy_document.not_yours"),
    ],
)
def test_what_makes_no_sense_or_is_not_ones_own_is_refused(
    cast: Cast, role: str, changes: dict[str, Any], code: str
) -> None:
    with pytest.raises(DomainError) as refused:
        policy_document_publish(actor=cast.actors[role], sketch=sketch(cast, **changes))
    assert (refused.value.code, PolicyDocument.objects.count()) == (code, 0)


def test_a_body_records_its_own_and_only_within_its_area(cast: Cast) -> None:
    body = cast.bodies["department"]
    own = sketch(cast, organization_id=body.pk, number="春城管〔2026〕1号", place_id=body.place_id)
    assert policy_document_publish(actor=cast.department_handler, sketch=own).issuer == body.name
    away = sketch(cast, number="春街办〔2026〕13号", place_id=cast.places["county"].pk)
    with pytest.raises(DomainError, match=r"policy_document\.place"):
        policy_document_publish(actor=SYSTEM, sketch=away)


def test_a_number_is_of_one_document_of_its_body(cast: Cast) -> None:
    recorded(cast)
    with pytest.raises(DomainError, match=r"policy_document\.twice"):
        recorded(cast, number="春街办[2026]012号", title="另一份")
    county = {"organization_id": None, "issuer": "某省民政厅"}
    other = recorded(cast, **county)
    with pytest.raises(DomainError, match=r"policy_document\.twice"):
        recorded(cast, **county)
    with pytest.raises(DomainError, match=r"policy_document\.twice"):
        policy_document_correct(actor=clerk(cast), document_id=other.pk, version=1, sketch=sketch(cast))
    assert PolicyDocument.objects.count() == 2
    for title in ("甲公约", "乙公约"):
        recorded(cast, number="", kind="convention", title=title)


def test_a_successor_takes_its_place_from_its_own_first_day(cast: Cast) -> None:
    old = recorded(cast)
    first = clock.today() + timedelta(days=20)
    new = ends.policy_document_succeed(
        actor=clerk(cast), document_id=old.pk, version=1, sketch=sketch(cast, number="春街办〔2026〕30号", since=first)
    )
    old.refresh_from_db()
    assert (old.state, old.replaced_by_id, old.until) == ("replaced", new.pk, first)
    assert old.holds_on(clock.today())
    assert [row.pk for row in listed(clerk(cast), Wanted(on=clock.today()))] == [old.pk]
    assert [row.pk for row in listed(clerk(cast), Wanted(on=first))] == [new.pk]
    pages = (document_page(clerk(cast), old.pk), document_page(clerk(cast), new.pk))
    assert [[row.pk for row in (*page.before, *page.after)] for page in pages] == [[new.pk], [old.pk]]
    # The first day of the new one is put right: the old one follows.
    later = first + timedelta(days=5)
    moved = sketch(cast, number="春街办〔2026〕30号", since=later)
    policy_document_correct(actor=clerk(cast), document_id=new.pk, version=1, sketch=moved)
    old.refresh_from_db()
    assert old.until == later


def test_replacing_refuses_circles_what_is_over_and_what_one_may_not_touch(cast: Cast) -> None:
    old, new = recorded(cast), recorded(cast, number="春街办〔2026〕30号")
    hidden = policy_document_publish(
        actor=SYSTEM,
        sketch=sketch(cast, organization_id=None, issuer="别处", place_id=cast.places["far_community"].pk),
    )

    def replaced(one: PolicyDocument, by: int, actor: Actor | None = None) -> PolicyDocument:
        one.refresh_from_db()
        return ends.policy_document_replace(
            actor=actor or clerk(cast), document_id=one.pk, version=one.version, successor_id=by
        )

    with pytest.raises(DomainError, match=r"policy_document\.circle"):
        replaced(old, old.pk)
    with pytest.raises(DomainError, match="not_found"):
        replaced(old, hidden.pk)
    with pytest.raises(DomainError, match="not_found"):
        replaced(hidden, new.pk)
    with pytest.raises(DomainError, match=r"policy_document\.not_yours"):
        replaced(old, new.pk, cast.actors["community_worker"])
    replaced(old, new.pk)
    with pytest.raises(DomainError, match=r"policy_document\.circle"):
        replaced(new, old.pk)
    with pytest.raises(DomainError, match=r"policy_document\.state"):
        replaced(old, new.pk)
    third = recorded(cast, number="春街办〔2026〕31号")
    with pytest.raises(DomainError, match=r"policy_document\.successor_over"):
        replaced(third, old.pk)


def test_repealing_has_a_reason_and_can_be_taken_back(cast: Cast) -> None:
    row = recorded(cast)
    asked: dict[str, Any] = {"actor": clerk(cast), "document_id": row.pk}
    with pytest.raises(DomainError, match=r"policy_document\.reason"):
        ends.policy_document_repeal(**asked, version=1, reason=" ")
    with pytest.raises(DomainError, match=r"policy_document\.dates"):
        ends.policy_document_repeal(**asked, version=1, reason="上位法已改", on=date(2025, 1, 1))
    with pytest.raises(DomainError, match=r"policy_document\.stale"):
        ends.policy_document_repeal(**asked, version=2, reason="上位法已改")
    row = ends.policy_document_repeal(**asked, version=1, reason="上位法已改")
    assert (row.state, row.until, row.holds_on(clock.today())) == ("repealed", clock.today(), False)
    with pytest.raises(DomainError, match=r"policy_document\.state"):
        ends.policy_document_repeal(**asked, version=2, reason="再废止")
    row = ends.policy_document_reinstate(**asked, version=2, reason="点错了")
    assert (row.state, row.until, row.reason) == ("in_force", None, "")


def test_what_runs_out_is_owed_once_and_ends_by_renewing(cast: Cast) -> None:
    last = clock.today() + timedelta(days=59)
    row = recorded(cast, valid_until=last)
    recorded(cast, number="春街办〔2026〕13号", valid_until=last + timedelta(days=2))
    assert (ends.policy_documents_check(), ends.policy_documents_check()) == (1, 0)
    item = WorkItem.objects.get(kind=RENEW_OWED)
    assert (item.subject_id, item.organization_id, item.ended) == (row.pk, row.organization_id, None)
    assert item.yellow_at is not None
    assert item.yellow_at <= clock.now()
    asked: dict[str, Any] = {"actor": clerk(cast), "document_id": row.pk, "version": 1}
    with pytest.raises(DomainError, match=r"policy_document\.dates"):
        policy_document_renew(**asked, valid_until=last)
    row = policy_document_renew(**asked, valid_until=last + timedelta(days=365))
    assert (row.state, row.until) == ("in_force", last + timedelta(days=366))
    assert not WorkItem.objects.filter(kind=RENEW_OWED, ended=None).exists()
    assert ends.policy_documents_check() == 0


def test_what_ran_out_stays_owed_until_somebody_decides(cast: Cast) -> None:
    row = recorded(cast, organization_id=None, issuer="某市民政局", valid_until=clock.today())
    ends.policy_documents_check()
    item = WorkItem.objects.get(kind=RENEW_OWED)
    assert (item.post_id, item.organization_id) == (cast.posts["street_officer"].pk, None)
    PolicyDocument.objects.filter(pk=row.pk).update(valid_until=clock.today() - timedelta(days=1), until=clock.today())
    assert (ends.policy_documents_check(), ends.policy_documents_check()) == (1, 0)
    row.refresh_from_db()
    assert row.state == "expired"
    assert WorkItem.objects.filter(pk=item.pk, ended=None).exists()
    ends.policy_document_repeal(actor=clerk(cast), document_id=row.pk, version=row.version, reason="不再需要")
    assert not WorkItem.objects.filter(pk=item.pk, ended=None).exists()


def test_who_reads_what(cast: Cast) -> None:
    kept = recorded(cast)
    away = policy_document_publish(
        actor=SYSTEM,
        sketch=sketch(cast, organization_id=None, issuer="别处甲", place_id=cast.places["far_community"].pk),
    )
    public = policy_document_publish(
        actor=SYSTEM,
        sketch=sketch(
            cast, organization_id=None, issuer="别处乙", place_id=cast.places["far_community"].pk, public=True
        ),
    )
    seen = {
        role: set(PolicyDocument.objects.filter(documents_visible_to(cast.actors[role])).values_list("pk", flat=True))
        for role in ("street_officer", "community_worker", "leader", "outsider", "resident", "grid_worker")
    }
    near = {kept.pk, public.pk}
    assert seen == {
        "street_officer": near,
        "community_worker": near,
        "leader": {kept.pk, away.pk, public.pk},
        "outsider": {away.pk, public.pk},
        "resident": set(),
        "grid_worker": set(),
    }


def test_it_is_found_by_number_title_summary_and_what_its_word_file_says(cast: Cast) -> None:
    row = recorded(cast)
    paper, stream = Document(), BytesIO()
    paper.add_paragraph("电动自行车不得进楼入户。")
    paper.save(stream)
    stream.seek(0)
    file = attaching.policy_file_attach(actor=clerk(cast), document_id=row.pk, stream=stream, name="办法.docx")
    for words in ("〔2026〕12号", "春街办[2026]12号", "楼道整治", "堆物", "不得进楼"):
        assert [item.pk for item in listed(clerk(cast), Wanted(words=words))] == [row.pk], words
    assert not listed(clerk(cast), Wanted(words="消防通道"))
    with pytest.raises(DomainError, match=r"policy_document\.not_yours"):
        attaching.policy_file_detach(actor=cast.actors["community_worker"], file_id=file.pk)
    attaching.policy_file_detach(actor=clerk(cast), file_id=file.pk)
    assert not listed(clerk(cast), Wanted(words="不得进楼"))
    with pytest.raises(DomainError, match="not_found"):
        attaching.policy_file_detach(actor=clerk(cast), file_id=file.pk)
    with pytest.raises(DomainError, match=r"file\.type"):
        attaching.policy_file_attach(
            actor=clerk(cast), document_id=row.pk, stream=BytesIO(b"MZ\x00 program"), name="a.docx"
        )


def test_what_an_excel_file_says_is_found_and_a_broken_one_is_kept_all_the_same(cast: Cast) -> None:
    row = recorded(cast)
    book, stream = Workbook(), BytesIO()
    book.active.title = "任务分解表"
    book.active.append(["序号", "任务"])
    book.active.append([1, "加装楼道照明"])
    book.save(stream)
    whole = stream.getvalue()
    attaching.policy_file_attach(actor=clerk(cast), document_id=row.pk, stream=BytesIO(whole), name="清单.xlsx")
    for words in ("楼道照明", "任务分解"):
        assert [item.pk for item in listed(clerk(cast), Wanted(words=words))] == [row.pk], words
    broken = BytesIO()
    with ZipFile(BytesIO(whole)) as old, ZipFile(broken, "w") as new:
        for name in old.namelist():
            new.writestr(name, b"<broken" if "sheet1" in name else old.read(name))
    broken.seek(0)
    kept = attaching.policy_file_attach(actor=clerk(cast), document_id=row.pk, stream=broken, name="坏.xlsx")
    assert kept.text == ""


HEADERS = ["文号", "标题", "发文机关", "发文日期", "施行日期", "有效期", "废止日期"]
IMPORTS = {
    "maps": [
        {
            "id": "documents",
            "signature": {"headers": ["文号", "发文机关"]},
            "required": ["标题", "发文机关", "发文日期"],
            "key": ["文号", "标题"],
            "records": [
                {
                    "type": "policy_document",
                    "columns": {
                        "number": "文号",
                        "title": "标题",
                        "issuer": "发文机关",
                        "issued": "发文日期",
                        "since": "施行日期",
                        "validity": "有效期",
                        "repealed_on": "废止日期",
                    },
                }
            ],
        }
    ]
}
FIGURES = [{"id": "documents.held", "of": "policy_document", "measure": "count", "period": "as_of"}]


def test_a_list_is_taken_in_once_and_counts_by_the_day(cast: Cast, tmp_path: Path) -> None:
    content_apply(actor=SYSTEM, content=lambda held: {**held, "figures": {"figures": FIGURES}, "imports": IMPORTS})
    office = cast.bodies["street_office"].name
    rows: list[list[Any]] = [
        ["春街办[2024]3号", "关于开展垃圾分类的通知", office, "2024-03-01", "", "2025-02-28", ""],
        ["某民发〔2025〕9号", "社区工作者管理办法", "某市民政局", "2025-05-01", "2025-06-01", "五年", ""],
        ["", "居民公约", office, "2025-01-01", "", "长期", "2025-07-01"],
        ["", "若干意见", office, "2025-01-01", "", "", ""],
        ["春街办〔25〕3号", "写错的", office, "2025-01-01", "", "", ""],
        ["春街办〔2025〕4号", "期限写错的", office, "2025-01-01", "", "很久", ""],
    ]
    done = take_in(table(tmp_path / "文件目录.csv", HEADERS, rows))
    assert [item.code for item in done[0].rejected] == [
        "policy_document.number_missing",
        "policy_document.number",
        "policy_document.validity",
    ]
    kept = {row.title: row for row in PolicyDocument.objects.all()}
    assert [(row.kind, row.state) for row in kept.values()] == [
        ("notice", "expired"),
        ("rule", "in_force"),
        ("convention", "repealed"),
    ]
    assert kept["社区工作者管理办法"].valid_until == date(2030, 5, 31)
    assert kept["关于开展垃圾分类的通知"].organization == cast.bodies["street_office"]
    assert take_in(table(tmp_path / "再来.csv", HEADERS, rows))[0].created == 0
    days = (date(2025, 2, 1), date(2025, 6, 15), AS_OF)
    assert [compute.compute("documents.held", day).value for day in days] == [2, 2, 1]


def test_a_list_is_brought_in_by_who_keeps_documents_there(cast: Cast) -> None:
    theirs = recorded(cast)
    row = {"title": "改写", "issuer": theirs.issuer, "issued": ISSUED, "number": theirs.number}
    home = {**row, "issuer": "某市", "place": cast.places["community"].pk}
    for role, rows in (("community_worker", [home]), ("secretary", [row]), ("secretary", [home, row])):
        with pytest.raises(DomainError, match=r"policy_document\.not_yours"):
            policy_document_record_many(actor=cast.actors[role], rows=rows)
    theirs.refresh_from_db()
    assert (theirs.title, PolicyDocument.objects.count()) == ("老旧小区楼道整治办法", 1)
    assert policy_document_record_many(actor=clerk(cast), rows=[row]) == [theirs.pk]
    assert len(policy_document_record_many(actor=cast.actors["secretary"], rows=[home])) == 1


def test_an_import_that_is_taken_back_leaves_what_was_there(cast: Cast, tmp_path: Path) -> None:
    content_apply(actor=SYSTEM, content=lambda held: {**held, "imports": IMPORTS})
    ends = date(2099, 12, 31)
    before = recorded(cast, issued=date(2025, 1, 1), number="春街办〔2025〕1号", valid_until=ends)
    rows = [
        ["春街办〔2025〕1号", "改写的", before.issuer, "2025-01-01", "", "三年", "2025-09-01"],
        ["春街办〔2025〕2号", "新来的", before.issuer, "2025-01-02", "", "", ""],
    ]
    take_in(table(tmp_path / "目录.csv", HEADERS, rows))
    before.refresh_from_db()
    assert (before.title, before.state, PolicyDocument.objects.count()) == ("改写的", "repealed", 2)
    import_take_back(actor=SYSTEM, batch_id=Batch.objects.latest("id").pk)
    before.refresh_from_db()
    found = (before.title, before.state, before.valid_until, before.until, PolicyDocument.objects.count())
    assert found == ("老旧小区楼道整治办法", "in_force", ends, ends + timedelta(days=1), 1)
