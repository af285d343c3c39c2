"""What volunteers do: an activity up to a certificate that a stranger checks, an order from asking to points."""

import re
from pathlib import Path
from typing import Final

import pytest
from tests.journeys.walking import Check, Open, fill, says, scanned, scanned_paper

pytestmark = [pytest.mark.journey, pytest.mark.slow]
CLINIC: Final = "社区义诊和量血压"
STAIRS: Final = "清理楼道杂物"
LAMP: Final = "楼道灯坏了，老人上楼看不清，请人换一下。"


def test_an_activity_from_sign_up_to_a_certificate_that_a_stranger_checks(
    visit: Open, accessible: Check, tmp_path: Path
) -> None:
    resident, desk, stranger = visit("jumin", phone=True), visit("shequ"), visit(phone=True)
    resident.goto("/public/activities/")
    accessible(resident)
    resident.locator("main a", has_text=CLINIC).first.click()
    accessible(resident)
    resident.locator("main form[action$='/sign-up/'] button").click()
    says(resident, "您已报上名")

    # On the day the organiser shows a code; who scans it has come.
    desk.goto("/activities/")
    accessible(desk)
    desk.locator("main a", has_text=CLINIC).first.click()
    accessible(desk)
    desk.locator("main a[href$='/day/']").click()
    accessible(desk)
    address = scanned(desk.locator("#code img"))
    resident.goto(address)
    accessible(resident)
    resident.click("main form button[type=submit]")
    says(resident, "已登记到场")
    # A code is over soon, and is of no other activity.
    resident.goto(re.sub(r"/\d+/in/", "/999999/in/", address))
    assert "已登记到场" not in resident.content()

    # Hours of yesterday are confirmed by the organiser, and become what a certificate shows.
    desk.goto("/activities/")
    desk.locator("main a", has_text=STAIRS).first.click()
    desk.locator("main form[action$='/attest/'] button[type=submit]").click()
    says(desk, "时长已认定")
    accessible(desk)
    worker = visit("wangge", phone=True)
    worker.goto("/activities/mine/")
    says(worker, STAIRS)
    accessible(worker)
    worker.goto("/certificates/mine/")
    accessible(worker)
    worker.locator("main a[href*='/certificates/people/']").click()
    accessible(worker)
    worker.click("main form button[type=submit]")
    worker.wait_for_url(re.compile(r"/certificates/\d+/$"))
    says(worker, STAIRS)
    accessible(worker)

    # A stranger scans the paper: it is true, and the name is masked.
    stranger.goto(scanned_paper(worker, worker.locator("main form[action$='/print/']"), tmp_path))
    says(stranger, "演**")
    accessible(stranger)
    stranger.fill("#id_code", "WRONG-CODE")
    stranger.click("main form button[type=submit]")
    assert "演**" not in stranger.locator("main").inner_text()


def test_an_order_from_asking_to_points(visit: Open, accessible: Check) -> None:
    resident, desk, taker = visit("jumin", phone=True), visit("shequ"), visit("louzhang", phone=True)
    # Whoever wants points joins; hours are counted for everybody.
    taker.goto("/points/mine/")
    taker.locator("main input[type=checkbox]").check()
    taker.locator("main form.card button[type=submit], main section form button[type=submit]").last.click()
    says(taker, "我的会员信息")

    resident.goto("/public/menu/")
    accessible(resident)
    resident.locator("main a", has_text="零五鑫港").first.click()
    accessible(resident)
    resident.locator("main a[href*='/orders/ask/']").last.click()
    accessible(resident)
    fill(resident, text=LAMP, category="水电维修", name="演示居民", phone="10000000200", address="演示一小区")
    resident.click("main form.card button[type=submit]")
    resident.wait_for_url(re.compile(r"/orders/mine/\d+/$"))
    own = resident.url
    accessible(resident)

    # The desk chooses among those who are suggested, each with the reasons.
    desk.goto("/orders/")
    accessible(desk)
    desk.locator("main a[href*='/orders/']").filter(has_text=re.compile(r"\d{6}")).first.click()
    says(desk, LAMP)
    accessible(desk)
    suggested = desk.locator("main label", has_text="演示楼栋长")
    says(desk, "演示楼栋长")
    suggested.locator("input").check()
    desk.click("main form[action$='/dispatch/'] button")

    taker.goto("/orders/offers/")
    accessible(taker)
    taker.locator("main a[href*='/orders/offers/']").first.click()
    says(taker, LAMP)
    taker.click("main form[action$='/accept/'] button")
    taker.click("main form[action$='/contact/'] button")
    says(taker, "10000000200")
    accessible(taker)
    fill(taker, minutes="45")
    taker.click("main form[action$='/finish/'] button")

    resident.goto(own)
    accessible(resident)
    resident.locator("main input[name=rating]").first.check()
    resident.click("main form[action$='/rate/'] button")
    says(resident, "您的评价")

    # A good rating confirms the time served: it counts for the taker, and the desk reads what was said.
    desk.reload()
    says(desk, "45")
    accessible(desk)
    taker.goto("/points/mine/?book=hours")
    says(taker, "+0.75")
    accessible(taker)
    taker.goto("/points/mine/?book=points")
    says(taker, "完成一次服务订单")
    taker.goto("/activities/mine/")
    says(taker, "水电维修")
