"""A courtyard keeps its account, its convention and its peace: read, adopted and amended, mediated."""

import io
import re
from datetime import timedelta

import pytest
from PIL import Image
from tests.journeys.walking import Check, Open, fill, says

from linli.core import clock
from linli.demo.conventions import YARD

pytestmark = [pytest.mark.journey, pytest.mark.slow]
ACCOUNT = "演示一小区公共收益"
NEW = "北门门禁换锁"
BODY = "演示五金经营部"


def _photo() -> bytes:
    stream = io.BytesIO()
    Image.new("RGB", (320, 200), "white").save(stream, "JPEG")
    return stream.getvalue()


def test_a_quarter_is_kept_by_two_read_and_asked_about(visit: Open, accessible: Check) -> None:
    desk, second, resident = visit("shequ"), visit("shuji", phone=True), visit(phone=True)
    desk.goto("/funds/")
    accessible(desk)
    desk.click(f"main a:has-text('{ACCOUNT}')")
    desk.wait_for_url("**/funds/*/")
    accessible(desk)
    account = desk.url

    desk.click("main a[href$='/enter/']")
    accessible(desk)
    fill(desk, kind="维修", amount="35.50", day=clock.today().isoformat(), purpose=NEW, party=BODY)
    desk.set_input_files("#files", {"name": "票据.jpg", "mimeType": "image/jpeg", "buffer": _photo()})
    desk.click("main form button[type=submit]")
    desk.wait_for_url("**/funds/*/")
    says(desk, "另一人")

    # The second person decides on the phone, and shows the receipt.
    second.goto(account)
    accessible(second)
    second.locator("main li", has_text=NEW).locator("a.btn").click()
    second.wait_for_url("**/funds/entries/*/")
    accessible(second)
    entry = second.url
    second.click("main form[action$='/approve/'] button")
    second.wait_for_url("**/funds/*/")
    second.goto(entry)
    second.click("main form[action$='/show/'] button")
    says(second, "居民可以看到")

    # What was made public of the last quarter is read on the phone, and asked about.
    page = account.split("/funds/")[1]
    resident.goto(f"/public/funds/{page}account/")
    accessible(resident)
    resident.locator("main a[href*='/funds/quarters/']").first.click()
    accessible(resident)
    says(resident, "单元门禁维修")
    resident.go_back()
    resident.locator("main a[href*='/disclosure/notices/']").first.click()
    accessible(resident)
    notice = resident.url
    resident.fill("#id_text", "门禁保修多久?")
    resident.click("main form button[type=submit]")
    resident.wait_for_url("**/disclosure/questions/*/")
    desk.goto("/disclosure/")
    desk.click("text=门禁保修多久")
    desk.fill("#id_text", "保修一年，到明年九月。")
    desk.click("main form.card button[type=submit]")
    desk.wait_for_url("**/disclosure/*/")
    resident.goto(notice)
    says(resident, "保修一年，到明年九月。")


def test_a_convention_is_adopted_and_amended(visit: Open, accessible: Check) -> None:
    desk, street, resident = visit("shequ"), visit("jiedao"), visit(phone=True)
    desk.goto("/conventions/")
    accessible(desk)
    desk.locator("main a", has_text="楼院公约").first.click()
    desk.wait_for_url("**/conventions/*/")
    accessible(desk)
    fill(desk, source="居民代表会议：楼院公约", due="40", came="33", votes_for="31")
    desk.click("form[action$='/adopt/'] button[type=submit]")
    desk.click("form[action$='/publish/'] button")
    desk.click("form[action$='/submit/'] button")

    street.goto(desk.url)
    accessible(street)
    street.fill("#id_number", "街备〔2026〕9号")
    street.click("form[action$='/receive/'] button[type=submit]")
    says(street, "街备〔2026〕9号")

    # The next edition says what changes, clause by clause.
    desk.goto(desk.url)
    desk.click("form[action$='/amend/'] button")
    desk.locator("main a[href$='/text/']").first.click()
    accessible(desk)
    desk.fill("#id_text", "\n".join((YARD[0], "楼道不堆物，每周六一起清。", YARD[2])))
    desk.click("main form button[type=submit]")
    desk.wait_for_url(re.compile(r"/conventions/\d+/$"))
    accessible(desk)
    says(desk, "每周六一起清")
    says(desk, "每月最后一个周六")
    desk.click("form[action$='/open/'] button[type=submit]")

    # A resident of the compound says on the phone what they think of a clause, and reads the answer there.
    public = f"/public/conventions/{desk.url.split('/conventions/')[1]}convention/"
    resident.goto(public)
    accessible(resident)
    resident.select_option("[name=position]", "2")
    resident.fill("[name=text]", "周日也行吗?")
    resident.click("main form button[type=submit]")
    desk.goto(desk.url)
    says(desk, "周日也行吗?")
    desk.locator("main form[action*='/comments/'] [name=answer]").first.fill("周六为准，周日可补。")
    desk.locator("main form[action*='/comments/'] button[value=answer]").first.click()
    resident.goto(public)
    says(resident, "周六为准，周日可补。")


def test_a_dispute_is_mediated_to_an_agreement_in_instalments(visit: Open, accessible: Check) -> None:
    desk = visit("shequ")
    desk.goto("/mediations/")
    accessible(desk)
    desk.click("main a[href$='/mediations/new/']")
    accessible(desk)
    fill(desk, facts="楼上空调滴水，打湿楼下晒的被子。", name_1="演示住户庚", name_2="演示住户辛")
    desk.click("main form button[type=submit]")
    desk.wait_for_url(re.compile(r"/mediations/\d+/$"))
    page = desk.url
    desk.locator("main [name=mediators]").first.check()
    desk.click("form[action$='/accept/'] button[type=submit]")
    # Nothing is held before both consent.
    accessible(desk)
    for _party in range(2):
        desk.locator("form[action$='/consent/'] .btn-primary").first.click()
    desk.fill("form[action$='/plan/'] [name=on]", clock.today().isoformat())
    fill(desk, starts="09:00", venue="社区调解室")
    desk.click("form[action$='/plan/'] button[type=submit]")
    desk.fill("main [name=record]", "双方各让一步。")
    desk.click("form[action$='/record/'] button[type=submit]")
    desk.click("main a[href$='/agreement/']")
    accessible(desk)
    fill(desk, liability="空调排水管老化。", content="分两期赔偿。")
    for at, days in ((0, 10), (1, 40)):
        due = (clock.today() + timedelta(days=days)).isoformat()
        fill(desk, **{f"i{at}-party": "2.", f"i{at}-amount": "100", f"i{at}-due": due})
    desk.click("main form button[type=submit]")
    desk.wait_for_url(page)
    says(desk, "尚未签字")

    # The paper that the parties sign names them in the clear.
    token = desk.locator("[name=csrfmiddlewaretoken]").first.input_value()
    sent = {"csrfmiddlewaretoken": token}
    paper = desk.request.post(f"{page}print/", form=sent, headers={"Referer": page})
    assert (paper.status, paper.body()[:5]) == (200, b"%PDF-")
    for name in ("parties", "mediator", "stamp"):
        desk.check(f"form[action$='/sign/'] [name={name}]")
    desk.click("form[action$='/sign/'] button[type=submit]")
    desk.locator("form[action*='/items/'] button").first.click()
    says(desk, "履行完毕日期")
    accessible(desk)
    # One is still owed; who sees no mediation does not see this one.
    assert desk.locator("form[action*='/items/']").count() == 1
    leader = visit("lingdao")
    leader.goto(page)
    assert "楼上空调滴水" not in leader.content()
