"""A courtyard's quarter: entered by one, approved by another, closed, read by a resident who asks and is answered."""

import io

import pytest
from PIL import Image
from tests.journeys.walking import Check, Open, fill, says

from linli.core import clock

pytestmark = [pytest.mark.journey, pytest.mark.slow]
ACCOUNT = "演示一小区公共收益"
NEW = "北门门禁换锁"
BODY = "演示五金经营部"
SHED = "演示一小区电动车棚"


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

    # A quarter that is over is closed on its page; from then on everybody reads it.
    desk.goto("/funds/")
    shed = desk.locator("main tr", has_text=SHED)
    page = shed.locator("a").first.get_attribute("href") or ""
    shed.locator("a[href*='/funds/quarters/']").click()
    desk.wait_for_url("**/funds/quarters/*/")
    accessible(desk)
    desk.click("main form[action$='/close/'] button")
    says(desk, "已公开")

    resident.goto(f"/public{page}account/")
    accessible(resident)
    resident.locator("main a[href*='/funds/quarters/']").first.click()
    accessible(resident)
    says(resident, "车棚充电费")
    resident.go_back()
    resident.locator("main a[href*='/disclosure/notices/']").first.click()
    accessible(resident)
    notice = resident.url
    resident.fill("#id_text", "充了多少度电?")
    resident.click("main form button[type=submit]")
    resident.wait_for_url("**/disclosure/questions/*/")
    desk.goto("/disclosure/")
    desk.click("text=充了多少度电")
    desk.fill("#id_text", "六百度，抄表记录贴在车棚。")
    desk.click("main form.card button[type=submit]")
    desk.wait_for_url("**/disclosure/*/")
    resident.goto(notice)
    says(resident, "六百度，抄表记录贴在车棚。")
