"""Writing, issuing and comparing reports: who may, what is refused, and that what was issued stays as it was."""

import io
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from docx import Document
from pytest_django import Settings

from linli.accountability.models import FrozenFigure, IssuedReport, ReportTemplate, SatisfactionSurvey
from linli.accountability.operations.reports import (
    report_issue,
    template_make,
    template_rewrite,
    template_save,
)
from linli.accountability.operations.surveys import Counted, survey_change
from linli.accountability.queries.figure_users import uses
from linli.accountability.queries.issued import issued_page
from linli.accountability.queries.report_values import Asked
from linli.accountability.queries.reports import content_of, version_of
from linli.accountability.tests.reporting import FIGURES, lines_of, survey, word
from linli.accounts.testing import Cast
from linli.core import files, printing
from linli.core.actors import SYSTEM
from linli.core.errors import DomainError
from linli.core.models import Entry
from linli.records.figures.compile import EVERYWHERE, Scope
from linli.records.models import FigureDefinition
from linli.records.operations.profiles import content_apply, profile_apply, profile_check
from linli.records.tests.sampling import AS_OF
from linli.records.tests.test_import_pages import signed_in

pytestmark = pytest.mark.django_db
TEXT = ("工作报告", "收回{{收回，余}}，满意率{{满意率}}。", "{{表：收回，按社区}}", "县社会工作部", "{{日期}}")
ASKED = Asked(AS_OF, EVERYWHERE, AS_OF, "http://linli.test/")


@pytest.fixture(autouse=True)
def first(cast: Cast, settings: Settings, tmp_path: Path) -> SatisfactionSurvey:
    settings.SECOND_FACTOR_REQUIRED, settings.DATA = False, tmp_path
    content_apply(actor=SYSTEM, content=lambda held: {**held, "figures": {"figures": FIGURES}})
    return survey(cast)


@pytest.fixture
def template(cast: Cast) -> ReportTemplate:
    return template_make(actor=cast.actors["leader"], label="工作报告", content=word(*TEXT))


def scope(cast: Cast, place: str) -> Asked:
    return Asked(AS_OF, Scope(cast.places[place].code, cast.places[place].path), AS_OF)


def corrected(row: SatisfactionSurvey, version: int = 1, **counts: int) -> None:
    told = {"asked": 2000, "answered": 1000, "satisfied": 900, **counts}
    counted = Counted(row.title, row.place_id, row.on, told["asked"], told["answered"], told["satisfied"])
    survey_change(actor=SYSTEM, survey_id=row.pk, version=version, counted=counted)


def test_issuing_keeps_values_definitions_and_rows(
    cast: Cast, template: ReportTemplate, first: SatisfactionSurvey
) -> None:
    report = report_issue(actor=cast.actors["leader"], code=template.code, asked=ASKED)
    document = files.path_of(report.document.sha256).read_bytes()
    assert "收回1200余份，满意率75%。" in lines_of(document)
    assert (report.title, report.as_of, report.scope, report.version.number) == ("工作报告", AS_OF, "", 1)
    printed = {item.figure.figure: item.printed for item in report.figures.select_related("figure")}
    assert printed == {"answered": "1200余份", "rate": "75%"}
    assert [item.ids for item in FrozenFigure.objects.get(figure="answered").rows.all()] == [[first.pk]]
    entry = Entry.objects.get(operation="report.issue")
    assert (entry.subject_id, entry.facts["figures"], entry.place_id) == (report.pk, 2, report.place_id)
    corrected(first)
    page = issued_page(report.pk)
    told = {line.figure.figure.figure: (line.figure.printed, line.today, line.compared.changed) for line in page.lines}
    assert told == {"answered": ("1200余份", "1000份", True), "rate": ("75%", "90%", True)}
    assert files.path_of(IssuedReport.objects.get().document.sha256).read_bytes() == document


