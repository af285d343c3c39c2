"""Pages of asks: a form comes in, is corrected cell by cell and goes back; who sees which page; the commands."""

import io
import json
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook
from pytest_django import Settings

from linli.accountability.models import Ask, AskAnswer
from linli.accountability.operations.asks import Sketch, ask_approve, ask_propose, ask_send
from linli.accountability.queries.filling import drawn
from linli.accountability.queries.filling.forms import LOSSES
from linli.accountability.tests import forms_made
from linli.accounts.models import Look
from linli.accounts.testing import Cast
from linli.core import clock
from linli.core.actors import SYSTEM
from linli.core.calendar_table import calendar_seed
from linli.core.files import XLSX
from linli.records.tests.test_import_pages import signed_in

pytestmark = pytest.mark.django_db
ROWS: list[list[Any]] = [["登记表"], ["网格数", None], ["就业人数", None], ["培训场次", None]]


@pytest.fixture(autouse=True)
def place(cast: Cast, settings: Settings, tmp_path: Path) -> None:
    settings.SECOND_FACTOR_REQUIRED, settings.DATA = False, tmp_path
    calendar_seed(actor=SYSTEM)


def file(name: str = "登记表.xlsx", content: bytes | None = None) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, forms_made.workbook(ROWS) if content is None else content, XLSX)


def received(cast: Cast, client: Client, **changes: Any) -> Any:
    due = (clock.today() + timedelta(days=20)).isoformat()
    sent = {"asker": "县民政局", "level": "county", "period": "once", "due": due, "place": cast.places["community"].pk}
    return client.post(reverse("asks:received"), {**sent, "file": file(), **changes})


def proposed(cast: Cast) -> Ask:
    today = clock.today()
    sketch = Sketch(
        name="网格情况",
        place_id=cast.places["county"].pk,
        office_id=cast.bodies["department"].pk,
        level="county",
        ground="统计办法",
        due=today + timedelta(days=20),
        valid_from=today,
        valid_until=today + timedelta(days=60),
        place_ids=(cast.places["community"].pk,),
        fields=("网格数", "就业人数"),
    )
    return ask_propose(actor=cast.department_handler, sketch=sketch)


def test_a_form_comes_in_is_corrected_and_goes_back(cast: Cast, client: Client) -> None:
    signed_in(cast, client, "community_worker")
    assert client.get(reverse("asks:received")).status_code == 200
    answer = reverse(
        "asks:ask_answer", args=[AskAnswer.objects.get(pk=int(received(cast, client).url.split("/")[-2])).pk]
    )
    page = client.get(answer)
    assert [slot.label for slot in page.context["open"]] == ["就业人数", "培训场次"]
    assert [slot.text for slot in page.context["sure"]] == ["3"]
    posted = {"version": "1", "do": "save", "v:s0!2,1": "12", "c:s0!3,1": "小区数"}
    assert client.post(answer, posted).status_code == 302
    assert client.post(answer, posted).status_code == 409
    assert client.post(answer, {"version": "2", "do": "save", "c:s0!3,1": "没有的指标"}).status_code == 400
    assert client.post(answer, {"version": "2", "do": "give"}).status_code == 302
    given = AskAnswer.objects.get()
    assert (given.cells, given.filled, given.typed) == (3, 2, 1)
    back = client.get(reverse("asks:file", args=[given.pk]))
    sheet = load_workbook(io.BytesIO(back.content)).worksheets[0]
    assert [sheet.cell(row, 2).value for row in (2, 3, 4)] == [3, 12, 1]
    assert back["Content-Disposition"].endswith('.xlsx"')
    assert Look.objects.filter(field="ask-answer.xlsx").count() == 1, "what leaves is noted"


@pytest.mark.parametrize(
    ("changes", "status"),
    [
        ({"file": SimpleUploadedFile("表.xls", b"\xd0\xcf\x11\xe0" * 300)}, 400),
        ({"file": SimpleUploadedFile("表.xlsx", b"PK\x03\x04" + b"0" * 300)}, 400),
        ({"file": SimpleUploadedFile("表.docx", b"%PDF-1.7" * 40)}, 400),
        ({"asker": ""}, 400),
        ({"due": "morgen"}, 400),
    ],
)
def test_what_is_no_form_is_refused_on_the_page(
    cast: Cast, client: Client, changes: dict[str, Any], status: int
) -> None:
    signed_in(cast, client, "community_worker")
    assert received(cast, client, **changes).status_code == status
    assert not Ask.objects.exists()


def test_a_forbidden_list_is_refused(cast: Cast, client: Client) -> None:
    signed_in(cast, client, "community_worker")
    content = forms_made.workbook([["重点人员登记表"], ["姓名", "住址"], [None, None]])
    assert received(cast, client, file=file(content=content)).status_code == 400
    assert not Ask.objects.exists()


