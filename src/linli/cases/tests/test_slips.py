"""The slip for the reporter: what stands on it, for whom it is printed, and that the code is on it only once shown."""

from typing import Any

import pytest
from django.test import Client

from linli.cases.models import Case
from linli.cases.operations.finishing import case_deny
from linli.cases.operations.merging import case_merge
from linli.cases.operations.screening import case_refuse
from linli.cases.operations.talking import note_add, word_add
from linli.cases.queries.news import slip_for
from linli.cases.tests.test_pages import Enter, enter
from linli.cases.tests.town import Town, create_for, report
from linli.cases.views.calling import slip_sign
from linli.core import clock, printing
from linli.core.clock import Frozen
from linli.organizations.models import Person, Post

__all__ = ["enter"]
pytestmark = pytest.mark.django_db


@pytest.fixture
def printed(monkeypatch: pytest.MonkeyPatch) -> None:
    """What would be printed comes as it is."""
    monkeypatch.setattr(printing, "pdf", lambda html: html.encode())


def text_of(client: Client, pk: int, **sent: str) -> str:
    address = f"/cases/{pk}/slip.pdf"
    answer = client.post(address, sent) if sent else client.get(address)
    assert (answer.status_code, answer["Content-Type"], answer["Cache-Control"]) == (200, "application/pdf", "no-store")
    return answer.content.decode()


def test_it_says_number_state_result_answers_and_who_answers(town: Town, enter: Enter, printed: None) -> None:
    case = create_for(town, "done", phone="10012345678", reporter_name="李四")
    someone = Person.objects.create(name="值班", created=clock.now())
    Post.objects.create(
        person=someone,
        kind="department_handler",
        place=town.county,
        organization=town.power,
        confirmed=True,
        duty_phone="0100-110011",
    )
    note_add(actor=town.desk, case_id=case.pk, text="师傅明天来,电话10087654321", public=True)
    note_add(actor=town.desk, case_id=case.pk, text="内部的话")
    word_add(actor=town.reporter(case.pk), case_id=case.pk, text="自己的话")
    text = text_of(enter("community_worker", town.community, town.office), case.pk)
    assert all(word in text for word in (case.number, case.result, "师傅明天来", town.power.name, "0100-110011"))
    hidden = ("10012345678", "10087654321", "李四", "内部的话", "自己的话", case.text)
    assert not [word for word in hidden if word in text]
    assert f"/public/cases/?number={case.number}" in text


def test_a_refusal_prints_its_reason(town: Town) -> None:
    pk = report(town).case_id
    case_refuse(actor=town.desk, case_id=pk, reason="不在本县,请打10087654321")
    slip = slip_for(pk)
    assert slip.reason.startswith("不在本县")
    assert "10087654321" not in slip.reason


def test_only_the_desk_of_the_matter_prints_it(town: Town, enter: Enter, printed: None) -> None:
    pk = create_for(town, "taken").pk
    assert enter("department_handler", town.county, town.power).get(f"/cases/{pk}/slip.pdf").status_code == 403
    for kind, where, body in (
        ("department_handler", town.county, town.water),
        ("community_worker", town.elsewhere, None),
    ):
        assert enter(kind, where, body).get(f"/cases/{pk}/slip.pdf").status_code == 404
    assert Client().get(f"/cases/{pk}/slip.pdf").status_code in (302, 404)


def test_the_code_is_printed_from_the_page_that_shows_it_and_from_no_other(
    town: Town, enter: Enter, printed: None
) -> None:
    client = enter("community_worker", town.community, town.office)
    sent = {"text": "楼道灯坏了", "place": town.compound.pk, "kind": "problem", "source": "window"}
    page = client.get(client.post("/cases/desk/", sent)["Location"])
    pk, code, sign = page.context["case"].pk, page.context["code"], page.context["slip"]
    assert code in page.content.decode()
    assert code in text_of(client, pk, slip=sign)
    assert code not in text_of(client, pk)
    other = report(town).case_id
    for wrong in (f"{sign}x", slip_sign(other, code)):
        assert code not in text_of(client, pk, slip=wrong)
    later = client.get(f"/cases/{pk}/")
    assert (later.context["code"], later.context["slip"]) == ("", "")


def test_a_sign_lasts_a_working_day(town: Town, enter: Enter, printed: None, morning: Frozen, monkeypatch: Any) -> None:
    receipt = report(town)
    sign = slip_sign(receipt.case_id, receipt.code)
    monkeypatch.setattr("linli.cases.views.calling.SLIP_SECONDS", -1)
    client = enter("community_worker", town.community, town.office)
    assert receipt.code not in text_of(client, receipt.case_id, slip=sign)


def test_who_registered_it_for_another_place_prints_it_from_the_receipt(
    town: Town, enter: Enter, printed: None
) -> None:
    client = enter("community_worker", town.elsewhere)
    sent = {"text": "楼道灯坏了", "place": town.compound.pk, "kind": "problem", "source": "window"}
    page = client.get(client.post("/cases/desk/", sent)["Location"])
    pk = Case.objects.get(text="楼道灯坏了").pk
    assert client.get(f"/cases/{pk}/slip.pdf").status_code == 404
    assert page.context["code"] in text_of(client, pk, slip=page.context["slip"])


def test_a_merged_report_prints_how_the_other_stands_under_its_own_number(town: Town) -> None:
    main = create_for(town, "taken")
    pk = report(town).case_id
    case_merge(actor=town.desk, case_id=pk, into_id=main.pk)
    note_add(actor=town.desk, case_id=main.pk, text="周三来修", public=True)
    slip = slip_for(pk)
    assert (slip.case.pk, slip.page.case.pk, slip.body, slip.answers) == (pk, main.pk, town.power, ["周三来修"])


def test_nothing_stale_after_it_was_opened_again(town: Town, morning: Frozen, enter: Enter) -> None:
    case = create_for(town, "done", phone="10012345678")
    with clock.frozen("2026-03-10T10:00"):
        note_add(actor=town.desk, case_id=case.pk, text="已经修好", public=True)
    client = enter("community_worker", town.community, town.office)
    page = client.get(f"/cases/{case.pk}/")
    assert case.result in page.context["reply"]
    assert case.result in "".join(page.context["to_say"])
    assert "已经修好" in page.context["to_say"]
    with clock.frozen("2026-03-10T11:00"):
        case_deny(actor=town.reporter(case.pk), case_id=case.pk, reason="还是不亮")
    with clock.frozen("2026-03-10T12:00"):
        note_add(actor=town.desk, case_id=case.pk, text="明天再来", public=True)
    page = client.get(f"/cases/{case.pk}/")
    assert case.result not in page.context["reply"]
    assert case.result not in "".join(page.context["to_say"])
    assert [line for line in page.context["to_say"] if line in ("已经修好", "明天再来")] == ["明天再来"]
    assert slip_for(case.pk).result == ""
    follower = Client()
    session = follower.session
    session["followed"] = [case.pk]
    session.save()
    assert case.result not in follower.get(f"/public/cases/{case.number}/").content.decode()


@pytest.mark.parametrize(("where", "who"), [("compound", "福里社区"), ("street", "东门街道"), ("county", "安和县")])
def test_where_no_body_holds_it_the_place_answers(
    town: Town, enter: Enter, printed: None, where: str, who: str
) -> None:
    for office in (town.office, town.street_office, town.county_office):
        office.delete()
    pk = report(town, place_id=getattr(town, where).pk).case_id
    assert slip_for(pk).who == who
    assert who in text_of(enter("street_officer", town.county), pk)