@pytest.mark.parametrize("table", ["issuedreport", "issuedfigure", "templateversion"])
@pytest.mark.parametrize("statement", ["UPDATE accountability_{} SET id = id", "DELETE FROM accountability_{}"])
def test_the_database_refuses_to_change_what_was_issued(
    cast: Cast, template: ReportTemplate, table: str, statement: str
) -> None:
    report_issue(actor=cast.actors["leader"], code=template.code, asked=ASKED)
    with pytest.raises(IntegrityError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement.format(table))


def test_a_report_is_compared_with_the_last_of_its_place(
    cast: Cast, template: ReportTemplate, first: SatisfactionSurvey
) -> None:
    leader = cast.actors["leader"]
    one = report_issue(actor=leader, code=template.code, asked=ASKED)
    elsewhere = report_issue(actor=leader, code=template.code, asked=scope(cast, "community"))
    corrected(first, answered=1854, satisfied=927)
    two = report_issue(actor=leader, code=template.code, asked=ASKED)
    page = issued_page(two.pk)
    changes = {line.figure.figure.figure: line.change for line in page.lines}
    assert page.last is not None
    assert page.last.pk == one.pk != elsewhere.pk
    assert all(changes.values())
    told = {key: (str(item.amount), str(item.percent), item.points) for key, item in changes.items() if item}
    assert told == {"answered": ("618", "50.0", False), "rate": ("-25.0", "-33.3", True)}
    assert issued_page(one.pk).last is None


@pytest.mark.parametrize(
    ("role", "place", "code"),
    [
        ("leader", "", ""),
        ("secretary", "community", ""),
        ("secretary", "", "report.not_issuer"),
        ("secretary", "far_community", "report.not_issuer"),
        ("community_worker", "community", "report.not_issuer"),
        ("outsider", "community", "report.not_issuer"),
        ("grid_worker", "community", "not_found"),
        ("visitor", "community", "not_found"),
    ],
)
def test_who_may_issue(cast: Cast, template: ReportTemplate, role: str, place: str, code: str) -> None:
    asked = scope(cast, place) if place else ASKED
    if not code:
        assert report_issue(actor=cast.actors[role], code=template.code, asked=asked).pk
        return
    with pytest.raises(DomainError) as refused:
        report_issue(actor=cast.actors[role], code=template.code, asked=asked)
    assert (refused.value.code, IssuedReport.objects.count()) == (code, 0)


def test_a_profile_says_which_posts_issue(cast: Cast, template: ReportTemplate) -> None:
    entry = {"code": template.code, "label": "工作报告", "file": "x.docx", "issuers": ["street_officer"]}
    content_apply(actor=SYSTEM, content=lambda held: {**held, "reports": {"reports": [entry]}})
    with pytest.raises(DomainError, match=r"report\.not_issuer"):
        report_issue(actor=cast.actors["leader"], code=template.code, asked=ASKED)


def test_what_was_changed_meanwhile_or_lies_ahead_is_not_issued(cast: Cast, template: ReportTemplate) -> None:
    leader = cast.actors["leader"]
    template_rewrite(actor=leader, code=template.code, version=1, texts={3: "收回{{收回}}。"})
    with pytest.raises(DomainError, match=r"report\.stale"):
        report_issue(actor=leader, code=template.code, asked=ASKED, version=1)
    ahead = Asked(AS_OF.replace(year=2999), EVERYWHERE, AS_OF)
    with pytest.raises(DomainError, match=r"report\.future"):
        report_issue(actor=leader, code=template.code, asked=ahead)
    with pytest.raises(DomainError, match="not_found"):
        report_issue(actor=leader, code="none", asked=ASKED)