def test_the_verbs_of_an_ask_by_its_page(cast: Cast, client: Client) -> None:
    ask = proposed(cast)
    page = reverse("asks:ask", args=[ask.pk])
    due = (clock.today() + timedelta(days=20)).isoformat()
    signed_in(cast, client, "department_handler")
    assert "send_form" in client.get(page).context
    assert client.post(f"{page}send/", {"due": due}).status_code == 409
    signed_in(cast, client, "leader")
    assert client.get(page).context["may_decide"]
    assert client.post(f"{page}refuse/", {"reason": ""}).status_code == 400
    assert client.post(f"{page}approve/", {"version": "9"}).status_code == 409
    assert client.post(f"{page}approve/", {"version": "1"}).status_code == 302
    signed_in(cast, client, "department_handler")
    assert client.post(f"{page}send/", {"due": ""}).status_code == 400
    assert client.post(f"{page}send/", {"due": due}).status_code == 302
    assert client.get(page).context["answers"][0].place_id == cast.places["community"].pk
    signed_in(cast, client, "community_worker")
    answer = AskAnswer.objects.get()
    assert answer in client.get(reverse("asks:list")).context["owed"]
    assert client.get(reverse("home")).content.decode().count(reverse("asks:ask_answer", args=[answer.pk])) == 1
    assert client.get(reverse("asks:file", args=[answer.pk])).status_code == 404, "it came without a file"
    signed_in(cast, client, "department_handler")
    assert client.post(f"{page}end/", {"reason": "停用"}).status_code == 302
    ask.refresh_from_db()
    assert ask.state == "ended"


def test_who_sees_the_registry_and_who_reads_an_answer(cast: Cast, client: Client) -> None:
    signed_in(cast, client, "community_worker")
    received(cast, client)
    answer = AskAnswer.objects.get()
    pages = [
        reverse("asks:list"),
        reverse("asks:ask", args=[answer.ask_id]),
        reverse("asks:ask_answer", args=[answer.pk]),
    ]
    files = [reverse("asks:file", args=[answer.pk]), reverse("asks:blank", args=[answer.ask_id])]
    for role, shown, open_files in (
        ("secretary", [200, 200, 200], [200, 200]),
        ("leader", [200, 200, 200], [403, 200]),
        ("outsider", [200, 404, 404], [404, 404]),
        ("grid_worker", [404, 404, 404], [404, 404]),
        ("resident", [404, 404, 404], [404, 404]),
    ):
        signed_in(cast, client, role)
        assert [client.get(page).status_code for page in pages] == shown, role
        assert [client.get(page).status_code for page in files] == open_files, role
    signed_in(cast, client, "leader")
    assert "layout" not in client.get(pages[2]).context
    assert client.post(pages[2], {"version": "1", "do": "give"}).status_code == 403


def test_the_empty_form_of_residents_is_for_those_who_ask_and_answer(cast: Cast, client: Client) -> None:
    signed_in(cast, client, "community_worker")
    received(cast, client, file=file("走访.xlsx", forms_made.households()))
    blank = reverse("asks:blank", args=[Ask.objects.get(personal=True).pk])
    assert client.get(blank).status_code == 200
    signed_in(cast, client, "leader")
    assert client.get(blank).status_code == 404


def test_the_list_asks_few_questions(cast: Cast, client: Client, django_assert_max_num_queries: Any) -> None:
    for _number in range(12):
        ask = proposed(cast)
        ask_approve(actor=cast.leader, ask_id=ask.pk)
        ask_send(actor=cast.department_handler, ask_id=ask.pk, due=ask.due)
    signed_in(cast, client, "community_worker")
    client.get(reverse("asks:list"))
    with django_assert_max_num_queries(22):
        client.get(reverse("asks:list"))


def test_the_commands_list_and_fill(cast: Cast, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    ask = proposed(cast)
    call_command("asks", "list", "--json")
    (listed,) = json.loads(capsys.readouterr().out)
    assert (listed["id"], listed["state"], listed["asker"]) == (ask.pk, "proposed", "清河县供电所")
    form, out = tmp_path / "登记表.xlsx", tmp_path / "back.xlsx"
    form.write_bytes(forms_made.workbook(ROWS))
    call_command("asks", "fill", str(form), "--scope", "990901001001", "--out", str(out), "--json")
    said = json.loads(capsys.readouterr().out)
    assert (said["cells"], said["filled"], said["share"]) == (3, 1, 33)
    assert load_workbook(out).worksheets[0]["B2"].value == 3


@pytest.mark.parametrize(
    ("name", "rows", "called"),
    [
        ("表.xlsx", ROWS, "登记表"),
        ("附件1.xlsx", [["附件1："], ["就业情况统计表"], *ROWS[1:]], "就业情况统计表"),
        ("民政月报.xlsx", ROWS, "民政月报"),
        ("1.xlsx", [[None], *([None, *row] for row in ROWS[1:])], "网格数"),
    ],
)
def test_a_form_whose_file_has_no_name_is_called_by_its_heading(
    cast: Cast, client: Client, name: str, rows: list[list[Any]], called: str
) -> None:
    signed_in(cast, client, "community_worker")
    assert received(cast, client, file=file(name, forms_made.workbook(rows))).status_code == 302
    assert Ask.objects.get().name == called


def test_what_does_not_go_back_is_said_before_and_after(cast: Cast, client: Client) -> None:
    package = drawn.Package.opened(forms_made.workbook(ROWS))
    sheet = "xl/worksheets/sheet1.xml"
    package.parts[sheet] = package.parts[sheet].replace(b"</worksheet>", b"<controls/></worksheet>")
    signed_in(cast, client, "community_worker")
    page = received(cast, client, file=file(content=package.packed())).url
    assert client.get(page).context["losses"] == [LOSSES["controls"]]
    assert client.post(page, {"version": "1", "do": "give"}).status_code == 302
    assert client.get(page).context["losses"] == [LOSSES["controls"]]
