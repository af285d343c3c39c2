"""Answers: wordings of the place, near-identical texts, what may be sent back, receipts, and blurred photos."""

import io
import json

import pytest
from django.core.management import call_command
from PIL import Image
from python_calamine import CalamineWorkbook

from linli.accounts.models import Look
from linli.cases import sections
from linli.cases.models import Attachment, Case
from linli.cases.operations.finishing import case_finish
from linli.cases.queries.answers import answer_rows, platform_with
from linli.cases.tests.test_intake import photo
from linli.cases.tests.test_pages import Enter, enter  # noqa: F401  the fixture
from linli.cases.tests.test_powers import TABLE
from linli.cases.tests.town import Town, create_for, report
from linli.core import files
from linli.core.actors import SYSTEM
from linli.records.operations.profiles import content_apply

SAME = ("已于3月{}日派人到现场更换灯泡,恢复照明", "已于 3月{}日 派人到现场更换灯泡。恢复照明!")


def finished(town: Town, result: str) -> Case:
    case = create_for(town, "taken")
    return case_finish(actor=town.electrician, case_id=case.pk, result=result)


def test_answers_that_differ_in_a_date_only_are_flagged(town: Town) -> None:
    flags = [finished(town, SAME[number % 2].format(number + 1)).answer_repeated for number in range(4)]
    assert flags == [False, False, True, True]
    assert not finished(town, "电缆被挖断,已联系施工方接好并复测").answer_repeated


def test_a_wording_of_the_place_is_never_flagged_but_what_follows_it_is(town: Town) -> None:
    wording = sections.TEMPLATES[1].text
    assert [finished(town, wording).answer_repeated for _number in range(3)] == [False, False, False]
    flags = [finished(town, f"{wording}已派人到现场更换灯泡恢复照明").answer_repeated for _number in range(3)]
    assert flags == [False, False, True]


def test_wordings_are_offered_where_an_answer_is_written(town: Town, enter: Enter) -> None:  # noqa: F811
    case = create_for(town, "verified")
    desk = enter("community_worker", town.community, town.office)
    page = desk.get(f"/cases/{case.pk}/do/close/").content.decode()
    assert 'data-fill="id_answer"' in page
    assert sections.TEMPLATES[1].text in page
    assert sections.TEMPLATES[0].text not in page
    assert "data-fill" not in desk.get(f"/cases/{create_for(town, 'received').pk}/do/void/").content.decode()


def test_what_is_sent_back_names_nobody(town: Town, enter: Enter) -> None:  # noqa: F811
    pk = create_for(town, "taken", reporter_name="王女士", phone="10012345678", text="王女士家3号楼501漏水").pk
    case_finish(actor=town.electrician, case_id=pk, result="已修好,有事请打10087654321")
    desk = enter("community_worker", town.community, town.office)
    reply = desk.get(f"/cases/{pk}/").context["reply"]
    assert Case.objects.get(pk=pk).number in reply
    assert "已修好" in reply
    assert not [word for word in ("10087654321", "501", "王") if word in reply]
    for fields in ({"kind": "dispute"}, {"kind": "complaint", "complained_of": town.power.pk}):
        quiet = report(town, **fields).case_id
        who = desk if fields["kind"] == "dispute" else enter("county_leader", town.county)
        answer = who.get(f"/cases/{quiet}/")
        assert answer.context["reply"] == ""


def test_the_receipt_can_be_printed_and_sent_once(town: Town, enter: Enter) -> None:  # noqa: F811
    desk = enter("community_worker", town.community, town.office)
    data = {"text": "水管漏水", "place": town.compound.pk, "kind": "problem", "source": "window"}
    page = desk.post("/cases/desk/", data, follow=True).content.decode()
    assert 'id="receipt-text"' in page
    assert "data-copy" in page
    assert 'id="receipt-text"' not in desk.get(f"/cases/{Case.objects.get().pk}/").content.decode()