def test_versions_of_a_template_stay(cast: Cast, template: ReportTemplate) -> None:
    leader = cast.actors["leader"]
    template_rewrite(actor=leader, code=template.code, version=1, texts={3: "只有{{收回}}。\n再加一段。"})
    template.refresh_from_db()
    assert template.version == 2
    assert lines_of(content_of(version_of(template)))[2:4] == ["只有{{收回}}。", "再加一段。"]
    assert TEXT[1] in lines_of(content_of(version_of(template, 1)))
    template_rewrite(actor=leader, code=template.code, version=2, texts={3: "只有{{收回}}。"})
    template.refresh_from_db()
    assert template.version == 2, "nothing changed"
    with pytest.raises(DomainError, match=r"report\.stale"):
        template_save(actor=leader, code=template.code, version=1, content=word(*TEXT))
    with pytest.raises(DomainError, match=r"report\.faulty"):
        template_rewrite(actor=leader, code=template.code, version=2, texts={3: "{{没有的}}"})


def test_a_template_uses_its_figures_before_it_is_issued_and_after_they_are_left_out(
    cast: Cast, template: ReportTemplate, django_assert_max_num_queries: Any
) -> None:
    assert [use.label for use in uses("rate")] == ["工作报告"]
    assert uses("halls") == []
    with django_assert_max_num_queries(16):
        assert [use.url for use in uses("rate")] == [reverse("reports:report", args=[template.code])]
    report_issue(actor=cast.actors["leader"], code=template.code, asked=ASKED, version=1)
    template_rewrite(actor=cast.actors["leader"], code=template.code, version=1, texts={2: "阵地{{阵地}}。"})
    assert {use.label for use in uses("halls")} == {use.label for use in uses("rate")} == {"工作报告"}
    template_make(actor=SYSTEM, label="另一份", content=word("另一份", "阵地{{阵地}}。", "县社会工作部", "{{日期}}"))
    assert [use.label for use in uses("halls")] == ["另一份", "工作报告"]
    assert [use.label for use in uses("rate")] == ["工作报告"]
    ReportTemplate.objects.update(retired=True)
    assert [use.url for use in uses("rate")] == [reverse("reports:reports")]
    assert uses("halls") == []


@pytest.mark.parametrize(
    ("role", "place", "code"),
    [
        ("secretary", "community", ""),
        ("secretary", "far_community", "report.not_yours"),
        ("secretary", "", "report.not_yours"),
        ("community_worker", "community", "report.not_yours"),
        ("grid_worker", "community", "not_found"),
    ],
)
def test_who_may_write(cast: Cast, role: str, place: str, code: str) -> None:
    place_id = cast.places[place].pk if place else None

    def make() -> ReportTemplate:
        return template_make(actor=cast.actors[role], label="周报", content=word(*TEXT), place_id=place_id)

    if not code:
        assert make().place_id == place_id
        return
    with pytest.raises(DomainError) as refused:
        make()
    assert (refused.value.code, ReportTemplate.objects.count()) == (code, 0)


def test_a_template_of_the_whole_is_not_changed_from_below(cast: Cast, template: ReportTemplate) -> None:
    with pytest.raises(DomainError, match=r"report\.not_yours"):
        template_rewrite(actor=cast.actors["secretary"], code=template.code, version=1, texts={3: "甲"})


