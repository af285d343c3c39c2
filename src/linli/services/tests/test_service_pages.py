"""The pages of services: from the list of items without login to the result and its rating, the desk, appointments."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from linli.accounts.testing import Cast
from linli.core import clock
from linli.records.tests.test_import_pages import signed_in
from linli.services.models import AppointmentSlot, ProxyCopy, ServiceItem, ServiceRequest
from linli.services.tests.served import DAY, NAME, PHONE, SEEN, asked, item, picture, slot, taken

pytestmark = pytest.mark.django_db


def test_from_the_public_list_to_the_result_by_proxy(cast: Cast) -> None:
    desk, visitor = signed_in(cast, Client(), "community_worker"), Client()
    back = signed_in(cast, Client(), "department_handler")
    community, department = cast.places["community"], cast.bodies["department"]
    sent = {"place": community.pk, "label": "老年优待证", "papers": "身份证（原件）", "organization": department.pk}
    page = desk.post("/services/items/new/", {**sent, "by_proxy": "on", "days": 5})["Location"]
    row = ServiceItem.objects.get()
    public = f"/public/services/{row.pk}/"
    assert visitor.get(public).status_code == 404
    assert [desk.post(f"{page}publish/").status_code for _time in range(2)] == [302, 409]
    assert "老年优待证" in visitor.get("/public/services/?q=优待").content.decode()
    assert "老年优待证" not in visitor.get("/public/services/?q=护照").content.decode()
    wish = {"place": community.pk, "name": NAME, "phone": PHONE, "proxy": "on"}
    assert visitor.post(public, wish).status_code == 400
    own = visitor.post(public, {**wish, "until": f"{clock.today() + 9 * DAY}"})["Location"]
    request = ServiceRequest.objects.get()
    code = re.findall(r'slip-value">(\w{8})<', visitor.get(own).content.decode())[0]
    # The code is shown once; number and code open it on any other phone.
    assert code not in visitor.get(own).content.decode()
    follow = {"number": request.number, "code": code}
    other = Client()
    assert other.post("/public/cases/", {**follow, "code": "WRONG234"}).status_code == 404
    assert other.get(other.post("/public/cases/", follow)["Location"]).status_code == 200
    staff = f"/services/{request.pk}/"
    shown = desk.get(staff).content.decode()
    assert [word in shown for word in (NAME, PHONE, code)] == [False] * 3
    assert desk.post(f"{staff}take/", {"seen": ["身份证"]}).status_code == 409
    assert desk.post(f"{staff}accept/").status_code == 302
    file = SimpleUploadedFile("a.png", picture().read(), "image/png")
    assert desk.post(f"{staff}copy/", {"name": "身份证", "content": file}).status_code == 302
    copy = f"/services/copies/{ProxyCopy.objects.get().pk}/"
    assert [client.get(copy).status_code for client in (desk, back, visitor)] == [200, 404, 404]
    assert desk.post(f"{staff}take/", {}).status_code == 409
    assert desk.post(f"{staff}take/", {"seen": ["身份证"]}).status_code == 302
    assert NAME in back.post(f"{staff}look/", {"reason": "核对"}).content.decode()
    assert back.post(f"{staff}start/").status_code == 302
    assert back.post(f"{staff}finish/", {"words": ""}).status_code == 400
    assert back.post(f"{staff}finish/", {"words": "证已办好"}).status_code == 302
    assert desk.post(f"{staff}hand_over/", {"words": "送到家"}).status_code == 302
    assert "证已办好" in other.get(own).content.decode()
    assert visitor.post(own, {"do": "revoke"}).status_code == 409
    assert visitor.post(own, {"do": "rate", "solved": "yes"}).status_code == 400
    rate = {"do": "rate", "solved": "yes", "satisfied": "5", "remark": ""}
    assert [visitor.post(own, rate).status_code for _time in range(2)] == [302, 409]
    assert visitor.get("/public/services/own/x/").status_code == 404


def test_the_desk_takes_in_and_prints_a_receipt(cast: Cast) -> None:
    desk = signed_in(cast, Client(), "community_worker")
    row = item(cast, "county")
    take = f"/services/take/{row.pk}/"
    assert take in desk.get("/services/items/").content.decode()
    sent = {"place": cast.places["community"].pk, "door": "window", "name": NAME, "phone": PHONE, "seen": SEEN[:1]}
    refused = desk.post(take, sent)
    assert (refused.status_code, "户口簿、照片" in refused.content.decode()) == (409, True)
    page = desk.post(take, {**sent, "seen": SEEN})["Location"]
    slips = [len(re.findall("slip-value", desk.get(page).content.decode())) for _time in range(2)]
    assert slips == [2, 0]
    assert signed_in(cast, Client(), "outsider").get(page).status_code == 404


def test_times_are_offered_booked_and_given_back(cast: Cast) -> None:
    desk, visitor = signed_in(cast, Client(), "community_worker"), Client()
    sent = {"place": cast.places["community"].pk, "kind": "legal", "starts": "09:00", "ends": "11:00", "capacity": 1}
    day = clock.today() + DAY
    assert desk.post("/services/slots/", {**sent, "on": f"{day}", "weeks": 2}).status_code == 302
    row = AppointmentSlot.objects.order_by("starts")[0]
    page = f"/public/appointments/{row.pk}/"
    assert page in visitor.get("/public/appointments/?kind=legal").content.decode()
    assert page not in visitor.get("/public/appointments/?kind=clinic").content.decode()
    wish = {"name": NAME, "phone": PHONE}
    own = visitor.post(page, wish)["Location"]
    assert visitor.post(page, {**wish, "phone": "10087654321"}).status_code == 409
    assert NAME not in desk.get("/services/slots/").content.decode()
    assert [visitor.post(own).status_code for _time in range(2)] == [302, 409]
    assert desk.post(f"/services/slots/{row.pk}/count/", {"came": "1"}).status_code == 409
    assert desk.post(f"/services/slots/{row.pk}/cancel/", {"reason": "律师出庭"}).status_code == 302
    assert PHONE not in desk.get("/services/slots/").content.decode()
    looked = desk.post(f"/services/slots/{row.pk}/look/", {"reason": "通知改期"}).content.decode()
    assert PHONE not in looked
    assert "律师出庭" in visitor.get(own).content.decode()


def test_lists_ask_as_little_for_many_as_for_few(
    cast: Cast, django_assert_max_num_queries: DjangoAssertNumQueries
) -> None:
    desk = signed_in(cast, Client(), "community_worker")
    row = item(cast)
    for at in range(4):
        taken(cast, row)
        asked(cast, row, phone=f"1001234567{at}")
        slot(cast, on=clock.today() + (at + 1) * DAY)
        item(cast, label=f"事项{at}")
    for address in ("/services/?state=open", "/services/items/", "/services/slots/", "/public/services/"):
        with django_assert_max_num_queries(18):
            assert desk.get(address).status_code == 200