def test_the_desk_blurs_for_good(town: Town, enter: Enter) -> None:  # noqa: F811
    stream = io.BytesIO()
    Image.effect_noise((200, 150), 90).convert("RGB").save(stream, "PNG")
    stream.seek(0)
    pk = report(town, photos=[stream]).case_id
    row = Attachment.objects.get()
    before = row.file.sha256
    desk = enter("community_worker", town.community, town.office)
    address = f"/cases/attachments/{row.pk}/blur/"
    assert address in desk.get(f"/cases/{pk}/").content.decode()
    for bad in ("", "0,0,2,2", "a,b,c,d", "0.1,0.1", ";".join(["0,0,1,1"] * 41)):
        assert desk.post(address, {"regions": bad}).status_code == 400
    assert desk.post(address, {"regions": "0.1,0.1,0.5,0.5;0.6,0.6,0.2,0.2"}).status_code == 302
    row.refresh_from_db()
    assert row.file.sha256 != before
    with Image.open(files.path_of(before)) as old, Image.open(files.path_of(row.file.sha256)) as new:
        assert old.crop((40, 30, 90, 80)).tobytes() != new.crop((40, 30, 90, 80)).tobytes()
        assert old.crop((0, 0, 18, 12)).tobytes() == new.crop((0, 0, 18, 12)).tobytes()
    typed = {"left": "0", "upper": "0", "wide": "50", "high": "50"}
    assert desk.post(address, typed).status_code == 302


def test_who_only_handles_never_blurs(town: Town, enter: Enter) -> None:  # noqa: F811
    create_for(town, "taken", photos=[photo()])
    row = Attachment.objects.get()
    for who in (enter("department_handler", town.county, town.power), enter("community_worker", town.elsewhere)):
        assert who.get(f"/cases/attachments/{row.pk}/blur/").status_code == 404
        assert who.post(f"/cases/attachments/{row.pk}/blur/", {"regions": "0,0,1,1"}).status_code == 404


@pytest.fixture
def ruled(town: Town) -> Town:
    content_apply(actor=SYSTEM, content=TABLE)
    return town


def test_the_table_of_powers_is_shown_and_tried(ruled: Town, enter: Enter) -> None:  # noqa: F811
    create_for(ruled, "dispatched")
    other = create_for(ruled, "dispatched")
    Case.objects.filter(pk=other.pk).update(lead=ruled.water)
    desk = enter("community_worker", ruled.community, ruled.office)
    page = desk.get("/cases/powers/", {"try": "1"})
    assert "条例第八条" in page.content.decode()
    assert (page.context["trial"].count, page.context["trial"].same) == (2, 1)
    assert [item.case.pk for item in page.context["trial"].differences] == [other.pk]
    power = enter("department_handler", ruled.county, ruled.power)
    shown = power.get("/cases/powers/", {"try": "1"})
    assert (shown.status_code, shown.context["trial"]) == (200, None)
    assert enter("auditor", ruled.county).get("/cases/powers/").status_code in (200, 404)


def test_the_command_tries_the_rules(ruled: Town) -> None:
    create_for(ruled, "dispatched")
    out = io.StringIO()
    call_command("cases", "routing", "--json", stdout=out)
    told = json.loads(out.getvalue())
    assert (told["matters"], told["same"], told["different"], told["conflicts"]) == (1, 1, [], [])


def test_answers_go_back_in_the_layout_of_the_platform(town: Town, enter: Enter) -> None:  # noqa: F811
    layout = [
        {"header": "工单号", "field": "register_number"},
        {"header": "答复", "field": "result"},
        {"header": "单位", "words": "福里"},
    ]
    content_apply(
        actor=SYSTEM, content={"cases": {"platforms": [{"code": "line", "label": "热线", "columns": layout}]}}
    )
    order = {"source": "hotline", "register_number": "HL-1", "text": "=1+1漏水", "phone": "10012345678"}
    pk = create_for(town, "taken", **order).pk
    create_for(town, "taken")
    case_finish(actor=town.electrician, case_id=pk, result="=已修好,回电10012345678")
    rows = list(answer_rows(town.desk, platform_with("line"), {}))
    assert rows == [["工单号", "答复", "单位"], ["HL-1", "=已修好,回电〔电话略〕", "福里"]]
    desk = enter("community_worker", town.community, town.office)
    book = desk.get("/cases/answers/line.xlsx", {"source": "hotline"})
    sheet = CalamineWorkbook.from_filelike(io.BytesIO(book.content)).get_sheet_by_index(0).to_python()
    assert (sheet[0], sheet[1][0], str(sheet[1][1]).startswith("=")) == (["工单号", "答复", "单位"], "HL-1", False)
    assert list(Look.objects.values_list("field", "reason", "rows")) == [("answers-line.xlsx", "source=hotline", 1)]
    assert list(answer_rows(town.outsider, platform_with("line"), {})) == [rows[0]]
    assert desk.get("/cases/answers/other.xlsx").status_code == 404
    assert enter("grid_worker", town.grid).get("/cases/answers/line.xlsx").status_code == 403
    assert "/cases/answers/line.xlsx" in desk.get("/cases/", {"source": "hotline"}).content.decode()