def test_pages_show_write_upload_and_issue(cast: Cast, client: Client, template: ReportTemplate) -> None:
    signed_in(cast, client, "leader")
    page = reverse("reports:report", args=[template.code])
    text = client.get(page).content.decode()
    assert "1200余份" in text
    assert client.post(page, {"version": "1", "p3": "共{{收回}}。"}).status_code == 302
    assert "1236份" in client.get(page).content.decode()
    refused = client.post(page, {"version": "2", "p3": "共{{没有的}}。"})
    assert (refused.status_code, "第 3 段" in refused.content.decode()) == (400, True)
    assert client.post(page, {"version": "1", "p3": "共。"}).status_code == 409
    upload = reverse("reports:upload", args=[template.code])
    wrong = SimpleUploadedFile("a.docx", word("标题", "{{没有的}}", *TEXT[3:]))
    answer = client.post(upload, {"version": "2", "file": wrong})
    assert (answer.status_code, "第 3 段，“{{没有的}}”" in answer.content.decode()) == (400, True)
    assert client.post(upload, {"version": "2", "file": SimpleUploadedFile("a.docx", b"no")}).status_code == 400
    assert client.post(upload, {"version": "2"}).status_code == 400
    right = SimpleUploadedFile("a.docx", word("新标题", *TEXT[1:]))
    assert client.post(upload, {"version": "2", "file": right}).status_code == 302
    held = client.get(reverse("reports:file", args=[template.code, 3]))
    assert "新标题" in lines_of(held.getvalue())
    issue = reverse("reports:issue", args=[template.code])
    assert client.post(issue, {"version": "1", "at": AS_OF.isoformat()}).status_code == 409
    done = client.post(issue, {"version": "3", "at": AS_OF.isoformat(), "scope": ""})
    report = IssuedReport.objects.get()
    assert (done.status_code, done.headers["Location"]) == (302, reverse("reports:issued", args=[report.pk]))
    assert client.get(done.headers["Location"]).status_code == 200
    document = client.get(reverse("reports:issued_file", args=[report.pk, "docx"]))
    assert "新标题" in lines_of(document.getvalue())
    paper = client.get(reverse("reports:issued_file", args=[report.pk, "pdf"]))
    assert paper.status_code == (200 if printing.available() else 404)
    assert report.title in client.get(reverse("reports:reports")).content.decode()


def test_drafts_and_the_search_for_figures(cast: Cast, client: Client, template: ReportTemplate) -> None:
    signed_in(cast, client, "community_worker")
    asked = {"at": AS_OF.isoformat()}
    document = client.get(reverse("reports:draft", args=[template.code, "docx"]), asked)
    assert "收回1200余份，满意率75%。" in lines_of(document.content)
    pages = client.get(reverse("reports:draft", args=[template.code, "html"]), asked).content.decode()
    assert "1200余份" in pages
    assert "style=" not in pages.split('class="report-pages"')[1]
    found = client.get(reverse("reports:figures", args=[template.code]), {**asked, "words": "同名"}).content.decode()
    assert 'data-insert="{{twin.one}}"' in found
    found = client.get(reverse("reports:figures", args=[template.code]), {**asked, "words": "收"}).content.decode()
    assert 'data-insert="{{收回}}"' in found
    page = client.get(reverse("reports:report", args=[template.code])).content.decode()
    assert reverse("reports:issue", args=[template.code]) not in page
    assert "<textarea" not in page


def test_a_new_report_from_a_text(cast: Cast, client: Client) -> None:
    signed_in(cast, client, "secretary")
    page = reverse("reports:new")
    place = str(cast.places["community"].pk)
    assert client.post(page, {"label": "周报", "place": place}).status_code == 400
    assert client.post(page, {"label": "周报", "place": place, "text": "标题\n{{没有的}}"}).status_code == 400
    done = client.post(page, {"label": "周报", "place": place, "text": "\n".join(TEXT)})
    template = ReportTemplate.objects.get()
    assert done.headers["Location"] == reverse("reports:report", args=[template.code])
    signed_in(cast, client, "community_worker")
    assert client.get(page).status_code == 404


def test_who_reads_nothing_finds_nothing(cast: Cast, client: Client, template: ReportTemplate) -> None:
    report = report_issue(actor=cast.actors["leader"], code=template.code, asked=ASKED)
    addresses = [
        reverse("reports:reports"),
        reverse("reports:report", args=[template.code]),
        reverse("reports:file", args=[template.code, 1]),
        reverse("reports:issued", args=[report.pk]),
        reverse("reports:issued_file", args=[report.pk, "docx"]),
        reverse("reports:draft", args=[template.code, "docx"]),
    ]
    signed_in(cast, client, "grid_worker")
    assert {client.get(address).status_code for address in addresses} == {404}


def test_the_lists_ask_few_questions(
    cast: Cast, client: Client, template: ReportTemplate, django_assert_max_num_queries: Any
) -> None:
    reports = [report_issue(actor=cast.actors["leader"], code=template.code, asked=ASKED) for _number in range(5)]
    signed_in(cast, client, "leader")
    client.get(reverse("reports:reports"))
    with django_assert_max_num_queries(12):
        client.get(reverse("reports:reports"))
    with django_assert_max_num_queries(45):
        client.get(reverse("reports:issued", args=[reports[-1].pk]))


def profile(folder: Path, text: bytes | None, entry: str = "file: a.docx") -> Path:
    (folder / "reports").mkdir(parents=True, exist_ok=True)
    (folder / "place.yaml").write_text('name: 春晓\nroot: "990101"\n', "utf-8")
    (folder / "figures.yaml").write_text("figures:\n  - {id: halls, label: 阵地, of: facility}\n", "utf-8")
    (folder / "reports.yaml").write_text(f"reports:\n  - {{code: a, label: 月报, {entry}}}\n", "utf-8")
    if text is not None:
        (folder / "reports" / "a.docx").write_bytes(text)
    return folder


def test_a_profile_brings_its_word_files(tmp_path: Path) -> None:
    folder = profile(tmp_path / "p", word("标题", "{{阵地}}", "某部", "{{日期}}"))
    assert profile_check(folder) == []
    profile_apply(actor=SYSTEM, folder=folder)
    profile_apply(actor=SYSTEM, folder=folder)
    template = ReportTemplate.objects.get()
    assert (template.code, template.version, template.place_id) == ("a", 1, None)
    profile(folder, word("新标题", "{{阵地}}", "某部", "{{日期}}"))
    profile_apply(actor=SYSTEM, folder=folder)
    template.refresh_from_db()
    assert template.version == 2
    call_command("profile", "export", str(tmp_path / "again"), stdout=io.StringIO())
    assert profile_check(tmp_path / "again") == []
    assert "新标题" in lines_of((tmp_path / "again" / "reports" / "a.docx").read_bytes())
    (folder / "reports.yaml").write_text("reports: []\n", "utf-8")
    profile_apply(actor=SYSTEM, folder=folder)
    template.refresh_from_db()
    assert template.retired


def test_a_profile_is_checked_before_anything_is_set_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connection.introspection, "table_names", lambda *_args: [])
    folder = profile(tmp_path / "p", word("标题", "{{阵地}}{{别的}}", "某部", "{{日期}}"))
    with CaptureQueriesContext(connection) as asked:
        assert [item.key for item in profile_check(folder)] == ["别的"]
    assert not [query for query in asked.captured_queries if FigureDefinition._meta.db_table in query["sql"]]


@pytest.mark.parametrize(
    ("text", "entry", "where"),
    [
        (None, "file: a.docx", ("reports.yaml", 2, "reports.0.file")),
        (word("标题", "甲", "{{没有的}}", "某部", "{{日期}}"), "file: a.docx", ("reports/a.docx", 4, "没有的")),
        (b"no", "file: a.docx", ("reports/a.docx", 1, "")),
        (word("标题", "甲"), "file: ../a.docx", ("reports.yaml", 2, "reports.0.file")),
        (word("标题", "甲"), "file: a.docx, issuers: [nobody]", ("reports.yaml", 2, "reports.0.issuers")),
    ],
)
def test_faults_of_word_files_are_those_of_the_profile(
    tmp_path: Path, text: bytes | None, entry: str, where: tuple[str, int, str]
) -> None:
    folder = profile(tmp_path / "p", text, entry)
    assert [(item.file, item.line, item.key) for item in profile_check(folder)] == [where]


def test_the_pdf_is_one(cast: Cast, template: ReportTemplate) -> None:
    if not printing.available():
        pytest.skip("no Pango")
    report = report_issue(actor=cast.actors["leader"], code=template.code, asked=ASKED)
    assert report.printed is not None
    assert files.path_of(report.printed.sha256).read_bytes().startswith(b"%PDF")
    assert Document(io.BytesIO(files.path_of(report.document.sha256).read_bytes())).tables
